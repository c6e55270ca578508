"""Turns the claims of a derived article and of its sources into pairs: what each was before it was passed on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from mapper.model import SUB_EVENT_TYPES, Claim, Control, HopKind, Kind, Place, Status
from mapper.origins.outline import figures
from mapper.origins.speakers import Voice
from mapper.text import fold

TAKINGS = frozenset({"Government regains territory", "Non-state actor overtakes territory", "Non-violent transfer of territory"})
_CHANGES = frozenset({Control.GAINED, Control.LOST})
_HISTORY = -9.0
"""Weight of what parts two claims whatever else they share: one is history, and one is news."""
_DENIED = -2.0
_VERBATIM = 2.0
"""Likeness of two sentences, of 4, from which the second is the first, whoever is said to have said it."""
_ENOUGH = 6.0
"""Likeness from which two claims count as one: the same place and doer alone just reach it."""


@dataclass(frozen=True)
class Said:
    """A claim with what comparing it needs, worked out once."""

    claim: Claim
    voice: Voice

    @cached_property
    def where(self) -> str | None:
        """Return what tells places apart."""
        return where(self.claim)

    @cached_property
    def figures(self) -> frozenset[int]:
        """Return the numbers in the quotation and in the counts."""
        bounds = {bound for count in self.claim.counts for bound in (count.low, count.high) if bound is not None}
        return figures(self.claim.quote) | bounds

    @cached_property
    def counted(self) -> frozenset[int]:
        """Return the bounds of the counts, zero apart: it is what is said where nothing was counted."""
        return frozenset(bound for count in self.claim.counts for bound in (count.low, count.high) if bound)

    @cached_property
    def words(self) -> frozenset[str]:
        """Return the folded words of the quotation."""
        return frozenset(fold(word) for word in re.findall(r"\w{3,}", self.claim.quote))


class Pair(NamedTuple):
    """A claim as it stands (`after`) and the claim of another article that it goes back to (`before`)."""

    before: Said
    after: Said


def where(claim: Claim) -> str | None:
    """Return what tells places apart: the admin unit, else the place, else the name as written."""
    return place_key(claim.place) if claim.place else (fold(claim.place_name) if claim.place_name else None)


def place_key(place: Place) -> str:
    """Return the admin unit of a place, or its id where it lies in none."""
    return place.unit or place.id


def taker(claim: Claim) -> str | None:
    """Return who holds the place by a claim of change: "A lost it to B" and "B took it from A" are one statement."""
    return claim.target if claim.control is Control.LOST else claim.actor


def is_taking(claim: Claim) -> bool:
    """Tell whether a claim is of a change of hands."""
    return claim.control in _CHANGES


def content(claim: Claim) -> tuple[object, ...]:
    """Return what a claim says, whoever says it and in whatever words: equal contents are one statement."""
    if is_taking(claim):
        what: tuple[object, ...] = ("taken", taker(claim), claim.sub_event_type)
    else:
        what = (claim.control, claim.sub_event_type, frozenset({claim.actor, claim.target}))
    counts = frozenset((count.harm, count.low, count.high) for count in claim.counts)
    return (where(claim), *what, claim.status is Status.DENIED, claim.status is Status.PLANNED, claim.event_date, counts)


def topic(claim: Claim) -> tuple[object, ...]:
    """Return what a claim is about, so that two versions of one statement meet: place, and who took it or what happened."""
    denied = claim.status is Status.DENIED
    if is_taking(claim):
        return where(claim), denied, "taken", taker(claim)
    return where(claim), denied, claim.control, claim.sub_event_type


def _place(one: Said, two: Said) -> float:
    if one.where is None or two.where is None:
        return 0.0
    here, there = one.claim.place, two.claim.place
    if one.where == two.where:
        return 1.0 if here and here.kind is Kind.COUNTRY else 5.0
    if here and there and here.name == there.name:
        return 3.0
    return 2.0 if frames(here, there) or frames(there, here) else 0.0


def frames(outer: Place | None, inner: Place | None) -> bool:
    """Tell whether `outer` is the province of `inner`."""
    return bool(
        outer and inner and outer.admin2_pcode is None and outer.admin1_pcode and outer.admin1_pcode == inner.admin1_pcode
    )


def _kind(one: Claim, two: Claim) -> float:
    if one.sub_event_type == two.sub_event_type:
        return 2.0
    if one.sub_event_type in TAKINGS and two.sub_event_type in TAKINGS:
        return 1.0
    types = {SUB_EVENT_TYPES.get(claim.sub_event_type or "") for claim in (one, two)}
    return 1.0 if len(types) == 1 and None not in types else 0.0


def _voice(one: Said, two: Said) -> float:
    """Names that differ are two persons; a description may stand for either."""
    if one.voice.key == two.voice.key:
        return 2.0
    if all(said.claim.attribution[-1].kind is HopKind.PERSON for said in (one, two)):
        return -2.0
    return 1.0 if one.voice.words & two.voice.words else 0.0


def _figure(one: Said, two: Said) -> float:
    if one.counted & two.counted:
        return 3.0
    return 1.5 if one.figures & two.figures else 0.0


def _text(one: Said, two: Said) -> float:
    both = one.words | two.words
    return 4.0 * len(one.words & two.words) / len(both) if both else 0.0


LIKENESS: Mapping[str, Callable[[Said, Said], float]] = {
    "place": _place,
    "kind": lambda one, two: _kind(one.claim, two.claim),
    "control": lambda one, two: 1.0 if one.claim.control == two.claim.control else 0.0,
    "speaker": _voice,
    "actor": lambda one, two: 0.5 if one.claim.actor and one.claim.actor == two.claim.actor else 0.0,
    "target": lambda one, two: 0.5 if one.claim.target and one.claim.target == two.claim.target else 0.0,
    "day": lambda one, two: 0.5 if one.claim.event_date and one.claim.event_date == two.claim.event_date else 0.0,
    "figure": _figure,
    "text": _text,
    "denial": lambda one, two: _DENIED if (one.claim.status is Status.DENIED) != (two.claim.status is Status.DENIED) else 0.0,
    "past": lambda one, two: _HISTORY if (one.claim.status is Status.PAST) != (two.claim.status is Status.PAST) else 0.0,
}
"""What makes two claims alike, and how much: the place first, then what happened, who says so, and the figures."""


def likeness(one: Said, two: Said) -> float:
    """Return how alike two claims are; from `_ENOUGH` on they are taken for one."""
    return sum(weigh(one, two) for weigh in LIKENESS.values())


def pairs(derived: Sequence[Said], sources: Iterable[Said]) -> list[Pair]:
    """Pair each claim of a derived article with the claim it goes back to, best first, no claim twice.

    What is left over may share a source with another: a rewriter makes two sentences of one.
    """
    told = list(sources)
    heard = _heard(told)
    alike = [
        (-score, order, before.claim.id, Pair(before, after))
        for order, after in enumerate(derived)
        for before in told
        if (score := likeness(before, after)) >= _ENOUGH and (_borrowed(after, heard) or _text(before, after) >= _VERBATIM)
    ]
    scored = sorted(alike, key=lambda entry: entry[:3])
    found: dict[str, Pair] = {}
    used: set[str] = set()
    for reuse in (False, True):
        for _, _, _, pair in scored:
            if pair.after.claim.id in found or (pair.before.claim.id in used and not reuse):
                continue
            found[pair.after.claim.id] = pair
            used.add(pair.before.claim.id)
    return [found[said.claim.id] for said in derived if said.claim.id in found]


def moved(derived: Sequence[Said], sources: Iterable[Said]) -> list[Pair]:
    """Pair a taking that a rewriter has of no source with the taking by the same side that the source tells, the likest.

    A rewriter has no reporters; what it adds in its own or a nameless voice was made of what it had.
    """
    known = list(sources)
    told, heard = [said for said in known if _live_taking(said)], _heard(known)
    found = []
    for after in filter(_live_taking, derived):
        alike = [before for before in told if taker(before.claim) == taker(after.claim)]
        if alike and _borrowed(after, heard):
            found.append(Pair(min(alike, key=lambda before: (-likeness(before, after), before.claim.id)), after))
    return found


def _live_taking(said: Said) -> bool:
    """Tell whether a claim is of a district or province that changed hands in these days."""
    placed = said.claim.place is not None and said.claim.place.unit is not None
    return placed and is_taking(said.claim) and said.claim.status not in (Status.DENIED, Status.PLANNED, Status.PAST)


def _heard(sources: Iterable[Said]) -> frozenset[str]:
    """Return the words by which the speakers of some articles are known."""
    return frozenset(word for said in sources for word in said.voice.words)


def _borrowed(after: Said, heard: frozenset[str]) -> bool:
    """Tell whether a speaker can be one of the source's: who is named and never spoke there was asked anew."""
    return not after.voice.known or bool(after.voice.words & heard)
