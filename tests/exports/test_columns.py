"""One table says what every column is; fields, frames, schemas and pages are made from it and cannot drift."""

from __future__ import annotations

from pathlib import Path

import pytest

from mapper import bundle
from mapper.errors import TableError
from mapper.exports import EXPORTERS, FORMATS, columns, ged, schemas
from mapper.exports.frames import frame, geo_frame
from mapper.exports.records import FIELDS

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("table", FIELDS)
def test_every_field_has_its_row_in_the_same_order(table: str) -> None:
    assert tuple(columns.of(table)) == FIELDS[table]


def test_geds_columns_have_their_rows() -> None:
    assert tuple(columns.of("ged")) == ged.COLUMNS
    assert len(ged.COLUMNS) == 49


@pytest.mark.parametrize("table", columns.tables())
def test_every_column_is_described_and_exemplified(table: str) -> None:
    for column in columns.of(table).values():
        assert column.meaning.endswith("."), column
        assert column.meaning.isprintable()
        assert column.example or column.item or column.blank == "always", column
        assert column.hxl is None or column.hxl.startswith("#"), column


def test_every_table_is_of_a_file_or_of_a_column() -> None:
    named = {column.item for table in columns.tables().values() for column in table.values()}
    assert set(columns.tables()) == set(columns.MEANINGS) | named - {None}


@pytest.mark.parametrize("table", columns.MEANINGS)
def test_no_two_columns_of_a_table_share_a_tag(table: str) -> None:
    tags = [column.hxl for column in columns.of(table).values() if column.hxl]
    assert len(tags) == len(set(tags))


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"type": "list of nothing"}, "type 'list of nothing'"),
        ({"blank": "perhaps"}, "blank 'perhaps'"),
        ({"values": "Colours"}, "values 'Colours'"),
        ({"meaning": ""}, "no meaning"),
    ],
)
def test_a_row_that_is_not_understood_is_named(monkeypatch: pytest.MonkeyPatch, change: dict[str, str], fault: str) -> None:
    row = dict.fromkeys("table column type unit blank values hxl example meaning".split(), "")
    row |= {"table": "x", "column": "y", "type": "text", "blank": "no", "meaning": "Z."} | change
    monkeypatch.setattr(bundle, "rows", lambda *_: [row])
    with pytest.raises(TableError, match=f"columns.csv, x.y: {fault}"):
        columns.tables.__wrapped__()


def test_frames_say_what_their_columns_mean() -> None:
    for made, tables in ((frame, ("articles", "toponyms", "claims", "origins")), (geo_frame, ("events", "control"))):
        for table in tables:
            for column in columns.of(table).values():
                assert f"{column.name} ({column.type}): {column.meaning}" in (made.__doc__ or "")


def test_the_page_of_columns_is_fresh() -> None:
    assert (DOCS / "columns.md").read_text(encoding="utf-8") == schemas.page(), "run `make tables`"


def test_the_page_says_where_each_table_stands() -> None:
    files = {*EXPORTERS, *(name for made in FORMATS.values() for name in made)}
    assert {name for named in schemas.FILES.values() for name in named} < files
    assert set(schemas.FILES) == set(columns.MEANINGS)
