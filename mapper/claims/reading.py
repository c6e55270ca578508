"""An article and its places into sentences ready to be read: tokens, quotations, headings, page furniture."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mapper import text as strings
from mapper.claims.dates import MONTH_PATTERN
from mapper.claims.lexicon import Lexicon
from mapper.claims.tokens import Token, tokenise
from mapper.model import Article, Kind, Resolution, Span

_BULLETS = r"[-*\N{BULLET}\N{EM DASH}\N{EN DASH}\N{MIDDLE DOT}\N{BLACK RIGHT-POINTING POINTER}\N{BLACK SMALL SQUARE}]"
_DAY = rf"(?i:(?:{MONTH_PATTERN})\.? \d{{1,2}}|\d{{1,2}} (?:{MONTH_PATTERN})\.?)(?:,? \d{{4}})?"
_LABEL = re.compile(
    rf"\s*(?:{_BULLETS}\s*|\d{{1,2}}[.)]\s+)?(?:{_DAY}\s*[-:\N{{EN DASH}}\N{{EM DASH}}]\s*)?([^:.]{{2,60}}?)[:.]\s"
)
_PLACE_LABEL = re.compile(r"^[A-Z][\w' -]{2,30}(?:, [A-Z][\w' -]{2,30})?: ", re.MULTILINE)
_UNIT_LABEL = re.compile(r"[^:.\n]{2,40} (?:province|district): ")
_BULLET = re.compile(rf"\s*(?:{_BULLETS}\s|\d{{1,2}}[.)]\s|{_DAY}\s*[-:\N{{EN DASH}}\N{{EM DASH}}]\s)")
_DAY_LABEL = re.compile(rf"^{_DAY}\s*[-\N{{EN DASH}}\N{{EM DASH}}]\s[^:\n]{{2,40}}:", re.MULTILINE)
_DATELINE = re.compile(
    r"[^a-z]{3,40}(?:, [A-Z][a-z]+)?(?:, [A-Z][a-z]+\.? \d{1,2})?\.?\s*(?:\([^)]{2,40}\)\s*)?(?:/[^/]{2,20}/\.?)?\s*[-\N{EN DASH}\N{EM DASH}:]\s"
)
_BRACKETED = re.compile(
    r"[A-Z][A-Za-z]+(?: [A-Z][a-z]+)? \[[A-Z][a-z]+\],? [A-Z][a-z]+\.? \d{1,2}\s*(?:\([A-Z]{2,8}\))?\s*[-:\N{EN DASH}]\s"
)
"""A dateline that names the country in brackets: "Kabul [Afghanistan], August 8 (ANI):"."""
_CLOCK = re.compile(
    r"\s*\d{1,2}[:.]\d{2}(?:\s*(?:[ap]\.?m\.?|local time))?(?:\s*(?:GMT|UTC|[A-Z]{2,3}T))?\s*(?:[-\N{EN DASH}\N{EM DASH}:|]\s*|(?=[A-Z\"\N{LEFT DOUBLE QUOTATION MARK}]))"
)
_NOTICE = re.compile(r"\*?\s*\([^()]*\b(?:banned|prohibited|outlawed|forbidden)\b[^()]*\)|\*(?=\s)", re.IGNORECASE)
"""What a publisher's law makes it put behind a name."""
_ALONE = re.compile(r"\d{1,2}[:.h]\d{2}\s*(?:[ap]\.?m\.?|GMT|UTC|BST|EST|local time)?\W*", re.IGNORECASE)
_DATED_ITEM = re.compile(r"^[A-Z][A-Z .'-]{2,24}\s+[-\N{EN DASH}\N{EM DASH}]\s", re.MULTILINE)
ITEMS = 3
"""Paragraphs that open with a place in capitals before they are the items of a list, and not a dateline."""
_MAX_HEADING = 60
_SHORT = 200
"""Characters of a paragraph up to which it may still be one of a list of related headlines."""
_ENDS = (".", "!", "?", '"', "\N{RIGHT DOUBLE QUOTATION MARK}", ":")


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
    layout = _Layout(article, resolutions, lexicon)
    return Reading(article, tuple(layout.sentences()), tuple(layout.quotations), tuple(resolutions))


class _Layout:
    """Goes through the lines of an article: titles, sections, list items, furniture."""

    def __init__(self, article: Article, resolutions: Sequence[Resolution], lexicon: Lexicon) -> None:
        self.text = article.text
        self.lexicon = lexicon
        self.named = [r for r in resolutions if r.place is not None]
        self.named_at = [r.toponym.span.start for r in self.named]
        self.paragraphs = strings.paragraphs(self.text)
        self.paragraph_at = [p.start for p in self.paragraphs]
        self.quotations = strings.quotations(self.text)
        self.quoted_at = [q.start for q in self.quotations]
        self.listed = len(_DATED_ITEM.findall(self.text)) >= ITEMS
        self.section: tuple[Resolution, ...] = ()
        self.item: tuple[Resolution, ...] = ()
        self.line = Span(-1, -1)
        self.furniture = self.related = False
        self.label: Span | None = None

    def sentences(self) -> Iterator[Sentence]:
        for index, span in enumerate(strings.sentences(self.text)):
            paragraph = bisect_right(self.paragraph_at, span.start) - 1
            opens = span.start >= self.line.end
            if opens:
                self._enter(span, paragraph)
            start = self.label.end if opens and self.label else self._body(span) if opens else span.start
            tokens = self._heard(tokenise(self.text, Span(start, span.end)))
            yield Sentence(
                index=index,
                paragraph=paragraph,
                span=span,
                tokens=tokens,
                quoted=self._quoted(tokens),
                mentions=self._mentions(Span(start, span.end)),
                heading=self.item or self.section,
                furniture=self.furniture or self.related or self._is_notice(span),
                title=index == 0,
                question=self.text[span.start : span.end].rstrip("\"\N{RIGHT DOUBLE QUOTATION MARK}' ").endswith("?"),
                label=self.label if opens else None,
            )

    def _enter(self, span: Span, paragraph: int) -> None:
        """Take up a new line: a heading opens a section, a label an item, "Related articles" a stretch of furniture."""
        end = self.text.find("\n", span.start)
        self.line = Span(span.start, len(self.text) if end < 0 else end)
        line = self.text[self.line.start : self.line.end].strip()
        mentions = self._mentions(self.line)
        self.label = _label(self.text, span, mentions) or (_headed(self.text, span, mentions) if self.listed else None)
        if self.label and self._is_dateline(self.label, paragraph):
            self.item = ()
        elif self.label:
            self.item = _site([m for m in mentions if m.toponym.span.end <= self.label.end]) or self.section
        else:
            self.item = ()
        if _ALONE.fullmatch(line):
            self.section = ()  # a live blog's next entry
        elif len(line) <= _MAX_HEADING and not self.label and paragraph and not line.endswith(_ENDS):
            self.section = _site(mentions) if mentions else () if line.isupper() else self.section
        whole = self.paragraphs[paragraph]
        self.furniture = self._is_furniture(line) or _is_related(self.text[whole.start : whole.end], paragraph)
        low = line.casefold()
        opens_related = len(line) <= _MAX_HEADING and low.startswith(tuple(self.lexicon.cues["furniture"]["related"]))
        self.related = opens_related or (self.related and whole.end - whole.start <= _SHORT)

    def _is_dateline(self, label: Span, paragraph: int) -> bool:
        """Tell "KABUL: At least 63 were killed", the one such label of a report, from the items of a list."""
        if _UNIT_LABEL.match(self.text, label.start, label.end):
            return False  # "Kunduz province: gunmen killed a policeman"
        labels = (m for m in _PLACE_LABEL.finditer(self.text) if self._mentions(Span(*m.span())))
        alone = sum(1 for _ in labels) == 1 and not _DAY_LABEL.search(self.text)
        return paragraph <= 1 and alone and not _BULLET.match(self.text, label.start)

    def _heard(self, tokens: tuple[Token, ...]) -> tuple[Token, ...]:
        """Leave out the brackets in which a publisher says what its law demands: "the Taliban* (banned in Russia)"."""
        if not tokens or "(" not in self.text[tokens[0].start : tokens[-1].end]:
            return tokens
        notices = [m.span() for m in _NOTICE.finditer(self.text, tokens[0].start, tokens[-1].end)]
        return tuple(t for t in tokens if not any(start <= t.start < end for start, end in notices)) if notices else tokens

    def _mentions(self, span: Span) -> tuple[Resolution, ...]:
        return tuple(self.named[bisect_left(self.named_at, span.start) : bisect_left(self.named_at, span.end)])

    def _quoted(self, tokens: Sequence[Token]) -> tuple[bool, ...]:
        """Tell of each token whether it stands in a quotation."""
        first = bisect_right(self.quoted_at, tokens[0].start) - 1 if tokens else 0
        near = self.quotations[max(0, first) : bisect_right(self.quoted_at, tokens[-1].start)] if tokens else ()
        if not any(q.end > tokens[0].start for q in near):
            return (False,) * len(tokens)
        return tuple(any(q.start <= token.start < q.end for q in near) for token in tokens)

    def _body(self, span: Span) -> int:
        """Return where the sentence begins after a dateline or a live blog's time stamp."""
        clock = _CLOCK.match(self.text, span.start, span.end)
        if clock:
            return clock.end()
        end = min(span.end, span.start + 90)
        dateline = _DATELINE.match(self.text, span.start, end) or _BRACKETED.match(self.text, span.start, end)
        capital = any(c.isupper() for c in self.text[span.start : span.start + 3])
        return dateline.end() if dateline and capital else span.start

    def _is_furniture(self, line: str) -> bool:
        low = line.casefold().lstrip("(*[\N{EM DASH}- ")
        cues = self.lexicon.cues["furniture"]
        return (low.startswith(tuple(cues["starts"])) and len(line) < 200) or (
            len(line) < 60 and any(w in low for w in cues["contains"])
        )

    def _is_notice(self, span: Span) -> bool:
        """Tell a sentence of the page within a paragraph: "Lapis Press has not edited this story"."""
        low = self.text[span.start : span.end].casefold().lstrip("(*[\N{EM DASH}- ")
        cues = self.lexicon.cues["furniture"]
        return low.startswith(tuple(cues["starts"])) or any(w in low for w in cues["contains"] if " " in w)


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


def _headed(text: str, span: Span, mentions: Sequence[Resolution]) -> Span | None:
    """Return the span of a place in capitals that opens one of several items: "TAKHAR - A mullah was shot in Rustaq"."""
    match = _DATED_ITEM.match(text, span.start)
    inside = match and [m for m in mentions if m.toponym.span.end <= match.end()]
    return Span(*match.span()) if match and inside else None


def _site(mentions: Sequence[Resolution]) -> tuple[Resolution, ...]:
    """Return the most exact of the heading's places: the district of "Kandahar, Arghandab"."""
    exact = [m for m in mentions if m.place and m.place.admin2_pcode and m.place.kind is not Kind.CITY] or [
        m for m in mentions if m.place and m.place.admin2_pcode
    ]
    return tuple(exact[-1:]) or tuple(mentions)


def _is_related(paragraph: str, index: int) -> bool:
    """Tell a headline in capitals between paragraphs: it advertises another story."""
    if index <= 1 or not paragraph[:400].isupper():
        return False
    letters = [c for c in paragraph[:400] if c.isalpha()]
    return len(letters) > 30 and all(c.isupper() for c in letters) and len(paragraph.split()) > 5
