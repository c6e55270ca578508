"""Where claims disagree nothing is settled: every version stays, with who says it."""

from __future__ import annotations

from typing import Any

import pytest
from statements import BAGHLAN, CLASH, DEH_SALAH, KABUL, NO_SHOT, STRIKE, Desk, Paper, desk, office, somebody, spot

from mapper.model import Event

A, B = somebody("Qasem Takhari"), somebody("Gul Agha")
STRIKES = {"control": "none", "sub": STRIKE, "actor": "Afghan Air Force"}
MARCH = {"control": "none", "actor": "Taliban", "target": "Protesters", "place": KABUL, "side": "Protesters"}


def disputes(event: Event) -> dict[str, dict[str, tuple[str, ...]]]:
    return {c.field: {version.value: version.claim_ids for version in c.values} for c in event.contradictions}


def two(first: dict[str, Any], second: dict[str, Any]) -> Event:
    return desk(Paper("p1", outlet="One").tells("So.", A, **first), Paper("p2", outlet="Two").tells("Not so.", B, **second)).event


CASES: dict[str, tuple[dict[str, Any], dict[str, Any], dict[str, list[str]]]] = {
    "they agree": ({}, {}, {}),
    "date": ({}, {"on": "2021-08-19"}, {"date": ["2021-08-20", "2021-08-19"]}),
    "a vague date disputes none": ({}, {"on": "2021-08-22", "precision": 2}, {}),
    "manner": ({}, {"sub": NO_SHOT}, {"manner": ["by force", "without a fight"]}),
    "manner, by a denial of the battle": (
        {},
        {"control": "none", "sub": CLASH, "status": "denied"},
        {"manner": ["by force", "without a fight"]},
    ),
    "killed": ({"killed": (9, None)}, {"killed": (0, 0)}, {"killed": ["at least 9 Taliban", "0 Taliban"]}),
    "killed, forty against sixty": ({"killed": (None, 40)}, {"killed": (60, None)}, {"killed": ["at most 40 Taliban", "at least 60 Taliban"]}),
    "figures that can both be right": ({"killed": (9, None)}, {"killed": (17, 17)}, {}),
    "a number within killed or wounded": ({"hurt": (25, 25)}, {"killed": (6, 6)}, {}),
    "more dead than killed or wounded": ({"hurt": (5, 5)}, {"killed": (6, 6)}, {"killed": ["5 Taliban killed or wounded", "6 Taliban"]}),
    "the dead of two sides": ({"killed": (9, 9)}, {"killed": (2, 2), "side": "Resistance forces"}, {}),
    "wounded": ({"wounded": (9, 9)}, {"wounded": (7, 7)}, {"wounded": ["9 Taliban", "7 Taliban"]}),
    "actor": (STRIKES, {**STRIKES, "actor": "United States forces"}, {"actor": ["Afghan Air Force", "United States forces"]}),
    "one party under two names": (STRIKES, {**STRIKES, "actor": "Afghan security forces"}, {}),
    "an actor whom only one names": (STRIKES, {**STRIKES, "actor": None}, {}),
    "occurred": ({}, {"status": "denied"}, {"occurred": ["yes", "no"]}),
    "a loss denied is the taking denied": (
        {},
        {"status": "denied", "control": "lost", "actor": "Taliban", "target": "Resistance forces", "on": None},
        {"occurred": ["yes", "no"]},
    ),
    "what a crowd met": (
        {**MARCH, "sub": "Excessive force against protesters"},
        {**MARCH, "sub": "Protest with intervention"},
        {"manner": ["Excessive force against protesters", "Protest with intervention"]},
    ),
    "a march is no rival of what it met": (
        {**MARCH, "sub": "Excessive force against protesters"},
        {**MARCH, "sub": "Peaceful protest", "actor": "Protesters", "target": None},
        {},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_two_claims_dispute(case: str) -> None:
    first, second, expected = CASES[case]
    found = disputes(two(first, second))
    assert {field: list(values) for field, values in found.items()} == expected
    assert all(ids for values in found.values() for ids in values.values())


def test_a_denial_is_no_support_and_neither_is_what_the_denier_says_instead() -> None:
    chief = somebody("Karim Sadiq", "police chief")
    shots = {**MARCH, "sub": "Excessive force against protesters"}
    paper = (
        Paper("p1")
        .tells("They fired at us.", A, **shots)
        .tells("Nobody was hit.", chief, **shots, status="denied")
        .tells("They fired into the air.", chief, **MARCH, sub="Protest with intervention")
        .tells("One was shot by a gunman.", chief, control="none", sub="Attack", actor="Unidentified gunman", target="Civilians", place=KABUL, on=None, killed=(1, 1), side="Civilians")
    )  # fmt: skip
    event = desk(paper).event
    assert event.claim_ids == ("p1:00",)
    assert event.independent_origins == 1
    found = disputes(event)
    assert found["occurred"] == {"yes": ("p1:00",), "no": ("p1:01", "p1:02", "p1:03")}
    assert found["actor"] == {"Taliban": ("p1:00", "p1:02"), "Unidentified gunman": ("p1:03",)}
    assert "MAPPER-denial-apart" in event.rules


def test_who_denies_a_detail_of_what_he_says_himself_denies_no_event() -> None:
    ministry = office("the ministry")
    paper = (
        Paper("p1")
        .tells("12 Taliban died.", ministry, **STRIKES, killed=(12, 12))
        .tells("No civilian did.", ministry, **STRIKES, status="denied")
    )
    assert disputes(desk(paper).event) == {}


def test_a_denial_names_what_it_denies() -> None:
    paper = (
        Paper("p1")
        .tells("It was bombed.", A, **STRIKES)
        .tells("It was taken.", A)
        .tells("That is a lie.", B, status="denied", denies="p1:00", on=None)
    )
    denied = {event.sub_event_type: "occurred" in disputes(event) for event in desk(paper).events}
    assert denied == {STRIKE: True, "Non-state actor overtakes territory": False}


def test_a_denial_for_the_province_is_of_its_districts() -> None:
    truce = {"control": "none", "sub": "Agreement", "actor": "Taliban", "target": "Afghan security forces"}
    paper = (
        Paper("p1")
        .tells("A truce for Deh Salah.", A, **truce)
        .tells("There is no truce in Baghlan.", B, **truce, place=BAGHLAN, status="denied", on=None)
    )
    assert disputes(desk(paper).event) == {"occurred": {"yes": ("p1:00",), "no": ("p1:01",)}}


def test_two_villages_are_two_versions_of_the_place_only_where_they_are_one_event() -> None:
    one = Paper("p1", outlet="One").tells("In Upper.", A, **STRIKES, place=spot(DEH_SALAH, "Upper"))
    other = Paper("p2", outlet="Two").tells("In the district.", B, **STRIKES)
    assert disputes(desk(one, other).event) == {}


def test_a_place_changed_in_the_rewriting_is_a_version_of_the_place() -> None:
    lead = "KABUL: Qasem Takhari said on Tuesday 24 that 25 marched, that nine fell at 4 on Monday and that 300 came."
    march = {**MARCH, "sub": "Excessive force against protesters", "on": "2021-08-23"}
    before = Paper("p1", day="2021-08-24", outlet="Wire").prints(lead).tells("They fired at 300, said Qasem Takhari.", A, **march)
    wrong = {**march, "place": DEH_SALAH}
    after = (
        Paper("p2", day="2021-08-26", outlet="Quilt")
        .prints(lead.replace("said", "uttered").replace("marched", "strolled").replace("fell", "perished"))
        .tells("Bullets got sprayed at 300, uttered Qasem Takhari.", A, **wrong)
    )
    found: Desk = desk(before, after)
    genuine = next(event for event in found.events if not event.only_by_mutation)
    assert disputes(genuine)["place"] == {"Kabul": ("p1:00",), "Deh Salah (Baghlan)": ("p2:00",)}
