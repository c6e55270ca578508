"""The gazetteer speaks geopy: Locations for addresses and points, None for what would be a guess."""

import subprocess
import sys
import time

import pandas
import pytest
from geopy import Location, Point
from geopy.exc import GeocoderQueryError, GeocoderServiceError
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders.base import Geocoder
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point as Position
from shapely.geometry import shape

from mapper import gazetteer
from mapper.gazetteer.boundaries import contains
from mapper.gazetteer.geocoder import GazetteerGeocoder
from mapper.model import Kind
from mapper.model import Point as LongitudeFirst

PLACES = gazetteer.load()
GEOCODER = GazetteerGeocoder(PLACES)
DISTRICTS = sorted(place.id for place in PLACES.places.values() if place.kind is Kind.DISTRICT and PLACES.boundary(place.id))


@pytest.mark.parametrize(
    ("query", "place_id", "address"),
    [
        ("Torkham", "AF0617-torkham", "Torkham, Muhmand Dara, Nangarhar, Afghanistan"),
        ("Pol-e-Hasar, Baghlan", "AF0912", "Pul-e-Hisar, Baghlan, Afghanistan"),
        ("Kunduz", "AF1901-kunduz", "Kunduz, Afghanistan"),
        ("Dawlatabad, Faryab", "AF2909", "Dawlat Abad, Faryab, Afghanistan"),
        ("Salang Pass", "AF0306-salang-pass", "Salang Pass, Salang, Parwan, Afghanistan"),
        ("Peshawar", "PAK-peshawar", "Peshawar, Pakistan"),
    ],
)
def test_an_address_is_answered_with_a_location(query, place_id, address):
    location = GEOCODER.geocode(query)
    assert isinstance(location, Location)
    assert (location.raw["place_id"], location.address) == (place_id, address)
    point = PLACES.places[place_id].point
    assert (location.latitude, location.longitude) == (point.latitude, point.longitude)


def test_raw_says_what_the_place_is_and_why_it_is_meant():
    raw = GEOCODER.geocode("Pul e Hiissar").raw
    assert (raw["kind"], raw["admin1_pcode"], raw["admin2_pcode"], raw["country"]) == ("district", "AF09", "AF0912", "AFG")
    assert 0.9 < raw["score"] < 1
    assert raw["reasons"][0]["name"] == "name" and raw["reasons"][0]["note"].endswith("differs in: a doubled letter")


@pytest.mark.parametrize(
    "query",
    ["Dawlatabad", "Kohistan", "Nosuchplace", ""],
    ids=["two districts", "districts and a region", "unknown", "nothing"],
)
def test_what_would_be_a_guess_is_none(query):
    assert GEOCODER.geocode(query) is None


def test_what_is_unknown_there_is_answered_by_what_holds_it_and_says_so():
    raw = GEOCODER.geocode("Nosuchplace, Helmand").raw
    assert (raw["place_id"], raw["reasons"][0]["name"]) == ("AF30", "container")
    assert GEOCODER.geocode("Kunduz, Helmand") is None  # one of the two is not meant
    assert GEOCODER.geocode({"city": "Nosuchplace", "state": "Helmand"}) is None  # a structured query asks for a city
    assert GEOCODER.geocode({"city": "Sangin", "state": "Helmand"}).raw["place_id"] == "AF3008"  # whose seat goes by its name


def test_all_answers_come_best_first_where_they_are_asked_for():
    level = GEOCODER.geocode("Dawlatabad", exactly_one=False, limit=10)
    assert {"AF2109", "AF2909"} <= {location.raw["place_id"] for location in level}
    scores = [location.raw["score"] for location in level]
    assert scores == sorted(scores, reverse=True)
    assert len(GEOCODER.geocode("Kunduz", exactly_one=False, limit=2)) == 2
    assert GEOCODER.geocode("Nosuchplace", exactly_one=False) is None


@pytest.mark.parametrize("point", [Point(35.63, 69.30), (35.63, 69.30), "35.63, 69.30"], ids=lambda point: type(point).__name__)
def test_a_point_is_answered_with_the_district_that_holds_it(point):
    location = GEOCODER.reverse(point)
    outline = shape(PLACES.boundary(location.raw["place_id"]))
    assert location.raw["kind"] == "district" and outline.contains(Position(69.30, 35.63))
    assert [each.raw["place_id"] for each in GEOCODER.reverse(point, exactly_one=False)] == [
        location.raw["place_id"],
        location.raw["admin1_pcode"],
    ]


STRUCTURED = [
    ({"city": "Banu", "county": "Andarab", "state": "Baghlan", "country": "Afghanistan"}, "AF0907-banu"),
    ({"county": "Andarab", "state": "Baghlan"}, "AF0907"),
    ({"district": "Dawlatabad", "province": "Faryab"}, "AF2909"),
    ({"name": "Pol-e-Hasar", "province": "Baghlan"}, "AF0912"),
    ({"city": "Kunduz"}, "AF1901-kunduz"),
    ({"state": "Kunduz"}, "AF19"),
    ({"country": "Pakistan"}, "PAK"),
    ({"city": "Kunduz", "county": None, "state": float("nan"), "postalcode": "3501"}, "AF1901-kunduz"),
    ({"city": "Kunduz", "state": "Helmand"}, None),
    ({"city": "Kunduz", "state": "Nosuchprovince"}, None),
    ({"city": "Nosuchplace", "county": "Andarab"}, None),
    ({"district": "Dawlatabad"}, None),
    ({"street": "Chicken Street"}, None),
    ({}, None),
]


@pytest.mark.parametrize(("query", "place_id"), STRUCTURED, ids=str)
def test_a_structured_query_asks_for_its_smallest_place_in_the_others(query, place_id):
    location = GEOCODER.geocode(query)
    assert (location and location.raw["place_id"]) == place_id


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"town": "Kunduz"}, "town: unknown in a structured query; expected name, city"),
        ({"state": "Kunduz", "province": "Kunduz"}, "two of them say the same"),
        ({"city": 7}, "7: expected a name"),
        (7, "7: expected a name"),
    ],
)
def test_a_query_of_another_form_is_refused(query, message):
    with pytest.raises(GeocoderQueryError, match=message):
        GEOCODER.geocode(query)


@pytest.mark.parametrize("query", [None, float("nan"), pandas.NA, pandas.NaT, "", "  "], ids=repr)
def test_a_missing_query_has_no_answer(query):
    assert GEOCODER.geocode(query) is None and GEOCODER.geocode(query, exactly_one=False) is None


def test_a_limit_is_one_or_more():
    assert len(GEOCODER.geocode("Kunduz", exactly_one=False)) > 2  # all, unless one is set
    with pytest.raises(ValueError, match="expected 1 or more"):
        GEOCODER.geocode("Kunduz", exactly_one=False, limit=0)


def test_columns_of_a_frame_are_geocoded():
    names = pandas.Series(["Torkham", None, "Dawlatabad", "Peshawar"])
    found = names.apply(RateLimiter(GEOCODER.geocode, min_delay_seconds=0))
    assert [location and location.raw["place_id"] for location in found] == ["AF0617-torkham", None, None, "PAK-peshawar"]
    points = pandas.Series([tuple(location.point)[:2] if location else None for location in found])
    assert [location and location.raw["kind"] for location in points.apply(GEOCODER.reverse)] == ["district", None, None, "city"]


def test_a_column_of_points_is_answered_quickly():
    points = [(30 + 8 * (i * 0.618 % 1), 61 + 13 * (i * 0.414 % 1)) for i in range(500)]
    start = time.perf_counter()
    assert sum(GEOCODER.reverse(point) is not None for point in points) > 300
    assert time.perf_counter() - start < 5  # measured 0.3; the rest is for slow machines


def test_a_point_far_from_all_that_is_known_has_no_answer():
    assert GEOCODER.reverse((0.0, 0.0)) is None and GEOCODER.reverse((0.0, 0.0), exactly_one=False) is None
    assert GEOCODER.reverse(None) is None


@pytest.mark.parametrize("query", ["Kunduz", (float("nan"), 69.0)], ids=str)
def test_what_is_no_point_is_refused(query):
    with pytest.raises(ValueError):
        GEOCODER.reverse(query)


def test_a_point_in_no_outline_is_answered_with_the_nearest_town_and_its_distance():
    location = GEOCODER.reverse((34.0, 71.5))
    assert location.raw["place_id"] == "PAK-peshawar"
    assert 0 < location.raw["distance_km"] < 10
    assert location.raw["distance_km"] == pytest.approx(GEOCODER.reverse((34.0, 71.5 + 360)).raw["distance_km"])


@given(st.sampled_from(DISTRICTS))
def test_a_point_within_a_district_is_in_that_district(pcode):
    inner = shape(PLACES.boundary(pcode)).representative_point()
    assert GEOCODER.reverse((inner.y, inner.x)).raw["place_id"] == pcode


@given(st.sampled_from(DISTRICTS), st.floats(60, 75), st.floats(29, 39))
def test_an_outline_contains_what_shapely_says_it_contains(pcode, longitude, latitude):
    outline = PLACES.boundary(pcode)
    edge = shape(outline).boundary.distance(Position(longitude, latitude))
    if edge > 1e-9:
        assert contains(outline, LongitudeFirst(longitude, latitude)) is shape(outline).contains(Position(longitude, latitude))


def test_it_serves_whatever_takes_a_geocoder():
    assert isinstance(GEOCODER, Geocoder)
    with GazetteerGeocoder(PLACES) as geocoder:
        assert RateLimiter(geocoder.geocode, min_delay_seconds=0)("Kunduz").raw["place_id"] == "AF1901-kunduz"
    assert GEOCODER.geocode("Banu", timeout=5) == GEOCODER.geocode("Banu")


def test_it_asks_no_network():
    with pytest.raises(GeocoderServiceError, match="without a network"):
        GEOCODER._call_geocoder("https://example.org", callback=str)


def test_the_gazetteer_itself_does_not_load_geopy():
    code = "import sys, mapper.gazetteer; mapper.gazetteer.load().find('Banu'); assert 'geopy' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
