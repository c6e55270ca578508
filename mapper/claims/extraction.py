"""A laid-out article into claims: each frame gets its place, its parties, its day, its status, its speaker."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from mapper.actors import Actors
from mapper.actors import Form as AliasForm
from mapper.claims import attribution, chunks, counts, dates, frames, status
from mapper.claims.chunks import Chunk, Party, Places, Reference, Relation
from mapper.claims.counts import CIVILIAN_NOUNS, Toll
from mapper.claims.dates import When
from mapper.claims.frames import Frame
from mapper.claims.lexicon import TOLL, Lexicon
from mapper.claims.memory import Memory, Named
from mapper.claims.morphology import Form as MorphForm
from mapper.claims.needs import NEEDS, UNARMED, Scene
from mapper.claims.reading import Reading, Sentence
from mapper.claims.sayings import Saying
from mapper.gazetteer import Gazetteer
from mapper.model import Actor, Claim, Control, Count, Evidence, Hop, HopKind, Kind, Status
from mapper.settings import Settings
from mapper.text import fold

TAKING = "taking"
TRANSFER = "transfer"
NON_VIOLENT = "Non-violent transfer of territory"
REMOTE = frozenset(
    {
        "Air/drone strike", "Suicide bomb", "Shelling/artillery/missile attack", "Remote explosive/landmine/IED", "Grenade", "Chemical weapon",
        "Attack", "Excessive force against protesters", "Protest with intervention", "Abduction/forced disappearance", "Violent demonstration", "Mob violence",
    }
)  # fmt: skip
"""Kinds of event that a toll in the same breath belongs to."""


@dataclass(frozen=True, slots=True)
class Context:
    """What is known while one sentence is read."""

    sentence: Sentence
    chunks: tuple[Chunk, ...]
    whens: tuple[When, ...]
    low: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim before it has an id: one predicate at one place."""

    sentence: Sentence
    at: int
    named: Named | None
    place_name: str | None
    control: Control
    codes: str
    actor: Actor | None
    actor_reported: str | None
    target: Actor | None
    status: Status
    day: date | None
    precision: int | None
    pattern: str
    hops: tuple[Hop, ...]
    counts: tuple[Count, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    denies: Draft | None = None


class Extraction:
    """Reads one article. `claims` does the work; the rest of the state is what the article has said so far."""

    def __init__(
        self,
        reading: Reading,
        sayings: Sequence[Saying],
        lexicon: Lexicon,
        gazetteer: Gazetteer,
        actors: Actors,
        settings: Settings,
    ) -> None:
        """Take the article as laid out, and who says what in it."""
        self.reading, self.sayings, self.lexicon = reading, sayings, lexicon
        self.gazetteer, self.actors, self.settings = gazetteer, actors, settings
        self.article = reading.article
        self.published = reading.article.published
        self.memory = Memory(gazetteer)
        self.contexts: list[Context] = []
        self.main_day: date | None = None
        self.dated: tuple[int, frozenset[str | None], date, int | None] | None = None
        self.paragraph_past: tuple[int, bool] = (-1, False)
        self.last: Draft | None = None
        self.heading: tuple[Named, ...] = ()
        self.claimed: tuple[Draft, ...] = ()
        self.recent: tuple[Named, ...] = ()
        self.fought: tuple[Named, ...] = ()
        self.spans: tuple[tuple[int, int], ...] = ()
        self.takers: list[tuple[Actor, bool, frozenset[str | None]]] = []

    def claims(self) -> tuple[Claim, ...]:
        """Return the article's claims in text order."""
        if self._is_off_topic():
            return ()
        self._survey()
        drafts: list[Draft] = []
        for context in self.contexts:
            found = list(self._sentence(context))
            self._remember(context, found)
            if not found and status.disclaims(context.low, self.lexicon):
                drafts = [self._doubted(draft, context) for draft in drafts]
            drafts.extend(found)
        return self._finish(drafts)

    def _doubted(self, draft: Draft, context: Context) -> Draft:
        """Apply "neither account could be verified" to what somebody was just said to say."""
        near = context.sentence.paragraph - draft.sentence.paragraph <= (9 if "account" in context.low else 1)
        cited = len(draft.hops) > 1 and draft.status is Status.ASSERTED
        return replace(draft, status=Status.UNCONFIRMED) if near and cited else draft

    # --- before the reading ---

    def _is_off_topic(self) -> bool:
        domain = self.lexicon.cues["domain"]
        words = {token.low for sentence in self.reading.sentences for token in sentence.tokens}
        return any(len(words.intersection(domain[field])) >= domain["minimum"] for field in ("sport", "film"))

    def _survey(self) -> None:
        """Chunk every sentence, and note the lists and the takers that earlier sentences may refer to."""
        for sentence in self.reading.sentences:
            if sentence.furniture or not sentence.tokens:
                continue
            found = chunks.find(sentence.tokens, sentence.mentions, self.actors, self.published)
            whens = dates.find(self.article.text, sentence.span, self.published)
            context = Context(sentence, found, whens, " ".join(t.low for t in sentence.tokens))
            self.contexts.append(context)
            self.memory.survey(sentence.paragraph, sentence.span.start, [c for c in found if isinstance(c, Places)])
            for chunk in found:
                if isinstance(chunk, Party) and chunk.alias:
                    self.memory.sides[chunk.alias.actor.side] += 1
            self._survey_takings(context)

    def _survey_takings(self, context: Context) -> None:
        for frame in frames.find(context.sentence.tokens, context.sentence.quoted, context.chunks, self.lexicon):
            if frame.predicate.codes != TAKING or frame.predicate.control is not Control.GAINED:
                continue
            if (
                frame.actor
                and frame.actor.alias
                and frame.actor.alias.actor.side not in UNARMED
                and status.judge(frame, context.sentence, (), (), self.lexicon, past=False) is Status.ASSERTED
            ):
                units = frozenset(p.unit for p in frame.place.named) if isinstance(frame.place, Places) else frozenset()
                self.takers.append((frame.actor.alias.actor, _takes_back(context, frame), units))
        near = [w for w in context.whens if w.day and w.precision == 1 and not w.ahead]
        if (
            self.main_day is None
            and near
            and any(
                f.predicate.codes in (TAKING, TRANSFER, "Armed clash")
                for f in frames.find(context.sentence.tokens, context.sentence.quoted, context.chunks, self.lexicon)
            )
        ):
            day = near[0].day
            if day and self.published and (self.published - day).days <= 3:
                self.main_day = day

    # --- one sentence ---

    def _sentence(self, context: Context) -> Iterator[Draft]:
        sentence = context.sentence
        if sentence.question or sentence.tokens[0].low in ("how", "whether", "why"):
            return
        heading = tuple(Named(m.place, m.toponym.span) for m in sentence.heading if m.place)
        if heading and heading != self.heading:
            self.memory.focus, self.memory.focus_paragraph = heading, sentence.paragraph
        self.heading = heading
        self.memory.nearby = tuple(n for c in context.chunks if isinstance(c, Places) for n in self.memory.named(c))
        self.memory.here = frozenset(p.unit for c in context.chunks if isinstance(c, Places) for p in c.named)
        found: list[Draft] = []
        framed = frames.find(sentence.tokens, sentence.quoted, context.chunks, self.lexicon)
        self.recent = ()
        self.spans = tuple((f.start, f.end) for f in framed if f.forms and f.place is not None)
        for frame in framed:
            found.extend(self._frame(context, frame))
        found = _merged([*found, *self._denials(context, found)])
        tolls = list(self._tolls(context, found))
        yield from _with_tolls(found, tolls)

    def _denials(self, context: Context, found: Sequence[Draft]) -> Iterator[Draft]:
        """Turn "the ministry dismissed the claim", "a spokesman called it a lie" into a denial of what was claimed last."""
        span = context.sentence.span
        for saying in self.sayings:
            if not span.start <= saying.cue.start < span.end or not saying.hops or not self._denies(saying):
                continue
            if (
                any(saying.covers(d.at) for d in found)
                or not self.claimed
                or fold(saying.hops[-1].name or "") == fold(self.claimed[0].hops[-1].name or "")
            ):
                continue
            hops, _ = attribution.chain(
                self.reading, self.sayings, saying.content[0].start if saying.content else saying.cue.start
            )
            for draft in self.claimed:
                yield replace(
                    draft,
                    sentence=context.sentence,
                    at=saying.cue.start,
                    status=Status.DENIED,
                    pattern="denial",
                    hops=hops,
                    counts=(),
                    denies=draft,
                )

    def _denies(self, saying: Saying) -> bool:
        said = " ".join(self.article.text[s.start : s.end].casefold() for s in saying.content)
        return saying.stance == "deny" or (
            saying.stance == "call" and any(word in said for word in self.lexicon.cues["status"]["lies"])
        )

    def _frame(self, context: Context, frame: Frame) -> Iterator[Draft]:
        at = context.sentence.tokens[frame.start].start
        hops, stances = attribution.chain(self.reading, self.sayings, at)
        actor, reported, noted = self._actor(context, frame, hops)
        target = self._party(context, frame.target, hops)
        control, codes, actor, target = self._content(context, frame, actor, target)
        if not self._meets(context, frame, actor, target):
            return
        places = self._places(context, frame)
        if len(places) == 1 and places[0][0] is not None:
            self.recent = (places[0][0],)
        if not places and ("place" in frame.predicate.needs or not (actor or target)):
            return
        when, day, precision = self._day(context, frame, control, places, hops)
        units = [n.place.unit for n, _ in places if n]
        if codes == TRANSFER and places and all(n and n.place.kind is Kind.COUNTRY for n, _ in places):
            return
        actor, noted = self._inferred(context, frame, actor, target, control, units, hops, day)
        if actor is None and control in (Control.HELD, Control.LOST):
            control = Control.NONE
        target = target or self._opponent(actor, control, codes, day)
        past = self._is_past(context, frame, when, day, actor, target)
        judged = status.judge(frame, context.sentence, stances, context.whens, self.lexicon, past=past)
        if judged is Status.PLANNED and not (when and when.ahead):
            day, precision = None, None
        if judged is Status.PAST and when is None:
            day, precision = None, None
        if (
            (
                judged is Status.ONGOING
                or (
                    judged is Status.PLANNED
                    and context.sentence.tokens[frame.start].low in ("fighting", "clashes", "battle", "battles")
                )
            )
            and control is Control.NONE
            and codes == "Armed clash"
        ):
            control = Control.CONTESTED
        if actor is None and target is None and codes == "Armed clash":
            actor, target = self._fighting(day)
        for named, name in places or [(None, None)]:
            yield Draft(
                context.sentence, at, named, name, control, self._sub_event(codes, target if control is Control.LOST else actor, day), actor, reported, target, judged, day, precision,
                frame.predicate.id, hops, evidence=noted,
            )  # fmt: skip

    def _content(
        self, context: Context, frame: Frame, actor: Actor | None, target: Actor | None
    ) -> tuple[Control, str, Actor | None, Actor | None]:
        """Settle what the frame says of the place: who gains, and whether by fighting."""
        control, codes = frame.predicate.control, frame.predicate.codes
        if frame.gained and control is Control.HELD:
            control, codes = Control.GAINED, TAKING
        if frame.predicate.id in ("lose", "loss-noun") and target is not None:
            return Control.GAINED, self._manner(context, TAKING), target, actor
        if frame.outpost and control in (Control.GAINED, Control.LOST) and not frame.direct:
            return Control.NONE, "Armed clash", actor, target
        if codes == TAKING:
            codes = self._manner(context, codes)
        return control, codes, actor, target

    def _manner(self, context: Context, codes: str) -> str:
        relieved = any(cue in context.low for cue in self.lexicon.cues["context"]["relief"])
        return TRANSFER if relieved and codes == TAKING else codes

    def _sub_event(self, codes: str, actor: Actor | None, day: date | None) -> str:
        """Code a taking by who is the state that day: ACLED's "Government regains" or "Non-state actor overtakes"."""
        if codes == TRANSFER:
            return NON_VIOLENT
        if codes != TAKING:
            return codes
        state = self.settings.state or self.actors.state(day or self.published)
        return "Government regains territory" if actor and actor.side == state else "Non-state actor overtakes territory"

    # --- who ---

    def _actor(
        self, context: Context, frame: Frame, hops: tuple[Hop, ...]
    ) -> tuple[Actor | None, str | None, tuple[Evidence, ...]]:
        actor = self._party(context, frame.actor, hops)
        reported = self._words(frame.actor) if frame.actor else None
        if actor is None and frame.predicate.id in ("in-our-hands", "ours"):
            own = any(t.low in ("our", "ours", "control") for t in context.sentence.tokens[frame.start : frame.end])
            actor = self._speaker_side(hops) if own else self._last_actor(context, frame.start)
        if actor is None and frame.actor and frame.actor.pronoun:
            return None, reported, ()
        return actor, reported, ()

    def _party(self, context: Context, party: Party | None, hops: tuple[Hop, ...]) -> Actor | None:
        if party is None:
            return None
        if party.alias is not None:
            actor = party.alias.actor
            if actor.name == "Resistance forces" and fold(self._words(party)).endswith(("mujahideen", "mujahedin", "mujahidin")):
                return self._speaker_side(hops) or actor
            return actor
        if party.pronoun in ("we", "us", "our"):
            return self._speaker_side(hops)
        if party.pronoun in ("he", "his", "they", "their") and len(hops) > 1:
            spoken = hops[-1].span and context.sentence.span.start <= hops[-1].span.start
            group = self.actors.named(fold(hops[-1].name or "").removeprefix("the "), self.published)
            if party.pronoun in ("he", "his") or (spoken and (group or hops[-1].kind is HopKind.GROUP)):
                return group.actor if group else self._speaker_side(hops)
        return self._last_actor(context, party.start)

    def _last_actor(self, context: Context, before: int) -> Actor | None:
        """Return who "they" are: the party named last, in this sentence or before it."""
        for chunk in reversed(context.chunks):
            if isinstance(chunk, Party) and chunk.end <= before and chunk.alias and chunk.alias.form is not AliasForm.PERSON:
                return chunk.alias.actor
        return self.memory.actors[-1] if self.memory.actors else None

    def _speaker_side(self, hops: tuple[Hop, ...]) -> Actor | None:
        """Return whom "we" stands for: the side of the speaker's name, office or person."""
        for hop in reversed(hops[1:]):
            person = next((p for p in self.actors.persons if p.id == hop.person_id), None)
            if person:
                return self.actors.of_side(person.side, self.published)
            words = fold(f"{hop.name or ''} {hop.role or ''}")
            if ("former" in words or "ex-" in words) and (
                side := next(iter(self.actors.enemies(self.actors.state(self.published) or "", self.published)), None)
            ):
                return self.actors.of_side(side, self.published)
            for wording in (
                "taliban",
                "national resistance front",
                "resistance",
                "islamic emirate",
                "islamic state",
                "anti-taliban",
            ):
                if wording in words and (found := self.actors.named(wording, self.published)):
                    if wording == "taliban" and "anti-taliban" in words:
                        continue
                    return found.actor
            if any(
                word in words
                for word in ("ministry", "police", "army", "governor", "military", "government", "corps", "minister")
            ):
                return self.actors.of_side(self.actors.state(self.published) or "", self.published)
        return None

    def _inferred(
        self,
        context: Context,
        frame: Frame,
        actor: Actor | None,
        target: Actor | None,
        control: Control,
        units: Sequence[str | None],
        hops: tuple[Hop, ...],
        day: date | None,
    ) -> tuple[Actor | None, tuple[Evidence, ...]]:
        """Fill an unnamed holder from the rest of the article, and say so; unarmed people who take ground are a local militia."""
        if actor is not None:
            militia = self._militia() if actor.side in UNARMED and control is not Control.NONE else None
            return (
                (militia, (Evidence("armed-locals", 0.5, f"{actor.name} who take ground are coded as {militia.name}"),))
                if militia
                else (actor, ())
            )
        if control is Control.NONE or control is Control.CONTESTED:
            return None, ()
        for name, weight, found, note in self._candidates(context, frame, target, control, units, hops, day):
            if found is not None:
                return found, (Evidence(name, weight, note.format(found.name)),)
        return None, ()

    def _candidates(
        self,
        context: Context,
        frame: Frame,
        target: Actor | None,
        control: Control,
        units: Sequence[str | None],
        hops: tuple[Hop, ...],
        day: date | None,
    ) -> Iterator[tuple[str, float, Actor | None, str]]:
        """Offer who may be meant where nobody is named: the surest reason first."""
        on = day or self.published
        state = self.actors.of_side(self.actors.state(on) or "", on)
        speaker = self._speaker_side(hops)
        if target is not None:
            yield (
                "opposes-target",
                0.6,
                self._opponent(target, control, TAKING),
                "{} fights " + target.name + " and is named in the article",
            )
        if control is Control.LOST:
            yield "speaker-admits-loss", 0.5, speaker, "{} is the side of the speaker who speaks of a loss"
            yield "state-loses", 0.4, state, "{} is the state that holds what nobody else is said to hold"
            return
        if frame.predicate.id == "holdout":
            yield (
                "holds-out-against-state",
                0.4,
                self._opponent(state, Control.HELD, TAKING),
                "a holdout holds out against the state: {}",
            )
        if frame.predicate.id == "hold-out" and self.takers:
            yield (
                "holds-out-against-taker",
                0.4,
                self._opponent(self.takers[-1][0], Control.HELD, TAKING, day),
                "{} fights whom the article names as taker",
            )
            yield "state-holds", 0.3, state, "{} is the state"
        if control is not Control.GAINED:
            return
        back = _takes_back(context, frame)
        here = [a for a, _, places in self.takers if not places.isdisjoint(units)]
        if here and not back:
            yield (
                "taker-of-the-place",
                0.5,
                max(here, key=lambda a: (here.count(a), -here.index(a))),
                "the article names {} as the taker of this place",
            )
        if back:
            yield "speaker-takes-back", 0.5, speaker, "{} is the side of the speaker who speaks of taking back"
        else:
            yield (
                "opposes-state",
                0.5,
                self._opponent(state, control, TAKING, day),
                "{} fights the state, which holds what nobody else is said to hold",
            )
        likely = here or [a for a, b, _ in self.takers if b == back] or [a for a, _, _ in self.takers]
        chosen = max(likely, key=lambda a: (likely.count(a), -likely.index(a))) if likely else None
        yield "taker-elsewhere", 0.4, chosen, "the article names {} as the taker elsewhere"
        yield (
            "named-in-article",
            0.3,
            next((a for a in self.memory.actors if a.side not in UNARMED), None),
            "the article speaks of {}",
        )

    def _fighting(self, day: date | None) -> tuple[Actor | None, Actor | None]:
        """Return who fights where nobody is named: the one pair at war that the article names both sides of, the state second."""
        pairs = [
            (a, b)
            for a, b, start, end in self.actors.dyads
            if self.memory.sides[a] and self.memory.sides[b] and self.actors.fights(a, b, day or self.published)
        ]
        if len(pairs) != 1:
            return None, None
        state = self.actors.state(day or self.published)
        first, second = sorted(pairs[0], key=lambda side: side == state)
        return self.actors.of_side(first, day or self.published), self.actors.of_side(second, day or self.published)

    def _militia(self) -> Actor | None:
        found = self.actors.named("local militia", self.published) or self.actors.named("militia", self.published)
        return found.actor if found else None

    def _opponent(self, actor: Actor | None, control: Control, codes: str, day: date | None = None) -> Actor | None:
        """Return the side that fights this one on the day: one that the article names, or one that has since gone."""
        if actor is None or not (control is not Control.NONE or codes in (TAKING, TRANSFER, "Armed clash")):
            return None
        for side in self.actors.enemies(actor.side, day or self.published):
            if self.memory.sides[side] or self.actors.of_side(side, self.published) is None:
                return self.actors.of_side(side, day or self.published)
        return None

    # --- what a predicate needs ---

    def _meets(self, context: Context, frame: Frame, actor: Actor | None, target: Actor | None) -> bool:
        needs = frame.predicate.needs
        if "actor" in needs and actor is None and not (frame.actor and frame.predicate.codes == TRANSFER):
            return False
        if "target" in needs and target is None:
            return False
        if "object" in needs and not frame.direct and frame.place is None:
            return False
        if "subject" in needs and frame.place is None and not self._headed(context, frame):
            return False
        if frame.predicate.codes in (TAKING, TRANSFER) or frame.predicate.control is Control.HELD:
            if (
                not frame.direct
                and not self._headed(context, frame)
                and not frame.outpost
                and frame.predicate.id not in ("drive-out", "repel")
            ):
                return False
            if actor is not None and actor.side == "protesters":
                return False
        scene = Scene(context.sentence.tokens, context.chunks, frame, actor, target, self.lexicon, self._about_protest(context))
        return all(check(scene) for need, check in NEEDS.items() if need in needs)

    def _headed(self, context: Context, frame: Frame) -> bool:
        """Tell a telegraphic item whose subject is its heading: "Jaghato: Retaken by commandos"."""
        return bool(context.sentence.heading) and frame.passive and frame.subject is None

    # --- where ---

    def _places(self, context: Context, frame: Frame) -> list[tuple[Named | None, str | None]]:
        """Return the places of a frame: its own argument, else where its sentence is set, else what is in focus."""
        at = context.sentence.tokens[frame.start].start
        if frame.place is not None:
            found = self._of_chunk(frame.place, at)
            if found:
                return found
            if isinstance(frame.place, (Places, Reference)) and frame.direct:
                return []
        if (
            frame.predicate.codes in (TAKING, TRANSFER)
            and not frame.outpost
            and not self._headed(context, frame)
            and frame.predicate.id != "drive-out"
        ):
            return []
        for chunk in frame.nearby:
            if chunk.relation in (Relation.BEARING, Relation.OFFICE):
                continue
            if (
                chunk.relation in (Relation.FRAME, Relation.SOURCE)
                and frame.predicate.codes != "Armed clash"
                and (self.memory.focus or context.sentence.heading)
            ):
                continue
            found = self._of_chunk(chunk, at)
            if found:
                return found
        return self._elsewhere(context) if "place" in frame.predicate.needs else []

    def _elsewhere(self, context: Context) -> list[tuple[Named | None, str | None]]:
        heading = [Named(m.place, m.toponym.span) for m in context.sentence.heading if m.place]
        if heading:
            return [(n, n.place.name) for n in heading]
        if self.memory.focus and context.sentence.paragraph - self.memory.focus_paragraph <= 1:
            return [(n, n.place.name) for n in self.memory.focus]
        return []

    def _of_chunk(self, chunk: Places | Reference | Party, at: int) -> list[tuple[Named | None, str | None]]:
        if isinstance(chunk, Party):
            recent = self.recent or self.memory.focus[:1]
            return [(n, n.place.name) for n in recent] if chunk.pronoun == "it" else []
        named = self.memory.refer(chunk, at) if isinstance(chunk, Reference) else self.memory.named(chunk)
        return [(n, self.article.text[n.span.start : n.span.end]) for n in named]

    # --- when ---

    def _day(
        self,
        context: Context,
        frame: Frame,
        control: Control,
        places: Sequence[tuple[Named | None, str | None]],
        hops: tuple[Hop, ...],
    ) -> tuple[When | None, date | None, int | None]:
        when = self._nearest(context, frame.start, frame.end)
        if when is not None and when.offset is not None:
            anchor = next((w.day for w in context.whens if w.day and w.precision == 1), None) or self.main_day or self.published
            return when, anchor - timedelta(days=when.offset) if anchor else None, 1
        if when is not None and when.since and control is Control.HELD:
            return None, self.published, 1
        if when is not None:
            return when, when.day, when.precision
        if control is Control.HELD:
            return None, self.published, 1 if self.published else None
        if hops[-1].day:
            return None, hops[-1].day, 1
        units = {n.place.unit for n, _ in places if n}
        if self.dated and self.dated[0] == context.sentence.paragraph and not units.isdisjoint(self.dated[1]):
            return None, self.dated[2], self.dated[3]
        chosen = self.main_day or self.published
        return None, chosen, 2 if chosen else None

    def _nearest(self, context: Context, start: int, end: int) -> When | None:
        """Return the time expression of the frame's clause, else of its sentence; not the day on which somebody spoke."""
        best: tuple[int, When] | None = None
        for when in context.whens:
            cost = self._distance(context, when, start, end)
            if cost > FAR_AWAY or self._is_day_of_speech(when) or not self._applies(context, when, start, cost):
                continue
            if any(self._distance(context, when, a, b) + CLEARLY < cost for a, b in self.spans if (a, b) != (start, end)):
                continue
            if best is None or cost < best[0]:
                best = (cost, when)
        return best[1] if best else None

    def _distance(self, context: Context, when: When, start: int, end: int) -> int:
        """Return how far a time expression stands from a frame: characters, and more for each clause between."""
        tokens = context.sentence.tokens
        left, right = tokens[start].start, tokens[min(end, len(tokens)) - 1].end
        between = (
            self.article.text[right : when.span.start] if when.span.start >= right else self.article.text[when.span.end : left]
        )
        return len(between) + sum(weight * between.count(mark) for mark, weight in CLAUSE_MARKS.items())

    def _applies(self, context: Context, when: When, start: int, cost: int) -> bool:
        """Tell whether an offset or a far time can be meant: "five days after they lost it" only looks right, and near."""
        if when.offset is not None:
            return when.span.start <= context.sentence.tokens[start].start and cost <= 60
        return not when.far or cost <= 90

    def _is_day_of_speech(self, when: When) -> bool:
        for saying in self.sayings:
            if saying.cue.end <= when.span.start <= saying.cue.end + 40:
                between = self.article.text[saying.cue.end : when.span.start].split()
                if all(
                    word.casefold()
                    in (
                        "on",
                        "in",
                        "a",
                        "statement",
                        "by",
                        "telephone",
                        "late",
                        "early",
                        "text",
                        "message",
                        "journalists",
                        "reporters",
                        "kabul",
                    )
                    for word in between
                ) and not any(s.start <= when.span.start < s.end for s in saying.content):
                    return True
        return False

    def _is_past(
        self, context: Context, frame: Frame, when: When | None, day: date | None, actor: Actor | None, target: Actor | None
    ) -> bool:
        if when is not None and when.far:
            return True
        if day and self.published and (self.published - day).days > self.settings.past_after_days:
            return True
        for party in (actor, target):
            if (
                party
                and party.valid_to
                and self.published
                and party.valid_to < self.published
                and (self.published - party.valid_to).days > self.settings.past_after_days
            ):
                return True
        paragraph, past = self.paragraph_past
        present = any(t.low in _PRESENT for t in context.sentence.tokens) or any(
            self.lexicon.says.get(t.low, ("", None))[1] in (MorphForm.BASE, MorphForm.THIRD) for t in context.sentence.tokens
        )
        return when is None and past and paragraph == context.sentence.paragraph and not present

    # --- how many ---

    def _tolls(self, context: Context, drafts: Sequence[Draft]) -> Iterator[Draft]:
        """Turn the sentence's counts into claims, one a side."""
        side: Actor | None = None
        inherited: Toll | None = None
        grouped: dict[tuple[str | None, int], list[Toll]] = {}
        sides: dict[tuple[str | None, int], Actor | None] = {}
        speaker_breaks = [s.speaker.start for s in self.sayings]
        for toll in counts.find(context.sentence.tokens, context.chunks):
            at = context.sentence.tokens[toll.start].start
            settled = self._side(context, toll, at, drafts)
            side = settled or (side if inherited else None)
            inherited = toll
            group = sum(start < at for start in speaker_breaks)
            key = (side.name if side else None, group)
            if any(t.harm is toll.harm for t in grouped.get(key, ())):
                key = (key[0], group + 1000 + toll.start)
            grouped.setdefault(key, []).append(toll)
            sides[key] = side
        for key, tolls in grouped.items():
            draft = self._toll_draft(context, tolls, sides[key], drafts)
            if draft:
                yield draft

    def _side(self, context: Context, toll: Toll, at: int, drafts: Sequence[Draft]) -> Actor | None:
        hops, _ = attribution.chain(self.reading, self.sayings, at)
        if toll.party is not None:
            found = self._party(context, toll.party, hops)
            if found and found.side == "civilians" and self._about_protest(context):
                return self.actors.by_name.get("Protesters", found)
            return found
        if toll.noun in CIVILIAN_NOUNS and toll.noun not in ("others", "men", "people"):
            return self.actors.by_name.get("Protesters" if self._about_protest(context) else "Civilians")
        if "all of them civilians" in context.low:
            return self.actors.by_name.get("Civilians")
        return None

    def _about_protest(self, context: Context) -> bool:
        words = self.lexicon.words("context", "protest")
        here = any(t.low in words for t in context.sentence.tokens)
        return here or bool(
            self.last
            and self.last.codes in ("Excessive force against protesters", "Peaceful protest", "Protest with intervention")
        )

    def _toll_draft(self, context: Context, tolls: Sequence[Toll], side: Actor | None, drafts: Sequence[Draft]) -> Draft | None:
        at = context.sentence.tokens[tolls[0].start].start
        hops, stances = attribution.chain(self.reading, self.sayings, at)
        frame = _governing(drafts, at)
        model = frame or self.last
        places = self._toll_places(context, tolls, frame)
        if side is None and model is not None and model.target is not None and (model.codes in REMOTE or model.counts):
            side = self.actors.by_name.get(model.counts[-1].side or "") if model.counts else model.target
        codes = self._toll_codes(model, side, frame is not None, context)
        actor = self._toll_actor(model, side, codes)
        day, precision, past = self._toll_day(context, tolls, model)
        said = Frame(TOLL, tolls[0].start, tolls[-1].end, frozenset())
        denied = bool(stances) and stances[-1] == "deny"
        judged = status.judge(said, context.sentence, [s for s in stances if s != "deny"], context.whens, self.lexicon, past=past)
        if judged is Status.DENIED and not denied:
            judged = Status.ASSERTED
        elif judged is Status.ASSERTED and denied and any(t.high != 0 for t in tolls):
            judged = Status.DENIED
        named, name, over = self._toll_unit(places)
        total = tuple(
            Count(t.harm, t.low, t.high, side.name if side else None, t.vague, None, over) for t in tolls
        )  # fmt: skip
        if named is None and judged is not Status.PAST and not model and all(t.vague or t.high == 0 for t in tolls):
            return None
        return Draft(
            context.sentence, at, named, name, Control.NONE, codes, actor, None, side, judged, day, precision, "toll", hops, total
        )

    def _toll_places(self, context: Context, tolls: Sequence[Toll], frame: Draft | None) -> list[tuple[Named | None, str | None]]:
        middle = context.sentence.tokens[tolls[0].start].start
        groups = [
            c for c in context.chunks if isinstance(c, (Places, Reference)) and c.relation in (Relation.SITE, Relation.NEAR)
        ]
        groups.sort(key=lambda c: (c.start < tolls[0].start, abs(context.sentence.tokens[c.start].start - middle)))
        for chunk in groups:
            found = self._of_chunk(chunk, middle)
            if found:
                return found
        if frame is not None and frame.named is not None:
            return [(frame.named, frame.place_name)]
        if self.fought and not context.sentence.heading:
            return [(n, n.place.name) for n in self.fought]
        return self._elsewhere(context)

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

    def _toll_codes(self, model: Draft | None, side: Actor | None, here: bool, context: Context) -> str:
        if model is not None and model.codes in REMOTE and (here or model.sentence.paragraph >= context.sentence.paragraph - 1):
            return model.codes
        if side is not None and side.side == "civilians" and (model is None or model.codes not in ("Armed clash", *_BATTLES)):
            return "Attack"
        return "Armed clash"

    def _toll_actor(self, model: Draft | None, side: Actor | None, codes: str) -> Actor | None:
        """Whoever fights the side that lost people; for remote violence the one who did it."""
        if model is not None and model.actor is not None and (side is None or model.actor.side != side.side):
            return model.actor
        if (
            model is not None
            and model.target is not None
            and side is not None
            and model.target.side != side.side
            and model.target.side not in UNARMED
        ):
            return model.target
        return self._opponent(side, Control.NONE, "Armed clash") if codes == "Armed clash" else None

    def _toll_day(self, context: Context, tolls: Sequence[Toll], model: Draft | None) -> tuple[date | None, int | None, bool]:
        when = self._nearest(context, tolls[0].start, tolls[-1].end)
        if when is not None and when.offset is None:
            far = when.far or bool(
                when.day and self.published and (self.published - when.day).days > self.settings.past_after_days
            )
            return when.day, when.precision, far
        paragraph, past = self.paragraph_past
        if past and paragraph == context.sentence.paragraph:
            return None, None, True
        if model is not None and model.status is not Status.PAST:
            return model.day, model.precision, False
        chosen = self.main_day or self.published
        return chosen, 2 if chosen else None, False

    # --- after each sentence ---

    def _remember(self, context: Context, drafts: Sequence[Draft]) -> None:
        sentence = context.sentence
        live = [d for d in drafts if d.named is not None and d.pattern != "toll"]
        if live:
            named = [d.named for d in live if d.named and d.at == live[-1].at and d.status is not Status.PAST] or [
                d.named for d in live if d.named
            ]
            self.memory.focus = tuple({(n.place.unit or n.place.id): n for n in named}.values())
            self.memory.focus_paragraph = sentence.paragraph
        else:
            for chunk in context.chunks:
                if (
                    isinstance(chunk, Places)
                    and chunk.relation in (Relation.SITE, Relation.NEAR)
                    and any(p.admin2_pcode for p in chunk.named)
                ):
                    self.memory.focus = self.memory.named(chunk)
                    self.memory.focus_paragraph = sentence.paragraph
                    break
            else:
                if self.memory.focus_paragraph == sentence.paragraph - 1 and not sentence.title:
                    self.memory.focus_paragraph = sentence.paragraph if drafts else self.memory.focus_paragraph
        for chunk in context.chunks:
            if isinstance(chunk, Party) and chunk.alias and chunk.alias.actor.side not in UNARMED:
                self.memory.actors.append(chunk.alias.actor)
        battle = [d for d in drafts if d.codes in REMOTE or d.codes in ("Armed clash", *_BATTLES)]
        sites = [
            d.named
            for d in battle
            if d.named
            and d.pattern != "toll"
            and d.status in (Status.ASSERTED, Status.ONGOING, Status.UNCONFIRMED)
            and d.at == battle[-1].at
        ]
        if sites:
            self.fought = tuple({(n.place.unit or n.place.id): n for n in sites}.values())
        elif (
            any(
                isinstance(c, Places) and c.relation is Relation.SITE and any(p.admin2_pcode for p in c.named)
                for c in context.chunks
            )
            and not drafts
        ):
            self.fought = ()
        if battle:
            self.last = (
                next((d for d in reversed(battle) if d.codes in REMOTE), battle[-1])
                if battle[-1].pattern == "toll"
                else battle[-1]
            )
        held = [
            d
            for d in drafts
            if d.control is not Control.NONE and d.named and d.status in (Status.ASSERTED, Status.UNCONFIRMED, Status.ONGOING)
        ]
        if held:
            self.claimed = tuple(d for d in held if d.at == held[-1].at)
        known = [w for w in context.whens if w.day and not w.ahead and not self._is_day_of_speech(w)]
        days = [d for d in drafts if d.day and d.named and d.status is not Status.PAST]
        if known and days and days[0].day:
            self.dated = (
                sentence.paragraph,
                frozenset(d.named.place.unit for d in days if d.named),
                days[0].day,
                days[0].precision,
            )
        far = any(w.far for w in context.whens) or any(d.status is Status.PAST for d in drafts)
        if far or known:
            self.paragraph_past = (
                sentence.paragraph,
                far
                and not any(
                    w.day and self.published and (self.published - w.day).days <= self.settings.past_after_days for w in known
                ),
            )

    # --- into claims ---

    def _words(self, party: Party) -> str:
        return self.article.text[party.span.start : party.span.end]

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
        )


def _takes_back(context: Context, frame: Frame) -> bool:
    """Tell "retook", "liberated" from "captured": whoever takes back is not whoever took."""
    words = [t.low for t in context.sentence.tokens[frame.start : frame.end]]
    return words[0].startswith(("re", "liberat", "free", "clear")) or "back" in words


_PRESENT = frozenset("is are has have now currently still today will 're 've".split())
"""Words that bring a sentence back from history to the news."""

CLAUSE_MARKS = {";": 60, " while ": 60, " but ": 60, "\n": 60, ",": 25, " that ": 25, " and ": 30, " after ": 30, " since ": 30}
"""What each mark of a new clause adds to the distance between a time and a predicate, in characters."""
FAR_AWAY = 260
CLEARLY = 60

_BATTLES = ("Government regains territory", "Non-state actor overtakes territory")


def _governing(drafts: Sequence[Draft], at: int) -> Draft | None:
    """Return the draft of the sentence that a toll belongs to: the nearest that kills, else the nearest fight."""
    violent = [d for d in drafts if d.codes in REMOTE] or [
        d for d in drafts if d.codes in ("Armed clash", *_BATTLES, NON_VIOLENT)
    ]
    return min(violent, key=lambda d: abs(d.at - at)) if violent else None


def _merged(drafts: Sequence[Draft]) -> list[Draft]:
    """Drop what one sentence says twice, and the fighting by which it says a place was taken."""
    taken = {d.named.place.unit for d in drafts if d.named and d.control in (Control.GAINED, Control.LOST)}
    kept: dict[tuple[object, ...], Draft] = {}
    for draft in drafts:
        place = draft.named.place if draft.named else None
        if draft.codes == "Armed clash" and place and place.unit in taken and draft.control is Control.NONE:
            continue
        side = draft.actor.side if draft.actor else None
        kept.setdefault((place.id if place else draft.place_name, draft.codes, draft.control, side, draft.status), draft)
    return list(kept.values())


def _with_tolls(drafts: Sequence[Draft], tolls: Sequence[Draft]) -> list[Draft]:
    """Give a toll to the act that caused it where one sentence says both; keep the others as claims of their own."""
    found = list(drafts)
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
            found.append(toll)
        else:
            found[at] = replace(found[at], counts=toll.counts, target=found[at].target or toll.target)
    return sorted(found, key=lambda d: d.at)
