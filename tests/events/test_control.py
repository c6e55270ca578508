"""The ledger: the standings in their order, the holder by the last word, every period kept."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from statements import (
    AFGHANISTAN,
    BAGHLAN,
    CLASH,
    DEH_SALAH,
    KHINJAN,
    MOVE,
    NO_SHOT,
    OVERTAKES,
    REGAINS,
    Paper,
    desk,
    group,
    nameless,
    office,
    somebody,
    spot,
)

from mapper.model import Hop, Kind, Standing

A, B, C = somebody("Najiba Ghori"), nameless("a trader"), nameless("a doctor")
TALIBAN, MINISTRY = group("the Taliban"), office("the defence ministry")
LOST: dict[str, Any] = {"actor": "Taliban", "target": "Afghan security forces", "on": "2021-07-11"}
BACK: dict[str, Any] = {"actor": "Afghan security forces", "target": "Taliban", "sub": REGAINS, "on": "2021-07-14"}
HELD: dict[str, Any] = {"control": "held", "sub": None, "actor": "Taliban", "target": "Afghan security forces"}
Told = tuple[str, Hop, dict[str, Any]]

STANDINGS: dict[str, tuple[list[Told], Standing, str | None, str | None]] = {
    "one origin": ([("2021-07-12", A, LOST)], Standing.CLAIMED, "Taliban", "2021-07-11"),
    "two origins": ([("2021-07-12", A, LOST), ("2021-07-12", B, LOST)], Standing.CORROBORATED, "Taliban", "2021-07-11"),
    "a taking, and a hold by another's account": (
        [("2021-07-12", A, LOST), ("2021-07-13", B, {**HELD, "on": "2021-07-13"})],
        Standing.CORROBORATED,
        "Taliban",
        "2021-07-11",
    ),
    "the loser admits it": ([("2021-07-12", TALIBAN, LOST), ("2021-07-12", MINISTRY, {**LOST, "sub": NO_SHOT})], Standing.CONFIRMED, "Taliban", "2021-07-11"),
    "denied": ([("2021-07-12", A, LOST), ("2021-07-12", MINISTRY, {**LOST, "status": "denied"})], Standing.CONTESTED, "Taliban", "2021-07-11"),
    "fought over afterwards": (
        [("2021-07-12", A, LOST), ("2021-07-13", B, {"control": "contested", "sub": CLASH, "actor": "Afghan security forces", "on": "2021-07-13"})],
        Standing.CONTESTED,
        "Taliban",
        "2021-07-11",
    ),
    "a clash afterwards": (
        [("2021-07-12", A, LOST), ("2021-07-13", B, {"control": "none", "sub": CLASH, "actor": "Afghan security forces", "on": "2021-07-13"})],
        Standing.CONTESTED,
        "Taliban",
        "2021-07-11",
    ),
    "held again after the fight": (
        [
            ("2021-07-12", A, LOST),
            ("2021-07-13", B, {"control": "contested", "sub": CLASH, "on": "2021-07-13"}),
            ("2021-07-15", C, {**HELD, "on": "2021-07-15"}),
        ],
        Standing.CORROBORATED,
        "Taliban",
        "2021-07-11",
    ),
    "another is said to hold it": (
        [("2021-07-12", A, LOST), ("2021-07-13", B, {**HELD, "actor": "Afghan security forces", "target": "Taliban", "on": "2021-07-13"})],
        Standing.CONTESTED,
        "Afghan security forces",
        "2021-07-13",
    ),
    "taken back": ([("2021-07-12", A, LOST), ("2021-07-15", B, BACK)], Standing.REVERSED, "Afghan security forces", "2021-07-14"),
    "taken back, which is denied": (
        [("2021-07-12", A, LOST), ("2021-07-15", B, BACK), ("2021-07-15", TALIBAN, {**BACK, "status": "denied", "on": None})],
        Standing.CONTESTED,
        "Afghan security forces",
        "2021-07-14",
    ),
    "a disputed taking is undone": (
        [("2021-07-12", A, LOST), ("2021-07-12", MINISTRY, {**LOST, "status": "denied"}), ("2021-07-15", B, BACK)],
        Standing.REVERSED,
        "Afghan security forces",
        "2021-07-14",
    ),
    "held, nobody says since when": ([("2021-07-12", A, {**HELD, "on": "2021-07-12"})], Standing.CLAIMED, "Taliban", "2021-07-12"),
    "only fought over": ([("2021-07-12", A, {"control": "contested", "sub": CLASH, "on": "2021-07-12"})], Standing.CONTESTED, None, "2021-07-12"),
    "only denied": ([("2021-07-12", A, {**LOST, "status": "denied"})], Standing.CONTESTED, None, "2021-07-12"),
    "only planned": ([("2021-07-12", A, {**LOST, "status": "planned", "on": None})], Standing.UNKNOWN, None, None),
    "only history": ([("2021-07-12", A, {**LOST, "status": "past", "on": "1996-09-26"})], Standing.UNKNOWN, None, None),
    "a part of it": ([("2021-07-12", A, {**LOST, "part": True})], Standing.UNKNOWN, None, "2021-07-11"),
    "a part of what another holds": (
        [("2021-07-10", B, {**BACK, "on": "2021-07-09"}), ("2021-07-12", A, {**LOST, "part": True})],
        Standing.CONTESTED,
        "Afghan security forces",
        "2021-07-09",
    ),
    "a part, then all of it": ([("2021-07-10", B, {**HELD, "on": "2021-07-09", "part": True}), ("2021-07-12", A, LOST)], Standing.CLAIMED, "Taliban", "2021-07-11"),
    "in a village of the district": ([("2021-07-12", A, {**LOST, "place": spot(DEH_SALAH, "Qasan")})], Standing.CLAIMED, "Taliban", "2021-07-11"),
}  # fmt: skip


@pytest.mark.parametrize("case", STANDINGS)
def test_the_first_standing_that_fits(case: str) -> None:
    told, standing, holder, since = STANDINGS[case]
    papers = [Paper(f"p{n}", day=day, outlet=f"Outlet {n}").tells("So.", hop, **said) for n, (day, hop, said) in enumerate(told)]
    entry = desk(*papers).control["AF0908"]
    assert (entry.status, entry.holder) == (standing, holder)
    assert entry.since == (date.fromisoformat(since) if since else None)
    assert entry.evidence[0].note
    assert {f"p{n}:00" for n, (_, _, said) in enumerate(told) if said.get("control", "gained") != "none"} == set(entry.claim_ids)


def test_every_period_stays_and_ends_on_the_day_before_the_next() -> None:
    papers = [
        Paper("p1", day="2021-07-12", outlet="One").tells("It fell.", A, **LOST),
        Paper("p2", day="2021-07-13", outlet="Two").tells("It has not.", MINISTRY, **LOST, status="denied"),
        Paper("p3", day="2021-07-15", outlet="Three").tells("It is ours again.", B, **BACK),
    ]
    periods = desk(*papers).control["AF0908"].periods
    assert [(period.start, period.end, period.status, period.holder) for period in periods] == [
        (date(2021, 7, 11), date(2021, 7, 12), Standing.CLAIMED, "Taliban"),
        (date(2021, 7, 13), date(2021, 7, 13), Standing.CONTESTED, "Taliban"),
        (date(2021, 7, 14), None, Standing.REVERSED, "Afghan security forces"),
    ]


def test_a_denier_who_is_outnumbered_does_not_have_the_last_word() -> None:
    back = [("p1", "2021-07-15", A), ("p2", "2021-07-15", B)]
    papers = [Paper("p0", day="2021-07-12").tells("It fell.", C, **LOST)]
    papers += [Paper(id_, day=day, outlet=id_).tells("Retaken.", hop, **BACK) for id_, day, hop in back]
    denial = Paper("p9", day="2021-07-16", outlet="Nine")
    denial.tells("Nothing has changed.", TALIBAN, **BACK, status="denied").tells("It is ours.", TALIBAN, **HELD, on="2021-07-15")
    assert desk(*papers, denial).control["AF0908"].holder == "Afghan security forces"
    assert desk(*papers[:2], denial).control["AF0908"].holder == "Taliban", "one word against one: the last counts"


@pytest.mark.parametrize(
    "said",
    [
        {"place": AFGHANISTAN, "control": "held", "sub": None},
        {"place": spot(DEH_SALAH, "Airport", Kind.FACILITY), "control": "held", "sub": None},
        {"control": "none", "sub": CLASH},
        {"control": "none", "sub": MOVE},
        {"place": None, "name": "Dawlatabad"},
    ],
)
def test_no_entry(said: dict[str, Any]) -> None:
    assert desk(Paper("p1").tells("So.", A, **said)).control == {}


def test_a_province_is_an_entry_of_its_own() -> None:
    paper = Paper("p1").tells("They hold Baghlan.", A, **HELD, place=BAGHLAN, on="2021-08-20").tells("Deh Salah was lost.", B)
    control = desk(paper).control
    assert (control["AF09"].holder, control["AF0908"].holder) == ("Taliban", "Resistance forces")
    assert control["AF0908"].independent_origins == 1
    assert {entry.place.kind for entry in control.values()} == {Kind.PROVINCE, Kind.DISTRICT}


def test_what_came_about_in_rewriting_makes_no_holder() -> None:
    lead = "KABUL: Qasem Takhari said on Tuesday 24 that 25 Taliban fell in Baghlan and that nine gave up at 4 on Monday."
    minister = somebody("Qasem Takhari")
    before = Paper("p1", day="2021-08-24", outlet="Wire").prints(lead)
    before.tells("Qasem Takhari said that Khinjan was taken.", minister, place=KHINJAN, on="2021-08-23")
    before.tells("They move towards Deh Salah, said Qasem Takhari.", minister, control="none", sub=MOVE, on="2021-08-24")
    after = Paper("p2", day="2021-08-26", outlet="Quilt").prints(lead.replace("said", "uttered").replace("fell", "perished"))
    after.tells("Qasem Takhari uttered that Khinjan got snatched.", minister, place=KHINJAN, on="2021-08-23")
    after.tells("Deh Salah got captured, uttered Qasem Takhari.", minister, sub=OVERTAKES, on="2021-08-23")
    control = desk(before, after).control
    assert (control["AF0906"].status, control["AF0906"].holder) == (Standing.CLAIMED, "Resistance forces")
    assert control["AF0906"].independent_origins == 1
    assert (control["AF0908"].status, control["AF0908"].holder, control["AF0908"].independent_origins) == (
        Standing.UNKNOWN,
        None,
        0,
    )
