"""Articles, place names, claims and origins -> JSON lines: one object a line, UTF-8, keys in the order of the contract."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from mapper.exports.records import Record, Records

if TYPE_CHECKING:
    from mapper.gazetteer import Gazetteer


def line(row: Record) -> str:
    """Return one row as it stands in the file, without its line end."""
    return json.dumps(row, ensure_ascii=False, allow_nan=False)


def gather(pieces: Iterable[str]) -> bytes:
    """Return the pieces of a file, encoded one by one: a large file is never held as text and as bytes at once."""
    file = io.BytesIO()
    for piece in pieces:
        file.write(piece.encode())
    return file.getvalue()


def write(table: str) -> Callable[[Records, Gazetteer], bytes]:
    """Return the exporter of one table of Records."""

    def export(records: Records, _: Gazetteer) -> bytes:
        rows: list[Record] = getattr(records, table)
        return gather(f"{line(row)}\n" for row in rows)

    return export
