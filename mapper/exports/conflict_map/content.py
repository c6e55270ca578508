"""Turns the records of a run, and the outlines of the gazetteer, into the one JSON value that the page reads.

Lists of records become tables by column, in which no key and no repeated value is written twice:
``{"length": rows, "columns": {name: [value of each row] | {"all": value} | {"of": [values], "at": [which of them]}}}``.
Offsets are turned from Python's characters into the UTF-16 units in which a browser counts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from mapper import actors, bundle
from mapper.gazetteer import is_temporary
from mapper.model import Kind, Place

if TYPE_CHECKING:
    from mapper.exports.records import Records
    from mapper.gazetteer import Gazetteer

Row = Mapping[str, Any]

GRID = 10_000
"""Outlines are kept in whole steps of 1/10,000 degree, about ten metres: finer than any outline we have."""

_PIECE = 1000
"""Values of a column that are written at a time."""

_NESTED = {"claims", "sources"}
"""Copies of other records inside an event or a ledger entry; the page joins them by id instead."""
_UNSAFE = re.compile("[<>&\u2028\u2029\ud800-\udfff]")


class Content(Mapping[str, Any]):
    """JSON-ready values keyed by kind of record, each made when it is asked for: together they may not fit into memory."""

    def __init__(self, made: Mapping[str, Callable[[], Any]]) -> None:
        """Keep how each is made."""
        self._made = made

    def __getitem__(self, name: str) -> Any:
        """Make a value."""
        return self._made[name]()

    def __iter__(self) -> Iterator[str]:
        """Yield the names in the order of the page."""
        return iter(self._made)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._made)


def content(records: Records, gazetteer: Gazetteer) -> Content:
    """Return all that the page shows."""
    count = {article["id"]: _utf16(article["text"]) for article in records.articles if not article.get("rejected")}
    parties = actors.load(gazetteer.country)
    named = {row[role] for row in records.claims for role in ("actor", "target") if row[role]}
    about = {
        "country": country_name(gazetteer),
        "credits": [dict(credit) for credit in gazetteer.credits],
        "parties": list(parties.by_name),
        "sides": {name: parties.party(name) for name in sorted(named)},
        "rules": {row["rule"]: [row["says"], row["source"]] for row in bundle.rows("coding", "rules.csv")},
    }
    return Content(
        {
            "about": lambda: about,
            "articles": lambda: _table(article for article in records.articles if not article.get("rejected")),
            "rejected": lambda: _table(article for article in records.articles if article.get("rejected")),
            "claims": lambda: _table((_recount(claim, count) for claim in records.claims), without={"quote", "evidence"}),
            "toponyms": lambda: _table((_recount(_refusal(toponym), count) for toponym in records.toponyms), only=_TOPONYM),
            "origins": lambda: _table(records.origins),
            "events": lambda: _table((_flat(feature) for feature in records.events), without=_NESTED),
            "control": lambda: _table((_flat(feature) | _ids(feature) for feature in records.control), without=_NESTED),
            "places": lambda: _table(_places(records, gazetteer)),
            "neighbours": lambda: _neighbours(gazetteer),
            "borders": lambda: [_ring(line) for line in gazetteer.borders()],
            "outlines": lambda: _outlines(gazetteer),
        }
    )


def country_name(gazetteer: Gazetteer) -> str:
    """Return the name of the gazetteer's country, its code if it does not name itself."""
    place = gazetteer.places.get(gazetteer.country)
    return place.name if place else gazetteer.country


def inline(value: Any) -> str:
    """Return a value as JSON that can stand inside a <script> element and that no parser takes for markup."""
    return "".join(inlined(value))


def _written(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def inlined(value: Any, depth: int = 3) -> Iterator[str]:
    """Yield what `inline` returns piece by piece: a table of `content` some values of a column at a time, since a page may be large."""
    if isinstance(value, list) and len(value) > _PIECE:
        for start in range(0, len(value), _PIECE):
            yield "," if start else "["
            yield _written(value[start : start + _PIECE])[1:-1]
        yield "]"
        return
    if not depth or not isinstance(value, Mapping):
        yield _written(value)
        return
    yield "{"
    for number, (key, inner) in enumerate(value.items()):
        yield "," if number else ""
        yield from inlined(key, 0)
        yield ":"
        yield from inlined(inner, depth - 1)
    yield "}"


_TOPONYM = ("article_id", "text", "start", "end", "place_id", "refused", "rivals", "evidence")


def _table(rows: Iterable[Row], only: Sequence[str] = (), without: Collection[str] = ()) -> dict[str, Any]:
    """Return the rows by column, in the order in which the columns first appear."""
    columns: dict[str, list[Any]] = {name: [] for name in only}
    length = 0
    for row in rows:
        for name in row if not only else ():
            if name not in columns and name not in without:
                columns[name] = [None] * length
        for name, column in columns.items():
            column.append(row.get(name))
        length += 1
    return {"length": length, "columns": {name: _column(values) for name, values in columns.items()}}


def _column(values: list[Any]) -> Any:
    """Return a column as it is, or as its distinct values and which of them stands where, if that is shorter."""
    keys = [(json.dumps(value),) if isinstance(value, (list, dict, bool)) else value for value in values]
    distinct = dict(zip(keys, values, strict=True))
    if len(distinct) == 1:
        return {"all": values[0]}
    if 2 * len(distinct) > len(values) or not any(isinstance(key, (str, tuple)) for key in distinct):
        return values
    number = {key: at for at, key in enumerate(distinct)}
    return {"of": list(distinct.values()), "at": [number[key] for key in keys]}


def _flat(feature: Row) -> dict[str, Any]:
    """Return a Feature's properties with its position, when it has one, as `point` [longitude, latitude]."""
    geometry = feature["geometry"]
    point = geometry["coordinates"] if geometry and geometry["type"] == "Point" else None
    return {**feature["properties"], "point": point}


def _ids(feature: Row) -> dict[str, Any]:
    return {"claim_ids": [claim["claim_id"] for claim in feature["properties"]["claims"]]}


def _refusal(toponym: Row) -> Row:
    """Return a place name with the reasons for its place only where it was refused; the page shows no others."""
    return toponym if toponym["refused"] else {**toponym, "rivals": None, "evidence": None}


def _utf16(text: str) -> Callable[[int], int]:
    """Return the function from an offset in characters to the offset in UTF-16 units."""
    if text.isascii() or max(text) < "\U00010000":
        return lambda offset: offset
    steps = [0, *accumulate(2 if character >= "\U00010000" else 1 for character in text)]
    return lambda offset: steps[offset]


def _recount(row: Row, count: Mapping[str, Callable[[int], int]]) -> Row:
    to_units = count[row["article_id"]]
    return {**row, **{end: to_units(row[end]) for end in ("start", "end") if row[end] is not None}}


def _places(records: Records, gazetteer: Gazetteer) -> list[Row]:
    """Return the country's present places and every other one that occurs, with the spellings under which it may be sought."""
    written: dict[str, set[str]] = {}
    for toponym in records.toponyms:
        if toponym["place_id"]:
            written.setdefault(toponym["place_id"], set()).add(toponym["text"])
    used = set(written) | {row["place_id"] for row in (*records.claims, *map(_flat, records.events)) if row["place_id"]}
    return [
        _place(place, written.get(id, set()).union(gazetteer.spellings(id)))
        for id, place in sorted(gazetteer.places.items())
        if id in used or (place.country == gazetteer.country and place.valid_to is None)
    ]


def _place(place: Place, spellings: set[str]) -> Row:
    return {
        "place_id": place.id,
        "name": place.name,
        "native": place.native,
        "kind": place.kind.value,
        "admin1": place.admin1,
        "admin1_pcode": place.admin1_pcode,
        "admin2": place.admin2,
        "admin2_pcode": place.admin2_pcode,
        "point": [place.point.longitude, place.point.latitude],
        "inferred": place.inferred,
        "spellings": sorted(spellings - {place.name}),
        **({"covers": list(place.covers)} if place.covers and not is_temporary(place) else {}),
    }


def _neighbours(gazetteer: Gazetteer) -> list[Row]:
    """Return the names of the countries around, at the points where they are written."""
    return [
        {"name": gazetteer.places[country].name, "native": gazetteer.places[country].native, "point": [at.longitude, at.latitude]}
        for country, points in sorted(gazetteer.neighbours.items())
        for at in points
    ]


def _outlines(gazetteer: Gazetteer) -> dict[str, list[list[list[int]]]]:
    """Return each unit's outline as polygons of rings: x, y, then the steps from one corner to the next, on GRID."""
    outlines = {}
    for id, place in sorted(gazetteer.places.items()):
        geometry = gazetteer.boundary(id) if place.kind in (Kind.PROVINCE, Kind.DISTRICT) else None
        if geometry:
            polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
            outlines[id] = [[_ring(ring) for ring in polygon] for polygon in polygons]
    return outlines


def _ring(corners: Sequence[Sequence[float]]) -> list[int]:
    steps: list[int] = []
    x = y = 0
    for longitude, latitude, *_ in corners:
        east, north = round(longitude * GRID), round(latitude * GRID)
        if not steps or (east, north) != (x, y):
            steps += (east - x, north - y)
        x, y = east, north
    return steps
