"""An order -> all that its files say of a country: districts, kept rows, and the names of both."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from mapper import bundle
from mapper.errors import UnknownNameError
from mapper.gazetteer.importing.districts import Layer, read_districts
from mapper.gazetteer.importing.dump import Dump, read_dump
from mapper.gazetteer.importing.names import Forms, Spelt, read_names
from mapper.gazetteer.importing.order import Order
from mapper.gazetteer.importing.rows import Row


@dataclass(frozen=True, slots=True)
class Sources:
    """What the files say. `names` has the names of each kept row by its id, `forms` the normal forms of all names.

    `title` is what the country is called: by the bundled table of the world, by the dump, or else by
    its code; `state` is its record, where that table does not know it.
    """

    order: Order
    country: str
    title: str
    state: Row | None
    layer: Layer
    dump: Dump
    names: Mapping[int, Spelt]
    forms: Forms


def read_sources(order: Order) -> Sources:
    """Read the files of an order; UnknownNameError when nothing says which country they are about."""
    layer = read_districts(order)
    country = order.country or layer.country
    if not country or not re.fullmatch("[A-Z]{3}", country):
        raise UnknownNameError(f"country {country!r} is not known from {order.boundaries}; expected --country with three letters")
    dump = read_dump(order.geonames, [district.area for district in layer.districts], every_village=order.every_village)
    rows = [found.row for found in (*dump.places, *dump.records)] + ([dump.state] if dump.state else [])
    names = read_names(rows, order.alternate_names)
    spelt = {name: None for some in names.values() for name in some}
    spelt |= {name: None for district in layer.districts for name in (*district.names, *district.parent_names)}
    known = _title_in_the_world(country)
    title = known or (dump.state.name if dump.state else country)
    state = None if known else dump.state
    return Sources(order, country, title, state, layer, dump, names, Forms(spelt, order.romanisation))


def _title_in_the_world(country: str) -> str | None:
    rows = bundle.rows("gazetteer", "world", "places.csv")
    return next((row["name"] for row in rows if row["place_id"] == country), None)
