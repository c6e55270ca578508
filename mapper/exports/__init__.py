"""Findings -> files. Each file is made from the same Records by one function in EXPORTERS.

Add a format: one module with a function ``(Records, Gazetteer) -> pieces of text``, one line in EXPORTERS.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from mapper.errors import OutputError
from mapper.exports import credits, geojson, lines, tables
from mapper.exports.records import Records, load, record

if TYPE_CHECKING:
    from mapper.gazetteer import Gazetteer

__all__ = ["EXPORTERS", "Records", "load", "record", "write", "write_file"]


def _map(records: Records, gazetteer: Gazetteer, tiles: str | None = None) -> Iterator[str]:
    from mapper.exports.conflict_map import pieces

    return pieces(records, gazetteer, tiles)


EXPORTERS: dict[str, Callable[[Records, Gazetteer], Iterable[str]]] = {
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


def write(records: Records, gazetteer: Gazetteer, out: Path, tiles: str | None = None) -> dict[str, Path]:
    """Write every file of EXPORTERS into a folder, made if need be; return the path of each.

    `tiles` is the address of a background that the map may load when its reader asks for it.

    Each is laid beside its place piece by piece, since a file may be larger than memory. Only when
    all lie there do they take their places, and each is old or new as a whole, whatever happens.
    OutputError names the path that cannot be written.
    """
    exporters = EXPORTERS | ({"map.html": partial(_map, tiles=tiles)} if tiles else {})
    paths = {name: out / name for name in exporters}
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise OutputError(f"{out}: cannot be made a folder ({fault.strerror}); expected a folder to write into") from fault
    with _laid_beside(paths.values()) as lay:
        for name, export in exporters.items():
            lay(paths[name], export(records, gazetteer))
    return paths


def write_file(path: Path, pieces: Iterable[str]) -> None:
    """Replace one file as a whole: written beside it, flushed to disk, then renamed over it."""
    with _laid_beside([path]) as lay:
        lay(path, pieces)


@contextlib.contextmanager
def _laid_beside(paths: Collection[Path]) -> Iterator[Callable[[Path, Iterable[str]], None]]:
    """Hand out what lays the text of a file beside its path, as UTF-8; in the end all take their places, or none is left after a fault."""
    beside = {path: path.with_name(f".{path.name}.{os.getpid()}.part") for path in paths}

    def lay(path: Path, pieces: Iterable[str]) -> None:
        with _naming(path), beside[path].open("wb") as handle:
            for piece in pieces:
                handle.write(piece.encode())
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
