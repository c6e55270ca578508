"""Decides what each place name of an article means, by a table of reasons; refuses where they do not decide."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from mapper.gazetteer import UNITS, Gazetteer, NameMatch, akin, inside, valid
from mapper.gazetteer.distance import distance
from mapper.gazetteer.kinds import SETTLEMENTS, fits
from mapper.gazetteer.relations import extent
from mapper.gazetteer.romanise import normal
from mapper.geoparsing.links import Link, Links, Role
from mapper.geoparsing.mentions import Mention
from mapper.model import Evidence, Kind, Place, Resolution, Rival, Toponym
from mapper.settings import Settings

_ROUNDS = 3  # what is decided in one round is context for the next; later rounds change next to nothing
_RIVALS = 5
_ENOUGH = 40  # places of one sentence to measure distances to
_FAR_KM = 200.0
_BESIDE_KM = 60.0  # borders move, and reporters err by one


@dataclass(frozen=True, slots=True)
class Scene:
    """One article as the reasons see it: its names, how they are linked, and what is decided so far."""

    mentions: tuple[Mention, ...]
    links: Links
    places: Mapping[str, Place]
    home: str
    capitals: frozenset[str]
    day: date | None
    decided: Mapping[int, Place]
    provinces: Mapping[tuple[str, int], Mapping[str, Mapping[str, str]]]
    """(scope, number of sentence or paragraph) -> province -> normal form -> the name that puts it there."""
    sentences: Mapping[int, Mapping[str, tuple[str, Place]]]
    """Number of a sentence -> place id -> normal form of the name, and the place it means."""
    focus: Mapping[str, float]
    """Province -> share of the article's names that lie in it."""
    senses: Mapping[str, frozenset[str]]
    """Name -> the provinces in which the article says outright that it lies."""


class Case(NamedTuple):
    """One mention to decide, and the scene around it."""

    number: int
    mention: Mention
    key: str
    """The normal form of its name."""
    scene: Scene

    def others(self, *roles: Role) -> list[Mention]:
        """Return the mentions that have one of the roles for this one."""
        links: Sequence[Link] = self.scene.links.get(self.number, ())
        return [self.scene.mentions[link.other] for link in links if link.role in roles]


Judgement = tuple[float, str] | None
"""How far a reason speaks for a place (1) or against it (-1), and words; None when it does not apply."""


def name(case: Case, match: NameMatch) -> Judgement:
    """How well the name fits, without any context."""
    how = {"spelling": "as spelt", "form": "another spelling of", "consonants": "much like", "typo": "one letter off"}
    note = f"{case.mention.text!r} is {how.get(match.tier, 'a translation of')} {match.name!r}"
    return match.score, note + (", which usually means something else" if match.weak else "")


def kind_word(case: Case, match: NameMatch) -> Judgement:
    """A word beside the name says what it is."""
    said = case.mention.said
    if said is None:
        return None
    if fits(match.place.kind, said):
        return 1.0, f"called a {said}"
    if any(fits(other.place.kind, said) for other in case.mention.matches):
        return -0.6, f"called a {said}, and this is a {match.place.kind}"
    return None


def office(case: Case, match: NameMatch) -> Judgement:
    """Governors and provincial councils are those of provinces."""
    if case.mention.office and match.place.kind is Kind.PROVINCE:
        return 1.0, "has a governor or something provincial"
    return None


def placed(case: Case, match: NameMatch) -> Judgement:
    """A preposition or a list says that it is a place; a capital speaks for its government."""
    if case.mention.cue:
        return 1.0, "the words beside it say that it is a place"
    if case.mention.speaking and _is_state_capital(match.place):
        return 1.0, "speaks, as a government does by its capital"
    return None


def prominence(case: Case, match: NameMatch) -> Judgement:
    """A name alone means the provincial capital of that name, else the province, else the district."""
    place = match.place
    if match.weak:
        return None
    if place.id in case.scene.capitals:
        return 1.0, "a provincial capital goes by its name alone"
    strength = {Kind.PROVINCE: 0.7, Kind.REGION: 0.5 if place.covers else 0.0, Kind.DISTRICT: 0.35}.get(place.kind, 0.0)
    return (strength, f"a {place.kind} goes by its name alone") if strength else None


def located(case: Case, match: NameMatch) -> Judgement:
    """The text says in which province or country it lies: "Tagab, in Kapisa", "Baghlan's Banu", "Kandahar, Zhari"."""
    containers = case.others(Role.CONTAINER)
    if not containers:
        return None
    for mention in containers:
        for other in mention.matches:
            if other.place.kind in UNITS and other.place.id != match.place.id and inside(match.place, other.place):
                return 1.0, f"said to lie in {other.place.name}"
    return -0.8, f"said to lie in {containers[0].text}"


def elsewhere(case: Case, match: NameMatch) -> Judgement:
    """The text puts it where no place of its name is known: "Kunduz city's Sayed Abad quarter" is none of Wardak's.

    What goes by its name alone is owned by other countries in speech only: "Iran's Herat consulate".
    """
    if match.place.kind in (Kind.COUNTRY, Kind.PROVINCE):
        return None
    capital = match.place.id in case.scene.capitals
    for mention in case.others(Role.ELSEWHERE):
        foreign = all(other.place.country != match.place.country for other in mention.matches)
        if not (capital and foreign) and not _beside(case, match.place, mention):
            return -1.0, f"said to lie in {mention.text}"
    return None


def _beside(case: Case, place: Place, container: Mention) -> bool:
    """Whether a place lies just outside of the districts or provinces that a mention may mean."""
    units = {other.place.id for other in container.matches if other.place.kind in UNITS and other.place.kind is not Kind.COUNTRY}
    held = (inner for inner in case.scene.places.values() if {inner.admin1_pcode, inner.admin2_pcode} & units)
    return any(distance(inner.point, place.point) <= _BESIDE_KM for inner in held)


def heading(case: Case, match: NameMatch) -> Judgement:
    """It stands under a heading."""
    for mention in case.others(Role.HEADING):
        for other in mention.matches:
            if other.place.kind in UNITS and inside(match.place, other.place):
                return 1.0, f"stands under the heading {mention.text}"
    return None


def contains(case: Case, match: NameMatch) -> Judgement:
    """Another place is said to lie in it, outside the town of that name: then the province is meant."""
    if match.place.kind is not Kind.PROVINCE:
        return None
    town = {other.place.admin2_pcode for other in case.mention.matches if other.place.kind in SETTLEMENTS}
    for mention in case.others(Role.MEMBER):
        for other in mention.matches:
            if inside(other.place, match.place) and other.place.admin2_pcode not in town:
                return 1.0, f"{mention.text} is said to lie in it"
    return None


def parallel(case: Case, match: NameMatch) -> Judgement:
    """Named in one breath with provinces, or with towns."""
    if match.place.kind is Kind.PROVINCE and any(_is_state_capital(other.place) for other in case.mention.matches):
        return None
    province = match.place.kind is Kind.PROVINCE
    for mention in case.others(Role.PARALLEL):
        kinds = {other.place.kind for other in mention.matches if other.place.country == case.scene.home and not other.weak}
        if kinds and (Kind.PROVINCE in kinds) == province and not (province and kinds & SETTLEMENTS):
            return 1.0, f"named in one breath with {mention.text}"
    return None


def gloss(case: Case, match: NameMatch) -> Judgement:
    """The same place is written again in brackets."""
    for mention in case.others(Role.GLOSS):
        if any(_unit(other.place) == _unit(match.place) for other in mention.matches):
            return 1.0, f"written again as {mention.text}"
    return None


def abroad(case: Case, match: NameMatch) -> Judgement:
    """The text puts it into another country."""
    for mention in case.others(Role.ABROAD):
        there = any(other.place.country == match.place.country for other in mention.matches)
        return 1.0 if there else -1.0, f"said to lie in {mention.text}"
    return None


def neighbours(case: Case, match: NameMatch) -> Judgement:
    """Other names of the sentence, else of the paragraph, else of the article lie in the same province."""
    own, province = case.key, match.place.admin1_pcode
    scopes = (
        ("sentence", case.mention.head.sentence, 1.0),
        ("paragraph", case.mention.head.paragraph, 0.7),
        ("article", 0, 0.35),
    )
    for scope, number, strength in scopes:
        names = case.scene.provinces.get((scope, number), {}).get(province or "", {})
        other = next((text for key, text in names.items() if key != own), None)
        if other is not None:
            return strength, f"the {scope} names {other} in the same province"
    return None


def focus(case: Case, match: NameMatch) -> Judgement:
    """The article is about that province."""
    share = case.scene.focus.get(match.place.admin1_pcode or "", 0.0)
    return (round(share, 2), f"{share:.0%} of the article's other names lie in {match.place.admin1}") if share else None


def near(case: Case, match: NameMatch) -> Judgement:
    """It lies near another place of the sentence."""
    own, best = case.key, (0.0, "")
    for key, place in case.scene.sentences.get(case.mention.head.sentence, {}).values():
        if key != own:
            km = distance(place.point, match.place.point)
            best = max(best, (round(max(0.0, 1 - km / _FAR_KM), 2), f"{km:.0f} km from {place.name}"))
    return best if best[0] else None


def one_sense(case: Case, match: NameMatch) -> Judgement:
    """The article says elsewhere where the place of that name lies."""
    senses = case.scene.senses.get(case.key, frozenset())
    if match.place.admin1_pcode not in senses or _crowded_out(case, match.place.admin1_pcode):
        return None
    return 1 / len(senses), f"the article puts it in {match.place.admin1} elsewhere"


def _crowded_out(case: Case, province: str | None) -> bool:
    """Whether the sentence names other places of another bearer's province, and none of this one's: a second sense begins."""
    own = case.key

    def others(pcode: str | None) -> bool:
        names = case.scene.provinces.get(("sentence", case.mention.head.sentence), {}).get(pcode or "", {})
        return any(key != own for key in names)

    return not others(province) and any(others(match.place.admin1_pcode) for match in case.mention.matches)


def home(case: Case, match: NameMatch) -> Judgement:
    """Between countries, the one that the news is about."""
    countries = {other.place.country for other in case.mention.matches}
    return (
        (1.0, "in the country that the news is about") if len(countries) > 1 and match.place.country == case.scene.home else None
    )


def reach(case: Case, match: NameMatch) -> Judgement:
    """It is no one district: over which it extends, and whose code it takes. Speaks neither for it nor against it."""
    return (0.0, extent(match.place, case.scene.places)) if match.place.covers else None


def out_of_time(case: Case, match: NameMatch) -> Judgement:
    """It stands on no list of the article's day. Where nothing of that name does, the name stands for its place all the same."""
    if valid(match.place, case.scene.day):
        return None
    if any(valid(other.place, case.scene.day) for other in case.mention.matches):
        return -1.0, f"was no {match.place.kind} on {case.scene.day}"
    return -0.1, f"was no {match.place.kind} on {case.scene.day}; the name stands for its place"


EVIDENCE: dict[str, tuple[float, Callable[[Case, NameMatch], Judgement]]] = {
    "name": (0.60, name),
    "kind_word": (0.25, kind_word),
    "office": (0.20, office),
    "placed": (0.10, placed),
    "prominence": (0.18, prominence),
    "located": (0.50, located),
    "elsewhere": (0.50, elsewhere),
    "heading": (0.40, heading),
    "contains": (0.20, contains),
    "parallel": (0.20, parallel),
    "gloss": (0.30, gloss),
    "abroad": (0.60, abroad),
    "neighbours": (0.30, neighbours),
    "focus": (0.20, focus),
    "near": (0.20, near),
    "one_sense": (0.30, one_sense),
    "home": (0.10, home),
    "out_of_time": (0.40, out_of_time),
    "reach": (0.0, reach),
}
"""Each reason with its weight. A place's score is the sum over the reasons, held between 0 and 1."""

_SHIFTING = ("neighbours", "focus", "near", "one_sense")
"""Reasons that look at what other names were taken to mean: asked in each round, all others once."""
_LINKED = ("located", "elsewhere", "heading", "contains", "parallel", "gloss", "abroad")
"""Reasons that only links give."""
_OWN = tuple(key for key in EVIDENCE if key not in (*_SHIFTING, *_LINKED))


class Ranked(NamedTuple):
    """A place that a mention may mean, the sum of its evidence, and the evidence."""

    place: Place
    total: float
    evidence: tuple[Evidence, ...]


def resolve(
    mentions: Iterable[Mention], links: Links, gazetteer: Gazetteer, settings: Settings, article_id: str, day: date | None
) -> list[Resolution]:
    """Return what each mention means, in order. What rivals leave open, or too little speaks for, is refused in words."""
    named = tuple(_districts_of_seats(mention, gazetteer) for mention in mentions)
    rankings: list[list[Ranked]] = []
    decided: dict[int, Place] = {}
    scene = _scene(named, links, gazetteer, day, decided)
    cases = [Case(number, mention, _key(mention), scene) for number, mention in enumerate(named)]
    lasting = [_lasting(case) for case in cases]
    for _ in range(_ROUNDS):
        rankings, before = [_rank(case, said) for case, said in zip(cases, lasting, strict=True)], decided
        decided = {
            n: ranking[0].place for n, ranking in enumerate(rankings) if ranking and not _doubt(named[n], ranking, settings)
        }
        if decided == before:
            break
        scene = _scene(named, links, gazetteer, day, decided)
        cases = [case._replace(scene=scene) for case in cases]
    return [_resolution(mention, ranking, settings, article_id) for mention, ranking in zip(named, rankings, strict=True)]


def _lasting(case: Case) -> list[dict[str, Evidence]]:
    """Return what is said of each place that a mention may mean, whatever the other names are taken to mean."""
    keys = (*_OWN, *_LINKED) if case.number in case.scene.links else _OWN
    return [_said(case, match, keys) for match in case.mention.matches]


def _said(case: Case, match: NameMatch, keys: Iterable[str]) -> dict[str, Evidence]:
    """Return what those reasons that apply to a place say, by their keys."""
    found = {}
    for key in keys:
        weight, reason = EVIDENCE[key]
        said = reason(case, match)
        if said is not None:
            found[key] = _evidence(key, round(weight * said[0], 3), said[1])
    return found


@lru_cache(maxsize=65536)
def _evidence(key: str, weight: float, note: str) -> Evidence:
    """Return a piece of evidence; articles repeat each other's, and share them."""
    return Evidence(key, weight, note)


def _rank(case: Case, lasting: Sequence[dict[str, Evidence]]) -> list[Ranked]:
    """Return the places that a mention may mean, best first; `lasting` is what the lasting reasons say of each."""
    found = []
    for match, before in zip(case.mention.matches, lasting, strict=True):
        said = before | _said(case, match, _SHIFTING)
        evidence = tuple(said[key] for key in EVIDENCE if key in said)
        found.append(Ranked(match.place, round(sum(e.weight for e in evidence), 3), evidence))
    return sorted(found, key=lambda ranked: (-ranked.total, ranked.place.id))


def _rivals(ranking: list[Ranked]) -> list[Ranked]:
    return [ranked for ranked in ranking[1:] if not akin(ranking[0].place, ranked.place)]


def _doubt(mention: Mention, ranking: list[Ranked], settings: Settings) -> str | None:
    best, rivals = ranking[0], _rivals(ranking)
    against = [evidence.note for evidence in best.evidence if evidence.weight < 0]
    if best.total < settings.minimum_score:
        return f"too little speaks for {_described(best.place)}" + (f": {'; '.join(against)}" if against else "")
    if rivals and best.total - rivals[0].total < settings.minimum_lead:
        level = [best, *(rival for rival in rivals if best.total - rival.total < settings.minimum_lead)]
        return (
            f"the evidence is level: {mention.text} may be {' or '.join(_described(ranked.place) for ranked in level[:_RIVALS])}"
        )
    return None


def _described(place: Place) -> str:
    return f"{place.name} ({place.admin1 if place.admin1 and place.admin1 != place.name else place.kind})"


def _resolution(mention: Mention, ranking: list[Ranked], settings: Settings, article_id: str) -> Resolution:
    toponym = Toponym(article_id, mention.text, mention.span)
    if not ranking:
        return Resolution(toponym, None, 0.0, refused=mention.reason)
    best, doubt = ranking[0], _doubt(mention, ranking, settings)
    rivals = ranking if doubt else _rivals(ranking)
    return Resolution(
        toponym=toponym,
        place=None if doubt else best.place,
        score=_score(best),
        evidence=best.evidence,
        rivals=tuple(Rival(rival.place.id, rival.place.name, _score(rival)) for rival in rivals[:_RIVALS]),
        refused=doubt,
    )


def _score(ranked: Ranked) -> float:
    return round(min(1.0, max(0.0, ranked.total)), 3)


def _unit(place: Place) -> str:
    return place.unit or place.id


def _key(mention: Mention) -> str:
    return next(iter(normal(mention.text)), mention.text)


def _is_state_capital(place: Place) -> bool:
    return place.feature_code == "PPLC"


def _districts_of_seats(mention: Mention, gazetteer: Gazetteer) -> Mention:
    """Read "Banu district" as the district that Banu is the seat of, when no district has that name."""
    if mention.said is not Kind.DISTRICT or any(match.place.kind is Kind.DISTRICT for match in mention.matches):
        return mention
    units = {seat: unit for unit, seat in gazetteer.seats.items() if gazetteer.places[unit].kind is Kind.DISTRICT}
    read = [
        match._replace(place=gazetteer.places[units[match.place.id]]) if match.place.id in units else match
        for match in mention.matches
    ]
    return replace(mention, matches=tuple(read))


def _scene(
    mentions: tuple[Mention, ...],
    links: Links,
    gazetteer: Gazetteer,
    day: date | None,
    decided: Mapping[int, Place],
) -> Scene:
    provinces: dict[tuple[str, int], dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    sentences: dict[int, dict[str, tuple[str, Place]]] = defaultdict(dict)
    senses: dict[str, set[str]] = defaultdict(set)
    for number, place in decided.items():
        mention, key = mentions[number], _key(mentions[number])
        if place.kind not in (Kind.COUNTRY, Kind.PROVINCE) and len(sentences[mention.head.sentence]) < _ENOUGH:
            sentences[mention.head.sentence][place.id] = key, place
        if place.admin1_pcode is None or _is_state_capital(place) or any(link.contrast for link in links.get(number, ())):
            continue
        for scope in (("sentence", mention.head.sentence), ("paragraph", mention.head.paragraph), ("article", 0)):
            provinces[scope][place.admin1_pcode].setdefault(key, mention.text)
        if any(link.role in (Role.CONTAINER, Role.HEADING) for link in links.get(number, ())):
            senses[key].add(place.admin1_pcode)
    counts = Counter({province: len(names) for province, names in provinces[("article", 0)].items()})
    return Scene(
        mentions=mentions,
        links=links,
        places=gazetteer.places,
        home=gazetteer.country,
        capitals=gazetteer.capitals,
        day=day,
        decided=decided,
        provinces=provinces,
        sentences=sentences,
        focus={province: count / counts.total() for province, count in counts.items()},
        senses={key: frozenset(found) for key, found in senses.items()},
    )
