"""Turns claims and events into the ledger: who is said to hold each admin unit, since when, and how surely."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from mapper.actors import Actors
from mapper.events.codebook import PARTS, TAKINGS
from mapper.events.facts import Fact, read
from mapper.events.grades import stake
from mapper.gazetteer import Gazetteer
from mapper.model import Article, Claim, Control, Event, Evidence, Period, PlaceControl, Standing, Status, Tracing
from mapper.settings import Settings

_LIVE = frozenset({Status.ASSERTED, Status.ONGOING, Status.UNCONFIRMED})
_CHANGE = frozenset({Control.GAINED, Control.LOST})
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Change:
    """A change of hands: the day, who took it from whom (sides), the claims for it, and those that deny it."""

    day: date
    holder: str | None
    loser: str | None
    name: str | None
    facts: tuple[Fact, ...]
    denials: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Hold:
    """A statement that a side holds the place."""

    day: date
    holder: str | None
    name: str | None
    fact: Fact


@dataclass(frozen=True, slots=True)
class File:
    """All that is said of one unit, each list by day."""

    changes: tuple[Change, ...]
    holds: tuple[Hold, ...]
    fights: tuple[tuple[date, str], ...]
    """(day, claim id) of each claim that the place is contested."""
    clashes: tuple[tuple[date, str], ...]
    """(day, claim id) of each clash, which makes a place contested that somebody is said to hold."""
    denials: tuple[Fact, ...]
    parts: tuple[Hold, ...] = ()
    """Statements that a side took or holds a part of it: "most of", "12 of the 15 districts of"."""


@dataclass(frozen=True, slots=True)
class View:
    """What was known by a day: the changes until then, what is said against the last, and who says that the holder holds it."""

    changes: tuple[Change, ...]
    denials: tuple[Fact, ...]
    supporters: tuple[Fact, ...]
    rivals: tuple[Fact, ...]
    fights: tuple[str, ...]
    parts: tuple[Hold, ...]
    """Who else is said to have a part of it."""
    holder: str | None
    actors: Actors

    @property
    def origins(self) -> int:
        """Return how many independent speakers support the holder."""
        return _voices(self.supporters)


@dataclass(frozen=True, slots=True)
class State:
    """What may be said on one day: the standing, the holder's name, the claims for it, and why."""

    standing: Standing
    holder: str | None
    claims: tuple[str, ...]
    origins: int
    reason: Evidence


def ledger(
    claims: Sequence[Claim],
    events: Sequence[Event],
    articles: Sequence[Article],
    tracing: Tracing,
    actors: Actors,
    gazetteer: Gazetteer,
    settings: Settings | None = None,
) -> tuple[PlaceControl, ...]:
    """Return an entry for each province or district of which a claim says who holds it, ordered by P-code.

    What is said of a village counts for its district, what is said of a province for the province
    alone, what is said of the whole country, of a road or an airport for none. A part of a unit is not
    the unit: who has most of it does not hold it. Plans and history make no state.
    """
    actors = reigning(actors, settings or Settings())
    of_unit: dict[str, list[Fact]] = {}
    for fact in read(claims, articles, tracing, actors):
        place = fact.claim.place
        if place and place.unit and place.country == gazetteer.country and place.kind not in PARTS:
            of_unit.setdefault(place.unit, []).append(fact)
    happened: dict[str, list[Event]] = {}
    for event in events:
        if event.place and event.place.unit and not event.only_by_mutation:
            happened.setdefault(event.place.unit, []).append(event)
    distorted = {claim for event in events if event.only_by_mutation for claim in event.claim_ids}
    entries = []
    for unit, said in sorted(of_unit.items()):
        stated = [fact for fact in said if fact.claim.control is not Control.NONE]
        if stated:
            file = _file([fact for fact in said if fact.id not in distorted], happened.get(unit, []), actors)
            entries.append(_entry(unit, stated, file, actors, gazetteer))
    return tuple(entries)


def reigning(actors: Actors, settings: Settings) -> Actors:
    """Return the actors with the state that the settings name, whatever the day."""
    return replace(actors, reigns=((None, None, settings.state),)) if settings.state else actors


def _file(facts: Sequence[Fact], events: Sequence[Event], actors: Actors) -> File:
    by_id = {fact.id: fact for fact in facts}
    changes = [change for event in events if (change := _change(event, by_id, actors))]
    live = [fact for fact in facts if fact.claim.status in _LIVE and _when(fact)]
    said = [Hold(_when(fact), fact.actor, fact.claim.actor, fact) for fact in live]
    holds = [hold for hold in said if hold.fact.claim.control is Control.HELD and not hold.fact.claim.part]
    parts = [hold for hold in said if hold.fact.claim.control in (Control.HELD, Control.GAINED) and hold.fact.claim.part]
    fights = [(_when(fact), fact.id) for fact in live if fact.claim.control is Control.CONTESTED]
    clashes = [
        (event.event_date, claim)
        for event in events
        for claim in event.claim_ids
        if event.sub_event_type == "Armed clash" and event.event_date and claim in by_id
    ]
    return File(
        tuple(sorted(changes, key=lambda change: (change.day, change.facts[0].id))),
        tuple(sorted(holds, key=lambda hold: (hold.day, hold.fact.id))),
        tuple(sorted(fights)),
        tuple(sorted(clashes)),
        tuple(fact for fact in facts if fact.claim.status is Status.DENIED and fact.claim.control is not Control.NONE),
        tuple(sorted(parts, key=lambda hold: (hold.day, hold.fact.id))),
    )


def _change(event: Event, facts: dict[str, Fact], actors: Actors) -> Change | None:
    """Return the change of hands that an event is, None when it is none or nobody dates it."""
    if event.sub_event_type not in TAKINGS:
        return None
    told = [facts[claim] for claim in event.claim_ids if claim in facts]
    said = tuple(fact for fact in told if fact.claim.control in _CHANGE and not fact.claim.part)
    day = event.event_date or min((fact.published for fact in said if fact.published), default=None)
    if not said or day is None:
        return None
    disputed = [version for field in event.contradictions if field.field == "occurred" for version in field.values]
    denials = {claim for version in disputed for claim in version.claim_ids if claim in facts}
    denied = tuple(facts[claim] for claim in sorted(denials) if facts[claim].claim.status is Status.DENIED)
    return Change(day, actors.party(event.actor1), actors.party(event.actor2), event.actor1, said, denied)


def _when(fact: Fact) -> date:
    """Return the day that a statement is of; one without a day speaks of the day on which it was printed."""
    return fact.day or fact.published or date.min


def _said(fact: Fact) -> date:
    """Return the day on which a denial was made, as far as it is known."""
    return fact.claim.attribution[-1].day or fact.published or fact.day or date.min


def _entry(unit: str, stated: Sequence[Fact], file: File, actors: Actors, gazetteer: Gazetteer) -> PlaceControl:
    days = sorted({day for day in _days(file) if day != date.min})
    states: list[tuple[date | None, State]] = [(day, _state(file, day, actors)) for day in days]
    states = states or [(None, _state(file, date.max, actors))]
    periods = _periods(states)
    last = states[-1][1]
    since = periods[-1].start
    for period in reversed(periods):
        if period.holder != last.holder:
            break
        since = period.start
    return PlaceControl(
        place=gazetteer.unit(unit),
        status=last.standing,
        holder=last.holder,
        since=since,
        as_of=states[-1][0],
        independent_origins=last.origins,
        periods=periods,
        claim_ids=tuple(sorted(fact.id for fact in stated)),
        evidence=(last.reason,),
        admission_ids=tuple(sorted(fact.id for fact in stated if _admits(fact, actors))),
    )


def _days(file: File) -> Iterable[date]:
    yield from (change.day for change in file.changes)
    yield from (hold.day for hold in file.holds)
    yield from (hold.day for hold in file.parts)
    yield from (day for day, _ in file.fights)
    if file.changes or file.holds:
        first = min([*(change.day for change in file.changes), *(hold.day for hold in file.holds)])
        yield from (day for day, _ in file.clashes if day > first)
    yield from (_said(denial) for denial in file.denials)


def _periods(states: Sequence[tuple[date | None, State]]) -> tuple[Period, ...]:
    """Join the days on which the same may be said; a period ends on the day before the next."""
    periods: list[Period] = []
    for day, state in states:
        if periods and (periods[-1].status, periods[-1].holder) == (state.standing, state.holder):
            periods[-1] = replace(periods[-1], claim_ids=tuple(sorted({*periods[-1].claim_ids, *state.claims})))
            continue
        if periods and day:
            periods[-1] = replace(periods[-1], end=day - _DAY)
        periods.append(Period(day, None, state.standing, state.holder, state.claims))
    return tuple(periods)


def _state(file: File, day: date, actors: Actors) -> State:
    """Return what may be said of a place from what was known by a day: the first of STANDINGS that fits."""
    view = _view(file, day, actors)
    against = [*(fact.id for fact in (*view.denials, *view.rivals, *(hold.fact for hold in view.parts))), *view.fights]
    for standing, fits in STANDINGS.items():
        note = fits(view)
        if note:
            ids = {fact.id for fact in view.supporters} | set(against if standing is Standing.CONTESTED else ())
            return State(standing, view.holder, tuple(sorted(ids)), view.origins, Evidence(standing.value, 1.0, note))
    why = "only parts of it are said to be held" if view.parts else "nobody says who holds it now"
    return State(
        Standing.UNKNOWN, None, tuple(sorted(hold.fact.id for hold in view.parts)), 0, Evidence(Standing.UNKNOWN.value, 1.0, why)
    )


def _view(file: File, day: date, actors: Actors) -> View:
    changes = tuple(change for change in file.changes if change.day <= day)
    latest = changes[-1] if changes else None
    denials = tuple(fact for fact in (latest.denials if latest else file.denials) if _said(fact) <= day)
    holds = _holds(file, latest, denials, day)
    holding, name = _holder(latest, holds)
    since = max([*(hold.day for hold in holds[-1:]), latest.day if latest else date.min])
    said = [(latest.holder, fact) for fact in latest.facts] if latest else []
    said += [(hold.holder, hold.fact) for hold in holds]
    return View(
        changes,
        denials,
        tuple(fact for holder, fact in said if holder == holding),
        tuple(fact for holder, fact in said if holder != holding),
        tuple(_fights(file, latest, holds, day)),
        tuple(hold for hold in file.parts if since <= hold.day <= day and hold.holder != holding),
        name,
        actors,
    )


def _reversed(view: View) -> str | None:
    """The latest change, which nobody disputes, gives the place back from a side that had taken it."""
    if not view.changes or view.denials or view.rivals or view.parts:
        return None
    latest = view.changes[-1]
    undone = any(earlier.holder and earlier.holder != latest.holder for earlier in view.changes[:-1])
    return f"taken back by {latest.name} on {latest.day.isoformat()}, which nobody denies" if undone else None


def _contested(view: View) -> str | None:
    """The latest state is denied, rivalled, in part another's, or fought over."""
    if view.denials:
        return "denied"
    if view.rivals:
        return "another side is said to hold it"
    if view.parts and view.holder:
        return "another side is said to hold a part of it"
    return "fought over" if view.fights else None


def _confirmed(view: View) -> str | None:
    """The side that lost the place says so itself."""
    return "admitted by the side that lost it" if any(_admits(fact, view.actors) for fact in view.supporters) else None


def _admits(fact: Fact, actors: Actors) -> bool:
    """Tell whether a claim is made by the side which by this claim lost the place."""
    loser = fact.target if fact.claim.control is Control.HELD else fact.loser
    return loser is not None and fact.origin.independent and stake(fact, actors) == loser


def _corroborated(view: View) -> str | None:
    return f"said by {view.origins} independent origins" if view.origins > 1 else None


def _claimed(view: View) -> str | None:
    if not view.supporters:
        return None
    return "said by one origin" if view.origins else "said by nobody who counts as an origin of his own"


STANDINGS: Mapping[Standing, Callable[[View], str | None]] = {
    Standing.REVERSED: _reversed,
    Standing.CONTESTED: _contested,
    Standing.CONFIRMED: _confirmed,
    Standing.CORROBORATED: _corroborated,
    Standing.CLAIMED: _claimed,
}
"""The standings in the order in which they are tried; each function says why it fits, or None. Else unknown."""


def _holds(file: File, latest: Change | None, denials: Sequence[Fact], day: date) -> list[Hold]:
    """Return the statements of hold since the latest change.

    What the change's denier says of who holds the place instead is a part of his denial where more
    origins stand behind the change than against it; else it is the last word.
    """
    since = latest.day if latest else date.min
    holds = [hold for hold in file.holds if since <= hold.day <= day]
    if latest is None:
        return holds
    against = [hold.fact for hold in holds if hold.holder != latest.holder]
    if _voices(latest.facts) <= _voices(against):
        return holds
    deniers = {(fact.article, fact.voice) for fact in denials}
    return [hold for hold in holds if (hold.fact.article, hold.fact.voice) not in deniers]


def _voices(facts: Iterable[Fact]) -> int:
    """Return how many independent speakers make some claims."""
    return len({fact.voice for fact in facts if fact.origin.independent})


def _holder(latest: Change | None, holds: Sequence[Hold]) -> tuple[str | None, str | None]:
    """Return side and name of who holds the place by the last statement of a change or a hold."""
    if holds:
        return holds[-1].holder, holds[-1].name
    return (latest.holder, latest.name) if latest else (None, None)


def _fights(file: File, latest: Change | None, holds: Sequence[Hold], day: date) -> list[str]:
    """Return the claims that the place was fought over after its last change and no earlier than its last hold."""
    after = latest.day if latest else date.min
    held = holds[-1].day if holds else date.min
    fights = [*file.fights, *file.clashes] if latest or holds else file.fights
    return [claim for when, claim in fights if after < when <= day and when >= held]
