"""GeoJSON of outlines -> what is wrong with them, feature by feature: rings, ranges, overlaps, gaps. Knows shapely.

`boundaries` reads outlines for use and stops at the first fault; this reads them to find all.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from mapper.gazetteer.boundaries import PCODES
from mapper.model import Kind, Place

TOLERANCE_KM2 = 1.0
"""Area by which neighbours may overlap or leave a gap, and a province differ from its districts: seams of a simplified layer."""
FAR = 1.0
"""Degrees, about 100 km: a unit's point farther than this from its outline is no slip of the pen."""

_KM_PER_DEGREE = 111.2


class Fault(NamedTuple):
    """What is wrong with a feature: its number in the file (from 1, None for the file as a whole), its P-code, and words.

    `unusable` when the outline is wrong by itself, not only beside its neighbours.
    """

    feature: int | None
    pcode: str | None
    words: str
    unusable: bool = False


class Outline(NamedTuple):
    """One feature of a file that is fit for use."""

    feature: int
    unit: Place
    area: BaseGeometry


def faults(file: Path, units: Mapping[str, Place]) -> tuple[Fault, ...]:
    """Return what is wrong with a file of outlines, in the order of its features; empty when nothing is.

    Gaps, and provinces that are not the sum of their districts, are looked for when each outline is
    fit for use. `units` are the provinces and districts by P-code.
    """
    try:
        features = list(enumerate(json.loads(file.read_text(encoding="utf-8-sig"))["features"], 1))
    except (OSError, ValueError, KeyError, TypeError) as fault:
        return (Fault(None, None, f"cannot be read as a GeoJSON FeatureCollection ({type(fault).__name__}: {fault})"),)
    found: list[Fault] = []
    sound: list[Outline] = []
    for number, feature in features:
        pcode = _pcode(feature)
        words = list(_flaws(feature, pcode, units))
        found += [Fault(number, pcode, each, unusable=True) for each in words]
        if not words and pcode is not None:
            sound.append(Outline(number, units[pcode], shapely.geometry.shape(feature["geometry"])))
    found += _twice(sound)
    districts = [outline for outline in sound if outline.unit.kind is Kind.DISTRICT]
    provinces = [outline for outline in sound if outline.unit.kind is Kind.PROVINCE]
    found += [*_overlaps(districts), *_overlaps(provinces)]
    if len(sound) == len(features):  # an outline that is unfit for use leaves a gap of its own
        found += [*_gaps(districts), *_sums(districts, provinces)]
    return tuple(sorted(found, key=lambda fault: (fault.feature or 0, fault.words)))


def properties(file: Path) -> dict[str, dict[str, Any]]:
    """Return what a readable file says of each outline beside its geometry, by P-code."""
    features = json.loads(file.read_text(encoding="utf-8-sig"))["features"]
    return {pcode: feature["properties"] for feature in features if (pcode := _pcode(feature))}


def _pcode(feature: Any) -> str | None:
    named = feature.get("properties") if isinstance(feature, dict) else None
    known = {str(name).lower(): value for name, value in named.items()} if isinstance(named, dict) else {}
    return next((str(known[name]) for name in PCODES if known.get(name)), None)


# --- one feature --------------------------------------------------------------------------------


def _flaws(feature: Any, pcode: str | None, units: Mapping[str, Place]) -> Iterator[str]:
    if pcode is None:
        yield "no P-code; expected a property pcode or ADM2_PCODE"
    elif pcode not in units:
        yield "the P-code is of no province or district of the gazetteer"
    rings = _rings(feature.get("geometry") if isinstance(feature, dict) else None)
    if rings is None:
        yield "no Polygon or MultiPolygon with positions of two numbers"
        return
    told = [words for ring in rings for words in _ring_flaws(ring)] or ([] if rings else ["it has no corners"])
    yield from dict.fromkeys(told)
    if not told:
        area = shapely.geometry.shape(feature["geometry"])
        yield from _area_flaws(area)
        yield from _place_flaws(area, units.get(pcode or ""))


def _rings(geometry: Any) -> list[list[tuple[float, float]]] | None:
    """The rings of a Polygon or MultiPolygon; None where it is none, or holds what is no position."""
    try:
        if geometry["type"] not in ("Polygon", "MultiPolygon"):
            return None
        polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
        return [[(float(corner[0]), float(corner[1])) for corner in ring] for polygon in polygons for ring in polygon]
    except (KeyError, TypeError, ValueError, IndexError):
        return None


def _ring_flaws(ring: list[tuple[float, float]]) -> Iterator[str]:
    wild = next((corner for corner in ring if not _on_earth(*corner)), None)
    if wild:
        swapped = "; latitude seems to stand first" if _on_earth(wild[1], wild[0]) else ""
        yield f"{wild[0]}, {wild[1]} is no place on Earth; longitude comes first{swapped}"
    if len(ring) < 4:
        yield f"a ring of {len(ring)} corners; expected four or more, the last the same as the first"
    elif ring[0] != ring[-1]:
        yield f"a ring is not closed: it begins at {ring[0]} and ends at {ring[-1]}"


def _on_earth(longitude: float, latitude: float) -> bool:
    return math.isfinite(longitude) and math.isfinite(latitude) and abs(longitude) <= 180 and abs(latitude) <= 90


def _area_flaws(area: BaseGeometry) -> Iterator[str]:
    if area.convex_hull.area == 0:  # a ring that crosses itself may sum up to none
        yield "it has no area"
    elif not area.is_valid:
        yield f"it is no valid outline: {shapely.is_valid_reason(area)}"


def _place_flaws(area: BaseGeometry, unit: Place | None) -> Iterator[str]:
    """Whether an outline is where its unit is only when longitude and latitude change places."""
    if unit is None or area.is_empty:
        return
    box = shapely.box(*area.bounds)
    away, turned = (box.distance(shapely.Point(at)) for at in (unit.point, unit.point[::-1]))
    if turned <= FAR < away:
        yield f"it lies {away * _KM_PER_DEGREE:.0f} km from the unit's own point; latitude seems to stand first"


# --- features beside each other -----------------------------------------------------------------


def _twice(outlines: Iterable[Outline]) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for number, unit, _ in outlines:
        if first.setdefault(unit.id, number) != number:
            yield Fault(number, unit.id, f"the P-code stands in feature {first[unit.id]}, too")


def _overlaps(level: list[Outline]) -> Iterator[Fault]:
    areas = np.array([outline.area for outline in level], dtype=object)  # of objects even where there are none
    for one, other in sorted(zip(*shapely.STRtree(areas).query(areas, predicate="intersects").tolist(), strict=True)):
        if one < other and level[one].unit.id != level[other].unit.id:
            shared = _km2(areas[one].intersection(areas[other]))
            if shared > TOLERANCE_KM2:
                beside = level[one]
                words = f"it overlaps {beside.unit.id} {beside.unit.name} (feature {beside.feature}) by {shared:.1f} km2"
                yield Fault(level[other].feature, level[other].unit.id, f"{words}; expected {TOLERANCE_KM2:.0f} at most")


def _gaps(level: list[Outline]) -> Iterator[Fault]:
    whole = shapely.union_all([outline.area for outline in level])
    holes = [shapely.Polygon(ring) for part in shapely.get_parts(whole) for ring in getattr(part, "interiors", ())]
    for hole in holes:
        around = [outline for outline in level if outline.area.distance(hole) == 0]
        if around and _km2(hole) > TOLERANCE_KM2:
            at = hole.representative_point()
            between = ", ".join(f"{outline.unit.id} {outline.unit.name}" for outline in around)
            words = f"a gap of {_km2(hole):.1f} km2 at {at.x:.3f}, {at.y:.3f} between {between}"
            yield Fault(around[0].feature, around[0].unit.id, f"{words}; expected {TOLERANCE_KM2:.0f} at most")


def _sums(districts: list[Outline], provinces: list[Outline]) -> Iterator[Fault]:
    """Provinces that are not the sum of their districts, where the file has those."""
    parts = defaultdict(list)
    for outline in districts:
        parts[outline.unit.admin1_pcode].append(outline.area)
    for number, unit, area in provinces:
        if parts[unit.id]:
            apart = _km2(area.symmetric_difference(shapely.union_all(parts[unit.id])))
            if apart > TOLERANCE_KM2:
                yield Fault(number, unit.id, f"it differs from the sum of its districts by {apart:.1f} km2")


def _km2(area: BaseGeometry) -> float:
    """The area on the ground, by the length of a degree at the middle latitude."""
    if area.is_empty:
        return 0.0
    return float(area.area) * _KM_PER_DEGREE**2 * math.cos(math.radians((area.bounds[1] + area.bounds[3]) / 2))
