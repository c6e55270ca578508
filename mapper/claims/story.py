"""What an article has said so far, as its sentences are read one by one: the state that who, where and when are read from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from mapper.actors import Actors
from mapper.claims import chunks, dates, frames, status
from mapper.claims.chunks import Chunk, Party, Places, Reference, Relation
from mapper.claims.dates import When
from mapper.claims.frames import Frame
from mapper.claims.lexicon import Lexicon
from mapper.claims.memory import Memory, Named
from mapper.claims.needs import UNARMED
from mapper.claims.reading import Reading, Sentence
from mapper.claims.sayings import Saying
from mapper.gazetteer import Gazetteer
from mapper.model import Actor, Control, Count, Evidence, Hop, Span, Status
from mapper.settings import Settings
from mapper.text import fold

TAKING = "taking"
TRANSFER = "transfer"
NON_VIOLENT = "Non-violent transfer of territory"
WEAPONS = frozenset(
    {
        "Air/drone strike",
        "Suicide bomb",
        "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED",
        "Grenade",
        "Chemical weapon",
    }
)
"""Kinds of event that are named by the weapon."""
REMOTE = WEAPONS | {
    "Attack",
    "Excessive force against protesters",
    "Protest with intervention",
    "Abduction/forced disappearance",
    "Violent demonstration",
    "Mob violence",
}
"""Kinds of event that a toll in the same breath belongs to."""


AIR_RAID = 2
"""Sentences that must speak of aircraft before a bombing in an article is one from the air."""

NOTE_WORDS = 200
"""Words, marks among them, of the longest note."""
NOTE_DAYS = 366
"""How old what a note tells may be."""

PROTEST = 2
"""Sentences that must speak of a protest before an article is of one."""

FRESH = 3
"""Days before publication within which an article's fighting is its news, and dates what it leaves undated."""

LEAD = 2
"""Sentences that open a report: its title and its lead."""

LIVE = (Status.ASSERTED, Status.ONGOING, Status.UNCONFIRMED)
_RANK = re.compile(r"first (?:\w+ )?(?:time )?since (?:the )?\S*$")
_MUJAHIDEEN = re.compile(r"\bmuj[a-z]*h[a-z]*d[a-z]*\b")
_OF_SPEECH = frozenset("on in a statement by telephone late early text message journalists reporters".split())
"""Words between a verb of saying and the day on which it was said."""

PRESENT = frozenset("goes continues rages remains is are has have now currently still today will 're 've".split())
"""Words that bring a sentence back from history to the news."""


_CROWDS = ("Excessive force against protesters", "Peaceful protest", "Protest with intervention")
BATTLES = ("Government regains territory", "Non-state actor overtakes territory")


@dataclass(frozen=True, slots=True)
class Context:
    """What is known while one sentence is read."""

    sentence: Sentence
    chunks: tuple[Chunk, ...]
    whens: tuple[When, ...]
    low: str
    abroad: bool = False
    """The sentence is about another country."""
    frames: tuple[Frame, ...] = ()


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
    dated: bool = False
    """Its own clause says the day."""
    over: tuple[Named, ...] = ()
    """The places that a toll is a total over."""
    part: str | None = None
    """The words that say that only a part of the place is meant."""
    opposed: bool = False
    """The sentence says who it was done to; else the target is only the side that this one fights."""


def takes_back(context: Context, frame: Frame) -> bool:
    """Tell "retook", "liberated" from "captured": whoever takes back is not whoever took."""
    words = [t.low for t in context.sentence.tokens[frame.start : frame.end]]
    return words[0].startswith(("re", "liberat", "free", "clear")) or "back" in words


def distinct(named: Sequence[Named]) -> tuple[Named, ...]:
    """Return one place for each unit, the last named of it."""
    return tuple({(n.place.unit or n.place.id): n for n in named}.values())


def _tells_of(context: Context, group: Places) -> bool:
    """Tell a sentence that says who took or has the places of a list, or only names them: "They are Nesh and Chora"."""
    tokens = context.sentence.tokens
    alone = group.start == 0 and group.end >= len(tokens) - 1
    named = alone or tokens[group.start - 1].low in _NAMES
    changed = any(
        f.predicate.codes in (TAKING, TRANSFER) or (f.predicate.control is Control.HELD and not f.predicate.codes)
        for f in context.frames
    )
    deeds = [
        f
        for f in context.frames
        if (f.predicate.control is not Control.NONE or f.predicate.codes) and "existential" not in f.predicate.needs
    ]
    return changed or (named and not deeds)


_NAMES = frozenset("are were include includes included including namely : \N{EN DASH} \N{EM DASH} - of the".split())


def _is_site(chunk: Chunk, relations: tuple[Relation, ...]) -> bool:
    return isinstance(chunk, Places) and chunk.relation in relations and any(p.admin2_pcode for p in chunk.named)


class _Abroad:
    """Tells, sentence by sentence, whether an article speaks of another country."""

    def __init__(self, reading: Reading, country: str) -> None:
        self.country = country
        places = [r.place for r in reading.resolutions if r.place is not None]
        home = sum(place.country == country for place in places)
        self.mostly = bool(places) and home * 3 < len(places)
        self.paragraph, self.away = -1, self.mostly

    def enter(self, sentence: Sentence) -> bool:
        """Take up the next sentence; one that names no place is where its paragraph is."""
        countries = {m.place.country for m in (*sentence.mentions, *sentence.heading) if m.place is not None}
        if countries:
            self.away = self.country not in countries
        elif sentence.paragraph != self.paragraph:
            self.away = self.mostly
        self.paragraph = sentence.paragraph
        return self.away


def _told_on(reading: Reading, settings: Settings) -> date | None:
    """Return the day of an analyst's note that was published long after it, as a row of a dataset is."""
    published, sentences = reading.article.published, [s for s in reading.sentences if s.tokens and not s.furniture]
    if published is None or not sentences or sum(len(s.tokens) for s in sentences) > NOTE_WORDS:
        return None
    return dates.told_on(
        reading.article.text, sentences[min(LEAD, len(sentences)) - 1].span.end, published, settings.past_after_days
    )


class Story:
    """One article on its way through the reading."""

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
        self.published = _told_on(reading, settings) or reading.article.published
        self.era = self.published or actors.supposed([t.low for s in reading.sentences for t in s.tokens])
        """The day on which words mean whom they mean: that of an article without a date is guessed from its words."""
        self.memory = Memory(gazetteer)
        self.contexts: list[Context] = []
        self.main_day: date | None = None
        self.dated: tuple[int, frozenset[str | None], date, int | None] | None = None
        self.spoken_day: tuple[int, date] | None = None
        self.paragraph_past: tuple[int, bool] = (-1, False)
        self.note: tuple[int, When] | None = None
        """The paragraph that is a note of one day, as analysts write them, and its day: "On 12 July 2021, ..."."""
        self.opened: set[int] = set()
        self.last: Draft | None = None
        self.accident: Sentence | None = None
        """What last told of people who died of no violence."""
        self.heading: tuple[Named, ...] = ()
        self.asserted: list[tuple[Draft, ...]] = []
        self.told: list[Draft] = []
        self.recent: tuple[Named, ...] = ()
        self.fought: tuple[Named, ...] = ()
        self.spans: tuple[tuple[int, int], ...] = ()
        self.takers: list[tuple[Actor, bool, frozenset[str | None]]] = []
        writer = actors.named(lexicon.cues["communique"]["writer"], self.era)
        self._mujahideen = writer.actor if writer else None
        self.communique = self._mujahideen if self._is_communique() else None
        """The party that writes the article of itself, as the Taliban do."""
        words = lexicon.words("context", "protest")
        air = lexicon.words("context", "aircraft")
        self.of_air = sum(any(t.low in air for t in s.tokens) for s in reading.sentences) >= AIR_RAID
        self.of_protest = sum(any(t.low in words and t.text != "March" for t in s.tokens) for s in reading.sentences) >= PROTEST

    def _is_communique(self) -> bool:
        """Tell an article of a party's own outlet, or in its own words: "the hireling army"."""
        words, outlet = self.lexicon.words("communique", "words"), fold(self.article.outlet or "")
        pairs = ({t.low, f"{t.low} {after.low}"} for s in self.reading.sentences for t, after in pairwise(s.tokens))
        return any(not words.isdisjoint(pair) for pair in pairs) or any(
            name in outlet for name in self.lexicon.words("communique", "outlets")
        )

    def _is_old_mujahid(self, chunk: Chunk) -> bool:
        """Tell the mujahideen of the wars before the Taliban from those of its communiqués, which call nobody else so."""
        if not isinstance(chunk, Party) or chunk.person or chunk.alias is None or chunk.alias.actor != self._mujahideen:
            return False  # Zabihullah Mujahid is himself
        return self.communique is None and _MUJAHIDEEN.search(fold(self.words(chunk))) is not None

    def survey(self) -> None:
        """Chunk every sentence, and note the lists and the takers that earlier sentences may refer to."""
        abroad = _Abroad(self.reading, self.gazetteer.country)
        for sentence in self.reading.sentences:
            if sentence.furniture or not sentence.tokens:
                continue
            away = abroad.enter(sentence)
            meant = chunks.find(sentence.tokens, sentence.mentions, self.actors, self.era, abroad=away)
            found = tuple(c for c in meant if not self._is_old_mujahid(c))
            body = Span(sentence.tokens[0].start, sentence.span.end)  # a dateline dates the report, not what it tells
            spans = (sentence.label, body) if sentence.label else (body,)
            whens = tuple(w for s in spans for w in dates.find(self.article.text, s, self.published) if not self._is_of_rank(w))
            framed = frames.find(sentence.tokens, sentence.quoted, found, self.lexicon)
            context = Context(sentence, found, whens, " ".join(t.low for t in sentence.tokens), away, framed)
            self.contexts.append(context)
            groups = [c for c in found if isinstance(c, Places)]
            self.memory.survey(sentence.span.start, groups, [c for c in groups if _tells_of(context, c)])
            for chunk in found:
                if isinstance(chunk, Party) and chunk.alias:
                    self.memory.sides[chunk.alias.actor.side] += 1
            self._survey_takings(context)

    def _is_of_rank(self, when: When) -> bool:
        """Tell the year in "for the first time since 2007", which is not when it happened."""
        return _RANK.search(self.article.text, max(0, when.span.start - 40), when.span.end) is not None

    def _survey_takings(self, context: Context) -> None:
        """Note who is said to have taken what, and the day that the article's fighting is first dated to."""
        for frame in context.frames:
            actor = frame.actor.alias.actor if frame.actor and frame.actor.alias else None
            taking = frame.predicate.codes == TAKING and frame.predicate.control is Control.GAINED
            gone = (
                actor is not None
                and actor.valid_to is not None
                and self.published is not None
                and actor.valid_to < self.published - timedelta(days=FRESH * 10)
            )
            if taking and actor and not gone and actor.side not in UNARMED and self._happened(context, frame):
                units = frozenset(p.unit for p in frame.place.named) if isinstance(frame.place, Places) else frozenset()
                self.takers.append((actor, takes_back(context, frame), units))
        near = [w.day for w in context.whens if w.day and w.precision == 1 and not w.ahead]
        fighting = any(f.predicate.codes in (TAKING, TRANSFER, "Armed clash") for f in context.frames)
        fresh = [day for day in near if self.published and (self.published - day).days <= FRESH]
        if self.main_day is None and (days := (fresh[:1] if fighting else []) or self._told_first(context)):
            self.main_day = days[0]

    def _told_first(self, context: Context) -> list[date]:
        """Return the day that the first sentence of a report gives by the calendar: an incident log tells of days ago."""
        if len(self.contexts) > LEAD or self.published is None:
            return []
        stated = [w for w in context.whens if w.precision == 1 and w.calendar and not w.since and not self.is_day_of_speech(w)]
        return [w.day for w in stated if w.day and 0 <= (self.published - w.day).days <= self.settings.past_after_days]

    def _happened(self, context: Context, frame: Frame) -> bool:
        return status.judge(frame, context.sentence, (), self.lexicon, past=False) is Status.ASSERTED

    def tells_accident(self, context: Context) -> bool:
        """Tell a sentence on floods, roads or illness."""
        words = f" {' '.join(t.low for t in context.sentence.tokens)} "
        return any(f" {cue} " in words for cue in self.lexicon.words("context", "accident"))

    def remember(self, context: Context, drafts: Sequence[Draft]) -> None:
        """Take up what a sentence leaves behind for those after it."""
        if not drafts and self.tells_accident(context):
            self.accident = context.sentence
        if context.abroad:
            self.memory.attend((), context.sentence.paragraph)
            self.fought = ()
        else:
            self._refocus(context, drafts)
        for chunk in context.chunks:
            if isinstance(chunk, Party) and chunk.alias and not chunk.person and chunk.alias.actor.side not in UNARMED:
                self.memory.actors.append(chunk.alias.actor)
        doers = [d.actor for d in drafts if d.actor and d.actor.side not in UNARMED and d.status is not Status.DENIED]
        if not drafts or not all(d.named and d.named.place.admin1_pcode is None for d in drafts):
            self.memory.doer = doers[-1] if doers else None  # what befell the country is background
        self._note_battle(context, drafts)
        self.told += [d for d in drafts if d.status in LIVE]
        held = [d for d in drafts if d.control is not Control.NONE and d.named and d.status in LIVE]
        if held:
            self.asserted.append(tuple(d for d in held if d.at == held[-1].at))
        self._note_days(context, drafts)

    def _refocus(self, context: Context, drafts: Sequence[Draft]) -> None:
        """Set what "there" and "it" mean: the places of the last claims, else the first place the sentence is set in."""
        live = [d for d in drafts if d.named is not None and d.pattern not in ("toll", "denial")]
        if live:
            recent = [d.named for d in live if d.named and d.at == live[-1].at and d.status is not Status.PAST]
            if not recent and self.memory.focus and all(d.dated for d in live):
                return  # an earlier day told in passing: the story stays where it was
            self.memory.attend(recent or [d.named for d in live if d.named], context.sentence.paragraph)
            return
        site = next((c for c in context.chunks if _is_site(c, (Relation.SITE, Relation.NEAR))), None)
        if isinstance(site, Places):
            self.memory.attend(self.memory.named(site), context.sentence.paragraph)
        elif any(isinstance(c, Reference) and c.start == 0 and not self._referred(context, c) for c in context.chunks):
            self.memory.attend((), context.sentence.paragraph)  # "The valley has seen that before": of what, nobody said
        elif drafts and self.memory.focus_paragraph == context.sentence.paragraph - 1:
            self.memory.focus_paragraph = context.sentence.paragraph

    def _referred(self, context: Context, reference: Reference) -> bool:
        return bool(self.memory.refer(reference, context.sentence.tokens[reference.start].start))

    def _note_battle(self, context: Context, drafts: Sequence[Draft]) -> None:
        """Keep the last violence and where it was: what a toll without a place or kind belongs to."""
        battle = [d for d in drafts if d.codes in REMOTE or d.codes in ("Armed clash", *BATTLES)]
        named = [d.named for d in battle if d.named and d.pattern != "toll" and d.status in LIVE and d.at == battle[-1].at]
        if named:
            self.fought = distinct(named)
        elif not drafts and any(_is_site(c, (Relation.SITE,)) for c in context.chunks):
            self.fought = ()
        battle = [d for d in battle if d.status in LIVE]
        if battle:
            remote = next((d for d in reversed(battle) if d.codes in REMOTE), battle[-1])
            self.last = remote if battle[-1].pattern == "toll" else battle[-1]

    def open_note(self, context: Context) -> None:
        """Tell a paragraph that opens with a full date of the year before publication: no background, and no tale told on."""
        paragraph = context.sentence.paragraph
        if self.note and self.note[0] == paragraph:
            return
        whens = (w for w in context.whens if w.calendar and w.day and self._opens_note(context, w))
        when = next(whens, None) if paragraph not in self.opened else None
        self.opened.add(paragraph)
        self.note = (paragraph, when) if when else None
        if when:
            self.memory.focus, self.memory.doer, self.last, self.fought = self.heading, None, None, ()

    def _opens_note(self, context: Context, when: When) -> bool:
        start = context.sentence.tokens[0].start
        words = self.article.text[start : when.span.start].rpartition(":")[2].split()
        age = (self.published - when.day).days if self.published and when.day else 0
        year = str(when.day.year) if when.day else ""
        return len(words) <= 1 and 0 <= age <= NOTE_DAYS and year in self.article.text[when.span.start : when.span.end]

    def noted(self, context: Context) -> When | None:
        """Return the day of the note that a sentence is of."""
        return self.note[1] if self.note and self.note[0] == context.sentence.paragraph else None

    def _note_days(self, context: Context, drafts: Sequence[Draft]) -> None:
        """Keep the day of the paragraph's claims, and whether the paragraph tells history."""
        known = [w for w in context.whens if w.day and not w.ahead and not self.is_day_of_speech(w)]
        if known and known[0].day and known[0].precision == 1 and any(context.sentence.quoted):
            self.spoken_day = context.sentence.paragraph, known[0].day
        dated = [d for d in drafts if d.day and d.named and d.status is not Status.PAST]
        if known and dated and dated[0].day:
            units = frozenset(d.named.place.unit for d in dated if d.named)
            self.dated = (context.sentence.paragraph, units, dated[0].day, dated[0].precision)
        elif known and not drafts and known[0].day and known[0].precision == 1 and not known[0].since:
            sites = [c for c in context.chunks if _is_site(c, (Relation.SITE,)) and isinstance(c, Places)]
            units = frozenset(p.unit for c in sites for p in c.named)  # "Nesh was the first to go, on Friday. It was handed over"
            self.dated = (context.sentence.paragraph, units, known[0].day, 1) if units else self.dated
        far = any(w.far for w in context.whens) or any(d.status is Status.PAST for d in drafts)
        if far or known:
            fresh = any(
                w.day and self.published and (self.published - w.day).days <= self.settings.past_after_days for w in known
            )
            self.paragraph_past = (context.sentence.paragraph, far and not fresh)

    def about_protest(self, context: Context) -> bool:
        """Tell whether a sentence, or the violence before it, is of a protest."""
        words = self.lexicon.words("context", "protest")
        here = any(t.low in words and t.text != "March" for t in context.sentence.tokens)
        return here or (self.of_protest if self.last is None else self.last.codes in _CROWDS)

    def is_day_of_speech(self, when: When) -> bool:
        """Tell the day on which somebody spoke ("said on Tuesday") from the day of what was said."""
        for saying in self.sayings:
            if saying.cue.end <= when.span.start <= saying.cue.end + 40:
                between = self._unplaced(saying.cue.end, when.span.start).casefold().split()
                told = any(s.start <= when.span.start < s.end for s in saying.content)
                if not told and all(word in _OF_SPEECH for word in between):
                    return True
        return False

    def _unplaced(self, start: int, end: int) -> str:
        """Return a stretch of the text without its place names: "told journalists in Kabul on Thursday"."""
        text = self.article.text
        for span in sorted((r.toponym.span for r in self.reading.resolutions), reverse=True):
            if start <= span.start and span.end <= end:
                text, end = text[: span.start] + text[span.end :], end - (span.end - span.start)
        return text[start:end]

    def words(self, party: Party) -> str:
        """Return a party as written."""
        return self.article.text[party.span.start : party.span.end]
