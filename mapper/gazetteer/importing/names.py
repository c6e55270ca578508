"""Kept rows and the table of alternate names -> the names of each place, whether each is weak, and what they share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from mapper.errors import TableError
from mapper.gazetteer.importing.cleaning import clean, distinct
from mapper.gazetteer.importing.rows import Row, tabbed
from mapper.gazetteer.romanise import all_forms, normal

Spelt = dict[str, bool]
"""Names of a place, and whether each is weak."""

_CODES = frozenset("link wkdt post iata icao faac tcid unlc phon piny".split())
"""What stands in place of a language and marks no name."""


def read_alternates(file: Path, wanted: Collection[int]) -> dict[int, Spelt]:
    """Read the names of wanted places from alternateNamesV2 (or its older form); historic, colloquial and short codes are weak.

    TableError names the row that is at fault.
    """
    found: dict[int, Spelt] = defaultdict(dict)
    for number, cells in tabbed(file, (8, 10), "table of alternate names"):
        if not cells[1].isdecimal():
            raise TableError(f"{file}, row {number}: geonameid {cells[1]!r}; expected a number, and no header")
        id, language = int(cells[1]), cells[2]
        if id in wanted and language not in _CODES:
            weak = language == "abbr" or "1" in (cells[6], cells[7])
            for name in distinct((clean(cells[3]),)):
                found[id][name] = weak and found[id].get(name, True)
    return found


def read_names(rows: Sequence[Row], alternates: Path | None) -> dict[int, Spelt]:
    """Return the names of every row, its own two first; its list counts where the table of alternates has nothing."""
    table = read_alternates(alternates, {row.id for row in rows}) if alternates else {}
    names = {}
    for row in rows:
        own = dict.fromkeys(distinct((row.name, row.ascii)) or (row.title,), False)
        listed = table.get(row.id) or dict.fromkeys(row.listed, False)
        names[row.id] = own | listed | own  # first, and strong whatever a list says
    return names


class Forms(dict[str, tuple[str, ...]]):
    """The normal forms of names, those of most made at once, for that takes a fraction of the time."""

    def __init__(self, names: Collection[str], system: str) -> None:
        """Make the forms of `names`."""
        super().__init__(all_forms(names, "", system))
        self._system = system

    def __missing__(self, name: str) -> tuple[str, ...]:
        """Return the forms of any other name."""
        return normal(name, self._system)

    def shared(self, ours: Iterable[str], theirs: Iterable[str]) -> bool:
        """Whether two places have a name in common, however it is spelt."""
        known = {form for name in ours for form in self[name]}
        return any(form in known for name in theirs for form in self[name])
