"""Turns an article into resolutions: every place name it writes, and what each is taken to mean, or why not."""

from __future__ import annotations

from mapper.gazetteer import Gazetteer
from mapper.geoparsing.links import link
from mapper.geoparsing.mentions import Finder
from mapper.geoparsing.resolve import resolve
from mapper.model import Article, Resolution
from mapper.settings import Settings

__all__ = ["geoparse"]


def geoparse(article: Article, gazetteer: Gazetteer, settings: Settings | None = None) -> tuple[Resolution, ...]:
    """Return the place names of an article in text order, refused ones with their reason among them."""
    settings = settings or Settings()
    mentions = Finder(article, gazetteer).mentions()
    day = article.published or settings.published
    return tuple(resolve(mentions, link(article.text, mentions, gazetteer.country), gazetteer, settings, article.id, day))
