"""Turns denied claims into the other side of a case: what is denied, and what the denier says happened instead."""

from __future__ import annotations

from collections.abc import Sequence

from mapper.events.casebook import Casebook
from mapper.events.cases import Case
from mapper.events.codebook import Family
from mapper.events.facts import Fact
from mapper.events.frames import within
from mapper.events.joins import denial_rank, denies, one_speaker


def deny(book: Casebook, fact: Fact, article: Sequence[Fact]) -> None:
    """Put a denial to what it denies, unless its speaker only denies a detail of what he asserts himself."""
    for case in _denied(book, fact, article):
        asserted = {other.claim.sub_event_type for other in case.facts if one_speaker(fact, other)}
        if fact.claim.sub_event_type not in asserted and (of_the_event(case, fact) or of_the_manner(case, fact)):
            case.denials.append(fact)


def set_rivals_apart(case: Case) -> None:
    """Move what a denier says instead from the supporting claims to the rival versions (MAPPER-denial-apart)."""
    deniers = {(fact.article, fact.voice) for fact in case.denials if of_the_event(case, fact)}
    rivals = [fact for fact in case.facts if (fact.article, fact.voice) in deniers]
    if rivals and len(rivals) < len(case.facts):
        case.rivals = rivals
        case.facts = [fact for fact in case.facts if fact not in rivals]


def of_the_event(case: Case, denial: Fact) -> bool:
    """Tell whether a denial is of the event itself: of what it is about, or of a claim that supports it."""
    return denial.family is case.about or any(fact.id == denial.claim.denies for fact in case.facts)


def of_the_manner(case: Case, denial: Fact) -> bool:
    """Tell whether a denial is of how it came about: "there was no battle" does not deny that the place was taken."""
    return denial.family is Family.FIGHT and case.taking


def _denied(book: Casebook, fact: Fact, article: Sequence[Fact]) -> list[Case]:
    """Return the case that a denial is of; that of a province denies what the article says of its districts."""
    if fact.claim.denies in book.of:
        return [book.of[fact.claim.denies]]
    best = book.best(fact, denial_rank)
    if best:
        return [best]
    inside = [book.of[other.id] for other in article if other.id in book.of and fact.province and within(other) == fact.province]
    return [case for case in {case.order: case for case in inside}.values() if denies(case, fact)]
