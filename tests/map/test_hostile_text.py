"""Text that wants to be more than text: it is shown as it is, and nothing of it runs, with the policy on or off."""

from __future__ import annotations

import dataclasses
import json
import os
import re

import pytest

from mapper.exports.conflict_map import page

RUN = "window.ran=(window.ran||0)+1"

MARKUP = [
    f"<img src=x onerror={RUN}>",
    f"<IMG SRC=x OnErRoR='{RUN}'>",
    f"<img src=x onerror\t=\t{RUN}>",
    f"<svg onload={RUN}>",
    f"<svg><script>{RUN}</script></svg>",
    f"<svg><animate onbegin={RUN} attributeName=x dur=1s>",
    f"<svg><g/onload={RUN}//<p>",
    f"<body onload={RUN}>",
    f"<details open ontoggle={RUN}>",
    f"<video><source onerror={RUN}></video>",
    f"<audio src=x onerror={RUN}>",
    f"<input autofocus onfocus={RUN}>",
    f"<select autofocus onfocus={RUN}>",
    f"<marquee onstart={RUN}>",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'>",
    f"<iframe src=\"javascript:parent.{RUN}\">",
    f"<object data=\"javascript:{RUN}\">",
    f"<math><mtext><table><mglyph><style><img src=x onerror={RUN}>",
    f"<noscript><p title=\"</noscript><img src=x onerror={RUN}>\">",
    f"<a href=javascript:{RUN} autofocus onfocus={RUN}>x</a>",
    f"<form><button formaction=javascript:{RUN}>x",
    f"<style>@import 'https://elsewhere.example/x.css'</style><img src=x onerror={RUN}>",
    f"<base href=https://elsewhere.example/><img src=x onerror={RUN}>",
    f"<xmp><img src=x onerror={RUN}></xmp><img src=x onerror={RUN}>",
    f"<div style='background:url(https://elsewhere.example/x)'><img src=x onerror={RUN}>",
    f"<img/src=x/onerror={RUN}>",
    f"<img src=x:x onerror\n=\n'{RUN}'>",
    f"<<img src=x onerror={RUN}>",
    "<img src=x onerror=&#119;indow.ran=(window.ran||0)+1>",
    f"<picture><source srcset=x><img onerror={RUN}></picture>",
    f"<img srcset=x onerror={RUN}>",
    f"<video src=x onerror={RUN}>",
    f"<svg><image href=x onerror={RUN}></svg>",
    f"<svg><a><rect width=9 height=9 /><animate attributeName=href values=javascript:{RUN} /></a><set onbegin={RUN} attributeName=x></svg>",
    f"<svg><foreignObject><body onload={RUN}><img src=x onerror={RUN}></foreignObject></svg>",
    f"<math href=javascript:{RUN}><img src=x onerror={RUN}></math>",
    f"<textarea autofocus onfocus={RUN}>",
    f"<button popovertarget=p>x</button><p popover id=p onbeforetoggle={RUN}><img src=x onerror={RUN}>",
    f"<object data=x onerror={RUN}></object>",
    f"<embed src=\"javascript:{RUN}\"><img src=x onerror={RUN}>",
    f"<meta http-equiv=refresh content='0;url=javascript:{RUN}'><img src=x onerror={RUN}>",
    f"<link rel=stylesheet href=https://elsewhere.example/x.css><img src=x onerror={RUN}>",
    f"<template><script>{RUN}</script></template><img src=x onerror={RUN}>",
]  # fmt: skip
"""Runs when it becomes markup."""

BREAKING_OUT = [
    f"</script><script>{RUN}</script>",
    f"</SCRIPT ><script>{RUN}</script>",
    f"<!--<script>{RUN}</script>",
    f"--></script><script>{RUN}</script>",
    f"]]></script><svg onload={RUN}>",
    f"</title></style></textarea></script><img src=x onerror={RUN}>",
    f"\u2028</script><script>{RUN}</script>",
    f"</script\t><script>{RUN}</script>",
    f"</script/><script>{RUN}</script>",
    f'"]}}</script><script>{RUN}</script>',
    f"<![CDATA[</script><script>{RUN}</script>",
]
"""Runs when it ends the element that holds the data."""

CODE = [
    f"${{{RUN}}}",
    f"`${{{RUN}}}`",
    f"';{RUN};'",
    f'";{RUN};"',
    f'\\";{RUN};//',
    f"\u2028{RUN}\u2029",
    f"*/{RUN}/*",
    f"{{{{constructor.constructor('{RUN}')()}}}}",
    f"javascript:{RUN}",
    "C:\\users\\new\\u0041",
    f"\\u0027;{RUN};\\u0027",
    f"\\x3cscript\\x3e{RUN}\\x3c/script\\x3e",
    f"'-({RUN})-'",
    f"}};{RUN};{{",
    f"\r\n{RUN}//",
    f"<!--\n{RUN}\n-->",
    f"&lt;script&gt;{RUN}&lt;/script&gt;",
    f"&#60;img src=x onerror={RUN}&#62;",
    f"%3Cscript%3E{RUN}%3C/script%3E",
]
"""Runs when it is pasted into a script."""

TEMPLATES = [
    "{{ 7*7 }}",
    "{{ cycler.__init__.__globals__.os.environ.__setitem__('MAPPER_RAN', '1') }}",
    "{% if cycler.__init__.__globals__.os.environ.__setitem__('MAPPER_RAN', '1') %}x{% endif %}",
    "{%5",
    "{#freedom",
    "<!--{records}--><!--{scripts}-->",
    "{% raw %}{{ 7*7 }}{% endraw %}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "${7*7}#{7*7}<%= 7*7 %>",
    "__proto__",
    "constructor",
    "toString",
    "hasOwnProperty",
]
"""Runs, or stops the making of the page, when it passes through a template or becomes a name."""

PAYLOADS = [*MARKUP, *BREAKING_OUT, *CODE, *TEMPLATES]

ADDRESSES = [
    f"javascript:{RUN}", f"JaVaScRiPt:{RUN}", f" javascript:{RUN}", f"java\tscript:{RUN}", f"java\nscript:{RUN}", f"\u200bjavascript:{RUN}",
    f"\x01javascript:{RUN}", f"data:text/html,<script>{RUN}</script>", "vbscript:x", "file:///etc/passwd", "//elsewhere.example", "blob:x",
    "https://user:password@elsewhere.example/", f"https://javascript:{RUN}", "about:blank", "ftp://elsewhere.example/",
]  # fmt: skip
"""Addresses that must not become links."""


def spoil(value, payload):
    """Put the payload in place of every text that an article can bring in."""
    kept = {"claim_id", "article_id", "origin_id", "event_id", "id", "place_id", "admin1_pcode", "admin2_pcode", "control", "field",
            "from_claim_id", "to_claim_id", "claim_ids", "article_ids", "origin_ids", "type", "event_date", "published", "date", "from", "to", "since", "as_of"}  # fmt: skip
    if isinstance(value, dict):
        return {
            name: item if name in kept and not (name in ("from", "to") and "field" in value) else spoil(item, payload)
            for name, item in value.items()
        }
    if isinstance(value, list):
        return [spoil(item, payload) for item in value]
    return payload if isinstance(value, str) else value


@pytest.fixture(scope="module")
def hostile(records):
    """The story once more for each payload, with every text replaced by it."""
    told = {name: [] for name in ("articles", "toponyms", "claims", "events", "control", "origins")}
    for number, payload in enumerate(PAYLOADS):
        rename = re.compile(r'"(hill|plain|river|nowhere|torn|e|o)((?:-\w+)?)"')
        for name, rows in told.items():
            for row in getattr(records, name):
                spoiled = spoil(row, payload)
                if name == "claims" and spoiled["start"] is not None:
                    spoiled |= {"start": 0, "end": len(payload)}
                if name == "toponyms":
                    spoiled |= {"start": 0, "end": len(payload)}
                if name == "articles":
                    spoiled |= {"text": f"{payload} and on.", "url": ADDRESSES[number % len(ADDRESSES)]}
                rows.append(
                    json.loads(rename.sub(lambda found, number=number: f'"{found[1]}{number}{found[2]}"', json.dumps(spoiled)))
                )
    return type(records)(**told)


@pytest.fixture(scope="module")
def hostile_page(hostile, gazetteer):
    return page(hostile, gazetteer)


def see_everything(watched):
    """Open every list, place, event and article; return what the page showed of each article."""
    return watched.tab.evaluate(
        """async () => {
          const data = JSON.parse(document.getElementById('records').textContent);
          const ids = (table, name) => { const column = data[table].columns[name]; return Array.isArray(column) ? column : column.at.map((at) => column.of[at]); };
          const drawn = () => new Promise(requestAnimationFrame);
          const show = async (fragment) => { location.hash = fragment; await new Promise((done) => setTimeout(done, 0)); };
          for (const tab of ['places', 'events', 'articles', 'unplaced', 'about']) await show(`tab=${tab}`);
          for (const id of new Set(ids('control', 'place_id'))) await show(`place=${id}`);
          for (const id of ids('events', 'event_id').filter((id) => id.endsWith('-salah'))) await show(`event=${id}`);
          const seen = {};
          for (const id of ids('articles', 'id').filter((id) => id.startsWith('hill'))) {
            await show(`article=${id}`);
            document.querySelector('.text mark').click();
            seen[id] = document.querySelector('.text').textContent;
          }
          document.getElementById('seek').value = 'img';
          document.getElementById('seek').dispatchEvent(new Event('input'));
          document.getElementById('filters-toggle').click();
          for (const button of document.querySelectorAll('#save-items button')) if (/SVG|PNG|CSV|GeoJSON/.test(button.textContent)) button.click();
          await drawn();
          return seen;
        }"""
    )


@pytest.mark.parametrize("policy", ["on", "off"])
def test_no_text_ever_runs(watch, hostile_page, policy):
    if policy == "off":
        hostile_page = re.sub(r"<meta http-equiv=.Content-Security-Policy.[^>]*>", "", hostile_page)
    watched = watch(hostile_page)
    seen = see_everything(watched)
    assert len(PAYLOADS) >= 80
    assert [seen[f"hill{number}"] for number in range(len(PAYLOADS))] == [f"{payload} and on." for payload in PAYLOADS]
    assert watched.tab.evaluate("() => window.ran") is None
    assert watched.requests == [] and watched.complaints == []
    assert "MAPPER_RAN" not in os.environ


def test_a_picture_of_it_runs_nothing(watch, records, gazetteer, tmp_path):
    payload = f"</text></svg><svg onload={RUN}><script>{RUN}</script>"
    spoiled = [control | {"properties": control["properties"] | {"holder": payload}} for control in records.control]
    watched = watch(page(dataclasses.replace(records, control=spoiled), gazetteer))
    with watched.tab.expect_download() as download:
        watched.tab.evaluate(
            "[...document.querySelectorAll('#save-items button')].find((one) => /SVG/.test(one.textContent)).click()"
        )
    download.value.save_as(tmp_path / "map.svg")
    picture = (tmp_path / "map.svg").read_text(encoding="utf-8")
    assert "window.ran" in picture, "the names of who holds a place stand in its legend"
    again = watch(picture)
    again.tab.goto((tmp_path / "map.svg").as_uri())
    assert again.tab.evaluate("() => [window.ran, document.scripts.length]") == [None, 0]


def test_no_address_but_http_becomes_a_link(watch, hostile_page):
    watched = watch(hostile_page)
    for number in range(len(ADDRESSES)):
        watched.show(f"article=hill{number}")
        assert watched.tab.query_selector("#view .source a") is None, ADDRESSES[number]


def test_a_link_to_a_source_is_http_and_tells_nothing(watch, html):
    watched = watch(html, "#article=hill")
    link = watched.tab.query_selector("#view .source a")
    assert link.get_attribute("href").startswith("https://")
    assert "noreferrer" in link.get_attribute("rel")


def test_the_payloads_do_run_where_nothing_stops_them(watch):
    """Without this, the tests above could not fail."""
    watched = watch('<!DOCTYPE html><div id="wall"></div>')
    for payload in (payload for payload in BREAKING_OUT if not payload.startswith("<!--")):  # which breaks the page instead
        watched.tab.set_content(f'<script type="application/json">{json.dumps(payload, ensure_ascii=False)}</script>')
        watched.tab.wait_for_function("() => window.ran > 0", timeout=3000)
    watched.tab.set_content('<div id="wall"></div>')
    fired = watched.tab.evaluate(
        """async (payloads) => {
          const fired = new Set();
          for (const patience of [40, 200, 1000])  // a picture that is missing, or the focus, can be slow to come
            for (const payload of payloads.filter((payload) => !fired.has(payload))) {
              if (fired.size >= 25) break;
              window.ran = 0;
              document.getElementById('wall').innerHTML = payload;
              await new Promise((done) => setTimeout(done, patience));
              if (window.ran) fired.add(payload);
            }
          return [...fired];
        }""",
        MARKUP,
    )
    assert len(fired) >= 25, fired


def test_the_policy_alone_stops_markup_that_gets_through(watch, html):
    gone_wrong = html.replace("<noscript>", "".join(MARKUP[:4]) + f"<script>{RUN}</script><noscript>", 1)
    watched = watch(gone_wrong)
    watched.tab.wait_for_selector("#view .row")
    assert watched.tab.evaluate("() => window.ran") is None
