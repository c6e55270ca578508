"""Geographic files open with what their users open them with, and hold every row with its types, credits and meaning."""

from __future__ import annotations

import contextlib
import sqlite3
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path
from typing import Any

import geopandas
import pandas
import pyarrow.parquet
import pyogrio
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_run import OTHER, make_event

from mapper.actors import Actors
from mapper.exports import Records, choose, columns, kml, layers, record, write_file
from mapper.exports.credits import ABOUT
from mapper.exports.records import FIELDS
from mapper.model import Findings

KML = "{http://www.opengis.net/kml/2.2}"
NASTY = '<script>alert(1)</script> & "quoted" =1+1 \u202e \ufffe ده سلاح'


@pytest.fixture
def make(records: Records, atlas: Any, tmp_path: Path) -> Any:
    def make(name: str, given: Records = records) -> Path:
        write_file(tmp_path / name, choose(Path(name))(given, atlas))
        return tmp_path / name

    return make


@pytest.fixture
def nasty(findings: Findings, atlas: Any, parties: Actors) -> Records:
    event = make_event(place=None, place_name=NASTY, actor1=NASTY, claim_ids=("c2",))
    return record(replace(findings, events=(event,)), atlas, parties)


# --- GeoPackage ---------------------------------------------------------------------------------


def test_a_geopackage_has_a_layer_or_a_table_for_each_of_the_records(make: Any, records: Records) -> None:
    path = make("x.gpkg")
    kinds = dict(pyogrio.list_layers(path))
    assert kinds == {
        "events": "Point",
        "claims": "Point",
        "control": "Unknown",
        "toponyms": "Point",
        "origins": None,
        "articles": None,
    }
    for table in FIELDS:
        info = pyogrio.read_info(path, layer=table)
        assert info["features"] == len(getattr(records, table))
        assert list(info["fields"]) == list(layers.names(table))
        assert info["crs"] == ("EPSG:4326" if kinds[table] else None)


def test_a_geopackage_keeps_types_and_what_is_unknown(make: Any) -> None:
    path = make("x.gpkg")
    claims = pyogrio.read_info(path, layer="claims")
    types = dict(zip(claims["fields"], claims["ogr_types"], strict=True))
    assert {name: types[name] for name in ("event_date", "killed_high", "quote", "start")} == {
        "event_date": "OFTDate",
        "killed_high": "OFTInteger64",
        "quote": "OFTString",
        "start": "OFTInteger64",
    }
    assert dict(zip(claims["fields"], claims["ogr_subtypes"], strict=True))["vague_casualties"] == "OFSTBoolean"
    events = geopandas.read_file(path, layer="events")
    assert events["event_date"].dt.date.astype(str).tolist() == ["2021-08-20", "2021-08-20"]
    assert events["fatalities_high"].isna().all()
    assert events["claim_ids"].tolist() == ["c1; c2", "c2"]
    assert events.geometry.isna().tolist() == [False, True]
    assert (events.geometry.iloc[0].x, events.geometry.iloc[0].y) == (69.33651, 35.65712)
    articles = pyogrio.read_dataframe(path, layer="articles")
    assert articles["text"].iloc[2] == OTHER


def test_claims_stand_where_their_places_are(make: Any) -> None:
    claims = geopandas.read_file(make("x.gpkg"), layer="claims")
    assert claims.geometry.isna().tolist() == [False, False, True]
    assert claims.geometry.iloc[0].x == 69.33651


def test_a_country_is_no_spot(records: Records, atlas: Any) -> None:
    places = layers.Places(records, atlas)
    assert places.point("AFG") is None
    assert places.point("AF09") == (68.7, 36.1)
    assert places.point(None) is None
    named = replace(
        records, toponyms=[{"place_id": "AFG", "kind": "country", "longitude": 66.0, "latitude": 34.0, "country": "AFG"}]
    )
    assert layers.Places(named, atlas).point("AFG") is None


def test_a_geopackage_says_what_it_is_and_whose(make: Any) -> None:
    info = pyogrio.read_info(make("x.gpkg"), layer="claims")
    assert info["dataset_metadata"]["ABOUT"] == ABOUT
    assert "CC BY 4.0" in info["dataset_metadata"]["CREDITS"]
    assert info["layer_metadata"]["DESCRIPTION"] == f"{columns.MEANINGS['claims']} {ABOUT}"


def test_a_geopackage_was_changed_when_its_newest_article_was_printed(make: Any) -> None:
    with contextlib.closing(sqlite3.connect(make("x.gpkg"))) as file:
        assert set(file.execute("select last_change from gpkg_contents")) == {("2021-08-21T00:00:00Z",)}
    assert pyogrio.get_gdal_config_option("OGR_CURRENT_DATE") is None


def test_text_is_not_cut_at_a_nul(make: Any, records: Records) -> None:
    records.claims[0]["part"] = "before\0after"
    assert geopandas.read_file(make("x.gpkg"), layer="claims")["part"].iloc[0] == "before\ufffdafter"


# --- FlatGeobuf ---------------------------------------------------------------------------------


def test_flatgeobuf_holds_what_could_not_be_placed_too(make: Any) -> None:
    events = geopandas.read_file(make("x.fgb"))
    assert events["event_id"].tolist() == ["AFG-0001", "AFG-0002"]
    assert events.geometry.isna().tolist() == [False, True]
    assert events["fatalities"].tolist() == [40, 40]
    assert events.crs == "EPSG:4326"
    metadata = pyogrio.read_info(make("control.fgb"))["layer_metadata"]
    assert ABOUT in metadata["DESCRIPTION"]
    assert "CC BY 4.0" in metadata["DESCRIPTION"]


def test_flatgeobuf_is_indexed_where_all_is_placed(make: Any, records: Records) -> None:
    placed = replace(records, events=records.events[:1])
    assert pyogrio.read_info(make("x.fgb", placed))["capabilities"]["fast_spatial_filter"]
    assert not pyogrio.read_info(make("y.fgb"))["capabilities"]["fast_spatial_filter"]


# --- Parquet ------------------------------------------------------------------------------------


def test_geoparquet_opens_with_geopandas(make: Any) -> None:
    events, control = geopandas.read_parquet(make("x.parquet")), geopandas.read_parquet(make("control.parquet"))
    assert events.crs == control.crs == "EPSG:4326"
    assert [*events.columns] == [*FIELDS["events"], "geometry"]
    assert events.geometry.isna().tolist() == [False, True]
    assert control.geometry.geom_type.tolist() == ["Polygon", "Point"]
    assert events["claims"].iloc[0][0]["attribution"][1]["name"] == "Mohammadi"


@pytest.mark.parametrize("table", ["articles", "toponyms", "claims", "origins"])
def test_parquet_holds_the_rows_as_they_are(table: str, make: Any, records: Records) -> None:
    path = make(f"{table}.parquet")
    assert len(pandas.read_parquet(path)) == len(getattr(records, table))
    days = [name for name, column in columns.of(table).items() if column.type == "day"]
    for row, back in zip(getattr(records, table), pyarrow.parquet.read_table(path).to_pylist(), strict=True):
        for day in days:
            back[day] = back[day] and back[day].isoformat()
        for hop in back.get("attribution", ()):
            hop["date"] = hop["date"] and hop["date"].isoformat()
        assert back == row


def test_types_do_not_depend_on_what_was_found(make: Any) -> None:
    empty = Records([], [], [], [], [], [])
    for table in FIELDS:
        found, none = (pyarrow.parquet.read_schema(path) for path in (make(f"{table}.parquet"), make(f"{table}.parquet", empty)))
        assert none.types == found.types


def test_parquet_says_what_it_is_whose_and_what_its_columns_mean(make: Any) -> None:
    schema = pyarrow.parquet.read_schema(make("claims.parquet"))
    assert schema.metadata[b"about"].decode() == ABOUT
    assert b"CC BY 4.0" in schema.metadata[b"credits"]
    assert schema.field("quote").metadata[b"description"].decode() == columns.of("claims")["quote"].meaning


# --- KML ----------------------------------------------------------------------------------------


def test_kml_has_a_folder_for_events_and_one_for_control(make: Any) -> None:
    path = make("x.kml")
    assert [name for name, _ in pyogrio.list_layers(path)] == ["Events", "Control"]
    events = geopandas.read_file(path, layer="Events")
    assert events["Name"].tolist() == [
        "Non-state actor overtakes territory, Deh Salah",
        "Non-state actor overtakes territory, Qasaan",
    ]
    assert events["event_id"].tolist() == ["AFG-0001", "AFG-0002"]
    assert events["begin"].dt.date.astype(str).tolist() == ["2021-08-20"] * 2
    assert events["end"].dt.date.astype(str).tolist() == ["2021-08-20"] * 2
    assert events.geometry.isna().tolist() == [False, True]
    control = geopandas.read_file(path, layer="Control")
    assert control.geometry.geom_type.tolist() == ["Polygon", "Point"]
    assert control["Name"].tolist() == ["Deh Salah", "Baghlan"]
    said = control["description"].iloc[0]
    assert said.startswith("Deh Salah: Resistance forces (contested).")
    assert "Mohammadi: " in said


def test_words_of_articles_reach_a_balloon_as_text(make: Any, nasty: Records) -> None:
    root = ET.parse(make("x.kml", nasty)).getroot()
    mark = next(root.iter(f"{KML}Placemark"))
    description = mark.findtext(f"{KML}description") or ""
    assert "<script" not in description
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp;" in description
    assert NASTY.replace("\ufffe", "\ufffd") in (mark.findtext(f"{KML}name") or "")
    assert next(root.iter(f"{KML}BalloonStyle")).findtext(f"{KML}text") == "$[description]"


def test_a_week_is_a_span_of_a_week(make: Any, records: Records) -> None:
    records.events[0]["properties"]["time_precision"] = 2
    events = geopandas.read_file(make("x.kml"), layer="Events")
    assert (str(events["begin"].iloc[0].date()), str(events["end"].iloc[0].date())) == ("2021-08-17", "2021-08-23")


def test_holes_and_parts_of_an_area_are_drawn(records: Records, atlas: Any) -> None:
    ring = [[69.0, 35.0], [70.0, 35.0], [70.0, 36.0], [69.0, 35.0]]
    records.control[0]["geometry"] = {"type": "MultiPolygon", "coordinates": [[ring, ring], [ring]]}
    root = ET.fromstring("".join(kml.write(records, atlas)))
    assert len(list(root.iter(f"{KML}Polygon"))) == 2
    assert len(list(root.iter(f"{KML}innerBoundaryIs"))) == 1
    assert next(root.iter(f"{KML}coordinates")).text == "69.33651,35.65712"


@given(st.text())
def test_whatever_the_text_the_xml_is_sound_and_holds_it(text: str) -> None:
    back = ET.fromstring(f"<a>{kml._text(text)}</a>").text or ""
    assert back == kml.ILLEGAL.sub("\ufffd", text).replace("\r\n", "\n").replace("\r", "\n")
