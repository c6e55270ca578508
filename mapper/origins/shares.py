"""Turns articles and their claims into what they share: copies, rewrites and single passages."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date

from mapper.model import Article, Claim, Share, ShareKind, Span, Status
from mapper.origins.outline import at_most, likeness, outline
from mapper.origins.passages import Overlap, overlaps
from mapper.origins.speakers import title

_COPY = 0.35
"""Share of the shorter article's words that stand in the other: syndicated copies have 0.6 and more, others under 0.1."""
_REWRITE = 0.42
"""Likeness of outlines: rewrites have 0.42 and more, other reports of the same day's events under 0.37."""
_SAME_CLAIMS = 0.5
"""Share of the shorter article's claims that a rewrite must find again in the other, as far as control goes: the manner is often changed."""
_WEEK = 7
"""Days within which a story is rewritten; later it is another story."""
_CARRIERS = 64
"""A name or figure is looked up in so many articles before this one; the oldest stand out of the week."""
_CANDIDATES = 8
_FEED = re.compile(
    r"syndicated feed|third[- ]party feed|with inputs? from|sourced from|\((?:Reuters|AFP|AP|ANI|PTI|IANS|Xinhua|TASS|dpa|EFE)\)",
    re.IGNORECASE,
)
"""Notices by which an outlet says that the words are another's."""


@dataclass(frozen=True, slots=True)
class Derivation:
    """An article that goes back to an earlier one, as a copy or as a rewrite."""

    source: str
    derived: str
    kind: ShareKind


def in_order(articles: Sequence[Article], claims: Mapping[str, Sequence[Claim]]) -> list[Article]:
    """Return the articles in the order in which they are thought to be written.

    By day; on one day, who credits another outlet comes after who does not; then by id.
    """
    names = {title(article.outlet) for article in articles if article.outlet}

    def rank(article: Article) -> tuple[date, bool, str]:
        return article.published or date.max, _credits(article, claims.get(article.id, ()), names), article.id

    return sorted(articles, key=rank)


def _credits(article: Article, claims: Sequence[Claim], outlets: set[str]) -> bool:
    """Tell whether an article says itself that it carries another outlet's words."""
    cited = {title(hop.name) for claim in claims for hop in claim.attribution[1:] if hop.name}
    return bool(_FEED.search(article.text)) or bool((cited & outlets) - {title(article.outlet or "")})


def shares(articles: Sequence[Article], claims: Mapping[str, Sequence[Claim]]) -> tuple[list[Share], list[Derivation]]:
    """Return what the articles (in the order of writing) share, told for both, and which derive from which."""
    found: list[Share] = []
    derived: list[Derivation] = []
    outlet = {article.id: article.outlet for article in articles}
    for overlap in overlaps(articles):
        kind = ShareKind.COPY if max(overlap.of_earlier, overlap.of_later) >= _COPY else ShareKind.PASSAGE
        if kind is ShareKind.PASSAGE and outlet[overlap.earlier] and outlet[overlap.earlier] == outlet[overlap.later]:
            continue  # an outlet's own notices and footers
        found += _told_twice(overlap, kind)
        if kind is ShareKind.COPY:
            derived.append(Derivation(overlap.earlier, overlap.later, kind))
    copies = {(derivation.source, derivation.derived) for derivation in derived}
    for earlier, later in _rewrites(articles, claims, copies):
        found.append(Share(earlier, later, ShareKind.REWRITE, _claimed(claims[earlier])))
        found.append(Share(later, earlier, ShareKind.REWRITE, _claimed(claims[later])))
        derived.append(Derivation(earlier, later, ShareKind.REWRITE))
    return sorted(found, key=lambda share: (share.article_id, share.other_id, share.kind)), derived


def _told_twice(overlap: Overlap, kind: ShareKind) -> list[Share]:
    return [
        Share(overlap.earlier, overlap.later, kind, overlap.in_earlier),
        Share(overlap.later, overlap.earlier, kind, overlap.in_later),
    ]


def _claimed(claims: Sequence[Claim]) -> tuple[Span, ...]:
    """Return the sentences that a rewrite has in common with its source: those that claim something."""
    return tuple(sorted({claim.span for claim in claims}))


def _rewrites(
    articles: Sequence[Article], claims: Mapping[str, Sequence[Claim]], copies: Set[tuple[str, str]]
) -> Iterator[tuple[str, str]]:
    """Yield (earlier, later) for articles that tell the same tale in other words and are no copies."""
    carriers: dict[str, deque[Article]] = {}
    outlines: dict[str, tuple[str, ...]] = {}
    for article in articles:
        if not claims.get(article.id):
            continue
        marks = outline(article.text)
        counted = Counter(marks)
        met: Counter[str] = Counter()
        for mark in counted:
            recent = carriers.setdefault(mark, deque(maxlen=_CARRIERS))
            while recent and _long_before(recent[0], article):
                recent.popleft()
            met.update(other.id for other in recent)
            recent.append(article)
        for other in sorted(met, key=lambda key: (-met[key], key))[:_CANDIDATES]:
            if (other, article.id) in copies:
                continue
            if _retold(outlines[other], marks, counted) and _same_claims(claims[other], claims[article.id]):
                yield other, article.id
        outlines[article.id] = marks


def _long_before(earlier: Article, later: Article) -> bool:
    """Tell whether an article is too old to be rewritten; articles of unknown date come last, and with any."""
    return bool(earlier.published and later.published and (later.published - earlier.published).days > _WEEK)


def _retold(earlier: tuple[str, ...], later: tuple[str, ...], counted: Counter[str]) -> bool:
    return at_most(Counter(earlier), counted) >= _REWRITE and likeness(earlier, later) >= _REWRITE


def _same_claims(one: Sequence[Claim], two: Sequence[Claim]) -> bool:
    """Tell whether most claims of the article with fewer have their like in the other, wherever they are placed."""
    mine, theirs = Counter(map(_gist, one)), Counter(map(_gist, two))
    return (mine & theirs).total() >= _SAME_CLAIMS * min(mine.total(), theirs.total())


def _gist(claim: Claim) -> tuple[object, ...]:
    return claim.control, claim.status is Status.PAST
