"""The table of columns -> schemas for every JSON and CSV file that a run writes, and a page that lists every column.

JSON Schema (2020-12) for JSON lines, where it describes a line, and for GeoJSON (RFC 7946), where it
describes the file; Table Schema (Frictionless) for CSV. They are kept in docs/, where `make tables` writes them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from mapper.exports import columns, credits
from mapper.exports.columns import Column
from mapper.exports.records import LINES
from mapper.exports.tables import NESTED

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"

FILES: Mapping[str, tuple[str, ...]] = {
    "events": ("events.geojson", "events.csv", "events.gpkg", "events.parquet", "events.fgb", "events.kml", "events.xlsx"),
    "claims": ("claims.jsonl", "events.gpkg", "claims.parquet", "events.xlsx"),
    "control": ("control.geojson", "events.gpkg", "control.parquet", "control.fgb", "events.kml", "events.xlsx"),
    "toponyms": ("toponyms.jsonl", "events.gpkg", "toponyms.parquet", "events.xlsx"),
    "origins": ("origins.jsonl", "events.gpkg", "origins.parquet", "events.xlsx"),
    "articles": ("articles.jsonl", "events.gpkg", "articles.parquet", "events.xlsx"),
    "ged": ("events.ged.csv",),
}
"""Where each table stands."""

POSITION: Schema = {
    "type": "array",
    "prefixItems": [{"type": "number", "minimum": -180, "maximum": 180}, {"type": "number", "minimum": -90, "maximum": 90}],
    "items": False,
    "minItems": 2,
}
RING: Schema = {"type": "array", "items": {"$ref": "#/$defs/position"}, "minItems": 4}
POLYGON: Schema = {"type": "array", "items": {"$ref": "#/$defs/ring"}, "minItems": 1}

GEOMETRIES: Mapping[str, Schema] = {
    "Point": {"$ref": "#/$defs/position"},
    "Polygon": {"$ref": "#/$defs/polygon"},
    "MultiPolygon": {"type": "array", "items": {"$ref": "#/$defs/polygon"}, "minItems": 1},
}

SHAPES: Mapping[str, tuple[str, ...]] = {"events": ("Point",), "control": tuple(GEOMETRIES)}
"""What the features of a file may be; those of events may also have none."""

CREDIT: Schema = {"type": "object", "additionalProperties": {"type": "string"}}


def documents() -> dict[str, str]:
    """Return all schemas as they stand in docs/schemas, by file name."""
    made: dict[str, Schema] = {f"{table}.jsonl": of_lines(table) for table in LINES}
    made |= {f"{table}.geojson": of_features(table) for table in SHAPES}
    made |= {"events.csv": of_cells("events"), "events.ged.csv": of_cells("ged")}
    return {f"{name}.schema.json": f"{json.dumps(schema, ensure_ascii=False, indent=2)}\n" for name, schema in made.items()}


# --- JSON ---------------------------------------------------------------------------------------


def of_lines(table: str) -> Schema:
    """Return the JSON Schema of a line of a table."""
    head = {"$schema": DIALECT, "title": f"A line of {table}.jsonl", "description": columns.MEANINGS[table]}
    return head | _object(columns.of(table).values()) | _definitions(table)


def of_features(table: str) -> Schema:
    """Return the JSON Schema of a table that is a GeoJSON FeatureCollection."""
    shapes: list[Schema] = [
        {
            "type": "object",
            "properties": {"type": {"const": kind}, "coordinates": GEOMETRIES[kind]},
            "required": ["type", "coordinates"],
            "additionalProperties": False,
        }
        for kind in SHAPES[table]
    ]
    feature: Schema = {
        "type": "object",
        "properties": {
            "type": {"const": "Feature"},
            "id": {"type": "string", "minLength": 1},
            "geometry": {"oneOf": [*shapes, {"type": "null"}] if table == "events" else shapes},
            "properties": {"$ref": f"#/$defs/{table}"},
        },
        "required": ["type", "id", "geometry", "properties"],
        "additionalProperties": False,
    }
    definitions = _definitions(table, table)["$defs"]
    return {
        "$schema": DIALECT,
        "title": f"{table}.geojson",
        "description": f"{columns.MEANINGS[table]} GeoJSON (RFC 7946) in WGS 84, longitude first.",
        "type": "object",
        "properties": {
            "type": {"const": "FeatureCollection"},
            "about": {"const": credits.ABOUT},
            "credits": {"type": "array", "items": CREDIT},
            "features": {"type": "array", "items": feature},
        },
        "required": ["type", "about", "credits", "features"],
        "additionalProperties": False,
        "$defs": {"position": POSITION, "ring": RING, "polygon": POLYGON, **definitions},
    }


def _object(found: Iterable[Column]) -> Schema:
    properties = {column.name: _property(column) for column in found}
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _definitions(table: str, *more: str) -> Schema:
    """Return the structures that stand in a table's rows, however deep."""
    wanted = [*more, *_items(table)]
    return {"$defs": {name: _object(columns.of(name).values()) for name in dict.fromkeys(wanted)}} if wanted else {}


def _items(table: str) -> Iterator[str]:
    for column in columns.of(table).values():
        if column.item:
            yield column.item
            yield from _items(column.item)


TYPES: Mapping[str, Callable[[Column], Schema]] = {
    "text": lambda column: {"type": "string", "minLength": 1} | ({"enum": list(column.allowed)} if column.allowed else {}),
    "integer": lambda column: {"type": "integer"} | _bounds(column),
    "number": lambda column: {"type": "number"} | _bounds(column),
    "day": lambda _: {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
    "flag": lambda _: {"type": "boolean"},
    "texts": lambda _: {"type": "array", "items": {"type": "string"}},
    "range": lambda column: {
        "type": "array",
        "items": {"type": ["integer", "null"]} | _bounds(column),
        "minItems": 2,
        "maxItems": 2,
        "contains": {"type": "integer"},
    },
    "spans": lambda _: {"type": "array", "items": {"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2}},
}
"""The JSON Schema of a value that is known, by its type."""


def _property(column: Column) -> Schema:
    told: Schema = {"description": _meaning(column)}
    if column.blank == "always":
        return told | {"type": "null"}
    if column.item:
        return told | {"type": "array", "items": {"$ref": f"#/$defs/{column.item}"}}
    schema = TYPES[column.type](column)
    if column.blank == "yes":
        schema["type"] = [schema["type"], "null"]
        if "enum" in schema:
            schema["enum"].append(None)
    return told | schema


def _bounds(column: Column) -> Schema:
    bounds = dict(zip(("minimum", "maximum"), column.bounds, strict=True))
    return {name: bound for name, bound in bounds.items() if bound is not None}


def _meaning(column: Column) -> str:
    return f"{column.meaning} Unit: {column.unit}." if column.unit else column.meaning


# --- CSV ----------------------------------------------------------------------------------------

CELLS = {"text": "string", "integer": "integer", "number": "number", "day": "date", "flag": "boolean", "texts": "string"}
"""Table Schema's types of cells; all else is a JSON array."""


def of_cells(table: str) -> Schema:
    """Return the Table Schema of a table that is a CSV file."""
    found = [column for column in columns.of(table).values() if not (table == "events" and column.name in NESTED)]
    return {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "title": columns.MEANINGS[table],
        "fields": [_field(column) for column in found],
        "missingValues": [""],
    }


def _field(column: Column) -> Schema:
    kind = CELLS.get(column.type, "array")
    constraints = _bounds(column) | ({"enum": list(column.allowed)} if column.allowed else {})
    if column.blank == "no" and column.type in CELLS and column.type != "texts":
        constraints["required"] = True
    joined = " Joined by '; '." if column.type == "texts" else ""
    field: Schema = {"name": column.name, "type": kind, "description": _meaning(column) + joined}
    return field | ({"constraints": constraints} if constraints else {})


# --- the page -----------------------------------------------------------------------------------

PAGE = """# Columns

Every column of every file. This page and the schemas beside it ([schemas/](schemas/)) are made by `make tables` from
[data/coding/columns.csv](../data/coding/columns.csv); change that. How the values come about is in the [codebook](codebook.md),
what each format makes of them in [formats](formats.md).

Where a format has no lists (CSV, XLSX, GeoPackage, FlatGeobuf, KML), lists of words are joined by "; ", structures are JSON, and a
range is two columns, `killed` becoming `killed_low` and `killed_high`. A type "range" is `[low, high]`, either end null when it is
open. Blank says whether a value may be unknown, which is null in JSON and an empty cell in tables; "always" is a column that we have
nothing for. The last column is the tag of `--hxl`.
"""

HEADER = "| column | type | unit | blank | meaning | values | example | HXL |\n|---|---|---|---|---|---|---|---|\n"


def page() -> str:
    """Return docs/columns.md: the tables in the order of their files, then the structures that stand in them."""
    named = list(FILES)
    structures = [table for table in columns.tables() if table not in named]
    parts = [PAGE]
    for table in named:
        where = ", ".join(f"`{name}`" for name in FILES[table])
        parts.append(f"\n## {table}\n\n{columns.MEANINGS[table]} In {where}.\n\n{_rows(table)}")
    parts.append("\n## Structures\n\nThe items of lists.\n")
    parts += [f"\n### {table}\n\n{_rows(table)}" for table in structures]
    return "".join(parts)


def _rows(table: str) -> str:
    return HEADER + "".join(
        f"| `{column.name}` | {_linked(column)} | {column.unit or ''} | {column.blank} | {column.meaning} |"
        f" {columns.allowed(column) or ''} | {_code(column.example)} | {_code(column.hxl)} |\n"
        for column in columns.of(table).values()
    )


def _linked(column: Column) -> str:
    return f"list of [{column.item}](#{column.item})" if column.item else column.type


def _code(text: str | None) -> str:
    return f"`{text}`" if text else ""
