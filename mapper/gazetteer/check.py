"""Looks a gazetteer over for what a reader of its tables would miss: a gazetteer -> flaws, each with its file and row."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mapper import bundle
from mapper.errors import TableError
from mapper.gazetteer.boundaries import Geometry, Position, contains, edges
from mapper.gazetteer.distance import distance
from mapper.gazetteer.kinds import SETTLEMENTS, fits
from mapper.gazetteer.likeness import jaro_winkler, sound
from mapper.gazetteer.relations import akin, inside
from mapper.gazetteer.romanise import all_forms
from mapper.gazetteer.tables import script
from mapper.model import Kind, Place, Point

if TYPE_CHECKING:
    from mapper.gazetteer import Gazetteer
    from mapper.gazetteer.outlines import Fault

TOLERANCE_KM = 5.0
"""How far a point may lie outside its district or province, or a unit's point from its seat: outlines are simplified."""

LIKENESS = 0.92
"""Jaro-Winkler likeness of normal forms from which a name may be another place's. Put into a wrong district of its
province, 73 of 79 Latin names drawn from the bundled tables were found; of those that stand there, 2 were."""

APART = 0.8
"""The likeness below which a name has nothing of its place's official name."""

FEW = 300
"""Names of villages in one province up to which each is held against all others."""

_KM_PER_DEGREE = 111.2
_UNITS = (Kind.PROVINCE, Kind.DISTRICT)
_ROW = {".csv": "row", ".geojson": "feature"}


class Flaw(NamedTuple):
    """What is wrong, and where: a row of a CSV table (the header is row 1) or a feature of a GeoJSON file (from 1).

    `row` is None where a file as a whole is at fault, `place_id` None where no place is.
    """

    file: Path
    row: int | None
    place_id: str | None
    words: str

    def __str__(self) -> str:
        """Return one line for a reader: "places.csv, row 12: AF0907 Andarab: its point lies ..."."""
        at = f", {_ROW.get(self.file.suffix.lower(), 'feature')} {self.row}" if self.row else ""
        return f"{self.file.name}{at}: {self.place_id + ' ' if self.place_id else ''}{self.words}"


class Spelling(NamedTuple):
    """A name as the tables give it, with its normal forms."""

    place: Place
    name: str
    weak: bool
    script: str
    forms: tuple[str, ...]


@dataclass(frozen=True)
class Book:
    """The country's own places in the order of their rows, their names, and where each stands."""

    gazetteer: Gazetteer
    places: tuple[Place, ...]
    names: tuple[Spelling, ...]
    rows: Mapping[str, int]
    name_rows: Mapping[tuple[str, str], tuple[int, ...]]
    units: Mapping[str, Place]

    @cached_property
    def faults(self) -> tuple[tuple[Path, Fault], ...]:
        """What is wrong with the outlines, file by file."""
        from mapper.gazetteer.outlines import faults

        return tuple((file, fault) for file in self.gazetteer.outlines for fault in faults(file, self.units))

    def flaw(self, place: Place, words: str) -> Flaw:
        """Return a flaw of a place's row."""
        file = self.gazetteer.home.folder / "places.csv"
        return Flaw(file, self.rows.get(place.id), place.id, f"{place.name}: {words}")

    def name_flaw(self, name: Spelling, words: str) -> Flaw:
        """Return a flaw of a name's row, or of its place's where names.csv does not list it."""
        rows = self.name_rows.get((name.place.id, name.name))
        if rows is None:
            return self.flaw(name.place, words)
        return Flaw(self.gazetteer.home.folder / "names.csv", rows[-1], name.place.id, f"{name.place.name}: {words}")


def check(gazetteer: Gazetteer) -> tuple[Flaw, ...]:
    """Return the flaws of the country's own places, in the order of CHECKS and of the rows; empty when there are none.

    `load` has refused faulty rows before; what is looked at here is how places, names and outlines
    stand to each other.
    """
    book = _open(gazetteer)
    return tuple(flaw for look in CHECKS for flaw in look(book))


def uncredited(book: Book) -> Iterator[Flaw]:
    """Tables that are nobody's: every output carries whose data they are."""
    if not book.gazetteer.tables.credits:
        about = book.gazetteer.home.folder / "about.toml"
        yield Flaw(about, None, None, "no [[credits]]; expected whose data these are, with source and licence")


def _open(gazetteer: Gazetteer) -> Book:
    folder = gazetteer.home.folder
    rows = {row["place_id"]: number for number, row in enumerate(bundle.read_rows(folder / "places.csv"), 2)}
    name_rows: dict[tuple[str, str], tuple[int, ...]] = defaultdict(tuple)
    for number, row in enumerate(bundle.read_rows(folder / "names.csv"), 2):
        name_rows[row["place_id"], row["name"]] += (number,)
    own = {key: place for key, place in gazetteer.places.items() if place.country == gazetteer.country and key in rows}
    told = [name for name in gazetteer.names if name.place_id in own]
    forms = all_forms({name.name: None for name in told}, "", gazetteer.romanisation)
    names = tuple(Spelling(own[n.place_id], n.name, n.weak, script(n.name), forms[n.name]) for n in told)
    places = tuple(sorted(own.values(), key=lambda place: rows[place.id]))
    units = {place.id: place for place in places if place.kind in _UNITS}
    return Book(gazetteer, places, names, rows, dict(name_rows), units)


# --- names ----------------------------------------------------------------------------------------


def repeated(book: Book) -> Iterator[Flaw]:
    """Names that stand twice for one place, of which the later row alone counts."""
    for name in book.names:
        first, *more = book.name_rows.get((name.place.id, name.name), (0,))
        if more:
            yield book.name_flaw(name, f"its name {name.name!r} stands in row {first}, too")


def uneven(book: Book) -> Iterator[Flaw]:
    """Weak names that another spelling makes strong: whoever looks the name up meets both."""
    strong = {(name.place.id, form): name for name in book.names if not name.weak for form in name.forms}
    for name in book.names:
        other = next((strong[name.place.id, form] for form in name.forms if (name.place.id, form) in strong), None)
        if name.weak and other:
            yield book.name_flaw(name, f"its name {name.name!r} is weak, and {other.name!r} is strong; one name in two spellings")


def namesakes(book: Book) -> Iterator[Flaw]:
    """Strong names that two places of one province share, and neither holds the other."""
    bearers: dict[tuple[str | None, str], dict[str, Spelling]] = defaultdict(dict)
    for name in book.names:
        for form in () if name.weak else name.forms:
            bearers[name.place.admin1_pcode, form].setdefault(name.place.id, name)
    shared: dict[tuple[str, str], tuple[Spelling, Spelling]] = {}
    for alike in bearers.values():
        for pair in combinations(sorted(alike.values(), key=lambda name: book.rows[name.place.id]), 2):
            if _rivals(pair[0].place, pair[1].place):
                shared.setdefault((pair[0].place.id, pair[1].place.id), pair)
    for one, other in sorted(shared.values(), key=lambda pair: (book.rows[pair[1].place.id], book.rows[pair[0].place.id])):
        where = str(book.name_flaw(one, "")).partition(":")[0]
        words = f"its strong name {other.name!r} is one of {one.place.id} {one.place.name}, too ({where}: {one.name!r})"
        yield book.name_flaw(other, f"{words}; one of them must be weak, or both rows are one place")


def _rivals(one: Place, other: Place) -> bool:
    """Whether one name may not mean both: neither holds the other, or they are two of a kind in one district."""
    if one.unit == other.unit and one.unit not in (one.id, other.id):
        return fits(one.kind, other.kind) and one.id not in other.covers and other.id not in one.covers
    return not akin(one, other)


def misjoined(book: Book) -> Iterator[Flaw]:
    """Strong names nearer in spelling to another place of the province than to the other names of their own.

    Looked at are districts, towns and villages, for airports and rivers bear the names of their places;
    villages where they are FEW, because among thousands something always sounds alike. The likeness
    without regard to beginnings (`sound`) must agree, for many names begin alike.
    """
    homes: dict[str, dict[str, list[Spelling]]] = defaultdict(lambda: defaultdict(list))
    villages = Counter(name.place.admin1_pcode for name in book.names if name.place.kind is Kind.VILLAGE)
    for name in book.names:
        few = name.place.kind is Kind.VILLAGE and villages[name.place.admin1_pcode] <= FEW
        if name.place.admin1_pcode and (few or name.place.kind in (Kind.DISTRICT, Kind.CITY)):
            homes[name.place.admin1_pcode][name.place.id].append(name)
    for province in homes.values():
        block = Block([name for names in province.values() for name in names if not name.weak])
        for name in block.names:
            other = _other_home(name, province[name.place.id], block)
            if other:
                words = f"{name.name!r} is nearer to {other.name!r} of {other.place.id} {other.place.name}"
                yield book.name_flaw(name, f"{words} than to its own place's other names; it may be in the wrong row")


class Block:
    """Names that are held against each other, by the letters of their normal forms, so that most pairs need no weighing."""

    def __init__(self, names: Sequence[Spelling]) -> None:
        """Sort the forms of the names by length."""
        self.names = names
        self.nearer = lru_cache(maxsize=None)(jaro_winkler)
        self._bits: dict[tuple[str, int], int] = {}
        self._bearers: dict[str, list[int]] = defaultdict(list)
        for number, name in enumerate(names):
            for form in name.forms:
                self._bearers[form].append(number)
        self._lengths: dict[int, list[tuple[str, int]]] = defaultdict(list)
        for form in self._bearers:
            self._lengths[len(form)].append((form, self._letters(form)))

    def candidates(self, name: Spelling, least: float) -> list[Spelling]:
        """Return, in their order, the names that may be `least` or more like a name: all that are, and some that are not."""
        forms = {other for form in name.forms for other in self._forms(form, least)}
        return [self.names[number] for number in sorted({number for form in forms for number in self._bearers[form]})]

    def _forms(self, form: str, least: float) -> Iterator[str]:
        """Yield the forms that share so many letters with a form that they would be like it if those stood in one order.

        Jaro's likeness is at most (shared / length + shared / other length + 1) / 3, and Winkler adds
        at most 0.4 of what is missing, for four letters at the beginning.
        """
        letters = self._letters(form)
        jaro = (least - 0.4) / 0.6 - 1e-9  # rounding must lose no pair
        for length, others in self._lengths.items():
            shared = (3 * jaro - 1) / (1 / len(form) + 1 / length)
            if shared <= min(len(form), length):
                yield from (other for other, theirs in others if (letters & theirs).bit_count() >= shared)

    def _letters(self, form: str) -> int:
        """Return a form's letters as a set of bits, its second a another than its first."""
        seen: Counter[str] = Counter()
        bits = 0
        for letter in form:
            bits |= 1 << self._bits.setdefault((letter, seen[letter]), len(self._bits))
            seen[letter] += 1
        return bits


def _other_home(name: Spelling, own: list[Spelling], block: Block) -> Spelling | None:
    siblings = [other for other in own if other.name != name.name and other.script == name.script]
    here = _likeness(name, siblings, block.nearer)
    official = [other for other in siblings if other.name == name.place.name]
    foreign = bool(official) and _likeness(name, official, block.nearer) < APART  # several misjoined names are like each other
    if not siblings or (here == 1.0 and not foreign):
        return None
    rivals = [
        other
        for other in block.candidates(name, LIKENESS if foreign else max(LIKENESS, here))
        if other.script == name.script and (here < 1.0 or other.name == other.place.name) and not akin(name.place, other.place)
    ]
    best = max(rivals, key=lambda other: _likeness(name, [other], block.nearer), default=None)
    if best is None:
        return None
    there = _likeness(name, [best], block.nearer)
    sounds = _likeness(name, [best], sound) > _likeness(name, siblings if here < 1.0 else official, sound)
    nearer_there = there > here or foreign
    return best if LIKENESS <= there < 1.0 and sounds and nearer_there else None  # equals are namesakes


def _likeness(name: Spelling, others: Collection[Spelling], measure: Callable[[str, str], float]) -> float:
    return max((measure(one, two) for other in others for one in name.forms for two in other.forms), default=0.0)


# --- links ----------------------------------------------------------------------------------------


def orphans(book: Book) -> Iterator[Flaw]:
    """Places whose parent is no unit, settlements without a district, units without a name in a native script."""
    written = {name.place.id for name in book.names if name.script != "latn"}
    anyone = bool(written)  # a gazetteer that was imported without native names is not faulty 400 times
    for place in book.places:
        for pcode, kind in ((place.admin1_pcode, Kind.PROVINCE), (place.admin2_pcode, Kind.DISTRICT)):
            parent = book.units.get(pcode or "")
            if pcode and (parent is None or parent.kind is not kind):
                yield book.flaw(place, f"{pcode} is said to be its {kind}, and is none")
        if place.kind in SETTLEMENTS and not place.admin2_pcode:
            yield book.flaw(place, f"a {place.kind} without a district")
        if anyone and place.id in book.units and place.id not in written:
            yield book.flaw(place, "no name in a native script")


def links(book: Book) -> Iterator[Flaw]:
    """Seats that lie in another unit or far from its point; places that cover what is no district, or another province's."""
    places = {place.id: place for place in book.places}
    for place in book.places:
        seat = places.get(book.gazetteer.seats.get(place.id, ""))
        if seat and not (place.id in book.units and inside(seat, place)):
            yield book.flaw(place, f"its seat {seat.id} lies in {seat.unit or 'no unit'}")
        elif seat and (away := distance(place.point, seat.point)) > TOLERANCE_KM:
            yield book.flaw(place, f"its point lies {away:.0f} km from its seat {seat.id}")
        for pcode in place.covers:
            words = _covered(place, places.get(pcode))
            if words:
                yield book.flaw(place, f"it covers {pcode}, {words}")


def _covered(place: Place, covered: Place | None) -> str | None:
    if covered is None or covered.kind is not Kind.DISTRICT:
        return "which is no district"
    if covered.id == place.id:
        return "which is itself"
    if place.kind is Kind.DISTRICT and place.valid_to is None and covered.admin1_pcode != place.admin1_pcode:
        return f"a district of another province ({covered.admin1})"
    return None


# --- outlines -------------------------------------------------------------------------------------


def polygons(book: Book) -> Iterator[Flaw]:
    """Outlines that are faulty in themselves or beside each other."""
    for file, fault in book.faults:
        unit = book.units.get(fault.pcode or "")
        yield Flaw(file, fault.feature, fault.pcode, f"{unit.name}: {fault.words}" if unit else fault.words)


def strays(book: Book) -> Iterator[Flaw]:
    """Units without an outline, and points outside the outline of their district or province.

    Silent of outlines that cannot be used: what is wrong with them is said before.
    """
    unusable = {fault.pcode for _, fault in book.faults if fault.unusable}
    try:
        outlines = {pcode: book.gazetteer.boundary(pcode) for pcode in book.units if pcode not in unusable}
    except TableError:
        return
    drawn = {pcode: outline for pcode, outline in outlines.items() if outline}
    for place in book.places:
        if place.id in outlines and place.id not in drawn and not place.covers:
            yield book.flaw(place, "it has no outline")
        away = _strayed(book, place, drawn)
        if away:
            yield book.flaw(place, away)


def _strayed(book: Book, place: Place, outlines: Mapping[str, Geometry]) -> str | None:
    """In words, how far a point is from its district and those it covers, or else from its province."""
    for pcodes in ((place.admin2_pcode, *place.covers), (place.admin1_pcode,)):
        away = {pcode: outside(place.point, outlines[pcode]) for pcode in pcodes if pcode in outlines and pcode}
        nearest = min(away, key=lambda pcode: away[pcode], default="")
        if away and away[nearest] > TOLERANCE_KM:
            return f"its point lies {away[nearest]:.0f} km outside {nearest} {book.units[nearest].name}"
    return None


def outside(point: Point, outline: Geometry) -> float:
    """Return by how many km a point lies outside a Polygon or MultiPolygon, 0 inside it.

    >>> square = {"type": "Polygon", "coordinates": [[[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]]]}
    >>> outside(Point(1, 1), square), round(outside(Point(5, 0), square))
    (0.0, 334)
    """
    return 0.0 if contains(outline, point) else min(_distance(point, a, b) for a, b in edges(outline))


def _distance(point: Point, a: Position, b: Position) -> float:
    """The km from a point to an edge, on a plane that touches the Earth at the point."""
    stretch = math.cos(math.radians(point.latitude))
    (ax, ay), (bx, by) = (((p[0] - point.longitude) * stretch, p[1] - point.latitude) for p in (a, b))
    run, rise = bx - ax, by - ay
    length = run * run + rise * rise
    along = max(0.0, min(1.0, -(ax * run + ay * rise) / length)) if length else 0.0
    return math.hypot(ax + along * run, ay + along * rise) * _KM_PER_DEGREE


CHECKS = (uncredited, repeated, uneven, namesakes, misjoined, orphans, links, polygons, strays)
"""What is looked for, in this order."""
