"""Cuts a text into words, each with what its writing shows: capitals, script, a hashtag, its line and sentence."""

from __future__ import annotations

import re
from bisect import bisect_right
from enum import Enum
from typing import NamedTuple

from mapper.model import Span
from mapper.text import paragraphs, sentences

_LETTER = r"[^\W\d_]"
_MARK = r"[\u0300-\u036f]"  # combines with the letter before it
_APOSTROPHE = "['\u2018\u2019\u02bb\u02bc\u02be\u02bf`]"
_NATIVE = r"[\u0620-\u065f\u066e-\u06d3\u06d5\u06fa-\u06ff\u200c\u200d]+"
_WORD = re.compile(
    rf"{_NATIVE}|(?:[A-Z]\.){{2,}}|[A-Z](?:\.[A-Z])+\b|{_LETTER}+(?:(?:{_MARK}+|{_APOSTROPHE}(?={_LETTER})){_LETTER}*)*"
)
_POSSESSIVE = re.compile(rf"{_APOSTROPHE}[sS]$")
_HYPHENS = ("-", "\u2010", "\u2011", "\u2013")
_JOINER = re.compile(r" ?[-\u2010\u2011_]|[-\u2010\u2011_] |\u2013|[ \u00a0]+| *\r?\n")
_TITLE_WORD = 4  # letters; shorter words stay small in headlines too
_STOP = re.compile(r"[a-z]{2}[.!?][\"\u201d)]*(?:\s|$)")  # headlines have no full stop
_WRAPPED = 50  # a line this long that ends without a stop goes on in the next one


class Style(Enum):
    """How a line is capitalised, hence how much a capital tells."""

    PROSE = "prose"
    TITLE = "title"
    CAPITALS = "capitals"


class Stretch(NamedTuple):
    """Where many words stand: their line, sentence and paragraph, and how the line is capitalised."""

    start: int
    line: int
    sentence: int
    paragraph: int
    style: Style


class Token(NamedTuple):
    """One word, and the same in lower case. `gap` is what stands between it and the word before; `end` leaves a possessive 's out."""

    text: str
    lower: str
    start: int
    end: int
    gap: str
    capital: bool
    possessive: bool
    native: bool
    hashtag: bool
    first: bool
    stretch: Stretch

    @property
    def line(self) -> int:
        """The number of the line that it stands in."""
        return self.stretch.line

    @property
    def sentence(self) -> int:
        """The number of its sentence."""
        return self.stretch.sentence

    @property
    def paragraph(self) -> int:
        """The number of its paragraph."""
        return self.stretch.paragraph

    @property
    def style(self) -> Style:
        """How its line is capitalised."""
        return self.stretch.style

    @property
    def shout(self) -> bool:
        """Whether the word is all capitals, and more than one."""
        return len(self.text) > 1 and self.text.isupper()


def tokenise(text: str) -> list[Token]:
    """Return the words of a text in order."""
    stretches = _stretches(text)
    found: list[Token] = []
    last_end, last_sentence, at = 0, -1, 0
    for match in _WORD.finditer(text):
        written, (start, end) = match[0], match.span()
        possessive = written[-1] in "sS" and _POSSESSIVE.search(written) is not None
        word = written[:-2] if possessive else written
        gap = text[last_end:start]
        while at + 1 < len(stretches) and stretches[at + 1].start <= start:
            at += 1
        stretch = stretches[at]
        found.append(
            Token(
                word,
                word.lower(),
                start,
                start + len(word),
                gap,
                word[0].isupper(),
                possessive,
                "\u0600" <= word[0] <= "\u06ff",
                gap.endswith("#"),
                stretch.sentence != last_sentence,
                stretch,
            )
        )
        last_end, last_sentence = end, stretch.sentence
    return found


def _stretches(text: str) -> list[Stretch]:
    """Return the stretches of a text that lie in one line, sentence and paragraph, in order."""
    sentence_starts = [span.start for span in sentences(text)]
    paragraph_starts = [span.start for span in paragraphs(text)]
    lines = list(re.finditer(r"[^\r\n]+", text))
    line_starts = [line.start() for line in lines]
    styles = [_style(line.group()) for line in lines]
    found = []
    for start in sorted({*line_starts, *sentence_starts, *paragraph_starts}):
        line = bisect_right(line_starts, start) - 1
        sentence, paragraph = bisect_right(sentence_starts, start), bisect_right(paragraph_starts, start)
        found.append(Stretch(start, line, sentence, paragraph, styles[line]))
    return found


def joined(text: str, before: Token, after: Token) -> bool:
    """Return whether two neighbouring words may belong to one name: a space, a hyphen or a wrapped line between them."""
    if before.possessive or not _JOINER.fullmatch(after.gap):
        return False
    return before.line == after.line or before.start - text.rfind("\n", 0, before.start) > _WRAPPED


def hyphen(token: Token) -> bool:
    """Return whether a hyphen ties the word to the one before."""
    return token.gap in _HYPHENS


def span(tokens: list[Token], first: int, last: int) -> Span:
    """Return the characters from one word to another, both included."""
    return Span(tokens[first].start, tokens[last].end)


def _style(line: str) -> Style:
    long = [word for word in re.findall(r"[^\W\d_]+", line) if len(word) >= _TITLE_WORD]
    if len(long) > 1 and all(word.isupper() for word in long):
        return Style.CAPITALS
    if len(long) > 3 and not _STOP.search(line) and sum(word[0].isupper() for word in long) > 0.7 * len(long):
        return Style.TITLE
    return Style.PROSE
