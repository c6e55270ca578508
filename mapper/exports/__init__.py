"""Findings -> files. Each file is made from the same Records by one function in EXPORTERS or FORMATS.

Add a format: one module with a function ``(Records, Gazetteer) -> pieces of text or bytes``, one line in FORMATS.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from mapper.errors import OutputError, SettingError, UnknownNameError
from mapper.exports import (
    credits,
    flatgeobuf,
    ged,
    geojson,
    geopackage,
    geoparquet,
    kml,
    lines,
    provenance,
    stix,
    tables,
    workbook,
)
from mapper.exports.records import FIELDS, Records, load, load_credits, record
from mapper.libraries import library

if TYPE_CHECKING:
    from mapper.gazetteer import Gazetteer

__all__ = ["EXPORTERS", "FORMATS", "Records", "choose", "load", "load_credits", "named", "record", "write", "write_file"]

Pieces = Iterable[str | bytes]
Export = Callable[["Records", "Gazetteer"], Pieces]


def _map(records: Records, gazetteer: Gazetteer, tiles: str | None = None) -> Iterator[str]:
    from mapper.exports.conflict_map import pieces

    return pieces(records, gazetteer, tiles)


EXPORTERS: dict[str, Export] = {
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


FORMATS: dict[str, dict[str, Export]] = {
    "gpkg": {"events.gpkg": geopackage.write},
    "parquet": {f"{table}.parquet": geoparquet.write(table) for table in FIELDS},
    "fgb": {f"{table}.fgb": flatgeobuf.write(table) for table in ("events", "control")},
    "kml": {"events.kml": kml.write},
    "xlsx": {"events.xlsx": workbook.write},
    "ged": {ged.FILE: ged.write, f"{ged.FILE}{ged.METADATA}": ged.write_about},
    "prov": {"events.prov.json": provenance.write},
    "stix": {"events.stix.json": stix.write},
}
"""Files that a run writes beside those of EXPORTERS when their format is asked for by name."""

NEEDS = {"parquet": "pyarrow", "xlsx": "openpyxl"}
"""Libraries of formats that the package does not bring along, each of an extra named as the format."""

TAGGED: dict[str, Export] = {
    "events.csv": partial(tables.write_events, hxl=True),
    "events.xlsx": partial(workbook.write, hxl=True),
    ged.FILE: partial(ged.write, hxl=True),
}
"""The same with a row of HXL tags under each header."""

SUFFIXES = {".geojson": "events.geojson", ".csv": "events.csv", ".html": "map.html"} | {
    name.removeprefix("events"): name for files in FORMATS.values() for name in files if name.startswith("events.")
}
"""What a file of any name holds, by its suffix."""

HELD = dict.fromkeys(("events.geojson", "events.csv", "events.fgb", *FORMATS["ged"]), ("events",)) | {
    "events.kml": ("events", "control")
}
"""The tables of those that do not hold all."""


def named(formats: Iterable[str]) -> dict[str, Export]:
    """Return the files of some formats with what writes them.

    UnknownNameError lists the formats there are; MissingLibraryError names the extra that one needs.
    """
    found: dict[str, Export] = {}
    for name in formats:
        if name not in FORMATS:
            raise UnknownNameError(f"no format {name!r}; expected {', '.join(FORMATS)}, beside what is always written")
        if name in NEEDS:
            library(NEEDS[name], name)
        found |= FORMATS[name]
    return found


def choose(path: Path, hxl: bool = False) -> Export:
    """Return what writes a file: that of a run if it has the name of one, else by its suffix, the events as a rule.

    UnknownNameError lists the suffixes there are, or says where the table is that its name asks for;
    SettingError when `hxl` asks for tags where no row of them can stand.
    """
    known = EXPORTERS | {name: export for files in FORMATS.values() for name, export in files.items()}
    suffix = max((suffix for suffix in SUFFIXES if path.name.endswith(suffix)), key=len, default="")
    name = path.name if path.name in known else SUFFIXES.get(suffix)
    if name is None:
        raise UnknownNameError(f"{path}: no format for {path.suffix!r}; expected {', '.join(SUFFIXES)}")
    _agree(path, suffix, HELD.get(name, FIELDS), known)
    if hxl and name not in TAGGED:
        *most, last = (suffix for suffix, name in SUFFIXES.items() if name in TAGGED)
        raise SettingError(f"{path}: has no row for HXL tags; expected with them a {', '.join(most)} or {last}")
    if name.endswith(ged.METADATA):
        return partial(ged.write_about, url=quote(path.name.removesuffix(ged.METADATA), safe=""))
    return (known | TAGGED if hxl else known)[name]


def _agree(path: Path, suffix: str, held: Collection[str], known: Collection[str]) -> None:
    """See to it that a file named as a table holds it; UnknownNameError names the files that do."""
    table = path.name.removesuffix(suffix)
    if table in FIELDS and table not in held:
        others = ", ".join(name for name in known if name.startswith(f"{table}."))
        raise UnknownNameError(f"{path}: a {suffix} holds {' and '.join(held)}, not {table}; expected {others}, or another name")


def write(
    records: Records,
    gazetteer: Gazetteer,
    out: Path,
    tiles: str | None = None,
    formats: Iterable[str] = (),
    hxl: bool = False,
) -> dict[str, Path]:
    """Write every file of EXPORTERS, and those of the `formats`, into a folder, made if need be; return the path of each.

    `tiles` is the address of a background that the map may load when its reader asks for it; `hxl`
    puts a row of HXL tags under the headers of CSV and XLSX.

    Each is laid beside its place piece by piece, since a file may be larger than memory. Only when
    all lie there do they take their places, and each is old or new as a whole, whatever happens.
    OutputError names the path that cannot be written; `named` tells of formats.
    """
    exporters = EXPORTERS | ({"map.html": partial(_map, tiles=tiles)} if tiles else {}) | named(formats)
    if hxl:
        exporters |= {name: export for name, export in TAGGED.items() if name in exporters}
    paths = {name: out / name for name in exporters}
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise OutputError(f"{out}: cannot be made a folder ({fault.strerror}); expected a folder to write into") from fault
    with _laid_beside(paths.values()) as lay:
        for name, export in exporters.items():
            lay(paths[name], export(records, gazetteer))
    return paths


def write_file(path: Path, pieces: Pieces) -> None:
    """Replace one file as a whole: written beside it, flushed to disk, then renamed over it."""
    with _laid_beside([path]) as lay:
        lay(path, pieces)


@contextlib.contextmanager
def _laid_beside(paths: Collection[Path]) -> Iterator[Callable[[Path, Pieces], None]]:
    """Hand out what lays a file beside its path, its text as UTF-8; in the end all take their places, or none is left after a fault."""
    beside = {path: path.with_name(f".{path.name}.{os.getpid()}.part") for path in paths}

    def lay(path: Path, pieces: Pieces) -> None:
        with _naming(path), beside[path].open("wb") as handle:
            for piece in pieces:
                handle.write(piece.encode() if isinstance(piece, str) else piece)
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
