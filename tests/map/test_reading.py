"""The page in a real browser: quiet, complete, and every claim within reach by hand and by keyboard."""

from __future__ import annotations

import csv
import json
import math
from pathlib import Path

import folium
import pytest

from mapper.exports.conflict_map import ConflictMap

PLACES = {"AF0907", "AF0908"}
EVENTS = {"e-salah", "e-clash", "e-banu", "e-baghlan", "e-march", "e-convoy"}


def test_a_page_of_nothing_opens(watch, records, gazetteer):
    watched = watch(ConflictMap(type(records)(*([] for _ in range(6))), gazetteer).get_root().render())
    assert "No place has a claim" in watched.text()
    assert not watched.complaints + watched.requests


def test_opening_panning_and_reading_asks_nobody_and_complains_of_nothing(reader):
    reader.tab.mouse.move(900, 500)
    reader.tab.mouse.wheel(0, -600)
    reader.tab.mouse.down()
    reader.tab.mouse.move(800, 400, steps=4)
    reader.tab.mouse.up()
    for fragment in (
        "tab=events",
        "tab=articles",
        "tab=unplaced",
        "tab=about",
        "place=AF0908",
        "event=e-salah",
        "article=hill",
        "tab=places",
    ):
        reader.show(fragment)
    assert reader.requests == [] and reader.complaints == []


def test_every_district_with_a_claim_and_every_event_is_listed(reader):
    reader.show("tab=places")
    assert reader.ids("place") == PLACES
    reader.show("tab=events")
    assert reader.ids("event") == EVENTS


def test_every_row_opens_by_keyboard_and_back_returns_to_it(reader):
    for tab, name, ids in (("places", "place", PLACES), ("events", "event", EVENTS)):
        for id in sorted(ids):
            reader.show(f"tab={tab}")
            reader.tab.focus(f"#view [data-{name}='{id}']")
            reader.tab.keyboard.press("Enter")
            reader.tab.wait_for_selector("#view h2:focus")
            reader.tab.click(".back")
            reader.tab.wait_for_selector(f"#view [data-{name}='{id}']:focus")


def test_every_mark_and_every_claimed_district_opens_by_a_click(watch, html):
    view = "#view=35.70,69.35,9.5"
    watched = watch(html, view)
    seen = set()
    box = watched.tab.query_selector("#ground").bounding_box()
    for number in range(len(watched.tab.query_selector_all(".mark .kind"))):
        watched.reopen(view)  # for each: what is opened may move the map
        mark = watched.tab.query_selector_all(".mark .kind")[number]
        at = mark.bounding_box()
        if not (box["x"] < at["x"] < box["x"] + box["width"] and box["y"] < at["y"] < box["y"] + box["height"]):
            continue  # stands outside this view
        mark.click()
        watched.tab.wait_for_selector(".view-event, .view-near")
        event = watched.tab.evaluate("() => new URLSearchParams(location.hash.slice(1)).get('event')")
        seen |= {event} if event else watched.ids("event")
    assert {"e-salah", "e-clash", "e-banu"} <= seen
    names = []
    for polygon in watched.tab.query_selector_all("path.claimed"):
        polygon.dispatch_event("click")
        watched.tab.wait_for_selector(".view-place")
        names.append(watched.text("#view h2").split("\n")[0])
    assert sorted(name.split(" ")[0] for name in names) == ["Andarab", "Deh"]


def test_a_contested_place_shows_both_sides_and_the_whole_chain(reader):
    reader.show("place=AF0908")
    text = reader.text()
    assert "Contested: last said to be held by Resistance forces" in text
    assert "3 claims in 3 articles go back to 2 independent origins." in text
    speakers = reader.tab.eval_on_selector_all("#view > .origin.independent h3", "all => all.map(one => one.textContent)")
    assert speakers == ["Karim Danishwar", "Taliban spokesman"]
    first = reader.tab.query_selector(".origin .claim")
    assert first.query_selector("mark").text_content() == "took Banu and Deh Salah"
    assert "on Friday, former minister" in first.query_selector("blockquote").text_content()
    chain = [hop.text_content() for hop in first.query_selector_all(".chain li")]
    assert chain == ["Hill Gazette", "Karim Danishwar – former minister, tweet, “wrote on Twitter”"]
    link = first.query_selector(".source a")
    assert (link.get_attribute("href"), link.get_attribute("rel")) == (
        "https://hill.example/story",
        "noreferrer noopener nofollow",
    )


def test_a_valley_is_outlined_as_the_districts_it_extends_over_and_says_whose_code_it_takes(reader):
    reader.show("place=AF0907-andarab-valley")
    assert "extends over Andarab, Deh Salah, Pul-e-Hisar" in reader.text("#view")
    assert "counts for Andarab, whose code it takes" in reader.text("#view")
    valley = reader.tab.eval_on_selector("path.chosen", "path => path.getAttribute('d').split('M').length - 1")
    reader.show("place=AF0907")
    assert reader.tab.eval_on_selector("path.chosen", "path => path.getAttribute('d').split('M').length - 1") < valley


def test_copies_are_folded_under_their_origin(reader):
    reader.show("place=AF0908")
    copies = reader.tab.query_selector(".origin.independent .copies")
    assert copies.get_attribute("open") is None
    assert "Plain Dealer" in copies.query_selector("summary").text_content()


def test_figures_that_differ_stand_side_by_side(reader):
    reader.show("event=e-salah")
    assert reader.tab.eval_on_selector_all(".versions > ul > li > b", "all => all.map(one => one.textContent)") == [
        "at least 60",
        "40",
        "yes",
        "no",
    ]
    assert "40 or more killed" in reader.text()
    assert "Stands for the whole district of Deh Salah" in reader.text()


def test_the_rules_that_coded_an_event_stand_in_words(reader):
    reader.show("event=e-salah")
    assert "the lowest figure is ACLED's" in reader.tab.text_content(".coding")


def test_a_change_in_retelling_is_shown_with_both_sentences(reader):
    reader.show("event=e-salah")
    assert reader.tab.eval_on_selector_all(".mutations mark", "all => all.map(one => one.textContent)") == [
        "Deh Salah had been taken",
        "At least 60 Taliban fighters were killed",
    ]


def test_an_article_shows_its_claims_and_leads_back(reader):
    reader.show("place=AF0908")
    reader.tab.click("text=Read it in the article >> nth=0")
    reader.tab.wait_for_selector(".text mark.lit")
    assert (
        "".join(reader.tab.eval_on_selector_all(".text mark.lit", "all => all.map(one => one.textContent)"))
        == "took Banu and Deh Salah"
    )
    assert reader.tab.text_content(".text") == (
        "Fighters took Banu and Deh Salah on Friday, former minister Karim Danishwar wrote on Twitter.\n\n"
        "At least 60 Taliban fighters were killed in Pul-e-Hisar \N{FACE WITH TEARS OF JOY}, he said. Shots were heard in Qara Tepa."
    )
    assert reader.tab.text_content(".place.refused") == "Qara Tepa"
    reader.tab.click(".made-of >> text=Place: Deh Salah")
    reader.tab.wait_for_selector(".claim.lit")


def test_what_is_not_on_the_map_is_listed_with_its_reason(reader):
    reader.show("tab=unplaced")
    text = reader.text()
    assert "torn.pdf – not text: a PDF" in text
    assert "Qara Tepa – three villages of that name" in text
    assert "A convoy was shelled" in text


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Pol-e Hesar", "Pul-e-Hisar"),
        ("deh saleh", "Deh Salah"),
        ("Dehsalah", "Deh Salah"),
        ("بنو", "Banu"),
        ("bannu", "Banu"),
        ("Panjsheer", "Panjsher"),
    ],
)
def test_the_search_box_takes_any_spelling(reader, typed, found):
    reader.tab.fill("#seek", typed)
    assert found in reader.tab.text_content("#found li")
    reader.tab.keyboard.press("Enter")
    reader.tab.wait_for_selector("#view h2")
    assert "passes" not in reader.text("#view h2")


def test_events_made_by_retelling_appear_only_when_asked_for(reader):
    reader.show("tab=events&mutated=1")
    assert reader.ids("event") == EVENTS | {"e-retold"}


def test_a_source_filter_shows_what_that_source_says(reader):
    reader.show("tab=events")
    reader.tab.click("#filters-toggle")
    reader.tab.check("#facet-source input[value='Plain Dealer']")
    assert reader.ids("event") == {"e-salah"}
    reader.show("tab=places&source=River+Post")
    assert "Contested" in reader.text()
    reader.show("tab=places&source=Plain+Dealer")
    assert reader.ids("place") == {"AF0908"}
    assert "Claimed: Resistance forces" in reader.text()
    reader.tab.click("#clear")
    reader.tab.click("#filters-toggle")


def test_who_denies_an_event_has_a_card_of_his_own(reader):
    reader.show("event=e-salah")
    assert "Disputed" in reader.text(".facts")
    assert "Who denies it" in reader.text()
    assert reader.tab.query_selector("#view [data-claim='river-1']")
    reader.show("tab=events&status=denied")
    assert "e-salah" in reader.ids("event")
    reader.show("tab=events")


def test_an_evening_knows_nothing_of_what_was_printed_later(reader):
    reader.show("event=e-salah&by=2021-08-21")
    assert "Who denies it" not in reader.text() and "River Post" not in reader.text()
    assert "Graded on all that was read" in reader.text(".facts")
    reader.show("place=AF0908&by=2021-08-21")
    assert "22 Aug 2021" not in reader.text()
    assert "Karim Danishwar says so" in reader.text(".standing")
    reader.show("place=AF0908")
    assert "Taliban spokesman" in reader.text(".standing")
    reader.show("tab=events")


@pytest.mark.parametrize("day", ["2030-01-01", "1990-01-01", "rubbish"])
def test_a_day_that_is_none_does_no_harm(watch, html, day):
    watched = watch(html, f"#tab=events&day={day}")
    assert "Invalid" not in watched.tab.inner_text("#clocks") and not watched.complaints


def test_back_leads_to_where_the_reader_stood(watch, html):
    watched = watch(html, "#event=e-salah")
    watched.tab.set_viewport_size({"width": 1400, "height": 600})
    watched.tab.evaluate("() => { document.getElementById('sheet').scrollTop = 300; }")
    watched.tab.evaluate("() => document.querySelector('#view .steps a').click()")
    watched.tab.wait_for_selector(".view-article")
    watched.tab.click(".back")
    watched.tab.wait_for_selector(".view-event")
    watched.tab.wait_for_function("() => document.getElementById('sheet').scrollTop === 300")


def test_a_map_that_settles_takes_back_no_step_of_its_reader(watch, html):
    watched = watch(html, "#tab=events")
    watched.tab.evaluate(
        """() => {
          document.querySelector("#view [data-event='e-salah']").click();
          map_conflict.setView([35, 69], 8, { animate: false });  // before the page has followed the link
        }"""
    )
    watched.tab.wait_for_selector(".view-event", timeout=5000)


def test_a_name_stands_on_its_own_land(watch, html, gazetteer):
    from shapely.geometry import Point, shape

    watched = watch(html, "#tab=places&view=34.53,69.17,8.5")
    shown = watched.tab.evaluate(
        """() => [...document.querySelectorAll('.name')].map((name) => {
          const box = document.querySelector('.folium-map').getBoundingClientRect();
          const own = name.getBoundingClientRect();
          const text = name.querySelector('span').lastChild.textContent;
          return [text, (own.left + own.right) / 2 - box.left, (own.top + own.bottom) / 2 - box.top, box.width, box.height];
        })"""
    )
    assert len(shown) > 20
    units = {place.name: id for id, place in gazetteer.places.items() if gazetteer.boundary(id)}
    scale = 256 * 2**8.5
    wrong = []
    for name, x, y, width, height in shown:
        mercator = math.log(math.tan(math.pi / 4 + math.radians(34.53) / 2))
        at = Point(
            69.17 + (x - width / 2) * 360 / scale,
            math.degrees(2 * math.atan(math.exp(mercator - (y - height / 2) * 2 * math.pi / scale)) - math.pi / 2),
        )
        if name in units and not shape(gazetteer.boundary(units[name])).buffer(0.02).contains(at):
            wrong.append(name)
    assert not wrong


def test_the_countries_around_are_drawn_faint_beneath_and_take_no_click(watch, html):
    watched = watch(html, "#tab=places&view=34,66,5")
    path = watched.tab.query_selector(".leaflet-abroad-pane path.abroad")
    assert len(path.get_attribute("d")) > 1000 and "leaflet-interactive" not in path.get_attribute("class")
    panes = watched.tab.evaluate("() => ['abroad', 'land'].map((name) => document.querySelector(`.leaflet-${name}-pane`).style)")
    assert int(panes[0]["zIndex"]) < int(panes[1]["zIndex"]) and panes[0]["pointerEvents"] == "none"


def drawn(watched):
    """Return what the map shows: marks in the order of the keyboard with the words for who listens, names, areas."""
    marks = "all => all.map((one) => [one.ariaLabel, one.tabIndex, one.style.transform, one.firstElementChild.outerHTML])"
    looks = "all => all.map((one) => [one.style.transform, one.innerHTML]).sort()"
    areas = "all => all.map((one) => [one.getAttribute('class'), one.getAttribute('fill'), one.getAttribute('d')]).sort()"
    found = {".mark": marks, ".namepin": looks, "path.claimed:not(.off)": areas}
    return {name: watched.tab.eval_on_selector_all(name, look) for name, look in found.items()}


@pytest.mark.parametrize("zoom", [6, 9.5])
def test_a_filter_draws_what_a_page_draws_that_opens_with_it(watch, html, zoom):
    view = f"view=35.70,69.35,{zoom}"
    changed, opened = watch(html, f"#{view}"), watch(html)
    for chosen in ("source=Plain+Dealer", "day=2021-08-19", "mutated=1&type=Battles"):
        changed.show(f"{chosen}&{view}")
        opened.reopen(f"#{chosen}&{view}")
        assert drawn(changed) == drawn(opened), chosen


def test_a_filter_by_origin_shows_what_goes_back_to_one_speaker(reader):
    reader.show("tab=events&origin=Karim+Danishwar&source=Plain+Dealer")
    assert reader.ids("event") == {"e-salah"}
    reader.show("tab=events")


def test_the_clocks_leave_out_what_came_earlier(reader):
    reader.show("tab=events&since=2021-08-20")
    assert reader.ids("event") == {"e-salah", "e-clash", "e-banu", "e-convoy"}, "what has no day stays"
    reader.tab.focus("#clock-day")
    reader.tab.keyboard.press("Home")
    assert "18 Aug 2021" in reader.tab.get_attribute("#clock-since", "aria-valuetext"), "the first day goes along"
    reader.show("tab=events")


def test_the_clocks_take_back_what_came_later(reader):
    reader.show("tab=events&day=2021-08-19")
    assert reader.ids("event") == {"e-march", "e-baghlan", "e-convoy"}
    assert "19 Aug 2021" in reader.tab.get_attribute("#clock-day", "aria-valuetext")
    reader.show("tab=places&by=2021-08-21")
    assert "Claimed: Resistance forces" in reader.text("#view [data-place='AF0908']")
    reader.tab.focus("#clock-by")
    reader.tab.keyboard.press("End")
    assert "Contested" in reader.text("#view [data-place='AF0908']")


def test_what_is_shown_can_be_taken_along(watch, html, tmp_path):
    watched = watch(html, "#tab=events&type=Battles")
    saved = {}
    for label in ("GeoJSON", "CSV"):
        watched.tab.click("#save summary")
        with watched.tab.expect_download() as download:
            watched.tab.click(f"#save-items >> text={label}")
        saved[label] = tmp_path / download.value.suggested_filename
        download.value.save_as(saved[label])
    features = json.loads(Path(saved["GeoJSON"]).read_text(encoding="utf-8"))["features"]
    assert {feature["properties"]["event_id"] for feature in features} == {"e-salah", "e-clash", "e-banu"}
    with Path(saved["CSV"]).open(newline="", encoding="utf-8-sig") as handle:
        rows = list(csv.DictReader(handle))
    assert {row["event_id"] for row in rows} == {"e-salah", "e-clash", "e-banu"}
    assert not watched.complaints + watched.requests


@pytest.mark.parametrize(("kind", "starts"), [("PNG", b"\x89PNG"), ("SVG", b"<svg")])
def test_the_map_can_be_taken_along_as_a_picture(watch, html, tmp_path, kind, starts):
    watched = watch(html, "#tab=events&type=Battles&day=2021-08-20")
    watched.tab.set_viewport_size({"width": 1100, "height": 600})
    watched.tab.click("#save summary")
    with watched.tab.expect_download() as download:
        watched.tab.click(f"#save-items >> text={kind}")
    picture = tmp_path / download.value.suggested_filename
    download.value.save_as(picture)
    assert picture.read_bytes().startswith(starts)
    if kind == "SVG":
        text = picture.read_text(encoding="utf-8")
        for said in ("Deh Salah", "ده صلاح", "Resistance forces", "Battles", "as of 20 Aug 2021", "Not for targeting"):
            assert said in text
        again = watch(text)
        again.tab.goto(picture.as_uri())
        last = "all => all.find((one) => one.textContent.includes('nothing happened')).getBoundingClientRect().bottom"
        land = again.tab.eval_on_selector("svg > svg", "map => map.getBoundingClientRect().bottom")
        assert again.tab.eval_on_selector_all("text", last) < land, "the legend has its end, which the screen scrolls to"
        assert not again.complaints
    assert not watched.complaints + watched.requests


def test_a_background_is_asked_for_only_when_its_reader_says_so(watch, records, gazetteer):
    map = ConflictMap(records, gazetteer, tiles="https://{s}.tiles.example/{z}/{x}/{y}.png")
    watched = watch(map.get_root().render())
    assert "learns your address" in watched.text(".background")
    assert not watched.complaints + watched.requests
    watched.tab.check("#background")
    watched.tab.wait_for_selector("#app.tiled")
    assert watched.requests and all("tiles.example/" in address for address in watched.requests)
    watched.tab.uncheck("#background")
    watched.tab.wait_for_selector("#app:not(.tiled)")


@pytest.mark.parametrize("width", [1400, 390])
@pytest.mark.parametrize(
    "fragment", ["#tab=places", "#tab=events", "#tab=unplaced", "#tab=about", "#place=AF0908", "#event=e-salah", "#article=hill"]
)
def test_nothing_keeps_people_out(watch, html, fragment, width):
    from axe_playwright_python.sync_playwright import Axe

    watched = watch(html, fragment)
    watched.tab.set_viewport_size({"width": width, "height": 900})
    watched.tab.evaluate("() => document.getElementById('filters').hidden && document.getElementById('filters-toggle').click()")
    run = Axe().run(watched.tab, options={"resultTypes": ["violations"]})  # what passes need not be told in full
    found = [fault for fault in run.response["violations"] if fault["impact"] in ("serious", "critical")]
    assert not found, "\n".join(
        f"{fault['id']}: {fault['help']}: {[node['html'][:120] for node in fault['nodes'][:3]]}" for fault in found
    )


def test_without_javascript_the_page_says_where_the_data_are(watch, html):
    watched = watch(html, java_script_enabled=False)
    assert "claims.jsonl" in watched.text("body")
    assert not watched.tab.is_visible("#app")


def test_a_phone_shows_map_and_list_without_sideways_scrolling(watch, html):
    watched = watch(html)
    watched.tab.set_viewport_size({"width": 390, "height": 844})
    assert watched.tab.evaluate("() => document.documentElement.scrollWidth") <= 390
    assert watched.tab.is_visible(".folium-map") and watched.tab.is_visible("#view .row")
    watched.tab.click("#fold")
    assert not watched.tab.is_visible("#view")


@pytest.mark.parametrize("largest", [5_000_000, 600_000], ids=["as it is", "packed"])
def test_the_frame_of_a_notebook_shows_the_same_and_goes_back(watch, records, gazetteer, monkeypatch, largest):
    monkeypatch.setattr("mapper.exports.conflict_map.LARGEST_INLINE", largest)
    watched = watch(f"<!DOCTYPE html><body>{ConflictMap(records, gazetteer)._repr_html_()}")
    frame = watched.tab.frames[1]
    frame.wait_for_selector("#view")
    frame.click("#view [data-place='AF0908']")
    frame.click("text=Read it in the article >> nth=0")
    frame.wait_for_selector(".text mark.lit")
    frame.click(".back")
    assert "Deh Salah" in frame.inner_text("#view h2")
    frame.click(".back")
    assert frame.query_selector("#view [data-place='AF0908']")
    assert not watched.complaints + watched.requests
    script = "() => document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.ran = 1' }))"
    assert watched.tab.evaluate(f"{script} || window.ran") == 1, "it runs where there is no policy"
    assert not frame.evaluate(f"{script} || window.ran"), "the page brings its own into the frame"


def test_paper_shows_everything_unfolded(watch, html):
    watched = watch(html, "#place=AF0908")
    watched.tab.evaluate("dispatchEvent(new Event('beforeprint'))")
    watched.tab.emulate_media(media="print")
    assert watched.tab.is_visible("text=a former minister, tweeted that") and not watched.tab.is_visible("#seek")
    watched.tab.evaluate("dispatchEvent(new Event('afterprint'))")
    assert watched.tab.query_selector("#view .copies:not([open])")


def test_layers_of_the_caller_work_on_the_page(watch, records, gazetteer):
    map = ConflictMap(records, gazetteer)
    folium.Marker((35.6, 69.3), popup="our office", icon=folium.Icon(color="green")).add_to(map)
    folium.GeoJson({"type": "Point", "coordinates": [69.2, 35.5]}).add_to(map)
    folium.LayerControl(collapsed=False).add_to(map)
    watched = watch(map.get_root().render())
    watched.tab.dispatch_event(".guest-pin", "click")
    assert "our office" in watched.text(".leaflet-popup-content")
    assert "Claimed control" in watched.text(".leaflet-control-layers")
    assert not watched.complaints + watched.requests


def test_a_link_shows_the_same_view(reader, watch, html):
    reader.show("tab=events&source=Plain+Dealer&day=2021-08-20")
    reader.tab.click("#view [data-event='e-salah']")
    reader.tab.wait_for_selector(".view-event")
    again = watch(html, reader.tab.evaluate("() => location.hash"))
    assert again.text() == reader.text()
    again.tab.click("#filters-toggle")
    assert again.tab.is_checked("#facet-source input[value='Plain Dealer']")
    reader.show("tab=places&source=")
