"""Records -> XLSX: what it is and whose data, a sheet for each table, and one that says what every column means.

Days are dates, numbers numbers, flags booleans; lists and text stand as in the CSV, disarmed in the
same way. A cell holds 32,767 characters: longer text is cut there and says so. Characters that a
sheet cannot hold become U+FFFD. Excel knows no day before March 1900; such days stand as text.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from mapper.errors import OutputError
from mapper.exports import columns, credits, days, layers, tables
from mapper.exports.kml import ILLEGAL
from mapper.exports.records import FIELDS, Records
from mapper.libraries import library

if TYPE_CHECKING:
    from mapper.gazetteer import Gazetteer

ROWS = 1_048_576
"""What a sheet holds."""

CELL = 32_767
CUT = " ... (cut here; the whole stands in the .jsonl of the run)"

FIRST = date(1900, 3, 1)
"""Before it Excel counts a day that never was."""

WIDTHS: Mapping[str, int] = {"integer": 12, "number": 12, "day": 12, "flag": 12, "text": 24}
"""In characters, by the type of a column; lists are wider."""

WIDE = {"notes", "quote", "text", "meaning"}

CODEBOOK = ("table", "column", "type", "unit", "blank", "values", "example", "meaning")

_CHANGED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")


def write(records: Records, gazetteer: Gazetteer, hxl: bool = False) -> Iterator[bytes]:
    """Yield the bytes of the workbook, with a row of HXL tags under each header if `hxl`.

    MissingLibraryError without openpyxl; OutputError for a table that is too long for a sheet.
    """
    openpyxl = library("openpyxl", "xlsx")
    _measure(records, 1 + hxl)
    book = openpyxl.Workbook(write_only=True)
    book.properties.creator = "conflict-event-mapper"
    book.properties.title = "Claimed events and control"
    book.properties.description = credits.ABOUT
    _sheet(
        book, "about", {"about": 120}, [[_value(line, "text")] for line in (credits.ABOUT, *credits.text(gazetteer).splitlines())]
    )
    for table in columns.MEANINGS:
        if table in FIELDS:
            _table(book, records, table, hxl)
    _sheet(book, "codebook", {name: 60 if name in WIDE else 20 for name in CODEBOOK}, _codebook())
    made = io.BytesIO()
    book.save(made)
    return _settled(made, days.newest(records))


def _measure(records: Records, head: int) -> None:
    """Tell of a table that would not fit, before anything is written."""
    for table in FIELDS:
        if (rows := len(getattr(records, table))) + head > ROWS:
            raise OutputError(f"{table}: {rows} rows, and a sheet of XLSX holds {ROWS}; expected another format, such as gpkg")


def _table(book: Any, records: Records, table: str, hxl: bool) -> None:
    found, types = layers.rows(records, table), layers.names(table)
    head = [tables.tags(table, types)] if hxl else []
    widths = {name: 60 if name in WIDE else WIDTHS.get(type_, 40) for name, type_ in types.items()}
    rows = ([_value(row[name], type_) for name, type_ in types.items()] for row in found)
    _sheet(book, table, widths, [*head, *rows])


def _sheet(book: Any, title: str, widths: Mapping[str, int], rows: Iterable[Sequence[Any]]) -> None:
    """Add a sheet with a header row that stays in sight, and columns as wide as told."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for at, width in enumerate(widths.values(), 1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    head = [WriteOnlyCell(sheet, value=name) for name in widths]
    for cell in head:
        cell.font = Font(bold=True)
    sheet.append(head)
    for row in rows:
        sheet.append(row)


def _value(value: Any, type_: str) -> Any:
    """Return a value as a cell takes it; a text is one that no program runs."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if type_ == "day":
        day = date.fromisoformat(value)
        return day if day >= FIRST else value
    return _text(str(tables.cell(value))) or None


def _text(text: str) -> str:
    text = ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", text)
    return text if len(text) <= CELL else text[: CELL - len(CUT)] + CUT


def _codebook() -> Iterator[list[str]]:
    for table in columns.MEANINGS:
        for column in columns.of(table).values() if table in FIELDS else ():
            cells = column._asdict() | {"column": column.name, "values": columns.allowed(column)}
            yield [_text(str(tables.cell(cells[name]))) for name in CODEBOOK]


def _settled(made: io.BytesIO, day: date) -> Iterator[bytes]:
    """Yield the workbook with the day of the newest article wherever it would tell when it was written."""
    moment = f"{datetime.combine(day, time()).isoformat()}Z".encode()
    sink = io.BytesIO()
    with zipfile.ZipFile(made) as book, zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as settled:
        for part in book.infolist():
            content = book.read(part)
            if part.filename == "docProps/core.xml":
                content = _CHANGED.sub(rb"\g<1>" + moment, content)
            settled.writestr(zipfile.ZipInfo(part.filename), content, zipfile.ZIP_DEFLATED)
    yield sink.getvalue()
