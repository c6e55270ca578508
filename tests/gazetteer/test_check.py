"""Each kind of flaw is found where it was put, with its file and row; a clean country has none."""

import json
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper import gazetteer
from mapper.gazetteer.check import LIKENESS, Block, Flaw, Spelling
from mapper.gazetteer.likeness import jaro_winkler
from mapper.model import Kind, Place, Point

CLEAN = {"XX0102": {"longitude": "12"}}
MORE_NAMES = [
    {"place_id": "XX0102", "name": "Sowa", "script": "latn", "strength": "strong", "sources": "press"},
    {"place_id": "XX0101", "name": "Meeda", "script": "latn", "strength": "strong", "sources": "press"},
]


def box(west, south, east, north):
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


RINGS = {"XX01": box(9, 19, 13, 21), "XX0101": box(9, 19, 11, 21), "XX0102": box(11, 19, 13, 21)}


def feature(pcode, ring, **properties):
    return {
        "type": "Feature",
        "properties": {"pcode": pcode} | properties,
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


@pytest.fixture
def look(tmp_path, folder):
    """Return a function that spoils the clean country and returns its flaws."""

    def check(changes=None, names=MORE_NAMES, rings=None, features=None):
        changed = {key: CLEAN.get(key, {}) | (changes or {}).get(key, {}) for key in {*CLEAN, *(changes or {})}}
        drawn = (
            [feature(pcode, ring) for pcode, ring in (RINGS | (rings or {})).items() if ring] if features is None else features
        )
        file = folder(tmp_path, changed, names) / "XXX" / "boundaries.geojson"
        file.write_text(json.dumps({"type": "FeatureCollection", "features": drawn}), encoding="utf-8")
        return gazetteer.check(gazetteer.load("XXX", folder=tmp_path))

    return check


def name(place_id, spelling, strength="strong"):
    script = "latn" if spelling.isascii() else "arab"
    return {"place_id": place_id, "name": spelling, "script": script, "strength": strength, "sources": "press"}


def test_a_clean_country_has_no_flaw(look):
    assert look() == ()


KNOWN = {
    "AF3013-bahram-chah": "governed from Deh-e-Shu; the outlines put it into Reg-i-Khan Nishin",
}
"""Places of the bundled tables with a flaw that is reported and not settled."""


def test_the_bundled_gazetteer_has_no_flaw_that_was_not_looked_at():
    flaws = gazetteer.check(gazetteer.load())
    assert [str(flaw) for flaw in flaws if flaw.place_id not in KNOWN] == []


def test_a_flaw_reads_as_one_line_with_its_row(look):
    (flaw,) = look({"XX01": {"seat": ""}, "XX0101-mida": {"longitude": "12"}})
    assert (flaw.file.name, flaw.row, flaw.place_id) == ("places.csv", 5, "XX0101-mida")
    assert str(flaw) == "places.csv, row 5: XX0101-mida Mida: its point lies 104 km outside XX0101 Mida"


# --- names ----------------------------------------------------------------------------------------


def test_one_strong_name_for_two_places_of_a_province(look):
    (flaw,) = look(names=[*MORE_NAMES, name("XX0102", "Meeda")])
    assert str(flaw).startswith("names.csv, row 4: XX0102 Sawa: its strong name 'Meeda' is one of XX0101 Mida, too (")
    assert "names.csv, row 3: 'Meeda'" in str(flaw)


def test_a_name_of_a_district_and_its_town_is_two_flaws_elsewhere(look):
    assert [(flaw.row, flaw.place_id) for flaw in look(names=[name("XX0102", "mida")])] == [(2, "XX0102"), (5, "XX0101-mida")]


def test_a_weak_name_may_be_shared(look):
    assert look(names=[*MORE_NAMES, name("XX0102", "Meeda", "weak")]) == ()


def test_two_of_a_kind_in_one_district_may_not_share_a_name(look):
    village = {"name": "Mida", "kind": "village", "admin2_pcode": "XX0101", "longitude": "10"}
    flaw = look({"XX0102": village}, [name("XX0101", "Meeda")], {"XX0102": None})[0]
    assert (flaw.file.name, flaw.row, flaw.place_id) == ("places.csv", 5, "XX0101-mida")
    assert "one of XX0102 Mida, too" in flaw.words


def test_a_name_that_stands_twice(look):
    (flaw,) = look(names=[*MORE_NAMES, name("XX0102", "Sowa", "weak")])
    assert str(flaw) == "names.csv, row 4: XX0102 Sawa: its name 'Sowa' stands in row 2, too"


def test_a_name_that_is_both_weak_and_strong(look):
    (flaw,) = look(names=[*MORE_NAMES, name("XX0102", "SOWA", "weak")])
    assert str(flaw).startswith("names.csv, row 4: XX0102 Sawa: its name 'SOWA' is weak, and 'Sowa' is strong")


def test_a_name_in_the_wrong_row(look):
    changes = {"XX0101": {"name": "Bazarak"}, "XX0101-mida": {"name": "Bazarak"}}
    names = [name("XX0101", "Bazaraki"), name("XX0102", "Sowa"), name("XX0102", "Bazrak")]
    (flaw,) = look(changes, names)
    assert (flaw.file.name, flaw.row, flaw.place_id) == ("names.csv", 4, "XX0102")
    assert "'Bazrak' is nearer to 'Bazarak' of XX0101 Bazarak" in flaw.words


def test_several_names_in_the_wrong_row_do_not_vouch_for_each_other(look):
    changes = {"XX0101": {"name": "Bazarak"}, "XX0101-mida": {"name": "Bazarak"}}
    names = [name("XX0101", "Bazaraki"), name("XX0102", "Bazrak"), name("XX0102", "Bazarakk")]
    assert [(flaw.row, flaw.place_id) for flaw in look(changes, names)] == [(3, "XX0102"), (4, "XX0102")]


def test_a_name_of_its_own_is_in_no_wrong_row(look):
    assert look(names=[*MORE_NAMES, name("XX0102", "Zarghun")]) == ()
    assert 0.9 <= LIKENESS < 1


forms = st.tuples(st.text("abdn", min_size=1, max_size=9)) | st.tuples(*[st.text("abdn", min_size=1, max_size=9)] * 2)


@given(st.lists(forms, max_size=12), forms, st.floats(LIKENESS, 1))
def test_no_name_that_is_alike_is_passed_over(drawn, asked, least):
    place = Place("XX01", "Upper", Kind.PROVINCE, "XXX", Point(0, 0))
    names = [Spelling(place, str(number), False, "latn", each) for number, each in enumerate(drawn)]
    found = Block(names).candidates(Spelling(place, "asked", False, "latn", asked), least)
    alike = [name for name in names if any(jaro_winkler(one, two) >= least for one in asked for two in name.forms)]
    assert [name for name in found if name in alike] == alike


# --- links ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "row", "words"),
    [
        ({"XX0101-mida": {"admin2_pcode": ""}}, 5, "a city without a district"),
        ({"XX0102": {"kind": "region", "admin2_pcode": ""}, "XX0101-mida": {"admin2_pcode": "XX0102", "longitude": "12"}}, 5, "XX0102 is said to be its district"),
        ({"XX0102": {"seat": "XX0101-mida"}}, 4, "its seat XX0101-mida lies in XX0101"),
        ({"XX01": {"longitude": "11"}}, 2, "its point lies 104 km from its seat XX0101-mida"),
        ({"XX0102": {"covers": "XX0101-mida"}}, 4, "it covers XX0101-mida, which is no district"),
        ({"XX0102": {"covers": "XX0102"}}, 4, "it covers XX0102, which is itself"),
        ({"XX0102": {"native_fa": "سوه"}, "XX01": {"native_ps": "بر"}}, 3, "no name in a native script"),
    ],
)  # fmt: skip
def test_a_faulty_link_is_named_by_row(look, changes, row, words):
    found = [(flaw.file.name, flaw.row) for flaw in look(changes) if words in flaw.words]
    assert found == [("places.csv", row)]


def test_a_district_covers_none_of_another_province(tmp_path, folder):
    root = folder(tmp_path)
    table = root / "XXX" / "places.csv"
    rows = table.read_text(encoding="utf-8")
    head = rows.splitlines()[0].split(",")

    def row(**cells):
        return ",".join(cells.get(column, "") for column in head)

    at = {"longitude": "50", "latitude": "20"}
    more = [
        row(place_id="XX02", name="Nether", kind="province", admin1_pcode="XX02", **at),
        row(place_id="XX0201", name="Fara", kind="district", admin1_pcode="XX02", admin2_pcode="XX0201", covers="XX0101", **at),
    ]
    table.write_text(rows + "\n".join(more) + "\n", encoding="utf-8")
    (root / "XXX" / "boundaries.geojson").write_text('{"features": []}', encoding="utf-8")
    words = [str(flaw) for flaw in gazetteer.check(gazetteer.load("XXX", folder=root)) if "covers" in flaw.words]
    assert words == ["places.csv, row 7: XX0201 Fara: it covers XX0101, a district of another province (Upper)"]


# --- outlines -------------------------------------------------------------------------------------

BOWTIE = [[11, 19], [13, 21], [13, 19], [11, 21], [11, 19]]


@pytest.mark.parametrize(
    ("rings", "feature", "words"),
    [
        ({"XX0102": BOWTIE}, 3, "it is no valid outline: Self-intersection"),
        ({"XX0102": box(11, 19, 13, 21)[:-1]}, 3, "a ring is not closed: it begins at (11.0, 19.0)"),
        ({"XX0102": [[11, 19], [13, 21], [11, 19]]}, 3, "a ring of 3 corners"),
        ({"XX0102": [[11, 19], [12, 20], [13, 21], [11, 19]]}, 3, "it has no area"),
        ({"XX0102": [[11, "a"], [12, 20], [13, 21], [11, "a"]]}, 3, "no Polygon or MultiPolygon with positions"),
        ({"XX0102": box(110, 190, 130, 210)}, 3, "110.0, 190.0 is no place on Earth; longitude comes first"),
        ({"XX0102": box(19, 111, 21, 113)}, 3, "19.0, 111.0 is no place on Earth; longitude comes first; latitude seems to stand first"),
        ({"XX0102": box(19, 11, 21, 13)}, 3, "km from the unit's own point; latitude seems to stand first"),
        ({"XX0102": box(10.9, 19, 13, 21)}, 3, "it overlaps XX0101 Mida (feature 2) by 2323.9"),
        ({"XX0102": box(11.1, 19, 13, 21)}, 1, "it differs from the sum of its districts by 2323.9"),
        ({"XX0199": box(11, 19, 13, 21)}, 4, "the P-code is of no province or district"),
    ],
)  # fmt: skip
def test_a_bad_polygon_is_named_by_feature(look, rings, feature, words):
    flaws = look(rings=rings)
    assert [flaw.row for flaw in flaws if flaw.file.name == "boundaries.geojson" and words in flaw.words] == [feature], flaws
    assert not any("outside" in flaw.words and flaw.place_id != "XX0102" for flaw in flaws)


def test_seams_below_the_tolerance_are_no_fault(look):
    assert look(rings={"XX0102": box(10.99999, 19, 13, 21)}) == ()


def test_a_gap_between_districts(look):
    notched = [[9, 19], [11, 19], [11, 19.5], [10.8, 20], [11, 20.5], [11, 21], [9, 21], [9, 19]]
    rings = {"XX01": None, "XX0101": notched, "XX0102": [*box(11, 19, 13, 21)[:-1], [11, 20.5], [11, 19.5], [11, 19]]}
    (flaw,) = (flaw for flaw in look(rings=rings) if "gap" in flaw.words)
    assert flaw.row == 1 and flaw.words.endswith("between XX0101 Mida, XX0102 Sawa; expected 1 at most")


def test_an_outline_elsewhere_is_a_point_outside_it(look):
    assert [str(flaw) for flaw in look(rings={"XX01": None, "XX0102": box(40, 19, 42, 21)})] == [
        "places.csv, row 2: XX01 Upper: it has no outline",
        "places.csv, row 4: XX0102 Sawa: its point lies 2926 km outside XX0102 Sawa",
    ]


def test_a_pcode_that_stands_twice(look):
    features = [feature(pcode, ring) for pcode, ring in (*RINGS.items(), ("XX0102", RINGS["XX0102"]))]
    assert "boundaries.geojson, feature 4: XX0102 Sawa: the P-code stands in feature 3, too" in map(str, look(features=features))


def test_a_feature_without_pcode_or_geometry(look):
    flaws = look(features=[*(feature(pcode, ring) for pcode, ring in RINGS.items()), {"properties": {}, "geometry": None}, None])
    assert [(flaw.row, flaw.place_id) for flaw in flaws] == [(4, None), (4, None), (5, None), (5, None)]
    assert str(flaws[0]).startswith("boundaries.geojson, feature 4: no ")


def test_a_unit_without_an_outline(look):
    assert [str(flaw) for flaw in look(rings={"XX0102": None, "XX01": None})] == [
        "places.csv, row 2: XX01 Upper: it has no outline",
        "places.csv, row 4: XX0102 Sawa: it has no outline",
    ]


def test_outlines_that_cannot_be_read_are_one_flaw(tmp_path, folder):
    (folder(tmp_path, CLEAN) / "XXX" / "boundaries.geojson").write_text("{", encoding="utf-8")
    (flaw,) = gazetteer.check(gazetteer.load("XXX", folder=tmp_path))
    assert str(flaw).startswith("boundaries.geojson: cannot be read as a GeoJSON FeatureCollection")


def test_a_users_own_outlines_are_looked_at_too(tmp_path, folder):
    root = folder(tmp_path, CLEAN)
    features = [feature(pcode, ring) for pcode, ring in RINGS.items()]
    (root / "XXX" / "boundaries.geojson").write_text(json.dumps({"features": features}), encoding="utf-8")
    own = root / "own.geojson"
    own.write_text(json.dumps({"features": [feature("", BOWTIE, ADM2_PCODE="XX0102")]}), encoding="utf-8")
    flaws = gazetteer.check(gazetteer.load("XXX", boundaries=own, folder=tmp_path))
    assert [(flaw.file.name, flaw.row, flaw.place_id) for flaw in flaws] == [("own.geojson", 1, "XX0102")]


def test_a_flaw_of_a_whole_file_has_no_row(tmp_path):
    assert str(Flaw(tmp_path / "own.geojson", None, None, "cannot be read")) == "own.geojson: cannot be read"


def test_a_look_up_does_not_load_shapely():
    code = "import sys, mapper.gazetteer; mapper.gazetteer.load().find('Banu'); assert 'shapely' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_tables_that_credit_nobody_are_told(look, tmp_path):
    assert look() == ()
    (tmp_path / "XXX" / "about.toml").write_text('title = "Nobody\'s"\n', encoding="utf-8")
    (flaw,) = gazetteer.check(gazetteer.load("XXX", folder=tmp_path))
    assert str(flaw).startswith("about.toml: no [[credits]]")
