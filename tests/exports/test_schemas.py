"""The schemas of docs/schemas are made from the code, hold of what a run writes, and refuse what it must not write."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from mapper import pipeline
from mapper.exports import EXPORTERS, FORMATS, Records, schemas

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "schemas"
SCHEMAS = {name.removesuffix(".schema.json"): json.loads(text) for name, text in schemas.documents().items()}
EXPORTS = EXPORTERS | FORMATS["ged"]


@pytest.fixture(scope="module")
def seeds() -> Callable[[str], str]:
    """What a run over the seeds writes, by file."""
    result = pipeline.run(ROOT / "seeds")
    return lambda name: "".join(map(str, EXPORTS[name](result.records, result.gazetteer)))


def values(name: str, text: str) -> list[Any]:
    return [json.loads(line) for line in text.split("\n") if line] if name.endswith(".jsonl") else [json.loads(text)]


def faults(name: str, text: str) -> list[str]:
    check = Draft202012Validator(SCHEMAS[name], format_checker=FormatChecker())
    return [fault.message for value in values(name, text) for fault in check.iter_errors(value)]


def test_the_schemas_are_fresh() -> None:
    kept = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir()}
    assert kept == schemas.documents(), "run `make tables`"


def test_every_file_of_json_and_cells_has_a_schema() -> None:
    assert set(SCHEMAS) == {name for name in EXPORTS if name.endswith((".jsonl", ".geojson", ".csv"))}


JSON = [name for name in SCHEMAS if not name.endswith(".csv")]
CELLS = [name for name in SCHEMAS if name.endswith(".csv")]


@pytest.mark.parametrize("name", JSON)
def test_json_is_as_its_schema_says(name: str, seeds: Callable[[str], str], records: Records, atlas: Any) -> None:
    Draft202012Validator.check_schema(SCHEMAS[name])
    assert values(name, seeds(name))
    assert faults(name, seeds(name)) == []
    assert faults(name, "".join(map(str, EXPORTS[name](records, atlas)))) == []


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("claims.jsonl", lambda row: row.update(status="perhaps")),
        ("claims.jsonl", lambda row: row.update(killed=[None, None])),
        ("claims.jsonl", lambda row: row.update(killed=[-1, None])),
        ("claims.jsonl", lambda row: row.update(event_date="20 August")),
        ("claims.jsonl", lambda row: row.update(event_date="2021-13-40")),
        ("claims.jsonl", lambda row: row.update(place_name="")),
        ("claims.jsonl", lambda row: row.update(more=1)),
        ("claims.jsonl", lambda row: row.pop("quote")),
        ("claims.jsonl", lambda row: row["attribution"][0].update(kind="ghost")),
        ("events.geojson", lambda file: file.update(crs={})),
        ("events.geojson", lambda file: file["features"][0].update(geometry={"type": "Point", "coordinates": [35, 169]})),
        ("events.geojson", lambda file: file["features"][0]["properties"].update(event_id_cnty="AFG1")),
        ("events.geojson", lambda file: file["features"][0]["properties"].update(geo_precision=4)),
        ("events.geojson", lambda file: file["features"][0]["properties"]["claims"][0].pop("quote")),
        ("control.geojson", lambda file: file["features"][0].update(geometry=None)),
        ("control.geojson", lambda file: file["features"][0]["geometry"]["coordinates"][0].__delitem__(slice(2))),
    ],
)
def test_a_schema_refuses(name: str, change: Callable[[Any], Any], records: Records, atlas: Any) -> None:
    value = values(name, "".join(map(str, EXPORTS[name](records, atlas))))[0]
    change(value)
    assert faults(name, json.dumps(value))


# --- cells: what Table Schema says, checked without its library ---------------------------------


READ: dict[str, Callable[[str], Any]] = {
    "string": str,
    "integer": int,
    "number": float,
    "date": date.fromisoformat,
    "boolean": ("false", "true").index,
    "array": json.loads,
}


def is_cell(text: str, field: dict[str, Any]) -> bool:
    rules = field.get("constraints", {})
    if text == "":
        return not rules.get("required")
    if "enum" in rules and text not in rules["enum"]:
        return False
    try:
        value = READ[field["type"]](text)
    except ValueError:
        return False
    return "minimum" not in rules or rules["minimum"] <= value <= rules.get("maximum", value)


@pytest.mark.parametrize("name", CELLS)
def test_cells_are_as_their_schema_says(name: str, seeds: Callable[[str], str], records: Records, atlas: Any) -> None:
    fields = SCHEMAS[name]["fields"]
    for text in (seeds(name), "".join(map(str, EXPORTS[name](records, atlas)))):
        header, *rows = csv.reader(io.StringIO(text, newline=""))
        assert header == [field["name"] for field in fields]
        assert rows
        wrong = [
            (field["name"], cell) for row in rows for field, cell in zip(fields, row, strict=True) if not is_cell(cell, field)
        ]
        assert wrong == []


def test_the_check_of_cells_can_fail() -> None:
    fields = {field["name"]: field for field in SCHEMAS["events.csv"]["fields"]}
    wrong = {
        "event_date": "20 August",
        "fatalities": "-1",
        "geo_precision": "4",
        "event_type": "War",
        "only_by_mutation": "yes",
        "event_id": "",
    }
    assert not [name for name, cell in wrong.items() if is_cell(cell, fields[name])]


def test_a_schema_names_no_address_of_our_own() -> None:
    addresses = {found for text in schemas.documents().values() for found in re.findall(r"https?://[^\"]+", text)}
    assert {address.split("/")[2] for address in addresses} <= {"json-schema.org", "datapackage.org"} | {"example.org"}
