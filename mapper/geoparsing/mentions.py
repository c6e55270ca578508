"""Finds the place names of an article: words -> mentions, each with every place that its name may mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mapper.gazetteer import Gazetteer, NameMatch
from mapper.gazetteer.kinds import KIND_WORDS
from mapper.geoparsing.beside import has_office, is_placed, kind_said, speaks
from mapper.geoparsing.guards import GUARDS, PARTICLES, PERSONS, Sighting
from mapper.geoparsing.tokens import Style, Token, hyphen, joined, span, tokenise
from mapper.geoparsing.words import Words, words
from mapper.model import Article, Kind, Span

Matches = tuple[NameMatch, ...]
Run = tuple[int, Matches]
"""The last word of a name, and what it may mean."""

UNKNOWN = "no place of this name is known"
ROAD = "a road between two places, not a place"

_LONGEST = 6  # words in a name
_ADMIN = frozenset(word for word, kind in KIND_WORDS.items() if kind in (Kind.PROVINCE, Kind.DISTRICT, Kind.CITY, Kind.VILLAGE))
_NATURE = frozenset(KIND_WORDS) - _ADMIN
_ROADS = frozenset(word for word, kind in KIND_WORDS.items() if kind is Kind.ROAD) | {"route", "corridor"}
_FAINT = ("consonants", "typo")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Mention:
    """A place name where it stands, its first word, and the places it may mean: none when `reason` says why.

    `said` is the kind that words beside it give, `cue` whether anything beside it says that it is a
    place at all, `office` whether an office of a province is named with it, `speaking` whether it says something.
    """

    text: str
    span: Span
    head: Token
    matches: Matches
    said: Kind | None = None
    cue: bool = False
    office: bool = False
    speaking: bool = False
    reason: str | None = None


class Finder:
    """Walks once over the words of one article."""

    def __init__(self, article: Article, gazetteer: Gazetteer) -> None:
        """Cut the article into words."""
        self.text = article.text
        self.tokens = tokenise(article.text)
        self._gazetteer = gazetteer
        self._words: Words = words()
        self._outlets = _occurrences(article.text, article.outlet)
        self._common = frozenset(token.text for token in self.tokens if not token.capital and not token.hashtag)
        self._surnames: set[str] = set()
        self._runs: dict[int, Run | None] = {}

    def mentions(self) -> list[Mention]:
        """Return the place names in text order; none overlap."""
        found: list[Mention] = []
        at = 0
        while at < len(self.tokens):
            if not _may_begin(self.tokens[at]):
                at += 1
                continue
            mention, at = self._next(at, found[-1] if found else None)
            if mention is not None:
                found.append(mention)
        return found

    def _next(self, at: int, previous: Mention | None) -> tuple[Mention | None, int]:
        run = self._road(at) or self._run(at)
        if run is not None:
            return self._mention(at, run, previous), run[0] + 1
        last = self._unknown(at)
        if last is not None:
            return self._make(at, last, (), reason=UNKNOWN), last + 1
        return None, at + 1

    # --- names -------------------------------------------------------------------------------

    def _run(self, at: int) -> Run | None:
        """Return the longest name that starts at a word; the likeness of a faint one counts only when no other starts there."""
        if at not in self._runs:
            self._runs[at] = next(self._spelled(at), None)
        return self._runs[at]

    def _spelled(self, at: int) -> Iterator[Run]:
        head = self.tokens[at]
        if not (head.native or head.capital or head.hashtag):
            return
        faint: list[Run] = []
        for last in self._ends(at):
            name = self.text[head.start : self.tokens[last].end]
            matches = self._gazetteer.lookup(_CAMEL.sub(" ", name) if head.hashtag else name)
            matches = tuple(match for match in matches if _written_so(match.name, head))
            if matches and matches[0].tier not in _FAINT:
                yield last, matches
            elif matches and self.tokens[last].capital:
                faint.append((last, matches))
        yield from faint

    def _ends(self, at: int) -> list[int]:
        """Return where a name that starts at a word may end, longest first; before a word such as district if it can."""
        ends, head = [at], self.tokens[at]
        for last in range(at + 1, min(at + _LONGEST, len(self.tokens))):
            token = self.tokens[last]
            if token.native != head.native or not joined(self.text, self.tokens[last - 1], token):
                break
            if head.native or token.capital or hyphen(token) or token.lower in _NATURE:
                ends.append(last)
            elif token.lower not in PARTICLES:
                if last == at + 1:
                    ends.append(last)
                break
        return sorted(ends, key=lambda last: (last > at and self.tokens[last].lower in _ADMIN, -last))

    def _road(self, at: int) -> Run | None:
        """Return "Kabul-Kandahar highway" as one name, known or not, in either direction."""
        start = self._run(at)
        if start is None or start[1][0].place.kind is Kind.ROAD:
            return start
        middle = start[0] + 1
        end = self._run(middle) if middle < len(self.tokens) and hyphen(self.tokens[middle]) else None
        if end is None or end[0] + 1 >= len(self.tokens):
            return None
        noun = self.tokens[end[0] + 1]
        if noun.lower not in _ROADS or not joined(self.text, self.tokens[end[0]], noun):
            return None
        one, other = (self.text[slice(*span(self.tokens, *ends))] for ends in ((at, start[0]), (middle, end[0])))
        known = self._gazetteer.lookup(f"{other}-{one} {noun.text}")
        return end[0] + 1, tuple(match for match in known if match.place.kind is Kind.ROAD)

    def _unknown(self, at: int) -> int | None:
        """Return the last word of a name that no table knows, but that a word such as district says is a place."""
        if not self._names_something(self.tokens[at]):
            return None
        last = at
        while last + 1 < len(self.tokens) and last - at < 3 and self._goes_on(last):
            last += 1
        kind = self.tokens[last + 1] if last + 1 < len(self.tokens) else None
        if kind is None or kind.lower not in ("district", "village", "valley") or not joined(self.text, self.tokens[last], kind):
            return None
        return last if all(self._names_something(token) for token in self.tokens[at : last + 1]) else None

    def _goes_on(self, at: int) -> bool:
        after = self.tokens[at + 1]
        return joined(self.text, self.tokens[at], after) and (after.capital or hyphen(after)) and after.lower not in KIND_WORDS

    def _names_something(self, token: Token) -> bool:
        return (
            token.style is Style.PROSE
            and not token.first
            and (token.capital or token.lower in PARTICLES or hyphen(token))
            and token.lower not in self._words.plain
            and not token.native
        )

    # --- mentions ----------------------------------------------------------------------------

    def _mention(self, at: int, run: Run, previous: Mention | None) -> Mention | None:
        last, matches = run
        if not matches:
            return self._make(at, last, (), reason=ROAD)
        where = span(self.tokens, at, last)
        said = kind_said(self.text, where, self.tokens[last].possessive)
        cue = said is not None or self._heads_list(last)
        cue = cue or is_placed(self.text, self.tokens, at, previous.span if previous else None, self._words)
        sighting = Sighting(
            text=self.text,
            tokens=self.tokens,
            first=at,
            last=last,
            matches=matches,
            said=said,
            cue=cue,
            words=self._words,
            known=lambda other: self._run(other) is not None,
            surnames=frozenset(self._surnames),
            common=self._common,
        )
        guard = next((name for name, holds in GUARDS.items() if holds(sighting)), None)
        if guard in PERSONS:
            self._surnames.add(sighting.name)
        if guard is not None or any(start <= where.start and where.end <= end for start, end in self._outlets):
            return None
        return self._make(at, last, matches, said, cue)

    def _heads_list(self, last: int) -> bool:
        """Return whether "and" or a comma and another name follow."""
        after = last + 1
        if after + 1 < len(self.tokens) and self.tokens[after].lower in ("and", "or") and self.tokens[after].gap == " ":
            after += 1
        elif after >= len(self.tokens) or self.tokens[after].gap not in (", ", " & "):
            return False
        run = self._run(after)
        return run is not None and bool(run[1]) and run[1][0].tier not in _FAINT

    def _make(
        self, at: int, last: int, matches: Matches, said: Kind | None = None, cue: bool = False, reason: str | None = None
    ) -> Mention:
        office, speaking = has_office(self.tokens, at, last, self._words), speaks(self.tokens, last, self._words)
        if matches and last + 1 < len(self.tokens) and joined(self.text, self.tokens[last], self.tokens[last + 1]):
            noun = self.tokens[last + 1]
            if noun.capital and noun.lower in _NATURE and noun.style is Style.PROSE:
                last += 1
        where = span(self.tokens, at, last)
        return Mention(self.text[slice(*where)], where, self.tokens[at], matches, said, cue, office, speaking, reason)


def _may_begin(token: Token) -> bool:
    """Whether a name, known or not, may begin with a word: most words are small, and no particles."""
    return token.capital or token.native or token.hashtag or token.lower in PARTICLES or hyphen(token)


def _written_so(name: str, head: Token) -> bool:
    """An abbreviation (US, HKIA) is one only in capitals, and not where all is in capitals."""
    letters = name.replace(".", "")
    if not letters.isascii() or not letters.isupper():
        return True
    return head.text.isupper() and (head.style is not Style.CAPITALS or len(letters) > 3)


def _occurrences(text: str, name: str | None) -> list[Span]:
    """Return where the outlet names itself; only a name of several words can hold a place's name without being it."""
    if not name or " " not in name:
        return []
    return [Span(*found.span()) for found in re.finditer(re.escape(name), text)]
