"""A laid-out article into claims: each frame gets its place, its parties, its day, its status, its speaker."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from mapper.actors import Form as AliasForm
from mapper.claims import attribution, counts, dates, portions, status
from mapper.claims.chunks import Party, Places, Reference
from mapper.claims.dates import When
from mapper.claims.frames import Frame
from mapper.claims.memory import Named
from mapper.claims.morphology import Form
from mapper.claims.needs import UNARMED
from mapper.claims.numbers import is_counted
from mapper.claims.sayings import Saying
from mapper.claims.sites import stranger
from mapper.claims.story import AIR_RAID, BATTLES, LIVE, NON_VIOLENT, REMOTE, TAKING, TRANSFER, Context, Draft
from mapper.claims.tokens import BE, DETERMINERS, NEGATIONS, Token
from mapper.claims.tolls import ABDUCTION, UNIDENTIFIED, Tolls
from mapper.model import Actor, Claim, Control, Count, Evidence, Harm, Hop, HopKind, Kind, Status
from mapper.text import fold

AIR = "Air/drone strike"
ARRESTS = "Arrests"
_SAID = re.compile(
    r"\b(?:claims?|reports?|allegations?|rumou?rs?|accusations?|that|it|this|assertions?|case|accounts?|stor(?:y|ies)|news|any|involvement|responsibility|charges?|killings?|attacks?|being behind|role|part)\b"
)
"""What a denial denies, when it does not say it again."""

_CONFIRMED = re.compile(
    r"\W*(?:the|this|that|it|its|their|these|those)?\s*(?:(?:re)?capture|fall|loss|seizure|takeover|news|reports?|claims?|account|it|this|that)?\W*$"
)
_BLASTS = frozenset("bomb bombs bombing bombings blast blasts explosion explosions".split())
_EARLIER = frozenset("earlier previous prior past old similar".split())
"""What stands before the noun of a deed that is not today's: "blamed for earlier ambushes"."""
_ANOTHER = re.compile(
    r"(?:elsewhere|separately|in (?:a|another|an) (?:separate|different|unrelated|other)?\b ?(?:incident|attack|development|case|event))\b"
)
"""How a sentence opens that turns to something else: who did the last thing did not do this."""
_CLAIMED = frozenset("claimed claims claim took takes taken accepted accepts".split())
_DEEDS_CLAIMED = frozenset(
    "attack attacks bombing blast explosion killing assassination assault raid ambush strike shooting".split()
)
_DATES = frozenset("puts put dates dated date places placed".split())
_CROWDED = (
    "Peaceful protest", "Protest with intervention", "Excessive force against protesters", "Violent demonstration",
)  # fmt: skip
_OCCASIONS = {
    **dict.fromkeys(("rally", "protest", "march", "demonstration"), _CROWDED),
    **dict.fromkeys(("strike", "bombing", "raid", "airstrike"), (AIR,)),
    **dict.fromkeys(("attack", "assault", "clash", "battle", "fighting", "ambush"), ("Armed clash", "Attack")),
    **dict.fromkeys(("blast", "explosion"), ("Remote explosive/landmine/IED", "Suicide bomb")),
    **dict.fromkeys(("fall", "capture", "takeover", "handover", "seizure"), (*BATTLES, NON_VIOLENT)),
}
"""Nouns for an occasion that somebody dates anew -> what it may be coded as."""
_DEED = r"(?:attack|assault|blast|bombing|bomb|explosion|killing|murder|shelling|shooting|strike|raid|ambush|violence|incident|massacre)s?"
_OF_DEEDS = re.compile(
    rf"\b(?:(?:involvement|responsibility|(?:any|a) (?:role|part))(?: (?:in|for) (?:it|(?:the|this|that|any) {_DEED}))?"
    rf"|(?:being behind|carrying out)(?: (?:it|(?:the|this|that|any) {_DEED}))?|killings?)\W*$"
)
"""What somebody denies who is said to have done a deed."""
_OF_REPORTS = re.compile(
    r"^\W*(?:the|these|those|such|this|all|that) (?:\w+ )?(?:reports?|accusations?|allegations?|charges?|claims?|account|story)\W*(?:$|as\b|,|saying)"
)
"""What somebody calls untrue without saying of what it tells."""
_WE_DENY = re.compile(r"^\W*(?:we|i) (?:\w+ )?(?:deny|reject|dismiss) (?:it|this|that|these|them|the (?:claim|report)s?)\b")
_REFERS = re.compile(
    r"\W*(?:(?:this|that|it|the (?:claim|report|statement|account)|(?:these|those|the|such) (?:claims|reports))\b|was not\b).{0,40}$"
)
"""What somebody says of what was said before: "this is not true"."""

_NOUNS_OF_FIGHTING = frozenset(["fight-noun", "attack-noun"])
_INFIGHTING = frozenset("infighting rival rivals fellow factions internal mistakenly friendly mutiny".split())
_CORRECTS = re.compile(
    r"\b(?:(?:earlier|previous) versions? of this (?:article|story|post|report|page)|this (?:article|story|post|report) (?:originally|initially|wrongly|incorrectly)"
    r"|(?:wrongly|incorrectly|erroneously|mistakenly) (?:reported|stated|said))\b"
)
"""What an outlet takes back, or what was wrong from the start."""
_LOCAL = re.compile(r"\b(?:in|of) the (?:city|town|district|province|village)\b")
_BRIEF = re.compile(
    r"\W*(?:but |yet |however, )?"
    r"(?:it|this|that|(?:the|their|his) (?:capture|gains?|victory|takeover|seizure|hold|control|success|triumph|liberation)) "
    r"(?:(?:did not|didn.t|would not) (?:last|hold)|(?:was|were|proved) (?:short-lived|brief)|lasted (?:only|barely|just|less than|no more than|not even)) ?\b"
)
"""What is said of a gain that was lost again."""
_JUST_SAID = 3
"""Sentences within which "it" is what was taken."""

_DONE_OR_NOTHING = frozenset(["enter", "walk-into", "enter-unopposed", "contested-state", "troops-there-are"])
"""Rows that say nothing of a place that was not entered, or is not disputed, or has no troops."""

_HOISTED = frozenset("raised hoisted planted unfurled".split())
_FIRES = frozenset("fire fires fired firing launch launches launched launching".split())
_FIRED = 6
"""Words between an aircraft and what it fires, a flag and the verb of its hoisting."""
_FIGHTS = frozenset(["fighting", "clashes", "battle", "battles"])


class Extraction(Tolls):
    """Reads one article. `claims` does the work; what it inherits answers who, where, when and how many."""

    def claims(self) -> tuple[Claim, ...]:
        """Return the article's claims in text order."""
        if self._is_off_topic():
            return ()
        self.survey()
        drafts: list[Draft] = []
        for context in self.contexts:
            found = list(self._sentence(context))
            self.remember(context, found)
            if not found and not _is_of_own(context) and status.disclaims(context.sentence, self.lexicon):
                drafts = [self._doubted(draft, context) for draft in drafts]
            drafts.extend(found)
        return self._finish([self._coded_anew(draft) for draft in _dated_alike(drafts)])

    def _coded_anew(self, draft: Draft) -> Draft:
        """Code a taking by who was the state on the day that it was given after all."""
        if draft.codes not in BATTLES:
            return draft
        party = draft.target if draft.control is Control.LOST else draft.actor
        foreign = _of_foreign_state(draft.actor, draft.actor_reported, TAKING)
        return replace(draft, codes=foreign or self._sub_event(TAKING, party, draft.day, draft.target))

    def _doubted(self, draft: Draft, context: Context) -> Draft:
        """Apply "neither account could be verified" to what somebody was just said to say."""
        near = status.doubts_all(context.sentence) or context.sentence.paragraph - draft.sentence.paragraph <= 1
        cited = len(draft.hops) > 1 and draft.status is Status.ASSERTED
        return replace(draft, status=Status.UNCONFIRMED) if near and cited else draft

    def _is_off_topic(self) -> bool:
        domain = self.lexicon.cues["domain"]
        words = {token.low for sentence in self.reading.sentences for token in sentence.tokens}
        return any(len(words.intersection(domain[field])) >= domain["minimum"] for field in ("sport", "film"))

    def _sentence(self, context: Context) -> Iterator[Draft]:
        sentence = context.sentence
        if sentence.question or sentence.tokens[0].low in ("how", "whether", "why") or _CORRECTS.search(context.low):
            return
        heading = tuple(Named(m.place, m.toponym.span) for m in sentence.heading if m.place)
        if heading and heading != self.heading:
            self.memory.focus, self.memory.focus_paragraph = heading, sentence.paragraph
        self.heading = heading
        self.open_note(context)
        if _ANOTHER.match(context.low):
            self.last, self.fought, self.memory.doer = None, (), None
        groups = [c for c in context.chunks if isinstance(c, Places) and not self._speaks(context, c)]
        self.memory.nearby = tuple((c.relation, n) for c in groups for n in self.memory.named(c))
        self.memory.here = frozenset(p.unit for c in groups for p in c.named)
        found: list[Draft] = []
        self.recent = ()
        self.spans = tuple((f.start, f.end) for f in context.frames if f.forms and f.place is not None)
        for frame in context.frames:
            found.extend(self._frame(context, frame))
        found = [self._linked(draft) for draft in _merged([*found, *self._denials(context, found)])]
        tolls = list(self.tolls(context, found))
        claimant = self._claimant(context)
        own = _with_tolls(found, tolls)
        told_here = claimant and {"a", "an"} & {t.low for t in sentence.tokens[claimant[0] + 1 : claimant[0] + 4]}
        if claimant and told_here and any(_is_harm(d) for d in own):
            _, party, actor = claimant
            own = [
                replace(d, actor=actor, actor_reported=self.words(party)) if d.actor is None and _is_harm(d) else d for d in own
            ]
        elif claimant:
            own += self._owned_up(context, *claimant)
        yield from own
        if not found:
            yield from self._blamed(context)
            yield from self._dated_anew(context)
            yield from self._undone(context)

    def _claimant(self, context: Context) -> tuple[int, Party, Actor] | None:
        """Return who claims to have done a deed, and the token of the verb: "ISKP claimed responsibility", "claimed by ISKP"."""
        tokens = context.sentence.tokens
        at = next((k for k, t in enumerate(tokens) if t.low in _CLAIMED and self._is_of_deed(context, k)), None)
        if at is None or any(t.low in NEGATIONS or t.low == "yet" for t in tokens[max(0, at - 6) : at]):
            return None
        by = tokens[at].low == "claimed" and tokens[at + 1 : at + 2] and tokens[at + 1].low == "by"
        passive = by and any(t.low in BE for t in tokens[max(0, at - 2) : at])
        parties = [
            c
            for c in context.chunks
            if isinstance(c, Party) and c.alias and not c.person and (at < c.start <= at + 3 if passive else c.end <= at)
        ]
        if not parties or parties[-1].alias is None or parties[-1].alias.actor.side in UNARMED:
            return None
        return at, parties[-1], parties[-1].alias.actor

    def _blamed(self, context: Context) -> Iterator[Draft]:
        """Read "police blamed the Taliban" as their claim that the Taliban did what was told last, by nobody."""
        tokens = context.sentence.tokens
        at = next((k for k, t in enumerate(tokens) if self.lexicon.says.get(t.low, ("", None))[0] == "blame"), None)
        told = self.last
        if (
            at is None
            or told is None
            or not _is_harm(told)
            or told.actor is not None
            or any(t.low in NEGATIONS for t in _own_clause(tokens, at))
        ):
            return
        party = next((c for c in context.chunks if isinstance(c, Party) and at < c.end and c.start <= at + 2 and c.alias), None)
        hops, _ = attribution.chain(self.reading, self.sayings, tokens[at + 1].start) if at + 1 < len(tokens) else ((), ())
        if party is None or party.alias is None or party.alias.actor.side in UNARMED or len(hops) < 2:
            return
        what = " ".join(t.low for t in tokens[party.end : party.end + _BLAMED_FOR])
        if not _FOR_IT.match(what) or party.alias.actor == told.target:
            return  # "blamed the army for the shortage of flour"
        yield replace(
            told, sentence=context.sentence, at=tokens[at].start, actor=party.alias.actor, actor_reported=self.words(party), hops=hops,
            pattern="blame", counts=(), denies=None, status=Status.ASSERTED,
        )  # fmt: skip

    def _owned_up(self, context: Context, at: int, party: Party, actor: Actor) -> list[Draft]:
        """Read "ISKP claimed responsibility" as its claim to have done what was told last."""
        if self.last is None:
            return []
        tokens, words = context.sentence.tokens, self.words(party)
        said = Hop(words, None, HopKind.GROUP, tokens[at].text, party.span, "statement" if "statement" in context.low else None)
        hops, _ = attribution.chain(self.reading, self.sayings, tokens[at].start)
        hops = hops if fold(hops[-1].name or "") == fold(words) else (*hops, said)
        told = replace(
            self.last, sentence=context.sentence, at=tokens[at].start, actor=actor, actor_reported=words, pattern="responsibility",
            hops=hops, counts=(), denies=None, status=Status.ASSERTED,
        )  # fmt: skip
        return [told]

    def _is_of_deed(self, context: Context, k: int) -> bool:
        """Tell "claimed responsibility", "claimed the attack", and "ISKP claimed." from other claiming and taking."""
        after = [t.low for t in context.sentence.tokens[k + 1 : k + 4]]
        if "responsibility" in after or "credit" in after:
            return True
        said = context.sentence.tokens[max(0, k - 5) : k]
        if any(self.lexicon.says.get(t.low, ("", None))[0] in ("deny", "confirm") for t in said):
            return False
        if k > 1 and not BE.isdisjoint(t.low for t in context.sentence.tokens[k - 2 : k]) and after[:1] == ["by"]:
            return any(t.low in _DEEDS_CLAIMED or t.low == "responsibility" for t in context.sentence.tokens[max(0, k - 8) : k])
        claims = context.sentence.tokens[k].low.startswith("claim")
        return claims and (
            after[:1] == ["."] or (after[:1] in (["the"], ["a"], ["an"]) and not _DEEDS_CLAIMED.isdisjoint(after[1:]))
        )

    def _dated_anew(self, context: Context) -> Iterator[Draft]:
        """Read "it puts the rally on Saturday", "the commission dates the strike to July 28" as another day for what was told."""
        tokens = context.sentence.tokens
        for k, token in enumerate(tokens[:-2]):
            if token.low not in _DATES or tokens[k + 1].low not in DETERMINERS:
                continue
            codes = next((_OCCASIONS[t.low] for t in tokens[k + 2 : k + 5] if t.low in _OCCASIONS), None)
            when = next((w for w in context.whens if w.day and w.precision == 1 and w.span.start > token.start), None)
            told = next((d for d in self.told[::-1] if codes and d.codes in codes and d.named), None)
            if told is None or when is None:
                continue
            hops, _ = attribution.chain(self.reading, self.sayings, when.span.start)
            yield replace(
                told, sentence=context.sentence, at=token.start, day=when.day, precision=1, dated=True, hops=self._said_by(context, k, hops),
                pattern="date", counts=(), denies=None,
            )  # fmt: skip
            return

    def _undone(self, context: Context) -> Iterator[Draft]:
        """Read "it did not last" as the loss, to whom it was taken from, of what was said to be taken just before.

        Such a sentence only announces the next one, which has the day and who says so.
        """
        told = self.asserted[-1] if self.asserted else ()
        if not _BRIEF.match(context.low) or not told or context.sentence.index - told[-1].sentence.index > _JUST_SAID:
            return
        here = context.sentence
        after = [s for s in self.reading.sentences[here.index + 1 : here.index + _JUST_SAID] if s.paragraph == here.paragraph]
        tale = after[0] if after else here
        hops, _ = attribution.chain(self.reading, self.sayings, tale.tokens[0].start)
        days = {
            w.day for w in dates.find(self.article.text, tale.span, self.published) if w.day and w.precision == 1 and not w.ahead
        }
        day = days.pop() if len(days) == 1 else None
        manner = self._manner(replace(context, low=" ".join(t.low for s in after for t in s.tokens)), TAKING)
        for draft in told:
            if draft.control is Control.GAINED and draft.actor is not None:
                yield replace(
                    draft, sentence=context.sentence, at=context.sentence.tokens[0].start, control=Control.LOST, hops=hops, day=day,
                    codes=self._sub_event(manner, draft.target, draft.day), precision=1 if day else None, dated=day is not None,
                    pattern="undone", counts=(), denies=None, evidence=(),
                )  # fmt: skip

    def _said_by(self, context: Context, k: int, hops: tuple[Hop, ...]) -> tuple[Hop, ...]:
        """Return the chain of who gives another day: the subject of the verb, where no verb of saying stands there."""
        subject = [t.low for t in context.sentence.tokens[max(0, k - 3) : k]]
        before = next((s for s in self.sayings[::-1] if s.cue.start < context.sentence.tokens[k].start and s.hops), None)
        spoke = len(hops) > 1 or before is None or not ({"it", "he", "she", "they"} & set(subject))
        return hops if spoke or before is None else (hops[0], *before.hops)

    def _linked(self, draft: Draft) -> Draft:
        """Link a denial that says again what it denies to what others said of the same place."""
        if draft.status is not Status.DENIED or draft.denies or draft.control is Control.NONE:
            return draft
        said = (c for claims in self.asserted[::-1] for c in claims if _where(c) == _where(draft) and c.control is draft.control)
        return replace(draft, denies=next((c for c in said if c.hops[-1].name != draft.hops[-1].name), None))

    def _speaks(self, context: Context, chunk: Places) -> bool:
        """Tell a place that stands for a government: "Kabul has vowed"."""
        at = context.sentence.tokens[chunk.start].start
        return any(s.speaker.start == at for s in self.sayings)

    def _denials(self, context: Context, found: Sequence[Draft]) -> Iterator[Draft]:
        """Turn "the ministry dismissed the claim", "a spokesman called it a lie" into a denial of what was claimed last."""
        span = context.sentence.span
        for saying in self.sayings:
            if not span.start <= saying.cue.start < span.end or not saying.hops or any(saying.covers(d.at) for d in found):
                continue
            denies, confirms = self._denies(saying), self._confirms(saying)
            if not (denies or confirms):
                continue
            at = saying.content[0].start if saying.content else saying.cue.start
            hops, _ = attribution.chain(self.reading, self.sayings, at)
            hops = hops if saying.content else (hops[0], *saying.hops)
            beside = denies or not saying.content
            here = tuple(d for d in found if beside and d.at < saying.cue.start and d.status in LIVE)
            meant = self._of_named(context, saying, here or self._meant(saying, hops))
            if len(meant) > 1 and _LOCAL.search(self.article.text, saying.speaker.start, saying.speaker.end):
                continue  # "police in the city" answer for one of the places, and nobody says for which
            for draft in meant:
                echo = replace(draft, sentence=context.sentence, at=saying.cue.start, hops=hops, counts=())
                if denies:
                    own = self._speaker_side(hops)
                    if own and _is_harm(draft) and (draft.actor is None or draft.actor.side == UNIDENTIFIED):
                        echo = replace(echo, actor=own)  # who denies involvement denies that it was he
                    yield replace(echo, status=Status.DENIED, pattern="denial", denies=draft)
                else:
                    yield replace(echo, status=Status.ASSERTED, pattern="confirmation")

    def _of_named(self, context: Context, saying: Saying, meant: tuple[Draft, ...]) -> tuple[Draft, ...]:
        """Keep what is said of the places that a denial names: "rejected the claim about Charkh" is of no other."""
        inside = [
            c for c in context.chunks
            if isinstance(c, Places) and any(s.start <= context.sentence.tokens[c.start].start < s.end for s in saying.content)
        ]  # fmt: skip
        units = {n.place.unit for c in inside for n in self.memory.named(c)}
        return tuple(d for d in meant if not units or (d.named and d.named.place.unit in units))

    def _meant(self, saying: Saying, hops: tuple[Hop, ...]) -> tuple[Draft, ...]:
        """Return the claims that somebody denies or confirms: the last that others made, and a party denies what it lost by."""
        own = self._speaker_side(hops)
        told = [c for c in self.asserted[::-1] if fold(saying.hops[-1].name or "") != fold(c[0].hops[-1].name or "")]
        if self._denies(saying) and self.last and _is_harm(self.last):
            later = not told or self.last.sentence.index > told[0][-1].sentence.index
            apart = fold(saying.hops[-1].name or "") != fold(self.last.hops[-1].name or "")
            if _OF_DEEDS.search(self._said(saying)) or (later and apart and _OF_REPORTS.search(self._rejected(saying))):
                return (self.last,)
        if self._denies(saying):
            others = [c for c in told if own is None or not _favours(c[0], own)]
            taken = (c for c in others[:_JUST_SAID] if c[0].control in (Control.GAINED, Control.LOST))
            return next(taken, others[0] if others else ())
        said = self._said(saying)
        back = [c for c in told if _BACK.search(said) and c[0].pattern == "take"]
        return next(iter(back or told), ())

    def _said(self, saying: Saying) -> str:
        """Return the words that are said, in lower case."""
        return " ".join(self.article.text[s.start : s.end].casefold() for s in saying.content)

    def _rejected(self, saying: Saying) -> str:
        """Return the words behind the verb as well: "rejected the reports as 'propaganda'"."""
        said = saying.content[0].start if saying.content else saying.cue.end
        behind = self.article.text[saying.cue.end : max(said, saying.cue.end)].casefold().strip().removesuffix("that")
        return f"{behind} {self._said(saying)}"

    def _confirms(self, saying: Saying) -> bool:
        """Tell who confirms what was said: "confirmed the capture", "confirmed the report"."""
        said = self._said(saying)
        return saying.stance == "confirm" and _CONFIRMED.match(said) is not None

    def _denies(self, saying: Saying) -> bool:
        """Tell a denial of what was said from a refusal: "rejected the claim", not "rejected their demands"."""
        said = self._rejected(saying)
        if saying.stance == "plain" and _WE_DENY.search(said):
            return True
        if saying.stance == "call" or (saying.stance == "plain" and _REFERS.match(said)):
            return any(word in said for word in self.lexicon.cues["status"]["lies"])
        return saying.stance == "deny" and (not re.search(r"\w", said) or _SAID.search(said) is not None)

    def _frame(self, context: Context, frame: Frame) -> Iterator[Draft]:
        """Turn a frame into a draft for each of its places, or into none."""
        at = context.sentence.tokens[frame.start].start
        hops, stances = attribution.chain(self.reading, self.sayings, at)
        actor, reported = self.actor(context, frame, hops)
        control, codes, actor, target = self._content(context, frame, actor, self.party(context, frame.target, hops))
        if (
            not self.meets(context, frame, actor, target)
            or _is_next_of_row(context, frame)
            or status.is_silence(frame, context.sentence)
            or status.foretells_none(frame, context.sentence)
            or status.is_averted(frame, context.sentence)
        ):
            return
        places = self.places(context, frame)
        if not self._says_something(frame, codes, places, actor or target):
            return
        if len(places) == 1 and places[0][0] is not None:
            self.recent = (places[0][0],)
        when, day, precision = self.day(context, frame, control, places, hops)
        units = [n.place.unit for n, _ in places if n]
        before = context.sentence.tokens[max(0, frame.start - 4) : frame.start]
        denied = stances[-1:] == ("deny",) or any(t.low in NEGATIONS for t in before)
        noted: tuple[Evidence, ...] = ()
        opposed = target is not None
        if self._is_abroad(places):
            actor, reported = _known_abroad(frame, actor), reported or self._stranger(context, frame)
        else:
            actor, noted = self.inferred(context, frame, actor, target, control, units, hops, day, denied=denied)
            actor, target = _sides(context, actor, target or self.opponent(actor, control, codes, day), inferred=bool(noted))
        known = any(evidence.name == "took-the-capital" for evidence in noted)
        control, actor, target = _given_up(frame, control, actor, target)
        past = self._is_background(context, frame, control, when, known=known) or self.is_past(context, when, day, actor, target)
        past = past and not (stances[-1:] == ("vow",) and when is None)  # what is vowed lies ahead, also amid history
        judged = status.judge(frame, context.sentence, stances, self.lexicon, past=past)
        if self._is_nothing(frame, actor, judged, places):
            return
        hops = self.denier(context, frame, judged, hops)
        day, precision = (day, precision) if _is_of_day(judged, when) else (None, None)
        if actor is None and target is None and not self._is_abroad(places):
            actor, target = self._at_war(frame, codes, control, day)
        control = self._control(context, frame, control, codes, actor, judged)
        doer = target if control is Control.LOST else actor
        coded = _of_foreign_state(actor, reported, codes) or self._sub_event(
            codes, doer, day, target, seized=frame.predicate.id == "seize-arms"
        )
        taken = self._taken(context, frame, target) if coded in (ARRESTS, ABDUCTION) else ()
        for named, name in places or [(None, None)]:
            yield Draft(
                context.sentence, at, named, name, control, coded, actor, reported, target, judged, day, precision,
                frame.predicate.id, hops, evidence=noted, dated=when is not None and (when.day or when.offset) is not None,
                part=self._part(context, frame, named), opposed=opposed, counts=taken,
            )  # fmt: skip

    def _stranger(self, context: Context, frame: Frame) -> str | None:
        """Return the words for a party abroad of which no table knows."""
        found = stranger(context, frame) if frame.forms and not frame.passive else None
        tokens = context.sentence.tokens
        return self.article.text[tokens[found[0]].start : tokens[found[1] - 1].end] if found else None

    def _taken(self, context: Context, frame: Frame, target: Actor | None) -> tuple[Count, ...]:
        """Count the people whom a frame says were arrested or abducted."""
        if not frame.forms:
            return ()
        passive = frame.passive or (frame.actor is None and Form.PARTICIPLE in frame.forms)
        found = counts.people_taken(context.sentence.tokens, frame.start, frame.end, passive=passive)
        if found is None:
            return ()
        quantity, noun = found
        unarmed = counts.is_civilian(noun) and noun not in _ANYBODY
        side = "Civilians" if unarmed else target.name if target else None
        return (Count(Harm.CAPTURED, quantity.low, quantity.high, side),)

    def _at_war(self, frame: Frame, codes: str, control: Control, day: date | None) -> tuple[Actor | None, Actor | None]:
        """Return who fights whom where nobody is named: who is at war here; a defence is the second's."""
        if codes != "Armed clash" and control is not Control.CONTESTED:
            return None, None
        first, second = self.fighting(day)
        return (second, first) if frame.predicate.id in status.DEFENCES else (first, second)

    def _is_abroad(self, places: Sequence[tuple[Named | None, str | None]]) -> bool:
        """Tell what happens in other countries alone: its sides are not to be guessed from the theatre's."""
        return bool(places) and all(n and n.place.country != self.gazetteer.country for n, _ in places)

    def _is_background(self, context: Context, frame: Frame, control: Control, when: When | None, *, known: bool) -> bool:
        """Tell the fall of the capital under the state that it made, a sum over years, and what other news is dated by."""
        summed = (
            control is Control.NONE
            and bool(frame.predicate.codes)
            and (self.sums_up(context) or self.is_habit(context, frame))
            and not (when and when.precision == 1)
        )
        often = control in (Control.GAINED, Control.HELD, Control.LOST) and when is None and self.is_repeated(context, frame)
        earlier = not frame.forms and context.sentence.tokens[frame.start - 1].low in _EARLIER and frame.start > 0
        turned = (
            often
            or earlier
            or self.is_anniversary(context, frame)
            or self.is_ended(context, frame, control)
            or self.is_over_years(context)
            or ((when is None or control not in (Control.GAINED, Control.LOST)) and self.is_of_before(context, frame, control))
        )
        return (known and when is None) or summed or turned or (when is None and self.is_since(context, frame))

    def _is_nothing(
        self, frame: Frame, actor: Actor | None, judged: Status, places: Sequence[tuple[Named | None, str | None]]
    ) -> bool:
        """Tell what says something only where it was done, and "it was leaving", of which nobody knows who "it" is."""
        if frame.predicate.id == "in-our-hands" and actor is None:
            return True  # "in our hands and not in theirs"
        if frame.predicate.id in ("withdraw", "depart") and isinstance(frame.actor, Party) and frame.actor.pronoun == "it":
            return True
        if frame.predicate.id == "advance" and judged is Status.PAST:
            return True  # where somebody was once on the way to
        placed = any(n and n.place.admin2_pcode for n, _ in places)
        return frame.predicate.id in _DONE_OR_NOTHING and (judged not in LIVE or not placed)

    def _part(self, context: Context, frame: Frame, named: Named | None) -> str | None:
        """Return the words that say that a frame speaks of a part of its place."""
        if named is None or not isinstance(frame.place, (Places, Reference)):
            return None
        tokens = context.sentence.tokens
        found = portions.portion(tokens, frame.place, named.place)
        return self.article.text[tokens[found[0]].start : tokens[found[1] - 1].end] if found else None

    def _says_something(
        self, frame: Frame, codes: str, places: Sequence[tuple[Named | None, str | None]], party: Actor | None
    ) -> bool:
        """Tell a frame with a place, or one that can do without; an army that leaves a country hands nothing over."""
        if not places:
            return "place" not in frame.predicate.needs and party is not None
        return not (codes == TRANSFER and all(n and n.place.kind is Kind.COUNTRY for n, _ in places))

    def _control(
        self, context: Context, frame: Frame, control: Control, codes: str, actor: Actor | None, judged: Status
    ) -> Control:
        """Nobody's hold is no hold; a fight that goes on, or is expected, contests the place."""
        if control in (Control.HELD, Control.LOST) and actor is None:
            return Control.NONE
        expected = judged is Status.PLANNED and context.sentence.tokens[frame.start].low in _FIGHTS
        contested = codes == "Armed clash" and control is Control.NONE and (judged is Status.ONGOING or expected)
        return Control.CONTESTED if contested else control

    def _content(
        self, context: Context, frame: Frame, actor: Actor | None, target: Actor | None
    ) -> tuple[Control, str, Actor | None, Actor | None]:
        """Settle what the frame says of the place: who gains, and whether by fighting."""
        control, codes = frame.predicate.control, frame.predicate.codes
        if frame.gained and control is Control.HELD:
            control, codes = Control.GAINED, TAKING
        if frame.outpost and control in (Control.GAINED, Control.LOST) and not frame.direct:
            return Control.NONE, "Armed clash", actor, target
        if control in (Control.GAINED, Control.HELD) and (both := self.both(context, frame)):
            return Control.CONTESTED, "", *both
        if codes == TAKING and control is not Control.CONTESTED and status.is_under_way(frame, context.sentence):
            return Control.CONTESTED, "Armed clash", *((target, actor) if control is Control.LOST and target else (actor, target))
        if frame.predicate.id in ("lose", "loss-noun") and target is not None:
            return Control.GAINED, self._manner(context, TAKING), target, actor
        control, codes = self._in_its_way(context, frame, actor, control, codes)
        return control, codes, actor, target

    def _in_its_way(
        self, context: Context, frame: Frame, actor: Actor | None, control: Control, codes: str
    ) -> tuple[Control, str]:
        """Settle what a row's deed is here: an attack from the air, an entry without a fight, a flag that is hoisted."""
        row = frame.predicate.id
        if row in ("attack", "attack-noun"):
            codes = self._attack(context, frame, actor)
        elif row in ("enter", "walk-into") and self._manner(context, TAKING) == TRANSFER:
            return Control.GAINED, TRANSFER
        elif row == "flag" and _is_hoisted(context, frame):
            control, codes = Control.GAINED, TAKING
        elif row == "shelling" and self._is_from_aircraft(context, frame):
            codes = AIR
        elif row == "ied":
            codes = self._of_last_blast(context, frame) or codes
        return control, self._manner(context, codes) if codes == TAKING or row == "withdraw" else codes

    def _is_from_aircraft(self, context: Context, frame: Frame) -> bool:
        """Tell the missile that a drone fires from one that comes from the ground."""
        tokens = context.sentence.tokens
        before = {t.low for t in tokens[max(0, frame.start - _FIRED) : frame.start]}
        fired = frame.forms or not _FIRES.isdisjoint(before)
        return (
            bool(fired) and "down" not in before and not (self.lexicon.words("context", "aircraft") - {"air"}).isdisjoint(before)
        )

    def _attack(self, context: Context, frame: Frame, actor: Actor | None) -> str:
        """Code an attack: of an air force, on people who bear no arms, or else a fight."""
        from_air = actor is not None and actor.name.endswith("Air Force")
        return AIR if from_air else "Attack" if self._hits_civilians(context, frame) else frame.predicate.codes

    def _hits_civilians(self, context: Context, frame: Frame) -> bool:
        """Tell an attack on a hospital, a school or a wedding from one on a post."""
        tokens = context.sentence.tokens
        object_ = tokens[max(0, frame.start - 6) : frame.start] if frame.passive else tokens[frame.end : frame.end + 6]
        stop = next((n for n, t in enumerate(object_) if t.low in (",", ";") and not frame.passive), len(object_))
        object_ = object_[:stop]
        return not self.lexicon.words("context", "civil").isdisjoint(t.low for t in object_)

    def _of_last_blast(self, context: Context, frame: Frame) -> str | None:
        """Return what a mere bomb or blast was in a tale of an air strike or a suicide attack; a mine or a car bomb is neither."""
        words = [t.low for t in context.sentence.tokens[frame.start : frame.end]]
        if len(words) > 1 or words[0] not in _BLASTS:
            return None
        if self.of_air and words[0].startswith("bomb"):
            return AIR
        near = self.last is not None and context.sentence.paragraph - self.last.sentence.paragraph <= AIR_RAID
        return self.last.codes if near and self.last is not None and self.last.codes in (AIR, "Suicide bomb") else None

    def _manner(self, context: Context, codes: str) -> str:
        """Settle whether a place was taken by force: "after clashes", or "without a shot"."""
        relieved = any(cue in context.low for cue in self.lexicon.cues["context"]["relief"]) or _unopposed(context)
        if codes == TAKING:
            return TRANSFER if relieved else codes
        return TAKING if codes == TRANSFER and not relieved and _after_fight(context) else codes

    def _sub_event(
        self, codes: str, actor: Actor | None, day: date | None, target: Actor | None = None, *, seized: bool = False
    ) -> str:
        """Code a taking by who is the state that day: ACLED's "Government regains" or "Non-state actor overtakes"."""
        if codes == TRANSFER:
            return NON_VIOLENT
        if codes == "Disrupted weapons use" and actor and actor.inter == "Rebel group" and seized:
            return "Looting/property destruction"
        if codes != TAKING:
            sides = [party.side if party else "" for party in (actor, target)]
            mutual = codes == "Armed clash" and sides[1] in _CROWD_SIDES  # police "clash with protesters"
            if codes == "Mob violence" and actor and actor.side not in UNARMED:
                return "Attack"  # whoever bears arms for a side is no mob
            return BY_A_CROWD.get((codes, sides[mutual]), codes)
        state = self.settings.state or self.actors.state(day or self.era)
        regained = (
            actor.side == state if actor else target is not None and target.side != state
        )  # taken from rebels by nobody named
        return "Government regains territory" if regained else "Non-state actor overtakes territory"

    def _finish(self, drafts: Sequence[Draft]) -> tuple[Claim, ...]:
        found: dict[str, Claim] = {}
        for draft in drafts:
            claim = self._claim(draft)
            found.setdefault(claim.id, claim)
        return tuple(found.values())

    def _claim(self, draft: Draft) -> Claim:
        place = draft.named.place if draft.named else None
        span = draft.sentence.span
        quote = self.article.text[span.start : span.end]
        figures = "|".join(f"{c.harm}{c.low}-{c.high}{c.side}" for c in draft.counts)
        key = "\0".join(
            map(
                str,
                (
                    self.article.id,
                    span.start,
                    draft.at,
                    draft.pattern,
                    place.id if place else draft.place_name,
                    draft.control,
                    draft.codes,
                    figures,
                ),
            )
        )
        codes = draft.codes or None
        return Claim(
            id="c" + hashlib.sha256(key.encode()).hexdigest()[:12],
            article_id=self.article.id,
            span=span,
            quote=quote,
            place=place,
            place_name=draft.place_name or (place.name if place else None),
            control=draft.control,
            sub_event_type=codes,
            actor=draft.actor.name if draft.actor else None,
            actor_reported=draft.actor_reported,
            target=draft.target.name if draft.target else None,
            status=draft.status,
            event_date=draft.day,
            time_precision=draft.precision if draft.day else None,
            counts=draft.counts,
            attribution=draft.hops,
            pattern=draft.pattern,
            evidence=draft.evidence,
            toponym=draft.named.span if draft.named else None,
            denies=self._claim(draft.denies).id if draft.denies else None,
            over=tuple(named.place for named in draft.over),
            part=draft.part,
        )


def _given_up(
    frame: Frame, control: Control, actor: Actor | None, target: Actor | None
) -> tuple[Control, Actor | None, Actor | None]:
    """Read what was given up, and nobody says to whom, as the loss of whoever gave it up."""
    unclaimed = control is Control.GAINED and actor is None and target is not None and frame.predicate.codes == TRANSFER
    return (Control.LOST, target, None) if unclaimed else (control, actor, target)


def _known_abroad(frame: Frame, actor: Actor | None) -> Actor | None:
    """Return who is named in so many words; an "army", "police" or "air force" abroad is another state's."""
    alias = frame.actor.alias if isinstance(frame.actor, Party) else None
    return actor if alias is not None and alias.form is AliasForm.NAME and alias.actor.inter != "State forces" else None


_ANYBODY = frozenset("others people men suspects suspect persons person".split())
"""Words for people that do not say whether they bear arms."""
_OF_A_STATE = re.compile(r"\b(?:government|army|military|troops|police|regime|soldiers|security forces)\b")
_BLAMED_FOR = 5
_FOR_IT = re.compile(rf"(?:[.,;]|and\b|for (?:it|(?:the|this|that|both) (?:\w+ )?{_DEED}))")
"""What stands behind the party that is blamed for what was told last."""


def _of_foreign_state(actor: Actor | None, reported: str | None, codes: str) -> str | None:
    """Code what an army abroad takes, whose state no table knows."""
    state = actor is None and reported is not None and _OF_A_STATE.search(reported.casefold()) is not None
    return "Government regains territory" if state and codes == TAKING else None


def _own_clause(tokens: Sequence[Token], at: int) -> Sequence[Token]:
    """Return the words before a token back to where its clause begins."""
    return tokens[next((k for k in range(at - 1, -1, -1) if tokens[k].low in (";", "but")), 0) : at]


def _is_hoisted(context: Context, frame: Frame) -> bool:
    """Tell a flag that is hoisted, by which a place is taken, from one that flies where it is held."""
    return not _HOISTED.isdisjoint(t.low for t in context.sentence.tokens[frame.end : frame.end + _FIRED])


def _is_of_own(context: Context) -> bool:
    """Tell a doubt of what its own sentence says: "does not confirm claims that a drone was downed in Jalrez"."""
    tokens = context.sentence.tokens
    that = next((k for k, t in enumerate(tokens) if t.low == "that"), len(tokens))
    return any(isinstance(c, Places) and c.start > that for c in context.chunks)


def _unopposed(context: Context) -> bool:
    """Tell "without any fight", "without meeting resistance"; "in part without resistance" is not it."""
    words = [t.low for t in context.sentence.tokens]
    at = next((k for k, w in enumerate(words) if w == "without" and not _NO_FIGHT.isdisjoint(words[k + 1 : k + 5])), None)
    return at is not None and not {"part", "partly", "places"} & set(words[max(0, at - 3) : at])


def _after_fight(context: Context) -> bool:
    """Tell a retreat from a fight: "pulled out after two weeks of street fighting"."""
    words = [t.low for t in context.sentence.tokens]
    return any(w in ("after", "following", "amid") and not _FOUGHT.isdisjoint(words[k + 1 : k + 8]) for k, w in enumerate(words))


_NO_FIGHT = frozenset("fight fighting resistance shot shots battle clash clashes struggle opposition bloodshed".split())
_FOUGHT = frozenset("fighting clash clashes battle battles siege assault gunfight firefight offensive attack attacks".split())


def _favours(draft: Draft, own: Actor) -> bool:
    """Tell whether a claim says that a side took or holds the place, or that another lost it."""
    mine = draft.actor is not None and draft.actor.side == own.side
    return mine != (draft.control is Control.LOST)


_BACK = re.compile(r"\b(?:recapture|retaking|liberation)\b")


def _dated_alike(drafts: Sequence[Draft]) -> list[Draft]:
    """Give what is said without a day, as in a headline, the day on which the article says it of the same place."""
    stated: dict[tuple[object, ...], Draft] = {}
    for draft in drafts:
        if draft.dated and draft.precision == 1 and draft.control is not Control.HELD and draft.status in LIVE:
            stated.setdefault(_content_of(draft), draft)
    found = []
    for draft in drafts:
        known = stated.get(_content_of(draft)) if not draft.dated and draft.status in LIVE else None
        found.append(replace(draft, day=known.day) if known else draft)
    return found


def _content_of(draft: Draft) -> tuple[object, ...]:
    unit = draft.named.place.unit if draft.named else draft.place_name
    side = draft.actor.side if draft.actor and draft.control is not Control.NONE else None
    return unit, draft.control, side, draft.codes if draft.control is Control.NONE else None


def _merged(drafts: Sequence[Draft]) -> list[Draft]:
    """Drop what one sentence says twice, and what another deed of it at the same place says better."""
    kept: dict[tuple[object, ...], Draft] = {}
    for draft in drafts:
        place = draft.named.place if draft.named else None
        if any(_outdone(draft, other) for other in drafts):
            continue
        side = draft.actor.side if draft.actor else None
        kept.setdefault((place.id if place else draft.place_name, draft.codes, draft.control, side, draft.status), draft)
    return [_with_doer(draft, drafts) for draft in kept.values()]


def _with_doer(draft: Draft, drafts: Sequence[Draft]) -> Draft:
    """Give a suicide bombing to whose attack the same words call it: "one of its suicide bombers struck a mosque"."""
    same = (d for d in drafts if d.pattern == "attack" and d.actor and (_where(d), d.status) == (_where(draft), draft.status))
    attack = next(same, None) if draft.codes == "Suicide bomb" and draft.actor is None else None
    return replace(draft, actor=attack.actor, actor_reported=attack.actor_reported) if attack else draft


def _outdone(draft: Draft, other: Draft) -> bool:
    """Tell whether another draft of the sentence, at the same unit, is what a draft is only a part of.

    The fighting by which a place was taken, the rally at which a bomb went off, the bomb that was defused.
    """
    if other is draft or _where(other) != _where(draft):
        return False
    if draft.pattern in _UNTIL_NOW and other.control is Control.GAINED and other.status in LIVE:
        still = any(t.low in ("but", "still", "while", "although", "though", "however") for t in draft.sentence.tokens)
        return other.actor != draft.actor and not still
    changes = other.control in (Control.GAINED, Control.LOST)
    if draft.codes == "Armed clash" and draft.control is Control.NONE and changes:
        return not _fights_back(draft, other)
    meant = draft.status is Status.PLANNED and other.status is Status.ASSERTED  # "fired into the air to disperse them"
    if meant and (other.codes, other.control, other.actor) == (draft.codes, draft.control, draft.actor):
        return True
    coded = other.codes in OUTDOES.get(draft.codes, ()) or (draft.codes == "Change to group/activity" and changes)
    return coded or _is_of_same(draft, other)


def _is_of_same(draft: Draft, other: Draft) -> bool:
    """Tell one deed in two words: "clashes" and who "clashed", "repelled an attack", "marched to protest", "were taken by"."""
    nameless = draft.actor is None and draft.target is None
    contested = other.control is Control.CONTESTED and other.codes == draft.codes and other.status == draft.status
    return any(
        (
            draft.pattern in ("fight", *_NOUNS_OF_FIGHTING) and draft.control is Control.NONE and contested,
            draft.pattern in _NOUNS_OF_FIGHTING and nameless and (other.codes == "Attack" or _names_more(draft, other)),
            draft.codes == other.codes == "Peaceful protest" and other.at < draft.at and other.status in LIVE,
            draft.pattern == "taken" and other.at == draft.at and other.control is Control.GAINED,
            draft.pattern in ("attack", "attack-noun") and other.pattern == "repel",
            draft.codes == "Armed clash" and other.at == draft.at and other.codes in REMOTE,
            draft.codes in REMOTE and nameless and _names_more(draft, other),
            draft.pattern == "attack-noun" and other.codes in ("Arrests", "Disrupted weapons use"),
            draft.pattern == "take" and other.pattern == "free-prisoners" and other.at == draft.at,
            draft.pattern == "out-of-control" and other.pattern == "slip",
        )
    )


def _names_more(draft: Draft, other: Draft) -> bool:
    """Tell the verb that names who fights from the noun that only says that there was a fight."""
    same = (other.codes, other.control, other.status) == (draft.codes, draft.control, draft.status)
    return same and other.actor is not None


def _where(draft: Draft) -> str | None:
    return (draft.named.place.unit or draft.named.place.id) if draft.named else draft.place_name


def _is_harm(draft: Draft) -> bool:
    """Tell violence that somebody may own up to from who holds what."""
    return draft.control is Control.NONE and (draft.codes in REMOTE or draft.codes in ("Armed clash", "Attack"))


def _is_next_of_row(context: Context, frame: Frame) -> bool:
    """Tell what only counts the place told of before it: "Ghazni fell on Thursday, the tenth capital taken in a week"."""
    if not isinstance(frame.place, Reference) or frame.predicate.codes != TAKING:
        return False
    counted = any(is_counted(t.low) for t in context.sentence.tokens[max(0, frame.place.start - 2) : frame.place.end])
    return counted and any(
        f.predicate.codes == TAKING and isinstance(f.place, Places) and f.end <= frame.start for f in context.frames
    )


def _fights_back(fight: Draft, taking: Draft) -> bool:
    """Tell an attack by those from whom the place was then taken: it was another fight."""
    attacker, taker, loser = (party.side if party else None for party in (fight.actor, taking.actor, taking.target))
    return attacker is not None and attacker == loser != taker


_UNTIL_NOW = frozenset(["hold", "holdout", "hold-out", "under-control"])
"""Rows for who held, until it was taken, what a sentence says was taken: "Chora, the last holdout of the government"."""


def _is_of_day(judged: Status, when: When | None) -> bool:
    """Tell whether a claim has a day at all: a plan has one that lies ahead, history one that is stated."""
    undated = (judged is Status.PLANNED and not (when and when.ahead)) or (judged is Status.PAST and when is None)
    return not undated


def _sides(context: Context, actor: Actor | None, target: Actor | None, *, inferred: bool) -> tuple[Actor | None, Actor | None]:
    """Keep a side from fighting itself, unless the sentence tells of that: of two readings the named one stays."""
    if actor is None or target != actor or not _INFIGHTING.isdisjoint(t.low for t in context.sentence.tokens):
        return actor, target
    return (None, target) if inferred else (actor, None)


_CROWD_SIDES = frozenset(["protesters", "rioters"])

BY_A_CROWD = {
    ("Attack", "rioters"): "Mob violence",
    ("Looting/property destruction", "rioters"): "Violent demonstration",
    ("Looting/property destruction", "protesters"): "Violent demonstration",
    ("Armed clash", "rioters"): "Violent demonstration",
    ("Armed clash", "protesters"): "Violent demonstration",
}
"""(What a row codes, side of who did it) -> what it is when a crowd did it."""

OUTDOES = {
    "Armed clash": ("Excessive force against protesters", "Suicide bomb", "Violent demonstration"),
    "Attack": ("Excessive force against protesters", "Suicide bomb", "Protest with intervention"),
    "Violent demonstration": ("Excessive force against protesters",),
    "Peaceful protest": (
        "Suicide bomb", "Remote explosive/landmine/IED", "Grenade", "Excessive force against protesters", "Violent demonstration",
        "Protest with intervention",
    ),
    "Remote explosive/landmine/IED": ("Disrupted weapons use", "Suicide bomb", "Air/drone strike"),
    "Suicide bomb": ("Disrupted weapons use",),
    "Looting/property destruction": (
        "Remote explosive/landmine/IED", "Suicide bomb", "Air/drone strike", "Shelling/artillery/missile attack", "Grenade",
    ),
    "Shelling/artillery/missile attack": ("Disrupted weapons use",),
}  # fmt: skip
"""What one sentence says of the same place -> what it is then a part of."""


def _with_tolls(drafts: Sequence[Draft], tolls: Sequence[Draft]) -> list[Draft]:
    """Give a toll to the act that caused it where one sentence says both; keep the others as claims of their own."""
    found, apart = list(drafts), []
    for toll in tolls:
        at = next(
            (
                n for n, d in enumerate(found)
                if d.codes == toll.codes and d.codes in REMOTE and not d.counts and d.status == toll.status
                and (d.named and d.named.place.unit) == (toll.named and toll.named.place.unit) and d.hops == toll.hops
            ),
            None,
        )  # fmt: skip
        if at is None:
            apart.append(toll)
        else:
            found[at] = replace(found[at], counts=toll.counts, target=found[at].target or toll.target)
    kept = (d for d in found if d.counts or not any(_is_toll_of(toll, d) for toll in apart))
    return sorted([*kept, *apart], key=lambda d: d.at)


def _is_toll_of(toll: Draft, draft: Draft) -> bool:
    """Tell the clashes of "60 were killed in the clashes" from a claim of their own: the toll is all that is said of them."""
    doers = (None, toll.actor) if toll.codes == "Attack" else (None,)
    guessed = draft.actor_reported is None and draft.actor in (toll.actor, toll.target) and any(c.low for c in toll.counts)
    alone = (
        guessed and not toll.over and toll.named is not None and _where(draft) == (toll.named.place.unit or toll.named.place.id)
    )
    nameless = draft.pattern in _NOUNS_OF_FIGHTING and (draft.actor in doers or alone) and not draft.opposed
    units = {n.place.unit or n.place.id for n in (toll.named, *toll.over) if n}
    same = (draft.status, draft.hops) == (toll.status, toll.hops) and toll.codes in (draft.codes, "Attack")
    return nameless and same and _where(draft) in units
