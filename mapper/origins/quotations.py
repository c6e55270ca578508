"""Turns claims made in quotation marks into the same words quoted before: two outlets that quote one utterance.

Outlets translate and shorten what they quote, so the words need not be the same, but most of them are; and one of them
may name the speaker whom the other only describes.
"""

from __future__ import annotations

import re

from mapper.model import Article, HopKind
from mapper.origins.pairing import Said
from mapper.text import fold, quotations

_ALIKE = 0.6
"""Share of words of two quotations together that both must hold."""
_WORDS = 8
"""Words that a quotation must have to be told from a common phrase."""
_MEANING = 4
"""Letters from which on a word counts: shorter ones are grammar."""
_KEYS = 4
"""Longest words of a quotation under which it is kept; near-equal quotations share one of them."""
_RECENT = 32
"""Quotations under one word that are compared, the latest ones."""


class Quotations:
    """The quotations read so far."""

    def __init__(self) -> None:
        """Start with none."""
        self._by_word: dict[str, list[tuple[frozenset[str], Said]]] = {}
        self._of_article: tuple[str, list[tuple[int, int, frozenset[str]]]] = ("", [])

    def before(self, said: Said, article: Article) -> Said | None:
        """Return a claim of an earlier article that was made in the same words, unless two people are named for them."""
        words = self._words(said, article)
        earlier = (entry for word in _keys(words) for entry in reversed(self._by_word.get(word, [])[-_RECENT:]))
        return next((other for theirs, other in earlier if _alike(words, theirs) and _may_be_one(said, other)), None)

    def note(self, said: Said, article: Article) -> None:
        """Take up a claim for the articles to come."""
        words = self._words(said, article)
        for word in _keys(words):
            self._by_word.setdefault(word, []).append((words, said))

    def _words(self, said: Said, article: Article) -> frozenset[str]:
        """Return the words of the quotation that a claim stands in; none where it has no speaker or the quotation is short."""
        if len(said.claim.attribution) < 2:
            return frozenset()
        if self._of_article[0] != article.id:
            spans = quotations(article.text)
            self._of_article = (
                article.id,
                [(span.start, span.end, _meaning(article.text[span.start : span.end])) for span in spans],
            )
        start, end = said.claim.span
        here = [words for first, last, words in self._of_article[1] if first < end and start < last and len(words) >= _WORDS]
        return max(here, key=len, default=frozenset())


def _meaning(text: str) -> frozenset[str]:
    return frozenset(word for word in re.findall(r"\w+", fold(text)) if len(word) >= _MEANING)


def _keys(words: frozenset[str]) -> list[str]:
    return sorted(words, key=lambda word: (-len(word), word))[:_KEYS]


def _alike(one: frozenset[str], two: frozenset[str]) -> bool:
    return len(one & two) >= _ALIKE * len(one | two)


def _may_be_one(one: Said, two: Said) -> bool:
    if one.claim.article_id == two.claim.article_id:
        return False
    named = all(said.claim.attribution[-1].kind is HopKind.PERSON for said in (one, two))
    return not named or one.voice.key == two.voice.key
