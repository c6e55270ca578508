"""ACLED's columns: labels, actors of the day, and notes that claim nothing of their own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from small_run import AFGHANISTAN, BAGHLAN, make_event

from mapper.actors import Actors
from mapper.exports import acled
from mapper.model import SUB_EVENT_TYPES, Findings, Kind, Place, Point, Status


@pytest.fixture
def coder(findings: Findings, atlas: Any, parties: Actors) -> acled.Coder:
    articles = {article.id: article for article in findings.articles}
    return acled.Coder(atlas, parties, None, articles, findings.tracing, {claim.id: claim for claim in findings.claims})


def test_an_event_in_acleds_columns(coder: acled.Coder) -> None:
    cells = coder.columns(make_event())
    assert tuple(cells) == acled.COLUMNS
    assert {name: value for name, value in cells.items() if value is not None} == {
        "event_date": "2021-08-20",
        "year": 2021,
        "time_precision": 1,
        "disorder_type": "Political violence",
        "event_type": "Battles",
        "sub_event_type": "Non-state actor overtakes territory",
        "actor1": "Resistance forces",
        "inter1": "Rebel group",
        "actor2": "Taliban",
        "inter2": "State forces",
        "interaction": "State forces-Rebel group",
        "iso": 4,
        "region": "Caucasus and Central Asia",
        "country": "Afghanistan",
        "admin1": "Baghlan",
        "admin2": "Deh Salah",
        "location": "Deh Salah",
        "latitude": 35.6571,
        "longitude": 69.3365,
        "geo_precision": 2,
        "source": "The Wire",
        "notes": "On 20 August 2021, in Deh Salah district (Baghlan), the taking of territory by Resistance forces from Taliban "
        "is claimed by Mohammadi (tweet) in The Wire. Fatalities: at least 40. Sources differ on killed: 40 / 60.",
        "fatalities": 40,
    }


@pytest.mark.parametrize(
    ("actor", "day", "inter"),
    [
        ("Taliban", date(2021, 8, 15), "Rebel group"),
        ("Taliban", date(2021, 8, 16), "State forces"),
        ("Taliban", None, "State forces"),
        ("Afghan security forces", date(2021, 8, 15), "State forces"),
        ("Afghan security forces", date(2021, 8, 16), "Rebel group"),
        ("Resistance forces", date(2021, 8, 20), "Rebel group"),
        ("Public uprising forces", date(2021, 7, 1), "Political militia"),
        ("ISKP", date(2021, 8, 26), "Rebel group"),
        ("NATO forces", date(2021, 8, 10), "External/Other forces"),
        ("Some unheard-of brigade", date(2021, 8, 10), None),
    ],
)
def test_who_is_the_state_is_a_matter_of_the_day(coder: acled.Coder, actor: str, day: date | None, inter: str | None) -> None:
    assert coder.columns(make_event(actor1=actor, event_date=day))["inter1"] == inter


def test_who_is_the_state_can_be_set(coder: acled.Coder) -> None:
    cells = replace(coder, state="government").columns(make_event(actor1="Afghan security forces"))
    assert (cells["inter1"], cells["inter2"]) == ("State forces", "Rebel group")


@pytest.mark.parametrize(
    ("sub_event_type", "first", "second"),
    [
        ("Armed clash", "Unidentified Armed Group (Afghanistan)", "Unidentified Armed Group (Afghanistan)"),
        ("Air/drone strike", "Unidentified Armed Group (Afghanistan)", None),
        ("Attack", "Unidentified Armed Group (Afghanistan)", "Civilians (Afghanistan)"),
        ("Peaceful protest", "Protesters (Afghanistan)", None),
        ("Mob violence", "Rioters (Afghanistan)", None),
        ("Looting/property destruction", None, None),
    ],
)
def test_an_unnamed_actor_is_filled_in_only_where_the_type_implies_one(
    coder: acled.Coder, sub_event_type: str, first: str | None, second: str | None
) -> None:
    event = make_event(actor1=None, actor2=None, sub_event_type=sub_event_type, event_type=SUB_EVENT_TYPES[sub_event_type])
    cells = coder.columns(event)
    assert (cells["actor1"], cells["actor2"]) == (first, second)


def test_an_actor_keeps_acleds_name_of_the_day(coder: acled.Coder) -> None:
    before = coder.columns(make_event(actor2="Afghan security forces", event_date=date(2021, 7, 1)))
    after = coder.columns(make_event(actor2="Afghan security forces", event_date=date(2021, 9, 1)))
    assert (before["actor2"], after["actor2"]) == ("Military Forces of Afghanistan (2014-2021)", "Afghan security forces")
    unknown = coder.columns(make_event(actor2="Afghan security forces", event_date=None))
    assert unknown["actor2"] == "Afghan security forces", "on an unknown day no dated name is sure"
    assert coder.verified("Afghan security forces", date(2021, 7, 1)) is True
    assert coder.verified("Afghan security forces", date(2021, 9, 1)) is False
    assert coder.verified(None, date(2021, 9, 1)) is None


@pytest.mark.parametrize("sub_event_type", SUB_EVENT_TYPES)
def test_every_sub_event_type_has_its_disorder_and_its_words(coder: acled.Coder, sub_event_type: str) -> None:
    event = make_event(sub_event_type=sub_event_type, event_type=SUB_EVENT_TYPES[sub_event_type])
    cells = coder.columns(event)
    assert cells["disorder_type"]
    assert "Resistance forces" in cells["notes"]
    assert cells["notes"].count("Taliban") == 1


@pytest.mark.parametrize(
    ("sub_event_type", "target", "cell"),
    [
        ("Attack", "Civilians", "Civilians targeted"),
        ("Air/drone strike", "Civilians", "Civilians targeted"),
        ("Air/drone strike", "Taliban", None),
        ("Excessive force against protesters", "Protesters", "Civilians targeted"),
        ("Armed clash", "Taliban", None),
    ],
)
def test_civilian_targeting(coder: acled.Coder, sub_event_type: str, target: str, cell: str | None) -> None:
    event = make_event(actor2=target, sub_event_type=sub_event_type, event_type=SUB_EVENT_TYPES[sub_event_type])
    assert coder.columns(event)["civilian_targeting"] == cell


@pytest.mark.parametrize(
    ("first", "second", "text"),
    [
        ("Rebel group", "State forces", "State forces-Rebel group"),
        ("External/Other forces", "Civilians", "Civilians-External/Other forces"),
        ("State forces", "State forces", "State forces-State forces"),
        (None, "Rebel group", "Rebel group only"),
        (None, None, None),
    ],
)
def test_interaction_names_the_lower_code_first(first: str | None, second: str | None, text: str | None) -> None:
    assert acled.interaction(first, second) == text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"event_date": None, "time_precision": None}, "On a day that no source states, "),
        ({"time_precision": 2}, "Around 20 August 2021, "),
        ({"time_precision": 3}, "In August 2021, "),
        ({"place": BAGHLAN}, "in Baghlan province, "),
        ({"place": AFGHANISTAN}, "in Afghanistan, "),
        ({"place": None, "place_name": "Qasaan"}, "at Qasaan (not placed), "),
        ({"place": None, "place_name": None}, "at a place that no source names, "),
        ({"status": Status.UNCONFIRMED}, "is reported without confirmation by Mohammadi"),
        ({"status": Status.ONGOING}, "is said to be going on by Mohammadi"),
        ({"claim_ids": ("c2",), "article_ids": ("b",), "origin_ids": ("o2",)}, "is claimed by an unnamed outlet."),
        ({"fatalities_low": 0, "fatalities_high": 0}, "Fatalities: none stated."),
        ({"fatalities_low": 0}, "Fatalities: not counted."),
        ({"fatalities_low": 3, "fatalities_high": 3}, "Fatalities: 3."),
        ({"fatalities_low": 3, "fatalities_high": 5}, "Fatalities: 3 to 5."),
        ({"provisional": "the day is not over"}, "Provisional: the day is not over."),
        ({"actor1": None}, "the taking of territory from Taliban is claimed"),
    ],
)
def test_a_note_says_no_more_than_the_record(coder: acled.Coder, changes: dict[str, Any], words: str) -> None:
    assert words in coder.columns(make_event(**changes))["notes"]


def test_a_country_is_no_point_on_the_map(coder: acled.Coder) -> None:
    cells = coder.columns(make_event(place=AFGHANISTAN))
    assert (cells["country"], cells["location"], cells["latitude"]) == ("Afghanistan", None, None)


def test_places_outside_the_theatre_keep_their_country(coder: acled.Coder) -> None:
    quetta = Place("PAK-quetta", "Quetta", Kind.CITY, "PAK", Point(67.0, 30.2))
    cells = coder.columns(make_event(place=quetta, actor1=None))
    assert (cells["iso"], cells["country"], cells["actor1"]) == (586, "Pakistan", "Unidentified Armed Group (Pakistan)")
