"""Records -> layers for geographic files: columns as arrays of their types, geometry as WKB, WGS 84 with longitude first.

Lists become one text as in the CSV, counts two columns, and what has files of its own is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

from mapper.exports import columns
from mapper.exports.records import Record, Records
from mapper.exports.tables import NESTED, flat
from mapper.model import Kind

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    from mapper.gazetteer import Gazetteer

FEATURES = ("events", "control")
"""Tables whose rows are GeoJSON Features already."""

CHUNK = 1 << 20


class Layer(NamedTuple):
    """A table ready to be written: arrays of values, and of masks that are True where a value is unknown."""

    names: list[str]
    values: list[NDArray[Any]]
    masks: list[NDArray[numpy.bool_] | None]
    shapes: NDArray[numpy.object_] | None
    """WKB or None, for each row; None for a table without geometry."""
    kind: str | None


def rows(records: Records, table: str) -> list[Record]:
    """Return the rows of a table, those of events and control without their geometry; a count's bounds are columns, too."""
    found = [row["properties"] if table in FEATURES else row for row in getattr(records, table)]
    split = [column.name for column in columns.of(table).values() if column.type == "range"]
    return [row | _bounds(row, split) for row in found] if split else found


def names(table: str) -> dict[str, str]:
    """Return the columns of a table when it is flat, each with its type of `columns.TYPES`."""
    found: dict[str, str] = {}
    for column in columns.of(table).values():
        if column.type == "range":
            found |= {f"{column.name}_low": "integer", f"{column.name}_high": "integer"}
        elif table != "events" or column.name not in NESTED:
            found[column.name] = column.type
    return found


def _bounds(row: Record, split: Sequence[str]) -> Record:
    return {f"{name}_{bound}": (row[name] or (None, None))[at] for name in split for at, bound in enumerate(("low", "high"))}


def layer(records: Records, gazetteer: Gazetteer, table: str) -> Layer:
    """Return one table as a layer."""
    found, types = rows(records, table), names(table)
    arrays = [_array([row[name] for row in found], type_) for name, type_ in types.items()]
    shapes = SHAPES[table](records, gazetteer) if table in SHAPES else None
    packed, kind = _pack(shapes) if shapes is not None else (None, None)
    return Layer(list(types), [values for values, _ in arrays], [mask for _, mask in arrays], packed, kind)


def _array(values: Sequence[Any], type_: str) -> tuple[NDArray[Any], NDArray[numpy.bool_] | None]:
    import numpy

    unknown = numpy.array([value is None for value in values], dtype=bool)
    if type_ in ("integer", "flag"):
        return numpy.array([value or 0 for value in values], dtype="int64" if type_ == "integer" else bool), unknown
    if type_ == "number":
        return numpy.array([numpy.nan if value is None else value for value in values], dtype="float64"), unknown
    if type_ == "day":
        return numpy.array([value or "NaT" for value in values], dtype="datetime64[D]"), unknown
    made = numpy.empty(len(values), dtype=object)
    made[:] = [value if value is None else _text(value) for value in values]
    return made, None


def _text(value: Any) -> str:
    """Return a value as text; GDAL would cut it at a NUL."""
    return (flat(value) if isinstance(value, list) else str(value)).replace("\0", "\N{REPLACEMENT CHARACTER}")


def _pack(shapes: Sequence[Record | None]) -> tuple[NDArray[numpy.object_], str]:
    """Return GeoJSON geometries as WKB, areas all of one kind, and the kind that all have."""
    import numpy
    import shapely
    from shapely.geometry import MultiPolygon, Polygon, shape

    made = numpy.empty(len(shapes), dtype=object)
    kinds = set()
    for at, geometry in enumerate(shapes):
        if geometry is not None:
            drawn = shape(geometry)
            drawn = MultiPolygon([drawn]) if isinstance(drawn, Polygon) else drawn
            kinds.add(drawn.geom_type)
            made[at] = shapely.to_wkb(drawn)
    return made, kinds.pop() if len(kinds) == 1 else "Unknown" if kinds else "Point"


def _features(table: str) -> Callable[[Records, Gazetteer], list[Record | None]]:
    return lambda records, _: [feature["geometry"] for feature in getattr(records, table)]


def _named(table: str) -> Callable[[Records, Gazetteer], list[Record | None]]:
    """Points of the places that the rows of a table name."""

    def points(records: Records, gazetteer: Gazetteer) -> list[Record | None]:
        places = Places(records, gazetteer)
        found = [places.point(row["place_id"]) for row in getattr(records, table)]
        return [{"type": "Point", "coordinates": list(at)} if at else None for at in found]

    return points


class Places:
    """Where the places of a run lie, by what it wrote of them, and else by the gazetteer."""

    def __init__(self, records: Records, gazetteer: Gazetteer) -> None:
        """Keep the places that the articles name."""
        self._gazetteer = gazetteer
        self._named = {row["place_id"]: row for row in records.toponyms if row["place_id"]}

    def point(self, place_id: str | None) -> tuple[float, float] | None:
        """Return longitude and latitude; a country has none, for it would be a spot in its middle."""
        row, place = self._named.get(place_id), self._gazetteer.places.get(place_id or "")
        if row:
            return None if row["kind"] == Kind.COUNTRY else (row["longitude"], row["latitude"])
        return place.point if place and place.kind is not Kind.COUNTRY else None

    def country(self, place_id: str) -> str | None:
        """Return the country of a place, ISO 3166-1 alpha-3."""
        row, place = self._named.get(place_id), self._gazetteer.places.get(place_id)
        return row["country"] if row else place.country if place else None


SHAPES: Mapping[str, Callable[[Records, Gazetteer], list[Record | None]]] = {
    "events": _features("events"),
    "claims": _named("claims"),
    "control": _features("control"),
    "toponyms": _named("toponyms"),
}
"""What draws each table; the others have no geometry."""


def put(path: Path, made: Layer, **how: Any) -> None:
    """Write a layer to a file by GDAL; `how` are its driver, layer name and options."""
    from pyogrio.raw import write

    located = (
        {"geometry_type": made.kind, "crs": "EPSG:4326"} if made.shapes is not None else {"geometry_type": None, "crs": None}
    )
    write(path, made.shapes, made.values, made.names, field_mask=made.masks, **located, **how)


def by_way_of_disk(suffix: str, write: Callable[[Path], None]) -> Iterator[bytes]:
    """Yield the bytes of a file that a library writes only to a path."""
    with TemporaryDirectory(prefix="mapper-") as folder:
        path = Path(folder) / f"made{suffix}"
        write(path)
        with path.open("rb") as made:
            while chunk := made.read(CHUNK):
                yield chunk
