"""The whole way, on the seeds and on hostile input: what must hold of every run whatever the articles say."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import mapper
from mapper.exports import EXPORTERS
from mapper.pipeline import run
from mapper.result import Result
from mapper.settings import Settings

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds"


@pytest.fixture(scope="module")
def result() -> Result:
    return run(SEEDS)


def files(out: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(out.iterdir())}


# --- relations that hold in every run -----------------------------------------------------------


def test_every_input_is_read_or_rejected(result: Result) -> None:
    texts = sorted(path.name for path in SEEDS.glob("*.txt"))
    assert sorted(row["path"] for row in result.records.articles) == texts
    assert len(result.findings.articles) == len(texts)


def test_every_quote_stands_in_its_article(result: Result) -> None:
    texts = {row["id"]: row["text"] for row in result.records.articles}
    assert result.records.claims
    for row in result.records.claims:
        assert texts[row["article_id"]][row["start"] : row["end"]] == row["quote"] != ""
    for row in result.records.toponyms:
        assert texts[row["article_id"]][row["start"] : row["end"]] == row["text"] != ""


def test_ids_are_unique_and_point_somewhere(result: Result) -> None:
    records = result.records
    claims = [row["claim_id"] for row in records.claims]
    origins = {row["origin_id"]: set(row["claim_ids"]) for row in records.origins}
    assert len(set(claims)) == len(claims)
    for row in records.claims:
        assert row["claim_id"] in origins[row["origin_id"]]
        assert row["attribution"][0]["kind"] == "outlet"
    for feature in records.events:
        properties = feature["properties"]
        assert set(properties["claim_ids"]) <= set(claims)
        assert set(properties["origin_ids"]) <= set(origins)
        assert 0 <= properties["independent_origins"] <= len(properties["origin_ids"])


def test_no_event_is_denied_planned_or_past(result: Result) -> None:
    statuses = {row["claim_id"]: row["status"] for row in result.records.claims}
    for feature in result.records.events:
        assert {statuses[id_] for id_ in feature["properties"]["claim_ids"]} <= {"asserted", "ongoing", "unconfirmed"}


def test_the_takings_of_20_august_are_on_the_map(result: Result) -> None:
    takings = {
        (properties["admin2_pcode"], properties["event_date"])
        for properties in (feature["properties"] for feature in result.records.events)
        if properties["sub_event_type"] == "Non-state actor overtakes territory" and not properties["only_by_mutation"]
    }
    assert {("AF0908", "2021-08-20"), ("AF0907", "2021-08-20"), ("AF0912", "2021-08-20")} <= takings


def test_another_article_never_loses_a_claim(result: Result) -> None:
    one = run(SEEDS / "004_bc2030490c63860a.txt")
    ids = {row["claim_id"] for row in result.records.claims}
    assert {row["claim_id"] for row in one.records.claims} <= ids


def test_steps_can_be_taken_one_by_one(result: Result) -> None:
    places, parties = mapper.gazetteer.load(), mapper.actors.load()
    articles, rejected = mapper.read(SEEDS)
    names = {article.id: mapper.geoparse(article, places) for article in articles}
    claims = [claim for article in articles for claim in mapper.extract(article, names[article.id], places, parties)]
    tracing = mapper.trace(articles, claims)
    events = mapper.merge(claims, articles, tracing, parties, places)
    control = mapper.ledger(claims, events, articles, tracing, parties, places)
    resolutions = tuple(name for found in names.values() for name in found)
    findings = mapper.Findings(articles, rejected, resolutions, tuple(claims), tracing, events, control)
    assert findings == result.findings
    assert mapper.Result(findings, places, parties, mapper.Settings()).records == result.records


def test_the_map_is_one_of_the_files(result: Result, tmp_path: Path) -> None:
    paths = result.write(tmp_path)
    assert list(paths) == list(EXPORTERS)
    assert all(path.stat().st_size for path in paths.values())
    assert result.to_file(tmp_path / "m.html").read_bytes() == paths["map.html"].read_bytes()


# --- same input, same bytes ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("environment", "reverse"),
    [
        (
            {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
            False,
        ),
        ({"PYTHONHASHSEED": "77", "TZ": "Pacific/Pago_Pago", "LC_ALL": "C.UTF-8"}, True),
    ],
)
def test_clock_locale_hash_seed_and_order_change_no_byte(
    result: Result, tmp_path: Path, environment: dict[str, str], reverse: bool
) -> None:
    result.write(tmp_path / "here")
    sources = [str(path) for path in sorted(SEEDS.glob("*.txt"), reverse=reverse)]
    command = [sys.executable, "-m", "mapper.cli", "run", *sources, "--out", str(tmp_path / "there"), "-q"]
    subprocess.run(command, check=True, env={**os.environ, **environment}, timeout=60)
    assert files(tmp_path / "there") == files(tmp_path / "here")


# --- hostile articles ---------------------------------------------------------------------------

TAKING = "Taliban fighters captured Banu district in Baghlan on Friday, residents said. "

HOSTILE = {
    "markup": TAKING + "<img src=x onerror=alert(1)> </script><script>alert(2)</script> <!--<script> {{7*7}} {% x %} ${1} `",
    "line separators": TAKING + "one\u2028two\u2029three\x85four",
    "right to left": TAKING + "\u202eevil\u202c ده سلاح پلحصار",
    "formula": '=HYPERLINK("x") ' + TAKING,
    "no full stop": TAKING.replace(".", "") * 30,
    "one long line": "word" * 100_000 + " " + TAKING,
    "marks": TAKING + "a" + "\u0300\u0316" * 20_000,
    "many names": TAKING + "Kabul, Kunduz, Herat, Banu, " * 150,
    "many numbers": TAKING + "killed 10000000000000000000000000 and 1,5 and -3 and five dozens. " * 50,
    "quotation never closed": '"' + TAKING * 50,
    "brackets": "(" * 5_000 + TAKING + "[" * 5_000,
    "capitals": (TAKING * 5).upper(),
    "dates": TAKING + "On 30 February 2021, on 99 June 99999, in year 0, next Blursday, on the 31st of September. ",
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_kept_and_breaks_nothing(content: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(f"published: 2021-08-21\n\n{content}\n".encode())
    paths = run(tmp_path).write(tmp_path / "out")
    (article,) = [json.loads(line) for line in paths["articles.jsonl"].read_text(encoding="utf-8").split("\n") if line]
    assert article["text"] == content
    for line in filter(None, paths["claims.jsonl"].read_text(encoding="utf-8").split("\n")):
        claim = json.loads(line)
        assert content[claim["start"] : claim["end"]] == claim["quote"]


def test_copies_of_an_article_corroborate_nothing(tmp_path: Path) -> None:
    text = (SEEDS / "004_bc2030490c63860a.txt").read_text(encoding="utf-8")
    for folder, copies in (("one", 1), ("many", 8)):
        (tmp_path / folder).mkdir()
        for number in range(copies):
            (tmp_path / folder / f"{number}.txt").write_text(f"outlet: Outlet {number}\n\n{text}", encoding="utf-8")
    one, many = (run(tmp_path / folder, Settings(published=date(2021, 8, 21))).records for folder in ("one", "many"))
    counted = (
        "event_date",
        "place_id",
        "sub_event_type",
        "fatalities_low",
        "fatalities_high",
        "independent_origins",
        "confidence",
    )
    assert [[f["properties"][name] for name in counted] for f in one.events] == [
        [f["properties"][name] for name in counted] for f in many.events
    ]
    assert len(many.claims) == 8 * len(one.claims)


def test_a_fault_of_the_program_costs_one_article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("The Taliban captured Khinjan on Friday.", encoding="utf-8")
    (tmp_path / "b.txt").write_text("The Taliban captured Nahrin on Friday.", encoding="utf-8")
    whole = mapper.claims.extract

    monkeypatch.setattr(mapper.claims, "extract", lambda article, *rest: whole(article, *rest) if article.id == "b" else [][1])
    found = run(tmp_path).findings
    assert [article.id for article in found.articles] == ["b"]
    assert {claim.article_id for claim in found.claims} == {"b"}
    assert [(one.id, one.reason.split(",")[0]) for one in found.rejected] == [("a", "a fault of the program")]
