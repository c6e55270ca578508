"""An event -> ACLED's 31 columns. The only module that knows ACLED's labels, in the layout of its codebook since 2023.

A blank cell of ACLED's is None here. Ids and timestamps stay blank: those are ACLED's to give.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from mapper.model import ActorName, Article, Claim, Event, HopKind, Kind, Origin, Place, Status, Tracing

if TYPE_CHECKING:
    from mapper.actors import Actors
    from mapper.gazetteer import Gazetteer

COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type",
    "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting",
    "iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision",
    "source", "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip

INTER = (
    "State forces",
    "Rebel group",
    "Political militia",
    "Identity militia",
    "Rioters",
    "Protesters",
    "Civilians",
    "External/Other forces",
)
"""Kinds of actor in the order of ACLED's codes 1 to 8; `interaction` names the lower code first."""

STATE, REBELS, MILITIA, IDENTITY, RIOTERS, PROTESTERS, CIVILIANS, EXTERNAL = INTER

UNIDENTIFIED = "Unidentified Armed Group"
"""Stands for an armed party that no source names."""


class Country(NamedTuple):
    """A country as ACLED writes it: name, ISO 3166-1 numeric code, region."""

    name: str | None
    iso: int | None
    region: str | None


COUNTRIES = {
    "AFG": Country("Afghanistan", 4, "Caucasus and Central Asia"),
    "CHN": Country("China", 156, "East Asia"),
    "IND": Country("India", 356, "South Asia"),
    "IRN": Country("Iran", 364, "Middle East"),
    "PAK": Country("Pakistan", 586, "South Asia"),
    "TJK": Country("Tajikistan", 762, "Caucasus and Central Asia"),
    "TKM": Country("Turkmenistan", 795, "Caucasus and Central Asia"),
    "UZB": Country("Uzbekistan", 860, "Caucasus and Central Asia"),
}
"""Keyed by ISO 3166-1 alpha-3: the theatre and its neighbours."""

DISORDER = {
    "Battles": "Political violence",
    "Explosions/Remote violence": "Political violence",
    "Violence against civilians": "Political violence",
    "Mob violence": "Political violence",
    "Excessive force against protesters": "Political violence; Demonstrations",
    "Protests": "Demonstrations",
    "Riots": "Demonstrations",
    "Strategic developments": "Strategic developments",
}
"""Disorder type by sub-event type where it has one of its own, else by event type."""

CROWDS = {"Protests": PROTESTERS, "Riots": RIOTERS}
"""Whom an event of the type is by definition made by."""

ARMED = {
    "Battles": ("actor1", "actor2"),
    "Explosions/Remote violence": ("actor1",),
    "Violence against civilians": ("actor1",),
}
"""Where an event of the type implies an armed party even if no source names it."""

TARGETED = "Civilians targeted"
"""The one value of civilian_targeting."""

PHRASES = {
    "Government regains territory": ("the regaining of territory", "by", "from"),
    "Non-state actor overtakes territory": ("the taking of territory", "by", "from"),
    "Armed clash": ("an armed clash", "involving", "and"),
    "Excessive force against protesters": ("excessive force against protesters", "involving", "and"),
    "Protest with intervention": ("a protest met with intervention", "involving", "and"),
    "Peaceful protest": ("a peaceful protest", "involving", "and"),
    "Violent demonstration": ("a violent demonstration", "involving", "and"),
    "Mob violence": ("mob violence", "by", "against"),
    "Chemical weapon": ("the use of a chemical weapon", "by", "against"),
    "Air/drone strike": ("an air or drone strike", "by", "on"),
    "Suicide bomb": ("a suicide bombing", "by", "against"),
    "Shelling/artillery/missile attack": ("shelling or a missile attack", "by", "on"),
    "Remote explosive/landmine/IED": ("the explosion of a planted bomb or mine", "by", "against"),
    "Grenade": ("a grenade attack", "by", "on"),
    "Sexual violence": ("sexual violence", "by", "against"),
    "Attack": ("an attack", "by", "on"),
    "Abduction/forced disappearance": ("an abduction", "by", "of"),
    "Agreement": ("an agreement", "involving", "and"),
    "Arrests": ("arrests", "by", "of"),
    "Change to group/activity": ("a change to a group or to its activity", "involving", "and"),
    "Disrupted weapons use": ("the foiled use of a weapon", "involving", "and"),
    "Headquarters or base established": ("the setting up of a headquarters or base", "by", "facing"),
    "Looting/property destruction": ("looting or the destruction of property", "by", "against"),
    "Non-violent transfer of territory": ("a transfer of territory without fighting", "involving", "and"),
    "Other": ("a strategic development", "involving", "and"),
}
"""How a note names each sub-event type, and how it ties the first and the second actor to it."""

SAID = {
    Status.ONGOING: "is said to be going on by",
    Status.UNCONFIRMED: "is reported without confirmation by",
}
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


class Party(NamedTuple):
    """An actor as ACLED codes it: its name and the kind of actor, both None for a blank."""

    name: str | None
    inter: str | None


@dataclass(frozen=True)
class Coder:
    """Codes the events of one run; `state` names the side that is the state whatever the day."""

    gazetteer: Gazetteer
    actors: Actors
    state: str | None
    articles: Mapping[str, Article]
    tracing: Tracing
    claims: Mapping[str, Claim]

    @cached_property
    def _origins(self) -> Mapping[str, Origin]:
        return {origin.id: origin for origin in self.tracing.origins}

    def columns(self, event: Event) -> dict[str, Any]:
        """Return ACLED's columns in ACLED's order."""
        first = self._party(event, "actor1", event.actor1)
        second = self._party(event, "actor2", event.actor2)
        day, place = event.event_date, event.place
        sources = outlets(self.articles[article_id] for article_id in event.article_ids)
        cells = {
            "event_date": day.isoformat() if day else None,
            "year": day.year if day else None,
            "time_precision": event.time_precision,
            "disorder_type": DISORDER.get(event.sub_event_type) or DISORDER[event.event_type],
            "event_type": event.event_type,
            "sub_event_type": event.sub_event_type,
            "actor1": first.name,
            "inter1": first.inter,
            "actor2": second.name,
            "inter2": second.inter,
            "interaction": interaction(first.inter, second.inter),
            "civilian_targeting": TARGETED if _targets_civilians(event, first, second) else None,
            **self._location(place),
            "geo_precision": event.geo_precision,
            "source": "; ".join(sources) or None,
            "notes": self.note(event),
            "fatalities": event.fatalities_low,
        }
        return {column: cells.get(column) for column in COLUMNS}

    def verified(self, name: str | None, day: date | None) -> bool | None:
        """Tell whether public text shows the name that an actor gets; None when no actor is named."""
        if name is None:
            return None
        known = self._named(name, day)
        return known.verified if known else False

    def _named(self, name: str | None, day: date | None) -> ActorName | None:
        """Return ACLED's name for an actor on a day; on an unknown day only a name that was never another."""
        known = self.actors.acled(name, day)
        return None if known and day is None and (known.valid_from or known.valid_to) else known

    def _country(self, code: str) -> Country:
        """Return a country by its alpha-3 code; outside `COUNTRIES`, the gazetteer knows its name alone."""
        place = self.gazetteer.places.get(code)
        return COUNTRIES.get(code) or Country(place.name if place else None, None, None)

    def _location(self, place: Place | None) -> dict[str, Any]:
        if place is None:
            return {}
        country = self._country(place.country)
        cells: dict[str, Any] = {"iso": country.iso, "region": country.region, "country": country.name}
        if place.kind is not Kind.COUNTRY:
            cells |= {
                "admin1": place.admin1,
                "admin2": place.admin2,
                "location": place.name,
                "latitude": round(place.point.latitude, 4),
                "longitude": round(place.point.longitude, 4),
            }
        return cells

    def _party(self, event: Event, column: str, name: str | None) -> Party:
        country = self._country(event.place.country if event.place else self.gazetteer.country).name
        inter = self._inter(name, event.event_date)
        if column == "actor1" and event.event_type in CROWDS and (name is None or inter in (PROTESTERS, RIOTERS)):
            inter = CROWDS[event.event_type]
        elif name is None and column in ARMED.get(event.event_type, ()):
            return Party(f"{UNIDENTIFIED} ({country})", MILITIA)
        elif name is None and column == "actor2" and event.event_type == "Violence against civilians":
            inter = CIVILIANS
        if inter in (RIOTERS, PROTESTERS, CIVILIANS):
            return Party(f"{inter} ({country})", inter)
        known = self._named(name, event.event_date)
        return Party(known.name if known else name, inter)

    def _inter(self, name: str | None, day: date | None) -> str | None:
        """Return the kind of actor on a day: the side that holds the state then has the state forces."""
        actor = self.actors.by_name.get(name or "")
        if actor is None:
            return None
        if actor.inter not in (STATE, REBELS):
            return actor.inter
        state = self.state or self.actors.state(day)
        if actor.side == state:
            return STATE
        once = {side for _, _, side in self.actors.reigns}
        return REBELS if actor.side in once else actor.inter

    def note(self, event: Event) -> str:
        """Tell in words who claims what, where and when, and what is uncertain about it."""
        said = SAID.get(event.status, "is claimed by")
        sentences = [
            f"{_when(event)}, {_where(event)}, {_what(event)} {said} {_enumerate(self._speakers(event))}",
            _toll(event),
            *(f"Sources differ on {c.field}: {' / '.join(version.value for version in c.values)}" for c in event.contradictions),
        ]
        if event.provisional:
            sentences.append(f"Provisional: {event.provisional}")
        return " ".join(f"{sentence.rstrip('.')}." for sentence in sentences)

    def _speakers(self, event: Event) -> list[str]:
        """Return the original speakers behind an event, independent ones if there are any, each with its outlets."""
        origins = [self._origins[id] for id in event.origin_ids if id in self._origins]
        shown = [origin for origin in origins if origin.independent] or origins
        return list(dict.fromkeys(self._speaker(origin, event) for origin in shown)) or ["an unnamed source"]

    def _speaker(self, origin: Origin, event: Event) -> str:
        ids = [i for i in event.claim_ids if self.tracing.origin_of.get(i) == origin.id]
        carriers = outlets(self.articles[self.claims[i].article_id] for i in ids)
        if origin.kind is HopKind.OUTLET:
            return origin.speaker or _enumerate(carriers) or "an unnamed outlet"
        medium = f" ({origin.medium})" if origin.medium else ""
        carried = f" in {_enumerate(carriers)}" if carriers else ""
        return f"{origin.speaker or 'an unnamed source'}{medium}{carried}"


def outlets(articles: Iterable[Article]) -> list[str]:
    """Return the names of the outlets that carry the articles, sorted, each once; unknown ones are left out."""
    return sorted({article.outlet for article in articles if article.outlet})


def interaction(first: str | None, second: str | None) -> str | None:
    """Return ACLED's text for a pair of actor kinds.

    >>> interaction("Rebel group", "State forces"), interaction("Protesters", None)
    ('State forces-Rebel group', 'Protesters only')
    """
    known = sorted(filter(None, (first, second)), key=INTER.index)
    return f"{known[0]} only" if len(known) == 1 else "-".join(known) or None


def _targets_civilians(event: Event, first: Party, second: Party) -> bool:
    if event.event_type == "Violence against civilians" or event.sub_event_type == "Excessive force against protesters":
        return True
    return event.event_type in ("Explosions/Remote violence", "Riots") and CIVILIANS in (first.inter, second.inter)


# --- the words of a note ------------------------------------------------------------------------


def _when(event: Event) -> str:
    day = event.event_date
    if day is None:
        return "On a day that no source states"
    if event.time_precision == 3:
        return f"In {MONTHS[day.month - 1]} {day.year}"
    return f"{'On' if event.time_precision == 1 else 'Around'} {day.day} {MONTHS[day.month - 1]} {day.year}"


def _where(event: Event) -> str:
    place = event.place
    if place is None:
        return f"at {event.place_name} (not placed)" if event.place_name else "at a place that no source names"
    if place.kind is Kind.PROVINCE:
        return f"in {place.name} province"
    name = f"{place.name} district" if place.kind is Kind.DISTRICT else place.name
    return f"in {name} ({place.admin1})" if place.admin1 not in (None, place.name) else f"in {name}"


def _what(event: Event) -> str:
    noun, first, second = PHRASES[event.sub_event_type]
    if event.actor1 is None and event.actor2 and second == "and":
        return f"{noun} {first} {event.actor2}"
    return noun + "".join(f" {tie} {actor}" for tie, actor in ((first, event.actor1), (second, event.actor2)) if actor)


def _toll(event: Event) -> str:
    low, high = event.fatalities_low, event.fatalities_high
    if high is None:
        return f"Fatalities: at least {low}" if low else "Fatalities: not counted"
    if low == high:
        return f"Fatalities: {low}" if low else "Fatalities: none stated"
    return f"Fatalities: {low} to {high}"


def _enumerate(names: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
