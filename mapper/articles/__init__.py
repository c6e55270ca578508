"""Files and folders -> Articles, and a Rejected with its reason for every input that is none.

Add a format: one module with ``read(data: bytes) -> Draft``, one line in READERS.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePosixPath

from mapper.articles import days, plain, table
from mapper.articles.draft import Draft, Unreadable
from mapper.articles.files import Found, find
from mapper.model import Article, Rejected
from mapper.settings import Settings

READERS: dict[str, Callable[[bytes], Draft]] = {
    ".txt": plain.read,
}

LARGEST = 10_000_000
"""Bytes. No article is longer; what is would only cost the others their time."""


def read(
    sources: str | Path | Sequence[str | Path], settings: Settings | None = None
) -> tuple[tuple[Article, ...], tuple[Rejected, ...]]:
    """Read every file that the sources name or hold, once each; both results are ordered by id, and ids never repeat.

    What a file states about itself in header lines wins over the sources table (`settings.sources`, else
    the sources.csv of its folder or of a folder above it, up to the source), the table over
    `settings.published`; a day that none of them gives is taken from the file's address or dateline,
    with a note, where either names it in full.

    SourceError when no source exists or there is no file at all; TableError when a table is malformed.
    """
    settings = settings or Settings()
    paths = [Path(source) for source in ([sources] if isinstance(sources, str | Path) else sources)]
    shelf = _Shelf(settings.sources)
    records: list[Article | Rejected] = [
        _reject(found, found.refused) if found.refused else _read(found, shelf, settings.published)
        for found in find(paths, settings.sources)
    ]
    return _identify(records)


class _Shelf:
    """The sources tables of a run: the one given, else those beside the articles, each read once."""

    def __init__(self, given: Path | None) -> None:
        self._given = given
        self._tables: dict[Path, table.Table] = {}

    def stated(self, found: Found) -> tuple[dict[str, str], list[str]]:
        """Return what the tables say of a file, the nearest one winning field by field, and a note if it is in none."""
        rows = [row for path in self._paths(found) if (row := self._row(path, found)) is not None]
        stated = {field: cell for row in reversed(rows) for field, cell in row.items()}
        listed = rows or not self._paths(found)
        return stated, [] if listed else [f"not named in {self._paths(found)[0].name}"]

    def _paths(self, found: Found) -> list[Path]:
        if self._given:
            return [self._given]
        return [path for folder in _folders(found) if (path := folder / table.NAME).is_file()]

    def _row(self, path: Path, found: Found) -> Mapping[str, str] | None:
        if path not in self._tables:
            self._tables[path] = table.read(path)
        rows, base = self._tables[path], found.home if self._given else path.parent
        return rows.get(found.file.relative_to(base).as_posix(), rows.get(found.file.name) if self._given else None)


def _folders(found: Found) -> list[Path]:
    """Return the folders from the file's own up to its source."""
    parents = list(found.file.parents)
    return parents[: parents.index(found.home) + 1]


def _read(found: Found, shelf: _Shelf, published: date | None) -> Article | Rejected:
    reader = READERS.get(found.file.suffix.lower())
    if reader is None:
        return _reject(found, f"unknown format {found.file.suffix or '(no suffix)'!r}; expected {', '.join(READERS)}")
    try:
        with found.file.open("rb") as handle:
            data = handle.read(LARGEST + 1)
    except OSError as fault:
        return _reject(found, f"cannot be read ({fault.strerror})")
    if len(data) > LARGEST:
        return _reject(found, f"larger than {LARGEST:,} bytes")
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        draft = reader(data)
    except Unreadable as reason:
        return _reject(found, str(reason), sha256)
    if sum(map(str.isalpha, draft.text[:10_000])) < 2:
        return _reject(found, "holds no words" if data else "empty", sha256)
    known, notes = shelf.stated(found)
    day, evidence = _published(draft, known, published)
    stated = {**known, **draft.stated}
    return Article(
        id=_stem(found.relative),
        path=found.relative,
        sha256=sha256,
        text=draft.text,
        title=stated.get("title"),
        outlet=stated.get("outlet"),
        byline=stated.get("byline"),
        published=day,
        url=stated.get("url"),
        language=stated.get("language"),
        notes=(*draft.notes, *notes, *evidence),
    )


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


def _reject(found: Found, reason: str, sha256: str | None = None) -> Rejected:
    return Rejected(_stem(found.relative), found.relative, reason, sha256)


def _stem(path: str) -> str:
    return PurePosixPath(path).stem


def _identify(records: Iterable[Article | Rejected]) -> tuple[tuple[Article, ...], tuple[Rejected, ...]]:
    """Make ids unique: the first of a name keeps it, later ones get -2, -3, ...; articles come before rejected inputs.

    The order is by path and content, so that it does not depend on how the sources were named.
    """
    ordered = sorted(records, key=lambda record: (isinstance(record, Rejected), record.path, record.sha256 or ""))
    taken = {record.id for record in ordered}
    used: Counter[str] = Counter()
    for at, record in enumerate(ordered):
        used[record.id] += 1
        if used[record.id] > 1:
            while (free := f"{record.id}-{used[record.id]}") in taken:
                used[record.id] += 1
            ordered[at] = replace(record, id=free)
    ordered.sort(key=lambda record: record.id)
    return (
        tuple(record for record in ordered if isinstance(record, Article)),
        tuple(record for record in ordered if isinstance(record, Rejected)),
    )
