"""A table of Records -> Parquet; events and control -> GeoParquet (1.0, WKB, EPSG:4326 with longitude first).

Lists and structures stay what they are: the type of every column is made from the table of
columns, so that it does not depend on what a run happened to find. What a column means stands in its
field's metadata, the credits and what the file is in the file's.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from mapper.exports import columns, credits, layers
from mapper.exports.records import Record, Records
from mapper.libraries import library

if TYPE_CHECKING:
    from mapper.exports.columns import Column
    from mapper.gazetteer import Gazetteer

GEOMETRY = "geometry"


def write(table: str) -> Callable[[Records, Gazetteer], Iterator[bytes]]:
    """Return the exporter of one table of Records; MissingLibraryError without pyarrow."""

    def export(records: Records, gazetteer: Gazetteer) -> Iterator[bytes]:
        arrow, parquet = library("pyarrow", "parquet"), library("pyarrow.parquet", "parquet")
        known = columns.of(table)
        features = getattr(records, table)
        found = [feature["properties"] for feature in features] if table in layers.FEATURES else list(features)
        fields = [_field(arrow, column) for column in known.values()]
        made = [_values(found, column) for column in known.values()]
        about = {"about": credits.ABOUT, "credits": json.dumps([dict(c) for c in gazetteer.credits], ensure_ascii=False)}
        if table in layers.FEATURES:
            shapes, kinds = _shapes(features)
            fields.append(arrow.field(GEOMETRY, arrow.binary()))
            made.append(shapes)
            about["geo"] = json.dumps(_geo(kinds))
        schema = arrow.schema(fields, metadata=about)
        arrays = [arrow.array(values, type=field.type) for values, field in zip(made, fields, strict=True)]
        sink = arrow.BufferOutputStream()
        parquet.write_table(arrow.Table.from_arrays(arrays, schema=schema), sink)
        yield sink.getvalue().to_pybytes()

    return export


def _field(arrow: Any, column: Column) -> Any:
    return arrow.field(column.name, _type(arrow, column), metadata={"description": column.meaning})


def _type(arrow: Any, column: Column) -> Any:
    if column.item:
        return arrow.list_(arrow.struct([_field(arrow, inner) for inner in columns.of(column.item).values()]))
    return {
        "text": arrow.string(),
        "integer": arrow.int64(),
        "number": arrow.float64(),
        "day": arrow.date32(),
        "flag": arrow.bool_(),
        "texts": arrow.list_(arrow.string()),
        "range": arrow.list_(arrow.int64()),
        "spans": arrow.list_(arrow.list_(arrow.int64())),
    }[column.type]


def _values(rows: list[Record], column: Column) -> list[Any]:
    return [_value(row[column.name], column) for row in rows]


def _value(value: Any, column: Column) -> Any:
    """Return a value with its days as days, however deep they stand."""
    if value is None:
        return None
    if column.type == "day":
        return date.fromisoformat(value)
    if column.item:
        inner = columns.of(column.item)
        return [{name: _value(item[name], inner[name]) for name in inner} for item in value]
    return value


def _shapes(features: list[Record]) -> tuple[list[bytes | None], list[str]]:
    import shapely
    from shapely.geometry import shape

    drawn = [shape(feature["geometry"]) if feature["geometry"] else None for feature in features]
    return [shapely.to_wkb(one) if one else None for one in drawn], sorted({one.geom_type for one in drawn if one})


def _geo(kinds: list[str]) -> Record:
    from pyproj import CRS

    located = {"encoding": "WKB", "geometry_types": kinds, "crs": CRS.from_epsg(4326).to_json_dict()}
    return {"version": "1.0.0", "primary_column": GEOMETRY, "columns": {GEOMETRY: located}}
