"""Records hold the contract's fields, and every file written from them holds the same."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_run import OTHER, SQUARE, TEXT

from mapper import exports
from mapper.errors import OutputError, SourceError, UnknownNameError
from mapper.exports import EXPORTERS, Records, acled, load, write_file
from mapper.exports.explanation import explain
from mapper.exports.frames import frame, geo_frame
from mapper.exports.records import FIELDS
from mapper.exports.tables import cell

FILES = {name: export for name, export in EXPORTERS.items() if name != "map.html"}


@pytest.fixture
def out(records: Records, atlas: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(exports, "EXPORTERS", FILES)
    exports.write(records, atlas, tmp_path / "new" / "out")
    return tmp_path / "new" / "out"


# --- what the rows say --------------------------------------------------------------------------


@pytest.mark.parametrize("table", FIELDS)
def test_every_row_has_the_fields_of_its_table_in_their_order(records: Records, table: str) -> None:
    rows = [row.get("properties", row) for row in getattr(records, table)]
    assert rows
    assert {tuple(row) for row in rows} == {FIELDS[table]}


def test_spans_quote_the_text(records: Records) -> None:
    texts = {"a": TEXT, "b": OTHER}
    for row in records.claims:
        assert texts[row["article_id"]][row["start"] : row["end"]] == row["quote"]
    for row in records.toponyms:
        assert texts[row["article_id"]][row["start"] : row["end"]] == row["text"]


def test_unknown_is_null(records: Records) -> None:
    first, second, denial = records.claims
    assert [first[name] for name in ("killed", "wounded", "killed_or_wounded")] == [[None, 40], None, None]
    assert (second["killed"], second["wounded"], second["vague_casualties"]) == ([60, None], None, True)
    assert (denial["place_id"], denial["place_name"], denial["admin1_pcode"]) == (None, None, None)
    assert "" not in [value for row in records.claims for value in row.values()]
    assert records.toponyms[1]["place_id"] is None
    assert records.toponyms[1]["refused"] == "level with a rival"


def test_an_attribution_starts_at_the_outlet_even_when_it_is_unknown(records: Records) -> None:
    assert [[hop["name"] for hop in row["attribution"]] for row in records.claims] == [
        ["The Wire", "Mohammadi"],
        [None],
        [None],
    ]
    assert records.claims[0]["attribution"][1] == {
        "name": "Mohammadi",
        "role": None,
        "kind": "person",
        "cue": "tweeted",
        "medium": "tweet",
        "person_id": "bismillah-mohammadi",
        "date": "2021-08-20",
        "start": 70,
        "end": 79,
    }


def test_articles_and_rejected_inputs_stand_together_in_order(records: Records) -> None:
    assert [(row["id"], row["rejected"]) for row in records.articles] == [("a", None), ("aa", "unknown format"), ("b", None)]
    assert records.articles[2]["shares"] == [{"article_id": "a", "kind": "passage", "spans": [[0, 10]]}]


def test_an_event_is_a_point_and_null_when_unplaced(records: Records) -> None:
    placed, unplaced = records.events
    assert placed["geometry"] == {"type": "Point", "coordinates": [69.33651, 35.65712]}
    assert (placed["properties"]["longitude"], placed["properties"]["latitude"]) == (69.3365, 35.6571)
    assert unplaced["geometry"] is None
    assert (unplaced["properties"]["latitude"], unplaced["properties"]["place_name"]) == (None, "Qasaan")


def test_an_event_carries_its_claims_and_sources(records: Records) -> None:
    properties = records.events[0]["properties"]
    assert [claim["claim_id"] for claim in properties["claims"]] == properties["claim_ids"] == ["c1", "c2"]
    assert properties["sources"][0] == {
        "article_id": "a",
        "outlet": "The Wire",
        "title": None,
        "url": "https://example.org/a",
        "published": "2021-08-21",
    }
    assert properties["outlets"] == ["The Wire"]
    assert properties["contradictions"] == [
        {"field": "killed", "values": [{"value": "40", "claim_ids": ["c1"]}, {"value": "60", "claim_ids": ["c2"]}]}
    ]
    assert properties["mutations"] == [
        {"field": "casualties", "from": "40", "to": "60", "from_claim_id": "c1", "to_claim_id": "c2"}
    ]


def test_control_is_an_outline_or_else_a_point(records: Records) -> None:
    district, province = records.control
    assert district["geometry"] == SQUARE
    assert province["geometry"] == {"type": "Point", "coordinates": [68.7, 36.1]}
    assert district["properties"]["periods"] == [
        {"from": "2021-08-20", "to": None, "status": "contested", "holder": "Resistance forces", "claim_ids": ["c1"]}
    ]
    assert district["properties"]["claims"][0]["outlet"] == "The Wire"


# --- files --------------------------------------------------------------------------------------


def test_what_is_written_reads_back_as_it_was(out: Path, records: Records) -> None:
    assert sorted(path.name for path in out.iterdir()) == sorted(FILES)
    assert load(out) == records


def test_the_same_records_give_the_same_bytes(records: Records, atlas: Any) -> None:
    once, again = (["".join(export(records, atlas)) for export in FILES.values()] for _ in range(2))
    assert once == again


def test_geojson_is_rfc_7946_with_its_credits(out: Path) -> None:
    for name in ("events", "control"):
        collection = json.loads((out / f"{name}.geojson").read_text(encoding="utf-8"))
        assert collection["type"] == "FeatureCollection"
        assert "crs" not in collection
        assert collection["credits"][0]["licence"] == "CC BY 4.0"
        assert all(set(feature) == {"type", "id", "geometry", "properties"} for feature in collection["features"])


def test_no_features_still_make_a_collection(atlas: Any) -> None:
    empty = Records([], [], [], [], [], [])
    assert json.loads("".join(EXPORTERS["events.geojson"](empty, atlas)))["features"] == []
    assert "".join(EXPORTERS["claims.jsonl"](empty, atlas)) == ""
    assert "".join(EXPORTERS["events.csv"](empty, atlas)).count("\n") == 1


def test_a_line_is_a_row_whatever_the_text_holds(out: Path) -> None:
    content = (out / "articles.jsonl").read_bytes()
    assert content.count(b"\n") == 3
    assert json.loads(content.split(b"\n")[2])["text"] == OTHER


def test_csv_has_acleds_columns_first_and_the_events_of_the_geojson(out: Path) -> None:
    header, *rows = csv.reader(io.StringIO((out / "events.csv").read_text(encoding="utf-8"), newline=""))
    assert tuple(header[:31]) == acled.COLUMNS
    assert tuple(header) == FIELDS["events"][:-2]
    first = dict(zip(header, rows[0], strict=True))
    assert first["claim_ids"] == "c1; c2"
    assert json.loads(first["contradictions"])[0]["field"] == "killed"
    assert (first["latitude"], first["fatalities"], first["fatalities_high"], first["event_id_cnty"]) == ("35.6571", "40", "", "")
    assert len(rows) == 2


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", " =", '"=', "'=", "\u00a0="])
def test_text_that_a_spreadsheet_would_run_is_disarmed(start: str) -> None:
    assert cell(f"{start}HYPERLINK(1)") == f"'{start}HYPERLINK(1)"
    assert cell([f"{start}x", "y"]) == f"'{start}x; y"


@given(st.text())
def test_a_cell_reads_back_as_its_text(text: str) -> None:
    sheet = io.StringIO(newline="")
    csv.writer(sheet).writerow(["x", cell(text)])
    ((_, back),) = csv.reader(io.StringIO(sheet.getvalue(), newline=""))
    assert back in (text, f"'{text}")


@pytest.mark.parametrize("number", [-5, -33.25, 0, 40])
def test_numbers_stay_numbers(number: float) -> None:
    assert cell(number) is number


def test_a_file_is_replaced_as_a_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "events.csv"
    write_file(path, ["old"])

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(OutputError, match=r"events\.csv: cannot be written \(No space left on device\)"):
        write_file(path, ["new"])
    assert [file.name for file in tmp_path.iterdir()] == ["events.csv"]
    assert path.read_bytes() == b"old"


def test_an_unwritable_folder_is_named(records: Records, atlas: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "EXPORTERS", FILES)
    (tmp_path / "out").write_text("a file")
    with pytest.raises(OutputError, match=r"out: cannot be made a folder"):
        exports.write(records, atlas, tmp_path / "out")


def test_a_folder_without_a_run_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"articles\.jsonl: not what a run writes"):
        load(tmp_path)


# --- frames -------------------------------------------------------------------------------------


def test_frames_have_right_types(records: Records) -> None:
    claims, articles = frame(records, "claims"), frame(records, "articles")
    assert claims["event_date"].dtype == "datetime64[s]"
    assert claims["killed_high"].dtype == "Int64"
    assert claims["killed_high"].tolist()[0] == 40
    assert claims["killed_low"].isna().tolist() == [True, False, True]
    assert articles["published"].isna().tolist() == [False, True, True]
    assert len(frame(records, "toponyms")) == 2
    assert frame(records, "origins")["independent"].tolist() == [True, False]


def test_geo_frames_are_wgs_84_and_write_with_geopandas(records: Records, tmp_path: Path) -> None:
    events, control = geo_frame(records, "events"), geo_frame(records, "control")
    assert events.crs == control.crs == "EPSG:4326"
    assert events.geometry.iloc[0].x == 69.33651
    assert events.geometry.isna().tolist() == [False, True]
    assert control.geometry.geom_type.tolist() == ["Polygon", "Point"]
    assert events["notes"].dtype == "string"
    assert events["fatalities_high"].dtype == "Int64"


@pytest.mark.parametrize("table", FIELDS)
def test_frames_of_nothing_keep_their_columns(table: str) -> None:
    empty = Records([], [], [], [], [], [])
    made = geo_frame(empty, table) if table in ("events", "control") else frame(empty, table)
    assert list(made.columns)[: len(FIELDS[table])] == list(FIELDS[table])
    assert len(made) == 0


# --- words --------------------------------------------------------------------------------------


def test_an_explanation_names_every_claim_speaker_and_sentence(records: Records) -> None:
    words = explain(records, "AFG-0001")
    assert "c1 in a (The Wire, 2021-08-21)" in words
    assert "asserted, Resistance forces gained it, killed at most 40; said by Mohammadi (tweet) < The Wire" in words
    assert "> At least 60 Taliban died in De Salah.\n  asserted, killed at least 60; said by unnamed outlet" in words
    assert "killed: 40 (c1); 60 (c2)" in words
    assert "ACLED-fatalities-lowest" in words
    with pytest.raises(UnknownNameError, match="no event 'AFG-9'"):
        explain(records, "AFG-9")
