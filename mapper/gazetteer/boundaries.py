"""Reads outlines of provinces and districts from GeoJSON, when the first of them is asked for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from mapper.errors import TableError

Geometry = dict[str, Any]

PCODES = ("pcode", "ADM2_PCODE", "adm2_pcode", "ADM1_PCODE", "adm1_pcode")
"""Properties that may hold a feature's P-code, the first present one counts: our own, and OCHA's."""


class Boundaries:
    """Outlines by P-code. A user's own file, if there is one, comes before the bundled one."""

    def __init__(self, bundled: Path, own: Path | None = None) -> None:
        """Remember the files; nothing is read yet."""
        self._files = [file for file in (bundled, own) if file is not None]
        self._read: dict[str, Geometry] | None = None

    def get(self, pcode: str) -> Geometry | None:
        """Return the GeoJSON geometry of a unit, None where no file has one. TableError when a file is faulty."""
        if self._read is None:
            self._read = {code: geometry for file in self._files for code, geometry in _outlines(file).items()}
        return self._read.get(pcode)


def _outlines(file: Path) -> dict[str, Geometry]:
    try:
        features = json.loads(file.read_text(encoding="utf-8-sig"))["features"]
        found = {_pcode(file, number, feature): feature["geometry"] for number, feature in enumerate(features, 1)}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as fault:
        if isinstance(fault, TableError):
            raise
        raise TableError(f"{file}: no GeoJSON FeatureCollection of outlines ({type(fault).__name__}: {fault})") from fault
    for pcode, geometry in found.items():
        if not geometry or geometry.get("type") not in ("Polygon", "MultiPolygon"):
            raise TableError(f"{file}, {pcode}: expected a Polygon or MultiPolygon")
    return found


def _pcode(file: Path, number: int, feature: dict[str, Any]) -> str:
    properties = feature["properties"]
    for name in PCODES:
        if properties.get(name):
            return str(properties[name])
    raise TableError(f"{file}, feature {number}: no P-code; expected a property {' or '.join(PCODES[:2])}")
