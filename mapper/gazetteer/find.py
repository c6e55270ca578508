"""Answers a place description ("Khost, Baghlan"; "Nad Ali district") with ranked places and reasons in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import NamedTuple

from mapper.gazetteer.kinds import Said, fits, readings
from mapper.gazetteer.lookup import NameMatch
from mapper.gazetteer.romanise import differences
from mapper.model import Evidence, Kind, Place

Lookup = Callable[[str], tuple[NameMatch, ...]]

OUTSIDE = 0.4
"""The share of a score left to a place that does not lie where the description says."""
OTHER_KIND = 0.6
"""The share left to a place that is not of the kind that the description says."""
LEFT_OUT = 0.9
"""The share left to a name that is a part of the phrase, where more of the phrase is a name, too."""
CONTAINER = 0.6
"""The share left to the unit that answers for a place inside it which the gazetteer does not know."""

_MET = {
    "consonants": "same consonants, other vowels",
    "translated": "one word of it is translated",
    "typo": "one letter off, perhaps a slip",
}
_PARTS = re.compile(r"\s*[,;()\[\]]+\s*|\s+[-–]\s+")
UNITS = (Kind.COUNTRY, Kind.PROVINCE, Kind.DISTRICT)
"""Kinds of place that contain other places by their codes."""


class Match(NamedTuple):
    """A place that may be meant, how surely (0 to 1), and why."""

    place: Place
    score: float
    evidence: tuple[Evidence, ...]


class Wanted(NamedTuple):
    """What else must hold of an answer. `within` are units that must contain it."""

    within: tuple[Place, ...] = ()
    kind: Kind | None = None
    on: date | None = None


def find(lookup: Lookup, description: str, wanted: Wanted, sources: Mapping[tuple[str, str], tuple[str, ...]]) -> list[Match]:
    """Return every place that the description may mean, best first; `sources` says which lists print a name.

    What the caller wants must hold; what the description itself says ("district", ", Baghlan")
    lowers the score of places of which it does not hold. A description whose first part is
    unknown is answered by the unit said to contain it.
    """
    parts = [readings(part) for part in _PARTS.split(description) if part.strip()]
    found = _answers(lookup, parts, sources)
    return sorted((match for match in found if _holds(match.place, wanted)), key=lambda match: -match.score)


def inside(place: Place, unit: Place) -> bool:
    """Return whether a place is the unit or lies in it, by its codes."""
    if unit.kind is Kind.COUNTRY:
        return place.country == unit.country
    return unit.id in (place.id, place.admin1_pcode, place.admin2_pcode)


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


def spelt(query: str, match: NameMatch, sources: tuple[str, ...]) -> str:
    """Say in words how a name was met: as which list spells it, and what the spellings differ in."""
    where = f"spelt {match.name!r}" + (f" in {', '.join(sources)}" if sources else "")
    if match.tier == "spelling":
        return where
    if match.tier == "form":
        return f"{where}; differs in: {', '.join(differences(query, match.name)) or 'several things at once'}"
    return f"{where}; {_MET[match.tier]}"


def _answers(
    lookup: Lookup, parts: list[tuple[Said, ...]], sources: Mapping[tuple[str, str], tuple[str, ...]]
) -> Collection[Match]:
    if not parts:
        return ()
    asked, *rest = parts
    containers = [units for part in rest if (units := _units(lookup, part))]
    best: dict[str, Match] = {}
    for reading in asked:
        partly = bool(best)
        for found in lookup(reading.name):
            match = _match(found, reading, containers, sources)
            match = _less(match, reading, asked[0]) if partly else match
            if match.place.id not in best or match.score > best[match.place.id].score:
                best[match.place.id] = match
    return best.values() or [_stand_in(match, asked[-1].name) for match in _answers(lookup, rest, sources)]


def _units(lookup: Lookup, part: tuple[Said, ...]) -> list[Place]:
    """The units that the first reading to name any of them names, those of the kind said if there are such."""
    for name, kind in part:
        units = [match.place for match in lookup(name) if match.place.kind in UNITS]
        if units:
            return [unit for unit in units if kind is None or unit.kind is kind] or units
    return []


def _match(
    match: NameMatch, asked: Said, containers: list[list[Place]], sources: Mapping[tuple[str, str], tuple[str, ...]]
) -> Match:
    place, score = match.place, match.score
    evidence = [Evidence("name", match.score, spelt(asked.name, match, sources.get((place.id, match.name), ())))]
    if match.weak:
        evidence.append(Evidence("weak_name", 0.0, f"{match.name!r} usually means something else"))
    for units in containers:
        where = next((unit for unit in units if inside(place, unit)), None)
        score *= 1.0 if where else OUTSIDE
        note = f"lies in {where.name}" if where else f"does not lie in {units[0].name}"
        evidence.append(Evidence("within", 1.0 if where else OUTSIDE, note))
    if asked.kind is not None:
        share = 1.0 if fits(place.kind, asked.kind) else OTHER_KIND
        score *= share
        evidence.append(Evidence("kind", share, f"of kind {place.kind}" + ("" if share == 1.0 else f", not {asked.kind}")))
    return Match(place, round(score, 4), tuple(evidence))


def _less(match: Match, reading: Said, whole: Said) -> Match:
    note = f"{whole.name!r} is a name as a whole; this is {reading.name!r} alone"
    return Match(match.place, round(match.score * LEFT_OUT, 4), (*match.evidence, Evidence("left_out", LEFT_OUT, note)))


def _stand_in(match: Match, unknown: str) -> Match:
    note = f"{unknown!r} is not in the gazetteer; {match.place.name} is said to contain it"
    return Match(match.place, round(match.score * CONTAINER, 4), (Evidence("container", CONTAINER, note), *match.evidence))


def _holds(place: Place, wanted: Wanted) -> bool:
    return (
        (wanted.kind is None or fits(place.kind, wanted.kind))
        and valid(place, wanted.on)
        and (not wanted.within or any(inside(place, unit) for unit in wanted.within))
    )
