"""Files, folders, archives, tables, feeds, and pages asked for -> Articles, and a Rejected with its reason for all that is none.

Add a format: one module with ``read(data: bytes, columns) -> Iterable[Draft | Refused]``, one line in READERS.
"""

from __future__ import annotations

import hashlib
import io
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from mapper.articles import accounts, archive, days, feeds, formats, html, language, pdf, plain, table, tables, workbook
from mapper.articles.draft import Draft, Part, Reader, Refused, Unreadable, safe
from mapper.articles.files import Found, find
from mapper.articles.shelf import Shelf
from mapper.errors import SourceError, TableError
from mapper.model import Article, Rejected
from mapper.settings import Settings

if TYPE_CHECKING:
    from mapper.articles.web import Page

LARGEST = 10_000_000
"""Bytes. No article is longer; what is would only cost the others their time."""

MANY = 100_000_000
"""Bytes of a table: many articles in one file."""


class Format(NamedTuple):
    """How files of a format are read, and up to how many bytes."""

    read: Reader
    largest: int = LARGEST


READERS: dict[str, Format] = {
    ".txt": Format(plain.read),
    ".html": Format(html.read, html.LARGEST),
    ".htm": Format(html.read, html.LARGEST),
    ".xhtml": Format(html.read, html.LARGEST),
    ".mhtml": Format(html.read_archive, html.LARGEST_ARCHIVE),
    ".mht": Format(html.read_archive, html.LARGEST_ARCHIVE),
    ".pdf": Format(pdf.read, pdf.LARGEST),
    ".xml": Format(feeds.read),
    ".rss": Format(feeds.read),
    ".atom": Format(feeds.read),
    ".csv": Format(tables.read_csv, MANY),
    ".tsv": Format(tables.read_csv, MANY),
    ".json": Format(tables.read_json, MANY),
    ".jsonl": Format(tables.read_jsonl, MANY),
    ".ndjson": Format(tables.read_jsonl, MANY),
    ".xlsx": Format(workbook.read, MANY),
}

STDIN = "-"
"""The source that is standard input."""

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


def read(
    sources: str | Path | Sequence[str | Path],
    settings: Settings | None = None,
    *,
    fetch: Callable[[str], Page] | None = None,
) -> tuple[tuple[Article, ...], tuple[Rejected, ...]]:
    """Read all that the sources name or hold, once each; both results are ordered by id, and ids never repeat.

    A source is a file, a folder, ``"-"`` for standard input or, with `settings.fetch`, an address.
    What a file states about itself wins over the sources table (`settings.sources`, else the sources.csv of
    its folder or of a folder above it, up to the source), the table over `settings.published`; a day that
    none of them gives is taken from the article's address or dateline, with a note, where either names it
    in full. What is not in English is rejected, and so is what repeats the text of another input; the
    article then lists its path under `also_at`. `fetch` stands in for the network.

    SourceError when no source exists or there is no file at all, and for an address that nobody allowed to
    be fetched; TableError when a table is malformed.
    """
    settings = settings or Settings()
    sources = [sources] if isinstance(sources, str | Path) else sources
    reading = _Reading(settings, Shelf(settings.sources))
    addresses = [str(source) for source in sources if is_address(source)]
    others = [source for source in sources if not is_address(source) and source != STDIN]
    if addresses and not settings.fetch:
        raise SourceError(f"{addresses[0]}: an address, and nothing is fetched unasked; add --fetch, or save the page to a file")
    records: list[Article | Rejected] = []
    if others or not sources:
        for found in find([Path(source) for source in others], settings.sources):
            records += [_reject(found.relative, found.refused)] if found.refused else reading.file(found)
    if STDIN in sources:
        data = sys.stdin.buffer.read(MANY + 1)
        records += reading.item(_Item(STDIN, data, formats.tell(data)), None)
    for address in dict.fromkeys(addresses):
        records += reading.page(address, fetch or _fetcher(settings.cache))
    return accounts.settle(records)


def is_address(source: str | Path) -> bool:
    """Tell whether a source is an address and not a file."""
    return isinstance(source, str) and _ADDRESS.match(source) is not None


def _fetcher(cache: Path | None) -> Callable[[str], Page]:
    """Return what asks the network; only here is the module imported that can."""
    from mapper.articles import web

    return web.Fetcher(cache or web.CACHE).fetch


class _Item(NamedTuple):
    """One file, member or page: its path below its source, its bytes and their format, and what is known of it besides."""

    path: str
    data: bytes
    suffix: str
    stated: Mapping[str, str] = {}
    notes: tuple[str, ...] = ()


class _Reading(NamedTuple):
    """Reads inputs under the settings of a run; each yields its articles or its reasons, and none stops another."""

    settings: Settings
    shelf: Shelf

    def file(self, found: Found) -> Iterator[Article | Rejected]:
        suffix = found.file.suffix.lower()
        if suffix == ".zip":
            yield from self._archive(found, found.relative, found.file)
            return
        inner = PurePosixPath(found.file.stem).suffix.lower() if suffix == ".gz" else suffix
        if inner not in READERS:
            yield _reject(found.relative, _unknown(suffix if inner == suffix else inner + suffix))
            return
        largest = MANY if suffix == ".gz" else READERS[inner].largest  # what is packed is measured when it is unpacked
        try:
            with found.file.open("rb") as handle:
                data = handle.read(largest + 1)
        except OSError as fault:
            yield _reject(found.relative, f"cannot be read ({fault.strerror})")
            return
        yield from self.item(_Item(found.relative, data, suffix), found)

    def page(self, address: str, fetch: Callable[[str], Page]) -> Iterator[Article | Rejected]:
        try:
            page = fetch(address)
        except Unreadable as reason:
            yield _reject(address, str(reason))
            return
        note = f"fetched at {page.fetched}" + ("" if page.url == address else f" from {page.url}")
        yield from self.item(_Item(address, page.data, page.suffix or formats.tell(page.data), {"url": page.url}, (note,)), None)

    def _archive(self, found: Found | None, path: str, opened: Path | io.BytesIO) -> Iterator[Article | Rejected]:
        """Read the members of an archive as files of a folder, a sources.csv among them as the table that it is."""
        beside: dict[str, table.Table] = {}
        try:
            for member in archive.members(opened, MANY, table.NAME):
                name = f"{path}/{member.name}"
                suffix = PurePosixPath(member.name).suffix.lower()
                if member.refused or (suffix not in READERS):
                    yield _reject(name, member.refused or _unknown(suffix))
                elif PurePosixPath(member.name).name == table.NAME:
                    yield from _shelve(beside, name, member)
                else:
                    yield from self.item(_Item(name, member.data, suffix, _beside(beside, member.name)), found)
        except Unreadable as reason:
            yield _reject(path, str(reason))

    def item(self, item: _Item, found: Found | None) -> Iterator[Article | Rejected]:
        """Read one file's bytes: unpack them once, and make of each draft an article."""
        if len(item.data) > MANY:  # they were not read to their end
            yield _reject(item.path, f"larger than {MANY:,} bytes")
            return
        if item.suffix == ".zip":
            yield from self._archive(found, item.path, io.BytesIO(item.data))
            return
        sha256 = hashlib.sha256(item.data).hexdigest()
        suffix, data = item.suffix, item.data
        try:
            if suffix == ".gz":
                data = archive.unpack(data, MANY)
                suffix = PurePosixPath(PurePosixPath(item.path).stem).suffix.lower() or formats.tell(data)
            if suffix not in READERS:
                raise Unreadable(_unknown(suffix))
            if len(data) > READERS[suffix].largest:
                yield _reject(item.path, f"larger than {READERS[suffix].largest:,} bytes")
                return
        except Unreadable as reason:
            yield _reject(item.path, str(reason), sha256)
            return
        for draft in _drafts(READERS[suffix].read, data, self.settings.columns):
            yield self._record(draft, item, found, sha256)

    def _record(self, draft: Draft | Refused, item: _Item, found: Found | None, sha256: str) -> Article | Rejected:
        path = item.path + (f"#{draft.part.number}" if draft.part else "")
        name = _name(item.path, draft.part)
        if isinstance(draft, Refused):
            return Rejected(name, path, f"{_place(draft.part)}{draft.reason}", sha256)
        name = draft.key or name
        if len(draft.text) > LARGEST:
            return Rejected(name, path, f"{_place(draft.part)}a text of more than {LARGEST:,} characters", sha256)
        if sum(map(str.isalpha, draft.text[:10_000])) < 2:
            return Rejected(name, path, f"{_place(draft.part)}{'holds no words' if item.data else 'empty'}", sha256)
        known, notes = self.shelf.stated(found, path)
        known = {**item.stated, **known}
        stated = {**known, **draft.stated}
        tongue = language.foreign(draft.text, stated.get("language"))
        if tongue:
            return Rejected(name, path, tongue.reason, sha256, tongue.language)
        if language.contradicts(draft.text, stated.get("language")):
            notes.append(f"stated to be in {stated['language'][:40]!r}, but its words are English")
        day, evidence = _published(draft, known, self.settings.published)
        return Article(
            id=name,
            path=path,
            sha256=sha256,
            text=draft.text,
            title=stated.get("title"),
            outlet=stated.get("outlet"),
            byline=stated.get("byline"),
            published=day,
            url=stated.get("url"),
            language=stated.get("language"),
            notes=(*item.notes, *draft.notes, *notes, *evidence),
        )


def _drafts(reader: Reader, data: bytes, columns: Mapping[str, str]) -> Iterator[Draft | Refused]:
    """Yield what a reader finds; whatever it stumbles over costs this file, and never the run."""
    empty = True
    try:
        for draft in reader(data, columns):
            empty = False
            yield draft
    except Unreadable as reason:
        yield Refused(str(reason))
    except Exception as fault:  # libraries raise anything on hostile bytes
        yield Refused(f"its format could not be made sense of ({type(fault).__name__})")
    else:
        if empty:
            yield Refused("holds no article")


def _shelve(beside: dict[str, table.Table], name: str, member: archive.Member) -> Iterator[Rejected]:
    """Keep the sources table of an archive; a faulty one is rejected, for its author is not the caller."""
    try:
        beside[str(PurePosixPath(member.name).parent)] = table.parse(member.data, Path(name))
    except TableError as fault:
        yield _reject(name, f"no sources table: {str(fault).removeprefix(name)}")


def _beside(tables: Mapping[str, table.Table], name: str) -> dict[str, str]:
    """Return what the sources tables of an archive state of a member, the nearest one winning field by field."""
    path, stated = PurePosixPath(name), dict[str, str]()
    for folder in reversed(path.parents):
        if str(folder) in tables:
            stated |= tables[str(folder)].get(path.relative_to(folder).as_posix(), {})
    return stated


def _published(draft: Draft, known: Mapping[str, str], given: date | None) -> tuple[date | None, list[str]]:
    """Return the day of publication by the order of precedence, and notes on what was read or could not be."""
    notes: list[str] = []
    day = days.stated(draft.stated.get("published", ""))
    if "published" in draft.stated and day is None:
        notes.append(f"published: {draft.stated['published'][:80]!r} is no day")
    day = day or days.stated(known.get("published", "")) or given
    if day is None:
        day, seen = _seen(draft.text, draft.stated.get("url") or known.get("url", ""))
        notes += seen
    return day, notes


def _seen(text: str, url: str) -> tuple[date | None, list[str]]:
    """Return the publication day that the address or the text itself shows, with the words that show it."""
    day = days.from_url(url)
    if day:
        return day, [f"published {day} is read from the address"]
    seen = days.from_text(text)
    return (seen[0], [f"published {seen[0]} is read from the text: {seen[1]!r}"]) if seen else (None, [])


def _unknown(suffix: str) -> str:
    return f"unknown format {suffix or '(no suffix)'!r}; expected {', '.join([*READERS, '.zip'])}"


def _reject(path: str, reason: str, sha256: str | None = None) -> Rejected:
    return Rejected(_name(path), path, reason, sha256)


def _place(part: Part | None) -> str:
    return f"{part.word} {part.number}: " if part else ""


def _name(path: str, part: Part | None = None) -> str:
    """Return the id of what stands at a path: the file's name without its suffix, for a part of it with the number behind."""
    if path == STDIN:
        stem = "stdin"
    elif _ADDRESS.match(path):
        last = re.split(r"[?#]", path.split("://", 1)[1])[0].rstrip("/").rpartition("/")[2]
        stem = PurePosixPath(safe(last)).stem or "page"
    else:
        inner = PurePosixPath(path.removesuffix(".gz"))
        stem = inner.stem if inner.suffix.lower() in READERS else PurePosixPath(path).stem
    return f"{stem}-{part.number}" if part else stem
