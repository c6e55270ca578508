"""Grades: the letter is the best of the speakers, the digit how far the item is borne out."""

from __future__ import annotations

from datetime import date

import pytest
from statements import PARTIES, REPORTS, Paper, agency, desk, group, nameless, office, somebody

from mapper.events.facts import read
from mapper.events.grades import stake
from mapper.model import Hop

TAKEN = {"actor": "Taliban", "target": "Afghan security forces", "on": "2021-07-11"}

STAKES = [
    (group("the Taliban"), "2021-07-12", "taliban"),
    (nameless("a Taliban spokesman"), "2021-07-12", "taliban"),
    (somebody("Zabihullah Mujahid", person_id="zabihullah-mujahid"), "2021-07-12", "taliban"),
    (office("the defence ministry"), "2021-07-12", "government"),
    (nameless("a police sergeant"), "2021-07-12", "government"),
    (nameless("the governor of Ghor"), "2021-07-12", "government"),
    (nameless("a former police commander"), "2021-07-12", None),
    (nameless("a police commander"), "2021-08-21", None),
    (nameless("the police chief"), "2021-12-06", "taliban"),
    (nameless("anti-Taliban fighters"), "2021-08-21", "resistance"),
    (nameless("a shopkeeper"), "2021-07-12", None),
    (somebody("Najiba Ghori", "provincial council member"), "2021-07-12", None),
    (agency("Reuters"), "2021-07-12", None),
]


@pytest.mark.parametrize(("hop", "day", "side"), STAKES)
def test_the_side_of_a_speaker(hop: Hop, day: str, side: str | None) -> None:
    found = desk(Paper("p1", day=day).tells("It fell.", hop))
    (fact,) = read(found.claims, found.articles, found.tracing, PARTIES)
    assert stake(fact, PARTIES) == side
    assert fact.published == date.fromisoformat(day)


NEUTRAL = somebody("Najiba Ghori", "council member")
GRADES = [
    ([group("the Taliban")], False, "D3", "a party in its own cause"),
    ([office("the defence ministry")], False, "B3", "the loser"),
    ([NEUTRAL], False, "C3", "somebody with a name and no stake"),
    ([nameless("a shopkeeper")], False, "F3", "nobody can judge him"),
    ([REPORTS], False, "F6", "nobody at all"),
    ([group("the Taliban"), nameless("a shopkeeper")], False, "D1", "a party and a witness"),
    ([group("the Taliban"), NEUTRAL], False, "C1", "borne out"),
    ([group("the Taliban"), office("the defence ministry")], False, "B1", "both sides"),
    ([NEUTRAL], True, "C4", "one against one"),
    ([NEUTRAL, nameless("a shopkeeper")], True, "C3", "two against one"),
]


@pytest.mark.parametrize(("speakers", "denied", "pair", "why"), GRADES)
def test_the_grade_of_an_event(speakers: list[Hop], denied: bool, pair: str, why: str) -> None:
    papers = [
        Paper(f"p{n}", day="2021-07-12", outlet=f"Outlet {n}").tells("It fell.", hop, **TAKEN) for n, hop in enumerate(speakers)
    ]
    if denied:
        papers.append(Paper("p9", day="2021-07-12", outlet="Ninth").tells("No.", nameless("a mayor"), **TAKEN, status="denied"))
    event = desk(*papers).event
    assert event.confidence == pair, why
    assert event.confidence_reason
    assert event.confidence_reason.endswith("denied") is denied


def test_two_of_one_side_bear_each_other_out_less() -> None:
    papers = [
        Paper("p1", day="2021-07-12", outlet="One").tells("Ours.", group("the Taliban"), **TAKEN),
        Paper("p2", day="2021-07-12", outlet="Two").tells("Ours.", nameless("a Taliban commander"), **TAKEN),
    ]
    assert desk(*papers).event.confidence == "D2"
