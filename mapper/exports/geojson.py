"""Events and control -> GeoJSON (RFC 7946): WGS 84, longitude first; the credits ride as a foreign member."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from mapper.exports import lines
from mapper.exports.credits import ABOUT
from mapper.exports.records import Record, Records

if TYPE_CHECKING:
    from mapper.gazetteer import Gazetteer


def write_events(records: Records, gazetteer: Gazetteer) -> Iterator[str]:
    """Yield a FeatureCollection of events; the geometry of an event that could not be placed is null."""
    return _collect(records.events, gazetteer)


def write_control(records: Records, gazetteer: Gazetteer) -> Iterator[str]:
    """Yield a FeatureCollection of admin units with who is said to hold them."""
    return _collect(records.control, gazetteer)


def _collect(features: list[Record], gazetteer: Gazetteer) -> Iterator[str]:
    head: dict[str, Any] = {
        "type": "FeatureCollection",
        "about": ABOUT,
        "credits": [dict(credit) for credit in gazetteer.credits],
    }
    opening = json.dumps(head, ensure_ascii=False)[:-1]
    yield f'{opening}, "features": [\n'
    for number, feature in enumerate(features):
        yield ",\n" if number else ""
        yield lines.line(feature)
    yield "\n]}\n"
