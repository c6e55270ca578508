"""The rules by which claims become coded events, as tables; what each says, and where it is published, is in docs/codebook.md."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from mapper import bundle
from mapper.model import SUB_EVENT_TYPES, Claim, Control, Kind, Place

RULES: Mapping[str, str] = {row["rule"]: row["says"] for row in bundle.rows("coding", "rules.csv")}
"""Rule id -> the rule in a sentence. An event names those that decided one of its cells."""

NO_SHOT = "Non-violent transfer of territory"
OVERTAKES = "Non-state actor overtakes territory"
REGAINS = "Government regains territory"
FORCED = frozenset({OVERTAKES, REGAINS})
TAKINGS = FORCED | {NO_SHOT}

NO_EVENT = frozenset({"Change to group/activity", "Other"})
DEEDS = frozenset({"give-up-arms", "free-prisoners"})
"""Patterns of these sub-event types that are events; all others of them are movements, gatherings and decrees (MAPPER-movement)."""

PRECEDENCE: Mapping[str, int] = {name: rank for rank, name in enumerate(SUB_EVENT_TYPES)}
"""ACLED's order, the first the highest."""

REACH: Mapping[int, int] = {1: 1, 2: 7, 3: 31}
"""Time precision -> days by which two dates of one occasion may differ."""

SPOTS = frozenset({Kind.CITY, Kind.VILLAGE, Kind.FACILITY})
"""Kinds of places that are a point, so that ACLED's geo-precision is 1."""

PARTS = frozenset({Kind.FACILITY, Kind.ROAD, Kind.RIVER})
"""Kinds of places whose holder does not hold the district that they lie in."""

GEO_PRECISION: Mapping[Kind, int] = {Kind.PROVINCE: 3} | dict.fromkeys(SPOTS, 1)
"""Every other kind of place is an area that a town stands for: 2; or 3, where it lies in no one district."""


def geo_precision(place: Place) -> int:
    """Return how exactly a place is known, in ACLED's scale: 1 a town, 2 a part of a province, 3 a province or what extends so far."""
    return GEO_PRECISION.get(place.kind, 2 if place.admin2_pcode else 3)


class Family(StrEnum):
    """What kind of occasion a claim is about; claims of different families merge only by a rule that says so."""

    TAKING = "taking"
    FIGHT = "fight"
    STRIKE = "strike"
    HARM = "harm"
    CROWD = "crowd"
    STEP = "step"
    TOLL = "toll"
    """Only a count: it needs an event to belong to."""


BATTLE = frozenset({Family.TAKING, Family.FIGHT})

FAMILIES: Mapping[str, Family] = {
    "Battles": Family.FIGHT,
    "Protests": Family.CROWD,
    "Riots": Family.CROWD,
    "Explosions/Remote violence": Family.STRIKE,
    "Violence against civilians": Family.HARM,
    "Strategic developments": Family.STEP,
}
"""ACLED's event type -> family, a taking apart."""


def family(claim: Claim) -> Family | None:
    """Return the family of a claim, None when it is of no event: a mere state of control, a movement."""
    if claim.control in (Control.GAINED, Control.LOST) or claim.sub_event_type in TAKINGS:
        return Family.TAKING
    if claim.sub_event_type is None:
        counts_only = claim.control is Control.NONE and bool(claim.counts)
        return Family.TOLL if counts_only else None
    if claim.sub_event_type in NO_EVENT and claim.pattern not in DEEDS:
        return None
    return FAMILIES[SUB_EVENT_TYPES[claim.sub_event_type]]
