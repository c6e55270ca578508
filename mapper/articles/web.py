"""Addresses -> their bytes, over the network. Imported by `mapper.articles` alone, and only when a run is told to fetch.

http and https, public addresses, text. Each host is looked up here, every address it has must be public,
and the connection is made to an address that was checked, on every redirect anew: a name that changes
its meaning in between, or a redirect into a private network, gets nowhere. No proxies, cookies or passwords.
"""

from __future__ import annotations

import hashlib
import ipaddress
import json
import re
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException, HTTPResponse
from pathlib import Path
from typing import NamedTuple
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit
from urllib.robotparser import RobotFileParser

from mapper.articles.draft import Unreadable
from mapper.errors import OutputError

CACHE = Path("mapper-cache")
"""Where pages are kept unless a folder is named, below the working folder."""

LARGEST = 20_000_000
"""Bytes of a page, unpacked."""

PATIENCE = 30.0
"""Seconds for one page, all redirects and its robots.txt together; a server that drips gets no more. Pauses do not count:
a site that asks for long ones is no slow one."""

PAUSE = 1.0
"""Seconds between two requests to one host, more where its robots.txt asks for more, up to `LONGEST_PAUSE`."""

LONGEST_PAUSE = 30.0
REDIRECTS = 5
_AGENT = "conflict-event-mapper"
_MOVED = frozenset({301, 302, 303, 307, 308})
_SUFFIXES = {
    "text/html": ".html", "application/xhtml+xml": ".xhtml", "text/plain": ".txt", "application/pdf": ".pdf", "text/csv": ".csv",
    "application/rss+xml": ".rss", "application/atom+xml": ".atom", "application/xml": ".xml", "text/xml": ".xml",
    "application/json": ".json", "multipart/related": ".mhtml", "application/zip": ".zip",
}  # fmt: skip

_SPECIAL = tuple(map(ipaddress.ip_network, ("192.0.0.0/24", "64:ff9b:1::/48", "3fff::/20", "5f00::/16")))
"""Networks that IANA keeps for special uses and that older Pythons take for open ones."""

Lookup = Callable[[str, int], list[str]]
"""A host and a port -> its addresses."""


class Page(NamedTuple):
    """What an address answered: where it was at last, its bytes, the suffix of their format ("" if unknown), when it was asked."""

    url: str
    data: bytes
    suffix: str
    fetched: str


def look_up(host: str, port: int) -> list[str]:
    """Return the addresses of a host, as the system knows them."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def is_public(address: str) -> bool:
    """Tell whether an IP address is one of the open network; one of IPv6 that stands for one of IPv4 is judged as that."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        ip = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None) or _translated(ip) or ip
    special = ip.is_multicast or ip.is_reserved or ip.is_unspecified or any(ip in network for network in _SPECIAL)
    return ip.is_global and not special


def _translated(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF) if ip in ipaddress.IPv6Network("64:ff9b::/96") else None


@dataclass
class Fetcher:
    """Fetches pages one at a time, politely: as robots.txt allows, with a pause between two requests to a host.

    `lookup`, `allow`, `sleep` and `clock` are there to be replaced where no network is.
    """

    cache: Path = CACHE
    lookup: Lookup = look_up
    allow: Callable[[str], bool] = is_public
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    patience: float = PATIENCE
    _rules: dict[str, RobotFileParser] = field(default_factory=dict)
    _asked: dict[str, float] = field(default_factory=dict)

    def fetch(self, url: str) -> Page:
        """Return a page, out of the cache if it is there; Unreadable says why there is none.

        OutputError when the cache cannot be written.
        """
        kept = self._kept(url)
        if kept is not None:
            return kept
        page = self._follow(url, _Deadline(self.patience, self.clock))
        self._keep(url, page)
        return page

    def _follow(self, url: str, deadline: _Deadline) -> Page:
        """Ask for an address and for those that it redirects to, each checked as the first one is."""
        for _ in range(REDIRECTS + 1):
            parts = _checked(url)
            self._ask_leave(parts, deadline)
            status, headers, data = self._get(parts, deadline)
            if status not in _MOVED:
                break
            url = _onward(urlunsplit(parts), headers.get("location", ""))
        else:
            raise Unreadable(f"more than {REDIRECTS} redirects")
        if status != 200:
            raise Unreadable(f"the server answered {status}; expected 200")
        kind = headers.get("content-type", "").partition(";")[0].strip().lower()
        return Page(urlunsplit(parts), data, _SUFFIXES.get(kind, ""), datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))

    # --- the cache ------------------------------------------------------------------------------

    def _path(self, url: str, suffix: str) -> Path:
        return self.cache / f"{hashlib.sha256(url.encode('utf-8', 'surrogatepass')).hexdigest()}{suffix}"

    def _kept(self, url: str) -> Page | None:
        try:
            said = json.loads(self._path(url, ".json").read_text(encoding="utf-8"))
            data = self._path(url, ".body").read_bytes()
            page = Page(said["final_url"], data, said["suffix"], said["fetched"])
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return page if said.get("sha256") == hashlib.sha256(data).hexdigest() else None

    def _keep(self, url: str, page: Page) -> None:
        said = {
            "url": url, "final_url": page.url, "suffix": page.suffix, "fetched": page.fetched,
            "sha256": hashlib.sha256(page.data).hexdigest(),
        }  # fmt: skip
        try:
            self.cache.mkdir(parents=True, exist_ok=True)
            _write(self._path(url, ".body"), page.data)
            _write(self._path(url, ".json"), json.dumps(said, indent=1).encode())
        except OSError as fault:
            raise OutputError(
                f"{self.cache}: cannot keep fetched pages ({fault.strerror}); name a folder with --cache"
            ) from fault

    # --- manners --------------------------------------------------------------------------------

    def _ask_leave(self, parts: SplitResult, deadline: _Deadline) -> None:
        """Read the robots.txt of a site once, and refuse what it does not allow. One that cannot be had allows nothing (RFC 9309)."""
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._rules:
            rules = RobotFileParser()
            status, _, data = self._get(urlsplit(f"{site}/robots.txt"), deadline)
            if status >= 500 or status in _MOVED:
                raise Unreadable(f"its robots.txt cannot be read (the server answered {status})")
            try:
                rules.parse(data[:500_000].decode("utf-8", "replace").splitlines() if status == 200 else [])
            except ValueError:
                raise Unreadable("its robots.txt makes no sense") from None
            self._rules[site] = rules
        if not self._rules[site].can_fetch(_AGENT, urlunsplit(parts)):
            raise Unreadable(f"the robots.txt of {parts.hostname} does not allow it")

    def _wait(self, parts: SplitResult, deadline: _Deadline) -> None:
        site, now = f"{parts.scheme}://{parts.netloc}", self.clock()
        rules = self._rules.get(site)
        asked = rules.crawl_delay(_AGENT) if rules else None
        pause = min(max(PAUSE, float(asked or 0)), LONGEST_PAUSE)
        if site in self._asked and (left := self._asked[site] + pause - now) > 0:
            self.sleep(left)
            deadline.put_off(self.clock() - now)
        self._asked[site] = self.clock()

    # --- one request ----------------------------------------------------------------------------

    def _get(self, parts: SplitResult, deadline: _Deadline) -> tuple[int, Mapping[str, str], bytes]:
        self._wait(parts, deadline)
        host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
        connection = _Connection(host, port, self._address(host, port), parts.scheme == "https", deadline)
        path = urlunsplit(("", "", parts.path or "/", parts.query, ""))
        late = threading.Timer(deadline.left(), connection.abort)  # a time limit of the socket alone begins anew with each byte
        late.daemon = True
        late.start()
        try:
            connection.request("GET", path, headers={"User-Agent": _agent(), "Accept-Encoding": "gzip", "Connection": "close"})
            answer = connection.getresponse()
            headers = {name.lower(): value for name, value in answer.getheaders()}
            return answer.status, headers, _body(answer, headers, connection, deadline)
        except Unreadable:
            raise
        except (OSError, HTTPException, ValueError) as fault:
            deadline.left()
            raise Unreadable(f"{host} cannot be reached or does not speak HTTP ({type(fault).__name__})") from None
        finally:
            late.cancel()
            connection.close()

    def _address(self, host: str, port: int) -> str:
        """Return an address of the host to connect to; every one that it has must be allowed."""
        try:
            found = self.lookup(host, port)
        except (OSError, UnicodeError):
            raise Unreadable(f"there is no host {host}") from None
        refused = [address for address in found if not self.allow(address)]
        if refused or not found:
            raise Unreadable(f"{host} is at {', '.join(refused) or 'no address'}, which is no public address")
        return found[0]


class _Deadline:
    """The moment at which patience ends."""

    def __init__(self, seconds: float, clock: Callable[[], float]) -> None:
        self._clock, self._end = clock, clock() + seconds

    def left(self) -> float:
        """Return the seconds until then; Unreadable when there are none."""
        left = self._end - self._clock()
        if left <= 0:
            raise Unreadable("took too long")
        return left

    def put_off(self, seconds: float) -> None:
        """Grant as much time again as went by without anything being asked."""
        self._end += seconds


class _Connection(HTTPConnection):
    """A connection to an address that was checked, for the host that it was checked for."""

    def __init__(self, host: str, port: int, address: str, secure: bool, deadline: _Deadline) -> None:
        super().__init__(host, port)
        self._address, self._secure, self._deadline = address, secure, deadline

    def connect(self) -> None:
        """Connect, with TLS under the host's own name."""
        self.sock = socket.create_connection((self._address, self.port), timeout=self._deadline.left())
        if self._secure:
            secure = ssl.create_default_context()
            self.sock = secure.wrap_socket(self.sock, server_hostname=self.host, do_handshake_on_connect=False)
            self.sock.do_handshake()

    def abort(self) -> None:
        """End what is being waited for."""
        with suppress(OSError, AttributeError):  # nothing is open yet, or no longer
            self.sock.shutdown(socket.SHUT_RDWR)


def _body(answer: HTTPResponse, headers: Mapping[str, str], connection: _Connection, deadline: _Deadline) -> bytes:
    """Read a body piece by piece, unpacking it, as long as size and time last."""
    coding = headers.get("content-encoding", "identity").strip().lower()
    if coding not in ("identity", "", "gzip"):
        raise Unreadable(f"sent packed as {coding[:20]!r}, which was not asked for")
    unpack = zlib.decompressobj(31) if coding == "gzip" else None
    whole = bytearray()
    while piece := _piece(answer, connection, deadline):
        try:
            whole += unpack.decompress(piece, LARGEST + 1 - len(whole)) if unpack else piece
        except zlib.error:
            raise Unreadable("sent damaged") from None
        if len(whole) > LARGEST:
            raise Unreadable(f"larger than {LARGEST:,} bytes")
    deadline.left()
    if unpack and not unpack.eof:
        raise Unreadable("sent damaged")
    return bytes(whole)


def _piece(answer: HTTPResponse, connection: _Connection, deadline: _Deadline) -> bytes:
    if connection.sock is not None:
        connection.sock.settimeout(deadline.left())
    else:
        deadline.left()
    return answer.read1(65536)


def _onward(url: str, location: str) -> str:
    """Return where a redirect leads."""
    try:
        return urljoin(url, location)
    except ValueError:
        raise Unreadable("redirected to what is not an address") from None


def _checked(url: str) -> SplitResult:
    """Return the parts of an address that may be asked for; Unreadable for any other."""
    try:
        parts = urlsplit(url)
        host, _ = (parts.hostname or "").encode("idna").decode(), parts.port
    except (ValueError, UnicodeError):
        raise Unreadable("not an address") from None
    if parts.scheme not in ("http", "https") or not host:
        raise Unreadable("expected http:// or https:// and a host")
    if parts.username is not None or parts.password is not None:
        raise Unreadable("an address with a user's name in it")
    if len(url) > 4000 or re.search(r"[\x00-\x20\x7f]", url):
        raise Unreadable("an address with spaces, or too long")
    netloc = (f"[{host}]" if ":" in host else host) + (f":{parts.port}" if parts.port else "")
    path, query = (quote(part, safe="!#$%&'()*+,/:;=?@[]~") for part in (parts.path, parts.query))
    return SplitResult(parts.scheme, netloc, path or "/", query, "")


def _agent() -> str:
    from importlib.metadata import version

    return f"{_AGENT}/{version('conflict-event-mapper')}"


def _write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    part = path.with_suffix(path.suffix + ".part")
    part.write_bytes(data)
    part.replace(path)
