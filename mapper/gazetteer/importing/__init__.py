"""Turns a GeoNames country dump and a file of district outlines into a folder of tables that `load` reads.

`mapper.gazetteer` does not import it, for it stands on shapely. The same input gives the same bytes.
"""

from __future__ import annotations

from collections import Counter

from mapper.gazetteer.importing.drawing import draw
from mapper.gazetteer.importing.folder import check_folder, put
from mapper.gazetteer.importing.order import Imported, Order, check_order
from mapper.gazetteer.importing.places import assemble
from mapper.gazetteer.importing.sources import read_sources
from mapper.gazetteer.importing.strength import weaken
from mapper.gazetteer.importing.tables import about, names_csv, places_csv

__all__ = ["Imported", "Order", "make"]


def make(order: Order) -> Imported:
    """Make the folder, read it back, look it over, and only then put it in place.

    TableError names the file and the row or feature that is at fault; UnknownNameError says that
    the country or the system of romanisation is not known; OutputError that the folder cannot be
    written, or holds tables that were not made by an import.
    """
    check_order(order)
    check_folder(order.out)
    sources = read_sources(order)
    entries = assemble(sources)
    weaken(entries, sources.forms)
    files = {
        "about.toml": about(sources, entries),
        "places.csv": places_csv(entries),
        "names.csv": names_csv(entries),
        "boundaries.geojson": draw(sources, entries),
    }
    flaws = put(order.out, files)
    spelt = [weak for entry in entries for weak, _ in entry.names.values()]
    kinds = dict(sorted(Counter(entry.kind.value for entry in entries).items()))
    dump = sources.dump
    return Imported(
        order.out, sources.country, dump.rows, kinds, len(spelt), sum(spelt), dump.outside, sources.layer.notes, flaws
    )
