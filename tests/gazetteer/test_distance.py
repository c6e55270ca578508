"""The quick distance agrees with the one on the ellipsoid."""

import pytest
from geopy.distance import geodesic
from hypothesis import given
from hypothesis import strategies as st

from mapper import gazetteer
from mapper.gazetteer.distance import distance
from mapper.model import Point

POINTS = st.builds(Point, st.floats(-180, 180), st.floats(-89, 89))


@given(POINTS, POINTS)
def test_it_is_within_0_6_percent_of_the_geodesic_distance(one, other):
    exact = geodesic(one[::-1], other[::-1]).km
    assert distance(one, other) == pytest.approx(exact, rel=0.006, abs=0.001)
    assert distance(one, other) == pytest.approx(distance(other, one))


def test_between_the_capitals_of_the_provinces_it_is_closer_still():
    places = gazetteer.load()
    seats = [places.places[seat].point for unit, seat in places.seats.items() if len(unit) == 4]
    kabul = places.places["AF0101-kabul"].point
    for seat in seats:
        assert distance(kabul, seat) == pytest.approx(geodesic(kabul[::-1], seat[::-1]).km, rel=0.004)
