"""Reads a gazetteer folder (places.csv, names.csv, about.toml) into checked places, names and credits."""

from __future__ import annotations

import math
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from mapper import bundle
from mapper.errors import TableError, UnknownNameError
from mapper.gazetteer.romanise import GENERIC, SYSTEMS, is_native, spelling
from mapper.model import Kind, Place, Point

_LINK_COLUMNS = ("admin1_pcode", "admin2_pcode", "seat", "covers")
_PLACES = (
    *("place_id", "name", "kind", "feature_code", "longitude", "latitude", "native_fa", "native_ps"),
    *("valid_from", "valid_to", "inferred", "source", *_LINK_COLUMNS),
)
_NAMES = ("place_id", "name", "script", "strength", "sources")
_KINDS = {kind.value: kind for kind in Kind}
_STRENGTHS = {"strong": False, "weak": True}
_YES_NO = {"": False, "no": False, "false": False, "0": False, "yes": True, "true": True, "1": True}

SCRIPTS = {
    "latn": "LATIN",
    "arab": "ARABIC",
    "armn": "ARMENIAN",
    "beng": "BENGALI",
    "cyrl": "CYRILLIC",
    "deva": "DEVANAGARI",
    "ethi": "ETHIOPIC",
    "geor": "GEORGIAN",
    "grek": "GREEK",
    "gujr": "GUJARATI",
    "guru": "GURMUKHI",
    "hang": "HANGUL",
    "hani": "CJK",
    "hebr": "HEBREW",
    "hira": "HIRAGANA",
    "kana": "KATAKANA",
    "khmr": "KHMER",
    "knda": "KANNADA",
    "laoo": "LAO",
    "mlym": "MALAYALAM",
    "mymr": "MYANMAR",
    "orya": "ORIYA",
    "sinh": "SINHALA",
    "syrc": "SYRIAC",
    "taml": "TAMIL",
    "telu": "TELUGU",
    "tfng": "TIFINAGH",
    "thaa": "THAANA",
    "thai": "THAI",
    "tibt": "TIBETAN",
    "zyyy": "",
}
"""ISO 15924 codes in lower case -> the first word of the Unicode names of their letters; zyyy is any other script."""
_CODES = {first: code for code, first in SCRIPTS.items()}


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
    romanisation: str = GENERIC
    neighbours: Mapping[str, tuple[Point, ...]] = field(default_factory=dict)
    """Country -> the points beyond the border at which a map writes its name."""


class Home(NamedTuple):
    """Where the tables of a country are, and those of the world."""

    folder: Path
    country: str
    world: Path


def locate(root: Path, country: str | None) -> Home:
    """Return the folder of a country: `root` itself where it holds tables, else `root`/<country> (default AFG).

    A folder that is given itself says in about.toml whose it is, and `country` may only agree. The
    world's folder is the one beside the country's, or the bundled one. UnknownNameError when there
    is no such country, TableError when about.toml does not name one.
    """
    bundled = bundle.path("gazetteer")
    if (root / "about.toml").is_file() or (root / "places.csv").is_file():
        about = root / "about.toml"
        named = _toml(about).get("country")
        if not isinstance(named, str) or len(named) != 3:
            raise TableError(f"{about}: country {named!r}; expected three letters of ISO 3166-1")
        if country not in (None, named):
            raise UnknownNameError(f"no gazetteer for {country!r}: {root} is that of {named}")
        return Home(root, named, bundled / "world")
    own = root / (country or "AFG")
    if not own.is_dir():
        among = sorted(f.name for f in root.iterdir() if f.is_dir() and f.name != "world") if root.is_dir() else ()
        raise UnknownNameError(
            f"no gazetteer for {own.name!r}: {own} is missing; there is one for {', '.join(among) or 'no country'}"
        )
    beside = root / "world"
    return Home(own, own.name, beside if beside.is_dir() else bundled / "world")


def read(home: Home) -> Tables:
    """Read the folder of a country and that of the world; a fault is a TableError that names file and row.

    The world table gives the other countries and their cities; what it says of the country itself
    counts for its name alone, because the country's own table knows its places better.
    """
    own, country, world = home
    places, names, seats = _folder(own, country, {})
    if world.is_dir():
        more, their_names, _ = _folder(world, country, places)
        foreign = {key: place for key, place in more.items() if place.country != country or place.kind is Kind.COUNTRY}
        names += [name for name in their_names if name.place_id in foreign]
        places |= foreign
    return Tables(country, places, tuple(names), seats, *_about(own / "about.toml"), _neighbours(own / "about.toml", places))


def script(name: str) -> str:
    """Return the code of the script of a name: that of its first letter, but "arab" wherever `is_native` holds.

    >>> script("Київ"), script("Kyiv"), script("کیف"), script("25")
    ('cyrl', 'latn', 'arab', 'latn')
    """
    if name.isascii():
        return "latn"
    if is_native(name):
        return "arab"
    first = next((unicodedata.name(letter, "") for letter in name if letter.isalpha()), "LATIN")
    code = _CODES.get(first.replace("-", " ").split(" ")[0], "zyyy")
    return "zyyy" if code == "arab" else code


def _folder(folder: Path, country: str, taken: Mapping[str, Place]) -> tuple[dict[str, Place], list[Name], dict[str, str]]:
    table = folder / "places.csv"
    places: dict[str, Place] = {}
    names: list[Name] = []
    seats: dict[str, str] = {}
    rows = _numbered(table, _PLACES)
    nested = _toml(folder / "about.toml").get("nested", True)
    titles = {row["place_id"]: row["name"] for _, row in rows}
    for where, row in rows:
        place = _place(where, row, country, titles)
        _check_codes(where, place, nested=nested)
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
    return Place(
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


def _check_codes(where: str, place: Place, *, nested: bool) -> None:
    """Hold a place's codes to each other; that a district's begins with its province's is OCHA's way and not everyone's."""
    own = {Kind.PROVINCE: place.admin1_pcode, Kind.DISTRICT: place.admin2_pcode}.get(place.kind, place.id)
    former = place.valid_to is not None and own in place.covers  # it takes its eponymous district's code, as a region does
    if own != place.id and not former:
        raise TableError(f"{where}: {place.kind} {place.id} has P-code {own!r}; the place_id of a unit is its P-code")
    if place.kind is Kind.PROVINCE and place.admin2_pcode:
        raise TableError(f"{where}: province {place.id} has a district's P-code {place.admin2_pcode!r}; expected none")
    if place.admin2_pcode and not (place.admin1_pcode and (place.admin2_pcode.startswith(place.admin1_pcode) or nested is False)):
        raise TableError(f"{where}: P-code {place.admin2_pcode} is not nested in {place.admin1_pcode or 'a province'}")
    if place.valid_from and place.valid_to and place.valid_from > place.valid_to:
        raise TableError(f"{where}: valid_from {place.valid_from} is after valid_to {place.valid_to}")


def _check_links(where: str, row: dict[str, str], places: Mapping[str, Place]) -> None:
    for column in _LINK_COLUMNS:
        for linked in filter(None, row[column].split("|")):
            if linked not in places:
                raise TableError(f"{where}: {column} {linked!r} is no place_id of this table")
    district = places.get(row["admin2_pcode"])
    if district and district.admin1_pcode != row["admin1_pcode"]:
        raise TableError(f"{where}: admin1_pcode {row['admin1_pcode']!r}, but {district.id} lies in {district.admin1_pcode}")


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
        if not _written(where, row["name"], row["script"]):
            raise TableError(f"{where}: {row['name']!r} is not written in script {row['script']!r}")
        weak = _among(where, "strength", row["strength"], _STRENGTHS)
        if row["sources"] not in lists:
            lists[row["sources"]] = tuple(filter(None, row["sources"].split("|")))
        found[row["place_id"], row["name"]] = Name(row["place_id"], row["name"], weak, lists[row["sources"]])
    return [name for name in found.values() if _comparable(name.name)]


def _comparable(name: str) -> bool:
    """Whether the rules leave anything of a name to compare; one of which nothing is left would be met by all such names."""
    return name.isascii() or is_native(name) or spelling(name) != ""


def _written(where: str, name: str, code: str) -> bool:
    """Whether a name is in the script of that code; as Latin counts all that is not Arabic, for names mix letters."""
    if code not in SCRIPTS:
        raise TableError(f"{where}: script {code!r} is unknown; expected one of {', '.join(SCRIPTS)}")
    return not is_native(name) if code == "latn" else script(name) == code


def _about(table: Path) -> tuple[tuple[Mapping[str, str], ...], str]:
    """Return the credits, and the system by which names are romanised: the generic one where the table names none."""
    about = _toml(table)
    system = about.get("romanisation", GENERIC)
    if system not in SYSTEMS:
        raise TableError(f"{table}: romanisation {system!r} is unknown; expected one of {', '.join(SYSTEMS)}")
    credits = tuple({key: str(value) for key, value in credit.items()} for credit in about.get("credits", ()))
    return credits, system


def _neighbours(table: Path, places: Mapping[str, Place]) -> dict[str, tuple[Point, ...]]:
    return {country: _points(table, country, at, places) for country, at in _toml(table).get("neighbours", {}).items()}


def _points(table: Path, country: str, at: Any, places: Mapping[str, Place]) -> tuple[Point, ...]:
    """Read the points of a neighbour; TableError where there is no such country or no such point."""
    try:
        points = tuple(Point(float(longitude), float(latitude)) for longitude, latitude in at)
    except (TypeError, ValueError) as fault:
        raise TableError(f"{table}: neighbour {country!r} has {at!r}; expected a list of [longitude, latitude]") from fault
    if country not in places or any(abs(p.longitude) > 180 or abs(p.latitude) > 90 for p in points):
        raise TableError(f"{table}: neighbour {country!r}; expected a country of world/places.csv, and points in degrees")
    return points


def _toml(table: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(table.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise TableError(f"{table}: cannot be read as TOML ({fault}); it must say whom to credit") from fault
