"""Number words, figures and the words that bound them."""

from __future__ import annotations

from typing import Any

import newsroom
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.claims import numbers
from mapper.claims.tokens import tokenise
from mapper.model import Span

Bounds = list[tuple[int | None, int | None]]

CASES: list[tuple[str, Bounds]] = [
    ("12 guards", [(12, 12)]),
    ("twelve guards", [(12, 12)]),
    ("twenty-three guards", [(23, 23)]),
    ("two hundred guards", [(200, 200)]),
    ("3 thousand guards", [(3000, 3000)]),
    ("6,000 guards", [(6000, 6000)]),
    ("about 25 guards", [(25, 25)]),
    ("a total of 25 guards", [(25, 25)]),
    ("the other nine guards", [(9, 9)]),
    ("at least 60 guards", [(60, None)]),
    ("more than 20 guards", [(20, None)]),
    ("no fewer than seven guards", [(7, None)]),
    ("well over 100 guards", [(100, None)]),
    ("in excess of 30 guards", [(30, None)]),
    ("30 or more guards", [(30, None)]),
    ("nearly 40 guards", [(None, 40)]),
    ("up to 25 guards", [(None, 25)]),
    ("as many as 70 guards", [(None, 70)]),
    ("fewer than ten guards", [(None, 10)]),
    ("less than a dozen guards", [(None, 12)]),
    ("just under 20 guards", [(None, 20)]),
    ("a dozen guards", [(12, 12)]),
    ("dozens of guards", [(12, None)]),
    ("scores of guards", [(20, None)]),
    ("hundreds of guards", [(100, None)]),
    ("several guards", [(3, None)]),
    ("a large number of guards", [(3, None)]),
    ("several dozen guards", [(12, None)]),
    ("few guards", []),
    ("the number of guards", []),
    ("how many guards", []),
    ("tens of thousands of guards", [(10_000, None)]),
    ("three to five guards", [(3, 5)]),
    ("10-15 guards", [(10, 15)]),
    ("10\N{EN DASH}15 guards", [(10, 15)]),
    ("between 10 and 15 guards", [(10, 15)]),
    ("at least nine guards and four drivers", [(9, None), (4, 4)]),
    ("one of the guards", []),
    ("the guards", []),
    ("at 9.30", []),
    ("the 20th guard", []),
    ("1.5 million guards", []),
    ("9,999,999,999 guards", []),
    ("two dozen guards", [(24, 24)]),
    ("more than two dozen guards", [(24, None)]),
    ("half a dozen guards", [(6, 6)]),
    ("a hundred guards", [(100, 100)]),
    ("nearly a hundred guards", [(None, 100)]),
    ("one hundred and twenty guards", [(120, 120)]),
    ("seventy five guards", [(75, 75)]),
    ("three or four guards", [(3, 4)]),
    ("a couple of guards", [(2, 2)]),
    ("hundreds of thousands of guards", [(100_000, None)]),
]
"""Words, and the bounds of each quantity in them; None is open."""

KNOWN_FAILURES: dict[str, str] = {}


def quantities(text: str) -> Bounds:
    tokens = tokenise(text, Span(0, len(text)))
    found, i = [], 0
    while i < len(tokens):
        quantity = numbers.read(tokens, i)
        if quantity:
            found.append((quantity.low, quantity.high))
        i = max(i + 1, quantity.end if quantity else 0)
    return found


@pytest.mark.parametrize(("text", "expected"), newsroom.marked(CASES, KNOWN_FAILURES))
def test_bounds_stay_as_written(text: str, expected: Bounds) -> None:
    assert quantities(text) == expected


@given(st.integers(1, numbers.LIMIT))
def test_a_figure_reads_the_same_with_and_without_separators(value: int) -> None:
    assert quantities(f"{value} guards") == quantities(f"{value:,} guards") == [(value, value)]


@given(st.text(alphabet="0123456789 ,.-", max_size=40))
def test_no_bound_is_below_the_other(text: str) -> None:
    for low, high in quantities(text):
        assert low is not None or high is not None
        assert low is None or high is None or low <= high


@given(
    st.lists(st.sampled_from([*"one dozen hundred to and between of at least nearly".split(), "7", "-", "1,000"]), max_size=12)
)
def test_a_quantity_stands_where_its_number_stands(words: list[Any]) -> None:
    text = " ".join(words)
    tokens = tokenise(text, Span(0, len(text)))
    for i in range(len(tokens)):
        quantity = numbers.read(tokens, i)
        assert quantity is None or 0 <= quantity.start <= i < quantity.end <= len(tokens)
