"""Reads outlines of provinces and districts from GeoJSON, when the first of them is asked for."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from mapper.errors import TableError
from mapper.model import Point

Geometry = dict[str, Any]
Position = Sequence[float]

PCODES = ("pcode", "ADM2_PCODE", "adm2_pcode", "ADM1_PCODE", "adm1_pcode")
"""Properties that may hold a feature's P-code, the first present one counts: our own, and OCHA's."""


class Boundaries:
    """Outlines by P-code. A user's own file, if there is one, comes before the bundled one."""

    def __init__(self, bundled: Path, own: Path | None = None) -> None:
        """Remember the files; nothing is read yet."""
        self._files = [file for file in (bundled, own) if file is not None]
        self._read: dict[str, Geometry] | None = None

    def get(self, pcode: str) -> Geometry | None:
        """Return the GeoJSON geometry of a unit, None where no file has one. TableError when a file is faulty."""
        if self._read is None:
            self._read = {code: geometry for file in self._files for code, geometry in _outlines(file).items()}
        return self._read.get(pcode)


def contains(outline: Geometry, point: Point) -> bool:
    """Return whether a Polygon or MultiPolygon holds a point, by how many of its edges lie due east of it.

    >>> square = {"type": "Polygon", "coordinates": [[[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]]]}
    >>> contains(square, Point(1, 1)), contains(square, Point(5, 1))
    (True, False)
    """
    return sum((a[1] > point.latitude) != (b[1] > point.latitude) and _east(point, a, b) for a, b in edges(outline)) % 2 == 1


def edges(outline: Geometry) -> Iterator[tuple[Position, Position]]:
    """Yield the edges of a Polygon or MultiPolygon, those of its holes among them."""
    polygons = [outline["coordinates"]] if outline["type"] == "Polygon" else outline["coordinates"]
    return (edge for polygon in polygons for ring in polygon for edge in pairwise(ring))


def _east(point: Point, a: Position, b: Position) -> bool:
    """Whether an edge crosses the point's parallel to the east of it."""
    return point.longitude < (b[0] - a[0]) * (point.latitude - a[1]) / (b[1] - a[1]) + a[0]


def _outlines(file: Path) -> dict[str, Geometry]:
    try:
        features = json.loads(file.read_text(encoding="utf-8-sig"))["features"]
        found = {_pcode(file, number, feature): feature["geometry"] for number, feature in enumerate(features, 1)}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as fault:
        if isinstance(fault, TableError):
            raise
        raise TableError(f"{file}: no GeoJSON FeatureCollection of outlines ({type(fault).__name__}: {fault})") from fault
    for pcode, geometry in found.items():
        if not geometry or geometry.get("type") not in ("Polygon", "MultiPolygon"):
            raise TableError(f"{file}, {pcode}: expected a Polygon or MultiPolygon")
    return found


def _pcode(file: Path, number: int, feature: dict[str, Any]) -> str:
    properties = feature["properties"]
    for name in PCODES:
        if properties.get(name):
            return str(properties[name])
    raise TableError(f"{file}, feature {number}: no P-code; expected a property {' or '.join(PCODES[:2])}")
