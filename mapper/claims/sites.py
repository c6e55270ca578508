"""A frame into the places where it happens: its own argument, its sentence, its heading, or what is in focus."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from mapper.claims.chunks import HEADS, KIND_NOUNS, MODIFIERS, Chunk, Party, Places, Reference, Relation
from mapper.claims.frames import Frame
from mapper.claims.memory import Named
from mapper.claims.needs import NEEDS, WINDOW, Scene
from mapper.claims.parties import Parties
from mapper.claims.story import TAKING, TRANSFER, Context
from mapper.claims.tokens import ADVERBS, AUXILIARIES, DETERMINERS
from mapper.model import Actor, Control, Kind

_OF_THE_FOCUS = frozenset(["drive-out", "driven-out", "repel", "in-control", "depart", "none-left", "flag"])
"""Rows that may be said of the place spoken of, without naming it."""


_OPENING = 2
"""Words before the verb of an item whose subject is its heading."""


class Sites(Parties):
    """Where: reads places."""

    def meets(self, context: Context, frame: Frame, actor: Actor | None, target: Actor | None) -> bool:
        """Tell whether a frame has all that its predicate needs to say anything."""
        vague = isinstance(frame.place, Reference) and frame.place.noun in ("area", "areas") and frame.predicate.id == "withdraw"
        if vague or not self._roles_filled(context, frame, actor, target) or not self._may_hold_ground(context, frame, actor):
            return False
        scene = Scene(context.sentence.tokens, context.chunks, frame, actor, target, self.lexicon, self.about_protest(context))
        return all(check(scene) for need, check in NEEDS.items() if need in frame.predicate.needs)

    def _roles_filled(self, context: Context, frame: Frame, actor: Actor | None, target: Actor | None) -> bool:
        """Tell whether the roles that a predicate needs are filled."""
        filled = {
            "actor": actor is not None or (frame.actor is not None and frame.predicate.codes == TRANSFER),
            "target": target is not None,
            "object": frame.direct
            or frame.seat
            or frame.place is not None
            or (frame.outpost and frame.predicate.codes == TAKING),
            "subject": frame.place is not None or frame.outpost or self._headed(context, frame),
        }
        return all(filled.get(need, True) for need in frame.predicate.needs)

    def _may_hold_ground(self, context: Context, frame: Frame, actor: Actor | None) -> bool:
        """Tell who or what can take, hold or lose a place, and needs the place as its own argument for it."""
        control, codes = frame.predicate.control, frame.predicate.codes
        if frame.stranger and frame.actor is None and control is not Control.NONE and stranger(context, frame) is None:
            return False
        if codes not in (TAKING, TRANSFER) and control is not Control.HELD and not _bare(frame):
            return True
        own = frame.direct or frame.outpost or frame.seat or self._headed(context, frame) or frame.predicate.id in _OF_THE_FOCUS
        return own and not (actor is not None and actor.side == "protesters")

    def _headed(self, context: Context, frame: Frame) -> bool:
        """Tell a telegraphic item whose subject is its heading: "Jaghato: Retaken by commandos", "Andar: still in government hands"."""
        placeless = frame.place is None and (frame.passive or frame.predicate.roles.get("subject") == "place")
        return bool(context.sentence.heading) and placeless and frame.subject is None and frame.start <= _OPENING

    def places(self, context: Context, frame: Frame) -> list[tuple[Named | None, str | None]]:
        """Return the places of a frame: its own argument, else where its sentence is set, else what is in focus."""
        at = context.sentence.tokens[frame.start].start
        if context.abroad and not isinstance(frame.place, Places) and frame.place is not None:
            return []
        if frame.place is not None:
            found = self._enumerated(context, frame.place) or self.of_chunk(frame.place, at)
            if found:
                return found
            if isinstance(frame.place, (Places, Reference)) and frame.direct:
                return []
        if self._needs_own(context, frame) or _is_spread(context, frame):
            return []
        likely = [c for c in frame.nearby if self._may_hold(context, frame, c) and not _is_since(context, frame, c)]
        spoken = [c for c in likely if self.is_of_speaker(context, c)]
        found = self.first([c for c in likely if c not in spoken], at)
        wide = bool(found) and all(n and n.place.kind in (Kind.ROAD, Kind.RIVER) and not n.place.admin2_pcode for n, _ in found)
        if wide:  # a road or a river passes through the district that the sentence or its heading names
            exact = [c for c in likely if isinstance(c, Places) and any(p.admin2_pcode for p in c.named)]
            found = self.first(exact, at) or (self.elsewhere(context) if context.sentence.heading else []) or found
        if found or "place" not in frame.predicate.needs:
            return found
        return self.elsewhere(context) or self.first(spoken, at)

    def _enumerated(self, context: Context, chunk: Chunk) -> list[tuple[Named | None, str | None]]:
        """Return what a sentence goes on to name of a number of places: "three capitals were seized, including Faizabad"."""
        if not isinstance(chunk, Reference) or not chunk.noun.endswith("s"):
            return []
        tokens = context.sentence.tokens
        for named in (c for c in context.chunks if isinstance(c, Places) and c.start > chunk.end):
            k = named.start - 1
            while k > chunk.end and (tokens[k].low in DETERMINERS | MODIFIERS | {"of"} or tokens[k].low in KIND_NOUNS):
                k -= 1
            pair = (tokens[k - 1].low, tokens[k].low)
            apposed = tokens[named.start - 1].low == "," and len(named.named) == chunk.number
            if (
                apposed
                or pair[1] in ("including", "namely", "notably")
                or pair in (("among", "them"), ("such", "as"), ("of", "them"))
            ):
                return self.of_chunk(named, tokens[named.start].start)
        return []

    def first(self, chunks: Sequence[Places | Reference], at: int) -> list[tuple[Named | None, str | None]]:
        """Return the places of the first of some chunks that stands for any."""
        return next((found for chunk in chunks if (found := self.of_chunk(chunk, at))), [])

    def is_of_speaker(self, context: Context, chunk: Places | Reference) -> bool:
        """Tell where a speaker is, "a police officer in Lashkargah", from where it happened; locals speak of their own place."""
        at = context.sentence.tokens[chunk.start].start
        speaker = next((s.speaker for s in self.sayings if s.speaker.start <= at < s.speaker.end), None)
        words = self.article.text[speaker.start : at].casefold().split() if speaker else ()
        return speaker is not None and self.lexicon.words("speakers", "locals").isdisjoint(words)

    def is_of_local(self, context: Context, chunk: Places | Reference) -> bool:
        """Tell where somebody is from who tells of his own place: "a shopkeeper from Nesh said that his brothers were shot"."""
        at = context.sentence.tokens[chunk.start].start
        speaker = next((s.speaker for s in self.sayings if s.speaker.start <= at < s.cue.start), None)
        words = self.article.text[speaker.start : at].casefold().split() if speaker else ()
        return chunk.relation is Relation.SOURCE and not self.lexicon.words("speakers", "locals").isdisjoint(words)

    def _needs_own(self, context: Context, frame: Frame) -> bool:
        """Tell a change of hands, which says nothing without a place of its own."""
        taking = (frame.predicate.codes in (TAKING, TRANSFER) or _bare(frame)) and frame.predicate.id not in _OF_THE_FOCUS
        return taking and not (frame.outpost or frame.seat) and not self._headed(context, frame)

    def _may_hold(self, context: Context, frame: Frame, chunk: Places | Reference) -> bool:
        """Tell whether a place of the sentence may be where it happens."""
        if (
            chunk.relation in (Relation.BEARING, Relation.OFFICE)
            or is_goal(context, chunk)
            or _is_clause_before(context, frame, chunk)
        ):
            return False
        framing = chunk.relation in (Relation.FRAME, Relation.SOURCE) and frame.predicate.codes != "Armed clash"
        framing = framing and not self.is_of_local(context, chunk)
        return not (framing and (self.memory.focus or context.sentence.heading))

    def elsewhere(self, context: Context) -> list[tuple[Named | None, str | None]]:
        """Return the places of the heading, else those in focus."""
        if context.abroad:
            return []
        heading = [Named(m.place, m.toponym.span) for m in context.sentence.heading if m.place]
        if heading:
            return [(n, n.place.name) for n in heading]
        listed = len(self.memory.focus) > 2 and context.sentence.paragraph != self.memory.focus_paragraph
        if self.memory.focus and not listed and context.sentence.paragraph - self.memory.focus_paragraph <= 1:
            return [(n, n.place.name) for n in self.memory.focus]
        return []

    def of_chunk(self, chunk: Places | Reference | Party, at: int) -> list[tuple[Named | None, str | None]]:
        """Return the places that a name, a description or an "it" stands for, each with its words."""
        if isinstance(chunk, Party):
            before = (n for part, n in self.memory.nearby if part is Relation.SITE and n.span.start < chunk.span.start)
            own = tuple(n for n in before if n.place.admin2_pcode)  # "Nesh was quiet, then it fell"
            whence = [
                n
                for part, n in self.memory.nearby
                if part is Relation.SOURCE and n.place.admin2_pcode and n.span.start < chunk.span.start
            ]
            if len(whence) == 1 and not own and not self.recent:
                return [(n, n.place.name) for n in whence]  # "walked from Nesh after it was captured"
            recent = self.recent or (own if len(own) == 1 else ()) or self.memory.focus[:1]
            return [(n, n.place.name) for n in recent] if chunk.pronoun == "it" else []
        named = self.memory.refer(chunk, at) if isinstance(chunk, Reference) else self.memory.named(chunk)
        by_name = isinstance(chunk, Reference) and chunk.noun in ("province", "capital")  # the words are those of another place
        return [(n, n.place.name if by_name else self.article.text[n.span.start : n.span.end]) for n in named]


_SPREAD = re.compile(
    r"(?:\w+ ){0,3}(?:(?:in|across) \w+ (?:other )?(?:provinces|districts|cities|areas|parts|regions)"
    r"|in (?:the )?(?:surrounding|nearby|adjacent|neighbouring|neighboring|outlying) (?:areas|villages|districts)"
    r"|(?:across|around|throughout|in) (?:the|much of the|parts of the|most of the) country)\b"
)


_COUNTRYWIDE_KINDS = frozenset(["Armed clash", "Disrupted weapons use", "Arrests", "Air/drone strike"])
"""Kinds of event that are told of a whole country at once."""
_COUNTRYWIDE = re.compile(r"(?:\S+ ){0,5}(?:across|around|throughout) (?:the|much of the|most of the) country\b")


def _is_spread(context: Context, frame: Frame) -> bool:
    """Tell fighting of which is said that it is all over: "as clashes continue in several provinces"."""
    behind = " ".join(t.low for t in context.sentence.tokens[frame.end : frame.end + WINDOW])
    return (not frame.forms and frame.predicate.codes == "Armed clash" and _SPREAD.match(behind) is not None) or (
        not frame.direct and frame.predicate.codes in _COUNTRYWIDE_KINDS and _COUNTRYWIDE.match(behind) is not None
    )


_RETREATS = frozenset("retreated retreat retreating retreats withdrew withdrawn withdraw withdrawing".split())
"""Verbs and nouns behind which "to" says whither."""
_DREW_BACK = frozenset("pulled pulling pull fell fallen fall drew drawn".split())
"""Verbs that say the same with "back"."""


def is_goal(context: Context, chunk: Places | Reference) -> bool:
    """Tell whither somebody drew back from where it happened: "retreated to Taloqan following two days of clashes"."""
    tokens, k = context.sentence.tokens, chunk.start - 1
    while k > 1 and (tokens[k].low in DETERMINERS or tokens[k].low in MODIFIERS):
        k -= 1
    before = [t.low for t in tokens[max(0, k - 2) : k]]
    back = before[-1:] == ["back"] and before[0] in _DREW_BACK
    there = any(t.low == "where" for t in tokens[chunk.end : chunk.end + 2])
    return k > 0 and not there and tokens[k].low in ("to", "towards") and (back or not _RETREATS.isdisjoint(before))


def _is_clause_before(context: Context, frame: Frame, chunk: Places | Reference) -> bool:
    """Tell a list of places of the clause before: "fighting raged in Ghazni and Takhar, and officials praised air strikes"."""
    between = [t.low for t in context.sentence.tokens[chunk.end : frame.start]]
    several = isinstance(chunk, Places) and len(chunk.named) > 1
    return several and not frame.forms and any(a in (",", ";") and b in ("and", "but", "while") for a, b in pairwise(between))


_OF_PARTIES = frozenset("government security paramilitary rebel junta opposition separatist".split())
"""Words without a capital in the name of a party: "RSF paramilitary"."""


def stranger(context: Context, frame: Frame) -> tuple[int, int] | None:
    """Return the tokens that name a party abroad of which no table knows: the RSF of "the RSF captured Khartoum"."""
    tokens, k = context.sentence.tokens, frame.start - 1
    while k > 0 and (tokens[k].low in ADVERBS or tokens[k].low in AUXILIARIES):
        k -= 1
    end = k + 1
    while k >= 0 and (tokens[k].text[:1].isupper() or tokens[k].low in HEADS or tokens[k].low in _OF_PARTIES):
        k -= 1
    words = tokens[k + 1 : end]
    opens = k < 0 and len(words) == 1  # "Locusts overran Khartoum"
    named = any(t.low in HEADS or (len(t.text) > 1 and t.text.isupper()) or (t.text[:1].isupper() and not opens) for t in words)
    return (k + 1, end) if context.abroad and named and tokens[end - 1].low not in KIND_NOUNS else None


def _is_since(context: Context, frame: Frame, chunk: Places | Reference) -> bool:
    """Tell the place of what a deed is counted from: "the first protests since they captured Kabul"."""
    between = [t.low for t in context.sentence.tokens[frame.end : chunk.start]]
    taken = any(f.place is chunk and f.predicate.codes in (TAKING, TRANSFER) for f in context.frames)
    return taken and "since" in between


def _bare(frame: Frame) -> bool:
    """Tell a change of hands told without an event: "the loss of Marja"."""
    return frame.predicate.control in (Control.LOST, Control.GAINED) and not frame.predicate.codes
