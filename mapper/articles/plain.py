"""A plain text file -> a Draft: the whole content, or header lines, a blank line and the body."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from mapper.articles.draft import FIELDS, Draft, headed
from mapper.articles.encoding import decode

_HEADER = re.compile(rf"({'|'.join(FIELDS)})[ \t]*:(.*)", re.IGNORECASE)
_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n)")
_LAST_BREAK = re.compile(r"(?:\r\n|\r|\n)\Z")


def read(data: bytes, _: Mapping[str, str]) -> Iterator[Draft]:
    """Read header lines only when every line above the first blank one is such a line; else all is text.

    With a title the text is the title, a blank line and the body.
    """
    content, notes = decode(data)
    head = _head(content)
    if head is None:
        yield Draft(content, {}, notes)
        return
    stated, start = head
    yield Draft(headed(stated.get("title"), _LAST_BREAK.sub("", content[start:])), stated, notes)


def _head(content: str) -> tuple[dict[str, str], int] | None:
    """Return what the header lines state and where the body starts, None when there is no header."""
    stated: dict[str, str] = {}
    for number, line in enumerate(_LINE.finditer(content)):
        if not line[1].strip():
            return (stated, line.end()) if number else None
        header = _HEADER.fullmatch(line[1].strip())
        if header is None:
            return None
        if header[2].strip():
            stated.setdefault(header[1].lower(), header[2].strip())
    return None
