"""Reads the table of words that say whether a capitalised word beside them is a place."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache, cached_property

from mapper import bundle
from mapper.errors import TableError


@dataclass(frozen=True)
class Words:
    """The classes of data/geoparsing/words.toml, in lower case; `endings` are those of given names."""

    titles: frozenset[str]
    given: frozenset[str]
    endings: tuple[str, ...]
    organisations: frozenset[str]
    openers: frozenset[str]
    attached: frozenset[str]
    leading: frozenset[str]
    locative: frozenset[str]
    english: frozenset[str]
    homonyms: frozenset[str]
    peoples: frozenset[str]
    home: frozenset[str]
    offices: frozenset[str]
    speech: frozenset[str]

    @cached_property
    def plain(self) -> frozenset[str]:
        """Words that name nothing by themselves, whatever their capital."""
        return frozenset().union(
            self.english, self.leading, self.peoples, self.attached, self.titles, self.organisations, self.locative
        )

    def is_given(self, word: str) -> bool:
        """Return whether a word in lower case is a given name, or is made like one."""
        return word in self.given or (len(word) > 7 and word.endswith(self.endings))


@cache
def words() -> Words:
    """Read and check the table once. TableError when a class is missing or empty."""
    table = bundle.toml("geoparsing", "words.toml")
    names = [field.name for field in fields(Words) if field.name != "endings"]
    classes = {name: frozenset(str(table.get(name, {}).get("words", "")).split()) for name in names}
    empty = [name for name, listed in classes.items() if not listed]
    if empty:
        raise TableError(f"data/geoparsing/words.toml: no words under [{empty[0]}]; every class needs some")
    return Words(endings=tuple(str(table["given"].get("endings", "")).split()), **classes)
