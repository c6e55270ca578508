"""Entries of two tables -> pairs that may be the same event, the closest first, each entry at most once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from mapper.exports.comparison.entries import Entry
from mapper.text import fold


class Pair(NamedTuple):
    """Two entries taken for one event, and by what."""

    here: Entry
    there: Entry
    by: str


PLACED = ("place", "district", "province")
"""How closely two places agree, the closest first."""


def pair(here: Sequence[Entry], there: Sequence[Entry]) -> list[Pair]:
    """Return the pairs in the order of `here`."""
    pairs = _by_id(here, there)
    taken_here, taken_there = {found.here.at for found in pairs}, {found.there.at for found in pairs}
    of_place = _shelved([entry for entry in here if entry.at not in taken_here])
    candidates = [
        (closeness, ours.at, theirs.at, ours, theirs)
        for theirs in there
        if theirs.at not in taken_there
        for ours in of_place.get(_shelf(theirs), ())
        if (closeness := _closeness(ours, theirs)) is not None
    ]
    for closeness, *_, ours, theirs in sorted(candidates, key=lambda candidate: candidate[:3]):
        if ours.at not in taken_here and theirs.at not in taken_there:
            taken_here.add(ours.at)
            taken_there.add(theirs.at)
            pairs.append(Pair(ours, theirs, f"{PLACED[closeness[0]]}, day and type"))
    return sorted(pairs, key=lambda found: found.here.at)


def reasons(alone: Sequence[Entry], others: Sequence[Entry]) -> list[str]:
    """Return in words, for each entry, why it has no partner among the others."""
    of_place = _shelved(others)
    return [_reason(entry, of_place.get(_shelf(entry), ())) for entry in alone]


def _reason(entry: Entry, others: Sequence[Entry]) -> str:
    placed = [other for other in others if _distance(entry, other) is not None]
    if entry.undated or not placed:
        return "; ".join(filter(None, (entry.undated, entry.unplaced))) or "no event of this place"
    dated = [other for other in placed if _days(entry, other) is not None]
    if not dated:
        return "no event of this place on that day"
    return "another record is closer" if any(_typed(entry, other) for other in dated) else "no event of that type there and then"


def _by_id(here: Sequence[Entry], there: Sequence[Entry]) -> list[Pair]:
    of_id = {entry.id: entry for entry in reversed(there)}
    return [Pair(entry, of_id[entry.id], "event_id") for entry in here if entry.id in of_id]


def _shelved(entries: Sequence[Entry]) -> Mapping[str, list[Entry]]:
    shelves: dict[str, list[Entry]] = {}
    for entry in entries:
        shelves.setdefault(_shelf(entry), []).append(entry)
    return shelves


def _shelf(entry: Entry) -> str:
    """Return what entries that may match have in common: the province, or the name of what has none."""
    return entry.province or f"name {fold(entry.name or '')}"


def _closeness(a: Entry, b: Entry) -> tuple[int, bool, int] | None:
    distance, days = _distance(a, b), _days(a, b)
    if distance is None or days is None or not _typed(a, b):
        return None
    return distance, fold(a.sub_event_type or "") != fold(b.sub_event_type or ""), days


def _distance(a: Entry, b: Entry) -> int | None:
    """Return the place in PLACED that says how closely two entries agree on where, None when they do not."""
    if a.place is None or b.place is None:
        return 0 if a.place is b.place and a.name and b.name and fold(a.name) == fold(b.name) else None
    if a.place.id == b.place.id:
        return 0
    if a.province is None or a.province != b.province:
        return None
    if a.district == b.district:
        return 1
    return 2 if a.district is None or b.district is None else None


def _days(a: Entry, b: Entry) -> int | None:
    """Return how many days lie between two entries that may be of one day, None when they cannot be."""
    ours, theirs = a.window(), b.window()
    if ours is None or theirs is None or a.day is None or b.day is None or ours[0] > theirs[1] or theirs[0] > ours[1]:
        return None
    return abs((a.day - b.day).days)


def _typed(a: Entry, b: Entry) -> bool:
    return a.event_type is None or b.event_type is None or fold(a.event_type) == fold(b.event_type)
