"""The range of the dead: least and greatest over the claims, side by side, total by total."""

from __future__ import annotations

from typing import Any

import pytest
from statements import ANDARAB, BAGHLAN, CLASH, DEH_SALAH, PUL_E_HISAR, STRIKE, Paper, desk, nameless, somebody

Bounds = tuple[int | None, int | None]

OF_CLAIMS: dict[str, tuple[list[dict[str, Any]], Bounds]] = {
    "nobody counts": ([{}], (0, 0)),
    "a number": ([{"killed": (5, 5)}], (5, 5)),
    "at least": ([{"killed": (60, None)}], (60, None)),
    "at most": ([{"killed": (None, 40)}], (40, 40)),
    "forty against sixty": ([{"killed": (None, 40)}, {"killed": (60, None)}], (40, None)),
    "two numbers": ([{"killed": (9, 9)}, {"killed": (17, 17)}], (9, 17)),
    "none, says one": ([{"killed": (0, 0)}, {"killed": (17, 17)}], (0, 17)),
    "killed or wounded": ([{"hurt": (25, 25)}], (0, 25)),
    "killed or wounded, open above": ([{"hurt": (14, None)}], (0, None)),
    "heavy losses": ([{"heavy": True}], (0, None)),
    "heavy losses that somebody numbers": ([{"heavy": True}, {"killed": (14, 14)}], (0, 14)),
    "both sides": ([{"killed": (9, 9), "side": "Taliban"}, {"killed": (2, 2), "side": "Resistance forces"}], (11, 11)),
    "both sides, each disputed": (
        [
            {"killed": (7, 7), "side": "Taliban"},
            {"killed": (0, 0), "side": "Taliban"},
            {"killed": (1, 1), "side": "Resistance forces"},
            {"killed": (9, 9), "side": "Resistance forces"},
        ],
        (1, 16),
    ),
    "one side heavy": ([{"killed": (8, 8), "side": "Taliban"}, {"heavy": True, "side": "Resistance forces"}], (8, None)),
    "civilians in a battle are added": (
        [{"killed": (4, 4), "side": "Taliban"}, {"killed": (11, 11), "side": "Civilians"}],
        (15, 15),
    ),
    "both sides together": ([{"killed": (60, 60), "side": "Taliban and Resistance forces"}], (60, 60)),
    "together, and one side": (
        [{"killed": (60, 60), "side": "Taliban and Resistance forces"}, {"killed": (10, 10), "side": "Taliban"}],
        (10, 60),
    ),
    "no side said": ([{"killed": (5, 5), "side": None}, {"killed": (5, 5), "side": "Taliban"}], (5, 5)),
}


@pytest.mark.parametrize("case", OF_CLAIMS)
def test_the_dead_of_a_battle(case: str) -> None:
    counts, expected = OF_CLAIMS[case]
    papers = [
        Paper(f"p{n}", outlet=f"Outlet {n}").tells("They fought.", somebody(f"Speaker {n}"), control="none", sub=CLASH, **count)
        for n, count in enumerate(counts)
    ]
    event = desk(*papers).event
    assert (event.fatalities_low, event.fatalities_high) == expected


def test_the_wounded_are_counted_likewise_and_by_themselves() -> None:
    paper = Paper("p1").tells("They fought.", somebody("A"), control="none", sub=CLASH, killed=(2, 2), wounded=(15, None))
    event = desk(paper).event
    assert (event.fatalities_low, event.fatalities_high, event.wounded_low, event.wounded_high) == (2, 2, 15, None)


def test_the_dead_of_one_attack_are_not_added_by_what_each_source_calls_them() -> None:
    strike = {"control": "none", "sub": STRIKE, "actor": "Afghan Air Force"}
    ministry = Paper("p1", outlet="One").tells("31 Taliban died.", somebody("A"), **strike, killed=(31, 31))
    village = Paper("p2", outlet="Two").tells(
        "Eight farmers died.", nameless("a farmer"), **strike, killed=(8, 8), side="Civilians"
    )
    event = desk(ministry, village).event
    assert (event.fatalities_low, event.fatalities_high) == (8, 31)
    ministry.tells("And three civilians.", somebody("A"), **strike, killed=(3, 3), side="Civilians")
    event = desk(ministry, village).event
    assert (event.fatalities_low, event.fatalities_high) == (8, 34), "what one source counts of both is added"


def test_what_a_denier_counts_stands_in_the_contradictions_alone() -> None:
    governor = nameless("the governor")
    paper = (
        Paper("p1")
        .tells("It was taken.", nameless("residents"), killed=(6, 6))
        .tells("It was not.", governor, status="denied")
        .tells("Four thieves died.", governor, control="none", sub=CLASH, killed=(4, 4))
    )
    event = desk(paper).event
    assert (event.fatalities_low, event.fatalities_high) == (6, 6)
    assert event.claim_ids == ("p1:00",)
    assert [[version.value for version in c.values] for c in event.contradictions if c.field == "killed"] == [
        ["6 Taliban", "4 Taliban"]
    ]


SPLITS = [
    ((40, 40), 3, [(14, 14), (13, 13), (13, 13)]),
    ((60, None), 3, [(20, None), (20, None), (20, None)]),
    ((None, 40), 3, [(14, 14), (13, 13), (13, 13)]),
    ((1, 1), 2, [(1, 1), (0, 0)]),
]


@pytest.mark.parametrize(("total", "places", "shares"), SPLITS)
def test_a_toll_of_the_province_is_divided_over_the_districts_taken_the_odd_one_to_the_first_named(
    total: Bounds, places: int, shares: list[Bounds]
) -> None:
    named = (PUL_E_HISAR, DEH_SALAH, ANDARAB)[:places]
    paper = Paper("p1")
    for place in named:
        paper.tells(f"They took {place.name}.", somebody("A"), place=place)
    paper.tells("So many died in the clashes.", somebody("A"), place=BAGHLAN, control="none", sub=CLASH, killed=total)
    events = {event.place: event for event in desk(paper).events}
    assert [(events[place].fatalities_low, events[place].fatalities_high) for place in named] == shares
    assert all({"ACLED-toll-split", "MAPPER-province-frames"} <= set(event.rules) for event in events.values())
    assert all(f"p1:0{places}" in event.claim_ids for event in events.values())


def test_a_total_over_three_districts_is_divided_among_them() -> None:
    three = (PUL_E_HISAR, DEH_SALAH, ANDARAB)
    paper = Paper("p1", day="2021-08-01")
    paper.tells("73 died in three districts.", somebody("A"), place=None, control="none", sub=CLASH, killed=(73, 73), over=three, on="2021-07-31")  # fmt: skip
    paper.tells("Not one died there.", somebody("B"), place=DEH_SALAH, control="none", sub=CLASH, killed=(0, 0), on="2021-07-31")
    events = {event.place: event for event in desk(paper).events}
    assert [(events[place].fatalities_low, events[place].fatalities_high) for place in (PUL_E_HISAR, DEH_SALAH, ANDARAB)] == [
        (25, 25),
        (0, 24),
        (24, 24),
    ]
    disputed = [c for c in events[DEH_SALAH].contradictions if c.field == "killed"]
    assert [version.value for version in disputed[0].values] == ["73 Taliban over 3 places", "0 Taliban"]
