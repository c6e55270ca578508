"""The days that words point to, seen from the day of publication."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any, NamedTuple

import newsroom
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.claims import dates
from mapper.model import Span

PUBLISHED = date(2021, 8, 21)
"""A Saturday."""


class Read(NamedTuple):
    """What one expression should be read as."""

    day: str | None
    precision: int | None = 1
    far: bool = False
    since: bool = False
    ahead: bool = False


FAR = Read(None, None, far=True)

CASES: list[tuple[str, list[Read]]] = [
    ("It fell on Friday.", [Read("2021-08-20")]),
    ("It fell on Sunday.", [Read("2021-08-15")]),
    ("It fell on Friday evening.", [Read("2021-08-20")]),
    ("Sunday's capture of the city.", [Read("2021-08-15")]),
    ("It fell last Tuesday.", [Read("2021-08-17")]),
    ("It fell yesterday.", [Read("2021-08-20")]),
    ("It fell this morning.", [Read("2021-08-21")]),
    ("There was fighting for a fourth day.", [Read("2021-08-21")]),
    ("There was fighting on Friday for a third straight day.", [Read("2021-08-20")]),
    ("It fell last night.", [Read("2021-08-20")]),
    ("It fell overnight.", [Read("2021-08-21")]),
    ("It fell before dawn on Friday.", [Read("2021-08-20")]),
    ("It fell two days ago.", [Read("2021-08-19")]),
    ("It fell 2 days ago.", [Read("2021-08-19")]),
    ("It fell three weeks ago.", [Read("2021-07-31", 2)]),
    ("It fell a couple of weeks ago.", [Read("2021-08-07", 3)]),
    ("It fell some weeks ago.", [Read("2021-07-31", 3)]),
    ("It fell last week.", [Read("2021-08-14", 2)]),
    ("It fell last month.", [Read("2021-07-01", 3)]),
    ("It fell earlier this month.", [Read("2021-08-01", 3)]),
    ("It fell on August 19.", [Read("2021-08-19")]),
    ("It fell on 19 August.", [Read("2021-08-19")]),
    ("It fell on Aug. 19.", [Read("2021-08-19")]),
    ("It fell between 6 and 8 May 2020.", [Read("2020-05-06", 2)]),
    ("It fell on May 6-8, 2020.", [Read("2020-05-06", 2)]),
    ("It fell on July 6 last year.", [Read("2020-07-06")]),
    ("It fell on the 19th of August.", [Read("2021-08-19")]),
    ("It fell on August 19, 2021.", [Read("2021-08-19")]),
    ("It fell on 2021-08-19.", [Read("2021-08-19")]),
    ("It fell on the night of 16 July.", [Read("2021-07-16")]),
    ("It fell on Friday (August 13).", [Read("2021-08-13")]),
    ("It fell on Friday, August 13.", [Read("2021-08-13")]),
    ("It fell on 13 August (Friday).", [Read("2021-08-13")]),
    ("It fell on December 30.", [Read("2020-12-30")]),
    ("It fell in May.", [Read("2021-05-01", 3)]),
    ("It fell in September.", [Read("2020-09-01", 3)]),
    ("It fell in May 2019.", [Read("2019-05-01", 3)]),
    ("It fell in early July.", [Read("2021-07-01", 2)]),
    ("It fell in mid-July.", [Read("2021-07-15", 2)]),
    ("It has been held since Monday.", [Read("2021-08-16", since=True)]),
    ("It has been held since May 1.", [Read("2021-05-01", since=True)]),
    ("It must be handed over by Wednesday.", [Read("2021-08-25", ahead=True)]),
    ("It will be handed over by Wednesday.", [Read("2021-08-25", ahead=True)]),
    ("It had fallen by Wednesday.", [Read("2021-08-18")]),
    ("He has until Sunday to surrender.", [Read("2021-08-22", ahead=True)]),
    ("They will march tomorrow.", [Read("2021-08-22", ahead=True)]),
    ("It fell on 19/08/2021.", [Read("2021-08-19")]),
    ("Twelve fighters died over the past 24 hours.", [Read("2021-08-20")]),
    ("The army may march on it.", []),
    ("It fell in 1996.", [FAR]),
    ("It fell in the 1980s.", [FAR]),
    ("It fell ten years ago.", [FAR]),
    ("It fell a year ago.", [FAR]),
    ("It fell more than two decades ago.", [FAR]),
    ("It fell decades ago.", [FAR]),
    ("It fell last year.", [FAR]),
    ("It fell earlier this year.", [FAR]),
    ("It fell on Thursday and was retaken on Friday.", [Read("2021-08-19"), Read("2021-08-20")]),
    ("It fell on July 3 and was retaken on July 5.", [Read("2021-07-03"), Read("2021-07-05")]),
    ("The fighters may attack.", []),
    ("The fighters march on the town.", []),
    ("It has 6,000 people.", []),
    ("It fell at 3 a.m. after 24 hours.", []),
    ("They fought for three days.", []),
    ("It fell on February 30.", []),
    ("It fell in 2021.", []),
    ("It fell the day before yesterday.", [Read("2021-08-19")]),
    ("It fell a fortnight ago.", [Read("2021-08-07", 2)]),
    ("It fell between 12 and 18 July.", [Read("2021-07-12", 2)]),
    ("It fell on 12-18 July.", [Read("2021-07-12", 2)]),
    ("It fell on 20.08.2021.", [Read("2021-08-20")]),
    ("They will march next Friday.", [Read("2021-08-27", ahead=True)]),
    ("It fell on October 10.", [Read("2020-10-10")]),
    ("It was held from Monday to Thursday.", [Read("2021-08-16", 2)]),
]
"""Words, and what each time expression in them is, in order."""

KNOWN_FAILURES: dict[str, str] = {
    "It must be handed over by Wednesday.": "'must' does not look ahead",
    "He has until Sunday to surrender.": "'until' with an infinitive does not look ahead",
    "It fell a fortnight ago.": "a fortnight has the precision of a month",
}

UNDATED: list[tuple[str, list[Read]]] = [
    ("It fell on Friday.", []),
    ("It fell yesterday.", []),
    ("It fell two days ago.", []),
    ("It fell on August 19.", []),
    ("It fell on August 19, 2021.", [Read("2021-08-19")]),
    ("It fell in the 1980s.", [FAR]),
    ("It fell in 1996.", [FAR]),
]
"""The same without a day of publication: nothing is guessed."""


def read(text: str, published: date | None) -> list[Read]:
    return [
        Read(when.day.isoformat() if when.day else None, when.precision, when.far, when.since, when.ahead)
        for when in dates.find(text, Span(0, len(text)), published)
    ]


@pytest.mark.parametrize(("text", "expected"), newsroom.marked(CASES, KNOWN_FAILURES))
def test_words_point_to_days(text: str, expected: list[Read]) -> None:
    assert read(text, PUBLISHED) == expected


@pytest.mark.parametrize(("text", "expected"), UNDATED)
def test_without_a_day_of_publication_nothing_is_guessed(text: str, expected: list[Read]) -> None:
    assert read(text, None) == expected


@pytest.mark.parametrize("text", [text for text, _ in CASES])
def test_every_expression_holds_a_mark_of_its_pattern(text: str) -> None:
    for name, marks, pattern in dates._PATTERNS:
        for match in pattern.finditer(text):
            assert not marks.isdisjoint(dates._marks(match[0])), f"{name} would not be looked for in {match[0]!r}"


def test_days_after_something_shift_what_they_follow() -> None:
    text = "Five days after the bazaar burned, it fell on Friday."
    found = dates.find(text, Span(0, len(text)), PUBLISHED)
    assert [(when.offset, when.day) for when in found] == [(5, None), (None, date(2021, 8, 20))]


@given(st.dates(date(1990, 1, 1), date(2030, 12, 31)), st.integers(0, 6))
def test_a_weekday_is_one_of_the_last_seven_days(published: date, weekday: int) -> None:
    day = dates.last(weekday, published)
    assert day.weekday() == weekday
    assert timedelta(0) <= published - day < timedelta(7)


@given(st.dates(date(1990, 1, 1), date(2030, 12, 31)), st.dates(date(1990, 1, 1), date(2030, 12, 31)))
def test_a_full_date_is_read_as_it_stands(day: date, published: date) -> None:
    for text in (f"on {day:%B} {day.day}, {day.year}", f"on {day.day} {day:%B} {day.year}", f"on {day.isoformat()}"):
        assert read(text, published) == [Read(day.isoformat())]


EXPRESSIONS = [
    "on Friday",
    "on July 3",
    "May",
    "the 1980s",
    "since",
    "two days ago",
    "1996",
    "last week",
    "3 a.m.",
    "in",
    "and",
    ",",
]


@given(st.lists(st.sampled_from(EXPRESSIONS), max_size=8), st.one_of(st.none(), st.dates()))
def test_expressions_are_in_order_and_apart(words: list[Any], published: date | None) -> None:
    text = " ".join(words)
    found = dates.find(text, Span(0, len(text)), published)
    assert all(0 <= when.span.start < when.span.end <= len(text) for when in found)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))


@pytest.mark.parametrize("city", ["Kabul", "Herat", "Mazar-e-Sharif"])
def test_the_day_of_a_press_conference_is_not_the_day_of_the_event(city: str) -> None:
    found = newsroom.claims(f"An official told journalists in {city} on Monday that the Taliban had captured Marja.")
    assert [newsroom.unit(claim) for claim in found] == ["AF3014"]
    assert found[0].event_date == newsroom.claims("An official said that the Taliban had captured Marja.")[0].event_date
