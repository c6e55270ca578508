"""Sentences into sayings: who speaks, through whom, with what stance, and over which characters it holds.

The vocabulary is PARC's: an attribution is a source, a cue and a content. Four shapes cover news
English: "NP said that ...", "..., NP said" (or "said NP"), "according to NP", and a quotation whose
speaker stands in a sentence beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import zip_longest

from mapper.actors import Actors
from mapper.claims.dates import MONTHS, WEEKDAYS, find
from mapper.claims.lexicon import Lexicon
from mapper.claims.morphology import Form
from mapper.claims.reading import Reading, Sentence
from mapper.claims.tokens import (
    ADVERBS,
    AUXILIARIES,
    BE,
    CLOSERS,
    CONJUNCTIONS,
    DASHES,
    DETERMINERS,
    HAVE,
    PREPOSITIONS,
    PRONOUNS,
    QUOTES,
    RELATIVES,
    SUBORDINATORS,
    Token,
)
from mapper.model import Hop, HopKind, Span
from mapper.text import fold


@dataclass(frozen=True, slots=True)
class Saying:
    """One act of speech reported in the article: its hops from outer to inner, its stance, what it covers."""

    hops: tuple[Hop, ...]
    stance: str
    content: tuple[Span, ...]
    cue: Span
    speaker: Span

    def covers(self, at: int) -> bool:
        """Tell whether the character at this offset belongs to what is said."""
        return any(span.start <= at < span.end for span in self.content)

    @property
    def width(self) -> int:
        """How many characters it covers."""
        return sum(span.end - span.start for span in self.content)


@dataclass(slots=True)
class _Heard:
    """Who has spoken so far; what "he", "the spokesman" and "the outlet" refer back to."""

    hops: list[Hop] = field(default_factory=list)
    outlets: list[Hop] = field(default_factory=list)
    withdrawn: bool = False
    """The article takes back what its outlet reported: "we wrote that ..." then says what did not happen."""


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A noun phrase: its tokens from start to end, and the apposition beside it."""

    start: int
    end: int
    role: str | None = None
    via: _Phrase | None = None


def attribute(reading: Reading, lexicon: Lexicon, actors: Actors) -> tuple[Saying, ...]:
    """Return every saying of the article in text order."""
    heard = _Heard()
    found: list[Saying] = []
    for sentence in reading.sentences:
        if sentence.furniture:
            continue
        heard.withdrawn = heard.withdrawn or _withdraws(sentence)
        here = list(_Sentence(reading, sentence, lexicon, actors, heard).sayings())
        found.extend(_bounded(here))
    return tuple(_with_quotations(reading, found, heard))


def _withdraws(sentence: Sentence) -> bool:
    """Tell a correction: "The paper has withdrawn its report", "CORRECTION: ..."."""
    low = [t.low for t in sentence.tokens]
    taken_back = any(w in ("withdrawn", "withdrew", "withdraws", "retracted", "retracts", "corrected") for w in low)
    return low[:1] == ["correction"] or (
        taken_back and any(w in ("report", "story", "article", "headline", "claim") for w in low)
    )


def chain(reading: Reading, sayings: Sequence[Saying], at: int) -> tuple[tuple[Hop, ...], tuple[str, ...]]:
    """Return the hops from the outlet to the original speaker of the words at an offset, and the stances on the way."""
    outlet = Hop(reading.article.outlet, None, HopKind.OUTLET)
    hops, stances = [outlet], []
    for saying in sorted((s for s in sayings if s.covers(at)), key=lambda s: -s.width):
        for hop in saying.hops:
            if fold(hop.name or "") not in {fold(h.name or "") for h in hops}:
                hops.append(hop)
        stances.append(saying.stance)
    return tuple(hops), tuple(stances)


def _bounded(sayings: list[Saying]) -> list[Saying]:
    """End an open content where the next speaker of the same sentence begins, unless that one speaks inside it."""
    found: list[Saying] = []
    for saying, following in zip_longest(sayings, sayings[1:]):
        if (
            following is None
            or not saying.content
            or saying.content[-1].end <= following.speaker.start
            or saying.content[0].start >= following.cue.end
        ):
            found.append(saying)
            continue
        first = saying.content[0]
        nested = following.speaker.start - saying.cue.end <= 12 or following.stance == "relay"
        cut = first if nested else Span(first.start, min(first.end, following.speaker.start))
        found.append(replace(saying, content=(cut, *saying.content[1:])) if cut.start < cut.end else saying)
    return found


def _with_quotations(reading: Reading, sayings: list[Saying], heard: _Heard) -> Iterator[Saying]:
    """Give each quotation its speaker: the one whose sentence touches it, else the one just before in its paragraph."""
    extended = list(sayings)
    for quotation in reading.quotations:
        inside = [s for s in reading.sentences if s.span.start < quotation.end and quotation.start < s.span.end]
        if not inside or any(s.furniture for s in inside):
            continue
        touching = [
            n for n, s in enumerate(extended)
            if any(i.span.start <= s.cue.start < i.span.end for i in inside) and not quotation.start <= s.cue.start < quotation.end
        ]  # fmt: skip
        if touching:
            near = min(
                touching,
                key=lambda n: min(abs(extended[n].cue.start - quotation.end), abs(quotation.start - extended[n].cue.end)),
            )
            extended[near] = replace(extended[near], content=(*extended[near].content, quotation))
            continue
        long = quotation.end - quotation.start > 25
        paragraph = inside[0].paragraph
        before = [
            n
            for n, s in enumerate(extended)
            if s.cue.start < quotation.start and _paragraph(reading, s.cue.start) in (paragraph, paragraph - 1)
        ]
        if long and before:
            n = before[-1]
            extended[n] = replace(extended[n], content=(*extended[n].content, quotation))
    yield from sorted(extended, key=lambda s: s.cue)


def _paragraph(reading: Reading, at: int) -> int:
    return next((s.paragraph for s in reading.sentences if s.span.start <= at < s.span.end), -1)


_ADJECTIVES = frozenset(
    "armed wounded injured unconfirmed so-called united masked displaced besieged unnamed unidentified occupied disputed based retired hundred famed "
    "tired unarmed hooded bearded veiled naked sacred limited detailed alleged supposed wicked red indeed".split()
)
"""Words in -ed that stand before nouns more often than they are verbs."""

_CLAUSE_WORDS = frozenset("that while but because although though whereas when after before".split())


class _Sentence:
    """Finds the sayings of one sentence."""

    def __init__(self, reading: Reading, sentence: Sentence, lexicon: Lexicon, actors: Actors, heard: _Heard) -> None:
        self.reading, self.sentence, self.lexicon, self.actors, self.heard = reading, sentence, lexicon, actors, heard
        self.text, self.tokens = reading.article.text, sentence.tokens
        self.people = lexicon.words("speakers", "people")
        self.offices = lexicon.words("speakers", "offices")
        self.latest: Saying | None = None

    def sayings(self) -> Iterator[Saying]:
        for i, token in enumerate(self.tokens):
            if token.low == "according" or (token.low == "per" and self._low(i - 1) == "as"):
                saying = self._according(i)
            elif token.low in self.lexicon.says and self._is_verb(i):
                saying = self._said(i)
            elif token.low in ("reports", "rumours", "rumors", "claims"):
                saying = self._rumoured(i)
            else:
                saying = None
            if saying:
                for hop in saying.hops:
                    self._remember(hop)
                self.latest = saying
                yield saying
        for saying in (self._labelled(), self._presented(), self._trailed()):
            if saying and self.latest is None:
                for hop in saying.hops:
                    self._remember(hop)
                yield saying

    # --- the shapes ---

    def _said(self, i: int) -> Saying | None:
        stance, form = self.lexicon.says[self.tokens[i].low]
        if stance == "quote":
            return self._quoted(i, form)
        if self._is_inverted(i):
            after = self._after(i + 1)
            return (
                after
                if after is None
                else self._saying(after, stance, i, (Span(self.sentence.span.start, self.tokens[i].start),))
            )
        if (self._low(i - 1) == "and" or self._low(i - 1) in RELATIVES) and self.latest is not None:
            return replace(
                self.latest,
                stance=stance,
                content=(Span(self.tokens[i].end, self.sentence.span.end),),
                cue=Span(self.tokens[i].start, self.tokens[i].end),
                speaker=Span(self.tokens[i - 1].start, self.tokens[i].end),
            )
        progressive = form is Form.ING and self._low(i - 1) in BE
        subject = self._author(self._before(i)) if form is not Form.ING or progressive else None
        if subject is None:
            return None
        start = None if self._closes(subject, i) else self._content_start(i)
        joint = self._low(subject.start - 1)
        if start is None and subject.start and joint in CONJUNCTIONS:
            start = self.tokens[i].end
        closing = start is None
        content = (
            Span(self.sentence.span.start, self.tokens[subject.start].start)
            if closing
            else Span(start or 0, self.sentence.span.end)
        )
        if closing and content.end - content.start < 8:
            content = Span(self.tokens[i].end, self.sentence.span.end)
        return self._saying(subject, stance, i, (content,))

    def _closes(self, subject: _Phrase, i: int) -> bool:
        """Tell "CONTENT, NP said on Tuesday" from "NP said on Tuesday that CONTENT": a clause stands before the speaker."""
        comma = subject.start - 1
        if comma < 1 or not (self._low(comma) == "," or self.tokens[comma].text in QUOTES):
            return False
        following = self._low(i + 1)
        adverbial = (
            following in PREPOSITIONS
            or following.endswith("day")
            or following in ("later", "earlier", ",", ".", ";", "while", "and", "adding", "without")
            or following in DASHES
        )
        stop = next((k for k in range(i + 1, len(self.tokens)) if self._low(k) in (",", ":", "that")), len(self.tokens))
        return (
            adverbial and self._low(stop) not in ("that", ":") and (self._has_verb(0, comma) or self.tokens[comma].text in QUOTES)
        )

    def _quoted(self, i: int, form: Form) -> Saying | None:
        """ "X, citing Y", "X quoted Y as saying ...", "Y, quoted by X", "Y was quoted as saying"."""
        if self._low(i + 1) == "by":
            carrier, speaker = self._after(i + 2), self._before(i)
            if carrier is None or speaker is None:
                return None
            saying = next(
                (k for k in range(carrier.end, min(carrier.end + 4, len(self.tokens))) if self._low(k) == "saying"), None
            )
            said = (Span(self.tokens[saying].end, self.sentence.span.end),) if saying is not None else ()
            return self._saying(replace(speaker, via=carrier), "plain", i, said)
        passive = any(t.low in BE for t in self.tokens[max(0, i - 2) : i]) and form is not Form.ING
        if passive:
            subject = self._before(i)
            start = self._content_start(i)
            if subject is None:
                return None
            saying = next((k for k in range(i, min(i + 4, len(self.tokens))) if self._low(k) == "saying"), i)
            start = start if self._has_verb(saying + 1, len(self.tokens)) and self._low(saying + 1) not in (",", ".") else None
            span = (
                Span(start, self.sentence.span.end) if start else Span(self.sentence.span.start, self.tokens[subject.start].start)
            )
            return self._saying(subject, "plain", i, (span,))
        j = i + 1
        while self._low(j) in ("to",):
            j += 1
        if self._low(j) in ("a", "the") and self._low(j + 1) == "tweet" and self._low(j + 2) in ("by", "from"):
            j += 3
        speaker = self._after(j)
        if speaker is None:
            return None
        carrier = self._before(i) if form is not Form.ING else self._carrier(i)
        as_saying = next(
            (
                k
                for k in range(speaker.end, min(speaker.end + 14, len(self.tokens) - 1))
                if self._low(k) == "as" and self._low(k + 1) in ("saying", "telling", "having")
            ),
            None,
        )
        later = next(
            (
                k
                for k in range(speaker.end, min(speaker.end + 4, len(self.tokens)))
                if self.tokens[k].low in self.lexicon.says and k > i
            ),
            None,
        )
        if as_saying is not None:
            content = Span(self.tokens[as_saying].end, self.sentence.span.end)
        elif later is not None and carrier is not None:
            content = Span(self.tokens[later].end, self.sentence.span.end)
        else:
            content = Span(self.sentence.span.start, self.tokens[carrier.start if carrier else i].start)
        return self._saying(replace(speaker, via=carrier), "plain", i, (content,))

    def _according(self, i: int) -> Saying | None:
        j = i + 1 if self._low(i + 1) != "to" else i + 2
        speaker = self._after(j)
        if speaker is None:
            return None
        opening = not self._has_verb(0, i)
        quoted = next(
            (
                k
                for k in range(speaker.end, min(speaker.end + 5, len(self.tokens) - 1))
                if self._low(k) in ("quoted", "cited") and self._low(k + 1) == "by"
            ),
            None,
        )
        if quoted is not None:
            speaker = replace(speaker, via=self._after(quoted + 2))
        if opening:
            end = next((k for k in range(speaker.end, len(self.tokens)) if self._low(k) == ","), speaker.end)
            content = Span(self.tokens[min(end, len(self.tokens) - 1)].end, self.sentence.span.end)
        else:
            content = Span(self._clause_start(i), self.tokens[i].start)
        return self._saying(speaker, "plain", i, (content,))

    def _rumoured(self, i: int) -> Saying | None:
        """ "There are unconfirmed reports that ...", "reports have emerged of ...": hearsay speaks without a name."""
        joint = next((k for k in range(i + 1, min(i + 6, len(self.tokens))) if self._low(k) in ("that", "of", "about")), None)
        between = self.tokens[i + 1 : joint] if joint else ()
        if joint is None or any(
            t.low not in AUXILIARIES
            and t.low not in ("emerged", "surfaced", "come", "on", "social", "media", "circulating", "online", "coming", "in")
            for t in between
        ):
            return None
        start = i
        while start > 0 and self._low(start - 1) in (
            "unconfirmed",
            "media",
            "local",
            "several",
            "conflicting",
            "some",
            "early",
            "initial",
            "news",
            "unverified",
        ):
            start -= 1
        if start and (self._low(start - 1) in DETERMINERS or self._low(start - 1) in self.lexicon.says):
            return None
        name = self._words(start, i + 1)
        span = Span(self.tokens[start].start, self.tokens[i].end)
        hop = Hop(name, None, HopKind.ANONYMOUS, self.tokens[i].text, span)
        return Saying(
            (hop,),
            "plain",
            (Span(self.tokens[joint].end, self.sentence.span.end),),
            Span(self.tokens[i].start, self.tokens[i].end),
            span,
        )

    def _labelled(self) -> Saying | None:
        """ "Police: seven dead." and "... (hospital)." in lists of incidents."""
        if self.tokens and self.sentence.heading:
            last = len(self.tokens) - 1
            while last > 0 and self.tokens[last].low in (".", ";"):
                last -= 1
            if self.tokens[last].low == ")":
                first = next((k for k in range(last, -1, -1) if self.tokens[k].low == "("), None)
                if first is not None and any(t.low in self.people | self.offices for t in self.tokens[first:last]):
                    return self._saying(
                        _Phrase(first + 1, last), "plain", first, (Span(self.sentence.span.start, self.tokens[first].start),)
                    )
            colon = next((k for k in range(1, min(5, len(self.tokens))) if self.tokens[k].low == ":"), None)
            if colon and (
                any(t.low in self.people | self.offices for t in self.tokens[:colon])
                or self.actors.named(" ".join(t.low for t in self.tokens[:colon]), None)
            ):
                return self._saying(_Phrase(0, colon), "plain", colon, (Span(self.tokens[colon].end, self.sentence.span.end),))
        return None

    def _presented(self) -> Saying | None:
        """ "A resident sends us a message: "...": whoever is the subject before a colon and a quotation speaks it."""
        colon = next(
            (k for k in range(2, len(self.tokens) - 1) if self.tokens[k].low == ":" and self.tokens[k + 1].text in QUOTES), None
        )
        verb = next(
            (
                k
                for k in range(1, colon or 0)
                if self.tokens[k].low in self.lexicon.verbs or self.tokens[k].low.endswith(("s", "ed"))
            ),
            None,
        )
        named = colon is not None and colon <= 4 and all(t.text[:1].isupper() for t in self.tokens[:colon])
        subject = _Phrase(0, colon) if named and colon else self._choose(self._segments(0, verb)) if verb else None
        return (
            self._saying(subject, "plain", colon, (Span(self.tokens[colon].end, self.sentence.span.end),))
            if subject and colon
            else None
        )

    def _trailed(self) -> Saying | None:
        """ "Taliban capture Nesh: governor", "... - officials": a headline names its speaker last."""
        if not self.tokens or self.tokens[-1].low in (".", "!", "?"):
            return None
        mark = next(
            (
                k
                for k in range(len(self.tokens) - 1, max(0, len(self.tokens) - 6), -1)
                if self._low(k) == ":" or self._low(k) in DASHES
            ),
            None,
        )
        tail = self.tokens[mark + 1 :] if mark else ()
        words = self.people | self.offices | self.lexicon.words("speakers", "reports")
        if mark is None or mark < 3 or not tail or tail[-1].low not in words:
            return None
        return self._saying(
            _Phrase(mark + 1, len(self.tokens)), "plain", mark, (Span(self.sentence.span.start, self.tokens[mark].start),)
        )

    # --- finding the noun phrases ---

    def _is_inverted(self, i: int) -> bool:
        """Tell "..., said the minister" from "the minister, a general, said": what the comma closes is a clause, or a quotation."""
        if not self._is_name_start(i + 1) or self._low(i + 1) in ("that", "this", "there"):
            return False
        before = i - 1
        if before >= 0 and self.tokens[before].text in QUOTES:
            return self._low(before - 1) in (",", "?", "!", ".") or self.tokens[before].text in CLOSERS
        if self._low(before) != ",":
            return False
        start = next((k + 1 for k in range(before - 1, -1, -1) if self.tokens[k].low in (",", ";", ":")), 0)
        clause = self._has_verb(start, before) and self._low(start) not in RELATIVES
        return clause or (not self._has_verb(i + 1, len(self.tokens)) and self._names_speaker(i + 1))

    def _names_speaker(self, i: int) -> bool:
        """Tell a noun phrase that somebody can be called by: a name, or a noun of people or offices."""
        phrase = self._after(i)
        words = self.tokens[phrase.start : phrase.end] if phrase else ()
        return any(t.text[:1].isupper() or t.low in self.people or t.low in self.offices for t in words)

    def _author(self, phrase: _Phrase | None) -> _Phrase | None:
        """Let the author of "a tweet by X" speak, through whom "as reported by Y" names."""
        if phrase is None:
            return None
        words = [t.low for t in self.tokens[phrase.start : phrase.end]]
        at = next(
            (
                k
                for k, (a, b) in enumerate(zip(words, words[1:], strict=False))
                if a in ("tweet", "statement", "message", "post", "report") and b in ("by", "from", "of")
            ),
            None,
        )
        if at is None:
            return phrase
        author = self._after(phrase.start + at + 2)
        carrier = next(
            (
                k
                for k in range(phrase.end, min(phrase.end + 5, len(self.tokens) - 1))
                if self._low(k) in ("reported", "quoted", "carried", "cited") and self._low(k + 1) == "by"
            ),
            None,
        )
        return replace(author, via=self._after(carrier + 2) if carrier else None) if author else phrase

    def _before(self, i: int) -> _Phrase | None:
        """Return the subject of the verb at token `i`."""
        j = i - 1
        while j >= 0 and (
            self.tokens[j].low in ADVERBS
            or self.tokens[j].low in AUXILIARIES
            or self.tokens[j].low in ("not", "further", "been", "perhaps")
        ):
            j -= 1
        if j < 0:
            return None
        if self.tokens[j].low in CONJUNCTIONS:
            return self._shared(j)
        segments = self._segments(self._subject_start(j), j + 1)
        if self._low(i - 1) not in (",", ")") and self._low(j) not in (",", ")"):
            segments = segments[-1:]
        return self._choose(segments) if segments else None

    def _shared(self, j: int) -> _Phrase | None:
        """Return the subject of the first verb of the clause, which "and said" shares."""
        start = self._subject_start(j - 1)
        verb = next((k for k in range(start, j) if self._has_verb(k, k + 1)), None)
        segments = self._segments(start, verb) if verb is not None and verb > start else []
        return self._choose(segments) if segments else None

    def _subject_start(self, j: int) -> int:
        """Go left from the last token of a subject to where its clause begins."""
        k = j
        depth = 0
        while k >= 0:
            token = self.tokens[k]
            if token.low in ("(", ")"):
                depth += 1 if token.low == ")" else -1
            elif depth == 0 and token.low == "that" and (comma := self._relative_before(k)) is not None:
                k = comma
            elif depth == 0 and (self._ends_clause(token) or (token.low in ("and", "as", "so") and self._clause_joint(k, j))):
                break
            k -= 1
        return k + 1

    def _ends_clause(self, token: Token) -> bool:
        return token.low in QUOTES or token.low in ";:!?" or token.low in DASHES or token.low in _CLAUSE_WORDS

    def _relative_before(self, k: int) -> int | None:
        """Return the comma that opens the relative clause around token `k`: "a source, who asked that his name be withheld, said"."""
        comma = next((m for m in range(k - 1, -1, -1) if self.tokens[m].low == ","), None)
        return comma if comma is not None and self._low(comma + 1) in RELATIVES else None

    def _clause_joint(self, k: int, j: int) -> bool:
        """Tell an "and" that joins two clauses from one that joins two names."""
        if self.tokens[k].low == "as":
            return self._low(k + 1) not in ("of",)
        left = self.tokens[max(0, k - 6) : k]
        right = self.tokens[k + 1 : j + 1]
        return (
            any(t.low in self.lexicon.verbs and not t.text[:1].isupper() for t in left)
            or len(right) <= 1
            or right[0].low in PRONOUNS
            or self._low(k - 1) == ","
        )

    def _segments(self, start: int, end: int) -> list[tuple[int, int]]:
        """Split a stretch at its commas and keep the last verbless ones: the subject and what stands in apposition to it."""
        cuts = [start - 1, *(k for k in range(start, end) if self.tokens[k].low in (",", "(", ")")), end]
        pieces = [(a + 1, b) for a, b in zip(cuts, cuts[1:], strict=False) if b - a > 1]
        kept: list[tuple[int, int]] = []
        for a, b in reversed(pieces):
            if (
                self._low(a) in RELATIVES
                or self._low(a) in ("or", "perhaps", "as", "according", "also", "known")
                or self._low(a - 1) == "("
                or not any(t.text[:1].isalpha() for t in self.tokens[a:b])
                or (self.tokens[a].low in self.lexicon.says and self.lexicon.says[self.tokens[a].low][0] == "quote")
            ):
                continue
            if (
                self._low(a).endswith(("ing", "ed"))
                and len(self._low(a)) > 4
                and (not self.tokens[a].text[:1].isupper() or a == 0)
            ):
                continue
            if kept and (
                self._has_verb(a, b)
                or any(t.low.endswith("ed") and len(t.low) > 4 and t.text.islower() for t in self.tokens[a:b])
            ):
                break
            kept.append((a, b))
        return kept[::-1]

    def _choose(self, segments: list[tuple[int, int]]) -> _Phrase | None:
        """Pick the name among a subject's segments; the other segments are its role."""
        phrases = [
            (a, b)
            for a, b in (self._trimmed(a, b) for a, b in segments)
            if a < b and self._is_noun_phrase(a, b) and not self._is_time(a, b)
        ]
        phrases = [p for p in phrases if not self._is_place(*p)] or phrases
        if not phrases:
            return None
        named = [p for p in phrases if self._is_proper(*p)]
        a, b = named[-1] if named else phrases[0] if len(phrases) == 1 or self._low(phrases[0][0]) in DETERMINERS else phrases[-1]
        others = [p for p in phrases if p != (a, b)]
        beside = self._bracketed(b)
        role = self._words(*others[0]) if others else beside
        return _Phrase(a, b, role)

    def _bracketed(self, b: int) -> str | None:
        """Return what stands in brackets behind a name: "Assadullah (the former police chief) said"."""
        if self._low(b) != "(":
            return None
        close = next((k for k in range(b + 1, min(b + 12, len(self.tokens))) if self._low(k) == ")"), None)
        return self._words(b + 1, close) if close and any(t.low in self.people for t in self.tokens[b:close]) else None

    def _trimmed(self, a: int, b: int) -> tuple[int, int]:
        """Cut a phrase before its relative clause, and leading conjunctions and adverbs off it."""
        while (
            a < b
            and (
                self.tokens[a].low in CONJUNCTIONS
                or self.tokens[a].low in ADVERBS
                or self.tokens[a].low in ("meanwhile", "however", "but", "then", "there", "as", "'", "#", ".", "on", ")", "]")
            )
            and not self.tokens[a].text[:1].isupper()
        ) or (a < b and self.tokens[a].low in ("meanwhile", "however", "but", "and", "later", "separately", "earlier")):
            a += 1
        cut = next((k for k in range(a + 1, b) if self.tokens[k].low in RELATIVES), b)
        return a, cut

    def _is_noun_phrase(self, a: int, b: int) -> bool:
        first = self.tokens[a]
        if b - a == 1 and first.low in ("reports", "report"):
            return True
        if (
            first.low in PREPOSITIONS
            or first.low in SUBORDINATORS
            or first.low in BE | HAVE
            or not any(c.isalnum() for c in first.text)
        ):
            return False
        if first.low in ("it", "this", "that", "there", "which", "what", "these", "those") and b - a == 1:
            return first.low == "it"
        return b - a <= 16

    def _is_place(self, a: int, b: int) -> bool:
        spans = [r.toponym.span for r in self.reading.resolutions]
        return all(any(s.start <= t.start < s.end for s in spans) for t in self.tokens[a:b])

    def _is_time(self, a: int, b: int) -> bool:
        return all(t.low in ADVERBS or t.low in MONTHS or t.low in WEEKDAYS or t.low.isdigit() for t in self.tokens[a:b])

    def _is_proper(self, a: int, b: int) -> bool:
        words = [t for t in self.tokens[a:b] if t.text[:1].isalpha() and t.low not in PREPOSITIONS and t.low not in DETERMINERS]
        return (
            bool(words)
            and sum(t.text[:1].isupper() for t in words) >= max(1, len(words) - 1)
            and self.tokens[a].low not in ("a", "an", "one", "some", "two")
            and (self.tokens[a].low not in DETERMINERS)
        )

    def _after(self, i: int) -> _Phrase | None:
        """Return the noun phrase that begins at token `i`, with the apposition behind it."""
        k = i
        while k < len(self.tokens) and not self._ends_phrase(k, i):
            k += 1
        a, b = self._trimmed(i, k)
        if a >= b or not self._is_noun_phrase(a, b):
            return None
        role = None
        if b < len(self.tokens) and self._low(b) == "," and self._low(b + 1) in ("a", "an", "the", "who", "head", "former"):
            end = next(
                (m for m in range(b + 1, len(self.tokens)) if self._low(m) in (",", ".") or self.tokens[m].low in QUOTES),
                len(self.tokens),
            )
            role = self._words(b + 1, end) if self._low(b + 1) != "who" and not self._has_verb(b + 1, end) else None
        return _Phrase(a, b, role)

    def _ends_phrase(self, k: int, i: int) -> bool:
        token = self.tokens[k]
        if token.low in QUOTES or token.low in ",.;:!?)(" or token.low in DASHES:
            return True
        if token.low in RELATIVES or token.low in SUBORDINATORS - {"since"}:
            return True
        if k > i and (token.low in self.lexicon.says or token.low in BE | HAVE) and not token.text[:1].isupper():
            return True
        if token.low == "and" and k > i and any(t.low in self.lexicon.verbs for t in self.tokens[k + 1 : k + 3]):
            return True
        return k > i and token.low in ("on", "by", "as", "early", "late", "via", "to") and token.low != "of"

    def _carrier(self, i: int) -> _Phrase | None:
        """Return the outlet of "..., X reported, citing Y" or "X, citing Y, reported"."""
        k = i - 1
        while k >= 0 and self.tokens[k].low in (",",):
            k -= 1
        while k >= 0 and (
            self.tokens[k].low in self.lexicon.says
            or self.tokens[k].low in ADVERBS
            or self.tokens[k].low.endswith("day")
            or self.tokens[k].low == "on"
        ):
            k -= 1
        return self._before(k + 1) if k >= 0 else None

    # --- what is covered ---

    def _content_start(self, i: int) -> int | None:
        """Return where the words after the verb begin, None when only adverbials follow and the content stood before."""
        k = i + 1
        if self._low(k) == "that" or self._low(k) == ":":
            return self.tokens[k].end
        if self.lexicon.says[self.tokens[i].low][0] == "call":
            return self.tokens[i].end
        that = next(
            (
                m
                for m in range(k, min(k + 16, len(self.tokens)))
                if self._low(m) in ("that", ":") or self.tokens[m].text in QUOTES
            ),
            None,
        )
        rest = [t for t in self.tokens[k:] if t.low not in QUOTES and t.text.strip(".")]
        if self.tokens[i].low in ("told", "informed", "telling", "tell", "tells") and that is None:
            k = self._object_end(k)
            return self.tokens[k].start if k < len(self.tokens) and self._has_verb(k, len(self.tokens)) else None
        if that is not None and not self._has_verb(k, that):
            return self.tokens[that].end if self._low(that) in ("that", ":") else self.tokens[that].start
        if not rest or (i > 0 and self._low(i - 1) != "," and self._adverbial(k)):
            return None
        while k < len(self.tokens) and self._low(k) == ",":
            k += 1
        return (
            self.tokens[k].start
            if (k < len(self.tokens) and self._has_verb(k, len(self.tokens))) or self._low(i + 1) in ("as", "the", "a", "an")
            else None
        )

    def _object_end(self, k: int) -> int:
        """Skip the hearer of "told": "told reporters in Kabul", "told Tolo News"."""
        m = k
        while (
            m < len(self.tokens)
            and (
                self.tokens[m].text[:1].isupper()
                or self.tokens[m].low in PREPOSITIONS
                or self.tokens[m].low in DETERMINERS
                or self.tokens[m].low
                in (
                    "reporters",
                    "journalists",
                    "us",
                    "telephone",
                    "phone",
                    "satellite",
                    "press",
                    "conference",
                    "message",
                    "text",
                    "interview",
                    "local",
                    "media",
                    "voice",
                    "separate",
                    "calls",
                )
            )
            and self.tokens[m].low not in ("the",)
        ):
            m += 1
        return m

    def _adverbial(self, k: int) -> bool:
        """Tell whether only an adverbial follows: ", the ministry said in a statement on Sunday."."""
        rest = self.tokens[k:]
        if not rest or rest[0].low in (".", ",", ";") or rest[0].text in QUOTES:
            stop = 1
            return not rest or rest[0].low == "." or not self._has_verb(k + stop, len(self.tokens)) or self._low(k) == ","
        return (
            rest[0].low in PREPOSITIONS
            or rest[0].low.endswith("day")
            or rest[0].low in ("later", "earlier", "today", "yesterday")
        ) and not self._has_verb(k, len(self.tokens))

    def _clause_start(self, i: int) -> int:
        stops = [t.end for t in self.tokens[:i] if t.low in (";",)]
        return stops[-1] if stops else self.sentence.span.start

    # --- building the hops ---

    def _saying(self, phrase: _Phrase, stance: str, i: int, content: tuple[Span, ...]) -> Saying | None:
        hops = [hop for p in (phrase.via, self._told(i), phrase) if p for hop in self._hops(p, i)]
        own = fold(self.reading.article.outlet or "\0")
        hops = [h for h in hops if fold(h.name or "").removeprefix("the ") != own.removeprefix("the ")]
        ourselves = self.tokens[phrase.start].low == "we" and not self.sentence.quoted[phrase.start]
        if ourselves and self.heard.withdrawn and not hops:
            stance = "deny"
        elif not hops or not self._can_speak(hops[-1]):
            return None
        spans = tuple(s for s in content if s.start < s.end)
        begin = min(self.tokens[p.start].start for p in (phrase, phrase.via) if p)
        return Saying(
            tuple(dict.fromkeys(hops)),
            stance,
            spans,
            Span(self.tokens[i].start, self.tokens[i].end),
            Span(begin, self.tokens[phrase.end - 1].end),
        )

    def _can_speak(self, hop: Hop) -> bool:
        """Tell a speaker from a thing: "this incident added to the fear" is no saying."""
        low = fold(hop.name or "")
        words = low.split()
        if words[:1] in (["no"], ["nobody"], ["none"], ["neither"]):
            return False
        if hop.kind is HopKind.PERSON and len(words) == 1 and hop.span and hop.person_id is None:
            return hop.span.start > self.sentence.span.start or bool(
                re.search(rf"[a-z,] {re.escape(hop.name or '')}\b", self.text)
            )
        if hop.kind is not HopKind.GROUP:
            return True
        return bool(self.actors.named(low.removeprefix("the "), None)) or any(
            self.actors.named(w, None) or w.removesuffix("s") in self.people or w in ("groups", "group") for w in words
        )

    def _told(self, i: int) -> _Phrase | None:
        """Return the outlet that was told, when it is not the article's own: the words came through it."""
        if self.tokens[i].low not in ("told", "tells", "telling", "informed"):
            return None
        hearer = self._after(i + 1)
        if hearer is None:
            return None
        names = [t for t in self.tokens[hearer.start : hearer.end] if t.text[:1].isupper()]
        if not names or not self._is_outlet(self._words(hearer.start, hearer.end)):
            return None
        return _Phrase(self.tokens.index(names[0]), self.tokens.index(names[-1]) + 1)

    def _hops(self, phrase: _Phrase, i: int) -> list[Hop]:
        name = self._words(phrase.start, phrase.end)
        first = self.tokens[phrase.start]
        if first.low in ("i", "we") and phrase.end - phrase.start == 1:
            return []
        if first.low in ("he", "she", "him", "her", "they", "it") and phrase.end - phrase.start == 1:
            return self._pronoun(first.low)
        known = self._back(phrase)
        if known:
            return [known]
        medium, day = self._medium(i), self._day(i)
        span = Span(first.start, self.tokens[phrase.end - 1].end)
        name, role = self._untitled(name, phrase.role)
        kind = self._kind(name, role)
        if kind is HopKind.PERSON and any(
            r.toponym.span.start <= span.start < r.toponym.span.end for r in self.reading.resolutions
        ):
            kind = HopKind.OFFICE
        person = self._person(name)
        return [Hop(name, role, kind, self.tokens[i].text, span, medium, person, day)]

    def _pronoun(self, low: str) -> list[Hop]:
        kinds = {
            "it": (HopKind.OUTLET, HopKind.AGENCY, HopKind.OFFICE, HopKind.GROUP),
            "they": (HopKind.GROUP, HopKind.ANONYMOUS, HopKind.OFFICE, HopKind.PERSON),
        }.get(low, (HopKind.PERSON, HopKind.ANONYMOUS, HopKind.OFFICE))
        return next(([hop] for hop in reversed(self.heard.hops) if hop.kind in kinds), [])

    def _back(self, phrase: _Phrase) -> Hop | None:
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

    def _surname(self, phrase: _Phrase) -> Hop | None:
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
        office = all(fold(w) in titles or w[:1].isupper() or w in ("of", "the", "a", "for") for w in before)
        titled = last >= (1 if before and before[0].casefold() in ("the", "a") else 0)
        party = self.actors.named(" ".join(rest).casefold(), None) is not None
        if titled and proper and office and not party and before[-1] not in ("of", "for") and not self._is_outlet(name):
            return " ".join(rest), role or " ".join(before)
        return name, role

    def _kind(self, name: str, role: str | None) -> HopKind:
        low = fold(name)
        words = low.split()
        if self._is_outlet(name):
            return (
                HopKind.AGENCY
                if low in self.lexicon.words("outlets", "agencies") or "agency" in words or "wire" in words
                else HopKind.OUTLET
            )
        if any(cue in low for cue in ("report", "document", "tweet")) and not any(w in self.people for w in words):
            return HopKind.DOCUMENT
        if self.actors.named(low.removeprefix("the "), None):
            return HopKind.GROUP
        if words and self._is_named(name.split()):
            return HopKind.PERSON
        if any(w in self.offices for w in words) and not any(w in self.people - {"police", "head", "staff"} for w in words):
            return HopKind.OFFICE
        return HopKind.ANONYMOUS if any(w in self.people for w in words) else HopKind.GROUP

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
        if low in self.lexicon.words("outlets", "names"):
            return True
        described = self.lexicon.words("outlets", "described")
        if any(fold(w) in described for w in words[:3]) and words[-1][:1].isupper():
            return True
        if any(
            low.startswith(known + " ") or low.endswith(" " + known)
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

    def _person(self, name: str) -> str | None:
        low = fold(name)
        for person in self.actors.persons:
            if any(
                fold(alias) == low or (len(alias.split()) > 1 and re.search(rf"\b{re.escape(fold(alias))}\b", low))
                for alias in (person.name, *person.aliases)
            ):
                return person.id
        return None

    def _medium(self, i: int) -> str | None:
        """Return how the words reached the outlet, from the cue and the words around it."""
        opening = [t.low for t in self.tokens[:5]] if self._low(0) in ("in", "on") else []
        window = " ".join([*opening, *(t.low for t in self.tokens[max(0, i - 8) : i + 10])])
        for medium in ("tweet", "post", "statement", "interview", "broadcast"):
            if any(re.search(rf"\b{re.escape(word)}\b", window) for word in self.lexicon.cues["media"][medium]):
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

    def _remember(self, hop: Hop) -> None:
        (self.heard.outlets if hop.kind in (HopKind.OUTLET, HopKind.AGENCY) else self.heard.hops).append(hop)
        if hop.kind in (HopKind.OUTLET, HopKind.AGENCY):
            self.heard.hops.append(hop)

    # --- small questions ---

    def _is_verb(self, i: int) -> bool:
        """Tell "X claims" from "the claims": a noun follows a determiner or an adjective, a verb a subject."""
        low, before = self.tokens[i].low, self._low(i - 1)
        if before == "to" and self.lexicon.says[low][1] is Form.BASE:
            return False
        if self.tokens[i].text[:1].isupper() and i:
            return False
        if low in ("post", "posts", "posting") or (
            low in ("call", "calls")
            or (
                low in ("called", "calling")
                and (before == "also" or self._low(i + 1) in ("off", "for", "on", "up", "in", "themselves"))
            )
        ):
            return False
        if (before in self.lexicon.says and self.lexicon.says[before][0] in ("deny", "confirm")) or (
            low == "called" and (before in BE or self._low(i - 2) in BE)
        ):
            return False
        if low in (
            "report",
            "reports",
            "claim",
            "claims",
            "post",
            "posts",
            "state",
            "states",
            "comment",
            "comments",
            "note",
            "quote",
            "quotes",
            "record",
            "cite",
            "fear",
            "fears",
            "estimate",
            "estimates",
            "show",
            "shows",
            "promise",
            "dispute",
            "vow",
            "vows",
            "tweet",
            "tweets",
            "threat",
        ):
            if (
                before in DETERMINERS
                or before
                in (
                    "unconfirmed",
                    "media",
                    "news",
                    "of",
                    "in",
                    "many",
                    "initial",
                    "are",
                    "were",
                    "several",
                    "reported",
                    "to",
                    "earlier",
                    "no",
                    "reports",
                    "by",
                )
                or i == 0
            ):
                return False
            if low in ("state", "post", "report", "record", "note", "comment", "claim") and before == "to":
                return False
        return not (
            low in ("reported", "claimed", "said", "believed", "estimated", "expected", "feared", "quoted")
            and any(t.low in BE for t in self.tokens[max(0, i - 2) : i])
            and self.lexicon.says[low][0] != "quote"
            and self._low(i - 2) != "'"
        )

    def _is_name_start(self, i: int) -> bool:
        return i < len(self.tokens) and (
            self.tokens[i].text[:1].isupper()
            or self.tokens[i].low in DETERMINERS
            or self.tokens[i].low in self.people
            or self.tokens[i].low.startswith("ex-")
            or self.tokens[i].low in ("one", "two", "former", "local")
        )

    def _has_verb(self, a: int, b: int) -> bool:
        return any(self._is_finite(t) and (not t.text[:1].isupper() or n == a) for n, t in enumerate(self.tokens[a:b], a))

    def _is_finite(self, token: Token) -> bool:
        """Tell a word that may be a verb: one of the tables, an auxiliary, or a past in -ed that is no usual adjective."""
        known = token.low in self.lexicon.verbs or token.low in AUXILIARIES - {"to"}
        return known or (token.low.endswith("ed") and len(token.low) > 4 and token.low not in _ADJECTIVES)

    def _low(self, i: int) -> str:
        return self.tokens[i].low if 0 <= i < len(self.tokens) else ""

    def _words(self, a: int, b: int) -> str:
        return (
            self.text[self.tokens[a].start : self.tokens[b - 1].end]
            .removesuffix("'s")
            .removesuffix("\N{RIGHT SINGLE QUOTATION MARK}s")
            if a < b
            else ""
        )
