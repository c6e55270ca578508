"""Newspapers by hand: a paper tells sentences, each a claim of somebody; a desk reads papers as the program does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from mapper import actors, events, origins
from mapper.model import (
    Article,
    Claim,
    Control,
    Count,
    Event,
    Harm,
    Hop,
    HopKind,
    Kind,
    Place,
    PlaceControl,
    Point,
    Span,
    Status,
    Tracing,
)
from mapper.settings import Settings

PARTIES = actors.load()
BAGHLAN = Place("AF09", "Baghlan", Kind.PROVINCE, "AFG", Point(68.7, 36.1), "ADM1", "Baghlan", "AF09")


def district(pcode: str, name: str, province: str = "Baghlan") -> Place:
    return Place(pcode, name, Kind.DISTRICT, "AFG", Point(69.0, 35.0), "ADM2", province, pcode[:4], name, pcode)


def spot(unit: Place, name: str, kind: Kind = Kind.VILLAGE) -> Place:
    slug = f"{unit.id}-{name.lower()}"
    return replace(unit, id=slug, name=name, kind=kind, feature_code="PPL")


DEH_SALAH = district("AF0908", "Deh Salah")
ANDARAB = district("AF0907", "Andarab")
PUL_E_HISAR = district("AF0912", "Pul-e-Hisar")
KHINJAN = district("AF0906", "Khinjan")
KABUL = replace(district("AF0101", "Kabul", "Kabul"), kind=Kind.DISTRICT)
AFGHANISTAN = Place("AFG", "Afghanistan", Kind.COUNTRY, "AFG", Point(66.0, 34.0), "PCLI")
UNITS = {place.id: place for place in (BAGHLAN, DEH_SALAH, ANDARAB, PUL_E_HISAR, KHINJAN, KABUL)}

OVERTAKES = "Non-state actor overtakes territory"
REGAINS = "Government regains territory"
NO_SHOT = "Non-violent transfer of territory"
CLASH = "Armed clash"
STRIKE = "Air/drone strike"
MOVE = "Change to group/activity"


class Atlas:
    """The part of a gazetteer that events ask."""

    country = "AFG"

    def unit(self, pcode: str) -> Place:
        return UNITS[pcode]


def somebody(name: str, role: str | None = None, medium: str | None = None, **more: Any) -> Hop:
    return Hop(name, role, HopKind.PERSON, medium=medium, **more)


def nameless(description: str) -> Hop:
    return Hop(description, None, HopKind.ANONYMOUS)


def office(name: str) -> Hop:
    return Hop(name, None, HopKind.OFFICE)


def group(name: str, medium: str | None = None) -> Hop:
    return Hop(name, None, HopKind.GROUP, medium=medium)


def agency(name: str) -> Hop:
    return Hop(name, None, HopKind.AGENCY)


REPORTS = Hop("reports", None, HopKind.DOCUMENT)
MINISTER = somebody("Bismillah Mohammadi", "defence minister", "tweet", person_id="bismillah-mohammadi")


@dataclass
class Paper:
    """One article in the making."""

    id: str
    day: str | None = "2021-08-21"
    outlet: str | None = "The Daily"
    title: str | None = None
    sentences: list[str] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)

    def prints(self, sentence: str) -> Paper:
        """Add a sentence that claims nothing."""
        self.sentences.append(sentence)
        return self

    def tells(self, sentence: str, *chain: Hop, **said: Any) -> Paper:
        """Add a sentence that claims something: by default that Resistance forces took Deh Salah on 20 August 2021."""
        start = len(self.text) + 1 if self.text else 0
        self.sentences.append(sentence)
        self.claims.append(self._claim(sentence, Span(start, start + len(sentence)), chain, **said))
        return self

    def _claim(
        self,
        sentence: str,
        span: Span,
        chain: Sequence[Hop],
        *,
        place: Place | None = DEH_SALAH,
        name: str | None = None,
        control: str = "gained",
        sub: str | None = OVERTAKES,
        actor: str | None = "Resistance forces",
        target: str | None = "Taliban",
        status: str = "asserted",
        on: str | None = "2021-08-20",
        precision: int | None = 1,
        killed: tuple[int | None, int | None] | None = None,
        wounded: tuple[int | None, int | None] | None = None,
        hurt: tuple[int | None, int | None] | None = None,
        heavy: bool = False,
        side: str | None = "Taliban",
        over: tuple[Place, ...] = (),
        denies: str | None = None,
        part: bool = False,
    ) -> Claim:
        counts = [
            Count(harm, *bounds, side, total_over=len(over) or 1)
            for harm, bounds in ((Harm.KILLED, killed), (Harm.WOUNDED, wounded), (Harm.KILLED_OR_WOUNDED, hurt))
            if bounds
        ]
        if heavy:
            counts.append(Count(Harm.KILLED_OR_WOUNDED, None, None, side, vague=True))
        return Claim(
            id=f"{self.id}:{len(self.claims):02}",
            article_id=self.id,
            span=span,
            quote=sentence,
            place=place,
            place_name=name or (place.name if place else None),
            over=over,
            control=Control(control),
            sub_event_type=sub,
            actor=actor,
            actor_reported=actor,
            target=target,
            status=Status(status),
            event_date=date.fromisoformat(on) if on else None,
            time_precision=precision if on else None,
            counts=tuple(counts),
            attribution=(Hop(self.outlet, None, HopKind.OUTLET), *chain),
            pattern="by-hand",
            denies=denies,
            part="most of" if part else None,
        )

    @property
    def text(self) -> str:
        return " ".join(self.sentences)

    @property
    def article(self) -> Article:
        day = date.fromisoformat(self.day) if self.day else None
        return Article(self.id, f"{self.id}.txt", "0" * 64, self.text, self.title, self.outlet, None, day)


@dataclass
class Desk:
    """Papers, and what the program makes of them."""

    papers: Sequence[Paper]
    settings: Settings = field(default_factory=Settings)

    @cached_property
    def articles(self) -> tuple[Article, ...]:
        return tuple(paper.article for paper in self.papers)

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        return tuple(claim for paper in self.papers for claim in paper.claims)

    @cached_property
    def tracing(self) -> Tracing:
        return origins.trace(self.articles, self.claims)

    @cached_property
    def events(self) -> tuple[Event, ...]:
        return events.merge(self.claims, self.articles, self.tracing, PARTIES, Atlas(), self.settings)  # type: ignore[arg-type]

    @cached_property
    def control(self) -> dict[str, PlaceControl]:
        entries = events.ledger(self.claims, self.events, self.articles, self.tracing, PARTIES, Atlas(), self.settings)  # type: ignore[arg-type]
        return {entry.place.id: entry for entry in entries}

    @property
    def event(self) -> Event:
        """Return the one event, where there is to be one."""
        assert len(self.events) == 1, [(event.sub_event_type, event.event_date, event.claim_ids) for event in self.events]
        return self.events[0]


def desk(*papers: Paper, **settings: Any) -> Desk:
    return Desk(papers, Settings(**settings))
