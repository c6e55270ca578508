"""Makes many articles out of a few: their paragraphs, shuffled, with other places, days and figures, and words put in.

None is a copy of another, and hardly two share a passage.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from mapper import articles, gazetteer, geoparsing
from mapper.gazetteer import Gazetteer
from mapper.model import Article, Kind
from mapper.settings import Settings
from mapper.text import paragraphs

PARAGRAPHS = (4, 12)
"""From and to how many paragraphs an article has: about as long as those it is made of."""
FIRST, DAYS = date(2021, 5, 1), 365
"""The year of which all articles are: the more there are, the more they tell of a day."""
OUTLETS = 60

_PUT_IN = "again also then later still there likewise moreover".split()
"""Words that change little but the rows of words that two articles would share."""
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAY = re.compile(rf"\b(?:{_MONTHS}) \d{{1,2}}\b")
_WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_FIGURE = re.compile(r"\b\d{1,3}\b(?![,.:]\d)")


class Slot(NamedTuple):
    """Where a paragraph names a place of a kind."""

    start: int
    end: int
    kind: Kind


class Paragraph(NamedTuple):
    """A paragraph, and the places that it names."""

    text: str
    slots: tuple[Slot, ...]


def write(folder: Path, stories: Path, count: int) -> None:
    """Write so many articles into a folder: the same for the same number, each with a head that says where and when it was printed."""
    chance, places = random.Random(20), gazetteer.load()
    found, _ = articles.read([stories], Settings())
    stock = [paragraph for article in found for paragraph in _stock(article, places)]
    names = {
        kind: sorted({place.name for place in places.places.values() if place.kind is kind and place.country == places.country})
        for kind in (Kind.PROVINCE, Kind.DISTRICT)
    }
    for number in range(count):
        day = FIRST + timedelta(days=chance.randrange(DAYS))
        told = [_told(paragraph, names, day, chance) for paragraph in chance.sample(stock, chance.randint(*PARAGRAPHS))]
        head = f"title: Story {number}\noutlet: Outlet {chance.randrange(OUTLETS)}\npublished: {day}\nlanguage: en"
        (folder / f"{number:06}.txt").write_text("\n\n".join([head, *told]) + "\n", encoding="utf-8")


def _stock(article: Article, places: Gazetteer) -> Iterator[Paragraph]:
    """Yield the paragraphs of an article, with the districts and provinces that they name."""
    named = [found for found in geoparsing.geoparse(article, places, Settings()) if found.place]
    for span in paragraphs(article.text):
        slots = [
            Slot(where.start - span.start, where.end - span.start, found.place.kind)
            for found in named
            if span.start <= (where := found.toponym.span).start < span.end
            if found.place and found.place.kind in (Kind.PROVINCE, Kind.DISTRICT) and found.place.country == places.country
        ]
        yield Paragraph(article.text[span.start : span.end], tuple(slots))


def _told(paragraph: Paragraph, names: dict[Kind, Sequence[str]], day: date, chance: random.Random) -> str:
    """Return a paragraph of other places, days of the fortnight before, and other figures."""
    text = paragraph.text
    for slot in reversed(paragraph.slots):
        text = text[: slot.start] + chance.choice(names[slot.kind]) + text[slot.end :]

    def before() -> date:
        return day - timedelta(days=chance.randrange(14))

    words = text.split(" ")
    for at in range(len(words) - chance.randint(1, 8), 0, -chance.randint(5, 9)):
        words.insert(at, chance.choice(_PUT_IN))
    text = _FIGURE.sub(lambda _: str(chance.randint(2, 99)), " ".join(words))
    text = _DAY.sub(lambda _: f"{(said := before()):%B} {said.day}", text)
    return _WEEKDAY.sub(lambda _: f"{before():%A}", text)
