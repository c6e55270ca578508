"""A text into what the claims stage makes of it, over the real tables: gazetteer, actors, lexicon."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from mapper import actors, gazetteer
from mapper.claims import attribution, extract, lexicon, reading
from mapper.geoparsing import geoparse
from mapper.model import Article, Claim, Control, Hop
from mapper.settings import Settings

PUBLISHED = date(2021, 7, 10)
"""A Saturday, while the Republic stood."""
OUTLET = "Kabul Ledger"
SETTINGS = Settings()
HELD = (Control.GAINED, Control.HELD, Control.LOST)


@cache
def places() -> gazetteer.Gazetteer:
    return gazetteer.load()


@cache
def parties() -> actors.Actors:
    return actors.load()


def article(text: str, published: date | str | None = PUBLISHED, *, outlet: str | None = OUTLET) -> Article:
    day = date.fromisoformat(published) if isinstance(published, str) else published
    return Article("a", "a.txt", "", text, outlet=outlet, published=day)


def claims(text: str, published: date | str | None = PUBLISHED) -> tuple[Claim, ...]:
    return claims_of(article(text, published))


def claims_of(item: Article) -> tuple[Claim, ...]:
    return extract(item, geoparse(item, places(), SETTINGS), places(), parties(), SETTINGS)


def chain(text: str, at: str, published: date | str | None = PUBLISHED) -> tuple[tuple[Hop, ...], tuple[str, ...]]:
    """Return who speaks the words `at` after the outlet, and the stances, whatever those words claim."""
    item = article(text, published)
    laid_out = reading.lay_out(item, geoparse(item, places(), SETTINGS), lexicon.load())
    sayings = attribution.attribute(laid_out, lexicon.load(), parties())
    hops, stances = attribution.chain(laid_out, sayings, text.index(at))
    return hops[1:], stances


def unit(claim: Claim) -> str | None:
    return claim.place.unit or claim.place.id if claim.place else None


def cases(file: str) -> list[Any]:
    """Return the cases of a table beside the tests as parameters; `known_failure` marks one as not yet true."""
    rows = tomllib.loads((Path(__file__).parent / file).read_text(encoding="utf-8"))["case"]
    return [
        pytest.param(row, id=row["id"], marks=[pytest.mark.xfail(reason=row["known_failure"])] if "known_failure" in row else [])
        for row in rows
    ]


def marked(table: list[tuple[str, Any]], known_failures: dict[str, str]) -> list[Any]:
    """Return (text, expected) pairs as parameters, those of `known_failures` as not yet true."""
    assert known_failures.keys() <= {text for text, _ in table}, "a known failure names no case"
    return [
        pytest.param(
            text,
            expected,
            id=text[:60],
            marks=[pytest.mark.xfail(reason=known_failures[text])] if text in known_failures else [],
        )
        for text, expected in table
    ]
