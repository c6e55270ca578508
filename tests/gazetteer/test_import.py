"""A folder is made of a GeoNames dump and of outlines, is sound, and is then used like the bundled one."""

import csv
import json
import re
import shlex
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely.geometry import Point, shape

import mapper
from mapper import gazetteer
from mapper.cli import main
from mapper.errors import MapperError, OutputError, TableError
from mapper.gazetteer.importing import Order, make
from mapper.gazetteer.importing.kept import ALWAYS, KNOWN
from mapper.model import Kind

PAGE = Path(__file__).parents[2] / "docs" / "own-country.md"

# --- Lodd, a country of two provinces and four districts, each a square of one degree ---------------

UNITS = {
    "XX0101": ("Mida", "Upper Lodd", 0, 0),
    "XX0102": ("Sowa", "Upper Lodd", 1, 0),
    "XX0201": ("Tarn", "Lower Lodd", 0, 1),
    "XX0202": ("Vellik", "Lower Lodd", 1, 1),
}


def row(id, name, lon, lat, code, *, population=0, alternates="", admin1="01", country="XX", modified="2020-02-03"):
    cells = [id, name, name, alternates, lat, lon, "P", code, country, "", admin1, "", "", "", population, "", "", "", modified]
    return "\t".join(map(str, cells))


ROWS = [
    row(1, "Lodd", 1, 1, "PCLI", alternates="Lodonia"),
    row(2, "Upper Lodd", 0.9, 0.4, "ADM1", alternates="Верхний Лодд"),
    row(3, "Sowa District", 1.4, 0.4, "ADM2", alternates="Sowa,Ssowa"),
    row(4, "Lower Lodd", 0.9, 1.4, "ADM1", admin1="02"),
    row(10, "Mida", 0.5, 0.5, "PPLC", population=200_000, alternates="Мида,MDA"),
    row(11, "Kesh", 1.5, 0.5, "PPLA2", population=3_000, modified="2021-05-06"),
    row(12, "Tárn", 0.25, 1.25, "PPLA2", population=800, alternates="Tarnograd", admin1="02"),
    row(13, "Vodna", 1.5, 1.5, "PPL", population=50, admin1="02"),
    row(14, "Hut", 0.4, 0.4, "PPL"),
    row(15, "Kesh", 0.6, 0.6, "PPL", population=20),
    row(16, "Mida Airport", 0.55, 0.55, "AIRP"),
    row(17, "Orlan Pass", 1.2, 1.2, "PASS", admin1="02"),
    row(18, "Elsewhere", 5, 5, "PPL", population=10),
    row(19, "Last Post", 2.02, 0.5, "PSTB"),
    row(20, "Zel", 0.3, 0.3, "STM"),
    row(21, "Zela", 0.31, 0.3, "STM", alternates="Zela Rijeka"),
    row(22, "Next Door", 2.03, 0.6, "PPL", population=9, country="YY"),
    row(23, "Ancient Mida", 0.5, 0.5, "PPLH", population=5),
]
ALTERNATES = [
    (100, 10, "ru", "Міда", "", "", "", ""),
    (101, 10, "en", "Midagrad", "", "", "", "1"),
    (102, 10, "en", "M-Town", "", "", "1", ""),
    (103, 10, "link", "https://example.org/Mida", "", "", "", ""),
    (104, 10, "iata", "MDA", "", "", "", ""),
    (105, 10, "wkdt", "Q1", "", "", "", ""),
    (106, 999, "en", "Nowhere", "", "", "", ""),
    (107, 11, "he", "קש", "", "", "", ""),
    (108, 11, "hi", "केश", "", "", "", ""),
]


def feature(pcode, name, parent, x, y, style):
    ring = [[x, y], [x + 1, y], [x + 1, y + 1], [x, y + 1], [x, y]]
    if style == "geoBoundaries":
        properties = {"shapeName": name, "shapeID": f"{pcode}B", "shapeGroup": "XXX", "shapeType": "ADM2"}
    elif style == "new":
        properties = {"adm2_name": name, "adm2_pcode": pcode, "adm1_name": parent, "adm1_pcode": pcode[:4], "iso3": "XXX"}
    else:
        properties = {"ADM2_EN": name, "ADM2_RU": f"{name}ский", "ADM2_PCODE": pcode, "ADM1_EN": parent, "ADM1_PCODE": pcode[:4]}
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def layer(style="COD"):
    return {"type": "FeatureCollection", "features": [feature(pcode, *unit, style) for pcode, unit in UNITS.items()]}


@pytest.fixture
def desk(tmp_path):
    """A folder with the dump, the alternate names and the outlines."""
    (tmp_path / "XX.txt").write_text("\n".join(ROWS) + "\n", encoding="utf-8")
    names = "\n".join("\t".join(map(str, (*cells, "", ""))) for cells in ALTERNATES)
    (tmp_path / "names.txt").write_text(names, encoding="utf-8")
    (tmp_path / "adm2.geojson").write_text(json.dumps(layer()), encoding="utf-8")
    return tmp_path


def order(desk, **changes):
    given = {"geonames": desk / "XX.txt", "boundaries": desk / "adm2.geojson", "out": desk / "lodd", "country": "XXX"}
    return Order(**given | changes)


def rows(desk, table, folder="lodd"):
    with (desk / folder / table).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def places(desk):
    return {row["place_id"]: row for row in rows(desk, "places.csv")}


def names(desk, place_id):
    return {row["name"]: (row["script"], row["strength"]) for row in rows(desk, "names.csv") if row["place_id"] == place_id}


def sound(made):
    """Whether the check found nothing but what the dump does not have."""
    return all("native script" in flaw for flaw in made.flaws)


# --- what is made -----------------------------------------------------------------------------------


def test_what_is_kept_where_it_lies_and_what_is_left_out(desk):
    made = make(order(desk))
    found = places(desk)
    assert list(found) == [
        *("XXX", "XX01", "XX02", "XX0101", "XX0102", "XX0201", "XX0202"),
        *("geonames-15", "geonames-10", "geonames-16", "geonames-21"),
        *("geonames-11", "geonames-19", "geonames-17", "geonames-13"),
    ]
    assert found["geonames-19"]["admin2_pcode"] == "XX0102"  # near the outline, and of the country
    assert (made.rows, made.outside, made.kinds["district"]) == (len(ROWS), 2, 4)
    assert sound(made)


def test_a_seat_gives_its_district_the_point_and_a_namesake_also_its_names(desk):
    make(order(desk))
    found = places(desk)
    shown = {
        key: (row["seat"], row["inferred"], row["source"])
        for key, row in found.items()
        if row["kind"] in ("province", "district")
    }
    assert shown == {
        "XX01": ("geonames-10", "", "GeoNames:10"),
        "XX02": ("", "yes", "adm2.geojson"),
        "XX0101": ("geonames-10", "", "GeoNames:10"),  # a capital bears its name and is a place all the same
        "XX0102": ("geonames-11", "", "GeoNames:11"),
        "XX0201": ("", "", "GeoNames:12"),
        "XX0202": ("", "yes", "adm2.geojson"),
    }
    assert (found["XX0201"]["longitude"], found["XX0201"]["latitude"]) == ("0.25", "1.25")
    assert "Tarnograd" in names(desk, "XX0201")


def test_names_come_from_all_lists_each_with_its_script(desk):
    make(order(desk))
    assert names(desk, "XX0102") == {
        "Sowa": ("latn", "strong"),
        "Sowaский": ("latn", "strong"),
        "Sowa District": ("latn", "strong"),
        "Ssowa": ("latn", "strong"),
    }
    assert names(desk, "XX01")["Верхний Лодд"] == ("cyrl", "strong")
    assert names(desk, "geonames-10") == {"Mida": ("latn", "strong"), "Мида": ("cyrl", "strong")}  # MDA is a code
    assert names(desk, "XXX") == {"Lodd": ("latn", "strong"), "Lodonia": ("latn", "strong")}


def test_the_table_of_alternate_names_says_which_are_weak_and_which_are_none(desk):
    make(order(desk, alternate_names=desk / "names.txt"))
    mida = {name: strength for name, (_, strength) in names(desk, "geonames-10").items()}
    assert mida == {"Mida": "strong", "Міда": "strong", "Midagrad": "weak", "M-Town": "weak"}
    assert {code for code, _ in names(desk, "geonames-11").values()} == {"latn", "hebr", "deva"}
    assert "Tarnograd" in names(desk, "XX0201")  # not in the table: the dump's own list counts


def test_of_two_places_with_one_name_in_a_province_the_lesser_has_it_weakly(desk):
    make(order(desk))
    assert names(desk, "geonames-11")["Kesh"] == ("latn", "strong")
    assert names(desk, "geonames-15")["Kesh"] == ("latn", "weak")


def test_a_village_called_like_a_day_or_a_bridge_has_a_weak_name(desk):
    (desk / "XX.txt").write_text("\n".join([*ROWS, row(40, "Munday", 0.1, 0.1, "PPL", population=1, alternates="Monday")]))
    make(order(desk))
    assert names(desk, "geonames-40") == {"Munday": ("latn", "strong"), "Monday": ("latn", "weak")}


def test_every_village_is_kept_when_asked(desk):
    make(order(desk, every_village=True))
    assert "geonames-14" in places(desk)
    assert "geonames-20" not in places(desk)  # a river with one name is not


def test_provinces_are_drawn_as_unions_of_their_districts(desk):
    make(order(desk))
    drawn = json.loads((desk / "lodd" / "boundaries.geojson").read_text(encoding="utf-8"))["features"]
    outlines = {each["properties"]["pcode"]: shape(each["geometry"]) for each in drawn}
    assert list(outlines) == [*UNITS, "XX01", "XX02"]
    assert outlines["XX01"].equals(outlines["XX0101"].union(outlines["XX0102"]))
    assert all(outline.is_valid and outline.exterior.is_ccw for outline in outlines.values())


def test_credits_and_version_are_kept(desk):
    make(order(desk, licence="CC BY-IGO", citation='The "Lodd" office'))
    places = gazetteer.load(folder=desk / "lodd")
    assert [credit["licence"] for credit in places.credits] == ["CC BY 4.0", "CC BY-IGO"]
    assert places.credits[1]["source"] == "adm2.geojson"
    assert places.credits[1]["citation"] == 'The "Lodd" office'
    assert 'version = "2021-05-06"' in (desk / "lodd" / "about.toml").read_text(encoding="utf-8")


def test_the_same_input_gives_the_same_bytes_in_any_order_of_rows(desk):
    make(order(desk))
    first = {path.name: path.read_bytes() for path in (desk / "lodd").iterdir()}
    assert sorted(first) == ["about.toml", "boundaries.geojson", "names.csv", "places.csv"]
    (desk / "XX.txt").write_text("\r\n".join(reversed(ROWS)), encoding="utf-8-sig")
    turned = layer()
    turned["features"].reverse()
    (desk / "adm2.geojson").write_text(json.dumps(turned), encoding="utf-8")
    make(order(desk))
    assert {path.name: path.read_bytes() for path in (desk / "lodd").iterdir()} == first


# --- columns ----------------------------------------------------------------------------------------


def test_new_names_of_columns_say_the_same(desk):
    (desk / "adm2.geojson").write_text(json.dumps(layer("new")), encoding="utf-8")
    make(order(desk, country=None))
    places = gazetteer.load(folder=desk / "lodd")
    assert (places.country, places.unit("XX0202").admin1) == ("XXX", "Lower Lodd")


def test_geoboundaries_have_no_provinces_so_that_those_of_geonames_stand(desk):
    (desk / "adm2.geojson").write_text(json.dumps(layer("geoBoundaries")), encoding="utf-8")
    made = make(order(desk, country=None))
    assert sound(made)
    assert "provinces are those of GeoNames" in made.notes[0]
    found = places(desk)
    assert {key: row["admin1_pcode"] for key, row in found.items() if row["kind"] == "district"} == {
        "XX0101B": "XX.01",
        "XX0102B": "XX.01",
        "XX0201B": "XX.02",
        "XX0202B": "XX.02",
    }
    assert (found["XX.01"]["name"], found["XX.02"]["name"]) == ("Upper Lodd", "Lower Lodd")
    assert gazetteer.load(folder=desk / "lodd").unit("XX0202B").admin1 == "Lower Lodd"


def test_a_country_without_any_provinces_is_one(desk):
    (desk / "adm2.geojson").write_text(json.dumps(layer("geoBoundaries")), encoding="utf-8")
    bare = [line.replace("\t01\t", "\t\t").replace("\t02\t", "\t00\t") for line in ROWS]
    (desk / "XX.txt").write_text("\n".join(bare), encoding="utf-8")
    make(order(desk))
    assert {row["admin1_pcode"]: row["admin2_pcode"] for row in places(desk).values() if row["kind"] == "province"} == {
        "XX.00": ""
    }
    assert places(desk)["XX.00"]["name"] == "Lodd"


def test_columns_may_be_named_and_provinces_have_no_codes(desk):
    own = layer()
    for each in own["features"]:
        old = each["properties"]
        each["properties"] = {"CODE": old["ADM2_PCODE"], "Label": old["ADM2_EN"], "Oblast": old["ADM1_EN"]}
    (desk / "adm2.geojson").write_text(json.dumps(own), encoding="utf-8")
    make(order(desk, pcode_column="Code", name_column="Label", parent_name_column="Oblast"))
    assert places(desk)["XX0202"]["admin1_pcode"] == "XXX-Lower-Lodd"


def test_parts_of_one_district_are_joined_and_bad_rings_repaired(desk):
    own = layer()
    own["features"].append(feature("XX0202", "Vellik", "Lower Lodd", 3, 1, "COD"))
    own["features"][0]["geometry"]["coordinates"] = [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]  # a bow tie
    (desk / "adm2.geojson").write_text(json.dumps(own), encoding="utf-8")
    made = make(order(desk))
    assert "outlines repaired: XX0101" in made.notes
    assert "5 features joined by P-code to 4 districts" in made.notes
    assert gazetteer.load(folder=desk / "lodd").boundary("XX0202")["type"] == "MultiPolygon"


# --- faults -----------------------------------------------------------------------------------------

GOOD = row(30, "Good", 0.5, 0.5, "PPL", population=1)


@pytest.mark.parametrize(
    ("lines", "number", "message"),
    [
        (["geonameid\tname" + "\t" * 17, GOOD], 1, "no header"),
        ([GOOD, GOOD.replace("0.5", "north", 1)], 2, "could not convert"),
        ([GOOD, row(31, "Far", 0.5, 90.5, "PPL")], 2, "latitude 90.5, longitude 0.5 is no place"),
        ([GOOD, row(31, "Far", 0.5, "nan", "PPL")], 2, "no place on Earth"),
        ([GOOD, GOOD + "\t"], 2, "20 cells, expected the 19 of a GeoNames dump"),
        ([GOOD, "", GOOD.replace("\t", ",")], 3, "1 cells"),
        ([row(31, "Many", 0.5, 0.5, "PPL", population="lots")], 1, "invalid literal"),
    ],
)
def test_a_faulty_row_of_the_dump_is_named(desk, lines, number, message):
    (desk / "XX.txt").write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(TableError, match=message) as fault:
        make(order(desk))
    assert f"XX.txt, row {number}: " in str(fault.value)
    assert not (desk / "lodd").exists()


def test_what_is_not_utf_8_or_stands_twice_is_named(desk):
    (desk / "XX.txt").write_bytes(GOOD.encode() + b"\nPK\x03\x04\xff\xfe")
    with pytest.raises(TableError, match=r"XX\.txt, row 2: not UTF-8 .* unpacked"):
        make(order(desk))
    (desk / "XX.txt").write_text(f"{GOOD}\n{GOOD}", encoding="utf-8")
    with pytest.raises(TableError, match="geonameid 30 stands twice"):
        make(order(desk))
    with pytest.raises(TableError, match=r"nowhere\.txt: cannot be read"):
        make(order(desk, geonames=desk / "nowhere.txt"))


@pytest.mark.parametrize(
    ("line", "message"), [("1\t2\ten", "3 cells, expected the 8 or 10"), ("a\tb\ten\tX" + "\t" * 4, "geonameid 'b'")]
)
def test_a_faulty_alternate_name_is_named(desk, line, message):
    (desk / "names.txt").write_text(line, encoding="utf-8")
    with pytest.raises(TableError, match=message) as fault:
        make(order(desk, alternate_names=desk / "names.txt"))
    assert "names.txt, row 1: " in str(fault.value)


def spoilt(number, **changes):
    own = layer()
    own["features"][number - 1] |= changes
    return own


LINE = {"type": "LineString", "coordinates": [[0, 0], [1, 1]]}
METRES = {"type": "Polygon", "coordinates": [[[4e5, 4e6], [5e5, 4e6], [5e5, 5e6], [4e5, 4e6]]]}
NOWHERE = {"type": "Polygon", "coordinates": [[[0, 0], [1, float("nan")], [1, 1], [0, 0]]]}
TWIN = feature("XX0101", "Other", "Upper Lodd", 0, 0, "COD")["properties"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ({}, "no GeoJSON FeatureCollection"),
        ({"features": []}, "no features"),
        (spoilt(2, geometry=None), "feature 2: no geometry"),
        (spoilt(2, geometry=LINE), "feature 2: LineString without an area"),
        (spoilt(2, geometry=METRES), "feature 2: .* no place on Earth; expected WGS 84"),
        (spoilt(2, geometry=NOWHERE), "NaN is no number"),
        (spoilt(2, properties=TWIN), "feature 2: P-code XX0101 is 'Other' here and 'Mida' before"),
        (spoilt(2, properties=TWIN | {"ADM2_PCODE": None}), "feature 2: no P-code"),
        (spoilt(2, properties=TWIN | {"ADM2_EN": "-", "ADM2_RU": None, "ADM2_PCODE": "XX9"}), "feature 2: no name"),
        (spoilt(2, properties=TWIN | {"ADM1_PCODE": None, "ADM2_PCODE": "XX9"}), "feature 2: no P-code of a province"),
        (spoilt(2, properties=TWIN | {"ADM2_PCODE": "XX02"}), "XX02 is the P-code of a district and of a province"),
        ({"features": [{"properties": {"a": 1}, "geometry": METRES}]}, "no P-codes among a; expected ADM2_PCODE"),
        ({"features": [{"properties": {"pcode": 1}, "geometry": METRES}]}, "no names among pcode"),
    ],
)
def test_a_faulty_outline_is_named(desk, content, message):
    (desk / "adm2.geojson").write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(TableError, match=message) as fault:
        make(order(desk))
    assert "adm2.geojson" in str(fault.value)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"country": None}, "expected --country"),
        ({"country": "lodd"}, "expected --country"),
        ({"romanisation": "klingon"}, "expected one of dari-pashto, generic"),
        ({"tolerance": -1}, "expected degrees"),
        ({"name_column": "LABEL"}, "no property 'LABEL' for --name-column; expected one of adm2_en"),
    ],
)
def test_a_wrong_order_is_told_what_is_expected(desk, changes, message):
    with pytest.raises(MapperError, match=message):
        make(order(desk, **changes))


def test_tables_that_no_import_made_are_not_overwritten(desk, folder):
    folder(desk)
    before = (desk / "XXX" / "places.csv").read_bytes()
    with pytest.raises(OutputError, match="holds tables that no import made"):
        make(order(desk, out=desk / "XXX"))
    assert (desk / "XXX" / "places.csv").read_bytes() == before


def test_a_failed_import_leaves_the_folder_as_it_was(desk):
    make(order(desk))
    before = (desk / "lodd" / "places.csv").read_bytes()
    (desk / "XX.txt").write_text(GOOD + "\nbroken", encoding="utf-8")
    with pytest.raises(TableError):
        make(order(desk))
    assert (desk / "lodd" / "places.csv").read_bytes() == before
    assert sorted(path.name for path in desk.iterdir()) == ["XX.txt", "adm2.geojson", "lodd", "names.txt"]


# --- what holds of any dump -------------------------------------------------------------------------

kept = st.tuples(
    st.sampled_from(sorted(ALWAYS | KNOWN)),
    st.floats(-1, 3),
    st.floats(-1, 3),
    st.text(st.characters(codec="utf-8", exclude_characters="\t\n\r"), max_size=8),
    st.integers(1, 20_000),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(kept, max_size=12))
def test_no_kept_row_is_lost(desk, drawn):
    """Each is a place, or the seat that its district took for itself, or counted as outside; and the folder is sound."""
    lines = [row(n, f"N{name}", x, y, code, population=people) for n, (code, x, y, name, people) in enumerate(drawn, 1)]
    (desk / "XX.txt").write_text("\n".join(lines), encoding="utf-8", newline="")
    made = make(order(desk))
    assert sound(made)
    sources = {each["source"] for each in places(desk).values()}
    missing = [n for n in range(1, len(drawn) + 1) if f"GeoNames:{n}" not in sources]
    assert len(missing) == made.outside
    country = shape({"type": "Polygon", "coordinates": [[[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]]]})
    assert not any(country.contains(Point(drawn[n - 1][1:3])) for n in missing)


# --- from the command line, to the map --------------------------------------------------------------

STORY = "published: 2021-08-21\noutlet: The Wire\n\nRebels captured Kesh in Sowa district on Friday. Twelve people were killed in Tarn.\n"


@pytest.fixture
def lodd(desk, capsys):
    """The made country, as the command makes it."""
    files = {"geonames": "XX.txt", "alternate-names": "names.txt", "boundaries": "adm2.geojson", "out": "lodd"}
    options = [word for option, name in files.items() for word in (f"--{option}", str(desk / name))]
    assert main(["gazetteer", "import", *options, "--country", "XXX"]) == 0
    said = capsys.readouterr().out
    assert "XXX from 18 rows: city 2, country 1, district 4, facility 2" in said
    (desk / "in").mkdir()
    (desk / "in" / "a.txt").write_text(STORY, encoding="utf-8")
    return desk / "lodd"


def test_the_folder_is_checked_and_asked_like_the_bundled_one(lodd, capsys):
    assert main(["gazetteer", "check", "--gazetteer", str(lodd)]) == 0
    assert capsys.readouterr().out.startswith("XXX: city 2, ")
    assert main(["gazetteer", "find", "Tarn district, Lower Lodd", "--gazetteer", str(lodd), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["place_id"] == "XX0201"
    assert main(["gazetteer", "find", "Pakistan", "--gazetteer", str(lodd), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["place_id"] == "PAK"


def test_a_folder_of_folders_is_asked_by_country(lodd, capsys):
    lodd.rename(lodd.parent / "XXX")
    assert main(["gazetteer", "find", "Kesh", "--gazetteer", str(lodd.parent), "--country", "XXX"]) == 0
    assert "geonames-11" in capsys.readouterr().out
    assert main(["gazetteer", "find", "Kesh", "--gazetteer", str(lodd.parent)]) == 1
    assert "no gazetteer for 'AFG'" in capsys.readouterr().err


def test_a_folder_of_another_country_is_not_taken(lodd, capsys):
    assert main(["gazetteer", "find", "Kesh", "--gazetteer", str(lodd), "--country", "AFG"]) == 1
    assert "is that of XXX" in capsys.readouterr().err


def test_an_article_is_placed_in_the_made_country(lodd, capsys):
    result = mapper.run(lodd.parent / "in", mapper.Settings(gazetteer=lodd))
    assert [(claim["place_id"], claim["control"]) for claim in result.records.claims] == [
        ("geonames-11", "gained"),
        ("XX0201", "none"),
    ]
    assert result.records.claims[1]["killed"] == [12, 12]
    assert main(["geoparse", str(lodd.parent / "in"), "--gazetteer", str(lodd)]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {each["country"] for each in found} == {"XXX"}
    assert main(["claims", str(lodd.parent / "in"), "--gazetteer", str(lodd)]) == 0


def test_the_map_of_the_made_country_is_drawn(lodd, capsys):
    assert main(["run", str(lodd.parent / "in"), "--gazetteer", str(lodd), "--out", str(lodd.parent / "out")]) == 0
    assert "Vellik" in (lodd.parent / "out" / "map.html").read_text(encoding="utf-8")


def test_the_commands_of_the_page_work(desk, monkeypatch, capsys):
    monkeypatch.chdir(desk)
    (desk / "names.txt").rename("XX-names.txt")
    (desk / "articles").mkdir()
    (desk / "articles" / "a.txt").write_text(STORY, encoding="utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    for line in "".join(blocks).splitlines():
        assert main(shlex.split(line)[1:]) == 0, line
    said = capsys.readouterr().out
    assert "geonames-11" in said
    assert said.count("2 claims from 1 origin") == 2
    assert "Sowa" in (desk / "out" / "map.html").read_text(encoding="utf-8")


def test_the_options_of_the_page_exist(capsys):
    known = ""
    for command in (["run"], ["gazetteer", "import"], ["gazetteer", "check"]):
        with pytest.raises(SystemExit):
            main([*command, "--help"])
        known += capsys.readouterr().out
    named = set(re.findall(r"--[a-z][a-z-]+", PAGE.read_text(encoding="utf-8")))
    assert named - set(re.findall(r"--[a-z][a-z-]+", known)) == set()


def test_kinds_are_of_the_model():
    assert set((ALWAYS | KNOWN).values()) <= set(Kind)
    assert not ALWAYS.keys() & KNOWN.keys()
