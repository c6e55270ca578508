"""Turns a gazetteer into a geopy geocoder: an address or a point -> geopy Locations. Needs no network.

This is the one module that imports geopy; `mapper.gazetteer` does not import it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from geopy import Location, Point
from geopy.adapters import BaseSyncAdapter
from geopy.distance import geodesic
from geopy.exc import GeocoderServiceError
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder

from mapper import model
from mapper.gazetteer import Gazetteer, Match, akin
from mapper.gazetteer.boundaries import contains
from mapper.gazetteer.kinds import SETTLEMENTS
from mapper.model import Kind, Place

REFUSED = 0.5
"""Scores below it answer nothing: the query says what does not hold of the place, or names it by a word with another meaning."""


class GazetteerGeocoder(Geocoder):  # type: ignore[misc] # geopy ships no type information
    """A geocoder that answers from the gazetteer alone, for whatever takes one of geopy's.

    A Location's `raw` holds the place: place_id, name, kind, country, the names and P-codes of
    its district and province, and score and reasons, or the distance in km.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        """Answer from `gazetteer`."""
        super().__init__(user_agent="mapper", adapter_factory=_Offline)
        self.gazetteer = gazetteer

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        limit: int = 5,
        timeout: Any = DEFAULT_SENTINEL,  # noqa: ARG002 # every geocoder of geopy takes it
    ) -> Location | list[Location] | None:
        """Return the place that a query such as "Banu, Baghlan" means; with exactly_one=False all it may mean, best first.

        None when no place fits, and, of exactly one, also when two different places fit equally
        well: a guess would look like an answer.
        """
        found = [match for match in self.gazetteer.find(query, limit=len(self.gazetteer.places)) if match.score >= REFUSED]
        if not found or (exactly_one and _level(found)):
            return None
        answers = [self._location(match.place, score=match.score, reasons=_reasons(match)) for match in found[:limit]]
        return answers[0] if exactly_one else answers

    def reverse(
        self,
        query: Point | str | tuple[float, float],
        *,
        exactly_one: bool = True,
        timeout: Any = DEFAULT_SENTINEL,  # noqa: ARG002 # every geocoder of geopy takes it
    ) -> Location | list[Location] | None:
        """Return the district whose outline holds a point (latitude, longitude); with exactly_one=False its province, too.

        Where no outline does, the nearest town or village, abroad as well, by distance on the ellipsoid; its
        `raw` says how far it is. The Location's point is the place's own.
        """
        point = Point(query)
        answers = [self._location(place) for place in self._holders(point)] or [self._nearest(point)]
        return answers[0] if exactly_one else answers

    def _holders(self, point: Point) -> Iterator[Place]:
        at = model.Point(point.longitude, point.latitude)
        for kind in (Kind.DISTRICT, Kind.PROVINCE):
            for _, place in sorted(self.gazetteer.places.items()):
                outline = self.gazetteer.boundary(place.id) if place.kind is kind else None
                if outline and contains(outline, at):
                    yield place

    def _nearest(self, point: Point) -> Location:
        def away(place: Place) -> float:
            return float(geodesic(point, place.point[::-1]).km)  # latitude first in geopy, last in a place's point

        towns = (place for _, place in sorted(self.gazetteer.places.items()) if place.kind in SETTLEMENTS)
        town = min(towns, key=away)
        return self._location(town, distance_km=round(away(town), 3))

    def _location(self, place: Place, **more: Any) -> Location:
        country = self.gazetteer.places.get(place.country)
        parts = (place.name, place.admin2, place.admin1, country.name if country else place.country)
        raw = {
            "place_id": place.id,
            "name": place.name,
            "kind": place.kind.value,
            "country": place.country,
            "admin1": place.admin1,
            "admin1_pcode": place.admin1_pcode,
            "admin2": place.admin2,
            "admin2_pcode": place.admin2_pcode,
        }
        return Location(", ".join(dict.fromkeys(filter(None, parts))), place.point[::-1], raw | more)


class _Offline(BaseSyncAdapter):  # type: ignore[misc] # as above
    """What geopy asks for pages with; there are none to ask for."""

    def get_text(self, url: str, **_: Any) -> str:
        raise GeocoderServiceError(f"{url}: the gazetteer answers without a network")

    get_json = get_text


def _level(found: list[Match]) -> bool:
    """Whether a place as good as the best is another place than it, no part or whole of it."""
    best, *rest = found
    return any(match.score == best.score and not akin(match.place, best.place) for match in rest)


def _reasons(match: Match) -> list[dict[str, Any]]:
    return [reason._asdict() for reason in match.evidence]
