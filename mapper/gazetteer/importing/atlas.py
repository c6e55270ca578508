"""Points -> the districts that hold them, or that they are near."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import shapely

from mapper.gazetteer.importing.areas import Area
from mapper.model import Point

NEAR = 0.04
"""Degrees, about 4 km, by which a place may lie outside all outlines and still belong to the nearest: harbours, border posts."""


class Spot(NamedTuple):
    """A district by its index, and whether a point lies inside its outline or only near it."""

    district: int
    inside: bool


class Atlas:
    """The outlines of the districts, ready to be asked."""

    def __init__(self, areas: Sequence[Area]) -> None:
        """Index the outlines."""
        shapely.prepare(areas)
        self._areas = areas
        self._tree = shapely.STRtree(areas)

    def spots(self, points: Sequence[Point]) -> list[Spot | None]:
        """Return for each point the first district whose outline holds it, else the nearest that is near, else None."""
        drawn = shapely.points(points)
        found: dict[int, Spot] = {}
        # the outlines ask for points, not the reverse: it is they that are prepared
        for area, point in sorted(shapely.STRtree(drawn).query(self._areas, predicate="intersects").T.tolist()):
            found.setdefault(point, Spot(area, True))
        lost = [index for index in range(len(points)) if index not in found]
        if lost:
            near = self._tree.query_nearest(drawn[lost], max_distance=NEAR, all_matches=False)
            found |= {lost[index]: Spot(area, False) for index, area in near.T.tolist()}
        return [found.get(index) for index in range(len(points))]


def nearest(points: Sequence[Point], asked: Sequence[Point]) -> list[int]:
    """Return for each point that is asked for the index of the nearest among `points`."""
    found: list[int] = shapely.STRtree(shapely.points(points)).nearest(shapely.points(asked)).tolist()
    return found
