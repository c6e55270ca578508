"""A sources table (CSV) -> what it states about each file: title, outlet, byline, published, url, language."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from mapper import bundle
from mapper.articles import days
from mapper.articles.draft import FIELDS
from mapper.errors import TableError

NAME = "sources.csv"
COLUMNS = ("file", *FIELDS)

Table = Mapping[str, Mapping[str, str]]
"""File name, or path below the table's folder -> the cells that are not empty."""


def read(path: Path) -> Table:
    """Read a sources table; TableError names the file and row of an unknown column, a doubled file or a false date."""
    return _table(bundle.read_rows(path), path)


def parse(data: bytes, path: Path) -> Table:
    """Read the bytes of a sources table, as `read` does one that is a file."""
    return _table(bundle.parse_rows(data, path), path)


def _table(rows: list[dict[str, str]], path: Path) -> Table:
    table: dict[str, dict[str, str]] = {}
    for number, row in enumerate(rows, 2):
        _check_columns(path, row)
        stated = {name: cell.strip() for name, cell in row.items() if cell.strip()}
        file = stated.pop("file", "").replace("\\", "/").removeprefix("./")
        if not file:
            raise TableError(f"{path}, row {number}: names no file; expected a file name in the column 'file'")
        if file in table:
            raise TableError(f"{path}, row {number}: {file!r} is listed twice; expected one row for each file")
        if "published" in stated and days.stated(stated["published"]) is None:
            raise TableError(f"{path}, row {number}: {stated['published']!r} is no day; expected one such as 2021-08-21")
        table[file] = stated
    return table


def _check_columns(path: Path, row: Mapping[str, str]) -> None:
    if "file" not in row or set(row) - set(COLUMNS):
        raise TableError(f"{path}: columns {', '.join(row)}; expected file and any of {', '.join(FIELDS)}")
