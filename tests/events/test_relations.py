"""Relations that hold of any claims: of order, repetition and growth, and between the cells of one record."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from statements import (
    ANDARAB,
    BAGHLAN,
    CLASH,
    DEH_SALAH,
    MINISTER,
    MOVE,
    NO_SHOT,
    OVERTAKES,
    REGAINS,
    REPORTS,
    STRIKE,
    Desk,
    Paper,
    desk,
    group,
    nameless,
    office,
    spot,
)

from mapper.events import RULES
from mapper.model import SUB_EVENT_TYPES, Standing, Status

CHAINS = ((), (MINISTER,), (nameless("residents"),), (group("the Taliban"),), (office("the ministry"),), (REPORTS,))
KINDS = (
    ("gained", OVERTAKES),
    ("gained", REGAINS),
    ("lost", NO_SHOT),
    ("gained", None),
    ("held", None),
    ("contested", CLASH),
    ("none", CLASH),
    ("none", STRIKE),
    ("none", "Attack"),
    ("none", "Peaceful protest"),
    ("none", "Arrests"),
    ("none", OVERTAKES),
    ("none", MOVE),
    ("none", None),
)
PARTIES = ("Taliban", "Resistance forces", "Afghan security forces", "Civilians", "Unidentified armed group", None)
DAYS = ("2021-08-17", "2021-08-18", "2021-08-19", "2021-08-20", None)
BOUND = st.one_of(st.none(), st.integers(0, 60))
COUNT = st.one_of(
    st.none(),
    st.tuples(BOUND, BOUND).filter(lambda bounds: bounds != (None, None)).map(lambda b: b if None in b else tuple(sorted(b))),
)

CLAIM = st.fixed_dictionaries(
    {
        "chain": st.sampled_from(CHAINS),
        "place": st.sampled_from((DEH_SALAH, ANDARAB, BAGHLAN, spot(DEH_SALAH, "Qasan"), None)),
        "kind": st.sampled_from(KINDS),
        "actor": st.sampled_from(PARTIES),
        "target": st.sampled_from(PARTIES),
        "status": st.sampled_from([status.value for status in Status]),
        "on": st.sampled_from(DAYS),
        "precision": st.sampled_from((1, 1, 2, 3)),
        "killed": COUNT,
        "hurt": COUNT,
        "heavy": st.booleans(),
        "over": st.sampled_from(((), (), (), (DEH_SALAH, ANDARAB))),
        "side": st.sampled_from((None, "Taliban", "Civilians", "Taliban and Resistance forces")),
    }
)
PAPERS = st.lists(
    st.tuples(
        st.sampled_from(("2021-08-20", "2021-08-21", "2021-08-22")),
        st.sampled_from(("One", "Two", None)),
        st.lists(CLAIM, max_size=5),
    ),
    max_size=5,
)
QUICK = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])


def write(number: int, day: str, outlet: str | None, told: list[dict[str, Any]]) -> Paper:
    paper = Paper(f"p{number}", day=day, outlet=outlet)
    for said in told:
        rest = {key: value for key, value in said.items() if key not in ("chain", "kind")}
        control, sub = said["kind"]
        paper.tells(f"A sentence about {len(paper.claims)}.", *said["chain"], control=control, sub=sub, **rest)
    return paper


def read(papers: list[Any]) -> Desk:
    return desk(*(write(number, *paper) for number, paper in enumerate(papers)))


@QUICK
@given(PAPERS, st.randoms(use_true_random=False))
def test_order_and_repetition_change_nothing(papers: list[Any], order: random.Random) -> None:
    found = read(papers)
    again = Desk(order.sample(list(found.papers), len(found.papers)))
    again.claims = (*found.claims[::2], *order.sample(found.claims, len(found.claims)))  # type: ignore[misc]
    assert again.events == found.events
    assert again.control == found.control


@QUICK
@given(PAPERS, st.lists(CLAIM, max_size=5))
def test_a_later_paper_changes_no_id_and_takes_no_claim(papers: list[Any], told: list[dict[str, Any]]) -> None:
    before = {event.id: set(event.claim_ids) for event in read(papers).events}
    after = {event.id: set(event.claim_ids) | denying(event) for event in read([*papers, ("2021-08-30", "Three", told)]).events}
    assert set(before) <= set(after)
    assert all(claims <= after[id_] for id_, claims in before.items())


def denying(event: Any) -> set[str]:
    return {claim for field in event.contradictions for version in field.values for claim in version.claim_ids}


@QUICK
@given(PAPERS)
def test_the_cells_of_an_event_agree(papers: list[Any]) -> None:
    found = read(papers)
    claims = {claim.id: claim for claim in found.claims}
    origins = {origin.id for origin in found.tracing.origins}
    assert len({event.id for event in found.events}) == len(found.events)
    for event in found.events:
        assert event.claim_ids
        assert event.event_type == SUB_EVENT_TYPES[event.sub_event_type]
        assert 0 <= event.fatalities_low <= (event.fatalities_low if event.fatalities_high is None else event.fatalities_high)
        assert 0 <= event.wounded_low <= (event.wounded_low if event.wounded_high is None else event.wounded_high)
        assert (event.event_date is None) == (event.time_precision is None)
        assert {claims[id_].article_id for id_ in event.claim_ids} == set(event.article_ids)
        assert {found.tracing.origin_of[id_] for id_ in event.claim_ids} == set(event.origin_ids) <= origins
        assert 0 <= event.independent_origins <= len(event.origin_ids)
        assert {claims[id_].status for id_ in event.claim_ids} <= {Status.ASSERTED, Status.ONGOING, Status.UNCONFIRMED}
        assert set(event.rules) <= set(RULES)
        assert len(event.confidence) == 2
        for field in event.contradictions:
            assert len(field.values) > 1
            assert all(version.claim_ids and set(version.claim_ids) <= set(claims) for version in field.values)


@QUICK
@given(PAPERS)
def test_the_periods_of_a_place_follow_one_another(papers: list[Any]) -> None:
    for entry in read(papers).control.values():
        assert entry.claim_ids
        last = entry.periods[-1]
        assert (entry.status, entry.holder, last.end) == (last.status, last.holder, None)
        assert (entry.holder is None) or entry.status is not Standing.UNKNOWN
        for one, two in zip(entry.periods, entry.periods[1:], strict=False):
            assert one.start and one.end and two.start
            assert one.start <= one.end == two.start - timedelta(days=1)
            assert (one.status, one.holder) != (two.status, two.holder)
        if entry.since:
            assert entry.since in {period.start for period in entry.periods}
