"""Answers a place description ("Khost, Baghlan"; "Nad Ali district") with ranked places and reasons in words."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from mapper.gazetteer.arranging import arranged, named_by, units_of
from mapper.gazetteer.description import FAR_KM, Part, parts, urban
from mapper.gazetteer.kinds import SETTLEMENTS, Said
from mapper.gazetteer.lookup import TIERS, Index
from mapper.gazetteer.relations import UNITS, akin, inside, valid
from mapper.gazetteer.weighing import CONTAINER, OTHER_KIND, Context, Match, Standing, held, kind_share, left_out, stand_in, weigh
from mapper.model import Evidence, Kind, Place

REFUSED = 0.5
"""Scores below it answer nothing: the description says what does not hold of the place, or names it by a word with another meaning."""

LEAD = 0.05
"""The share of the best score by which another place must stay behind: a list's spelling is no better than a form of it."""


class Wanted(NamedTuple):
    """What else must hold of an answer. `within` are units that must contain it."""

    within: tuple[Place, ...] = ()
    kind: Kind | None = None
    on: date | None = None


class Answer(NamedTuple):
    """The places that a description means, best first; or none, and in words why it is refused."""

    matches: tuple[Match, ...]
    refused: str | None


def find(index: Index, description: str, wanted: Wanted) -> list[Match]:
    """Return every place that the description may mean, best first.

    What the caller wants must hold; what the description itself says ("district", ", Baghlan")
    lowers the score of places of which it does not hold. A description whose first part is
    unknown is answered by what is said to contain it, or to be near it.
    """
    best: dict[str, tuple[float, int, Match]] = {}
    for rank, match in _answers(index, arranged(index, description), wanted):
        if wanted.kind is Kind.DISTRICT and match.place.id in index.seat_of:
            match = match._replace(place=index.seat_of[match.place.id])
        if _holds(index, match.place, wanted) and (-match.score, rank) < best.get(match.place.id, (1.0, 0))[:2]:
            best[match.place.id] = -match.score, rank, match
    return [match for _, _, match in sorted(best.values(), key=lambda found: found[:2])]


def answer(index: Index, found: Sequence[Match], description: str, limit: int) -> Answer:
    """Return what a description means: the best of the places found. Where several are level, what holds them all.

    A provincial capital wins over other places of its name. Refused when nothing is found, when too
    little fits, and when places of different provinces fit equally well.
    """
    enough = [match for match in found if match.score >= REFUSED]
    if not enough:
        return Answer((), f"{description!r}: {_why_nothing(found, description)}")
    level = [match for match in enough if match.score > enough[0].score * (1 - LEAD)]
    rivals = [match for match in level[1:] if not akin(match.place, level[0].place)]
    if not rivals or _outshines(index, level[0], rivals):
        return Answer(tuple(enough[:limit]), None)
    for match in enough[len(level) :]:
        if match.place.kind in UNITS and all(inside(rival.place, match.place) for rival in level):
            return Answer((match, *level)[:limit], None)
    names = " or ".join(_described(match.place) for match in (level[0], *rivals))
    province = index.places.get(level[0].place.admin1_pcode or "")
    if province and all(inside(match.place, province) for match in level):
        note = Evidence("container", CONTAINER, f"may be {names}; all of them lie in {province.name}")
        return Answer((Match(province, round(level[0].score * CONTAINER, 4), (note,)), *level)[:limit], None)
    return Answer((), f"{description!r} may be {names}; say in which province")


def _why_nothing(found: Sequence[Match], description: str) -> str:
    if found:
        return f"too little fits {found[0].place.name}: {found[0].evidence[0].note}"
    far = [part for part in parts(description) if FAR_KM < part.km < math.inf]
    return f"{far[0].km:.0f} km from {far[0].text} may be in any district" if far else "no place of that name"


def _outshines(index: Index, best: Match, rivals: Sequence[Match]) -> bool:
    """Whether it is a provincial capital that is named itself, and its namesakes are none."""
    capitals = [match for match in (best, *rivals) if match.place.id in index.capitals]
    return capitals == [best] and all(match.evidence[0].name == "name" for match in (best, *rivals))


def _described(place: Place) -> str:
    return f"{place.name} ({place.kind}{f', {place.admin1}' if place.admin1 and place.admin1 != place.name else ''})"


def _answers(index: Index, named: Sequence[Part], wanted: Wanted) -> Iterator[tuple[int, Match]]:
    given = _anchored([(part, units_of(index, part)) for part in named])
    known, contradicted = False, False
    for part in named:
        containers = _growing([units for other, units in given if units and other.rank > part.rank and not other.near])
        context = Context(
            [*containers, list(wanted.within)] if wanted.within else containers,
            [
                (match.place, other.km)
                for other in named
                if other != part and (other.near or other.rank == part.rank)
                for match in named_by(index, other)
            ],
            wanted.on,
        )
        found = list(_matches(index, part, context))
        if context.containers and not any(held(match.place, context) for match in found):
            found += _near(index, part, context, wanted.kind)
        if part is named[0]:
            contradicted = _contradicted(part, found, context)
        known = known or bool(found)
        if part.km > FAR_KM:
            continue
        if part.near:
            wide = (Kind.COUNTRY, Kind.PROVINCE)  # near a province is in another
            found = [m for m in found if m.place.kind not in wide and part.readings[-1].kind not in wide]
        if part.rank or part.near:
            named_again = [units for other, units in given if other.rank > part.rank]
            steps = len({other.rank for other in named if other.rank < part.rank and not other.near})
            stands = _largest(found, urban(named[0]), named_again)
            found = [stand_in(match, part, named[0], Standing(steps, known, contradicted)) for match in stands]
        yield from ((part.rank, match) for match in found)


def _contradicted(part: Part, found: Sequence[Match], context: Context) -> bool:
    """Whether what is asked for is a unit that does not lie where it is said to, so that nothing may stand in for it."""
    if part.near or part.readings[-1].kind in SETTLEMENTS or not context.containers:
        return False
    units = [m for m in found if m.place.kind in (Kind.PROVINCE, Kind.DISTRICT) and m.evidence[0].weight == TIERS["spelling"]]
    return bool(units) and all(match.score < REFUSED for match in found)


def _anchored(given: list[tuple[Part, list[Place]]]) -> list[tuple[Part, list[Place]]]:
    """Leave out units that do not fit the first province that is named after what is asked for: they are named in passing."""
    held = [units for part, units in given if part.rank and not part.near]
    provinces = [units for units in held if any(unit.kind is Kind.PROVINCE for unit in units)]
    districts = [units for units in held if any(unit.kind is Kind.DISTRICT for unit in units)]
    anchor = provinces[0] if provinces else districts[-1] if districts else None
    if anchor is None:
        return given
    fitting = [(part, [u for u in units if any(inside(u, a) or inside(a, u) for a in anchor)]) for part, units in given]
    return [(part, kept if part.rank else units) for (part, kept), (_, units) in zip(fitting, given, strict=True)]


def _growing(containers: list[list[Place]]) -> list[list[Place]]:
    """Leave out what is smaller than a container before it: "Jabal us-Saraj, Parwan, near Salang"."""
    kept: list[list[Place]] = []
    for units in containers:
        if not any(all(any(unit != larger and inside(unit, larger) for larger in before) for unit in units) for before in kept):
            kept.append(units)
    return kept


def _matches(index: Index, part: Part, context: Context) -> Iterator[Match]:
    partly = False
    for reading in part.readings:
        found = index.lookup(reading.name)
        for name in found:
            match = weigh(index, name, reading, context)
            yield left_out(match, reading, part.readings[0]) if partly else match
        partly = partly or bool(found)


def _near(index: Index, part: Part, context: Context, wanted: Kind | None) -> Iterator[Match]:
    """The names of the unit said to contain it that sound like what is asked for."""
    name, said = part.readings[-1]
    asked = Said(name, said or (None if part.rank else wanted))
    for unit in context.containers[0]:
        if unit.kind is not Kind.COUNTRY:
            for found in index.near(name, unit.id, asked.kind if asked.kind is Kind.DISTRICT else None):
                yield weigh(index, found, asked, context)


def _largest(found: list[Match], town: bool, named_again: list[list[Place]]) -> list[Match]:
    """Of a name that is both a town's and its province's, the province, for it holds what lies in either.

    The town where what is asked for is found in towns alone, or the province is named besides.
    """
    again = {unit.id for units in named_again for unit in units}
    less = [m for m in found if m.place.id not in again or not any(o != m and inside(o.place, m.place) for o in found)]
    if town:
        return [match for match in less if match.place.kind in SETTLEMENTS] or less
    units = [match for match in less if match.place.kind in UNITS]
    return [
        match
        for match in less
        if not any(unit.score >= match.score and unit.place != match.place and inside(match.place, unit.place) for unit in units)
    ]


def _holds(index: Index, place: Place, wanted: Wanted) -> bool:
    return (
        (wanted.kind is None or kind_share(index, place, wanted.kind)[0] > OTHER_KIND)
        and valid(place, wanted.on)
        and (not wanted.within or any(inside(place, unit) for unit in wanted.within))
    )
