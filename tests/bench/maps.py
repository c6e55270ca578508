"""Measures the map: how large it is, how soon it opens, how fast it filters, beside folium's own ways with the same points."""

from __future__ import annotations

import random
import shutil
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from mapper import gazetteer as gazetteers
from mapper.exports.conflict_map import pieces
from mapper.exports.records import FIELDS, Records
from mapper.gazetteer import Gazetteer
from mapper.model import SUB_EVENT_TYPES, Kind

FIRST, DAYS = date(2021, 1, 1), 365
SIDES = ("Taliban", "Afghan security forces", "Resistance forces", "Unidentified armed group")
WORDS = "district centre police local forces fighters elders council officials said clash night convoy village road post army report".split()

OPENED = "() => document.querySelectorAll('.mark').length && new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now()))))"
FILTERED = """async (fragment) => {
  const begun = performance.now();
  location.hash = fragment;
  await new Promise((done) => addEventListener('hashchange', () => setTimeout(done), { once: true }));
  document.body.offsetHeight;
  return performance.now() - begun;
}"""
FILTERS = (
    "tab=events&type=Battles",
    "tab=events&actor=Taliban",
    "tab=places&day=2021-06-30",
    "tab=places&by=2021-06-30",
    "tab=places&origins=1",
    "tab=events",
)


def measure(count: int) -> None:
    """Print what the map of so many made events weighs and takes."""
    places = gazetteers.load()
    records = made(count, places)
    print(f"{count} events in {len(records.control)} districts")
    with tempfile.TemporaryDirectory() as desk:
        page = Path(desk) / "map.html"
        print(f"  {'ours':28}{_written(page, lambda: ''.join(pieces(records, places)))}; {opened(page)}", flush=True)
        for name, make in peers(records).items():
            if count <= 10_000 or name == "folium FastMarkerCluster":  # a pin for each of 100,000 takes minutes
                print(f"  {name:28}{_written(Path(desk) / 'peer.html', make)}", flush=True)


def _written(path: Path, make: Callable[[], str]) -> str:
    begun = time.process_time()
    path.write_text(make(), encoding="utf-8")
    return f"{path.stat().st_size / 1e6:8.1f} MB, made in {time.process_time() - begun:6.1f} s"


def opened(page: Path) -> str:
    """Open a page in headless Chromium; return how long it took to show marks, and how long each filter took."""
    from playwright.sync_api import sync_playwright

    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        return "no Chromium to open it in"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--headless", "--no-sandbox", "--disable-gpu"])
        tab = browser.new_page(viewport={"width": 1400, "height": 900})
        tab.goto(page.as_uri(), timeout=120_000)
        shown = tab.evaluate(OPENED)
        filtered = [tab.evaluate(FILTERED, fragment) for fragment in FILTERS]
        browser.close()
    return f"first view {shown / 1000:.1f} s, filters {min(filtered):.0f} to {max(filtered):.0f} ms"


def peers(records: Records) -> dict[str, Callable[[], str]]:
    """Return folium's own ways of showing these events, with the note of each in its popup; they load Leaflet from elsewhere."""
    import folium
    from folium.plugins import FastMarkerCluster, MarkerCluster

    rows = [(feature["geometry"]["coordinates"][::-1], feature["properties"]["notes"]) for feature in records.events]
    plain = [{**feature, "properties": {"notes": feature["properties"]["notes"]}} for feature in records.events]

    def pins(into: Any) -> str:
        map = folium.Map((34, 66), zoom_start=6)
        group = into().add_to(map)
        for at, note in rows:
            folium.Marker(at, popup=note).add_to(group)
        return str(map.get_root().render())

    def drawn(layer: Any) -> str:
        map = folium.Map((34, 66), zoom_start=6)
        layer.add_to(map)
        return str(map.get_root().render())

    return {
        "folium Marker": lambda: pins(folium.FeatureGroup),
        "folium MarkerCluster": lambda: pins(MarkerCluster),
        "folium FastMarkerCluster": lambda: drawn(FastMarkerCluster([[*at, note] for at, note in rows])),
        "folium GeoJson": lambda: drawn(
            folium.GeoJson({"type": "FeatureCollection", "features": plain}, popup=folium.GeoJsonPopup(["notes"]))
        ),
    }


def made(count: int, gazetteer: Gazetteer) -> Records:
    """Return the records of so many events, two to an article, spread over every district and a year: the same for the same number."""
    chance = random.Random(20)
    districts = [
        place
        for place in gazetteer.places.values()
        if place.kind is Kind.DISTRICT and place.country == gazetteer.country and place.valid_to is None and not place.covers
    ]
    articles, claims, origins, events = [], [], [], []
    of_district: dict[str, list[dict[str, Any]]] = {}
    for number in range(count):
        place, day = districts[number % len(districts)], FIRST + timedelta(days=chance.randrange(DAYS))
        said = f"{' '.join(chance.choices(WORDS, k=24)).capitalize()} in {place.name}."
        if number % 2 == 0:
            articles.append(_article(len(articles), day))
        article = articles[-1]
        start = len(article["text"])
        article["text"] += f"{said} {' '.join(chance.choices(WORDS, k=40))}.\n\n"
        origin = {
            "origin_id": f"o{number}", "speaker": f"Speaker {chance.randrange(300)}", "kind": "person", "date": day.isoformat(),
            "independent": True, "claim_ids": [f"c{number}"], "article_ids": [article["id"]],
        }  # fmt: skip
        claim = _claim(number, article, (start, start + len(said)), said, place, day, chance)
        origins.append(dict.fromkeys(FIELDS["origins"]) | origin)
        claims.append(claim)
        events.append(_event(claim, place, said))
        if claim["control"] == "gained":
            of_district.setdefault(place.id, []).append(claim)
    control = [_standing(gazetteer.places[unit].name, unit, said) for unit, said in sorted(of_district.items())]
    return Records(articles=articles, toponyms=[], claims=claims, events=events, control=control, origins=origins)


def _article(number: int, day: date) -> dict[str, Any]:
    known = {
        "id": f"a{number}", "path": f"{number}.txt", "sha256": "0" * 64, "title": f"Story {number}", "outlet": f"Outlet {number % 60}",
        "published": day.isoformat(), "url": f"https://outlet{number % 60}.example/{day}/story-{number}", "notes": [], "shares": [], "text": "",
    }  # fmt: skip
    return dict.fromkeys(FIELDS["articles"]) | known


def _claim(
    number: int, article: dict[str, Any], span: tuple[int, int], said: str, place: Any, day: date, chance: random.Random
) -> dict[str, Any]:
    kind = chance.choice(list(SUB_EVENT_TYPES))
    actor, target = chance.sample(SIDES, 2)
    outlet = {"name": article["outlet"], "role": None, "kind": "outlet", "cue": None, "medium": None}
    speaker = {"name": f"Speaker {number % 300}", "role": "police chief", "kind": "person", "cue": "said", "medium": None}
    known = {
        "claim_id": f"c{number}", "article_id": article["id"], "start": span[0], "end": span[1], "quote": said, "place_id": place.id,
        "place_name": place.name, "admin1_pcode": place.admin1_pcode, "admin2_pcode": place.admin2_pcode,
        "control": "gained" if "territory" in kind else "none", "event_type": SUB_EVENT_TYPES[kind], "sub_event_type": kind,
        "actor": actor, "actor_reported": actor, "target": target, "status": "asserted", "event_date": day.isoformat(),
        "time_precision": 1, "killed": [number % 9, number % 9], "casualty_side": target, "vague_casualties": False, "total_over": 1,
        "attribution": [outlet, speaker], "origin_id": f"o{number}", "pattern": "made", "evidence": [],
    }  # fmt: skip
    return dict.fromkeys(FIELDS["claims"]) | known


def _event(claim: dict[str, Any], place: Any, note: str) -> dict[str, Any]:
    known = {
        "event_id": f"e{claim['claim_id']}", "event_date": claim["event_date"], "time_precision": 1, "event_type": claim["event_type"],
        "sub_event_type": claim["sub_event_type"], "actor1": claim["actor"], "actor2": claim["target"],
        "actor1_normalised": claim["actor"], "actor2_normalised": claim["target"], "location": place.name, "place_name": place.name,
        "place_id": place.id, "admin1": place.admin1, "admin2": place.admin2, "admin1_pcode": place.admin1_pcode,
        "admin2_pcode": place.admin2_pcode, "geo_precision": 2, "notes": f"{note} {note} {note}", "fatalities": claim["killed"][0],
        "fatalities_low": claim["killed"][0], "fatalities_high": claim["killed"][0], "claim_ids": [claim["claim_id"]],
        "article_ids": [claim["article_id"]], "origin_ids": [claim["origin_id"]], "independent_origins": 1, "outlets": ["Outlet"],
        "status": "asserted", "rules": ["ACLED-place-day-pair"], "contradictions": [], "mutations": [], "only_by_mutation": False,
        "confidence": "C3", "confidence_reason": "one origin", "claims": [], "sources": [],
    }  # fmt: skip
    at = [round(place.point.longitude, 4), round(place.point.latitude, 4)]
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": at},
        "properties": dict.fromkeys(FIELDS["events"]) | known,
    }


def _standing(name: str, unit: str, claims: list[dict[str, Any]]) -> dict[str, Any]:
    said = sorted(claims, key=lambda claim: (claim["event_date"], claim["claim_id"]))
    periods = [
        {"from": claim["event_date"], "to": None, "status": "claimed", "holder": claim["actor"], "claim_ids": [claim["claim_id"]]}
        for claim in said
    ]
    for period, after in pairwise(periods):
        period["to"] = (date.fromisoformat(after["from"]) - timedelta(days=1)).isoformat()
    known = {
        "place_id": unit, "name": name, "admin1_pcode": unit[:4], "admin2_pcode": unit, "status": "claimed", "holder": said[-1]["actor"],
        "since": said[-1]["event_date"], "as_of": said[-1]["event_date"], "independent_origins": 1, "evidence": [], "periods": periods,
        "claims": [{"claim_id": claim["claim_id"]} for claim in said],
    }  # fmt: skip
    return {"type": "Feature", "geometry": None, "properties": dict.fromkeys(FIELDS["control"]) | known}
