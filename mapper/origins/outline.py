"""Turns articles into their outlines - names, figures and weekdays in order - and outlines into rewrites found.

A thesaurus or a machine that rewords an article changes nearly every row of words in it, yet it
leaves the names, the figures and the order of the tale alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

from mapper.gazetteer.romanise import normal
from mapper.text import fold

_WORD = re.compile(r"\d+(?:,\d{3})+|\w+(?:['’]\w+)?")
_DIGITS = re.compile(r"\d+(?:,\d{3})*")
_OPENING = re.compile(r"(?:^|[.!?:\n\"“‘—–(]\s*)$")
_LONGEST = 400
"""Marks of an outline that are compared: a rewrite longer than this is found by its beginning."""

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
).split()
_TENS = "thirty forty fifty sixty seventy eighty ninety".split()
NUMBERS: Mapping[str, int] = {word: value for value, word in enumerate(_UNITS)} | {
    word: 30 + 10 * step for step, word in enumerate(_TENS)
}
"""Number words that news writes out; "one" stays out of outlines and figures, being an article more often."""

WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())


def outline(text: str) -> tuple[str, ...]:
    """Return the names (in their normal form), figures and weekdays of a text, in order."""
    marks = []
    for match in _WORD.finditer(text):
        mark = _mark(match.group(), bool(_OPENING.search(text, max(0, match.start() - 3), match.start())))
        if mark:
            marks.append(mark)
    return tuple(marks[:_LONGEST])


def figures(text: str) -> frozenset[int]:
    """Return the numbers written in a text, in digits or in words."""
    digits = {int(match.group().replace(",", "")) for match in _DIGITS.finditer(text) if len(match.group()) < 12}
    words = {NUMBERS[word] for word in map(str.lower, _WORD.findall(text)) if word in NUMBERS and word != "one"}
    return frozenset(digits | words)


def likeness(one: Sequence[str], two: Sequence[str]) -> float:
    """Return how much of the shorter outline stands in the other in the same order, from 0 to 1.

    A mark weighs the less the oftener it is repeated: that the Taliban are named ten times in both
    says less than one figure.
    """
    often = Counter(one) | Counter(two)
    least = min(sum(1 / often[mark] for mark in one), sum(1 / often[mark] for mark in two))
    return _in_order(one, two, often) / least if least else 0.0


def at_most(one: Counter[str], two: Counter[str]) -> float:
    """Return what `likeness` cannot exceed, whatever the order; cheap, so that few pairs need the whole."""
    often = one | two
    least = min(sum(n / often[mark] for mark, n in one.items()), sum(n / often[mark] for mark, n in two.items()))
    return sum(n / often[mark] for mark, n in (one & two).items()) / least if least else 0.0


def _in_order(one: Sequence[str], two: Sequence[str], often: Mapping[str, int]) -> float:
    """Return the weight of the heaviest common subsequence, from the places where the two agree.

    `best[i]` is a Fenwick tree of the heaviest subsequence that ends at or before a mark of `two`.
    """
    places: dict[str, list[int]] = {}
    for at, mark in enumerate(two, 1):
        places.setdefault(mark, []).append(at)
    best = [0.0] * (len(two) + 1)
    for mark in one:
        for at in reversed(places.get(mark, ())):
            weight, before = 1 / often[mark], at - 1
            heaviest = 0.0
            while before:
                heaviest = max(heaviest, best[before])
                before -= before & -before
            while at < len(best):
                best[at] = max(best[at], heaviest + weight)
                at += at & -at
    return max(best)


@lru_cache(maxsize=65536)
def _mark(word: str, opens: bool) -> str | None:
    folded = fold(word)
    if folded[:1].isdigit():
        digits = _DIGITS.match(folded)
        return digits.group().replace(",", "") if digits else None
    if folded in NUMBERS and folded != "one":
        return str(NUMBERS[folded])
    if folded in WEEKDAYS:
        return folded
    if not word[0].isupper() or opens or len(word) < 3:
        return None
    forms = normal(re.split(r"['’]", word)[0])
    return forms[0] if forms else folded
