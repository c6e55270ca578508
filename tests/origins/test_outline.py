"""Outlines: what a thesaurus leaves alone tells a rewrite from another report of the same events."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper import articles
from mapper.origins.outline import at_most, figures, likeness, outline
from mapper.settings import Settings

STORIES = Path(__file__).parents[1] / "eval" / "original" / "articles"
REWRITES = {("e01", "e04"), ("e02", "e04"), ("e13", "e16"), ("e17", "e20"), ("e18", "e20")}
COPIES = {("e01", "e02"), ("e05", "e06"), ("e09", "e10"), ("e13", "e14"), ("e17", "e18")}
MARKS = st.lists(st.sampled_from("abcdefgh"), max_size=12)


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("In Farkhar, nine men fell on Monday.", ("farxar", "9", "monday")),
        ("About 1,500 men left Varsaj; Warsaj is quiet.", ("1500", "warsaj", "warsaj")),
        ("One man said so.", ()),
        ("Nobody came. Everybody left.", ()),
        ("", ()),
    ],
)
def test_an_outline_is_the_names_figures_and_weekdays_in_order(text: str, marks: tuple[str, ...]) -> None:
    assert outline(text) == marks


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("Nearly 40 died, twelve of them soldiers", {40, 12}), ("1,500 and 3", {1500, 3}), ("one of them", set()), ("sixty", {60})],
)
def test_figures_are_read_in_digits_and_in_words(text: str, numbers: set[int]) -> None:
    assert figures(text) == numbers


def test_another_wording_keeps_the_outline() -> None:
    original = "Former minister Qasem Takhari said on Tuesday that 25 Taliban fell in Farkhar and that nine gave up in Warsaj."
    spun = (
        "Ex-office-holder Qasem Takhari has uttered on Tuesday: 25 Taliban perished within Farkhar, whereas 9 yielded at Varsaj."
    )
    other = (
        "Residents of Warsaj told Oxus Monitor on Wednesday that six bodies lay in the yard; Farkhar was quiet, a driver said."
    )
    assert likeness(outline(original), outline(spun)) > 0.9
    assert likeness(outline(original), outline(other)) < 0.42


def test_of_the_stories_just_the_rewrites_and_copies_are_alike() -> None:
    read, _ = articles.read([STORIES], Settings())
    marks = {article.id[:3]: outline(article.text) for article in read}
    days = {article.id[:3]: article.published for article in read}
    alike = {
        (one, two)
        for one, two in combinations(sorted(marks), 2)
        if abs(days[one] - days[two]) <= timedelta(days=7) and likeness(marks[one], marks[two]) >= 0.42
    }
    assert alike == REWRITES | COPIES


@given(MARKS, MARKS)
def test_likeness_is_a_share_and_the_cheap_bound_holds(one: list[str], two: list[str]) -> None:
    value = likeness(one, two)
    assert 0.0 <= value <= at_most(Counter(one), Counter(two)) + 1e-9 <= 1.0 + 2e-9
    assert value == pytest.approx(likeness(two, one))
    assert likeness(one, one) == (pytest.approx(1.0) if one else 0.0)


@given(MARKS, MARKS, MARKS)
def test_what_stands_between_takes_nothing_from_the_shorter(one: list[str], before: list[str], after: list[str]) -> None:
    fresh = [mark.upper() for mark in (*before, *after)]
    assert likeness(one, [*fresh[: len(before)], *one, *fresh[len(before) :]]) == (
        pytest.approx(1.0) if one and len(fresh) >= 0 else 0.0
    )
