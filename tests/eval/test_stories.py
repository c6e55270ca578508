"""The scorer across articles: a run that says what the story says is perfect, each fault lowers its own measure."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mapper import actors
from mapper.errors import SourceError
from mapper.evaluation import evaluate
from mapper.evaluation.stories import read
from mapper.exports import Records

PARTIES = actors.load()
ORIGINAL = Path(__file__).parent / "original" / "stories.json"
TOOK, DENIED = "The Taliban took Nesh", "Nesh had not fallen"
SPEAKERS = {"a": ["Radio A", "an elder"], "b": ["Radio B", "an elder"], "c": ["Radio C", "the governor"]}


def annotated(article: str, quote: str, status: str) -> dict[str, Any]:
    claim = {"quote": quote, "place": "AF2712", "control": "gained", "actor": "Taliban", "target": None, "status": status}
    claim |= {"killed": None, "chain": SPEAKERS[article], "date": "2021-07-09", "date_precision": 1}
    return {"body_starts": quote, "places": [], "claims": [claim], "events": []}


GOLD = {"a": annotated("a", TOOK, "asserted"), "b": annotated("b", TOOK, "asserted"), "c": annotated("c", DENIED, "denied")}


def event(id_: str, place: str, *, genuine: bool) -> dict[str, Any]:
    kind = "Non-state actor overtakes territory"
    told = {"event_id": id_, "date": "2021-07-09", "date_alternatives": [], "place": place, "sub_event_type": kind}
    return told | {"genuine": genuine, "independent_origins": int(genuine)}


def supported(article: str, origin: str) -> dict[str, Any]:
    return {"origin": origin, "refs": [{"article": article, "claim_index": 0}]}


STORY: dict[str, Any] = {
    "story": "Nesh",
    "articles": [{"id": f"n-{stem}", "file": f"{stem}.txt"} for stem in GOLD],
    "events": [event("E1", "AF2712", genuine=True), event("E2", "AF2711", genuine=False)],
    "claims": [{"supported_by": [supported("a", "elder"), supported("b", "elder")], "denied_by": [supported("c", "governor")]}],
    "copies": [{"copy": "n-b", "of": "n-a"}],
    "contradictions": [{"event": "E1", "field": "occurred"}, {"event": "E1", "field": "killed_taliban"}],
    "mutations": [{"field": "place", "kind": "district_replaced", "to_articles": ["n-b"]}],
    "control_timeline": {
        "AF2712": [{"status": "contested", "holder": "Taliban"}],
        "AF2711": [{"status": "claimed", "holder": "Taliban"}],
    },
}


def run() -> dict[str, Any]:
    """Return what a run says that tells the story as it is, by table."""
    claims = []
    for origin, (article, sheet) in zip(("o1", "o1", "o2"), GOLD.items(), strict=True):
        said = sheet["claims"][0]
        hops = [{"name": name, "role": None} for name in said["chain"]]
        span = {"start": 0, "end": len(said["quote"]), "event_date": said["date"], "attribution": hops, "place_name": None}
        where = {"admin1_pcode": "AF27", "admin2_pcode": "AF2712", "origin_id": origin}
        kept = {key: said[key] for key in ("control", "actor", "target", "status", "killed")}
        claims.append({"claim_id": f"c-{article}", "article_id": article, **kept, **span, **where})
    changed = [{"field": "place", "to_claim_id": "c-b"}]
    coded = {"event_type": "Battles", "sub_event_type": "Non-state actor overtakes territory", "event_date": "2021-07-10"}
    coded |= {"article_ids": ["a", "b", "c"], "admin1_pcode": "AF27", "only_by_mutation": False, "mutations": changed}
    nesh = {**coded, "admin2_pcode": "AF2712", "independent_origins": 1}
    nesh["contradictions"] = [{"field": "occurred"}, {"field": "killed"}]
    made = {**coded, "admin2_pcode": "AF2711", "independent_origins": 0, "contradictions": [], "only_by_mutation": True}
    texts = {article: sheet["body_starts"] for article, sheet in GOLD.items()}
    shares: dict[str, list[dict[str, str]]] = {"a": [], "b": [{"article_id": "a", "kind": "copy"}], "c": []}
    return {
        "articles": [{"id": article, "text": text, "shares": shares[article]} for article, text in texts.items()],
        "claims": claims,
        "events": [nesh, made],
        "control": [{"admin2_pcode": "AF2712", "status": "contested", "holder": "Taliban"}],
    }


def scores(told: dict[str, Any]) -> dict[str, tuple[int, int, int]]:
    events, control = ([{"properties": row} for row in told[table]] for table in ("events", "control"))
    report = evaluate(Records(told["articles"], [], told["claims"], events, control, []), GOLD, PARTIES, [STORY])
    return {measure: tuple(score) for measure, score in report.scores.items()}


PERFECT = {
    "origins": (1, 1, 1),
    "copies": (1, 1, 1),
    "origin_counts": (1, 1, 1),
    "contradictions": (2, 2, 2),
    "mutations": (1, 1, 1),
    "kept_off": (1, 1, 1),
    "last_control": (1, 1, 1),
}


def test_a_run_that_tells_the_story_is_perfect() -> None:
    assert PERFECT.items() <= scores(run()).items()


def one_origin(told: dict[str, Any]) -> None:
    told["claims"][2]["origin_id"] = "o1"


def two_copies(told: dict[str, Any]) -> None:
    told["articles"][2]["shares"] = [{"article_id": "a", "kind": "rewrite"}]


def two_origins(told: dict[str, Any]) -> None:
    told["events"][0]["independent_origins"] = 2


def no_dispute(told: dict[str, Any]) -> None:
    told["events"][0]["contradictions"] = [{"field": "killed"}]


def another_change(told: dict[str, Any]) -> None:
    for row in told["events"]:
        row["mutations"] = [{"field": "place", "to_claim_id": "c-a"}]


def taken_at_its_word(told: dict[str, Any]) -> None:
    told["events"][1]["only_by_mutation"] = False


def another_holder(told: dict[str, Any]) -> None:
    told["control"][0]["holder"] = "Afghan government"


FAULTS: dict[str, tuple[Callable[[dict[str, Any]], None], tuple[int, int, int]]] = {
    "origins": (one_origin, (1, 3, 1)),
    "copies": (two_copies, (1, 2, 1)),
    "origin_counts": (two_origins, (0, 1, 1)),
    "contradictions": (no_dispute, (1, 2, 2)),
    "mutations": (another_change, (0, 1, 1)),
    "kept_off": (taken_at_its_word, (0, 1, 1)),
    "last_control": (another_holder, (0, 1, 1)),
}


@pytest.mark.parametrize("measure", FAULTS)
def test_each_fault_lowers_its_own_measure(measure: str) -> None:
    spoil, expected = FAULTS[measure]
    told = run()
    spoil(told)
    assert {**PERFECT, measure: expected}.items() <= scores(told).items()


def test_an_event_a_day_off_is_the_event_and_two_days_off_another() -> None:
    told = run()
    told["events"][0]["event_date"] = "2021-07-11"
    assert scores(told)["origin_counts"] == (0, 1, 1)


def test_classes_add_up_to_their_measure() -> None:
    told = run()
    records = Records(told["articles"], [], told["claims"], [{"properties": row} for row in told["events"]], [], [])
    report = evaluate(records, GOLD, PARTIES)
    for measure in ("control", "events"):
        parts = [score for name, score in report.classes.items() if name.startswith(f"{measure} ")]
        assert tuple(map(sum, zip(*parts, strict=True))) == report.scores[measure]


def test_the_stories_of_the_corpus_are_read_and_what_is_none_is_named(tmp_path: Path) -> None:
    assert len(read(ORIGINAL)) == len(json.loads(ORIGINAL.read_text(encoding="utf-8"))["stories"]) > 1
    broken = tmp_path / "stories.json"
    broken.write_text('{"stories": [{"story": "I"}]}')
    with pytest.raises(SourceError, match=r"stories\.json: no stories \(KeyError"):
        read(broken)
