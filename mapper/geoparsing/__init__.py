"""Turns an article into resolutions: every place name it writes, and what each is taken to mean, or why not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from mapper.gazetteer import Gazetteer
from mapper.geoparsing.links import link
from mapper.geoparsing.mentions import Finder
from mapper.geoparsing.resolve import resolve
from mapper.geoparsing.words import words
from mapper.model import Article, Resolution
from mapper.settings import Settings

__all__ = ["geoparse"]


def geoparse(article: Article, gazetteer: Gazetteer, settings: Settings | None = None) -> tuple[Resolution, ...]:
    """Return the place names of an article in text order, refused ones with their reason among them."""
    settings = settings or Settings()
    mentions = Finder(article, gazetteer).mentions()
    day = article.published or settings.published
    resolutions = resolve(mentions, link(article.text, mentions, gazetteer.country), gazetteer, settings, article.id, day)
    return tuple(_without_lone_likeness(article, resolutions, gazetteer.country))


def _without_lone_likeness(article: Article, resolutions: Sequence[Resolution], home: str) -> Iterator[Resolution]:
    """Refuse names that are only much like a place of the country where nothing else shows that the article is about it.

    Of the villages of Yemen or Mali some have names that are one letter off an Afghan district's.
    """
    lone = [r for r in resolutions if r.place and r.place.country == home and _is_likeness(r)]
    firm = len(lone) < sum(r.place is not None and r.place.country == home for r in resolutions)
    if not lone or firm or not words().home.isdisjoint(_WORD.findall(article.text.casefold())):
        yield from resolutions
        return
    for resolution in resolutions:
        if resolution in lone and resolution.place:
            why = f"it is only much like {resolution.place.name}, and nothing else here is about {resolution.place.country}"
            yield replace(resolution, place=None, refused=why)
        else:
            yield resolution


def _is_likeness(resolution: Resolution) -> bool:
    name = next((evidence.weight for evidence in resolution.evidence if evidence.name == "name"), 1.0)
    return name < _FIRM


_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_FIRM = 0.45
"""Weight of a name's evidence below which it is only one letter off, or shares its consonants, with what it is taken for."""
