"""A frame into its day: the time expression that belongs to it, or the day the article is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from mapper.claims.dates import When
from mapper.claims.frames import ARGUMENT_WORDS, Frame
from mapper.claims.memory import Named
from mapper.claims.morphology import Form
from mapper.claims.sites import Sites
from mapper.claims.story import PRESENT, TAKING, TRANSFER, Context
from mapper.claims.tokens import ADVERBS, BE, HAVE, RELATIVES
from mapper.model import Actor, Control, Hop

CLAUSE_MARKS = {
    ";": 60,
    " while ": 60,
    " but ": 60,
    "\n": 60,
    ",": 25,
    " that ": 25,
    " and ": 30,
    " after ": 30,
    " since ": 30,
    " following ": 30,
    " before ": 30,
}
"""What each mark of a new clause adds to the distance between a time and a predicate, in characters."""
_SUMMED = re.compile(
    r"\b(?:so far (?:this|in the) (?:year|month|spring|summer)|this year alone|in the first (?:\w+ )?(?:half|months|weeks|quarter)"
    r"|(?:in|over|during|for) (?:the )?(?:recent|past|last|previous) (?:\w+ )?(?:years|months|decades?|year)"
    r"|since the (?:war|conflict) (?:began|broke|started)"
    r"|since (?:the )?(?:beginning|start) of|(?:in|during|throughout) (?:all of )?(?:19|20)\d\d|(?:each|every) year|last year)\b"
)
_YEARS = r"for (?:\w+ ){0,3}(?:years|decades)"
_LASTED = re.compile(rf"\b(?:{_YEARS}|for (?:\w+ ){{0,3}}months)\b")
_HABIT = re.compile(
    rf"\b(?:{_YEARS}|routinely|regularly|frequently|usually|typically|customarily|now and (?:then|again)|from time to time|nothing new)\b"
)
_OVER_YEARS = re.compile(r"\b(?:in|over|during) (?:the )?(?:recent|past|last|previous) (?:\w+ )?(?:years|decades?)\b")
_YEARS_AFTER = re.compile(r"\b(?:years?|decades?|months)(?: to the day)? (?:after|since)(?: (?!and\b|but\b|,)\S+){0,9}$")
_TURNS = re.compile(r"\b(?:twice|thrice|repeatedly|(?:two|three|four|five|several|many|numerous|multiple) times)\b")
_ASIDES = frozenset(["which", "who", "whose", "where"])
FAR_AWAY = 260
CLEARLY = 60
PRECISE = 1
"""ACLED's time precision of a day; 2 is a week, 3 a month."""


def _opens(context: Context, when: When) -> bool:
    """Tell a time far back, or one of weeks, that a sentence begins with: "In May 2018"."""
    back = when.far or (when.precision or 1) > PRECISE
    return back and when.span.start - context.sentence.tokens[0].start <= len("In ")


class Times(Sites):
    """When: reads days."""

    def day(
        self,
        context: Context,
        frame: Frame,
        control: Control,
        places: Sequence[tuple[Named | None, str | None]],
        hops: tuple[Hop, ...],
    ) -> tuple[When | None, date | None, int | None]:
        """Return the time expression of a frame, its day, and ACLED's precision for it."""
        when = self._own_when(context, frame, control)
        if when is not None and when.offset is not None:
            anchor = next((w.day for w in context.whens if w.day and w.precision == 1), None) or self.day_before(when)
            return when, anchor - timedelta(days=when.offset) if anchor else None, when.precision or 1
        if when is not None and when.since and control is Control.HELD:
            return None, self.published, 1
        if when is not None:
            said_today = when.day == self.published and self.article.text[when.span.start : when.span.end].casefold() == "today"
            return when, (hops[-1].day or when.day) if said_today else when.day, when.precision
        if control is Control.HELD and not frame.predicate.codes and not self.noted(context):
            return None, self.published, 1 if self.published else None
        if self.spoken_day and self.spoken_day[0] == context.sentence.paragraph and context.sentence.quoted[frame.start]:
            return None, self.spoken_day[1], 1
        if hops[-1].day:
            return None, hops[-1].day, 1 if frame.predicate.id != "none-left" else 2
        units = {n.place.unit for n, _ in places if n}
        if self.dated and self.dated[0] == context.sentence.paragraph and not units.isdisjoint(self.dated[1]):
            return None, self.dated[2], self.dated[3]
        note, chosen = self.noted(context), self.main_day or self.published
        return (None, note.day, note.precision) if note else (None, chosen, 2 if chosen else None)

    def _own_when(self, context: Context, frame: Frame, control: Control) -> When | None:
        """Return the time expression of a frame; how long something was otherwise before dates no gain."""
        when = self.nearest(context, frame.start, frame.end)
        before = when is not None and when.since and when.far and control is Control.GAINED
        return None if before else when

    def day_before(self, when: When) -> date | None:
        """Return the day that an expression without one of its own counts from: "the next day" from what was told last."""
        told = next((d.day for d in reversed(self.told) if d.dated and d.day and d.precision == PRECISE), None)
        return told if (when.offset or 0) < 0 else self.main_day or self.published

    def nearest(self, context: Context, start: int, end: int) -> When | None:
        """Return the time expression of the frame's clause, else of its sentence; not the day on which somebody spoke.

        A day far back that opens a sentence is of all that it tells.
        """
        best: tuple[int, When] | None = None
        for when in context.whens:
            cost = self._distance(context, when, start, end)
            if cost > FAR_AWAY or self.is_day_of_speech(when) or not self._applies(context, when, start, cost):
                continue
            if self._is_of_aside(context, when, start):
                continue
            nearer = (self._distance(context, when, a, b) + CLEARLY < cost for a, b in self.spans if (a, b) != (start, end))
            if not _opens(context, when) and any(nearer):
                continue
            if best is None or cost < best[0]:
                best = (cost, when)
        return best[1] if best else None

    def _is_of_aside(self, context: Context, when: When, start: int) -> bool:
        """Tell a time within a relative clause that a predicate stands outside: "Kunduz, which they held in 2015, is contested"."""
        tokens = context.sentence.tokens
        opening = next(
            (k for k in range(len(tokens) - 1, 0, -1) if tokens[k].low in _ASIDES and tokens[k].start < when.span.start), None
        )
        if opening is None or tokens[opening - 1].low != ",":
            return False
        closing = next(
            (k for k in range(opening, len(tokens)) if tokens[k].low == "," and tokens[k].start >= when.span.end), None
        )
        return closing is not None and not opening <= start < closing

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
        if (when.offset or 0) < 0:
            return self.day_before(when) is not None or any(w.day and w.precision == PRECISE for w in context.whens)
        if when.offset is not None:
            return when.span.start <= context.sentence.tokens[start].start and cost <= 60
        return not when.far or cost <= 90 or _opens(context, when)

    def is_anniversary(self, context: Context, frame: Frame) -> bool:
        """Tell what other news is dated by: "almost a year to the day after the Taliban seized the city"."""
        tokens = context.sentence.tokens
        before = " ".join(t.low for t in tokens[max(0, frame.start - 16) : frame.start])
        return _YEARS_AFTER.search(before) is not None

    def is_repeated(self, context: Context, frame: Frame) -> bool:
        """Tell history by its turns: "have twice seized the city", "the city has changed hands several times"."""
        tokens = context.sentence.tokens
        near = " ".join(t.low for t in (*tokens[max(0, frame.start - 3) : frame.start], *tokens[frame.end : frame.end + 5]))
        return _TURNS.search(near) is not None

    def is_habit(self, context: Context, frame: Frame) -> bool:
        """Tell what is done again and again from what was done: "routinely attack", "have been fighting for 20 years"."""
        tokens = context.sentence.tokens
        near = " ".join(t.low for t in tokens[max(0, frame.start - 3) : frame.end + 9])
        return _HABIT.search(near) is not None

    def is_since(self, context: Context, frame: Frame) -> bool:
        """Tell what other news is counted from: "they have nowhere to go since the Taliban captured Kabul"."""
        tokens, k = context.sentence.tokens, frame.start - 1
        while k > 0 and frame.start - k <= ARGUMENT_WORDS and tokens[k].low not in (",", ";", "and", "but", "since"):
            k -= 1
        adverb = k == frame.start - 1 or (k > 0 and tokens[k - 1].low in HAVE)  # "have since arrested"
        return Form.PAST in frame.forms and k >= 0 and tokens[k].low == "since" and not adverb

    def is_ended(self, context: Context, frame: Frame, control: Control) -> bool:
        """Tell a rule that is over: "ruled the district for nearly five years"."""
        have = context.sentence.tokens[max(0, frame.start - 3) : frame.start]
        lasted = control is Control.HELD and Form.PAST in frame.forms and not any(t.low in HAVE for t in have)
        besieged = control is Control.CONTESTED and any(t.low == "had" for t in have)  # "had been besieged for three years"
        return (lasted or besieged) and _LASTED.search(context.low) is not None

    def is_of_before(self, context: Context, frame: Frame, control: Control) -> bool:
        """Tell what was so before what the sentence tells: "retook Nesh, which had fallen", "who had held it gave up", "took it before"."""
        tokens, k = context.sentence.tokens, frame.start - 1
        while k > 0 and (tokens[k].low in ADVERBS or tokens[k].low in BE):
            k -= 1
        if k > 0 and control is Control.HELD and tokens[k].low not in HAVE and tokens[k + 1].low in ("was", "were"):
            k += 1  # "Nesh, which was under the Taliban, has been cleared"
        related = k > 0 and tokens[k].low in ("had", "was", "were") and tokens[k - 1].low in RELATIVES
        others = any(
            f is not frame and (f.predicate.codes in (TAKING, TRANSFER) or f.predicate.codes == "Change to group/activity")
            for f in context.frames
            if f.forms
        )
        end = frame.place.end if frame.place is not None and frame.place.start >= frame.end else frame.end
        before = [t.low for t in tokens[end : end + 3]]
        once = before[:1] == ["before"] and (
            before[1:2] in (["."], [";"]) or before[1:] in ([",", "they"], [",", "an"], [",", "a"])
        )
        fight = control is not Control.NONE or frame.predicate.codes == "Armed clash"
        return fight and bool(frame.forms) and (once or (related and others))

    def is_over_years(self, context: Context) -> bool:
        """Tell what came about over years, on no day of its own: "in the last two years, much of it has been seized"."""
        return _OVER_YEARS.search(context.low) is not None and not any(w.day and w.precision == PRECISE for w in context.whens)

    def sums_up(self, context: Context) -> bool:
        """Tell a sum over months or years, or a habit of years: "so far this year", "in recent years"."""
        return _SUMMED.search(context.low) is not None

    def is_past(self, context: Context, when: When | None, day: date | None, actor: Actor | None, target: Actor | None) -> bool:
        """Tell history: far times, long-gone parties, and the paragraphs that tell of them."""
        if when is not None and when.far:
            return True
        if self.noted(context):
            return False
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
        present = any(t.low in PRESENT for t in context.sentence.tokens) or any(
            self.lexicon.says.get(t.low, ("", None))[1] in (Form.BASE, Form.THIRD) for t in context.sentence.tokens
        )
        return when is None and past and paragraph == context.sentence.paragraph and not present
