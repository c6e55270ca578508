"""Places with their names -> the text of about.toml, places.csv and names.csv."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from mapper.gazetteer.importing.cleaning import clean
from mapper.gazetteer.importing.entry import Entry
from mapper.gazetteer.importing.rows import GEONAMES
from mapper.gazetteer.importing.sources import Sources
from mapper.gazetteer.tables import script

MADE_BY = "mapper gazetteer import"
"""What about.toml says of a folder that may be overwritten."""

_NOTES = """
Made by `mapper gazetteer import`; made anew, it is overwritten.
Key: the P-codes of the outlines; a place is `geonames-` and its geonameid.
`longitude`, `latitude`: the seat where it is known, else a point of the outline; `source` says whose.
`inferred` = yes: the seat or the point is a best guess.
`seat` is the place_id of the seat, where that is a place of its own; a small seat that bears its district's name is not.
`strength` = weak: a more important place of the province has the name, or it is a word of the news (Monday, Bridge),
or historic, colloquial or an abbreviation.
"""

_PLACES = (
    "place_id name kind feature_code admin1_pcode admin2_pcode longitude latitude native_fa native_ps "
    "seat covers valid_from valid_to inferred source"
).split()
_NAMES = "place_id name script strength sources".split()


def about(sources: Sources, entries: Iterable[Entry]) -> bytes:
    """Return about.toml: whose data this is, and how it is to be read."""
    nested = all(entry.admin2.startswith(entry.admin1) for entry in entries if entry.admin2)
    order, label, version = sources.order, sources.order.label, sources.dump.newest or "undated"
    lines = (
        *_values(title=f"Gazetteer of {sources.title}", country=sources.country, version=version),
        "# The version is the day of the newest row of the dump.",
        *_values(romanisation=order.romanisation, made_by=MADE_BY),
        *(() if nested else ("nested = false # a district's P-code need not begin with its province's",)),
        "",
        f'notes = """{_NOTES}"""',
        *_credit(GEONAMES, "CC BY 4.0", "GeoNames, https://www.geonames.org/", "places, their names and coordinates"),
        *_credit(label, order.licence, order.citation, "P-codes, names and outlines of districts and provinces"),
        *_source(GEONAMES, "Names and alternate names; before a colon, the geonameid after it"),
        *_source(label, f"{len(sources.layer.districts)} districts of this file"),
    )
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def _credit(source: str, licence: str, citation: str, used_for: str) -> Iterator[str]:
    yield from ("", "[[credits]]", *_values(source=source, licence=licence, citation=citation, used_for=used_for))


def _source(label: str, about: str) -> Iterator[str]:
    yield from ("", "[[sources]]", *_values(label=label, about=about))


def _values(**values: str) -> Iterator[str]:
    """Yield lines of TOML; JSON escapes all that TOML wants escaped, once invisible characters are gone."""
    return (f"{key} = {json.dumps(clean(value), ensure_ascii=False)}" for key, value in values.items())


def places_csv(entries: Iterable[Entry]) -> bytes:
    """Return places.csv, a row for each place."""
    return _csv(
        _PLACES,
        (
            {
                "place_id": entry.id,
                "name": entry.name,
                "kind": entry.kind.value,
                "feature_code": entry.code,
                "admin1_pcode": entry.admin1,
                "admin2_pcode": entry.admin2,
                "longitude": entry.point.longitude,
                "latitude": entry.point.latitude,
                "seat": entry.seat,
                "inferred": "yes" if entry.inferred else "",
                "source": entry.source,
            }
            for entry in entries
        ),
    )


def names_csv(entries: Iterable[Entry]) -> bytes:
    """Return names.csv, a row for each name of each place, its own first."""
    return _csv(
        _NAMES,
        (
            {
                "place_id": entry.id,
                "name": name,
                "script": script(name),
                "strength": "weak" if weak else "strong",
                "sources": "|".join(sources),
            }
            for entry in entries
            for name, (weak, sources) in sorted(entry.names.items(), key=lambda item: (item[0] != entry.name, item[0]))
        ),
    )


def _csv(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> bytes:
    file = io.StringIO()
    writer = csv.DictWriter(file, columns, lineterminator="\n")  # a column that a row does not have is empty
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode()
