"""An article and its places into claims: who says what happened where, and how surely."""

from __future__ import annotations

from collections.abc import Sequence

from mapper.actors import Actors
from mapper.claims import attribution, lexicon, reading
from mapper.claims.extraction import Extraction
from mapper.gazetteer import Gazetteer
from mapper.model import Article, Claim, Resolution
from mapper.settings import Settings


def extract(
    article: Article, resolutions: Sequence[Resolution], gazetteer: Gazetteer, actors: Actors, settings: Settings | None = None
) -> tuple[Claim, ...]:
    """Return the claims of one article in text order. The same article gives the same claims, with the same ids."""
    words = lexicon.load()
    laid_out = reading.lay_out(article, resolutions, words)
    sayings = attribution.attribute(laid_out, words, actors)
    return Extraction(laid_out, sayings, words, gazetteer, actors, settings or Settings()).claims()
