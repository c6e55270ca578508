"""Turns claims in the order of writing into origins: each claim joins an utterance known already or opens one."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from mapper.model import Article, Claim, Hop, HopKind, Mutation, Origin, ShareKind, Status
from mapper.origins.mutations import mutations
from mapper.origins.pairing import Pair, Said, content, frames, moved, pairs, topic, where
from mapper.origins.quotations import Quotations
from mapper.origins.shares import Derivation
from mapper.origins.speakers import PUBLISHERS, Voice, hear, hearsay, title
from mapper.text import fold

_NEWS_DAYS = 3
"""What an outlet recalls in its own voice of longer ago than this is background, not a report."""
_SAME_ROUND = 1
"""Days between two publications that may carry one utterance when neither says when it was made."""
_LATE = 7
"""Days for which a written utterance (a tweet, a statement) goes on being quoted."""
_ORIGINALS = 4
"""Originals that a derived article is compared with, the earliest ones."""
_HEARD = 64
"""Earlier claims about a place that a rewriter's additions are compared with, the latest ones."""
_POSTS = frozenset({"tweet", "post"})
_WRITTEN = _POSTS | {"statement"}
"""Media that are quoted for days: what was only said is quoted at once or never."""
_DISTORTING = frozenset({"control", "manner"})
"""Mutations after which the speaker is no longer the one who says it; the outlet that changed it is."""


@dataclass
class _Draft:
    """An origin in the making."""

    voice: Voice
    first: Said
    article: Article
    independent: bool
    own: bool
    """Whether the outlet that printed it is the speaker."""
    ordinal: int
    medium: str | None
    day: date | None
    said: list[Said] = field(default_factory=list)
    topics: set[tuple[object, ...]] = field(default_factory=set)

    def add(self, said: Said) -> None:
        hop = said.claim.attribution[-1]
        self.said.append(said)
        self.topics.add(topic(said.claim))
        self.medium = self.medium or hop.medium
        self.day = self.day or hop.day


def utterances(
    articles: Sequence[Article], claims: Mapping[str, Sequence[Claim]], derivations: Sequence[Derivation]
) -> tuple[tuple[Origin, ...], dict[str, str], tuple[Mutation, ...]]:
    """Return the origins, the origin of each claim, and what was changed; `articles` come in the order of writing."""
    heard = {article.id: list(map(Said, told := claims.get(article.id, ()), hear(told))) for article in articles}
    passed_on = _passed_on(articles, heard, derivations)
    changed = {
        after: mutations(pair, heard[pair.before.claim.article_id], heard[pair.after.claim.article_id])
        for after, pair in passed_on.items()
    }
    kinds = {derivation.derived: derivation.kind for derivation in reversed(derivations)}
    book = _Book(kinds)
    for article in articles:
        own = []
        for said in heard[article.id]:
            pair = passed_on.get(said.claim.id)
            if pair is None:
                own.append(said)
            elif _distorts(pair, changed[said.claim.id]):
                book.distort(said, article)
            else:
                book.follow(said, pair.before)
        book.enter(own, article, heard[article.id])
    return book.origins(), book.origin_of(), tuple(mutation for after in sorted(changed) for mutation in changed[after])


def _passed_on(
    articles: Sequence[Article], heard: Mapping[str, Sequence[Said]], derivations: Sequence[Derivation]
) -> dict[str, Pair]:
    """Return for each claim that was passed on the pair of what it was and what it is."""
    roots = _roots(articles, derivations)
    rewritten = {derivation.derived for derivation in derivations if derivation.kind is ShareKind.REWRITE}
    before: dict[str, list[tuple[Article, Said]]] = {}
    found: dict[str, Pair] = {}
    for article in articles:
        mine = heard[article.id]
        source = [said for root in roots.get(article.id, ()) for said in heard[root]]
        _enter(found, pairs(mine, source))
        if article.id in rewritten:
            left = [said for said in mine if said.claim.id not in found]
            places = sorted({where(said.claim) or "" for said in left})
            told = [entry for place in places for entry in before.get(place, [])[-_HEARD:]]
            _enter(found, pairs(left, [said for earlier, said in told if _apart(earlier, article) <= _LATE]))
            _enter(found, moved([said for said in left if said.claim.id not in found], source))
        for said in mine:
            before.setdefault(where(said.claim) or "", []).append((article, said))
    return found


def _enter(found: dict[str, Pair], pairs: Iterable[Pair]) -> None:
    found.update({pair.after.claim.id: pair for pair in pairs})


def _roots(articles: Sequence[Article], derivations: Sequence[Derivation]) -> dict[str, list[str]]:
    """Return the originals that each derived article goes back to in the end: a copy of a copy goes back to the first."""
    sources: dict[str, list[str]] = {}
    for derivation in derivations:
        sources.setdefault(derivation.derived, []).append(derivation.source)
    rank = {article.id: at for at, article in enumerate(articles)}
    roots: dict[str, list[str]] = {}
    for derived in sorted(sources, key=lambda article: rank[article]):
        found = {root for source in sources[derived] for root in roots.get(source, [source])}
        roots[derived] = sorted(found, key=lambda article: rank[article])[:_ORIGINALS]
    return roots


def _distorts(pair: Pair, changes: Sequence[Mutation]) -> bool:
    """Tell whether a claim was changed into what its speaker did not say.

    A figure that was rounded, or a place mistaken for its namesake, is still his.
    """
    before, after = pair.before.claim, pair.after.claim
    denial = (before.status is Status.DENIED) != (after.status is Status.DENIED)
    elsewhere = before.place_name != after.place_name and not frames(after.place, before.place)
    fields = {change.field for change in changes}
    return denial or bool(fields & _DISTORTING) or ("place" in fields and elsewhere)


class _Book:
    """The utterances heard so far."""

    def __init__(self, kinds: Mapping[str, ShareKind]) -> None:
        self._kinds = kinds
        self._drafts: list[_Draft] = []
        self._by_voice: dict[tuple[str, bool], list[_Draft]] = {}
        self._by_article: dict[str, list[_Draft]] = {}
        self._of: dict[str, _Draft] = {}
        self._told: dict[tuple[object, ...], _Draft] = {}
        self._quoted = Quotations()

    def enter(self, claims: Sequence[Said], article: Article, around: Sequence[Said]) -> None:
        """Find or open the utterances that the claims of an article belong to; `around` are all its claims."""
        groups: dict[tuple[str, bool, date | None, str | None], list[Said]] = {}
        for said in claims:
            hop = said.claim.attribution[-1]
            independent = self._independent(said, article, around)
            groups.setdefault((said.voice.key, independent, hop.day, hop.medium), []).append(said)
        for (_, independent, _, _), group in groups.items():
            heard = self._heard(group, article, independent) or self._quoted_before(group, article, independent)
            for said in group:
                draft = heard or self._repeated(said, article, independent) or self._here(said, article, independent)
                self._add(draft or self._open(said, article, said.voice, independent), said)
                self._quoted.note(said, article)

    def distort(self, said: Said, article: Article) -> None:
        """Put a claim that its speaker did not make down to the outlet that made it."""
        changed = Voice(f"outlet {article.id} in its rewriting", frozenset(), False)
        drafts = self._by_voice.get((changed.key, False), [])
        self._add(drafts[0] if drafts else self._open(said, article, changed, False), said)

    def follow(self, said: Said, source: Said) -> None:
        """Put a claim that was passed on down to the utterance it was taken from."""
        self._add(self._of[source.claim.id], said)

    def origins(self) -> tuple[Origin, ...]:
        """Return the origins, ordered by id."""
        names: dict[str, str] = {}
        for draft in self._drafts:
            names.setdefault(draft.voice.key, _slug(draft))
        return tuple(sorted((_origin(draft, names[draft.voice.key]) for draft in self._drafts), key=lambda origin: origin.id))

    def origin_of(self) -> dict[str, str]:
        """Return the origin id of each claim id."""
        return {claim: _id(draft) for claim, draft in sorted(self._of.items())}

    def _add(self, draft: _Draft, said: Said) -> None:
        draft.add(said)
        self._of[said.claim.id] = draft
        self._told.setdefault((draft.voice.key, draft.independent, content(said.claim)), draft)

    def _open(self, said: Said, article: Article, speaker: Voice, independent: bool) -> _Draft:
        hop = said.claim.attribution[-1]
        before = self._by_article.setdefault(article.id, [])
        ordinal = sum(draft.voice.key == speaker.key for draft in before)
        own = not speaker.known and (hop.kind in PUBLISHERS or speaker is not said.voice)
        draft = _Draft(speaker, said, article, independent, own, ordinal, hop.medium, hop.day)
        for register in (self._drafts, before, self._by_voice.setdefault((speaker.key, independent), [])):
            register.append(draft)
        return draft

    def _heard(self, group: Sequence[Said], article: Article, independent: bool) -> _Draft | None:
        """Return the utterance, carried by an earlier article of these days, that these claims of one speaker were made in."""
        drafts = self._by_voice.get((group[0].voice.key, independent), [])
        start = len(drafts)
        while start and _apart(drafts[start - 1].article, article) <= _LATE:
            start -= 1
        return next((draft for draft in drafts[start:] if _one_utterance(draft, group, article)), None)

    def _quoted_before(self, group: Sequence[Said], article: Article, independent: bool) -> _Draft | None:
        """Return the utterance of which an earlier article of these days quotes the same words."""
        sources = (self._quoted.before(said, article) for said in group)
        drafts = (self._of[source.claim.id] for source in sources if source)
        recent = (d for d in drafts if d.independent is independent and _apart(d.article, article) <= _LATE)
        return next(recent, None)

    def _repeated(self, said: Said, article: Article, independent: bool) -> _Draft | None:
        """Return the earlier utterance of this voice in which the very same was said."""
        draft = self._told.get((said.voice.key, independent, content(said.claim)))
        return draft if draft and draft.article.id != article.id else None

    def _here(self, said: Said, article: Article, independent: bool) -> _Draft | None:
        """Return the utterance of this article that the claim belongs to.

        Somebody without a name may be described in part only: "the ministry", "the shopkeeper".
        """
        for draft in self._by_article.get(article.id, ()):
            if draft.independent is independent and _one_day(draft, said) and _one_speaker(draft, said):
                return draft
        return None

    def _independent(self, said: Said, article: Article, around: Sequence[Said]) -> bool:
        """Tell whether a claim adds a source: not hearsay, not a copyist, not the outlet's summary of whom it cites."""
        hop = said.claim.attribution[-1]
        if hearsay(hop):
            return False
        if hop.kind in PUBLISHERS:
            own = len(said.claim.attribution) == 1
            return not (own and article.id in self._kinds) and not _background(said.claim, article) and not _summary(said, around)
        return said.voice.known or self._kinds.get(article.id) is not ShareKind.REWRITE


def _one_speaker(draft: _Draft, said: Said) -> bool:
    one, two = draft.voice, said.voice
    if one.key == two.key:
        return True
    in_part = bool(one.words and two.words) and (one.words <= two.words or two.words <= one.words)
    return in_part and _described(draft.first) and _described(said)


def _described(said: Said) -> bool:
    """Tell whether a speaker goes by a description, or by the office he speaks for, not by a name of his own."""
    spokesman = said.voice.key.startswith("voice ")
    return spokesman or said.claim.attribution[-1].kind not in PUBLISHERS | {HopKind.PERSON, HopKind.DOCUMENT}


def _one_day(draft: _Draft, said: Said) -> bool:
    hop = said.claim.attribution[-1]
    return (draft.day is None or hop.day is None or draft.day == hop.day) and _one_medium(draft.medium, hop.medium)


def _one_medium(one: str | None, two: str | None) -> bool:
    return one is None or two is None or one == two or {one, two} <= _POSTS


def _one_utterance(draft: _Draft, group: Sequence[Said], article: Article) -> bool:
    """Tell whether an utterance carried by an earlier article is the one behind these claims of one speaker."""
    hop = group[0].claim.attribution[-1]
    if draft.article.id == article.id or not _one_day(draft, group[0]):
        return False
    if draft.day and hop.day:
        return True
    written = hop.medium in _WRITTEN and draft.medium in _WRITTEN
    late = _apart(draft.article, article) > (_LATE if written else _SAME_ROUND)
    return not late and any(topic(said.claim) in draft.topics for said in group)


def _apart(one: Article, two: Article) -> int:
    return abs((one.published - two.published).days) if one.published and two.published else 0


def _background(claim: Claim, article: Article) -> bool:
    """Tell whether an outlet recalls something instead of reporting it."""
    if claim.status is Status.PAST:
        return True
    if claim.status is Status.ONGOING or claim.event_date is None or article.published is None:
        return False
    return (article.published - claim.event_date).days > _NEWS_DAYS


def _summary(said: Said, around: Sequence[Said]) -> bool:
    """Tell whether somebody whom the same article cites says the same."""
    mine = said.claim
    return any(
        other.voice.key != said.voice.key
        and len(other.claim.attribution) > len(mine.attribution)
        and other.claim.status is not Status.DENIED
        and topic(other.claim) == topic(mine)
        for other in around
    )


def _id(draft: _Draft) -> str:
    key = "\n".join((draft.voice.key, draft.article.id, str(draft.ordinal)))
    return f"origin-{hashlib.sha256(key.encode()).hexdigest()[:12]}"


def _origin(draft: _Draft, name: str) -> Origin:
    """Close a draft; `name` is how the first article that cites this voice writes it."""
    hop = _named(draft)
    return Origin(
        _id(draft),
        draft.article.outlet if draft.own else hop.name or hop.role,
        name or None,
        HopKind.OUTLET if draft.own else hop.kind,
        draft.medium,
        draft.day,
        draft.independent,
        tuple(sorted(said.claim.id for said in draft.said)),
        tuple(sorted({said.claim.article_id for said in draft.said})),
    )


def _named(draft: _Draft) -> Hop:
    """Return the hop that names a speaker, where the lead only describes whom a later sentence names."""
    hops = [said.claim.attribution[-1] for said in draft.said]
    return next((hop for hop in hops if hop.kind is HopKind.PERSON), hops[0])


def _slug(draft: _Draft) -> str:
    """Return the id of a speaker who is known by name, "" for the nameless."""
    hop = _named(draft)
    if draft.own:
        return "-".join(title(draft.article.outlet or "").split())
    if not draft.voice.known:
        return ""
    if hop.kind is HopKind.PERSON and not draft.voice.key.startswith("voice "):
        return hop.person_id or "-".join(re.findall(r"\w+", fold(hop.name or "")))
    return draft.voice.key.split(" ", 1)[-1].replace(" ", "-")
