"""Events and control -> KML 2.2: a folder for each, a placemark a row, with its days, its words and its columns.

Programs show a description as HTML; words of articles reach it escaped, and a balloon shows nothing else.
What could not be placed is a placemark without a geometry. Characters that XML cannot hold become U+FFFD.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from html import escape
from typing import TYPE_CHECKING, Any

from mapper.exports import columns, credits, days, layers
from mapper.exports.records import Record, Records
from mapper.exports.tables import NESTED, flat

if TYPE_CHECKING:
    from mapper.gazetteer import Gazetteer

ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no way to write."""

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2">
<Document>
<name>{name}</name>
<description>{about}</description>
<Style id="mark"><LineStyle><color>ff404040</color></LineStyle><PolyStyle><color>40404040</color></PolyStyle>\
<BalloonStyle><text>$[description]</text></BalloonStyle></Style>
"""


def write(records: Records, gazetteer: Gazetteer) -> Iterator[str]:
    """Yield the document, the events before the places held."""
    speakers = {claim["claim_id"]: claim["attribution"][-1]["name"] for claim in records.claims}
    about = f"{credits.ABOUT}\n\n{credits.text(gazetteer)}"
    yield HEAD.format(name="Claimed events and control", about=_prose(about))
    yield from _folder("Events", columns.MEANINGS["events"], (_event(feature) for feature in records.events))
    yield from _folder("Control", columns.MEANINGS["control"], (_unit(feature, speakers) for feature in records.control))
    yield "</Document>\n</kml>\n"


def _folder(name: str, meaning: str, placemarks: Iterable[str]) -> Iterator[str]:
    yield f"<Folder>\n<name>{_text(name)}</name>\n<description>{_prose(meaning)}</description>\n"
    yield from placemarks
    yield "</Folder>\n"


def _event(feature: Record) -> str:
    event = feature["properties"]
    where = event["location"] or event["place_name"] or "place unknown"
    words = [event["notes"], *(_quote(claim["quote"], claim["attribution"][-1]["name"]) for claim in event["claims"])]
    return _placemark(feature, "events", f"{event['sub_event_type']}, {where}", words, days.of_event(event))


def _unit(feature: Record, speakers: Mapping[str, str | None]) -> str:
    unit = feature["properties"]
    held = f"{unit['name']}: {unit['holder'] or 'nobody known'} ({unit['status']})"
    since = date.fromisoformat(unit["since"]) if unit["since"] else None
    words = [f"{held}.", *(_quote(claim["quote"], speakers[claim["claim_id"]]) for claim in unit["claims"])]
    return _placemark(feature, "control", unit["name"], words, (since, None) if since else None)


def _quote(quote: str, speaker: str | None) -> str:
    return f"{speaker or 'Unnamed'}: \N{LEFT DOUBLE QUOTATION MARK}{quote}\N{RIGHT DOUBLE QUOTATION MARK}"


def _placemark(feature: Record, table: str, name: str, words: Sequence[str], when: tuple[date, date | None] | None) -> str:
    parts = [
        f'<Placemark id="{_text(feature["id"])}">',
        f"<name>{_text(name)}</name>",
        f"<description>{_prose(chr(10).join(words))}</description>",
        _span(when),
        "<styleUrl>#mark</styleUrl>",
        _data(feature["properties"], table),
        _geometry(feature["geometry"]),
        "</Placemark>",
    ]
    return "\n".join(filter(None, parts)) + "\n"


def _span(when: tuple[date, date | None] | None) -> str:
    if when is None:
        return ""
    first, last = when
    end = f"<end>{last.isoformat()}</end>" if last else ""
    return f"<TimeSpan><begin>{first.isoformat()}</begin>{end}</TimeSpan>"


def _data(row: Record, table: str) -> str:
    told = ((name, row[name]) for name in layers.names(table) if name not in NESTED and row[name] not in (None, []))
    items = "".join(f'<Data name="{name}"><value>{_text(_plain(value))}</value></Data>' for name, value in told)
    return f"<ExtendedData>{items}</ExtendedData>"


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return flat(value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def _geometry(geometry: Record | None) -> str:
    if geometry is None:
        return ""
    shape = geometry["coordinates"]
    if geometry["type"] == "Point":
        return f"<Point><coordinates>{_place(shape)}</coordinates></Point>"
    if geometry["type"] == "Polygon":
        return _polygon(shape)
    return f"<MultiGeometry>{''.join(map(_polygon, shape))}</MultiGeometry>"


def _polygon(rings: Sequence[Any]) -> str:
    outer, *inner = (f"<LinearRing><coordinates>{' '.join(map(_place, ring))}</coordinates></LinearRing>" for ring in rings)
    holes = "".join(f"<innerBoundaryIs>{ring}</innerBoundaryIs>" for ring in inner)
    return f"<Polygon><outerBoundaryIs>{outer}</outerBoundaryIs>{holes}</Polygon>"


def _place(position: Sequence[float]) -> str:
    return f"{position[0]},{position[1]}"


def _prose(text: str) -> str:
    """Return text for a description: as HTML that shows it, with its lines, and that once more as XML."""
    return _text(escape(text, quote=False).replace("\n", "<br>"))


def _text(text: str) -> str:
    return escape(ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", text))
