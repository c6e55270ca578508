"""A table of events, ours or the user's -> entries that can be compared. Knows by which names columns go."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mapper.errors import TableError
from mapper.exports import days
from mapper.exports.acled import MONTHS
from mapper.gazetteer import UNITS, inside
from mapper.model import SUB_EVENT_TYPES, Kind, Place
from mapper.text import fold

if TYPE_CHECKING:
    import pandas

    from mapper.gazetteer import Gazetteer

COLUMNS = {
    "id": ("event_id", "event_id_cnty", "id"),
    "day": ("event_date", "date", "day"),
    "precision": ("time_precision",),
    "code": ("place_id",),
    "unit": ("admin2_pcode", "adm2_pcode", "pcode", "admin1_pcode", "adm1_pcode"),
    "location": ("location", "place", "place_name", "village"),
    "district": ("admin2", "adm2_en", "district"),
    "province": ("admin1", "adm1_en", "province"),
    "event_type": ("event_type",),
    "sub_event_type": ("sub_event_type",),
}
"""What is looked for -> the names of its column, the first that has a value counts. Case, blanks and hyphens do not matter.

Of `unit` all count: the finest that the gazetteer knows holds the place, or is it.
"""

NAMES = ("location", "district", "province")
"""Names of where an event was, from the smallest to the largest."""

PLACES = ("code", "unit", *NAMES)
"""Any one of them says where an event was."""

BLANK = {
    **dict.fromkeys(("sub_event_type", "actor1", "actor2", "fatalities"), "unknown"),
    "fatalities_high": "open",
    **dict.fromkeys(("status", "confidence", "independent_origins"), "unknown"),
}
"""Columns that are compared as they are, where both sides have them, each with what a blank cell of a run means.
Day and place are compared by what they mean."""

TYPES = {fold(sub): type_ for sub, type_ in SUB_EVENT_TYPES.items()}
"""Sub-event type, folded -> event type."""

_DAY_OF_MONTH = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3,9})[ -](\d{4})")


@dataclass(frozen=True)
class Entry:
    """A row as it is compared. `at` is its position in the table; `unplaced` says why it has no place, `undated` why no day."""

    at: int
    id: str
    day: date | None
    undated: str | None
    precision: int
    place: Place | None
    unplaced: str | None
    district: str | None
    name: str | None
    event_type: str | None
    sub_event_type: str | None
    compared: Mapping[str, str | None]

    @property
    def province(self) -> str | None:
        """The P-code of the province that it lies in, or is."""
        return self.place.admin1_pcode if self.place else None

    def window(self) -> tuple[date, date] | None:
        """Return the first and the last day on which it may have been, None when nobody knows."""
        return days.window(self.day.isoformat(), self.precision) if self.day else None


def read_table(path: Path) -> pandas.DataFrame:
    """Read a CSV file, every cell as text; TableError when it is none."""
    import pandas

    try:
        frame = pandas.read_csv(path, dtype="string", encoding="utf-8-sig")
    except (OSError, ValueError) as fault:
        why = str(fault).splitlines()[0] if str(fault) else type(fault).__name__
        raise TableError(f"{path}: cannot be read ({why}); expected a CSV table of events in UTF-8") from fault
    tags = frame.iloc[0].dropna() if len(frame) else ()
    return frame.iloc[1:] if len(tags) and all(tag.startswith("#") for tag in tags) else frame  # a row of HXL tags


def read(frame: pandas.DataFrame, gazetteer: Gazetteer, where: str, *, run: bool) -> list[Entry]:
    """Return the rows as entries, in their order; TableError names the column that is missing from the table `where`.

    A blank cell of a `run` says that nobody stated it; one of a user's table says nothing, and is not compared.
    """
    known = {re.sub(r"[\s-]+", "_", str(name).strip().lower()): at for at, name in reversed(list(enumerate(frame.columns)))}
    columns = {what: [known[name] for name in names if name in known] for what, names in COLUMNS.items()}
    if not columns["day"]:
        raise TableError(f"{where}: no column for the day of an event; expected one of {', '.join(COLUMNS['day'])}")
    if not any(columns[what] for what in PLACES):
        names = ", ".join(name for what in PLACES for name in COLUMNS[what])
        raise TableError(f"{where}: no column for the place of an event; expected one of {names}")
    compared = {name: known[name] for name in BLANK if name in known}
    finder = _Finder(gazetteer, asks=not run)
    return [
        _entry(
            at,
            {what: tuple(_known(row[i] for i in indices)) for what, indices in columns.items()},
            {name: next(_known([row[i]]), BLANK[name] if run else None) for name, i in compared.items()},
            finder,
        )
        for at, row in enumerate(frame.itertuples(index=False, name=None))
    ]


def differences(here: Entry, there: Entry) -> Iterator[tuple[str, str, str]]:
    """Yield field, value here and value there, of each field that both know and on which they do not agree."""
    if here.day and there.day and here.day != there.day:
        yield "event_date", here.day.isoformat(), there.day.isoformat()
    if here.place and there.place and here.place.id != there.place.id:
        yield "location", _told(here.place), _told(there.place)
    for field, ours in here.compared.items():
        theirs = there.compared.get(field)
        if ours is not None and theirs is not None and fold(ours) != fold(theirs):
            yield field, ours, theirs


def _told(place: Place) -> str:
    return f"{place.name} ({place.id})"


def _known(cells: Any) -> Iterator[Any]:
    """Yield the cells that hold something, text stripped and numbers as people write them."""
    import pandas

    for cell in cells:
        if isinstance(cell, str):
            cell = cell.strip()
        if pandas.api.types.is_scalar(cell) and not pandas.isna(cell) and cell != "":
            yield cell if isinstance(cell, date) else _plain(str(cell))


def _plain(text: str) -> str:
    """Return a number without the decimals that a spreadsheet gave it; any other text as it is."""
    return re.sub(r"^(-?\d+)\.0+$", r"\1", text)


def _entry(at: int, cells: Mapping[str, tuple[Any, ...]], compared: Mapping[str, Any], finder: _Finder) -> Entry:
    row = {what: next(iter(filled), None) for what, filled in cells.items()}
    day, undated = _day(row["day"])
    named = {what: str(row[what]) for what in NAMES if row[what] is not None}
    place, unplaced = finder.place(row["code"], cells["unit"], named)
    listed = finder.gazetteer.listed(place) if place else None
    sub = str(row["sub_event_type"]) if row["sub_event_type"] is not None else None
    precision = str(row["precision"])
    return Entry(
        at=at,
        id=str(row["id"]) if row["id"] is not None else f"row {at + 1}",
        day=day,
        undated=undated,
        precision=int(precision) if precision in ("2", "3") else 1,
        place=place,
        unplaced=unplaced,
        district=listed.id if listed else None,
        name=place.name if place else next(iter(named.values()), None),
        event_type=str(row["event_type"]) if row["event_type"] is not None else TYPES.get(fold(sub or "")),
        sub_event_type=sub,
        compared={name: None if cell is None else str(cell) for name, cell in compared.items()},
    )


def _day(cell: Any) -> tuple[date | None, str | None]:
    """Return a day, or why it is none; months are known by their English names, whatever the locale."""
    if cell is None:
        return None, "no day"
    if isinstance(cell, datetime):  # pandas' Timestamp is one
        return cell.date(), None
    if isinstance(cell, date):
        return cell, None
    written = str(cell)
    found = _DAY_OF_MONTH.fullmatch(written)
    months = [at for at, name in enumerate(MONTHS, 1) if found and name.lower().startswith(found[2].lower())]
    try:
        if found and len(months) == 1:
            return date(int(found[3]), months[0], int(found[1])), None
        return date.fromisoformat(written[:10]), None
    except ValueError:
        return None, f"{written!r} is no day; expected one like 2021-08-20 or 20 August 2021"


class _Finder:
    """Finds the places of a table, each wording once. What a run did not place is not placed here: it does not `ask`."""

    def __init__(self, gazetteer: Gazetteer, *, asks: bool) -> None:
        self.gazetteer = gazetteer
        self._asks = asks
        self._found: dict[tuple[tuple[str, ...], Kind | None], tuple[Place | None, str | None]] = {}

    def place(self, code: Any, units: Sequence[Any], named: Mapping[str, str]) -> tuple[Place | None, str | None]:
        """Return the finest place that is known, or None and why.

        A place's own code decides. Codes of units may say no more than in what it lies, as admin1_pcode does
        beside a district's name: a place so named that lies in the finest of them is finer still.
        """
        own = self._of_code(code)
        unit = own or min(filter(None, map(self._of_code, units)), key=_breadth, default=None)
        if own or (unit and unit.kind not in UNITS) or not (named and self._asks):
            codes = [written for written in (code, *units) if written is not None]
            return unit, None if unit else f"no place {str(codes[0])!r}" if codes else "not placed"
        if unit is None:
            return self._of_names(named)
        found, _ = self._of_names({**_names(unit), **named})
        return (found if found and inside(found, unit) else unit), None

    def _of_code(self, code: Any) -> Place | None:
        return self.gazetteer.places.get(str(code))

    def _of_names(self, named: Mapping[str, str]) -> tuple[Place | None, str | None]:
        """Return the place of names, or None and why.

        A village that the gazetteer does not know is answered by its district, or by its province where no district is given.
        """
        names = tuple(named[what] for what in NAMES if what in named)
        kind = None if "location" in named else Kind.DISTRICT if "district" in named else Kind.PROVINCE
        if (names, kind) not in self._found:
            answer = self.gazetteer.answer(", ".join(dict.fromkeys(names)), kind=kind)
            self._found[names, kind] = (answer.matches[0].place, None) if answer.matches else (None, answer.refused)
        return self._found[names, kind]


def _names(unit: Place) -> dict[str, str]:
    """Return the names of a unit and of what holds it, by what they are looked for as."""
    return {what: name for what, name in (("district", unit.admin2), ("province", unit.admin1)) if name}


def _breadth(place: Place) -> int:
    """Return how much a place may hold: a district less than a province, what is no unit least."""
    return -UNITS.index(place.kind) if place.kind in UNITS else -len(UNITS)
