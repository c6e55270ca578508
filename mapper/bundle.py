"""Finds the data tables: inside an installed wheel, or beside the package in a checkout."""

from __future__ import annotations

import csv
import io
import tomllib
from pathlib import Path
from typing import Any

from mapper.errors import TableError


def root() -> Path:
    """Return the folder that holds the tables (gazetteer/, actors/, claims/, ...)."""
    here = Path(__file__).resolve().parent
    for candidate in (here / "data", here.parent / "data"):
        if (candidate / "gazetteer").is_dir():
            return candidate
    raise TableError(f"{here}: no data tables found; expected {here / 'data'} (wheel) or {here.parent / 'data'} (checkout)")


def path(*parts: str) -> Path:
    """Return the path of one table, as in ``path("actors", "AFG.csv")``; TableError when it is not there."""
    found = root().joinpath(*parts)
    if not found.exists():
        raise TableError(f"{found}: missing; the package needs this table")
    return found


def rows(*parts: str) -> list[dict[str, str]]:
    """Read a CSV table as dicts. A row with too many or too few cells is a TableError naming file and row."""
    return read_rows(path(*parts))


def read_rows(table: Path) -> list[dict[str, str]]:
    """Read any CSV file as dicts, with the same checks as `rows`."""
    try:
        data = table.read_bytes()
    except OSError as fault:
        raise TableError(f"{table}: cannot be read ({fault})") from fault
    return parse_rows(data, table)


def parse_rows(data: bytes, table: Path) -> list[dict[str, str]]:
    """Read the bytes of a CSV file as dicts, with the same checks as `rows`; errors name the table as given."""
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as fault:
        raise TableError(f"{table}: cannot be read as UTF-8 text ({fault})") from fault
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    found: list[dict[str, str]] = []
    header: list[str] = []
    try:
        for cells in reader:
            if not cells:
                continue
            if not header:
                header = cells
                continue
            if len(cells) != len(header):
                raise TableError(
                    f"{table}, row {reader.line_num}: {len(cells)} cells, expected {len(header)} ({', '.join(header)})"
                )
            found.append(dict(zip(header, cells, strict=True)))
    except csv.Error as fault:
        raise TableError(f"{table}, row {reader.line_num}: not CSV ({fault})") from fault
    if not header:
        raise TableError(f"{table}: empty; expected a header row")
    return found


def toml(*parts: str) -> dict[str, Any]:
    """Read a TOML table; TableError with file and line when it does not parse."""
    table = path(*parts)
    try:
        return tomllib.loads(table.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise TableError(f"{table}: not TOML ({fault})") from fault
