"""The parties to the conflict: a table of actors, their aliases, their ACLED names, and who is the state when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from mapper import bundle
from mapper.errors import TableError
from mapper.model import Actor, ActorName
from mapper.text import fold

_NOBODY = re.compile(r"^(?:un(?:identified|known)|gunm[ae]n|armed m[ae]n)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Person:
    """A named person of the news: canonical `name`, spellings, and side."""

    id: str
    name: str
    aliases: tuple[str, ...]
    side: str


class Tenure(NamedTuple):
    """Who held an office that one person holds at a time, given by its words, from which day to which."""

    person: Person
    office: frozenset[str]
    valid_from: date | None
    valid_to: date | None


class Form(StrEnum):
    """How an alias stands in a noun phrase."""

    NAME = "name"
    """Names the party by itself: "the Taliban", "NRF"."""
    GROUP = "group"
    """A common noun for its people: "insurgents", "security forces"."""
    PERSON = "person"
    """One of its people: "a soldier"."""
    ADJECTIVE = "adjective"
    """Stands for the party only before a head noun: "government forces"."""
    AFTER = "after"
    """Turns the noun before it: "fighters opposed to the Taliban"."""


class Alias(NamedTuple):
    """A wording for an actor, and the days on which it means that actor."""

    actor: Actor
    form: Form
    valid_from: date | None
    valid_to: date | None

    def valid(self, day: date | None) -> bool:
        """Tell whether the wording means this actor on a day; an unknown day takes any."""
        return day is None or (
            (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)
        )


@dataclass(frozen=True)
class Actors:
    """The actor table of one country."""

    by_name: Mapping[str, Actor]
    aliases: Mapping[str, tuple[Alias, ...]]
    """Lower-case wording -> what it may mean; the claims stage matches noun phrases against these."""
    reigns: tuple[tuple[date | None, date | None, str], ...]
    """(first day, last day, side) of each state; None is open."""
    persons: tuple[Person, ...]
    people: Mapping[str, Person]
    """Lower-case name or spelling -> person."""
    dyads: tuple[tuple[str, str, date | None, date | None], ...] = ()
    """(side, side, first day, last day) of each pair that fights, the chief one of a time first."""
    tenures: tuple[Tenure, ...] = ()

    @cached_property
    def openings(self) -> Mapping[str, tuple[int, ...]]:
        """The first word of a wording -> how many words the wordings have that begin with it, the most first."""
        return _openings(self.aliases)

    @cached_property
    def forenames(self) -> Mapping[str, tuple[int, ...]]:
        """The same of the names of persons."""
        return _openings(self.people)

    @cached_property
    def first_words(self) -> frozenset[str]:
        """The words with which a wording or a name begins."""
        return frozenset(self.openings) | frozenset(self.forenames)

    @cached_property
    def _spellings(self) -> tuple[tuple[str, Person], ...]:
        return tuple((fold(alias), person) for person in self.persons for alias in (person.name, *person.aliases))

    def person(self, name: str) -> Person | None:
        """Return the person who goes by a name, or by several words of it: "former president Ashraf Ghani"."""
        low = fold(name)
        for known, person in self._spellings:
            if known in low and (known == low or (" " in known and re.search(rf"\b{re.escape(known)}\b", low))):
                return person
        return None

    def holder(self, description: str, day: date | None) -> Person | None:
        """Return who holds the office that a description is all of: "the acting minister of defence", and no "Iranian" one."""
        words = _office(description)
        held = (t for t in self.tenures if t.office == words and day is not None and _covers(t, day))
        return next((tenure.person for tenure in held), None)

    def enemies(self, side: str, day: date | None) -> tuple[str, ...]:
        """Return the sides that fight a side on a day, the chief one first."""
        return tuple(
            b if side == a else a
            for a, b, start, end in self.dyads
            if side in (a, b) and (day is None or ((start is None or start <= day) and (end is None or day <= end)))
        )

    def fights(self, a: str, b: str, day: date | None) -> bool:
        """Tell whether two sides fight each other on a day."""
        return b in self.enemies(a, day)

    def of_side(self, side: str, day: date | None) -> Actor | None:
        """Return the first actor of a side on a day: what the side is called when only the side is known."""
        for actor in self.by_name.values():
            if actor.side == side and (
                day is None
                or ((actor.valid_from is None or actor.valid_from <= day) and (actor.valid_to is None or day <= actor.valid_to))
            ):
                return actor
        return None

    def meanings(self, wording: str, day: date | None) -> tuple[Alias, ...]:
        """Return all that a wording may mean on a day, in the order of the table."""
        return tuple(alias for alias in self.aliases.get(wording, ()) if alias.valid(day))

    def named(self, wording: str, day: date | None) -> Alias | None:
        """Return the first meaning of a wording on a day, None when it names nobody then."""
        return next(iter(self.meanings(wording, day)), None)

    def side(self, name: str | None) -> str | None:
        """Return the side of a normalised actor name, None when it is not in the table."""
        actor = self.by_name.get(name or "")
        return actor.side if actor else None

    def party(self, name: str | None) -> str | None:
        """Return what parties are compared by: the side of an actor, the folded name of one not in the table, None for nobody known."""
        if name is None or _NOBODY.match(name):
            return None
        return self.side(name) or fold(name)

    def state(self, day: date | None) -> str | None:
        """Return the side that is the state on a day (the latest known state when the day is unknown)."""
        for start, end, side in self.reigns:
            if day is not None and (start is None or start <= day) and (end is None or day <= end):
                return side
        return self.reigns[-1][2] if self.reigns else None

    def supposed(self, words: Sequence[str]) -> date | None:
        """Return a day of the reign of which a text without a date tells, by its lower-case words; None when they do not say.

        Wordings speak that mean somebody under one reign alone: "Afghan army" before August 2021, "NRF"
        after it. Adjectives count half: "former Afghan officials" live on.
        """
        found = [0.0] * len(self.reigns)
        for at, word in enumerate(words):
            for length in self.openings.get(word, ()):
                meanings = self.aliases.get(" ".join(words[at : at + length]))
                if meanings:
                    under = [n for n, reign in enumerate(self.reigns) if any(_meet(alias, reign) for alias in meanings)]
                    if len(under) == 1:
                        found[under[0]] += 0.5 if meanings[0].form is Form.ADJECTIVE else 1.0
                    break
        most = max(found, default=0.0)
        if most < 1 or found.count(most) > 1:
            return None
        start, end, _ = self.reigns[found.index(most)]
        return end or start

    def acled(self, name: str | None, day: date | None) -> ActorName | None:
        """Return ACLED's name for a normalised actor on a day, or None when the table gives none."""
        actor = self.by_name.get(name or "")
        for candidate in actor.acled if actor else ():
            if day is None or (
                (candidate.valid_from is None or candidate.valid_from <= day)
                and (candidate.valid_to is None or day <= candidate.valid_to)
            ):
                return candidate
        return None


_OF_ANY_OFFICE = frozenset("the of acting caretaker afghan afghanistan afghanistans kabul kabuls".split())
"""Words that make no other office of one."""


def _office(description: str) -> frozenset[str]:
    words = re.findall(r"[a-z]+", fold(description).replace("defense", "defence").replace("advisor", "adviser"))
    kept = frozenset(words) - _OF_ANY_OFFICE
    return kept | ({"caretaker"} if "caretaker" in words and "president" in kept else frozenset())


def _covers(tenure: Tenure, day: date) -> bool:
    return (tenure.valid_from is None or tenure.valid_from <= day) and (tenure.valid_to is None or day <= tenure.valid_to)


def _meet(alias: Alias, reign: tuple[date | None, date | None, str]) -> bool:
    """Tell whether a wording is valid on some day of a reign."""
    start, end, _ = reign
    return not (
        (alias.valid_to is not None and start is not None and alias.valid_to < start)
        or (alias.valid_from is not None and end is not None and end < alias.valid_from)
    )


def _openings(wordings: Iterable[str]) -> Mapping[str, tuple[int, ...]]:
    found: dict[str, set[int]] = {}
    for wording in wordings:
        first, *rest = wording.split(" ")
        found.setdefault(first, set()).add(1 + len(rest))
    return {first: tuple(sorted(lengths, reverse=True)) for first, lengths in found.items()}


def load(country: str = "AFG") -> Actors:
    """Read data/actors/<country>.csv, its states and its persons. TableError names a faulty file and row.

    A country without a table has no actors: claims about it keep the words of their articles.
    """
    if not (bundle.root() / "actors" / f"{country}.csv").is_file():
        return Actors({}, {}, (), (), {})
    by_name: dict[str, Actor] = {}
    by_id: dict[str, Actor] = {}
    aliases: dict[str, list[Alias]] = {}
    names: dict[str, list[ActorName]] = {}
    for number, row in enumerate(bundle.rows("actors", f"{country}_acled.csv"), 2):
        names.setdefault(row["actor_id"], []).append(
            ActorName(
                row["acled_name"],
                row["verified"] == "yes",
                _day(row["valid_from"], country, number),
                _day(row["valid_to"], country, number),
            )
        )
    for number, row in enumerate(bundle.rows("actors", f"{country}.csv"), 2):
        days = _day(row["valid_from"], country, number), _day(row["valid_to"], country, number)
        acled = tuple(names.get(row["actor_id"], ()))
        actor = Actor(row["actor_id"], row["name"], row["side"], row["inter"], row["kind"], acled, *days)
        if actor.name in by_name or actor.id in by_id:
            raise TableError(
                f"data/actors/{country}.csv, row {number}: {actor.name!r} is listed twice; a normalised name stands once"
            )
        by_name[actor.name] = by_id[actor.id] = actor
    for number, row in enumerate(bundle.rows("actors", f"{country}_aliases.csv"), 2):
        if row["actor_id"] not in by_id or row["form"] not in set(Form):
            raise TableError(
                f"data/actors/{country}_aliases.csv, row {number}: {row['actor_id']!r} as {row['form']!r}; "
                f"expected an actor of {country}.csv and one of {', '.join(Form)}"
            )
        days = _day(row["valid_from"], country, number), _day(row["valid_to"], country, number)
        aliases.setdefault(row["alias"].casefold(), []).append(Alias(by_id[row["actor_id"]], Form(row["form"]), *days))
    reigns = tuple(
        (_day(row["valid_from"], country, number), _day(row["valid_to"], country, number), row["side"])
        for number, row in enumerate(bundle.rows("actors", f"{country}_state.csv"), 2)
    )
    dyads = tuple(
        (row["side_a"], row["side_b"], _day(row["valid_from"], country, number), _day(row["valid_to"], country, number))
        for number, row in enumerate(bundle.rows("actors", f"{country}_dyads.csv"), 2)
    )
    persons = tuple(
        Person(
            row["person_id"],
            row["name"],
            tuple(filter(None, row["aliases"].split("|"))),
            row["side"],
        )
        for row in bundle.rows("actors", f"{country}_persons.csv")
    )
    people = {name.casefold(): person for person in persons for name in (person.name, *person.aliases)}
    tenures = tuple(_tenures(country, {person.id: person for person in persons}))
    meanings = {wording: tuple(found) for wording, found in aliases.items()}
    return Actors(by_name, meanings, reigns, persons, people, dyads, tenures)


def _tenures(country: str, persons: Mapping[str, Person]) -> Iterator[Tenure]:
    for number, row in enumerate(bundle.rows("actors", f"{country}_offices.csv"), 2):
        if row["person_id"] not in persons:
            raise TableError(
                f"data/actors/{country}_offices.csv, row {number}: {row['person_id']!r} is not in {country}_persons.csv"
            )
        days = _day(row["valid_from"], country, number), _day(row["valid_to"], country, number)
        yield Tenure(persons[row["person_id"]], _office(row["office"]), *days)


def _day(cell: str, country: str, number: int) -> date | None:
    try:
        return date.fromisoformat(cell) if cell else None
    except ValueError as fault:
        raise TableError(f"data/actors/{country}*.csv, row {number}: {cell!r} is no ISO date") from fault
