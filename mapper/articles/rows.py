"""A row of a table -> a Draft: which cell is the text, which the headline, the outlet, the day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import islice

from mapper.articles import furniture, markup
from mapper.articles.draft import FIELDS, Draft, Part, Refused, attempt, clean, headed, safe

NAMES: Mapping[str, tuple[str, ...]] = {
    "text": (
        "text", "body", "articlebody", "fulltext", "articletext", "storytext", "maintext", "contenttext", "content",
        "contenthtml", "article", "story",
    ),
    "title": ("title", "headline", "head", "storytitle"),
    "outlet": ("outlet", "medianame", "publication", "publisher", "newspaper", "sitename", "source", "sourcename", "sourcecommonname", "domain", "mediaurl"),
    "byline": ("byline", "author", "authors", "creator"),
    "published": (
        "published", "publishdate", "publicationdate", "publisheddate", "datepublished", "publishedat", "pubdate", "date", "seendate",
    ),
    "url": ("url", "link", "canonicalurl", "articleurl", "sourceurl", "permalink", "weburl", "documentidentifier"),
    "language": ("language", "lang", "inlanguage"),
    "id": ("id", "articleid", "storiesid", "storyid", "docid"),
}  # fmt: skip
"""Usual names of columns in lower case without punctuation, the likelier first: those of Media Cloud's story lists
(media_name, publish_date, ...), of GDELT's article lists (seendate, domain, ...) and knowledge graph (DocumentIdentifier, ...), JSON Feed, schema.org and news APIs."""

COLUMNS = 2_000
"""Columns of a table; those behind are not looked at."""

KNOWN = frozenset(name for names in NAMES.values() for name in names)
EXTRAS = ("extras", "v2extrasxml")
_PAGE_TITLE = re.compile(r"<PAGE_TITLE>([^<]{1,1000})</PAGE_TITLE>")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?\d{6}Z?)?")
_PUNCTUATION = re.compile(r"[\W_]+")


@lru_cache(maxsize=COLUMNS)
def fold(column: str) -> str:
    """Return a column's name as `NAMES` writes it."""
    return _PUNCTUATION.sub("", column[:200]).lower()


def draft(row: Mapping[str, object], part: Part, columns: Mapping[str, str]) -> Draft | Refused:
    """Return what `_draft` makes of a row, refused where that fails."""
    return attempt(lambda: _draft(row, part, columns), part)


def _draft(row: Mapping[str, object], part: Part, columns: Mapping[str, str]) -> Draft | Refused:
    """Return the article of a row, the headline alone where there is no text, or why it is none.

    `columns` says which column holds a field; the others are found by their usual names. Cells that are
    neither words nor numbers are empty.
    """
    by_name: dict[str, object] = {}
    for name, value in islice(row.items(), COLUMNS):
        by_name.setdefault(fold(name), value)
    cells = {field: _cell(row, by_name, field, columns) for field in NAMES}
    body, noted = markup.plain(cells["text"], furniture.story)
    title, more = markup.plain(cells["title"] or _page_title(by_name))
    title = " ".join(title.split())
    notes = [*noted, *more]
    if not body and not title:
        return Refused(f"neither text nor title; its columns are {_list(row)}", part)
    if not body:
        notes.append("only the headline was read: the row has no text")
    stated = {field: value for field in FIELDS if (value := " ".join(clean(cells[field])[0].split()))}
    stated |= {"title": title} if title else {}
    if day := _COMPACT.fullmatch(stated.get("published", "")):
        stated["published"] = "-".join(day.groups())
    if "published" in stated and "published" not in columns and _column(by_name, "published") == "seendate":
        notes.append("published is the day on which GDELT saw the page")
    return Draft(headed(title, body) if body else title, stated, tuple(notes), part, _key(cells["id"]))


def _cell(row: Mapping[str, object], by_name: Mapping[str, object], field: str, columns: Mapping[str, str]) -> str:
    between = "\n\n" if field == "text" else ", "
    if field in columns:
        return _words(row.get(columns[field]), between)
    return _words(by_name.get(_column(by_name, field)), between)


def _column(by_name: Mapping[str, object], field: str) -> str:
    """Return the likeliest of the usual names of a field that has a filled cell."""
    return next((name for name in NAMES[field] if _words(by_name.get(name))), "")


def _page_title(by_name: Mapping[str, object]) -> str:
    """Return the headline that GDELT's knowledge graph keeps among the extras of a row."""
    found = _PAGE_TITLE.search(" ".join(_words(by_name.get(name)) for name in EXTRAS))
    return found[1] if found else ""


def _words(value: object, between: str = ", ") -> str:
    """Return a cell as words: of a list its members, of an object its name, of anything but words and whole numbers nothing."""
    if isinstance(value, str):
        return value if value.strip() else ""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if abs(value) < 10**30 else ""
    if isinstance(value, list):
        return between.join(words for item in value[:1000] if not isinstance(item, list) and (words := _words(item)))
    if isinstance(value, dict):
        name = value.get("name") or value.get("title")
        return name if isinstance(name, str) else ""
    return ""


def _key(cell: str) -> str | None:
    """Return a row's own id, None when it has none."""
    return safe(clean(cell)[0]) or None


def _list(row: Mapping[str, object]) -> str:
    names = [" ".join(clean(str(name)[:40])[0].split()) for name in list(row)[:20]]
    return ", ".join(names) or "none"
