"""How alike two names sound: strings -> a likeness, or whether a slip of the pen parts them."""

from __future__ import annotations

from functools import lru_cache

_SOFT = frozenset("aiuywh\u0627\u0648\u06cc\u0647\u0639\u062d")
"""Letters of normal forms that spellings drop, add and swap: vowels, glides and h, in Latin and in Arabic script."""

_ALIKE = frozenset(
    (one, other)
    for group in (
        *("kgx", "jzC", "bp", "bw", "dt", "sSz"),
        *("\u06a9\u0642\u06af\u063a\u062e", "\u062c\u0632\u0630\u0636\u0638\u0681", "\u0628\u067e", "\u062f\u062a\u0637"),
        *("\u0633\u062b\u0635\u0634\u0685",),
    )
    for one in group
    for other in group
)
"""Consonants that are heard, or written, for one another."""

_CLASS = {letter: group[0] for group in ("kgx", "zjCsS", "dt") for letter in group}
"""The groups as far as they do not overlap: letters of different classes are never taken for one another, b and p apart."""

_DROP = 1.0
_DROP_SOFT = 0.4
_SWAP = 1.2
_SWAP_ALIKE = 0.5
_SWAP_SOFT = 0.3
_TURN = 0.5  # two neighbours that have changed places


def jaro_winkler(one: str, other: str) -> float:
    """Return the Jaro-Winkler likeness of two strings, 0 to 1 (Winkler 1990; prefix weight 0.1, four letters).

    >>> round(jaro_winkler("martha", "marhta"), 3)
    0.961
    """
    if one == other:
        return 1.0
    reach = max(len(one), len(other)) // 2 - 1
    taken = [False] * len(other)
    ours = []
    for i, letter in enumerate(one):
        for j in range(max(0, i - reach), min(len(other), i + reach + 1)):
            if not taken[j] and other[j] == letter:
                taken[j] = True
                ours.append(letter)
                break
    if not ours:
        return 0.0
    theirs = [letter for letter, hit in zip(other, taken, strict=True) if hit]
    swaps = sum(a != b for a, b in zip(ours, theirs, strict=True)) / 2
    jaro = (len(ours) / len(one) + len(ours) / len(other) + (len(ours) - swaps) / len(ours)) / 3
    prefix = next((i for i, (a, b) in enumerate(zip(one[:4], other[:4], strict=False)) if a != b), min(4, len(one), len(other)))
    return jaro + prefix * 0.1 * (1 - jaro)


def one_edit(one: str, other: str) -> bool:
    """Return whether one letter added, dropped, changed or swapped with the next makes one string of the other.

    A last i is no slip of the pen: it makes a person of a place.

    >>> one_edit("kandahr", "kandahar"), one_edit("kandahari", "kandahar")
    (True, False)
    """
    short, long = sorted((one, other), key=len)
    if long == short + "i" or len(long) - len(short) > 1 or (one[:-1] == other[:-1] and "i" in one[-1:] + other[-1:]):
        return False
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(long) > len(short):
        return short[at:] == long[at + 1 :]
    changed, swapped = short[at + 1 :], short[at + 1 : at + 2] + short[at : at + 1] + short[at + 2 :]
    return changed == long[at + 1 :] or swapped == long[at:]


def sound(one: str, other: str, least: float = 0.0) -> float:
    """Return how alike two normal forms sound, 0 to 1: what it costs to make one of the other, by its share of their weight.

    Below `least` it is 0, and sooner found. An edit distance (restricted Damerau-Levenshtein) in which vowels cost less than consonants, and
    consonants that are taken for one another less than others.

    >>> sound("sirpul", "saripul") > sound("sirpul", "kirpul")
    True
    """
    ours, theirs = _weight(one), _weight(other)
    heavier = max(ours, theirs)
    limit = (1 - least) * heavier
    if not heavier or abs(ours - theirs) > limit or _unlike(one, other) > limit:
        return 0.0
    before: list[float] = []
    above = [0.0]
    for letter in other:
        above.append(above[-1] + _drop(letter))
    for i, a in enumerate(one):
        row = [above[0] + _drop(a)]
        for j, b in enumerate(other):
            cost = min(above[j + 1] + _drop(a), row[j] + _drop(b), above[j] + _swap(a, b))
            if i and j and one[i - 1] == b and other[j - 1] == a and a != b:
                cost = min(cost, before[j - 1] + _TURN)
            row.append(cost)
        if min(row) > limit:
            return 0.0
        before, above = above, row
    return max(0.0, 1 - above[-1] / heavier) if above[-1] <= limit else 0.0


def _unlike(one: str, other: str) -> float:
    """What the consonants cost at least: each that one has and the other lacks is dropped, or swapped for more."""
    ours, theirs = _bag(one), _bag(other)
    more = sum([number - theirs.get(letter, 0) for letter, number in ours.items() if number > theirs.get(letter, 0)])
    return max(more, more + sum(theirs.values()) - sum(ours.values())) * _DROP


@lru_cache(maxsize=65536)
def _bag(form: str) -> dict[str, int]:
    """How often each class of consonants occurs, in Latin script, without b and p, which w and b are taken for."""
    bag: dict[str, int] = {}
    for letter in form:
        if letter.isascii() and letter not in _SOFT and letter not in "bp":
            bag[_CLASS.get(letter, letter)] = bag.get(_CLASS.get(letter, letter), 0) + 1
    return bag


@lru_cache(maxsize=65536)
def _weight(form: str) -> float:
    return sum(map(_drop, form))


def _drop(letter: str) -> float:
    return _DROP_SOFT if letter in _SOFT else _DROP


@lru_cache(maxsize=4096)
def _swap(one: str, other: str) -> float:
    if one == other:
        return 0.0
    if (one, other) in _ALIKE:
        return _SWAP_ALIKE
    if one in _SOFT and other in _SOFT:
        return _SWAP_SOFT
    return _SWAP
