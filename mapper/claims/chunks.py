"""A sentence's tokens into chunks: the places, the references to places, and the parties it names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from mapper.actors import Actors, Alias, Form
from mapper.claims.numbers import NUMBER_WORDS
from mapper.claims.tokens import ADVERBS, BE, DASHES, DETERMINERS, HAVE, Token
from mapper.model import Kind, Place, Resolution, Span


class Relation(StrEnum):
    """How a place stands in its sentence when it is not where the thing happens."""

    SITE = "site"
    NEAR = "near"
    BEARING = "bearing"
    """Another place is so far, or in that direction, from it: "north of Kabul"."""
    FRAME = "frame"
    """The larger unit around a more exact place: "Banu in Baghlan"."""
    OFFICE = "office"
    """Part of somebody's office or whereabouts: "the governor of Ghor", "told reporters in Kabul"."""
    SOURCE = "source"
    """Where somebody or something comes from."""


@dataclass(frozen=True, slots=True)
class Places:
    """One place name, or several that share their part in the sentence, and how they stand in it."""

    start: int
    end: int
    mentions: tuple[Resolution, ...]
    relation: Relation = Relation.SITE
    frame: Resolution | None = None
    facility: str | None = None
    """What at the place is meant, where it is not the place itself: the airport of "Kabul's international airport"."""

    @property
    def named(self) -> tuple[Place, ...]:
        """The places, each once."""
        return tuple(dict.fromkeys(m.place for m in self.mentions if m.place is not None))


@dataclass(frozen=True, slots=True)
class Reference:
    """A description that stands for places named elsewhere: "the three districts", "the city", "there", "it"."""

    start: int
    end: int
    noun: str
    number: int | None
    definite: bool
    frame: Resolution | None = None
    other: bool = False
    """"The other two districts": those of the list that are not meant here."""
    pointing: bool = False
    """"That city", "this town": the one just named."""
    national: bool = False
    """"The Afghan capital"."""
    unknown: bool = False
    """It says its name, "the village of Marghozar Kali", which the gazetteer does not know."""
    relation: Relation = Relation.SITE


@dataclass(frozen=True, slots=True)
class Party:
    """A noun phrase for a party: the actor it means that day (None for a pronoun), and the words."""

    start: int
    end: int
    alias: Alias | None
    span: Span
    pronoun: str | None = None
    possessive: bool = False
    person: bool = False
    """A person of the table, who stands for his side: "they" are others."""


Chunk = Places | Reference | Party

KIND_NOUNS = {
    "district": Kind.DISTRICT,
    "districts": Kind.DISTRICT,
    "locale": Kind.DISTRICT,
    "province": Kind.PROVINCE,
    "provinces": Kind.PROVINCE,
    "territory": Kind.PROVINCE,
    "city": Kind.CITY,
    "cities": Kind.CITY,
    "town": Kind.CITY,
    "towns": Kind.CITY,
    "capital": Kind.CITY,
    "capitals": Kind.CITY,
    "village": Kind.VILLAGE,
    "villages": Kind.VILLAGE,
    "valley": Kind.VALLEY,
    "area": Kind.OTHER,
    "areas": Kind.OTHER,
    "region": Kind.OTHER,
    "regions": Kind.OTHER,
    "bazaar": Kind.DISTRICT,
    "bazar": Kind.DISTRICT,
    "centre": Kind.DISTRICT,
    "center": Kind.DISTRICT,
    "centres": Kind.DISTRICT,
    "centers": Kind.DISTRICT,
    "headquarters": Kind.DISTRICT,
}
"""Nouns that say what kind of place is meant; a seat stands for its district. "Locale" and "territory" are what machine rewriting makes of district and province."""

SEAT_NOUNS = frozenset(
    "centre center headquarters compound complex seat bazaar bazar outskirts edge town downtown office hq base-camp heart quarter".split()
)
"""Whoever takes these is said to have taken the district: its seat."""

FACILITIES = frozenset("airport airfield airbase embassy palace prison jail university dam".split())
"""Nouns that after a place name mean something at the place: holding Kabul airport is not holding Kabul."""

_EDGES = frozenset("border borders frontier crossing".split())
"""What lies at the edge of a country that names it: the border with Pakistan is no part of Pakistan."""

_OF_CAPITAL = frozenset("provincial regional administrative".split())
_BEFORE_NAME = frozenset([",", "city", "of", "(", "\N{EN DASH}", "\N{EM DASH}", "-"])
_OF_FACILITY = frozenset("international main central military presidential civilian provincial".split())

HEADS = frozenset(
    "force forces fighter fighters troop troops soldier soldiers militia militias militiaman militiamen militant militants gunman gunmen insurgent insurgents "
    "rebel rebels terrorist terrorists guard guards commando commandos army military police policeman policemen men unit units garrison commander "
    "commanders guerrilla guerrillas warrior warriors contender contenders member members group groups movement operative operatives column convoy plane "
    "planes jet jets aircraft warplane warplanes helicopter helicopters drone drones side regime corps border-guards personnel people supporters cadres "
    "attackers mujahideen mujahedin resistance uprising alliance outfit cops boys vehicles patrol marines rangers paratroopers assailants locals afghans residents".split()
)
"""Head nouns after which an adjective of a party stands for its people: "government troops"."""

MODIFIERS = frozenset(
    "combat ground armed afghan local central northern southern eastern western heavily-armed heavily former new young old loyal elite special joint combined many some several "
    "more other remaining suspected alleged dozens scores hundreds thousands of about around nearly some resurgent popular public foreign ousted exiled "
    "so-called occupation occupying unknown unidentified masked provincial national retreating advancing hardline islamist terrorist islamic extremist radical masked heavily".split()
)
"""Words that may stand between a determiner and the name of a party."""

_ARMS = frozenset(
    "forces troops army military police soldiers commandos planes aircraft warplanes jets helicopters special-forces corps".split()
)
"""Heads that make "Afghan" the state's: "Afghan forces", but not "Afghan men"."""

HOLDING = re.compile(r"(.+)-(?:held|controlled|run|occupied|ruled)")
"""An adjective that says who holds the place behind it."""

DEEDS = frozenset(
    "raid raids attack attacks assault assaults ambush ambushes airstrike airstrikes strike strikes offensive offensives operation operations shelling rule "
    "control hands positions position losses casualties bastion stronghold checkpoint checkpoints advance fire rockets bombardment".split()
)
"""Nouns before which an adjective of a party names the party: "an insurgent raid"."""

_LAST_WORDS = frozenset("front movement army alliance party council state group".split())
"""Nouns in which the names of organisations end."""
_WHOLE = frozenset(["all", "every", "whole", "entire", "none", "nothing"])
_REACH = 6
"""Words between "all" and the "but" that makes an exception of it."""
_OF_UNITS = frozenset(
    "restive volatile troubled insecure strategic mountainous neighbouring neighboring province district state area bazaar bazar village town valley border crossing port #".split()
)
"""What may stand between a place and the unit around it: "Salar bazaar area of Sayedabad district"."""
_NATIVE = re.compile(r"[\u0600-\u06ff]")
_JOINTS = frozenset(
    [",", "and", "&", "[", "]", "(", ")", "the", "both", "#", "-", "or", "nor", "\N{EN DASH}", "\N{EM DASH}", '"', "of"]
)
SUBJECT = 5
"""Words within which a ministry that opens a sentence is named with its seat: "The defence ministry in Kabul did not reply"."""
_NEAR = frozenset(["near", "outside", "around"])
_TOWARDS = frozenset("bordering borders touches beside towards toward".split())
_MOVED = frozenset(
    "fled flee fleeing escaped escape gone went moved travelled traveled drove driven returned evacuated taken brought sent transferred displaced".split()
)
"""Verbs behind which "to" says where people went, not where it happened."""

_CARRIED = frozenset(
    "took take taken taking bring brought transferred moved carried delivered sent evacuated rushed shifted flown airlifted".split()
)
_WHOM = frozenset("bodies body wounded injured dead casualties victims corpses remains patients".split())
"""Words of who is brought where: not where they were hurt."""
_TALKS = frozenset("meeting meetings talks summit negotiations conference".split())
_JOURNEYS = frozenset(
    "flew flies flying travel travels trip visit visits way route headed heading leave leaves left bound departed".split()
)
"""Words behind which a place is where somebody met or was going, not where what the sentence tells of happened."""
_PARTICLES = frozenset("on back away over off".split())
_INSIDE: tuple[list[str], ...] = (
    [], [","], ["("], ["in"], [",", "in"], ["capital"], [",", "capital"], ["capital", "city"], [",", "capital", "city"], ["districts"], ["(", ")"],
    ["\N{EN DASH}", "in"], ["\N{EM DASH}", "in"], ["(", "capital"], [",", "seat"], ["centre", ","], ["center", ","], ["centre", "in"], ["center", "in"], [",", "centre"], [",", "center"],
)  # fmt: skip
"""What stands between a place and the larger one around it, determiners and adjectives apart."""

_BESIDE_NOUNS = MODIFIERS - {"of"}
_BEFORE_ADJECTIVES = ADVERBS - {"also", "now"}
_OWN = _BESIDE_NOUNS | frozenset(
    ["neighbouring", "neighboring", "nearby", "adjoining", "city", "capital", "[", "#", "(", "state"]
)
_BEARINGS = frozenset(
    "north south east west northeast northwest southeast southwest north-east north-west south-east south-west northern southern".split()
)
_DISTANCES = frozenset("mile miles kilometre kilometres kilometer kilometers km drive minutes hour hours away".split())
_TITLES = frozenset(
    "governor governors chief council councillor commander spokesman spokeswoman mp lawmaker mayor head deputy representative member members minister court "
    "administration boss elder elders official officials authorities officer front".split()
)
"""Nouns of offices: a place behind "of" or "for" after them, or before them, belongs to the title."""

_WHEREABOUTS = frozenset(
    "reporters journalists telephone phone speaking spokesman spokeswoman official officials correspondent wrote posted sources source".split()
)
"""Words after which "in" or "from" says where somebody spoke, not where something happened."""

_PERSONAL = frozenset(["they", "we", "them", "us", "he", "it"])
_OWNERS = frozenset(["our", "his", "their"])
_PRONOUNS = _PERSONAL | _OWNERS
_ENEMIES = frozenset(["enemy", "enemies"])
"""Whoever the speaker fights, as communiqués write."""

_LONG = 3
"""Words of a party's name beyond which no place stands beside them but within it."""
_LONGEST_WORDING = 8
_LONGEST_NAME = 4
"""Words of a party's wording, and of a person's name, that are looked for."""

_SPOKE = frozenset(
    "told tells tell speaking spoke said says say saying according confirmed confirms added wrote posted reported reports announced denied denies claimed "
    "claims acknowledged admitted stated explained insisted accused warned declined rejected quoted cited citing telephone phone".split()
)
"""Words that show that somebody named beside a place spoke there, and was not harmed there."""
_OF_HOSPITAL = frozenset("official officials director doctor doctors staff source sources spokesman chief head".split())
"""People of a hospital, named by it, who speak."""
_ATTRIBUTED = _TITLES | frozenset("police office hospital station residents resident source sources correspondent".split())


def find(
    tokens: Sequence[Token], mentions: Sequence[Resolution], actors: Actors, day: date | None, *, abroad: bool = False
) -> tuple[Chunk, ...]:
    """Return the chunks of one sentence in order. `mentions` are the sentence's resolved place names, in order.

    `abroad` says that the sentence is about another country, whose "army" and "police" are not the theatre's.
    """
    names = _names_with_places(tokens, actors) if mentions else ()
    mentions = [
        m
        for m in mentions
        if not _is_power(m, actors) and not any(a <= m.toponym.span.start and m.toponym.span.end <= b for a, b in names)
    ]
    places = _places(tokens, mentions)
    taken = [False] * len(tokens)
    for group in places:
        for i in range(group.start, group.end):
            taken[i] = True
    references = _references(tokens, taken, places)
    for reference in references:
        for i in range(reference.start, reference.end):
            taken[i] = True
    parties = [p for p in _parties(tokens, taken, actors, day) if not _is_of_police_district(tokens, p)]
    parties = [p for p in parties if not _is_group_of(tokens, p, parties)]
    if abroad:
        parties = [p for p in parties if p.alias is None or (p.alias.form is Form.NAME and not _is_worldwide(tokens, p))]
    return tuple(sorted([*places, *references, *parties], key=lambda c: (c.start, c.end)))


def _is_of_police_district(tokens: Sequence[Token], party: Party) -> bool:
    """Tell the ward of a city from its police: "the first police district of Kabul"."""
    behind = tokens[party.end].low if party.end < len(tokens) else "."
    return tokens[party.end - 1].low == "police" and behind in ("district", "districts")


def _is_group_of(tokens: Sequence[Token], party: Party, parties: Sequence[Party]) -> bool:
    """Tell the group of "an armed group of Taliban", whose name stands behind it."""
    unknown = party.alias is not None and party.alias.actor.side == "unidentified"
    of = party.end + 1 < len(tokens) and tokens[party.end].low == "of"
    return unknown and of and any(p.start in (party.end + 1, party.end + 2) and p.alias for p in parties)


def _is_worldwide(tokens: Sequence[Token], party: Party) -> bool:
    """Tell the name of a movement that has branches in many countries: abroad it is not the theatre's branch."""
    words = {t.low for t in tokens[party.start : party.end]}
    return not words.isdisjoint(("islamic", "isis", "isil", "daesh")) and not any("khor" in word for word in words)


def _names_with_places(tokens: Sequence[Token], actors: Actors) -> Sequence[tuple[int, int]]:
    """Return where long names of parties stand, which may name places: "Islamic State in Iraq and Syria"."""
    found = []
    for i, token in enumerate(tokens):
        for length in actors.openings.get(token.low, ()):
            words = " ".join(t.low for t in tokens[i : i + length])
            if length > _LONG and i + length <= len(tokens) and words in actors.aliases:
                found.append((token.start, tokens[i + length - 1].end))
                break
    return found


# --- places ---------------------------------------------------------------------------------------


def _is_power(mention: Resolution, actors: Actors) -> bool:
    """Tell a country that the table knows as a party of its own: "the Soviet Union occupied"."""
    named = actors.named(mention.toponym.text.casefold(), None)
    return named is not None and mention.place is not None and mention.place.kind is Kind.COUNTRY


def _places(tokens: Sequence[Token], mentions: Sequence[Resolution]) -> list[Places]:
    singles = [single for mention in mentions if mention.place and (single := _single(tokens, mention))]
    groups: list[Places] = []
    for single in singles:
        last = groups[-1] if groups else None
        if len(groups) > 1 and (deeper := _nested_deeper(tokens, groups[-2], groups[-1], single)):
            groups[-2:] = deeper
        elif last and (inner := _nested(tokens, last, single)):
            groups[-1:] = inner
        elif (
            last
            and single.relation in (Relation.SITE, last.relation)
            and (last.relation is not Relation.BEARING or last.end < single.start)
            and _listed(tokens, last, single)
            and not _ends_frame(last, single)
        ):
            groups[-1] = Places(
                last.start, single.end, last.mentions + single.mentions, last.relation, single.frame or last.frame
            )
        else:
            groups.append(single)
    return _joined_frames(tokens, groups)


def _ends_frame(last: Places, single: Places) -> bool:
    """Tell "Nesh in Kandahar and Chora in Uruzgan" from "Kandahar and Uruzgan": a province that frames what is before it is in no list of districts."""
    return last.relation is Relation.FRAME and not any(p.kind in (Kind.PROVINCE, Kind.COUNTRY) for p in single.named)


def _joined_frames(tokens: Sequence[Token], groups: Sequence[Places]) -> list[Places]:
    """Join places that are each named with their province: "Nesh in Kandahar and Chora in Uruzgan" are two objects of one verb."""
    found: list[Places] = []
    head: int | None = None
    for group in groups:
        frame = found[-1] if found else None
        between = [t.low for t in tokens[frame.end : group.start]] if frame else []
        listed = bool(between) and all(w in (",", "and", "the", ")") or w in KIND_NOUNS for w in between)
        ends = frame is not None and frame.relation is Relation.FRAME and head is not None
        if head is not None and ends and listed and group.frame is not None and group.relation is Relation.SITE:
            found[head] = replace(found[head], mentions=found[head].mentions + group.mentions)
            found.append(replace(group, relation=Relation.BEARING))
            continue
        if group.relation is not Relation.FRAME:
            head = len(found) if group.frame is not None else None
        found.append(group)
    return found


def _single(tokens: Sequence[Token], mention: Resolution) -> Places | None:
    span = mention.toponym.span
    inside = [i for i, token in enumerate(tokens) if token.start < span.end and span.start < token.end]
    if not inside:
        return None
    end = inside[-1] + 1
    facility = next((k for k in range(end, min(end + 3, len(tokens))) if tokens[k].low in FACILITIES), None)
    if facility is not None and all(t.low in _OF_FACILITY for t in tokens[end:facility]):
        return Places(
            inside[0], facility + 1, (mention,), _relation(tokens, inside[0], facility + 1), facility=tokens[facility].low
        )
    if (
        inside[0] >= 2
        and tokens[inside[0] - 1].low == "of"
        and tokens[inside[0] - 2].low in FACILITIES
        and not tokens[end - 1].possessive
    ):
        start = inside[0] - 2
        return Places(start, end, (mention,), _relation(tokens, start, end), facility=tokens[start].low)
    if seat := _seat(tokens, mention, end):
        return Places(inside[0], seat, (mention,), _relation(tokens, inside[0], seat), facility="capital")
    if mention.place is not None and mention.place.kind is Kind.COUNTRY and end < len(tokens) and tokens[end].low in _EDGES:
        return Places(inside[0], end, (mention,), Relation.BEARING)
    if end < len(tokens) and not tokens[end - 1].possessive and tokens[end].low in KIND_NOUNS:
        end += 1
    elif tokens[end - 1].possessive and mention.place is not None and mention.place.kind is Kind.CITY:
        end = _past_its_districts(tokens, end)
    return Places(inside[0], end, (mention,), _relation(tokens, inside[0], end))


def _seat(tokens: Sequence[Token], mention: Resolution, end: int) -> int | None:
    """Return the token past "Takhar's capital", "Takhar's provincial capital", where no name of the town stands behind it."""
    if mention.place is None or mention.place.kind is not Kind.PROVINCE or not tokens[end - 1].possessive:
        return None
    k = end + (end < len(tokens) and tokens[end].low in _OF_CAPITAL)
    behind = next((t for t in tokens[k + 1 : k + 4] if t.low not in _BEFORE_NAME), None)
    named = behind is not None and behind.text[:1].isupper()
    return k + 1 if k < len(tokens) and tokens[k].low == "capital" and not named else None


def _past_its_districts(tokens: Sequence[Token], end: int) -> int:
    """Return the token past "Lashkar Gah's ten police districts", which are parts of the city."""
    k = end
    while k < len(tokens) and (tokens[k].low in NUMBER_WORDS or tokens[k].low.isdigit() or tokens[k].low == "police"):
        k += 1
    return k + 1 if k < len(tokens) and tokens[k].low == "districts" else end


def _relation(tokens: Sequence[Token], start: int, end: int) -> Relation:
    """Read how a place stands from the words before it, and from an office or person right behind it."""
    i = _governor(tokens, start)
    low = tokens[i].low if i >= 0 else ""
    before = tokens[i - 1].low if i >= 1 else ""
    behind = [t.low for t in tokens[end : end + 2] if t.low != ","][:1]
    if behind == ["where"] or (low in _TOWARDS and behind == ["which"]):
        return Relation.SITE
    if low in _NEAR:
        return Relation.NEAR
    if _is_elsewhere(tokens, i, start, end):
        return Relation.BEARING
    on = tokens[i - 2].low if i >= 2 and before in _PARTICLES else before
    if low in _TOWARDS or (low == "to" and on in _MOVED) or (low in _BEARINGS and before in ("to", "the")):
        return Relation.BEARING
    if (
        low == "bordering"
        or (low == "on" and before == "bordering")
        or (low == "with" and before == "border")
        or _is_excepted(tokens, i)
    ):
        return Relation.BEARING
    if low in ("of", "from", "to") and (before in _BEARINGS or before in _DISTANCES):
        inside = low == "of" and i >= 3 and [t.low for t in tokens[i - 3 : i - 1]] == ["in", "the"]
        return Relation.SITE if inside else Relation.BEARING
    titled = low in ("of", "for") and before in _TITLES
    says = end < len(tokens) and tokens[end].low in ("said", "says", "told", "tells") and start > 2
    seated = before in ("ministry", "embassy") and i <= SUBJECT
    spoken = low in ("in", "from", "at") and (says or seated or (before in _WHEREABOUTS and _is_speech(tokens, i)))
    if titled or spoken or _is_attribute(tokens, end, low):
        return Relation.OFFICE
    told = before in ("reported", "heard") and i >= 2 and tokens[i - 2].low in BE  # "fighting was reported from Nesh"
    return Relation.SOURCE if low == "from" and not told else Relation.SITE


def _is_excepted(tokens: Sequence[Token], i: int) -> bool:
    """Tell the place that what is said is not said of: "all districts but Nesh", "the province except for its capital"."""
    low, before = (tokens[i].low if i >= 0 else ""), (tokens[i - 1].low if i >= 1 else "")
    phrase = tokens[max(0, i - _REACH) : max(0, i)]
    joined = any(t.low in BE | HAVE or t.low in (",", ";") for t in phrase)  # "all roads are closed but Nesh fell" joins clauses
    whole = any(t.low in _WHOLE for t in phrase) and not joined
    return (
        low in ("except", "excluding", "barring")
        or (before, low) in (("except", "for"), ("apart", "from"))
        or (low == "but" and whole)
    )


_NO_SITES = tuple(
    f"-{word}"
    for word in "bound built made backed based led born trained funded appointed sponsored brokered installed allied mediated supported friendly".split()
)
"""Ends of adjectives that name whose or whence somebody is: "Kabul-based", "Pakistan-backed"."""


def _is_elsewhere(tokens: Sequence[Token], i: int, start: int, end: int) -> bool:
    """Tell where people meet, go, or are brought, and whither a bus is bound, from where something happened."""
    low = tokens[i].low if i >= 0 else ""
    before = tokens[i - 1].low if i >= 1 else ""
    if tokens[end - 1].low.endswith(_NO_SITES) or (end < len(tokens) and tokens[end].low in ("-bound", "bound")):
        return True
    if low == "to":
        near = {t.low for t in tokens[max(0, i - 6) : i]}
        beside = any(t.low in ("neighbouring", "neighboring", "adjacent", "nearby") for t in tokens[i + 1 : start])
        if beside or (not near.isdisjoint(_CARRIED) and not near.isdisjoint(_WHOM)):
            return True
    return (low in ("in", "at") and before in _TALKS) or (low in ("to", "for") and before in _JOURNEYS)


def _governor(tokens: Sequence[Token], start: int) -> int:
    """Return the token that governs a place name: the first to its left that is not of its own noun phrase."""
    i = start - 1
    while i >= 0:
        kind_of = (tokens[i].low == "of" and i and tokens[i - 1].low in KIND_NOUNS) or (
            tokens[i].low in KIND_NOUNS and tokens[i + 1].low == "of"
        )
        if not (kind_of or tokens[i].low == "#" or tokens[i].low in DETERMINERS or tokens[i].low in _OWN):
            break
        i -= 1
    return i


def _is_speech(tokens: Sequence[Token], i: int) -> bool:
    """Tell "told reporters in Kabul" from "arrested reporters in Kabul"."""
    hearers = tokens[i - 1].low in ("reporters", "journalists", "sources", "source")
    near = tokens[max(0, i - 4) : i] if hearers else [*tokens[max(0, i - 8) : i], *tokens[i : i + 16]]
    return any(t.low in _SPOKE for t in near)


_POSTS = frozenset("station stations post posts checkpoint checkpoints base bases headquarters barracks".split())
"""What stands in a place and is taken without it."""


def _is_attribute(tokens: Sequence[Token], end: int, governor: str) -> bool:
    """Tell "Kunduz's governor" and "Kunduz police" from the place itself."""
    if end >= len(tokens):
        return False
    if tokens[end].low == "hospital":
        spoken = any(t.low in _SPOKE or t.low in _OF_HOSPITAL for t in tokens[end + 1 : end + 3])
        return spoken and governor not in ("in", "on")  # "a drone struck Kunduz hospital" says where
    if tokens[end - 1].possessive:
        if any(t.low == "ministry" for t in tokens[end : end + 3]) and any(t.low in _SPOKE for t in tokens[end : end + 5]):
            return True  # "Kabul's defence ministry claimed"
        seat = any(t.low in _SEATS - {"house"} for t in tokens[end : end + 3])  # "Chora district's governor's compound"
        return not seat and any(t.low in _ATTRIBUTED for t in tokens[end : end + 3])
    posted = end + 1 < len(tokens) and tokens[end + 1].low in _POSTS  # "seized the Nesh police station"
    return tokens[end].low in _ATTRIBUTED and governor not in ("in", "on") and not posted


def _listed(tokens: Sequence[Token], last: Places, single: Places) -> bool:
    """Tell whether only list marks stand between two names, as in "Banu, Pol-e-Hesar, and De Salah"."""
    between = [t.low for t in tokens[last.end : single.start]]
    if between[:2] in (["in", "the"], ["to", "the"]) and between[2:3] and between[2] in _BEARINGS:
        between = between[3:]  # "Kandahar in the south and Herat in the west"
    if not between or len(between) > 4:
        return all(_NATIVE.search(t.text) for t in tokens[single.start : single.end]) or not between
    if between[-1] == "in":  # "in Nawa and in Nad Ali"
        between = between[:-1] if "and" in between else between
    return all(word in _JOINTS or word in KIND_NOUNS or word in _BEARINGS or word == "central" for word in between)


def _nested(tokens: Sequence[Token], last: Places, single: Places) -> list[Places] | None:
    """Where one name is the larger unit around the other ("Banu in Baghlan", "Baghlan's Banu"), keep it as the frame.

    "Ghormach district of Faryab" is one place also when the gazetteer counts it to the province beside it.
    """
    outer = single.mentions[0].place
    between = [t.low for t in tokens[last.end : single.start] if t.low not in DETERMINERS and t.low not in MODIFIERS]
    words = [w for w in between if w not in _OF_UNITS]
    inner = last.named
    joined = words in _INSIDE
    held = [place for place in inner if outer and _holds(outer, place)]
    of_it = joined and [t.low for t in tokens[last.end : last.end + 1]] == ["of"] and [p.kind for p in inner] == [Kind.DISTRICT]
    told = of_it and outer and outer.kind is Kind.PROVINCE
    if outer and (told or (joined and held and (len(held) == len(inner) or len(inner) > 1))) and outer not in inner:
        framed = Places(last.start, last.end, last.mentions, last.relation, single.mentions[0])
        return [framed, Places(single.start, single.end, single.mentions, Relation.FRAME)]
    if _is_area_of(tokens, last, single):
        return [replace(last, relation=Relation.BEARING), single]
    first = last.mentions[-1].place
    possessive = tokens[last.end - 1].possessive or (between == [] and last.end < single.start)
    owned = tokens[last.end - 1].possessive and all(
        w in KIND_NOUNS or w == "of" for w in words
    )  # "Afghanistan's northern city of Kunduz"
    if (
        first
        and outer
        and len(last.mentions) == 1
        and _holds(first, outer)
        and (possessive or owned or words in ([","], [":"], []))
    ):
        return [
            Places(last.start, last.end, last.mentions, Relation.FRAME),
            Places(single.start, single.end, single.mentions, single.relation, last.mentions[0]),
        ]
    return None


def _is_area_of(tokens: Sequence[Token], last: Places, single: Places) -> bool:
    """Tell "the Sangatesh area of Ab Kamari district", where the text sets a village into another district than the gazetteer."""
    between = [t.low for t in tokens[last.end : single.start] if t.low not in DETERMINERS]
    inner, outer = last.named, single.named
    unit = tokens[last.end - 1].low in _AREAS and between in (["of"], ["in"], [","])
    return unit and len(inner) == 1 and inner[0].kind in _SMALL and [p.kind for p in outer] == [Kind.DISTRICT]


_AREAS = frozenset("area village locality region bazaar bazar neighbourhood neighborhood".split())


def _nested_deeper(tokens: Sequence[Token], inner: Places, country: Places, single: Places) -> list[Places] | None:
    """Read "Jani Khel district in Afghanistan's eastern province of Paktia": the province frames it, not the country."""
    outer = single.mentions[0].place
    owns = country.relation is Relation.FRAME and tokens[country.end - 1].possessive and inner.frame == country.mentions[-1]
    between = [t.low for t in tokens[country.end : single.start]]
    inside = all(w in MODIFIERS or w in DETERMINERS or w in KIND_NOUNS or w == "of" for w in between)
    if not (owns and inside and outer and outer.kind is Kind.PROVINCE and all(_holds(outer, place) for place in inner.named)):
        return None
    return [
        replace(inner, frame=single.mentions[0]),
        replace(country, relation=Relation.FRAME),
        replace(single, relation=Relation.FRAME),
    ]


_SMALL = (Kind.FACILITY, Kind.VILLAGE, Kind.OTHER)


def _holds(outer: Place, inner: Place) -> bool:
    """Tell whether one place is the province or country around the other."""
    if outer.kind is Kind.COUNTRY:
        return inner.country == outer.country and inner.kind is not Kind.COUNTRY
    if outer.kind is Kind.CITY:
        if inner.kind is Kind.DISTRICT and outer.name == outer.admin1 and inner.admin2_pcode != outer.admin2_pcode:
            return (
                inner.admin1_pcode == outer.admin1_pcode
            )  # "Nesh district in Kandahar": the province goes by its capital's name
        return inner.kind in _SMALL and inner.admin2_pcode == outer.admin2_pcode
    if outer.kind is Kind.DISTRICT:
        return inner.kind in (Kind.CITY, *_SMALL) and inner.admin2_pcode == outer.admin2_pcode
    return outer.kind is Kind.PROVINCE and inner.admin1_pcode == outer.admin1_pcode and inner.kind is not Kind.PROVINCE


# --- references -----------------------------------------------------------------------------------


def _references(tokens: Sequence[Token], taken: Sequence[bool], places: Sequence[Places]) -> list[Reference]:
    found: list[Reference] = []
    starts, ends = {group.start: group for group in places}, {group.end for group in places}
    i = 0
    while i < len(tokens):
        low = tokens[i].low
        opens = not taken[i] and (low in _OPENS_REFERENCE or low.isdigit())
        reference = _reference(tokens, taken, starts, i) if opens else None
        if reference:
            if not _restates(tokens, i, ends):
                found.append(reference)
            i = reference.end
        else:
            i += 1
    return found


def _restates(tokens: Sequence[Token], i: int, ends: set[int]) -> bool:
    """Tell a description that says again what was just named: "Shinwari, the district next door", "Panjshir is the only province"."""
    while i > 1 and (tokens[i - 1].possessive or tokens[i - 1].low in ("the", "a", "an")):
        i -= 1  # "Herat, the country's third city"
    if not (tokens[i].possessive or tokens[i].low in ("the", "a", "an")) or i < 2:
        return False
    apposed = (tokens[i - 1].low == "," or tokens[i - 1].text in DASHES) and i - 1 in ends
    return apposed or (tokens[i - 1].low in BE | {"remains", "became"} and tokens[i - 2].low not in ("there", "it"))


def _reference(tokens: Sequence[Token], taken: Sequence[bool], starts: dict[int, Places], i: int) -> Reference | None:
    """Read a description of places that begins at token `i`: determiner, number, adjectives, and a noun of places."""
    if tokens[i].low in ("of", "about", "around"):
        return None
    if tokens[i].low == "there":
        exists = i + 1 < len(tokens) and tokens[i + 1].low in _EXISTS
        return None if exists else Reference(i, i + 1, "there", None, definite=True)
    return _all_of_them(tokens, i) or _noun_of_places(tokens, taken, starts, i)


def _all_of_them(tokens: Sequence[Token], i: int) -> Reference | None:
    """Read "all three", "both" with no noun behind them, where a list of places was named: "retaken all three"."""
    following = tokens[i + 1].low if i + 1 < len(tokens) else "."
    behind = tokens[i + 2].low if i + 2 < len(tokens) else "."
    if tokens[i].low == "all" and following in NUMBER_WORDS and behind in _ENDS_OBJECT:
        return Reference(i, i + 2, "districts", NUMBER_WORDS[following], definite=True)
    if (
        tokens[i].low == "the"
        and following in ("latter", "former")
        and (behind in _ENDS_OBJECT or behind in BE | HAVE or behind == "of")
    ):
        return Reference(i, i + 2, following, None, definite=True)
    both = tokens[i].low == "both" and following in _ENDS_OBJECT
    return Reference(i, i + 1, "districts", 2, definite=True) if both else None


def _noun_of_places(tokens: Sequence[Token], taken: Sequence[bool], starts: dict[int, Places], i: int) -> Reference | None:
    number, definite = None, False
    for j in range(i, min(i + 6, len(tokens))):
        word = tokens[j].low
        if taken[j]:
            return None
        if word in NUMBER_WORDS or word.isdigit():
            number = NUMBER_WORDS.get(word) or int(word)
        elif word in _POINTING:
            definite = definite or word != "its"
            number = 2 if word == "both" else number
        elif word in KIND_NOUNS:
            if j and tokens[j - 1].low == "police":
                return None  # the wards of a city, which is named behind
            return _counted(tokens, starts, i, j, number, definite)
        elif word not in MODIFIERS and word not in _DESCRIBING:
            return None
    return None


def _counted(
    tokens: Sequence[Token], starts: dict[int, Places], i: int, j: int, number: int | None, definite: bool
) -> Reference | None:
    if (
        tokens[j].low in SEAT_NOUNS
        and not definite
        and not _is_terse(tokens, starts, j)
        and tokens[j - 1].low not in ("district", "city", "town")
    ):
        return None
    if tokens[j + 1 : j + 2] and tokens[j + 1].low in _OF_TOWN and not tokens[j].possessive:
        return None
    found = _described(tokens, starts, i, j, number, definite)
    words = {t.low for t in tokens[i:j]}
    return found and replace(
        found, other="other" in words, pointing=not words.isdisjoint(("that", "this")), national="afghan" in words
    )


_EXISTS = frozenset("is are was were has have had will would be may".split())
"""Verbs behind which "there" stands for no place."""
_POINTING = frozenset("the these those this that both its said mentioned".split())
_DESCRIBING = frozenset(
    "a an key provincial remote mountain strategic district entire whole neighbouring same last major other further another small nearby regional latest first second third fourth fifth sixth seventh eighth ninth tenth northern southern eastern western".split()
)
"""Words that may stand between a determiner and a noun of places."""
_OPENS_REFERENCE = frozenset(["there", "all"]).union(NUMBER_WORDS, _POINTING, KIND_NOUNS, MODIFIERS, _DESCRIBING)
"""What a description of places may begin with, besides a figure."""

_OF_TOWN = frozenset("hall walls jail prison hospital airport mosque school library clinic stadium hotel museum".split())
"""Nouns before which "town" or "city" only says of what kind they are: "took the town hall"."""
_ENDS_OBJECT = frozenset(". , ; on by after before from when while with in without again".split())
_SEATS = SEAT_NOUNS | {"headquarters", "building", "house", "centres", "centers"}
_BODIES = frozenset("governor police government council authorities administration".split())
_INTRODUCES = frozenset([",", "of", "\N{EN DASH}", "\N{EM DASH}", "-", ":", "(", "[", "namely", "including", "#"])
"""Marks between "three districts" and their names."""


def _is_named_next(tokens: Sequence[Token], starts: dict[int, Places], end: int, kind: Kind, number: int | None) -> bool:
    """Tell "three districts - Banu, ..." and "the city of Herat" from "three districts of Baghlan"."""
    k = end
    while k < len(tokens) and tokens[k].low in _INTRODUCES:
        k += 1
    while (
        k + 1 < len(tokens) and k > end and (tokens[k].low in DETERMINERS or tokens[k].low in KIND_NOUNS or tokens[k].low == "of")
    ):
        k += 1  # "the provincial capital, the city of Sar-e Pul"
    group = starts.get(k)
    several = kind is Kind.DISTRICT and (number or 0) > 1 and end < len(tokens) and tokens[end].low == "of"
    if group is not None and len(group.named) == 1 and several:
        return False  # "five districts of Herat"
    wider = (Kind.COUNTRY,) if kind is Kind.PROVINCE else (Kind.COUNTRY, Kind.PROVINCE)
    return group is not None and all(place.kind not in wider for place in group.named)


def _described(
    tokens: Sequence[Token], starts: dict[int, Places], i: int, j: int, number: int | None, definite: bool
) -> Reference | None:
    """Build the reference whose noun is token `j`, unless the names follow at once: then those speak for themselves."""
    end = j + 1
    if tokens[j].low == "district":
        end = _seat_end(tokens, end)
    titled = end < len(tokens) and (tokens[end].low in _ATTRIBUTED or tokens[end].low in _BODIES)
    bare = i == j and tokens[j].low not in ("districts", "provinces", "cities", "towns") and not _is_terse(tokens, starts, j)
    if titled or bare or _is_named_next(tokens, starts, end, KIND_NOUNS[tokens[j].low], number):
        return None
    unknown = _past_unknown(tokens, starts, end) if KIND_NOUNS[tokens[j].low] in _OF_ONE else end
    frame = _frame_of(
        tokens, starts, unknown, small=unknown > end or tokens[j].low in ("village", "villages", "area", "areas"), number=number
    )
    return Reference(
        i, unknown, tokens[j].low, number, definite, frame, unknown=unknown > end, relation=_relation(tokens, i, unknown)
    )


_OF_ONE = (Kind.VILLAGE, Kind.DISTRICT, Kind.CITY, Kind.OTHER)


def _past_unknown(tokens: Sequence[Token], starts: dict[int, Places], end: int) -> int:
    """Return the token past a name that no gazetteer has: "the village of Marghozar Kali"."""
    k = end + 1
    if k < len(tokens) and (tokens[k].low in MODIFIERS or tokens[k].low in _TITLES):
        return end  # "the capital of Afghan province Zabul"
    while k < len(tokens) and tokens[k].text[:1].isupper() and k not in starts:
        k += 1
    return k if end < len(tokens) and tokens[end].low == "of" and k > end + 1 else end


def _is_terse(tokens: Sequence[Token], starts: dict[int, Places], j: int) -> bool:
    """Tell the noun of a headline that leaves its article out: "recapture district in Ghazni", "take capital of Zabul"."""
    if j < 1 or tokens[j].low not in ("district", "capital", "town", "city"):
        return False
    wanted = ("of", "in") if tokens[j].low == "capital" else ("in",)
    after = range(j + 2, min(j + 6, len(tokens)))
    named = next((starts[k].named for k in after if k in starts), ())
    return (
        j + 1 < len(tokens)
        and tokens[j + 1].low in wanted
        and tokens[j - 1].low not in DETERMINERS
        and tokens[j - 1].text[:1].islower()
        and any(p.kind in (Kind.PROVINCE, Kind.COUNTRY, Kind.CITY) for p in named)
    )


def _frame_of(
    tokens: Sequence[Token], starts: dict[int, Places], end: int, *, small: bool, number: int | None = None
) -> Resolution | None:
    """Return the province, or of villages the district, that a description is set in: "four villages in Ajristan district"."""
    for at in range(end, min(end + 8, len(tokens))):
        named = starts[at].named if at in starts else ()
        by_capital = (number or 0) > 1 and any(
            p.kind is Kind.CITY and p.name == p.admin1 for p in named
        )  # "two districts in Kunduz"
        if (small and named) or by_capital or any(p.kind in (Kind.COUNTRY, Kind.PROVINCE) for p in named):
            return starts[at].mentions[0]
        if tokens[at].low in (".", ";", "\N{EM DASH}") or (
            tokens[at].low in ("and", "after", "to", "from") and (not small or tokens[end - 1].text[:1].isupper())
        ):
            return None
    return None


def _seat_end(tokens: Sequence[Token], end: int) -> int:
    """Stretch over the seat of a district, which stands for it: "the district compound", "the district governor's office"."""
    owned = end + 1 if end < len(tokens) and tokens[end].possessive and tokens[end].low in ("governor", "chief") else end
    return owned + 1 if owned < len(tokens) and tokens[owned].low in _SEATS else end


# --- parties --------------------------------------------------------------------------------------


def _parties(tokens: Sequence[Token], taken: Sequence[bool], actors: Actors, day: date | None) -> list[Party]:
    found: list[Party] = []
    i = 0
    while i < len(tokens):
        opens = not taken[i] and _may_open(tokens[i], actors)
        party = _party(tokens, taken, actors, day, i) if opens else None
        if party:
            found.append(party)
            i = party.end
        else:
            i += 1
    return found


def _may_open(token: Token, actors: Actors) -> bool:
    """Tell whether a party may begin with a word; most words begin none."""
    low = token.low
    return low in actors.first_words or low in HEADS or low in _PRONOUNS or low in _ENEMIES or "-" in low or token.possessive


def _party(tokens: Sequence[Token], taken: Sequence[bool], actors: Actors, day: date | None, i: int) -> Party | None:
    low = tokens[i].low
    if low in _PERSONAL and tokens[i].text != "US":
        return Party(i, i + 1, None, Span(tokens[i].start, tokens[i].end), pronoun=low)
    if low in _OWNERS and any(t.low in HEADS for t in tokens[i + 1 : i + 3]):
        end = next(k for k in range(i + 1, i + 3) if tokens[k].low in HEADS) + 1
        return Party(i, end, None, Span(tokens[i].start, tokens[end - 1].end), pronoun=low)
    if low in _ENEMIES:
        start = _left(tokens, taken, i)
        end = i + 2 if i + 1 < len(tokens) and tokens[i + 1].low in HEADS else i + 1
        span = Span(tokens[start].start, tokens[end - 1].end)
        return Party(start, end, None, span, pronoun="enemy", possessive=tokens[end - 1].possessive)
    return (
        _headed(tokens, taken, actors, day, i)
        or _alias(tokens, taken, actors, day, i)
        or _person(tokens, actors, day, i)
        or _holding(tokens, actors, day, i)
    )


def _headed(tokens: Sequence[Token], taken: Sequence[bool], actors: Actors, day: date | None, i: int) -> Party | None:
    """Read "the fighters of the Taliban" as the Taliban."""
    if tokens[i].low not in HEADS or i + 2 >= len(tokens) or tokens[i + 1].low != "of":
        return None
    k = i + 2
    while k < len(tokens) and tokens[k].low in DETERMINERS:
        k += 1
    if k >= len(tokens):
        return None
    whole = _alias(tokens, taken, actors, day, k)
    if whole is None or whole.alias is None or whole.alias.form is not Form.NAME:
        return None
    start = _left(tokens, taken, i)
    return Party(start, whole.end, whole.alias, Span(tokens[start].start, whole.span.end))


def _person(tokens: Sequence[Token], actors: Actors, day: date | None, i: int) -> Party | None:
    """Read a person of the table as their side: "Massoud vowed to resist"."""
    for length in actors.forenames.get(tokens[i].low, ()):
        words = tokens[i : i + length]
        if len(words) < length or length > _LONGEST_NAME or not all(t.text[:1].isupper() for t in words):
            continue
        person = actors.people.get(" ".join(t.low for t in words))
        actor = actors.of_side(person.side, day) if person else None
        if actor is not None:
            return Party(
                i,
                i + length,
                Alias(actor, Form.NAME, None, None),
                Span(words[0].start, words[-1].end),
                possessive=words[-1].possessive,
                person=True,
            )
    return None


def _holding(tokens: Sequence[Token], actors: Actors, day: date | None, i: int) -> Party | None:
    """Read the holder in "Taliban-held Almar"."""
    holder = HOLDING.fullmatch(tokens[i].low) if "-" in tokens[i].low else None
    alias = next((a for a in actors.meanings(holder[1], day) if a.form is not Form.AFTER), None) if holder else None
    return Party(i, i + 1, alias, Span(tokens[i].start, tokens[i].end)) if alias else None


def _alias(tokens: Sequence[Token], taken: Sequence[bool], actors: Actors, day: date | None, i: int) -> Party | None:
    """Match the longest wording of the actor table at token `i`, then stretch it over its head noun and modifiers."""
    for length in _lengths(tokens, actors, i):
        if any(taken[i : i + length]) or (length == 1 and _ends_a_name(tokens, i)):
            continue
        words = " ".join(
            t.text.casefold() if t.possessive and k < length - 1 else t.low for k, t in enumerate(tokens[i : i + length])
        )
        end = _head(tokens, taken, i + length)
        shares = end == i + length and any(a.form is Form.ADJECTIVE for a in actors.meanings(words, day))
        end = _shared_head(tokens, taken, actors, day, end) if shares else end
        alias = _meant(tokens, actors, day, words, i + length, end)
        if alias is None:
            continue
        alias, end = _turned(tokens, actors, day, alias, end)
        start = _left(tokens, taken, i)
        return Party(start, end, alias, Span(tokens[start].start, tokens[end - 1].end), possessive=tokens[end - 1].possessive)
    return None


def _ends_a_name(tokens: Sequence[Token], i: int) -> bool:
    """Tell the "Front" of the Baloch Liberation Front, of whom no table knows, from "the Front"."""
    return (
        tokens[i].low in _LAST_WORDS
        and tokens[i].text[:1].isupper()
        and i > 1
        and tokens[i - 1].text[:1].isupper()
        and tokens[i - 1].low not in DETERMINERS
    )


def _shared_head(tokens: Sequence[Token], taken: Sequence[bool], actors: Actors, day: date | None, end: int) -> int:
    """Stretch over a second adjective to the head that both share: "Afghan and coalition forces" are the first's."""
    if end + 2 >= len(tokens) or tokens[end].low not in ("and", "&") or not actors.meanings(tokens[end + 1].low, day):
        return end
    furthest = _head(tokens, taken, end + 2)
    return furthest if furthest > end + 2 else end


def _lengths(tokens: Sequence[Token], actors: Actors, i: int) -> Sequence[int]:
    """Return how long the wordings may be that begin at token `i`, the longest first."""
    first, most = tokens[i], min(_LONGEST_WORDING, len(tokens) - i)
    known = actors.openings.get(first.low, ())
    if first.possessive:
        known = (*actors.openings.get(first.text.casefold(), ()), *(length for length in known if length == 1))
    return [length for length in known if length <= most] if known else ()


def _meant(tokens: Sequence[Token], actors: Actors, day: date | None, words: str, after: int, end: int) -> Alias | None:
    """Return the first meaning of the words that fits what follows: an adjective needs a head noun."""
    for alias in actors.meanings(words, day):
        if alias.form is not Form.ADJECTIVE:
            return alias
        deed = end == after and after < len(tokens) and (tokens[after].low in DEEDS or _is_sortie(tokens, after))
        if (end > after or deed) and not (words == "afghan" and tokens[end - 1].low not in _ARMS):
            return alias
    return None


def _head(tokens: Sequence[Token], taken: Sequence[bool], end: int) -> int:
    """Stretch over head nouns, a modifier between them allowed: "resistance" -> "resistance fighters"."""
    furthest = end
    while end < len(tokens) and end - furthest < 2 and not taken[end] and not tokens[end - 1].possessive:
        if _is_sortie(tokens, end):
            break
        if tokens[end].low in HEADS:
            furthest = end + 1
        elif tokens[end].low not in MODIFIERS or tokens[end].low in ("of", "about", "around", "some", "many", "nearly"):
            break
        end += 1
    return furthest


def _is_sortie(tokens: Sequence[Token], k: int) -> bool:
    """Tell the drone of a "US drone strike" from those who fight: the strike is theirs."""
    return (
        tokens[k].low in ("drone", "helicopter", "aircraft", "jet", "plane")
        and k + 1 < len(tokens)
        and tokens[k + 1].low in DEEDS
    )


def _turned(tokens: Sequence[Token], actors: Actors, day: date | None, alias: Alias, end: int) -> tuple[Alias, int]:
    """Let words after the head turn its side: "fighters opposed to the Taliban"."""
    for length in (5, 4, 3):
        turned = actors.named(" ".join(t.low for t in tokens[end : end + length]), day)
        if turned and turned.form is Form.AFTER:
            return turned, end + length
    return alias, end


def _left(tokens: Sequence[Token], taken: Sequence[bool], i: int) -> int:
    """Stretch left over the modifiers and the determiner of the phrase."""
    start = i
    while (
        start > 0
        and not taken[start - 1]
        and (
            tokens[start - 1].low in _BESIDE_NOUNS
            or (tokens[start - 1].low in _BEFORE_ADJECTIVES and start > 1 and tokens[start - 2].low in DETERMINERS)
        )
    ):
        start -= 1
    return start - 1 if start > 0 and not taken[start - 1] and tokens[start - 1].low in DETERMINERS else start
