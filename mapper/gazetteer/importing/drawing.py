"""Districts -> GeoJSON of their outlines, simplified together, and of those of their provinces, which are unions of them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import shapely

from mapper.gazetteer.importing.areas import Area, polygons, rounded
from mapper.gazetteer.importing.entry import Entry
from mapper.gazetteer.importing.sources import Sources
from mapper.model import Kind


def draw(sources: Sources, entries: Iterable[Entry]) -> bytes:
    """Return the outlines of all units. Simplified together, neighbours keep their common border."""
    districts, label, tolerance = sources.layer.districts, sources.order.label, sources.order.tolerance
    areas = [district.area for district in districts]
    slim = shapely.coverage_simplify(areas, tolerance) if tolerance else areas
    drawn = [rounded(thin) or rounded(area) or area for thin, area in zip(slim, areas, strict=True)]  # an empty area is false
    outlines = {district.pcode: area for district, area in zip(districts, drawn, strict=True)}
    members: dict[str, list[Area]] = defaultdict(list)
    for entry in entries:
        if entry.kind is Kind.DISTRICT:
            members[entry.admin1].append(outlines[entry.id])
    features = [_feature(pcode, 2, label, area) for pcode, area in outlines.items()]
    for pcode in sorted(members):
        union = polygons(shapely.make_valid(shapely.union_all(members[pcode])))
        features.append(_feature(pcode, 1, f"{label}, union of its districts", union))
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False, separators=(",", ":"), allow_nan=False) for feature in features)
    return f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n'.encode()


def _feature(pcode: str, level: int, source: str, area: Area) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"pcode": pcode, "level": level, "source": source, "inferred": False},
        "geometry": shapely.geometry.mapping(shapely.orient_polygons(shapely.normalize(area))),
    }
