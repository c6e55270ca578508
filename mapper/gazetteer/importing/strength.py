"""Places with their names -> which of the names are weak: they need help from the words around them."""

from __future__ import annotations

from collections.abc import Iterable

from mapper.gazetteer.importing.entry import Entry
from mapper.gazetteer.importing.kept import seat_rank
from mapper.gazetteer.importing.names import Forms
from mapper.gazetteer.kinds import KIND_WORDS, SETTLEMENTS
from mapper.model import Kind

WORDS = frozenset(KIND_WORDS) | frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october
    november december spring summer autumn winter north south east west""".split()
)
"""Words of the news that some village somewhere is called by."""

_RANKS = {Kind.PROVINCE: 0, Kind.DISTRICT: 1, Kind.CITY: 2, Kind.VILLAGE: 3}


def weaken(entries: Iterable[Entry], forms: Forms) -> None:
    """Make a name weak that a more important place of the province has, unless a unit and a place in it share it.

    That is what `check` asks for: one strong name means one place of a province, or in one district
    places of several kinds (a town and its airport). Weak are the names of places that read like a
    word of WORDS, too.
    """
    common = {form for word in WORDS for form in forms[word]}
    bearers: dict[tuple[str, str], tuple[str, set[Kind]]] = {}
    for entry in sorted(entries, key=_standing):
        if entry.kind in (Kind.COUNTRY, Kind.PROVINCE):
            continue
        kind = Kind.CITY if entry.kind in SETTLEMENTS else entry.kind
        strong: list[tuple[str, str]] = []
        for spellings, shared in _one_name(entry.names, forms):
            keys = [(entry.admin1, form) for form in shared]
            held = [bearers[key] for key in keys if key in bearers]
            taken = any(district != entry.admin2 or kind in kinds for district, kinds in held)
            word = entry.kind is not Kind.DISTRICT and not shared.isdisjoint(common)
            weak = taken or word or all(entry.names[name][0] for name in spellings)
            entry.names |= {name: (weak, entry.names[name][1]) for name in spellings}
            strong += [] if weak else keys
        for key in strong:
            bearers.setdefault(key, (entry.admin2, set()))[1].add(kind)


def _one_name(names: Iterable[str], forms: Forms) -> list[tuple[list[str], set[str]]]:
    """Return the names of a place, those together that are spellings of one, each time with their normal forms."""
    groups: list[tuple[list[str], set[str]]] = []
    for name in names:
        met, met_forms = [name], set(forms[name])
        apart = []
        for spellings, shared in groups:
            if shared.isdisjoint(met_forms):
                apart.append((spellings, shared))
            else:
                met, met_forms = spellings + met, shared | met_forms
        groups = [*apart, (met, met_forms)]
    return groups


def _standing(entry: Entry) -> tuple[int, int, int, str]:
    """Return how important a place is, the most important first."""
    return _RANKS.get(entry.kind, len(_RANKS)), seat_rank(entry.code), -entry.population, entry.id
