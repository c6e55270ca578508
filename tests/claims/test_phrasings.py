"""Words for the same deeds that the tables do not list one by one."""

from __future__ import annotations

from typing import Any

import newsroom
import pytest

from mapper.model import Control, Status

CASES = newsroom.cases("phrasings.toml")
STATED = ("control", "sub_event_type", "actor", "target")


@pytest.mark.parametrize("case", CASES)
def test_a_deed_is_known_in_other_words(case: dict[str, Any]) -> None:
    found = newsroom.claims(case["text"], case.get("published", newsroom.PUBLISHED))
    if expected := {"status": "asserted", **case["expect"]} if "expect" in case else None:
        seen = [{"place": newsroom.unit(c), "status": c.status, **{key: getattr(c, key) or "" for key in STATED}} for c in found]
        assert [claim for claim in seen if expected.items() <= claim.items()], seen
    made = {f"{newsroom.unit(claim)} {claim.control} {claim.status}" for claim in found}
    assert made.isdisjoint(case.get("never", []))


@pytest.mark.parametrize("claim", sorted({one for case in CASES for one in case.values[0].get("never", [])}))
def test_what_must_not_be_made_could_be_made(claim: str) -> None:
    """A word that no claim has would never be found."""
    unit, control, status = claim.split()
    assert control in set(Control) and status in set(Status)
    assert unit in {place.unit or place.id for place in newsroom.places().places.values()}


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Spin Boldak district was liberated this morning.", "Taliban"),
        ("The Mujahideen liberated Spin Boldak.", "Taliban"),
        ("The enemy retook Spin Boldak.", "Afghan security forces"),
    ],
)
def test_an_outlet_of_a_side_writes_of_its_own(text: str, actor: str) -> None:
    (claim,) = newsroom.claims_of(newsroom.article(text, outlet="Voice of Jihad"))
    assert (claim.control, claim.actor) == ("gained", actor)
