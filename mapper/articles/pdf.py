"""A report (PDF) -> a Draft: its pages as running text, without running heads and page numbers."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mapper.articles.draft import Draft, Unreadable, clean, headed, need

LARGEST = 50_000_000
"""Bytes of a file."""

PAGES = 300
"""Pages. What is longer is a book; and each page takes time."""

DRAWN = 20_000_000
"""Bytes of what draws the pages, unpacked; a page of text has about 20,000."""

_NUMBER = re.compile(r"\W*(?:page|p\.)?\s*(?:\d{1,4}|[ivxlc]{1,6})(?:\s*(?:of|/)\s*\d{1,4})?\W*", re.IGNORECASE)
_MADE = re.compile(r"D:(\d{4})(\d\d)(\d\d)")
_DIGITS = re.compile(r"\d+")
_HYPHENED = re.compile(r"(\w+)-$")
_ENDED = re.compile(r"[.!?:;][\"'\)\]\N{RIGHT DOUBLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}]*$")
_ITEM = re.compile(r"(?:[\N{BULLET}\N{BLACK SMALL SQUARE}\N{MIDDLE DOT}\N{EN DASH}*-]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s")
_NAMELESS = re.compile(r"microsoft word.*|untitled.*|.*\.(?:docx?|pdf|indd|odt|pptx?)|document\d*|\w+:\S*|\W*", re.IGNORECASE)


def read(data: bytes, _: Mapping[str, str]) -> Iterator[Draft]:
    """Read the text of all pages; Unreadable for pictures of pages, for what needs a password, and beyond the limits."""
    pypdf = need("pypdf", "pdf")
    try:
        book = pypdf.PdfReader(io.BytesIO(data))
        if book.is_encrypted and not book.decrypt(""):
            raise Unreadable("needs a password")
        number = len(book.pages)
        if number > PAGES:
            raise Unreadable(f"{number:,} pages; expected at most {PAGES}")
        pages = list(_pages(book))
        title, author, made = (_said(book.metadata, name) for name in ("/Title", "/Author", "/CreationDate"))
    except Unreadable:
        raise
    except Exception as fault:  # what the library raises on broken files has no common parent
        raise Unreadable(f"not a PDF, or a damaged one ({type(fault).__name__})") from None
    body = join(_without_heads(pages))
    if sum(map(str.isalpha, body)) < 20 * min(number, 3):
        raise Unreadable(f"holds pictures of {number} pages and no text; have its text recognised (OCR) first")
    body, notes = clean(body)
    title = None if title is None or _NAMELESS.fullmatch(title) else title
    stated = {"title": title, "byline": author}
    shown = " ".join(body[: len(title or "") + 200].split()).casefold()
    headline = None if title and title.casefold() in shown else title
    noted = [f"read from {number} PDF pages: lines are joined to paragraphs, running heads and page numbers left out"]
    if day := _MADE.match(made or ""):
        noted.append(f"the file says that it was made on {'-'.join(day.groups())}")
    yield Draft(headed(headline, body), {field: words for field, words in stated.items() if words}, (*notes, *noted))


def _pages(book: Any) -> Iterator[list[str]]:
    """Yield the lines of each page, as long as drawing them keeps within the limit."""
    drawn = 0
    for page in book.pages:
        contents = page.get_contents()
        drawn += len(contents.get_data()) if contents is not None else 0
        if drawn > DRAWN:
            raise Unreadable(f"more than {DRAWN:,} bytes draw its pages; expected text")
        yield [line.rstrip() for line in page.extract_text().splitlines()]


def _said(metadata: Any, name: str) -> str | None:
    value = metadata.get(name) if metadata else None
    words = " ".join(clean(str(value))[0].split())[:500] if value is not None else ""
    return words or None


def _without_heads(pages: Sequence[Sequence[str]]) -> list[str]:
    """Return the lines of all pages without page numbers, and without lines at the edge of a page that stand on most of them."""
    edges = [_edge(lines) for lines in pages]
    seen = Counter(mark for lines, edge in zip(pages, edges, strict=True) for mark in {_mark(lines[at]) for at in edge})
    often = {mark for mark, number in seen.items() if number > 1 and 2 * number >= len(pages)}
    return [
        line
        for lines, edge in zip(pages, edges, strict=True)
        for at, line in enumerate(lines)
        if not (at in edge and (_mark(line) in often or _NUMBER.fullmatch(line.strip())))
    ]


def _edge(lines: Sequence[str]) -> frozenset[int]:
    """Return which lines of a page are its first two and its last two."""
    filled = [at for at, line in enumerate(lines) if line.strip()]
    return frozenset(filled[:2] + filled[-2:])


def _mark(line: str) -> str:
    return _DIGITS.sub("#", " ".join(line.split())).casefold()


def join(lines: Sequence[str]) -> str:
    """Return lines as paragraphs, a blank line between them.

    A line goes on in the next unless it is empty or ends a sentence well short of the others, or the next
    begins an item. A hyphen at its end goes where the text elsewhere has the word without it or where the
    next line goes on in lower case, and stays where the text has the word with it.
    """
    words = Counter(re.findall(r"[\w-]+", " ".join(lines).casefold()))
    lengths = sorted(len(line) for line in lines if line.strip())
    width = (
        lengths[3 * len(lengths) // 4] if lengths else 0
    )  # a quarter is as long or longer, also where tables and lists make most lines short
    paragraphs: list[str] = []
    open_ = False
    for at, line in enumerate(lines):
        text = " ".join(line.split())
        if not text:
            open_ = False
        elif open_ and not _ITEM.match(text):
            paragraphs[-1] = _glue(paragraphs[-1], text, words)
        else:
            paragraphs.append(text)
        open_ = bool(text) and not _ends(text, width, lines[at + 1] if at + 1 < len(lines) else "")
    return "\n\n".join(paragraphs)


def _ends(text: str, width: float, following: str) -> bool:
    if _HYPHENED.search(text) and following.strip():
        return False
    short = 0.85 if _ENDED.search(text) else 0.6
    return len(text) < short * width and not following.lstrip()[:1].islower()


def _glue(first: str, second: str, words: Mapping[str, int]) -> str:
    hyphened = _HYPHENED.search(first)
    if hyphened is None:
        return f"{first} {second}"
    head, tail = hyphened[1].casefold(), re.match(r"\w*", second)
    following = tail[0].casefold() if tail else ""
    whole, parted = words[head + following], words[f"{head}-{following}"]
    apart = parted > whole or (whole == 0 and not second[:1].islower())
    return first + second if apart else first[:-1] + second
