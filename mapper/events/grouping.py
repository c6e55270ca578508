"""Turns facts into cases: which claims are of one event, and which deny or rival it."""

from __future__ import annotations

from collections.abc import Sequence

from mapper.events.casebook import Casebook
from mapper.events.cases import Case
from mapper.events.denials import deny, set_rivals_apart
from mapper.events.facts import Fact, by_article
from mapper.events.frames import divide, inner
from mapper.model import Status


def build(facts: Sequence[Fact], past_after_days: int) -> list[Case]:
    """Return the cases of the facts, which come in the order of printing.

    Each article is read whole before the next, so what was printed later changes nothing that
    earlier articles made.
    """
    book = Casebook(past_after_days)
    articles = by_article([fact for fact in facts if fact.family and fact.unit])
    for article in articles.values():
        _support(book, [fact for fact in article if fact.claim.status is not Status.DENIED])
    for article in articles.values():
        for fact in article:
            if fact.claim.status is Status.DENIED:
                deny(book, fact, article)
    for case in book.cases:
        set_rivals_apart(case)
    return book.cases


def _support(book: Casebook, article: Sequence[Fact]) -> None:
    framed = {fact.id: districts for fact in article if (districts := inner(fact, article))}
    for fact in article:
        if fact.id not in framed:
            book.enter(fact)
    book.settle(sorted({fact.unit for fact in article if fact.unit}))
    for fact in article:
        if fact.id in framed:
            divide(book, fact, framed[fact.id])
