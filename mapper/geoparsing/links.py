"""Finds what the writing says of how the place names of an article belong together: mentions -> links between them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from enum import Enum
from itertools import pairwise
from typing import NamedTuple

from mapper.gazetteer import UNITS, inside
from mapper.gazetteer.kinds import KIND_WORDS
from mapper.geoparsing.mentions import Mention
from mapper.model import Kind


class Role(Enum):
    """What the other mention is to this one; ELSEWHERE is said to contain it, and holds no place of its name."""

    CONTAINER = "container"
    MEMBER = "member"
    HEADING = "heading"
    ABROAD = "abroad"
    GLOSS = "gloss"
    PARALLEL = "parallel"
    ELSEWHERE = "elsewhere"


class Link(NamedTuple):
    """A role that another mention, by its number, has for this one; `contrast` marks "the Baharak of Takhar"."""

    role: Role
    other: int
    contrast: bool = False


Links = dict[int, list[Link]]

_FAR = 120  # characters; names further apart are not tied by punctuation
_KIND = "|".join(KIND_WORDS)
_NEAR = 5  # places in a list; the next few show what kind of list it is
_LINE = 80  # characters; a heading is shorter
_WIDE = (Kind.COUNTRY, Kind.PROVINCE, Kind.REGION)
_GLOSS = re.compile(r"\s?[(\[]\s?\Z")
_LIST = re.compile(
    rf"[\])]?(?: (?:{_KIND}))?(?: cent(?:re|er))?(?P<mark>,|/| &| and| or| as well as|, and|, or| [\u2013-]) ?(?:the |in |of )?(?:(?:{_KIND}) of )?[\[#\"\u201c]? ?\Z",
    re.I,
)
_BRACKET = re.compile(rf"(?: (?:{_KIND}))? ?[(\[]\Z", re.I)
_PAIR = re.compile(r" (?:to|into|towards?|and) \Z")
_IN = re.compile(
    rf"[\])]?(?: (?:{_KIND}))?,? ?\(?(?P<words>(?:[a-z\u2019'-]+ ){{0,7}}?)(?:in|of|inside|within) (?:[a-z-]+ ){{0,4}}[\[#]?\Z"
)
_ABROAD = re.compile(r", (?:in|an? [a-z]+ (?:in|of)) (?:the )?(?:[\w-]+ (?:region|province|district|part) of )?\Z")
_WHOSE = re.compile(rf"(?: (?:{_KIND}))?['\u2019]s (?:[a-z-]+ ){{0,4}}[\[#]?\Z", re.I)
_OWNS = re.compile(rf"(?: (?:{_KIND}))?['\u2019]s (?:(?:north|south|east|west)[a-z-]* )?\Z", re.I)
_WITHIN = re.compile(rf"(?: (?:{_KIND}))? (?:in|of) (?:(?:north|south|east|west)[a-z-]* )?\Z", re.I)
_PART_OF = re.compile(r" (?:area|village|locality|neighbou?rhood|quarter|valley|villages|areas) (?:of|in) (?:the )?\Z", re.I)
_APPOSED = re.compile(r", an? (?:[a-z-]+ ){0,2}(?:district|town|village) (?:of|in) (?:(?:north|south|east|west)[a-z-]* )?\Z")
_NAMED_AFTER = re.compile(
    r" (?:mosque|madrasa|madrassa|shrine|school|college|hospital|hotel|hall|square|road|street|bridge|park|gate|prison)"
    r"(?: (?:compound|area|district))? (?:of|in|inside|at) (?:the )?(?:[a-z-]+ ){0,3}\Z",
    re.I,
)
_LABEL = re.compile(rf"(?: (?:{_KIND}))?(?::| ?[\u2013\u2014]| -) ?[\[#\"\u201c]?\Z", re.I)
_AWAY = re.compile(r"\b(?:(?:north|south|east|west)[a-z-]*|outside|beside|near|like|not|same|unlike|border|bordering) ")
_ALONE = re.compile(rf"[\W\d]*(?:{_KIND})?[\W\d]*", re.I)
_COMPOUND = re.compile(r"[-\N{HYPHEN}][a-z]{3,}")
"""Behind a name that is only a part of an adjective: "Pakistan-backed" holds nothing."""
_BREAK = re.compile(r"[A-Z][A-Z ]{2,40}\Z")


def link(text: str, mentions: list[Mention], home: str) -> Links:
    """Return for each mention, by its number, the links that punctuation, prepositions and headings show.

    `home` is the country of the news (ISO alpha-3).
    """
    found: Links = defaultdict(list)
    apart = set(_glosses(text, mentions, found))
    apart |= {n for n, mention in enumerate(mentions) if _COMPOUND.match(text, mention.span.end)}
    plain = [number for number in range(len(mentions)) if number not in apart and mentions[number].matches]
    for chain in _chains(text, mentions, plain):
        if not _comma_containers(text, mentions, chain, home, found):
            _parallels(chain, found)
    for before, after in pairwise(plain):
        _contained(text, mentions, before, after, home, found)
    _headings(text, mentions, plain, found)
    return found


def _between(text: str, mentions: list[Mention], before: int, after: int) -> str | None:
    """Return what stands between two mentions of one sentence, leaving a bracketed gloss out."""
    one, other = mentions[before], mentions[after]
    if one.head.sentence != other.head.sentence or other.span.start - one.span.end > _FAR:
        return None
    gap = text[one.span.end : other.span.start]
    return re.sub(r"^ ?[(\[][^()\[\]]{1,40}[)\]]", "", gap) if after - before > 1 else gap


def _glosses(text: str, mentions: list[Mention], found: Links) -> Iterator[int]:
    for number, (one, other) in enumerate(pairwise(mentions)):
        gap = text[one.span.end : other.span.start]
        if _GLOSS.match(gap) and text[other.span.end : other.span.end + 1] in (")", "]") and _same_place(one, other):
            found[number].append(Link(Role.GLOSS, number + 1))
            found[number + 1].append(Link(Role.GLOSS, number))
            yield number + 1


def _same_place(one: Mention, other: Mention) -> bool:
    units = {match.place.unit or match.place.id for match in one.matches}
    return any((match.place.unit or match.place.id) in units for match in other.matches)


def _chains(text: str, mentions: list[Mention], plain: list[int]) -> Iterator[list[int]]:
    chain: list[int] = []
    for number in plain:
        gap = _between(text, mentions, chain[-1], number) if chain else None
        opens = text[mentions[number].span.end : mentions[number].span.end + 1] == ":"
        if gap is None or (opens and not gap.startswith(",")) or not (_LIST.match(gap) or (_PAIR.match(gap) and len(chain) == 1)):
            yield chain
            chain = []
        chain.append(number)
    yield chain


def _parallels(chain: list[int], found: Links) -> None:
    for at, number in enumerate(chain):
        beside = chain[max(0, at - _NEAR) : at + _NEAR + 1]
        found[number] += [Link(Role.PARALLEL, other) for other in beside if other != number]


def _comma_containers(text: str, mentions: list[Mention], chain: list[int], home: str, found: Links) -> bool:
    """Link "Tagab, Kapisa" and "Kandahar, Zhari"; in a longer list only what stands before or after all the others."""
    if len(chain) < 2:
        return False
    first, *rest = chain
    *others, last = chain
    if _comma(text, mentions, others[-1], last) and all(_holds(mentions[last], mentions[other]) for other in others):
        _contain(found, last, others)
    elif _comma(text, mentions, first, rest[0]) and all(_holds(mentions[first], mentions[other]) for other in rest):
        _contain(found, first, rest)
    elif len(chain) == 2 and _comma(text, mentions, first, last) and _is_abroad(mentions[last], home):
        found[first].append(Link(Role.ABROAD, last))
    else:
        return False
    return True


def _comma(text: str, mentions: list[Mention], before: int, after: int) -> bool:
    gap = _between(text, mentions, before, after)
    found = _LIST.match(gap or "")
    return found is not None and found["mark"] in (",", "/", " -", " \u2013")


def _contained(text: str, mentions: list[Mention], before: int, after: int, home: str, found: Links) -> None:
    gap = _between(text, mentions, before, after)
    if gap is None:
        return
    one, other = mentions[before], mentions[after]
    if _WHOSE.match(gap) and _holds(one, other):
        _contain(found, before, [after])
    elif _LABEL.match(gap) and not one.text.isupper() and _holds(one, other):
        _contain(found, before, [after, *_fellows(found, after, mentions, one)])
    elif (_in_brackets(text, gap, other) or (_IN.match(gap) and not _AWAY.search(gap))) and _holds(other, one):
        contrast = gap.strip() == "of" and text[max(0, one.span.start - 4) : one.span.start].lower() == "the "
        _contain(found, after, [before, *_fellows(found, before, mentions, other)], contrast)
    elif _ABROAD.match(gap) and _is_abroad(other, home):
        found[before].append(Link(Role.ABROAD, after))
    elif _OWNS.match(gap):
        found[after].append(Link(Role.ELSEWHERE, before))
    elif (
        (_APPOSED.match(gap) and _is_province(other))
        or _NAMED_AFTER.match(gap)
        or (_WITHIN.match(gap) and (_is_abroad(other, home) or _is_unit(text, one, other)))
        or (_PART_OF.match(gap) and _is_district(text, other))
    ):
        found[before].append(Link(Role.ELSEWHERE, after))


def _in_brackets(text: str, gap: str, mention: Mention) -> bool:
    """Tell the province of "Deh Yak district (Ghazni)"."""
    return _BRACKET.match(gap) is not None and text[mention.span.end : mention.span.end + 1] in (")", "]")


def _fellows(found: Links, number: int, mentions: list[Mention], container: Mention) -> list[int]:
    listed = [other for role, other, _ in found[number] if role is Role.PARALLEL]
    return [other for other in listed if _holds(container, mentions[other])]


def _contain(found: Links, container: int, members: list[int], contrast: bool = False) -> None:
    for member in members:
        found[member].append(Link(Role.CONTAINER, container, contrast))
        found[container].append(Link(Role.MEMBER, member, contrast))


def _holds(container: Mention, member: Mention) -> bool:
    units = [match.place for match in container.matches if match.place.kind in UNITS]
    places = [match.place for match in member.matches]
    return any(unit.id != place.id and inside(place, unit) for unit in units for place in places)


def _is_unit(text: str, one: Mention, other: Mention) -> bool:
    """Tell "Khas district of Uruzgan province": both are called what they are, and one lies in the other."""
    called = text[one.span.end :].lstrip().lower().startswith("district")
    return called and _is_province(other)


def _is_province(mention: Mention) -> bool:
    return any(match.place.kind is Kind.PROVINCE for match in mention.matches)


def _is_district(text: str, mention: Mention) -> bool:
    """Tell "the Tangi area of Achin district", where Achin can be nothing larger."""
    named = bool(mention.matches) and all(match.place.kind is not Kind.PROVINCE for match in mention.matches)
    return named or text[mention.span.end :].lstrip().lower().startswith("district")


def _is_abroad(container: Mention, home: str) -> bool:
    """Return whether a mention means another country, or a part of one."""
    return all(match.place.country != home and match.place.kind in _WIDE for match in container.matches)


def _headings(text: str, mentions: list[Mention], plain: list[int], found: Links) -> None:
    """Link what stands under a line that is only a place name, or on a line that a name and a colon open."""
    heading: int | None = None
    last_end = 0
    for number in plain:
        mention = mentions[number]
        if any(_BREAK.match(line.strip()) for line in text[last_end : mention.span.start].split("\n")[1:-1]):
            heading = None
        last_end = mention.span.end
        if _heads(text, mention):
            heading = number
        elif heading is not None and _holds(mentions[heading], mention):
            found[number].append(Link(Role.HEADING, heading))
            found[heading].append(Link(Role.MEMBER, number))


def _heads(text: str, mention: Mention) -> bool:
    before = text[max(0, mention.span.start - _LINE) : mention.span.start].rpartition("\n")[2]
    after = text[mention.span.end : mention.span.end + _LINE].partition("\n")[0]
    return _ALONE.fullmatch(before) is not None and _ALONE.fullmatch(after) is not None
