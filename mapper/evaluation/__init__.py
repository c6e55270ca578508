"""A run's records and gold annotations -> how many agree, measure by measure.

Gold is a folder with one JSON file for each article: places, claims and events that a careful reader finds
in that article alone. A measure counts items found, items in the gold, and items that agree:

toponyms  spans that overlap a gold name and are resolved to its district or province
control   who gained, held, lost or contests which unit, and whether the claim is about the present;
          "A lost it to B" and "B gained it from A" are one statement
events    unit, event type, and day to within one
killed    pairs of bounds, the past left out
dates     of the control claims that agree and whose day the gold knows, those with that day
speakers  of the control claims that agree, those that end at the gold's original speaker

Articles on the same events are compared across as well: `mapper.evaluation.stories`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from mapper.actors import Actors
from mapper.errors import SourceError
from mapper.evaluation import stories as across
from mapper.exports import write_file
from mapper.exports.records import Record, Records
from mapper.model import SUB_EVENT_TYPES
from mapper.text import fold

A = TypeVar("A")
B = TypeVar("B")

_Statements = dict[tuple[str, str, str, bool], list[Record]]
"""Unit, control, side and whether it is about the present -> the claims that state it."""

LIVE = {"asserted", "ongoing", "unconfirmed"}
SHARES = ("dates", "speakers", *across.SHARES)
"""Measures of a share of items that agree in another one; they have an accuracy, no precision and recall."""

_PCODE = re.compile(r"[A-Z]{2}\d{2,6}")
_WORD = re.compile(r"\w+")
_EMPTY = frozenset(
    ("a", "an", "and", "at", "by", "for", "former", "from", "gen", "general", "he", "her", "his", "in", "mr", "of", "on", "one",
     "outlet", "s", "the", "their", "to", "unknown", "who")
)  # fmt: skip
"""Words and titles that do not tell one speaker from another."""


class Score(NamedTuple):
    """Items that agree, items found, items in the gold."""

    agree: int
    found: int
    gold: int

    @property
    def precision(self) -> float:
        """The share of what was found that the gold holds too; 0 when nothing was found."""
        return self.agree / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """The share of the gold that was found; 0 when the gold is empty."""
        return self.agree / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.agree / (self.found + self.gold) if self.found + self.gold else 0.0


NOTHING = Score(0, 0, 0)


class Report(NamedTuple):
    """Scores by measure and by classes of one, and a line for every item on which run and gold differ.

    `classes` are "control gained", "events Battles" and their like: which kinds a measure owes its figure to.
    """

    scores: dict[str, Score]
    differences: list[str]
    classes: dict[str, Score]

    def figures(self) -> dict[str, float]:
        """Return every figure that a floor can hold, rounded down to four places."""
        figures: dict[str, float] = {}
        for measure, score in self.scores.items():
            kinds = {"accuracy": score.recall} if measure in SHARES else {"precision": score.precision, "recall": score.recall}
            figures |= {f"{measure}.{kind}": int(value * 10_000) / 10_000 for kind, value in kinds.items()}
        return figures


def read_gold(folder: Path) -> dict[str, Record]:
    """Return the annotations in a folder by article id; SourceError when there are none or one is no annotation."""
    gold: dict[str, Record] = {}
    for path in sorted(folder.glob("*.json")):
        try:
            annotation = json.loads(path.read_text(encoding="utf-8"))
            gold[path.stem] = {key: annotation[key] for key in ("body_starts", "places", "claims", "events")}
        except (OSError, ValueError, KeyError, TypeError) as fault:
            raise SourceError(f"{path}: no gold annotation ({type(fault).__name__}: {fault})") from fault
    if not gold:
        raise SourceError(f"{folder}: holds no gold; expected one JSON file for each article")
    return gold


def evaluate(records: Records, gold: Mapping[str, Record], actors: Actors, stories: Iterable[Record] = ()) -> Report:
    """Compare what a run found in each article with that article's gold, and across the articles of `stories`."""
    totals = dict.fromkeys(("toponyms", "control", "events", "killed", "dates", "speakers"), NOTHING)
    differences: list[str] = []
    classes: dict[str, Score] = {}
    records = replace(records, articles=list(records.articles), toponyms=list(records.toponyms))
    for article_id, annotation in gold.items():
        sheet = _Sheet(records, article_id, annotation, actors)
        for measure, score, notes in sheet.scores():
            totals[measure] = _sum(totals[measure], score)
            differences += [f"{measure}: {article_id}: {note}" for note in notes]
        for name, score in sheet.classes():
            classes[name] = _sum(classes.get(name, NOTHING), score)
    for measure, *counts, notes in across.compare(records, stories, gold, lambda name: side(actors, name)):
        totals[measure] = _sum(totals.get(measure, NOTHING), Score(*counts))
        differences += [f"{measure}: {note}" for note in notes]
    return Report(totals, differences, dict(sorted(classes.items())))


def _sum(one: Score, other: Score) -> Score:
    return Score(*(a + b for a, b in zip(one, other, strict=True)))


class _Sheet:
    """One article: what the gold says of it and what the run found in it, from the body on."""

    def __init__(self, records: Records, article_id: str, gold: Record, actors: Actors) -> None:
        texts = {article["id"]: article["text"] for article in records.articles}
        self.text: str = texts.get(article_id) or ""
        self.body = max(0, self.text.find(gold["body_starts"]))
        self.gold, self.actors = gold, actors
        self.toponyms = [row for row in self._own(records.toponyms, article_id) if not row["refused"] and unit(row)]
        self.claims = self._own(records.claims, article_id)
        properties = [feature["properties"] for feature in records.events]
        self.events = [event for event in properties if article_id in event["article_ids"] and unit(event)]

    def _own(self, rows: Iterable[Record], article_id: str) -> list[Record]:
        return [row for row in rows if row["article_id"] == article_id and row["start"] >= self.body]

    def scores(self) -> Iterable[tuple[str, Score, list[str]]]:
        """Yield each measure with its score and a line for each item on which the two differ."""
        names = [self._span(place) for place in self.gold["places"] if place["pcode"]]
        yield "toponyms", *_compare(names, self.toponyms, _same_name, _show_name, lambda row: f"{row['text']!r} as {unit(row)}")
        stated, found = self._stated()
        yield "control", *_compare(list(stated), list(found), _equal, str, str)
        yield "events", *_compare(self._happened(), self.events, _same_event, _show_event, _show_event)
        yield "killed", *_compare(_tolls(self.gold["claims"]), _tolls(self.claims), _equal, str, str)
        agreed = [(stated[key], found[key]) for key in stated if key in found]
        yield "dates", *_share([pair for pair in agreed if _days(pair[0])], lambda pair: bool(_days(pair[0]) & _days(pair[1])))
        yield "speakers", *_share(agreed, lambda pair: any(_same_speaker(g, s) for g in pair[0] for s in pair[1]))

    def classes(self) -> Iterable[tuple[str, Score]]:
        """Yield control by what is claimed and events by their type."""
        stated, found = self._stated()
        for control in sorted({key[1] for key in (*stated, *found)}):
            of_gold, of_run = ([key for key in keys if key[1] == control] for keys in (stated, found))
            yield f"control {control}", _compare(of_gold, of_run, _equal, str, str)[0]
        happened = [event | {"event_type": SUB_EVENT_TYPES[event["sub_event_type"]]} for event in self._happened()]
        for kind in sorted({event["event_type"] for event in (*happened, *self.events)}):
            told, seen = ([event for event in events if event["event_type"] == kind] for events in (happened, self.events))
            yield f"events {kind}", _compare(told, seen, _same_event, _show_event, _show_event)[0]

    def _stated(self) -> tuple[_Statements, _Statements]:
        """Return the claims of control, of the gold and of the run."""
        stated = self._distinct(claim | {"unit": claim["place"]} for claim in self.gold["claims"] if _placed(claim))
        return stated, self._distinct(claim | {"unit": unit(claim)} for claim in self.claims)

    def _happened(self) -> list[Record]:
        return [event for event in self.gold["events"] if _placed(event)]

    def _span(self, place: Record) -> tuple[int, int, str]:
        at = self.body - 1
        for _ in range(place["occurrence"]):
            at = self.text.find(place["text"], at + 1)
            if at < 0:
                return -1, -1, place["pcode"]
        return at, at + len(place["text"]), place["pcode"]

    def _distinct(self, claims: Iterable[Record]) -> _Statements:
        """Group the claims of control by what they state."""
        groups: _Statements = {}
        for claim in claims:
            control, actor = claim["control"], side(self.actors, claim["actor"])
            if control in (None, "none") or not claim["unit"]:
                continue
            if control == "lost" and side(self.actors, claim["target"]):
                control, actor = "gained", side(self.actors, claim["target"])
            groups.setdefault((claim["unit"], control, actor, claim["status"] in LIVE), []).append(claim)
        return groups


def side(actors: Actors, name: str | None) -> str:
    """Return the side that a name belongs to: by the actor table, or by the longest wording of it in the name."""
    known = actors.side(name)
    if known or not name:
        return known or ""
    words = f" {' '.join(_WORD.findall(fold(name)))} "
    inside = [alias for alias in actors.aliases if f" {' '.join(_WORD.findall(fold(alias)))} " in words]
    if not inside:
        return words.strip()
    return actors.aliases[max(inside, key=lambda alias: (len(alias), alias))][0].actor.side


def unit(row: Record) -> str | None:
    """Return the P-code of the smallest unit that a row names."""
    pcode: str | None = row["admin2_pcode"] or row["admin1_pcode"]
    return pcode


def _placed(row: Record) -> bool:
    return bool(_PCODE.fullmatch(row["place"] or ""))


def _compare(
    gold: Sequence[A], found: Sequence[B], same: Callable[[A, B], bool], show_gold: Callable[[A], str], show: Callable[[B], str]
) -> tuple[Score, list[str]]:
    """Pair each gold item with at most one found item that is the same."""
    left, missed = list(found), []
    for item in gold:
        match = next((other for other in left if same(item, other)), None)
        if match is None:
            missed.append(item)
        else:
            left.remove(match)
    notes = [f"missed {show_gold(item)}" for item in missed] + [f"not in the gold {show(item)}" for item in left]
    return Score(len(gold) - len(missed), len(found), len(gold)), notes


def _share(pairs: Sequence[A], right: Callable[[A], bool]) -> tuple[Score, list[str]]:
    wrong = [pair for pair in pairs if not right(pair)]
    return Score(len(pairs) - len(wrong), len(pairs), len(pairs)), [_show_pair(pair) for pair in wrong]


def _equal(one: object, other: object) -> bool:
    return one == other


def _same_name(gold: tuple[int, int, str], found: Record) -> bool:
    start, end, pcode = gold
    return bool(found["start"] < end and start < found["end"] and unit(found) == pcode)


def _show_name(gold: tuple[int, int, str]) -> str:
    return f"{gold[2]} at {gold[0]}"


def _same_event(gold: Record, found: Record) -> bool:
    if unit(found) != gold["place"] or found["event_type"] != SUB_EVENT_TYPES[gold["sub_event_type"]]:
        return False
    if not gold["date"]:
        return True
    return bool(found["event_date"]) and abs((_day(gold["date"]) - _day(found["event_date"])).days) <= 1


def _show_event(event: Record) -> str:
    return f"{event.get('date', event.get('event_date'))} {event.get('place') or unit(event)} {event['sub_event_type']}"


def _day(iso: str) -> date:
    return date.fromisoformat(iso)


def _tolls(claims: Iterable[Record]) -> list[tuple[int | None, int | None]]:
    tolls = {tuple(claim["killed"]) for claim in claims if claim["killed"] and claim["status"] != "past"}
    return sorted(tolls, key=lambda toll: [(bound is None, bound or 0) for bound in toll])


def _days(claims: Iterable[Record]) -> set[str]:
    """Return the days that claims give, in the gold those that it holds for exact."""
    days = (claim.get("event_date") or (claim.get("date") if claim.get("date_precision") == 1 else None) for claim in claims)
    return {day for day in days if day}


def _same_speaker(gold: Record, found: Record) -> bool:
    chain, hops = gold["chain"], found["attribution"]
    if len(chain) <= 1 or len(hops) <= 1:
        return len(chain) <= 1 and len(hops) <= 1
    wanted = _words(chain[-1])
    shared = wanted & _words(f"{hops[-1]['name'] or ''} {hops[-1]['role'] or ''}")
    return len(shared) >= min(2, len(wanted)) > 0


def _words(name: str) -> set[str]:
    return set(_WORD.findall(fold(name))) - _EMPTY


def _show_pair(pair: Any) -> str:
    (gold, *_), (found, *_) = pair
    hop = found["attribution"][-1]
    return f"{gold['date']} {gold['chain']} against {found['event_date']} {hop['name'] or hop['role']}: {gold['quote'][:80]!r}"


# --- floors that only rise ----------------------------------------------------------------------


def compare_floors(
    figures: Mapping[str, float], file: Path, corpus: str, *, update: bool = False, allow_regression: bool = False
) -> list[str]:
    """Return a line for each figure below its floor; with `update`, write the figures as the new floors.

    Floors are kept as ``{corpus: {figure: floor}}``. An update that would lower one changes nothing
    and returns its lines, unless `allow_regression` is set. SourceError when the file is no such table.
    """
    try:
        floors: dict[str, dict[str, float]] = json.loads(file.read_text(encoding="utf-8")) if file.exists() or not update else {}
        kept = dict(floors.get(corpus, {}))
    except (OSError, ValueError, AttributeError) as fault:
        raise SourceError(f"{file}: no table of floors ({fault}); --update makes one") from fault
    fallen = [
        f"{corpus} {name}: {figures.get(name, 0.0):.4f} < {floor:.4f}"
        for name, floor in kept.items()
        if figures.get(name, 0.0) < floor
    ]
    if update and (allow_regression or not fallen):
        content = json.dumps({**floors, corpus: dict(figures)}, indent=2, sort_keys=True) + "\n"
        write_file(file, [content])
        return []
    return fallen
