"""Records -> a bundle of STIX 2.1, for platforms that share intelligence.

- a `report` is an article; it refers to the notes of its claims
- a `note` is a claim: the quoted sentence, by whom it is said, and what it is about
- an `incident` is an event, its confidence that of the digit of our grade, in the scale of STIX's appendix
- an `opinion` is a denial: of the note that it denies, or of the incident
- a `location` is a place, an `identity` an outlet, a speaker with a name, or a party; a party is a group
  and no threat actor, for that would be an accusation
- a `relationship` ties an incident to its location and its parties, and a note to its speaker
- every object is marked with what it is and whose data it carries

Ids are UUIDs of version 5 made from our own, so the same input gives the same objects. An object was
created on the day its article was printed, and an incident last changed on the day of its newest;
what has no day, and what is of no article, on the first of January 1970. No clock enters the output.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from mapper.exports import credits, days
from mapper.exports.layers import Places
from mapper.exports.provenance import slug, speaker
from mapper.exports.records import Record, Records
from mapper.model import HopKind

if TYPE_CHECKING:
    from mapper.gazetteer import Gazetteer

NAMESPACE = UUID("7290cb39-1ff4-5b49-9734-3d9bdc34b472")
"""Our own, under which all ids are made; STIX keeps its own for observables."""

VERSION = "2.1"

CONFIDENCE = {"1": 90, "2": 70, "3": 50, "4": 30, "5": 10}
"""By the digit of a grade, from STIX 2.1's table for the Admiralty scale; 6 cannot be judged and has none."""

CLASSES = {
    HopKind.PERSON: "individual",
    HopKind.OUTLET: "organization",
    HopKind.AGENCY: "organization",
    HopKind.OFFICE: "organization",
    HopKind.GROUP: "group",
}
"""STIX's classes of identities by the kind of speaker."""

ALPHA2 = {"AFG": "AF", "CHN": "CN", "IND": "IN", "IRN": "IR", "PAK": "PK", "TJK": "TJ", "TKM": "TM", "UZB": "UZ"}
"""STIX writes countries in two letters."""


def write(records: Records, gazetteer: Gazetteer) -> Iterator[str]:
    """Yield the bundle, an object a line."""
    made = _Maker(records, gazetteer)
    name = ",".join(sorted(article["sha256"] or article["id"] for article in records.articles))
    yield f'{{"type": "bundle", "id": "{_id("bundle", name)}", "objects": [\n'
    for number, one in enumerate(made.objects()):
        yield ",\n" if number else ""
        yield json.dumps({key: value for key, value in one.items() if value not in (None, [])}, ensure_ascii=False)
    yield "\n]}\n"


def _id(type_: str, key: str) -> str:
    return f"{type_}--{uuid5(NAMESPACE, f'{type_}:{key}')}"


def _moment(day: str | None) -> str:
    return f"{day or days.EPOCH.isoformat()}T00:00:00.000Z"


class _Maker:
    """Makes the objects of one run; those that several refer to are made once."""

    def __init__(self, records: Records, gazetteer: Gazetteer) -> None:
        self.records = records
        self.gazetteer = gazetteer
        self.published = {article["id"]: article["published"] for article in records.articles}
        self.reports = {article["id"]: _id("report", _report(article)) for article in records.articles}
        self.claims = {claim["claim_id"]: claim for claim in records.claims}
        self.origins = {origin["origin_id"]: origin for origin in records.origins}
        self.places = Places(records, gazetteer)
        self.author = _id("identity", "conflict-event-mapper")
        self.marking = _id("marking-definition", json.dumps([credits.ABOUT, credits.text(gazetteer)]))
        self.made: set[str] = set()

    @cached_property
    def supports(self) -> Mapping[str, list[str]]:
        """The incidents that each claim supports."""
        found: dict[str, list[str]] = {}
        for feature in self.records.events:
            for claim_id in feature["properties"]["claim_ids"]:
                found.setdefault(claim_id, []).append(_id("incident", feature["properties"]["event_id"]))
        return found

    def objects(self) -> Iterator[Record]:
        """Yield all objects; one that is referred to stands in the same bundle, before or after."""
        statement = f"{credits.ABOUT}\n\n{credits.text(self.gazetteer)}"
        common = {"spec_version": VERSION, "created": _moment(None)}
        yield {
            "type": "marking-definition", "id": self.marking, **common,
            "definition_type": "statement", "definition": {"statement": statement},
        }  # fmt: skip
        yield self._object(
            "identity", "conflict-event-mapper", name="conflict-event-mapper", identity_class="system", created_by_ref=None
        )
        notes: dict[str, list[str]] = {}
        for claim in self.records.claims:
            notes.setdefault(claim["article_id"], []).append(_id("note", claim["claim_id"]))
            yield from self._claim(claim)
        for article in self.records.articles:
            if not article["rejected"]:
                yield from self._article(article, notes.get(article["id"], []))
        for feature in self.records.events:
            yield from self._event(feature["properties"])

    def _object(self, type_: str, key: str, first: str | None = None, last: str | None = None, **values: Any) -> Record:
        head = {"type": type_, "spec_version": VERSION, "id": _id(type_, key), "created_by_ref": self.author}
        dated = {"created": _moment(first), "modified": _moment(last or first)}
        return {**head, **dated, **values, "object_marking_refs": [self.marking]}

    def _once(self, type_: str, key: str, **values: Any) -> Iterator[Record]:
        if (id_ := _id(type_, key)) not in self.made:
            self.made.add(id_)
            yield self._object(type_, key, **values)

    # --- who, where -----------------------------------------------------------------------------

    def _location(self, place_id: str | None, name: str | None) -> Iterator[Record]:
        if self._located(place_id) and place_id:
            point, country = self.places.point(place_id), self.places.country(place_id)
            located = {"longitude": point[0], "latitude": point[1]} if point else {}
            yield from self._once(
                "location", place_id, name=name or place_id, country=ALPHA2.get(country or ""), **located,
                external_references=[{"source_name": "gazetteer", "external_id": place_id}],
            )  # fmt: skip

    def _located(self, place_id: str | None) -> list[str]:
        """Return the location of a place, none where STIX could not say where it is."""
        if place_id and (self.places.point(place_id) or ALPHA2.get(self.places.country(place_id) or "")):
            return [_id("location", place_id)]
        return []

    def _tie(self, kind: str, source: str, target: str, day: str | None, what: str | None = None) -> Record:
        ends = {"relationship_type": kind, "source_ref": source, "target_ref": target}
        return self._object("relationship", f"{kind}:{source}:{target}:{what}", day, **ends, description=what)

    # --- articles, claims, events ---------------------------------------------------------------

    def _article(self, article: Record, notes: list[str]) -> Iterator[Record]:
        day, outlet = article["published"], article["outlet"]
        if outlet:
            yield from self._once("identity", slug(outlet), name=outlet, identity_class=CLASSES[HopKind.OUTLET])
        publisher = [_id("identity", slug(outlet))] if outlet else []
        reference = {"source_name": outlet or "unknown outlet", "url": article["url"], "external_id": article["id"]}
        reference |= {"hashes": {"SHA-256": article["sha256"]}} if article["sha256"] and article["url"] else {}
        yield self._object(
            "report", _report(article), day,
            name=article["title"] or article["id"],
            description=None if day else "The day of publication is not known.",
            published=_moment(day),
            object_refs=[*notes, *publisher] or [self.author],
            external_references=[{name: value for name, value in reference.items() if value}],
        )  # fmt: skip

    def _claim(self, claim: Record) -> Iterator[Record]:
        day, note = self.published[claim["article_id"]], _id("note", claim["claim_id"])
        yield from self._location(claim["place_id"], claim["place_name"])
        yield self._object(
            "note", claim["claim_id"], day,
            abstract=_abstract(claim),
            content=claim["quote"],
            authors=_chain(claim),
            object_refs=[
                self.reports[claim["article_id"]], *self.supports.get(claim["claim_id"], ()), *self._located(claim["place_id"])
            ],
            labels=[claim["status"]],
            external_references=[{"source_name": "conflict-event-mapper", "external_id": claim["claim_id"]}],
        )  # fmt: skip
        origin = self.origins[claim["origin_id"]]
        if origin["speaker"] and origin["kind"] in CLASSES:
            key = ":".join(speaker(origin))
            yield from self._once("identity", key, name=origin["speaker"], identity_class=CLASSES[origin["kind"]])
            yield self._tie("related-to", note, _id("identity", key), day, "said by")
        if claim["denies"]:
            yield self._denial(claim, _id("note", claim["denies"]))

    def _denial(self, claim: Record, denied: str) -> Record:
        day = self.published[claim["article_id"]]
        return self._object(
            "opinion", f"{claim['claim_id']}:{denied}", day,
            opinion="strongly-disagree", explanation=claim["quote"], authors=_chain(claim), object_refs=[denied],
        )  # fmt: skip

    def _event(self, event: Record) -> Iterator[Record]:
        printed = sorted(filter(None, (self.published[id_] for id_ in event["article_ids"])))
        first, last = (printed[0], printed[-1]) if printed else (None, None)
        id_ = _id("incident", event["event_id"])
        yield self._object(
            "incident", event["event_id"], first, last,
            name=f"{event['sub_event_type']}, {event['location'] or event['place_name'] or 'place unknown'}",
            description=event["notes"],
            confidence=CONFIDENCE.get(event["confidence"][-1]),
            labels=[event["event_type"], event["sub_event_type"]],
            external_references=[{"source_name": "conflict-event-mapper", "external_id": event["event_id"]}],
        )  # fmt: skip
        yield from self._location(event["place_id"], event["place_name"])
        for place in self._located(event["place_id"]):
            yield self._tie("located-at", id_, place, first)
        for name in ("actor1", "actor2"):
            if party := event[f"{name}_normalised"]:
                yield from self._once("identity", f"party:{party}", name=party, identity_class=CLASSES[HopKind.GROUP])
                yield self._tie("related-to", id_, _id("identity", f"party:{party}"), first, name)
        yield from (self._denial(claim, id_) for claim in self._deniers(event))

    def _deniers(self, event: Record) -> Iterable[Record]:
        """Return the claims that say that an event did not occur."""
        ids = {
            id_
            for dispute in event["contradictions"]
            if dispute["field"] == "occurred"
            for version in dispute["values"]
            if version["value"] == "no"
            for id_ in version["claim_ids"]
        }
        return [self.claims[id_] for id_ in sorted(ids)]


def _report(article: Record) -> str:
    """Return what tells an article from every other, those of other runs among them."""
    return f"{article['id']}:{article['sha256']}"


def _chain(claim: Record) -> list[str]:
    """Return who says it, the original speaker first."""
    return [hop["name"] for hop in claim["attribution"][::-1] if hop["name"]]


def _abstract(claim: Record) -> str:
    """Return in words what a claim is taken to say."""
    what = claim["sub_event_type"] or ("a toll" if claim["control"] == "none" else f"control {claim['control']}")
    when = f", {claim['event_date']}" if claim["event_date"] else ""
    return f"{claim['status']}: {what}, {claim['place_name'] or 'place unknown'}{when}"
