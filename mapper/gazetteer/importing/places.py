"""What the files say -> the places of the tables, each with its codes and names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from mapper.gazetteer.importing.areas import inner_point
from mapper.gazetteer.importing.dump import Found
from mapper.gazetteer.importing.entry import Entry, entry_of
from mapper.gazetteer.importing.provinces import find_parents
from mapper.gazetteer.importing.rows import GEONAMES
from mapper.gazetteer.importing.seats import seat_district, seat_provinces
from mapper.gazetteer.importing.sources import Sources
from mapper.model import Kind


def assemble(sources: Sources) -> list[Entry]:
    """Return the country where the bundled world lacks it, then provinces, districts and places, each with its names."""
    layer, label, names = sources.layer, sources.order.label, sources.names
    inside: dict[int, list[Found]] = defaultdict(list)
    for found in sources.dump.places:
        inside[found.district].append(found)
    provinces: dict[str, Entry] = {}
    districts: list[Entry] = []
    places: list[Entry] = []
    for index, (district, parent) in enumerate(zip(layer.districts, find_parents(sources), strict=True)):
        point = inner_point(district.area)
        code = f"ADM{layer.level}"
        unit = Entry(district.pcode, Kind.DISTRICT, code, point, label, parent.pcode, district.pcode, inferred=True)
        unit.spell(dict.fromkeys(district.names, False), label)
        districts.append(unit)
        if parent.pcode not in provinces:
            provinces[parent.pcode] = Entry(parent.pcode, Kind.PROVINCE, "ADM1", point, label, parent.pcode, inferred=True)
        provinces[parent.pcode].spell(dict.fromkeys(parent.names, False), parent.source)
        places += _places(unit, inside[index], sources)
    _name_units(sources, districts, provinces)
    seat_provinces(provinces, places, sources.forms)
    places.sort(key=lambda place: (place.admin2, place.name, place.id))
    state = sources.state
    country = [entry_of(state, sources.country, Kind.COUNTRY, names[state.id])] if state else []
    return [*country, *(provinces[pcode] for pcode in sorted(provinces)), *districts, *places]


def _places(district: Entry, inside: Sequence[Found], sources: Sources) -> list[Entry]:
    """Return the places of a district; one that is nothing but its seat goes into it."""
    merged = seat_district(district, inside, sources.names, sources.forms)
    made = []
    for found in inside:
        if found.row is not merged:
            place = entry_of(found.row, found.row.place_id, found.kind, sources.names[found.row.id])
            place.admin1, place.admin2 = district.admin1, district.admin2
            made.append(place)
    return made


def _name_units(sources: Sources, districts: Sequence[Entry], provinces: Mapping[str, Entry]) -> None:
    """Give a unit the names of its own record in GeoNames: one that lies in it and shares a name with it."""
    for record in sorted(sources.dump.records, key=lambda record: record.row.id):
        district, spelt = districts[record.district], sources.names[record.row.id]
        unit = provinces[district.admin1] if record.kind is Kind.PROVINCE else district
        if sources.forms.shared(unit.names, spelt):
            unit.spell(spelt, GEONAMES)
