"""What "the three districts", "it", "there" and "the provincial capital" stand for."""

from __future__ import annotations

from typing import Any

import newsroom
import pytest

from mapper.model import Harm, Kind


@pytest.mark.parametrize("case", newsroom.cases("references.toml"))
def test_descriptions_stand_for_what_was_named(case: dict[str, Any]) -> None:
    found = newsroom.claims(case["text"].strip(), case.get("published", newsroom.PUBLISHED))
    territorial = {f"{newsroom.unit(c)} {c.control} {c.status}" for c in found if c.control in newsroom.HELD}
    assert territorial == set(case["claims"])
    dead = {newsroom.unit(c) for c in found for count in c.counts if count.harm is Harm.KILLED}
    assert dead == set(case.get("dead", []))


@pytest.mark.parametrize("words", ["the airport of Kunduz", "Kunduz airport", "Kunduz's airport"])
def test_an_airport_is_a_place_of_its_own(words: str) -> None:
    taken = newsroom.claims(f"The Taliban captured {words} on Friday.")
    assert [claim.place.kind for claim in taken if claim.place] == [Kind.FACILITY]


def test_a_claim_of_a_list_is_tied_to_its_own_name() -> None:
    text = "The Taliban attacked Jalrez, Nerkh and Saydabad on Friday. By evening the three districts had fallen."
    taken = [claim for claim in newsroom.claims(text) if claim.control in newsroom.HELD]
    assert [text[claim.toponym.start : claim.toponym.end] for claim in taken if claim.toponym] == ["Jalrez", "Nerkh", "Saydabad"]
    assert {claim.actor for claim in taken} == {"Taliban"}
