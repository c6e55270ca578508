"""Turns the speakers behind a record into its grade: how far the source is trusted, and how far the item is confirmed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from mapper.actors import Actors
from mapper.events.facts import Fact
from mapper.model import HopKind

_SETTLED = timedelta(days=30)
"""For so long after the state changed hands a "police chief" may still be one of the old state's."""
_FORMER = re.compile(r"\b(?:former|formerly|ex|one-time|onetime|erstwhile|retired)\b", re.IGNORECASE)
_OF_THE_STATE = re.compile(
    r"\b(?:ministry|minister|governor|police(?:man)?|army|soldiers?|sergeant|captain|colonel|general|corps|government|"
    r"intelligence|officers?|troops)\b",
    re.IGNORECASE,
)
_AGAINST = re.compile(r"\b(?:anti|opposed to|against|fighting)\W*$", re.IGNORECASE)
_PRINT = frozenset({HopKind.OUTLET, HopKind.AGENCY})


def stake(fact: Fact, actors: Actors) -> str | None:
    """Return the side that the original speaker of a claim belongs to, None when he has none or it is not known."""
    hop = fact.claim.attribution[-1]
    if hop.kind in _PRINT:
        return None
    known = next((person.side for person in actors.persons if person.id == hop.person_id), None)
    described = " ".join(filter(None, (hop.name, hop.role)))
    return known or _party(described, fact.published, actors) or _office(described, fact.published, actors)


def _party(described: str, day: date | None, actors: Actors) -> str | None:
    """Return the side of the first party that a description names: "a Taliban spokesman"."""
    words = [(match.group().casefold(), match.start()) for match in re.finditer(r"[\w-]+", described)]
    for at, (_, start) in enumerate(words):
        for length in (4, 3, 2, 1):
            alias = actors.named(" ".join(word for word, _ in words[at : at + length]), day)
            if alias and not _AGAINST.search(described[:start]) and not _FORMER.search(described):
                return alias.actor.side
    return None


def _office(described: str, day: date | None, actors: Actors) -> str | None:
    """Return the state for one of its officers, unless it has only just become the state."""
    if not _OF_THE_STATE.search(described) or _FORMER.search(described):
        return None
    state = actors.state(day)
    return state if day and actors.state(day - _SETTLED) == state else None


def grade(
    speaking: Sequence[Fact], denying: Sequence[Fact], loser: str | None, distorted: bool, actors: Actors
) -> tuple[str, str]:
    """Return the Admiralty pair of an event, such as "C3", and its reason in words (AJP-2.1-grades).

    `speaking` are the claims of independent origins that support it, `denying` those that say it did not happen.
    """
    voices = {fact.voice: fact for fact in sorted(speaking, key=lambda fact: fact.id)}
    stakes = {voice: stake(fact, actors) for voice, fact in voices.items()}
    admitted = loser is not None and loser in stakes.values()
    letter, why = _source(voices, stakes, admitted, distorted)
    digit = _item(len(voices), set(stakes.values()), admitted, bool(denying), distorted)
    origins = f"{len(voices) or 'no'} independent origin{'' if len(voices) == 1 else 's'}"
    return f"{letter}{digit}", f"{why}; {origins}{'; denied' if denying else ''}"


def _source(voices: Mapping[str, Fact], stakes: Mapping[str, str | None], admitted: bool, distorted: bool) -> tuple[str, str]:
    """Return how far the best of the speakers can be trusted, as far as that can be known from the text."""
    if distorted:
        return "E", "came about in the rewriting of another article"
    if admitted:
        return "B", "the losing side admits it"
    if any(stakes[voice] is None and _answerable(fact) for voice, fact in voices.items()):
        return "C", "said by somebody who answers for it by name and has no known stake"
    if any(stakes.values()):
        return "D", "only parties to the conflict say so by name"
    return "F", "whoever stands behind it cannot be judged"


def _answerable(fact: Fact) -> bool:
    return fact.origin.kind in _PRINT or fact.origin.speaker_id is not None


def _item(origins: int, stakes: set[str | None], admitted: bool, denied: bool, distorted: bool) -> int:
    if distorted:
        return 5
    if origins == 0:
        return 6
    if denied:
        return 3 if origins > 1 else 4
    if origins == 1:
        return 3
    return 1 if admitted or len(stakes) > 1 or None in stakes else 2
