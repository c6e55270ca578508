"""Noun phrases into hops: who speaks, as what, through which medium, and whom "he" and "the spokesman" mean."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date

from mapper.actors import Actors
from mapper.claims.counts import is_civilian
from mapper.claims.dates import find
from mapper.claims.lexicon import Lexicon
from mapper.claims.phrases import Phrase, Phrases
from mapper.claims.reading import Reading, Sentence
from mapper.claims.tokens import (
    DETERMINERS,
)
from mapper.model import Hop, HopKind, Span
from mapper.text import fold

_INSTITUTIONS = frozenset("ministry commission council department directorate committee agency embassy court mission".split())
_BREAKS = re.compile(r"\b(?:of|in|by|to|and|or|the|a|an|for|with|from|at|on|that|which|is|was|has|had)\b")
"""Words that stand in no name of an institution that ends in its noun."""


_OF_GROUPS = frozenset("rights watch union association foundation coalition federation".split())
"""Words in the names of groups, which persons do not have."""
_ACRONYM = 6
"""Letters of the longest acronym that speaks: "UNAMA"."""


@dataclass(slots=True)
class Heard:
    """Who has spoken so far; what "he", "the spokesman" and "the outlet" refer back to."""

    hops: list[Hop] = field(default_factory=list)
    outlets: list[Hop] = field(default_factory=list)
    interviewed: Hop | None = None
    """Whose the answers of an interview are: who was spoken of last before the first of them."""
    withdrawn: bool = False
    """The article takes back what its outlet reported: "we wrote that ..." then says what did not happen."""


def _again(hop: Hop, medium: str | None, day: date | None) -> Hop:
    """Return a speaker who speaks again, through what and when the text now says."""
    return replace(hop, medium=medium or hop.medium, day=day or hop.day)


class Speakers(Phrases):
    """Turns the noun phrases of one sentence into hops."""

    def __init__(self, reading: Reading, sentence: Sentence, lexicon: Lexicon, actors: Actors, heard: Heard) -> None:
        """Take the sentence, and who has spoken before it."""
        super().__init__(reading, sentence, lexicon)
        self.actors, self.heard = actors, heard

    def hops(self, phrase: Phrase, i: int) -> list[Hop]:
        """Return the hop of a phrase whose cue stands at token `i`; none for "we" and for a "he" nobody fits."""
        name = self.words(phrase.start, phrase.end)
        first = self.tokens[phrase.start]
        if first.low in ("i", "we") and phrase.end - phrase.start == 1:
            return []
        medium, day = self._medium(i), self._day(i)
        if first.low in ("he", "she", "him", "her", "they", "it") and phrase.end - phrase.start == 1:
            return [_again(hop, medium, day) for hop in self._pronoun(first.low)]
        if self._is_of_those(phrase):
            return [_again(hop, medium, day) for hop in self._pronoun("they")]
        known = self._back(phrase)
        if known:
            return [_again(known, medium, day)]
        span = Span(first.start, self.tokens[phrase.end - 1].end)
        name, role = self._untitled(self._in_full(phrase) or name, phrase.role)
        kind = self._kind(name)
        if kind is HopKind.PERSON and role and not self.lexicon.words("outlets", "described").isdisjoint(fold(role).split()[:3]):
            kind = HopKind.OUTLET  # "Al-Emarah, the website of the Taliban"
        if kind is HopKind.PERSON and any(
            r.toponym.span.start <= span.start < r.toponym.span.end for r in self.reading.resolutions
        ):
            kind = HopKind.OFFICE
        person = self.actors.person(name)
        if person is None and kind in (HopKind.OFFICE, HopKind.ANONYMOUS):
            person = self.actors.holder(name, self.reading.article.published)
        return [Hop(name, role, kind, self.tokens[i].text, span, medium, person.id if person else None, day)]

    def _is_of_those(self, phrase: Phrase) -> bool:
        """Tell "each", "both", "one of them": some of those who have just spoken."""
        words = [t.low for t in self.tokens[phrase.start : phrase.end]]
        return words in (["each"], ["both"]) or (len(words) == 3 and words[1:] == ["of", "them"])

    def _pronoun(self, low: str) -> list[Hop]:
        kinds = {
            "it": (HopKind.OUTLET, HopKind.AGENCY, HopKind.OFFICE, HopKind.GROUP),
            "they": (HopKind.GROUP, HopKind.ANONYMOUS, HopKind.OFFICE, HopKind.PERSON),
        }.get(low, (HopKind.PERSON, HopKind.ANONYMOUS, HopKind.OFFICE))
        return next(([hop] for hop in reversed(self.heard.hops) if hop.kind in kinds), [])

    def _back(self, phrase: Phrase) -> Hop | None:
        """Resolve a definite description to somebody who has spoken: "the spokesman", "the news agency", "the outlet"."""
        first = self.tokens[phrase.start].low
        words = [t.low for t in self.tokens[phrase.start + 1 : phrase.end]] if first in ("the", "this", "that") else []
        if not words:
            return self._surname(phrase)
        if " ".join(words) in self.lexicon.words("outlets", "described"):
            return self.heard.outlets[-1] if self.heard.outlets else None
        for hop in reversed(self.heard.hops):
            described = fold(f"{hop.name or ''} {hop.role or ''}").split()
            if words[-1] in described and all(w in described for w in words[:-1] if w not in ("former", "local", "same")):
                return hop
        return None

    def _in_full(self, phrase: Phrase) -> str | None:
        """Return what the article called an institution before, without having it speak: "the ministry" for "the Afghan defence ministry"."""
        words = [t.low for t in self.tokens[phrase.start : phrase.end]]
        if len(words) != 2 or words[0] != "the" or words[1] not in _INSTITUTIONS:
            return None
        before = self.text[: self.tokens[phrase.start].start]
        called = [m for m in re.finditer(rf"\b[Tt]he ((?:[\w-]+ ){{1,3}}{words[1]})\b", before) if not _BREAKS.search(m[1])]
        return called[-1][0] if called else None

    def _surname(self, phrase: Phrase) -> Hop | None:
        """Resolve a bare surname to the full name that came before: "Takhari" -> "Qasem Takhari"."""
        words = [
            fold(t.low) for t in self.tokens[phrase.start : phrase.end] if t.low not in self.lexicon.words("speakers", "titles")
        ]
        if len(words) != 1 or not self.tokens[phrase.end - 1].text[:1].isupper():
            return None
        return next(
            (hop for hop in reversed(self.heard.hops) if hop.kind is HopKind.PERSON and words[0] in fold(hop.name or "").split()),
            None,
        )

    def _untitled(self, name: str, role: str | None) -> tuple[str, str | None]:
        """Split offices and titles off a person's name: "Gen. Bismillah Mohammadi" -> name, "Gen."."""
        words = name.split()
        titles = self.lexicon.words("speakers", "titles") | self.people
        last = max((k for k, word in enumerate(words[:7]) if fold(word).strip(",") in titles), default=-1)
        rest, before = words[last + 1 :], words[: last + 1]
        proper = 0 < len(rest) <= (6 if "and" in rest else 4) and all(w[:1].isupper() or w in ("and", "al") for w in rest)
        office = all(fold(w) in titles | self.offices or w[:1].isupper() or w in ("of", "the", "a", "for") for w in before)
        if rest[:1] == ["Without"]:
            return name, role  # "Doctors Without Borders"
        titled = last >= (1 if before and before[0].casefold() in ("the", "a") else 0)
        party = self.actors.named(" ".join(rest).casefold(), None) is not None
        if titled and proper and office and not party and before[-1] not in ("of", "for") and not self._is_outlet(name):
            return " ".join(rest), ", ".join(filter(None, (" ".join(before), role)))
        return name, role

    def _kind(self, name: str) -> HopKind:
        low = fold(name)
        words = low.split()
        if self._is_outlet(name):
            return (
                HopKind.AGENCY
                if any(low == a or low.startswith(f"{a} ") for a in self.lexicon.words("outlets", "agencies"))
                or "agency" in words
                or "wire" in words
                else HopKind.OUTLET
            )
        if any(cue in low for cue in ("report", "document", "tweet")) and not any(w in self.people for w in words):
            return HopKind.DOCUMENT
        if self.actors.named(low.removeprefix("the "), None):
            return HopKind.GROUP
        if words and self._is_named(name.split()):
            return HopKind.PERSON if _OF_GROUPS.isdisjoint(words) else HopKind.GROUP
        if any(w in self.offices for w in words) and not any(w in self.people - {"police", "head", "staff"} for w in words):
            return HopKind.OFFICE
        somebody = any(w in self.people or w.removesuffix("s") in self.people or is_civilian(w) for w in words)
        return HopKind.ANONYMOUS if somebody else HopKind.GROUP

    def _is_named(self, words: list[str]) -> bool:
        """Tell a person's name: capitalised words alone, none of them an office or a common noun of people."""
        common = self.people | self.offices
        return (
            all(w[:1].isupper() or w in ("and", "al") for w in words)
            and not any(fold(w) in common for w in words)
            and words[0].casefold() not in DETERMINERS
        )

    def _is_outlet(self, name: str) -> bool:
        low = fold(name).removeprefix("the ")
        words = name.split()
        if "rights" in low.split():
            return False  # "Human Rights Watch"
        if low in self.lexicon.words("outlets", "names"):
            return True
        described = self.lexicon.words("outlets", "described")
        if any(fold(w) in described for w in words[:3]) and words[-1][:1].isupper():
            return True
        if any(
            known in low and (low.startswith(known + " ") or low.endswith(" " + known))
            for known in self.lexicon.words("outlets", "names")
            if len(known) > 3
        ):
            return True
        capital = [fold(w) for w in words if w[:1].isupper()]
        return (
            (len(capital) >= 2 and any(w in self.lexicon.words("outlets", "nouns") for w in capital))
            or low in self.lexicon.words("outlets", "described")
            or any(low.endswith(" " + d) for d in ("news outlets", "news outlet", "media outlet"))
        )

    def _medium(self, i: int) -> str | None:
        """Return how the words reached the outlet, from the cue and the words around it."""
        opening = [t.low for t in self.tokens[:5]] if self.low(0) in ("in", "on") else []
        window = " ".join([*opening, *(t.low for t in self.tokens[max(0, i - 8) : i + 10])])
        for medium in ("tweet", "post", "statement", "interview", "broadcast"):
            if any(
                word in window and re.search(rf"\b{re.escape(word)}\b", window) for word in self.lexicon.cues["media"][medium]
            ):
                return {"post": "tweet"}.get(medium, medium)
        return None

    def _day(self, i: int) -> date | None:
        found = find(
            self.text,
            Span(self.tokens[i].end, min(self.sentence.span.end, self.tokens[i].end + 24)),
            self.reading.article.published,
        )
        near = [
            w for w in found if w.day and w.precision == 1 and self.text[self.tokens[i].end : w.span.start].strip() in ("", "on")
        ]
        return near[0].day if near else None

    def remember(self, hop: Hop) -> None:
        """Note who has spoken, for pronouns and descriptions to come."""
        (self.heard.outlets if hop.kind in (HopKind.OUTLET, HopKind.AGENCY) else self.heard.hops).append(hop)
        if hop.kind in (HopKind.OUTLET, HopKind.AGENCY):
            self.heard.hops.append(hop)

    def can_speak(self, hop: Hop) -> bool:
        """Tell a speaker from a thing: "this incident added to the fear" is no saying."""
        low = fold(hop.name or "")
        words = low.split()
        if words[:1] in (["no"], ["nobody"], ["none"], ["neither"]):
            return False
        if (hop.name or "").isupper() and 1 < len(low) <= _ACRONYM:
            return True
        if hop.kind is HopKind.PERSON and len(words) == 1 and hop.span and hop.person_id is None and hop.role is None:
            return hop.span.start > self.sentence.span.start or bool(
                re.search(rf"[a-z,] {re.escape(hop.name or '')}\b", self.text)
            )
        proper = [word for word in (hop.name or "").split() if word.casefold() != "the"]
        if hop.kind is not HopKind.GROUP or (len(proper) > 1 and all(word[:1].isupper() for word in proper)):
            return True  # "the Red Cross"
        if words and words[0] in ("a", "an", "one", "another") and any(is_civilian(w) for w in words[1:4]):
            return True  # "a schoolteacher in the town"
        return bool(self.actors.named(low.removeprefix("the "), None)) or any(
            self.actors.named(w, None) or w.removesuffix("s") in self.people or w in ("groups", "group") for w in words
        )

    def told(self, i: int) -> Phrase | None:
        """Return the outlet that was told, when it is not the article's own: the words came through it."""
        if self.tokens[i].low not in ("told", "tells", "telling", "informed"):
            return None
        hearer = self.after(i + 1)
        if hearer is None:
            return None
        names = [t for t in self.tokens[hearer.start : hearer.end] if t.text[:1].isupper()]
        if not names or not self._is_outlet(self.words(hearer.start, hearer.end)):
            return None
        return Phrase(self.tokens.index(names[0]), self.tokens.index(names[-1]) + 1)
