"""A workbook (.xlsx) -> a Draft for each row of its first sheet that holds any."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from mapper.articles import archive, feeds, tables
from mapper.articles.draft import Draft, Refused, Unreadable, need

LARGEST = 200_000_000
"""Bytes of all parts of a workbook, unpacked."""


def read(data: bytes, columns: Mapping[str, str]) -> Iterator[Draft | Refused]:
    """Read the rows under the header; a cell with a formula counts with the value that was last computed."""
    openpyxl = need("openpyxl", "xlsx")
    _check(data)
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        sheets = (sheet for sheet in book.worksheets if next(sheet.iter_rows(values_only=True), None))
        sheet = next(sheets, None)
        if sheet is None:
            raise Unreadable("a workbook without a filled sheet")
        yield from tables.read_grid(([_value(cell) for cell in row] for row in sheet.iter_rows(values_only=True)), columns)
        if (other := next(sheets, None)) is not None:
            yield Refused(
                f"only the first filled sheet was read; save {other.title[:40]!r} and any further one as files of their own"
            )
    finally:
        book.close()


def _check(data: bytes) -> None:
    """Refuse, before anything is parsed, a workbook that would burst or whose parts declare entities."""
    size = 0
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            for entry in parts.infolist():
                size += entry.file_size
                if size > LARGEST or entry.file_size > max(archive.HARMLESS, archive.RATIO * entry.compress_size):
                    raise Unreadable(f"unpacks to more than a workbook of {len(data):,} bytes may")
                if entry.filename.endswith((".xml", ".rels")) and feeds.declares(parts.read(entry)):
                    raise Unreadable("declares a document type or entities, as no workbook does")
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError):
        raise Unreadable("not a workbook, or a damaged one") from None


def _value(cell: Any) -> Any:
    return cell.isoformat() if isinstance(cell, date) else cell
