"""The attribution graph -> PROV-JSON, the W3C's way to say where something comes from.

Entities are articles, utterances (origins), claims, events and the ledger's units; agents are outlets and speakers.

- an article is attributed to its outlet, an utterance to its speaker, a claim to every speaker of its
  chain, with the place in the chain as `mapper:hop`, 0 the outlet
- a claim is derived from its article by quotation (`prov:Quotation`), and from the utterance that it goes
  back to as its primary source (`prov:PrimarySource`)
- an event is derived from the claims that support it, a unit of the ledger from every claim that says who holds it
- a claim that came about when another was rewritten is derived from it by revision (`prov:Revision`)
- a denial is influenced by what it denies, and an event by each claim that contradicts it; `mapper:relation` says which
- an article is an alternate of one that it copies or rewrites

Somebody without a name is an agent of that one utterance or article alone: two papers' "residents" are not known to be the same.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING
from urllib.parse import quote

from mapper.exports import credits
from mapper.exports.records import Record, Records
from mapper.model import HopKind, ShareKind

if TYPE_CHECKING:
    from mapper.gazetteer import Gazetteer

PREFIXES = {
    "mapper": "urn:conflict-event-mapper:",
    "dct": "http://purl.org/dc/terms/",
}

KINDS = {HopKind.PERSON: "prov:Person"} | dict.fromkeys(
    (HopKind.OUTLET, HopKind.AGENCY, HopKind.OFFICE, HopKind.GROUP), "prov:Organization"
)
"""PROV's types of agents by the kind of speaker; a document and somebody unnamed have none."""

NAMED = (HopKind.OUTLET, HopKind.AGENCY)
"""Speakers whose name is a proper one, the same in every article."""

Pairs = Iterator[tuple[str, Record]]


def write(records: Records, gazetteer: Gazetteer) -> Iterator[str]:
    """Yield the document, section by section."""
    yield f'{{"prefix": {json.dumps(PREFIXES)}'
    for name, section in SECTIONS.items():
        yield from _section(name, section(records, gazetteer))
    yield "\n}\n"


def _section(name: str, pairs: Pairs) -> Iterator[str]:
    before = f',\n"{name}": {{\n'
    for key, value in pairs:
        yield f"{before}{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}"
        before = ",\n"
    if before == ",\n":
        yield "}"


# --- names --------------------------------------------------------------------------------------


def _id(kind: str, *parts: str) -> str:
    return f"mapper:{kind}-{'-'.join(quote(part, safe='') for part in parts)}"


def slug(name: str) -> str:
    """Return a name as the tables of persons write ids.

    >>> slug("Wall Street Journal")
    'wall-street-journal'
    """
    return re.sub(r"\W+", "-", name.lower()).strip("-")


def _known(id_: str | None, name: str | None, kind: str) -> str | None:
    """Return what tells a speaker from all others, in whatever article; None for somebody described, known in one utterance alone."""
    return id_ or (slug(name) if name and kind in NAMED else None)


def speaker(origin: Record) -> tuple[str, ...]:
    """Return what tells the speaker of an utterance from others."""
    key = _known(origin["speaker_id"], origin["speaker"], origin["kind"])
    return (key,) if key else ("of", origin["origin_id"])


def _hop(claim: Record, at: int, origins: dict[str, Record]) -> str:
    """Return the agent of a link of a claim's chain; the last is who spoke, where the claim goes back to such a one."""
    hop, origin = claim["attribution"][at], origins[claim["origin_id"]]
    if key := _known(hop["person_id"], hop["name"], hop["kind"]):
        return _id("agent", key)
    if at == len(claim["attribution"]) - 1 and hop["kind"] == origin["kind"]:
        return _id("agent", *speaker(origin))
    return _id("agent", "in", claim["article_id"], slug(hop["name"] or f"unnamed {hop['kind']}"))


def _told(values: Record) -> Record:
    return {name: value for name, value in values.items() if value is not None}


def _day(day: str | None) -> Record | None:
    return {"$": day, "type": "xsd:date"} if day else None


def _type(name: str) -> Record:
    return {"$": name, "type": "prov:QUALIFIED_NAME"}


# --- entities and agents ------------------------------------------------------------------------


def _entities(records: Records, gazetteer: Gazetteer) -> Pairs:
    told: Record
    yield (
        "mapper:output",
        {
            "prov:type": _type("prov:Collection"),
            "dct:description": credits.ABOUT,
            "dct:rights": credits.licence(gazetteer),
        },
    )
    for number, credit in enumerate(gazetteer.credits, 1):
        told = {"prov:label": credit.get("source"), "dct:bibliographicCitation": credit.get("citation")}
        yield (
            f"mapper:source-{number}",
            _told({**told, "dct:license": credit.get("licence"), "dct:description": credit.get("used_for")}),
        )
    for article in _read(records):
        told = {"prov:type": _type("mapper:Article"), "prov:label": article["title"] or article["id"]}
        told |= {"dct:issued": _day(article["published"]), "dct:source": article["url"], "mapper:sha256": article["sha256"]}
        yield _id("article", article["id"]), _told(told)
    for origin in records.origins:
        told = {"prov:type": _type("mapper:Utterance"), "mapper:medium": origin["medium"], "dct:date": _day(origin["date"])}
        yield _id("utterance", origin["origin_id"]), _told({**told, "mapper:independent": origin["independent"]})
    for claim in records.claims:
        told = {"prov:type": _type("mapper:Claim"), "prov:value": claim["quote"], "mapper:status": claim["status"]}
        told |= {"mapper:control": claim["control"], "mapper:place": claim["place_name"], "dct:date": _day(claim["event_date"])}
        yield _id("claim", claim["claim_id"]), _told({**told, "mapper:start": claim["start"], "mapper:end": claim["end"]})
    for event in (feature["properties"] for feature in records.events):
        told = {"prov:type": _type("mapper:Event"), "prov:label": event["sub_event_type"], "dct:description": event["notes"]}
        yield _id("event", event["event_id"]), _told({**told, "dct:date": _day(event["event_date"])})
    for unit in (feature["properties"] for feature in records.control):
        told = {"prov:type": _type("mapper:Control"), "prov:label": unit["name"], "mapper:holder": unit["holder"]}
        yield _id("control", unit["place_id"]), _told({**told, "mapper:status": unit["status"]})


def _read(records: Records) -> Iterator[Record]:
    return (article for article in records.articles if not article["rejected"])


def _agents(records: Records, _: Gazetteer) -> Pairs:
    origins = _origins(records)
    named = chain(
        ((_id("agent", slug(a["outlet"])), a["outlet"], HopKind.OUTLET.value) for a in _read(records) if a["outlet"]),
        ((_id("agent", *speaker(origin)), origin["speaker"], origin["kind"]) for origin in records.origins),
        (
            (_hop(claim, at, origins), hop["name"], hop["kind"])
            for claim in records.claims
            for at, hop in enumerate(claim["attribution"])
        ),
    )
    seen = set()
    for id_, name, kind in named:
        if id_ not in seen:
            seen.add(id_)
            type_ = {"prov:type": _type(KINDS[kind])} if kind in KINDS else {}
            yield id_, {**type_, "prov:label": name or f"unnamed {kind}", "mapper:kind": kind}


def _origins(records: Records) -> dict[str, Record]:
    return {origin["origin_id"]: origin for origin in records.origins}


# --- relations ----------------------------------------------------------------------------------


def _numbered(letter: str, relations: Iterable[Record]) -> Pairs:
    return ((f"_:{letter}{number}", relation) for number, relation in enumerate(relations, 1))


def _attributions(records: Records, _: Gazetteer) -> Pairs:
    origins = _origins(records)

    def relations() -> Iterator[Record]:
        for article in _read(records):
            if article["outlet"]:
                yield _attributed(_id("article", article["id"]), _id("agent", slug(article["outlet"])))
        for origin in records.origins:
            yield _attributed(_id("utterance", origin["origin_id"]), _id("agent", *speaker(origin)))
        for claim in records.claims:
            for at, hop in enumerate(claim["attribution"]):
                told = _told(
                    {"mapper:hop": at, "mapper:role": hop["role"], "mapper:cue": hop["cue"], "mapper:medium": hop["medium"]}
                )
                yield _attributed(_id("claim", claim["claim_id"]), _hop(claim, at, origins)) | told

    return _numbered("a", relations())


def _attributed(entity: str, agent: str) -> Record:
    return {"prov:entity": entity, "prov:agent": agent}


def _derivations(records: Records, gazetteer: Gazetteer) -> Pairs:
    def relations() -> Iterator[Record]:
        for number in range(1, len(gazetteer.credits) + 1):
            yield _derived("mapper:output", f"mapper:source-{number}")
        for claim in records.claims:
            id_ = _id("claim", claim["claim_id"])
            yield _derived(id_, _id("article", claim["article_id"]), "prov:Quotation")
            yield _derived(id_, _id("utterance", claim["origin_id"]), "prov:PrimarySource")
        for event in (feature["properties"] for feature in records.events):
            for claim_id in event["claim_ids"]:
                yield _derived(_id("event", event["event_id"]), _id("claim", claim_id))
        for unit in (feature["properties"] for feature in records.control):
            for claim in unit["claims"]:
                yield _derived(_id("control", unit["place_id"]), _id("claim", claim["claim_id"]))
        yield from _revisions(records)

    return _numbered("d", relations())


def _derived(entity: str, source: str, type_: str | None = None) -> Record:
    kind = {"prov:type": _type(type_)} if type_ else {}
    return {"prov:generatedEntity": entity, "prov:usedEntity": source, **kind}


def _revisions(records: Records) -> Iterator[Record]:
    seen = set()
    for event in (feature["properties"] for feature in records.events):
        for change in event["mutations"]:
            key = tuple(change.values())
            if key not in seen:
                seen.add(key)
                told = {"mapper:field": change["field"], "mapper:before": change["from"], "mapper:after": change["to"]}
                derived = _derived(_id("claim", change["to_claim_id"]), _id("claim", change["from_claim_id"]), "prov:Revision")
                yield derived | _told(told)


def _influences(records: Records, _: Gazetteer) -> Pairs:
    def relations() -> Iterator[Record]:
        for claim in records.claims:
            if claim["denies"]:
                yield _influenced(_id("claim", claim["claim_id"]), _id("claim", claim["denies"]), "denies")
        for event in (feature["properties"] for feature in records.events):
            for dispute in event["contradictions"]:
                rivals = {id_ for version in dispute["values"] for id_ in version["claim_ids"]} - set(event["claim_ids"])
                for rival in sorted(rivals):
                    relation = _influenced(_id("event", event["event_id"]), _id("claim", rival), "contradicted by")
                    yield relation | {"mapper:field": dispute["field"]}

    return _numbered("i", relations())


def _influenced(influencee: str, influencer: str, relation: str) -> Record:
    return {"prov:influencee": influencee, "prov:influencer": influencer, "mapper:relation": relation}


def _alternates(records: Records, _: Gazetteer) -> Pairs:
    return _numbered(
        "t",
        (
            {"prov:alternate1": _id("article", article["id"]), "prov:alternate2": _id("article", share["article_id"])}
            for article in records.articles
            for share in article["shares"]
            if share["kind"] in (ShareKind.COPY, ShareKind.REWRITE)
        ),
    )


def _members(records: Records, _: Gazetteer) -> Pairs:
    """Every event and every unit is of what a run puts out."""
    ids = chain(
        (_id("event", feature["properties"]["event_id"]) for feature in records.events),
        (_id("control", feature["properties"]["place_id"]) for feature in records.control),
    )
    return _numbered("m", ({"prov:collection": "mapper:output", "prov:entity": id_} for id_ in ids))


SECTIONS: dict[str, Callable[[Records, Gazetteer], Pairs]] = {
    "entity": _entities,
    "agent": _agents,
    "wasAttributedTo": _attributions,
    "wasDerivedFrom": _derivations,
    "wasInfluencedBy": _influences,
    "alternateOf": _alternates,
    "hadMember": _members,
}
"""What fills each section of the document."""
