"""A small story told by four outlets, and a real browser to read its map in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from mapper import gazetteer as gazetteers
from mapper.exports.conflict_map import page
from mapper.exports.records import FIELDS, Records
from mapper.model import SUB_EVENT_TYPES

TEXTS = {
    "hill": (
        "Hill Gazette",
        "2021-08-21",
        "Fighters took Banu and Deh Salah on Friday, former minister Karim Danishwar wrote on Twitter.\n\n"
        "At least 60 Taliban fighters were killed in Pul-e-Hisar \N{FACE WITH TEARS OF JOY}, he said. Shots were heard in Qara Tepa.",
    ),
    "plain": (
        "Plain Dealer",
        "2021-08-21",
        "Karim Danishwar, a former minister, tweeted that Deh Salah had been taken. Some 40 Taliban died.",
    ),
    "river": (
        "River Post",
        "2021-08-22",
        "Deh Salah did not fall, a Taliban spokesman told the River Post. Troops entered Baghlan province.",
    ),
    "nowhere": (None, None, "A convoy was shelled, a driver said. People marched in Kabul."),
}


def article(id: str, **changes: Any) -> dict[str, Any]:
    outlet, published, text = TEXTS[id]
    known = {
        "id": id,
        "path": f"{id}.txt",
        "sha256": "0" * 64,
        "outlet": outlet,
        "published": published,
        "title": text[:40],
        "text": text,
    }
    return dict.fromkeys(FIELDS["articles"]) | {"notes": [], "shares": [], "url": f"https://{id}.example/story"} | known | changes


def claim(id: str, quote: str, place: str | None, sub_event_type: str | None, **changes: Any) -> dict[str, Any]:
    article_id = id.split("-")[0]
    start = TEXTS[article_id][2].index(quote)
    outlet = {"name": TEXTS[article_id][0], "role": None, "kind": "outlet", "cue": None, "medium": None}
    known = {
        "claim_id": id, "article_id": article_id, "start": start, "end": start + len(quote), "quote": quote,
        "place_id": place, "place_name": place, "control": "none", "sub_event_type": sub_event_type,
        "event_type": SUB_EVENT_TYPES.get(sub_event_type or ""), "status": "asserted", "event_date": "2021-08-20", "time_precision": 1,
        "actor": "Resistance forces", "target": "Taliban", "attribution": [outlet], "origin_id": f"o-{article_id}", "pattern": "took",
        "vague_casualties": False, "total_over": 1,
    }  # fmt: skip
    return dict.fromkeys(FIELDS["claims"]) | known | changes


def event(id: str, claims: list[dict[str, Any]], point: tuple[float, float] | None, **changes: Any) -> dict[str, Any]:
    first = claims[0]
    known = {
        "event_id": id, "event_date": first["event_date"], "time_precision": 1, "event_type": first["event_type"],
        "sub_event_type": first["sub_event_type"], "actor1": first["actor"], "actor2": first["target"],
        "location": first["place_name"], "place_name": first["place_name"], "place_id": first["place_id"], "admin1": "Baghlan",
        "admin2": first["place_name"], "admin1_pcode": first["admin1_pcode"], "admin2_pcode": first["admin2_pcode"], "geo_precision": 2,
        "fatalities": 0, "fatalities_low": 0, "fatalities_high": 0, "claim_ids": [row["claim_id"] for row in claims],
        "article_ids": sorted({row["article_id"] for row in claims}), "origin_ids": sorted({row["origin_id"] for row in claims}),
        "independent_origins": 1, "outlets": ["Hill Gazette"], "status": "asserted", "rules": ["ACLED-fatalities-lowest"],
        "contradictions": [], "mutations": [], "only_by_mutation": False, "confidence": "C3", "confidence_reason": "one origin",
    }  # fmt: skip
    geometry = {"type": "Point", "coordinates": list(point)} if point else None
    return {
        "type": "Feature",
        "geometry": geometry,
        "properties": dict.fromkeys(FIELDS["events"]) | known | {"claims": [], "sources": []} | changes,
    }


def control(unit: str, name: str, claims: list[dict[str, Any]], **changes: Any) -> dict[str, Any]:
    known = {
        "place_id": unit, "name": name, "admin1_pcode": unit[:4], "admin2_pcode": unit if len(unit) > 4 else None, "status": "claimed",
        "holder": "Resistance forces", "since": "2021-08-20", "as_of": "2021-08-22", "independent_origins": 1, "evidence": [],
        "claims": [{"claim_id": row["claim_id"]} for row in claims],
        "periods": [{"from": "2021-08-20", "to": None, "status": "claimed", "holder": "Resistance forces", "claim_ids": [row["claim_id"] for row in claims]}],
    }  # fmt: skip
    return {"type": "Feature", "geometry": None, "properties": known | changes}


def story() -> Records:
    """Deh Salah contested with two tolls, Andarab claimed through a place in it, an unplaced shelling, a march in Kabul."""
    speaker = {
        "name": "Karim Danishwar",
        "role": "former minister",
        "kind": "person",
        "cue": "wrote on Twitter",
        "medium": "tweet",
    }
    hill = [{"name": "Hill Gazette", "role": None, "kind": "outlet", "cue": None, "medium": None}, speaker]
    plain = [{"name": "Plain Dealer", "role": None, "kind": "outlet", "cue": None, "medium": None}, speaker | {"cue": "tweeted"}]
    deh_salah = {"admin1_pcode": "AF09", "admin2_pcode": "AF0908", "place_name": "Deh Salah", "origin_id": "o-danishwar"}
    banu = {"admin1_pcode": "AF09", "admin2_pcode": "AF0907", "place_name": "Banu", "origin_id": "o-danishwar"}
    taking = "Non-state actor overtakes territory"
    took_banu = claim("hill-1", "Fighters took Banu", "AF0907-banu", taking, control="gained", attribution=hill, **banu)
    took = claim("hill-2", "took Banu and Deh Salah", "AF0908", taking, control="gained", attribution=hill, **deh_salah)
    dead = claim(
        "hill-3",
        "At least 60 Taliban fighters were killed",
        "AF0908",
        "Armed clash",
        killed=[60, None],
        attribution=hill,
        **deh_salah,
    )
    taken = claim(
        "plain-1", "Deh Salah had been taken", "AF0908", taking, control="gained", killed=[40, 40], attribution=plain, **deh_salah
    )
    denied = claim(
        "river-1",
        "Deh Salah did not fall",
        "AF0908",
        taking,
        control="gained",
        status="denied",
        **deh_salah | {"origin_id": "o-river"},
    )
    entered = claim(
        "river-2",
        "Troops entered Baghlan province",
        "AF09",
        "Other",
        admin1_pcode="AF09",
        place_name="Baghlan",
        event_date="2021-08-18",
    )
    shelled = claim(
        "nowhere-1", "A convoy was shelled", None, "Shelling/artillery/missile attack", place_name=None, event_date=None
    )
    marched = claim(
        "nowhere-2",
        "People marched in Kabul",
        "AF0101",
        "Peaceful protest",
        place_name="Kabul",
        admin1_pcode="AF01",
        admin2_pcode="AF0101",
        event_date="2021-08-19",
    )
    claims = [took_banu, took, dead, taken, denied, entered, shelled, marched]
    tolls = [{"value": "[60, null]", "claim_ids": ["hill-3"]}, {"value": "[40, 40]", "claim_ids": ["plain-1"]}]
    happened = [{"value": "yes", "claim_ids": ["hill-2", "plain-1"]}, {"value": "no", "claim_ids": ["river-1"]}]
    retold = {"field": "casualties", "from": "died", "to": "were killed", "from_claim_id": "plain-1", "to_claim_id": "hill-3"}
    origins = [
        {"origin_id": "o-danishwar", "speaker": "Karim Danishwar", "speaker_id": "danishwar", "kind": "person", "medium": "tweet", "date": "2021-08-20", "independent": True},
        {"origin_id": "o-river", "speaker": "Taliban spokesman", "speaker_id": None, "kind": "office", "medium": None, "date": None, "independent": True},
        {"origin_id": "o-nowhere", "speaker": None, "speaker_id": None, "kind": "outlet", "medium": None, "date": None, "independent": False},
    ]  # fmt: skip
    toponyms = [
        ("hill", "Banu", "AF0907-banu"),
        ("hill", "Deh Salah", "AF0908"),
        ("hill", "Qara Tepa", None),
        ("river", "Baghlan", "AF09"),
    ]
    return Records(
        articles=[*map(article, sorted(TEXTS)), dict.fromkeys(FIELDS["articles"]) | {"id": "torn", "path": "torn.pdf", "rejected": "not text: a PDF"}],
        toponyms=[_toponym(*toponym) for toponym in toponyms],
        claims=claims,
        events=[
            event("e-salah", [took, taken], (69.3151, 35.6903), contradictions=[{"field": "killed", "values": tolls}, {"field": "occurred", "values": happened}], mutations=[retold], fatalities_low=40, fatalities_high=None),
            event("e-clash", [dead], (69.3151, 35.6903)),
            event("e-banu", [took_banu], (69.2602, 35.6335), geo_precision=1),
            event("e-baghlan", [entered], (68.7151, 35.9446), geo_precision=3, admin2=None, independent_origins=0),
            event("e-march", [marched], (69.1487, 34.5175), independent_origins=0),
            event("e-convoy", [shelled], None, admin1=None, admin2=None, location=None),
            event("e-retold", [dead], (69.3151, 35.6903), only_by_mutation=True, independent_origins=0),
        ],
        control=[
            control("AF0907", "Andarab", [took_banu]),
            control("AF0908", "Deh Salah", [took, taken, denied], status="contested", holder="Resistance forces"),
        ],
        origins=[origin | {"claim_ids": [], "article_ids": []} for origin in origins],
    )  # fmt: skip


def _toponym(article_id: str, text: str, place_id: str | None) -> dict[str, Any]:
    start = TEXTS[article_id][2].index(text)
    known = {"article_id": article_id, "text": text, "start": start, "end": start + len(text), "place_id": place_id}
    refused = None if place_id else "three villages of that name, none of them near"
    return dict.fromkeys(FIELDS["toponyms"]) | {"evidence": [], "rivals": []} | known | {"refused": refused}


@pytest.fixture(scope="module")
def records() -> Records:
    return story()


@pytest.fixture(scope="session")
def gazetteer() -> gazetteers.Gazetteer:
    return gazetteers.load()


SCREEN = {"width": 1400, "height": 900}


@dataclass
class Watched:
    """A page in the browser, and all that it did which a quiet page does not do."""

    tab: Any
    address: str = ""
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Keep every request but that for the page itself, every error and every dialog."""
        self.tab.on("request", lambda request: self._note(request.url))
        self.tab.on("console", lambda said: self.complaints.append(said.text) if said.type in ("error", "warning") else None)
        self.tab.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.tab.on("dialog", lambda dialog: (self.complaints.append(f"dialog: {dialog.message}"), dialog.dismiss()))

    def _note(self, url: str) -> None:
        if url.split("#")[0] != self.address and not url.startswith(("data:", "blob:")):
            self.requests.append(url)

    def open(self, file: Path, html: str, fragment: str = "") -> None:
        """Open HTML from disk."""
        file.write_text(html, encoding="utf-8")
        self.address = file.as_uri()
        self.tab.goto(self.address + fragment)

    def reopen(self, fragment: str = "") -> None:
        """Open the page anew, as one who comes by a link."""
        self.tab.goto("about:blank")
        self.tab.goto(self.address + fragment)

    def clear(self) -> None:
        """Leave the page, and the tab as a new one is."""
        self.tab.goto("about:blank")
        self.tab.mouse.move(-1, -1)
        self.tab.emulate_media(media="null", reduced_motion="reduce")
        self.tab.set_viewport_size(SCREEN)
        self.requests, self.complaints = [], []

    def show(self, fragment: str) -> None:
        """Follow a link inside the page."""
        self.tab.evaluate(
            """fragment => new Promise(done => {
              if (location.hash === `#${fragment}`) done();
              addEventListener('hashchange', () => setTimeout(done), { once: true });
              location.hash = fragment;
            })""",
            fragment,
        )

    def text(self, selector: str = "#view") -> str:
        return str(self.tab.inner_text(selector))

    def ids(self, name: str) -> set[str]:
        """Return what the rows of the list now shown lead to."""
        return set(self.tab.eval_on_selector_all(f"#view [data-{name}]", f"rows => rows.map(row => row.dataset.{name})"))


def new_tab(browser: Any, **options: Any) -> Watched:
    return Watched(browser.new_context(viewport=SCREEN, reduced_motion="reduce", **options).new_page())


@pytest.fixture(scope="session")
def tabs(browser: Any) -> Iterator[list[Watched]]:
    """Tabs that pages are opened in one after the other: to open a tab costs more than to open a page."""
    opened: list[Watched] = []
    yield opened
    for watched in opened:
        watched.tab.context.close()


@pytest.fixture
def watch(browser: Any, tabs: list[Watched], tmp_path: Path) -> Iterator[Callable[..., Watched]]:
    """Open pages of a test's own, each in a tab that is clear, or in a new one where it is to have options."""
    kept, asked = iter(list(tabs)), []

    def open_one(html: str, fragment: str = "", **options: Any) -> Watched:
        watched = (None if options else next(kept, None)) or new_tab(browser, **options)
        asked.append((watched, options))
        watched.open(tmp_path / f"map{len(asked)}.html", html, fragment)
        return watched

    yield open_one
    for watched, options in asked:
        if options:
            watched.tab.context.close()
        else:
            watched.clear()
            tabs += [watched] if watched not in tabs else []


@pytest.fixture(scope="module")
def keep(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Watched]]:
    """Open a page of a name that several tests of a module look at: the first of them opens it."""
    opened: dict[str, Watched] = {}

    def open_once(name: str, make: Callable[[], str]) -> Watched:
        if name not in opened:
            opened[name] = new_tab(browser)
            opened[name].open(tmp_path_factory.mktemp("map") / "map.html", make())
        return opened[name]

    yield open_once
    for watched in opened.values():
        watched.tab.context.close()


@pytest.fixture(scope="module")
def reader(keep: Callable[..., Watched], html: str) -> Watched:
    """One page for the tests that only read it."""
    return keep("reader", lambda: html)


@pytest.fixture(scope="module")
def html(records: Records, gazetteer: gazetteers.Gazetteer) -> str:
    return page(records, gazetteer)
