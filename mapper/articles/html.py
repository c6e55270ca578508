"""A saved page (HTML, XHTML, MHTML) -> a Draft: the story as its readers see it, without what stands around it.

trafilatura tells where on the page the story is. The words are those of the page itself, paragraph for
paragraph, so that a lead or a sentence in between which it passes over is read as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from mapper.articles import days, furniture, markup, metadata
from mapper.articles.draft import Draft, Unreadable, clean, headed, need
from mapper.articles.encoding import MARKS, as_browsers, decode
from mapper.articles.markup import Block, Element

if TYPE_CHECKING:
    from email.message import Message

LARGEST = 20_000_000
"""Bytes of a file; browsers save a page with its pictures inside."""

MARKUP = 5_000_000
"""Bytes without the pictures. Pages of news have a tenth of that, scripts and all."""

LARGEST_ARCHIVE = 50_000_000
"""Bytes of a page saved with all its pictures."""

_INSIDE = re.compile(rb"data:[\w.+-]{1,60}/[\w.+-]{1,60};[^\"'()\s<>]{200,}")
"""A picture or typeface written into the page."""

_CHARSET = re.compile(
    rb"""<(?:meta\b[^<>]{0,200}?charset|\?xml\b[^<>]{0,100}?encoding)\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE
)
_SAVED = re.compile(r"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*)(https?://[^\s<>\"']{1,2000})", re.I)
"""What browsers write into a page when they save it."""

_FOREIGN = (b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"\x1f\x8b")
_THEIRS = {"title": "title", "byline": "author", "published": "date", "url": "url"}
"""What trafilatura calls fields. Not the outlet: it takes parts of the headline for one."""
_SPACE = re.compile(r"\s+")
_SITE = re.compile(r"\s+(?:[|\N{BULLET}\N{EN DASH}\N{EM DASH}\N{MIDDLE DOT}]|-|::)\s+")
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_HEADLINE = 5
"""Words. A line below the headline has as many; what has fewer is the name of a section."""
_CLOCK = re.compile(r"\d{1,2}[:.h]\d\d(?: ?[ap]\.?m\.?)?(?: ?[A-Z]{2,4})?(?: [-\N{EN DASH}].{0,40})?", re.IGNORECASE)
_WORK = 100_000_000
"""Characters that are looked through to find paragraphs again."""
_MANY = 3_000
"""Paragraphs. With more, the second opinions that trafilatura asks for take time with their square."""

_FEWEST = 25
"""Words. A story has more; what is shorter is taken from the page as a whole."""


def read(data: bytes, _: Mapping[str, str]) -> Iterator[Draft]:
    """Read the one article of a page; Unreadable when there is none to be seen."""
    yield _read(data)


def _read(data: bytes, charset: str | None = None) -> Draft:
    """Read a page, of which whoever sent it may have named the character set."""
    trafilatura = need("trafilatura", "html")
    if data.startswith(_FOREIGN):
        raise Unreadable("not a page but a file of another kind")
    page, notes = _decode(data, charset)
    root, lost = markup.parse(page)
    if root is None:
        raise Unreadable("a page without words")
    stated, linked = metadata.stated(root)
    if "url" not in stated and (saved := _SAVED.search(page[:4096])):
        stated["url"] = metadata.original(saved[1])
    further = _further(trafilatura, root, stated, page)
    stated |= further
    hidden = markup.conceal(root)
    headings = [" ".join(h1.text_content().split()) for h1 in root.iter("h1")]
    if stated.get("title"):
        stated["title"] = _headline(stated["title"], headings, stated.get("outlet"))
    furniture.prune(root)
    story = _story(trafilatura, root, stated.get("title"))
    story = furniture.trim(story, (stated.get("title"), stated.get("outlet")), stated.get("byline"))
    body = "\n\n".join(block.text for block in story)
    body, noted = _or_linked(body, linked)
    if "published" in further:
        noted.append(f"published {further['published']} is read from the markup of the page")
    if not body and not stated.get("title"):
        raise Unreadable("; ".join(["a page without words; it may be one that only a script fills", *lost, *hidden]))
    if not body:
        noted.append("only the headline was read: the page shows no text")
    title = stated.get("title")
    return Draft(headed(title, body) if body else title or "", stated, (*notes, *lost, *hidden, *noted))


def read_archive(data: bytes, _: Mapping[str, str]) -> Iterator[Draft]:
    """Read the first page in a web archive (MHTML), as browsers save it."""
    from email import message_from_bytes

    saved = message_from_bytes(data)
    parts = [part for part in saved.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    if not parts:
        raise Unreadable("a web archive without a page")
    at = metadata.original(str(saved.get("Snapshot-Content-Location") or parts[0].get("Content-Location") or "").strip())
    draft = _read(_payload(parts[0]), parts[0].get_content_charset())
    yield draft._replace(stated={"url": at} | dict(draft.stated)) if at.startswith(("http://", "https://")) else draft


def _payload(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _decode(data: bytes, charset: str | None) -> tuple[str, tuple[str, ...]]:
    """Read the bytes as UTF-8 where they are, else in the encoding that is named with the page or in it, else as text is read."""
    data = _INSIDE.sub(b"data:,", data)
    if len(data) > MARKUP:
        raise Unreadable(f"more than {MARKUP:,} bytes of markup")
    if data.startswith(tuple(mark for mark, _ in MARKS)) or data[:200].count(b"\0") > 20:
        return decode(data)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        pass
    declared = _CHARSET.search(data[:4096])
    for name, whose in ((charset, "archive"), (declared and declared[1].decode().lower(), "page")):
        if name and (text := _in(name, data)) is not None:
            return text, (f"read as {name}, as the {whose} declares",)
    return decode(_without_nul(data))


def _in(name: str, data: bytes) -> str | None:
    """Return what the bytes say in an encoding, None where they are not in it or there is none of that name."""
    if name in ("utf-8", "utf8", "utf-7"):  # they are not in the first, and no browser reads the last
        return None
    try:
        return data.decode(as_browsers(name))
    except (ValueError, LookupError):
        return None


def _without_nul(data: bytes) -> bytes:
    """Return a page without NUL bytes, which no text has and which browsers leave out."""
    return data.replace(b"\0", b"")


def _further(trafilatura: Any, root: Element, stated: Mapping[str, str], page: str) -> dict[str, str]:
    """Return what trafilatura reads out of a page that does not state it in the usual places.

    Of days only those count that the page names in full: it also reckons "two days ago" from today's.
    """
    found = trafilatura.extract_metadata(
        deepcopy(root), date_config={"extensive_search": False, "original_date": True, "max_date": "2199-12-31"}, extensive=False
    )
    known = {field: getattr(found, name, None) for field, name in _THEIRS.items() if not stated.get(field)}
    day = days.stated(found.date or "")
    if days.stated(stated.get("published", "")) is None:
        known["published"] = found.date if day and day in days.named(page) else None
    return {
        field: " ".join(clean(value)[0].split()) for field, value in known.items() if isinstance(value, str) and value.strip()
    }


def _headline(title: str, headings: Sequence[str], outlet: str | None) -> str:
    """Return the headline as the page shows it: without the name of the site that is put behind it in its title."""
    for heading in headings:
        whole, part = _fold(title), _fold(heading)
        if part and whole.startswith(part) and (whole == part or _SITE.match(whole, len(part))):
            return heading
    parts = _SITE.split(title)
    if len(parts) > 1 and outlet and _fold(parts[-1]) in (_fold(outlet), _fold(outlet).removeprefix("the ")):
        return title[: title.rindex(parts[-1])].rstrip(" |-:\N{BULLET}\N{EN DASH}\N{EM DASH}\N{MIDDLE DOT}")
    return title


def _story(trafilatura: Any, root: Element, title: str | None) -> list[Block]:
    """Return the paragraphs of the story: what trafilatura keeps, and the prose beside it that it passes over."""
    found = markup.blocks(root)
    document = trafilatura.bare_extraction(
        deepcopy(root), include_comments=False, with_metadata=False, favor_recall=True, fast=len(found) > _MANY
    )
    kept = _kept(found, (document.text or "") if document else "")
    home = _home([found[at] for at in kept])
    if sum(len(found[at].text.split()) for at in kept) < _FEWEST or home is None:
        return [block for block in found if furniture.is_prose(block)] or list(found)
    prose = next((at for at in kept if furniture.is_prose(found[at])), kept[0])
    first = _lead(found, prose, title)
    if first is None:
        inside = [at for at in range(kept[0]) if home in markup.ancestors(found[at].element)]
        first = min(inside, default=kept[0])
    taken = frozenset(kept)
    return [
        block for at, block in enumerate(found[first : kept[-1] + 1], first) if at in taken or _belongs(block, home, at < prose)
    ]


def _kept(found: Sequence[Block], text: str) -> list[int]:
    """Return which paragraphs stand in what trafilatura keeps, as lines of it or, on pages of usual length, as parts of one."""
    lines = {_fold(line) for line in text.splitlines()}
    whole = _fold(text) if len(found) * len(text) < _WORK else ""
    return [at for at, block in enumerate(found) if (folded := _fold(block.text)) and (folded in lines or folded in whole)]


def _home(kept: Sequence[Block]) -> Element | None:
    """Return the smallest element that holds at least nine tenths of what is kept."""
    held: dict[Element, int] = {}
    for block in kept:
        for element in markup.ancestors(block.element):
            held[element] = held.get(element, 0) + len(block.text)
    whole = sum(len(block.text) for block in kept)
    enough = [element for element, size in held.items() if 10 * size >= 9 * whole]
    return max(enough, key=lambda element: sum(1 for _ in element.iterancestors()), default=None)


def _lead(found: Sequence[Block], prose: int, title: str | None) -> int | None:
    """Return where the story begins: behind the headline nearest above its first sentence, None where there is no headline."""
    headline = _fold(title or "")
    for at in range(prose - 1, -1, -1):
        block = found[at]
        if any(element.tag == "h1" for element in markup.ancestors(block.element)) or (
            headline and _fold(block.text) == headline
        ):
            return at + 1
    return None


def _belongs(block: Block, home: Element, before: bool) -> bool:
    """Tell whether a paragraph is of the story: prose, a subheading, who is quoted, or the time of an entry in a live blog."""
    inside = any(element is home for element in markup.ancestors(block.element))
    heading = block.element.tag in _HEADINGS and (inside or len(block.text.split()) >= _HEADLINE)
    signed = block.text.startswith(("\N{EM DASH} ", "\N{EN DASH} "))  # who is quoted, below the quotation
    return (before or inside) and (furniture.is_prose(block) or heading or signed or _CLOCK.fullmatch(block.text) is not None)


def _or_linked(body: str, linked: str) -> tuple[str, list[str]]:
    """Return the text that the page shows, or that of its JSON-LD where the page shows next to nothing of it."""
    told, _ = markup.plain(linked)
    if len(told.split()) < _FEWEST or 4 * len(body) > len(told):
        return body, []
    return told, ["the text is that of the page's JSON-LD: the page itself shows less than a quarter of it"]


def _fold(text: str) -> str:
    return _SPACE.sub(" ", text).strip().casefold()
