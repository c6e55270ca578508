"""The vocabulary: what flows between the stages. Frozen values and enums; nothing here computes.

Spans count characters of `Article.text`. Points are WGS 84 degrees, longitude first. Days are
`datetime.date`; a day nobody stated is ``None``, never a guess.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open range of characters of an article's text: ``text[start:end]``."""

    start: int
    end: int


class Point(NamedTuple):
    """A position in WGS 84 degrees, longitude first."""

    longitude: float
    latitude: float


class Evidence(NamedTuple):
    """One reason for a decision: its name in the table of reasons, its weight, and words for a reader."""

    name: str
    weight: float
    note: str


# --- articles -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Article:
    """One news article as read. `text` is kept character for character; nothing is normalised."""

    id: str
    path: str
    sha256: str
    text: str
    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    published: date | None = None
    url: str | None = None
    language: str | None = None
    notes: tuple[str, ...] = ()
    """What a reader should know of how it was read: a guessed encoding, a date that is none."""
    also_at: tuple[str, ...] = ()
    """Paths of further inputs with the same text, each of them a Rejected."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """An input that was not read, and why, in one line."""

    id: str
    path: str
    reason: str
    sha256: str | None = None
    language: str | None = None
    """Of an article that was set aside because it is not in English."""


# --- places -------------------------------------------------------------------------------------


class Kind(StrEnum):
    """What a place is."""

    COUNTRY = "country"
    PROVINCE = "province"
    DISTRICT = "district"
    CITY = "city"
    VILLAGE = "village"
    VALLEY = "valley"
    RIVER = "river"
    ROAD = "road"
    FACILITY = "facility"
    REGION = "region"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Place:
    """A place that can be named. `country` is ISO 3166-1 alpha-3; P-codes are OCHA's of 2021.

    `admin2_pcode` is set for a district, its seat or a place inside it; a province has
    `admin1_pcode` alone, a country neither. `covers` lists the districts that a region spans.
    """

    id: str
    name: str
    kind: Kind
    country: str
    point: Point
    feature_code: str | None = None
    admin1: str | None = None
    admin1_pcode: str | None = None
    admin2: str | None = None
    admin2_pcode: str | None = None
    native: str | None = None
    covers: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    inferred: bool = False

    @property
    def unit(self) -> str | None:
        """The P-code of the smallest admin unit that holds the place."""
        return self.admin2_pcode or self.admin1_pcode


@dataclass(frozen=True, slots=True)
class Toponym:
    """A place name as written in an article."""

    article_id: str
    text: str
    span: Span


class Rival(NamedTuple):
    """A place that a toponym might have meant instead, and how it scored."""

    place_id: str
    name: str
    score: float


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a toponym was taken to mean. `place` is None when refused, and `refused` then says why."""

    toponym: Toponym
    place: Place | None
    score: float
    evidence: tuple[Evidence, ...] = ()
    rivals: tuple[Rival, ...] = ()
    refused: str | None = None


# --- actors -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ActorName:
    """ACLED's name for an actor while it was valid; `verified` when public text shows it."""

    name: str
    verified: bool
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """A party as the actor table knows it: normalised `name`, `side`, ACLED's names and inter label."""

    id: str
    name: str
    side: str
    inter: str
    kind: str
    acled: tuple[ActorName, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None


# --- claims -------------------------------------------------------------------------------------


class Control(StrEnum):
    """What a claim says about the actor's hold on the place."""

    GAINED = "gained"
    HELD = "held"
    LOST = "lost"
    CONTESTED = "contested"
    NONE = "none"


class Status(StrEnum):
    """How a claim stands towards reality, in the claimant's own words."""

    ASSERTED = "asserted"
    ONGOING = "ongoing"
    UNCONFIRMED = "unconfirmed"
    DENIED = "denied"
    PLANNED = "planned"
    PAST = "past"


class Harm(StrEnum):
    """What a count counts."""

    KILLED = "killed"
    WOUNDED = "wounded"
    CAPTURED = "captured"
    KILLED_OR_WOUNDED = "killed_or_wounded"


class HopKind(StrEnum):
    """What kind of speaker a hop of an attribution is."""

    OUTLET = "outlet"
    AGENCY = "agency"
    PERSON = "person"
    OFFICE = "office"
    GROUP = "group"
    DOCUMENT = "document"
    ANONYMOUS = "anonymous"


@dataclass(frozen=True, slots=True)
class Count:
    """People harmed, as written: "at least 60" is (60, None), "nearly 40" is (None, 40).

    A vague count ("heavy casualties") has neither bound and `vague` set.
    """

    harm: Harm
    low: int | None
    high: int | None
    side: str | None = None
    vague: bool = False
    span: Span | None = None
    total_over: int = 1
    """Over how many places the article gives the figure as one total."""


@dataclass(frozen=True, slots=True)
class Hop:
    """One speaker of an attribution chain, with the words that bring them in.

    `name` is as written in the text, or the description ("local residents"); `person_id` the
    canonical one; `medium` is one of tweet, interview, statement, broadcast, or None.
    """

    name: str | None
    role: str | None
    kind: HopKind
    cue: str | None = None
    span: Span | None = None
    medium: str | None = None
    person_id: str | None = None
    day: date | None = None
    """The day on which this speaker is reported to have spoken, when the text gives it."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What one speaker says happened, or holds, at one place; `quote` is ``text[span]``.

    `actor` and `target` are normalised names, `actor_reported` is as written. `attribution` runs
    from the outlet outward to the original speaker and is never empty.
    """

    id: str
    article_id: str
    span: Span
    quote: str
    place: Place | None
    place_name: str | None
    control: Control
    sub_event_type: str | None
    actor: str | None
    actor_reported: str | None
    target: str | None
    status: Status
    event_date: date | None
    time_precision: int | None
    counts: tuple[Count, ...]
    attribution: tuple[Hop, ...]
    pattern: str
    evidence: tuple[Evidence, ...] = ()
    denies: str | None = None
    """The id of the claim that this one denies, where the text says so."""
    toponym: Span | None = None
    """The place name the claim is tied to, which may stand outside its sentence."""
    over: tuple[Place, ...] = ()
    """The places whose losses its counts give together; empty for the losses of one place."""
    part: str | None = None
    """The words that limit it to a part of the place, "12 of the 15 districts of"; None where the whole is meant."""


# --- origins ------------------------------------------------------------------------------------


class ShareKind(StrEnum):
    """How two articles share text: the same passages, the same matter reworded, or single sentences."""

    COPY = "copy"
    REWRITE = "rewrite"
    PASSAGE = "passage"


@dataclass(frozen=True, slots=True)
class Share:
    """What one article has in common with another; `spans` are in the text of `article_id`."""

    article_id: str
    other_id: str
    kind: ShareKind
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """One speaker's one utterance (who, medium, day), and the claims and articles that go back to it."""

    id: str
    speaker: str | None
    speaker_id: str | None
    kind: HopKind
    medium: str | None
    date: date | None
    independent: bool
    claim_ids: tuple[str, ...]
    article_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mutation:
    """How a claim changed on its way from one article into another."""

    field: str
    before: str
    after: str
    from_claim_id: str
    to_claim_id: str


@dataclass(frozen=True, slots=True)
class Tracing:
    """What was found about where the claims come from. `origin_of` maps a claim id to an origin id."""

    origins: tuple[Origin, ...]
    origin_of: dict[str, str]
    shares: tuple[Share, ...]
    mutations: tuple[Mutation, ...]


# --- events and control -------------------------------------------------------------------------


class Version(NamedTuple):
    """One of several values that claims give for the same field."""

    value: str
    claim_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A field of a record on which the claims disagree. Nothing is settled; all versions stay."""

    field: str
    values: tuple[Version, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """One event as an ACLED coder would record it, and the claims that support it.

    `actor1` and `actor2` are normalised names; ACLED's own columns are made at export.
    `geo_precision` and `time_precision` are ACLED's (1 exact to 3 vague). A fatality bound of
    None is open. `rules` are ids of facts in docs/codebook; each decided at least one cell.
    """

    id: str
    event_date: date | None
    time_precision: int | None
    event_type: str
    sub_event_type: str
    actor1: str | None
    actor2: str | None
    place: Place | None
    place_name: str | None
    geo_precision: int | None
    fatalities_low: int
    fatalities_high: int | None
    wounded_low: int
    wounded_high: int | None
    status: Status
    claim_ids: tuple[str, ...]
    article_ids: tuple[str, ...]
    origin_ids: tuple[str, ...]
    independent_origins: int
    rules: tuple[str, ...]
    contradictions: tuple[Contradiction, ...]
    mutations: tuple[Mutation, ...]
    only_by_mutation: bool
    provisional: str | None
    confidence: str
    confidence_reason: str


class Standing(StrEnum):
    """What may be said of who holds a place."""

    CLAIMED = "claimed"
    CORROBORATED = "corroborated"
    CONTESTED = "contested"
    CONFIRMED = "confirmed"
    REVERSED = "reversed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Period:
    """From a day to the day before the next period: who is said to hold a place, and how surely."""

    start: date | None
    end: date | None
    status: Standing
    holder: str | None
    claim_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlaceControl:
    """Who is said to hold an admin unit, over time. `place` is the unit, never a village in it."""

    place: Place
    status: Standing
    holder: str | None
    since: date | None
    as_of: date | None
    independent_origins: int
    periods: tuple[Period, ...]
    claim_ids: tuple[str, ...]
    evidence: tuple[Evidence, ...] = ()
    admission_ids: tuple[str, ...] = ()
    """The claims by which a side itself says that it lost the unit."""


@dataclass(frozen=True, slots=True)
class Findings:
    """All that a run found, in a fixed order; what the exporters write."""

    articles: tuple[Article, ...]
    rejected: tuple[Rejected, ...]
    resolutions: tuple[Resolution, ...]
    claims: tuple[Claim, ...]
    tracing: Tracing
    events: tuple[Event, ...]
    control: tuple[PlaceControl, ...]


# --- ACLED's terms ------------------------------------------------------------------------------

SUB_EVENT_TYPES: dict[str, str] = {
    "Government regains territory": "Battles",
    "Non-state actor overtakes territory": "Battles",
    "Armed clash": "Battles",
    "Excessive force against protesters": "Protests",
    "Protest with intervention": "Protests",
    "Peaceful protest": "Protests",
    "Violent demonstration": "Riots",
    "Mob violence": "Riots",
    "Chemical weapon": "Explosions/Remote violence",
    "Air/drone strike": "Explosions/Remote violence",
    "Suicide bomb": "Explosions/Remote violence",
    "Shelling/artillery/missile attack": "Explosions/Remote violence",
    "Remote explosive/landmine/IED": "Explosions/Remote violence",
    "Grenade": "Explosions/Remote violence",
    "Sexual violence": "Violence against civilians",
    "Attack": "Violence against civilians",
    "Abduction/forced disappearance": "Violence against civilians",
    "Agreement": "Strategic developments",
    "Arrests": "Strategic developments",
    "Change to group/activity": "Strategic developments",
    "Disrupted weapons use": "Strategic developments",
    "Headquarters or base established": "Strategic developments",
    "Looting/property destruction": "Strategic developments",
    "Non-violent transfer of territory": "Strategic developments",
    "Other": "Strategic developments",
}
"""ACLED's 25 sub-event types, in its order of precedence, each with its event type (codebook, 2023 layout)."""
