"""Turn a TopoJSON of the world's countries into neighbours.geojson: the borders that a map draws faint around a country.

    python data/gazetteer/make_neighbours.py ATLAS [--folder data/gazetteer/AFG] [--around 6]

Inputs, the first not bundled here:

- ATLAS: the file countries-10m.json of the npm package world-atlas 2.0.2 (``npm pack world-atlas``): Natural
  Earth 1:10m, Admin 0, in the public domain, as TopoJSON. Its borders are those held de facto.
- FOLDER/about.toml: its table `neighbours` says which countries are neighbours; FOLDER/boundaries.geojson has the outlines.

A TopoJSON writes each stretch of border once. Those of a neighbour are kept, but not those it has in
common with the country itself: there the outlines of the districts are drawn, and two lines that differ
by a few kilometres would contradict each other. A stretch that ends at the country is led on to the
nearest point of its outline, so that no gap is left. All is cut to a window around the country,
simplified, and rounded.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any

import shapely
import shapely.ops
from shapely.geometry.base import BaseGeometry

from mapper import gazetteer as gazetteers
from mapper.gazetteer import Gazetteer
from mapper.model import Kind
from mapper.text import fold

SOURCE = "Natural Earth"
TOLERANCE = 1e-2
"""Degrees: corners smaller than this are cut off, about a kilometre. The lines are to be faint, not exact."""
DECIMALS = 3

Positions = list[tuple[float, float]]


def make(atlas: dict[str, Any], gazetteer: Gazetteer, around: float) -> dict[str, Any]:
    """Return a FeatureCollection: a MultiLineString for each neighbour, or pair of them, whose border it is.

    `around` says how many degrees beyond the country the window reaches.
    """
    units = [
        shapely.geometry.shape(outline)
        for id, place in gazetteer.places.items()
        if place.kind is Kind.DISTRICT and (outline := gazetteer.boundary(id))
    ]
    country = shapely.union_all(units)
    west, south, east, north = country.bounds
    window = shapely.box(west - around, south - around, east + around, north + around)
    features = []
    for owners, lines in sorted(borders(atlas, gazetteer, country.boundary).items()):
        kept = shapely.intersection(shapely.line_merge(shapely.MultiLineString(lines)), window)
        kept = shapely.simplify(kept, TOLERANCE)
        parts = [
            [[round(x, DECIMALS), round(y, DECIMALS)] for x, y in part.coords]
            for part in shapely.get_parts(kept)
            if part.geom_type == "LineString"
        ]
        if parts:
            geometry = {"type": "MultiLineString", "coordinates": sorted(parts)}
            features.append(
                {"type": "Feature", "properties": {"countries": list(owners), "source": SOURCE}, "geometry": geometry}
            )
    return {"type": "FeatureCollection", "features": features}


def borders(atlas: dict[str, Any], gazetteer: Gazetteer, outline: BaseGeometry) -> dict[tuple[str, ...], list[Positions]]:
    """Return the stretches of border by the neighbours whose they are, without those of the country itself."""
    arcs = list(decoded(atlas))
    owners: dict[int, set[str]] = defaultdict(set)
    for code in (gazetteer.country, *gazetteer.neighbours):
        names = {fold(name) for name in (gazetteer.places[code].name, *gazetteer.spellings(code))}
        (shape,) = (one for one in atlas["objects"]["countries"]["geometries"] if fold(one["properties"]["name"]) in names)
        for arc in flat(shape["arcs"]):
            owners[arc if arc >= 0 else ~arc].add(code)
    own = {arc for arc, codes in owners.items() if gazetteer.country in codes}
    corners = {end for arc in own for end in (arcs[arc][0], arcs[arc][-1])}
    found: dict[tuple[str, ...], list[Positions]] = defaultdict(list)
    for arc in sorted(set(owners) - own):
        line = arcs[arc]
        start = [_nearest(line[0], outline)] if line[0] in corners else []
        end = [_nearest(line[-1], outline)] if line[-1] in corners else []
        found[tuple(sorted(owners[arc]))].append([*start, *line, *end])
    return found


def decoded(atlas: dict[str, Any]) -> Iterator[Positions]:
    """Yield the arcs of a quantised TopoJSON in degrees."""
    (wide, high), (west, south) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    for arc in atlas["arcs"]:
        corners = accumulate(arc, lambda at, step: [at[0] + step[0], at[1] + step[1]])
        yield [(x * wide + west, y * high + south) for x, y in corners]


def flat(arcs: Any) -> Iterator[int]:
    """Yield the numbers of the arcs of a geometry, however deep they lie."""
    for one in arcs:
        if isinstance(one, int):
            yield one
        else:
            yield from flat(one)


def _nearest(at: tuple[float, float], outline: BaseGeometry) -> tuple[float, float]:
    point = shapely.ops.nearest_points(outline, shapely.Point(at))[0]
    return point.x, point.y


def main() -> None:
    """Read the arguments and write FOLDER/neighbours.geojson, a feature on each line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("atlas", type=Path)
    parser.add_argument("--folder", type=Path, default=Path("data/gazetteer/AFG"))
    parser.add_argument("--around", type=float, default=6.0, help="degrees beyond the country")
    given = parser.parse_args()
    made = make(json.loads(given.atlas.read_text(encoding="utf-8")), gazetteers.load(folder=given.folder), given.around)
    lines = ",\n".join(json.dumps(feature, separators=(",", ":")) for feature in made["features"])
    (given.folder / "neighbours.geojson").write_text(
        f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n', encoding="utf-8"
    )


if __name__ == "__main__":
    main()
