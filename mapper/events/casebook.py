"""The cases found so far, by place, day and article; and the way a claim finds its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

from mapper.events.cases import Case
from mapper.events.codebook import REACH, Family
from mapper.events.facts import Fact
from mapper.events.joins import Rank, rank
from mapper.model import Control

_WAITING = 64
"""Claims that wait at a place for the event that they belong to, the latest ones."""


class Casebook:
    """Cases, and for each claim the case that it went into (`of`)."""

    def __init__(self, past_after_days: int) -> None:
        """Open an empty book; a claim without a day is of the last `past_after_days` days."""
        self.past_after_days = past_after_days
        self.cases: list[Case] = []
        self.of: dict[str, Case] = {}
        self._waiting: dict[str, list[Fact]] = {}
        self._by_day: dict[tuple[str, date | None], list[Case]] = {}
        self._by_article: dict[tuple[str, str], list[Case]] = {}

    def enter(self, fact: Fact) -> None:
        """Put a supporting claim into the case that it fits best, or open one.

        A mere count or a mere state ("lost", nobody says how or when) opens none, and waits.
        """
        case = self.best(fact, rank)
        if case is None and _opens(fact):
            case = Case(len(self.cases), fact.unit or "", fact)
            self.cases.append(case)
        if case:
            self._put(case, fact)
        else:
            self._waiting.setdefault(fact.unit or "", []).append(fact)

    def settle(self, units: Iterable[str]) -> None:
        """Give the claims that wait at some places another chance, now that an article has been read whole."""
        for unit in units:
            waiting, self._waiting[unit] = self._waiting.get(unit, []), []
            for fact in waiting[-_WAITING:]:
                case = self.best(fact, rank)
                if case:
                    self._put(case, fact)
                else:
                    self._waiting[unit].append(fact)

    def best(self, fact: Fact, ranking: Callable[[Case, Fact, int], Rank | None]) -> Case | None:
        """Return the case that a claim fits best by a ranking, None when it fits none."""
        ranked = [(found, case) for case in self._near(fact) if (found := ranking(case, fact, self.past_after_days)) is not None]
        return min(ranked, key=lambda entry: entry[0])[1] if ranked else None

    def _put(self, case: Case, fact: Fact) -> None:
        """Put a claim into a case, and the case where it is found by the claim's day and article."""
        case.add(fact)
        self.of[fact.id] = case
        day = fact.day if case.days else None
        for register in (
            self._by_day.setdefault((case.unit, day), []),
            self._by_article.setdefault((case.unit, fact.article), []),
        ):
            if case not in register:
                register.append(case)

    def _near(self, fact: Fact) -> Iterator[Case]:
        """Yield, each once, the cases at the claim's place that its day, its printing or its article may mean."""
        unit = fact.unit or ""
        days = [None, *_days(fact, self.past_after_days)]
        places = (self._by_article.get((unit, fact.article), []), *(self._by_day.get((unit, day), []) for day in days))
        seen: set[int] = set()
        for case in (case for cases in places for case in cases):
            if case.order not in seen:
                seen.add(case.order)
                yield case


def _opens(fact: Fact) -> bool:
    """Tell whether a claim makes an event by itself: it says what happened, not only how many or who holds the place.

    That nobody was hurt says nothing of a fight.
    """
    bounds = [count.high for count in fact.claim.counts]
    unhurt = (
        fact.family in (Family.FIGHT, Family.HARM)
        and fact.claim.control is Control.NONE
        and bounds
        and not any(bound != 0 for bound in bounds)
    )
    return fact.family is not Family.TOLL and fact.claim.sub_event_type is not None and not unhurt


def _days(fact: Fact, past_after_days: int) -> list[date]:
    """Return the days on which the event of a claim may lie; those before its printing when it states none."""
    if fact.day:
        reach = REACH[max(fact.precision, 2)]
        return [fact.day + timedelta(offset) for offset in range(-reach, reach + 1)]
    return [fact.published - timedelta(offset) for offset in range(past_after_days + 1)] if fact.published else []
