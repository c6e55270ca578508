"""Tables are checked when they are read: a fault names file and row."""

import json
import time

import pytest

from mapper import gazetteer
from mapper.errors import TableError, UnknownNameError

GOOD = {"place_id": "XX0102", "name": "Sowa", "script": "latn", "strength": "strong", "sources": "press"}


def test_a_prompt_shows_how_many_places_there_are() -> None:
    places = gazetteer.load()
    assert repr(places) == f"<Gazetteer: AFG, {len(places.places)} places>"


def test_a_small_country_is_read(tmp_path, folder):
    places = gazetteer.load("XXX", folder=folder(tmp_path))
    assert places.unit("XX0102").admin1 == "Upper"
    assert places.places["XX0101-mida"].admin2 == "Mida"
    assert [match.place.id for match in places.lookup("sowa")] == ["XX0102"]
    assert places.credits[0]["licence"] == "CC0"
    assert places.boundary("XX0101") is None if (tmp_path / "XXX" / "boundaries.geojson").exists() else True


@pytest.mark.parametrize(
    ("changes", "row", "message"),
    [
        ({"XX0102": {"place_id": "XX0101", "admin2_pcode": "XX0101"}}, 4, "stands twice"),
        ({"XX0102": {"kind": "castle"}}, 4, "kind 'castle' is unknown"),
        ({"XX0102": {"longitude": "east"}}, 4, "must be degrees"),
        ({"XX0102": {"longitude": "200"}}, 4, "no place on Earth"),
        ({"XX0102": {"latitude": "nan"}}, 4, "no place on Earth"),
        ({"XX0102": {"admin1_pcode": ""}}, 4, "not nested"),
        ({"XX0101-mida": {"admin2_pcode": "YY0101"}}, 5, "not nested"),
        ({"XX0102": {"admin2_pcode": "XX0103"}}, 4, "the place_id of a unit is its P-code"),
        ({"XX01": {"admin2_pcode": "XX0101"}}, 2, "expected none"),
        ({"XX0101-mida": {"admin2_pcode": "XX0109"}}, 5, "admin2_pcode 'XX0109' is no place_id"),
        ({"XX01": {"seat": "XX0101-nowhere"}}, 2, "seat 'XX0101-nowhere'"),
        ({"XX01": {"covers": "XX0101|XX0109"}}, 2, "covers 'XX0109'"),
        ({"XX0102": {"valid_from": "last year"}}, 4, "no ISO date"),
        ({"XX0102": {"valid_from": "2020-01-01", "valid_to": "2019-01-01"}}, 4, "is after valid_to"),
        ({"XX0102": {"inferred": "maybe"}}, 4, "inferred 'maybe' is unknown"),
        ({"XX0102": {"name": ""}}, 4, "must not be empty"),
    ],
)
def test_a_faulty_place_is_named_by_file_and_row(tmp_path, folder, changes, row, message):
    with pytest.raises(TableError, match=message) as fault:
        gazetteer.load("XXX", folder=folder(tmp_path, changes))
    assert f"places.csv, row {row}:" in str(fault.value)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"place_id": "XX0109"}, "'XX0109' is not in places.csv"),
        ({"name": "  "}, "empty name"),
        ({"script": "arab"}, "not written in script 'arab'"),
        ({"name": "سوا"}, "not written in script 'latn'"),
        ({"script": "cyrl"}, "not written in script 'cyrl'"),
        ({"name": "Сова", "script": "hebr"}, "not written in script 'hebr'"),
        ({"script": "runes"}, "script 'runes' is unknown; expected one of latn, arab"),
        ({"strength": "middling"}, "strength 'middling' is unknown"),
    ],
)
def test_a_faulty_name_is_named_by_file_and_row(tmp_path, folder, change, message):
    with pytest.raises(TableError, match=message) as fault:
        gazetteer.load("XXX", folder=folder(tmp_path, names=[GOOD, GOOD | change]))
    assert "names.csv, row 3:" in str(fault.value)


@pytest.mark.parametrize(
    ("name", "code"), [("Сова", "cyrl"), ("סובה", "hebr"), ("सोवा", "deva"), ("ሶዋ", "ethi"), ("ꓢꓳꓪꓮ", "zyyy")]
)
def test_a_name_may_be_in_any_script(tmp_path, folder, name, code):
    names = [GOOD, GOOD | {"name": name, "script": code}]
    places = gazetteer.load("XXX", folder=folder(tmp_path, names=names))
    assert [match.place.id for match in places.lookup("Sowa")] == ["XX0102"]
    assert {match.place.id for match in places.lookup(name)} <= {"XX0102"}


def test_names_in_one_script_are_not_all_the_same(tmp_path, folder):
    names = [GOOD | {"name": "Сова", "script": "cyrl"}]
    places = gazetteer.load("XXX", folder=folder(tmp_path, names=names))
    assert places.lookup("Мида") == places.lookup("ミダ") == ()


def test_pcodes_need_not_be_nested_where_the_folder_says_so(tmp_path, folder):
    changes = {"XX0102": {"place_id": "B7", "admin2_pcode": "B7"}}
    names = [GOOD | {"place_id": "B7"}]
    with pytest.raises(TableError, match="P-code B7 is not nested in XX01"):
        gazetteer.load("XXX", folder=folder(tmp_path, changes, names))
    about = tmp_path / "XXX" / "about.toml"
    about.write_text("nested = false\n" + about.read_text(encoding="utf-8"), encoding="utf-8")
    assert gazetteer.load("XXX", folder=tmp_path).unit("B7").admin1 == "Upper"


def test_a_place_lies_in_the_province_of_its_district(tmp_path, folder):
    other = {"XX0102": {"place_id": "XX0", "kind": "province", "admin1_pcode": "XX0", "admin2_pcode": ""}}
    changes = other | {"XX0101-mida": {"admin1_pcode": "XX0"}}
    with pytest.raises(TableError, match=r"row 5: admin1_pcode 'XX0', but XX0101 lies in XX01"):
        gazetteer.load("XXX", folder=folder(tmp_path, changes, [GOOD | {"place_id": "XX0"}]))


def test_a_folder_of_one_country_says_itself_which(tmp_path, folder):
    own = folder(tmp_path) / "XXX"
    with pytest.raises(TableError, match=r"about\.toml: country None; expected three letters"):
        gazetteer.load(folder=own)
    about = own / "about.toml"
    about.write_text('country = "XXX"\n' + about.read_text(encoding="utf-8"), encoding="utf-8")
    places = gazetteer.load(folder=own)
    assert (places.country, places.unit("XX0101").name) == ("XXX", "Mida")
    assert places.places["PAK"].name == "Pakistan"  # the world is the bundled one
    with pytest.raises(UnknownNameError, match="is that of XXX"):
        gazetteer.load("AFG", folder=own)


@pytest.mark.parametrize("table", ["places.csv", "names.csv", "about.toml"])
def test_a_missing_table_is_named(tmp_path, folder, table):
    (folder(tmp_path) / "XXX" / table).unlink()
    with pytest.raises(TableError, match=table):
        gazetteer.load("XXX", folder=tmp_path)


def test_a_missing_column_is_named(tmp_path, folder):
    table = folder(tmp_path) / "XXX" / "places.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("longitude", "easting"), encoding="utf-8")
    with pytest.raises(TableError, match="no column longitude"):
        gazetteer.load("XXX", folder=tmp_path)


def test_broken_credits_are_a_fault(tmp_path, folder):
    with pytest.raises(TableError, match=r"about\.toml"):
        gazetteer.load("XXX", folder=folder(tmp_path, about="credits = ["))


def test_an_unknown_country_is_told_which_are_known(tmp_path, folder):
    with pytest.raises(UnknownNameError, match="XXX"):
        gazetteer.load("ATL", folder=folder(tmp_path))


def test_a_name_in_the_list_may_be_weaker_than_the_places_own(tmp_path, folder):
    weak = GOOD | {"name": "Sawa", "strength": "weak"}
    (match,) = gazetteer.load("XXX", folder=folder(tmp_path, names=[weak])).lookup("Sawa")
    assert match.weak and match.score < 1


def square(pcode, size, key="pcode"):
    ring = [[0, 0], [size, 0], [size, size], [0, size], [0, 0]]
    return {"type": "Feature", "properties": {key: pcode}, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def test_a_users_own_outlines_come_before_the_bundled_ones(tmp_path, folder):
    bundled, own = folder(tmp_path) / "XXX" / "boundaries.geojson", tmp_path / "own.geojson"
    bundled.write_text(json.dumps({"features": [square("XX0101", 1), square("XX0102", 1)]}), encoding="utf-8")
    own.write_text(json.dumps({"features": [square("XX0102", 9, "ADM2_PCODE")]}), encoding="utf-8")
    places = gazetteer.load("XXX", boundaries=own, folder=tmp_path)
    assert places.boundary("XX0102")["coordinates"][0][1] == [9, 0]
    assert places.boundary("XX0101")["coordinates"][0][1] == [1, 0]
    assert places.boundary("XX0199") is None


@pytest.mark.parametrize("key", ["ADM2_PCODE", "adm2_pcode", "Adm2_Pcode", "shapeID", "pcode"])
def test_outlines_of_any_publisher_are_known_by_their_pcode(tmp_path, folder, key):
    own = tmp_path / "own.geojson"
    own.write_text(json.dumps({"features": [square("XX0102", 9, key)]}), encoding="utf-8")
    (folder(tmp_path) / "XXX" / "boundaries.geojson").write_text('{"features": []}', encoding="utf-8")
    assert gazetteer.load("XXX", boundaries=own, folder=tmp_path).boundary("XX0102")["coordinates"][0][1] == [9, 0]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{}", "no GeoJSON FeatureCollection"),
        ("not json", "no GeoJSON FeatureCollection"),
        (json.dumps({"features": [{"properties": {}, "geometry": None}]}), "feature 1: no P-code"),
        (json.dumps({"features": [{"properties": {"pcode": "XX01"}, "geometry": None}]}), "feature 1, XX01: expected a Polygon"),
        (json.dumps({"features": [square("XX01", 1), square("XX01", 2)]}), "feature 2: XX01 stands twice"),
        (json.dumps({"features": [square("XX01", 5e5)]}), "feature 1, XX01: 500000.0, 0 is no place on Earth; expected WGS 84"),
        (json.dumps({"features": [square("XX01", 1), {"properties": {}}]}), "feature 2: no P-code"),
        (json.dumps({"features": [square("XX01", 1), {"properties": {"pcode": 2}}]}), "feature 2: no outline"),
        (json.dumps({"features": [square("XX01", "east")]}), "feature 1: no outline"),
    ],
)
def test_faulty_outlines_are_named(tmp_path, folder, content, message):
    own = tmp_path / "own.geojson"
    own.write_text(content, encoding="utf-8")
    (folder(tmp_path) / "XXX" / "boundaries.geojson").write_text('{"features": []}', encoding="utf-8")
    with pytest.raises(TableError, match=message) as fault:
        gazetteer.load("XXX", boundaries=own, folder=tmp_path).boundary("XX0101")
    assert "own.geojson" in str(fault.value)


def test_the_bundled_gazetteer_is_read_quickly():
    start = time.perf_counter()
    places = gazetteer.load()
    assert time.perf_counter() - start < 3  # measured 0.2; the rest is for slow machines
    assert len(places.places) > 1000
