"""Turns the last hop of an attribution into the voice that speaks: one key for a speaker, however written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from mapper.gazetteer.romanise import normal
from mapper.model import Claim, Hop, HopKind
from mapper.text import fold

PUBLISHERS = frozenset({HopKind.OUTLET, HopKind.AGENCY})
"""Kinds of speakers that pass on what others say."""

INSTITUTIONS = frozenset({HopKind.OFFICE, HopKind.GROUP})
"""Kinds that are one speaker however often they are named, as a person is."""

HONORIFICS = frozenset(
    "gen general lt col colonel maj major brig brigadier capt captain sgt sergeant cmdr commander mr mrs ms dr eng "
    "engineer prof professor mullah mawlawi maulvi maulawi qari haji hajji sheikh shaikh sayed president former ex".split()
)
"""Written before a name by one outlet and left out by the next."""

_STOP = frozenset(
    "a an the of for in at on by from to and or with his her their its s who that this one two three some several local".split()
)
_HOME = frozenset({"afghan", "afghanistan"})
"""Says nothing of a speaker where every ministry is Afghan; one outlet writes it and the next does not."""
_SPELLINGS = {"defense": "defence", "organizer": "organiser", "neighbor": "neighbour"}
_SPOKESMAN = re.compile(r"\bspokes(?:man|woman|person|men|people)\b", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?\b")
_HEARSAY = re.compile(r"\b(?:reports?|rumou?rs?|media|hearsay|reportedly)\b", re.IGNORECASE)


class Voice(NamedTuple):
    """Who speaks. Two hops with the same key may be one speaker; `known` when the key names him by itself."""

    key: str
    words: frozenset[str]
    known: bool


def voice(claim: Claim, principal: frozenset[str] = frozenset()) -> Voice:
    """Return whose voice a claim is; `principal` is whom "his spokesman" speaks for.

    A spokesman's is the voice of whom he speaks for. Somebody without a name is told from others by
    his description and by who spoke to him, so his key carries the outlet that did.
    """
    hop = claim.attribution[-1]
    if hop.kind in PUBLISHERS:
        return _publisher(claim)
    spoken_for = _spoken_for(hop, principal)
    if spoken_for:
        return Voice("voice " + " ".join(sorted(spoken_for)), spoken_for, True)
    if hop.person_id:
        return Voice(hop.person_id, frozenset(hop.person_id.split("-")), True)
    if hop.kind is HopKind.PERSON:
        names = person(hop.name or "")
        return Voice("person " + " ".join(names), frozenset(names), True)
    said = words(hop.name or hop.role or "")
    if hop.kind in INSTITUTIONS and said:
        return Voice("voice " + " ".join(sorted(said)), said, True)
    return Voice(f"{gatherer(claim)}: {' '.join(sorted(said))}", said, False)


def hearsay(hop: Hop) -> bool:
    """Tell whether nobody stands behind a hop: "reports", "rumours", "social media"."""
    return hop.kind is HopKind.DOCUMENT or (hop.kind is HopKind.ANONYMOUS and bool(_HEARSAY.search(hop.name or "")))


def gatherer(claim: Claim) -> str:
    """Return the outlet that spoke to the last speaker: the publisher nearest to him in the chain."""
    publishers = [hop for hop in claim.attribution[:-1] if hop.kind in PUBLISHERS and hop.name]
    return title(publishers[-1].name or "") if publishers else claim.article_id


@lru_cache(maxsize=65536)
def title(name: str) -> str:
    """Return a form in which an outlet's name is compared: folded words without the article."""
    return " ".join(word for word in fold(name).split() if word != "the")


@lru_cache(maxsize=65536)
def words(description: str) -> frozenset[str]:
    """Return the words that describe a speaker, folded, without articles, numbers and possessives."""
    bare = re.findall(r"\w+", fold(_POSSESSIVE.sub(" ", description)))
    return frozenset(_SPELLINGS.get(word, word) for word in bare if word not in _STOP | _HOME)


@lru_cache(maxsize=65536)
def person(name: str) -> tuple[str, ...]:
    """Return a name in the normal form of each word, without titles, so that spellings meet."""
    bare = re.findall(r"\w+", fold(name))
    kept = [word for word in bare if word not in HONORIFICS] or bare
    return tuple(_first(normal(word), word) for word in kept)


def _first(forms: Iterable[str], otherwise: str) -> str:
    return next(iter(forms), otherwise)


def _publisher(claim: Claim) -> Voice:
    """An outlet's own voice is that of one article; an outlet cited by another is known by its name."""
    name = title(claim.attribution[-1].name or "")
    if len(claim.attribution) == 1 or not name:
        return Voice(f"outlet {claim.article_id}", frozenset(name.split()), False)
    return Voice(f"outlet {name}", frozenset(name.split()), True)


def _spoken_for(hop: Hop, principal: frozenset[str]) -> frozenset[str]:
    """Return the words for whom a spokesman speaks, empty for somebody who is none."""
    for said in (hop.role or "", hop.name or ""):
        if _SPOKESMAN.search(said):
            own = hop.kind is HopKind.PERSON and said == hop.name
            return frozenset() if own else words(_SPOKESMAN.sub(" ", said)) or principal
    return frozenset()
