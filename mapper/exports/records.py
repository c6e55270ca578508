"""What a run found -> plain dicts, field by field as the output files show them; every exporter writes from these.

Unknown is None, never "" or 0; days are ISO strings; events and control are GeoJSON Features.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mapper.errors import SourceError
from mapper.exports import acled
from mapper.model import (
    SUB_EVENT_TYPES,
    Article,
    Claim,
    Count,
    Event,
    Evidence,
    Findings,
    Harm,
    Hop,
    Kind,
    Origin,
    Place,
    PlaceControl,
    Rejected,
    Resolution,
    Share,
)

if TYPE_CHECKING:
    from mapper.actors import Actors
    from mapper.gazetteer import Gazetteer

Record = dict[str, Any]

FIELDS: dict[str, tuple[str, ...]] = {
    "articles": (
        "id", "path", "sha256", "rejected", "title", "outlet", "byline", "published", "url", "language", "notes", "also_at",
        "shares", "text",
    ),
    "toponyms": (
        "article_id", "text", "start", "end", "place_id", "name", "kind", "feature_code", "country", "admin1_pcode", "admin2_pcode",
        "latitude", "longitude", "score", "refused", "evidence", "rivals",
    ),
    "claims": (
        "claim_id", "article_id", "start", "end", "quote", "place_id", "place_name", "admin1_pcode", "admin2_pcode", "control",
        "event_type", "sub_event_type", "actor", "actor_reported", "target", "status", "event_date", "time_precision",
        "killed", "wounded", "captured", "killed_or_wounded", "casualty_side", "vague_casualties", "total_over", "part",
        "attribution", "origin_id", "denies", "pattern", "evidence",
    ),
    "origins": (
        "origin_id", "speaker", "speaker_id", "kind", "medium", "date", "independent", "claim_ids", "article_ids",
    ),
    "events": (
        *acled.COLUMNS,
        "event_id", "place_id", "admin1_pcode", "admin2_pcode", "fatalities_low", "fatalities_high", "wounded_low", "wounded_high",
        "claim_ids", "article_ids", "origin_ids", "independent_origins", "outlets", "status", "provisional", "rules",
        "contradictions", "mutations", "only_by_mutation", "confidence", "confidence_reason",
        "place_name", "actor1_normalised", "actor2_normalised", "actor1_verified", "actor2_verified", "claims", "sources",
    ),
    "control": (
        "place_id", "name", "admin1_pcode", "admin2_pcode", "status", "holder", "since", "as_of", "independent_origins",
        "periods", "claims", "evidence", "admission_ids",
    ),
}  # fmt: skip
"""The fields of each table in their order; those of events and control are a Feature's properties."""

LINES = ("articles", "toponyms", "claims", "origins")
"""Tables written as JSON lines; the others, events and control, are written as GeoJSON."""


class Rows(Sequence[Record]):
    """The rows of a table that is made anew whenever it is looked at: it is large, and few look."""

    def __init__(self, make: Callable[[Any], Record], items: Sequence[Any]) -> None:
        """Keep what the rows are made of, and how."""
        self._make, self._items = make, items

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._items)

    def __getitem__(self, at: Any) -> Any:
        """Return a row, or some."""
        found = self._items[at]
        return [self._make(item) for item in found] if isinstance(at, slice) else self._make(found)

    def __eq__(self, other: object) -> bool:
        """Tell whether others are the same rows, as lists tell it."""
        return isinstance(other, Sequence) and list(self) == list(other)


@dataclass(frozen=True, slots=True)
class Records:
    """All tables of a run, each a sequence of dicts in its fixed order."""

    articles: Sequence[Record]
    toponyms: Sequence[Record]
    claims: list[Record]
    events: list[Record]
    control: list[Record]
    origins: list[Record]


def record(findings: Findings, gazetteer: Gazetteer, actors: Actors, state: str | None = None) -> Records:
    """Return the tables of a run. `state` is the side to be counted as the state, None for the state of each day."""
    articles = {article.id: article for article in findings.articles}
    origin_of = findings.tracing.origin_of
    hops: dict[Hop, Record] = {}
    claims = {claim.id: _claim(claim, origin_of[claim.id], hops) for claim in findings.claims}
    shares: dict[str, list[Share]] = {}
    for share in findings.tracing.shares:
        shares.setdefault(share.article_id, []).append(share)
    coder = acled.Coder(gazetteer, actors, state, articles, findings.tracing, {claim.id: claim for claim in findings.claims})
    return Records(
        articles=Rows(
            lambda source: _article(source, shares.get(source.id, ())) if isinstance(source, Article) else _rejected(source),
            sorted([*findings.articles, *findings.rejected], key=lambda source: source.id),
        ),
        toponyms=Rows(toponym, findings.resolutions),
        claims=list(claims.values()),
        events=[_event(event, coder, claims, articles) for event in findings.events],
        control=[_control(unit, gazetteer, claims, articles) for unit in findings.control],
        origins=[_origin(origin) for origin in findings.tracing.origins],
    )


def load(folder: Path) -> Records:
    """Read back the tables that a run wrote into a folder; SourceError names the file that is missing or broken."""
    tables = {name: _parse(folder / f"{name}.jsonl", _lines) for name in LINES}
    features = {name: _parse(folder / f"{name}.geojson", json.loads)["features"] for name in ("events", "control")}
    return Records(**tables, **features)


def load_credits(folder: Path) -> list[dict[str, str]]:
    """Read back whose data a run's files carry; SourceError as with `load`."""
    credits: list[dict[str, str]] = _parse(folder / "events.geojson", json.loads)["credits"]
    return credits


def _lines(text: str) -> list[Record]:
    return [json.loads(line) for line in text.split("\n") if line]


def _parse(path: Path, parse: Any) -> Any:
    try:
        return parse(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise SourceError(f"{path}: not what a run writes ({fault}); expected the --out folder of a run") from fault


# --- articles and place names -------------------------------------------------------------------


def _article(article: Article, shares: Iterable[Share]) -> Record:
    return {
        "id": article.id,
        "path": article.path,
        "sha256": article.sha256,
        "rejected": None,
        "title": article.title,
        "outlet": article.outlet,
        "byline": article.byline,
        "published": _iso(article.published),
        "url": article.url,
        "language": article.language,
        "notes": list(article.notes),
        "also_at": list(article.also_at),
        "shares": [
            {"article_id": share.other_id, "kind": share.kind.value, "spans": [list(span) for span in share.spans]}
            for share in shares
        ],
        "text": article.text,
    }


def _rejected(rejected: Rejected) -> Record:
    known = {
        "id": rejected.id,
        "path": rejected.path,
        "sha256": rejected.sha256,
        "rejected": rejected.reason,
        "language": rejected.language,
    }
    return dict.fromkeys(FIELDS["articles"]) | {"notes": [], "also_at": [], "shares": []} | known


def toponym(resolution: Resolution) -> Record:
    """Return the row of one place name as found."""
    written, place = resolution.toponym, resolution.place
    return {
        "article_id": written.article_id,
        "text": written.text,
        "start": written.span.start,
        "end": written.span.end,
        "place_id": place.id if place else None,
        "name": place.name if place else None,
        "kind": place.kind.value if place else None,
        "feature_code": place.feature_code if place else None,
        "country": place.country if place else None,
        "admin1_pcode": place.admin1_pcode if place else None,
        "admin2_pcode": place.admin2_pcode if place else None,
        "latitude": place.point.latitude if place else None,
        "longitude": place.point.longitude if place else None,
        "score": round(resolution.score, 4),
        "refused": resolution.refused,
        "evidence": _evidence(resolution.evidence),
        "rivals": [{"place_id": r.place_id, "name": r.name, "score": round(r.score, 4)} for r in resolution.rivals],
    }


def _evidence(evidence: Iterable[Evidence]) -> list[Record]:
    return [{"name": reason.name, "weight": round(reason.weight, 4), "note": reason.note} for reason in evidence]


# --- claims and origins -------------------------------------------------------------------------


def _claim(claim: Claim, origin_id: str, hops: dict[Hop, Record]) -> Record:
    """Return the row of a claim; claims share the rows of their speakers, which are kept in `hops`."""
    place = claim.place
    for hop in claim.attribution:
        if hop not in hops:
            hops[hop] = _hop(hop)
    return {
        "claim_id": claim.id,
        "article_id": claim.article_id,
        "start": claim.span.start,
        "end": claim.span.end,
        "quote": claim.quote,
        "place_id": place.id if place else None,
        "place_name": claim.place_name or (place.name if place else None),
        "admin1_pcode": place.admin1_pcode if place else None,
        "admin2_pcode": place.admin2_pcode if place else None,
        "control": claim.control.value,
        "event_type": SUB_EVENT_TYPES.get(claim.sub_event_type or ""),
        "sub_event_type": claim.sub_event_type,
        "actor": claim.actor,
        "actor_reported": claim.actor_reported,
        "target": claim.target,
        "status": claim.status.value,
        "event_date": _iso(claim.event_date),
        "time_precision": claim.time_precision,
        **{harm.value: _bounds(claim.counts, harm) for harm in Harm},
        "casualty_side": next((count.side for count in claim.counts if count.side), None),
        "vague_casualties": any(count.vague for count in claim.counts),
        "total_over": max((count.total_over for count in claim.counts), default=1),
        "part": claim.part,
        "attribution": [hops[hop] for hop in claim.attribution],
        "origin_id": origin_id,
        "denies": claim.denies,
        "pattern": claim.pattern,
        "evidence": _evidence(claim.evidence),
    }


def _bounds(counts: Iterable[Count], harm: Harm) -> list[int | None] | None:
    stated = [count for count in counts if count.harm is harm and (count.low, count.high) != (None, None)]
    return [stated[0].low, stated[0].high] if stated else None


def _hop(hop: Hop) -> Record:
    return {
        "name": hop.name,
        "role": hop.role,
        "kind": hop.kind.value,
        "cue": hop.cue,
        "medium": hop.medium,
        "person_id": hop.person_id,
        "date": _iso(hop.day),
        "start": hop.span.start if hop.span else None,
        "end": hop.span.end if hop.span else None,
    }


def _origin(origin: Origin) -> Record:
    return {
        "origin_id": origin.id,
        "speaker": origin.speaker,
        "speaker_id": origin.speaker_id,
        "kind": origin.kind.value,
        "medium": origin.medium,
        "date": _iso(origin.date),
        "independent": origin.independent,
        "claim_ids": list(origin.claim_ids),
        "article_ids": list(origin.article_ids),
    }


# --- events and control -------------------------------------------------------------------------


def _event(event: Event, coder: acled.Coder, claims: Mapping[str, Record], articles: Mapping[str, Article]) -> Record:
    place = event.place
    sources = [_source(articles[article_id]) for article_id in event.article_ids]
    own: Record = {
        "event_id": event.id,
        "place_id": place.id if place else None,
        "admin1_pcode": place.admin1_pcode if place else None,
        "admin2_pcode": place.admin2_pcode if place else None,
        "fatalities_low": event.fatalities_low,
        "fatalities_high": event.fatalities_high,
        "wounded_low": event.wounded_low,
        "wounded_high": event.wounded_high,
        "claim_ids": list(event.claim_ids),
        "article_ids": list(event.article_ids),
        "origin_ids": list(event.origin_ids),
        "independent_origins": event.independent_origins,
        "outlets": acled.outlets(articles[article_id] for article_id in event.article_ids),
        "status": event.status.value,
        "provisional": event.provisional,
        "rules": list(event.rules),
        "contradictions": [
            {"field": c.field, "values": [{"value": v.value, "claim_ids": list(v.claim_ids)} for v in c.values]}
            for c in event.contradictions
        ],
        "mutations": [
            {"field": m.field, "from": m.before, "to": m.after, "from_claim_id": m.from_claim_id, "to_claim_id": m.to_claim_id}
            for m in event.mutations
        ],
        "only_by_mutation": event.only_by_mutation,
        "confidence": event.confidence,
        "confidence_reason": event.confidence_reason,
        "place_name": event.place_name or (place.name if place else None),
        "actor1_normalised": event.actor1,
        "actor2_normalised": event.actor2,
        "actor1_verified": coder.verified(event.actor1, event.event_date),
        "actor2_verified": coder.verified(event.actor2, event.event_date),
    }
    properties = coder.columns(event) | own | {"claims": [claims[i] for i in event.claim_ids], "sources": sources}
    geometry = _point(place) if place and place.kind is not Kind.COUNTRY else None
    return {"type": "Feature", "id": event.id, "geometry": geometry, "properties": properties}


def _source(article: Article) -> Record:
    return {
        "article_id": article.id,
        "outlet": article.outlet,
        "title": article.title,
        "url": article.url,
        "published": _iso(article.published),
    }


def _control(unit: PlaceControl, gazetteer: Gazetteer, claims: Mapping[str, Record], articles: Mapping[str, Article]) -> Record:
    place = unit.place
    properties = {
        "place_id": place.id,
        "name": place.name,
        "admin1_pcode": place.admin1_pcode,
        "admin2_pcode": place.admin2_pcode,
        "status": unit.status.value,
        "holder": unit.holder,
        "since": _iso(unit.since),
        "as_of": _iso(unit.as_of),
        "independent_origins": unit.independent_origins,
        "periods": [
            {
                "from": _iso(period.start),
                "to": _iso(period.end),
                "status": period.status.value,
                "holder": period.holder,
                "claim_ids": list(period.claim_ids),
            }
            for period in unit.periods
        ],
        "claims": [_statement(claims[claim_id], articles) for claim_id in unit.claim_ids],
        "evidence": _evidence(unit.evidence),
        "admission_ids": list(unit.admission_ids),
    }
    boundary = gazetteer.boundary(place.unit) if place.unit else None
    return {"type": "Feature", "id": place.id, "geometry": boundary or _point(place), "properties": properties}


def _statement(claim: Record, articles: Mapping[str, Article]) -> Record:
    copied = ("claim_id", "article_id", "origin_id", "actor", "control", "status", "event_date", "quote")
    return {name: claim[name] for name in copied} | {"outlet": articles[claim["article_id"]].outlet}


def _point(place: Place) -> Record:
    return {"type": "Point", "coordinates": [place.point.longitude, place.point.latitude]}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
