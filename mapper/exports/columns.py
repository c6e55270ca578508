"""The table of columns (data/coding/columns.csv): what each column of each file means, of which type, with which values.

The one place where a column is described. The schemas, the codebook's columns, the sheet of an
XLSX, the HXL tags, the types of frames and layers are all made from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from mapper import bundle
from mapper.errors import TableError
from mapper.exports import acled
from mapper.model import SUB_EVENT_TYPES, Control, HopKind, Kind, ShareKind, Standing, Status

MEANINGS: Mapping[str, str] = {
    "events": "Events in ACLED's columns, then our own; without a geometry where no place could be told.",
    "claims": "Who claims what of which place, in which sentence.",
    "control": "Who is said to hold each place, since when, and how surely.",
    "toponyms": "Place names as found, each resolved, or refused with the reason.",
    "origins": "Original speakers' utterances, with the claims and articles that go back to them.",
    "articles": "Inputs, read, or rejected with the reason.",
    "ged": "The events that UCDP's GED would hold, in its columns.",
}
"""What a row of each table is, in the order in which a file of several tables has them."""

TYPES = ("text", "integer", "number", "day", "flag", "texts", "range", "spans")
"""What a value may be; besides these "list of X", where X is a table. A range is ``[low, high]``, either end null when it is open."""

BLANK = ("no", "yes", "always")
"""Whether a value may be unknown; always where we have none to give."""

VALUES: Mapping[str, tuple[str, ...]] = {
    "CivilianTargeting": (acled.TARGETED,),
    "ContradictionField": ("occurred", "date", "place", "actor", "manner", "killed", "wounded"),
    "Control": tuple(Control),
    "Disorder": tuple(dict.fromkeys(acled.DISORDER.values())),
    "EventStatus": (Status.ASSERTED, Status.ONGOING, Status.UNCONFIRMED),
    "EventType": tuple(dict.fromkeys(SUB_EVENT_TYPES.values())),
    "HopKind": tuple(HopKind),
    "Inter": acled.INTER,
    "Kind": tuple(Kind),
    "Medium": ("tweet", "interview", "statement", "broadcast"),
    "MutationField": ("casualties", "control", "place", "manner", "status", "attribution"),
    "ShareKind": tuple(ShareKind),
    "Standing": tuple(Standing),
    "Status": tuple(Status),
    "SubEventType": tuple(SUB_EVENT_TYPES),
}
"""Lists of allowed values by the name that the table gives them."""


class Column(NamedTuple):
    """One column: its type of TYPES, unit, whether it may be blank, what it may hold, its HXL tag, an example, its meaning."""

    table: str
    name: str
    type: str
    unit: str | None
    blank: str
    values: str | None
    hxl: str | None
    example: str | None
    meaning: str

    @property
    def item(self) -> str | None:
        """The table of which each item of a list is a row; None for what is no list of structures."""
        return self.type.removeprefix("list of ") if self.type.startswith("list of ") else None

    @property
    def allowed(self) -> tuple[str, ...]:
        """The values that it may hold, none where it may hold any."""
        return tuple(str(value) for value in VALUES.get(self.values or "", ()))

    @property
    def bounds(self) -> tuple[int | None, int | None]:
        """The least and the greatest number that it may hold, None for an open end."""
        low, dots, high = (self.values or "").partition("..")
        return (int(low) if dots else None, int(high) if high else None)


@cache
def tables() -> Mapping[str, Mapping[str, Column]]:
    """Return the columns by table and name, in their order; TableError for a row that says what is not understood."""
    found: dict[str, dict[str, Column]] = {}
    rows = bundle.rows("coding", "columns.csv")
    for row in rows:
        cells = {name: value or None for name, value in row.items()}
        column = Column(cells.pop("table"), cells.pop("column"), **cells)  # type: ignore[arg-type]
        found.setdefault(column.table, {})[column.name] = column
    for table in found.values():
        for column in table.values():
            _check(column, found)
    return found


def of(table: str) -> Mapping[str, Column]:
    """Return the columns of one table by name."""
    return tables()[table]


def allowed(column: Column) -> str | None:
    """Return in words what a column may hold, None where it may hold anything of its type.

    >>> allowed(of("events")["geo_precision"]), allowed(of("events")["fatalities"]), allowed(of("control")["name"])
    ('1 to 3', '0 or more', None)
    """
    if column.allowed:
        return ", ".join(column.allowed)
    low, high = column.bounds
    if low is None:
        return None
    return f"{low} or more" if high is None else f"{low} to {high}"


def describe(*names: str) -> str:
    """Return the columns of some tables in words, a line each."""
    return "\n".join(
        f"{table}\n" + "\n".join(f"    {column.name} ({column.type}): {column.meaning}" for column in of(table).values())
        for table in names
    )


def _check(column: Column, known: Mapping[str, object]) -> None:
    faults = [
        *([] if column.type in TYPES or column.item in known else [f"type {column.type!r}"]),
        *([] if column.blank in BLANK else [f"blank {column.blank!r}"]),
        *([] if column.values is None or column.values in VALUES or ".." in column.values else [f"values {column.values!r}"]),
        *([] if column.meaning else ["no meaning"]),
    ]
    if faults:
        raise TableError(f"columns.csv, {column.table}.{column.name}: {', '.join(faults)}; expected what columns.py lists")
