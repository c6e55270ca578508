"""Turns tables of places and their spellings into a Gazetteer, which answers a name with places and reasons."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from mapper import bundle
from mapper.errors import UnknownNameError
from mapper.gazetteer.boundaries import Boundaries, Geometry
from mapper.gazetteer.check import check
from mapper.gazetteer.find import UNITS, Match, Wanted, akin, find, inside, valid
from mapper.gazetteer.lookup import Index, NameMatch
from mapper.gazetteer.tables import Tables, read
from mapper.model import Kind, Place

__all__ = ["UNITS", "Gazetteer", "Match", "NameMatch", "akin", "check", "inside", "load", "valid"]


class Gazetteer:
    """The places of one country, and of the world as far as its news names it.

    `places` maps place ids to places, `seats` a unit's P-code to the place id of its seat; `names`
    are all spellings with the lists that print them; `credits` says whose data this is (source, licence, citation, used_for).
    """

    def __init__(self, tables: Tables, boundaries: Boundaries) -> None:
        """Index the tables; `load` is the usual way to get one."""
        self.country = tables.country
        self.places: Mapping[str, Place] = tables.places
        self.seats: Mapping[str, str] = tables.seats
        self.names = tables.names
        self.credits: tuple[Mapping[str, str], ...] = tables.credits
        self._index = Index(tables)
        self._boundaries = boundaries

    def lookup(self, name: str) -> tuple[NameMatch, ...]:
        """Return every place that bears the name in some spelling, best first, without regard to context."""
        return self._index.lookup(name)

    def spellings(self, place_id: str) -> tuple[str, ...]:
        """Return every name of a place in the tables, in either script, in their order; none for an unknown id."""
        return self._index.spellings.get(place_id, ())

    def find(
        self, name: str, *, within: str | None = None, kind: Kind | None = None, on: date | None = None, limit: int = 5
    ) -> tuple[Match, ...]:
        """Return the places that a name or description may mean, best first, each with its reasons in words.

        `name` may carry its kind and what contains it: "Nad Ali district", "Khost, Baghlan".
        `within` (a name or P-code of a unit), `kind` and `on` (a day on which the place existed)
        must hold. Answers with equal scores are rivals: nothing in the question tells them apart.
        UnknownNameError when `within` is no unit.
        """
        units = self._units(within) if within else ()
        return tuple(find(self.lookup, name, Wanted(units, kind, on), self._index.sources)[:limit])

    def unit(self, pcode: str) -> Place:
        """Return the province or district with a P-code; UnknownNameError when there is none."""
        place = self.places.get(pcode)
        if place is None or place.kind not in (Kind.PROVINCE, Kind.DISTRICT):
            raise UnknownNameError(f"{pcode!r} is no P-code of {self.country}; expected one such as 'AF09' or 'AF0907'")
        return place

    def _units(self, name: str) -> tuple[Place, ...]:
        if name in self.places:
            return (self.places[name],)
        units = tuple(match.place for match in self.lookup(name) if match.place.kind in UNITS)
        if not units:
            raise UnknownNameError(f"{name!r} is no country, province or district that the gazetteer knows")
        return units

    def boundary(self, pcode: str) -> Geometry | None:
        """Return the outline of a province or district as a GeoJSON geometry, None when it has none."""
        return self._boundaries.get(pcode)


def load(country: str = "AFG", boundaries: Path | None = None, folder: Path | None = None) -> Gazetteer:
    """Read and check the tables of a country (ISO alpha-3); a fault is a TableError that names file and row.

    `boundaries` is a user's own GeoJSON of outlines (ADM2_PCODE), used where it has a unit;
    `folder` holds a folder for each country and one for the world, the bundled ones by default.
    """
    root = folder or bundle.path("gazetteer")
    tables = read(root, country)
    return Gazetteer(tables, Boundaries(root / country / "boundaries.geojson", boundaries))
