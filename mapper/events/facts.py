"""Turns a claim into a fact: what merging asks of it, worked out once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from mapper.actors import Actors
from mapper.events.codebook import PARTS, SPOTS, Family, family
from mapper.model import Article, Claim, Control, Count, Kind, Origin, Status, Tracing
from mapper.text import fold

_NOWHERE = frozenset({Kind.COUNTRY})


@dataclass(frozen=True, slots=True)
class Fact:
    """A claim, its origin, and the sides, place and day by which it is compared.

    `actor`, `target`, `taker` and `loser` are sides, None when unknown or unidentified; `voice` is
    the speaker, equal for two utterances of one; `spot` is a settlement within the unit.
    """

    claim: Claim
    origin: Origin
    published: date | None
    family: Family | None
    unit: str | None
    spot: str | None
    actor: str | None
    target: str | None
    taker: str | None
    loser: str | None
    headline: bool = False
    """Whether the claim is made in the article's title."""
    shares: tuple[Count, ...] | None = None
    """The counts as far as they fall on this place, where the claim's are a total over several (ACLED-toll-split)."""

    @property
    def id(self) -> str:
        """Return the claim's id."""
        return self.claim.id

    @property
    def article(self) -> str:
        """Return the article's id."""
        return self.claim.article_id

    @property
    def day(self) -> date | None:
        """Return the day of the event by this claim."""
        return self.claim.event_date

    @property
    def precision(self) -> int:
        """Return the time precision; a day without one was stated as a day."""
        return self.claim.time_precision or 1

    @property
    def voice(self) -> str:
        """Return what tells speakers apart: their id, else the utterance itself."""
        return self.origin.speaker_id or self.origin.id

    @property
    def sides(self) -> frozenset[str]:
        """Return the known sides of the occasion."""
        return frozenset(filter(None, (self.actor, self.target)))

    @property
    def dated(self) -> bool:
        """Tell whether the very day is stated."""
        return self.day is not None and self.precision == 1

    @property
    def province(self) -> str | None:
        """Return the P-code of the province when the claim is placed no better than that."""
        place = self.claim.place
        return place.admin1_pcode if place and place.admin2_pcode is None else None


def read(claims: Sequence[Claim], articles: Sequence[Article], tracing: Tracing, actors: Actors) -> list[Fact]:
    """Return the facts of the claims in the order in which they were printed, each claim once."""
    by_id = {article.id: article for article in articles}
    origins = {origin.id: origin for origin in tracing.origins}
    facts = [
        part
        for claim in {claim.id: claim for claim in claims}.values()
        for part in _parts(_fact(claim, origins[tracing.origin_of[claim.id]], by_id.get(claim.article_id), actors))
    ]
    return sorted(facts, key=printed)


def _parts(fact: Fact) -> list[Fact]:
    """Return a fact for each of the places that a toll is a total over, with its share; any other fact as it is."""
    places = fact.claim.over
    if not places or fact.claim.status is Status.DENIED:
        return [fact]
    return [
        replace(
            fact,
            claim=replace(fact.claim, place=place, place_name=place.name),
            unit=place.unit or place.id,
            shares=tuple(share(count, len(places), turn) for count in fact.claim.counts),
        )
        for turn, place in enumerate(places)
    ]


def share(count: Count, places: int, turn: int) -> Count:
    """Return the part of a toll that falls on one of several places: even, the odd ones to the first named."""

    def part(bound: int | None) -> int | None:
        return None if bound is None else bound // places + (turn < bound % places)

    return replace(count, low=part(count.low), high=part(count.high), total_over=places) if places > 1 else count


def printed(fact: Fact) -> tuple[object, ...]:
    """Return a key that sorts facts by the day of printing, and within an article what is surest first.

    Events grow in this order, so an article printed later never changes what earlier ones made.
    """
    ranks = list(Family)
    rank = ranks.index(fact.family) if fact.family else len(ranks)
    surest = fact.day is None, fact.precision if fact.day else 0
    return fact.published or date.max, fact.article, *surest, rank, fact.claim.span, fact.id, fact.unit or ""


def _fact(claim: Claim, origin: Origin, article: Article | None, actors: Actors) -> Fact:
    actor, target = actors.party(claim.actor), actors.party(claim.target)
    taker = loser = None
    if claim.control is Control.GAINED:
        taker, loser = actor, target
    elif claim.control is Control.LOST:
        taker, loser = target, actor
    kind = None if claim.status in (Status.PLANNED, Status.PAST) else family(claim)
    published = article.published if article else None
    headline = bool(article and article.title and article.text.startswith(article.title) and claim.span.end <= len(article.title))
    return Fact(claim, origin, published, kind, _unit(claim, kind), _spot(claim), actor, target, taker, loser, headline)


def _unit(claim: Claim, kind: Family | None) -> str | None:
    """Return what tells places apart; None for a country, which is no place of an event (ACLED-country-uncoded).

    Who takes an airport or a bridge has not taken the district.
    """
    if claim.place is None:
        return f"name {fold(claim.place_name)}" if claim.place_name else None
    if claim.place.kind in _NOWHERE or (claim.place.kind is Kind.REGION and claim.place.unit is None):
        return None
    if kind is Family.TAKING and claim.place.kind in PARTS:
        return claim.place.id
    return claim.place.unit or claim.place.id


def _spot(claim: Claim) -> str | None:
    place = claim.place
    return place.id if place and place.kind in SPOTS and place.admin2_pcode and place.kind is not Kind.CITY else None


def by_article(facts: Sequence[Fact]) -> Mapping[str, list[Fact]]:
    """Return the facts of each article, in the order given."""
    found: dict[str, list[Fact]] = {}
    for fact in facts:
        found.setdefault(fact.article, []).append(fact)
    return found
