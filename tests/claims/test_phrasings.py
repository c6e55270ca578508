"""Words for the same deeds that the tables do not list one by one."""

from __future__ import annotations

from typing import Any

import newsroom
import pytest

STATED = ("control", "sub_event_type", "actor", "target")


@pytest.mark.parametrize("case", newsroom.cases("phrasings.toml"))
def test_a_deed_is_known_in_other_words(case: dict[str, Any]) -> None:
    found = newsroom.claims(case["text"], case.get("published", newsroom.PUBLISHED))
    if expected := {"status": "asserted", **case["expect"]} if "expect" in case else None:
        seen = [{"place": newsroom.unit(c), "status": c.status, **{key: getattr(c, key) or "" for key in STATED}} for c in found]
        assert [claim for claim in seen if expected.items() <= claim.items()], seen
    made = {f"{newsroom.unit(claim)} {claim.control} {claim.status}" for claim in found}
    assert made.isdisjoint(case.get("never", []))
