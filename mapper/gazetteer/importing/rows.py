"""A text file of GeoNames -> its rows, each with its number; a fault names file and row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from mapper.errors import TableError
from mapper.gazetteer.importing.cleaning import clean, unmarked
from mapper.model import Point

GEONAMES = "GeoNames"
"""What the tables call the dump and the table of alternate names."""


class Row(NamedTuple):
    """A row of a country dump as far as it is used; `admin1` is GeoNames' own code, `modified` the day of the last change."""

    id: int
    name: str
    ascii: str
    alternates: str
    point: Point
    code: str
    country: str
    admin1: str
    population: int
    modified: str

    @property
    def title(self) -> str:
        """What the place is called, "" where it has no name."""
        return self.name or self.ascii

    @property
    def place_id(self) -> str:
        """The key of the place in the tables."""
        return f"geonames-{self.id}"

    @property
    def source(self) -> str:
        """Whose the point is."""
        return f"{GEONAMES}:{self.id}"

    @property
    def listed(self) -> Iterator[str]:
        """The names in the row's own list."""
        return unmarked(self.alternates.split(","))


def dump_rows(file: Path) -> Iterator[Row]:
    """Yield the rows of a country dump."""
    for number, cells in tabbed(file, (19,), "GeoNames dump"):
        yield _row(f"{file}, row {number}", cells)


def _row(where: str, cells: Sequence[str]) -> Row:
    try:
        id, population = int(cells[0]), int(cells[14] or 0)
        point = Point(float(cells[5]), float(cells[4]))
    except ValueError as fault:
        raise TableError(f"{where}: {fault}; expected numbers for id, latitude, longitude, population, and no header") from fault
    if not (abs(point.longitude) <= 180 and abs(point.latitude) <= 90):
        raise TableError(f"{where}: latitude {point.latitude}, longitude {point.longitude} is no place on Earth")
    return Row(id, clean(cells[1]), clean(cells[2]), cells[3], point, cells[7], cells[8], cells[10], population, cells[18])


def tabbed(file: Path, widths: Sequence[int], what: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a tab-separated file without quoting, with their numbers; empty lines are passed over."""
    number = 0
    try:
        with file.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                cells = line.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n").split("\t")
                if len(cells) in widths:
                    yield number, cells
                elif cells != [""]:
                    expected = f"expected the {' or '.join(map(str, widths))} of a {what}, parted by tabs"
                    raise TableError(f"{file}, row {number}: {len(cells)} cells, {expected}")
    except UnicodeDecodeError as fault:
        raise TableError(f"{file}, row {number}: not UTF-8 ({fault}); expected the text file of a {what}, unpacked") from fault
    except OSError as fault:
        raise TableError(f"{file}: cannot be read ({fault.strerror}); expected a {what}") from fault
