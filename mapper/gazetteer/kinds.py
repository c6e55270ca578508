"""Words that say what kind of place a name is -> kinds."""

from __future__ import annotations

import re
from typing import NamedTuple

from mapper.model import Kind

KIND_WORDS: dict[str, Kind] = {
    "country": Kind.COUNTRY,
    "province": Kind.PROVINCE,
    "provinces": Kind.PROVINCE,
    "wilayat": Kind.PROVINCE,
    "welayat": Kind.PROVINCE,
    "district": Kind.DISTRICT,
    "districts": Kind.DISTRICT,
    "woluswali": Kind.DISTRICT,
    "wuluswali": Kind.DISTRICT,
    "uluswali": Kind.DISTRICT,
    "subdistrict": Kind.DISTRICT,
    "city": Kind.CITY,
    "cities": Kind.CITY,
    "town": Kind.CITY,
    "towns": Kind.CITY,
    "village": Kind.VILLAGE,
    "villages": Kind.VILLAGE,
    "hamlet": Kind.VILLAGE,
    "valley": Kind.VALLEY,
    "gorge": Kind.VALLEY,
    "river": Kind.RIVER,
    "highway": Kind.ROAD,
    "road": Kind.ROAD,
    "motorway": Kind.ROAD,
    "tunnel": Kind.ROAD,
    "airport": Kind.FACILITY,
    "airfield": Kind.FACILITY,
    "airbase": Kind.FACILITY,
    "dam": Kind.FACILITY,
    "bridge": Kind.FACILITY,
    "crossing": Kind.FACILITY,
    "port": Kind.FACILITY,
    "region": Kind.REGION,
    "plain": Kind.REGION,
    "pass": Kind.OTHER,
    "mountain": Kind.OTHER,
    "mountains": Kind.OTHER,
    "desert": Kind.OTHER,
    "neighbourhood": Kind.OTHER,
    "neighborhood": Kind.OTHER,
}
"""What a name is said to be by the word beside it, in English and in the Dari that news keeps."""

SETTLEMENTS = frozenset((Kind.CITY, Kind.VILLAGE))


class Said(NamedTuple):
    """A name and the kind that the words around it give it, None where they give none."""

    name: str
    kind: Kind | None


def fits(kind: Kind, said: Kind) -> bool:
    """Return whether a place of a kind may be called by a word for another: a town a village, and the reverse.

    >>> fits(Kind.CITY, Kind.VILLAGE), fits(Kind.CITY, Kind.DISTRICT)
    (True, False)
    """
    return kind is said or (kind in SETTLEMENTS and said in SETTLEMENTS)


_WORD = "|".join(KIND_WORDS)
_AFTER = re.compile(rf"^(?P<name>.+?)\s+(?P<kind>{_WORD})$", re.I)
_BEFORE = re.compile(rf"^(?P<kind>{_WORD})(?:\s+of)?\s+(?P<name>.+)$", re.I)
_LEADING = re.compile(
    r"^(?:(?:fob|cop|fb|pb|op|camp|firebase|fire base|patrol base|combat outpost|forward operating base|"
    r"hukumat[ei]?|hukumat-[ei]|\u1e28uk\u016bmat(?:\u012b|-e)?|"
    r"the|in|at|on|near|around|outside|inside|within|area|areas|centre|center|parts|outskirts|"
    r"north|south|east|west|northern|southern|eastern|western|central|greater|of|from)\s+)+",
    re.I,
)
_TRAILING = re.compile(
    r"(?:\s+(?:areas?|centre|center|surroundings|bazaar|bazar|market|suburbs?|outskirts|border|markaz|markazi|kelay|kalay|"
    r"kalai|kali|kili))+$",
    re.I,
)


def said(phrase: str) -> Said:
    """Return the name in a phrase and the kind it is said to be.

    >>> said("the city of Herat")
    Said(name='Herat', kind=<Kind.CITY: 'city'>)
    >>> said("near Nad Ali district")
    Said(name='Nad Ali', kind=<Kind.DISTRICT: 'district'>)
    """
    bare = _TRAILING.sub("", _LEADING.sub("", phrase.strip()))
    for pattern in (_AFTER, _BEFORE):
        found = pattern.match(bare)
        if found:
            return Said(_TRAILING.sub("", _LEADING.sub("", found["name"])), KIND_WORDS[found["kind"].lower()])
    return Said(bare, None)


def readings(phrase: str) -> tuple[Said, ...]:
    """Return the names that a phrase may hold: the whole of it, less the words around it, less the word for its kind.

    Many names end in such a word (Salang Pass, Ring Road), and some begin like a direction (North Salang).

    >>> [reading.name for reading in readings("near the Salang Pass")]
    ['near the Salang Pass', 'Salang Pass', 'Salang']
    """
    whole = phrase.strip()
    bare = _TRAILING.sub("", _LEADING.sub("", whole))
    return tuple(dict.fromkeys((Said(whole, None), Said(bare, None), said(phrase))))
