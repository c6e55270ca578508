"""Weighs a place against what a description says beside its name: a name met -> a score from 0 to 1, with reasons in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from mapper.gazetteer.description import Part
from mapper.gazetteer.distance import distance
from mapper.gazetteer.kinds import Said, fits
from mapper.gazetteer.lookup import TIERS, Index, NameMatch
from mapper.gazetteer.relations import UNITS, akin, extent, holds
from mapper.gazetteer.romanise import differences, spelling
from mapper.model import Evidence, Kind, Place

OUTSIDE = 0.4
"""The share of a score left to a place that does not lie where the description says."""
OTHER_KIND = 0.75
"""The share left to a place that is not of the kind that the description says."""
TOWN_OF_DISTRICT = 0.95
"""The share left to a district whose town is meant: its point is that of its seat."""
CAPITAL_AS_VILLAGE = 0.45
"""The share left to a provincial capital where a village is meant."""
ADJOINING = 0.75
"""The share left to the one place of its name that lies just outside of where the description says."""
ALONE = 0.6
"""The share left to a name that usually means something else, where nothing else speaks for the place."""
FORMER = 0.9
"""The share left to a unit that is no more, where the caller gives no day."""
SHORT = 8
"""Letters of a name below which equal consonants alone are no likeness."""
ASIDE = 0.8
"""The share left to a place that lies far from what the description says is near."""
LEFT_OUT = 0.9
"""The share left to a name that is a part of the phrase, where more of the phrase is a name, too."""
CONTAINER = 0.7
"""The share left to a place that answers for one inside it which the gazetteer does not know."""
NEAR = 0.75
"""The share left to a place that answers for one near it."""
CONTRADICTED = 0.6
"""The share left to what is said to contain a unit that lies elsewhere: one of the two is not meant, and nobody knows which."""
FURTHER = 0.85
"""The share left for each step from what is asked for to the place that answers for it."""

NEARBY_KM = 75.0
"""Within which places are near each other, as news goes."""
ADJOINING_KM = 60.0
"""From a district's seat to the next place of a province that it adjoins."""
VILLAGE_KM = 15.0
"""The same from any other place; there are too many of one name to look farther."""

_MET = {
    "consonants": "same consonants, other vowels",
    "near": "sounds much like it, and like no other name there",
    "translated": "one word of it is translated",
    "typo": "one letter off, perhaps a slip",
}


class Match(NamedTuple):
    """A place that may be meant, how surely (0 to 1), and why."""

    place: Place
    score: float
    evidence: tuple[Evidence, ...]


class Context(NamedTuple):
    """What else a description names: the units said to hold a place (each as all it may mean), and what is near it, with km."""

    containers: list[list[Place]]
    near: list[tuple[Place, float]]
    on: date | None = None


def weigh(index: Index, match: NameMatch, asked: Said, context: Context) -> Match:
    """Return how well a place whose name was met fits what else is said of it.

    "Banu district" is the district of which Banu is the seat.
    """
    place, score = match.place, match.score
    evidence = [Evidence("name", match.score, spelt(asked.name, match, index.sources.get((place.id, match.name), ())))]
    if asked.kind is Kind.DISTRICT and place.id in index.seat_of:
        place = index.seat_of[place.id]
        evidence.append(Evidence("seat", 1.0, f"{match.place.name} is the seat of the district"))
    sure = match.tier != "near" or asked.kind is Kind.DISTRICT
    if sure and any(units[0].kind is not Kind.COUNTRY for units in context.containers) and held(place, context):
        score = (1 + score) / 2  # one province has few names that are like each other
    if place.covers:
        evidence.append(Evidence("extent", 1.0, extent(place, index.places)))
    for name, share, note in _shares(index, match, place, asked, context):
        score *= share
        evidence.append(Evidence(name, share, note))
    return Match(place, round(score, 4), tuple(evidence))


def left_out(match: Match, reading: Said, whole: Said) -> Match:
    """Return the match of a part of a phrase, where a larger part of the phrase is a name, too."""
    note = f"{whole.name!r} is a name as a whole; this is {reading.name!r} alone"
    return Match(match.place, round(match.score * LEFT_OUT, 4), (*match.evidence, Evidence("left_out", LEFT_OUT, note)))


class Standing(NamedTuple):
    """How a place stands in: how many places away from what is asked for, and whether that is known, and known to lie elsewhere."""

    steps: int
    known: bool
    contradicted: bool


def stand_in(match: Match, part: Part, asked: Part, standing: Standing) -> Match:
    """Return the match of a part that answers for what is asked for."""
    share = round((NEAR if part.near else CONTAINER) * FURTHER ** max(0, standing.steps - 1), 4)
    share = round(share * CONTRADICTED, 4) if standing.contradicted else share
    if part.near:
        evidence = Evidence("near", share, f"said to be near {match.place.name}")
    else:
        note = f"{match.place.name} is said to contain {asked.text!r}"
        doubt = ", which lies elsewhere" if standing.contradicted else "" if standing.known else ", which is not known here"
        evidence = Evidence("container", share, note + doubt)
    return Match(match.place, round(match.score * share, 4), (evidence, *match.evidence))


def spelt(query: str, match: NameMatch, sources: tuple[str, ...]) -> str:
    """Say in words how a name was met: as which list spells it, and what the spellings differ in."""
    where = f"spelt {match.name!r}" + (f" in {', '.join(sources)}" if sources else "")
    if match.tier == "spelling":
        return where
    if match.tier == "form":
        return f"{where}; differs in: {', '.join(differences(query, match.name)) or 'several things at once'}"
    return f"{where}; {_MET[match.tier]}"


def held(place: Place, context: Context) -> bool:
    """Return whether a place lies in all that the description says contains it."""
    return all(any(holds(unit, place) for unit in units) for units in context.containers)


def _shares(index: Index, match: NameMatch, place: Place, asked: Said, context: Context) -> Iterator[tuple[str, float, str]]:
    """What the description says beside the name: which reason, the share of the score that it leaves, and words."""
    for units in context.containers:
        yield "within", *_within(index, match, place, units)
    if asked.kind is not None:
        yield "kind", *kind_share(index, place, asked.kind)
    somewhere = any(units[0].kind is not Kind.COUNTRY for units in context.containers)
    called = asked.kind in UNITS and place.kind is asked.kind
    if not somewhere and asked.kind is Kind.VILLAGE and place.kind is Kind.DISTRICT:
        yield "alone", ALONE, "villages of one name are many"
    if not (somewhere or called) and _faint(match):
        yield "alone", ALONE, "so little alike, it may be a name of another country"
    if place.valid_to and context.on is None:
        yield "former", FORMER, f"stood until {place.valid_to}"
    if match.weak:
        yield "weak_name", 1.0 if somewhere or called else ALONE, f"{match.name!r} usually means something else"
    if context.near and place.kind not in (Kind.COUNTRY, Kind.PROVINCE) and place != context.near[0][0]:
        yield "near", *_nearness(place, context.near)


def _faint(match: NameMatch) -> bool:
    """Whether a likeness is too little by itself: foreign names are as like (Loristan, Mardan). Names of two words are not."""
    return len(spelling(match.name).split()) == 1 and (
        match.tier == "typo" or (match.tier == "consonants" and len(match.name) < SHORT)
    )


def _within(index: Index, match: NameMatch, place: Place, units: list[Place]) -> tuple[float, str]:
    where = next((unit for unit in units if holds(unit, place)), None)
    if where:
        return 1.0, f"lies in {where.name}"
    if _adjoins(index, match, units):
        return ADJOINING, f"does not lie in {units[0].name}, but close to it, and there is no other of that name"
    return OUTSIDE, f"does not lie in {units[0].name}"


def _nearness(place: Place, near: list[tuple[Place, float]]) -> tuple[float, str]:
    km, other, said = min((distance(place.point, other.point), other.name, said) for other, said in near)
    return 1.0 if km <= max(NEARBY_KM, 2 * said) else ASIDE, f"{km:.0f} km from {other}"


def kind_share(index: Index, place: Place, said: Kind) -> tuple[float, str]:
    """Return the share left to a place that is said to be of a kind, and why."""
    if said is Kind.VILLAGE and place.id in index.capitals:
        return CAPITAL_AS_VILLAGE, "a provincial capital, no village"
    if fits(place.kind, said):
        return 1.0, f"of kind {place.kind}"
    if said is Kind.CITY and place.kind is Kind.DISTRICT and place.id not in index.seats:
        return TOWN_OF_DISTRICT, "the town of the district"
    return OTHER_KIND, f"of kind {place.kind}, not {said}"


def _adjoins(index: Index, match: NameMatch, units: list[Place]) -> bool:
    """Whether it lies just outside of all the units, and nothing else has its name: borders move, and reporters err."""
    if match.weak or match.score < TIERS["form"] or not all(unit.kind in (Kind.PROVINCE, Kind.DISTRICT) for unit in units):
        return False
    if any(not akin(other.place, match.place) for other in index.lookup(match.name)):
        return False
    reach = ADJOINING_KM if match.place.kind is Kind.DISTRICT else VILLAGE_KM
    return any(distance(match.place.point, other.point) <= reach for unit in units for other in index.within(unit.id))
