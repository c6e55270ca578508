"""What an import is asked to make, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from mapper.errors import UnknownNameError
from mapper.gazetteer.romanise import GENERIC, SYSTEMS


@dataclass(frozen=True, slots=True)
class Order:
    """What to make a folder of, and how.

    A column that is None is looked for by the names that OCHA (COD-AB: ADM2_PCODE, ADM2_EN,
    ADM1_PCODE, ADM1_EN, or adm2_pcode, adm2_name, ...) and geoBoundaries (shapeID, shapeName) give
    it. Features that share a P-code are one district. A file that has names of provinces but no
    P-codes of them gets codes made of the names. A file without provinces takes those of GeoNames:
    a district belongs to the first-order unit (admin1 code) of most places in it, or of the place
    nearest to it; where the dump has no such codes, all districts lie in one made unit.
    """

    geonames: Path
    boundaries: Path
    out: Path
    alternate_names: Path | None = None
    country: str | None = None
    """ISO 3166-1 alpha-3; None reads it from the outlines (iso3, shapeGroup)."""
    pcode_column: str | None = None
    name_column: str | None = None
    parent_pcode_column: str | None = None
    parent_name_column: str | None = None
    tolerance: float = 0.002
    """Degrees: corners of the outlines smaller than the square of this are cut off; 0 keeps all."""
    every_village: bool = False
    romanisation: str = GENERIC
    licence: str = "as stated by its publisher"
    citation: str = "as stated by its publisher"

    @property
    def label(self) -> str:
        """What the tables call the file of outlines; a bar parts two sources there."""
        return self.boundaries.name.replace("|", "_")


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of an import. `outside` counts kept rows that lie in no district, and so are left out."""

    folder: Path
    country: str
    rows: int
    kinds: Mapping[str, int]
    names: int
    weak: int
    outside: int
    notes: tuple[str, ...]
    flaws: tuple[str, ...]


def check_order(order: Order) -> None:
    """Raise UnknownNameError when an order asks for what there is not."""
    if order.romanisation not in SYSTEMS:
        raise UnknownNameError(f"romanisation {order.romanisation!r} is unknown; expected one of {', '.join(SYSTEMS)}")
    if not 0 <= order.tolerance < 1:
        raise UnknownNameError(f"tolerance {order.tolerance}: expected degrees, from 0 to less than 1")
