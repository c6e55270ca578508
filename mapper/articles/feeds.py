"""A saved feed (RSS, Atom) -> a Draft for each entry. Bytes alone are parsed: nothing is opened, fetched or expanded."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any
from urllib.parse import urljoin

from mapper.articles import furniture, markup
from mapper.articles.draft import Draft, Part, Refused, Unreadable, attempt, clean, headed, need
from mapper.articles.encoding import as_browsers, decode

_DECLARED = re.compile(rb"<\s*!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ENCODING = re.compile(rb"""\A\s*<\?xml[^<>]{0,200}?encoding\s*=\s*["']([\w.-]{1,40})["']""")
_PROLOGUE = re.compile(r"\A\s*<\?xml[^<>]*\?>")
_ROOT = re.compile(r"<(?:\w+:)?(?:rss|feed|rdf|channel)\b", re.IGNORECASE)
_SINGLE_BYTE = re.compile(r"(?:iso-?8859-?\d+|latin-?\d|windows-?125\d|cp125\d|koi8-[ru])", re.IGNORECASE)


def read(data: bytes, _: Mapping[str, str]) -> Iterator[Draft | Refused]:
    """Read the entries in the order of the feed, the markup of their content taken off.

    Unreadable for what is no feed, and for one that declares a document type or entities.
    """
    feedparser = need("feedparser", "feeds")
    content, notes = _decode(data)
    if declares(content.encode("utf-8")):
        raise Unreadable("declares a document type or entities, which no feed needs")
    if not _ROOT.search(content[:10_000]):
        raise Unreadable("no feed; expected RSS or Atom")
    stream = io.BytesIO(_PROLOGUE.sub("", content).encode("utf-8"))  # bytes by themselves would be tried as a file's name
    parsed = feedparser.parse(stream, resolve_relative_uris=False, sanitize_html=False)
    if not parsed.entries:
        raise Unreadable("a feed without entries")
    channel = {name: parsed.feed.get(name) for name in ("title", "language", "link")}
    for number, entry in enumerate(parsed.entries, 1):
        part = Part("entry", number)
        yield attempt(partial(_draft, entry, channel, part, notes), part)


def declares(data: bytes) -> bool:
    """Tell whether XML declares a document type or an entity, in whatever Unicode it is written."""
    return _DECLARED.search(data.replace(b"\0", b"") if b"\0" in data else data) is not None


def _decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Read the bytes as UTF-8 or UTF-16, else as the single-byte encoding that they declare."""
    stated = _ENCODING.match(data)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        if stated and _SINGLE_BYTE.fullmatch(stated[1].decode()):
            return clean(data.decode(as_browsers(stated[1].decode()), "replace"))
        return decode(data)


def _draft(entry: Any, channel: Mapping[str, str | None], part: Part, notes: tuple[str, ...]) -> Draft | Refused:
    contents = [piece.get("value") or "" for piece in entry.get("content", [])] + [entry.get("summary") or ""]
    body, noted = markup.plain(max(contents, key=len), furniture.story)
    title = " ".join(markup.plain(entry.get("title") or "")[0].split())
    if not body and not title:
        return Refused("neither text nor title", part)
    if not body:
        noted = (*noted, "only the headline was read: the entry has no text")
    stated = {
        "title": title,
        "outlet": (entry.get("source") or {}).get("title") or channel["title"],
        "byline": entry.get("author"),
        "published": _day(entry),
        "url": _address(channel["link"], entry.get("link")),
        "language": (entry.get("content") or [{}])[0].get("language") or channel["language"],
    }
    known = {field: words for field, value in stated.items() if value and (words := " ".join(clean(value)[0].split()))}
    return Draft(headed(title, body) if body else title, known, (*notes, *noted), part)


def _address(base: str | None, link: str | None) -> str | None:
    """Return the address of an entry, None where it is relative to nothing that the feed names, or no address of the web."""
    try:
        whole = urljoin(base or "", link) if link else ""
    except ValueError:
        return None
    return whole if whole.startswith(("http://", "https://")) else None


def _day(entry: Any) -> str | None:
    """Return when an entry was published as it says, as a day where it says so in a way that only the parser knows."""
    for name in ("published", "updated"):
        said, parsed = entry.get(name), entry.get(f"{name}_parsed")
        if said:
            return said if re.search(r"\d{4}", said) or not parsed else f"{parsed[0]:04}-{parsed[1]:02}-{parsed[2]:02}"
    return None
