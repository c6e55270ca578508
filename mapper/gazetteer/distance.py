"""How far two points lie apart: fast enough to ask of every pair of names in an article."""

from __future__ import annotations

import math

from mapper.model import Point

_EARTH_KM = 6371.0


def distance(one: Point, other: Point) -> float:
    """Return the great-circle distance in kilometres (haversine; within 0.6 % of the geodesic one on the WGS 84 ellipsoid).

    >>> round(distance(Point(69.17, 34.53), Point(65.71, 31.61)))
    458
    """
    a, b = math.radians(one.latitude), math.radians(other.latitude)
    across = math.sin(math.radians(other.longitude - one.longitude) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(math.sqrt(math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * across))
