"""Turns articles and their claims into origins: whose one utterance stands behind each claim, however many carry it."""

from __future__ import annotations

from collections.abc import Sequence

from mapper.model import Article, Claim, Tracing
from mapper.origins.shares import in_order, shares
from mapper.origins.utterances import utterances

__all__ = ["trace"]


def trace(articles: Sequence[Article], claims: Sequence[Claim]) -> Tracing:
    """Find what the articles share, which claims were passed on or changed, and the origin of each claim.

    The result does not depend on the order of the arguments. Every claim has an origin.
    """
    of_article: dict[str, list[Claim]] = {}
    for claim in sorted(set(claims), key=lambda claim: (claim.span, claim.id)):
        of_article.setdefault(claim.article_id, []).append(claim)
    ordered = in_order(articles, of_article)
    shared, derivations = shares(ordered, of_article)
    origins, origin_of, mutations = utterances(ordered, of_article, derivations)
    return Tracing(origins, origin_of, tuple(shared), mutations)
