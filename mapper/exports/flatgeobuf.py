"""Events or control -> FlatGeobuf, columns as in a GeoPackage's layers; what the file is stands in its description.

It has a spatial index only when every row has a place: the format cannot index what has none, and nothing is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from mapper.exports import columns, credits, layers

if TYPE_CHECKING:
    from mapper.exports.records import Records
    from mapper.gazetteer import Gazetteer


def write(table: str) -> Callable[[Records, Gazetteer], Iterator[bytes]]:
    """Return the exporter of one table of Records."""

    def export(records: Records, gazetteer: Gazetteer) -> Iterator[bytes]:
        made = layers.layer(records, gazetteer, table)
        placed = made.shapes is not None and len(made.shapes) > 0 and all(shape is not None for shape in made.shapes)
        what = f"{columns.MEANINGS[table]} {credits.ABOUT}\n\n{credits.text(gazetteer)}"

        def make(path: Path) -> None:
            layers.put(path, made, layer=table, driver="FlatGeobuf", SPATIAL_INDEX=placed, TITLE=table, DESCRIPTION=what)

        return layers.by_way_of_disk(".fgb", make)

    return export
