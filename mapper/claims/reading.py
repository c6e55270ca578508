"""An article and its places into sentences ready to be read: tokens, quotations, headings, page furniture."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from mapper import text as strings
from mapper.claims.lexicon import Lexicon
from mapper.claims.tokens import Token, tokenise
from mapper.model import Article, Kind, Resolution, Span

_LABEL = re.compile(r"\s*(?:[-*\N{BULLET}\N{EM DASH}]\s*|\d{1,2}[.)]\s+)?([^:.]{2,60}?)[:.]\s")
_BULLET = re.compile(r"\s*(?:[-*\N{BULLET}]\s|\d{1,2}[.)]\s)")
_DATELINE = re.compile(
    r"[^a-z]{3,40}(?:, [A-Z][a-z]+)?(?:, [A-Z][a-z]+\.? \d{1,2})?\.?\s*(?:\([^)]{2,40}\)\s*)?(?:/[^/]{2,20}/\.?)?\s*[-\N{EN DASH}\N{EM DASH}:]\s"
)
_CLOCK = re.compile(
    r"\s*\d{1,2}[:.]\d{2}(?:\s*(?:[ap]\.?m\.?|GMT|UTC|local time))?\s*(?:[-\N{EN DASH}\N{EM DASH}:|]\s*|(?=[A-Z\"\N{LEFT DOUBLE QUOTATION MARK}]))"
)
_MAX_HEADING = 60


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with what is needed to read it. `heading` are the places of the list item or section it stands in."""

    index: int
    paragraph: int
    span: Span
    tokens: tuple[Token, ...]
    quoted: tuple[bool, ...]
    mentions: tuple[Resolution, ...]
    heading: tuple[Resolution, ...]
    furniture: bool
    title: bool
    question: bool
    label: Span | None = None
    """The "Qarabagh:" of a list item, left out of the reading."""


@dataclass(frozen=True, slots=True)
class Reading:
    """An article laid out for reading."""

    article: Article
    sentences: tuple[Sentence, ...]
    quotations: tuple[Span, ...]
    resolutions: tuple[Resolution, ...]


def lay_out(article: Article, resolutions: Sequence[Resolution], lexicon: Lexicon) -> Reading:
    """Split an article into sentences and say of each in which section it stands and whether it is of the article at all."""
    text = article.text
    paragraphs = strings.paragraphs(text)
    starts = [p.start for p in paragraphs]
    quotations = strings.quotations(text)
    sentences: list[Sentence] = []
    section: tuple[Resolution, ...] = ()
    item: tuple[Resolution, ...] = ()
    item_end = 0
    related = False
    for span in strings.sentences(text):
        paragraph = bisect_right(starts, span.start) - 1
        mentions = tuple(r for r in resolutions if span.start <= r.toponym.span.start < span.end and r.place is not None)
        line_start = text.rfind("\n", 0, span.start) + 1 == span.start or span.start == 0
        label = _label(text, span, mentions) if line_start else None
        heading = _is_heading(text, span)
        furniture = _is_furniture(text, span, lexicon) or _is_related(text, paragraphs[paragraph], paragraph)
        if span.start >= item_end:
            item = ()
        if heading and mentions and not label and paragraph:
            section = _site(mentions)
        if heading and not mentions and text[span.start : span.end].isupper():
            section = ()
        if label:
            labelled = tuple(m for m in mentions if m.toponym.span.end <= label.end)
            item, item_end = (
                _site(labelled) or section,
                text.find("\n", span.start) if text.find("\n", span.start) >= 0 else len(text),
            )
            section = section or ()
        inside = Span(label.end if label else _body(text, span, line_start), span.end)
        tokens = tokenise(text, inside)
        sentences.append(
            Sentence(
                index=len(sentences),
                paragraph=paragraph,
                span=span,
                tokens=tokens,
                quoted=tuple(any(q.start <= t.start < q.end for q in quotations) for t in tokens),
                mentions=tuple(m for m in mentions if m.toponym.span.start >= inside.start),
                heading=item or section,
                furniture=furniture or related,
                title=paragraph == 0 and len(sentences) == 0,
                question=text[span.start : span.end].rstrip("\"\N{RIGHT DOUBLE QUOTATION MARK}' ").endswith("?"),
                label=label,
            )
        )
    return Reading(article, tuple(sentences), tuple(quotations), tuple(resolutions))


def _body(text: str, span: Span, line_start: bool) -> int:
    """Return where the sentence begins after a dateline or a live blog's time stamp."""
    if not line_start:
        return span.start
    clock = _CLOCK.match(text, span.start, span.end)
    if clock:
        return clock.end()
    dateline = _DATELINE.match(text, span.start, min(span.end, span.start + 90))
    return dateline.end() if dateline and any(c.isupper() for c in text[span.start : span.start + 3]) else span.start


def _label(text: str, span: Span, mentions: Sequence[Resolution]) -> Span | None:
    """Return the span of a list item's label, "- Qarabagh:" or "2. Kandahar, Arghandab.", when places are all it holds."""
    match = _LABEL.match(text, span.start, min(len(text), span.start + 80))
    if not match or not (_BULLET.match(text, span.start) or match.group().rstrip().endswith(":")):
        return None
    inside = [m for m in mentions if m.toponym.span.end <= match.end(1)]
    rest = text[match.start(1) : match.end(1)]
    for mention in inside:
        rest = rest.replace(mention.toponym.text, "")
    return (
        Span(*match.span()) if inside and not re.sub(r"[\W_]|district|province|city|and", "", rest, flags=re.IGNORECASE) else None
    )


def _site(mentions: Sequence[Resolution]) -> tuple[Resolution, ...]:
    """Return the most exact of the heading's places: the district of "Kandahar, Arghandab"."""
    exact = [m for m in mentions if m.place and m.place.admin2_pcode and m.place.kind is not Kind.CITY] or [
        m for m in mentions if m.place and m.place.admin2_pcode
    ]
    return tuple(exact[-1:]) or tuple(mentions)


def _is_heading(text: str, span: Span) -> bool:
    """Tell whether a sentence is a heading: a short line of its own without a full stop."""
    line_end = text.find("\n", span.start)
    line = text[text.rfind("\n", 0, span.start) + 1 : line_end if line_end >= 0 else len(text)].strip()
    return (
        len(line) <= _MAX_HEADING
        and line == text[span.start : span.end].strip()
        and not line.endswith((".", "!", "?", '"', "\N{RIGHT DOUBLE QUOTATION MARK}"))
    )


def _is_furniture(text: str, span: Span, lexicon: Lexicon) -> bool:
    line_end = text.find("\n", span.start)
    line = text[text.rfind("\n", 0, span.start) + 1 : line_end if line_end >= 0 else len(text)].strip().casefold()
    low = text[span.start : span.end].casefold().lstrip("(*\N{EM DASH}- ")
    starts = tuple(lexicon.cues["furniture"]["starts"])
    short = len(line) < 60 and any(word in line for word in lexicon.cues["furniture"]["contains"])
    return (
        low.startswith(starts)
        or (line.startswith(starts) and len(line) < 200)
        or short
        or any(w in low for w in lexicon.cues["furniture"]["contains"] if " " in w)
    )


def _is_related(text: str, paragraph: Span, index: int) -> bool:
    """Tell a headline in capitals between paragraphs: it advertises another story."""
    line = text[paragraph.start : paragraph.end]
    letters = [c for c in line if c.isalpha()]
    return index > 1 and len(letters) > 30 and all(c.isupper() for c in letters) and len(line.split()) > 5
