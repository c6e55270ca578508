"""Tokens into noun phrases: the subject before a verb, the name behind a preposition, and what stands beside them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from mapper.claims.dates import MONTHS, WEEKDAYS
from mapper.claims.lexicon import Lexicon
from mapper.claims.reading import Reading, Sentence
from mapper.claims.tokens import (
    ADVERBS,
    AUXILIARIES,
    BE,
    CONJUNCTIONS,
    DASHES,
    DETERMINERS,
    DO,
    HAVE,
    PREPOSITIONS,
    PRONOUNS,
    QUOTES,
    RELATIVES,
    SUBORDINATORS,
    Token,
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: its tokens from start to end, and the apposition beside it."""

    start: int
    end: int
    role: str | None = None
    via: Phrase | None = None


_ADJECTIVES = frozenset(
    "armed wounded injured unconfirmed so-called united masked displaced besieged unnamed unidentified occupied disputed based retired hundred famed "
    "tired unarmed hooded bearded veiled naked sacred limited detailed alleged supposed wicked red indeed".split()
)
"""Words in -ed that stand before nouns more often than they are verbs."""

_VERBS = (AUXILIARIES - {"to"}) | frozenset(
    "died went came saw took gave left fled rose began stood lay sat knew met ran sent rode knelt drove flew ate drank sang swam broke "
    "chose froze stole wore tore swore woke threw grew drew blew bought brought caught taught sought slept swept wept crept spent felt kept "
    "became shook forgot forgave sank shrank sprang rang spat fed bled dug slid hid".split()
)
"""Verbs that no table needs to list: a clause is known by them."""
_CALLED = frozenset("named identified known called identify name gave".split())
_SPOKEN = frozenset("said tweeted told added wrote".split())
"""Verbs that stand in no noun phrase: "the spokesman tweeted a video he said"."""
_FINITE = frozenset("has have had was were".split())
_HOURS = frozenset("morning afternoon evening night today yesterday".split())
_OPENERS = frozenset(
    "meanwhile however but and later separately earlier overnight today yesterday elsewhere additionally moreover furthermore "
    "nevertheless nonetheless similarly likewise therefore thus still also".split()
)
"""Words that open a sentence and are nobody."""
_MEDIA = frozenset(
    "statement tweet post message interview report briefing address speech letter video press release communique".split()
)
_CLAUSE_WORDS = frozenset("that while but because although though whereas when after before".split())


class Phrases:
    """Finds noun phrases in one sentence."""

    def __init__(self, reading: Reading, sentence: Sentence, lexicon: Lexicon) -> None:
        """Take the sentence, and the article it stands in."""
        self.reading, self.sentence, self.lexicon = reading, sentence, lexicon
        self.text, self.tokens = reading.article.text, sentence.tokens
        self.people = lexicon.words("speakers", "people")
        self.offices = lexicon.words("speakers", "offices")

    def before(self, i: int) -> Phrase | None:
        """Return the subject of the verb at token `i`."""
        j = i - 1
        while j >= 0 and (
            self.tokens[j].low in ADVERBS
            or self.tokens[j].low in AUXILIARIES
            or self.tokens[j].low in DO
            or self.tokens[j].low in ("not", "further", "been", "perhaps", "however", "meanwhile")
            or (self.tokens[j].low.endswith("ly") and self.tokens[j].text.islower() and j > 0)
        ):
            j -= 1
        if j < 0:
            return None
        if self.tokens[j].low in CONJUNCTIONS:
            return self._shared(j)
        segments = self.segments(self._subject_start(j), j + 1)
        if self.low(i - 1) not in (",", ")") and self.low(j) not in (",", ")"):
            segments = [s for s in segments if self._may_be_subject(*s)][-1:]
        return self.choose(segments) if segments else None

    def _may_be_subject(self, a: int, b: int) -> bool:
        """Tell a noun phrase from an adverbial between subject and verb: "in neighbouring Herat", "on Monday"."""
        trimmed = self._trimmed(a, b)
        return self.low(a) not in PREPOSITIONS and self._is_noun_phrase(*trimmed) and not self._is_time(*trimmed)

    def _shared(self, j: int) -> Phrase | None:
        """Return the subject of the first verb of the clause, which "and said" shares."""
        start = self._subject_start(j - 1)
        if start == j:  # a quotation stands between the two verbs
            start = next((k + 1 for k in range(j - 1, -1, -1) if self.low(k) in (";", ":")), 0)
        verb = next((k for k in range(start, j) if self.has_verb(k, k + 1) and not self.sentence.quoted[k]), None)
        segments = self.segments(start, verb) if verb is not None and verb > start else []
        return self.choose(segments) if segments else None

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
                opening = self._relative_before(k) if token.low == "and" or token.low in _CLAUSE_WORDS else None
                if opening is None:
                    break
                k = opening
            k -= 1
        return k + 1

    def _ends_clause(self, token: Token) -> bool:
        return token.low in QUOTES or token.low in ";:!?" or token.low in DASHES or token.low in _CLAUSE_WORDS

    def _relative_before(self, k: int) -> int | None:
        """Return the comma that opens the relative clause around token `k`: "a source, who asked that his name be withheld, said"."""
        comma = next((m for m in range(k - 1, -1, -1) if self.tokens[m].low == ","), None)
        return comma if comma is not None and self.low(comma + 1) in RELATIVES else None

    def _clause_joint(self, k: int, j: int) -> bool:
        """Tell an "and" that joins two clauses from one that joins two names."""
        if self.tokens[k].low == "as":
            return self.low(k + 1) not in ("of",)
        left = self.tokens[max(0, k - 6) : k]
        right = self.tokens[k + 1 : j + 1]
        return (
            any(t.low in self.lexicon.verbs and not t.text[:1].isupper() for t in left)
            or len(right) <= 1
            or right[0].low in PRONOUNS
            or self.low(k - 1) == ","
        )

    def segments(self, start: int, end: int) -> list[tuple[int, int]]:
        """Split a stretch at its commas and keep the last verbless ones: the subject and what stands in apposition to it."""
        cuts = [start - 1, *(k for k in range(start, end) if self.tokens[k].low in (",", "(", ")")), end]
        pieces = [piece for a, b in pairwise(cuts) if b - a > 1 for piece in self._parted(a + 1, b)]
        kept: list[tuple[int, int]] = []
        for a, b in reversed(pieces):
            if (
                self.low(a) in RELATIVES
                or self.low(a) in ("or", "perhaps", "as", "according", "also", "known")
                or self.low(a - 1) == "("
                or not any(t.text[:1].isalpha() for t in self.tokens[a:b])
                or (self.tokens[a].low in self.lexicon.says and self.lexicon.says[self.tokens[a].low][0] == "quote")
            ):
                continue
            if self._is_participle(a):
                continue
            relative = next((k for k in range(a + 1, b) if self.tokens[k].low in RELATIVES), b)
            if relative < b and not self.has_verb(a, relative):
                kept.append((a, b))
                continue
            if kept and (
                self.has_verb(a, b) or any(t.low.endswith("ed") and len(t.low) > 4 and t.text.islower() for t in self.tokens[a:b])
            ):
                break
            kept.append((a, b))
        return kept[::-1]

    def _parted(self, a: int, b: int) -> list[tuple[int, int]]:
        """Part the subject from what leads up to it without a comma: "In a statement the ministry", "In a tweet Saleh"."""
        if self.low(a) not in PREPOSITIONS:
            return [(a, b)]
        for k in range(b - 1, a + 1, -1):
            before = self.tokens[k - 1]
            opens = self.low(k) in DETERMINERS or self.low(k) in PRONOUNS
            named = before.low in WEEKDAYS or (self.tokens[k].text[:1].isupper() and before.low in _MEDIA)
            if (
                (opens or named)
                and self.low(k) not in _HOURS
                and before.low.isalpha()
                and before.low not in PREPOSITIONS | DETERMINERS
            ):
                return [(a, k), (k, b)]
        return [(a, b)]

    def _is_participle(self, a: int) -> bool:
        """Tell an aside such as "speaking by telephone" from a subject such as "Unconfirmed reports"."""
        low = self.low(a)
        name = low.endswith("ed") and a + 1 < len(self.tokens) and self.tokens[a + 1].text[:1].isupper()  # "Sayed Karimi"
        if name and self.low(a + 1) not in WEEKDAYS | MONTHS:
            return False
        ends = low.endswith(("ing", "ed")) and len(low) > 4 and low not in _ADJECTIVES and not low.startswith("un")
        return ends and (not self.tokens[a].text[:1].isupper() or a == 0)

    def choose(self, segments: list[tuple[int, int]]) -> Phrase | None:
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
        named = [
            p for p in named if self.low(p[0]) not in self.offices | self.people
        ] or named  # "X, spokesman for the Interior Ministry"
        a, b = named[-1] if named else phrases[0] if len(phrases) == 1 or self.low(phrases[0][0]) in DETERMINERS else phrases[-1]
        called = next((k for k in range(a + 1, b - 1) if self.low(k) in ("named", "called")), None)
        if called is not None and all(t.text[:1].isupper() for t in self.tokens[called + 1 : b]):
            return Phrase(called + 1, b, self.words(a, called))
        others = [p for p in phrases if p != (a, b)]
        beside = self._bracketed(b) or self._told_of(b)
        role = self.words(*others[0]) if others else beside
        return Phrase(a, b, role)

    def _told_of(self, b: int) -> str | None:
        """Return what a relative clause behind a name tells of its bearer: "X, who represents Tulak on the council, said"."""
        speaks_for = self.low(b + 1) in ("speaking", "representing") and self.low(b + 2) in ("for", "on", "the")
        if self.low(b) != "," or not (self.low(b + 1) == "who" or speaks_for):
            return None
        close = next((k for k in range(b + 2, len(self.tokens)) if self.low(k) == ","), None)
        return self.words(b + 1, close) if close else None

    def _bracketed(self, b: int) -> str | None:
        """Return what stands in brackets behind a name: "Assadullah (the former police chief) said"."""
        if self.low(b) != "(":
            return None
        close = next((k for k in range(b + 1, min(b + 12, len(self.tokens))) if self.low(k) == ")"), None)
        return self.words(b + 1, close) if close and any(t.low in self.people for t in self.tokens[b:close]) else None

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
        ) or (a < b and self.tokens[a].low in _OPENERS):
            a += 1
        a = next((k + 1 for k in range(b - 2, a, -1) if self._is_of_saying(k)), a)
        b = next((k for k in range(a + 1, b) if self.tokens[k].low in RELATIVES), b)
        return a, self._before_time(a, b)

    def _is_of_saying(self, k: int) -> bool:
        """Tell the verb of "the commission says it", behind which another subject stands."""
        return self.low(k) in ("said", "says", "say") and not self.tokens[k].text[:1].isupper()

    def _before_time(self, a: int, b: int) -> int:
        """Return where a phrase ends before the time behind it: "the governor on Wednesday"."""
        end = b
        while end > a + 1 and self._is_of_time(end - 1):
            end -= 1
        while end > a + 1 and end < b and self.low(end - 1) in ("on", "late", "early", "last", "this", "in"):
            end -= 1
        return end

    def _is_of_time(self, k: int) -> bool:
        low = self.low(k)
        return low in WEEKDAYS or low in MONTHS or low in _HOURS or (low.isdigit() and self.low(k - 1) in MONTHS)

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
        spoken = any(t.low in _SPOKEN for t in self.tokens[a + 1 : b])
        return b - a <= 16 and not spoken and not any(t.low in _FINITE for t in self.tokens[a:b])

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

    def after(self, i: int) -> Phrase | None:
        """Return the noun phrase that begins at token `i`, with the apposition behind it."""
        k = i
        while k < len(self.tokens) and not self._ends_phrase(k, i):
            k += 1
        a, b = self._trimmed(i, k)
        if a >= b or not self._is_noun_phrase(a, b):
            return None
        role = None
        if b < len(self.tokens) and self.low(b) == "," and self.low(b + 1) in ("a", "an", "the", "who", "head", "former"):
            end = next(
                (m for m in range(b + 1, len(self.tokens)) if self.low(m) in (",", ".") or self.tokens[m].low in QUOTES),
                len(self.tokens),
            )
            role = self.words(b + 1, end) if self.low(b + 1) != "who" and not self.has_verb(b + 1, end) else None
        name = self._named_as(b)
        return Phrase(*name, self.words(a, b)) if name else Phrase(a, b, role)

    def _named_as(self, b: int) -> tuple[int, int] | None:
        """Return the name that a described speaker goes by: "the organiser, who wished to be named only as Shukria"."""
        for k in range(b, min(b + 14, len(self.tokens) - 1)):
            if self.tokens[k].text in QUOTES or self.low(k) in (".", ";"):
                return None
            called = any(t.low in _CALLED for t in self.tokens[max(b, k - 4) : k])
            if called and self.low(k) in ("as", "only", "name") and self.tokens[k + 1].text[:1].isupper():
                end = next((m for m in range(k + 1, len(self.tokens)) if not self.tokens[m].text[:1].isupper()), len(self.tokens))
                return k + 1, end
        return None

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

    def has_verb(self, a: int, b: int) -> bool:
        """Tell whether a stretch of tokens holds a verb; a capital marks a name, but at its start."""
        return any(self._is_finite(t) and self._may_be_verb(n, a) for n, t in enumerate(self.tokens[a:b], a))

    def _may_be_verb(self, n: int, a: int) -> bool:
        """Tell a verb from a name, "Sayed Kamal", and from a noun, "the head of the council"."""
        if self.low(n - 1) in ("the", "a", "an", "its", "their", "his", "her", "our"):
            return False
        if self.low(n - 1) in _MEDIA and self.low(n).endswith("ed"):
            return False  # "in a statement issued on Thursday"
        named = n + 1 < len(self.tokens) and self.tokens[n + 1].text[:1].isupper()
        return not self.tokens[n].text[:1].isupper() or (n == a and not named)

    def _is_finite(self, token: Token) -> bool:
        """Tell a word that may be a verb: one of the tables, an auxiliary, or a past in -ed that is no usual adjective."""
        known = token.low in self.lexicon.verbs or token.low in _VERBS
        return known or (token.low.endswith("ed") and len(token.low) > 4 and token.low not in _ADJECTIVES)

    def low(self, i: int) -> str:
        """Return the token at `i` in lower case, or nothing beyond the sentence."""
        return self.tokens[i].low if 0 <= i < len(self.tokens) else ""

    def words(self, a: int, b: int) -> str:
        """Return a stretch of tokens as written, without a possessive ending."""
        return (
            self.text[self.tokens[a].start : self.tokens[b - 1].end]
            .removesuffix("'s")
            .removesuffix("\N{RIGHT SINGLE QUOTATION MARK}s")
            if a < b
            else ""
        )
