"""Bytes that no file name speaks for -> the suffix of their format."""

from __future__ import annotations

import re

from mapper.articles import rows, tables

_HEAD = 4096
_MAGIC = ((b"%PDF-", ".pdf"), (b"\x1f\x8b", ".gz"))
_PAGE = re.compile(rb"<(?:!doctype html|html|head|body|article|div|p)\b", re.IGNORECASE)
_FEED = re.compile(rb"<(?:rss|feed|rdf:rdf)\b", re.IGNORECASE)
_SHAPES = (
    (_PAGE, ".html"),
    (_FEED, ".xml"),
    (re.compile(rb"<\?xml\b", re.IGNORECASE), ".xml"),
    (re.compile(rb'\[\s*\{|\{\s*"'), ".json"),
    (re.compile(rb"(?:MIME-Version|From): [^\r\n]*[\s\S]{0,2000}multipart/related", re.IGNORECASE), ".mhtml"),
)


def tell(data: bytes) -> str:
    """Return the suffix of the format that bytes are in by what they begin with; ".txt" where nothing tells.

    >>> tell(b"<!DOCTYPE html><html>"), tell(b"title,url\\nTown falls,https://example.org/"), tell(b"KABUL: quiet")
    ('.html', '.csv', '.txt')
    """
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"PK\x03\x04"):
        return ".xlsx" if b"xl/workbook.xml" in data and b"[Content_Types].xml" in data else ".zip"
    for magic, suffix in _MAGIC:
        if head.startswith(magic):
            return suffix
    for shape, suffix in _SHAPES:
        if shape.match(head):
            return _markup(head) if suffix in (".html", ".xml") else suffix
    lines = tables.SEPARATOR.sub("", head.decode("utf-8", "replace")).splitlines()
    names = [rows.fold(name) for name in re.split(r"[,;\t|]", lines[0] if lines else "")]
    return ".csv" if len(names) > 1 and sum(name in rows.KNOWN for name in names) > 1 else ".txt"


def _markup(head: bytes) -> str:
    """Tell a feed from a page: either may begin with an XML declaration, or with words of the other."""
    return ".html" if _PAGE.search(head) and not _FEED.search(head) else ".xml"
