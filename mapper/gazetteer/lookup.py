"""Looks a name up, whatever its spelling, without regard to context: name -> places with scores."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from mapper.gazetteer.likeness import jaro_winkler, one_edit, sound
from mapper.gazetteer.romanise import SYSTEMS, all_forms, is_native, normal, skeleton, spelling
from mapper.gazetteer.tables import Name, Tables
from mapper.model import Kind, Place

TIERS: dict[str, float] = {"spelling": 1.0, "form": 0.96, "consonants": 0.8, "near": 0.8, "translated": 0.75, "typo": 0.7}
"""How a name can meet a place's name, best first, and the score of a place met so.

spelling: equal but for case, diacritics, hyphens. form: equal normal forms. consonants: equal
consonants and much the same vowels. translated: one word put into English, as machine translation
does. typo: one letter added, dropped, changed or swapped with the next in a long
name, and no second place is as near. Names of other countries are met by their spelling alone;
consonants and typos do not know villages that are no seats, because among tens of thousands
something always sounds alike. near: sounds much like a name of a known province or district, and
like no other there; the score is that share of how alike they sound.
"""

SOUND = 0.88
"""How alike (0 to 1) a name must sound to one of a unit's names to be taken for it. Of 3,929 GeoNames
villages that the tables do not have, 4 sound so to a name of another place of their province."""

SOUND_OF_KIND = {Kind.DISTRICT: 0.7, Kind.PROVINCE: 0.8}
"""The same, where the name is said to be that of such a unit: there are few of them."""

_LEAD = 0.05  # by how much less alike the next place must sound

TRANSLATED: dict[str, str] = {
    "bridge": "Pul",
    "fort": "Qala",
    "castle": "Qala",
    "village": "Deh",
    "mountain": "Koh",
    "spring": "Chashma",
    "plain": "Dasht",
    "desert": "Dasht",
}
"""English nouns behind a name -> the Dari noun that stands before it: Hesar Bridge is Pul-e-Hesar."""

QUALIFIED: dict[str, str] = {"lower": "Payin", "upper": "Bala", "new": "Naw", "old": "Kuhna"}
"""English adjectives before a name -> the Dari one that stands behind it: Upper Darwaz is Darwaz-e-Bala."""

WEAK = 0.75
"""The share of a score that is left for a name that usually means something else."""

_LIKENESS = 0.85  # Jaro-Winkler of the normal forms; below it, names that share consonants begin to be other names
_LIKENESS_JOINED = 0.93  # the same of names of more words, or fewer: Sarak-e-Naw is not Sar Kani
_LONG = 8  # letters of a normal form; shorter names differ from other names by one letter too often
_NONE: dict[tuple[str, str], Name] = {}
_KINDS = {kind: rank for rank, kind in enumerate(Kind)}


class NameMatch(NamedTuple):
    """A place that bears a name like the one asked for: `name` as in the table, how well it fits, and how."""

    place: Place
    name: str
    score: float
    tier: str
    weak: bool


class Index:
    """The names of a gazetteer, ready for looking up."""

    def __init__(self, tables: Tables) -> None:
        """Index the names in Latin script; those in Arabic script wait until one of them is asked for."""
        self._system = tables.romanisation
        self.country = tables.country
        self._names = tables.names
        self.seats = tables.seats
        self.places = tables.places
        self._spelled: dict[str, list[Name]] = defaultdict(list)
        self._formed: dict[str, list[Name]] = defaultdict(list)
        self._fuzzy: dict[str, dict[tuple[str, str], Name]] = defaultdict(dict)
        self._cut: dict[str, list[str]] | None = None
        self.capitals = {seat for unit, seat in tables.seats.items() if tables.places[unit].kind is Kind.PROVINCE}
        self._home = {place.id for place in tables.places.values() if place.country == tables.country}
        self._known = self._home & _known(tables.places.values(), tables.seats)
        self._native = [name for name in tables.names if is_native(name.name)]
        self._enter([name for name in tables.names if not is_native(name.name)])
        self.lookup = lru_cache(maxsize=65536)(self._lookup)
        self.near = lru_cache(maxsize=65536)(self._near)

    def _enter(self, names: list[Name]) -> None:
        """Index names by their spelling and normal forms, all but those of villages by their consonants too."""
        forms = all_forms({name.name: None for name in names if name.place_id in self._home}, "", self._system)
        for name in names:
            self._spelled[spelling(name.name)].append(name)
            for form in forms[name.name] if name.place_id in self._home else ():
                self._formed[form].append(name)
                bones = skeleton(form) if name.place_id in self._known and not name.weak else ""
                if bones:
                    self._fuzzy[bones].setdefault((form, name.place_id), name)

    @cached_property
    def sources(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """The lists that print a name, by place id and name."""
        return {(name.place_id, name.name): name.sources for name in self._names}

    def within(self, unit: str) -> Sequence[Place]:
        """Return the country's own places in a province or district, itself left out."""
        return [
            p for p in self.places.values() if p.id in self._home and p.id != unit and unit in (p.admin1_pcode, p.admin2_pcode)
        ]

    @cached_property
    def seat_of(self) -> Mapping[str, Place]:
        """The district of which a place is the seat, by the place's id."""
        return {seat: self.places[unit] for unit, seat in self.seats.items() if self.places[unit].kind is Kind.DISTRICT}

    @cached_property
    def spellings(self) -> Mapping[str, tuple[str, ...]]:
        """The names of each place, by place id, in the order of the tables."""
        grouped: dict[str, list[str]] = defaultdict(list)
        for name in self._names:
            grouped[name.place_id].append(name.name)
        return {place_id: tuple(names) for place_id, names in grouped.items()}

    @cached_property
    def _by_unit(self) -> Mapping[str, list[tuple[str, Name]]]:
        """The normal forms of the names that are not weak, by the P-code of the province, and of the district."""
        forms = all_forms({name.name: None for name in self._names if name.place_id in self._home}, "", self._system)
        grouped: dict[str, list[tuple[str, Name]]] = defaultdict(list)
        for name in self._names:
            place = self.places[name.place_id]
            if place.id in self._home and not name.weak:
                for unit in {place.country, place.admin1_pcode, place.admin2_pcode} - {None, place.id}:
                    grouped[unit or ""] += [(form, name) for form in forms[name.name]]
        return grouped

    def _near(self, name: str, unit: str, kind: Kind | None = None) -> tuple[NameMatch, ...]:
        """Return the place in a unit, of a kind if one is given, that bears the name most like this one; nothing where none is like it."""
        best: dict[str, tuple[float, Name]] = {}
        native, least = is_native(name), SOUND_OF_KIND.get(kind, SOUND) if kind else SOUND
        for form in normal(name, self._system):
            for other, found in self._by_unit.get(unit, ()):
                if (kind is None or self.places[found.place_id].kind is kind) and is_native(other) is native:
                    likeness = sound(form, other, least - _LEAD)
                    if likeness > best.get(found.place_id, (0.0,))[0]:
                        best[found.place_id] = likeness, found
        ranked = sorted(best.items(), key=lambda item: (-item[1][0], item[0]))
        if not ranked or ranked[0][1][0] < least:
            return ()
        place, (likeness, found) = self.places[ranked[0][0]], ranked[0][1]
        others = [share for other, (share, _) in ranked[1:] if self.places[other].unit != place.unit]
        if others and likeness - others[0] < _LEAD:
            return ()
        return (NameMatch(place, found.name, round(TIERS["near"] * likeness, 4), "near", found.weak),)

    def _lookup(self, name: str) -> tuple[NameMatch, ...]:
        """Return every place of that name, best first; of equals, provincial capitals come before units, units before the rest."""
        best: dict[str, NameMatch] = {}
        forms, plain = normal(name, self._system), spelling(name)
        if self._native and is_native(plain):
            self._enter(self._native)
            self._native = []
        for found in self._spelled.get(plain, ()):
            self._keep(best, found, "spelling")
        for found in (found for form in forms for found in self._formed.get(form, ())):
            self._keep(best, found, "form")
        liberal = SYSTEMS[self._system].liberal
        for found, likeness in self._alike(forms, len(plain.split())) if liberal and not best else ():
            self._keep(best, found, "consonants", likeness)
        for found in self._translated(name) if liberal and not best else ():
            self._keep(best, found, "translated")
        for found in () if best else self._misspelt(forms):
            self._keep(best, found, "typo")
        return tuple(sorted(best.values(), key=self._order))

    def _keep(self, best: dict[str, NameMatch], found: Name, tier: str, likeness: float = 1.0) -> None:
        score = TIERS[tier] * likeness * (WEAK if found.weak else 1.0)
        if found.place_id not in best or score > best[found.place_id].score:
            best[found.place_id] = NameMatch(self.places[found.place_id], found.name, round(score, 4), tier, found.weak)

    def _order(self, match: NameMatch) -> tuple[float, bool, bool, int, str]:
        place = match.place
        return -match.score, match.weak, place.id not in self.capitals, _KINDS[place.kind], place.id

    def _alike(self, forms: Iterable[str], words: int) -> Iterator[tuple[Name, float]]:
        for form in forms:
            for (other, _), name in self._fuzzy.get(skeleton(form), _NONE).items():
                likeness = jaro_winkler(form, other)
                if likeness >= (_LIKENESS if len(spelling(name.name).split()) == words else _LIKENESS_JOINED):
                    yield name, likeness

    def _translated(self, name: str) -> list[Name]:
        first, *rest = spelling(name).split(" ")
        if not rest:
            return []
        last = rest[-1]
        if last in TRANSLATED:
            native = f"{TRANSLATED[last]}-e-{' '.join((first, *rest[:-1]))}"
        elif first in QUALIFIED:
            native = f"{' '.join(rest)}-e-{QUALIFIED[first]}"
        else:
            return []
        return self._formed.get(normal(native, self._system)[0], [])

    def _misspelt(self, forms: Iterable[str]) -> list[Name]:
        near = [name for form in forms if len(form) >= _LONG and form.isalpha() for name in self._one_edit_away(form)]
        units = {self.places[name.place_id].unit or name.place_id for name in near}
        return near if len(units) == 1 else []

    def _one_edit_away(self, form: str) -> list[Name]:
        if self._cut is None:
            self._cut = defaultdict(list)
            for other, _ in (entry for entries in self._fuzzy.values() for entry in entries):
                for cut in _cuts(other) if len(other) >= _LONG else ():
                    self._cut[cut].append(other)
        others = {other for cut in _cuts(form) for other in self._cut.get(cut, ()) if one_edit(form, other)}
        return [name for other in sorted(others) for (met, _), name in self._fuzzy[skeleton(other)].items() if met == other]


def _cuts(form: str) -> set[str]:
    return {form, *(form[:i] + form[i + 1 :] for i in range(len(form)))}


def _known(places: Iterable[Place], seats: Mapping[str, str]) -> set[str]:
    return {place.id for place in places if place.kind not in (Kind.VILLAGE, Kind.ROAD, Kind.OTHER)} | set(seats.values())
