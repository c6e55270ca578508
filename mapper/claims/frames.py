"""A sentence's chunks into frames: which predicate stands where, and which chunk fills which of its roles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TypeGuard

from mapper.actors import Form as AliasForm
from mapper.claims.chunks import (
    DEEDS,
    HEADS,
    HOLDING,
    KIND_NOUNS,
    MODIFIERS,
    SEAT_NOUNS,
    Chunk,
    Party,
    Places,
    Reference,
    Relation,
)
from mapper.claims.counts import is_human
from mapper.claims.dates import MONTHS
from mapper.claims.lexicon import GAP, Lexicon, Predicate, Wording
from mapper.claims.morphology import Form
from mapper.claims.numbers import NUMBER_WORDS, is_counted
from mapper.claims.portions import PORTIONS, SIZES, WHOLE
from mapper.claims.tokens import ADVERBS, BE, DETERMINERS, DO, HAVE, MODALS, NEGATIONS, PREPOSITIONS, QUOTES, RELATIVES, Token
from mapper.model import Control, Kind

GAP_WORDS = 6
TELEGRAM = 6
"""Words of a log entry up to its bare participle."""
COMPOUND = 6
"""Words of a noun made of nouns, its article among them."""
ARGUMENT_WORDS = 14
"""How far from its preposition's verb an argument may begin."""

_BARRIERS = frozenset(
    [
        ";",
        ".",
        ":",
        "that",
        "but",
        "while",
        "whereas",
        "although",
        "though",
        "because",
        "if",
        "unless",
        "?",
        "!",
        "when",
        "as",
        "what",
    ]
)
_BUILT = frozenset(
    "airport airfield base bases outpost outposts checkpoint checkpoints post posts station stations building buildings square hospital "
    "school mosque market prison jail bridge dam road highway barracks garrison camp university embassy tower stronghold strongholds".split()
)
"""Nouns for things at a place, which is not said to be held with them."""
_CARRIES_OUT = frozenset(
    f"{stem}{end}"
    for stem in ("carry", "carrie", "conduct", "launch", "launche", "mount", "stag", "perform", "execut", "deliver", "unleash")
    for end in ("", "d", "s", "ed", "ing", "e", "es")
)
"""Verbs that only say that what the noun behind them names was done."""
_WORTH = frozenset(
    "adjacent neighbouring neighboring nearby surrounding stronghold hub bastion gateway hometown over important crucial significant vital volatile restive insecure populous troubled key strategic".split()
)
"""What a place is called between a verb and its name: "captured strategically important Nesh"."""
_OF_NOUNS = frozenset("earlier previous prior past recent similar several other such deadly bloody fresh new more".split())
"""Words behind which "attacks" is a noun."""
_RANKED = frozenset("district city town capital village province".split())
"""Nouns behind which "in the province" only says of what something is the first or the second: "is the second district in"."""
_HARMING = frozenset(
    f"{stem}{end}"
    for stem in ("kill", "wound", "injur", "arrest", "detain", "eliminat", "neutralis", "neutraliz", "behead", "execut", "round")
    for end in ("", "s", "ed", "ing", "e", "es")
)
"""Verbs of harm to people, in any form: whom they harm did not do what comes next."""
_COUNTING = frozenset("the a at least more than over nearly almost up to dozens scores of".split()) | NUMBER_WORDS.keys()
_POLICY = frozenset(["ban", "bill", "law", "treaty", "bans", "laws"])
"""Words after which a deed is a matter of law and no event: "a ban on air strikes"."""

_AFTER = frozenset(["after", "before", "since", "following", "by", "while", "without", "despite", "amid"])
_ATTRIBUTIVE = frozenset(
    "cry cries unit units troops mission missions aircraft helicopters zone zones gear experience veterans boots".split()
)
"""What "combat" and "battle" stand before without telling of any."""
_SIDES = frozenset(["sides", "parties", "rivals"])
_THINGS_OF = frozenset(
    "control most parts part all half the of district's district's districts district village city centre edge control whole entire his its town gates least several".split()
)
_BEFORE_OTHERS = frozenset(["from", "by", "after", "before", "to", "against", "who", "which"])
"""Words behind which no direct object stands."""

_WHEN_OR_WHERE = frozenset(
    "before after on in at near outside by during overnight from last early late yesterday today , .".split()
)
_THINGS = frozenset(
    "checkpoint checkpoints post posts outpost outposts checkpost base bases convoy patrol vehicle vehicles headquarters school schools mosque market "
    "bazaar office offices house houses shop shops clinic hospital bridge bus truck tanker car minibus camp compound station minister".split()
)
"""Nouns for what is attacked and does not attack."""
_PAIRING = frozenset(["between", "involving", "pitting"])
"""Prepositions behind which both sides of a fight stand."""
_OCCASION = frozenset(["in", "during", "amid", "by", "from", "despite"])
"""Prepositions behind which a party and "attacks" are an occasion; "after Taliban attacks base" may be a clause."""
_DEGREES = frozenset(
    "full fully complete completely total partial swiftly reportedly firm firmly now still 100 percent per cent % entirely".split()
)
"""What may stand within a verb of several words: "are 100 percent in control of", "took full control of"."""
_SENT = frozenset("fired launched carried conducted planted lobbed thrown dropped".split())
"""Participles by which a noun has its doer behind it: "rockets were fired by the Taliban"."""
_PRESSURE = frozenset("fire siege threat pressure blockade surveillance occupation".split())
"""What a place is under at somebody's hands that does not hold it."""
_BEFORE_MONTH = frozenset("in of since last next following previous this on until till by early late from mid".split())
_SYMPATHY = frozenset("support supported supports sympathy solidarity".split())
_BACKS = frozenset("backed supported aided assisted".split())
"""Participles behind which "by" names what only helped: "troops backed by air strikes"."""
_BACKED = 6
_SORTIES = frozenset(["strikes", "raids", "airstrikes"])
"""Words that are verbs in a headline, and nouns behind "backed by"."""
_PEOPLE_OF = frozenset(
    "dozens scores hundreds thousands members many some group remnants number units detachments fighters soldiers troops forces groups elements supporters columns".split()
)
"""Nouns behind which "of" names whose people they are: "units of the army"."""
_OF_PLURALS = frozenset(["'", "\N{RIGHT SINGLE QUOTATION MARK}"])
_TIMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday day days night week weeks month later earlier morning evening afternoon noon midnight "
    "dawn dusk weekend followed next following last overnight yesterday today early late".split()
)
_SUSPECTED = frozenset("suspected suspicion accused accusing charged charges wanted convicted involved involvement".split())
_OUTPOSTS = frozenset(
    "checkpoint checkpoints post posts outpost outposts base bases position positions compound building office checkpost fort buildings offices "
    "headquarters hq prison jail palace station stations barracks garrison camp facilities installations bridge dam stronghold".split()
)
"""What may be taken at a place that is not taken with it."""


_CROSSED = {**dict.fromkeys((",", "while", "but", "which", "who", "after"), 1), ";": 2}
"""What stands between a verb and a place -> how far it sets them apart."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One predicate in one sentence, with the chunks that fill its roles."""

    predicate: Predicate
    start: int
    end: int
    forms: frozenset[Form]
    passive: bool = False
    place: Places | Reference | Party | None = None
    actor: Party | None = None
    target: Party | None = None
    direct: bool = False
    """The place is the verb's own subject or object, not merely where it happens."""
    outpost: bool = False
    """What was taken is a post or a building at the place, not the place."""
    gained: bool = False
    stranger: bool = False
    """The verb has a subject, and it is no party: "locusts overran Balkh"."""
    subject: Chunk | None = None
    nearby: tuple[Places | Reference, ...] = field(default=())
    seat: bool = False
    """What was taken is the seat of a place: who has the governor's office has the place."""


def find(tokens: Sequence[Token], quoted: Sequence[bool], chunks: Sequence[Chunk], lexicon: Lexicon) -> tuple[Frame, ...]:
    """Return the frames of one sentence in order. Where two wordings match at one word the longer one is taken."""
    return tuple(_Finder(tokens, quoted, chunks, lexicon).frames())


class _Finder:
    """Finds frames in one sentence."""

    def __init__(self, tokens: Sequence[Token], quoted: Sequence[bool], chunks: Sequence[Chunk], lexicon: Lexicon) -> None:
        self.tokens, self.quoted, self.chunks, self.lexicon = tokens, quoted, chunks, lexicon
        self.starts = {chunk.start: chunk for chunk in chunks}
        self.covered = {i for chunk in chunks for i in range(chunk.start, chunk.end)}
        self.words = {t.low for t in tokens} | {f"{a.low} {b.low}" for a, b in pairwise(tokens)}

    def frames(self) -> Iterator[Frame]:
        previous: Frame | None = None
        found: list[Frame] = []
        i = 0
        while i < len(self.tokens):
            known = self.tokens[i].low in self.lexicon.wordings and i not in self.covered
            options = list(self._options(i)) if known else []
            if options:
                longest = max(end for _, end in options)
                for wording, end in options:
                    frame = (
                        self._build(wording, i, end, previous)
                        if end == longest or wording.predicate.codes not in ("taking",)
                        else None
                    )
                    if frame:
                        found.append(frame)
                verbs = [f for f in found if f.start == i and f.forms]
                previous = verbs[0] if verbs else previous
                i = longest if longest - i <= 3 else i + 1
            else:
                i += 1
        yield from sorted([*found, *self._gapped(found), *self._phrases()], key=lambda f: f.start)

    def _gapped(self, found: Sequence[Frame]) -> Iterator[Frame]:
        """Repeat a verb for a place that stands without one: "took Nesh on Monday, and Chora a day later", "and so did Chora"."""
        said = [f for f in found if f.forms and f.predicate.control is not Control.NONE and isinstance(f.place, Places)]
        for chunk in self.chunks:
            last = next((f for f in reversed(said) if f.end <= chunk.start and f.place is not chunk), None)
            if last is None or chunk.start < 2 or not isinstance(chunk, (Places, Reference)):
                continue
            if self._is_undone(last):
                continue
            if self._follows_so(chunk, last) or (isinstance(chunk, Places) and self._lacks_verb(last, chunk)):
                yield replace(last, start=chunk.start, end=chunk.end, place=chunk, nearby=(), direct=True)

    def _is_undone(self, frame: Frame) -> bool:
        """Tell a deed that is denied, failed or only to come: nothing is repeated of it."""
        before = {t.low for t in self.tokens[max(0, frame.start - 5) : frame.start]}
        return not before.isdisjoint(NEGATIONS | MODALS | {"failed", "fail", "tried", "attempted", "to", "if"})

    def _follows_so(self, chunk: Chunk, last: Frame) -> bool:
        """Tell "so did Chora", "as has the capital of Helmand"; another verb in between is the one that is meant."""
        behind = self.tokens[chunk.end].low if chunk.end < len(self.tokens) else "."
        if behind not in (".", ",", ";", "and", "of", "in") or any(
            t.low in self.lexicon.verbs for t in self.tokens[last.end : chunk.start - 2]
        ):
            return False
        k = chunk.start - 1
        while k > 1 and self.tokens[k].low in DETERMINERS:
            k -= 1
        return k > 0 and self.tokens[k].low in DO | HAVE | BE and self.tokens[k - 1].low in ("so", "as")

    def _lacks_verb(self, last: Frame, chunk: Places) -> bool:
        """Tell a place behind "and" to which only the verb before can belong: another stood before it, and no verb comes next."""
        first = last.place
        if (
            not isinstance(first, Places)
            or first.end > chunk.start
            or first.start < last.end
            or chunk.relation is not Relation.SITE
        ):
            return False
        between = self.tokens[first.end : chunk.start]
        behind = self.tokens[
            chunk.end : next(
                (k for k in range(chunk.end, len(self.tokens)) if self.tokens[k].low in (",", ".", ";")), len(self.tokens)
            )
        ]
        joined = [t.low for t in between[-1:]] == ["and"] and len(between) > 1
        joined = joined or [t.low for t in between[-2:]] == ["followed", "by"]
        k = chunk.end + len(behind)
        adverbial = all(self._says_when(t) for t in (*between, *behind) if not self._is_named(t))
        ends = k >= len(self.tokens) or self.tokens[k].low in (".", ";")
        return joined and adverbial and ends and not self._has_chunk(first.end, chunk.start)

    def _is_named(self, token: Token) -> bool:
        """Tell a word of a place name."""
        places = (c for c in self.chunks if isinstance(c, Places))
        return any(self.tokens[c.start].start <= token.start < self.tokens[c.end - 1].end for c in places)

    def _says_when(self, token: Token) -> bool:
        """Tell a word of when or where: "on Monday", "a day later", "in"."""
        low = token.low
        closed = low in PREPOSITIONS or low in DETERMINERS or low in NUMBER_WORDS or low.isdigit() or low in MONTHS
        return closed or low in _TIMES or low in KIND_NOUNS or low in ("and", ",")

    # --- where a wording stands ---

    def _options(self, i: int) -> Iterator[tuple[Wording, int]]:
        for wording in self.lexicon.wordings.get(self.tokens[i].low, ()):
            if wording.forms and not self._is_verb(i, wording):
                continue
            if (
                not wording.forms
                and i
                and (
                    self.tokens[i - 1].low in ("any", "without")
                    or (self.tokens[i - 1].low == "to" and self.tokens[i].low == "rally")
                    or (
                        self.tokens[i].low.endswith("ing")
                        and self.tokens[i - 1].low in BE
                        and (i < 2 or self.tokens[i - 2].low != "there")
                    )
                )
            ):
                continue
            if self._is_of_suspicion(i) or (self.tokens[i].low == "march" and self._is_month(i)):
                continue
            if (not wording.forms or self.tokens[i].low in _SORTIES) and self._is_backing(i):
                continue
            end = self._matched(i + 1, wording.rest)
            if end is not None and self._beside(wording.predicate, i, end):
                yield wording, end

    def _is_of_suspicion(self, i: int) -> bool:
        """Tell what somebody is only suspected, accused or guilty of: "detained on suspicion of kidnapping a boy"."""
        before = [t.low for t in self.tokens[max(0, i - 4) : i]]
        return bool(before) and before[-1] in ("of", "for", "with", "in") and not _SUSPECTED.isdisjoint(before)

    def _is_month(self, i: int) -> bool:
        """Tell the month of March from a march."""
        if self.tokens[i].text != "March":
            return False
        before = self.tokens[i - 1].low if i else "."
        dated = any(0 <= k < len(self.tokens) and self.tokens[k].text[:1].isdigit() for k in (i - 1, i + 1))
        return dated or before in _BEFORE_MONTH

    def _matched(self, i: int, rest: Sequence[str]) -> int | None:
        for n, word in enumerate(rest):
            if word == GAP:
                stop = min(i + GAP_WORDS + 1, len(self.tokens))
                at = next((k for k in range(i, stop) if self.tokens[k].low == rest[n + 1] and not self._ends(i, k)), None)
                if at is None or (at > i and self.tokens[at - 1].low == "back"):
                    return None  # whoever is driven back from a place had not taken it
                i = at
                continue
            while i < len(self.tokens) and self.tokens[i].low in _DEGREES:
                i += 1
            if i >= len(self.tokens) or self.tokens[i].low != word:
                return None
            i += 1
        return i

    def _ends(self, a: int, b: int) -> bool:
        return any(self.tokens[k].low in (",", ";", ".", ":") for k in range(a, b))

    def _beside(self, predicate: Predicate, i: int, end: int) -> bool:
        after = self.tokens[end].low if end < len(self.tokens) else "."
        if predicate.after and after not in predicate.after:
            return False
        beside = {t.low for t in (*self.tokens[max(0, i - 2) : i], *self.tokens[end : end + 3])}
        if not predicate.unless.isdisjoint(beside) or not _POLICY.isdisjoint(t.low for t in self.tokens[max(0, i - 3) : i]):
            return False
        if predicate.id == "protest-noun" and not _SYMPATHY.isdisjoint(t.low for t in self.tokens[max(0, i - 4) : i]):
            return False  # "voiced support for the protests"
        if i == 0 and after == ":":
            return False  # the label of an item: "Arrests: police arrested four"
        if self._is_booty(predicate, end) or self._is_set_phrase(i, end, after):
            return False
        if predicate.before and (i == 0 or self.tokens[i - 1].low not in predicate.before):
            return False
        if not predicate.near:
            return True
        return not predicate.near.isdisjoint(self.words)

    def _is_set_phrase(self, i: int, end: int, after: str) -> bool:
        """Tell "combat boots" and "the order of battle", which tell of no fight."""
        attribute = end - i == 1 and self.tokens[i].low in ("combat", "battle") and after in _ATTRIBUTIVE
        return attribute or [t.low for t in self.tokens[max(0, i - 2) : i]] == ["order", "of"]

    def _is_booty(self, predicate: Predicate, end: int) -> bool:
        """Tell weapons that somebody takes from those that are fired: "two rockets and a mortar were seized"."""
        if predicate.id not in ("shelling", "mine"):
            return False
        behind = [t.low for t in self.tokens[end : end + 6]]
        return any(
            a in BE and b in ("seized", "captured", "recovered", "confiscated", "discovered", "found")
            for a, b in pairwise(behind)
        )

    def _is_backing(self, i: int) -> bool:
        """Tell what only helped those who did something else: "commandos, backed by heavy air strikes, retook it"."""
        before = [t.low for t in self.tokens[max(0, i - _BACKED) : i]]
        by = next((k for k, (a, b) in enumerate(pairwise(before)) if a in _BACKS and b in ("by", "with")), None)
        between = before[by + 2 :] if by is not None else ["."]
        return all(w.isalpha() and w not in BE and w not in self.lexicon.verbs for w in between)

    def _is_verb(self, i: int, wording: Wording) -> bool:
        """Tell "fighters capture X" from "the capture of X", and "was captured" from "a captured Humvee"."""
        forms = wording.forms
        before = self.tokens[i - 1] if i else None
        after = self.tokens[i + 1].low if i + 1 < len(self.tokens) else "."
        if before is None:
            return Form.BASE not in forms or after != "of"
        named = after == "of" and i > 1 and self.tokens[i - 2].low in DETERMINERS  # "the deliberate targeting of civilians"
        if Form.ING in forms and (before.low in DETERMINERS or named or self._is_somebodys(i)):
            return False
        if forms & {Form.BASE, Form.THIRD} and not forms & {Form.PAST, Form.PARTICIPLE}:
            if before.low in DETERMINERS or (before.possessive and before.low not in ("it", "he")) or after == "of":
                return False
            if Form.THIRD in forms and before.low.endswith("ing") and before.low not in ADVERBS:
                return False  # "fleeing attacks"
            noun = after in {"on", "in", "against", "by", "near", "over"}.difference(wording.rest) and any(
                isinstance(c, Party) and c.end == i and self.tokens[c.start].low in ("a", "an", "the", "another")
                for c in self.chunks
            )
            occasion = Form.THIRD in forms and (before.low in _OF_NOUNS or self._is_occasion(i) or self._is_described(i))
            return before.low not in PREPOSITIONS - {"to"} and not noun and not occasion and not self._is_compound(i, forms)
        floating = i > 1 and self.tokens[i - 2].low in BE | HAVE  # "have all fallen"
        if before.low in DETERMINERS and not floating and after not in ("by", "from", ",", ".") and Form.PARTICIPLE in forms:
            return False
        return not (before.possessive and before.low not in ("it", "he", "who", "they"))

    def _is_somebodys(self, i: int) -> bool:
        """Tell the noun of "a Taliban gathering", "an army meeting"."""
        return any(
            isinstance(c, Party) and c.end == i and self.tokens[c.start].low in ("a", "an", "another") for c in self.chunks
        )

    def _is_occasion(self, i: int) -> bool:
        """Tell the noun of "killed in Taliban attacks", of "struck Taliban targets", of "die in Farah attacks" and of "two attacks"."""
        place = next((c for c in self.chunks if isinstance(c, Places) and c.end == i and c.start), None)
        party = next((c for c in self.chunks if isinstance(c, Party) and c.end == i and c.start), None)
        counted = party is not None and (
            self.tokens[party.start - 1].low in NUMBER_WORDS or self.tokens[party.start - 1].low.isdigit()
        )
        if counted and self.tokens[i].low in ("targets", "positions"):
            return True  # "hit six Taliban targets"
        if place is not None and self.tokens[place.start - 1].low in PREPOSITIONS:
            return True
        party = next((c for c in self.chunks if isinstance(c, Party) and c.end == i), None)
        k = party.start - 1 if party else i - 1
        if k < 0 or party is None:
            return k >= 0 and self.tokens[k].low in NUMBER_WORDS
        before = self.lexicon.wordings.get(self.tokens[k].low, ())
        return self.tokens[k].low in _OCCASION or any(Form.PAST in wording.forms for wording in before)

    def _is_described(self, i: int) -> bool:
        """Tell the noun of "condemned the barbaric attacks in Nesh": an adjective behind an article, and no object."""
        before, after = self.tokens[i - 1], self.tokens[i + 1].low if i + 1 < len(self.tokens) else "."
        adjective = before.text.islower() and i - 1 not in self.covered and before.low not in HEADS | ADVERBS
        opening = i > 1 and self.tokens[i - 2].low in DETERMINERS
        return opening and adjective and (after in PREPOSITIONS or after in (".", ",", ";", "and", "that", "which"))

    def _is_compound(self, i: int, forms: frozenset[Form]) -> bool:
        """Tell the noun of "at the wage rally": a base form needs a plural before it, or what is no noun at all."""
        if Form.BASE not in forms or i < 2 or i - 1 in self.covered:
            return False
        before, opening = self.tokens[i - 1], self.tokens[i - 2].low
        closed = (
            ADVERBS | BE | HAVE | MODALS | NEGATIONS | RELATIVES | PREPOSITIONS | {"do", "does", "did", "and", "or", "people"}
        )
        singular = before.text.isalpha() and before.text.islower() and not before.low.endswith("s") and before.low not in closed
        return (singular and (opening in DETERMINERS or opening in PREPOSITIONS)) or self._is_long_compound(i, closed)

    def _is_long_compound(self, i: int, closed: Set[str]) -> bool:
        """Tell the noun of "following an explosive device attack", "in an ANA artillery strike"."""
        k = i - 1
        while k > 0 and i - k < COMPOUND and self.tokens[k].text.isalpha() and self.tokens[k].low not in closed | DETERMINERS:
            k -= 1
        return i - k > 1 and self.tokens[k].low in ("a", "an") and not self.tokens[i - 1].low.endswith("s")

    # --- filling the roles ---

    def _build(self, wording: Wording, i: int, end: int, previous: Frame | None) -> Frame | None:
        predicate = wording.predicate
        if self._is_own_attack(predicate, end) or self._leaves_behind(predicate, i) or self._is_of_people(wording, i, end):
            return None
        if wording.forms and (
            self._is_in_wrong_hands(wording, i, end)
            or self._is_near_miss(i)
            or self._is_around(i)
            or self._is_of_siege(predicate, end)
        ):
            return None
        may_be = predicate.roles.get("object") != "actor" and predicate.roles.get("subject") != "place"
        passive = may_be and bool(wording.forms) and self._is_passive(i, wording.forms)
        left = self._left(i, previous, passive=passive)
        passive = passive or self._is_headline(predicate, wording.forms, left, i, end)
        frame = _Roles(predicate)
        if wording.forms and self._is_attribute(i, wording.forms):
            left, passive = None, False
        if not wording.forms:
            self._noun_roles(frame, predicate, i, end)
        elif passive:
            frame.fill(predicate.roles.get("object", ""), left or self._fronted(i, end), direct=True)
            agents = self._agents(end)
            frame.fill(predicate.roles.get("subject", ""), agents[-1] if agents else None, direct=False)
            if len(agents) > 1:
                frame.fill("target", agents[0], direct=False)
        else:
            frame.fill(predicate.roles.get("subject", ""), left, direct=True)
            wanted = predicate.roles.get("object", "")
            frame.fill(wanted, self._object(i, end, wanted) or self._antecedent(i, left), direct=True)
        self._behind(frame, predicate, wording, end)
        thing = self._is_of_thing(frame.place, previous, i)
        frame.place, frame.direct = (None, False) if thing else (frame.place, frame.direct)
        unplaced = frame.place is None and "place" in predicate.roles.values()
        before = passive or predicate.roles.get("subject") == "place"
        seat = unplaced and self._takes_seat(end, passive=before, i=i)
        outpost = unplaced and not seat and (thing or self._takes_outpost(end, passive=before, i=i))
        return Frame(
            predicate, i, end, wording.forms, passive, frame.place, frame.actor, frame.target, frame.direct, outpost,
            subject=left if wording.forms else None, stranger=bool(wording.forms) and not passive and self._is_stranger(i, left, previous),
            nearby=self._sites(i), seat=seat,
        )  # fmt: skip

    def _is_of_thing(self, place: Chunk | None, previous: Frame | None, i: int) -> bool:
        """Tell the "it" of "attacked a base in Nesh, capturing it": the base."""
        if not isinstance(place, Party) or previous is None:
            return False
        object_ = self.tokens[previous.end : min(previous.end + 4, i)]
        nearer = any(
            isinstance(c, (Places, Reference))
            and previous.end < c.start < i
            and self.tokens[c.start - 1].low not in ("in", "at", "near")
            for c in self.chunks
        )
        return not nearer and any(a.low in ("a", "an") and b.low in _OUTPOSTS for a, b in pairwise(object_))

    def _is_in_wrong_hands(self, wording: Wording, i: int, end: int) -> bool:
        """Tell "fell into the wrong hands", which are nobody's."""
        return wording.rest[-2:] == (GAP, "hands") and not any(isinstance(c, Party) and i < c.start < end for c in self.chunks)

    def _leaves_behind(self, predicate: Predicate, i: int) -> bool:
        """Tell what is said of how things lie: "captured Nesh, leaving Chora the only town under control"."""
        if predicate.id == "go-over" and self.tokens[i].low == "joining":
            return True  # "a town joining Afghanistan to Uzbekistan"
        leaving = predicate.id in ("withdraw", "depart") and self.tokens[i].low == "leaving"
        return leaving and i > 0 and self.tokens[i - 1].low == ","

    def _is_of_people(self, wording: Wording, i: int, end: int) -> bool:
        """Tell people lost or captured from places: "lost eleven men", "34 killed and 60 captured"."""
        if wording.predicate.codes != "taking" or not wording.forms:
            return False
        ahead = self.tokens[end : end + 2]
        men = len(ahead) > 1 and (ahead[0].low in NUMBER_WORDS or ahead[0].low.isdigit()) and is_human(ahead[1].low)
        return men or (Form.PARTICIPLE in wording.forms and i > 1 and self.tokens[i - 2].low == "and" and self._is_number(i - 1))

    def _is_number(self, k: int) -> bool:
        return self.tokens[k].low in NUMBER_WORDS or self.tokens[k].low.isdigit()

    def _is_own_attack(self, predicate: Predicate, end: int) -> bool:
        """Tell what somebody is to stop himself: "called on the Taliban to stop their attacks"."""
        following = self.tokens[end].low if end < len(self.tokens) else "."
        return predicate.id == "repel" and self.tokens[end - 1].low == "stop" and following in ("their", "its", "his", "our")

    def _behind(self, frame: _Roles, predicate: Predicate, wording: Wording, end: int) -> None:
        """Fill the roles of those that stand behind a preposition."""
        for preposition in ("from", "to", "with", "against", "of", "on"):
            role = predicate.roles.get(preposition)
            if role and (wording.forms or preposition != "of"):
                leads = wording.rest[-1:] == (preposition,) or (preposition == "from" and wording.rest[-2:] == ("out", "of"))
                at = self._at(end) if leads else None
                found = at or self._prepositional(preposition, end)
                if preposition == "to" and not wording.forms and found and self._is_parted(end, found.start):
                    continue  # "the fall of the city was a blow to the government"
                frame.fill(role, found, direct=preposition in ("from", "of"))

    def _is_parted(self, a: int, b: int) -> bool:
        """Tell what a verb or a comma parts."""
        return any(self.tokens[k].low in BE or self.tokens[k].low == "," for k in range(a, b))

    def _is_near_miss(self, i: int) -> bool:
        """Tell "nearly captured" from "captured nearly all of it"."""
        return i > 0 and self.tokens[i - 1].low in ("nearly", "almost")

    def _is_around(self, i: int) -> bool:
        """Tell "the area surrounding Nesh" and "surrounding districts" from surrounding it."""
        if self.tokens[i].low != "surrounding":
            return False
        grounds = KIND_NOUNS.keys() | {"mountains", "hills", "roads", "desert"}
        after = self.tokens[i + 1].low if i + 1 < len(self.tokens) else "."
        return after in grounds or (i > 0 and self.tokens[i - 1].low in grounds)

    def _is_of_siege(self, predicate: Predicate, end: int) -> bool:
        """Tell "took the district under siege" from taking it."""
        after = [t.low for t in self.tokens[end : end + ARGUMENT_WORDS]]
        after = after[: next((k for k, w in enumerate(after) if w in ("after", "having", "been", ",")), len(after))]
        return predicate.codes == "taking" and any(pair == ("under", "siege") for pair in pairwise(after))

    def _is_counted(self, i: int) -> bool:
        """Tell a participle right behind a number of people, not behind the day of a month."""
        noun = i > 3 and self.tokens[i - 1].low.endswith("s") and self.tokens[i - 3].low == "and"
        passive = noun and not BE.isdisjoint(t.low for t in self.tokens[: i - 3])  # "14 were killed and 31 suspects arrested"
        if (
            passive
            and is_human(self.tokens[i - 1].low)
            and (self.tokens[i - 2].low in NUMBER_WORDS or self.tokens[i - 2].low.isdigit())
        ):
            return True
        number = self.tokens[i - 1].low in NUMBER_WORDS or self.tokens[i - 1].low.isdigit()
        return i > 0 and number and not (i > 1 and self.tokens[i - 2].low in MONTHS)

    def _is_attribute(self, i: int, forms: frozenset[Form]) -> bool:
        """Tell "the bodies of four kidnapped teachers", where whoever stands before it did something else."""
        return Form.PARTICIPLE in forms and i > 0 and (self._is_counted(i) or self.tokens[i - 1].low == "of")

    def _is_stranger(self, i: int, left: Chunk | None, previous: Frame | None) -> bool:
        """Tell a verb whose subject, its own or the last verb's, is no party, no pronoun, no armed people at all."""
        if isinstance(left, (Party, Places)):
            return False
        if previous is not None and previous.stranger and i and self.tokens[i - 1].low in ("and", "or", "then"):
            return True
        k = i - 1
        while k >= 0 and (
            self.tokens[k].low in ADVERBS or self.tokens[k].low in BE | HAVE | MODALS or self.tokens[k].low in NEGATIONS
        ):
            k -= 1
        if k < 0 or not self.tokens[k].text[:1].isalpha() or k in self.covered:
            return False
        low = self.tokens[k].low
        closed = (
            low in _AFTER
            or low in RELATIVES
            or low in _BARRIERS
            or low in ("to", "and", "or", "then", "by")
            or low in PREPOSITIONS
            or low in _SIDES
        )
        return not closed and not any(t.low in HEADS for t in self.tokens[max(0, k - 5) : k + 1])

    def _noun_roles(self, frame: _Roles, predicate: Predicate, i: int, end: int) -> None:
        before = next(
            (
                c
                for c in self.chunks
                if c.end == i
                or (
                    c.end == i - 1
                    and self.tokens[i - 1].low in MODIFIERS | ADVERBS | {"swift", "rapid", "major", "bloody", "fierce"}
                )
            ),
            None,
        )
        possessor = before if before and self.tokens[before.end - 1].possessive else None
        adjectival = before if isinstance(before, Party) and before.pronoun is None else None
        frame.fill(predicate.roles.get("possessive", ""), possessor or adjectival, direct=False)
        if isinstance(possessor, Places) and "of" in predicate.roles:
            frame.fill("place", possessor, direct=True)
        if predicate.roles.get("of"):
            frame.fill(predicate.roles["of"], self._after_of(end), direct=True)
        if predicate.roles.get("subject") == "place":
            frame.fill("place", self._left(i, None, passive=False), direct=True)
        if predicate.roles.get("by"):
            frame.fill(predicate.roles["by"], self._prepositional("by", end), direct=False)
        if predicate.roles.get("between") == "both":
            self._between(frame, end)
        if "actor" in predicate.roles.values():
            frame.fill("actor", self._carrier_out(i), direct=False)

    def _carrier_out(self, i: int) -> Party | None:
        """Return who carries out what a noun names: "US forces have conducted an airstrike"."""
        k = i - 1
        while k > 0 and (self.tokens[k].low in DETERMINERS | MODIFIERS | NUMBER_WORDS.keys() or self.tokens[k].low.isdigit()):
            k -= 1
        k -= self.tokens[k].low == "out"
        verb = next((m for m in range(k, max(0, k - 5), -1) if self.tokens[m].low in _CARRIES_OUT), k)
        if not any(t.low in PREPOSITIONS or t.low in (",", "and", ".") for t in self.tokens[verb + 1 : k + 1] if t.low != "out"):
            k = verb
        if k < 1 or self.tokens[k].low not in _CARRIES_OUT or self.tokens[k - 1].low in BE:
            return None
        left = self._left(k, None, passive=False)
        return left if isinstance(left, Party) else None

    def _after_of(self, end: int) -> Chunk | None:
        if end < len(self.tokens) and self.tokens[end].low in ("of", "in", "to", "over"):
            k = end + 1
            while (
                k < len(self.tokens)
                and k not in self.starts
                and (
                    self.tokens[k].low in DETERMINERS
                    or self.tokens[k].low in MODIFIERS
                    or self.tokens[k].low in KIND_NOUNS
                    or self.tokens[k].low in SEAT_NOUNS
                    or self.tokens[k].low in PORTIONS
                    or self.tokens[k].low in ("of", "its", "capital", "#", "[")
                    or self.tokens[k].text in QUOTES
                )
            ):
                k += 1
            found = self._owned(self.starts.get(k))
            return None if isinstance(found, Places) and self._is_owner(found) else found
        return None

    def _between(self, frame: _Roles, end: int) -> None:
        """ "Clashes between A and B", "fighting broke out between A and B": the first is the actor, the second the target."""
        words = [t.low for t in self.tokens[end : end + 4]]
        if words[:1] == ["of"] or not _PAIRING.isdisjoint(words):
            end += next((k for k, word in enumerate(words) if word in _PAIRING), 0)
            sides = [
                c for c in self.chunks if isinstance(c, Party) and c.pronoun is None and end < c.start <= end + ARGUMENT_WORDS
            ]
            if len(sides) >= 2:
                frame.fill("actor", sides[0], direct=False)
                frame.fill("target", sides[1], direct=False)

    def _is_passive(self, i: int, forms: frozenset[Form]) -> bool:
        if Form.PARTICIPLE not in forms:
            return False
        k = i - 1
        while k >= 0 and (self.tokens[k].low in ADVERBS or self.tokens[k].low in NEGATIONS or self.tokens[k].text in QUOTES):
            k -= 1
        auxiliary = self.tokens[k].low if k >= 0 else ""
        if auxiliary in BE or auxiliary in ("remain", "remains", "remained", "get", "gets", "got", "being", "been"):
            return True
        if auxiliary in HAVE or auxiliary in MODALS:
            return False
        after = self.tokens[i + 1].low if i + 1 < len(self.tokens) else "."
        counted = k == i - 1 and self._is_counted(i)
        return (
            after == "by"
            or (counted and (after in PREPOSITIONS or after in (".", ",", ";", "alive")))  # "six killed and two arrested in"
            or self._is_telegraphic(i, k, after)
            or (k < 0 and after in ("by", "on", "in", "after", "from", "near", "at", "last", "early"))
            or (k >= 0 and self.tokens[k].low in (",", "-", ":") and after in ("by", "on"))
        )

    def _is_telegraphic(self, i: int, k: int, after: str) -> bool:
        """Tell the bare participle of a log: "Checkpoint attacked before dawn", "Police convoy ambushed near the town"."""
        opens = k >= 0 and all(t.low not in BE | HAVE | MODALS for t in self.tokens[:i]) and i <= TELEGRAM
        thing = k >= 0 and self.tokens[k].low in _THINGS
        return opens and thing and (after in _WHEN_OR_WHERE or after.endswith("day"))

    def _is_headline(self, predicate: Predicate, forms: frozenset[Form], left: Chunk | None, i: int, end: int) -> bool:
        """Tell the bare participle of a headline: "Karokh won back", where the place is what was taken."""
        if Form.PARTICIPLE not in forms or predicate.roles.get("object") != "place" or not isinstance(left, (Places, Reference)):
            return False
        return left.end == i and (
            end >= len(self.tokens) or self.tokens[end].low in (",", ".", ";", "by", "from", "as", "after", "to")
        )

    def _left(self, i: int, previous: Frame | None, *, passive: bool) -> Chunk | None:
        """Return the chunk that is the subject of the verb at token `i`."""
        k = i - 1
        while k >= 0 and (
            self.tokens[k].low in ADVERBS
            or self.tokens[k].low in BE | HAVE | MODALS
            or self.tokens[k].low in NEGATIONS
            or self.tokens[k].low in ("to", "not", "do", "did", "does")
        ):
            k -= 1
        joint = self.tokens[k].low if k >= 0 else ""
        if previous is not None and self._shares(previous, joint, k, passive=passive):
            return previous.subject
        related = self._of_relative(k)
        if (related is None and joint == "who" and self._is_nobody_known(k)) or self._is_thing(k, passive=passive):
            return None
        if related and not self._is_site_of_thing(related):
            return self._inner(related)
        skip = joint in _AFTER or joint in RELATIVES or (k + 1 < i and self.tokens[k + 1].low == "to")
        i = self._before_aside(k) if joint == "," else i
        for chunk in reversed([c for c in self.chunks if c.end <= i]):
            if self._barred(chunk.end, i, skip=skip) or self._is_others(previous, joint, chunk, k):
                return None
            if self._can_be_subject(chunk, passive=passive):
                return self._inner(self._joint(chunk))
        return None

    def _is_others(self, previous: Frame | None, joint: str, chunk: Chunk, k: int) -> bool:
        """Tell a party that is no subject here: the object of the verb before "and", or who stands before "after the relatives left"."""
        unknown = previous is not None and previous.subject is None and not previous.passive and bool(previous.forms)
        objects = joint in ("and", "then") and unknown and previous is not None and chunk.start >= previous.start
        own = k > 1 and k not in self.covered and self.tokens[k].low.isalpha() and self.tokens[k - 1].low == "the"
        return isinstance(chunk, Party) and (objects or (own and self.tokens[k - 2].low in _AFTER | {"as", "when"}))

    def _is_thing(self, k: int, *, passive: bool) -> bool:
        """Tell the subject of "killed the Taliban after jets targeted them", "said that three outposts were lost": it is none named before."""
        low = self.tokens[k].low if k >= 0 else ""
        posts = passive and low in _OUTPOSTS and low.endswith("s") and low != "headquarters"
        named = posts or (low != "air" and low in self.lexicon.words("context", "aircraft"))
        owned = any(isinstance(c, Party) and k - 2 <= c.end <= k for c in self.chunks)  # "an air force A-29 aircraft"
        return named and k not in self.covered and not owned and self.tokens[k - 1].low != "suicide"

    def _is_nobody_known(self, k: int) -> bool:
        """Tell whom "who" stands for where he is of no party: "families who fled Nesh", "said Karim, who fled Nesh"."""
        aside = self.tokens[k - 1].low == "," if k else False
        return k > 0 and (
            self.tokens[k - 2].text[:1].isupper() if aside and k > 1 else self.tokens[k - 1].low not in (",", "those")
        )

    def _of_relative(self, joint: int) -> Chunk | None:
        """Return whom "who" stands for, right before the verb or where its clause runs on: "the Taliban, who rose and took"."""
        k, kinds = joint, RELATIVES
        if joint >= 0 and self.tokens[joint].low in ("and", "then"):
            k, kinds = self._who(joint), frozenset(["who"])
        if k < 1 or self.tokens[k].low not in kinds or self.tokens[k - 1].low == "so":
            return None
        return next((c for c in reversed(self.chunks) if c.end <= k and k - c.end <= 1), None)

    def _who(self, joint: int) -> int:
        """Return the token of the "who" whose clause goes on behind "and"; -1 when none does."""
        for k in range(joint - 1, 0, -1):
            if self.tokens[k].low in ("who", ",", ";", ":", "."):
                return k
        return -1

    def _joint(self, chunk: Chunk) -> Chunk:
        """Return the first of two parties that act together: "Taliban and ISKP fighters attacked"."""
        k = chunk.start - 1
        while k > 0 and self.tokens[k].low in DETERMINERS:
            k -= 1
        if not isinstance(chunk, Party) or k < 1 or self.tokens[k].low != "and":
            return chunk
        before = (c for c in self.chunks if isinstance(c, Party) and c.end == k and c.alias and not self._governed(c))
        first = next(before, None)
        if first is None or first.alias is None or chunk.alias is None:
            return chunk
        one, two = first.alias.actor, chunk.alias.actor
        apart = one.side != two.side and one.inter != two.inter  # "troops and the Taliban" fight each other
        return chunk if apart else first

    def _shares(self, previous: Frame, joint: str, k: int, *, passive: bool) -> bool:
        """Tell a verb that shares the subject of the one before it: "attacked the post and seized the town"."""
        if joint not in ("and", "or", "then", ",", "but", "yet") or previous.subject is None:
            return False
        if any(isinstance(c, Party) and previous.end <= c.start and c.end == k + 1 for c in self.chunks):
            return False
        apart = any(t.low in (",", ";") for t in self.tokens[previous.end : k])
        if joint == "," and not apart and self._is_in_aside(previous.start):
            return False  # "the town, which they overran, was retaken"
        return joint != "," or not apart or passive == previous.passive

    def _is_in_aside(self, i: int) -> bool:
        """Tell a verb of a relative clause that a comma opens, and the next one closes."""
        opening = next((k for k in range(i - 1, 0, -1) if self.tokens[k].low == ","), 0)
        return opening > 0 and self.tokens[opening + 1].low in RELATIVES | {"where"}

    def _can_be_subject(self, chunk: Chunk, *, passive: bool) -> bool:
        if self._governed(chunk):
            return False
        if isinstance(chunk, Party):
            if chunk.alias and chunk.end < len(self.tokens) and self.tokens[chunk.end].low in _THINGS | _BUILT:
                return False  # "burned government buildings before leaving"
            person = chunk.alias is not None and chunk.alias.form is AliasForm.PERSON
            return not chunk.possessive and (passive or not person)
        if isinstance(chunk, Reference):
            return not _is_there(chunk)
        return chunk.relation is Relation.SITE and not self.tokens[chunk.end - 1].possessive

    def _before_aside(self, comma: int) -> int:
        """Return where the subject of "NAME, the old town, changed hands" ends: before the comma that opens the aside."""
        opening = next((k for k in range(comma - 1, 0, -1) if self.tokens[k].low == ","), None)
        subject = any(opening is not None and c.end == opening for c in self.chunks)
        return opening if opening is not None and subject else comma

    def _barred(self, a: int, b: int, *, skip: bool) -> bool:
        """Tell whether a clause ends between two tokens."""
        quoted = self.quoted[a - 1] if a else False
        for k in range(a, b):
            low = self.tokens[k].low
            purpose = skip and low == "that" and k > 0 and self.tokens[k - 1].low == "so"
            if low in _BARRIERS and not (low == "as" and skip) and not purpose:
                return True
            if low in ("after", "before", "since", "following", "despite") and not skip and k > a and self._has_chunk(k, b):
                return True
            if self.quoted[k] != quoted and self.quoted[k]:
                return True
        return False

    def _has_chunk(self, a: int, b: int) -> bool:
        return any(a < c.start < b and isinstance(c, Party) for c in self.chunks)

    def _is_victim(self, chunk: Chunk) -> bool:
        """Tell whom another verb has for its object: "after killing 20 Taliban", "forces kill 20 militants, recapture Nesh"."""
        k = chunk.start - 1
        if k > 0 and self.tokens[k - 1].low == "to" and self.tokens[k].low in ("target", "hit", "attack", "kill"):
            return True  # "planted to target security forces struck a minibus"
        while k > 0 and (self.tokens[k].low in _COUNTING or self.tokens[k].low.isdigit() or self.tokens[k].low in MODIFIERS):
            k -= 1
        if not isinstance(chunk, Party) or k < 1 or self.tokens[k].low not in _HARMING:
            return False
        if self.tokens[k].low.endswith("ing"):
            return True
        others = any(isinstance(c, Party) and c.end <= k and c.alias for c in self.chunks)
        return others and self.tokens[k - 1].low not in BE and self.tokens[k - 1].low not in RELATIVES

    def _governed(self, chunk: Chunk) -> bool:
        """Tell whether a preposition takes the chunk out of the subject's place: "fighters in Kunduz", "with the Taliban"."""
        if self._is_victim(chunk) or (isinstance(chunk, Party) and self._is_backing(chunk.start)):
            return True
        k = chunk.start - 1
        while k >= 0 and (
            self.tokens[k].low in DETERMINERS
            or self.tokens[k].low in MODIFIERS - {"of"}
            or self.tokens[k].low in ("[", "#", "both")
        ):
            k -= 1
        if k < 0 or self.tokens[k].low not in PREPOSITIONS | {"than"}:
            return False
        if isinstance(chunk, Party):
            return self.tokens[k].low not in ("like",) and not (
                self.tokens[k].low == "of" and k and self.tokens[k - 1].low in _PEOPLE_OF
            )
        only = any(t.low == "only" for t in self.tokens[max(0, k - 5) : k])  # "only the governor's compound in Nesh"
        if isinstance(chunk, Places) and self._is_one_of(chunk, k):
            return True
        if self.tokens[k].low == "in" and k and self.tokens[k - 1].low in ("centres", "centers"):
            return True  # "health centres in Nesh"
        if self.tokens[k].low == "in" and (only or (isinstance(chunk, Reference) and self.tokens[k - 1].low in _RANKED)):
            return True
        return not (
            self.tokens[k].low in ("of", "in", "at")
            and k
            and (
                self.tokens[k - 1].low in SEAT_NOUNS
                or self.tokens[k - 1].low in KIND_NOUNS
                or self.tokens[k - 1].low in PORTIONS | WHOLE | {"control"}
            )
        )

    def _is_one_of(self, chunk: Places, k: int) -> bool:
        """Tell the province of "Qadis was the last district of Badghis to fall"."""
        kind = self.tokens[k].low == "of" and k > 1 and self.tokens[k - 1].low in ("district", "town", "city")
        ranked = kind and (self.tokens[k - 2].low in ("last", "latest", "only") or is_counted(self.tokens[k - 2].low))
        return ranked and all(p.kind is Kind.PROVINCE for p in chunk.named)

    def _object(self, i: int, end: int, role: str) -> Chunk | None:
        """Return the chunk that is the verb's direct object. For a place nothing but its own noun phrase may stand before it."""
        gap = next((c for c in self.chunks if i < c.start and c.end <= end), None)
        moved = isinstance(gap, Party) and self.tokens[i].low.startswith(("withdr", "pull", "evacuat"))
        if gap is not None and end - i > 1 and not moved:  # "withdrew its forces from Nesh"
            return gap
        ahead = (c for c in self.chunks if c.start >= end and not _is_there(c) and not _is_edge(c))
        for chunk in (c for c in ahead if not self._owns_wards(c)):
            words = [t.low for t in self.tokens[end : chunk.start]]
            new = words[:1] == ["and"] and not (isinstance(chunk, Party) and chunk.pronoun)  # "stopped, and the Taliban left"
            if (
                new
                or len(words) > ARGUMENT_WORDS
                or any(w in _BEFORE_OTHERS or w in self.lexicon.says or self._ends_object(w, words) for w in words)
            ):
                return None
            if role != "place":
                if isinstance(chunk, Party):
                    return None if role == "actor" and "," in words else chunk  # "fell on Tuesday, the police confirmed"
                if words and words[-1] in PREPOSITIONS:
                    return None
                continue
            named = isinstance(chunk, Party) and chunk.pronoun is None and not chunk.possessive
            if named and chunk.start - end > 1:
                continue
            owned = self._owned(chunk)
            whose = isinstance(owned, Places) and self._is_owner(owned)
            words = self._behind_label(words, chunk)
            fits = not named and not whose and all(self._in_place_phrase(w) for w in words) and not self._is_inside(words)
            return owned if fits else None
        return None

    def _owns_wards(self, chunk: Chunk) -> bool:
        """Tell the city of "nine of the city's ten police districts in Herat", which is named behind."""
        if not isinstance(chunk, Reference) or not self.tokens[chunk.end - 1].possessive:
            return False
        inside = next((k for k in range(chunk.end, min(chunk.end + 6, len(self.tokens))) if self.tokens[k].low == "in"), None)
        return inside is not None and isinstance(self.starts.get(inside + 1), Places)

    def _behind_label(self, words: list[str], chunk: Chunk) -> list[str]:
        """Leave out "three districts:" before their names, where they are all that follows; "one village: Nesh was calm" is no list."""
        last = chunk.end >= len(self.tokens) or self.tokens[chunk.end].low in (".", ";", ",")
        return words[words.index(":") + 1 :] if last and self._is_label(words) else words

    def _ends_object(self, word: str, words: Sequence[str]) -> bool:
        return word in _BARRIERS and not (word == ":" and self._is_label(words))

    def _is_label(self, words: Sequence[str]) -> bool:
        """Tell "three more districts:" before the names of the three."""
        at = words.index(":") if ":" in words else 0
        return at > 0 and words[at - 1] in KIND_NOUNS and all(self._in_place_phrase(w) for w in words[:at])

    def _owned(self, chunk: Chunk | None) -> Chunk | None:
        """Return the place within a province that owns it: "Badakhshan province's Kohistan district"."""
        if not isinstance(chunk, Places) or chunk.relation is not Relation.FRAME:
            return chunk
        k = chunk.end
        while (
            k < len(self.tokens)
            and k not in self.starts
            and (self._in_place_phrase(self.tokens[k].low) and self.tokens[k].low != ",")
        ):
            k += 1
        inner = self.starts.get(k)
        return inner if isinstance(inner, Places) else chunk

    def _is_owner(self, chunk: Places) -> bool:
        """Tell a place that only owns what the verb is about: "entered Kabul's conference hall"."""
        following = self.tokens[chunk.end].low if chunk.end < len(self.tokens) else "."
        if self._is_before_outpost(chunk.end):
            return True
        seat = (
            following in SEAT_NOUNS
            or following in KIND_NOUNS
            or following in MODIFIERS
            or following in _OUTPOSTS | NUMBER_WORDS.keys() | {"governor"}
            or following.isdigit()
        )
        return self.tokens[chunk.end - 1].possessive and not seat

    def _is_before_outpost(self, k: int) -> bool:
        """Tell "seized the Nesh district police station" from the district."""
        while k < len(self.tokens) and self.tokens[k].low in KIND_NOUNS:
            k += 1
        armed = k < len(self.tokens) and self.tokens[k].low in ("police", "army", "military", "security")
        if any(
            a.low == "and" and b.low in KIND_NOUNS
            for a, b in pairwise(t for t in self.tokens[k : k + 6] if t.low not in DETERMINERS | MODIFIERS | WHOLE)
        ):
            return False  # "captured the Nesh military base and the whole district"
        thing = self.tokens[k + 1].low if armed and k + 1 < len(self.tokens) else ""
        return thing in _OUTPOSTS - {"headquarters", "hq", "compound", "office"}

    def _fronted(self, i: int, end: int) -> Chunk | None:
        """Return the subject behind a fronted participle: "Lost on Sunday, the town was won back"."""
        if i > 1:
            return None
        comma = next((k for k in range(end, min(end + 8, len(self.tokens))) if self.tokens[k].low == ","), None)
        return next((c for c in self.chunks if comma is not None and comma < c.start <= comma + 2), None)

    def _antecedent(self, i: int, subject: Chunk | None) -> Chunk | None:
        """Return what "which they have held" takes as its object: the chunk before the relative pronoun, said or left out."""
        k = (subject.start if subject else i) - 1
        if subject is not None and k > 1 and self.tokens[k].low in KIND_NOUNS and self.tokens[i - 1].low != "to":
            return self._counted_as(k)
        if k < 1 or self.tokens[k].low not in ("which", "that"):
            return None
        return next((self._inner(c) for c in self.chunks if k - 1 <= c.end <= k and not isinstance(c, Party)), None)

    def _counted_as(self, k: int) -> Chunk | None:
        """Return the Zaranj of "Zaranj was the first provincial capital the Taliban took"."""
        start = k
        while start > 0 and (self.tokens[start - 1].low in DETERMINERS | MODIFIERS or is_counted(self.tokens[start - 1].low)):
            start -= 1
        counted = any(is_counted(t.low) for t in self.tokens[start:k])
        copula = start > 0 and self.tokens[start - 1].low in BE | {"became", "becomes"}
        return next((c for c in self.chunks if counted and copula and isinstance(c, Places) and c.end == start - 1), None)

    def _inner(self, chunk: Chunk) -> Chunk:
        """Return the place that a province only frames: of "Imam Sahib in Kunduz, which they overran" the district is meant."""
        if not isinstance(chunk, Places):
            return chunk
        described = self._described(chunk)
        if described or chunk.relation is not Relation.FRAME:
            return described or chunk
        framed = (c for c in self.chunks if isinstance(c, Places) and c.end <= chunk.start and c.frame in chunk.mentions)
        return next(framed, chunk)

    def _described(self, chunk: Places) -> Reference | None:
        """Return what a province describes: "the capital of Samangan", "two districts of Samangan"."""
        before = (c for c in self.chunks if isinstance(c, Reference) and c.frame in chunk.mentions)
        return next((c for c in before if self._is_of(c.end, chunk.start)), None)

    def _is_of(self, start: int, end: int) -> bool:
        words = [t.low for t in self.tokens[start:end]]
        return words[:1] == ["of"] and all(w in MODIFIERS or w in DETERMINERS for w in words[1:])

    def _is_inside(self, words: Sequence[str]) -> bool:
        """Tell "surrendered in Alishang", where the place is no object, from "took the bazaar in Alishang"."""
        at = words.index("in") if "in" in words else None
        return at is not None and not any(w in SEAT_NOUNS or w in KIND_NOUNS or w in NUMBER_WORDS for w in words[:at])

    def _in_place_phrase(self, word: str) -> bool:
        return (
            word in DETERMINERS
            or word in _WORTH
            or (word.endswith("ly") and word.startswith(("strategic", "relative", "heavi", "dense", "sparse", "high")))
            or word in MODIFIERS
            or word in KIND_NOUNS
            or word in SEAT_NOUNS
            or word in PORTIONS
            or word in SIZES
            or word in _THINGS_OF
            or word in ADVERBS
            or word
            in (
                "[",
                "#",
                "(",
                '"',
                "\N{LEFT DOUBLE QUOTATION MARK}",
                "-",
                "\N{EN DASH}",
                ",",
                "and",
                "including",
                "namely",
                "key",
                "border",
                "crossing",
                "port",
                "administrative",
                "city",
                "provincial",
                "police",
                "governor",
                "governor's",
                "in",
                "districts",
                "strategic",
                "remote",
                "nearby",
                "of",
            )
            or word in NUMBER_WORDS
            or word.isdigit()
            or is_counted(word)
        )

    def _prepositional(self, preposition: str, end: int) -> Chunk | None:
        """Return the party or place behind a preposition after the verb."""
        for k in range(end, min(end + ARGUMENT_WORDS + 6, len(self.tokens))):
            clause = self.tokens[k].low in BE and self.tokens[k + 1 : k + 2] and self.tokens[k + 1].low not in _SENT
            if self.tokens[k].low in (";", ".", "but", "while", "who") or (preposition == "by" and clause):
                return None
            if preposition == "by" and self.tokens[k].low in ("following", "mediated", "brokered", "negotiated", "arranged"):
                return None
            if self.tokens[k].low == preposition:
                m = k + 1
                while (
                    m < len(self.tokens)
                    and m not in self.starts
                    and (
                        self.tokens[m].low in DETERMINERS
                        or self.tokens[m].low in MODIFIERS
                        or self.tokens[m].low in KIND_NOUNS | {"control": 1}
                        or self.tokens[m].low in SEAT_NOUNS
                        or self.tokens[m].low == "of"
                        or self.tokens[m].text in QUOTES
                        or self.tokens[m].low in ("positions", "local", "approaching")
                        or self.tokens[m].low in NUMBER_WORDS
                    )
                ):
                    m += 1
                if m in self.starts:
                    return self._owned(self.starts[m])
        return None

    def _agents(self, end: int) -> list[Chunk]:
        """Return who stands behind "by". Machine paraphrase writes "seized by the Taliban by resistance forces" for "from ... by ..."."""
        first = self._prepositional("by", end)
        if first is None:
            return []
        second = self.starts.get(first.end + 1) or self.starts.get(first.end + 2)
        doubled = first.end < len(self.tokens) and self.tokens[first.end].low == "by"
        return [first, second] if doubled and isinstance(first, Party) and isinstance(second, Party) else [first]

    def _at(self, end: int) -> Chunk | None:
        k = end
        while (
            k < len(self.tokens)
            and k not in self.starts
            and (self.tokens[k].low in DETERMINERS | KIND_NOUNS.keys() | MODIFIERS | PORTIONS | {"of"})
        ):
            k += 1  # "ousted from the district of Jani Khel"
        return self.starts.get(k)

    def _takes_outpost(self, end: int, *, passive: bool, i: int) -> bool:
        window = self.tokens[max(0, i - 8) : i] if passive else self.tokens[end : end + 6]
        return any(t.low in _OUTPOSTS for t in window)

    def _takes_seat(self, end: int, *, passive: bool, i: int) -> bool:
        """Tell "the governor's compound", "the district headquarters", "their last base" from a post at the place."""
        window = self.tokens[max(0, i - 16) : i] if passive else self.tokens[end : end + 10]
        for a, b in pairwise(window):
            governor = a.low == "governor" and a.possessive and b.low in SEAT_NOUNS | _OUTPOSTS | {"headquarters", "residence"}
            district = a.low in ("district", "provincial") and b.low in (
                "headquarters",
                "compound",
                "office",
                "offices",
                "administration",
            )
            if governor or district or (a.low == "last" and b.low in _OUTPOSTS):
                return True
        return False

    def _sites(self, i: int) -> tuple[Places | Reference, ...]:
        """Return the places of the sentence where it may happen, the likeliest first: in the clause, then nearest."""
        candidates = [c for c in self.chunks if isinstance(c, (Places, Reference))]
        rank = {
            Relation.SITE: 0,
            Relation.NEAR: 1,
            Relation.OFFICE: 3,
            Relation.SOURCE: 3,
            Relation.FRAME: 2,
            Relation.BEARING: 4,
        }

        def key(chunk: Places | Reference) -> tuple[int, int, int]:
            between = range(min(i, chunk.end), max(i, chunk.start))
            where = chunk.end < i and any(t.low == "where" for t in self.tokens[chunk.end : chunk.end + 2])
            crossed = sum(_CROSSED.get(self.tokens[k].low, 0) for k in between)
            return -1 if where else rank[chunk.relation], crossed, abs(chunk.start - i)

        return tuple(sorted(candidates, key=key))

    # --- phrases ---

    def _phrases(self) -> Iterator[Frame]:
        for predicate, words in self.lexicon.phrases_among({t.low for t in self.tokens}):
            if "{actor}" in words:
                for chunk in self.chunks:
                    if isinstance(chunk, Party) and (chunk.pronoun in (None, "enemy") or chunk.end - chunk.start > 1):
                        found = self._around(predicate, words, chunk)
                        if found:
                            yield found
            elif words[0].startswith("{actor}-"):
                yield from self._held(predicate)
            else:
                yield from self._plain_phrase(predicate, words)

    def _held(self, predicate: Predicate) -> Iterator[Frame]:
        """Read "Taliban-held Almar": the holder stands in the adjective, the place behind it."""
        for chunk in self.chunks:
            place = self.starts.get(chunk.end)
            if not isinstance(chunk, Party) or not HOLDING.fullmatch(self.tokens[chunk.start].low):
                continue
            place = self._called_held(chunk) if place is None else place
            if isinstance(place, Places):
                yield Frame(
                    predicate,
                    chunk.start,
                    chunk.end,
                    frozenset(),
                    False,
                    place,
                    chunk,
                    None,
                    True,
                    subject=place,
                    nearby=(place,),
                )

    def _called_held(self, chunk: Party) -> Chunk | None:
        """Return the place of "Almar is now Taliban-held"; with a noun behind it the adjective is that noun's."""
        behind = self.tokens[chunk.end].low if chunk.end < len(self.tokens) else "."
        left = self._left(chunk.start, None, passive=False)
        between = [t.low for t in self.tokens[left.end : chunk.start]] if left else []
        ends = behind in _WHEN_OR_WHERE | {";", "since", "and", "but", "for", "as"}
        said = any(w in BE or w in ("remains", "remained") for w in between)
        return (
            left
            if ends
            and said
            and all(
                w in BE | HAVE | ADVERBS | KIND_NOUNS.keys() | {"remains", "remained", "assessed", "considered", "as"}
                for w in between
            )
            else None
        )

    def _around(self, predicate: Predicate, words: tuple[str, ...], chunk: Party) -> Frame | None:
        at = words.index("{actor}")
        before, after = words[:at], words[at + 1 :]
        k = chunk.start - 1
        start = self._backwards(before, k)
        owner = bool(after) and chunk.end < len(self.tokens) and self.tokens[chunk.end].text in _OF_PLURALS  # "the rebels' hands"
        behind = chunk.end + owner
        if start is None or tuple(t.low for t in self.tokens[behind : behind + len(after)]) != after:
            return None
        as_if = start - (start > 0 and self.tokens[start - 1].low == "as" and self._is_assessed(start))
        left = self._left(as_if, None, passive=False) or self._left_place(as_if)
        if before[:3] == ("in", "control", "of") and not self._is_own_subject(left, start):
            return None  # "the Taliban were in control of the police headquarters"
        if not after and chunk.end < len(self.tokens) and self.tokens[chunk.end].low in DEEDS | _PRESSURE:
            return None  # "are under Taliban attack"
        gained = any(t.low in predicate.gained_after for t in self.tokens[max(0, start - 4) : start])
        if not isinstance(left, (Places, Reference)) and not (isinstance(left, Party) and left.pronoun == "it"):
            left = self._left_place(as_if)
        return Frame(
            predicate,
            start,
            behind + len(after),
            frozenset(),
            False,
            left,
            chunk,
            None,
            left is not None,
            gained=gained,
            subject=left,
            nearby=self._sites(start),
        )

    def _is_assessed(self, start: int) -> bool:
        """Tell what an analyst takes a place for: "assess the district as under Taliban control"."""
        return any(t.low.startswith(("assess", "consider", "regard", "list")) for t in self.tokens[max(0, start - 9) : start])

    def _is_own_subject(self, left: Chunk | None, start: int) -> bool:
        """Tell "Nesh is in control of the Taliban": nothing but a form of "be" stands behind the place."""
        between = [] if left is None else [t.low for t in self.tokens[left.end : start]]
        return isinstance(left, (Places, Reference)) and all(
            w in BE or w in HAVE or w in ADVERBS or w in KIND_NOUNS for w in between
        )

    def _backwards(self, words: tuple[str, ...], k: int) -> int | None:
        for word in reversed(words):
            while (
                k >= 0
                and self.tokens[k].low != word
                and (self.tokens[k].low in DETERMINERS | ADVERBS or self.tokens[k].low in ("full", "complete", "firmly", "firm"))
            ):
                k -= 1
            if k < 0 or self.tokens[k].low != word:
                return None
            k -= 1
        return k + 1

    def _plain_phrase(self, predicate: Predicate, words: tuple[str, ...]) -> Iterator[Frame]:
        for i in range(len(self.tokens) - len(words) + 1):
            if self.tokens[i].low == words[0] and tuple(t.low for t in self.tokens[i : i + len(words)]) == words:
                end = i + len(words)
                left = (
                    self.starts.get(end) or self.starts.get(end + 1)
                    if predicate.roles.get("object") == "place"
                    else self._left_place(i)
                )
                left = (
                    left if isinstance(left, (Places, Reference)) or (isinstance(left, Party) and left.pronoun == "it") else None
                )
                holder = next((c for c in self.chunks if isinstance(c, Party) and c.end == i), None)
                gained = any(t.low in ("back", "soon") for t in self.tokens[max(0, i - 4) : i])
                yield Frame(
                    predicate,
                    i,
                    i + len(words),
                    frozenset(),
                    False,
                    left,
                    holder,
                    None,
                    left is not None,
                    gained=gained,
                    subject=left,
                    nearby=self._sites(i),
                )

    def _is_site_of_thing(self, chunk: Chunk) -> bool:
        """Tell where a building or a base stands from what is spoken of: "the airport of Kunduz, controlled by the government"."""
        k = chunk.start - 1
        while k > 0 and (self.tokens[k].low in DETERMINERS or self.tokens[k].low in MODIFIERS - {"of"}):
            k -= 1
        only = any(t.low == "only" for t in self.tokens[max(0, k - 5) : k + 1])  # "only the governor's compound in Nesh"
        within = k > 0 and only and self.tokens[k].low in ("of", "in", "at")
        placed = k > 0 and self.tokens[k].low in ("of", "in", "at", "outside", "near", "around")
        within = within or (placed and self.tokens[k - 1].low in _BUILT)
        return within or (k > 0 and self.tokens[k].low == "between")  # the road between two towns

    def _left_place(self, i: int) -> Places | Reference | Party | None:
        """Return the nearest place, or "it", left of a phrase in its clause."""
        k = i - 1
        while k >= 0 and (self.tokens[k].low in ADVERBS or self.tokens[k].low in BE | HAVE):
            k -= 1
        i = self._before_aside(k) if k >= 0 and self.tokens[k].low == "," else i
        for chunk in reversed([c for c in self.chunks if c.end <= i]):
            if self._barred(chunk.end, i, skip=False):
                return None
            if isinstance(chunk, Party) and chunk.pronoun == "it":
                return chunk
            if isinstance(chunk, Places) and self.tokens[chunk.end - 1].possessive:
                continue
            if self._is_site_of_thing(chunk):
                return None
            if self._may_be_held(chunk):
                return (isinstance(chunk, Places) and self._described(chunk)) or chunk
        return None

    def _may_be_held(self, chunk: Chunk) -> TypeGuard[Places | Reference]:
        related = any(t.low in ("which", "that") for t in self.tokens[chunk.end : chunk.end + 2])
        placed = isinstance(chunk, Places) and (related or chunk.relation in (Relation.SITE, Relation.OFFICE))
        return placed or isinstance(chunk, Reference)


def _is_edge(chunk: Chunk) -> bool:
    """Tell a country of which only the border is meant."""
    return isinstance(chunk, Places) and chunk.relation is Relation.BEARING and any(p.kind is Kind.COUNTRY for p in chunk.named)


def _is_there(chunk: Chunk) -> bool:
    """Tell the adverb "there", which says where but is no subject or object."""
    return isinstance(chunk, Reference) and chunk.noun == "there"


class _Roles:
    """What has been filled so far; the first chunk of the right kind keeps a role."""

    def __init__(self, predicate: Predicate) -> None:
        self.predicate = predicate
        self.place: Places | Reference | Party | None = None
        self.actor: Party | None = None
        self.target: Party | None = None
        self.direct = False

    def fill(self, role: str, chunk: Chunk | None, *, direct: bool) -> None:
        if chunk is None:
            return
        if role == "place" and self.place is None and (isinstance(chunk, (Places, Reference)) or chunk.pronoun == "it"):
            self.place, self.direct = chunk, direct
        elif role == "actor" and self.actor is None and isinstance(chunk, Party):
            self.actor = chunk
        elif (
            role == "actor" and self.place is None and isinstance(chunk, Places) and "place" not in self.predicate.roles.values()
        ):
            self.place, self.direct = chunk, direct
        elif role == "target" and self.target is None and isinstance(chunk, Party):
            self.target = chunk
