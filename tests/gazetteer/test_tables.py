"""What the gazetteer tables promise, read as tables: codes, names, points, sources, credits."""

import json
import re
import unicodedata
from collections import Counter, defaultdict
from datetime import date, timedelta
from itertools import combinations

import pytest
from shapely.geometry import Point, shape

from mapper import bundle
from mapper.gazetteer.romanise import normal
from mapper.model import Kind

PLACE_COLUMNS = [
    "place_id",
    "name",
    "kind",
    "feature_code",
    "admin1_pcode",
    "admin2_pcode",
    "longitude",
    "latitude",
    "native_fa",
    "native_ps",
    "seat",
    "covers",
    "valid_from",
    "valid_to",
    "inferred",
    "source",
]
NAME_COLUMNS = ["place_id", "name", "script", "strength", "sources"]
FOLDERS = ("AFG", "world")
ARABIC = re.compile("[\u0600-\u06ff]")
DIFFERS = {"AF1602-wanat", "AF3013-bahram-chah"}
"""Places that the outlines, which are simplified, put into a district other than the one they are reported from."""


def places(folder):
    return {row["place_id"]: row for row in bundle.rows("gazetteer", folder, "places.csv")}


def names(folder):
    return bundle.rows("gazetteer", folder, "names.csv")


AFG, AFG_NAMES = places("AFG"), names("AFG")
WORLD, WORLD_NAMES = places("world"), names("world")
TABLES = {"AFG": (AFG, AFG_NAMES), "world": (WORLD, WORLD_NAMES)}
PROVINCES = {key: row for key, row in AFG.items() if row["kind"] == "province"}
DISTRICTS = {key: row for key, row in AFG.items() if row["kind"] == "district" and not row["covers"]}
FORMER = {key: row for key, row in AFG.items() if row["kind"] == "district" and row["valid_to"]}
TEMPORARY = {key: row for key, row in AFG.items() if row["kind"] == "district" and row["covers"] and key not in FORMER}
UNITS = PROVINCES | DISTRICTS | TEMPORARY


def spellings(place_id, strength=None):
    rows = WORLD_NAMES if place_id in WORLD else AFG_NAMES
    return {row["name"] for row in rows if row["place_id"] == place_id and strength in (None, row["strength"])}


def meets(place_id, name, strength):
    wanted = set(normal(name))
    return any(wanted & set(normal(spelling)) for spelling in spellings(place_id, strength))


def unit(row):
    return row["admin2_pcode"] or row["admin1_pcode"]


def distance(place_id, outline):
    return outline.distance(Point(float(AFG[place_id]["longitude"]), float(AFG[place_id]["latitude"])))


@pytest.fixture(scope="module")
def outlines():
    features = json.loads(bundle.path("gazetteer", "AFG", "boundaries.geojson").read_text(encoding="utf-8"))["features"]
    return {feature["properties"]["pcode"]: shape(feature["geometry"]) for feature in features}


# --- form ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("folder", FOLDERS)
def test_columns_are_those_of_the_schema(folder):
    found, spelt = TABLES[folder]
    extra = ["country"] if folder == "world" else []
    assert {tuple(row) for row in found.values()} == {(*PLACE_COLUMNS, *extra)}
    assert {tuple(row) for row in spelt} == {tuple(NAME_COLUMNS)}


@pytest.mark.parametrize("folder", FOLDERS)
def test_cells_hold_known_values(folder):
    found, spelt = TABLES[folder]
    assert {row["kind"] for row in found.values()} <= set(Kind)
    assert {row["inferred"] for row in found.values()} <= {"", "yes"}
    assert {row["strength"] for row in spelt} == {"strong", "weak"}
    assert all(row["feature_code"] and row["source"] for row in found.values())


@pytest.mark.parametrize("folder", FOLDERS)
def test_names_are_clean_and_in_their_script(folder):
    for row in TABLES[folder][1]:
        name = row["name"]
        assert name == unicodedata.normalize("NFC", name) == " ".join(name.split()), row
        assert (row["script"] == "arab") == bool(ARABIC.search(name)), row
        assert not any(unicodedata.category(c) == "Cf" and c != "\N{ZERO WIDTH NON-JOINER}" for c in name), row


@pytest.mark.parametrize("folder", FOLDERS)
def test_ids_and_names_stand_once(folder):
    table = bundle.rows("gazetteer", folder, "places.csv")
    assert [key for key, count in Counter(row["place_id"] for row in table).items() if count > 1] == []
    pairs = Counter((row["place_id"], row["name"]) for row in TABLES[folder][1])
    assert [pair for pair, count in pairs.items() if count > 1] == []
    assert not AFG.keys() & WORLD.keys()


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_name_has_its_place_and_every_place_its_names(folder):
    found, spelt = TABLES[folder]
    assert {row["place_id"] for row in spelt} == set(found)
    by_place = defaultdict(set)
    for row in spelt:
        by_place[row["place_id"]].add(row["name"])
    for key, row in found.items():
        own = {row["name"], row["native_fa"], row["native_ps"]} - {""}
        assert own <= by_place[key], f"{key}: {own - by_place[key]} is not in names.csv"
        assert any(not ARABIC.search(name) for name in by_place[key]), key


# --- units --------------------------------------------------------------------------------------


def test_there_are_34_provinces_and_401_districts_of_2021_and_21_temporary_ones():
    assert list(PROVINCES) == [f"AF{number:02}" for number in range(1, 35)]
    assert (len(DISTRICTS), len(TEMPORARY)) == (401, 21)


def test_former_districts_are_those_of_the_lists_before():
    assert {key: (row["covers"], row["valid_to"]) for key, row in FORMER.items()} == {
        "AF0907-andarab-2004": ("AF0907|AF0908|AF0912", "2004-12-31"),
        "AF2507-gizab-2018": ("AF2409|AF2507", "2021-11-16"),
    }
    for key, row in FORMER.items():
        assert key.startswith(f"{row['admin2_pcode']}-") and row["admin2_pcode"] in row["covers"].split("|")
        follow = {AFG[pcode]["valid_from"] for pcode in row["covers"].split("|")}
        (day,) = follow
        assert date.fromisoformat(day) - date.fromisoformat(row["valid_to"]) == timedelta(days=1)


def test_the_lists_of_2018_and_2021_differ_by_three_districts():
    then, now = date(2018, 1, 1), date(2021, 11, 17)
    listed = {
        day: {
            key for key, row in (DISTRICTS | FORMER).items() if (row["valid_from"] or "0") <= str(day) <= (row["valid_to"] or "9")
        }
        for day in (then, now)
    }
    assert (len(listed[then]), len(listed[now])) == (399, 401)
    assert listed[now] - listed[then] == {"AF2409", "AF2506", "AF2507"}


def test_pcodes_are_unique_and_nested():
    for key, row in UNITS.items():
        pcodes = (row["admin1_pcode"], row["admin2_pcode"])
        assert pcodes == ((key, "") if key in PROVINCES else (key[:4], key)), key
        assert row["feature_code"] == ("ADM1" if key in PROVINCES else "ADM2")
    districts = Counter(key[:4] for key in DISTRICTS)
    assert set(districts) == set(PROVINCES)
    for province, count in districts.items():
        assert {key for key in DISTRICTS if key[:4] == province} == {f"{province}{n:02}" for n in range(1, count + 1)}


def test_every_other_place_is_named_after_its_unit():
    for key, row in AFG.items():
        if key not in UNITS:
            assert re.fullmatch(r"(AFG|AF\d\d(\d\d)?)(-[a-z0-9]+)+", key), key
            assert key.split("-")[0] == (unit(row) or "AFG"), key
            assert unit(row) == "" or unit(row) in UNITS, key


def test_units_have_dari_names_and_the_401_have_pashto_names_but_for_gizab():
    assert [key for key, row in UNITS.items() if not ARABIC.search(row["native_fa"])] == []
    assert [key for key in PROVINCES | DISTRICTS if not ARABIC.search(AFG[key]["native_ps"])] == ["AF2507"]


def test_official_names_come_from_the_official_list():
    sources = {(row["place_id"], row["name"]): row["sources"].split("|") for row in AFG_NAMES}
    for key, row in (PROVINCES | DISTRICTS).items():
        assert "OCHA COD-AB 2021" in sources[key, row["name"]], key


def test_links_lead_to_units_that_hold_them():
    for key, row in AFG.items():
        assert set(filter(None, row["covers"].split("|"))) <= set(DISTRICTS), key
        if row["seat"]:
            assert unit(AFG[row["seat"]]).startswith(key), key
            assert (AFG[row["seat"]]["longitude"], AFG[row["seat"]]["latitude"]) == (row["longitude"], row["latitude"]), key
        if row["covers"] and unit(row):
            covered = row["covers"].split("|")
            assert unit(row) in covered or all(pcode.startswith(unit(row)[:4]) for pcode in covered), key
    assert all(row["seat"] for row in PROVINCES.values())


def test_provincial_capitals_are_cities_of_their_own():
    capitals = [AFG[row["seat"]] for row in PROVINCES.values()]
    assert {row["kind"] for row in capitals} == {"city"}
    assert Counter(row["feature_code"] for row in capitals) == {"PPLA": 33, "PPLC": 1}
    assert {unit(row) for row in capitals} <= set(DISTRICTS)


# --- points -------------------------------------------------------------------------------------


def test_points_lie_in_the_country():
    for key, row in AFG.items():
        assert 60.4 < float(row["longitude"]) < 75.0, key
        assert 29.3 < float(row["latitude"]) < 38.6, key


def test_points_lie_in_their_province(outlines):
    away = {key: distance(key, outlines[row["admin1_pcode"]]) for key, row in AFG.items() if row["admin1_pcode"]}
    assert {key: round(degrees, 3) for key, degrees in away.items() if degrees > 0.03 and key not in DIFFERS} == {}


def test_points_lie_in_their_district(outlines):
    within = {key: (AFG[key]["covers"] if key in TEMPORARY else row["admin2_pcode"]) for key, row in AFG.items()}
    away = {key: distance(key, outlines[pcode]) for key, pcode in within.items() if pcode in outlines}
    assert {key: round(degrees, 3) for key, degrees in away.items() if degrees > 0.03 and key not in DIFFERS} == {}


def test_points_set_by_hand_are_called_inferred():
    assert [key for key, row in AFG.items() if row["source"] == "placed by hand" and not row["inferred"]] == []


# --- names --------------------------------------------------------------------------------------


def holds(one, other):
    """Whether one place lies in the other, is named after it, or is drawn as it."""
    rows = AFG[one], AFG[other]
    same = unit(rows[0]) == unit(rows[1])
    inner = any(
        a in (b["admin1_pcode"], b["admin2_pcode"], *b["covers"].split("|")) for a, b in ((one, rows[1]), (other, rows[0]))
    )
    return same or inner


def test_no_strong_name_stands_twice_in_one_province():
    bearers = defaultdict(set)
    for row in AFG_NAMES:
        if row["strength"] == "strong" and AFG[row["place_id"]]["admin1_pcode"]:
            for form in normal(row["name"]):
                bearers[AFG[row["place_id"]]["admin1_pcode"], form].add(row["place_id"])
    twice = {
        (form, one, other)
        for (_, form), ids in bearers.items()
        for one, other in combinations(sorted(ids), 2)
        if not holds(one, other)
    }
    assert twice == set()


def test_a_weak_name_is_weak_in_all_its_spellings():
    strengths = defaultdict(set)
    for row in AFG_NAMES + WORLD_NAMES:
        for form in normal(row["name"]):
            strengths[row["place_id"], form].add(row["strength"])
    assert [key for key, found in strengths.items() if len(found) > 1] == []


STRONG = [
    ("AF0908", "Deh Salah|Deh-e Salah|Dih Salah|De Salah|ده صلاح"),
    ("AF0912", "Pul-e-Hisar|Pol-e-Hesar|Puli Hisar|Hesar Bridge|Hisar Bridge"),
    ("AF0907", "Andarab|Banu"),
    ("AF0907-banu", "Banu|Bano|بنو"),
    ("AF0908-qasan", "Qasan|Qaasaan|Kasan"),
    ("AF0913", "Khost wa Fereng|Khost wa Firing"),
    ("AF0902", "Dahana-i-Ghuri|Dand-e-Ghori"),
    ("AF0805", "Onaba|Anaba|Unaba|Anawa"),
    ("AF0307", "Siagird|Siagerd|Ghorband"),
    ("AF0404", "Chak"),
    ("AF0610", "Haska Mina|Dih Bala"),
    ("AF2110", "Khulm|Tashqurghan"),
    ("AF3004", "Gereshk|Girishk|Nahr-e-Saraj"),
    ("AF3004-gereshk", "Gereshk"),
    ("AF2711", "Speen Boldak|Spin Boldak"),
    ("AF3406", "Delaram|Dilaram"),
    ("AF3014", "Marja"),
    ("AF0808", "Abshar"),
    ("AF2301-feroz-koh", "Feroz Koh|Firozkoh|Chaghcharan|فیروزکوه"),
    ("AF0401-maidan-shahr", "Maidan Shahr|Maydan Shar"),
    ("AF0201-mahmud-e-raqi", "Mahmud-e-Raqi"),
    ("AF2501-tarinkot", "Tarin Kowt|Tirin Kot"),
    ("AF2801-shibirghan", "Sheberghan|Shibirghan"),
    ("AF2901-maymana", "Maymana|Maimana"),
    ("AF3101-qala-e-naw", "Qala-e-Naw|Qal'ah-ye Now"),
    ("AF1801-taloqan", "Taloqan|Taluqan"),
    ("AF0901-pul-e-khumri", "Puli Khumri|Pul-e-Khumri"),
    ("AF04", "Wardak|Maidan Wardak"),
    ("AF08", "Panjshir|Panjsheer|پنجشیر"),
    ("AF13", "Paktia|Paktya"),
    ("AF25", "Uruzgan|Oruzgan"),
    ("AF30", "Helmand|Hilmand"),
    ("AF32", "Herat|Hirat"),
    ("AF0617-torkham", "Torkham"),
    ("AF3213-islam-qala", "Islam Qala"),
    ("AF1905-sher-khan-bandar", "Sher Khan Bandar"),
    ("USA", "United States|U.S.|US|USA"),
    ("SUN", "Soviet Union|USSR"),
    ("PAK-peshawar", "Peshawar"),
]


@pytest.mark.parametrize(("place_id", "name"), [(key, name) for key, listed in STRONG for name in listed.split("|")])
def test_the_press_finds_its_spelling(place_id, name):
    assert meets(place_id, name, "strong")


WEAK = [
    ("AF0913", "Khost"),
    ("AF0803", "Dara"),
    ("AF0310", "Sheikh Ali"),
    ("AF1408", "Ali Sher"),
    ("AF3215", "Farsi"),
    ("AF0905-baghlan", "Baghlan"),
    ("AF0907-andarab-valley", "Andarab"),
    ("AF1715-mashhad", "Mashhad"),
    ("AF2505-uruzgan", "Uruzgan"),
    ("GEO", "Georgia"),
    ("JOR", "Jordan"),
    ("TCD", "Chad"),
    ("USA-washington-d-c", "Washington"),
]


@pytest.mark.parametrize(("place_id", "name"), WEAK)
def test_a_name_that_usually_means_something_else_is_weak(place_id, name):
    assert meets(place_id, name, "weak")
    assert not meets(place_id, name, "strong")


@pytest.mark.parametrize(
    ("name", "pcodes"),
    [
        ("Kohistan", "AF1708 AF2910"),
        ("Tagab", "AF0206 AF1717"),
        ("Baharak", "AF1706 AF1803"),
        ("Fayzabad", "AF1701 AF2808"),
        ("Qara Bagh", "AF0114 AF1111"),
        ("Surobi", "AF0115 AF1210"),
        ("Arghandab", "AF2605 AF2702"),
        ("Muqur", "AF1115 AF3103"),
        ("Dawlat Abad", "AF2109 AF2909"),
        ("Jaghatu", "AF0408 AF1106"),
        ("Jani Khel", "AF1209 AF1309"),
        ("Nawa", "AF1119 AF3003"),
    ],
)
def test_districts_of_one_name_are_all_strong(name, pcodes):
    assert [key for key in DISTRICTS if meets(key, name, "strong")] == pcodes.split()


def test_a_name_shared_by_two_parts_is_the_region_of_both():
    for region, name, parts in (
        ("AF02-kohistan", "Kohistan", "AF0202|AF0204"),
        ("AF04-behsud", "Behsud", "AF0407|AF0409"),
        ("AF17-darwaz", "Darwaz", "AF1722|AF1727"),
        ("AF20-dara-e-suf", "Dara-e-Suf", "AF2006|AF2007"),
    ):
        assert meets(region, name, "strong")
        assert AFG[region]["covers"] == parts
        assert not any(meets(part, name, "strong") for part in parts.split("|"))


# --- sources ------------------------------------------------------------------------------------


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_source_is_described(folder):
    found, spelt = TABLES[folder]
    described = {entry["label"] for entry in bundle.toml("gazetteer", folder, "about.toml")["sources"] if entry["about"]}
    named = {source for row in spelt for source in row["sources"].split("|")}
    named |= {row["source"].split(":")[0] for row in found.values()}
    assert named == described


@pytest.mark.parametrize("folder", FOLDERS)
def test_credits_are_whole(folder):
    about = bundle.toml("gazetteer", folder, "about.toml")
    assert all(about[key] for key in ("title", "country", "version"))
    for credit in about["credits"]:
        assert sorted(credit) == ["citation", "licence", "source", "used_for"]
        assert all(credit.values())


def test_those_who_ask_for_credit_get_it():
    credited = {credit["source"] for credit in bundle.toml("gazetteer", "AFG", "about.toml")["credits"]}
    assert credited >= {"GeoNames", "geoBoundaries", "OCHA COD-AB", "Who's On First"}


# --- the world ----------------------------------------------------------------------------------


def test_countries_have_iso_codes_and_their_places_lie_in_them():
    countries = {key: row for key, row in WORLD.items() if row["kind"] == "country"}
    assert len(countries) >= 195
    for key, row in WORLD.items():
        assert re.fullmatch(r"[A-Z]{3}", row["country"])
        assert row["country"] in countries
        assert key == row["country"] if key in countries else key.startswith(row["country"] + "-")
        assert (row["admin1_pcode"], row["admin2_pcode"]) == ("", ""), key
    without_capital = {key for key, row in countries.items() if not row["seat"]}
    assert without_capital == {"HKG", "SUN", "VAT", "YUG"}


def test_no_strong_name_abroad_means_two_places():
    bearers = defaultdict(set)
    for row in WORLD_NAMES:
        if row["strength"] == "strong":
            bearers[row["name"].casefold()].add(row["place_id"])
    assert {name: ids for name, ids in bearers.items() if len(ids) > 1} == {}
