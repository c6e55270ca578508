"""Events -> the 49 columns of UCDP's Georeferenced Event Dataset (GED, layout of 20.1 to 25.1). The only module that knows GED's labels.

GED holds incidents of organised violence with at least one death, between parties that are known, on
a known day at a known place. `left_out` gives the reason for each event that it would not hold: such
events are not written, and the file's metadata count them by reason.

What stays blank, and why:

- `id`, and every `..._dset_id` and `..._new_id`: numbers that UCDP gives. `relid` holds our event_id,
  so that a row leads back to its claims; UCDP's own are of another form.
- `conflict_name`: it names an incompatibility, which no article states.
- `active_year`: 25 dead in a calendar year, of which a run sees some days.
- `code_status`: UCDP's mark that it has checked a row.
- `gwnoa`, `gwnob` of a party that is not the state of the place; `country_id` and `region` outside COUNTRIES.

How the estimates are made, from the supporting claims alone:

- `low` is the event's lowest toll, `high` its highest; where that is open, the greatest number that a claim gives.
- `best` is the lower of the figures given, as UCDP takes where no source is known to be better. Of a
  battle each side's lowest figure is added; of a one-sided attack, which several sources count, the
  figures of one article. A total over several places counts with its share.
- `deaths_a`, `deaths_b` and `deaths_civilians` are the figures of `best` whose side is said; the rest is
  `deaths_unknown`. The four add up to `best`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from math import floor
from typing import TYPE_CHECKING, Any, NamedTuple

from mapper.exports import acled, columns, credits, days, tables
from mapper.exports.records import Record, Records

if TYPE_CHECKING:
    from mapper.gazetteer import Gazetteer

FILE = "events.ged.csv"
"""What a run calls the table."""

METADATA = "-metadata.json"
"""What follows the name of a table in that of its metadata, as the W3C has it."""

COLUMNS = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id",
    "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a",
    "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office", "source_date",
    "source_headline", "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region", "event_clarity", "date_prec",
    "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low",
    "gwnoa", "gwnob",
)  # fmt: skip

STATE_BASED, NON_STATE, ONE_SIDED = 1, 2, 3

STATES = frozenset({acled.STATE, acled.EXTERNAL})
"""Kinds of actor that are a state's: its own forces, and those that another sends."""

GROUPS = STATES | {acled.REBELS, acled.MILITIA, acled.IDENTITY}
"""Kinds of actor that are organised."""

UNARMED = frozenset({acled.CIVILIANS, acled.PROTESTERS})

CIVILIANS = "Civilians"

NUMBERS = {"AFG": 700, "CHN": 710, "IND": 750, "IRN": 630, "PAK": 770, "TJK": 702, "TKM": 701, "UZB": 704}
"""Numbers of states in the list of Gleditsch and Ward, by ISO 3166-1 alpha-3."""

REGIONS = dict.fromkeys(NUMBERS, "Asia") | {"IRN": "Middle East"}
"""UCDP's regions of the world."""

DATE_PREC = {1: 1, 2: 3, 3: 4}
"""By ACLED's time_precision: a day, a week, a month."""

BY_ISO = {country.iso: code for code, country in acled.COUNTRIES.items()}


class Toll(NamedTuple):
    """The estimates of an event, and how many of the best are said to be of which side."""

    low: int
    best: int
    high: int
    sides: Mapping[str | None, int]


def write(records: Records, _: Gazetteer, hxl: bool = False) -> Iterator[str]:
    """Yield the events that GED would hold as a CSV file, and under its header a row of HXL tags if `hxl`."""
    origins = {origin["origin_id"]: origin for origin in records.origins}
    held = (feature["properties"] for feature in records.events if left_out(feature["properties"]) is None)
    return tables.rows("ged", COLUMNS, (row(event, origins) for event in held), hxl)


def write_about(records: Records, gazetteer: Gazetteer, url: str = FILE) -> Iterator[str]:
    """Yield what stands beside the CSV, as the W3C's Metadata Vocabulary for Tabular Data: credits, columns, and what was left out.

    `url` is the address of that CSV, as seen from its metadata.
    """
    reasons = Counter(filter(None, (left_out(feature["properties"]) for feature in records.events)))
    about = {
        "@context": "http://www.w3.org/ns/csvw",
        "url": url,
        "dc:title": "Claimed events in the columns of UCDP GED",
        "dc:description": f"{credits.ABOUT} This is not a dataset of UCDP's.",
        "dc:rights": credits.licence(gazetteer),
        "notes": [
            {"credits": [dict(credit) for credit in gazetteer.credits]},
            {"written": len(records.events) - reasons.total(), "left_out": dict(sorted(reasons.items()))},
        ],
        "tableSchema": {
            "columns": [
                {"name": column.name, "titles": column.name, "datatype": DATATYPES[column.type], "dc:description": column.meaning}
                for column in columns.of("ged").values()
            ]
        },
    }
    yield f"{json.dumps(about, ensure_ascii=False, indent=1)}\n"


DATATYPES = {"text": "string", "integer": "integer", "number": "number", "day": "date"}


def left_out(event: Record) -> str | None:
    """Return why GED would not hold an event, None when it would."""
    if event["only_by_mutation"]:
        return "known from the rewriting of another article alone"
    if event["event_type"] not in ("Battles", "Explosions/Remote violence", "Violence against civilians") and (
        event["sub_event_type"] != "Excessive force against protesters"
    ):
        return "no organised violence"
    if event["event_date"] is None:
        return "no day known"
    if event["latitude"] is None:
        return "not placed"
    if _violence(event) is None:
        return "a party not known or not organised"
    return None if toll(event).high else "no death told"


def _violence(event: Record) -> int | None:
    """Return the type of violence, None where a party is not known or not organised, or both are one."""
    kinds = [event["inter1"], event["inter2"]]
    if acled.UNIDENTIFIED in (_start(event["actor1"]), _start(event["actor2"])) or event["actor1"] == event["actor2"]:
        return None
    if sum(kind in GROUPS for kind in kinds) == 2:
        return STATE_BASED if STATES.intersection(kinds) else NON_STATE
    return ONE_SIDED if any(kind in GROUPS for kind in kinds) and any(kind in UNARMED for kind in kinds) else None


def _start(actor: str | None) -> str | None:
    return actor.partition(" (")[0] if actor else None


def _sides(event: Record) -> list[tuple[str | None, str | None]]:
    """Return both sides as our tables name them, each with its kind of actor, in GED's order."""
    sides = [(event[f"actor{number}_normalised"], event[f"inter{number}"]) for number in (1, 2)]
    if _violence(event) == ONE_SIDED:
        return sorted(sides, key=lambda side: side[1] in UNARMED)
    return sorted(sides, key=lambda side: (side[1] != acled.STATE, side[1] not in STATES, side[0] or ""))


def _label(side: tuple[str | None, str | None], event: Record) -> str | None:
    """Return a side by GED's name for it where it has one for the kind, else by ours."""
    name, kind = side
    if kind in UNARMED:
        return CIVILIANS
    return f"Government of {event['country']}" if kind == acled.STATE and event["country"] else name


# --- how many died ------------------------------------------------------------------------------


def toll(event: Record) -> Toll:
    """Return the estimates of an event."""
    low, high = event["fatalities_low"], event["fatalities_high"]
    given = [(claim["article_id"], claim["casualty_side"], *_share(claim)) for claim in event["claims"] if claim["killed"]]
    if high is None:
        high = max([low, *(greatest for *_, greatest in given)])
    whole = event["event_type"] == "Battles"
    counted: dict[str | None, dict[str | None, int]] = {}
    for article_id, side, figure, _ in given:
        sides = counted.setdefault(None if whole else article_id, {})
        sides[side] = min(figure, sides.get(side, figure))
    lowest = min((_parted(sides) for sides in counted.values()), key=lambda sides: sum(sides.values()), default={})
    best = min(max(sum(lowest.values()), low), high)
    return Toll(low, best, high, lowest if sum(lowest.values()) <= best else {})


def _share(claim: Record) -> tuple[int, int]:
    """Return the figure that a claim gives, and the greatest that it names, each as its share of a total over several places."""
    low, high = claim["killed"]
    figure, greatest = (low, high if high is not None else low) if low is not None else (high, high)
    return figure // claim["total_over"], greatest // claim["total_over"]


def _parted(sides: Mapping[str | None, int]) -> dict[str | None, int]:
    """Return the figures that may be added: one for both sides together, or of no stated side, counts only where it stands alone."""
    alone: dict[str | None, int] = {side: figure for side, figure in sides.items() if side and " and " not in side}
    return alone or {None: min(sides.values())}


def _deaths(event: Record) -> Record:
    found = toll(event)
    named = [name for name, _ in _sides(event)]
    dead = {"deaths_a": 0, "deaths_b": 0, "deaths_civilians": 0}
    for side, figure in found.sides.items():
        if side in (acled.CIVILIANS, acled.PROTESTERS):
            dead["deaths_civilians"] += figure
        elif side in named and side is not None:
            dead["deaths_b" if named.index(side) else "deaths_a"] += figure
    unknown = found.best - sum(dead.values())
    return dead | {"deaths_unknown": unknown, "best": found.best, "high": found.high, "low": found.low}


# --- a row --------------------------------------------------------------------------------------


def row(event: Record, origins: Mapping[str, Record]) -> Record:
    """Return an event that GED would hold in its columns; `origins` are the rows of origins by id."""
    window = days.window(event["event_date"], event["time_precision"])
    sides = _sides(event)
    names = [_label(side, event) for side in sides]
    code = BY_ISO.get(event["iso"], "")
    state = [NUMBERS.get(code) if kind == acled.STATE else None for _, kind in sides]
    cells = {
        "relid": event["event_id"],
        "year": event["year"],
        "type_of_violence": _violence(event),
        "dyad_name": " - ".join(name or "" for name in names),
        "side_a": names[0],
        "side_b": names[1],
        **_reports(event, origins),
        **_where(event),
        "country": event["country"],
        "country_id": NUMBERS.get(code),
        "region": REGIONS.get(code),
        "event_clarity": 2 if any(claim["killed"] and claim["total_over"] > 1 for claim in event["claims"]) else 1,
        "date_prec": DATE_PREC.get(event["time_precision"], 1),
        "date_start": window[0].isoformat(),
        "date_end": window[1].isoformat(),
        **_deaths(event),
        "gwnoa": state[0],
        "gwnob": state[1],
    }
    return {name: cells.get(name) for name in COLUMNS}


def _reports(event: Record, origins: Mapping[str, Record]) -> Record:
    """Return who reports it, and whose words they report; lists are joined by ";", as GED does."""
    sources = event["sources"]
    articles = ['"{}"'.format(",".join(s[name] or "" for name in ("outlet", "published", "title"))) for s in sources]
    return {
        "number_of_sources": len(sources),
        "source_article": ";".join(articles),
        "source_office": _listed(source["outlet"] for source in sources),
        "source_date": _listed(source["published"] for source in sources),
        "source_headline": _listed(source["title"] for source in sources),
        "source_original": _listed(origins[id_]["speaker"] for id_ in event["origin_ids"]),
    }


def _listed(words: Any) -> str | None:
    return ";".join(dict.fromkeys(filter(None, words))) or None


def _where(event: Record) -> Record:
    latitude, longitude = event["latitude"], event["longitude"]
    return {
        "where_prec": _where_prec(event),
        "where_coordinates": event["location"],
        "where_description": event["place_name"],
        "adm_1": event["admin1"],
        "adm_2": event["admin2"],
        "latitude": latitude,
        "longitude": longitude,
        "geom_wkt": f"POINT ({longitude} {latitude})",
        "priogrid_gid": floor((latitude + 90) * 2) * 720 + floor((longitude + 180) * 2) + 1,
    }


def _where_prec(event: Record) -> int:
    """Return 1 for a spot, 3 for a district, 4 for a province, 5 for what is a line or has no edge, such as a road or a valley."""
    if event["geo_precision"] == 1:
        return 1
    return {event["admin2_pcode"]: 3, event["admin1_pcode"]: 4}.get(event["place_id"], 5)
