"""Records -> pandas and geopandas frames with right dtypes; geometry in WGS 84 (EPSG:4326).

Days are datetime64[s] (the news also writes of 1842, which nanoseconds hold, and of 979, which they
do not), counts are nullable Int64, flags nullable booleans, lists and structures stay Python objects.
``help(frames.geo_frame)`` says what each column means.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mapper.exports import columns, layers
from mapper.exports.explanation import speaker
from mapper.exports.records import FIELDS, Record, Records

if TYPE_CHECKING:
    import geopandas
    import pandas

DTYPES = {"text": "string", "integer": "Int64", "number": "float64", "day": "datetime64[s]", "flag": "boolean"}
"""By the type of a column; lists and structures stay Python objects."""

CONTRADICTIONS = {
    **dict.fromkeys(("event_id", "place"), "string"),
    "date": "datetime64[s]",
    **dict.fromkeys(("field", "value"), "string"),
    **dict.fromkeys(("claim_ids", "outlets", "speakers", "quotes"), "object"),
}
"""The columns of contradictions, which are a frame and no file, with their types."""


def frame(records: Records, table: str) -> pandas.DataFrame:
    """Return one of the tables articles, toponyms, claims, origins; claims get each count's bounds as columns."""
    return _typed(table, layers.rows(records, table), list(dict.fromkeys((*FIELDS[table], *layers.names(table)))))


def geo_frame(records: Records, table: str) -> geopandas.GeoDataFrame:
    """Return events or control with their geometry; what could not be placed has none."""
    import geopandas
    from shapely.geometry import shape

    features: list[Record] = getattr(records, table)
    typed = _typed(table, [feature["properties"] for feature in features], list(FIELDS[table]))
    shapes: Any = [shape(feature["geometry"]) if feature["geometry"] else None for feature in features]
    return geopandas.GeoDataFrame(typed, geometry=shapes, crs="EPSG:4326")


def contradictions(records: Records) -> pandas.DataFrame:
    """Return a row for each event, field and value on which its claims disagree, in the order of the events."""
    import pandas

    articles = {row["id"]: row["outlet"] for row in records.articles}
    claims = {row["claim_id"]: row for row in records.claims}
    rows: list[Record] = []
    for event in (feature["properties"] for feature in records.events):
        for field, version in ((said["field"], version) for said in event["contradictions"] for version in said["values"]):
            said_by = [claims[id] for id in version["claim_ids"]]
            rows.append(
                {
                    "event_id": event["event_id"],
                    "place": event["place_name"],
                    "date": event["event_date"],
                    "field": field,
                    "value": version["value"],
                    "claim_ids": version["claim_ids"],
                    "outlets": [articles[claim["article_id"]] for claim in said_by],
                    "speakers": [speaker(claim["attribution"][-1]) for claim in said_by],
                    "quotes": [claim["quote"] for claim in said_by],
                }
            )
    return pandas.DataFrame(
        {name: pandas.Series([row[name] for row in rows], dtype=type_) for name, type_ in CONTRADICTIONS.items()}
    )


def _typed(table: str, rows: list[Record], names: list[str]) -> pandas.DataFrame:
    import pandas

    return pandas.DataFrame({name: pandas.Series([row[name] for row in rows], dtype=_dtype(table, name)) for name in names})


def _dtype(table: str, name: str) -> Any:
    column = columns.of(table).get(name)
    return DTYPES.get(column.type, "object") if column else "Int64"  # the bounds of a count, which a frame alone parts


frame.__doc__ = f"{frame.__doc__}\n\n{columns.describe('articles', 'toponyms', 'claims', 'origins')}"
geo_frame.__doc__ = f"{geo_frame.__doc__}\n\n{columns.describe('events', 'control')}"
