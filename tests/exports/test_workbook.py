"""The workbook: a sheet for each table and a codebook, right types, nothing that runs, no trace of when it was made."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any

import openpyxl
import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.errors import OutputError
from mapper.exports import Records, columns, workbook
from mapper.exports.credits import ABOUT
from mapper.exports.records import FIELDS


def made(records: Records, atlas: Any, hxl: bool = False) -> io.BytesIO:
    return io.BytesIO(b"".join(workbook.write(records, atlas, hxl)))


def opened(records: Records, atlas: Any, hxl: bool = False) -> Any:
    return openpyxl.load_workbook(made(records, atlas, hxl))


def test_there_is_a_sheet_for_each_table_with_all_rows(records: Records, atlas: Any) -> None:
    book = opened(records, atlas)
    assert book.sheetnames == ["about", *(table for table in columns.MEANINGS if table in FIELDS), "codebook"]
    for table in FIELDS:
        assert book[table].max_row == len(getattr(records, table)) + 1


def test_pandas_reads_right_types(records: Records, atlas: Any) -> None:
    events = pandas.read_excel(made(records, atlas), sheet_name="events")
    assert events["event_date"].tolist() == [pandas.Timestamp("2021-08-20")] * 2
    assert events["fatalities"].tolist() == [40, 40]
    assert events["only_by_mutation"].tolist() == [False, False]
    assert events["latitude"].iloc[0] == 35.6571
    assert events["claim_ids"].tolist() == ["c1; c2", "c2"]
    claims = pandas.read_excel(made(records, atlas), sheet_name="claims")
    assert claims["killed_high"].tolist()[0] == 40
    assert claims["killed_low"].tolist()[1] == 60


def test_headers_stay_in_sight_and_columns_are_wide_enough(records: Records, atlas: Any) -> None:
    for sheet in opened(records, atlas):
        assert sheet.freeze_panes == "A2"
        assert sheet["A1"].font.bold
    assert opened(records, atlas)["claims"].column_dimensions["E"].width == 60, "the quote"


def test_text_that_would_run_is_disarmed_and_no_cell_is_a_formula(records: Records, atlas: Any) -> None:
    records.claims[0]["actor"] = "=HYPERLINK(1)"
    records.claims[0]["part"] = "+1"
    book = opened(records, atlas)
    assert {cell.data_type for sheet in book for row in sheet for cell in row} <= {"s", "inlineStr", "n", "b", "d"}
    sheet = book["claims"]
    row = dict(zip((cell.value for cell in sheet[1]), (cell.value for cell in sheet[2]), strict=True))
    assert (row["actor"], row["part"]) == ("'=HYPERLINK(1)", "'+1")


def test_what_a_sheet_cannot_hold_is_told(records: Records, atlas: Any) -> None:
    records.claims[0]["actor"] = "x" * 40_000
    records.claims[0]["part"] = "a\x00b\x1bc"
    records.events[0]["properties"]["event_date"] = "1842-01-13"
    book = opened(records, atlas)
    row = {head.value: cell.value for head, cell in zip(book["claims"][1], book["claims"][2], strict=True)}
    assert len(row["actor"]) == workbook.CELL
    assert row["actor"].endswith(workbook.CUT)
    assert row["part"] == "a\ufffdb\ufffdc"
    assert book["events"]["B2"].value == "1842-01-13"


def test_a_table_too_long_for_a_sheet_is_an_error(records: Records, atlas: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "ROWS", 3)
    with pytest.raises(OutputError, match="articles: 3 rows, and a sheet of XLSX holds 3"):
        made(records, atlas)


def test_the_codebook_describes_every_column(records: Records, atlas: Any) -> None:
    rows = list(opened(records, atlas)["codebook"].iter_rows(min_row=2, values_only=True))
    assert [(row[0], row[1]) for row in rows] == [(t, name) for t in columns.MEANINGS if t in FIELDS for name in FIELDS[t]]
    assert all(row[-1] for row in rows)


def test_the_workbook_says_what_it_is_and_whose(records: Records, atlas: Any) -> None:
    book = opened(records, atlas)
    said = [row[0] for row in book["about"].iter_rows(values_only=True) if row[0]]
    assert ABOUT in said
    assert "CC BY 4.0" in said
    assert book.properties.description == ABOUT


def test_it_was_made_when_its_newest_article_was_printed(records: Records, atlas: Any) -> None:
    book = made(records, atlas)
    assert {part.date_time for part in zipfile.ZipFile(book).infolist()} == {(1980, 1, 1, 0, 0, 0)}
    properties = openpyxl.load_workbook(book).properties
    assert properties.created == properties.modified == datetime(2021, 8, 21)


def test_tags_stand_under_each_header(records: Records, atlas: Any) -> None:
    book = opened(records, atlas, hxl=True)
    for table in FIELDS:
        head, tags = ([cell.value for cell in book[table][row]] for row in (1, 2))
        assert head[: len(tags)]
        assert any(tags)
        assert all(tag is None or tag.startswith("#") for tag in tags)


@given(st.text())
def test_whatever_the_text_a_cell_takes_it(text: str) -> None:
    value = workbook._value(text, "text")
    assert value is None or not value.startswith("=")
    book = openpyxl.Workbook()
    book.active["A1"] = value
    assert book.active["A1"].data_type in ("s", "n")
