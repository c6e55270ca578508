"""A kept row and its names -> a place on its way into the tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from mapper.gazetteer.importing.rows import GEONAMES, Row
from mapper.model import Kind, Point


@dataclass(slots=True)
class Entry:
    """A place on its way into the tables. `names` maps a name to (weak, the lists that print it), the first is its own."""

    id: str
    kind: Kind
    code: str
    point: Point
    source: str
    admin1: str = ""
    admin2: str = ""
    seat: str = ""
    inferred: bool = False
    population: int = 0
    names: dict[str, tuple[bool, tuple[str, ...]]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What the place is called in the tables."""
        return next(iter(self.names))

    def spell(self, names: Mapping[str, bool], source: str) -> None:
        """Add names of a list; one that stands already is weak only where all lists say so."""
        for name, weak in names.items():
            before, sources = self.names.get(name, (True, ()))
            self.names[name] = (weak and before, tuple(dict.fromkeys((*sources, source))))


def entry_of(row: Row, id: str, kind: Kind, names: Mapping[str, bool]) -> Entry:
    """Return the place of a row, with the row's own name first."""
    entry = Entry(id, kind, row.code, row.point, row.source, population=row.population)
    entry.spell({row.title: False} | dict(names), GEONAMES)
    return entry
