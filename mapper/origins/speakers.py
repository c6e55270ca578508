"""Turns the last hop of an attribution into the voice that speaks: one key for a speaker, however written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from mapper.gazetteer.romanise import normal
from mapper.model import Claim, Control, Hop, HopKind
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
NAMELESS = frozenset(
    "people residents locals inhabitants villagers townspeople witnesses eyewitnesses sources source elders officials authorities "
    "neighbours relatives families survivors refugees drivers traders shopkeepers farmers shepherds doctors medics nurses workers "
    "partners fighters militia militias militiamen mujahideen soldiers troops commanders gunmen insurgents militants rebels "
    "civilians protesters demonstrators activists analysts experts journalists diplomats lawmakers".split()
)
"""Common nouns for people: a group that has no other name is somebody else in every article."""

_ADJECTIVES = frozenset("former ex senior top local provincial one-time leading".split())
"""Words that many offices share."""
_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_HOME = frozenset({"afghan", "afghanistan"})
"""Says nothing of a speaker where every ministry is Afghan; one outlet writes it and the next does not."""
_SPELLINGS = {"defense": "defence", "organizer": "organiser", "neighbor": "neighbour"}
_SPOKESMAN = re.compile(r"\bspokes(?:man|woman|person|men|people)\b", re.IGNORECASE)
_AFTER_HEAD = re.compile(r"[,;]|\b(?:of|in|from|at|near|on|who|with)\b")
_PRONOUN = re.compile(r"^(?:his|her|its|their)\b", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?\b")
_HEARSAY = re.compile(r"\b(?:reports?|rumou?rs?|media|hearsay|reportedly)\b", re.IGNORECASE)


class Voice(NamedTuple):
    """Who speaks. Two hops with the same key may be one speaker; `known` when the key names him by itself."""

    key: str
    words: frozenset[str]
    known: bool


NOBODY = Voice("", frozenset(), False)


def hear(claims: Sequence[Claim]) -> list[Voice]:
    """Return whose voice each claim of an article is; the claims come in text order.

    A spokesman's is the voice of whom he speaks for, and "his spokesman" speaks for whoever spoke
    last. Somebody whom the article also names is who it names: "a council member", and then "X, a
    member of the provincial council".
    """
    voices = []
    last = office = NOBODY
    for claim in claims:
        hop = claim.attribution[-1]
        voice = _voice(claim, last if _PRONOUN.match((hop.role or hop.name or "").rpartition(", ")[2]) else office)
        if hop.kind in INSTITUTIONS:
            office = voice
        if hop.kind not in PUBLISHERS:
            last = voice
        voices.append(voice)
    told = [
        Told(claim.attribution[-1], voice, _gist(claim), claim.span.start) for claim, voice in zip(claims, voices, strict=True)
    ]
    return [_meant(one, told) for one in told]


class Told(NamedTuple):
    """Who speaks in an article, and what of: the place, and who holds it."""

    hop: Hop
    voice: Voice
    gist: tuple[str | None, Control]
    at: int
    """Where the sentence begins: what one sentence tells has no order."""


def _gist(claim: Claim) -> tuple[str | None, Control]:
    return (claim.place.unit or claim.place.id) if claim.place else None, claim.control


def _meant(one: Told, told: Sequence[Told]) -> Voice:
    """Return the voice that an article names elsewhere for one that it only describes here."""
    hop, voice, _, _ = one
    before, after = [t for t in told if t.at < one.at], [t for t in told if t.at > one.at]
    if not voice.words or hop.kind in PUBLISHERS or hop.kind is HopKind.PERSON:
        return voice
    if hop.kind is HopKind.OFFICE:
        wider = {t.voice for t in after if voice.words < t.voice.words and t.hop.kind in (HopKind.OFFICE, HopKind.ANONYMOUS)}
        return wider.pop() if len(wider) == 1 and not before else voice
    if voice.known or hop.kind is not HopKind.ANONYMOUS:
        return voice
    whole = {t.voice for t in told if t.voice.known and voice.words <= words(t.hop.role or "")}
    if whole:
        return whole.pop() if len(whole) == 1 else voice
    leads = _is_one(hop) and not any(t.voice.known for t in before)
    return (_named_next(one, after) or voice) if leads else voice


def _named_next(one: Told, after: Sequence[Told]) -> Voice | None:
    """Return whom the lead's "a former minister said" stands for.

    It is the next to speak, if he has a name, and an office that fits or the same to tell.
    """
    words_of = one.voice.words - _ADJECTIVES
    titled = {t.voice for t in after if t.hop.kind is HopKind.PERSON and t.voice.known and words(t.hop.role or "") & words_of}
    if len(titled) == 1:
        return titled.pop()
    following = next(
        (t for t in after if t.hop.kind not in PUBLISHERS and not (t.voice.words & words_of and not t.voice.known)), None
    )
    if following is None or not following.voice.known or following.hop.kind is not HopKind.PERSON:
        return None
    role = following.hop.role or ""
    alike = one.gist[1] is not Control.NONE and any(t.gist == one.gist for t in after if t.voice == following.voice)
    return following.voice if alike and (not role or role.startswith("who ")) else None


def _is_one(hop: Hop) -> bool:
    """Tell "a former minister", "one of the organisers" from several people and from those of a crowd."""
    head = _AFTER_HEAD.split(fold(hop.name or ""), maxsplit=1)[0].split()
    return bool(head) and head[-1] not in NAMELESS and " and " not in (hop.name or "")


def _voice(claim: Claim, principal: Voice) -> Voice:
    """Return whose voice a claim is by itself; `principal` is whom a spokesman speaks for who does not say.

    Somebody without a name is told from others by his description and by who spoke to him, so his
    key carries the outlet that did.
    """
    hop = claim.attribution[-1]
    if hop.kind in PUBLISHERS:
        return _publisher(claim)
    spoken_for = _spoken_for(hop, principal)
    if spoken_for.words:
        return spoken_for
    if hop.person_id:
        return Voice(hop.person_id, frozenset(hop.person_id.split("-")), True)
    if hop.kind is HopKind.PERSON:
        names = person(hop.name or "")
        return Voice("person " + " ".join(names), frozenset(names), True)
    said = words(hop.name or hop.role or "")
    if hop.kind in INSTITUTIONS and said and not _crowd(hop.name or ""):
        return _institution(said)
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
    return frozenset(_singular(_SPELLINGS.get(word, word)) for word in bare if word not in _STOP | _HOME | _DAYS)


def _singular(word: str) -> str:
    """Return a noun without the plural's s: one outlet cites an organiser, the next "one of the organisers"."""
    return word[:-1] if len(word) > 4 and word.endswith("s") and word[-2] not in "sui" else word


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


def _crowd(name: str) -> bool:
    """Tell whether a group is only described: "residents of Farkhar", "two security officials"."""
    head = _AFTER_HEAD.split(fold(name), maxsplit=1)[0].split()
    return bool(head) and head[-1] in NAMELESS


def _institution(said: frozenset[str]) -> Voice:
    return Voice("voice " + " ".join(sorted(said)), said, True)


def _spoken_for(hop: Hop, principal: Voice) -> Voice:
    """Return the voice behind a spokesman: "spokesman for X", "X spokesman", else the principal; NOBODY for others."""
    for said in (hop.role or "", hop.name or ""):
        found = _SPOKESMAN.search(said)
        if found:
            after = re.match(r"\s+(?:for|of)\b([^,;]*)", said[found.end() :])
            client = words(after.group(1) if after else said[: found.start()].rpartition(",")[2])
            return _institution(client) if client else principal
    return NOBODY
