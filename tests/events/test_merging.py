"""Which claims are one event: place, day, sides and kind, and the rules that bring together what belongs together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from statements import (
    AFGHANISTAN,
    ANDARAB,
    BAGHLAN,
    CLASH,
    DEH_SALAH,
    KABUL,
    MOVE,
    NO_SHOT,
    OVERTAKES,
    PUL_E_HISAR,
    REGAINS,
    STRIKE,
    Desk,
    Paper,
    desk,
    group,
    nameless,
    office,
    somebody,
    spot,
)

from mapper.model import Kind

A = somebody("Qasem Takhari")
B = somebody("Gul Agha")
PROTEST = {"control": "none", "sub": "Peaceful protest", "actor": "Protesters", "target": None, "place": KABUL}


def two(first: dict[str, Any], second: dict[str, Any], days: tuple[str, str] = ("2021-08-21", "2021-08-21")) -> Desk:
    """Two papers, a claim each, by two speakers."""
    return desk(
        Paper("p1", day=days[0], outlet="One").tells("It happened so.", A, **first),
        Paper("p2", day=days[1], outlet="Two").tells("So it happened.", B, **second),
    )


ONE_EVENT = {
    "two accounts of a taking": ({}, {}),
    "lost by one is gained by the other": ({}, {"control": "lost", "actor": "Taliban", "target": "Resistance forces"}),
    "a day apart": ({}, {"on": "2021-08-19"}),
    "the day of the report for the day": ({}, {"on": "2021-08-23", "precision": 2}),
    "no day": ({}, {"on": None}),
    "by force or without a shot": ({}, {"sub": NO_SHOT}),
    "a state of loss that an account of the taking explains": ({"sub": None}, {}),
    "who lost it is not said": ({}, {"target": None}),
    "fighting of the day": ({}, {"control": "none", "sub": CLASH, "killed": (3, 3)}),
    "its dead": ({}, {"control": "none", "sub": OVERTAKES, "killed": (3, 3)}),
    "nobody was hurt": ({}, {"control": "none", "sub": None, "killed": (0, 0)}),
    "a village of the district": ({"place": spot(DEH_SALAH, "Qasan", Kind.VALLEY)}, {}),
    "gunmen, whom another names": (
        {"control": "none", "sub": CLASH, "actor": "Unidentified armed group"},
        {"control": "none", "sub": CLASH},
    ),
    "a strike and who made it": (
        {"control": "none", "sub": STRIKE, "actor": "Afghan Air Force"},
        {"control": "none", "sub": STRIKE, "actor": "United States forces", "target": "Civilians"},
    ),
    "a strike of the same night by another count of days": (
        {"control": "none", "sub": STRIKE, "on": "2021-08-20"},
        {"control": "none", "sub": STRIKE, "on": "2021-08-19"},
    ),
    "a march and what was done to it": (
        PROTEST,
        {**PROTEST, "sub": "Excessive force against protesters", "actor": "Taliban", "target": "Protesters"},
    ),
}


@pytest.mark.parametrize("case", ONE_EVENT)
def test_one_event(case: str) -> None:
    first, second = ONE_EVENT[case]
    event = two(first, second).event
    assert event.claim_ids == ("p1:00", "p2:00")
    assert event.independent_origins == 2


APART = {
    "two districts": ({}, {"place": ANDARAB}),
    "taken by one side, then by the other": ({}, {"actor": "Taliban", "target": "Resistance forces", "sub": REGAINS, "on": "2021-08-21"}),
    "days apart": ({}, {"on": "2021-08-23"}),
    "fighting of another day": ({"control": "none", "sub": CLASH}, {"control": "none", "sub": CLASH, "on": "2021-08-21"}),
    "two pairs of sides": ({"control": "none", "sub": CLASH}, {"control": "none", "sub": CLASH, "actor": "ISKP"}),
    "another kind of attack": ({"control": "none", "sub": STRIKE}, {"control": "none", "sub": "Suicide bomb"}),
    "looting of civilians beside a taking": ({}, {"control": "none", "sub": "Looting/property destruction", "target": "Civilians"}),
    "an abduction beside a taking": ({}, {"control": "none", "sub": "Abduction/forced disappearance"}),
    "two villages": (
        {"control": "none", "sub": STRIKE, "place": spot(DEH_SALAH, "Upper")},
        {"control": "none", "sub": STRIKE, "place": spot(DEH_SALAH, "Lower")},
    ),
    "an airport and its town": ({}, {"place": spot(DEH_SALAH, "Airport", Kind.FACILITY)}),
    "two names that nobody can place": ({"place": None, "name": "Dawlatabad"}, {"place": None, "name": "Kohistan"}),
}  # fmt: skip


@pytest.mark.parametrize("case", APART)
def test_two_events(case: str) -> None:
    first, second = APART[case]
    assert sorted(event.claim_ids for event in two(first, second).events) == [("p1:00",), ("p2:00",)]


NO_EVENT = {
    "a plan": {"status": "planned"},
    "history": {"status": "past", "on": "1996-09-26"},
    "a denial": {"status": "denied"},
    "a mere hold": {"control": "held", "sub": None},
    "a mere state": {"control": "lost", "sub": None},
    "a movement": {"control": "none", "sub": MOVE},
    "a decree": {"control": "none", "sub": "Other"},
    "a mere count": {"control": "none", "sub": None, "killed": (3, 3)},
    "a whole country": {"place": AFGHANISTAN},
    "no place at all": {"place": None},
}


@pytest.mark.parametrize("case", NO_EVENT)
def test_no_event(case: str) -> None:
    assert desk(Paper("p1").tells("So it is.", A, **NO_EVENT[case])).events == ()


def test_news_that_moves_on_a_day_is_of_two_incidents() -> None:
    strike = {"control": "none", "sub": "Remote explosive/landmine/IED", "place": KABUL}
    same_morning = two({**strike, "on": "2021-08-20"}, {**strike, "on": "2021-08-19"})
    next_morning = two({**strike, "on": "2021-08-20"}, {**strike, "on": "2021-08-21"}, days=("2021-08-21", "2021-08-22"))
    assert len(same_morning.events) == 1
    assert len(next_morning.events) == 2


def test_one_speaker_who_tells_two_days_tells_of_two_incidents() -> None:
    strike = {"control": "none", "sub": STRIKE}
    paper = Paper("p1").tells("On Thursday too.", A, **strike, on="2021-08-19").tells("And on Friday.", A, **strike)
    assert len(desk(paper).events) == 2


def test_a_strike_in_a_battle_is_part_of_it_where_one_article_tells_both() -> None:
    strike = {"control": "none", "sub": STRIKE, "actor": "Afghan security forces", "on": "2021-07-14"}
    battle = {"sub": REGAINS, "actor": "Afghan security forces", "on": "2021-07-14"}
    together = desk(Paper("p1", day="2021-07-15").tells("They bombed it.", A, **strike).tells("They retook it.", A, **battle))
    assert together.event.sub_event_type == REGAINS
    assert "ACLED-battle-absorbs" in together.event.rules
    civilians = desk(
        Paper("p1", day="2021-07-15")
        .tells("They bombed it.", A, **{**strike, "target": "Civilians"})
        .tells("They retook it.", A, **battle)
    )
    assert len(civilians.events) == 2


def test_men_who_died_after_a_handover_died_elsewhere() -> None:
    retreat = {"sub": NO_SHOT, "actor": "Taliban", "target": "Afghan security forces", "on": "2021-07-10"}
    ambush = {
        "control": "none",
        "sub": CLASH,
        "actor": "Taliban",
        "target": "Afghan security forces",
        "on": "2021-07-10",
        "side": "Afghan security forces",
    }
    sergeant, council = nameless("a sergeant"), somebody("Najiba Ghori")
    alone = desk(
        Paper("p1", day="2021-07-12")
        .tells("We left it.", sergeant, **retreat)
        .tells("Five died at the gorge.", sergeant, **ambush, killed=(5, 5))
    )
    assert sorted(event.sub_event_type for event in alone.events) == [CLASH, NO_SHOT]
    none_died = desk(
        Paper("p1", day="2021-07-12")
        .tells("We left it.", sergeant, **retreat)
        .tells("None died.", sergeant, **ambush, killed=(0, 0))
    )
    assert none_died.event.sub_event_type == NO_SHOT
    another = desk(
        Paper("p1", day="2021-07-12")
        .tells("We left it.", sergeant, **retreat)
        .tells("Five died.", council, **ambush, killed=(5, 5))
    )
    assert len(another.events) == 1
    assert [c.field for c in another.event.contradictions] == [], "who counts the dead says nothing of how it was taken"  # fmt: skip


def test_an_abduction_and_the_killing_of_the_abducted_are_one() -> None:
    by_night = {"control": "none", "actor": "Unidentified armed group", "target": "Civilians", "side": "Civilians"}
    paper = (
        Paper("p1", day="2021-11-06")
        .tells("Four men were found shot.", A, **by_night, sub="Attack", on="2021-11-04", killed=(4, 4))
        .tells("They had been taken from home.", B, **by_night, sub="Abduction/forced disappearance", on="2021-11-02")
    )
    event = desk(paper).event
    assert (event.sub_event_type, event.event_date) == ("Attack", date(2021, 11, 4))
    assert "ACLED-hierarchy" in event.rules


def test_a_province_that_frames_its_districts_is_no_event() -> None:
    paper = (
        Paper("p1")
        .tells("In Baghlan three fell.", A, place=BAGHLAN)
        .tells("Deh Salah fell.", A)
        .tells("Andarab fell.", A, place=ANDARAB)
    )
    assert {event.place for event in desk(paper).events} == {ANDARAB, DEH_SALAH}
    alone = desk(Paper("p1").tells("A district in Baghlan fell.", A, place=BAGHLAN)).event
    assert (alone.place, alone.geo_precision) == (BAGHLAN, 3)


def test_a_headline_frames_what_the_body_tells_of_the_district_in_another_kind() -> None:
    paper = Paper("p1", title="Ministry says 31 killed in Baghlan raid")
    paper.tells(
        "Ministry says 31 killed in Baghlan raid", office("Ministry"), place=BAGHLAN, control="none", sub=CLASH, killed=(31, 31)
    )
    paper.tells("An air strike in Deh Salah killed 31 Taliban.", office("Ministry"), control="none", sub=STRIKE, killed=(31, 31))
    event = desk(paper).event
    assert (event.sub_event_type, event.fatalities_low, event.fatalities_high) == (STRIKE, 31, 31)


def test_the_day_is_that_of_most_independent_origins() -> None:
    papers = [
        Paper("p1", outlet="One").tells("On Thursday.", A, on="2021-08-19"),
        Paper("p2", outlet="Two").tells("On Friday.", B),
        Paper("p3", outlet="Three").tells("On Friday, a trader said.", nameless("a trader")),
    ]
    event = desk(*papers).event
    assert event.event_date == date(2021, 8, 20)
    assert {"MAPPER-day-by-origins", "MAPPER-adjacent-day"} <= set(event.rules)


def test_an_exact_day_goes_before_a_vague_one() -> None:
    event = two({"on": "2021-08-22", "precision": 2}, {"on": "2021-08-20"}).event
    assert (event.event_date, event.time_precision) == (date(2021, 8, 20), 1)


def test_where_speakers_are_level_the_loser_decides_whether_there_was_a_fight() -> None:
    said = {"actor": "Taliban", "target": "Afghan security forces", "on": "2021-07-11"}
    boast = Paper("p1", day="2021-07-12", outlet="One").tells("Conquered after clashes.", group("the Taliban"), **said)
    admitted = Paper("p2", day="2021-07-12", outlet="Two").tells(
        "Not one bullet.", nameless("a police officer"), **said, sub=NO_SHOT
    )
    neutral = Paper("p2", day="2021-07-12", outlet="Two").tells("Not one bullet.", nameless("an aid worker"), **said, sub=NO_SHOT)
    assert desk(boast, admitted).event.sub_event_type == NO_SHOT
    assert desk(boast, neutral).event.sub_event_type == OVERTAKES
    assert "MAPPER-manner-by-origins" in desk(boast, neutral).event.rules


@pytest.mark.parametrize(
    ("on", "state", "actor", "sub"),
    [
        ("2021-08-15", None, "Taliban", OVERTAKES),
        ("2021-08-16", None, "Taliban", REGAINS),
        ("2021-08-16", "government", "Taliban", OVERTAKES),
        ("2021-08-15", None, "Afghan security forces", REGAINS),
    ],
)
def test_who_takes_for_the_state_is_read_from_the_day_where_claims_do_not_say(
    on: str, state: str | None, actor: str, sub: str
) -> None:
    papers = (
        Paper("p1", day="2021-08-20", outlet="One").tells(
            "Fought over.", A, control="none", sub=CLASH, actor=actor, target="ISKP", on=on
        ),
        Paper("p2", day="2021-08-20", outlet="Two").tells("Gained.", B, sub=None, actor=actor, target="ISKP", on=on),
    )
    assert desk(*papers, state=state).event.sub_event_type == sub


def test_actors_are_the_taker_and_who_lost_it() -> None:
    event = two({"control": "lost", "actor": "Taliban", "target": "Resistance forces"}, {"target": None}).event
    assert (event.actor1, event.actor2) == ("Resistance forces", "Taliban")


def test_civilians_are_the_second_actor_and_an_unidentified_group_gives_way_to_a_name() -> None:
    attack = {"control": "none", "sub": "Suicide bomb", "actor": "Unidentified armed group", "target": "Civilians"}
    event = two(attack, {**attack, "actor": "ISKP"}).event
    assert (event.actor1, event.actor2) == ("ISKP", "Civilians")
    turned = desk(Paper("p1").tells("They died.", A, **{**attack, "actor": "Civilians", "target": "ISKP"})).event
    assert (turned.actor1, turned.actor2) == ("ISKP", "Civilians")
    assert "ACLED-civilians-second" in turned.rules


@pytest.mark.parametrize(
    ("places", "where", "precision"),
    [
        ((DEH_SALAH,), "AF0908", 2),
        ((spot(DEH_SALAH, "Centre"),), "AF0908-centre", 1),
        ((spot(DEH_SALAH, "Centre"), DEH_SALAH), "AF0908", 2),
        ((spot(DEH_SALAH, "Qasan", Kind.VALLEY), DEH_SALAH), "AF0908", 2),
        ((BAGHLAN,), "AF09", 3),
        ((None,), None, None),
    ],
)
def test_a_taking_is_placed_where_all_its_claims_are(places: tuple[Any, ...], where: str | None, precision: int | None) -> None:
    papers = [
        Paper(f"p{n}", outlet=f"Outlet {n}").tells("It fell.", somebody(f"Speaker {n}"), place=place, name="Dawlatabad")
        for n, place in enumerate(places)
    ]
    event = desk(*papers).event
    assert (event.place.id if event.place else None, event.geo_precision) == (where, precision)


def test_an_incident_is_placed_at_the_one_village_that_is_named() -> None:
    strike = {"control": "none", "sub": STRIKE}
    event = two({**strike}, {**strike, "place": spot(DEH_SALAH, "Yakhchal")}).event
    assert (event.place.id if event.place else None, event.geo_precision) == ("AF0908-yakhchal", 1)


def test_the_status_is_the_strongest_of_the_claims() -> None:
    unconfirmed = {"status": "unconfirmed"}
    assert two(unconfirmed, unconfirmed).event.status == "unconfirmed"
    assert two(unconfirmed, {"status": "ongoing"}).event.status == "ongoing"
    assert two(unconfirmed, {}).event.status == "asserted"


def test_an_overtaking_is_provisional_until_it_is_known_to_have_lasted() -> None:
    fresh = desk(Paper("p1").tells("It fell.", A))
    assert "not known to have lasted" in (fresh.event.provisional or "")
    held = desk(
        Paper("p1").tells("It fell.", A),
        Paper("p2", day="2021-08-25").tells("Held.", B, control="held", sub=None, on="2021-08-25"),
    )
    assert held.event.provisional is None
    lost = desk(
        Paper("p1").tells("It fell.", A),
        Paper("p2", day="2021-08-22").tells(
            "Back.", B, actor="Taliban", target="Resistance forces", sub=NO_SHOT, on="2021-08-21"
        ),
    )
    taken, back = lost.events
    assert "lost again by 2021-08-21" in (taken.provisional or "")
    assert back.provisional is None
    assert "ACLED-overtakes-lasts-a-day" in taken.rules


def test_an_id_is_never_one_of_acleds_and_later_papers_do_not_change_it() -> None:
    first = Paper("p1").tells("Fighting.", A, control="none", sub=CLASH)
    event = desk(first).event
    assert event.id.startswith("event-")
    later = (
        Paper("p2", day="2021-08-22")
        .tells("It fell.", B)
        .tells("Not so, he said.", A, status="denied")
        .tells("Another.", B, on="2021-08-21")
    )
    grown = desk(first, later)
    assert [e.id for e in grown.events] == [event.id]
    assert set(event.claim_ids) < set(grown.event.claim_ids)
    assert grown.event.sub_event_type == OVERTAKES


def test_two_events_first_told_alike_have_two_ids() -> None:
    lost_and_retaken = (
        Paper("p1", outlet="One").tells("It fell.", A),
        Paper("p2", outlet="Two").tells("They came back.", B, actor="Taliban", target="Resistance forces", sub=REGAINS),
    )
    ids = [event.id for event in desk(*lost_and_retaken).events]
    assert len(set(ids)) == 2


def test_papers_without_a_date_meet_all_the_same() -> None:
    papers = [
        Paper(f"p{n}", day=None, outlet=f"Outlet {n}").tells("It fell.", somebody(f"Speaker {n}"), on=None) for n in range(3)
    ]
    assert desk(*papers).event.event_date is None


def test_a_rewriting_makes_an_event_of_its_own_and_the_original_says_so() -> None:
    lead = "KABUL: Qasem Takhari said on Tuesday 24 that 25 Taliban fell in Deh Salah and that nine gave up at 4 on Monday."
    before = (
        Paper("p1", day="2021-08-24", outlet="Wire")
        .prints(lead)
        .tells("Deh Salah was taken, said Qasem Takhari.", A, on="2021-08-23")
        .tells("They now move towards Andarab, said Qasem Takhari.", A, place=ANDARAB, control="none", sub=MOVE, on="2021-08-24")
    )
    after = (
        Paper("p2", day="2021-08-26", outlet="Quilt")
        .prints(lead.replace("said", "has uttered").replace("fell", "perished").replace("gave up", "yielded"))
        .tells("Deh Salah got snatched, uttered Qasem Takhari.", A, on="2021-08-23")
        .tells("Andarab got captured, uttered Qasem Takhari.", A, place=ANDARAB, on="2021-08-23")
    )
    genuine, made = sorted(desk(before, after).events, key=lambda event: event.only_by_mutation)
    assert (genuine.only_by_mutation, genuine.independent_origins) == (False, 1)
    assert (made.only_by_mutation, made.independent_origins, made.confidence) == (True, 0, "E5")
    assert made.place == ANDARAB
    assert [(m.field, m.from_claim_id, m.to_claim_id) for m in made.mutations if m.field == "control"] == [
        ("control", "p1:01", "p2:01")
    ]
    own_witness = Paper("p3", day="2021-08-26", outlet="Third").tells("Andarab was taken.", B, place=ANDARAB, on="2021-08-23")
    borne_out = [event for event in desk(before, after, own_witness).events if event.place == ANDARAB]
    assert [(event.only_by_mutation, event.independent_origins) for event in borne_out] == [(False, 1)]


def test_every_district_of_a_list_is_an_event() -> None:
    places = (PUL_E_HISAR, DEH_SALAH, ANDARAB)
    paper = Paper("p1")
    for place in places:
        paper.tells("Three districts were taken.", A, place=place)
    assert {event.place for event in desk(paper).events} == set(places)


def test_a_claim_given_twice_counts_once() -> None:
    found = two({}, {})
    doubled = Desk([*found.papers])
    doubled.claims = (*found.claims, *found.claims)  # type: ignore[misc]
    assert doubled.events == found.events
    assert replace(found.event) == found.event
