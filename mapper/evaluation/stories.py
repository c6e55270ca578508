"""Stories that several articles tell, and what a careful reader finds across them -> how far one run over them all agrees.

`stories.json` holds for each story its articles, events, claims with their origins, copies, contradictions, mutations and
how control went. The last five measures are shares of what the stories hold, for nobody has listed all that could be found:

origins         pairs of claims in different articles that go back to one origin
copies          pairs of articles, one of which repeats or rewrites the other
origin_counts   events with their number of independent origins
contradictions  fields of an event on which its sources differ
mutations       fields that an article changed in what it took over
kept_off        events that only such a change made: not there, or marked so
last_control    districts with their last status and holder
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import TypeVar

from mapper.errors import SourceError
from mapper.exports.records import Record, Records
from mapper.model import SUB_EVENT_TYPES
from mapper.text import fold

A = TypeVar("A")

SHARES = ("origin_counts", "contradictions", "mutations", "kept_off", "last_control")

Finding = tuple[str, int, int, int, list[str]]
"""Measure; items that agree, items found, items in the gold; a line for each that differs."""

_KEYS = ("articles", "events", "claims", "copies", "contradictions", "mutations", "control_timeline")
_DISTRICT = re.compile(r"[A-Z]{2}\d{4}")
_FIELDS = {field: field for field in ("occurred", "date", "place", "manner", "actor")} | {"killed_by": "actor"}
"""Fields of a contradiction as annotated -> as a run names them; "killed_taliban" and its like are "killed"."""
_CHANGED = frozenset(["casualties", "control", "place", "manner"])
_CORRECTED = frozenset(["reversal", "correction_by_claimant"])
"""Changes that a source made in its own account: not made on the way."""


def read(path: Path) -> list[Record]:
    """Return the stories of a file; SourceError when it holds none."""
    try:
        stories: list[Record] = json.loads(path.read_text(encoding="utf-8"))["stories"]
        return [{"story": story["story"], **{key: story[key] for key in _KEYS}} for story in stories]
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise SourceError(f"{path}: no stories ({type(fault).__name__}: {fault})") from fault


def compare(
    records: Records, stories: Iterable[Record], gold: Mapping[str, Record], side: Callable[[str | None], str]
) -> Iterator[Finding]:
    """Yield for each story each measure; `gold` are the annotations of its articles, `side` is the side of a name."""
    run: _Run | None = None
    for story in stories:
        run = run or _Run(records)
        yield from _Comparison(run, story, gold, side).findings()


class _Run:
    """What one run says, by what the stories ask for."""

    def __init__(self, records: Records) -> None:
        self.articles = {row["id"]: row for row in records.articles}
        self.claims: dict[str, list[Record]] = {}
        for claim in records.claims:
            self.claims.setdefault(claim["article_id"], []).append(claim)
        self.events = [feature["properties"] for feature in records.events]
        self.control = {row["admin2_pcode"]: row for row in (feature["properties"] for feature in records.control)}
        self.article_of = {claim["claim_id"]: claim["article_id"] for claim in records.claims}


class _Comparison:
    def __init__(self, run: _Run, story: Record, gold: Mapping[str, Record], side: Callable[[str | None], str]) -> None:
        self.run, self.story, self.gold, self.side = run, story, gold, side
        self.stems = {article["id"]: Path(article["file"]).stem for article in story["articles"]}
        self.events = {event["event_id"]: [e for e in run.events if self._is(e, event)] for event in story["events"]}
        self.genuine = {event["event_id"] for event in story["events"] if event["genuine"]}

    def findings(self) -> Iterator[Finding]:
        yield self._origins()
        yield self._copies()
        yield self._share("origin_counts", self._told(), self._is_counted)
        yield self._share("contradictions", self._differing(), self._differs)
        yield self._share("mutations", self._mutations(), self._is_changed)
        made = [event["event_id"] for event in self.story["events"] if not event["genuine"]]
        yield self._share("kept_off", made, lambda event: all(e["only_by_mutation"] for e in self.events[event]))
        yield self._share("last_control", self._districts(), self._is_held)

    def _share(self, measure: str, items: Sequence[A], agrees: Callable[[A], bool]) -> Finding:
        missed = [item for item in items if not agrees(item)]
        lines = [f"{self.story['story']}: missed {item}" for item in missed]
        return measure, len(items) - len(missed), len(items), len(items), lines

    def _is(self, event: Record, told: Record) -> bool:
        """Tell an event of the run that is the one a story tells: place, type, an article of the story, the day to within one."""
        if (event["admin2_pcode"] or event["admin1_pcode"]) != told["place"]:
            return False
        if event["event_type"] != SUB_EVENT_TYPES[told["sub_event_type"]]:
            return False
        if not set(event["article_ids"]) & set(self.stems.values()):
            return False
        days = [day for day in (told["date"], *told["date_alternatives"]) if day]
        return not (days and event["event_date"]) or any(_apart(day, event["event_date"]) <= 1 for day in days)

    # --- origins --------------------------------------------------------------------------------

    def _origins(self) -> Finding:
        matched: dict[str, tuple[str, str, str]] = {}
        for claim in self.story["claims"]:
            for told in (*claim.get("supported_by", ()), *claim.get("denied_by", ())):
                for reference in told["refs"]:
                    found = self._claim(reference["article"], reference["claim_index"], matched)
                    if found:
                        matched[found["claim_id"]] = (reference["article"], told["origin"], found["origin_id"])
        pairs = [
            (one[1] == other[1], one[2] == other[2], f"{one[0]} {one[1]}, {other[0]} {other[1]}")
            for one, other in combinations(matched.values(), 2)
            if one[0] != other[0]
        ]
        lines = [
            f"{self.story['story']}: {'missed' if same else 'not in the gold'} {names}"
            for same, said, names in pairs
            if same != said
        ]
        agreed = sum(same and said for same, said, _ in pairs)
        return "origins", agreed, sum(said for _, said, _ in pairs), sum(same for same, _, _ in pairs), lines

    def _claim(self, article: str, index: int, taken: Mapping[str, object]) -> Record | None:
        """Return the claim of the run that is the annotated one: the same unit, and words in common; the likest of several."""
        wanted = self.gold[article]["claims"][index]
        text = (self.run.articles.get(article) or {}).get("text") or ""
        spans = [(at.start(), at.end()) for at in re.finditer(re.escape(wanted["quote"]), text)]
        speaker = set(fold(wanted["chain"][-1]).split())

        def likeness(claim: Record) -> tuple[bool, bool, bool, int]:
            said = set(fold(" ".join(hop["name"] or "" for hop in claim["attribution"])).split())
            alike = claim["control"] == wanted["control"], claim["status"] == wanted["status"], bool(speaker & said)
            return *alike, shared(claim)

        def shared(claim: Record) -> int:
            return max((min(claim["end"], end) - max(claim["start"], start) for start, end in spans), default=0)

        here = [
            claim
            for claim in self.run.claims.get(article, ())
            if claim["claim_id"] not in taken
            and (claim["admin2_pcode"] or claim["admin1_pcode"] or claim["place_name"]) == wanted["place"]
            and shared(claim) > 0
        ]
        return max(here, key=likeness, default=None)

    def _copies(self) -> Finding:
        copies = {frozenset((self.stems[row["copy"]], self.stems[row["of"]])) for row in self.story["copies"]}
        used = {
            self.stems[other] for row in self.story["copies"] for other in (row["copy"], row["of"], *(row.get("also_uses") or ()))
        }
        said = {
            frozenset((stem, row["article_id"]))
            for stem in self.stems.values()
            for row in (self.run.articles.get(stem) or {}).get("shares") or ()
            if row["kind"] in ("copy", "rewrite")
        }
        said -= {frozenset(pair) for pair in combinations(sorted(used), 2)} - copies  # two copies of a third are alike too
        lines = [f"{self.story['story']}: missed {sorted(pair)}" for pair in copies - said]
        lines += [f"{self.story['story']}: not in the gold {sorted(pair)}" for pair in said - copies]
        return "copies", len(copies & said), len(said), len(copies), sorted(lines)

    # --- events ---------------------------------------------------------------------------------

    def _told(self) -> list[str]:
        return [e["event_id"] for e in self.story["events"] if e["genuine"] and e["independent_origins"]]

    def _is_counted(self, event_id: str) -> bool:
        wanted = next(e["independent_origins"] for e in self.story["events"] if e["event_id"] == event_id)
        return any(event["independent_origins"] == wanted for event in self.events[event_id])

    def _differing(self) -> list[tuple[str, str]]:
        fields = {(row["event"], _field(row["field"])) for row in self.story["contradictions"]}
        return sorted((event, field) for event, field in fields if field and event in self.genuine)

    def _differs(self, item: tuple[str, str]) -> bool:
        event_id, field = item
        return any(row["field"] == field for event in self.events[event_id] for row in event["contradictions"])

    def _mutations(self) -> list[tuple[str, str]]:
        changed = (row for row in self.story["mutations"] if row["field"] in _CHANGED and row["kind"] not in _CORRECTED)
        return sorted({(self.stems[article], row["field"]) for row in changed for article in row["to_articles"]})

    def _is_changed(self, item: tuple[str, str]) -> bool:
        article, field = item
        rows = (row for event in self.run.events for row in event["mutations"])
        return any(row["field"] == field and self.run.article_of.get(row["to_claim_id"]) == article for row in rows)

    # --- control --------------------------------------------------------------------------------

    def _districts(self) -> list[str]:
        """Return the districts whose control a story follows, without those that only a mutation brought in."""
        made = {event["place"] for event in self.story["events"] if not event["genuine"]}
        followed = (place for place, rows in self.story["control_timeline"].items() if rows and _DISTRICT.fullmatch(place))
        return [place for place in followed if place not in made]

    def _is_held(self, place: str) -> bool:
        last, found = self.story["control_timeline"][place][-1], self.run.control.get(place)
        if found is None or found["status"] != last["status"]:
            return False
        return self.side(found["holder"]) == self.side(last["holder"])


def _field(annotated: str) -> str | None:
    if annotated.startswith("killed_") and annotated not in _FIELDS:
        return "killed"
    return _FIELDS.get(annotated)


def _apart(one: str, other: str) -> int:
    return abs((date.fromisoformat(one) - date.fromisoformat(other)).days)
