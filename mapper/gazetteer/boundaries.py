"""Reads outlines of provinces and districts, and the borders of the countries around, from GeoJSON, when they are asked for."""

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

PCODES = ("pcode", "adm2_pcode", "adm1_pcode", "shapeid")
"""Properties that may hold a feature's P-code, in any case of letters, the first present one counts: our own, OCHA's
(ADM2_PCODE until 2024, adm2_pcode since), and the id of geoBoundaries."""


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


def borders(file: Path) -> list[list[Position]]:
    """Return the lines of a file of borders, each a list of [longitude, latitude]: none where there is no such file.

    TableError where it holds anything but LineStrings and MultiLineStrings in degrees.
    """
    if not file.is_file():
        return []
    lines: list[list[Position]] = []
    for number, feature in enumerate(_features(file), 1):
        where = f"{file}, feature {number}"
        try:
            shape, corners = feature["geometry"]["type"], feature["geometry"]["coordinates"]
            parts = {"LineString": [corners], "MultiLineString": corners}[shape]
            outside = [at for part in parts for at in part if not (abs(at[0]) <= 180 and abs(at[1]) <= 90)]
        except (KeyError, TypeError, IndexError) as fault:
            raise TableError(f"{where}: no border ({type(fault).__name__}: {fault}); expected a line or several") from fault
        if outside:
            raise TableError(f"{where}: {outside[0]} is no place on Earth; expected WGS 84, longitude first")
        lines += [part for part in parts if len(part) > 1]
    return lines


def _features(file: Path) -> list[Any]:
    try:
        return list(json.loads(file.read_text(encoding="utf-8-sig"))["features"])
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise TableError(f"{file}: no GeoJSON FeatureCollection of outlines ({type(fault).__name__}: {fault})") from fault


def _outlines(file: Path) -> dict[str, Geometry]:
    found: dict[str, Geometry] = {}
    for number, feature in enumerate(_features(file), 1):
        where = f"{file}, feature {number}"
        try:
            pcode = _pcode(where, feature["properties"])
            geometry = _outline(f"{where}, {pcode}", feature["geometry"])
        except (KeyError, TypeError, AttributeError, IndexError) as fault:
            raise TableError(
                f"{where}: no outline ({type(fault).__name__}: {fault}); expected properties and a geometry"
            ) from fault
        if pcode in found:
            raise TableError(f"{where}: {pcode} stands twice; expected one feature for each unit")
        found[pcode] = geometry
    return found


def _pcode(where: str, properties: dict[str, Any]) -> str:
    known = {name.lower(): value for name, value in properties.items()}
    for name in PCODES:
        if known.get(name):
            return str(known[name])
    raise TableError(f"{where}: no P-code; expected a property pcode or ADM2_PCODE")


def _outline(where: str, geometry: Geometry | None) -> Geometry:
    if not geometry or geometry["type"] not in ("Polygon", "MultiPolygon") or not geometry["coordinates"]:
        raise TableError(f"{where}: expected a Polygon or MultiPolygon")
    for start, _ in edges(geometry):
        if not (abs(start[0]) <= 180 and abs(start[1]) <= 90):
            raise TableError(f"{where}: {start[0]}, {start[1]} is no place on Earth; expected WGS 84, longitude first")
    return geometry
