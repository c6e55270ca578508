"""Cells of other people's tables -> names as they stand in ours."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

_JOINER = "\u200c"  # Persian writes it
_LETTER = re.compile(r"[^\W\d_]")
_ABBREVIATION = re.compile(r"[A-Z0-9]{2,4}")


def clean(name: str) -> str:
    """Return a name with single spaces, composed, without invisible characters (but the joiner that Persian writes).

    >>> clean(" Nad\\u200b  Ali ")
    'Nad Ali'
    """
    if not (name.isascii() and name.isprintable()):
        composed = unicodedata.normalize("NFC", name)
        kept = (letter for letter in composed if letter == _JOINER or unicodedata.category(letter) != "Cf")
        name = "".join(letter if letter.isprintable() or letter == _JOINER else " " for letter in kept)
    return " ".join(name.split())


def distinct(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names that have a letter, each once."""
    return tuple(dict.fromkeys(filter(_LETTER.search, names)))


def unmarked(names: Iterable[str]) -> Iterator[str]:
    """Yield the names of a list that marks no languages: what looks like a code or an address is no name.

    >>> list(unmarked(["Mida", "MDA", "https://example.org/Mida"]))
    ['Mida']
    """
    for name in map(clean, names):
        if _LETTER.search(name) and not _ABBREVIATION.fullmatch(name) and "://" not in name:
            yield name
