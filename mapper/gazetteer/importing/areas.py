"""GeoJSON geometries -> valid areas, points inside them, and areas with rounded corners."""

from __future__ import annotations

from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from mapper.errors import TableError
from mapper.model import Point

Area = BaseGeometry
"""A Polygon or MultiPolygon."""

_POLYGONS = ("Polygon", "MultiPolygon")
_DECIMALS = 5


def read_area(where: str, geometry: Any) -> tuple[Area, bool]:
    """Return the polygons of a geometry, valid and flat, and whether they were valid as they came."""
    try:
        area = shapely.force_2d(shapely.geometry.shape(geometry))
        sound = bool(area.is_valid)
        area = polygons(area if sound else shapely.make_valid(area))
    except (shapely.errors.ShapelyError, ValueError, KeyError, TypeError, AttributeError, IndexError) as fault:
        raise TableError(f"{where}: no geometry ({fault}); expected a Polygon or MultiPolygon") from fault
    if area.is_empty:
        raise TableError(f"{where}: {geometry.get('type')} without an area; expected a Polygon or MultiPolygon")
    west, south, east, north = area.bounds
    if not (west >= -180 and east <= 180 and south >= -90 and north <= 90):
        raise TableError(f"{where}: {west}, {south} is no place on Earth; expected WGS 84 degrees, longitude first")
    return area, sound


def polygons(area: Area) -> Area:
    """Return what of a geometry has an area, as Polygon or MultiPolygon."""
    if area.geom_type in _POLYGONS:
        return area
    parts = [part for part in shapely.get_parts(area) if part.geom_type in _POLYGONS]
    return shapely.union_all(parts) if parts else shapely.Polygon()


def rounded(area: Area) -> Area:
    """Return the area with rounded corners; it may be empty then."""
    return polygons(shapely.make_valid(shapely.transform(area, lambda corners: corners.round(_DECIMALS))))


def inner_point(area: Area) -> Point:
    """Return a point of the area."""
    inner = shapely.point_on_surface(area)
    return Point(round(inner.x, _DECIMALS), round(inner.y, _DECIMALS))
