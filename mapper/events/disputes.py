"""Turns a case into the fields on which its claims disagree, each with all its versions and who says which."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from mapper.events.cases import Case
from mapper.events.codebook import FORCED, NO_SHOT, Family
from mapper.events.denials import of_the_event, of_the_manner
from mapper.events.facts import Fact
from mapper.events.tolls import Figure, figures
from mapper.model import Contradiction, Harm, Mutation, Version

_HARMED = frozenset({"civilians", "protesters", "rioters"})
_HANDLING = ("Excessive force against protesters", "Protest with intervention", "Violent demonstration", "Mob violence")
"""Accounts of a demonstration that exclude one another; that it began in peace excludes none."""
_OPEN = float("inf")


def contradictions(case: Case, elsewhere: Sequence[Mutation] = ()) -> tuple[Contradiction, ...]:
    """Return what is disputed in a case; `elsewhere` are the mutations that moved it to another place."""
    found = []
    for field, versions in FIELDS.items():
        values = versions(case)
        if field == "place" and elsewhere:
            values = _moved(case, values, elsewhere)
        if len(values) > 1:
            found.append(Contradiction(field, tuple(Version(value, tuple(sorted(ids))) for value, ids in values.items())))
    return tuple(found)


Versions = dict[str, list[str]]
"""Value -> ids of the claims that give it, in the order in which they were first printed."""


def _told(case: Case) -> list[Fact]:
    return [*case.facts, *case.rivals]


def _grouped(pairs: Iterable[tuple[str, Fact]]) -> Versions:
    values: Versions = {}
    for value, fact in pairs:
        ids = values.setdefault(value, [])
        if fact.id not in ids:
            ids.append(fact.id)
    return values


def _occurred(case: Case) -> Versions:
    denials = [fact for fact in case.denials if of_the_event(case, fact)]
    if not denials:
        return {}
    return _grouped([*(("yes", fact) for fact in case.facts), *(("no", fact) for fact in [*denials, *case.rivals])])


def _date(case: Case) -> Versions:
    return _grouped((fact.day.isoformat(), fact) for fact in _told(case) if fact.day and fact.dated and fact.unit == case.unit)


def _place(case: Case) -> Versions:
    """Two settlements of one unit; that one source names the unit and another a village in it is no contradiction."""
    return _grouped((fact.claim.place.name, fact) for fact in _told(case) if fact.claim.place and fact.spot)


def _moved(case: Case, values: Versions, elsewhere: Sequence[Mutation]) -> Versions:
    """Add the places that rewriters moved the event to, in their words, to those where it is said to have been."""
    here = values or {elsewhere[0].before: [fact.id for fact in case.facts if fact.unit == case.unit]}
    moved: Versions = {}
    for mutation in elsewhere:
        moved.setdefault(mutation.after, []).append(mutation.to_claim_id)
    return {**here, **moved}


def _actor(case: Case) -> Versions:
    """Who did it, where one side did: a denier who names nobody known names somebody else all the same."""
    if case.battle:
        return {}
    doers = [fact for fact in case.facts if fact.claim.actor and fact.actor and fact.actor not in _HARMED]
    others = [fact for fact in case.rivals if fact.claim.actor and fact.actor not in _HARMED]
    sides = {fact.actor for fact in doers} | {fact.actor or fact.claim.actor for fact in others}
    return _grouped((fact.claim.actor or "", fact) for fact in [*doers, *others]) if len(sides) > 1 else {}


def _manner(case: Case) -> Versions:
    if case.taking:
        quiet = [fact for fact in case.denials if of_the_manner(case, fact)]
        forced = [("by force", fact) for fact in _told(case) if fact.claim.sub_event_type in FORCED]
        return _grouped([*forced, *(("without a fight", fact) for fact in [*_unforced(case), *quiet])])
    if Family.CROWD in case.families:
        return _grouped((fact.claim.sub_event_type or "", fact) for fact in _told(case) if fact.claim.sub_event_type in _HANDLING)
    return {}


def _unforced(case: Case) -> list[Fact]:
    return [fact for fact in _told(case) if fact.claim.sub_event_type == NO_SHOT]


def _killed(case: Case) -> Versions:
    return _counted(figures(case, Harm.KILLED, _told(case)))


def _wounded(case: Case) -> Versions:
    return _counted(figures(case, Harm.WOUNDED, _told(case)))


FIELDS: Mapping[str, Callable[[Case], Versions]] = {
    "occurred": _occurred,
    "date": _date,
    "place": _place,
    "actor": _actor,
    "manner": _manner,
    "killed": _killed,
    "wounded": _wounded,
}
"""Each field that claims may dispute, and how its versions are found; more than one is a contradiction."""


def _counted(counted: Sequence[Figure]) -> Versions:
    """Return the figures that exclude one another: for the same people, with no number common to both."""
    numbered = [figure for figure in counted if not figure.count.vague]
    disputed = [one for one in numbered if any(_exclude(one, two) for two in numbered)]
    return _grouped((words(figure), figure.fact) for figure in disputed)


def _exclude(one: Figure, two: Figure) -> bool:
    if one.side and two.side and one.side != two.side:
        return False
    return _least(one) > _most(two) or _least(two) > _most(one)


def _least(figure: Figure) -> int:
    return 0 if figure.count.harm is Harm.KILLED_OR_WOUNDED else figure.count.low or 0


def _most(figure: Figure) -> float:
    return _OPEN if figure.count.high is None else figure.count.high


def words(figure: Figure) -> str:
    """Return a count in words, as the article states it: "at most 40 Taliban over 3 places"."""
    stated, low, high = figure.stated, figure.stated.low, figure.stated.high
    if low == high:
        number = f"{low}"
    elif high is None:
        number = f"at least {low}"
    else:
        number = f"at most {high}" if low is None else f"{low} to {high}"
    either = " killed or wounded" if stated.harm is Harm.KILLED_OR_WOUNDED else ""
    places = f" over {figure.count.total_over} places" if figure.count.total_over > 1 else ""
    return " ".join(filter(None, (number, stated.side))) + either + places
