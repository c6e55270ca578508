"""--fetch: public addresses alone, politely, once. Every connection here goes to a server on the loopback of this test."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest

from mapper import articles
from mapper.articles import web
from mapper.articles.draft import Unreadable
from mapper.errors import OutputError, SourceError
from mapper.settings import Settings

STORY = "Fighters took the town of Banu on Friday, residents said. “It is quiet now,” one added."
PAGE = f"<html lang=en><body><h1>Town falls</h1><p>{STORY}</p><p>Two policemen were wounded, the doctor of the district said.</p>"


class Site(BaseHTTPRequestHandler):
    """Answers what `answers` holds for a path: a status, headers and a body; writes down what it is asked for."""

    answers: ClassVar[dict[str, tuple[int, dict[str, str], bytes]]] = {}
    asked: ClassVar[list[tuple[str, str, str | None]]] = []

    def do_GET(self) -> None:
        Site.asked.append((self.headers["Host"].rpartition(":")[0], self.path, self.headers["Cookie"]))
        if self.path == "/drip":
            self.drip()
            return
        status, headers, body = Site.answers.get(self.path, (404, {}, b"nothing here"))
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), "Set-Cookie": "who=you", **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def drip(self) -> None:
        try:
            while True:
                self.wfile.write(b"H")
                time.sleep(0.05)
        except OSError:
            pass

    def log_message(self, *_: Any) -> None:
        pass


class Hours:
    """A clock that moves when somebody sleeps, and only then."""

    def __init__(self) -> None:
        self.now = 0.0

    def pass_by(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield server.server_port
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def site() -> None:
    Site.asked = []
    Site.answers = {
        "/a": (200, {"Content-Type": "text/html; charset=utf-8"}, PAGE.encode()),
        "/packed": (200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, gzip.compress(PAGE.encode())),
    }


@pytest.fixture
def fetcher(tmp_path: Path) -> web.Fetcher:
    """One to which the loopback of the test stands for the open network, and that does not wait."""
    return web.Fetcher(
        tmp_path / "cache",
        lookup=lambda host, port: ["127.0.0.1"],
        allow="127.0.0.1".__eq__,
        sleep=lambda seconds: None,
        patience=5,
    )


def answer(path: str, status: int, body: bytes = b"", **headers: str) -> None:
    Site.answers[path] = (status, {name.replace("_", "-"): value for name, value in headers.items()}, body)


def test_a_page_is_fetched_once_and_kept_with_its_hash_and_time(fetcher: web.Fetcher, port: int) -> None:
    url = f"http://wire.test:{port}/a"
    first = fetcher.fetch(url)
    assert first.data == PAGE.encode()
    assert (first.url, first.suffix) == (url, ".html")
    assert web.Fetcher(fetcher.cache, lookup=lambda host, port: []).fetch(url) == first, "the second asks nobody"
    assert [path for _, path, _ in Site.asked] == ["/robots.txt", "/a"]


def test_what_was_kept_and_is_damaged_is_asked_for_again(fetcher: web.Fetcher, port: int) -> None:
    url = f"http://wire.test:{port}/a"
    fetcher.fetch(url)
    (body,) = fetcher.cache.glob("*.body")
    body.write_bytes(b"another text")
    assert fetcher.fetch(url).data == PAGE.encode()


def test_a_packed_page_is_unpacked(fetcher: web.Fetcher, port: int) -> None:
    assert fetcher.fetch(f"http://wire.test:{port}/packed").data == PAGE.encode()


def test_the_article_says_when_and_from_where_it_was_fetched(fetcher: web.Fetcher, port: int) -> None:
    answer("/old", 301, Location="/a")
    url = f"http://wire.test:{port}/old"
    ((article,), rejected) = articles.read([url], Settings(fetch=True), fetch=fetcher.fetch)
    assert rejected == ()
    assert (article.id, article.path, article.url) == ("old", url, f"http://wire.test:{port}/a")
    assert article.text.startswith(f"Town falls\n\n{STORY}")
    assert article.notes[0].startswith("fetched at 20")
    assert article.notes[0].endswith(f"Z from http://wire.test:{port}/a")


def test_an_address_is_no_source_unless_it_is_allowed(port: int) -> None:
    with pytest.raises(SourceError, match="nothing is fetched unasked; add --fetch"):
        articles.read([f"http://wire.test:{port}/a"])
    assert Site.asked == []


def test_one_address_that_answers_nothing_costs_the_others_nothing(fetcher: web.Fetcher, port: int, tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text(STORY + " So it was.")
    sources = [f"http://wire.test:{port}/gone", str(tmp_path / "b.txt"), f"http://wire.test:{port}/a"]
    found, (rejected,) = articles.read(sources, Settings(fetch=True), fetch=fetcher.fetch)
    assert [article.id for article in found] == ["a", "b"]
    assert rejected.reason == "the server answered 404; expected 200"


# --- whom it does not speak to --------------------------------------------------------------------

PRIVATE = [
    "127.0.0.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "192.0.0.8", "198.18.0.1",
    "203.0.113.9", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1",
    "2001:db8::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2002:a00:1::",
    "::127.0.0.1", "no address", "", "1.2.3",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_that_is_not_public_is_refused(address: str) -> None:
    assert not web.is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "151.101.1.1", "2606:4700::1111", "64:ff9b::808:808", "::ffff:8.8.8.8"])
def test_an_address_of_the_open_network_is_allowed(address: str) -> None:
    assert web.is_public(address)


@pytest.mark.parametrize("found", [["127.0.0.1"], ["10.0.0.1"], ["8.8.8.8", "127.0.0.1"], ["::1"], []])
def test_a_host_with_one_address_that_is_not_public_is_never_connected_to(
    tmp_path: Path, port: int, found: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "create_connection", lambda *_, **__: pytest.fail("connected"))
    asking = web.Fetcher(tmp_path, lookup=lambda host, port: found)
    with pytest.raises(Unreadable, match="which is no public address"):
        asking.fetch(f"http://wire.test:{port}/a")


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "localhost.", "0", "0x7f.1", "2130706433", "127.1", "[::1]", "[::ffff:127.0.0.1]"]
)
def test_no_spelling_of_this_machine_is_connected_to(tmp_path: Path, port: int, host: str) -> None:
    with pytest.raises(Unreadable):
        web.Fetcher(tmp_path).fetch(f"http://{host}:{port}/a")
    assert Site.asked == []


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("http://inside.test/secret", "10.0.0.7, which is no public address"),
        ("http://169.254.169.254/latest/meta-data", "no public address"),
        ("//inside.test/secret", "no public address"),
        ("file:///etc/passwd", "expected http"),
        ("gopher://wire.test/", "expected http"),
        ("http://user:secret@wire.test/", "a user's name"),
        ("http://wire.test/a b", "spaces"),
        ("http://[::1", "not an address"),
    ],
)
def test_a_redirect_is_judged_as_the_first_address_is(tmp_path: Path, port: int, target: str, reason: str) -> None:
    answer("/away", 302, Location=target)
    asking = web.Fetcher(
        tmp_path,
        lookup=lambda host, _: {"wire.test": ["127.0.0.1"], "inside.test": ["10.0.0.7"]}.get(host, [host]),
        allow="127.0.0.1".__eq__,
        sleep=lambda seconds: None,
    )
    with pytest.raises(Unreadable, match=reason):
        asking.fetch(f"http://wire.test:{port}/away")


def test_a_name_that_changes_its_meaning_gets_nowhere(tmp_path: Path, port: int) -> None:
    """The connection goes to the address that was judged, and each request judges anew."""
    answers = iter([["127.0.0.1"], ["10.0.0.7"]])
    asking = web.Fetcher(tmp_path, lookup=lambda *_: next(answers), allow="127.0.0.1".__eq__, sleep=lambda seconds: None)
    with pytest.raises(Unreadable, match=r"10\.0\.0\.7"):
        asking.fetch(f"http://wire.test:{port}/a")
    assert [path for _, path, _ in Site.asked] == ["/robots.txt"]


@pytest.mark.parametrize(
    "url",
    [
        "ftp://wire.test/a", "file:///etc/passwd", "http://", "http://a:b@wire.test/", "http://wire.test:99999/", "http://a..b/",
        "http://wire.test/\r\nHost: x", "http://wire.test/" + "a" * 5000, "javascript://wire.test/%0aalert(1)",
    ],
)  # fmt: skip
def test_what_is_no_address_of_the_web_is_not_asked_for(fetcher: web.Fetcher, url: str) -> None:
    with pytest.raises(Unreadable):
        fetcher.fetch(url)
    assert Site.asked == []


# --- manners --------------------------------------------------------------------------------------


def test_robots_txt_is_obeyed_and_read_once_for_each_host(fetcher: web.Fetcher, port: int) -> None:
    answer("/robots.txt", 200, b"User-agent: *\nDisallow: /private\nCrawl-delay: 7")
    answer("/private/x", 200, PAGE.encode())
    for host in ("wire.test", "other.test"):
        with pytest.raises(Unreadable, match=f"the robots.txt of {host} does not allow it"):
            fetcher.fetch(f"http://{host}:{port}/private/x")
        fetcher.fetch(f"http://{host}:{port}/a")
    assert [(host, path) for host, path, _ in Site.asked] == [
        ("wire.test", "/robots.txt"), ("wire.test", "/a"), ("other.test", "/robots.txt"), ("other.test", "/a"),
    ]  # fmt: skip


@pytest.mark.parametrize("rules", ["User-agent: *\nDisallow: http://[", "User-agent: *\nCrawl-delay: \N{SUPERSCRIPT TWO}"])
def test_rules_that_make_no_sense_allow_nothing(fetcher: web.Fetcher, port: int, rules: str) -> None:
    answer("/robots.txt", 200, rules.encode())
    with pytest.raises(Unreadable, match=r"its robots\.txt makes no sense"):
        fetcher.fetch(f"http://wire.test:{port}/a")


@pytest.mark.parametrize("status", [301, 503])
def test_a_site_whose_rules_cannot_be_had_is_left_alone(fetcher: web.Fetcher, port: int, status: int) -> None:
    answer("/robots.txt", status)
    with pytest.raises(Unreadable, match=rf"its robots\.txt cannot be read \(the server answered {status}\)"):
        fetcher.fetch(f"http://wire.test:{port}/a")


@pytest.mark.parametrize(("delay", "pause"), [("", 1), ("7", 7), ("9999", 30)])
def test_it_waits_between_two_requests_to_one_host(tmp_path: Path, port: int, delay: str, pause: float) -> None:
    """The longest pause is as long as its patience, and takes nothing from it."""
    hours = Hours()
    answer("/robots.txt", 200, f"User-agent: *\nCrawl-delay: {delay}".encode())
    asking = web.Fetcher(
        tmp_path, lookup=lambda *_: ["127.0.0.1"], allow=lambda _: True, sleep=hours.pass_by, clock=lambda: hours.now
    )
    assert asking.fetch(f"http://wire.test:{port}/a").data == PAGE.encode()
    assert hours.now == pause


def test_no_cookie_is_sent_back(fetcher: web.Fetcher, port: int) -> None:
    fetcher.fetch(f"http://wire.test:{port}/a")
    assert {cookie for _, _, cookie in Site.asked} == {None}


# --- what a server may not do ---------------------------------------------------------------------


@pytest.mark.parametrize("status", [204, 401, 403, 404, 429, 500])
def test_anything_but_a_page_is_refused_with_what_the_server_said(fetcher: web.Fetcher, port: int, status: int) -> None:
    answer("/x", status)
    with pytest.raises(Unreadable, match=f"the server answered {status}"):
        fetcher.fetch(f"http://wire.test:{port}/x")
    assert not list(fetcher.cache.glob("*")), "what is no page is not kept"


def test_a_circle_of_redirects_ends(fetcher: web.Fetcher, port: int) -> None:
    answer("/round", 302, Location="/round")
    with pytest.raises(Unreadable, match="more than 5 redirects"):
        fetcher.fetch(f"http://wire.test:{port}/round")


@pytest.mark.parametrize(
    ("headers", "body", "reason"),
    [
        ({"Content-Encoding": "gzip"}, gzip.compress(bytes(web.LARGEST + 10)), "larger than 20,000,000 bytes"),
        ({"Content-Encoding": "gzip"}, gzip.compress(PAGE.encode())[:-20], "sent damaged"),
        ({"Content-Encoding": "gzip"}, b"no gzip at all", "sent damaged"),
        ({"Content-Encoding": "br"}, b"x", "packed as 'br', which was not asked for"),
        ({}, bytes(web.LARGEST + 10), "larger than 20,000,000 bytes"),
    ],
    ids=["bomb", "cut off", "no gzip", "unknown packing", "huge"],
)
def test_a_hostile_body_is_refused(fetcher: web.Fetcher, port: int, headers: dict[str, str], body: bytes, reason: str) -> None:
    Site.answers["/x"] = (200, headers, body)
    with pytest.raises(Unreadable, match=reason):
        fetcher.fetch(f"http://wire.test:{port}/x")


def test_a_server_that_drips_is_left(tmp_path: Path, port: int) -> None:
    asking = web.Fetcher(tmp_path, lookup=lambda *_: ["127.0.0.1"], allow=lambda _: True, sleep=lambda _: None, patience=0.5)
    began = time.monotonic()
    with pytest.raises(Unreadable, match="took too long"):
        asking.fetch(f"http://wire.test:{port}/drip")
    assert time.monotonic() - began < 4


def test_a_server_without_tls_is_no_https(fetcher: web.Fetcher, port: int) -> None:
    with pytest.raises(Unreadable, match="cannot be reached or does not speak HTTP"):
        fetcher.fetch(f"https://wire.test:{port}/a")


def test_a_cache_that_cannot_be_written_is_an_error_that_names_it(fetcher: web.Fetcher, port: int, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    with pytest.raises(OutputError, match="name a folder with --cache"):
        fetcher.fetch(f"http://wire.test:{port}/a")
