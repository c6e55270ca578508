"""Tables on the command line: a file -> its rows, each with the description in some of its columns; rows -> lines of CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TextIO

from mapper.errors import SourceError

Row = dict[str, str]


class Table(NamedTuple):
    """The names of a table's columns, and its rows, each with the description that some of its cells make."""

    columns: tuple[str, ...]
    rows: Iterator[tuple[Row, str]]


def described(stream: TextIO, file: str, columns: Sequence[str]) -> Table:
    """Read a table (.csv, .tsv, or any other if columns are named), the cells of the columns joined by commas; else lines of text.

    SourceError when it has no such column, or one name twice.
    """
    suffix = Path(file).suffix.lower()
    if not columns and suffix not in (".csv", ".tsv"):
        return Table(("query",), (({"query": line}, line) for line in map(_bare, stream) if line))
    rows = csv.reader(map(_unmarked, stream), delimiter="\t" if suffix == ".tsv" else ",")
    header = tuple(next(rows, ()))
    missing = [column for column in columns if column not in header]
    if missing or not columns:
        wanted = f"no column {', '.join(map(repr, missing))}" if missing else "expected --column"
        raise SourceError(f"{file}: {wanted}; its columns are {', '.join(header) or 'none'}")
    if len(set(header)) < len(header):
        raise SourceError(f"{file}: two columns of one name; its columns are {', '.join(header)}")
    return Table(
        header, (_described(dict(zip(header, (*row, *[""] * len(header)), strict=False)), columns) for row in rows if row)
    )


def _described(row: Row, columns: Sequence[str]) -> tuple[Row, str]:
    return row, ", ".join(cell for column in columns if (cell := row[column].strip()))


def filled(table: Table, found: Iterable[tuple[Row, Mapping[str, Any]]], columns: Sequence[str]) -> Iterator[str]:
    """Yield lines of CSV: the header, then each row with what was found for it, in columns of its own.

    SourceError when the table has a column of such a name.
    """
    clash = [column for column in columns if column in table.columns]
    if clash:
        raise SourceError(f"the table has a column {', '.join(clash)} already; rename it")
    header = (*table.columns, *columns)
    yield _line(header)
    for row, more in found:
        yield _line([{**row, **more}[column] for column in header])


def _bare(line: str) -> str:
    return _unmarked(line).strip()


def _unmarked(line: str) -> str:
    return line.removeprefix("\ufeff")  # stdin is not asked for its byte order mark


def _line(cells: Iterable[Any]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="").writerow(cells)
    return written.getvalue()
