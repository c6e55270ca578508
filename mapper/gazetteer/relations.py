"""How places stand to each other by their codes and dates: two places -> whether one holds, is, or is a part of the other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from mapper.model import Kind, Place

UNITS = (Kind.COUNTRY, Kind.PROVINCE, Kind.DISTRICT)
"""Kinds of place that contain other places by their codes."""


def inside(place: Place, unit: Place) -> bool:
    """Return whether a place is the unit or lies in it, by its codes."""
    if unit.kind is Kind.COUNTRY:
        return place.country == unit.country
    return unit.id in (place.id, place.admin1_pcode, place.admin2_pcode)


def holds(unit: Place, place: Place) -> bool:
    """Return whether a unit, or a region by the districts it covers, holds a place."""
    if is_temporary(place) or is_temporary(unit):
        return akin(place, unit)
    return inside(place, unit) if unit.kind in UNITS else place.unit in unit.covers


def akin(one: Place, other: Place) -> bool:
    """Return whether one place is, holds or covers the other: to mean one is then not to mean another place."""
    if one.id == other.id or (one.unit is not None and one.unit == other.unit):
        return True
    pairs = ((one, other), (other, one))
    return any((a.kind in UNITS and inside(b, a)) or (b.unit or b.id) in a.covers for a, b in pairs)


def is_temporary(place: Place) -> bool:
    """Return whether a place is a temporary district: what it covers is the district it was carved from, and larger."""
    return place.kind is Kind.DISTRICT and bool(place.covers) and place.valid_to is None


def extent(place: Place, places: Mapping[str, Place]) -> str:
    """Say in words over which districts a place extends that is no one district, and whose code it takes."""
    names = ", ".join(places[pcode].name for pcode in place.covers)
    if is_temporary(place):
        return f"temporary; carved from {names}"
    own = places.get(place.unit or "")
    return f"extends over {names}" + (f"; takes the code of {own.name}" if own else "")


def valid(place: Place, day: date | None) -> bool:
    """Return whether the place existed on a day, as far as the tables say; any day when it is None."""
    return day is None or (
        (place.valid_from is None or place.valid_from <= day) and (place.valid_to is None or day <= place.valid_to)
    )
