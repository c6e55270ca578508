"""Turns articles into the passages that two of them share word for word."""

from __future__ import annotations

import re
import zlib
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from mapper.model import Article, Span
from mapper.text import fold

_WORD = re.compile(r"\w+(?:['’]\w+)?")
_ROW = 5
"""Words in a row that are compared at once: stock phrases are shorter, edits rarely leave less between them."""
_SHORTEST = 12
"""Fewer shared words than this are a stock phrase ("did not immediately respond to a request for comment")."""
_WINDOW = _SHORTEST - _ROW + 1
"""One fingerprint is kept of so many rows, so every shared passage of the shortest length keeps one."""
_CARRIERS = 8
"""A row of words is traced to its first carriers alone; a press release in a thousand papers stays linear."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of an article: where they begin and end, and a checksum of each row of them. Kept small, as all articles have one."""

    starts: array[int]
    ends: array[int]
    rows: array[int]


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two articles share: the spans in each, and the share of each article's words they make."""

    earlier: str
    later: str
    in_earlier: tuple[Span, ...]
    in_later: tuple[Span, ...]
    of_earlier: float
    of_later: float


def overlaps(articles: Sequence[Article]) -> Iterator[Overlap]:
    """Yield the pairs that share a passage; `articles` come in the order in which they are thought to be written."""
    index: dict[int, tuple[str, ...]] = {}
    words: dict[str, Words] = {}
    for article in articles:
        mine = words[article.id] = split(article.text)
        marks, rows = _fingerprints(mine.rows), frozenset(mine.rows)
        candidates = Counter(other for mark in marks for other in index.get(mark, ()))
        for other in sorted(candidates, key=lambda key: (-candidates[key], key))[: 2 * _CARRIERS]:
            common = rows.intersection(words[other].rows)
            in_earlier, of_earlier = _shared(words[other], common)
            in_later, of_later = _shared(mine, common)
            if in_later:
                yield Overlap(other, article.id, in_earlier, in_later, of_earlier, of_later)
        for mark in marks:
            carriers = index.get(mark, ())
            if len(carriers) < _CARRIERS:
                index[mark] = (*carriers, article.id)


def split(text: str) -> Words:
    """Return the words of a text with a checksum for every row of five of them; the same in every run."""
    found = list(_WORD.finditer(text))
    folded = [fold(match[0]) for match in found]
    rows = (zlib.crc32(" ".join(folded[at : at + _ROW]).encode()) for at in range(len(folded) - _ROW + 1))
    starts, ends = (match.start() for match in found), (match.end() for match in found)
    return Words(array("I", starts), array("I", ends), array("I", rows))


def _fingerprints(rows: array[int]) -> list[int]:
    """Pick the least checksum of every window, as winnowing does (Schleimer, Wilkerson and Aiken, SIGMOD 2003)."""
    return sorted({min(rows[at : at + _WINDOW]) for at in range(max(1, len(rows) - _WINDOW + 1)) if rows})


def _shared(words: Words, rows: Set[int]) -> tuple[tuple[Span, ...], float]:
    """Return the passages of `words` whose every row is among `rows`, and the share of the words in them."""
    spans, covered = [], 0
    for first, last in _runs([at for at, row in enumerate(words.rows) if row in rows]):
        length = last - first + _ROW
        if length >= _SHORTEST:
            spans.append(Span(words.starts[first], words.ends[last + _ROW - 1]))
            covered += length
    return tuple(spans), covered / len(words.starts) if words.starts else 0.0


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last of each stretch of rising numbers that has no gap."""
    if not numbers:
        return
    first = last = numbers[0]
    for number in numbers:
        if number > last + 1:
            yield first, last
            first = number
        last = number
    yield first, last
