"""The site of docs/: it builds without a network and without a broken link, asks no server for anything, and its code runs."""

from __future__ import annotations

import csv
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

import mapper
from mapper.cli import main

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
FETCHING = {"link": "href", "script": "src", "img": "src", "iframe": "src", "source": "src", "object": "data", "form": "action"}
"""Elements that load something by themselves, and the attribute that says from where."""

# --- the site -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as `make docs` builds it, with a proxy that nobody listens to in the place of the network."""
    out = tmp_path_factory.mktemp("site")
    nowhere = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), "http://127.0.0.1:9")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-f", ".ci/site/mkdocs.yml", "-d", str(out)]
    still = {"SOURCE_DATE_EPOCH": "0", "NO_MKDOCS_2_WARNING": "1"}
    run = subprocess.run(command, cwd=ROOT, env=os.environ | nowhere | still, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    return out


class Page(HTMLParser):
    """What a page loads, what it links to, and what can be linked to in it."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.loads: set[str] = set()
        self.links: set[str] = set()
        self.ids: set[str] = set()
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.ids |= {given[name] for name in ("id", "name") if name in given}
        if tag in FETCHING and FETCHING[tag] in given:
            self.loads.add(given[FETCHING[tag]])
        elif tag == "a" and "href" in given:
            self.links.add(given["href"])
        assert "srcset" not in given


def pages(site: Path) -> Iterator[tuple[Path, Page]]:
    for path in sorted(site.rglob("*.html")):
        if path.name != "404.html":  # is served from anywhere, so its links are absolute
            yield path, Page(path)


def test_every_link_of_the_site_leads_somewhere(site: Path) -> None:
    known = dict(pages(site))
    assert len(known) > 20
    for path, page in known.items():
        for link in page.links | page.loads:
            target, _, anchor = link.partition("#")
            if "://" in target or target.startswith("mailto:"):
                continue
            there = (path.parent / target).resolve() if target else path
            assert there.is_file(), f"{path.name}: {link}"
            if anchor and there in known and not anchor.startswith("__"):
                assert anchor in known[there].ids, f"{path.name}: {link}"


def test_no_page_loads_anything_from_elsewhere(site: Path) -> None:
    for path, page in pages(site):
        assert [source for source in page.loads if re.match(r"(?:[a-z]+:)?//", source)] == [], path.name
    for path in site.rglob("*.css"):
        assert re.findall(r"(?:url\(|@import)\s*[\"']?(?:https?:)?//[^)\"']*", path.read_text(encoding="utf-8")) == [], path.name
    assert list(site.rglob("*.html"))
    assert not list(site.rglob("*.py"))


def test_a_page_opened_from_disk_is_searched_and_asks_for_nothing_else(site: Path, browser: Any) -> None:
    asked: list[str] = []
    faults: list[str] = []
    tab = browser.new_page()
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("pageerror", lambda fault: faults.append(str(fault)))
    tab.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    tab.goto((site / "limits.html").as_uri())
    tab.locator("[data-md-component=search-query]").click()
    tab.keyboard.type("izafat")
    tab.locator(".md-search-result__link").first.wait_for()
    assert "gazetteer.html" in (tab.locator(".md-search-result__link").first.get_attribute("href") or "")
    tab.close()
    assert faults == []
    assert [url for url in asked if not url.startswith(site.as_uri())] == []


def test_the_api_page_has_every_public_name(site: Path) -> None:
    ids = Page(site / "api.html").ids
    assert [name for name in mapper.__all__ if f"mapper.{name}" not in ids] == []


# --- what stands in the pages -------------------------------------------------------------------

RUN = ("tutorial.md", "own-pattern.md", "review-in-qgis.md", "cite.md")
"""Pages whose commands and code are run, block by block, in a folder that holds the seeds alone."""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def command(line: str) -> None:
    """Run a line of a shell block; `make` is looked after elsewhere."""
    program, *arguments = shlex.split(line)
    assert program in ("mapper", "make")
    if program == "make":
        return
    if "EVENT_ID" in arguments:
        with Path("out/events.csv").open(encoding="utf-8") as file:
            arguments[arguments.index("EVENT_ID")] = next(csv.DictReader(file))["event_id"]
    try:
        assert main(arguments) == 0, line
    except SystemExit as exit_:  # --version
        assert exit_.code == 0, line


@pytest.mark.parametrize("page", RUN)
def test_the_blocks_of_a_page_run_and_print_what_stands_below_them(
    page: str, desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names: dict[str, object] = {}
    said = ""
    ran = 0
    for language, block in re.findall(
        r"^```(\w+)\n(.*?)^```$", (DOCS / page).read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    ):
        if language == "text":
            at = 0
            for line in block.splitlines():
                at = said.find(line, at)
                assert at >= 0, f"{page}: {line!r} is not printed, or not in this order:\n{said}"
        elif language == "sh":
            for line in block.splitlines():
                command(line)
            said = capsys.readouterr().out
        elif language == "python":
            exec(compile(block, page, "exec"), names)
            said = capsys.readouterr().out
        ran += language in ("sh", "python")
    assert ran


def test_columns_to_review_by_are_columns(desk: Path) -> None:
    main(["run", "seeds", "--out", "out", "--quiet"])
    with (desk / "out" / "events.csv").open(encoding="utf-8") as file:
        header = set(next(csv.reader(file)))
    text = (DOCS / "review-in-qgis.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^\| `(\w+)`", text, re.MULTILINE)) | set(re.findall(r'"(\w+)" (?:=|>|IS)', text))
    assert named
    assert named <= header


def test_limits_promise_no_more_than_the_floors_hold() -> None:
    floors = json.loads((ROOT / "tests" / "eval" / "floors.json").read_text(encoding="utf-8"))
    rows = re.findall(r"^\| (\w+): .* \| (\.\d+) \| (\.\d+) \|$", (DOCS / "limits.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert [measure for measure, *_ in rows] == ["control", "events", "killed"]
    for measure, *told in rows:
        for corpus, figure in zip(("original", "holdout"), told, strict=True):
            precision, recall = (floors[corpus][f"{measure}.{side}"] for side in ("precision", "recall"))
            assert float(figure) <= 2 * precision * recall / (precision + recall) + 0.005, (measure, corpus)
