"""Findings -> files. Each file is made from the same Records by one function in EXPORTERS.

Add a format: one module with a function ``(Records, Gazetteer) -> bytes``, one line in EXPORTERS.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from mapper.errors import OutputError
from mapper.exports import credits, geojson, lines, tables
from mapper.exports.records import Records, load, record

if TYPE_CHECKING:
    from mapper.gazetteer import Gazetteer

__all__ = ["EXPORTERS", "Records", "load", "record", "write", "write_file"]


def _map(records: Records, gazetteer: Gazetteer) -> bytes:
    from mapper.exports.conflict_map import page

    return page(records, gazetteer).encode()


EXPORTERS: dict[str, Callable[[Records, Gazetteer], bytes]] = {
    "articles.jsonl": lines.write("articles"),
    "toponyms.jsonl": lines.write("toponyms"),
    "claims.jsonl": lines.write("claims"),
    "origins.jsonl": lines.write("origins"),
    "events.geojson": geojson.write_events,
    "events.csv": tables.write_events,
    "control.geojson": geojson.write_control,
    "map.html": _map,
    "credits.txt": credits.write,
}


def write(records: Records, gazetteer: Gazetteer, out: Path) -> dict[str, Path]:
    """Write every file of EXPORTERS into a folder, made if need be; return the path of each.

    Each is laid beside its place as soon as it is made, since together they may not fit into memory.
    Only when all lie there do they take their places, and each is old or new as a whole, whatever
    happens. OutputError names the path that cannot be written.
    """
    paths = {name: out / name for name in EXPORTERS}
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise OutputError(f"{out}: cannot be made a folder ({fault.strerror}); expected a folder to write into") from fault
    with _laid_beside(paths.values()) as lay:
        for name, export in EXPORTERS.items():
            lay(paths[name], export(records, gazetteer))
    return paths


def write_file(path: Path, content: bytes) -> None:
    """Replace one file as a whole: written beside it, flushed to disk, then renamed over it."""
    with _laid_beside([path]) as lay:
        lay(path, content)


@contextlib.contextmanager
def _laid_beside(paths: Collection[Path]) -> Iterator[Callable[[Path, bytes], None]]:
    """Hand out what lays a content beside its path; in the end all take their places, or none is left after a fault."""
    beside = {path: path.with_name(f".{path.name}.{os.getpid()}.part") for path in paths}

    def lay(path: Path, content: bytes) -> None:
        with _naming(path), beside[path].open("wb") as handle:
            handle.write(content)
            handle.flush()
            os.fsync(handle.fileno())

    try:
        yield lay
        for path, part in beside.items():
            with _naming(path):
                os.replace(part, path)  # noqa: PTH105 - says what it does better than Path.replace
                _settle(path.parent)
    finally:
        for part in beside.values():
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)


@contextlib.contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Turn a fault of the file system into one that names the path."""
    try:
        yield
    except OSError as fault:
        raise OutputError(f"{path}: cannot be written ({fault.strerror})") from fault


def _settle(folder: Path) -> None:
    """Flush a folder's entries, so that a rename outlives a power cut."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
