"""What is known of one event in the making: the claims for it, those against it, and the sides, days and kinds they give."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from mapper.events.codebook import BATTLE, Family
from mapper.events.facts import Fact
from mapper.model import Count


@dataclass
class Case:
    """Claims of one event, growing in the order in which they were printed."""

    order: int
    unit: str
    opener: Fact
    """The claim that opened the case: the first report, by which the event is known from then on."""
    facts: list[Fact] = field(default_factory=list)
    shares: dict[str, tuple[Count, ...]] = field(default_factory=dict)
    """Claim id -> its counts as far as they fall on this event, where a toll is for several places."""
    denials: list[Fact] = field(default_factory=list)
    rivals: list[Fact] = field(default_factory=list)
    """What a denier says happened instead; no support."""
    days: set[date] = field(default_factory=set)
    articles: set[str] = field(default_factory=set)
    sides: set[str] = field(default_factory=set)
    families: set[Family] = field(default_factory=set)
    subs: set[str] = field(default_factory=set)
    taker: str | None = None
    loser: str | None = None
    spot: str | None = None
    exact: bool = False
    """Whether a claim states the very day."""

    def add(self, fact: Fact) -> None:
        """Take a supporting claim in, with the sides, day and kind that it gives."""
        self.attach(fact)
        if fact.shares:
            self.shares[fact.id] = fact.shares
        self.sides |= fact.sides
        self.taker, self.loser = self.taker or fact.taker, self.loser or fact.loser
        self.spot = self.spot or fact.spot
        self.exact = self.exact or fact.dated
        if fact.family and fact.family is not Family.TOLL:
            self.families.add(fact.family)
        if fact.claim.sub_event_type:
            self.subs.add(fact.claim.sub_event_type)
        if fact.day:
            self.days.add(fact.day)

    def attach(self, fact: Fact) -> None:
        """Take a claim in that says nothing of this place, day and sides, such as a toll for the province."""
        self.facts.append(fact)
        self.articles.add(fact.article)

    @property
    def battle(self) -> bool:
        """Tell whether the event is a fight or a taking."""
        return bool(self.families & BATTLE)

    @property
    def taking(self) -> bool:
        """Tell whether the place changed hands."""
        return Family.TAKING in self.families

    @property
    def about(self) -> Family | None:
        """Return what kind of occasion the event is, whatever else belongs to it."""
        return Family.TAKING if self.taking else self.opener.family

    def apart(self, fact: Fact) -> int | None:
        """Return the days between a claim and the nearest day of the case, None when one of the two has no day."""
        return min(abs((day - fact.day).days) for day in self.days) if fact.day and self.days else None
