"""Words that state a publication day -> the day. Only what names day, month and year counts; nothing is guessed."""

from __future__ import annotations

import re
from datetime import date

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DATE = (
    r"(?<![\d/.-])(?:"
    r"(?P<y1>\d{4})[-/.](?P<m1>\d{1,2})[-/.](?P<d1>\d{1,2})(?!\d)"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?[ -](?P<m2>{_MONTH})\.?,?[ -](?P<y2>\d{{4}})(?!\d)"
    rf"|(?P<m3>{_MONTH})\.?[ ](?P<d3>\d{{1,2}})(?:st|nd|rd|th)?,?[ ](?P<y3>\d{{4}})(?!\d))"
)
_STATED = re.compile(_DATE, re.IGNORECASE)
_IN_URL = re.compile(r"/(?P<y>(?:19|20)\d\d)[-/](?P<m>\d{1,2})[-/](?P<d>\d{1,2})(?=[-/]|$)")
_LABELLED = re.compile(
    r"^[ \t]*(?:date|published|posted|publication date)(?: on)?[ \t]*:?[ \t]+(?=\S)[^\r\n]{1,60}$", re.I | re.M
)
_DATELINE = re.compile(
    r"^[A-Z][A-Z .'\N{RIGHT SINGLE QUOTATION MARK}-]{1,30}(?:, [A-Z][A-Za-z. ]{1,20})?(?:, | \()"
    rf"(?i:{_DATE})\)?[^\r\n]{{0,30}}?[ ]?[-\N{{EN DASH}}\N{{EM DASH}}:]",
    re.MULTILINE,
)
_HEAD = 2000
"""Labels and datelines stand at the top; further down a date belongs to the story."""


def stated(words: str) -> date | None:
    """Return the one day that the words name in full, None when they name none or several."""
    found = {_day(match) for match in _STATED.finditer(words[:200])}
    return found.pop() if len(found) == 1 else None


def named(text: str) -> frozenset[date]:
    """Return every day that the text names in full."""
    return frozenset(day for match in _STATED.finditer(text) if (day := _day(match)))


def from_url(url: str) -> date | None:
    """Return the day in an address such as ``/2021/06/21/`` or ``/2021-06-21/``."""
    found = {_calendar(int(match["y"]), int(match["m"]), int(match["d"])) for match in _IN_URL.finditer(url[:2000])}
    return found.pop() if len(found) == 1 else None


def from_text(text: str) -> tuple[date, str] | None:
    """Return the day that a "Published:" line or a dateline with its year states, and the words that do.

    >>> from_text("KABUL, Aug. 21, 2021 (Wire) - Fighters took the town.")
    (datetime.date(2021, 8, 21), 'KABUL, Aug. 21, 2021 (Wire) -')
    >>> from_text("KABUL, Aug. 21 (Wire) - Fighters took the town.") is None
    True
    """
    for pattern in (_LABELLED, _DATELINE):
        for match in pattern.finditer(text[:_HEAD]):
            day = stated(match.group())
            if day:
                return day, match.group().strip()
    return None


def _day(match: re.Match[str]) -> date | None:
    if match["y1"]:
        return _calendar(int(match["y1"]), int(match["m1"]), int(match["d1"]))
    which = "2" if match["y2"] else "3"
    month = MONTHS.index(match["m" + which][:3].lower()) + 1
    return _calendar(int(match["y" + which]), month, int(match["d" + which]))


def _calendar(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
