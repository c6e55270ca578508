"""Says whether a claim is of a case, and how well it fits: one function for each family of claims."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from mapper.events.cases import Case
from mapper.events.codebook import NO_SHOT, REACH, Family
from mapper.events.facts import Fact
from mapper.model import Harm

_ABDUCTED = 7
"""Days within which an abduction and the killing of the abducted are one occasion."""
_UNDATED = 32
"""Where days are not known, a case ranks behind any that is known to be near."""
_UNARMED = frozenset({"civilians", "protesters"})

Rank = tuple[bool, int, bool, int]
"""How well a claim fits a case, the least first: a taking in a mere fight, days apart, told elsewhere, order of the cases."""


def rank(case: Case, fact: Fact, past_after_days: int) -> Rank | None:
    """Return how well a claim fits a case, None when it is not of it."""
    if fact.family is None or (case.spot and fact.spot and case.spot != fact.spot and fact.family is not Family.TAKING):
        return None
    apart = case.apart(fact)
    if apart is None and not current(case, fact, past_after_days):
        return None
    if not JOINS[fact.family](case, fact, apart):
        return None
    fought = fact.family is Family.TAKING and not case.taking
    return fought, _UNDATED if apart is None else apart, fact.article not in case.articles, case.order


def denial_rank(case: Case, fact: Fact, past_after_days: int) -> Rank | None:
    """Return how well a denial fits a case that it may be of, None when it is of something else.

    Without a day it is of the latest such case: one denies what is being said.
    """
    if not denies(case, fact):
        return None
    apart = case.apart(fact)
    if apart is None:
        return (False, _UNDATED, fact.article not in case.articles, -case.order) if current(case, fact, past_after_days) else None
    return (False, apart, fact.article not in case.articles, case.order) if _within(case, fact, apart, 1) else None


def denies(case: Case, fact: Fact) -> bool:
    """Tell whether a denied claim is of the kind of thing that the case is about."""
    if fact.family is Family.TAKING:
        return case.taking and _agree(case.taker, fact.taker) and _agree(case.loser, fact.loser)
    if fact.family is Family.FIGHT:
        return case.battle and _pair(case, fact)
    if fact.family is Family.CROWD:
        return case.about is Family.CROWD
    return case.about is fact.family and fact.claim.sub_event_type in case.subs


def one_speaker(one: Fact, two: Fact) -> bool:
    """Tell whether two claims are of one speaker in one article."""
    return one.voice == two.voice and one.article == two.article


def current(case: Case, fact: Fact, past_after_days: int) -> bool:
    """Tell whether a claim without a day can be of a case: told in the same article, or news when it was printed."""
    if fact.article in case.articles:
        return True
    shown = fact.published if fact.day is None else case.opener.published
    days: set[date | None] = {*case.days} or {fact.day or case.opener.published}
    return any(shown is None or day is None or 0 <= (shown - day).days <= past_after_days for day in days)


def _takes(case: Case, fact: Fact, apart: int | None) -> bool:
    """A taking joins the taking by the same side, or the fight of the day, unless its speaker tells of a handover."""
    if not _pair(case, fact):
        return False
    if case.taking:
        return _agree(case.taker, fact.taker) and _agree(case.loser, fact.loser) and _within(case, fact, apart, 1)
    quiet = fact.claim.sub_event_type == NO_SHOT and any(_deadly(other) and one_speaker(fact, other) for other in case.facts)
    return case.battle and not quiet and _on_the_day(case, fact, apart)


def _fights(case: Case, fact: Fact, apart: int | None) -> bool:
    """Fighting joins the battle of the day; men killed after a handover, told by one speaker, died elsewhere."""
    if not (case.battle and _pair(case, fact) and _on_the_day(case, fact, apart)):
        return False
    return not (_deadly(fact) and any(other.claim.sub_event_type == NO_SHOT and one_speaker(fact, other) for other in case.facts))


def _strikes(case: Case, fact: Fact, apart: int | None) -> bool:
    """A strike joins the battle that the same article tells of, or the strike of its kind, whoever is said to have made it."""
    if case.battle:
        return apart == 0 and fact.article in case.articles and not fact.sides & _UNARMED and _pair(case, fact)
    return fact.claim.sub_event_type in case.subs and _incident(case, fact, apart)


def _harms(case: Case, fact: Fact, apart: int | None) -> bool:
    """Violence against the unarmed joins its like; who was found dead had been abducted by the same hands."""
    told_here = fact.article in case.articles
    if apart is None and told_here and fact.actor is None and fact.target in _UNARMED:
        return bool(case.families & {Family.HARM, Family.STRIKE, Family.CROWD})
    if Family.HARM not in case.families or not _pair(case, fact):
        return False
    if {fact.claim.sub_event_type} | case.subs == {"Attack", "Abduction/forced disappearance"}:
        return told_here and apart is not None and apart <= _ABDUCTED
    return fact.claim.sub_event_type in case.subs and _incident(case, fact, apart)


def _gathers(case: Case, fact: Fact, apart: int | None) -> bool:
    """A demonstration and what was done to it are one event."""
    return Family.CROWD in case.families and _incident(case, fact, apart)


def _steps(case: Case, fact: Fact, apart: int | None) -> bool:
    """Arrests, looting, an agreement join the fight or the rally of the same article, day and sides, or their like."""
    if not _pair(case, fact):
        return False
    if apart == 0 and fact.sides and fact.article in case.articles and (case.battle or Family.CROWD in case.families):
        return True
    return fact.claim.sub_event_type in case.subs and _within(case, fact, apart, 0)


def _counts(case: Case, fact: Fact, apart: int | None) -> bool:
    """A mere count joins what happened there that day or the day before."""
    return _pair(case, fact) and (fact.article in case.articles if apart is None else apart <= 1)


JOINS: Mapping[Family, Callable[[Case, Fact, int | None], bool]] = {
    Family.TAKING: _takes,
    Family.FIGHT: _fights,
    Family.STRIKE: _strikes,
    Family.HARM: _harms,
    Family.CROWD: _gathers,
    Family.STEP: _steps,
    Family.TOLL: _counts,
}
"""Whether a claim of a family may join a case that is so many days apart (None: one of the two has no day)."""


def _within(case: Case, fact: Fact, apart: int | None, reach: int) -> bool:
    """Tell whether the days agree as far as they are known: exact ones within `reach`, others within their precision."""
    if apart is None or apart <= reach:
        return True
    return not (fact.dated and case.exact) and apart <= REACH[max(fact.precision, 2)]


def _on_the_day(case: Case, fact: Fact, apart: int | None) -> bool:
    """Tell whether fighting is of one day: fighting is an event a day, so what another article dates vaguely must come close."""
    return _within(case, fact, apart, 0) and (not apart or apart <= REACH[1] or fact.article in case.articles)


def _incident(case: Case, fact: Fact, apart: int | None) -> bool:
    """Tell whether a report of a day is of an incident: the same day, or the next by another's account (MAPPER-adjacent-day).

    One speaker who tells two days tells of two incidents, and so does news that moves on: reports
    printed day after day, each of the day before.
    """
    if apart is None or apart == 0:
        return True
    if not (fact.dated and case.exact):
        return _within(case, fact, apart, 0)
    others = [other for other in case.facts if other.day and other.day != fact.day]
    return apart <= REACH[1] and not any(one_speaker(fact, other) or _moved_on(fact, other) for other in others)


def _moved_on(one: Fact, two: Fact) -> bool:
    """Tell whether the later day was printed later, as news of day after day is."""
    if not (one.published and two.published and one.day and two.day) or one.published == two.published:
        return False
    return (one.published > two.published) == (one.day > two.day)


def _deadly(fact: Fact) -> bool:
    return any(count.harm is Harm.KILLED and (count.low or 0) > 0 for count in fact.claim.counts)


def _pair(case: Case, fact: Fact) -> bool:
    """Tell whether case and claim are of one pair of sides, as far as the sides are known."""
    return len(case.sides | fact.sides) <= 2


def _agree(one: str | None, two: str | None) -> bool:
    return one is None or two is None or one == two
