"""Turns a gazetteer into a geopy geocoder: an address or a point -> geopy Locations. Needs no network.

This is the one module that imports geopy; `mapper.gazetteer` does not import it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from geopy import Location, Point
from geopy.adapters import BaseSyncAdapter
from geopy.distance import geodesic
from geopy.exc import GeocoderQueryError, GeocoderServiceError
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder

from mapper import model
from mapper.gazetteer import Gazetteer, Match
from mapper.gazetteer.boundaries import Geometry, contains, edges
from mapper.gazetteer.find import REFUSED
from mapper.gazetteer.kinds import SETTLEMENTS
from mapper.model import Kind, Place

FARTHEST_KM = 100.0
"""A point in no outline is answered with no town farther than this; in the sea, or abroad where the news names none, with None."""

KEYS: dict[str, tuple[int, Kind | None]] = {
    "name": (0, None),
    "city": (0, Kind.CITY),
    "county": (1, Kind.DISTRICT),
    "district": (1, Kind.DISTRICT),
    "state": (2, Kind.PROVINCE),
    "province": (2, Kind.PROVINCE),
    "country": (3, Kind.COUNTRY),
}
"""What a structured query may say: how far it is from the place asked for, and of what kind it is."""

UNANSWERED = frozenset(("street", "postalcode"))
"""Keys of a structured query that Nominatim knows and the gazetteer has nothing for; they are passed over."""


class Box(NamedTuple):
    """A unit with its outline and the least and greatest degrees of it."""

    unit: Place
    outline: Geometry
    west: float
    south: float
    east: float
    north: float


class GazetteerGeocoder(Geocoder):  # type: ignore[misc] # geopy ships no type information
    """A geocoder that answers from the gazetteer alone, for whatever takes one of geopy's.

    A Location's `raw` holds the place: place_id, name, native, kind, country, the names and P-codes of
    its district and province, inferred (whether its point is a best guess), and score and reasons, or
    the distance in km.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        """Answer from `gazetteer`."""
        super().__init__(user_agent="mapper", adapter_factory=_Offline)
        self.gazetteer = gazetteer

    def geocode(
        self,
        query: str | Mapping[str, str | None] | None,
        *,
        exactly_one: bool = True,
        timeout: Any = DEFAULT_SENTINEL,  # noqa: ARG002 # every geocoder of geopy takes it
        limit: int | None = None,
    ) -> Location | list[Location] | None:
        """Return the place that a query such as "Banu, Baghlan" means; with exactly_one=False all it may mean, best first.

        A structured query is a dict with some of KEYS: Nominatim's (city, county, state, country) or the
        gazetteer's own (name, district, province); the smallest place in it is asked for, the others must
        hold it. `limit` is the greatest number of answers, None for all.

        None when no place fits, when the query is empty or missing (None, NaN), and, of exactly one, also
        when two different places fit equally well: a guess would look like an answer. ValueError for a
        limit below 1, GeocoderQueryError for a query of another type, with unknown keys or two of one level.
        """
        if limit is not None and int(limit) < 1:
            raise ValueError(f"limit {limit}: expected 1 or more")
        words, kind = _structured(self.gazetteer, query) if isinstance(query, Mapping) else (_phrase(query), None)
        if not words:
            return None
        every = len(self.gazetteer.places)
        if exactly_one:
            best = self.gazetteer.answer(words, kind=kind, limit=1).matches
            return self._found(best[0]) if best else None
        found = [match for match in self.gazetteer.find(words, kind=kind, limit=every) if match.score >= REFUSED]
        return [self._found(match) for match in found[: every if limit is None else int(limit)]] or None

    def reverse(
        self,
        query: Point | str | tuple[float, float] | None,
        *,
        exactly_one: bool = True,
        timeout: Any = DEFAULT_SENTINEL,  # noqa: ARG002 # every geocoder of geopy takes it
    ) -> Location | list[Location] | None:
        """Return the district whose outline holds a point (latitude, longitude); with exactly_one=False its province, too.

        Where no outline does, the nearest town or village within FARTHEST_KM, abroad as well, by distance
        on the ellipsoid; its `raw` says how far it is. The Location's point is the place's own. None where
        there is none, and for a missing point (None); ValueError for what is no point.
        """
        if query is None:
            return None  # geopy would read it as 0, 0
        point = Point(query)
        answers = [self._location(place) for place in self._holders(point)] or list(self._nearest(point))
        if not answers:
            return None
        return answers[0] if exactly_one else answers

    @cached_property
    def _boxes(self) -> tuple[Box, ...]:
        """Districts before provinces, in the order of their P-codes."""
        units = (place for _, place in sorted(self.gazetteer.places.items()) if place.kind in (Kind.DISTRICT, Kind.PROVINCE))
        drawn = [_box(unit, outline) for unit in units if (outline := self.gazetteer.boundary(unit.id))]
        return tuple(sorted(drawn, key=lambda box: box.unit.kind is Kind.PROVINCE))

    @cached_property
    def _towns(self) -> tuple[tuple[Place, float, float, float], ...]:
        """Towns and villages, each with the point where it lies on a ball of radius 1."""
        towns = (place for _, place in sorted(self.gazetteer.places.items()) if place.kind in SETTLEMENTS)
        return tuple((town, *_on_ball(town.point.latitude, town.point.longitude)) for town in towns)

    def _holders(self, point: Point) -> Iterator[Place]:
        at = model.Point(point.longitude, point.latitude)
        for unit, outline, west, south, east, north in self._boxes:
            if west <= at.longitude <= east and south <= at.latitude <= north and contains(outline, at):
                yield unit

    def _nearest(self, point: Point) -> Iterator[Location]:
        """The nearest town: those that a ball puts near are measured on the ellipsoid, whose distances differ by 1 % at most."""
        x, y, z = _on_ball(point.latitude, point.longitude)
        chords = [(math.dist((x, y, z), at), town) for town, *at in self._towns]
        reach = min((chord for chord, _ in chords), default=0.0) * 1.02
        near = [(_km(point, town), town.id, town) for chord, town in chords if chord <= reach]
        for away, _, town in sorted(near)[:1]:
            if away <= FARTHEST_KM:
                yield self._location(town, distance_km=round(away, 3))

    def _found(self, match: Match) -> Location:
        return self._location(match.place, score=match.score, reasons=[reason._asdict() for reason in match.evidence])

    def _location(self, place: Place, **more: Any) -> Location:
        country = self.gazetteer.places.get(place.country)
        parts = (place.name, place.admin2, place.admin1, country.name if country else place.country)
        raw = {
            "place_id": place.id,
            "name": place.name,
            "native": place.native,
            "kind": place.kind.value,
            "country": place.country,
            "admin1": place.admin1,
            "admin1_pcode": place.admin1_pcode,
            "admin2": place.admin2,
            "admin2_pcode": place.admin2_pcode,
            "inferred": place.inferred,
        }
        return Location(", ".join(dict.fromkeys(filter(None, parts))), place.point[::-1], raw | more)


class _Offline(BaseSyncAdapter):  # type: ignore[misc] # as above
    """What geopy asks for pages with; there are none to ask for."""

    def get_text(self, url: str, **_: Any) -> str:
        raise GeocoderServiceError(f"{url}: the gazetteer answers without a network")

    get_json = get_text


def _phrase(query: Any) -> str:
    """The words of a query; none where a cell of a column is missing."""
    if _missing(query):
        return ""
    if not isinstance(query, str):
        raise GeocoderQueryError(f"{query!r}: expected a name, or a dict with some of {', '.join(KEYS)}")
    return query.strip()


def _structured(gazetteer: Gazetteer, query: Mapping[str, Any]) -> tuple[str, Kind | None]:
    """The smallest place of a structured query with what must hold it, as a description, and its kind.

    No words where what must hold it is unknown: to leave it out would be to answer another question.
    """
    unknown = sorted(str(key) for key in query if key not in KEYS and key not in UNANSWERED)
    if unknown:
        raise GeocoderQueryError(f"{', '.join(unknown)}: unknown in a structured query; expected {', '.join(KEYS)}")
    told = {key: words for key in KEYS if (words := _phrase(query.get(key)))}
    if not told:
        return "", None
    ranks = [KEYS[key][0] for key in told]
    if len(set(ranks)) < len(ranks):
        raise GeocoderQueryError(f"{', '.join(told)}: two of them say the same; expected one of each level")
    asked = min(told, key=lambda key: KEYS[key][0])
    holding = [(words, KEYS[key][1]) for key, words in told.items() if KEYS[key][0] > KEYS[asked][0]]
    if not all(gazetteer.find(words, kind=kind, limit=1) for words, kind in holding):
        return "", None
    return ", ".join((told[asked], *(f"{words} {kind}" for words, kind in holding))), KEYS[asked][1]


def _missing(cell: Any) -> bool:
    """Whether a cell of a pandas column holds nothing: None, NaN, NA, NaT."""
    return cell is None or (not isinstance(cell, str) and not _same(cell))


def _same(cell: Any) -> bool:
    try:
        return bool(cell == cell)  # a NaN does not equal itself
    except (TypeError, ValueError):  # pandas.NA has no truth
        return False


def _box(unit: Place, outline: Geometry) -> Box:
    corners = [corner for edge in edges(outline) for corner in edge]
    longitudes, latitudes = [corner[0] for corner in corners], [corner[1] for corner in corners]
    return Box(unit, outline, min(longitudes), min(latitudes), max(longitudes), max(latitudes))


def _on_ball(latitude: float, longitude: float) -> tuple[float, float, float]:
    up, round_ = math.radians(latitude), math.radians(longitude)
    return math.cos(up) * math.cos(round_), math.cos(up) * math.sin(round_), math.sin(up)


def _km(point: Point, place: Place) -> float:
    return float(geodesic(point, place.point[::-1]).km)  # latitude first in geopy, last in a place's point
