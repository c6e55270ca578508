"""Articles, place names, claims and origins -> JSON lines: one object a line, UTF-8, keys in the order of the contract."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from mapper.exports.records import Record, Records

if TYPE_CHECKING:
    from mapper.gazetteer import Gazetteer


def line(row: Record) -> str:
    """Return one row as it stands in the file, without its line end."""
    return json.dumps(row, ensure_ascii=False, allow_nan=False)


def write(table: str) -> Callable[[Records, Gazetteer], Iterator[str]]:
    """Return the exporter of one table of Records."""

    def export(records: Records, _: Gazetteer) -> Iterator[str]:
        rows: Iterable[Record] = getattr(records, table)
        return (f"{line(row)}\n" for row in rows)

    return export
