"""PROV-JSON loads as PROV, and says of every claim, event and denial where it comes from."""

from __future__ import annotations

import json
from typing import Any

import pytest
from prov.model import (
    PROV_TYPE,
    ProvAgent,
    ProvAlternate,
    ProvAttribution,
    ProvDerivation,
    ProvDocument,
    ProvEntity,
    ProvInfluence,
)

from mapper.exports import Records, provenance
from mapper.exports.credits import ABOUT


@pytest.fixture
def text(records: Records, atlas: Any) -> str:
    return "".join(provenance.write(records, atlas))


@pytest.fixture
def document(text: str) -> ProvDocument:
    return ProvDocument.deserialize(content=text, format="json")


def pairs(document: ProvDocument, kind: type, type_: str | None = None) -> set[tuple[str, str]]:
    """Return the first two ends of each relation of a kind, without the prefix."""
    found = set()
    for relation in document.get_records(kind):
        types = {str(value) for value in relation.get_attribute(PROV_TYPE)}
        if type_ is None or type_ in types:
            first, second = (str(value).removeprefix("mapper:") for _, value in relation.formal_attributes[:2])
            found.add((first, second))
    return found


def test_it_loads_and_reads_back_the_same(document: ProvDocument) -> None:
    assert ProvDocument.deserialize(content=document.serialize(format="json"), format="json") == document


def test_every_record_is_an_entity(document: ProvDocument) -> None:
    entities = {str(entity.identifier) for entity in document.get_records(ProvEntity)}
    assert entities == {
        "mapper:output", "mapper:source-1", "mapper:article-a", "mapper:article-b", "mapper:utterance-o1", "mapper:utterance-o2",
        "mapper:claim-c1", "mapper:claim-c2", "mapper:claim-c3", "mapper:event-AFG-0001", "mapper:event-AFG-0002",
        "mapper:control-AF0908", "mapper:control-AF09",
    }  # fmt: skip


def test_claims_come_from_articles_and_utterances_and_events_from_claims(document: ProvDocument) -> None:
    assert pairs(document, ProvDerivation, "prov:Quotation") == {
        ("claim-c1", "article-a"),
        ("claim-c2", "article-b"),
        ("claim-c3", "article-b"),
    }
    assert pairs(document, ProvDerivation, "prov:PrimarySource") == {
        ("claim-c1", "utterance-o1"),
        ("claim-c2", "utterance-o2"),
        ("claim-c3", "utterance-o2"),
    }
    assert pairs(document, ProvDerivation) >= {
        ("event-AFG-0001", "claim-c1"),
        ("event-AFG-0001", "claim-c2"),
        ("event-AFG-0002", "claim-c2"),
        ("control-AF0908", "claim-c1"),
        ("output", "source-1"),
    }


def test_speakers_are_agents_in_the_order_of_the_chain(document: ProvDocument, text: str) -> None:
    assert pairs(document, ProvAttribution) >= {
        ("article-a", "agent-the-wire"),
        ("utterance-o1", "agent-bismillah-mohammadi"),
        ("claim-c1", "agent-the-wire"),
        ("claim-c1", "agent-bismillah-mohammadi"),
        ("claim-c2", "agent-of-o2"),
    }
    hops = [told for told in json.loads(text)["wasAttributedTo"].values() if told["prov:entity"] == "mapper:claim-c1"]
    assert [(hop["mapper:hop"], hop.get("mapper:cue")) for hop in hops] == [(0, None), (1, "tweeted")]


def test_every_end_of_a_relation_is_there(document: ProvDocument) -> None:
    known = {str(record.identifier) for kind in (ProvEntity, ProvAgent) for record in document.get_records(kind)}
    ends = {
        str(value)
        for relation in document.records
        if relation.is_relation()
        for _, value in relation.formal_attributes
        if value is not None
    }
    assert ends <= known


def test_a_denial_is_influenced_by_what_it_denies(document: ProvDocument, text: str) -> None:
    assert pairs(document, ProvInfluence) == {("claim-c3", "claim-c1")}
    (told,) = json.loads(text)["wasInfluencedBy"].values()
    assert told["mapper:relation"] == "denies"


def test_a_rival_version_influences_its_event(records: Records, atlas: Any) -> None:
    event = records.events[0]["properties"]
    event["contradictions"] = [{"field": "occurred", "values": [{"value": "no", "claim_ids": ["c3"]}]}]
    told = json.loads("".join(provenance.write(records, atlas)))["wasInfluencedBy"].values()
    assert [(one["prov:influencee"], one["mapper:relation"], one["mapper:field"]) for one in told if "mapper:field" in one] == [
        ("mapper:event-AFG-0001", "contradicted by", "occurred")
    ]


def test_what_was_changed_is_a_revision(document: ProvDocument, text: str) -> None:
    assert pairs(document, ProvDerivation, "prov:Revision") == {("claim-c2", "claim-c1")}
    (told,) = [one for one in json.loads(text)["wasDerivedFrom"].values() if "mapper:field" in one]
    assert (told["mapper:field"], told["mapper:before"], told["mapper:after"]) == ("casualties", "40", "60")


def test_copies_are_alternates_and_shared_passages_are_not(document: ProvDocument, records: Records, atlas: Any) -> None:
    assert not list(document.get_records(ProvAlternate))
    shared = [{**row, "shares": [{**share, "kind": "copy"} for share in row["shares"]]} for row in records.articles]
    changed = Records(shared, records.toponyms, records.claims, records.events, records.control, records.origins)
    copied = ProvDocument.deserialize(content="".join(provenance.write(changed, atlas)), format="json")
    assert pairs(copied, ProvAlternate) == {("article-b", "article-a")}


def test_two_articles_residents_are_two_agents(records: Records, atlas: Any) -> None:
    for claim in records.claims[:2]:
        claim["attribution"] = [
            *claim["attribution"][:1],
            {**claim["attribution"][0], "name": "residents", "kind": "anonymous"},
            {**claim["attribution"][-1]},
        ]
    told = json.loads("".join(provenance.write(records, atlas)))["agent"]
    assert [name for name in told if name.endswith("residents")] == ["mapper:agent-in-a-residents", "mapper:agent-in-b-residents"]


def test_a_name_that_is_none_of_provs_is_escaped(records: Records, atlas: Any) -> None:
    records.claims[0]["claim_id"] = 'a b:"{}/é'
    assert "mapper:claim-a%20b%3A%22%7B%7D%2F%C3%A9" in json.loads("".join(provenance.write(records, atlas)))["entity"]


def test_it_says_what_it_is_and_whose(text: str) -> None:
    output = json.loads(text)["entity"]["mapper:output"]
    assert output["dct:description"] == ABOUT
    assert "A list: CC BY 4.0" in output["dct:rights"]
