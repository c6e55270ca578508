"""Turns a claim about a province into what falls on each of the districts that it frames."""

from __future__ import annotations

from collections.abc import Sequence

from mapper.events.casebook import Casebook
from mapper.events.codebook import BATTLE, REACH, Family
from mapper.events.facts import Fact, share


def inner(fact: Fact, article: Sequence[Fact]) -> list[Fact]:
    """Return the claims of the same article about districts that a claim about their province frames, as named in the text.

    The district that has the same toll is meant; else, where districts were taken, they are, and not
    those where there was fighting besides.
    """
    if fact.province is None:
        return []
    districts = [other for other in article if other.province is None and within(other) == fact.province]
    same = sorted((other for other in districts if _tolls(fact) & _tolls(other)), key=_named)
    if same:
        return same[:1]
    inside = [other for other in districts if _framed(fact, other)]
    takings = [other for other in inside if other.family is Family.TAKING]
    return sorted(takings if fact.family is not Family.STEP and takings else inside, key=_named)


def within(fact: Fact) -> str | None:
    """Return the P-code of the province that a claim's place lies in."""
    return fact.claim.place.admin1_pcode if fact.claim.place else None


def divide(book: Casebook, frame: Fact, districts: Sequence[Fact]) -> None:
    """Give each district's event its share of the toll that the article gives for the province."""
    if not frame.claim.counts:
        return
    cases = list({book.of[fact.id].order: book.of[fact.id] for fact in districts if fact.id in book.of}.values())
    for turn, case in enumerate(cases):
        case.shares[frame.id] = tuple(share(count, len(cases), turn) for count in frame.claim.counts)
        case.attach(frame)


def _framed(frame: Fact, other: Fact) -> bool:
    """Tell whether province and district are spoken of for the same: sides, day, and kind of event.

    A headline names the province and leaves the kind to the body.
    """
    battle = BATTLE | {Family.TOLL}
    alike = other.family is frame.family or (frame.family in battle and other.family in battle)
    apart = abs((frame.day - other.day).days) if frame.day and other.day else 0
    near = len(frame.sides | other.sides) <= 2 and apart <= REACH[1 if frame.dated and other.dated else 2]
    return near and (alike or frame.headline)


def _tolls(fact: Fact) -> set[tuple[object, ...]]:
    return {(count.harm, count.low, count.high) for count in fact.claim.counts if count.low or count.high}


def _named(fact: Fact) -> tuple[int, str]:
    """Return a key that sorts claims by where their place is named in the text."""
    return (fact.claim.toponym or fact.claim.span).start, fact.id
