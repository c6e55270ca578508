"""How places stand to each other by their codes and dates: two places -> whether one holds, is, or is a part of the other."""

from __future__ import annotations

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
    return inside(place, unit) if unit.kind in UNITS else place.unit in unit.covers


def akin(one: Place, other: Place) -> bool:
    """Return whether one place is, holds or covers the other: to mean one is then not to mean another place."""
    if one.unit is not None and one.unit == other.unit:
        return True
    pairs = ((one, other), (other, one))
    return any((a.kind in UNITS and inside(b, a)) or (b.unit or b.id) in a.covers for a, b in pairs)


def valid(place: Place, day: date | None) -> bool:
    """Return whether the place existed on a day, as far as the tables say; any day when it is None."""
    return day is None or (
        (place.valid_from is None or place.valid_from <= day) and (place.valid_to is None or day <= place.valid_to)
    )
