"""Looks a name up, whatever its spelling, without regard to context: name -> places with scores."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from typing import NamedTuple

from mapper.gazetteer.romanise import all_forms, is_native, normal, skeleton, spelling
from mapper.gazetteer.tables import Name, Tables
from mapper.model import Kind, Place

TIERS: dict[str, float] = {"spelling": 1.0, "form": 0.96, "consonants": 0.8, "translated": 0.75, "typo": 0.7}
"""How a name can meet a place's name, best first, and the score of a place met so.

spelling: equal but for case, diacritics, hyphens. form: equal normal forms. consonants: equal
consonants and much the same vowels. translated: one word put into English, as machine translation
does. typo: one letter added, dropped, changed or swapped with the next in a long
name, and no second place is as near. Names of other countries are met by their spelling alone;
consonants and typos do not know villages that are no seats, because among tens of thousands
something always sounds alike.
"""

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
        self._names = tables.names
        self._places = tables.places
        self._spelled: dict[str, list[Name]] = defaultdict(list)
        self._formed: dict[str, list[Name]] = defaultdict(list)
        self._fuzzy: dict[str, dict[tuple[str, str], Name]] = defaultdict(dict)
        self._cut: dict[str, list[str]] | None = None
        self._capitals = {seat for unit, seat in tables.seats.items() if tables.places[unit].kind is Kind.PROVINCE}
        self._home = {place.id for place in tables.places.values() if place.country == tables.country}
        self._known = self._home & _known(tables.places.values(), tables.seats)
        self._native = [name for name in tables.names if is_native(name.name)]
        self._enter([name for name in tables.names if not is_native(name.name)])
        self.lookup = lru_cache(maxsize=65536)(self._lookup)

    def _enter(self, names: list[Name]) -> None:
        """Index names by their spelling and normal forms, all but those of villages by their consonants too."""
        forms = all_forms({name.name: None for name in names if name.place_id in self._home})
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

    @cached_property
    def spellings(self) -> Mapping[str, tuple[str, ...]]:
        """The names of each place, by place id, in the order of the tables."""
        grouped: dict[str, list[str]] = defaultdict(list)
        for name in self._names:
            grouped[name.place_id].append(name.name)
        return {place_id: tuple(names) for place_id, names in grouped.items()}

    def _lookup(self, name: str) -> tuple[NameMatch, ...]:
        """Return every place of that name, best first; of equals, provincial capitals come before units, units before the rest."""
        best: dict[str, NameMatch] = {}
        forms, plain = normal(name), spelling(name)
        if self._native and is_native(plain):
            self._enter(self._native)
            self._native = []
        for found in self._spelled.get(plain, ()):
            self._keep(best, found, "spelling")
        for found in (found for form in forms for found in self._formed.get(form, ())):
            self._keep(best, found, "form")
        for found, likeness in self._alike(forms, frozenset(best)):
            self._keep(best, found, "consonants", likeness)
        for found in () if best else self._translated(name):
            self._keep(best, found, "translated")
        for found in () if best else self._misspelt(forms):
            self._keep(best, found, "typo")
        return tuple(sorted(best.values(), key=self._order))

    def _keep(self, best: dict[str, NameMatch], found: Name, tier: str, likeness: float = 1.0) -> None:
        score = TIERS[tier] * likeness * (WEAK if found.weak else 1.0)
        if found.place_id not in best or score > best[found.place_id].score:
            best[found.place_id] = NameMatch(self._places[found.place_id], found.name, round(score, 4), tier, found.weak)

    def _order(self, match: NameMatch) -> tuple[float, bool, bool, int, str]:
        place = match.place
        return -match.score, match.weak, place.id not in self._capitals, _KINDS[place.kind], place.id

    def _alike(self, forms: Iterable[str], met: frozenset[str]) -> Iterator[tuple[Name, float]]:
        for form in forms:
            for (other, place_id), name in self._fuzzy.get(skeleton(form), _NONE).items():
                likeness = 0.0 if place_id in met else jaro_winkler(form, other)
                if likeness >= _LIKENESS:
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
        return self._formed.get(normal(native)[0], [])

    def _misspelt(self, forms: Iterable[str]) -> list[Name]:
        near = [name for form in forms if len(form) >= _LONG and form.isalpha() for name in self._one_edit_away(form)]
        units = {self._places[name.place_id].unit or name.place_id for name in near}
        return near if len(units) == 1 else []

    def _one_edit_away(self, form: str) -> list[Name]:
        if self._cut is None:
            self._cut = defaultdict(list)
            for other, _ in (entry for entries in self._fuzzy.values() for entry in entries):
                for cut in _cuts(other) if len(other) >= _LONG else ():
                    self._cut[cut].append(other)
        others = {other for cut in _cuts(form) for other in self._cut.get(cut, ()) if one_edit(form, other)}
        return [name for other in sorted(others) for (met, _), name in self._fuzzy[skeleton(other)].items() if met == other]


def jaro_winkler(one: str, other: str) -> float:
    """Return the Jaro-Winkler likeness of two strings, 0 to 1 (Winkler 1990; prefix weight 0.1, four letters).

    >>> round(jaro_winkler("martha", "marhta"), 3)
    0.961
    """
    if one == other:
        return 1.0
    reach = max(len(one), len(other)) // 2 - 1
    taken = [False] * len(other)
    ours = []
    for i, letter in enumerate(one):
        for j in range(max(0, i - reach), min(len(other), i + reach + 1)):
            if not taken[j] and other[j] == letter:
                taken[j] = True
                ours.append(letter)
                break
    if not ours:
        return 0.0
    theirs = [letter for letter, hit in zip(other, taken, strict=True) if hit]
    swaps = sum(a != b for a, b in zip(ours, theirs, strict=True)) / 2
    jaro = (len(ours) / len(one) + len(ours) / len(other) + (len(ours) - swaps) / len(ours)) / 3
    prefix = next((i for i, (a, b) in enumerate(zip(one[:4], other[:4], strict=False)) if a != b), min(4, len(one), len(other)))
    return jaro + prefix * 0.1 * (1 - jaro)


def one_edit(one: str, other: str) -> bool:
    """Return whether one letter added, dropped, changed or swapped with the next makes one string of the other.

    A last i is no slip of the pen: it makes a person of a place.

    >>> one_edit("kandahr", "kandahar"), one_edit("kandahari", "kandahar")
    (True, False)
    """
    short, long = sorted((one, other), key=len)
    if long == short + "i" or len(long) - len(short) > 1 or (one[:-1] == other[:-1] and "i" in one[-1:] + other[-1:]):
        return False
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(long) > len(short):
        return short[at:] == long[at + 1 :]
    changed, swapped = short[at + 1 :], short[at + 1 : at + 2] + short[at : at + 1] + short[at + 2 :]
    return changed == long[at + 1 :] or swapped == long[at:]


def _cuts(form: str) -> set[str]:
    return {form, *(form[:i] + form[i + 1 :] for i in range(len(form)))}


def _known(places: Iterable[Place], seats: Mapping[str, str]) -> set[str]:
    return {place.id for place in places if place.kind not in (Kind.VILLAGE, Kind.ROAD, Kind.OTHER)} | set(seats.values())
