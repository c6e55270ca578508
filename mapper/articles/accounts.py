"""Records of a run -> the account of its inputs: one article for one text, ids that never repeat, a fixed order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from mapper.model import Article, Rejected

Record = Article | Rejected

_SITE = re.compile(r"https?://(?:(?:www|m|mobile|amp)\.)?([^/?#]+)", re.IGNORECASE)


def settle(records: Iterable[Record]) -> tuple[tuple[Article, ...], tuple[Rejected, ...]]:
    """Fold inputs with the same text, make ids unique, and return articles and rejected inputs, each ordered by id.

    Everything is decided in the order of paths and content, so that it does not depend on how the
    sources were named.
    """
    ordered = _identify(sorted(records, key=_place))
    read = _fold([record for record in ordered if isinstance(record, Article)])
    settled = sorted([*read, *(record for record in ordered if isinstance(record, Rejected))], key=lambda record: record.id)
    return (
        tuple(record for record in settled if isinstance(record, Article)),
        tuple(record for record in settled if isinstance(record, Rejected)),
    )


def _place(record: Record) -> tuple[bool, str, int, str, str]:
    """Return what a record is sorted by: articles before rejected inputs, then the path, rows by their number."""
    base, mark, number = record.path.rpartition("#")
    row = (base, int(number)) if mark and number.isdecimal() and len(number) < 10 else (record.path, 0)
    return isinstance(record, Rejected), *row, record.path, record.sha256 or ""


def _identify(ordered: list[Record]) -> list[Record]:
    """Make ids unique: the first of a name keeps it, later ones get -2, -3, ..."""
    taken = {record.id for record in ordered}
    used: Counter[str] = Counter()
    for at, record in enumerate(ordered):
        used[record.id] += 1
        if used[record.id] > 1:
            while (free := f"{record.id}-{used[record.id]}") in taken:
                used[record.id] += 1
            ordered[at] = replace(record, id=free)
    return ordered


def _fold(articles: Sequence[Article]) -> list[Record]:
    """Return the articles, those that repeat the text of an earlier one as rejected inputs that name it.

    Outlets that print one text are two articles: what states another outlet, site or day is no duplicate. What only a duplicate states is kept with the article.
    """
    of_text: dict[str, list[list[Article]]] = {}
    groups: list[list[Article]] = []
    for article in articles:
        alike = of_text.setdefault(article.text, [])
        group = next((group for group in alike if not _conflict(group[0], article)), None)
        if group is None:
            alike.append([article])
            groups.append(alike[-1])
        else:
            group[0] = _joined(group[0], article)
            group.append(article)
    folded: list[Record] = []
    for first, *others in groups:
        folded.append(replace(first, also_at=tuple(other.path for other in others)))
        folded += [Rejected(other.id, other.path, f"the same text as {first.id}", other.sha256) for other in others]
    return folded


def _conflict(one: Article, other: Article) -> bool:
    stated = ((one.outlet, other.outlet), (_site(one), _site(other)), (one.published, other.published))
    return any(a is not None and b is not None and a != b for a, b in stated)


def _site(article: Article) -> str | None:
    """Return the host of an article's address; what sites put before it for telephones makes no other site."""
    found = _SITE.match(article.url or "")
    return found[1].lower() if found else None


def _joined(first: Article, other: Article) -> Article:
    """Return the article with what only its duplicate states, and a note of whose word that is."""
    added = {
        name: value
        for name in ("title", "outlet", "byline", "published", "url", "language")
        if getattr(first, name) is None and (value := getattr(other, name)) is not None
    }
    if not added:
        return first
    return replace(first, **added, notes=(*first.notes, f"{', '.join(added)}: as {other.path} states, which has the same text"))
