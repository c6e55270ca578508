"""Number words and figures into bounds: "at least 60" is (60, None), "nearly 40" is (None, 40), "dozens" is (12, None)."""

from __future__ import annotations

import re
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
NUMBER_WORDS |= {"pair": 2, "couple": 2, "half-dozen": 6}

SCALES = {"dozen": 12, "hundred": 100, "thousand": 1000, "million": 1_000_000}

PLURALS: dict[str, int] = {"dozens": 12, "scores": 20, "hundreds": 100, "thousands": 1000}
"""Lowest readings of the vague plurals: ACLED's codebook takes a dozen for "dozens" and a hundred for "hundreds"."""

INDEFINITE = frozenset("several many numerous multiple few handful number".split())
"""At least three, the lower of the two figures by which ACLED's codebook counts "several", "many" and "few"."""

_NOT_SO_MANY = frozenset("how as so too not the very that this no".split())
"""What before one of them makes it no count: "as many as 40", "few survived", "the number of dead"."""

_OPENS = frozenset(["tens", "half", "a"]).union(NUMBER_WORDS, PLURALS, INDEFINITE)
"""What a quantity may begin with, besides a figure."""

AT_LEAST = (
    "at least", "more than", "over", "no less than", "no fewer than", "not less than", "in excess of", "well over", "upwards of", "upward of",
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

_ORDINALS = frozenset(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth latest last only".split()
)
_NUMBERED = re.compile(r"\d+(?:st|nd|rd|th)")
LIMIT = 1_000_000
"""A count of people above this is no count of one event's casualties."""


def is_counted(word: str) -> bool:
    """Tell a word that says which one of a row: "sixth", "10th", "latest"."""
    return word in _ORDINALS or _NUMBERED.fullmatch(word) is not None


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
    if tokens[i].low not in _OPENS and not tokens[i].low[0].isdigit():
        return None
    number, end, vague = _number(tokens, i)
    if number is None or number > LIMIT:
        return None
    start, bound = _bound(tokens, i)
    upper = None if vague else _upper(tokens, start, end, number)
    if upper is not None:
        return Quantity(number, upper[0], start, upper[1])
    low: int | None = number
    high: int | None = None if vague or bound in AT_LEAST or _is_open(tokens, end) else number
    if bound in AT_MOST:
        low, high = None, number
    return Quantity(low, high, start, end)


def _is_open(tokens: Sequence[Token], end: int) -> bool:
    return " ".join(t.low for t in tokens[end : end + 2]) in ("or more", ", maybe")


def _upper(tokens: Sequence[Token], start: int, end: int, number: int) -> tuple[int, int] | None:
    """Return the greater number of a range, and the token after it: "20 to 30", "three or four", "between 5 and 8"."""
    if end + 1 >= len(tokens):
        return None
    joint = tokens[end].low
    between = start >= 1 and tokens[start - 1].low == "between" and joint == "and"
    if joint not in ("to", "-", "\N{EN DASH}", "or") and not between:
        return None
    upper, further, _ = _number(tokens, end + 1)
    return (upper, further) if upper is not None and number < upper <= LIMIT else None


def _number(tokens: Sequence[Token], i: int) -> tuple[int | None, int, bool]:
    """Return the number at token `i`, the token after it, and whether only its lowest reading is known."""
    low = [t.low for t in tokens[i : i + 4]]
    if not low:
        return None, i, False
    if low[0] in INDEFINITE:
        return _indefinite(low, i, tokens[i - 1].low if i else "")
    if low[1:2] == ["s"] and low[0] in ("10", "100", "1000"):
        return int(low[0]), i + 2 + (low[2:3] == ["of"]), True  # "100s of"
    if low[0] in PLURALS or low[:3] == ["tens", "of", "thousands"]:
        return _plural(low, i)
    return (6, i + 3, False) if low[:3] == ["half", "a", "dozen"] else _exact(tokens, low, i)


def _exact(tokens: Sequence[Token], low: list[str], i: int) -> tuple[int | None, int, bool]:
    """Read a figure or number words, and what scales them: "25,000", "two hundred and six"."""
    value = 1 if low[0] == "a" and low[1:2] and low[1] in SCALES else _figure(low[0])
    if value is None or low[:2] == ["one", "of"]:
        return None, i, False
    value, end = _with_unit(low, value, i + 1)
    while end < len(tokens) and tokens[end].low in SCALES:
        value, end = value * SCALES[tokens[end].low], end + 1
    rest = [t.low for t in tokens[end : end + 2]]
    if value >= 100 and rest[:1] == ["and"] and NUMBER_WORDS.get(rest[-1], 100) < 100:
        value, end = value + NUMBER_WORDS[rest[-1]], end + 2
    if low[:2] in (["couple", "of"], ["pair", "of"]):
        end += 1
    return value, end, False


def _with_unit(low: list[str], value: int, end: int) -> tuple[int, int]:
    """Add the unit to a ten that is written without its hyphen: "seventy five"."""
    unit = NUMBER_WORDS.get(low[1], 0) if len(low) > 1 and low[0] in _TENS.split() else 0
    return (value + unit, end + 1) if 0 < unit < 10 else (value, end)


def _figure(low: str) -> int | None:
    digits = low.replace(",", "")
    if digits.isascii() and digits.isdigit() and len(digits) <= 9:
        return int(digits)
    return NUMBER_WORDS.get(low)


def _plural(low: list[str], i: int) -> tuple[int | None, int, bool]:
    """Read a vague plural, and what it multiplies: "dozens of", "hundreds of thousands of"."""
    value, used = (10, 1) if low[0] == "tens" else (PLURALS[low[0]], 1)
    if low[1:2] == ["of"]:
        used = 2
        if low[2:3] and low[2] in PLURALS:
            value, used = value * PLURALS[low[2]], 4 if low[3:4] == ["of"] else 3
    return value, i + used, True


def _indefinite(low: list[str], i: int, before: str) -> tuple[int | None, int, bool]:
    """Read "several", "many", "a few", "a number of", "several dozen"; "few" alone is hardly any."""
    counted = before in ("a", "large", "huge", "great", "significant") if low[0] in ("few", "handful", "number") else True
    if not counted or before in _NOT_SO_MANY or (low[0] == "number" and low[1:2] != ["of"]):
        return None, i, False
    if low[1:2] and low[1] in SCALES:
        return SCALES[low[1]], i + 2, True
    return 3, i + (2 if low[1:2] == ["of"] and low[0] in ("handful", "number") else 1), True


def _bound(tokens: Sequence[Token], i: int) -> tuple[int, str | None]:
    """Return where the bound words before the number begin, and which they are."""
    start = i - 1 if i and tokens[i - 1].low == "a" and tokens[i].low in ("pair", "couple", "few", "handful", "number") else i
    for length in range(min(3, start), 0, -1):
        words = " ".join(t.low for t in tokens[start - length : start])
        if words in AT_LEAST or words in AT_MOST or words in ABOUT:
            return start - length, words
    return start, None
