"""Turns articles into the passages that two of them share word for word."""

from __future__ import annotations

import re
import zlib
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
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
    """The words of an article: where they stand, and a checksum of each row of them."""

    spans: tuple[Span, ...]
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
    index: dict[int, list[str]] = {}
    words: dict[str, Words] = {}
    for article in articles:
        mine = words[article.id] = split(article.text)
        marks = _fingerprints(mine.rows)
        candidates = Counter(other for mark in marks for other in index.get(mark, ()))
        for other in sorted(candidates, key=lambda key: (-candidates[key], key))[: 2 * _CARRIERS]:
            overlap = _compare(other, words[other], article.id, mine)
            if overlap.in_later:
                yield overlap
        for mark in marks:
            carriers = index.setdefault(mark, [])
            if len(carriers) < _CARRIERS:
                carriers.append(article.id)


def split(text: str) -> Words:
    """Return the words of a text with a checksum for every row of five of them; the same in every run."""
    found = [(Span(*match.span()), fold(match.group())) for match in _WORD.finditer(text)]
    folded = [word for _, word in found]
    rows = array("L", (zlib.crc32(" ".join(folded[at : at + _ROW]).encode()) for at in range(len(folded) - _ROW + 1)))
    return Words(tuple(span for span, _ in found), rows)


def _fingerprints(rows: array[int]) -> list[int]:
    """Pick the least checksum of every window, as winnowing does (Schleimer, Wilkerson and Aiken, SIGMOD 2003)."""
    return sorted({min(rows[at : at + _WINDOW]) for at in range(max(1, len(rows) - _WINDOW + 1)) if rows})


def _compare(earlier: str, one: Words, later: str, two: Words) -> Overlap:
    in_one, of_one = _shared(one, set(two.rows))
    in_two, of_two = _shared(two, set(one.rows))
    return Overlap(earlier, later, in_one, in_two, of_one, of_two)


def _shared(words: Words, rows: set[int]) -> tuple[tuple[Span, ...], float]:
    """Return the passages of `words` whose every row is among `rows`, and the share of the words in them."""
    spans, covered, start = [], 0, None
    for at in range(len(words.rows) + 1):
        inside = at < len(words.rows) and words.rows[at] in rows
        if inside and start is None:
            start = at
        elif not inside and start is not None:
            last = at + _ROW - 2
            if last - start + 1 >= _SHORTEST:
                spans.append(Span(words.spans[start].start, words.spans[last].end))
                covered += last - start + 1
            start = None
    return tuple(spans), covered / len(words.spans) if words.spans else 0.0
