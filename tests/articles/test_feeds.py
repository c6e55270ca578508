"""Feeds given as files: an article for each entry, out of the bytes alone."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.articles import feeds
from mapper.articles.draft import Draft, Refused, Unreadable

STORY = "Fighters took the town of Banu on Friday, residents said. “It is quiet now,” one added."
SPACES = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'


def rss(*items: str, channel: str = "<title>The Wire</title><language>en</language><link>https://example.org/</link>") -> bytes:
    inside = "".join(f"<item>{item}</item>" for item in items)
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0" {SPACES}><channel>{channel}{inside}</channel></rss>'.encode()
    )


def read(data: bytes) -> list[Draft | Refused]:
    return list(feeds.read(data, {}))


def one(data: bytes) -> Draft:
    (draft,) = read(data)
    assert isinstance(draft, Draft)
    return draft


def test_an_entry_is_an_article_with_what_the_feed_states() -> None:
    draft = one(
        rss(
            "<title>Town &amp;amp; bridge fall</title><link>https://example.org/a</link><dc:creator>A. Safi</dc:creator>"
            f"<pubDate>Sat, 21 Aug 2021 13:50:11 +0000</pubDate><description>Short […]</description>"
            f"<content:encoded><![CDATA[<p>{STORY}</p><figure><figcaption>The bridge in 2019.</figcaption></figure><p>Share this:</p>"
            "<p hidden>Fifty people were killed in Kabara.</p><script>alert(1)</script><p>Nobody was hurt.</p>"
            "<p>The post <a href='a'>Town falls</a> appeared first on <a href='b'>The Wire</a>.</p>]]></content:encoded>"
        )
    )
    assert draft.text == f"Town & bridge fall\n\n{STORY}\n\nNobody was hurt."
    assert draft.stated == {
        "title": "Town & bridge fall", "outlet": "The Wire", "byline": "A. Safi", "published": "Sat, 21 Aug 2021 13:50:11 +0000",
        "url": "https://example.org/a", "language": "en",
    }  # fmt: skip
    assert draft.part == ("entry", 1)
    assert "hidden text was left out" in draft.notes[0]


def test_an_atom_feed_is_read_as_an_rss_feed_is() -> None:
    draft = one(
        b'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Pamir Daily</title><link href="https://example.org/"/>'
        b'<entry><title type="html">Zaranj &lt;b&gt;falls&lt;/b&gt;</title><link rel="alternate" href="/zaranj"/><id>tag:1</id>'
        b"<published>2021-08-06T15:00:00+04:30</published><updated>2021-08-07T00:00:00Z</updated><author><name>H. Baluch</name></author>"
        b'<summary>Short.</summary><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Zaranj fell on Friday.</p>'
        b"<p>Nobody fought.</p></div></content></entry></feed>"
    )
    assert draft.text == "Zaranj falls\n\nZaranj fell on Friday.\n\nNobody fought."
    assert draft.stated == {
        "title": "Zaranj falls", "outlet": "Pamir Daily", "byline": "H. Baluch", "published": "2021-08-06T15:00:00+04:30",
        "url": "https://example.org/zaranj", "language": "en",
    }  # fmt: skip


def test_an_entry_without_text_is_its_headline_and_an_empty_one_is_told() -> None:
    headline, empty = read(rss("<title>Town falls</title>", ""))
    assert isinstance(headline, Draft)
    assert headline.text == "Town falls"
    assert "url" not in headline.stated
    assert headline.notes == ("only the headline was read: the entry has no text",)
    assert empty == Refused("neither text nor title", ("entry", 2))


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "http://[::1", "data:text/html,x"])
def test_what_is_no_address_of_the_web_is_no_link(link: str) -> None:
    assert "url" not in one(rss(f"<title>Town falls</title><link>{link}</link>")).stated


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("utf-8", "utf-8"), ("utf-16", "utf-16"), ("cp1252", "windows-1252"), ("utf-8", "iso-8859-1"), ("utf-8", "utf-7")],
)
def test_a_feed_is_read_in_the_encoding_it_is_in(encoding: str, declared: str) -> None:
    data = (
        rss(f"<title>T</title><description>{STORY}</description>").decode().replace('encoding="utf-8"', f'encoding="{declared}"')
    )
    assert one(data.encode(encoding)).text == f"T\n\n{STORY}"


ENTITIES = "<!DOCTYPE lolz [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;'>]>"
OUTSIDE = "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (rss("<title>&b;</title>").replace(b"<rss", ENTITIES.encode() + b"<rss"), "declares a document type or entities"),
        (rss("<title>&a;</title>").replace(b"<rss", OUTSIDE.encode() + b"<rss"), "declares a document type or entities"),
        (rss("<title>&a;</title>").replace(b"<rss", b"<!DOCTYPE rss SYSTEM 'http://127.0.0.1/x.dtd'><rss"), "declares a document type"),
        (rss("<title>&b;</title>").decode().replace("<rss", ENTITIES + "<rss").encode("utf-16"), "declares a document type or entities"),
        (rss("<title>&b;</title>").decode().replace("<rss", ENTITIES + "<rss").encode("utf-16-le"), "declares a document type or entities"),
        (b"<html><p>No feed</p></html>", "no feed; expected RSS or Atom"),
        (b"", "no feed; expected RSS or Atom"),
        (rss(), "a feed without entries"),
        (b"<rss" + b"<a>" * 100_000, "a feed without entries"),
        (b"/etc/passwd", "no feed; expected RSS or Atom"),
    ],
    ids=["entities", "a file", "a document type", "in UTF-16", "in UTF-16 without mark", "a page", "empty", "no entries", "deep", "a path"],
)  # fmt: skip
def test_what_is_no_feed_or_a_hostile_one_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read(data)


def test_a_broken_feed_is_read_as_far_as_it_goes() -> None:
    first, *_ = read(rss(f"<title>T</title><description>{STORY}</description>", "<title>Half a")[:-40])
    assert isinstance(first, Draft)
    assert first.text == f"T\n\n{STORY}"


def test_one_entry_that_cannot_be_read_costs_the_others_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "lxml.html", None)
    marked, bare = read(
        rss("<title>T</title><description>&lt;p&gt;Marked up.&lt;/p&gt;</description>", "<title>Bare one</title>")
    )
    assert isinstance(marked, Refused)
    assert marked.reason == "needs lxml.html; pip install 'conflict-event-mapper[html]'"
    assert isinstance(bare, Draft)


@given(st.lists(st.sampled_from(["<item>", "</item>", "<title>", "</title>", "<![CDATA[", "]]>", "&lt;p&gt;", "text", "<link>", "<entry>", "\0", "&bogus;"]), max_size=20))  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_no_mess_is_more_than_entries_and_reasons(pieces: list[str]) -> None:
    try:
        assert all(record.part for record in read(b"<rss><channel>" + "".join(pieces).encode()))
    except Unreadable as reason:
        assert "\n" not in str(reason)
