"""Events -> CSV: ACLED's columns in ACLED's order, then our own.

Lists of words are joined by "; ", structures are JSON, unknown is an empty cell. Text that a
spreadsheet would run as a formula gets an apostrophe before it; numbers stay numbers.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from mapper.exports.records import FIELDS, Records

if TYPE_CHECKING:
    from mapper.gazetteer import Gazetteer

NESTED = ("claims", "sources")
"""Properties of an event that have files of their own, and no column here."""

_FORMULA = re.compile(r"[\s\"'`]*[=+\-@＝＋－＠]|[\t\r\n\0]")


def write_events(records: Records, _: Gazetteer) -> Iterator[str]:
    """Yield the events as a CSV file (RFC 4180, UTF-8), a header row first."""
    columns = [name for name in FIELDS["events"] if name not in NESTED]
    yield _line(columns)
    for feature in records.events:
        yield _line([cell(feature["properties"][column]) for column in columns])


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
        words = all(isinstance(item, str) for item in value)
        value = "; ".join(value) if words else json.dumps(value, ensure_ascii=False)
    return f"'{value}" if _FORMULA.match(value) else str(value)
