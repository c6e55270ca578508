"""The rules by which claims become coded events, as tables; what each says, and where it is published, is in docs/codebook.md."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from mapper.model import SUB_EVENT_TYPES, Claim, Control, Kind, Place

RULES: Mapping[str, str] = {
    "ACLED-place-day-pair": "One event for each place, day and pair of sides; fighting over several days is an event a day.",
    "ACLED-battle-absorbs": "Strikes, looting and arrests of the same fight are part of it.",
    "ACLED-final-capture": "The fighting of the day on which a place is taken is part of its taking.",
    "ACLED-hierarchy": "Of several sub-events of one occasion the highest in ACLED's order is coded.",
    "ACLED-overtakes": "A place taken by force by others than the state is a Non-state actor overtakes territory.",
    "ACLED-overtakes-lasts-a-day": "An overtaking must last more than a day, else it is an Armed clash; until then it is provisional.",
    "ACLED-regains": "A place taken by force by the state or its allies is a Government regains territory.",
    "ACLED-transfer": "A place that changes hands without a fight is a Non-violent transfer of territory.",
    "ACLED-civilians-second": "Civilians are the second actor.",
    "ACLED-fatalities-lowest": "Where sources differ the lowest figure is ACLED's; both ends are kept here.",
    "ACLED-fatalities-unspecified": "'Casualties' and 'killed or wounded' count no dead at the lower end.",
    "ACLED-toll-split": "A toll for several places is divided evenly between them, the odd ones to the first named.",
    "ACLED-time-precision": "1 for a known day, 2 for a week, 3 for a month.",
    "ACLED-geo-precision": "1 for a named town, 2 for a district or an area, 3 for a province or what extends as far.",
    "ACLED-country-uncoded": "What is placed no better than in a country or a region of it is no event.",
    "UCDP-range": "The lowest and the highest toll that a source gives, each side's losses by themselves.",
    "UCDP-capital": "The state is the party that controls the capital, from the day after it fell.",
    "MAPPER-adjacent-day": "Two reports that differ by a day speak of one event, unless one source tells both days or the news moved on a day.",
    "MAPPER-day-by-origins": "The day is that which most independent origins give, the first report's where they are level.",
    "MAPPER-undated-joins": "A claim without a day joins the event of the same content.",
    "MAPPER-manner-by-origins": "By force or not is what most independent origins say; where level, the loser's own word, else by force.",
    "MAPPER-province-frames": "A claim about a province whose districts the same article names is no event of its own.",
    "MAPPER-denial-apart": "A denial, and what the denier says instead, is a rival version and no support.",
    "MAPPER-movement": "A movement, a gathering or a decree is a claim and no event; a surrender or a prison opened is one.",
    "MAPPER-distorted": "What came about in the rewriting of another article is an event apart, marked only_by_mutation.",
    "AJP-2.1-grades": "Source and item are graded apart, by stake and by independent origins.",
}
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
