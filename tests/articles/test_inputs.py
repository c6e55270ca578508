"""Whatever is named as a source: told by its name or its first bytes, counted once, and read without what is not installed."""

from __future__ import annotations

import gzip
import io
import json
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper import articles
from mapper.articles import accounts, formats
from mapper.model import Article, Rejected
from mapper.settings import Settings

STORY = "Fighters took the town of Banu on Friday, residents said. “It is quiet now,” one added."
PAGE = f"<html lang=en><body><h1>Town falls</h1><p>{STORY}</p></body></html>"
FEED = f"<?xml version='1.0'?><rss><channel><title>W</title><item><title>T</title><description>{STORY}</description></item></channel></rss>"


def zipped(**members: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, content in members.items():
            file.writestr(name, content)
    return out.getvalue()


# --- what a file is -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "suffix"),
    [
        (b"sep=;\r\ntitle;url\r\nTown falls;https://example.org/", ".csv"),
        (STORY.encode(), ".txt"),
        (b"", ".txt"),
        (b"title: T\n\nThe town fell.", ".txt"),
        (PAGE.encode(), ".html"),
        (b"\xef\xbb\xbf\n <!DOCTYPE html><p>x", ".html"),
        (b"<?xml version='1.0'?><!DOCTYPE html><html>", ".html"),
        (FEED.encode(), ".xml"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'>", ".xml"),
        (b'{"text": "x"}\n{"text": "y"}', ".json"),
        (b'[ {"text": "x"} ]', ".json"),
        (b"title,text\nx,y", ".csv"),
        (b"id;media_name;publish_date;title\n", ".csv"),
        (b"Kabul, the text of the agreement, and Doha\n", ".txt"),
        (b"%PDF-1.7", ".pdf"),
        (gzip.compress(b"x", mtime=0), ".gz"),
        (zipped(a=STORY), ".zip"),
        (b"From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n", ".mhtml"),
    ],
)
def test_bytes_without_a_name_are_told_by_what_they_begin_with(data: bytes, suffix: str) -> None:
    assert formats.tell(data) == suffix


@given(st.binary(max_size=300))
def test_any_bytes_have_one_format_of_those_that_are_read(data: bytes) -> None:
    assert formats.tell(data) in {*articles.READERS, ".zip", ".gz"}


@pytest.mark.parametrize(
    ("data", "ids"),
    [
        (STORY.encode(), ["stdin"]),
        (PAGE.encode(), ["stdin"]),
        (FEED.encode(), ["stdin-1"]),
        ("\n".join(json.dumps({"text": f"{STORY} {at}", "id": f"n{at}"}) for at in range(3)).encode(), ["n0", "n1", "n2"]),
        (f'title,text\nT,"{STORY}"\n'.encode(), ["stdin-2"]),
        (zipped(**{"a.txt": STORY, "b.txt": STORY + " B."}), ["a", "b"]),
        (gzip.compress(STORY.encode(), mtime=0), ["stdin"]),
    ],
    ids=["text", "a page", "a feed", "JSON lines", "a table", "an archive", "compressed"],
)
def test_standard_input_is_a_source_of_any_format(monkeypatch: pytest.MonkeyPatch, data: bytes, ids: list[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    found, rejected = articles.read(["-"])
    assert rejected == ()
    assert [article.id for article in found] == ids
    assert all(article.path.startswith("-") for article in found)


def test_empty_standard_input_is_rejected_and_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    found, (rejected,) = articles.read(["-"])
    assert (found, rejected.path, rejected.reason) == ((), "-", "empty")


@pytest.mark.parametrize("suffix", [suffix for suffix in articles.READERS if suffix != ".txt"])
@pytest.mark.parametrize(
    "data", [b"", b"\0" * 100, b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, b"PK\x03\x04", b"<" * 5000, b"{" * 5000]
)
def test_bytes_that_are_not_what_their_name_says_are_one_rejected_input(tmp_path: Path, suffix: str, data: bytes) -> None:
    (tmp_path / f"a{suffix}").write_bytes(data)
    (tmp_path / "b.txt").write_text(STORY)
    found, (rejected,) = articles.read([tmp_path])
    assert [article.id for article in found] == ["b"]
    assert rejected.path.removesuffix("#1") == f"a{suffix}"
    assert rejected.reason
    assert "\n" not in rejected.reason
    assert rejected.sha256


# --- without the extras ---------------------------------------------------------------------------


def test_without_the_extras_text_and_tables_are_read_and_others_say_what_they_need(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("trafilatura", "lxml", "lxml.html", "feedparser", "pypdf", "openpyxl"):
        monkeypatch.setitem(sys.modules, module, None)
    written = {
        "a.txt": STORY, "b.jsonl": json.dumps({"text": STORY + " B."}), "c.csv": f'text\n"{STORY} C."\n', "d.html": PAGE, "e.xml": FEED,
        "f.pdf": "%PDF-1.7", "g.xlsx": "PK", "h.mhtml": "MIME-Version: 1.0\nContent-Type: text/html\n\n" + PAGE,
    }  # fmt: skip
    for name, content in written.items():
        (tmp_path / name).write_text(content)
    found, rejected = articles.read([tmp_path])
    assert [article.id for article in found] == ["a", "b-1", "c-2"]
    assert {record.path: record.reason for record in rejected} == {
        "d.html": "needs trafilatura; pip install 'conflict-event-mapper[html]'",
        "e.xml": "needs feedparser; pip install 'conflict-event-mapper[feeds]'",
        "f.pdf": "needs pypdf; pip install 'conflict-event-mapper[pdf]'",
        "g.xlsx": "needs openpyxl; pip install 'conflict-event-mapper[xlsx]'",
        "h.mhtml": "needs trafilatura; pip install 'conflict-event-mapper[html]'",
    }


def test_a_reader_that_stumbles_costs_its_file_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(data: bytes, columns: object) -> list[object]:
        raise MemoryError

    monkeypatch.setitem(articles.READERS, ".html", articles.Format(stumble))  # type: ignore[arg-type]
    (tmp_path / "a.html").write_text(PAGE)
    (tmp_path / "b.txt").write_text(STORY)
    found, (rejected,) = articles.read([tmp_path])
    assert [article.id for article in found] == ["b"]
    assert rejected.reason == "its format could not be made sense of (MemoryError)"


# --- one text, one article ------------------------------------------------------------------------


def article(path: str, text: str = STORY, **known: object) -> Article:
    return Article(id=Path(path).stem, path=path, sha256=text, text=text, **known)  # type: ignore[arg-type]


def test_the_same_text_is_one_article_with_several_paths(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(f"title: Town falls\n\n{STORY}\n")
    (tmp_path / "two.html").write_text(PAGE)
    (tmp_path / "three.jsonl").write_text(
        json.dumps({"title": "Town falls", "text": STORY, "outlet": "The Wire", "date": "2021-08-21"})
    )
    (found,), rejected = articles.read([tmp_path])
    assert (found.id, found.also_at) == ("one", ("three.jsonl#1", "two.html"))
    assert (found.outlet, found.published, found.language) == ("The Wire", date(2021, 8, 21), "en")
    assert [(record.id, record.reason) for record in rejected] == [
        ("three-1", "the same text as one"),
        ("two", "the same text as one"),
    ]
    assert [note for note in found.notes if "has the same text" in note] == [
        "outlet, published: as three.jsonl#1 states, which has the same text",
        "language: as two.html states, which has the same text",
    ]


@pytest.mark.parametrize(
    ("first", "second", "number"),
    [
        ({}, {}, 1),
        ({"outlet": "W"}, {}, 1),
        ({"outlet": "W"}, {"outlet": "W"}, 1),
        ({"outlet": "W"}, {"outlet": "V"}, 2),
        ({"published": date(2021, 8, 21)}, {"published": date(2021, 8, 22)}, 2),
        ({"url": "https://www.a.test/x?from=feed"}, {"url": "http://m.a.test/x"}, 1),
        ({"url": "https://a.test/x"}, {"url": "https://b.test/x"}, 2),
        ({"byline": "A"}, {"byline": "B"}, 1),
    ],
)
def test_what_another_outlet_site_or_day_prints_is_another_article(
    first: dict[str, object], second: dict[str, object], number: int
) -> None:
    found, rejected = accounts.settle([article("a.txt", **first), article("b.txt", **second)])
    assert (len(found), len(rejected)) == (number, 2 - number)


RECORDS = st.lists(
    st.one_of(
        st.builds(article, st.sampled_from(["a.txt", "b/a.txt", "c.csv#2", "c.csv#10"]), st.sampled_from(["x", "y"]), outlet=st.sampled_from([None, "W", "V"])),
        st.builds(Rejected, st.sampled_from(["a", "a-2", "b"]), st.sampled_from(["a.pdf", "b.pdf"]), st.just("no")),
    ),
    max_size=8,
    unique_by=lambda record: (record.path, getattr(record, "text", "")),
)  # fmt: skip


@given(RECORDS, st.randoms())
def test_whatever_the_order_all_inputs_are_accounted_for_under_ids_that_never_repeat(
    records: list[Article | Rejected], chance: object
) -> None:
    found, rejected = accounts.settle(records)
    shuffled = list(records)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert accounts.settle(shuffled) == (found, rejected)
    assert sorted(record.path for record in (*found, *rejected)) == sorted(record.path for record in records)
    ids = [record.id for record in (*found, *rejected)]
    assert len(set(ids)) == len(ids)
    assert {record.path for record in rejected} >= {path for one in found for path in one.also_at}


def test_columns_are_a_setting(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f'Inhalt\n"{STORY}"\n')
    ((found,), _) = articles.read([tmp_path], Settings(columns={"text": "Inhalt"}))
    assert found.text == STORY
