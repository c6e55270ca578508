"""Turns tables of places and their spellings into a Gazetteer, which answers a name with places and reasons."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from mapper import bundle
from mapper.errors import UnknownNameError
from mapper.gazetteer.boundaries import Boundaries, Geometry, Position, borders
from mapper.gazetteer.check import check
from mapper.gazetteer.find import Answer, Wanted, answer, find
from mapper.gazetteer.lookup import Index, NameMatch
from mapper.gazetteer.relations import UNITS, akin, inside, is_temporary, valid
from mapper.gazetteer.tables import Home, Tables, locate, read
from mapper.gazetteer.weighing import Match
from mapper.model import Kind, Place

if TYPE_CHECKING:
    import folium
    import geopandas

__all__ = ["UNITS", "Answer", "Gazetteer", "Match", "NameMatch", "akin", "check", "inside", "is_temporary", "load", "valid"]


class Gazetteer:
    """The places of one country, and of the world as far as its news names it.

    `places` maps place ids to places, `seats` a unit's P-code to the place id of its seat; `capitals`
    are the seats of provinces; `names` are all spellings with the lists that print them; `credits`
    says whose data this is (source, licence, citation, used_for); `neighbours` where a map names them.
    `home` says in which folders the tables lie, `outlines` which files of outlines are read, the later before the earlier.
    """

    def __init__(self, tables: Tables, home: Home, outlines: tuple[Path, ...]) -> None:
        """Index the tables; `load` is the usual way to get one."""
        self.home = home
        self.outlines = outlines
        self.romanisation = tables.romanisation
        self.tables = tables
        self.country = tables.country
        self.places: Mapping[str, Place] = tables.places
        self.seats: Mapping[str, str] = tables.seats
        self.names = tables.names
        self.credits: tuple[Mapping[str, str], ...] = (*tables.credits, *map(_own, outlines[1:]))
        self.neighbours = tables.neighbours
        self.capitals = frozenset(seat for unit, seat in self.seats.items() if self.places[unit].kind is Kind.PROVINCE)
        self._index = Index(tables)
        self._boundaries = Boundaries(*outlines)

    def __repr__(self) -> str:
        """Return whose places they are and how many, for a prompt."""
        return f"<Gazetteer: {self.country}, {len(self.places)} places>"

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
        must hold. Answers whose scores are all but equal are rivals: nothing in the question tells them apart.
        UnknownNameError when `within` is no unit.
        """
        units = self._units(within) if within else ()
        return tuple(find(self._index, name, Wanted(units, kind, on))[:limit])

    def answer(
        self, name: str, *, within: str | None = None, kind: Kind | None = None, on: date | None = None, limit: int = 5
    ) -> Answer:
        """Return what `find` finds where the evidence decides, best first; or nothing, and in words why it is refused.

        What remains in `matches` is the best place, what it is part or whole of, and what fits less well.
        """
        if limit < 1:
            raise ValueError(f"limit {limit}: expected 1 or more")
        return answer(self._index, self.find(name, within=within, kind=kind, on=on, limit=len(self.places)), name, limit)

    def unit(self, pcode: str) -> Place:
        """Return the province or district with a P-code; UnknownNameError when there is none."""
        place = self.places.get(pcode)
        if place is None or place.kind not in (Kind.PROVINCE, Kind.DISTRICT):
            raise UnknownNameError(f"{pcode!r} is no P-code of {self.country}; expected one such as 'AF09' or 'AF0907'")
        return place

    def _units(self, name: str) -> tuple[Place, ...]:
        if name in self.places:
            return (self.places[name],)
        units = tuple(
            m.place for m in self.lookup(name) if m.place.kind in UNITS and not m.weak and m.tier in ("spelling", "form")
        )
        if not units:
            raise UnknownNameError(f"{name!r} is no country, province or district that the gazetteer knows")
        return units

    def listed(self, place: Place) -> Place | None:
        """Return the district of the official list that a place is, or lies in; None for what lies in no one district.

        A temporary district lies in the one it was carved from.
        """
        district = self.places.get(place.admin2_pcode or "")
        if district and is_temporary(district):
            return self.places.get(district.covers[0])
        return district

    def boundary(self, pcode: str) -> Geometry | None:
        """Return the outline of a province or district as a GeoJSON geometry, None when it has none."""
        return self._boundaries.get(pcode)

    def borders(self) -> list[list[Position]]:
        """Return the borders beyond the country, lines of [longitude, latitude] for a map to draw faint; none where no file has them."""
        return borders(self.home.folder / "neighbours.geojson")

    def frame(self, kind: Kind | str | None = None, *, outlines: bool = False, abroad: bool = False) -> geopandas.GeoDataFrame:
        """Return places as a frame, EPSG:4326, a row each by place_id: those of one kind, or of all; with those `abroad`, too.

        Columns: place_id; name; kind; country (ISO alpha-3); admin1, admin1_pcode, admin2, admin2_pcode, the
        province and district that hold it, itself among them; native, its name in Dari or another native
        script; valid_from and valid_to, days of its existence; inferred, whether its point is a best guess;
        source, whose the point is. What is unknown is null.

        The geometry is the place's point: a unit's is its seat where that is known. With `outlines`, units
        are areas, and so is what covers several districts (a region, a valley): their union; what has no
        outline (a village, a temporary district) stays a point. outline_source then says whose the outline
        is, outline_inferred whether it is a guess.
        """
        from mapper.gazetteer.frame import frame

        return frame(self, kind, outlines=outlines, abroad=abroad)

    def explore(
        self, kind: Kind | str | None = None, *, outlines: bool = True, abroad: bool = False, tiles: str | None = None
    ) -> folium.Map:
        """Return the places of `frame` on a folium map, which shows itself in a notebook and needs no network.

        With `tiles` (such as "OpenStreetMap") it loads a background, and tells that server who is looking at what.
        """
        from mapper.gazetteer.frame import explore

        credit = "; ".join(dict.fromkeys(credit["source"] for credit in self.credits if "source" in credit))
        return explore(self.frame(kind, outlines=outlines, abroad=abroad), credit, tiles)


def _own(outlines: Path) -> Mapping[str, str]:
    """The credit of a user's own file of outlines, which knows no more of itself than its name."""
    return {
        "source": outlines.name,
        "licence": "as its publisher states",
        "citation": "outlines given by the user",
        "used_for": "outlines, where it has the unit",
    }


def load(country: str | None = None, boundaries: Path | None = None, folder: Path | None = None) -> Gazetteer:
    """Read and check the tables of a country (ISO alpha-3, default AFG); a fault is a TableError that names file and row.

    `boundaries` is a user's own GeoJSON of outlines (ADM2_PCODE), used where it has a unit. `folder`
    is the folder of one country, which then says itself which, or holds a folder for each country;
    the bundled ones by default. The bundled table of the world serves where `folder` has none.
    """
    home = locate(folder or bundle.path("gazetteer"), country)
    bundled = home.folder / "boundaries.geojson"
    return Gazetteer(read(home), home, (bundled,) if boundaries is None else (bundled, boundaries))
