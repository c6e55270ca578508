"""A GeoJSON file of outlines -> the districts of a country, each with its names, its province and its area."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import shapely

from mapper.errors import TableError
from mapper.gazetteer.importing.areas import Area, read_area
from mapper.gazetteer.importing.cleaning import clean, distinct
from mapper.gazetteer.importing.columns import Columns, find_columns
from mapper.gazetteer.importing.order import Order


class District(NamedTuple):
    """A unit as the outlines give it. `names` has its own name first; without a parent, both parts of that are empty."""

    pcode: str
    names: tuple[str, ...]
    parent: str
    parent_names: tuple[str, ...]
    area: Area


@dataclass(frozen=True, slots=True)
class Layer:
    """The districts in the order of their P-codes; the country if the file names it; what a reader should know.

    `names_provinces`: the file says of some district in which province it lies.
    """

    districts: tuple[District, ...]
    level: int
    country: str | None
    names_provinces: bool
    notes: tuple[str, ...]


def read_districts(order: Order) -> Layer:
    """Read the districts of a GeoJSON file; TableError names a faulty feature. What is invalid is repaired, and noted."""
    file = order.boundaries
    rows, geometries = _features(file)
    columns = find_columns(order, list(dict.fromkeys(key for row in rows for key in row)))
    found: dict[str, District] = {}
    repaired = set()
    for number, (row, geometry) in enumerate(zip(rows, geometries, strict=True), 1):
        where = f"{file}, feature {number}"
        area, sound = read_area(where, geometry)
        district = _district(where, row, columns, area)
        found[district.pcode] = _joined(where, found.get(district.pcode), district)
        if not sound:
            repaired.add(district.pcode)
    districts = tuple(found[pcode] for pcode in sorted(found))
    both = found.keys() & {district.parent for district in districts}
    if both:
        raise TableError(f"{file}: {min(both)} is the P-code of a district and of a province")
    named = any(district.parent_names for district in districts)
    notes = tuple(_notes(districts, repaired, len(rows), names_provinces=named))
    return Layer(districts, columns.level, _stated_country(rows[0]), named, notes)


def _features(file: Path) -> tuple[list[dict[str, Any]], list[Any]]:
    """Return the properties of each feature by their names in lower case, and the geometries."""
    try:
        features = json.loads(file.read_text(encoding="utf-8-sig"), parse_constant=_no_number)["features"]
        rows = [{str(key).lower(): value for key, value in (feature["properties"] or {}).items()} for feature in features]
        geometries = [feature["geometry"] for feature in features]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as fault:
        raise TableError(f"{file}: no GeoJSON FeatureCollection of outlines ({type(fault).__name__}: {fault})") from fault
    if not rows:
        raise TableError(f"{file}: no features; expected one for each district")
    return rows, geometries


def _no_number(word: str) -> float:
    raise ValueError(f"{word} is no number")


def _district(where: str, row: Mapping[str, Any], columns: Columns, area: Area) -> District:
    pcode = _cell(row.get(columns.pcode))
    names = distinct(_cell(row.get(column)) for column in columns.names)
    if not pcode or not names:
        raise TableError(f"{where}: no {'name' if pcode else 'P-code'} in {columns.names[0] if pcode else columns.pcode!r}")
    parent_names = distinct(_cell(row.get(column)) for column in columns.parent_names)
    parent = _cell(row.get(columns.parent_pcode)) if columns.parent_pcode else ""
    if columns.parent_pcode and not parent:
        raise TableError(f"{where}: no P-code of a province in {columns.parent_pcode!r}")
    return District(pcode, names, parent, parent_names or ((parent,) if parent else ()), area)


def _cell(value: object) -> str:
    whole = isinstance(value, float) and value.is_integer()
    return "" if value is None else clean(f"{value:.0f}" if whole else str(value))


def _joined(where: str, same: District | None, district: District) -> District:
    """Return a district with the part of it that a feature before has drawn."""
    if same is None:
        return district
    if (same.names[0], same.parent) != (district.names[0], district.parent):
        raise TableError(f"{where}: P-code {district.pcode} is {district.names[0]!r} here and {same.names[0]!r} before")
    return district._replace(area=same.area.union(district.area))


def _stated_country(row: Mapping[str, Any]) -> str | None:
    stated = [str(row.get(column) or "") for column in ("iso3", "shapegroup", "adm0_pcode")]
    return next((code for code in stated if re.fullmatch("[A-Z]{3}", code)), None)


def _notes(districts: Sequence[District], repaired: Collection[str], features: int, *, names_provinces: bool) -> Iterator[str]:
    if repaired:
        yield f"outlines repaired: {', '.join(sorted(repaired))}"
    if len(districts) < features:
        yield f"{features} features joined by P-code to {len(districts)} districts"
    if not names_provinces:
        yield "provinces are those of GeoNames: the outlines name none"
    if not shapely.coverage_is_valid([district.area for district in districts]):
        yield "the outlines overlap or do not meet exactly, so that borders may show gaps"
