"""What an article has named so far: what "the three districts", "there", "they" and an unnamed taker refer to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from mapper.claims.chunks import KIND_NOUNS, Places, Reference, Relation
from mapper.gazetteer import Gazetteer
from mapper.model import Actor, Kind, Place, Resolution, Span

_SAID = (Relation.SITE, Relation.NEAR, Relation.OFFICE)
_NATIVE = re.compile(r"[\u0600-\u06ff]")


@dataclass(frozen=True, slots=True)
class Named:
    """A place, and the name in the text that names it."""

    place: Place
    span: Span


@dataclass(slots=True)
class Memory:
    """Grows as the article is read; `lists` holds those of the whole article, since a headline counts what the body names."""

    gazetteer: Gazetteer
    lists: list[tuple[int, tuple[Named, ...], bool]] = field(default_factory=list)
    """Where each list begins, its places, and whether its sentence says who took or holds them, or only names them."""
    mentioned: list[tuple[int, Named]] = field(default_factory=list)
    focus: tuple[Named, ...] = ()
    focus_paragraph: int = -1
    here: frozenset[str | None] = frozenset()
    """The units that the sentence being read names."""
    nearby: tuple[tuple[Relation, Named], ...] = ()
    doer: Actor | None = None
    """Who acted in the sentence before: whom "they" means there."""
    """The places that the sentence being read names, each with its part in it."""
    actors: list[Actor] = field(default_factory=list)
    sides: Counter[str] = field(default_factory=Counter)

    def survey(self, at: int, groups: Sequence[Places], told: Sequence[Places]) -> None:
        """Note the places and lists of one sentence ahead of the reading; of those `told`, that they are what changed hands."""
        for group in groups:
            named = self.named(group)
            exact = tuple(n for n in named if n.place.admin2_pcode)
            if len(exact) >= 2 and group.relation in (Relation.SITE, Relation.NEAR):
                self.lists.append((at, exact, group in told))
            if group.relation in (Relation.SITE, Relation.NEAR):
                self.mentioned.extend((n.span.start, n) for n in named)

    def attend(self, named: Sequence[Named], paragraph: int) -> None:
        """Put places in focus."""
        self.focus = tuple({(n.place.unit or n.place.id): n for n in named}.values())
        self.focus_paragraph = paragraph

    def named(self, group: Places) -> tuple[Named, ...]:
        """Return each place of a group once, with its first name; the name in native script behind it adds none."""
        found: dict[str, Named] = {}
        for mention in group.mentions:
            place = mention.place
            if place is None or (found and _NATIVE.match(mention.toponym.text)):
                continue
            if group.facility:
                place = self._facility(place, group.facility)
            found.setdefault(place.id, Named(place, mention.toponym.span))
        return tuple(found.values())

    def _facility(self, place: Place, noun: str) -> Place:
        """Return the facility at a place, or its capital: the gazetteer's when it lists it, else one of its own at the same point."""
        if noun == "capital":
            seat = self.gazetteer.seats.get(place.admin1_pcode or "")
            return self.gazetteer.places[seat] if seat else place
        listed = (match.place for match in self.gazetteer.lookup(f"{place.name} {noun}") if match.place.kind is Kind.FACILITY)
        own = replace(place, id=f"{place.id}-{noun}", name=f"{place.name} {noun}", kind=Kind.FACILITY, feature_code=None)
        return next((found for found in listed if found.unit == place.unit), own)

    def refer(self, reference: Reference, at: int) -> tuple[Named, ...]:
        """Return the places that a description at an offset stands for; nothing rather than a guess."""
        if reference.noun in ("latter", "former"):
            listed = [n for part, n in self.nearby if part is Relation.SITE and n.span.start < at] or list(self.focus)
            return tuple((listed[-1:] if reference.noun == "latter" else listed[:1]) if len(listed) > 1 else ())
        if reference.noun == "there":
            here = [n for part, n in self.nearby if part is Relation.SITE and n.span.start < at and n.place.admin2_pcode]
            return tuple(here[-1:]) or self.focus
        if reference.noun.endswith("s") or (reference.number or 1) > 1:
            return self._listed(reference, at)
        kind = KIND_NOUNS.get(reference.noun)
        outer = reference.frame.place if reference.frame else None
        if reference.unknown or (outer and outer.kind is Kind.COUNTRY and kind in (Kind.PROVINCE, Kind.OTHER)):
            return self._frame(reference)
        if kind is Kind.PROVINCE:
            return self._province()
        if reference.noun == "capital":
            return self._seat(reference) or self._national(reference) or self._of_sentence(at) or self._capital()
        if reference.pointing and kind is Kind.CITY:
            cities = [n for _, n in self.nearby if n.span.start < at and n.place.kind is Kind.CITY]
            return tuple(cities[-1:]) or self._one(kind, at)
        return self._one(kind, at) if reference.definite else self._ahead(kind, at)

    def _one(self, kind: Kind | None, at: int) -> tuple[Named, ...]:
        """ "The district", "that city": named in the sentence before it, in focus, named before, or else just ahead."""
        said = tuple(n for part, n in self.nearby if n.span.start < at and part in _SAID and n.place.kind is kind)
        if said:
            return said[-1:]
        fitting = tuple(n for n in self.focus if self._fits(n.place, kind))
        return fitting[:1] or self._latest(kind, at) or (() if kind is Kind.OTHER else self._ahead(kind, at, within=200))

    def _listed(self, reference: Reference, at: int) -> tuple[Named, ...]:
        if reference.noun == "capitals" and reference.frame is not None:
            provinces = [n for _, n in self.nearby if n.span.start >= reference.frame.toponym.span.start]
            return tuple(seat for n in provinces if n.place.kind in (Kind.PROVINCE, Kind.CITY) for seat in self._seat_of(n))
        lists = [entry for entry in self.lists if _lies_in(reference.frame, entry[1])]
        before = [named for start, named, _ in lists if start < at]
        meant = reference.definite or reference.frame is not None  # "three districts in Faryab": its districts ahead
        after = [named for start, named, told in lists if start >= at and (told or meant)]
        ordered = [*before[::-1], *after]
        if reference.other:
            present = self.here or {n.place.unit for n in self.focus}
            rest = next(
                (
                    left
                    for named in ordered
                    if len(left := tuple(n for n in named if n.place.unit not in present))
                    == (reference.number or len(left))
                    < len(named)
                ),
                None,
            )
            return rest or ()
        if reference.number:
            exact = next((named for named in ordered if len(named) == reference.number), None)
            fewer = next((named for named in ordered if reference.number - len(named) == 1), None)
            return (() if reference.noun.startswith("province") else exact or fewer or ()) or self._frame(reference)
        return (before[-1] if before and reference.definite else ()) or self._frame(reference)

    def _frame(self, reference: Reference) -> tuple[Named, ...]:
        """Nothing is named: the province around it, where the text gives one."""
        frame = reference.frame
        place = frame.place if frame else None
        if frame and place and place.kind is Kind.CITY and place.name == place.admin1 and place.admin1_pcode:
            if (reference.number or 0) > 1 and reference.noun in ("districts", "villages", "towns"):
                return (Named(self.gazetteer.unit(place.admin1_pcode), frame.toponym.span),)
            return (Named(place, frame.toponym.span),) if reference.unknown else ()
        if frame and frame.place and frame.place.kind in (Kind.PROVINCE, Kind.COUNTRY, Kind.DISTRICT):
            return (Named(frame.place, frame.toponym.span),)
        return ()

    def _seat(self, reference: Reference) -> tuple[Named, ...]:
        """ "The capital of northern Samangan province": the seat of the province that the description names."""
        frame = reference.frame
        seat = self.gazetteer.seats.get(frame.place.admin1_pcode or "") if frame and frame.place else None
        return (Named(self.gazetteer.places[seat], frame.toponym.span),) if seat and frame else ()

    def _seat_of(self, named: Named) -> tuple[Named, ...]:
        seat = self.gazetteer.seats.get(named.place.admin1_pcode or "")
        return (Named(self.gazetteer.places[seat], named.span),) if seat else ()

    def _national(self, reference: Reference) -> tuple[Named, ...]:
        """ "The Afghan capital"."""
        home = (p for p in self.gazetteer.places.values() if p.feature_code == "PPLC" and p.country == self.gazetteer.country)
        said = [n for _, n in self.nearby] or list(self.focus)
        return tuple(Named(p, said[-1].span) for p in home)[:1] if reference.national and said else ()

    def _of_sentence(self, at: int) -> tuple[Named, ...]:
        """ "In Badghis province, they stormed the capital": the province that the sentence named before."""
        named = [n for _, n in self.nearby if n.span.start < at and n.place.kind is Kind.PROVINCE]
        return self._seat_of(named[-1]) if named else ()

    def _province(self) -> tuple[Named, ...]:
        for named in reversed([n for _, n in self.mentioned[-8:]] + list(self.focus)):
            if named.place.admin1_pcode:
                return (Named(self.gazetteer.unit(named.place.admin1_pcode), named.span),)
        return ()

    def _capital(self) -> tuple[Named, ...]:
        """ "The provincial capital": of the province in focus. "The capital" alone: the city in focus, if one is."""
        cities = tuple(n for n in self.focus if n.place.kind is Kind.CITY)
        if cities:
            return cities[:1]
        for named in self.focus:
            seat = self.gazetteer.seats.get(named.place.admin1_pcode or "")
            if seat:
                return (Named(self.gazetteer.places[seat], named.span),)
        return ()

    def _ahead(self, kind: Kind | None, at: int, within: int = 600) -> tuple[Named, ...]:
        """ "A key northern town": what the next sentences name."""
        following = [
            n for start, n in self.mentioned
            if start >= at and start - at < within and n.place.admin2_pcode and (n.place.kind is Kind.CITY) <= (kind is Kind.CITY)
        ]  # fmt: skip
        return tuple(following[:1])

    def _latest(self, kind: Kind | None, at: int) -> tuple[Named, ...]:
        before = [n for start, n in self.mentioned if start < at and at - start < 900 and self._fits(n.place, kind)]
        return (before[-1],) if before else ()

    def _fits(self, place: Place, kind: Kind | None) -> bool:
        if kind in (None, Kind.OTHER):
            return place.admin2_pcode is not None
        if kind is Kind.DISTRICT:
            return place.admin2_pcode is not None
        if kind is Kind.CITY:
            return place.kind in (Kind.CITY, Kind.DISTRICT, Kind.VILLAGE) and place.admin2_pcode is not None
        return place.kind is kind


def _lies_in(frame: Resolution | None, named: Sequence[Named]) -> bool:
    """Tell places of the province that a description is set in: "two districts in Laghman" are none of Kandahar's."""
    province = frame.place if frame else None
    if province is None or province.kind is not Kind.PROVINCE:
        return True
    return all(n.place.admin1_pcode == province.admin1_pcode for n in named)
