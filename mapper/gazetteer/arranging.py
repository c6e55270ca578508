"""Arranges the parts of a description by what the gazetteer knows: parts as written -> parts from small to large.

What no place is named by as a whole is split ("A and B districts", "Jani Khel Paktia"); lists that run
from large to small are turned round; districts that are listed side by side become equals.
"""

from __future__ import annotations

from collections.abc import Sequence

from mapper.gazetteer.description import Part, borders, called, capitalised, equals, outstanding, parts
from mapper.gazetteer.kinds import Said, readings
from mapper.gazetteer.lookup import TIERS, WEAK, Index, NameMatch
from mapper.gazetteer.relations import UNITS, akin, inside
from mapper.model import Kind, Place

MOST = 12
"""Parts of a description that are looked at; a longer one is no description of one place."""


def arranged(index: Index, description: str) -> list[Part]:
    """Return the parts of a description by what the gazetteer knows of them: split, put in order, named once."""
    return _side_by_side(index, _from_small_to_large(index, _known(index, parts(description)[:MOST])))


def named_by(index: Index, part: Part) -> list[NameMatch]:
    """Return the places met by the first of the readings of a part that meets any."""
    return next((list(found) for reading in part.readings if (found := index.lookup(reading.name))), [])


def units_of(index: Index, part: Part) -> list[Place]:
    """Return the units met by the first of the readings that meets any, those of the kind said if there are such.

    A region that lies in one district or province counts as one; the wider ones have no edges that news agrees on.
    """
    for name, kind in part.readings:
        units = [
            match.place for match in index.lookup(name) if match.place.kind in UNITS or (match.place.covers and match.place.unit)
        ]
        if units:
            return [unit for unit in units if kind is None or unit.kind is kind] or units
    return [match.place for match in index.near(part.readings[-1].name, index.country, Kind.PROVINCE)] if part.rank else []


def _known(index: Index, given: Sequence[Part]) -> list[Part]:
    """Split parts that no place is named by as a whole: "A and B districts", "Jani Khel Paktia", "the troubled Sangin district"."""
    elsewhere = [part for part in given if not _is_home(index, part)]
    known: list[Part] = []
    rank, before = 0, -1
    for part in elsewhere or given:
        if part.rank != before:
            rank, before = known[-1].rank + 1 if known else 0, part.rank
        abroad = borders(part) and not any(match.place.country == index.country for match in named_by(index, part))
        whole = part._replace(rank=rank, near=part.near or abroad)
        if any(match.score >= TIERS["form"] * WEAK for reading in part.readings for match in index.lookup(reading.name)):
            known.append(whole)
            continue
        known += _equals(index, whole) or _in_province(index, whole) or [_inner(index, whole, given)]
    return _once(index, known)


def _once(index: Index, known: list[Part]) -> list[Part]:
    """Leave out what is named again: "Kandahar; Zhari; Nakhonay, Kandahar", and "Kandahar" itself before "Kandahar province"."""
    seen: dict[str, Part] = {part.text.casefold(): part for part in reversed(known) if not part.near}
    once = [part for part in known if part.near or seen[part.text.casefold()] is part]
    if len(once) < 3:
        return once
    first, *rest = once
    provinces = [unit for part in rest[1:] if part.readings[-1].kind is Kind.PROVINCE for unit in units_of(index, part)]
    again = first.readings[-1].kind is None and any(unit in provinces for unit in units_of(index, first))
    return rest if again else [first, *rest]


def _is_home(index: Index, part: Part) -> bool:
    """Whether a part names the country that the gazetteer is of, and nothing else: every place in question lies in it."""
    found = named_by(index, part)
    return bool(found) and all(match.place.id == index.country for match in found)


def _equals(index: Index, part: Part) -> tuple[Part, ...]:
    """Split "A and B"; where nothing is capitalised only if both are known."""
    both = equals(part)
    return both if not part.text.islower() or all(named_by(index, one) for one in both) else ()


def _inner(index: Index, part: Part, given: Sequence[Part]) -> Part:
    """Read "Taliban captured Ishkamish district" as Ishkamish, and "forces retake Warduj" so where Warduj's province is named."""
    for reading in called(part):
        if any(match.place.country == index.country for match in index.lookup(reading.name)):
            return part._replace(readings=(*part.readings, reading))
    lone = outstanding(part)
    if lone and any(
        m.place.country == index.country and not m.weak and m.score >= TIERS["form"] for m in index.lookup(lone.name)
    ):
        return part._replace(readings=(*part.readings, lone))
    units = [
        unit for other in given if other.rank > part.rank for unit in units_of(index, other) if unit.kind is not Kind.COUNTRY
    ]
    inner = [run for run in capitalised(part) if any(inside(m.place, unit) for m in index.lookup(run.name) for unit in units)]
    return part._replace(readings=(*part.readings, inner[0])) if len(inner) == 1 else part


def _in_province(index: Index, part: Part) -> tuple[Part, ...]:
    """Read "Jani Khel Paktia" as Jani Khel in Paktia, where Paktia has one."""
    words = part.text.split()
    for size in (1, 2):
        first, last = " ".join(words[:-size]), " ".join(words[-size:])
        provinces = [m.place for m in index.lookup(last) if m.place.kind is Kind.PROVINCE and m.tier in ("spelling", "form")]
        if first and any(inside(m.place, province) for province in provinces for m in index.lookup(first)):
            return part._replace(text=first, readings=readings(first)), Part(last, (Said(last, Kind.PROVINCE),), part.rank + 1)
    return ()


def _from_small_to_large(index: Index, known: list[Part]) -> list[Part]:
    """Turn "Kabul, Paghman, Qargha" round."""
    given = [(number, part) for number, part in enumerate(known) if not part.near]
    places = [(number, m.place) for number, part in given for m in named_by(index, part) if m.score >= TIERS["form"] * WEAK]
    units = [(number, unit) for number, part in given for unit in units_of(index, part)]
    nested = [(one, other) for one, a in places for other, b in units if one != other and a != b and inside(a, b)]
    if not nested or any(one < other for one, other in nested):
        return known
    last = len(known) - 1
    return [part if part.near else part._replace(rank=last - number) for number, part in reversed(list(enumerate(known)))]


def _side_by_side(index: Index, known: list[Part]) -> list[Part]:
    """Give districts that are listed, "Sangin, Kajaki, Musa Qala", one rank: none of them holds another."""
    level: list[Part] = []
    for part in known:
        before = level[-1] if level else None
        if before and part.rank != before.rank and _listed(index, before, part):
            part = part._replace(rank=before.rank)
        level.append(part)
    return level


def _listed(index: Index, one: Part, other: Part) -> bool:
    """Whether two parts name districts alone, and neither is part or whole of the other."""
    if one.near or other.near:
        return False
    both = [[m.place for m in named_by(index, part) if m.score >= TIERS["form"] and not m.weak] for part in (one, other)]
    units = [[place for place in places if place.kind in UNITS] for places in both]
    return all(units) and all(
        a.kind is b.kind is Kind.DISTRICT and a.admin1_pcode == b.admin1_pcode and not akin(a, b)
        for a in units[0]
        for b in units[1]
    )
