"""Puts a gazetteer to the test: a gazetteer -> how many spellings and place descriptions it answers rightly.

Leave one list out: each list of spellings (`sources` in names.csv) is taken out of the gazetteer in
turn, and each of its spellings is looked up in what is left. A spelling whose place has no other
name in that script is left aside, for the place has gone with the list.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mapper.errors import TableError
from mapper.gazetteer.distance import distance
from mapper.gazetteer.find import Answer
from mapper.gazetteer.relations import akin
from mapper.gazetteer.romanise import is_native
from mapper.gazetteer.tables import Name
from mapper.model import Kind, Place, Point

if TYPE_CHECKING:
    from mapper.gazetteer import Gazetteer

NEAR_KM = 25.0
"""Kilometres within which an answer to a description must lie to be right."""

_COLUMNS = ("description", "pcode", "longitude", "latitude")


class Tally(NamedTuple):
    """Questions answered rightly, wrongly, and not at all."""

    right: int
    wrong: int
    refused: int

    @property
    def precision(self) -> float:
        """The share of the answers that are right; 1 when there are none."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """The share of the questions that are answered rightly; 1 when there are none."""
        return self.right / sum(self) if sum(self) else 1.0


class Trial(NamedTuple):
    """The tallies by what was asked, those of the lists by their labels, and a line for each answer that is not right."""

    tallies: Mapping[str, Tally]
    lists: Mapping[str, Tally]
    faults: tuple[str, ...]

    def figures(self) -> dict[str, float]:
        """Return every figure that a floor can hold, rounded down to four places."""
        return {
            f"{name}.{kind}": int(getattr(tally, kind) * 10_000) / 10_000
            for name, tally in self.tallies.items()
            for kind in ("precision", "recall")
        }


def spellings(gazetteer: Gazetteer) -> Trial:
    """Take each list out in turn and look its spellings up, with the province known and the kind of unit, and without."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    lists: dict[str, Counter[str]] = defaultdict(Counter)
    faults: list[str] = []
    labels = {source for name in gazetteer.names for source in name.sources if _is_home(gazetteer, name) and _is_list(source)}
    for label in sorted(labels):
        rest = _without(gazetteer, label)
        left = {(name.place_id, is_native(name.name)) for name in rest.names}
        printed = {(name.place_id, name.name) for name in rest.names}
        for name in gazetteer.names:
            place = gazetteer.places[name.place_id]
            if label not in name.sources or not _is_home(gazetteer, name) or (place.id, is_native(name.name)) not in left:
                continue
            kind = place.kind if place.kind in (Kind.PROVINCE, Kind.DISTRICT) else None
            within = place.admin1_pcode if place.kind is not Kind.PROVINCE else None
            known = _verdict(rest.answer(name.name, within=within, kind=kind), place)
            bare = _verdict(rest.answer(name.name), place)
            alone = (name.place_id, name.name) not in printed
            lists[label][known] += 1
            for which in ("spellings", "spellings_alone") if alone else ("spellings",):
                counts[which][known] += 1
                counts[f"{which}_bare"][bare] += 1
            if known != "right":
                faults.append(f"{label}: {name.name!r}, {place.id} {place.name}: {known}")
    return Trial(_tallies(counts), _tallies(lists), tuple(faults))


def descriptions(gazetteer: Gazetteer, table: Path) -> Trial:
    """Answer each place description of a table (CSV: description, pcode, longitude, latitude in degrees).

    An answer is right in the district and within NEAR_KM; where the table knows the province alone,
    in it; where it has no P-code, only a refusal is right, or a place without one: abroad, or of no
    one province. TableError names file and row.
    """
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    faults: list[str] = []
    for description, want, point in _rows(table):
        answer = gazetteer.answer(description)
        verdict = _judge(gazetteer, answer, want, point)
        counts["descriptions" if want else "refusals"]["right" if verdict == "far" else verdict] += 1
        if want:
            counts["descriptions_near"]["refused" if verdict == "far" else verdict] += 1
        if verdict != "right":
            got = f", {answer.matches[0].place.id} {answer.matches[0].place.name}" if answer.matches else ""
            faults.append(f"{description!r}, {want or 'to be refused'}: {verdict}{got}")
    return Trial(_tallies(counts), {}, tuple(faults))


def _judge(gazetteer: Gazetteer, answer: Answer, want: str, point: Point) -> str:
    """Return right, far (the district, farther than NEAR_KM), refused (or no more than the province), or wrong."""
    place = answer.matches[0].place if answer.matches else None
    if place is None or (place.unit is None and place.kind is not Kind.COUNTRY):
        return "refused" if want else "right"
    if not want:
        return "wrong" if place.unit else "right"
    listed = gazetteer.listed(place)
    if want in (place.admin1_pcode, listed.id if listed else None):
        return "right" if want == place.admin1_pcode or distance(place.point, point) <= NEAR_KM else "far"
    district = gazetteer.places.get(want)
    wider = listed is None and (place.unit is None or (district is not None and district.admin1_pcode == place.unit))
    return "refused" if wider else "wrong"


def _verdict(answer: Answer, place: Place) -> str:
    if not answer.matches:
        return "refused"
    best = answer.matches[0].place
    if best.id == place.id or (best.unit is not None and best.unit == place.unit):
        return "right"
    return "refused" if akin(best, place) else "wrong"  # what holds it is no answer, and no error


def _without(gazetteer: Gazetteer, label: str) -> Gazetteer:
    names = [name._replace(sources=tuple(source for source in name.sources if source != label)) for name in gazetteer.names]
    tables = replace(gazetteer.tables, names=tuple(name for name in names if name.sources))
    return type(gazetteer)(tables, gazetteer.home, gazetteer.outlines)


def _is_home(gazetteer: Gazetteer, name: Name) -> bool:
    place = gazetteer.places[name.place_id]
    return place.country == gazetteer.country and place.kind is not Kind.COUNTRY


def _is_list(source: str) -> bool:
    """Whether a source is a list of spellings: not one of single rows (GeoNames:1138958), and not made by hand."""
    return ":" not in source and source not in ("press", "unattributed", "placed by hand")


def _rows(table: Path) -> Iterator[tuple[str, str, Point]]:
    try:
        with table.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            if not set(_COLUMNS) <= set(reader.fieldnames or ()):
                raise TableError(f"{table}, row 1: expected the columns {', '.join(_COLUMNS)}")
            for number, row in enumerate(reader, 2):
                if any(row.get(column) is None for column in _COLUMNS):
                    raise TableError(f"{table}, row {number}: expected the columns {', '.join(_COLUMNS)}")
                try:
                    point = Point(float(row["longitude"] or 0), float(row["latitude"] or 0))
                except ValueError as fault:
                    raise TableError(f"{table}, row {number}: longitude and latitude must be degrees ({fault})") from fault
                yield row["description"], row["pcode"], point
    except (OSError, UnicodeDecodeError, csv.Error) as fault:
        raise TableError(f"{table}: cannot be read as CSV ({fault})") from fault


def _tallies(counts: Mapping[str, Counter[str]]) -> dict[str, Tally]:
    return {name: Tally(count["right"], count["wrong"], count["refused"]) for name, count in sorted(counts.items())}
