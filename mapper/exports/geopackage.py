"""Records -> GeoPackage, a layer or a table for each of Records, which QGIS and ArcGIS open.

Days are dates, counts integers, flags booleans; columns and their meanings are those of docs/columns.md.
The credits are the file's metadata, and each layer's description says what it holds.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from mapper.exports import columns, credits, days, layers
from mapper.exports.records import FIELDS

if TYPE_CHECKING:
    from mapper.exports.records import Records
    from mapper.gazetteer import Gazetteer

TABLES = tuple(table for table in columns.MEANINGS if table in FIELDS)

CLOCK = "OGR_CURRENT_DATE"
"""GDAL's option for the moment of writing, which the format asks for in each of its tables of contents."""


def write(records: Records, gazetteer: Gazetteer) -> Iterator[bytes]:
    """Yield the bytes of the file. It says that it was changed on the day of the newest article, so that the same run gives the same bytes."""

    def make(path: Path) -> None:
        with _clock(f"{days.newest(records).isoformat()}T00:00:00Z"):
            for number, table in enumerate(TABLES):
                layers.put(
                    path,
                    layers.layer(records, gazetteer, table),
                    layer=table,
                    driver="GPKG",
                    append=number > 0,
                    dataset_metadata=None if number else {"ABOUT": credits.ABOUT, "CREDITS": credits.text(gazetteer)},
                    DESCRIPTION=f"{columns.MEANINGS[table]} {credits.ABOUT}",
                )

    return layers.by_way_of_disk(".gpkg", make)


@contextlib.contextmanager
def _clock(moment: str) -> Iterator[None]:
    """Have GDAL take a moment for now."""
    import pyogrio

    before = pyogrio.get_gdal_config_option(CLOCK)
    pyogrio.set_gdal_config_options({CLOCK: moment})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({CLOCK: before})
