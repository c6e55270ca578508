"""The bundle parses as STIX 2.1, every reference is in it, and nothing in it depends on when it was made."""

from __future__ import annotations

import json
from typing import Any

import pytest
import stix2

from mapper.exports import Records, stix
from mapper.exports.credits import ABOUT


def parsed(records: Records, atlas: Any) -> list[Any]:
    bundle = stix2.parse("".join(stix.write(records, atlas)), allow_custom=False)
    return list(bundle.objects)


@pytest.fixture
def objects(records: Records, atlas: Any) -> list[Any]:
    return parsed(records, atlas)


def of(objects: list[Any], type_: str) -> list[Any]:
    return [one for one in objects if one.type == type_]


def test_it_parses_and_every_id_is_there_once(objects: list[Any]) -> None:
    ids = [one.id for one in objects]
    assert len(ids) == len(set(ids))
    for one in objects:
        told = json.loads(one.serialize())
        lists = [told.get("object_refs", []), told.get("object_marking_refs", [])]
        refs = {told[name] for name in ("source_ref", "target_ref", "created_by_ref") if name in told}.union(*lists)
        assert refs <= set(ids), one.id


def test_an_article_is_a_report_of_the_notes_of_its_claims(objects: list[Any], records: Records) -> None:
    first, second = of(objects, "report")
    assert (str(first.published.date()), str(second.published.date())) == ("2021-08-21", "1970-01-01")
    assert second.description == "The day of publication is not known."
    notes = {one.id: one for one in of(objects, "note")}
    assert [notes[ref].content for ref in second.object_refs] == [claim["quote"] for claim in records.claims[1:]]


def test_a_note_quotes_its_sentence_with_its_speakers_and_what_it_is_about(objects: list[Any], records: Records) -> None:
    note = of(objects, "note")[0]
    assert note.content == records.claims[0]["quote"]
    assert note.authors == ["Mohammadi", "The Wire"]
    about = {ref.partition("--")[0] for ref in note.object_refs}
    assert about == {"report", "incident", "location"}
    assert note.external_references[0].external_id == "c1"


def test_a_denial_is_an_opinion_of_what_it_denies(objects: list[Any]) -> None:
    (opinion,) = of(objects, "opinion")
    assert (opinion.opinion, opinion.explanation) == ("strongly-disagree", "The Taliban denied it.")
    assert opinion.object_refs == [of(objects, "note")[0].id]


def test_who_says_that_an_event_did_not_occur_has_an_opinion_of_it(records: Records, atlas: Any) -> None:
    event = records.events[0]["properties"]
    event["contradictions"] = [
        {"field": "occurred", "values": [{"value": "yes", "claim_ids": ["c1"]}, {"value": "no", "claim_ids": ["c3"]}]}
    ]
    objects = parsed(records, atlas)
    incident = of(objects, "incident")[0]
    assert [incident.id] in [list(opinion.object_refs) for opinion in of(objects, "opinion")]


def test_an_event_is_an_incident_tied_to_its_place_and_parties(objects: list[Any]) -> None:
    placed, unplaced = of(objects, "incident")
    assert (placed.name, placed.confidence) == ("Non-state actor overtakes territory, Deh Salah", 50)
    ties = {
        (tie.relationship_type, tie.target_ref.partition("--")[0])
        for tie in of(objects, "relationship")
        if tie.source_ref == placed.id
    }
    assert ties == {("located-at", "location"), ("related-to", "identity")}
    assert not [
        tie for tie in of(objects, "relationship") if tie.source_ref == unplaced.id and tie.relationship_type == "located-at"
    ]


def test_a_grade_that_cannot_be_judged_is_no_confidence(records: Records, atlas: Any) -> None:
    records.events[0]["properties"]["confidence"] = "F6"
    assert "confidence" not in of(parsed(records, atlas), "incident")[0]


def test_a_party_is_a_group_and_no_threat_actor(objects: list[Any]) -> None:
    assert {one.type for one in objects} == {
        "marking-definition", "identity", "location", "incident", "note", "opinion", "report", "relationship",
    }  # fmt: skip
    classes = {one.name: one.identity_class for one in of(objects, "identity")}
    assert classes == {
        "conflict-event-mapper": "system",
        "The Wire": "organization",
        "Mohammadi": "individual",
        "Resistance forces": "group",
        "Taliban": "group",
    }


def test_a_place_says_where_it_is(objects: list[Any]) -> None:
    (location,) = of(objects, "location")
    assert (location.name, location.country, location.longitude, location.latitude) == ("Deh Salah", "AF", 69.33651, 35.65712)


def test_a_country_is_no_spot(records: Records, atlas: Any) -> None:
    records.claims[2]["place_id"] = "AFG"
    place = next(one for one in of(parsed(records, atlas), "location") if one.external_references[0].external_id == "AFG")
    assert "latitude" not in place
    assert place.country == "AF"


def test_everything_is_marked_with_what_it_is_and_whose(objects: list[Any]) -> None:
    (marking,) = of(objects, "marking-definition")
    assert ABOUT in marking.definition.statement
    assert "CC BY 4.0" in marking.definition.statement
    assert all(one.object_marking_refs == [marking.id] for one in objects if one is not marking)


def test_an_object_keeps_its_id_and_its_day_when_articles_are_added(records: Records, atlas: Any) -> None:
    before = {one.id: one for one in parsed(records, atlas)}
    grown = Records(
        [*records.articles, {**records.articles[0], "id": "z", "sha256": "99" * 32, "published": "2021-08-25"}],
        records.toponyms, records.claims, records.events, records.control, records.origins,
    )  # fmt: skip
    after = {one.id: one for one in parsed(grown, atlas)}
    assert set(before) < set(after)
    assert all(after[id_] == one for id_, one in before.items())
    assert len(set(after) - set(before)) == 1
