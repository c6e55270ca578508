"""Who is said to hold what, as the page reckons it from the claims that pass, is what the ledger says of those claims alone."""

from __future__ import annotations

import csv
import io
import json
import random
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

import mapper
from mapper import events, origins
from mapper.exports.conflict_map import page
from mapper.exports.records import FIELDS, Records, record
from mapper.model import Findings
from mapper.result import Result

ROOT = Path(__file__).parents[2]
CORPORA = {
    "seeds": ROOT / "seeds",
    "original": ROOT / "tests" / "eval" / "original" / "articles",
    "holdout": ROOT / "tests" / "eval" / "holdout" / "articles",
}
MADE = [f"made {seed}" for seed in range(2)]
UNDATED = [f"undated {seed}" for seed in range(2)]
"""As the made ones, but one article in ten has no date."""

PLACES = ("Andarab", "Deh Salah", "Pul-e-Hisar", "Khinjan", "Baghlan province")
SPEAKERS = (
    "a Taliban spokesman said", "local police chief Abdul Qadir said", "Zabihullah Mujahid wrote on Twitter", "residents said",
    "provincial council member Mirza Gul said", "a resistance commander said", "the Defence Ministry said in a statement", "",
)  # fmt: skip
SAID = (
    "The Taliban captured {place} on {day}", "Resistance forces retook {place} from the Taliban on {day}",
    "Government forces lost {place} to the Taliban on {day}", "The Taliban were in control of {place} on {day}",
    "Fighting was under way between the Taliban and resistance forces in {place} on {day}", "Most of {place} was held by the Taliban on {day}",
    "The Taliban denied that {place} had been taken by resistance forces", "Unidentified gunmen seized {place} on {day}",
    "Resistance forces control {place}", "{place} fell to the Taliban without a fight on {day}", "{place} is contested",
)  # fmt: skip


@cache
def run(name: str) -> Result:
    """Return a run over one of the corpora."""
    if name in CORPORA:
        return mapper.run(CORPORA[name])
    kind, seed = name.split()
    with tempfile.TemporaryDirectory() as folder:
        return mapper.run(write(Path(folder), int(seed), dated=1.0 if kind == "made" else 0.9))


def write(folder: Path, seed: int, dated: float) -> Path:
    """Write a dozen articles of short statements, by chance: the same for the same seed."""
    chance = random.Random(seed)
    for number in range(12):
        day = date(2021, 8, 16) + timedelta(chance.randrange(6))
        lines = []
        for _ in range(chance.randint(1, 4)):
            told = chance.choice(SAID).format(
                place=chance.choice(PLACES), day=(day - timedelta(chance.randrange(3))).strftime("%-d %B %Y")
            )
            lines.append(", ".join(filter(None, (told, chance.choice(SPEAKERS)))) + ".")
        printed = f"published: {day}\n" if chance.random() < dated else ""
        (folder / f"{number:02}.txt").write_text(
            f"outlet: Outlet {number % 7}\n{printed}\n" + "\n\n".join(lines), encoding="utf-8"
        )
    return folder


def ledger(records: Records) -> dict[str, dict[str, Any]]:
    """Return what the ledger says of each place, as the page's table of places shows it."""
    shown = {}
    for feature in records.control:
        known = feature["properties"]
        shown[known["admin2_pcode"] or known["admin1_pcode"]] = {
            "status": known["status"],
            "holder": known["holder"],
            "since": known["since"],
            "as_of": known["as_of"],
            "independent_origins": known["independent_origins"],
            "periods": [{name: period[name] for name in ("from", "to", "status", "holder")} for period in known["periods"]],
            "claim_ids": sorted(known["periods"][-1]["claim_ids"]),
        }
    return shown


def saved(watched: Any, tmp_path: Path) -> dict[str, dict[str, Any]]:
    """Return the page's own table of the places that it shows, as its reader saves it."""
    watched.tab.click("#save summary")
    with watched.tab.expect_download() as download:
        watched.tab.click("#save-items >> text=Places shown")
    download.value.save_as(tmp_path / "places.csv")
    return _table((tmp_path / "places.csv").read_bytes().decode("utf-8-sig"))


def shown(watched: Any) -> dict[str, dict[str, Any]]:
    """Return the same table before it becomes a file, which takes most of the time."""
    table = watched.tab.evaluate(
        """() => new Promise((done) => {
          const make = URL.createObjectURL;
          URL.createObjectURL = (content) => {
            URL.createObjectURL = make;
            content.text().then(done);
            return 'data:,';
          };
          [...document.querySelectorAll('#save-items button')].find((one) => one.textContent.startsWith('Places shown')).click();
        })"""
    )
    return _table(table.removeprefix("\ufeff"))


def _table(text: str) -> dict[str, dict[str, Any]]:
    return {row["place_id"]: _row(row) for row in csv.DictReader(io.StringIO(text, newline=""))}


def _row(row: dict[str, str]) -> dict[str, Any]:
    words = {name: row[name] or None for name in ("status", "holder", "since", "as_of")}
    ids = sorted(filter(None, row["claim_ids"].split("; ")))
    return {
        **words,
        "independent_origins": int(row["independent_origins"]),
        "periods": json.loads(row["periods"]),
        "claim_ids": ids,
    }


def until(result: Result, evening: str) -> Records:
    """Return the records of a run over the articles alone that were published by an evening, and those without a day."""
    found = result.findings
    read = [article for article in found.articles if article.published is None or article.published.isoformat() <= evening]
    known = {article.id for article in read}
    claims = [claim for claim in found.claims if claim.article_id in known]
    tracing = origins.trace(read, claims)
    merged = events.merge(claims, read, tracing, result.actors, result.gazetteer, result.settings)
    control = events.ledger(claims, merged, read, tracing, result.actors, result.gazetteer, result.settings)
    findings = Findings(tuple(read), (), (), tuple(claims), tracing, tuple(merged), tuple(control))
    return record(findings, result.gazetteer, result.actors)


def with_a_later_word(records: Records) -> Records:
    """Return the records with one more article, of the year 2100, that plans something everywhere: held back by a clock, it makes the page reckon anew."""
    article = dict.fromkeys(FIELDS["articles"]) | {
        "id": "later",
        "path": "later.txt",
        "published": "2100-01-01",
        "text": "Later.",
        "notes": [],
        "shares": [],
    }
    origin = dict.fromkeys(FIELDS["origins"]) | {
        "origin_id": "o-later",
        "kind": "outlet",
        "independent": False,
        "claim_ids": [],
        "article_ids": ["later"],
    }
    hop = {"name": "Later", "role": None, "kind": "outlet", "cue": None, "medium": None, "date": None}
    claims, control = list(records.claims), []
    for feature in records.control:
        known = feature["properties"]
        unit = {name: known[name] for name in ("place_id", "admin1_pcode", "admin2_pcode")}
        claim = dict.fromkeys(FIELDS["claims"]) | unit | {
            "claim_id": f"later-{known['place_id']}", "article_id": "later", "start": 0, "end": 5, "quote": "Later", "control": "gained",
            "status": "planned", "attribution": [hop], "origin_id": "o-later", "vague_casualties": False, "total_over": 1,
        }  # fmt: skip
        claims.append(claim)
        control.append({**feature, "properties": {**known, "claims": [*known["claims"], {"claim_id": claim["claim_id"]}]}})
    return Records([*records.articles, article], records.toponyms, claims, records.events, control, [*records.origins, origin])


@pytest.mark.parametrize("name", [*CORPORA, *MADE, *UNDATED])
def test_what_the_page_reckons_of_all_claims_is_the_ledger(watch: Callable[..., Any], tmp_path: Path, name: str) -> None:
    found = run(name)
    watched = watch(page(with_a_later_word(found.records), found.gazetteer), "#tab=places&by=2099-12-31")
    assert saved(watched, tmp_path) == shown(watched) == ledger(found.records) != {}
    assert not watched.complaints + watched.requests


@pytest.mark.parametrize("name", [*CORPORA, *MADE])
def test_an_evening_is_a_run_over_what_had_been_published_by_then(keep: Callable[..., Any], name: str) -> None:
    """But for the claims that are cited against it: which event a denial denies may look otherwise when less has been read."""
    found = run(name)
    watched = keep(name, lambda: page(found.records, found.gazetteer))
    days = sorted({article.published.isoformat() for article in found.findings.articles if article.published})
    for day in days[:: 1 + len(days) // 8]:
        watched.show(f"tab=places&by={day}")
        assert _uncited(shown(watched)) == _uncited(ledger(until(found, day))), day


@pytest.mark.parametrize("name", [*CORPORA, *MADE, *UNDATED])
def test_a_day_is_the_period_of_the_ledger_that_it_lies_in(keep: Callable[..., Any], name: str) -> None:
    found = run(name)
    entries = ledger(found.records)
    watched = keep(name, lambda: page(found.records, found.gazetteer))
    days = sorted({period["from"] for entry in entries.values() for period in entry["periods"] if period["from"]})
    for day in days[:: 1 + len(days) // 8]:
        watched.show(f"tab=places&day={day}")
        for unit, known in shown(watched).items():
            (period,) = (one for one in entries[unit]["periods"] if (one["from"] or "") <= day <= (one["to"] or "9999"))
            assert (known["status"], known["holder"]) == (period["status"], period["holder"]), (day, unit)


def test_filters_that_let_everything_pass_change_nothing(keep: Callable[..., Any]) -> None:
    found = run("original")
    watched = keep("original", lambda: page(found.records, found.gazetteer))
    every = {
        "source": {article.outlet for article in found.findings.articles if article.outlet},
        "status": {claim.status.value for claim in found.findings.claims},
    }
    for name, values in every.items():
        watched.show(urlencode({"tab": "places", name: sorted(values)}, doseq=True))
        assert shown(watched) == ledger(found.records)


def test_the_page_says_that_it_reckons_and_what_it_takes_as_given(reader: Any) -> None:
    reader.show("place=AF0908&by=2021-08-21")
    assert "Reckoned by the rules of the ledger" in reader.text(".standing")
    assert "what a denial denies and who repeats whom is as all articles together show it" in reader.text(".standing")
    reader.show("tab=places")


def _uncited(places: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {unit: {name: known[name] for name in known if name != "claim_ids"} for unit, known in places.items()}
