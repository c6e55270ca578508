"""A text, and what is stated of it -> the language it is in, where that is another than English.

Setting an English article aside is the worse fault: a text is another language's only when its own words
say so, or when it is too short to say anything and states so itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from mapper import bundle

READ = 20_000
"""Characters that are looked at."""

FEWEST = 8
"""Words. A headline has fewer; they may all be names."""

_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_LETTER = re.compile(r"[^\W\d_]")


class Foreign(NamedTuple):
    """Another language than English: its code (ISO 639) or what it is stated to be, None where unknown, and how that was told."""

    language: str | None
    reason: str


class _Language(NamedTuple):
    name: str
    code: str
    words: frozenset[str]


@cache
def _languages() -> tuple[tuple[_Language, ...], Mapping[str, str]]:
    """Return the languages, English first, and their names by every way of stating them."""
    rows = bundle.toml("articles", "languages.toml")["language"]
    stated = {code: row["name"] for row in rows for code in (*row["codes"], *row["name"].lower().split(" or "))}
    return tuple(_Language(row["name"], row["codes"][0], frozenset(row["words"].split())) for row in rows), stated


def foreign(text: str, stated: str | None) -> Foreign | None:
    """Return which other language an article is in, None where it is or may be English.

    >>> foreign("Die Taliban haben nach Angaben der Behörden den Bezirk eingenommen.", None)
    Foreign(language='de', reason='in German, not English: 4 of its 10 words are its function words')
    >>> foreign("Taliban take Kunduz", None) is None
    True
    """
    told, english = _told(text[:READ])
    if told and told.language is None and stated and _name(stated) != "English":
        return Foreign(stated, f"in {_name(stated)}, as is stated, {told.reason}")
    if told or english or stated is None:
        return told
    name = _name(stated)
    return None if name == "English" else Foreign(stated, f"in {name}, not English: it is stated to be")


def contradicts(text: str, stated: str | None) -> bool:
    """Tell whether a text is English beyond doubt that is stated to be in another language."""
    return stated is not None and _name(stated) != "English" and _told(text[:READ])[1]


def _name(stated: str) -> str:
    word = stated.strip().lower()
    names = _languages()[1]
    return names.get(word) or names.get(re.split(r"[-_]", word)[0]) or " ".join(stated.split())[:40]


def _told(text: str) -> tuple[Foreign | None, bool]:
    """Return which other language the words of a text are in, if one, and whether they are English beyond doubt."""
    words = _WORD.findall(text.lower())
    counts = Counter(words)
    english, *others = _languages()[0]
    own = _share(counts, english)
    script = _script(text)
    if script:
        return (None if own >= 10 else _in_script(script, counts, others)), False
    if len(words) < FEWEST:
        return None, False
    best = max(others, key=lambda language: _share(counts, language))
    score, distinct = _share(counts, best), len(best.words & counts.keys())
    if distinct >= 3 and score >= 4 and 5 * score > len(words) and score > 2 * own:
        reason = f"in {best.name}, not English: {score} of its {len(words)} words are its function words"
        return Foreign(best.code, reason), False
    return None, own >= FEWEST and 5 * own > len(words)


def _share(counts: Mapping[str, int], language: _Language) -> int:
    return sum(count for word, count in counts.items() if word in language.words)


def _script(text: str) -> str | None:
    """Return the script of most letters of a text that has a sentence of them, None for Latin letters."""
    letters = _LETTER.findall(text)
    other = [letter for letter in letters if not _LATIN.match(letter)]
    if len(other) < 20 or 5 * len(other) < 3 * len(letters):
        return None
    common, _ = Counter(other).most_common(1)[0]
    return unicodedata.name(common, "another").split()[0].capitalize()


def _in_script(script: str, counts: Mapping[str, int], others: list[_Language]) -> Foreign:
    best = max(others, key=lambda language: _share(counts, language))
    if _share(counts, best) < 2:
        return Foreign(None, f"not in English: most of its letters are {script}")
    reason = f"in {best.name}, not English: most of its letters are {script}, and {_share(counts, best)} of its words its function words"
    return Foreign(best.code, reason)
