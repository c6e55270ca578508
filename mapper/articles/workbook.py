"""A workbook (.xlsx) -> a Draft for each row of its first sheet that holds any."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import repeat
from typing import Any

from mapper.articles import archive, feeds, tables
from mapper.articles.draft import Draft, Refused, Unreadable, need

LARGEST = 200_000_000
"""Bytes of all parts of a workbook, unpacked."""

_FORMULA = b"<f>", b"<f "


def read(data: bytes, columns: Mapping[str, str]) -> Iterator[Draft | Refused]:
    """Read the rows under the header; a cell with a formula counts with the value that was last computed, if any was."""
    openpyxl = need("openpyxl", "xlsx")
    computed = _check(data)
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    written = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False) if computed else None
    try:
        sheets = (sheet for sheet in book.worksheets if any(map(any, sheet.iter_rows(values_only=True))))
        sheet = next(sheets, None)
        if sheet is None:
            raise Unreadable("a workbook without a filled sheet")
        beside = written[sheet.title].iter_rows(values_only=True) if written else repeat(())
        yield from tables.read_grid(
            (_values(*pair) for pair in zip(sheet.iter_rows(values_only=True), beside, strict=False)), columns
        )
        if (other := next(sheets, None)) is not None:
            yield Refused(
                f"only the first filled sheet was read; save {other.title[:40]!r} and any further one as files of their own"
            )
    finally:
        book.close()


def _check(data: bytes) -> bool:
    """Refuse, before anything is parsed, a workbook that would burst or whose parts declare entities; tell whether it computes."""
    size, computes = 0, False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            for entry in parts.infolist():
                size += entry.file_size
                if size > LARGEST or entry.file_size > max(archive.HARMLESS, archive.RATIO * entry.compress_size):
                    raise Unreadable(f"unpacks to more than a workbook of {len(data):,} bytes may")
                if entry.filename.endswith((".xml", ".rels")):
                    part = parts.read(entry)
                    computes = computes or any(mark in part for mark in _FORMULA)
                    if feeds.declares(part):
                        raise Unreadable("declares a document type or entities, as no workbook does")
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError):
        raise Unreadable("not a workbook, or a damaged one") from None
    return computes


def _values(cells: Sequence[Any], written: Sequence[Any]) -> list[Any]:
    """Return the cells of a row; a formula that was never computed is False: neither words nor nothing."""
    formulas = {at for at, cell in enumerate(written) if isinstance(cell, str) and cell.startswith("=")}
    return [False if cell is None and at in formulas else _value(cell) for at, cell in enumerate(cells)]


def _value(cell: Any) -> Any:
    return cell.isoformat() if isinstance(cell, date) else cell
