"""A stretch of an article's text, its claims and place names -> the same text with both marked, as HTML or in plain letters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from mapper.exports.records import Record
from mapper.exports.views.view import aside, escape
from mapper.model import Span

TONES = {
    "asserted": "#ffe08a",
    "ongoing": "#ffe08a",
    "unconfirmed": "#fff3c9",
    "denied": "#f6c3bd",
    "planned": "#c9ddf5",
    "past": "#dcdcdc",
}
"""The ground of a claim by its status, the one that counts most first; the letters on it are black, in a dark notebook, too."""

_RANK = {status: rank for rank, status in enumerate(TONES)}


class Marked(NamedTuple):
    """A stretch to mark. `number` refers to a note, `status` gives the ground."""

    span: Span
    status: str
    number: int | None = None


class _Piece(NamedTuple):
    """Text between two edges: the status of the claims over it, the name it is part of, the notes that end here."""

    text: str
    status: str | None
    name: Record | None
    notes: tuple[int, ...]


def as_page(text: str, span: Span, marks: Sequence[Marked], names: Sequence[Record]) -> str:
    """Return the stretch as HTML: claims on a ground, place names underlined, with what they mean in their title."""
    return "".join(_html(piece) for piece in _pieces(text, span, marks, names))


def as_words(text: str, span: Span, marks: Sequence[Marked], names: Sequence[Record]) -> str:
    """Return the stretch in plain letters: ``_names_`` and the numbers of notes, ``[1]``."""
    return "".join(
        (f"_{piece.text}_" if piece.name else piece.text) + "".join(f" [{number}]" for number in piece.notes)
        for piece in _pieces(text, span, marks, names)
    )


def meaning(name: Record) -> str:
    """Return in words what a place name was taken to mean, or why it was refused."""
    if name["place_id"] is None:
        return f"refused: {name['refused']}"
    return f"{name['name']} ({name['kind']}, {name['place_id']})"


def _html(piece: _Piece) -> str:
    inner = escape(piece.text)
    if piece.name:
        line = "dotted" if piece.name["refused"] else "solid"
        inner = f'<u style="text-decoration:underline {line}" title="{escape(meaning(piece.name))}">{inner}</u>'
    if piece.status:
        inner = f'<mark style="background:{TONES[piece.status]};color:#000">{inner}</mark>'
    return inner + "".join(f'<sup style="line-height:0">{number}</sup>' for number in piece.notes)


def _pieces(text: str, span: Span, marks: Sequence[Marked], names: Sequence[Record]) -> Iterator[_Piece]:
    """Cut the stretch wherever a claim or a name begins or ends; of names that overlap, the first to begin is shown."""
    within = [mark for mark in marks if mark.span.start < span.end and mark.span.end > span.start]
    named = list(_apart(name for name in names if span.start <= name["start"] and name["end"] <= span.end))
    opening = sorted(within, key=lambda mark: mark.span)
    inside = {name["start"]: name for name in named}
    edges = {*span, *(edge for mark in within for edge in mark.span), *(edge for n in named for edge in (n["start"], n["end"]))}
    cuts = sorted(edge for edge in edges if span.start <= edge <= span.end)
    ending: dict[int, list[int]] = {}
    for mark in within:
        if mark.number is not None:
            ending.setdefault(mark.span.end, []).append(mark.number)
    active: list[Marked] = []
    name: Record | None = None
    at = 0
    for start, end in pairwise(cuts):
        while at < len(opening) and opening[at].span.start <= start:
            active.append(opening[at])
            at += 1
        active = [mark for mark in active if mark.span.end > start]
        name = inside.get(start, name if name and name["end"] > start else None)
        status = min((mark.status for mark in active), key=_RANK.__getitem__, default=None)
        yield _Piece(text[start:end], status, name, tuple(sorted(ending.get(end, ()))))


def _apart(names: Iterable[Record]) -> Iterator[Record]:
    end = 0
    for name in sorted(names, key=lambda name: (name["start"], -name["end"])):
        if name["start"] >= end:
            yield name
            end = name["end"]


def legend() -> str:
    """Return what the grounds mean, as one line of HTML."""
    shown = "".join(f' <mark style="background:{ground};color:#000">{status}</mark>' for status, ground in TONES.items())
    return f"<p><small>Claims:{shown}. Place names are <u>underlined</u>, refused ones dotted.</small></p>"


def byline(article: Record) -> str:
    """Return where an article comes from, in words: outlet, author, day of publication.

    >>> byline({"outlet": None, "byline": "A. Writer", "published": "2021-08-21"})
    'outlet unknown, A. Writer, 2021-08-21'
    """
    return ", ".join(filter(None, (article["outlet"] or "outlet unknown", article["byline"], article["published"])))


def told(words: str) -> str:
    """Return what a claim says and who says it, as a small line of HTML."""
    return f'<div style="font-size:90%;margin-left:1.5em">{aside(words)}</div>'
