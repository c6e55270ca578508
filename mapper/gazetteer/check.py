"""Looks a gazetteer over for what a reader of its tables would miss: a gazetteer -> flaws in words."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING

from mapper.gazetteer.boundaries import Geometry, Position, contains, edges
from mapper.gazetteer.find import akin
from mapper.gazetteer.romanise import normal
from mapper.model import Kind, Place, Point

if TYPE_CHECKING:
    from mapper.gazetteer import Gazetteer

TOLERANCE = 0.05
"""Degrees, about 5 km, by which a point may lie outside its district: outlines are simplified."""


def check(gazetteer: Gazetteer) -> tuple[str, ...]:
    """Return the flaws of the country's own places, in a fixed order; empty when there are none.

    `load` has refused faulty rows before; what is looked at here is how places stand to each other:
    one strong name for two places of a province, a point outside its district, a unit without an
    outline.
    """
    own = [place for _, place in sorted(gazetteer.places.items()) if place.country == gazetteer.country]
    return (*_namesakes(gazetteer, own), *_outlines(gazetteer, own), *_strays(gazetteer, own))


def _namesakes(gazetteer: Gazetteer, own: list[Place]) -> Iterator[str]:
    bearers: dict[tuple[str, str], set[str]] = defaultdict(set)
    places = {place.id: place for place in own}
    for name in gazetteer.names:
        if name.place_id in places and not name.weak:
            for form in normal(name.name):
                bearers[places[name.place_id].admin1_pcode or "", form].add(name.place_id)
    for (_, form), ids in sorted(bearers.items()):
        for one, other in combinations(sorted(ids), 2):
            if not akin(places[one], places[other]):
                yield f"{one} and {other}: both are strongly named {form!r} in one province; one name must be weak"


def _outlines(gazetteer: Gazetteer, own: list[Place]) -> Iterator[str]:
    for place in own:
        if place.kind in (Kind.PROVINCE, Kind.DISTRICT) and not place.covers and gazetteer.boundary(place.id) is None:
            yield f"{place.id} {place.name}: it has no outline"


def _strays(gazetteer: Gazetteer, own: list[Place]) -> Iterator[str]:
    for place in own:
        outline = None if place.inferred else gazetteer.boundary(place.admin2_pcode or "")
        if outline and (away := outside(place.point, outline)) > TOLERANCE:
            yield f"{place.id} {place.name}: its point lies {away:.2f} degrees outside {place.admin2}"


def outside(point: Point, outline: Geometry) -> float:
    """Return by how many degrees a point lies outside a Polygon or MultiPolygon, 0 inside it.

    >>> square = {"type": "Polygon", "coordinates": [[[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]]]}
    >>> outside(Point(1, 1), square), outside(Point(5, 1), square)
    (0.0, 3.0)
    """
    return 0.0 if contains(outline, point) else min(_distance(point, a, b) for a, b in edges(outline))


def _distance(point: Point, a: Position, b: Position) -> float:
    run, rise = b[0] - a[0], b[1] - a[1]
    length = run * run + rise * rise
    along = ((point.longitude - a[0]) * run + (point.latitude - a[1]) * rise) / length if length else 0.0
    along = max(0.0, min(1.0, along))
    return math.hypot(point.longitude - a[0] - along * run, point.latitude - a[1] - along * rise)
