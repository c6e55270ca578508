"""The page as a file: sealed, the same twice, and open to a caller's own folium layers."""

from __future__ import annotations

import base64
import gzip
import hashlib
import html as markup
import json
import re
from importlib.metadata import distribution
from pathlib import Path

import folium
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.errors import SettingError
from mapper.exports.conflict_map import ConflictMap, page
from mapper.exports.conflict_map.content import content, inline
from mapper.exports.conflict_map.shell import LEAFLET_SHA256, SCRIPTS, STYLES, asset


def data(html: str) -> dict:
    return json.loads(re.search(r'<script type="application/json" id="records">(.*?)</script>', html, re.S)[1])


def rows(table: dict) -> list[dict]:
    """Read a table as the page reads it."""
    read = {
        name: column
        if isinstance(column, list)
        else [column["all"]] * table["length"]
        if "all" in column
        else [column["of"][at] for at in column["at"]]
        for name, column in table["columns"].items()
    }
    return [{name: column[number] for name, column in read.items()} for number in range(table["length"])]


def policy(html: str) -> str:
    return markup.unescape(re.search(r'Content-Security-Policy" content="([^"]*)"', html)[1])


def scripts(html: str) -> list[str]:
    return re.findall(r"<script>(.*?)</script>", html, re.S)


def test_the_same_records_give_the_same_bytes(records, gazetteer):
    assert page(records, gazetteer) == page(records, gazetteer)


def test_rendering_a_map_again_changes_nothing(records, gazetteer):
    map = ConflictMap(records, gazetteer)
    assert map.get_root().render() == map.get_root().render() == page(records, gazetteer)


def test_leaflet_is_the_file_its_authors_published():
    file = distribution("XStatic-Leaflet").locate_file("xstatic/pkg/leaflet/data/leaflet.js")
    assert hashlib.sha256(Path(str(file)).read_bytes()).hexdigest() == LEAFLET_SHA256


def test_the_policy_lets_run_exactly_the_scripts_that_stand_in_the_page(html):
    hashes = [f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'" for script in scripts(html)]
    rules = dict(rule.split(" ", 1) for rule in policy(html).split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"].split() == hashes and len(hashes) == 3
    assert "unsafe" not in policy(html)
    assert rules["img-src"] == "data:"


def test_nothing_is_loaded_from_elsewhere(html):
    assert not re.search(r"<(?:script|img|iframe|link|source|object|embed)[^>]+(?:src|href)=", html)
    assert not re.search(r"url\((?!data:|#)", re.search(r"<style>(.*?)</style>", html, re.S)[1])
    assert "sourceMappingURL" not in html


def test_the_licences_of_what_stands_in_the_page_stand_in_it_too(html):
    words = " ".join(html.split())
    leaflet = distribution("XStatic-Leaflet").locate_file("xstatic/pkg/leaflet/data/leaflet.js")
    assert re.search(r"\(c\) (2010-\d+) ", Path(str(leaflet)).read_text(encoding="utf-8"))[1] == "2010-2022"
    for clause in (
        "Copyright (c) 2010-2022, Volodymyr Agafonkin Copyright (c) 2010-2011, CloudMade",
        "1. Redistributions of source code must retain the above copyright notice, this list of conditions and the following disclaimer.",
        "2. Redistributions in binary form must reproduce the above copyright notice, this list of conditions",
        'THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS"',
        "EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.",
    ):
        assert clause in words
    (licence,) = [file for file in distribution("folium").files if file.name == "LICENSE.txt"]
    assert " ".join(licence.read_text(encoding="utf-8").split()) in words


def test_every_district_has_its_outline_and_every_province_its_border(html, gazetteer):
    outlines = data(html)["outlines"]
    assert sum(len(unit) == 6 for unit in outlines) >= 401
    assert sum(len(unit) == 4 for unit in outlines) == 34
    rings = [ring for polygons in outlines.values() for polygon in polygons for ring in polygon]
    assert all(sum(ring[0::2]) == ring[0] and sum(ring[1::2]) == ring[1] for ring in rings), "every ring closes"


def test_a_seal_without_gaps_in_its_own_files():
    for name in (*SCRIPTS, "guests.js", "unpack.js"):
        assert "</script" not in asset(name) and "<!--" not in asset(name)
    assert not re.search(
        r"\bon\w+=|<script", asset("page.html").replace("<!--{scripts}-->", "").replace('<script type="application/json"', "")
    )
    assert all("@import" not in asset(name) for name in STYLES)


def test_no_two_of_our_scripts_use_one_name_for_two_things():
    names = [
        name
        for script in SCRIPTS
        for name in re.findall(r"^(?:async )?(?:function|const|let|class) (\w+)", asset(script), re.MULTILINE)
    ]
    assert sorted(names) == sorted(set(names))


def test_article_text_is_never_put_in_as_markup():
    for name in SCRIPTS:
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", asset(name)), name


@given(st.text() | st.lists(st.text()) | st.dictionaries(st.text(), st.integers() | st.none() | st.text()))
def test_inlined_data_come_back_as_they_were_and_hold_no_markup(value):
    text = inline(value)
    assert json.loads(text) == value
    assert not set("<>&\u2028\u2029") & set(text)
    text.encode("utf-8")


def test_spans_are_counted_as_the_browser_counts(records, gazetteer):
    refused = next(row for row in rows(content(records, gazetteer)["toponyms"]) if row["text"] == "Qara Tepa")
    text = next(article["text"] for article in records.articles if article["id"] == "hill").encode("utf-16-le")
    assert text[2 * refused["start"] : 2 * refused["end"]].decode("utf-16-le") == "Qara Tepa"


def test_no_value_is_lost_in_the_tables(records, gazetteer):
    table = content(records, gazetteer)["events"]
    shown = [feature["properties"] for feature in records.events]
    assert [{name: row[name] for name in row if name != "point"} for row in rows(table)] == [
        {name: properties[name] for name in properties if name not in ("claims", "sources")} for properties in shown
    ]


def test_no_text_of_an_article_passes_through_the_layers(records, gazetteer):
    map = ConflictMap(records, gazetteer)
    figure = map.get_root()
    figure.render()
    assert len(figure.script.render()) < 2000
    assert "Danishwar" not in figure.script.render() + figure.html.render() + figure.header.render()


def test_a_caller_can_add_layers_and_a_layer_control(records, gazetteer):
    map = ConflictMap(records, gazetteer)
    folium.Marker((35.6, 69.3), popup="our office").add_to(map)
    folium.LayerControl().add_to(map)
    html = map.get_root().render()
    assert "Claimed control" in scripts(html)[-1] and "our office" in scripts(html)[-1]
    assert len(policy(html).split("script-src ")[1].split(";")[0].split()) == len(scripts(html)) == 4


def test_tiles_are_asked_for_only_where_the_caller_put_them(records, gazetteer):
    map = ConflictMap(records, gazetteer)
    folium.TileLayer("https://{s}.tiles.example/{z}/{x}/{y}.png", attr="tiles").add_to(map)
    assert "img-src data: https://*.tiles.example;" in policy(map.get_root().render()) + ";"


@pytest.mark.parametrize(
    "address", ["tiles", "https://tiles.example/", "ftp://tiles.example/{z}/{x}/{y}.png", "javascript:{x}{y}{z}"]
)
def test_an_address_of_no_tiles_is_refused(records, gazetteer, address):
    with pytest.raises(SettingError, match=r"\{z\}/\{x\}/\{y\}"):
        ConflictMap(records, gazetteer, tiles=address)


def test_the_countries_around_are_named(html, gazetteer):
    assert set(gazetteer.neighbours) == {"CHN", "IRN", "PAK", "TJK", "TKM", "UZB"}
    assert all(gazetteer.places[country].name in html for country in gazetteer.neighbours)


def test_a_saved_map_is_the_page(records, gazetteer, tmp_path):
    ConflictMap(records, gazetteer).save(tmp_path / "map.html")
    assert (tmp_path / "map.html").read_text(encoding="utf-8") == page(records, gazetteer)


def test_a_prompt_shows_numbers_and_no_address_in_memory(records, gazetteer):
    shown = f"<ConflictMap: events {len(records.events)}, places with claims of control {len(records.control)}>"
    assert repr(ConflictMap(records, gazetteer)) == shown


def test_a_notebook_shows_the_page_in_a_frame_that_is_kept_apart(records, gazetteer):
    shown = ConflictMap(records, gazetteer)._repr_html_()
    assert re.search(r'<iframe srcdoc="[^"]*" sandbox="allow-scripts[^"]*"', shown)
    assert "allow-same-origin" not in shown


def test_a_map_too_large_for_a_notebook_says_so(records, gazetteer, monkeypatch):
    monkeypatch.setattr("mapper.exports.conflict_map.LARGEST_INLINE", 1000)
    said = ConflictMap(records, gazetteer)._repr_html_()
    assert "too large for a notebook" in said and ".save(" in said and "<iframe" not in said


def test_a_large_map_is_packed_for_a_notebook_the_same_twice(records, gazetteer, monkeypatch):
    monkeypatch.setattr("mapper.exports.conflict_map.LARGEST_INLINE", 600_000)
    shown = ConflictMap(records, gazetteer)._repr_html_()
    assert shown == ConflictMap(records, gazetteer)._repr_html_()
    squeezed = re.search(r"id=&quot;packed&quot;&gt;([A-Za-z0-9+/=]+)&lt;/script", shown)[1]
    assert gzip.decompress(base64.b64decode(squeezed)).decode() == page(records, gazetteer)


@pytest.mark.parametrize("field", ["articles", "claims", "events", "control", "toponyms", "origins"])
def test_an_empty_run_still_gives_a_page(records, gazetteer, field):
    empty = type(records)(*([] for _ in range(6)))
    assert rows(data(page(empty, gazetteer))["articles"]) == []
    assert not getattr(empty, field)


def test_the_borders_around_lie_in_the_page(html, gazetteer):
    lines = data(html)["borders"]
    assert len(lines) == len(gazetteer.borders()) > 0
    assert all(len(line) % 2 == 0 and len(line) >= 4 for line in lines)
