"""Number words and figures into bounds: "at least 60" is (60, None), "nearly 40" is (None, 40), "dozens" is (12, None)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from mapper.claims.tokens import Token

_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
NUMBER_WORDS: dict[str, int] = {word: n for n, word in enumerate(_UNITS.split())}
NUMBER_WORDS |= {word: 10 * n for n, word in enumerate(_TENS.split(), 2)}
NUMBER_WORDS |= {
    f"{ten}-{unit}": 10 * t + u for t, ten in enumerate(_TENS.split(), 2) for u, unit in enumerate(_UNITS.split()[:10]) if u
}
NUMBER_WORDS |= {"pair": 2, "dozen": 12, "half-dozen": 6}

SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}

PLURALS: dict[str, int] = {"dozens": 12, "scores": 20, "hundreds": 100, "thousands": 1000}
"""Lowest readings of the vague plurals: ACLED's codebook takes a dozen for "dozens" and a hundred for "hundreds"."""

AT_LEAST = (
    "at least", "more than", "over", "no less than", "no fewer than", "not less than", "in excess of", "well over", "upwards of",
    "a minimum of", "greater than", "exceeding",
)  # fmt: skip
AT_MOST = (
    "nearly",
    "almost",
    "up to",
    "as many as",
    "fewer than",
    "less than",
    "close to",
    "a maximum of",
    "not more than",
    "no more than",
    "just under",
    "under",
)
ABOUT = (
    "about",
    "around",
    "some",
    "approximately",
    "roughly",
    "perhaps",
    "an estimated",
    "only",
    "just",
    "another",
    "a total of",
    "exactly",
    "the",
    "all",
    "other",
    "his",
    "her",
    "their",
    "its",
)

LIMIT = 1_000_000
"""A count of people above this is no count of one event's casualties."""


class Quantity(NamedTuple):
    """How many, as written, and the tokens that say so, bound words included."""

    low: int | None
    high: int | None
    start: int
    end: int


def read(tokens: Sequence[Token], i: int) -> Quantity | None:
    """Return the quantity whose number begins at token `i`, or None.

    >>> from mapper.claims.tokens import tokenise
    >>> from mapper.model import Span
    >>> text = "At least 60 fighters and dozens of civilians"
    >>> tokens = tokenise(text, Span(0, len(text)))
    >>> [read(tokens, i)[:2] for i in range(len(tokens)) if read(tokens, i)]
    [(60, None), (12, None)]
    """
    number, end, vague = _number(tokens, i)
    if number is None or number > LIMIT:
        return None
    start, bound = _bound(tokens, i)
    low: int | None = number
    high: int | None = None if vague else number
    if end + 1 < len(tokens) and tokens[end].low in ("to", "-", "\N{EN DASH}") and not vague:
        upper, further, _ = _number(tokens, end + 1)
        if upper is not None and number < upper <= LIMIT:
            return Quantity(number, upper, start, further)
    if start >= 1 and tokens[start - 1].low == "between" and end + 1 < len(tokens) and tokens[end].low == "and":
        upper, further, _ = _number(tokens, end + 1)
        if upper is not None and upper > number:
            return Quantity(number, upper, start - 1, further)
    if bound in AT_LEAST:
        high = None
    elif bound in AT_MOST:
        low, high = None, number
    if tokens[end : end + 2] and " ".join(t.low for t in tokens[end : end + 2]) in ("or more", ", maybe"):
        high = None
    return Quantity(low, high, start, end)


def _number(tokens: Sequence[Token], i: int) -> tuple[int | None, int, bool]:
    """Return the number at token `i`, the token after it, and whether only its lowest reading is known."""
    if i >= len(tokens):
        return None, i, False
    low = tokens[i].low
    if low in PLURALS:
        end = i + 2 if i + 1 < len(tokens) and tokens[i + 1].low == "of" else i + 1
        return PLURALS[low], end, True
    if low == "tens" and [t.low for t in tokens[i + 1 : i + 3]] == ["of", "thousands"]:
        return 10_000, i + 3, True
    digits = low.replace(",", "")
    if digits.isascii() and digits.isdigit() and len(digits) <= 9:
        value = int(digits)
    elif low in NUMBER_WORDS:
        value = NUMBER_WORDS[low]
    else:
        return None, i, False
    end = i + 1
    while end < len(tokens) and tokens[end].low in SCALES:
        value *= SCALES[tokens[end].low]
        end += 1
    if low == "one" and end < len(tokens) and tokens[end].low == "of":
        return None, i, False
    return value, end, False


def _bound(tokens: Sequence[Token], i: int) -> tuple[int, str | None]:
    """Return where the bound words before the number begin, and which they are."""
    start = i - 1 if i and tokens[i - 1].low in ("a", "well") and tokens[i].low in ("dozen", "pair", "hundred") else i
    for length in range(min(3, start), 0, -1):
        words = " ".join(t.low for t in tokens[start - length : start])
        if words in AT_LEAST or words in AT_MOST or words in ABOUT:
            return start - length, words
    return start, None
