"""How a claim stands towards reality, from the words around it."""

from __future__ import annotations

from typing import Any

import newsroom
import pytest

from mapper.model import Status


@pytest.mark.parametrize("case", newsroom.cases("status.toml"))
def test_claims_stand_as_their_words_say(case: dict[str, Any]) -> None:
    found = [claim for claim in newsroom.claims(case["text"]) if claim.place is not None]
    if case.get("none"):
        assert [(claim.pattern, newsroom.unit(claim)) for claim in found] == []
        return
    here = [
        claim for claim in found if newsroom.unit(claim) == case["place"] and claim.control == case.get("control", claim.control)
    ]
    assert {claim.status for claim in here} == {Status(status) for status in case.get("statuses") or [case["status"]]}


@pytest.mark.parametrize("published", ["2021-07-10", "2021-09-05", "2022-03-01"])
def test_the_war_of_the_eighties_is_past_whenever_it_is_told(published: str) -> None:
    text = "Soviet troops attacked the Panjshir valley nine times and lost hundreds of men. In 1985 they captured Khenj."
    found = newsroom.claims(text, published)
    assert found
    assert {claim.status for claim in found} == {Status.PAST}


def test_the_taliban_are_the_state_after_the_fall_of_the_capital() -> None:
    before, after = (newsroom.claims("The Taliban captured Khenj.", day)[0] for day in ("2021-08-01", "2021-09-05"))
    assert before.sub_event_type == "Non-state actor overtakes territory"
    assert after.sub_event_type == "Government regains territory"


@pytest.mark.xfail(reason="the day behind a relative clause is lost to the main verb")
def test_each_of_two_times_belongs_to_its_own_verb() -> None:
    found = newsroom.claims("The Taliban captured Kunduz, which they had also overrun in 2015, on Sunday.")
    assert {claim.event_date and claim.event_date.isoformat() for claim in found if claim.status is Status.ASSERTED} == {
        "2021-07-04"
    }


@pytest.mark.parametrize(
    "denial",
    [
        "The governor denied that the district had fallen.",
        "The governor said that the district had not fallen.",
        "The governor rejected the claim as a lie.",
        "The governor dismissed the report.",
    ],
)
def test_a_denial_is_a_claim_of_its_own_linked_to_what_it_denies(denial: str) -> None:
    found = newsroom.claims(f"Nesh has been captured by the Taliban, elders said on Friday.\n\n{denial}")
    asserted = [claim for claim in found if claim.status is Status.ASSERTED]
    denied = [claim for claim in found if claim.status is Status.DENIED]
    assert [(newsroom.unit(claim), claim.control) for claim in (*asserted, *denied)] == [("AF2712", "gained")] * 2
    assert denied[0].denies == asserted[0].id
    assert [claim.attribution[-1].name for claim in (*asserted, *denied)] == ["elders", "The governor"]


def test_what_is_denied_without_having_been_claimed_denies_nothing() -> None:
    (claim,) = newsroom.claims("The governor denied that Nesh had fallen.")
    assert (claim.status, claim.denies) == (Status.DENIED, None)


@pytest.mark.parametrize(
    "refusal",
    [
        "The governor rejected a request for more teachers.",
        "The court dismissed a judge in Kabul.",
        "The ministry denied visas to forty students.",
        "The governor declined to comment.",
    ],
)
def test_a_refusal_is_no_denial(refusal: str) -> None:
    found = newsroom.claims(f"Nesh has been captured by the Taliban, elders said on Friday.\n\n{refusal}")
    assert [(newsroom.unit(claim), claim.status) for claim in found] == [("AF2712", Status.ASSERTED)]


@pytest.mark.parametrize(
    ("text", "taker"),
    [
        (
            "The Taliban have overrun Nesh, a police chief of the Afghan army's garrison said.",
            "Non-state actor overtakes territory",
        ),
        ("The Taliban took Khenj back from the NRF. Resistance forces fled.", "Government regains territory"),
    ],
)
def test_an_article_without_a_date_tells_by_its_words_who_was_the_state(text: str, taker: str) -> None:
    assert {claim.sub_event_type for claim in newsroom.claims(text, None) if claim.control == "gained"} == {taker}
