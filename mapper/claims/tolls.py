"""A sentence's counts into drafts of claims, one a side: where, by whom, of what kind, on which day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from mapper.claims import attribution, counts, status
from mapper.claims.chunks import Places, Reference, Relation
from mapper.claims.counts import Toll
from mapper.claims.frames import Frame
from mapper.claims.lexicon import TOLL
from mapper.claims.memory import Named
from mapper.claims.needs import UNARMED
from mapper.claims.sites import is_goal
from mapper.claims.story import BATTLES, LIVE, NON_VIOLENT, REMOTE, WEAPONS, Context, Draft, distinct
from mapper.claims.times import Times
from mapper.model import Actor, Control, Count, Harm, Hop, Kind, Status
from mapper.text import fold

AIR = "Air/drone strike"
ABDUCTION = "Abduction/forced disappearance"
_ALL_OVER = re.compile(
    r"\b(?:(?:across|around|throughout|over) (?:the|all of the|the whole) country|countrywide|nationwide|across afghanistan|throughout afghanistan"
    r"|in the country|in operations|in the (?:last|past) 24 hours|(?:in|over|during) the (?:last|past) (?:\w+ )?(?:months?|years?)"
    r"|(?:in|across) (?:several|various|different|many|\w+) (?:other )?(?:provinces|parts of the country))\b"
)
"""Losses of the whole war on a day, which belong to no place told of before."""
_BODIES = re.compile(r"\b(?:bod(?:y|ies)|corpses?)\b.{0,80}\b(?:found|discovered|recovered|dumped|left)\b|\bkilling of\b")
"""Dead that somebody finds, or whose killing is told of, were killed by an unknown hand, in no fight that is told of."""
_CODED = re.compile(r"\b(?:coded as|fatalities (?:coded|split|divided|recorded)|estimated as \d+ fatalities)\b")
"""What analysts note of their own coding."""
_ATTACKERS = re.compile(r"\b(?:attackers|assailants|bombers|raiders)$")
"""Those who did what was told last."""
_SOME_CIVILIANS = re.compile(r"\b(?:including|incl\.|among them|of them)\b[^.;]{0,30}\bcivilians?\b")
_ON_THE_UNARMED = frozenset([ABDUCTION, "Attack", "Excessive force against protesters"])
"""Deeds in which those who do them are not hurt."""
_CHARGED = frozenset("suspicion suspected accused charges charged convicted".split())
"""What somebody did who is arrested for it is not of the day on which he is."""
_IN_WAR_WITHIN = 9
"""Words behind a toll in which a war may be named that it is of."""
_IN_WAR = re.compile(
    r"(?:[^\s,;]+ ){0,5}(?:(?:during|throughout) the (?:\S+ )?(?:war|campaign|conflict)|in the (?:\S+-year|long) (?:war|campaign|conflict))\b"
)
"""Behind the dead of a whole war, who are not of the day."""
_NEXT_BREATH = 3
"""Words just before a toll in which a semicolon goes on with the same story."""
_OF_A_WAR = 1000
"""Dead from which on a toll may be of a whole war."""
_WAR_KILLS = re.compile(
    r"\b(?:war|conflict|insurgency|uprising)\b(?: \S+){0,9}? (?:has|have) (?:killed|claimed|cost)|(?:killed|died|dead) in the (?:war|conflict)\b"
)
"""Who counts thousands so counts the dead of a whole war."""
_TOTAL = 4
"""Tokens of a sentence that is a total alone."""
_MEN = frozenset(["men", "people", "others", "elders", None])
SUBJECT_WORDS = 6
UNIDENTIFIED = "unidentified"
TOLD_ON = 3
"""Paragraphs for which the dead that are counted are those of the strike or the bomb told of last."""


class Tolls(Times):
    """How many: reads counts of people harmed."""

    def tolls(self, context: Context, drafts: Sequence[Draft]) -> Iterator[Draft]:
        """Turn the sentence's counts into claims, one a side."""
        if self._is_repeated_total(context):
            return
        grouped, sides = self._by_side(context)
        if grouped and not drafts and self._is_accident(context, [t for tolls in grouped.values() for t in tolls]):
            return
        for key, tolls in grouped.items():
            draft = self._toll_draft(context, tolls, sides[key], drafts)
            if draft:
                yield draft

    def _opens_deed(self, context: Context, frame: Frame) -> bool:
        """Tell another deed in the same sentence: "..., and a bomb wounded two"."""
        before = [t.low for t in context.sentence.tokens[max(0, frame.start - 3) : frame.start]]
        return (
            not frame.forms and frame.predicate.codes in REMOTE and before[-2:] in (["and", "a"], ["and", "an"], ["while", "a"])
        )

    def _is_repeated_total(self, context: Context) -> bool:
        """Tell the "5 fatalities." with which an analyst closes a note that has counted them."""
        told = any(d.counts and d.sentence.paragraph == context.sentence.paragraph for d in self.told)
        return (
            told
            and len(context.sentence.tokens) <= _TOTAL
            and any(t.low in ("fatality", "fatalities") for t in context.sentence.tokens)
        )

    def _counted(self, context: Context) -> Iterator[Toll]:
        """Yield the counts of a sentence but for what an analyst notes of the coding: "(coded as 20 fatalities)"."""
        noted = _CODED.search(context.low)
        stop = context.low[: noted.start()].count(" ") if noted else len(context.sentence.tokens)
        yield from (
            toll for toll in counts.find(context.sentence.tokens, context.chunks) if toll.end <= stop + 1 and toll.start < stop
        )

    def _by_side(
        self, context: Context
    ) -> tuple[dict[tuple[str | None, int], list[Toll]], dict[tuple[str | None, int], Actor | None]]:
        """Group a sentence's counts by whose dead they are and who says so; those counted together become one."""
        side: Actor | None = None
        inherited: Toll | None = None
        grouped: dict[tuple[str | None, int], list[Toll]] = {}
        sides: dict[tuple[str | None, int], Actor | None] = {}
        latest: dict[tuple[str | None, int], tuple[str | None, int]] = {}
        breaks = [s.speaker.start for s in self.sayings]
        breaks += [context.sentence.tokens[f.start].start for f in context.frames if self._opens_deed(context, f)]
        for toll in self._counted(context):
            at = context.sentence.tokens[toll.start].start
            before = side
            between = [t.low for t in context.sentence.tokens[inherited.end : toll.start]] if inherited else []
            parted = ";" in between[: -_NEXT_BREATH or None]  # another story, and no "; 12 more were wounded"
            side = self._side(context, toll, at) or (side if inherited and not parted else None)
            if toll.joined and inherited and before is None and inherited.noun in _MEN and side and side.side == "civilians":
                before = side  # the men of "three men and two women" are none of the fighters
                self._move(grouped, sides, inherited, side)
            group = sum(start < at for start in breaks)
            key = latest.get((side.name if side else None, group), (side.name if side else None, group))
            same = [t for t in grouped.get(key, ()) if t.harm is toll.harm]
            if same and toll.joined and before == side:
                grouped[key] = [_sum(t, toll) if t is same[-1] else t for t in grouped[key]]
                inherited = toll
                continue
            if same:
                key = latest[(key[0], group)] = (key[0], group + 1000 + toll.start)
            grouped.setdefault(key, []).append(toll)
            sides[key] = side
            inherited = toll
        return grouped, sides

    def _move(
        self,
        grouped: dict[tuple[str | None, int], list[Toll]],
        sides: dict[tuple[str | None, int], Actor | None],
        toll: Toll,
        side: Actor,
    ) -> None:
        """Put a count that had no side on one."""
        for key in [k for k, tolls in grouped.items() if k[0] is None and toll in tolls]:
            grouped[key].remove(toll)
            if not grouped[key]:
                del grouped[key], sides[key]
            grouped.setdefault((side.name, key[1]), []).append(toll)
            sides[(side.name, key[1])] = side

    def _is_accident(self, context: Context, tolls: Sequence[Toll]) -> bool:
        """Tell the dead of floods, roads and illness, in the sentence that says so and in what goes on from it."""
        if any(toll.agent for toll in tolls):
            return False
        if self.tells_accident(context):
            return True
        told = self.accident
        near = told is not None and context.sentence.paragraph - told.paragraph <= 1
        return near and (self.last is None or told is None or self.last.sentence.index < told.index)

    def _side(self, context: Context, toll: Toll, at: int) -> Actor | None:
        hops, _ = attribution.chain(self.reading, self.sayings, at)
        if toll.party is not None:
            found = self.party(context, toll.party, hops)
            if _ATTACKERS.search(fold(self.words(toll.party))) and self.last and self.last.actor:
                return self.last.actor
            if fold(self.words(toll.party)).endswith("people") and _SOME_CIVILIANS.search(context.low):
                return None  # "thirteen people, including four civilians"
            if {"former", "ex"} & set(fold(self.words(toll.party)).replace("-", " ").split()):
                return self.actors.by_name.get("Civilians")
            if found and found.side == "civilians" and self.about_protest(context):
                return self.actors.by_name.get("Protesters", found)
            return found
        if toll.noun and counts.is_civilian(toll.noun) and toll.noun not in ("others", "men", "people"):
            return self.actors.by_name.get("Protesters" if self.about_protest(context) else "Civilians")
        if "all of them civilians" in context.low:
            return self.actors.by_name.get("Civilians")
        return None

    def _toll_draft(self, context: Context, tolls: Sequence[Toll], side: Actor | None, drafts: Sequence[Draft]) -> Draft | None:
        at = context.sentence.tokens[tolls[0].start].start
        hops, stances = attribution.chain(self.reading, self.sayings, at)
        frame = _governing(drafts, at)
        model = frame or (self.last if self._is_told_on(context) else None)
        places = self._toll_places(
            context, tolls, [d for d in drafts if frame and (d.at, d.pattern) == (frame.at, frame.pattern)]
        )
        whole_war = not places and _ALL_OVER.search(context.low) is not None
        if frame is None and model is not None and (whole_war or self._is_elsewhere(model, places)):
            model = None
        agent = self._agent(context, tolls, side, hops)
        told = model is not None and (agent is None or model.actor == agent)
        if side is None and told and model is not None and model.target is not None and (model.codes in REMOTE or model.counts):
            side = self.actors.by_name.get(model.counts[-1].side or "") if model.counts else model.target
            armed = any(t.noun and counts.bears_arms(t.noun) for t in tolls)
            side = None if armed and side and side.side in UNARMED else side
        codes = self._toll_codes(tolls, frame if agent else model, side, frame is not None, context, agent)
        actor = agent or self._toll_actor(model, side, codes)
        day, precision, past = self._toll_day(context, tolls, model)
        past = past or self._is_of_no_day(context, tolls)
        said = Frame(TOLL, tolls[0].start, tolls[-1].end, frozenset())
        denied = bool(stances) and stances[-1] == "deny"
        judged = status.judge(said, context.sentence, [s for s in stances if s != "deny"], self.lexicon, past=past)
        tokens = context.sentence.tokens
        false = status.called_false(said, tokens) or status.is_rejected(said, tokens)
        if judged is Status.DENIED and not denied and not false:
            judged = Status.ASSERTED
        hops = self.denier(context, said, judged, hops)
        if judged is Status.ASSERTED and denied and any(t.high != 0 for t in tolls):
            judged = Status.DENIED
        named, name, over = self._toll_unit(places)
        total = tuple(
            Count(t.harm, t.low, t.high, side.name if side else None, t.vague, None, over) for t in tolls
        )  # fmt: skip
        if named is None and judged is not Status.PAST and not model and all(t.vague or t.high == 0 for t in tolls):
            return None
        defused = frame is None and bool(self.told) and self.told[-1].codes == "Disrupted weapons use"
        if defused and all(t.high == 0 for t in tolls):
            return None  # a bomb was found, and nobody was hurt
        dated = any(w.day == day for w in context.whens) or (model is not None and model.dated and model.day == day)
        return Draft(
            context.sentence, at, named, name, Control.NONE, codes, actor, None, side, judged, day, precision, "toll", hops, total,
            dated=dated, over=distinct([n for n, _ in places if n]) if over > 1 else (),
        )  # fmt: skip

    def denier(self, context: Context, frame: Frame, judged: Status, hops: tuple[Hop, ...]) -> tuple[Hop, ...]:
        """Leave out whose claim it is that is called false: "the Taliban's claim of X is false, the Front said"."""
        cue = (hops[-1].cue or "").casefold() if len(hops) > 1 else ""
        false = judged is Status.DENIED and status.called_false(frame, context.sentence.tokens)
        return hops[:-1] if false and cue in ("claim", "claims", "report", "reports", "rumours", "rumors") else hops

    def _is_of_no_day(self, context: Context, tolls: Sequence[Toll]) -> bool:
        """Tell the dead of a whole war, of months or years, and those for whom somebody is arrested."""
        tokens = context.sentence.tokens
        behind = " ".join(t.low for t in tokens[tolls[-1].end : tolls[-1].end + _IN_WAR_WITHIN])
        before = pairwise(t.low for t in tokens[max(0, tolls[0].start - 5) : tolls[0].start])
        arrested = any(f.predicate.codes == "Arrests" for f in context.frames)
        charged = arrested and any(a in _CHARGED and b == "of" for a, b in before)
        many = any((t.low or 0) >= _OF_A_WAR for t in tolls) and _WAR_KILLS.search(context.low) is not None
        summed = self.sums_up(context) and not any(w.day and w.precision == 1 for w in context.whens)
        return charged or summed or many or _IN_WAR.match(behind) is not None

    def _is_elsewhere(self, model: Draft, places: list[tuple[Named | None, str | None]]) -> bool:
        """Tell the dead of another place than the violence told of last: they died of something else."""
        units = {n.place.unit for n, _ in places if n and n.place.admin2_pcode}
        told = model.named.place if model.named else None
        if told is None:
            return any(n for n, _ in places)
        if not units:
            return False
        whole_war = told.kind is Kind.COUNTRY and model.control is not Control.NONE
        return (told.admin2_pcode is not None or whole_war) and told.unit not in units

    def _is_told_on(self, context: Context) -> bool:
        """Tell whether what was told last is still the matter: another item of a list is another matter."""
        return self.last is not None and self.last.sentence.heading == context.sentence.heading

    def _agent(self, context: Context, tolls: Sequence[Toll], side: Actor | None, hops: tuple[Hop, ...]) -> Actor | None:
        """Return the armed party that the sentence says did the harm."""
        agents = [self.party(context, t.agent, hops) for t in tolls]
        return next((a for a in agents if a and a.side not in UNARMED and (side is None or a.side != side.side)), None)

    def _toll_places(
        self, context: Context, tolls: Sequence[Toll], told: Sequence[Draft]
    ) -> list[tuple[Named | None, str | None]]:
        """Return where a toll is of: `told` are the drafts, one a place, of the deed that governs it."""
        middle = context.sentence.tokens[tolls[0].start].start
        groups = [
            c
            for c in context.chunks
            if isinstance(c, (Places, Reference)) and c.relation in (Relation.SITE, Relation.NEAR) and not is_goal(context, c)
        ]
        groups.sort(key=lambda c: (c.start < tolls[0].start, abs(context.sentence.tokens[c.start].start - middle)))
        spoken = [c for c in groups if self.is_of_speaker(context, c)]
        found = self.first([c for c in groups if c not in spoken], middle)
        if found:
            return found
        if any(draft.named for draft in told):
            return [(draft.named, draft.place_name) for draft in told if draft.named]
        if _ALL_OVER.search(context.low) or self.sums_up(context):
            return []
        if self.fought and not context.abroad and self._is_told_on(context):
            return [(n, n.place.name) for n in self.fought]
        last = self.last if self._is_told_on(context) and not context.abroad else None
        if found := self.elsewhere(context):
            return found
        return [(last.named, last.place_name)] if last and last.named and last.status in LIVE else self.first(spoken, middle)

    def _toll_unit(self, places: list[tuple[Named | None, str | None]]) -> tuple[Named | None, str | None, int]:
        """Return the one place of a toll: the smallest unit around all of them when it is a total over several."""
        named = [n for n, _ in places if n]
        if not named:
            return None, None, 1
        if len(named) == 1:
            return named[0], places[0][1], 1
        provinces = {n.place.admin1_pcode for n in named}
        common = provinces.pop() if len(provinces) == 1 else None
        if common is None:
            return None, None, len(named)
        return Named(self.gazetteer.unit(common), named[0].span), self.gazetteer.unit(common).name, len(named)

    def _toll_codes(
        self, tolls: Sequence[Toll], model: Draft | None, side: Actor | None, here: bool, context: Context, agent: Actor | None
    ) -> str:
        taken_too = model is not None and model.codes == ABDUCTION and any(t.harm is not Harm.CAPTURED for t in tolls)
        if (
            model is not None
            and model.codes in REMOTE
            and not taken_too  # "killed six and abducted three"
            and not (model.codes == "Attack" and not here and any(t.noun and counts.bears_arms(t.noun) for t in tolls))
            and not (model.codes in _ON_THE_UNARMED and side and model.actor and model.actor.side == side.side)
            and (here or model.sentence.paragraph >= context.sentence.paragraph - TOLD_ON)
        ):
            return model.codes
        if agent is not None and self._is_from_air(context):
            return AIR
        if deed := self._unplaced_deed(context, tolls):
            return deed
        if side is not None and side.side == "protesters" and agent is not None and agent.side != UNIDENTIFIED:
            return "Excessive force against protesters"
        if side is not None and side.side in UNARMED and (model is None or _is_no_battle(model)):
            return "Attack"
        alone = agent is not None and all(t.low == t.high == 1 for t in tolls)  # one person at somebody's hands, in no fight
        unfought = side is None and model is None and (alone or _BODIES.search(context.low))
        return "Attack" if unfought else "Armed clash"

    def _unplaced_deed(self, context: Context, tolls: Sequence[Toll]) -> str | None:
        """Return the kind of a strike or a bomb that killed where the text names no place that is known."""
        deeds = [
            f
            for f in context.frames
            if f.predicate.codes in WEAPONS and f.predicate.needs <= {"place", "aircraft"} and self.meets(context, f, None, None)
        ]
        tokens, at = context.sentence.tokens, tolls[0].start
        deeds = [f for f in deeds if not any(t.low == ";" for t in tokens[min(at, f.start) : max(at, f.start)])]
        near = min(deeds, key=lambda f: abs(f.start - tolls[0].start), default=None)
        return near.predicate.codes if near else None

    def _is_from_air(self, context: Context) -> bool:
        """Tell aircraft that kill without a strike being named: "a coalition air weapons team killed five"."""
        opening = [t.low for t in context.sentence.tokens[:SUBJECT_WORDS]]
        backed = any(word in opening for word in ("backed", "supported", "aided", "assisted", "with"))
        return not backed and not self.lexicon.words("context", "aircraft").isdisjoint(opening)

    def _toll_actor(self, model: Draft | None, side: Actor | None, codes: str) -> Actor | None:
        """Whoever fights the side that lost people; for remote violence the one who did it."""
        if model is not None and model.actor is not None and (side is None or model.actor.side != side.side):
            return model.actor
        if (
            model is not None
            and model.codes not in REMOTE
            and model.target is not None
            and side is not None
            and model.target.side != side.side
            and model.target.side not in UNARMED
        ):
            return model.target
        return self.opponent(side, Control.NONE, "Armed clash") if codes == "Armed clash" and model is not None else None

    def _toll_day(self, context: Context, tolls: Sequence[Toll], model: Draft | None) -> tuple[date | None, int | None, bool]:
        when = self.nearest(context, tolls[0].start, tolls[-1].end)
        later = -(when.offset or 0) if when is not None else 0
        base = self.day_before(when) if when is not None and later > 0 else None
        if base is not None:
            return base + timedelta(days=later), 1, False  # "the killing of an officer a day later"
        if when is not None and when.offset is None:
            old = when.day and self.published and (self.published - when.day).days > self.settings.past_after_days
            return when.day, when.precision, when.far or bool(old and not self.noted(context))
        if note := self.noted(context):
            return note.day, note.precision, False
        paragraph, past = self.paragraph_past
        if past and paragraph == context.sentence.paragraph:
            return None, None, True
        if model is not None and (model.status is not Status.PAST or model.sentence.paragraph == context.sentence.paragraph):
            return model.day, model.precision, model.status is Status.PAST
        chosen = self.main_day or self.published
        return chosen, 2 if chosen else None, False


def _sum(first: Toll, second: Toll) -> Toll:
    """Add two counts: an open bound stays open."""
    low = None if first.low is None or second.low is None else first.low + second.low
    high = None if first.high is None or second.high is None else first.high + second.high
    return replace(first, low=low, high=high, end=second.end, vague=first.vague or second.vague)


def _is_no_battle(model: Draft) -> bool:
    """Tell what the civilians who died in it were the target of: "killed in attacks by the Taliban" names no other."""
    unnamed = model.pattern in ("attack", "attack-noun") and not model.opposed
    return unnamed or model.codes not in ("Armed clash", *BATTLES)


def _governing(drafts: Sequence[Draft], at: int) -> Draft | None:
    """Return the draft of the sentence that a toll belongs to: the nearest that kills, else the nearest fight."""
    drafts = [d for d in drafts if d.status not in (Status.PLANNED, Status.DENIED)]
    violent = [d for d in drafts if d.codes in REMOTE] or [d for d in drafts if d.codes in ("Armed clash", *BATTLES, NON_VIOLENT)]
    return min(violent, key=lambda d: abs(d.at - at)) if violent else None
