"""A gazetteer -> a geopandas frame of its places, and a folium map of that frame. Knows both; nothing of ours imports it early."""

from __future__ import annotations

import base64
import html
from importlib.metadata import distribution
from pathlib import Path
from typing import TYPE_CHECKING, Any

import folium
import geopandas
import pandas
import shapely

from mapper import bundle
from mapper.errors import UnknownNameError
from mapper.gazetteer.outlines import properties
from mapper.gazetteer.relations import is_temporary
from mapper.model import Kind, Place

if TYPE_CHECKING:
    from mapper.gazetteer import Gazetteer

COLUMNS = {
    "place_id": "string",
    "name": "string",
    "kind": "string",
    "country": "string",
    "admin1": "string",
    "admin1_pcode": "string",
    "admin2": "string",
    "admin2_pcode": "string",
    "native": "string",
    "valid_from": "datetime64[s]",
    "valid_to": "datetime64[s]",
    "inferred": "boolean",
    "source": "string",
}
"""The columns of every frame and their types; the geometry comes last."""

OUTLINE_COLUMNS = {"outline_source": "string", "outline_inferred": "boolean"}
"""What a frame with outlines says of them; null where the geometry is a point."""

TOLD = ("name", "kind", "admin2", "admin1", "native", "place_id", "source", "outline_source")
"""The columns that the map shows of a place under the pointer."""

COLOURS = {Kind.PROVINCE: "#5b3a8c", Kind.DISTRICT: "#1f6f8b", Kind.CITY: "#b3261e", Kind.VILLAGE: "#c77700"}
OTHER_COLOUR = "#5f6b6b"


def frame(gazetteer: Gazetteer, kind: Kind | str | None, *, outlines: bool, abroad: bool) -> geopandas.GeoDataFrame:
    """Return the places as `Gazetteer.frame` says; UnknownNameError for a kind that there is not."""
    if kind is not None and kind not in {known.value for known in Kind}:
        raise UnknownNameError(f"{kind!r} is no kind of place; expected one of {', '.join(Kind)}")
    places = [
        place
        for _, place in sorted(gazetteer.places.items())
        if kind in (None, place.kind) and (abroad or place.country == gazetteer.country)
    ]
    sources = _sources(gazetteer)
    rows = [_row(place) | {"source": sources.get(place.id) or None} for place in places]
    points = [shapely.Point(place.point) for place in places]
    if not outlines:
        return _typed(gazetteer, rows, COLUMNS, points)
    told = {pcode: said for file in gazetteer.outlines if file.is_file() for pcode, said in properties(file).items()}
    drawn = [_outline(gazetteer, place, told) for place in places]
    rows = [
        row | {"outline_source": source, "outline_inferred": guess} for row, (_, source, guess) in zip(rows, drawn, strict=True)
    ]
    areas = [point if area is None else area for point, (area, _, _) in zip(points, drawn, strict=True)]
    return _typed(gazetteer, rows, COLUMNS | OUTLINE_COLUMNS, areas)


def _row(place: Place) -> dict[str, Any]:
    row = {name: getattr(place, name) for name in COLUMNS if name not in ("place_id", "source")}
    return row | {"place_id": place.id, "kind": place.kind.value}


def _typed(
    gazetteer: Gazetteer, rows: list[dict[str, Any]], columns: dict[str, Any], shapes: list[Any]
) -> geopandas.GeoDataFrame:
    cells = {name: pandas.Series([row[name] for row in rows], dtype=dtype) for name, dtype in columns.items()}
    typed = geopandas.GeoDataFrame(pandas.DataFrame(cells), geometry=shapes, crs="EPSG:4326")
    typed.attrs["credits"] = [dict(credit) for credit in gazetteer.credits]
    return typed


def _sources(gazetteer: Gazetteer) -> dict[str, str]:
    """Whose the points are, by place id: the tables say it, places do not carry it."""
    tables = [folder / "places.csv" for folder in (gazetteer.home.world, gazetteer.home.folder)]
    return {row["place_id"]: row["source"] for table in tables if table.is_file() for row in bundle.read_rows(table)}


def _outline(gazetteer: Gazetteer, place: Place, told: dict[str, dict[str, Any]]) -> tuple[Any, str | None, bool | None]:
    """Return the area of a place, whose it is, and whether it is a guess: its own, or the union of what it covers (always one).

    A temporary district has none: what it covers is the district it was carved from, which is larger.
    """
    own = gazetteer.boundary(place.id)
    if own:
        said = told.get(place.id, {})
        return shapely.geometry.shape(own), said.get("source"), bool(said["inferred"]) if "inferred" in said else None
    if is_temporary(place) or not place.covers:
        return None, None, None
    parts = {pcode: outline for pcode in place.covers if (outline := gazetteer.boundary(pcode))}
    if len(parts) < len(place.covers):
        return None, None, None
    union = shapely.union_all([shapely.geometry.shape(outline) for outline in parts.values()])
    return union, f"union of {', '.join(parts)}", True


# --- the map --------------------------------------------------------------------------------------


def explore(places: geopandas.GeoDataFrame, credit: str, tiles: str | None) -> folium.Map:
    """Return a map of a frame of places, areas below points; Leaflet stands in the page, so that it needs no network."""
    shown = folium.Map(tiles=tiles, control_scale=True, prefer_canvas=True)
    shown.default_js, shown.default_css = [("leaflet", _inline("leaflet.js"))], [("leaflet_css", _inline("leaflet.css"))]
    areas = places.geom_type != "Point"
    largest_first = places[areas].iloc[(-shapely.area(places[areas].geometry.to_numpy())).argsort(kind="stable")]
    for part in (largest_first, places[~areas]):
        if len(part):
            _layer(part, credit).add_to(shown)
    if len(places):
        west, south, east, north = places.total_bounds.tolist()
        shown.fit_bounds([[south, west], [north, east]])
    return shown


def _layer(places: geopandas.GeoDataFrame, credit: str) -> folium.GeoJson:
    told = [name for name in TOLD if name in places and places[name].notna().any()]
    cells = {name: [_cell(value) for value in places[name]] for name in told}
    colours = [COLOURS.get(Kind(kind), OTHER_COLOUR) for kind in places["kind"]]
    bare = geopandas.GeoDataFrame(cells | {"colour": colours}, geometry=list(places.geometry), crs=places.crs)
    return folium.GeoJson(
        bare,
        style_function=lambda feature: {"color": feature["properties"]["colour"], "weight": 1, "fillOpacity": 0.15},
        highlight_function=lambda _: {"weight": 3},
        marker=folium.CircleMarker(radius=4, fill=True),
        tooltip=folium.GeoJsonTooltip(told, sticky=True),
        attribution=html.escape(credit),
    )


def _cell(value: Any) -> str:
    """What stands in a tooltip, which folium writes into the page as HTML."""
    return "" if pandas.isna(value) else html.escape(str(value))


def _inline(name: str) -> str:
    """A file of the installed Leaflet as a data: URI."""
    kind = {".js": "text/javascript", ".css": "text/css"}[Path(name).suffix]
    file = Path(str(distribution("XStatic-Leaflet").locate_file(f"xstatic/pkg/leaflet/data/{name}")))
    return f"data:{kind};base64,{base64.b64encode(file.read_bytes()).decode()}"
