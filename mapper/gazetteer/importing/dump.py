"""A GeoNames country dump and outlines -> the rows that are kept, each with its kind and its district.

The dump is read row by row: what is kept of it waits in batches until the outlines have said which
district it lies in, so that memory grows with what is kept and not with what is read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from mapper.errors import TableError
from mapper.gazetteer.importing.areas import Area
from mapper.gazetteer.importing.atlas import Atlas
from mapper.gazetteer.importing.kept import RECORDS, kept_as
from mapper.gazetteer.importing.rows import Row, dump_rows
from mapper.model import Kind

BATCH = 20_000
"""Rows that wait for their districts at a time."""

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class Found(NamedTuple):
    """A kept row, the district it lies in by its index, and whether inside the outline or only near it."""

    row: Row
    kind: Kind
    district: int
    inside: bool


@dataclass(slots=True)
class Dump:
    """What was kept of a dump: places, records of the units themselves, and of states by their codes.

    `alpha2` is the country code of most places inside the outlines, `newest` the day of the last
    change; `outside` counts the places that lie in no district, or in a strip of a neighbour.
    """

    rows: int = 0
    newest: str = ""
    alpha2: str = ""
    places: list[Found] = field(default_factory=list)
    records: list[Found] = field(default_factory=list)
    states: dict[str, Row] = field(default_factory=dict)
    outside: int = 0

    @property
    def state(self) -> Row | None:
        """The record of the country itself."""
        return self.states.get(self.alpha2)


def read_dump(file: Path, areas: Sequence[Area], *, every_village: bool = False) -> Dump:
    """Read a dump against the outlines of districts; TableError names the row that is at fault."""
    dump = Dump()
    atlas = Atlas(areas)
    kept = _kept(file, dump, every_village=every_village)
    while batch := list(islice(kept, BATCH)):
        spots = atlas.spots([row.point for row, _ in batch])
        for (row, kind), spot in zip(batch, spots, strict=True):
            if spot:
                (dump.records if row.code in RECORDS else dump.places).append(Found(row, kind, *spot))
            else:
                dump.outside += row.code not in RECORDS
    dump.alpha2 = most(Counter(found.row.country for found in dump.places if found.inside))
    ours = [found for found in dump.places if found.inside or found.row.country in (dump.alpha2, "")]
    dump.outside += len(dump.places) - len(ours)
    dump.places = ours
    _check_ids(file, (found.row.id for found in (*dump.places, *dump.records)))
    return dump


def _kept(file: Path, dump: Dump, *, every_village: bool) -> Iterator[tuple[Row, Kind]]:
    """Yield the rows that are kept, records of states apart; the rest goes straight into what is said of the dump."""
    for row in dump_rows(file):
        dump.rows += 1
        if row.modified > dump.newest and _DAY.fullmatch(row.modified):
            dump.newest = row.modified
        kind = kept_as(row, every_village=every_village)
        if kind is Kind.COUNTRY:
            dump.states.setdefault(row.country, row)
        elif kind is not None:
            yield row, kind


def most(counts: Counter[str]) -> str:
    """Return what is counted most often, the first in the alphabet of several; "" of nothing."""
    return min(counts, key=lambda item: (-counts[item], item), default="")


def _check_ids(file: Path, ids: Iterable[int]) -> None:
    counts = Counter(ids)
    twice = sorted(id for id, count in counts.items() if count > 1)
    if twice:
        raise TableError(f"{file}: geonameid {twice[0]} stands twice; expected each place once")
