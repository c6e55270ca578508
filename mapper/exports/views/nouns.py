"""A value of the vocabulary, as a stage returns it -> a table of its fields, for a notebook to show; of a whole, numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from typing import Any

from mapper.actors import Actors
from mapper.exports.records import Records
from mapper.exports.views.view import aside, table
from mapper.gazetteer import Answer, Match
from mapper.model import (
    Article,
    Claim,
    Event,
    Evidence,
    Findings,
    Hop,
    Origin,
    Period,
    Place,
    PlaceControl,
    Point,
    Rejected,
    Resolution,
    Rival,
    Span,
    Toponym,
    Tracing,
)

NOUNS = (Answer, Article, Claim, Event, Match, Origin, Place, PlaceControl, Rejected, Resolution)
"""What a notebook shows as a table of its fields."""

WHOLES = (Actors, Findings, Records, Tracing)
"""What holds so much that a notebook shows only how much: written out, that of a large run would fill its file."""

LONGEST = 600
"""Characters of a text that are shown; an article's is read in full where a Result shows it."""


def attach(shell: Any) -> None:
    """Tell an IPython shell how to show the nouns, and wholes of many."""
    pages, lines = (shell.display_formatter.formatters[kind] for kind in ("text/html", "text/plain"))
    for noun in NOUNS:
        pages.for_type(noun, show)
    for whole in WHOLES:
        lines.for_type(whole, lambda value, printer, _: printer.text(count(value)))


def count(whole: Any) -> str:
    """Return a line of numbers: how many of what a whole holds."""
    held = [f"{name} {len(value)}" for name, value in _fields(whole) if not is_dataclass(value)]
    return f"<{type(whole).__name__}: {', '.join(held)}>"


def show(noun: Any) -> str:
    """Return a table of the fields that are known, those of nested values in words."""
    rows = [(name, _cell(value)) for name, value in _fields(noun) if value not in (None, "", ())]
    return table((), [(f"<b>{name}</b>", cell) for name, cell in rows])


def _fields(noun: Any) -> list[tuple[str, Any]]:
    if is_dataclass(noun):
        return [(field.name, getattr(noun, field.name)) for field in fields(noun)]
    return list(noun._asdict().items())


def _cell(value: Any) -> str:
    if type(value) is tuple and not all(isinstance(item, str) for item in value):
        return "<br>".join(map(_cell, value))
    words = _words(value)
    return aside(words if len(words) <= LONGEST else f"{words[:LONGEST]} …")


def _words(value: Any) -> str:
    """Return a value in words; of a value of ours, what a reader knows it by."""
    if type(value) in WORDS:
        return WORDS[type(value)](value)
    if is_dataclass(value):
        return ", ".join(f"{name} {_words(inner)}" for name, inner in _fields(value) if inner not in (None, "", ()))
    return ", ".join(map(_words, value)) if isinstance(value, tuple) else str(value)


def _match(match: Match) -> str:
    return f"{_words(match.place)}, {match.score:.2f}: {'; '.join(reason.note for reason in match.evidence)}"


def _hop(hop: Hop) -> str:
    return " ".join(filter(None, (hop.name or f"unnamed {hop.kind}", f"({hop.medium})" if hop.medium else "")))


def _period(period: Period) -> str:
    return f"{period.start or 'unknown'} to {period.end or 'open'}: {period.status}, {period.holder or 'nobody named'}"


WORDS: dict[type, Callable[[Any], str]] = {
    Place: lambda place: f"{place.name} ({place.kind}, {place.id})",
    Toponym: lambda toponym: f"{toponym.text}, {_words(toponym.span)} of {toponym.article_id}",
    Match: _match,
    Evidence: lambda reason: f"{reason.name} {reason.weight:.2f}: {reason.note}",
    Hop: _hop,
    Span: lambda span: f"characters {span.start} to {span.end}",
    Point: lambda point: f"{point.latitude:.4f}, {point.longitude:.4f} (latitude, longitude)",
    Rival: lambda rival: f"{rival.name} ({rival.place_id}), {rival.score:.2f}",
    Period: _period,
}
"""How a value that stands inside another is told."""
