"""The scorer: gold against itself is perfect, each kind of fault lowers its own measure, floors only rise."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import Any

import pytest

from mapper import actors, articles
from mapper.errors import SourceError
from mapper.evaluation import Report, Score, compare_floors, evaluate, read_gold, stories
from mapper.exports import Records
from mapper.model import SUB_EVENT_TYPES

HERE = Path(__file__).parent
CORPORA = {
    "holdout": (HERE / "holdout" / "articles", HERE / "holdout" / "gold"),
    "original": (HERE / "original" / "articles", HERE / "original" / "gold"),
    "seeds": (HERE.parents[1] / "seeds", HERE / "seeds-gold"),
}
PARTIES = actors.load()


def units(pcode: str | None) -> dict[str, str | None]:
    known = pcode if pcode and pcode.startswith("AF") else None
    return {"admin1_pcode": known[:4] if known else None, "admin2_pcode": known if known and len(known) == 6 else None}


def retell(corpus: str) -> tuple[Records, dict[str, Any]]:
    """Write the gold of a corpus as the records of a run that found just that."""
    folder, gold_folder = CORPORA[corpus]
    texts = {article.id: article.text for article in articles.read([folder])[0]}
    gold = read_gold(gold_folder)
    toponyms, claims, events = [], [], []
    for id_, sheet in gold.items():
        text = texts[id_]
        body = text.find(sheet["body_starts"])
        assert body >= 0
        for place in sheet["places"]:
            at = body - 1
            for _ in range(place["occurrence"]):
                at = text.index(place["text"], at + 1)
            span = {"start": at, "end": at + len(place["text"]), "text": place["text"]}
            toponyms.append({"article_id": id_, "refused": None, **span, **units(place["pcode"])})
        for claim in sheet["claims"]:
            hops = [{"name": name, "role": None} for name in claim["chain"]]
            said = {key: claim[key] for key in ("control", "actor", "target", "status", "killed")}
            start = text.index(claim["quote"], body)
            claims.append(
                {
                    "article_id": id_,
                    "start": start,
                    "event_date": claim["date"],
                    "attribution": hops,
                    **said,
                    **units(claim["place"]),
                }
            )
        for event in sheet["events"]:
            kinds = {"event_type": SUB_EVENT_TYPES[event["sub_event_type"]], "sub_event_type": event["sub_event_type"]}
            events.append({"properties": {"article_ids": [id_], "event_date": event["date"], **kinds, **units(event["place"])}})
    rows = [{"id": id_, "text": text} for id_, text in texts.items()]
    return Records(rows, toponyms, claims, events, [], []), gold


@pytest.mark.parametrize("corpus", CORPORA)
def test_gold_against_itself_is_perfect(corpus: str) -> None:
    report = evaluate(*retell(corpus), PARTIES)
    assert report.differences == []
    assert set(report.figures().values()) == {1.0}


def test_a_run_that_found_nothing_scores_nothing() -> None:
    records, gold = retell("seeds")
    report = evaluate(Records(records.articles, [], [], [], [], []), gold, PARTIES)
    assert set(report.figures().values()) == {0.0}


def spoil(records: Records, fault: str) -> None:
    if fault == "toponyms":
        records.toponyms[0] |= {"admin1_pcode": "AF99", "admin2_pcode": "AF9999"}
    if fault == "events":
        records.events[0]["properties"]["event_date"] = "1999-01-01"
    for claim in records.claims:
        if fault == "control":
            claim["actor"] = "ISKP"
        if fault == "killed":
            claim["killed"] = [1, 1]
        if fault == "dates":
            claim["event_date"] = "1999-01-01"
        if fault == "speakers":
            claim["attribution"] = [{"name": "X", "role": None}, {"name": "Somebody Else", "role": None}]


@pytest.mark.parametrize("fault", ["toponyms", "control", "events", "killed", "dates", "speakers"])
def test_each_fault_lowers_its_own_measure(fault: str) -> None:
    records, gold = retell("seeds")
    spoil(records, fault)
    scores = evaluate(records, gold, PARTIES).scores
    assert scores[fault].agree < scores[fault].gold
    others = set(scores) - {fault} - ({"dates", "speakers"} if fault == "control" else set())
    assert all(scores[other].agree == scores[other].gold for other in others)


def test_a_second_find_of_the_same_thing_costs_precision() -> None:
    records, gold = retell("seeds")
    records.events.append(copy.deepcopy(records.events[0]))
    scores = evaluate(records, gold, PARTIES).scores
    assert (scores["events"].recall, scores["events"].precision < 1.0) == (1.0, True)


def test_a_loss_to_somebody_is_a_gain_of_theirs() -> None:
    records, gold = retell("seeds")
    for claim in records.claims:
        if claim["control"] == "gained" and claim["target"]:
            claim |= {"control": "lost", "actor": claim["target"], "target": claim["actor"]}
    assert evaluate(records, gold, PARTIES).scores["control"].f1 == 1.0


def test_gold_that_is_none_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="holds no gold"):
        read_gold(tmp_path)
    (tmp_path / "a.json").write_text("{}")
    with pytest.raises(SourceError, match=r"a\.json: no gold annotation"):
        read_gold(tmp_path)


# --- floors -------------------------------------------------------------------------------------


def report(agree: int) -> Report:
    return Report({"events": Score(agree, 4, 4), "dates": Score(agree, 4, 4)}, [], {})


def test_floors_rise_and_do_not_fall_unless_told(tmp_path: Path) -> None:
    file = tmp_path / "floors.json"
    assert compare_floors(report(3).figures(), file, "x", update=True) == []
    assert json.loads(file.read_text()) == {"x": {"dates.accuracy": 0.75, "events.precision": 0.75, "events.recall": 0.75}}
    assert compare_floors(report(4).figures(), file, "x") == []
    before = file.read_text()
    fallen = compare_floors(report(2).figures(), file, "x", update=True)
    assert fallen[0] == "x dates.accuracy: 0.5000 < 0.7500"
    assert len(fallen) == 3
    assert file.read_text() == before
    assert compare_floors(report(2).figures(), file, "x", update=True, allow_regression=True) == []
    assert json.loads(file.read_text())["x"]["events.recall"] == 0.5


def test_corpora_have_floors_of_their_own(tmp_path: Path) -> None:
    file = tmp_path / "floors.json"
    compare_floors(report(4).figures(), file, "x", update=True)
    assert compare_floors(report(1).figures(), file, "y") == []
    compare_floors(report(1).figures(), file, "y", update=True)
    assert set(json.loads(file.read_text())) == {"x", "y"}


def test_every_corpus_has_floors_under_every_measure_and_is_held_to_them() -> None:
    floors = json.loads((HERE / "floors.json").read_text(encoding="utf-8"))
    places = floors.pop("gazetteer-AFG")
    assert min(places.values()) > 0.75 and places["spellings.recall"] >= 0.95 and places["spellings.precision"] >= 0.99
    assert sorted(floors) == sorted(CORPORA)
    records, gold = retell("seeds")
    alone = set(evaluate(records, gold, PARTIES).figures())
    across = {f"{measure}.accuracy" for measure in stories.SHARES} | {
        f"{m}.{k}" for m in ("origins", "copies") for k in ("precision", "recall")
    }
    for corpus, floor in floors.items():
        told = (HERE / corpus / "stories.json").exists()
        assert set(floor) == (alone | across if told else alone)
        assert min(floor.values()) > 0
    recipe = re.search(r"^eval:.*\n((?:\t.*\n)+)", (HERE.parents[1] / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)[1]
    checked = re.findall(r"mapper eval (\S+) .*--floors tests/eval/floors\.json$", recipe, re.MULTILINE)
    assert sorted(Path(corpus).name for corpus in checked) == sorted(CORPORA)
    assert "gazetteer eval --descriptions tests/eval/descriptions.csv --floors tests/eval/floors.json\n" in recipe
    assert "make eval" in (HERE.parents[1] / ".ci" / "run").read_text(encoding="utf-8").splitlines()


def test_a_missing_table_of_floors_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no table of floors"):
        compare_floors(report(1).figures(), tmp_path / "floors.json", "x")
