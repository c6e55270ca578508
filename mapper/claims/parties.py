"""A frame's noun phrases into actors: pronouns, the speaker's own side, and who is meant where nobody is named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property

from mapper.actors import Form as AliasForm
from mapper.claims.chunks import Party
from mapper.claims.frames import Frame
from mapper.claims.needs import UNARMED
from mapper.claims.story import TAKING, TRANSFER, Context, Story, takes_back
from mapper.claims.tokens import ADVERBS, AUXILIARIES, Token
from mapper.model import Actor, Control, Evidence, Hop, HopKind
from mapper.text import fold


class Parties(Story):
    """Who: reads parties."""

    def actor(self, context: Context, frame: Frame, hops: tuple[Hop, ...]) -> tuple[Actor | None, str | None]:
        """Return the actor that a frame names, and the words that name it."""
        actor = self.party(context, frame.actor, hops)
        if actor is None and frame.predicate.id in ("in-our-hands", "ours"):
            own = not any(t.low in ("their", "theirs") for t in context.sentence.tokens[frame.start : frame.end])
            actor = self._speaker_side(hops) if own else self._last_actor(context, frame.start)
        if actor is None and frame.actor is None and self._means_own_forces(context, frame):
            actor = self._own_forces(frame, context, hops)
        they = isinstance(frame.actor, Party) and frame.actor.pronoun == "they" and frame.predicate.control is Control.GAINED
        speaker = self._speaker_side(hops) if they else None
        if _announces(speaker, back=takes_back(context, frame)) and self._names_none(context, frame):
            actor = speaker
        return actor, self.words(frame.actor) if frame.actor else None

    def _means_own_forces(self, context: Context, frame: Frame) -> bool:
        """Tell "forces are in control", as a ministry says of its own, from "opposition forces", "forces loyal to"."""
        tokens, k = context.sentence.tokens, frame.start - 1
        while k > 0 and tokens[k].low in ADVERBS | AUXILIARIES:
            k -= 1
        before = tokens[k - 1].low if k > 0 else "that"
        bare = before in ("the", "its", "their", "our") or before in self.lexicon.says or before == "that"
        return bare and bool(frame.forms) and k >= 0 and tokens[k].low == "forces"

    def _own_forces(self, frame: Frame, context: Context, hops: tuple[Hop, ...]) -> Actor | None:
        """Return the state whose "forces" are meant, unless a speaker of another side says so, or they fight it."""
        state = self.actors.of_side(self.actors.state(self.era) or "", self.era)
        speaker = self._speaker_side(hops)
        if state is None or state.inter != "State forces" or (speaker and speaker.side != state.side):
            return None
        return None if self.party(context, frame.target, hops) == state else state

    def _names_none(self, context: Context, frame: Frame) -> bool:
        """Tell that no party stands before a frame in its sentence: "they" are none of it."""
        return not any(isinstance(c, Party) and c.alias and c.end <= frame.start for c in context.chunks)

    def party(self, context: Context, party: Party | None, hops: tuple[Hop, ...]) -> Actor | None:
        """Return whom a phrase means: the table\'s actor, the speaker\'s side for "we", the last party for "they"."""
        if party is None:
            return None
        if party.alias is not None:
            return self._by_name(party, party.alias.actor, hops)
        if fold(self.words(party)).endswith("own people"):
            return self._speaker_side(hops) or self._militia()
        if party.pronoun and "own" in fold(self.words(party)).split():
            return self._speaker_side(hops) or self._last_actor(context, party.start)
        if party.pronoun in ("we", "us", "our", "enemy"):
            return self._enemy(hops) if party.pronoun == "enemy" else self._speaker_side(hops)
        if party.pronoun in ("he", "his", "they", "their") and len(hops) > 1:
            spoken = hops[-1].span and context.sentence.span.start <= hops[-1].span.start
            group = self.actors.named(fold(hops[-1].name or "").removeprefix("the "), self.era)
            if party.pronoun in ("he", "his") or (spoken and (group or hops[-1].kind is HopKind.GROUP)):
                return group.actor if group else self._speaker_side(hops)
        return self._last_actor(context, party.start)

    def _by_name(self, party: Party, actor: Actor, hops: tuple[Hop, ...]) -> Actor:
        """Return the table's actor of some words; "mujahideen" are the speaker's own, "the armed group" is the rebels named last."""
        words = fold(self.words(party))
        if actor.name == "Resistance forces" and words.endswith(("mujahideen", "mujahedin", "mujahidin")):
            return self._speaker_side(hops) or actor
        if actor.side == "unidentified" and words.startswith(("the armed group", "the militant group", "the group")):
            return next((a for a in reversed(self.memory.actors) if a.inter == "Rebel group"), actor)
        return actor

    def _enemy(self, hops: tuple[Hop, ...]) -> Actor | None:
        """Return the chief foe of the speaker's side, or of an outlet that is a side's own."""
        outlet = self.communique if len(hops) == 1 else None
        own = self._speaker_side(hops) or self._speaker_side((hops[0], hops[0])) or outlet
        foes = self.actors.enemies(own.side, self.era) if own else ()
        return self.actors.of_side(foes[0], self.era) if foes else None

    def _last_actor(self, context: Context, before: int) -> Actor | None:
        """Return who "they" are: the party named last, in this sentence or before it."""
        for chunk in reversed(context.chunks):
            if (
                isinstance(chunk, Party)
                and chunk.end <= before
                and chunk.alias
                and not chunk.person
                and chunk.alias.form is not AliasForm.PERSON
            ):
                return chunk.alias.actor
        return self.memory.doer or (self.memory.actors[-1] if self.memory.actors else None)

    def _speaker_side(self, hops: tuple[Hop, ...]) -> Actor | None:
        """Return whom "we" stands for: the side of the speaker's name, office or person."""
        for hop in reversed(hops[1:]):
            person = next((p for p in self.actors.persons if p.id == hop.person_id), None)
            if person and person.side == "resistance":  # whose leaders were the state's before there was a resistance
                return self.actors.of_side(person.side, self.era) or self.actors.of_side(
                    self.actors.state(self.era) or "", self.era
                )
            if person:
                return self.actors.of_side(person.side, self.era)
            words = fold(f"{hop.name or ''} {hop.role or ''}")
            if ("former" in words or "ex-" in words) and (
                side := next(iter(self.actors.enemies(self.actors.state(self.era) or "", self.era)), None)
            ):
                return self.actors.of_side(side, self.era)
            named = self._named_in(words.split())
            if named:
                return named
            if any(
                word in words
                for word in (
                    "ministry",
                    "provincial council",
                    "police",
                    "army",
                    "governor",
                    "military",
                    "government",
                    "corps",
                    "minister",
                )
            ):
                return self.actors.of_side(self.actors.state(self.era) or "", self.era)
        return None

    def _named_in(self, words: Sequence[str]) -> Actor | None:
        """Return the armed party that a speaker's description names: the longest wording of the table in it."""
        for length in range(min(4, len(words)), 0, -1):
            for at in range(len(words) - length + 1):
                named = self.actors.named(" ".join(words[at : at + length]), self.era)
                if named and named.form is not AliasForm.AFTER and named.actor.side not in UNARMED:
                    return named.actor
        return None

    def inferred(
        self,
        context: Context,
        frame: Frame,
        actor: Actor | None,
        target: Actor | None,
        control: Control,
        units: Sequence[str | None],
        hops: tuple[Hop, ...],
        day: date | None,
        *,
        denied: bool = False,
    ) -> tuple[Actor | None, tuple[Evidence, ...]]:
        """Fill an unnamed holder from the rest of the article, and say so; unarmed people who take ground are a local militia."""
        if actor is not None:
            militia = self._militia() if actor.side in UNARMED and control is not Control.NONE else None
            return (
                (militia, (Evidence("armed-locals", 0.5, f"{actor.name} who take ground are coded as {militia.name}"),))
                if militia
                else (actor, ())
            )
        crowd = self.actors.by_name.get(_CROWDS.get(frame.predicate.codes, ""))
        if crowd is not None and target is None:
            return crowd, (Evidence("crowd", 1.0, f"whoever protests is coded as {crowd.name}"),)
        if control is Control.NONE or control is Control.CONTESTED:
            return None, ()
        speaker = self._speaker_side(hops) if denied and control is Control.GAINED and target is None else None
        foe = self.opponent(speaker, control, TAKING, day) if speaker else None
        if speaker and foe:
            return foe, (Evidence("speaker-denies", 0.5, f"{foe.name} fights the speaker, who denies that it took the place"),)
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
        on = day or self.era
        state = self.actors.of_side(self.actors.state(on) or "", on)
        speaker = self._speaker_side(hops)
        if target is not None:
            yield (
                "opposes-target",
                0.6,
                self.opponent(target, control, TAKING),
                "{} fights " + target.name + " and is named in the article",
            )
        if control is Control.LOST:
            yield "speaker-admits-loss", 0.5, speaker, "{} is the side of the speaker who speaks of a loss"
            yield "state-loses", 0.4, state, "{} is the state that holds what nobody else is said to hold"
            return
        if control is not Control.GAINED:
            yield from self._holders(frame, target, state, day)
            return
        back = takes_back(context, frame)
        here = [a for a, b, places in self.takers if b == back and not places.isdisjoint(units)]
        if here and not back:
            yield (
                "taker-of-the-place",
                0.5,
                max(here, key=lambda a: (here.count(a), -here.index(a))),
                "the article names {} as the taker of this place",
            )
        announces = speaker if frame.predicate.id.startswith("take") and not back and _announces(speaker, back=False) else None
        yield "speaker-announces", 0.5, announces, "{} is the side of the speaker, who announces what it took"
        if back:
            outlet = self.communique if len(hops) == 1 and frame.actor is None else None
            yield "outlet-takes-back", 0.5, outlet, "{} writes this, and writes of what it took"
            yield "speaker-takes-back", 0.5, speaker, "{} is the side of the speaker who speaks of taking back"
            yield from self._back_from_taker(state, units, on)
            behind = {t.low for t in context.sentence.tokens[frame.end : frame.end + 8]}
            before = context.sentence.tokens[frame.start - 1].low if frame.start else "."
            unsaid = (frame.passive or not frame.forms or (before == "to" and frame.subject is None)) and "by" not in behind
            defends = state if state is not None and state.inter == "State forces" and unsaid else None
            yield "state-takes-back", 0.4, defends, "{} is the state, which takes back what it had"
        else:
            yield from self._against(state, units, control, day)
        likely = here or [a for a, b, _ in self.takers if b == back] or [a for a, _, _ in self.takers if not back]
        likely = likely if back else [a for a in likely if not _is_state(a, state)]  # a state that takes, takes back
        chosen = max(likely, key=lambda a: (likely.count(a), -likely.index(a))) if likely else None
        yield "taker-elsewhere", 0.4, chosen, "the article names {} as the taker elsewhere"
        yield (
            "named-in-article",
            0.3,
            next((a for a in self.memory.actors if a.side not in UNARMED and (back or not _is_state(a, state))), None),
            "the article speaks of {}",
        )

    def _holders(
        self, frame: Frame, target: Actor | None, state: Actor | None, day: date | None
    ) -> Iterator[tuple[str, float, Actor | None, str]]:
        """Offer who holds out, or beats an attack back, where nobody is named."""
        if frame.predicate.id == "holdout":
            yield (
                "holds-out-against-state",
                0.4,
                self.opponent(state, Control.HELD, TAKING),
                "a holdout holds out against the state: {}",
            )
        if frame.predicate.id == "repel" and target and state and self.actors.fights(target.side, state.side, day or self.era):
            yield "state-repels", 0.4, state, "{} is the state, which is the one to beat back " + target.name
        if frame.predicate.id == "hold-out" and self.takers:
            own = state.side if state is not None and state.inter == "State forces" else None
            foes = [a for a, _, _ in self.takers if a.side != own]  # whoever holds out where the state retakes is the state's
            held = self.opponent(foes[-1], Control.HELD, TAKING, day) if foes else None
            yield "holds-out-against-taker", 0.4, held, "{} fights whom the article names as taker"
            yield "state-holds", 0.3, state, "{} is the state"

    def _back_from_taker(
        self, state: Actor | None, units: Sequence[str | None], on: date | None
    ) -> Iterator[tuple[str, float, Actor | None, str]]:
        """Offer who takes a place back: whoever fights the one that the article says took it."""
        taker = next((a for a, back, places in reversed(self.takers) if not back and not places.isdisjoint(units)), None)
        if taker is not None:
            foe = self.opponent(taker, Control.GAINED, TAKING, on)
            fights = state is not None and self.actors.fights(taker.side, state.side, on)
            note = "{} fights " + taker.name + ", which the article names as the taker of this place"
            yield "back-from-taker", 0.5, foe or (state if fights else None), note

    def _against(
        self, state: Actor | None, units: Sequence[str | None], control: Control, day: date | None
    ) -> Iterator[tuple[str, float, Actor | None, str]]:
        """Offer who took a place from the state; the capital, from the state before it."""
        if state and len(self.actors.reigns) > 1 and state.side != self.actors.reigns[0][2] and self._seat_of_state in units:
            yield "took-the-capital", 0.4, state, "{} is the state, which it became by taking the capital"
        foe = self.opponent(state, control, TAKING, day)
        yield "opposes-state", 0.5, foe, "{} fights the state, which holds what nobody else is said to hold"

    @cached_property
    def _seat_of_state(self) -> str | None:
        home = (p for p in self.gazetteer.places.values() if p.feature_code == "PPLC" and p.country == self.gazetteer.country)
        return next((place.unit for place in home), None)

    def fighting(self, day: date | None) -> tuple[Actor | None, Actor | None]:
        """Return who fights where nobody is named: the one pair at war that the article names both sides of, the state second."""
        pairs = [
            (a, b)
            for a, b, start, end in self.actors.dyads
            if self.memory.sides[a] and self.memory.sides[b] and self.actors.fights(a, b, day or self.era)
        ]
        if len(pairs) != 1:
            return None, None
        state = self.actors.state(day or self.era)
        first, second = sorted(pairs[0], key=lambda side: side == state)
        return self.actors.of_side(first, day or self.era), self.actors.of_side(second, day or self.era)

    def both(self, context: Context, frame: Frame) -> tuple[Actor | None, Actor | None] | None:
        """Return the two of whom each is said to have a place: "both sides claim control", "the army and the Taliban both say they hold"."""
        before = context.sentence.tokens[: frame.start]
        at = next((k for k in range(len(before) - 1, -1, -1) if before[k].low in ("both", "each", "either")), None)
        if at is None:
            return None
        if before[at + 1 : at + 2] and before[at + 1].low in ("side", "sides", "parties", "camps"):
            return self.fighting(None) if self._is_claimed(before[at + 2 :], frame) else None
        named = [c for c in context.chunks if isinstance(c, Party) and c.alias and not c.person and c.end <= frame.start][-2:]
        if (
            before[at].low != "both"
            or len(named) < 2
            or not _are_beside(before, at, named)
            or not self._is_claimed(before[max(at + 1, named[1].end) :], frame)
        ):
            return None
        first, second = (c.alias.actor for c in named if c.alias)
        return (first, second) if self.actors.fights(first.side, second.side, self.era) else None

    def _is_claimed(self, between: Sequence[Token], frame: Frame) -> bool:
        """Tell whether nothing but a verb of claiming, or the hold itself, parts two sides from what each is said to have."""
        links = ADVERBS | AUXILIARIES | {"that", "they", "it"}
        plain = all(
            t.low in links or t.low in self.lexicon.says or t.low in ("claim", "claims", "claimed", "claiming") for t in between
        )
        return plain and (bool(between) or frame.predicate.control is Control.HELD)

    def _militia(self) -> Actor | None:
        found = self.actors.named("local militia", self.era) or self.actors.named("militia", self.era)
        return found.actor if found else None

    def opponent(self, actor: Actor | None, control: Control, codes: str, day: date | None = None) -> Actor | None:
        """Return the side that fights this one on the day: one that the article names, or one that has since gone."""
        if actor is None or not (control is not Control.NONE or codes in (TAKING, TRANSFER, "Armed clash")):
            return None
        for side in self.actors.enemies(actor.side, day or self.era):
            if self.memory.sides[side] or self.actors.of_side(side, self.era) is None:
                return self.actors.of_side(side, day or self.era)
        return None


_CROWDS = {"Peaceful protest": "Protesters", "Violent demonstration": "Rioters"}
"""Sub-event types of ACLED -> its generic actor, who takes part in no other."""


def _is_state(actor: Actor, state: Actor | None) -> bool:
    """Tell the state's own forces."""
    return state is not None and actor.side == state.side and actor.inter == "State forces"


_DETERMINED = 2
"""Tokens from "and" to a party behind an article."""


def _are_beside(tokens: Sequence[Token], at: int, named: Sequence[Party]) -> bool:
    """Tell the two of "both X and Y", "X and Y both"."""
    first, second = named
    joined = first.end < len(tokens) and tokens[first.end].low == "and" and second.start <= first.end + _DETERMINED
    return joined and (first.start <= at + _DETERMINED or second.end == at)


def _announces(speaker: Actor | None, *, back: bool) -> bool:
    """Tell a side that announces what it takes: rebels what is taken, a state what is taken back."""
    return speaker is not None and speaker.inter == ("State forces" if back else "Rebel group")
