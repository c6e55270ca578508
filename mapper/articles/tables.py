"""Tables of articles (CSV, TSV, JSON lines, a JSON list) -> a Draft for each row."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from itertools import chain, islice
from typing import Any

from mapper.articles import rows
from mapper.articles.draft import Draft, Part, Refused, Unreadable
from mapper.articles.encoding import decode

LONGEST = 10_000_000
"""Characters of one cell."""

ROWS = 200_000
"""Rows of one table; a longer one is to be cut in pieces."""

LISTS = ("articles", "items", "results", "stories", "data")
"""Where a JSON object keeps its list of articles: GDELT's and NewsAPI's `articles`, JSON Feed's `items`, ..."""

SEPARATOR = re.compile(r"""\A\s*"?sep=([^\w\s"]|\t)\1*"?(?:\r\n|\r|\n)""", re.IGNORECASE)
"""The line by which Excel is told what stands between cells, with what follows from it."""

_HEADER = re.compile(r"""^[,;\t| "]*[^,;\t| "\r\n][^\r\n]*""", re.MULTILINE)
"""A line with anything in it but what stands between cells."""

_LINE_BREAK = re.compile(r"\r\n|\r|\n")


def read_csv(data: bytes, columns: Mapping[str, str]) -> Iterator[Draft | Refused]:
    """Read a table with a header row; between its cells what a first line `sep=` names, or the comma, semicolon, tab or bar that the header has most of."""
    content, _ = decode(data)
    content = content.removeprefix("\ufeff")
    yield from read_grid(_cells(content), columns)


def _cells(content: str) -> Iterator[list[str]]:
    told = SEPARATOR.match(content)
    header = _HEADER.search(content[:100_000].replace("\r", "\n"))
    delimiter = told[1] if told else max(",;\t|", key=header[0].count if header else "".count)
    content = content[told.end() :] if told else content
    csv.field_size_limit(LONGEST)
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=delimiter)
    try:
        yield from reader
    except csv.Error as fault:
        raise Unreadable(f"line {reader.line_num} is not CSV ({fault}); nothing behind it was read") from None


def read_grid(grid: Iterator[list[Any]], columns: Mapping[str, str]) -> Iterator[Draft | Refused]:
    """Read rows of cells, the first that is not blank the header; rows are counted as a spreadsheet counts them, from 1.

    Columns that the user names count for the tables that have them. Unreadable when the header has only some
    of them, or no column for a text or a title.
    """
    top, header = next(((at, names) for at, cells in enumerate(grid, 1) if any(names := _names(cells))), (1, []))
    if len(header) > rows.COLUMNS:
        raise Unreadable(f"{len(header):,} columns; expected at most {rows.COLUMNS:,}")
    named = _named(header, columns)
    for number, cells in enumerate(islice(grid, ROWS), top + 1):
        if any(cell not in (None, "") for cell in cells):
            row: dict[str, object] = {}
            for name, cell in zip(header, cells, strict=False):
                row.setdefault(name, cell)
            yield rows.draft(row, Part("row", number), named)
    if next(grid, None) is not None:
        raise Unreadable(f"more than {ROWS:,} rows; the others were not read. Cut the table in pieces")


def _names(cells: list[Any]) -> list[str]:
    return [str(cell or "").strip() for cell in cells]


def _named(header: list[str], columns: Mapping[str, str]) -> Mapping[str, str]:
    """Return the columns that count for a table: those that the user names, or none of them where it is another's table."""
    shown = ", ".join(name[:40] for name in header[:30] if name) or "none"
    missing = [column for column in columns.values() if column not in header]
    usual = {*rows.NAMES["text"], *rows.NAMES["title"], *rows.EXTRAS} & {rows.fold(name) for name in header}
    if missing and (len(missing) < len(columns) or not usual):
        raise Unreadable(f"no column {', '.join(map(repr, missing))}; its columns are {shown}")
    if not columns and not usual:
        raise Unreadable(f"no column of text or titles; its columns are {shown}. Name them: --columns text=...,title=...")
    return {} if missing else columns


def read_json(data: bytes, columns: Mapping[str, str]) -> Iterator[Draft | Refused]:
    """Read a list of objects, an object that holds one (`LISTS`), one object, or objects a line each."""
    content, _ = decode(data)
    try:
        found = _parse(content)
    except Unreadable:
        if len(re.findall(r"^[ \t]*\{", content, re.MULTILINE)) > 1 and not content.lstrip().startswith("["):
            yield from _lines(content, columns)
            return
        raise
    if isinstance(found, dict):
        found = next((found[name] for name in LISTS if isinstance(found.get(name), list)), [found])
    if not isinstance(found, list):
        raise Unreadable("not a list of objects")
    for number, row in enumerate(found[:ROWS], 1):
        yield _object(row, number, columns)
    if len(found) > ROWS:
        raise Unreadable(f"more than {ROWS:,} objects; the others were not read. Cut the list in pieces")


def read_jsonl(data: bytes, columns: Mapping[str, str]) -> Iterator[Draft | Refused]:
    """Read an object a line; a line that is none stops no other."""
    yield from _lines(decode(data)[0], columns)


def _lines(content: str, columns: Mapping[str, str]) -> Iterator[Draft | Refused]:
    start, ends = 0, chain((match.span() for match in _LINE_BREAK.finditer(content)), [(len(content),) * 2])
    for number, (end, following) in enumerate(ends, 1):
        if number > ROWS:
            raise Unreadable(f"more than {ROWS:,} lines; the others were not read. Cut the file in pieces")
        line, start = content[start:end].strip(), following
        if not line:
            continue
        try:
            yield _object(_parse(line), number, columns)
        except Unreadable as reason:
            yield Refused(str(reason), Part("row", number))


def _object(row: object, number: int, columns: Mapping[str, str]) -> Draft | Refused:
    part = Part("row", number)
    if not isinstance(row, dict):
        return Refused("not an object with columns", part)
    return rows.draft(row, part, columns if any(column in row for column in columns.values()) else {})


def _parse(text: str) -> Any:
    try:
        return json.loads(text.removeprefix("\ufeff"))
    except json.JSONDecodeError as fault:
        raise Unreadable(f"not JSON ({fault.msg} at character {fault.pos})") from None
    except RecursionError:
        raise Unreadable("JSON that is nested too deep") from None
    except ValueError:
        raise Unreadable("JSON with a number that is too long") from None
