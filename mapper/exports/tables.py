"""Events -> CSV: ACLED's columns in ACLED's order, then our own.

Lists of words are joined by "; ", structures are JSON, unknown is an empty cell. Text that a
spreadsheet would run as a formula gets an apostrophe before it; numbers stay numbers. Where it is
asked for, a row of HXL 1.1 tags follows the header, as the Humanitarian Data Exchange tags these columns.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from mapper.exports import columns
from mapper.exports.records import FIELDS, Record, Records

if TYPE_CHECKING:
    from mapper.gazetteer import Gazetteer

NESTED = ("claims", "sources")
"""Properties of an event that have files of their own, and no column here."""

_FORMULA = re.compile(r"[\s\"'`]*[=+\-@＝＋－＠]|[\t\r\n\0]")


def write_events(records: Records, _: Gazetteer, hxl: bool = False) -> Iterator[str]:
    """Yield the events as a CSV file (RFC 4180, UTF-8), a header row first, and under it the tags if `hxl`."""
    names = [name for name in FIELDS["events"] if name not in NESTED]
    return rows("events", names, (feature["properties"] for feature in records.events), hxl)


def rows(table: str, names: Sequence[str], found: Iterable[Record], hxl: bool = False) -> Iterator[str]:
    """Yield the named columns of a table's rows as a CSV file."""
    yield _line(names)
    if hxl:
        yield _line(tags(table, names))
    for row in found:
        yield _line([cell(row[name]) for name in names])


def tags(table: str, names: Iterable[str]) -> list[str]:
    """Return the HXL tags of columns, empty where a column has none."""
    known = columns.of(table)
    return [(known[name].hxl if name in known else None) or "" for name in names]


def _line(cells: Sequence[str | int | float]) -> str:
    row = io.StringIO(newline="")
    csv.writer(row).writerow(cells)
    return row.getvalue()


def cell(value: Any) -> str | int | float:
    """Return a value as it stands in a cell.

    >>> [cell(v) for v in (None, True, -33.5, ["a", "b"], [{"field": "killed"}], "=1+1", "-5")]
    ['', 'true', -33.5, 'a; b', '[{"field": "killed"}]', "'=1+1", "'-5"]
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return value
    if isinstance(value, list):
        value = flat(value)
    return f"'{value}" if _FORMULA.match(value) else str(value)


def flat(value: list[Any]) -> str:
    """Return a list as one text.

    >>> flat(["a", "b"]), flat([None, 40]), flat([])
    ('a; b', '[null, 40]', '')
    """
    words = all(isinstance(item, str) for item in value)
    return "; ".join(value) if words else json.dumps(value, ensure_ascii=False)
