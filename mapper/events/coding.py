"""Turns a case into an event: each cell coded by a rule with an id."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeVar

from mapper.actors import Actors
from mapper.events.cases import Case
from mapper.events.codebook import (
    BATTLE,
    FORCED,
    NO_SHOT,
    OVERTAKES,
    PRECEDENCE,
    REGAINS,
    SPOTS,
    Family,
    geo_precision,
)
from mapper.events.denials import of_the_event
from mapper.events.disputes import contradictions
from mapper.events.facts import Fact
from mapper.events.grades import grade, stake
from mapper.events.tolls import figures, toll
from mapper.gazetteer import Gazetteer
from mapper.model import SUB_EVENT_TYPES, Control, Event, Harm, Mutation, Place, Status

_STRONGEST = (Status.ASSERTED, Status.ONGOING, Status.UNCONFIRMED)
_MOVING = frozenset({"control", "place"})
"""Mutations that make an event where there was none."""
_DAY = timedelta(days=1)
_Value = TypeVar("_Value", date, str)


@dataclass(frozen=True, slots=True)
class Context:
    """What coding a case asks of the other cases: what was changed on the way, and who held the place when."""

    actors: Actors
    gazetteer: Gazetteer
    mutations: Mapping[str, Sequence[Mutation]]
    """Claim id -> what was changed in it, or in what was made of it."""
    case_of: Mapping[str, Case]
    facts: Mapping[str, Fact]
    held: Mapping[str, Sequence[tuple[date, str]]]
    """Place -> (day, side) of each claim that a side took or holds it."""


def code(case: Case, event_id: str, context: Context) -> Event:
    """Code a case. Every value follows from its claims, whatever their order."""
    rules: set[str] = set()
    day, precision = _day(case, rules)
    sub = _sub_event(case, context.actors, rules)
    place = _place(case, context.gazetteer)
    actor1, actor2 = _actors(case, sub, rules)
    changed = _mutations(case, context)
    distorted = _distorted(case, context)
    denying = [fact for fact in case.denials if of_the_event(case, fact)]
    speaking = [] if distorted else [fact for fact in case.facts if fact.origin.independent and not _moved(fact, context)]
    confidence, reason = grade(speaking, denying, _loser(case), distorted, context.actors)
    fatalities, wounded = toll(case, Harm.KILLED), toll(case, Harm.WOUNDED)
    disputed = contradictions(case, _elsewhere(case, context))
    provisional = _provisional(case, sub, day, context)
    origins = sorted({fact.origin.id for fact in case.facts})
    event = Event(
        id=event_id,
        event_date=day,
        time_precision=precision,
        event_type=SUB_EVENT_TYPES[sub],
        sub_event_type=sub,
        actor1=actor1,
        actor2=actor2,
        place=place,
        place_name=place.name if place else case.facts[0].claim.place_name,
        geo_precision=geo_precision(place) if place else None,
        fatalities_low=fatalities[0],
        fatalities_high=fatalities[1],
        wounded_low=wounded[0],
        wounded_high=wounded[1],
        status=next((s for s in _STRONGEST if any(fact.claim.status is s for fact in case.facts)), Status.ASSERTED),
        claim_ids=tuple(sorted({fact.id for fact in case.facts})),
        article_ids=tuple(sorted({fact.article for fact in case.facts})),
        origin_ids=tuple(origins),
        independent_origins=len({fact.voice for fact in speaking}),
        rules=(),
        contradictions=disputed,
        mutations=tuple(changed),
        only_by_mutation=distorted,
        provisional=provisional,
        confidence=confidence,
        confidence_reason=reason,
    )
    return replace(event, rules=tuple(sorted(rules | _cited(case, event))))


def event_ids(cases: Sequence[Case]) -> list[str]:
    """Return an id for each case, from its first report alone: place, day, sides and kind as first printed.

    Cases come in the order of printing, so a later article changes no id. Two cases that were first
    reported alike are told apart by their order.
    """
    taken: Counter[str] = Counter()
    ids = []
    for case in cases:
        first = case.opener
        kind = "battle" if first.family in BATTLE else f"{first.family} {first.claim.sub_event_type}"
        key = "|".join((case.unit, str(first.day or first.published), ",".join(sorted(first.sides)), kind))
        ids.append(_event_id(key, taken[key]))
        taken[key] += 1
    return ids


def _event_id(key: str, twin: int) -> str:
    """Return an id that nobody takes for one of ACLED's, which are three letters and a number."""
    digest = hashlib.sha256(key.encode()).hexdigest()[:12]
    return f"event-{digest}" if not twin else f"event-{digest}-{twin + 1}"


def _day(case: Case, rules: set[str]) -> tuple[date | None, int | None]:
    """Return the day that most independent origins give (MAPPER-day-by-origins), and its precision.

    Where none states the very day it is the earliest: a day of the report is only the last that it can have been.
    """
    placed = [fact for fact in case.facts if fact.day and fact.unit == case.unit]
    days = {fact.day for fact in placed if fact.day}
    if not days:
        return None, None
    votes = _votes([(fact.day, fact) for fact in placed if fact.day and fact.dated])
    best = max(votes, key=lambda day: votes[day]) if votes else min(days)
    if len(days) > 1:
        rules |= {"MAPPER-day-by-origins", "MAPPER-adjacent-day"}
    return best, min(fact.precision for fact in placed if fact.day == best)


def _votes(given: Iterable[tuple[_Value, Fact]]) -> dict[_Value, tuple[int, int]]:
    """Return for each value how many independent speakers and how many claims give it, the first printed first."""
    voices: dict[_Value, set[str]] = {}
    claims: Counter[_Value] = Counter()
    for value, fact in given:
        voices.setdefault(value, set()).update({fact.voice} if fact.origin.independent else ())
        claims[value] += 1
    return {value: (len(found), claims[value]) for value, found in voices.items()}


def _sub_event(case: Case, actors: Actors, rules: set[str]) -> str:
    """Return the sub-event type: the manner of a taking, else the highest in ACLED's order."""
    if case.taking:
        return _manner(case, actors, rules)
    if len(case.subs) > 1:
        rules.add("ACLED-battle-absorbs" if case.battle else "ACLED-hierarchy")
    told = {fact.claim.sub_event_type for fact in case.facts} & case.subs or case.subs
    ranked = sorted(filter(None, told), key=lambda sub: PRECEDENCE[sub])
    if case.battle:
        return "Armed clash"
    return ranked[0]


def _manner(case: Case, actors: Actors, rules: set[str]) -> str:
    """Return by force or not, as most independent origins say (MAPPER-manner-by-origins).

    A claim that joined without a day of its own is not heard where others state the day.
    """
    if Family.FIGHT in case.families:
        rules.add("ACLED-final-capture")
    if case.subs - FORCED - {NO_SHOT, "Armed clash"}:
        rules.add("ACLED-battle-absorbs")
    told = [fact for fact in case.facts if fact.claim.control is not Control.NONE] or case.facts
    told = [fact for fact in told if fact.day and fact.claim.sub_event_type] or told
    forced = [fact for fact in told if fact.claim.sub_event_type in FORCED]
    quiet = [fact for fact in told if fact.claim.sub_event_type == NO_SHOT]
    if not forced and not quiet:
        forced = [fact for fact in case.facts if fact.claim.sub_event_type in FORCED]
    if quiet and forced:
        rules.add("MAPPER-manner-by-origins")
    if quiet and (not forced or _outweighs(quiet, forced, _loser(case), actors)):
        rules.add("ACLED-transfer")
        return NO_SHOT
    by = Counter(fact.claim.sub_event_type for fact in forced)
    sub = min(by, key=lambda name: (-by[name], name or "")) if by else None
    sub = sub or (REGAINS if case.taker is not None and case.taker == actors.state(min(case.days, default=None)) else OVERTAKES)
    rules |= {"ACLED-regains" if sub == REGAINS else "ACLED-overtakes", "UCDP-capital"}
    return sub


def _outweighs(quiet: Sequence[Fact], forced: Sequence[Fact], loser: str | None, actors: Actors) -> bool:
    """Tell whether "without a fight" is better attested than "by force"; where level, the loser's own word decides."""
    one, two = (len({fact.voice for fact in facts if fact.origin.independent}) for facts in (quiet, forced))
    if one != two:
        return one > two
    return loser is not None and any(stake(fact, actors) == loser for fact in quiet)


def _loser(case: Case) -> str | None:
    return case.loser if case.taking else None


def _place(case: Case, gazetteer: Gazetteer) -> Place | None:
    """Return the place: what all claims name, else the one settlement of an incident, else the admin unit.

    A taking is of the unit, not of the one village that a source names.
    """
    named = {fact.claim.place.id: fact.claim.place for fact in case.facts if fact.claim.place and fact.unit == case.unit}
    if not named:
        return None
    if len(named) == 1:
        return next(iter(named.values()))
    spots = [place for place in named.values() if place.kind in SPOTS]
    if len(spots) == 1 and not case.taking:
        return spots[0]
    place = min(named.values(), key=lambda place: place.id)
    return gazetteer.unit(place.unit) if place.unit else place


def _actors(case: Case, sub: str, rules: set[str]) -> tuple[str | None, str | None]:
    """Return who did it and to whom, as most independent origins name them."""
    if case.taking:
        taken = [fact for fact in case.facts if fact.taker or fact.loser] or case.facts
        gained = [fact for fact in taken if fact.claim.control is not Control.LOST]
        lost = [fact for fact in taken if fact.claim.control is Control.LOST]
        return _most([*_names(gained, "actor"), *_names(lost, "target")]), _most(
            [*_names(gained, "target"), *_names(lost, "actor")]
        )
    about = [fact for fact in case.facts if fact.claim.sub_event_type == sub] or case.facts
    one, two = _most(_names(about, "actor")), _most(_names(about, "target"))
    if case.battle and one == two:
        two = None
    sides = {
        name: getattr(fact, role) for fact in case.facts for role in ("actor", "target") if (name := getattr(fact.claim, role))
    }
    if one and two and sides.get(one) == "civilians":
        one, two = two, one
    if two and sides.get(two) == "civilians":
        rules.add("ACLED-civilians-second")
    return one, two


def _names(facts: Iterable[Fact], role: str) -> list[tuple[str, Fact]]:
    return [(name, fact) for fact in facts if (name := getattr(fact.claim, role))]


def _most(names: Sequence[tuple[str, Fact]]) -> str | None:
    """Return the name that most independent speakers give; one that names nobody known only when there is no other."""
    votes = _votes([(name, fact) for name, fact in names if _known(name, fact)] or names)
    return max(votes, key=lambda name: votes[name]) if votes else None


def _known(name: str, fact: Fact) -> bool:
    """Tell whether a name stands for a side; "unidentified armed group" does not."""
    return (name == fact.claim.actor and fact.actor is not None) or (name == fact.claim.target and fact.target is not None)


def _mutations(case: Case, context: Context) -> list[Mutation]:
    """Return what was changed on the way into this event, and what its claims were changed into that made no event."""
    found = {
        mutation
        for fact in [*case.facts, *case.rivals]
        for mutation in context.mutations.get(fact.id, ())
        if mutation.to_claim_id == fact.id or mutation.to_claim_id not in context.case_of
    }
    return sorted(found, key=lambda mutation: (mutation.to_claim_id, mutation.field, mutation.from_claim_id))


def _elsewhere(case: Case, context: Context) -> list[Mutation]:
    """Return the mutations by which this event was moved to another place by those who passed it on."""
    moved = []
    for fact in case.facts:
        for mutation in context.mutations.get(fact.id, ()):
            if mutation.field == "place" and mutation.from_claim_id == fact.id:
                there = context.facts[mutation.to_claim_id]
                if there.province is None and there.unit != case.unit:
                    moved.append(mutation)
    return sorted(set(moved), key=lambda mutation: (mutation.after, mutation.to_claim_id))


def _distorted(case: Case, context: Context) -> bool:
    """Tell whether all that supports an event came about in rewriting (MAPPER-distorted).

    A claim that was not there before counts as well, where another of its article was moved to this place.
    """
    placed = [fact for fact in case.facts if fact.unit == case.unit]
    moved = {fact.article for fact in placed if _moved(fact, context)}
    return bool(moved) and all(
        _moved(fact, context) or (fact.article in moved and not fact.origin.independent) for fact in placed
    )


def _moved(fact: Fact, context: Context) -> bool:
    return any(m.field in _MOVING and m.to_claim_id == fact.id for m in context.mutations.get(fact.id, ()))


def _provisional(case: Case, sub: str, day: date | None, context: Context) -> str | None:
    """Return why a later report may change the code, None when nothing speaks for it."""
    if sub != OVERTAKES or day is None or case.taker is None:
        return None
    later = [(when, side) for when, side in context.held.get(case.unit, ()) if when >= day]
    lost = [when for when, side in later if side != case.taker and 0 < (when - day).days <= 1]
    if lost:
        return f"lost again by {min(lost).isoformat()}: ACLED codes a taking that does not outlast a day as an Armed clash"
    if not any(side == case.taker and when > day + _DAY for when, side in later):
        return "not known to have lasted more than a day, which ACLED asks of an overtaking"
    return None


ALWAYS = frozenset({"ACLED-place-day-pair", "AJP-2.1-grades"})
"""Rules that every event obeys."""

BY_CASE: Mapping[str, Callable[[Case], bool]] = {
    "ACLED-fatalities-lowest": lambda case: bool(figures(case, Harm.KILLED)),
    "UCDP-range": lambda case: bool(figures(case, Harm.KILLED)),
    "ACLED-fatalities-unspecified": lambda case: any(figure.unspecified for figure in figures(case, Harm.KILLED)),
    "ACLED-toll-split": lambda case: bool(case.shares),
    "MAPPER-province-frames": lambda case: any(fact.unit != case.unit for fact in case.facts),
    "MAPPER-undated-joins": lambda case: bool(case.days) and any(fact.day is None for fact in case.facts),
    "MAPPER-denial-apart": lambda case: bool(case.denials),
}
"""Rules that decided a cell of an event, told by its claims; the others are named where they decide."""

BY_EVENT: Mapping[str, Callable[[Event], bool]] = {
    "ACLED-geo-precision": lambda event: event.geo_precision is not None,
    "ACLED-time-precision": lambda event: event.time_precision is not None,
    "ACLED-overtakes-lasts-a-day": lambda event: event.provisional is not None,
    "MAPPER-distorted": lambda event: event.only_by_mutation,
}
"""Rules that decided a cell, told by the cell."""


def _cited(case: Case, event: Event) -> set[str]:
    by_case = {rule for rule, decided in BY_CASE.items() if decided(case)}
    return {*ALWAYS, *by_case, *(rule for rule, decided in BY_EVENT.items() if decided(event))}
