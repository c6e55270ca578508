"""Reads a gazetteer folder (places.csv, names.csv, about.toml) into checked places, names and credits."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from mapper import bundle
from mapper.errors import TableError, UnknownNameError
from mapper.gazetteer.romanise import is_native
from mapper.model import Kind, Place, Point

_LINK_COLUMNS = ("admin1_pcode", "admin2_pcode", "seat", "covers")
_PLACES = (
    *("place_id", "name", "kind", "feature_code", "longitude", "latitude", "native_fa", "native_ps"),
    *("valid_from", "valid_to", "inferred", "source", *_LINK_COLUMNS),
)
_NAMES = ("place_id", "name", "script", "strength", "sources")
_KINDS = {kind.value: kind for kind in Kind}
_SCRIPTS = {"latn": False, "arab": True}
_STRENGTHS = {"strong": False, "weak": True}
_YES_NO = {"": False, "no": False, "false": False, "0": False, "yes": True, "true": True, "1": True}


class Name(NamedTuple):
    """One spelling of a place, whether it is a weak one, and the lists that print it."""

    place_id: str
    name: str
    weak: bool
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tables:
    """What the tables of one country and of the world say. `seats` maps a unit's P-code to a place id."""

    country: str
    places: Mapping[str, Place]
    names: tuple[Name, ...]
    seats: Mapping[str, str]
    credits: tuple[Mapping[str, str], ...]


def read(folder: Path, country: str) -> Tables:
    """Read `folder`/<country> and `folder`/world; a fault is a TableError that names file and row.

    The world table gives the other countries and their cities; what it says of the country itself
    counts for its name alone, because the country's own table knows its places better.
    """
    own = folder / country
    if not own.is_dir():
        known = ", ".join(sorted(f.name for f in folder.iterdir() if f.is_dir() and f.name != "world"))
        raise UnknownNameError(f"no gazetteer for {country!r}: {own} is missing; there is one for {known or 'no country'}")
    places, names, seats = _folder(own, country, {})
    world = folder / "world"
    if world.is_dir():
        more, their_names, _ = _folder(world, country, places)
        foreign = {key: place for key, place in more.items() if place.country != country or place.kind is Kind.COUNTRY}
        names += [name for name in their_names if name.place_id in foreign]
        places |= foreign
    return Tables(country, places, tuple(names), seats, _credits(own / "about.toml"))


def _folder(folder: Path, country: str, taken: Mapping[str, Place]) -> tuple[dict[str, Place], list[Name], dict[str, str]]:
    table = folder / "places.csv"
    places: dict[str, Place] = {}
    names: list[Name] = []
    seats: dict[str, str] = {}
    rows = _numbered(table, _PLACES)
    titles = {row["place_id"]: row["name"] for _, row in rows}
    for where, row in rows:
        place = _place(where, row, country, titles)
        if place.id in places or place.id in taken:
            raise TableError(f"{where}: place_id {place.id!r} stands twice; an id names one place")
        places[place.id] = place
        names += _own_names(row)
        if row["seat"]:
            seats[place.id] = row["seat"]
    for where, row in rows:
        _check_links(where, row, places)
    return places, _names(folder / "names.csv", places, names), seats


def _numbered(table: Path, columns: Sequence[str]) -> list[tuple[str, dict[str, str]]]:
    if not table.is_file():
        raise TableError(f"{table}: missing; a gazetteer needs this table")
    rows = bundle.read_rows(table)
    absent = [column for column in columns if rows and column not in rows[0]]
    if absent or not rows:
        raise TableError(f"{table}, row 1: no column {', '.join(absent)}" if absent else f"{table}: no rows below the header")
    label = str(table)
    return [(f"{label}, row {number}", row) for number, row in enumerate(rows, 2)]


def _place(where: str, row: dict[str, str], country: str, titles: Mapping[str, str]) -> Place:
    if row["kind"] not in _KINDS:
        raise TableError(f"{where}: kind {row['kind']!r} is unknown; expected one of {', '.join(Kind)}")
    if not row["place_id"] or not row["name"]:
        raise TableError(f"{where}: place_id and name must not be empty")
    place = Place(
        id=row["place_id"],
        name=row["name"],
        kind=_KINDS[row["kind"]],
        country=row.get("country") or country,
        point=_point(where, row),
        feature_code=row["feature_code"] or None,
        admin1=titles.get(row["admin1_pcode"]),
        admin1_pcode=row["admin1_pcode"] or None,
        admin2=titles.get(row["admin2_pcode"]),
        admin2_pcode=row["admin2_pcode"] or None,
        native=row["native_fa"] or row["native_ps"] or None,
        covers=tuple(filter(None, row["covers"].split("|"))),
        valid_from=_day(where, row["valid_from"]),
        valid_to=_day(where, row["valid_to"]),
        inferred=_among(where, "inferred", row["inferred"], _YES_NO),
    )
    _check_codes(where, place)
    return place


def _point(where: str, row: dict[str, str]) -> Point:
    try:
        point = Point(float(row["longitude"]), float(row["latitude"]))
    except ValueError as fault:
        raise TableError(f"{where}: longitude and latitude must be degrees ({fault})") from fault
    if not all(map(math.isfinite, point)) or abs(point.longitude) > 180 or abs(point.latitude) > 90:
        raise TableError(f"{where}: {point.longitude}, {point.latitude} is no place on Earth; longitude comes first")
    return point


def _day(where: str, cell: str) -> date | None:
    try:
        return date.fromisoformat(cell) if cell else None
    except ValueError as fault:
        raise TableError(f"{where}: {cell!r} is no ISO date") from fault


def _among(where: str, column: str, cell: str, known: Mapping[str, bool]) -> bool:
    if cell not in known:
        raise TableError(f"{where}: {column} {cell!r} is unknown; expected one of {', '.join(filter(None, known))}")
    return known[cell]


def _check_codes(where: str, place: Place) -> None:
    own = {Kind.PROVINCE: place.admin1_pcode, Kind.DISTRICT: place.admin2_pcode}.get(place.kind, place.id)
    if own != place.id:
        raise TableError(f"{where}: {place.kind} {place.id} has P-code {own!r}; the place_id of a unit is its P-code")
    if place.kind is Kind.PROVINCE and place.admin2_pcode:
        raise TableError(f"{where}: province {place.id} has a district's P-code {place.admin2_pcode!r}; expected none")
    if place.admin2_pcode and not (place.admin1_pcode and place.admin2_pcode.startswith(place.admin1_pcode)):
        raise TableError(f"{where}: P-code {place.admin2_pcode} is not nested in {place.admin1_pcode or 'a province'}")
    if place.valid_from and place.valid_to and place.valid_from > place.valid_to:
        raise TableError(f"{where}: valid_from {place.valid_from} is after valid_to {place.valid_to}")


def _check_links(where: str, row: dict[str, str], places: Mapping[str, Place]) -> None:
    for column in _LINK_COLUMNS:
        for linked in filter(None, row[column].split("|")):
            if linked not in places:
                raise TableError(f"{where}: {column} {linked!r} is no place_id of this table")


def _own_names(row: dict[str, str]) -> Iterator[Name]:
    spellings = (row["name"], row["native_fa"], row["native_ps"])
    return (Name(row["place_id"], name, False, (row["source"],)) for name in spellings if name)


def _names(table: Path, places: Mapping[str, Place], own: list[Name]) -> list[Name]:
    found = {(name.place_id, name.name): name for name in own}
    lists: dict[str, tuple[str, ...]] = {}
    for where, row in _numbered(table, _NAMES):
        if row["place_id"] not in places:
            raise TableError(f"{where}: place_id {row['place_id']!r} is not in places.csv")
        if not row["name"].strip():
            raise TableError(f"{where}: empty name")
        if _among(where, "script", row["script"], _SCRIPTS) != is_native(row["name"]):
            raise TableError(f"{where}: {row['name']!r} is not written in script {row['script']!r}")
        weak = _among(where, "strength", row["strength"], _STRENGTHS)
        if row["sources"] not in lists:
            lists[row["sources"]] = tuple(filter(None, row["sources"].split("|")))
        found[row["place_id"], row["name"]] = Name(row["place_id"], row["name"], weak, lists[row["sources"]])
    return list(found.values())


def _credits(table: Path) -> tuple[Mapping[str, str], ...]:
    try:
        about = tomllib.loads(table.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise TableError(f"{table}: cannot be read as TOML ({fault}); it must say whom to credit") from fault
    return tuple({key: str(value) for key, value in credit.items()} for credit in about.get("credits", ()))
