"""Turns claims and their origins into coded events, and into a ledger of who is said to hold what since when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from mapper.actors import Actors
from mapper.events.codebook import RULES
from mapper.events.coding import Context, code, event_ids
from mapper.events.control import ledger, reigning
from mapper.events.facts import Fact, read
from mapper.events.grouping import build
from mapper.gazetteer import Gazetteer
from mapper.model import Article, Claim, Control, Event, Mutation, Status, Tracing
from mapper.settings import Settings

__all__ = ["RULES", "ledger", "merge"]


def merge(
    claims: Sequence[Claim],
    articles: Sequence[Article],
    tracing: Tracing,
    actors: Actors,
    gazetteer: Gazetteer,
    settings: Settings | None = None,
) -> tuple[Event, ...]:
    """Merge claims into events, ordered by day and id.

    The result depends on the set of claims alone, not on their order; a claim given twice counts
    once. An article printed after all others never changes the id of an event, nor takes a claim
    from one.
    """
    settings = settings or Settings()
    actors = reigning(actors, settings)
    facts = read(claims, articles, tracing, actors)
    cases = build(facts, settings.past_after_days)
    context = Context(
        actors,
        gazetteer,
        _mutations(tracing),
        {fact.id: case for case in cases for fact in [*case.facts, *case.rivals]},
        {fact.id: fact for fact in facts},
        _held(facts),
    )
    events = [code(case, event_id, context) for case, event_id in zip(cases, event_ids(cases), strict=True)]
    return tuple(sorted(events, key=lambda event: (event.event_date or date.max, event.id)))


def _mutations(tracing: Tracing) -> dict[str, list[Mutation]]:
    """Return for each claim what was changed in it, or in what was made of it."""
    found: dict[str, list[Mutation]] = {}
    for mutation in tracing.mutations:
        for claim in (mutation.from_claim_id, mutation.to_claim_id):
            found.setdefault(claim, []).append(mutation)
    return found


def _held(facts: Sequence[Fact]) -> dict[str, list[tuple[date, str]]]:
    """Return for each place the days on which a side is said, and not denied, to have taken or to hold it."""
    found: dict[str, list[tuple[date, str]]] = {}
    for fact in facts:
        holder = fact.taker if fact.claim.control is not Control.HELD else fact.actor
        live = fact.claim.status in (Status.ASSERTED, Status.ONGOING, Status.UNCONFIRMED)
        if live and holder and fact.unit and fact.day and fact.claim.control in (Control.GAINED, Control.LOST, Control.HELD):
            found.setdefault(fact.unit, []).append((fact.day, holder))
    return found
