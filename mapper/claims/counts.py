"""A sentence into the people it says were killed, wounded or captured: how many, of which side, on whose word left to others.

Bounds stay as written (see numbers); "killed or injured" and "casualties" are never read as killed;
"heavy losses" is a vague count with neither bound.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from mapper.claims import numbers
from mapper.claims.chunks import DEEDS, HEADS, MODIFIERS, Chunk, Party
from mapper.claims.numbers import NUMBER_WORDS, Quantity
from mapper.claims.tokens import (
    ADVERBS,
    BE,
    CONJUNCTIONS,
    DASHES,
    DETERMINERS,
    HAVE,
    NEGATIONS,
    PREPOSITIONS,
    QUOTES,
    RELATIVES,
    SUBORDINATORS,
    Token,
)
from mapper.model import Harm

KILLED = frozenset(
    "eliminated eliminating martyring martyrs martyr murdered killed kill kills killing assassinated assassinate assassinating kia dead died die dies dying slain slaughtered martyred perished butchered executed beheaded massacred death deaths fatalities corpses bodies toll hanged".split()
)
WOUNDED = frozenset(
    "wia inj wounded wound wounds wounding injured injure injures injuring hurt hurting harmed injuries maimed".split()
)
CAPTURED = frozenset("captive prisoner prisoners captives".split())
BOTH = frozenset("casualties losses".split())
_PUT_OUT = frozenset("neutralised neutralized neutralising neutralizing".split())
"""What communiqués write of the enemy, and never say whether he was killed."""
_ACTIVE = frozenset(
    "eliminated eliminating martyring martyrs neutralised neutralized neutralising neutralizing lost lose losing loses killed kill kills killing wounded wound wounds wounding injured injuring injure injures executed butchered hurt harmed martyred slaughtered beheaded hanged".split()
)
_VAGUE = frozenset(
    "heavy massive significant serious severe many several numerous big huge light some large considerable unspecified".split()
)
_SUFFER = frozenset(
    "suffer suffered suffering inflict inflicted inflicting cause caused sustain sustained given took taken claim claimed".split()
)
_GIVES = frozenset("give gave giving gives given provide provided providing release released".split())
_ZERO = frozenset("nobody none no-one".split())
_OR = frozenset(["or", "and/or"])
_INCLUDING = frozenset(["including", "incl."])

NON_PEOPLE = frozenset(
    "hour hours day days week weeks month months year years minute minutes district districts province provinces city cities town towns village villages vehicle vehicles truck trucks tank tanks "
    "humvee humvees motorcycle motorcycles checkpoint checkpoints post posts base bases outpost outposts house houses home homes shop shops mine mines bomb bombs rocket rockets weapon weapons "
    "sortie sorties flights depot depots apc apcs tanker tankers pickup pickups rifle rifles mile miles km kilometre kilometres kilometer kilometers metre metres percent cent times goal goals run runs wicket wickets over overs dollar dollars ton tons tonnes degrees years "
    "places sides fronts occasions groups units family families household households blasts attacks strikes explosions sheep cattle goats cows horses animals banks pages locale locales buildings am pm o'clock strikes kilograms kilogram kg kilos kilo litres liters pounds grams rounds sacks bags magazines cartridges acres hectares".split()
)
"""Nouns that a number may stand before without counting people."""

CIVILIAN_NOUNS = frozenset(
    "afghans hazaras people person persons civilian civilians woman women child children man men boy boys girl girls villager villagers resident residents farmer farmers labourer labourers laborer laborers worker "
    "workers teacher teachers doctor doctors nurse nurses student students pupil pupils shepherd shepherds trader traders driver drivers passenger passengers worshipper worshippers journalist "
    "journalists reporter reporters deminer deminers patient patients elder elders baker prosecutor judge judges guests mourners pedestrians bystanders passer-by passers-by locals family members "
    "relatives son sons daughter daughters mother father brother brothers wife refugees pilgrims tribesmen folks instructors ladies others victims mullah mullahs preacher preachers cousin cousins couple uncle nephew niece husband lawyer lawyers midwife musician singer comedian professor lecturer headmaster principal principals mason tailor mechanic barber butcher pharmacist engineer imam councillor councillors pensioner toddler baby babies infant infants teenager teenagers bridegroom bride miner miners lecturer employee employees staff volunteer volunteers candidate candidates scholar scholars cleric clerics imam contractor contractors engineer engineers vaccinator vaccinators mayor mayors lawmaker lawmakers senator senators politician politicians diplomat diplomats businessman businessmen governor governors official officials activist activists thief thieves suspect suspects detainee detainees prisoner".split()
)
"""Nouns of people who bear no arms, as far as the noun tells."""


@dataclass(frozen=True, slots=True)
class Toll:
    """One count of people harmed, before its side is settled. `party` is who they are said to be, if the sentence says."""

    harm: Harm
    low: int | None
    high: int | None
    start: int
    end: int
    party: Party | None
    noun: str | None
    vague: bool = False
    active: bool = False
    """They are the object of the verb: "killed 31 fighters"."""
    joined: bool = False
    """They are counted together with those before: the children of "three women and two children"."""
    agent: Party | None = None
    """Who is said to have done it: the verb's subject, or who stands behind "by"."""


def find(tokens: Sequence[Token], chunks: Sequence[Chunk]) -> tuple[Toll, ...]:
    """Return the tolls of one sentence in order."""
    words = {t.low for t in tokens}
    if _HARMS.isdisjoint(words if {"life", "lives"} & words else words - _TAKING_LIFE):
        return ()
    finder = _Finder(
        tokens, [c for c in chunks if isinstance(c, Party) and (c.pronoun in (None, "enemy") or c.end - c.start > 1)]
    )
    found: list[Toll] = []
    for toll in finder.tolls():
        if not any(t.harm is toll.harm and t.start < toll.end and toll.start < t.end for t in found):
            found.append(toll)
    return tuple(sorted(found, key=lambda t: (t.start, t.end)))


_AMONG = re.compile(
    r"\b(?:among (?:them|whom)|of (?:them|whom))\b(?! (?:were|was|have|had|died|die|fell|killed|wounded|later|also)\b)"
)
_HURT = frozenset("killed dead wounded injured hurt martyred killing wounding injuring".split())
_LOSING = frozenset(["lost", "lose", "losing", "loses"])
IDIOMS: dict[tuple[str, ...], Harm] = {
    ("embraced", "martyrdom"): Harm.KILLED,
    ("attained", "martyrdom"): Harm.KILLED,
    ("laid", "down", "their", "lives"): Harm.KILLED,
    ("breathed", "his", "last"): Harm.KILLED,
    ("gunned", "down"): Harm.KILLED,
    ("mown", "down"): Harm.KILLED,
    ("mowed", "down"): Harm.KILLED,
    ("wiped", "out"): Harm.KILLED,
    ("finished", "off"): Harm.KILLED,
    **{(verb, "to", "death"): Harm.KILLED for verb in "hacked stabbed shot burned burnt beaten stoned tortured whipped".split()},
    ("sustained", "injuries"): Harm.WOUNDED,
    ("received", "injuries"): Harm.WOUNDED,
    ("suffered", "injuries"): Harm.WOUNDED,
}
"""Wordings of harm in several words, South Asian press usage among them."""

_OTHER_FATE = frozenset(
    "abducted kidnapped seizing ; . while but in on at captured detained arrested seized surrendered fled rescued freed".split()
)
_LET_GO = frozenset(
    "free freed frees freeing release released releases releasing rescued escape escaped fled exchange exchanged swap swapped".split()
)
"""What is said of prisoners who are prisoners no longer."""
_OF_PEOPLE = frozenset("of other others more members taken".split())
_SUFFERED_BY = frozenset("to for on upon among".split())
_OPENING = DASHES | {"("}
_CLOSING = DASHES | {")", "."}
_IDIOMS_AT = {first: tuple(words for words in IDIOMS if words[0] == first) for first in {words[0] for words in IDIOMS}}
_TAKING_LIFE = frozenset("claimed claims claim claiming took takes take taking cost costs costing".split())
_HARMS = frozenset(_IDIOMS_AT).union(
    KILLED, WOUNDED, CAPTURED, BOTH, _PUT_OUT, _TAKING_LIFE, _LOSING, ("shot", "shooting", "loss", "hit")
)
"""Words at which a harm may begin: what `_single` knows."""

_SLAIN = frozenset("killed assassinated martyred beheaded executed wounded injured murdered".split())
"""What befalls somebody at another's hands."""
_MARKS = frozenset("bullet gunshot stab knife shrapnel".split())
_SHOT = frozenset([("shot", "dead"), ("gunned", "down"), ("mown", "down"), ("mowed", "down")])
_OF_OFFICE = frozenset("deputy police district provincial former senior army intelligence prison town city local".split())
"""What may stand before or within the office that a name follows: "deputy police chief Karim Noori"."""
_SOME = frozenset("few number group handful couple series lot dozen total further".split())
"""What makes several of "a": "a few fighters"."""
_OFFICES = frozenset(
    "general colonel brigadier commissioner director ambassador leader governor chief mayor commander prosecutor judge spokesman imam minister".split()
)
"""Nouns of which a place has one: "the governor" is one person."""
_BEAR_ARMS = frozenset(
    "soldier policeman officer fighter commander guard insurgent militant bodyguard cop attacker bomber raider trooper ranger gunner sniper "
    "shooter hijacker invader occupier defender aggressor terrorist jihadist extremist islamist leader ringleader deserter defector".split()
)
"""Nouns for one person who bears arms."""
_NO_TRADE = frozenset(
    "offer order spider tiger generator tractor motor reactor monitor sensor elevator transformer transmitter printer counter leopard supper frontier barrier carrier terrier premier member number other another latter former sister weather water power paper river border corner quarter center matter order winter summer "
    "dinner tower shelter tanker chopper cover danger helicopter computer character chapter letter master minister survivor prisoner shower "
    "protester demonstrator whether either neither after under over never however ever further rather together later longer larger greater "
    "smaller higher lower newer older younger earlier major minor junior senior floor motor error terror visitor sector interior exterior door "
    "list exist assist consist resist insist persist district twist fist mist artillery asian russian indian iranian italian canadian belgian "
    "brazilian persian syrian ukrainian christian austrian australian norwegian egyptian".split()
)
"""Words that end like the name of a trade and are none."""
_KIN = frozenset("brother sister son daughter father mother wife husband nephew cousin uncle relative".split())
_ONE = frozenset(["a", "an", "her", "his", "another"])
"""Words before one person."""
_KILLS = frozenset("killed kill kills executed beheaded assassinated massacred slaughtered butchered murdered".split())
_TOLD_NOW = frozenset("kill kills wound wounds injure injures".split())
"""Verbs of a headline, which leaves out the article: "Gunmen kill radio presenter"."""
_PLURALS = ("people", "men", "women", "children")
_THROUGH = frozenset("in of during by through".split())
_BEHIND = 14
"""Words behind the dead within which it is said in whose operation they died."""
_NO_PERSON = frozenset("operation plan project phase dam bridge road hydro company corporation programme program".split())
_ASIDE = 14
"""Words that may stand between commas behind a name: "Karim Noori, who headed the office, was killed"."""
_PHRASE = 6
"""Words of a noun phrase behind its article."""
_ENDS_COUNTED = frozenset(", ; . ( and while in by when who were was have had near on as after including incl.".split())
"""Words behind a number at which it is said who is counted."""
_AGENTS = ("er", "or", "ist", "ian", "keeper", "maker")
"""Endings of English nouns for one person by trade: "a shopkeeper", "a councillor"."""


def phrase(tokens: Sequence[Token], k: int, *, capitals: bool = False) -> tuple[list[str], int]:
    """Return the common words of the noun phrase at token `k`, its article aside, and how many words of a name end it.

    `capitals` says that a headline writes every word with a capital.
    """
    start = k + (k < len(tokens) and (tokens[k].low in _ONE or tokens[k].low == "the"))
    end = start
    while (
        end < min(start + _PHRASE, len(tokens)) and tokens[end].low not in _CLOSED and tokens[end].text.replace("-", "").isalpha()
    ):
        end += 1
    name = end
    while name > start and tokens[name - 1].text[:1].isupper() and not capitals:
        name -= 1
    return [t.low for t in tokens[start:name]], end - name


def is_human(noun: str) -> bool:
    """Tell a noun for a person from one for a thing."""
    return is_civilian(noun) or noun in _BEAR_ARMS or noun in _OFFICES or noun.endswith(("man", "woman"))


_OF_ANYBODY = frozenset("group groups people members side residents supporters".split())
"""Heads of a party's name that say nothing of arms."""


def bears_arms(noun: str) -> bool:
    """Tell a noun for people who bear arms, one or several: "soldiers", "militiamen"."""
    one = noun.removesuffix("s")
    return one in _BEAR_ARMS or noun in HEADS - CIVILIAN_NOUNS - _OF_ANYBODY


def is_civilian(noun: str) -> bool:
    """Tell a noun for people who bear no arms, by the list or as the name of a trade: "a presenter", "four beekeepers"."""
    one = noun.removesuffix("s")
    trade = noun not in NON_PEOPLE and len(one) > 4 and one.endswith(_AGENTS) and one not in _BEAR_ARMS and one not in _NO_TRADE
    return trade or noun in CIVILIAN_NOUNS


def people_taken(tokens: Sequence[Token], start: int, end: int, *, passive: bool) -> tuple[Quantity, str] | None:
    """Return how many people a verb of arrest or abduction takes, and the noun for them; None where no number stands by it.

    The verb covers tokens `start` to `end`: "detained some 25 villagers", "three teachers were abducted".
    """
    at = range(start - 1, max(-1, start - _PHRASE - 3), -1) if passive else range(end, min(end + _TAKEN_WITHIN, len(tokens)))
    for k in at:
        quantity = numbers.read(tokens, k)
        if quantity is None:
            if tokens[k].low in _NO_LONGER_TAKEN or (tokens[k].low == "of" and not passive):
                return None
            continue
        before = tokens[quantity.start - 1].low if quantity.start else "."
        told = passive and any(t.low in BE for t in tokens[: quantity.start])  # "14 had been killed and 31 arrested"
        several = before == "and" and not told  # "three teachers and four pupils were abducted"
        if several or before in ("of", "the") or (quantity.end < len(tokens) and tokens[quantity.end].low in MONTH_WORDS):
            return None  # one of several numbers, a share of a number, or a day
        if passive and quantity.end == start:
            return quantity, "people"  # "six were killed, 12 arrested"
        words, name = phrase(tokens, quantity.end)
        words = words or [tokens[quantity.end].low] if name else words
        noun = next((w for w in words if is_human(w) or w.removesuffix("s") in _BEAR_ARMS or w in _MANY), None)
        return (quantity, noun) if noun is not None else None
    return None


_NO_LONGER_TAKEN = (PREPOSITIONS - {"of", "about", "over", "around", "up", "under"}) | RELATIVES | {",", ";", "and"}
"""Words at which it is no more said whom a verb takes."""
_TAKEN_WITHIN = 4
"""Tokens behind a verb within which the number of those it takes begins."""
_MANY = frozenset("others taliban insurgents militants policemen soldiers rebels protesters demonstrators activists".split())

_CLOSED = (
    PREPOSITIONS | BE | HAVE | RELATIVES | CONJUNCTIONS | SUBORDINATORS | DETERMINERS | KILLED | WOUNDED
    | frozenset("monday tuesday wednesday thursday friday saturday sunday yesterday today tonight overnight".split())
)  # fmt: skip
"""Words at which a noun phrase ends."""


class _Finder:
    def __init__(self, tokens: Sequence[Token], parties: Sequence[Party]) -> None:
        self.tokens, self.parties = tokens, parties
        quantities = (numbers.read(tokens, i) for i in range(len(tokens)))
        self.quantities: list[Quantity] = []
        for quantity in quantities:
            if (
                quantity
                and not (self.quantities and quantity.start < self.quantities[-1].end)
                and not self._is_no_count(quantity)
            ):
                self.quantities.append(quantity)
        self.quantities = [q for q in self.quantities if not self._is_part(q) and not self._is_revised(q)]
        self.used: set[tuple[int, Harm]] = set()

    def tolls(self) -> Iterator[Toll]:
        i = 0
        while i < len(self.tokens):
            harm, end = self._harm(i)
            if harm is None:
                i += 1
                continue
            yield from (replace(toll, agent=self._agent(i, end, active=toll.active)) for toll in self._around(i, end, harm))
            i = end

    def _agent(self, i: int, end: int, *, active: bool) -> Party | None:
        """Return the party that did it: "gunmen killed six", "six were killed by gunmen"."""
        if active:
            if self._low(i).endswith("ing"):
                return None
            before = [p for p in self.parties if self._clause_start(i) <= p.start and p.end <= i and not p.possessive]
            return before[-1] if before and not self._is_governed(before[-1]) else None
        by = next((k for k in range(end, min(end + 8, len(self.tokens))) if self._low(k) in ("by", ".", ";", ",")), None)
        if by is None or self._low(by) != "by":
            return self._of_operation(end)
        return next((p for p in self.parties if by < p.start <= by + 2 or p.start <= by + 1 < p.end), None)

    def _of_operation(self, end: int) -> Party | None:
        """Return whose operation killed: "were killed as a result of ANDSF operations", "in an army raid"."""
        for party in self.parties:
            behind = self._low(party.end) in DEEDS and end < party.start <= end + _BEHIND
            if behind and any(t.low in _THROUGH for t in self.tokens[max(end, party.start - 3) : party.start]):
                return party
        return None

    def _is_governed(self, party: Party) -> bool:
        """Tell a party behind a preposition: "the attack on the police killed six"."""
        k = party.start - 1
        while k >= 0 and self._low(k) in DETERMINERS:
            k -= 1
        return k >= 0 and self._low(k) in PREPOSITIONS

    def _harm(self, i: int) -> tuple[Harm | None, int]:
        """Return the harm named at token `i` ("killed or injured" is one), and the token after it."""
        harm = self._single(i)
        if harm is None:
            return None, i + 1
        if i + 2 < len(self.tokens) and self.tokens[i + 1].low in _OR and self._single(i + 2) not in (None, harm):
            return Harm.KILLED_OR_WOUNDED, i + 3
        both = self._low(i + 1) == "and" and {harm, self._single(i + 2)} == {Harm.KILLED, Harm.WOUNDED}
        if both and self.tokens[i].low in _HURT and self._low(i + 2) in _HURT:
            return Harm.KILLED_OR_WOUNDED, i + 3  # "39 people were killed and wounded": one number for both
        if (self.tokens[i].low, self._low(i + 1)) in _SHOT:
            return Harm.KILLED, i + 2
        lives = self.tokens[i].low in ("lost", "losing", "lose") and self._low(i + 2) in ("lives", "life")
        if lives or self._reads(i + 1, ("to", "death")):
            return Harm.KILLED, i + 3
        if self._low(i) in _TAKING_LIFE:
            return Harm.KILLED, i + 3 + (self._low(i + 1) == "the")
        if self._low(i + 1) == "captive":
            freed = any(t.low in _LET_GO for t in self.tokens[i : i + 9])
            return (None, i + 2) if freed else (Harm.CAPTURED, i + 2)
        return harm, i + 1

    def _single(self, i: int) -> Harm | None:
        """Return the harm that token `i`, or the idiom that begins there, names."""
        low = self._low(i)
        if low not in _HARMS:
            return None
        idiom = next((IDIOMS[words] for words in _IDIOMS_AT.get(low, ()) if self._reads(i, words)), None)
        if idiom or low in _LOSING:
            return idiom or self._lost(i)
        if low in _TAKING_LIFE:
            return Harm.KILLED if self._takes_life(i) else None
        if low in ("shot", "shooting") and self._low(i + 1) == "dead":
            return Harm.KILLED
        if low in KILLED:
            around = self.tokens[max(0, i - 3) : i + 5]
            dues = low == "toll" and not any(t.low in ("death", "civilian") or t.text.isdigit() for t in around)
            return None if dues else Harm.KILLED
        if low in CAPTURED:
            around = self.tokens[max(0, i - 6) : i + 5]
            parted = " ".join(t.low for t in self.tokens[max(0, i - 4) : i])
            if ("among them" in parted or "including" in parted) and low in ("prisoners", "captives"):
                return None  # "killed 17, among them seven prisoners"
            return None if any(t.low in _LET_GO for t in around) else Harm.CAPTURED
        return self._hurt(i)

    def _hurt(self, i: int) -> Harm | None:
        """Return the harm of token `i` where it is none of the words for death and capture."""
        low = self._low(i)
        if low in WOUNDED:
            marks = self._low(i - 1) in _MARKS or self._low(i - 2) == "with"  # "bodies with bullet wounds"
            freed = any(q.end == i for q in self.quantities) and any(t.low in _LET_GO for t in self.tokens[max(0, i - 4) : i + 5])
            return None if freed or (low == "wounds" and marks and not self._is_suffered(i)) else Harm.WOUNDED
        of_life = low == "loss" and self._low(i + 1) == "of" and self._low(i + 2) in ("life", "live", "lives")
        if low in BOTH | _PUT_OUT or of_life:
            return Harm.KILLED_OR_WOUNDED
        return Harm.WOUNDED if low == "hit" and self._zero(i, i + 1, Harm.WOUNDED) else None

    def _takes_life(self, i: int) -> bool:
        """Tell "claimed the lives of", "took the life of" from what else is claimed or taken."""
        return any(self._reads(i + 1, (*the, life, "of")) for the in ((), ("the",)) for life in ("life", "lives"))

    def _is_suffered(self, i: int) -> bool:
        """Tell the wounds that somebody received from those that a body shows."""
        return any(self._low(k) in _SUFFER for k in range(i - 3, i))

    def _around(self, i: int, end: int, harm: Harm) -> Iterator[Toll]:
        low = self.tokens[i].low
        zero = self._zero(i, end, harm)
        if zero:
            yield zero
            if zero.harm is Harm.WOUNDED:
                yield replace(zero, harm=Harm.KILLED)
            return
        if low in BOTH or low == "loss":
            yield from self._losses(i, end)
            return
        of = low == "killing" and self._low(end) == "of"  # "the killing of a journalist"
        if of or low in ("bodies", "corpses", "death", "deaths", "fatalities", "toll"):
            yield from self._bodies(i, end, harm)
            return
        if low == "dead" and self._low(end) in ("at", "to", "was", "is", "stood", "stands", "from"):
            yield from self._bodies(i, end, harm)
            return
        if (
            (
                low in _ACTIVE
                or low in _TAKING_LIFE
                or low in ("shot", "shooting", "gunned", "mowed")
                or self._low(end - 1) == "death"
            )
            and not self._is_passive(i)
            and self._low(end) not in (",", ";", ")")
            and self._low(end - 1) not in ("lives", "life")
        ):
            found = list(self._objects(end, harm))
            if found:
                yield from self._own_dead(i, found) if low in _LOSING else found
                return
        yield from self._subjects(i, harm)

    def _own_dead(self, i: int, found: Sequence[Toll]) -> Iterator[Toll]:
        """Whoever loses men is their side: "police killed five Taliban and lost three men"."""
        k = i - 1
        while k > 0 and self._low(k) in ADVERBS | BE | HAVE:
            k -= 1
        before = [p for p in self.parties if self._clause_start(i) <= p.start and p.end <= i and not self._is_governed(p)]
        if self._low(k) in ("and", "they", "it"):  # "killed five and lost three", "the rebels say they lost nobody"
            own = before[0] if before else None
        else:
            k -= (self._low(k) in RELATIVES) + (self._low(k) in RELATIVES and self._low(k - 1) == ",")
            own = next((p for p in before if p.end == k + 1), None)
        for toll in found:
            yield replace(toll, party=toll.party or own, active=False)

    # --- counts that stand after the harm ---

    def _objects(self, end: int, harm: Harm) -> Iterator[Toll]:
        k = end + next((n for n, t in enumerate(self.tokens[end:]) if t.text not in QUOTES), 0)
        quantity = next((q for q in self.quantities if q.start <= k + 1 and q.end > k and q.start >= k - 1), None)
        if quantity and self._low(k) in CONJUNCTIONS and k < quantity.start:
            return  # "11 wounded and nine arrested": those behind the joint have a verb of their own
        if quantity:
            yield from self._listed(quantity, harm, active=True)
        elif self._low(k) in _ONE and self._low(k + 1) not in _SOME and (self._is_person(k + 1) or self._is_one(end, k)):
            yield from self._one_and_others(k, harm)
        elif self._is_office(k, len(self.tokens)):
            yield self._toll(Quantity(1, 1, k, k + 1), harm, active=True)
        elif self._low(k) in ("nobody", "none") or (self._low(k) == "no" and self._low(k + 1) == "one"):
            yield self._toll(Quantity(0, 0, k, k + 1), harm, active=True)
        elif (self._low(end - 2) != "to" or self._low(end - 3) in ("able", "managed")) and NEGATIONS.isdisjoint(
            t.low for t in self.tokens[max(0, end - 4) : end]
        ):
            yield from self._uncounted(end, k, harm)

    def _uncounted(self, end: int, k: int, harm: Harm) -> Iterator[Toll]:
        """Count one person whom a name or a description stands for; of people in the plural say that there were some."""
        if self._is_one(end, k):
            one = self._with_family(k, Quantity(1, 1, k - 1, k))
            yield self._known_as(k, self._toll(one, harm, active=True))
        elif self._are_several(end, k):
            yield replace(self._toll(Quantity(None, None, k - 1, k), harm, active=True), vague=True)

    def _one_and_others(self, k: int, harm: Harm) -> Iterator[Toll]:
        """Count one person behind an article with those who belong to him: "a judge and his son", "a woman and her two children"."""
        after = next((q for q in self.quantities if k + 2 <= q.start <= k + 4), None)
        family = after is not None and any(self._low(m) in ("his", "her", "their") for m in range(after.start - 1, after.end + 2))
        if after and family:
            yield self._toll(self._with_one_more(after), harm, active=True)
        else:
            yield from self._listed(self._couple(k), harm, active=True)

    def _with_family(self, k: int, one: Quantity) -> Quantity:
        """Add whom a name takes with it: "killed the cleric Ahmad Khan and his two sons"."""
        words, name = phrase(self.tokens, k)
        at = k + (self._low(k) in _ONE or self._low(k) == "the") + len(words) + name
        more = next((q for q in self.quantities if at < q.start <= at + 2), None)
        if not name or self._low(at) != "and" or self._low(at + 1) not in ("his", "her"):
            return one
        if not (self._is_person(more.end) if more else self._low(at + 2) in _KIN):
            return one
        low, high = (more.low, more.high) if more else (1, 1)
        return Quantity(low and low + 1, high and high + 1, one.start, more.end if more else one.end)

    def _known_as(self, k: int, toll: Toll) -> Toll:
        """Say who somebody named is: "Haji Noor, a tribal elder"."""
        words, name = phrase(self.tokens, k)
        at = k + len(words) + name
        if words or self._low(at) != "," or self._low(at + 1) not in ("a", "an", "the"):
            return toll
        described, _ = phrase(self.tokens, at + 1)
        noun = next((w for w in described[::-1] if is_civilian(w)), described[-1] if described else None)
        return replace(toll, noun=noun, party=self._party(at + 1, at + 2 + len(described)))

    def _is_one(self, end: int, k: int) -> bool:
        """Tell who is one person by the head of the phrase, or by name: "a well-known scholar", "the singer Karim", "killed Haji Noor"."""
        words, name = phrase(self.tokens, k, capitals=self.tokens[end - 1].text[0].isupper())
        kin = self._low(k) in ("the", "his", "her") and words[-1:] and words[-1] in _KIN
        if kin and not name:
            return self._low(k) != "the" or self._low(k + 1 + len(words)) == "of"
        headline = self._low(end - 1) in _TOLD_NOW and self._low(k) not in DETERMINERS
        titled = name > 0 and self._low(k) not in DETERMINERS  # "killed journalist Yama Noori"
        if words and (self._low(k) in _ONE or (self._low(k) == "the" and name) or headline or titled):
            return not words[-1].endswith("s") and words[-1] not in _PLURALS and is_human(words[-1])
        at = k + len(words) + name
        named = (
            not words
            and name > 1
            and self._low(end - 1) in _KILLS - {"executed"}
            and self._low(at) in PREPOSITIONS | {",", ".", ";"}
        )
        return named and not any(t.low in _NO_PERSON for t in self.tokens[k:at])

    def _are_several(self, end: int, k: int) -> bool:
        """Tell people of whom no number is given: "killed civilians in"."""
        words, name = phrase(self.tokens, k, capitals=self.tokens[end - 1].text[0].isupper())
        bare = self._low(k) not in DETERMINERS and self._low(k + len(words)) != "of" and not name
        return (
            bare
            and self._low(end - 1) in _KILLS
            and any(w in CIVILIAN_NOUNS and w.endswith(("s", *_PLURALS)) for w in words[-1:])
        )

    def _listed(self, quantity: Quantity, harm: Harm, *, active: bool, joined: bool = False) -> Iterator[Toll]:
        """Return a quantity and those joined to it: "seven Taliban and one policeman", "two women and a child"."""
        yield replace(self._toll(quantity, harm, active=active), joined=joined)
        after = next((q for q in self.quantities if 0 < q.start - quantity.end <= 6), None)
        if (
            after
            and self._joined(quantity, after)
            and not any(self._low(k) in BE for k in (after.end, after.end + 1))
            and not any(self._single(k) for k in range(quantity.end, after.start))
            and self._single_near(after) in (None, harm)
        ):
            yield from self._listed(after, harm, active=active, joined=not self._is_own(after))
        elif last := self._one_more(quantity, quantity.end + 6):
            yield replace(self._toll(last, harm, active=active), joined=True)

    def _one_more(self, quantity: Quantity, stop: int, *, subject: bool = False) -> Quantity | None:
        """Return the last of a list, whom an article counts: the child of "two women and a child"."""
        at = next((k for k in range(quantity.end, min(stop, len(self.tokens))) if self._low(k) == "and"), None)
        between = range(quantity.end, at or 0)
        alone = at is not None and self._low(at + 1) in ("a", "an") and self._is_person(at + 2) and self._low(at + 1) not in _SOME
        apart = any(self._low(k) in _OTHER_FATE or self._low(k) == "," or self._single(k) for k in between)
        return (
            Quantity(1, 1, at + 1, at + 2)
            if at is not None and alone and not apart and self._ends_list(at + 1, stop, subject=subject)
            else None
        )

    def _ends_list(self, k: int, stop: int, *, subject: bool) -> bool:
        """Tell the last of a list from the subject of a clause: "and a child in Nesh", "and a spokesman said"."""
        words, name = phrase(self.tokens, k)
        end = k + 1 + len(words) + name
        return (
            bool(words)
            and (is_human(words[-1]) or name > 0)
            and (end >= stop or self._low(end) in (BE | HAVE if subject else PREPOSITIONS | {",", ".", ";"}))
        )

    def _joined(self, first: Quantity, second: Quantity) -> bool:
        between = [t.low for t in self.tokens[first.end : second.start]]
        linked = "and" in between or between[-3:] == ["as", "well", "as"]
        return linked and not any(w in _OTHER_FATE for w in between)

    def _single_near(self, quantity: Quantity) -> Harm | None:
        return next((h for k in range(quantity.end, min(quantity.end + 3, len(self.tokens))) if (h := self._single(k))), None)

    def _reads(self, i: int, words: tuple[str, ...]) -> bool:
        return all(self._low(i + n) == word for n, word in enumerate(words))

    def _lost(self, i: int) -> Harm | None:
        """Read "lost their lives", "lost nobody", "lost two men"; a lost district is no loss of life."""
        life = self._low(i + 1) in ("their", "his", "her", "its") and self._low(i + 2) in ("lives", "life")
        nobody = self._low(i + 1) in ("nobody", "none") or (
            self._low(i + 1) == "no" and self._low(i + 2) in ("one", "men", "fighters", "soldiers")
        )
        people = any(q.start == i + 1 and self._is_person(q.end) for q in self.quantities)
        return Harm.KILLED if life or nobody or people else None

    # --- counts that stand before the harm ---

    def _of_whom(self, i: int) -> Quantity | None:
        """Return the one of "two men were beaten, one of whom later died"."""
        k = i - 1
        while k > 2 and self._low(k) in ADVERBS | BE | HAVE:
            k -= 1
        number = self._low(k - 2)
        counted = number in NUMBER_WORDS or number.isdigit()
        if k < 2 or self._low(k) not in ("whom", "them") or self._low(k - 1) != "of" or not counted:
            return None
        value = int(number) if number.isdigit() else NUMBER_WORDS[number]
        return Quantity(value, value, k - 2, k - 1)

    def _subjects(self, i: int, harm: Harm) -> Iterator[Toll]:
        if of_whom := self._of_whom(i):
            yield self._toll(of_whom, harm)
            return
        stop = self._clause_start(i)
        kept = self._kept(i, stop, harm)
        first = self._one_before(kept[-1]) if kept else None
        if first:
            yield self._toll(first, harm)
        for quantity in reversed(kept):
            self.used.add((quantity.start, harm))
            together = (first is not None or quantity is not kept[-1]) and not self._is_own(quantity)
            yield replace(self._toll(self._with_one_more(quantity), harm), joined=together)
        if kept and (last := self._one_more(kept[0], i, subject=True)):
            yield replace(self._toll(last, harm), joined=True)
        more = next((q for q in self.quantities if q.start == i + 4), None) if kept or self._low(i - 1) in BE else None
        if more and [self._low(k) for k in range(i + 1, i + 4)] in ([",", "as", "were"], [",", "as", "was"]):
            yield replace(
                self._toll(more, harm), joined=self._low(more.end) in ("other", "others")
            )  # "was killed, as were 13 others"
        along = (
            next((q for q in self.quantities if q.start in (i + 3, i + 4) and self._low(i + 2) == "with"), None) if kept else None
        )
        if along and self._low(i + 1) in ("along", "together") and self._is_person(along.end) and not self._has_men(along):
            yield self._toll(along, harm)  # "eight soldiers were killed along with 19 Taliban"
        single = None if kept or self._is_asked(i) else self._singular(stop, i, harm)
        if single:
            yield self._with_companions(single, i)

    def _is_asked(self, i: int) -> bool:
        """Tell the dead of whom nothing is said: "questions about the dead", "how many were killed"."""
        many = any(self._low(k) == "how" and self._low(k + 1) in ("many", "few") for k in range(max(0, i - 6), i))
        return many or (self._low(i) == "dead" and self._low(i - 1) == "the")

    def _one_before(self, quantity: Quantity) -> Quantity | None:
        """Return the one whom an article counts before a number: the policeman of "a policeman and four civilians"."""
        joint = quantity.start - 1
        at = next((k for k in range(joint - 1, max(-1, joint - 4), -1) if self._low(k) in ("a", "an")), None)
        if at is None or self._low(joint) != "and" or self._low(at + 1) in _SOME or not self._is_person(at + 1):
            return None
        return (
            None
            if self._belongs(quantity, joint) or any(self._low(k) == "," for k in range(at, joint))
            else Quantity(1, 1, at, at + 1)
        )

    def _kept(self, i: int, stop: int, harm: Harm) -> list[Quantity]:
        """Return the quantities before a harm that it befell, the last one first."""
        candidates = [q for q in self.quantities if stop <= q.start and q.end <= i and (q.start, harm) not in self.used]
        told = next((k for k in range(i - 1, stop, -1) if self._single(k)), stop)
        part = next((k for k in range(told, i) if self._low(k) in _INCLUDING or self._low(k) == "among"), i)
        own = [
            q
            for q in candidates
            if part < q.start
            and self._low(q.start - 1) == "and"
            and self._low(q.start - 2) == ","
            and (i - q.end <= 1 or self._are_others(candidates[0], q, i))
        ]
        candidates = own or [q for q in candidates if q.end <= part] or candidates  # "seven, including one of their commanders"
        kept: list[Quantity] = []
        for quantity in reversed(self._wholes(candidates)):
            between = range(quantity.end, kept[-1].start if kept else i)
            if any(self._single(k) or self._low(k) in (";", ".", "while", "but") for k in between):
                break
            listed = kept and (self._joined(quantity, kept[-1]) or self._comes_before(quantity, kept, i))
            if not listed if kept else self._interrupted(quantity, part):
                break
            kept.append(quantity)
        return kept

    def _are_others(self, first: Quantity, quantity: Quantity, i: int) -> bool:
        """Tell others with a verb of their own: "12 were targeted including a mullah, and 16 others were wounded"."""
        own = all(self._low(k) in BE or self._low(k) in ("others", "more") for k in range(quantity.end, i))
        return own and any(self._low(k) in BE for k in range(first.end, quantity.start))

    def _wholes(self, candidates: list[Quantity]) -> list[Quantity]:
        """Drop the parts that a total is broken down into: "nine people, four women and five children, were killed"."""
        for n, whole in enumerate(candidates[:-1]):
            parts = candidates[n + 1 :]
            apposed = self._low(parts[0].start - 1) == ","
            of_them = any([self._low(p.end), self._low(p.end + 1)] in (["of", "them"], ["of", "whom"]) for p in parts)
            if apposed and (of_them or sum(p.low or 0 for p in parts) == whole.low):
                return candidates[: n + 1]
        return candidates

    def _comes_before(self, quantity: Quantity, kept: Sequence[Quantity], i: int) -> bool:
        """Tell the first of three: the soldiers of "two soldiers, three policemen and a civilian"."""
        between = [t.low for t in self.tokens[quantity.end : kept[-1].start]]
        closed = len(kept) > 1 or self._one_more(kept[-1], i, subject=True) is not None
        return closed and between[-1:] == [","] and 1 < len(between) <= 4

    def _with_companions(self, toll: Toll, i: int) -> Toll:
        """Add those who died with one: "was killed along with two of his guards", "with a boy and three others"."""
        joint = next(
            (k for k in range(i + 1, i + 4) if self._low(k) in ("along", "together") and self._low(k + 1) == "with"), None
        )
        if (
            joint is None
            and self._low(i + 1) == "with"
            and any(q.start == i + 2 and self._is_person(q.end) for q in self.quantities)
        ):
            joint = i  # "was killed with two commandos"
        if joint is None:
            return toll
        one = int(self._low(joint + 2) in ("a", "an", "his", "her", "one") and self._is_person(joint + 3))
        more = next((q for q in self.quantities if joint + 2 + one <= q.start <= joint + (7 if one else 3)), None)
        low, high = (more.low or 0, more.high) if more else (0, 0)
        return replace(toll, low=(toll.low or 0) + one + low, high=None if high is None else (toll.high or 0) + one + high)

    def _with_one_more(self, quantity: Quantity) -> Quantity:
        """Add the person named before: "a woman and her two children" are three."""
        k = quantity.start - 1
        while k > 0 and self._low(k) in ("her", "his", "their"):
            k -= 1
        person = next((m for m in range(k - 1, max(-1, k - 4), -1) if self._low(m) in ("a", "an", "one")), None)
        if person is not None and any(self._low(m) == "," for m in range(person, k)):
            person = None  # "one of them a child, and 20 wounded"
        along = self._low(k) == "with" and self._low(k - 1) in ("along", "together")
        if along:
            k -= 1
            person = person if person is not None and self._low(person) != "one" else self._head_of(k)
        if (along or self._low(k) == "and") and person is None and self._has_men(quantity):
            person = self._head_of(k)
        elif along:
            person = person if person is not None else self._head_of(k)
        elif self._low(k) != "and" or person is None or not self._is_person(person + 1) or not self._belongs(quantity, k):
            return quantity
        if person is None:
            return quantity
        return Quantity(quantity.low and quantity.low + 1, quantity.high and quantity.high + 1, person, quantity.end)

    def _belongs(self, quantity: Quantity, joint: int) -> bool:
        """Tell those who belong to somebody named before: "and her three children", "and two of his sons"."""
        return self._has_men(quantity) or any(self._low(k) in ("her", "his", "their") for k in range(joint + 1, quantity.end))

    def _is_own(self, quantity: Quantity) -> bool:
        """Tell the men of the speaker or of somebody named, who are on no list with the enemy: "nine Taliban and two of his men"."""
        return self._low(quantity.end) == "of" and self._low(quantity.end + 1) in ("his", "her", "our", "their", "my")

    def _has_men(self, quantity: Quantity) -> bool:
        """Tell those who belong to somebody named before: "and six of his men", "and 14 others"."""
        behind = [self._low(m) for m in range(quantity.end, quantity.end + 2)]
        before = range(max(0, quantity.start - 9), quantity.start - 1)
        apart = any(self._low(m) in BE for m in range(quantity.end, quantity.end + 3))
        if (
            apart
            and self._low(quantity.start - 1) == "and"
            and any(self._single(m) or self._low(m) in _INCLUDING for m in before)
        ):
            return False  # "three were killed and eight others were taken captive"
        return behind[0] in ("other", "others") or (behind[0] == "of" and behind[1] in ("his", "her", "their"))

    def _head_of(self, k: int) -> int | None:
        """Return where somebody begins who stands before an "and": by office, or by a name."""
        start = max(0, k - 8)
        office = next((m for m in range(k - 1, start - 1, -1) if self._is_office(m, k)), None)
        end = k - 1 if self._low(k - 1) != "," else k - 2
        while end > start and self.tokens[end].low.isdigit():
            end -= 2  # "Karim Noori, 30, and six of his guards"
        name = end > 0 and all(self.tokens[m].text[:1].isupper() and self.tokens[m].text.isalpha() for m in (end - 1, end))
        return office if office is not None else end - 1 if name else None

    def _couple(self, k: int) -> Quantity:
        """Count "a judge" as one, "a judge and his son" as two."""
        joint = next((m for m in range(k + 2, k + 5) if self._low(m) == "and"), None)
        family = joint is not None and self._low(joint + 1) in ("his", "her", "a", "an") and self._is_person(joint + 2)
        return Quantity(*((2, 2) if family else (1, 1)), k, k + 1)

    def _interrupted(self, quantity: Quantity, i: int) -> bool:
        """Tell whether another clause stands between the number and the harm: a plain verb that is no auxiliary of it."""
        words = [t.low for t in self.tokens[quantity.end : i]]
        return len(words) > 12 or any(w in ("which", "when", "after", "before", "because", "whose", "where") for w in words)

    def _singular(self, stop: int, i: int, harm: Harm) -> Toll | None:
        """ "A trader was killed": one, when the noun is of one person and a passive or intransitive verb follows."""
        for k in range(i - 1, max(stop, i - 9) - 1, -1):
            if (
                self._low(k) in ("a", "an", "another")
                and self._low(k + 1) not in _SOME
                and self._is_person(k + 1)
                and all(self._low(m) not in ("by", "in", "who", ",", "that") for m in range(k + 1, i))
            ):
                return self._toll(self._couple(k), harm)
            if self._low(i - 1) in BE | HAVE and self._is_office(k, i):
                return self._toll(Quantity(1, 1, k, k + 1), harm)
            if self._low(k) == "one" and self._low(k + 1) != "of" and self._is_person(k + 1):
                return self._toll(Quantity(1, 1, k, k + 1), harm)
        return self._named(stop, i, harm)

    def _named(self, stop: int, i: int, harm: Harm) -> Toll | None:
        """ "Khalid Noori was killed by gunmen": one, where a name of two words or more opens the clause and the verb is passive."""
        k = i - 1
        while k > stop and self._low(k) in BE | HAVE | ADVERBS | {"been"}:
            k -= 1
        before = k
        if self._low(k) == ",":  # "Haji Abdul Karim, a tribal elder, was assassinated"
            k = next((m - 1 for m in range(k - 1, max(stop, k - _ASIDE), -1) if self._low(m) == ","), k)
        if of := next((m for m in range(k, max(stop, k - 3), -1) if self._low(m) == "of"), None):
            k = of - 1  # "Commander Haidar Khan of the Front was killed"
        first = self._name_start(k, stop) - 1
        people = not any(p.start <= k and first + 1 < p.end for p in self.parties)
        two = self._low(first) == "and" and self._is_name(first - 1)  # "Karim Noori and General Zara were killed"
        titled = self._name_start(first - 1, stop) - 1 if two else first
        while titled >= stop and (self._low(titled) in _OFFICES | _OF_OFFICE or is_civilian(self._low(titled))):
            titled -= 1
        opens = titled < stop or self._low(titled) in (",", "that", "said", "the") or self.tokens[titled].text in QUOTES
        slain = self._low(i) in _SLAIN or (self._low(i), self._low(i + 1)) in _SHOT
        if before == i - 1 or k - first < 2 or k - first > 5 or not (opens and people and slain):
            return None
        toll = self._toll(Quantity(1 + two, 1 + two, k, k + 1), harm)
        return (
            replace(toll, party=self._party(titled + 1, first + 1) or self._party(k + 1, before))
            if k + 1 < before or titled < first
            else toll
        )

    def _name_start(self, k: int, stop: int) -> int:
        """Return where the capitalised words begin that end at token `k`."""
        while k >= stop and self.tokens[k].text[:1].isupper() and self.tokens[k].text.isalpha():
            k -= 1
        return k + 1

    def _is_name(self, k: int) -> bool:
        """Tell a name of two words or more that ends at a token."""
        return k > 0 and all(self.tokens[m].text[:1].isupper() and self.tokens[m].text.isalpha() for m in (k - 1, k))

    def _is_office(self, k: int, end: int) -> bool:
        """Tell who is one person by his office: "the police chief of the district", not "the mayor's guards"."""
        reach = 6 if self._low(k + 2) == "district" or self._low(k + 3) == "district" else 4  # "the Nirkh district police chief"
        head = next((m for m in range(k + 1, min(k + reach, end)) if self._low(m) in _OFFICES), None)
        if self._reads(k, ("the", "head", "of")) and self._low(k + 3) not in ("a", "an"):
            return True
        if self._low(k) != "the" or head is None or self._low(head + 1) == "'s":
            return False
        return not any(self._low(m) in _OF_PEOPLE or self._single(m) for m in range(k + 1, head))

    def _is_person(self, k: int) -> bool:
        words = [self._low(m) for m in range(k, min(k + 3, len(self.tokens)))]
        if words and words[0] not in NON_PEOPLE and len(words[0]) > 4 and words[0].endswith(_AGENTS):
            return True
        known = any(
            w in CIVILIAN_NOUNS
            or w.removesuffix("s") in _BEAR_ARMS
            or w in ("demonstrator", "protester")
            or w.endswith(("man", "woman"))
            for w in words[:2]
        )
        return known or any(p.start <= k < p.end for p in self.parties)

    # --- bodies, losses, nobody ---

    def _bodies(self, i: int, end: int, harm: Harm) -> Iterator[Toll]:
        if self._low(i) in ("death", "killing"):
            mourned = any(
                t.low.startswith(("ceremon", "anniversar", "funeral", "mourn", "commemorat", "tribute")) for t in self.tokens
            )
            quantity = next((q for q in self.quantities if q.start == end + 1), None)
            if self._low(end) == "of" and end + 1 < len(self.tokens) and not mourned and (quantity or self._is_somebody(end + 1)):
                yield self._toll(quantity or Quantity(1, 1, end + 1, end + 2), harm)
            return
        if self._low(i - 1) in ("civilian", "civilians"):
            after = next((q for q in self.quantities if 0 < q.start - end + 1 <= 8), None)
            if after:
                yield replace(self._toll(after, harm), noun="civilians")
                return
        if (
            self._low(i) in ("bodies", "body", "corpses")
            and self._low(end) == "of"
            and self._low(end + 1) in ("a", "an")
            and self._is_person(end + 2)
        ):
            more = next((q for q in self.quantities if end + 2 < q.start <= end + 5 and self._low(q.start - 1) == "and"), None)
            one = self._couple(end + 1)
            yield self._toll(
                Quantity(more.low and more.low + 1, more.high and more.high + 1, one.start, more.end) if more else one, harm
            )
            return
        before = next((q for q in self.quantities if q.end == i or (q.end == i - 1)), None)
        if before and not any(t.low in ("saw", "visited") for t in self.tokens[before.start : before.start]):
            yield self._toll(before, harm)
            return
        after = next((q for q in self.quantities if 0 < q.start - end + 1 <= 8), None)
        if after and any(
            t.low in ("of", "to", "at", "was", "stood", "stands", "is", "reached", "rose", ":")
            for t in self.tokens[end : after.start + 1]
        ):
            yield self._toll(after, harm)

    def _is_somebody(self, k: int) -> bool:
        """Tell one person by name or by article: "the death of Khaliq", "the death of a judge"."""
        return self.tokens[k].text[:1].isupper() or (self._low(k) in ("a", "an", "one") and self._is_person(k + 1))

    def _losses(self, i: int, end: int) -> Iterator[Toll]:
        low = self.tokens[i].low
        before = next((q for q in self.quantities if q.end in (i, i - 1) and self._low(i - 1) not in KILLED | WOUNDED), None)
        if before and low == "casualties":
            yield self._toll(before, Harm.KILLED_OR_WOUNDED)
            return
        after = next((q for q in self.quantities if 0 <= q.start - end <= 3), None)
        if after and any(t.low in ("at", "to", "of") for t in self.tokens[end : after.start + 1]):
            harm = self._single_near(after) or (Harm.KILLED if low == "losses" else Harm.KILLED_OR_WOUNDED)
            yield self._toll(after, harm, before=i)
            return
        near = [t.low for t in self.tokens[max(0, i - 5) : i]]
        if near[-1:] == ["no"] and not _GIVES.isdisjoint(near):
            return  # "gave no casualties"
        if near[-1:] == ["no"] or (near[-1:] == ["any"] and not NEGATIONS.isdisjoint(near)):
            yield Toll(Harm.KILLED, 0, 0, i - 1, end, self._party(i, end) or self._sufferer(i), None)
            return
        if low == "casualties" and not any(t.low in _VAGUE or t.low in _SUFFER for t in self.tokens[max(0, i - 5) : end + 1]):
            return
        if low != "casualties" and not any(t.low in _VAGUE or t.text in QUOTES for t in self.tokens[max(0, i - 3) : end + 4]):
            return
        party = next((p for p in self.parties if p.end == i), None) or self._party(i, end) or self._sufferer(i)
        yield Toll(Harm.KILLED_OR_WOUNDED, None, None, max(0, i - 1), end, party, None, vague=True)

    def _sufferer(self, i: int) -> Party | None:
        """Return who "suffered heavy casualties"."""
        verb = next(
            (
                k
                for k in range(i - 1, max(0, i - 6), -1)
                if self._low(k) in ("suffer", "suffered", "suffering", "suffers", "sustained")
            ),
            None,
        )
        before = [
            p
            for p in self.parties
            if verb is not None
            and self._clause_start(i) <= p.start
            and p.end <= verb
            and not (p.possessive or self._is_governed(p))
        ]
        return before[-1] if before else None

    def _zero(self, i: int, end: int, harm: Harm) -> Toll | None:
        """ "Nobody was hurt", "no soldier was killed", "none killed": zero is a count too, and a claim of its own."""
        k = i - 1
        while k >= 0 and (self.tokens[k].low in BE | HAVE | ADVERBS or self.tokens[k].low in ("been", "had", "that")):
            k -= 1
        if k >= 0 and self.tokens[k].low in _ZERO:
            return Toll(harm, 0, 0, k, end, self._party(k, end), None)
        window = [t.low for t in self.tokens[max(0, k - 4) : k + 1]]
        if "none" in window and window[window.index("none") + 1 : window.index("none") + 2] == ["of"]:
            return Toll(harm, 0, 0, k - len(window) + 1 + window.index("none"), end, self._party(k - 1, end), self._low(k))
        if window[-4:-1] == ["not", "a", "single"] or window[-3:] == ["not", "a", "single"]:
            return Toll(harm, 0, 0, k - 3, end, self._party(k - 1, end), self._low(k))
        if "no" in window and self._low(i) not in BOTH:
            at = k - window[::-1].index("no")
            if at + 1 <= k and (self._is_person(at + 1) or self._low(at + 1) == "one") and k - at <= 3:
                return Toll(harm, 0, 0, at, end, self._party(at, end), self._low(at + 1))
        return None

    # --- whose ---

    def _toll(self, quantity: Quantity, harm: Harm, *, active: bool = False, before: int | None = None) -> Toll:
        end = min(quantity.end + 6, len(self.tokens))
        stop = next(
            (k for k in range(quantity.end, end) if self._low(k) in _ENDS_COUNTED or (k > quantity.end and self._single(k))),
            end,
        )
        party = self._party(before - 3, before) if before is not None else None
        party = party or self._party(max(0, quantity.end - 1), stop) or (self._them(quantity) if active else None)
        if party is None and self._low(quantity.start - 1) in ("suffered", "suffer", "suffers", "sustained"):
            party = self._sufferer(quantity.start)
        nouns = [low for k in range(quantity.end, stop) if (low := self._low(k)) and self._names_people(k)]
        head = phrase(self.tokens, quantity.end, capitals=True)[0][-1:]
        civilian = (low for low in nouns if low in CIVILIAN_NOUNS or (low in head and is_civilian(low)))
        noun = next(civilian, next(iter(nouns), None))
        return Toll(harm, quantity.low, quantity.high, quantity.start, max(quantity.end, stop), party, noun, active=active)

    def _them(self, quantity: Quantity) -> Party | None:
        """Return who "them" are: "pushed the militants back, killing 25 of them"; of one party alone, they may be the doers."""
        before = [p for p in self.parties if p.end <= quantity.start and self._clause_start(quantity.start) <= p.start]
        of_them = ("of", "them") in pairwise(self._low(k) for k in range(quantity.end - 1, quantity.end + 2))
        return before[-1] if of_them and len(before) > 1 else None

    def _names_people(self, k: int) -> bool:
        """Tell a word that may say who the people of a count are."""
        low = self._low(k)
        return low.replace("-", "").isalpha() and low not in DETERMINERS and not self._single(k) and low not in _OF_PEOPLE

    def _party(self, a: int, b: int) -> Party | None:
        inside = [p for p in self.parties if a <= p.start < b or p.start <= a < p.end or self._is_next(b, p)]
        if (len(inside) > 1 and self._low(inside[1].start - 1) == "of") or (
            len(inside) > 1 and self._low(inside[1].start) in ("his", "our", "their")
        ):
            return inside[1]
        return inside[0] if inside else None

    def _is_next(self, b: int, party: Party) -> bool:
        """Tell a party that only determiners and adjectives part from what stands before it: "casualties for the Taliban"."""
        between = self.tokens[b : party.start]
        return b <= party.start < b + 3 and all(
            t.low in DETERMINERS or t.low in MODIFIERS or t.low in _SUFFERED_BY or t.text in QUOTES for t in between
        )

    # --- small questions ---

    def _is_no_count(self, quantity: Quantity) -> bool:
        """Tell a number that counts no people: a year, a time, a measure, a share, a rank, a shirt number."""
        following = [self._low(k) for k in range(quantity.end, quantity.end + 3)]
        before = self._low(quantity.start - 1)
        named = (
            quantity.start > 1 and self.tokens[quantity.start - 2].text[:1].isupper() and self._low(quantity.start - 2).isalpha()
        )
        if before == "," and following[:1] == [","] and named and quantity.end - quantity.start == 1:
            return True  # "Karim Noori, 30, and six guards": an age
        decade = self._low(quantity.end) == "s"
        if (decade or quantity.end - quantity.start == 1) and re.fullmatch(r"(1[6-9]|20)\d\d", self._low(quantity.end - 1)):
            return True
        if (
            self._is_age(quantity)
            or before in ("age", "aged", "corps", "pd", "no", "number", "$", "day", "page", "district", "top")
            or following[:1]
            in (
                ["%"],
                ["percent"],
                ["per"],
                ["-"],
                [":"],
                ["am"],
                ["pm"],
                ["a.m."],
                ["p.m."],
            )
        ):
            return True
        if (
            re.fullmatch(r"\d+(?:st|nd|rd|th)", self._low(quantity.start))
            or before in MONTH_WORDS
            or (following[:1] and following[0] in MONTH_WORDS)
        ):
            return True
        return (
            any(word in NON_PEOPLE for word in following[:1])
            or (following[:1] == ["of"] and following[1:2] and following[1] in NON_PEOPLE)
            or (
                len(following) > 1
                and following[1] in NON_PEOPLE
                and following[0] not in ("people", "men", "of", "killed", "dead")
                and following[0] not in KILLED | WOUNDED
            )
        )

    def _is_age(self, quantity: Quantity) -> bool:
        """Tell "children aged between nine and twelve", "aged nine to twelve"."""
        k = quantity.start
        while k > 0 and (self._low(k) in ("between", "and", "to", "-") or numbers.read(self.tokens, k)):
            k -= 1
        return self._low(k) in ("aged", "ages")

    def _is_part(self, quantity: Quantity) -> bool:
        """Tell a part from the whole: "eight people, among them two women", "11 dead - four women and seven men -"."""
        before = [self._low(k) for k in range(max(0, quantity.start - 2), quantity.start)]
        if self._is_of_the_hurt(quantity):
            return True
        if before[-1:] == ["and"] and any(self._continues(q, quantity) and self._is_part(q) for q in self.quantities):
            return True
        named = before[-2:] in (["among", "them"], ["of", "whom"], ["among", "whom"], ["those", "of"])
        said = " ".join(self._low(k) for k in range(quantity.end, quantity.end + 5)).partition(",")[0]
        whole = any(q.end <= quantity.start for q in self.quantities)
        among = whole and _AMONG.search(said) is not None
        return named or among or not _INCLUDING.isdisjoint(before) or self._is_breakdown(quantity)

    def _is_of_the_hurt(self, quantity: Quantity) -> bool:
        """Tell some of those counted before, of whom more is said: "two of the wounded died", "seven of the wounded are in danger"."""
        behind = [self._low(k) for k in range(quantity.end, quantity.end + 6)]
        hurt = behind[:2] == ["of", "the"] and behind[2] in ("wounded", "injured")
        worse = behind[3:4] in (["died"], ["later"], ["succumbed"]) or (behind[3] in BE and behind[4] == "in")
        return hurt and worse

    def _continues(self, first: Quantity, second: Quantity) -> bool:
        """Tell whether nothing but a noun and "and" stands between two numbers: "three women and two children"."""
        between = self.tokens[first.end : second.start]
        return 0 < len(between) <= 3 and all(t.text.isalpha() for t in between)

    def _is_breakdown(self, quantity: Quantity) -> bool:
        """Tell a number within dashes or brackets behind the whole, where no other harm is named."""
        opening = next((k for k in range(quantity.start - 1, -1, -1) if self._low(k) in _OPENING), None)
        closing = next((k for k in range(quantity.end, len(self.tokens)) if self._low(k) in _CLOSING), None)
        if opening is None or closing is None or not any(0 <= opening - q.end <= 4 for q in self.quantities):
            return False
        return not any(self._single(k) for k in range(opening, closing))

    def _is_revised(self, quantity: Quantity) -> bool:
        """Tell the figure that was given up: the 31 of "from 31 to 27"."""
        return (
            self._low(quantity.start - 1) == "from"
            and self._low(quantity.end) == "to"
            and any(q.start == quantity.end + 1 for q in self.quantities)
        )

    def _is_passive(self, i: int) -> bool:
        k = i - 1
        while k >= 0 and (self.tokens[k].low in ADVERBS or self.tokens[k].low in QUOTES):
            k -= 1
        return k >= 0 and (self.tokens[k].low in BE or self.tokens[k].low in ("been", "being", "get", "got"))

    def _clause_start(self, i: int) -> int:
        return next(
            (
                k + 1
                for k in range(i - 1, -1, -1)
                if self.tokens[k].low in (";", ".", ":", "that", "while", "but")
                or (self.tokens[k].text in QUOTES and k < i - 3 and not self._is_of_few(k))
            ),
            0,
        )

    def _is_of_few(self, k: int) -> bool:
        """Tell a quotation mark that stands about a word or two, as in: dozens of "terrorists"."""
        around = (*range(max(0, k - 4), k), *range(k + 1, min(k + 5, len(self.tokens))))
        return any(self.tokens[m].text in QUOTES and abs(m - k) > 1 for m in around)

    def _low(self, i: int) -> str:
        return self.tokens[i].low if 0 <= i < len(self.tokens) else ""


MONTH_WORDS = frozenset(
    "january february march april may june july august september october november december jan feb aug sept sep oct nov dec".split()
)
