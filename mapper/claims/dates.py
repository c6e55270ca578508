"""The days a text speaks of, read against the day it was published: "on Friday (August 20)", "two days ago", "as of Monday"."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from mapper.claims.numbers import NUMBER_WORDS
from mapper.model import Span

MONTHS = (
    {name.casefold(): n for n, name in enumerate(calendar.month_name) if name}
    | {name.casefold(): n for n, name in enumerate(calendar.month_abbr) if name}
    | {"sept": 9}
)
WEEKDAYS = {name.casefold(): n for n, name in enumerate(calendar.day_name)}

MONTH_PATTERN = "|".join(sorted((re.escape(m) for m in MONTHS), key=len, reverse=True))
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
_WEEKDAY = "|".join(WEEKDAYS)
_COUNT = r"(\d{1,3}|" + "|".join(sorted(NUMBER_WORDS, key=len, reverse=True)) + r"|a)"
_YEAR = r"(?:,? ((?:19|20)\d\d)\b(?! [a-z]))?"
"""The year behind a range of days; "July 3-5 2000 people fled" has none."""
_AHEAD = re.compile(
    r"\b(?:by|until|till|before|due|deadline|will|would|to end|ends?|next|plan\w*|expect\w*|scheduled|promised?|to be|ahead of|after)\b[^.;]*$",
    re.IGNORECASE,
)
_SINCE = re.compile(r"\bsince\b[^,.;]{0,24}$", re.IGNORECASE)
_UNIT = {"day": 1, "week": 7, "fortnight": 14, "month": 30, "year": 365, "decade": 3650, "hour": 0}

_FIGURE = "0"
"""Stands for any digit among the marks of a pattern."""
_FEW = 3
"""What ACLED's codebook takes "several" and "a few" for at least; "days after" are as many."""
_BACK = ("ago", "earlier", "before")
_AFTERWARDS = tuple(f"{unit} {joint}" for unit in ("day", "days", "week", "weeks") for joint in ("after", "since", "following"))
_BY_MONTH = frozenset(name[:3] for name in MONTHS)

_PATTERNS: tuple[tuple[str, frozenset[str], re.Pattern[str]], ...] = tuple(
    (name, frozenset([marks] if isinstance(marks, str) else marks), re.compile(pattern, re.IGNORECASE))
    for name, marks, pattern in (
        ("iso", _FIGURE, r"\b(\d{4})-(\d{2})-(\d{2})\b"),
        (
            "span_days",
            _BY_MONTH,
            rf"\b(?:between |from )?{_DAY}(?: and | to |\s?[-\u2013]\s?){_DAY} ({MONTH_PATTERN})\b{_YEAR}",
        ),
        (
            "span_days_after",
            _BY_MONTH,
            rf"\b(?:between |from )?({MONTH_PATTERN}) {_DAY}(?: and | to |\s?[-\u2013]\s?){_DAY}(?!\d){_YEAR}",
        ),
        ("span_weekdays", "day", rf"\bfrom ({_WEEKDAY}) (?:to|until|till) (?:{_WEEKDAY})\b"),
        ("dotted", _FIGURE, r"\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b"),
        ("slashed", _FIGURE, r"\b(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d{2})\b"),
        ("day_month", _BY_MONTH, rf"\b{_DAY}(?: of |[ -])({MONTH_PATTERN})\.?(?:(?:,? |-)(\d{{4}}))?\b(?!\s?%)"),
        ("month_day", _BY_MONTH, rf"\b({MONTH_PATTERN})\.? {_DAY}(?!\d)(?:,? (\d{{4}}))?\b"),
        ("month_year", _BY_MONTH, rf"\b({MONTH_PATTERN})\.?,? (?:of )?(\d{{4}}|that year)\b"),
        ("early_month", _BY_MONTH, rf"\b(?:the )?(beginning|start|early|middle|mid|end|late)[ -](?:of )?({MONTH_PATTERN})\b"),
        (
            "days_after",
            _AFTERWARDS,
            rf"\b(?:{_COUNT} (days?|weeks?)|(?<!the )days|the day) (?:after|following)\b|\b{_COUNT} days? since\b",
        ),
        (
            "next_day",
            "day",
            rf"\b(?:the (?:next|following) day|{_COUNT} days? later)\b",
        ),
        (
            "ago",
            _BACK,
            rf"\b(?:{_COUNT}|a couple of|(?:a )?few|some|several|many) (days?|weeks?|fortnights?|months?|years?|decades?) (ago|earlier|before)\b",
        ),
        ("more_than_ago", _BACK, r"\b(years|decades|months|centuries) (?:ago|before|earlier)\b"),
        ("day_before_yesterday", "yesterday", r"\bthe day before yesterday\b"),
        ("yesterday", "yesterday", r"\byesterday\b"),
        ("running_day", "day", r"\bfor (?:a|the) (?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth) (?:\w+ )?day\b"),
        ("today", ("today", "tonight", "this "), r"\b(today|tonight|this (?:morning|afternoon|evening))\b"),
        ("tomorrow", "tomorrow", r"\btomorrow\b"),
        ("past_hours", "hours", r"\b(?:past|last|previous) (?:24|twenty-four|48|forty-eight) hours\b"),
        ("overnight", ("night", "dawn"), r"\b(overnight|during the night|before dawn|in the night)\b(?! (?:on|of) \w+day)"),
        ("last_night", "night", r"\blast night\b"),
        ("weekday", "day", rf"\b(last |next |this |since |by |until )?({_WEEKDAY})(?=['’]s|\b)"),
        ("last_unit", "last ", r"\blast (week|month|year|spring|summer|autumn|fall|winter)\b"),
        ("week", "week", r"\b(earlier )?(?:in |this |the )(?:the )?(?:past )?week\b"),
        ("this_month", "this ", r"\b(earlier |later )?this month\b"),
        ("this_year", "this ", r"\bearlier this year\b"),
        ("decades", _FIGURE, r"\b(?:the )?(1[6-9]\d0s|20\d0s)\b"),
        (
            "named_decades",
            ("eighties", "nineties", "seventies"),
            r"\b(?:in|during|of) the (?:\w+ )?(?:seventies|eighties|nineties)\b",
        ),
        ("month", _BY_MONTH, rf"\b(?:in|since|of|until|last|during|from) (?:early |late |mid-?)?({MONTH_PATTERN})\b(?! \d)"),
        ("year", _FIGURE, r"\b(1[89]\d\d|20\d\d)\b(?!,\d)"),
    )
)
"""Name, the marks of which a text holds one where the pattern matches, pattern. The first pattern to match keeps a stretch."""

_LABEL = re.compile(r"\s*\((week|month) of\)", re.IGNORECASE)
_ROUGHLY = re.compile(r"\b(?:around|about|circa|approximately) (?:the )?$", re.IGNORECASE)

_LAST_YEAR = re.compile(r",? (?:of )?last year\b", re.IGNORECASE)
_BACKGROUND = re.compile(
    r"\b(?:since|after|before|under|signed|began|begun|until|by|anniversary of|ever)\b[^.]{0,24}$", re.IGNORECASE
)
"""What stands before a day that other news is told by."""

_MARKS = tuple(sorted(frozenset().union(*(marks for _, marks, _ in _PATTERNS)) - {_FIGURE}))
_DIGIT = re.compile(r"\d")


_BY_DATE = frozenset({"iso", "dotted", "slashed", "day_month", "month_day", "span_days", "span_days_after"})


@dataclass(frozen=True, slots=True)
class When:
    """One time expression: the day it points to (None when only known to be far), ACLED's precision, and where it stands."""

    span: Span
    day: date | None
    precision: int | None
    far: bool = False
    """Background: the expression itself says the matter lies outside the news ("in the 1990s", "in 1996")."""
    since: bool = False
    """The start of a state that lasts: "since Monday"."""
    offset: int | None = None
    """Days by which what follows came before the rest of the sentence, "five days after they lost it"; -1 for "the next day"."""
    ahead: bool = False
    """A deadline or a day to come: "by Wednesday", "next week"."""
    calendar: bool = False
    """The day stands by its date, not by a weekday or by its distance from today."""


def find(text: str, span: Span, published: date | None) -> tuple[When, ...]:
    """Return the time expressions of ``text[span]`` in order, none inside another."""
    found: list[When] = []
    marks = _marks(text[span.start : span.end])
    if not marks:
        return ()
    for name, pattern in ((name, pattern) for name, needed, pattern in _PATTERNS if not needed.isdisjoint(marks)):
        for match in pattern.finditer(text, span.start, span.end):
            if any(w.span.start < match.end() and match.start() < w.span.end for w in found):
                continue
            try:
                when = _READ[name](match, published)
            except OverflowError:  # a count of years that leads out of the calendar
                continue
            if when is not None:
                when = replace(when, precision=when.precision and max(when.precision, _roughly(text, when.span)))
                since = when.since or _SINCE.search(text[max(0, match.start() - 30) : match.start()]) is not None
                calendar = name in _BY_DATE
                found.append(replace(when, since=since, calendar=calendar) if since or calendar else when)
    return tuple(_settle(text, sorted(found, key=lambda w: w.span)))


def told_on(text: str, lead: int, published: date, old: int) -> date | None:
    """Return the day as of which a note was written that was only published long after, None for news.

    Such a text opens with a day and its year, up to the offset `lead`, speaks of no weekday and no day by its distance from
    now, and has no day with a year within `old` days of its publication.
    """
    found = find(text, Span(0, len(text)), published)
    stated = [w for w in found if w.calendar and w.day and str(w.day.year) in text[w.span.start : w.span.end]]
    near = any(w.day and not w.calendar for w in found)
    if not stated or near or stated[0].span.start > lead or _BACKGROUND.search(text[: stated[0].span.start]):
        return None
    last_day = max(w.day for w in stated if w.day)
    return last_day if (published - last_day).days > old else None


def _roughly(text: str, span: Span) -> int:
    """Return the precision that the words beside a day leave it: "around 20 June", "5 March 2021 (month of)"."""
    behind = _LABEL.match(text, span.end)
    if behind:
        return 2 if behind[1].casefold() == "week" else 3
    return 2 if _ROUGHLY.search(text[max(0, span.start - 12) : span.start]) else 1


def _marks(stretch: str) -> frozenset[str]:
    """Return the marks of time expressions that a stretch of text holds: hardly any, as a rule."""
    low = stretch.casefold()
    figure = [_FIGURE] if _DIGIT.search(low) else []
    return frozenset(figure + [mark for mark in _MARKS if mark in low])


def _settle(text: str, found: list[When]) -> list[When]:
    """Drop a weekday that stands beside its calendar day: "Friday (August 20)", "13 July (Tuesday)"."""
    kept: list[When] = []
    for when in found:
        beside = kept and len(text[kept[-1].span.end : when.span.start].strip(" ,(")) == 0 and when.day and kept[-1].day
        if not beside:
            kept.append(when)
        elif text[kept[-1].span.start : kept[-1].span.end].split()[-1].casefold() in WEEKDAYS:
            kept[-1] = when
    return kept


def last(weekday: int, published: date, *, strictly: bool = False) -> date:
    """Return the last such weekday up to publication: newspapers look back unless they say otherwise.

    >>> last(4, date(2021, 8, 21)).isoformat()
    '2021-08-20'
    """
    back = (published.weekday() - weekday) % 7
    return published - timedelta(days=back or (7 if strictly else 0))


def _when(match: re.Match[str], day: date | None, precision: int | None, **marks: bool) -> When:
    return When(Span(*match.span()), day, precision, **marks)


def _calendar(match: re.Match[str], year: int, month: int, day: int) -> When | None:
    try:
        return _when(match, date(year, month, day), 1)
    except ValueError:
        return None


def _nearest_year(match: re.Match[str], month: int, day: int, published: date | None) -> int | None:
    """Return the year that puts an undated day at or before publication, unless the words before it look ahead."""
    if published is None:
        return None
    try:
        ahead = (date(published.year, month, day) - published).days
    except ValueError:
        return published.year
    announced = _AHEAD.search(match.string[max(0, match.start() - 60) : match.start()])
    return published.year - 1 if ahead > (180 if announced else 7) else published.year


def _iso(match: re.Match[str], _: date | None) -> When | None:
    return _calendar(match, int(match[1]), int(match[2]), int(match[3]))


def _day_month(match: re.Match[str], published: date | None) -> When | None:
    return _full(match, match[1], match[2], match[3], published)


def _month_day(match: re.Match[str], published: date | None) -> When | None:
    return _full(match, match[2], match[1], match[3], published)


def _full(match: re.Match[str], day: str, month: str, year: str | None, published: date | None) -> When | None:
    number = MONTHS[month.casefold()]
    chosen = int(year) if year else _nearest_year(match, number, int(day), published)
    behind = None if year or published is None else _LAST_YEAR.match(match.string, match.end())
    if behind and published:
        when = _calendar(match, published.year - 1, number, int(day))
        return when and replace(when, span=Span(match.start(), behind.end()))
    return _calendar(match, chosen, number, int(day)) if chosen else None


def _span_days(match: re.Match[str], published: date | None) -> When | None:
    """Read a range as its first day, with the precision of a week."""
    when = _full(match, match[1], match[3], match[4], published)
    return replace(when, precision=2) if when else None


def _span_days_after(match: re.Match[str], published: date | None) -> When | None:
    when = _full(match, match[2], match[1], match[4], published)
    return replace(when, precision=2) if when else None


def _span_weekdays(match: re.Match[str], published: date | None) -> When | None:
    return _when(match, last(WEEKDAYS[match[1].casefold()], published), 2) if published else None


def _dotted(match: re.Match[str], _: date | None) -> When | None:
    return _calendar(match, int(match[3]), int(match[2]), int(match[1]))


def _slashed(match: re.Match[str], published: date | None) -> When | None:
    """Read 09/08/2021 as whichever day comes last before publication; the day stands first where both do, or neither."""
    first, second, year = int(match[1]), int(match[3]), int(match[4]) + (2000 if len(match[4]) == 2 else 0)
    read = [when for when in (_calendar(match, year, second, first), _calendar(match, year, first, second)) if when]
    before = [when for when in read if published and when.day and when.day <= published]
    return max(before, key=lambda when: when.day or date.min, default=read[0] if read else None)


def _month_year(match: re.Match[str], _: date | None) -> When | None:
    if not match[2].isdigit():
        return _when(match, None, None, far=True)
    return _when(match, date(max(1, int(match[2])), MONTHS[match[1].casefold()], 1), 3)


def _early_month(match: re.Match[str], published: date | None) -> When | None:
    month = MONTHS[match[2].casefold()]
    year = _nearest_year(match, month, 15, published)
    part = match[1].casefold()
    day = 1 if part in ("beginning", "start", "early") else 15 if part in ("middle", "mid") else 25
    return _when(match, date(year, month, day), 2) if year else None


def _month(match: re.Match[str], published: date | None) -> When | None:
    month = MONTHS[match[1].casefold()]
    if match[1] == match[1].lower() or (len(match[1]) < 4 and month != 5):
        return None
    year = _nearest_year(match, month, 1, published)
    return _when(match, date(year, month, 1), 3, since=match[0].casefold().startswith("since")) if year else None


def _ago(match: re.Match[str], published: date | None) -> When | None:
    vague = match[1] is None  # "some weeks ago", "a couple of months ago"
    word = (match[1] or "").casefold()
    count = 1 if word == "a" else NUMBER_WORDS.get(word) or int(word if word.isdigit() else 0)
    if vague:
        count = 2 if "couple" in match[0].casefold() else _FEW
    unit = match[2].casefold().rstrip("s")
    days = count * _UNIT[unit]
    if match[3].casefold() != "ago":
        return None
    if unit in ("year", "decade"):
        return _when(match, None, None, far=True)
    precision = 1 if unit == "day" else 2 if unit == "week" else 3
    return _when(match, published - timedelta(days=days), min(3, precision + vague)) if published else None


def _far(match: re.Match[str], _: date | None) -> When | None:
    return _when(match, None, None, far=True)


def _shift(days: int, **marks: bool) -> Callable[[re.Match[str], date | None], When | None]:
    def read(match: re.Match[str], published: date | None) -> When | None:
        return _when(match, published + timedelta(days=days), 1, **marks) if published else None

    return read


def _running_day(match: re.Match[str], published: date | None) -> When | None:
    """ "For a fourth day" tells of the day of the news, unless a weekday beside it says which."""
    beside = match.string[max(0, match.start() - 60) : match.end() + 30]
    return None if re.search(_WEEKDAY, beside, re.IGNORECASE) else _shift(0)(match, published)


def _weekday(match: re.Match[str], published: date | None) -> When | None:
    if published is None:
        return None
    before, weekday = (match[1] or "").strip().casefold(), WEEKDAYS[match[2].casefold()]
    planned = before == "next" or _AHEAD.search(match.string[max(0, match.start() - 60) : match.start()])
    if before in ("by", "until", "next") and planned:
        ahead = (weekday - published.weekday()) % 7 or 7
        return _when(match, published + timedelta(days=ahead), 1, ahead=True)
    return _when(match, last(weekday, published, strictly=False), 1, since=before == "since")


def _week(match: re.Match[str], published: date | None) -> When | None:
    if published is None:
        return None
    return _when(match, published - timedelta(days=3), 2)


def _this_month(match: re.Match[str], published: date | None) -> When | None:
    if published is None or (match[1] or "").strip().casefold() == "later":
        return None
    return _when(match, published.replace(day=1), 3)


def _last_unit(match: re.Match[str], published: date | None) -> When | None:
    unit = match[1].casefold()
    if published is None:
        return None
    if unit == "week":
        return _when(match, published - timedelta(days=7), 2)
    if unit == "month":
        return _when(match, (published.replace(day=1) - timedelta(days=1)).replace(day=1), 3)
    return _when(match, None, None, far=True)


def _year(match: re.Match[str], published: date | None) -> When | None:
    year = int(match[1])
    if published is not None and year >= published.year:
        return None
    return _when(match, None, None, far=True)


def _days_after(match: re.Match[str], _: date | None) -> When | None:
    count, unit = match[1] or match[3], (match[2] or "day").casefold()
    if count is None:
        several = match[0].casefold().startswith("days")  # of which nobody says how many
        return When(Span(*match.span()), None, 2 if several else 1, offset=_FEW if several else 1)
    weeks = unit.startswith("week")
    return When(Span(*match.span()), None, 2 if weeks else 1, offset=_number(count) * (7 if weeks else 1))


def _next_day(match: re.Match[str], _: date | None) -> When | None:
    return When(Span(*match.span()), None, 1, offset=-_number(match[1] or "a"))


def _number(words: str) -> int:
    low = words.casefold()
    return 1 if low == "a" else NUMBER_WORDS.get(low) or int(low)


_READ: dict[str, Callable[[re.Match[str], date | None], When | None]] = {
    "iso": _iso,
    "day_month": _day_month,
    "month_day": _month_day,
    "month_year": _month_year,
    "early_month": _early_month,
    "days_after": _days_after,
    "next_day": _next_day,
    "ago": _ago,
    "more_than_ago": _far,
    "span_days": _span_days,
    "span_days_after": _span_days_after,
    "span_weekdays": _span_weekdays,
    "dotted": _dotted,
    "slashed": _slashed,
    "day_before_yesterday": _shift(-2),
    "yesterday": _shift(-1),
    "running_day": _running_day,
    "today": _shift(0),
    "tomorrow": _shift(1, ahead=True),
    "past_hours": _shift(-1),
    "overnight": _shift(0),
    "last_night": _shift(-1),
    "weekday": _weekday,
    "week": _week,
    "this_month": _this_month,
    "last_unit": _last_unit,
    "this_year": _far,
    "decades": _far,
    "named_decades": _far,
    "month": _month,
    "year": _year,
}
"""How each kind of expression is read; one line per kind."""
