"""Strings only: sentences, paragraphs, quotations, and the fold under which strings are compared.

Every function takes the text as it is and answers in character offsets of that same text. The last few
texts are remembered, since several stages ask for the sentences and paragraphs of each article.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import sentencex

from mapper.model import Span

LONGEST = 1200
"""Characters beyond which a sentence is cut."""

_LINE = re.compile(r"[^\r\n]+")
_GAP = re.compile(r"(?:\r\n?|\n)[^\S\r\n]*(?:\r\n?|\n)\s*")
_DOUBLE = "\N{QUOTATION MARK}\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}\N{DOUBLE LOW-9 QUOTATION MARK}\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}"
_QUOTATION_MARK = re.compile(f"[{_DOUBLE}]")
_SHORT = re.compile(r"\b(incl|excl|approx|dist|prov|Lt|Col|Maj|Brig|Capt|Sgt|Eng)\.(?=\s)")
"""Short forms that end no sentence, and that the splitter takes for its end."""

_UNQUOTE = str.maketrans(_DOUBLE, " " * len(_DOUBLE))
_OPENS = "\N{LEFT DOUBLE QUOTATION MARK}\N{DOUBLE LOW-9 QUOTATION MARK}\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}"
_CLOSES = "\N{RIGHT DOUBLE QUOTATION MARK}\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}"


@lru_cache(maxsize=16)
def paragraphs(text: str) -> tuple[Span, ...]:
    """Return the stretches between blank lines, without the white space around them."""
    found, start = [], 0
    for gap in [*_GAP.finditer(text), None]:
        end = gap.start() if gap else len(text)
        span = strip(text, Span(start, end))
        if span.start < span.end:
            found.append(span)
        start = gap.end() if gap else end
    return tuple(found)


@lru_cache(maxsize=16)
def sentences(text: str) -> tuple[Span, ...]:
    """Return the sentences in order, trimmed; a line break always ends one, a quotation mark never hides one.

    The boundaries within a line are sentencex's. Quotation marks are blanked for it, because it
    keeps a quotation whole however many sentences it holds, and a claim is a matter of one. A
    sentence longer than LONGEST is cut at white space: nobody writes such a one, and what reads
    sentences may then take time that grows with the square of their length.
    """
    found: list[Span] = []
    for line in _LINE.finditer(text):
        blanked = _SHORT.sub(lambda m: f"{m[1]},", line.group().translate(_UNQUOTE))
        start = line.start()
        for boundary in sentencex.get_sentence_boundaries("en", blanked):
            end = _before_opening(text, start, line.start() + boundary["end_index"])
            found.extend(_cut(text, start, end))
            start = end
        found.extend(_cut(text, start, line.end()))
    return tuple(found)


def _before_opening(text: str, start: int, end: int) -> int:
    """Return the end of a sentence without the mark that opens the quotation behind it."""
    last = len(text[start:end].rstrip()) + start - 1
    opening = last > start and (text[last] in _OPENS or (text[last] == '"' and text[last - 1].isspace()))
    return last if opening else end


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the trimmed stretch, in pieces of at most LONGEST characters that end at white space where there is any."""
    while start < end:
        stop = end
        if end - start > LONGEST:
            space = text.rfind(" ", start + 1, start + LONGEST)
            stop = space if space > 0 else start + LONGEST
        span = strip(text, Span(start, stop))
        if span.start < span.end:
            yield span
        start = stop


def quotations(text: str) -> list[Span]:
    """Return the insides of double quotations, in order and not nested.

    A paragraph that opens with a mark while the last quotation was never closed continues it, as
    is usual in print; any other unclosed quotation ends with its paragraph.
    """
    found: list[Span] = []
    for paragraph in paragraphs(text):
        opened: int | None = None
        for match in _QUOTATION_MARK.finditer(text, paragraph.start, paragraph.end):
            mark, at = match[0], match.start()
            if mark in _OPENS or (mark == '"' and opened is None):
                if opened is None:
                    opened = at + 1
            elif (mark in _CLOSES or mark == '"') and opened is not None:
                found.append(Span(opened, at))
                opened = None
        if opened is not None:
            found.append(Span(opened, paragraph.end))
    return [span for span in found if span.start < span.end]


def strip(text: str, span: Span) -> Span:
    """Return the span without the white space at its ends."""
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


@lru_cache(maxsize=65536)
def fold(string: str) -> str:
    """Return the string in lower case, without diacritics, apostrophes and invisible characters.

    For comparing only; the result's offsets are not the original's.
    """
    bare = "".join(
        c
        for c in unicodedata.normalize("NFKD", string[:2000])
        if not unicodedata.combining(c) and unicodedata.category(c) != "Cf"
    )
    return bare.casefold().translate(_APOSTROPHES)


_APOSTROPHES = dict.fromkeys(
    map(
        ord,
        "'`\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}\N{MODIFIER LETTER LEFT HALF RING}\N{MODIFIER LETTER RIGHT HALF RING}\N{MODIFIER LETTER TURNED COMMA}",
    )
)
