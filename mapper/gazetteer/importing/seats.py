"""Units and the places in them -> the seats of the units, whose points they take."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from mapper.gazetteer.importing.dump import Found
from mapper.gazetteer.importing.entry import Entry
from mapper.gazetteer.importing.kept import CAPITALS, LARGE, SEATS, seat_rank
from mapper.gazetteer.importing.names import Forms, Spelt
from mapper.gazetteer.importing.rows import GEONAMES, Row


def seat_district(district: Entry, inside: Sequence[Found], names: Mapping[int, Spelt], forms: Forms) -> Row | None:
    """Give a district its seat; return the row of one that is no place of its own.

    That is a seat that bears its district's name, as in the bundled tables, unless it is the capital
    of a province or a large town; its names go to the district.
    """
    seat, sure = _seat(district, inside, names, forms)
    if seat is None:
        return None
    district.point, district.source, district.inferred = seat.point, seat.source, not sure
    if seat.code in CAPITALS or seat.population >= LARGE or not forms.shared(district.names, names[seat.id]):
        district.seat = seat.place_id
        return None
    district.spell(names[seat.id], GEONAMES)
    return seat


def _seat(district: Entry, inside: Sequence[Found], names: Mapping[int, Spelt], forms: Forms) -> tuple[Row | None, bool]:
    """Return the seat of a district and whether it is sure: the one seat of GeoNames in it, or the one with its name."""
    rows = [found.row for found in inside]
    towns = [row for row in rows if row.code in SEATS[: 2 + int(district.code[3:])]]
    namesakes = [row for row in rows if row.code.startswith("PPL") and forms.shared(district.names, names[row.id])]
    ours = [row for row in towns if row in namesakes]
    best = min(ours or towns or namesakes, key=lambda row: (seat_rank(row.code), -row.population, row.id), default=None)
    return best, len(ours) == 1 or (not ours and len(towns) == 1)


def seat_provinces(provinces: Mapping[str, Entry], places: Iterable[Entry], forms: Forms) -> None:
    """Give each province its capital as seat and point: the PPLC or PPLA in it, the one with its name before others."""
    capitals: dict[str, list[Entry]] = defaultdict(list)
    for place in places:
        if place.code in CAPITALS:
            capitals[place.admin1].append(place)
    for pcode, towns in capitals.items():
        province = provinces[pcode]
        ours = [town for town in towns if forms.shared(province.names, town.names)]
        best = min(ours or towns, key=lambda town: (seat_rank(town.code), -town.population, town.id))
        province.point, province.source, province.seat = best.point, best.source, best.id
        province.inferred = len(ours or towns) > 1
