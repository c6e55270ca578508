"""The events of a run, and those of another or a table of the user's own -> what both have, what one has alone, and where they differ.

Two records match when three things hold of them:

- Place: they are of one district; or one is known by its province alone, and the other lies in it. What
  neither gazetteer nor table can place matches by the name as written.
- Day: their days can be the same. Time precision 1 is the day itself, 2 the three days before and after it, 3 its month.
- Type: where both have a sub-event type, they belong to the same event type; where one has none, nothing is asked.

Each record has at most one partner. The closest pair comes first: the same place before the same district before
the province, the same sub-event type before another, then the fewest days apart. Of two runs, records
with the same event_id are partners before all that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mapper.exports.comparison.entries import Entry, differences, read, read_table
from mapper.exports.comparison.pairs import Pair, pair, reasons
from mapper.exports.views.view import aside, table

if TYPE_CHECKING:
    import geopandas
    import pandas

    from mapper.gazetteer import Gazetteer

__all__ = ["Comparison", "compare"]

SHOWN = 20
"""Rows of each part that a notebook shows."""

WHY = "why_unmatched"
"""The column that says why a record has no partner."""


@dataclass(frozen=True, eq=False)
class Comparison:
    """Two sets of events held against each other; `here` is the run that was asked, `there` the other side.

    `both` has a row for each pair: here and there (ids, or row numbers of a table without ids), matched_by,
    place, event_date and sub_event_type as here, differing (the fields, as a list).
    `differing` has a row for each field of a pair on which they do not agree: here, there, place, field,
    value_here, value_there. `only_here` and `only_there` are rows of the events and of the other
    table without a partner, with one column more, why_unmatched.
    """

    both: pandas.DataFrame
    only_here: geopandas.GeoDataFrame
    only_there: pandas.DataFrame
    differing: pandas.DataFrame

    def summary(self) -> str:
        """Return one line of numbers: what matches, what differs in which fields, what stands alone."""
        fields = Counter(self.differing["field"])
        apart = ", ".join(f"{field} ({times})" for field, times in fields.items()) or "none"
        return (
            f"{len(self.both)} in both, {len(self.only_here)} only here, {len(self.only_there)} only there. "
            f"Fields that differ: {apart}."
        )

    def __repr__(self) -> str:
        """Return the line of numbers, for a prompt."""
        return f"<Comparison: {self.summary()}>"

    def __str__(self) -> str:
        """Return the line of numbers."""
        return self.summary()

    def _repr_html_(self) -> str:
        parts = (
            ("In both", self.both),
            ("Differing", self.differing),
            ("Only here", self.only_here),
            ("Only there", self.only_there),
        )
        return f"<p>{aside(self.summary())}</p>" + "".join(_part(title, frame) for title, frame in parts if len(frame))


def compare(
    here: geopandas.GeoDataFrame, other: pandas.DataFrame | str | Path, gazetteer: Gazetteer, theirs: Gazetteer | None = None
) -> Comparison:
    """Match events with those of another run, which has a gazetteer of its own, or with a user's frame or CSV file.

    TableError when that lacks a day or a place.
    """
    import pandas

    there = other if isinstance(other, pandas.DataFrame) else read_table(Path(other))
    where = "the table" if isinstance(other, pandas.DataFrame) else str(other)
    mine = read(here, gazetteer, "the run", run=True)
    others = read(there, theirs or gazetteer, where, run=theirs is not None)
    pairs = pair(mine, others)
    return Comparison(
        _both(pairs),
        _alone(here, mine, {found.here.at for found in pairs}, others),
        _alone(there, others, {found.there.at for found in pairs}, mine),
        _differing(pairs),
    )


def _both(pairs: Sequence[Pair]) -> pandas.DataFrame:
    rows: list[dict[str, object]] = [
        {
            "here": found.here.id,
            "there": found.there.id,
            "matched_by": found.by,
            "place": found.here.name,
            "event_date": found.here.day,
            "sub_event_type": found.here.sub_event_type,
            "differing": [field for field, _, _ in differences(found.here, found.there)],
        }
        for found in pairs
    ]
    types = {"here": "string", "there": "string", "matched_by": "string", "place": "string"}
    return _frame(rows, types | {"event_date": "datetime64[s]", "sub_event_type": "string", "differing": "object"})


def _differing(pairs: Sequence[Pair]) -> pandas.DataFrame:
    rows: list[dict[str, object]] = [
        {"here": here.id, "there": there.id, "place": here.name, "field": field, "value_here": ours, "value_there": theirs}
        for here, there, _ in pairs
        for field, ours, theirs in differences(here, there)
    ]
    return _frame(rows, dict.fromkeys(("here", "there", "place", "field", "value_here", "value_there"), "string"))


def _frame(rows: Sequence[dict[str, object]], types: dict[str, str]) -> pandas.DataFrame:
    import pandas

    return pandas.DataFrame({name: pandas.Series([row[name] for row in rows], dtype=type_) for name, type_ in types.items()})


def _alone(frame: Any, entries: Sequence[Entry], taken: Collection[int], others: Sequence[Entry]) -> Any:
    """Return the rows that have no partner, and why; a frame with places stays one."""
    import pandas

    alone = [entry for entry in entries if entry.at not in taken]
    why = pandas.array(reasons(alone, others), dtype="string")
    return frame.iloc[[entry.at for entry in alone]].assign(**{WHY: why})


def _part(title: str, frame: pandas.DataFrame) -> str:
    told = (
        "here",
        "there",
        "event_id",
        "place",
        "location",
        "event_date",
        "sub_event_type",
        "field",
        "value_here",
        "value_there",
    )
    columns = [name for name in (*told, "matched_by", "differing", WHY) if name in frame.columns]
    if title == "Only there" and not {"event_id", "location"} & set(columns):
        columns = [*frame.columns.drop(WHY)[:6], WHY]
    rows = [[aside(_words(cell)) for cell in row] for row in frame[columns].head(SHOWN).itertuples(index=False)]
    more = f"<p>and {len(frame) - SHOWN} more</p>" if len(frame) > SHOWN else ""
    return f"<h4>{title} ({len(frame)})</h4>{table(map(aside, columns), rows)}{more}"


def _words(cell: object) -> str:
    import pandas

    if isinstance(cell, list):
        return ", ".join(map(str, cell))
    if not pandas.api.types.is_scalar(cell):
        return str(cell)
    return "" if pandas.isna(cell) else str(cell.date() if isinstance(cell, pandas.Timestamp) else cell)  # type: ignore[call-overload]
