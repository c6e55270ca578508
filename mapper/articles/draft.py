"""What a reader makes of one file: articles or refusals, each with what the file says about it and notes for whoever checks."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from mapper.errors import MissingLibraryError
from mapper.libraries import library

FIELDS = ("title", "outlet", "byline", "published", "url", "language")
"""What may be stated about an article: in its own header lines, and in the columns of a sources table."""


class Part(NamedTuple):
    """Where in its file an article stands: ``Part("row", 7)``, ``Part("entry", 3)``."""

    word: str
    number: int


class Draft(NamedTuple):
    """The text character for character, and the statements of `FIELDS` that the file itself makes.

    `part` is None where the file is one article; `key` is the id that a row of a table bears.
    """

    text: str
    stated: Mapping[str, str]
    notes: tuple[str, ...] = ()
    part: Part | None = None
    key: str | None = None


class Refused(NamedTuple):
    """A row or entry that holds no article, and why; the rest of its file is read."""

    reason: str
    part: Part | None = None


Reader = Callable[[bytes, Mapping[str, str]], Iterable[Draft | Refused]]
"""The bytes of a file, and the columns a user names (field -> column) -> what it holds, in the order of the file."""


class Unreadable(ValueError):  # noqa: N818 - a reason in words, turned into a Rejected before anyone sees it
    """The file holds no article; the message is the reason, in one line."""


def attempt(make: Callable[[], Draft | Refused], part: Part) -> Draft | Refused:
    """Return one row or entry of a file, refused where it cannot be read, so that it costs the others nothing."""
    try:
        return make()
    except Unreadable as reason:
        return Refused(str(reason), part)
    except Exception as fault:  # libraries raise anything on hostile bytes
        return Refused(f"could not be made sense of ({type(fault).__name__})", part)


def headed(title: str | None, body: str) -> str:
    """Return the title, a blank line and the body, so that the headline can be quoted."""
    return f"{title}\n\n{body}" if title else body


def need(module: str, extra: str) -> Any:
    """Import an optional library, and keep what it logs off the terminal; Unreadable names the extra that brings it."""
    try:
        found = library(module, extra)
    except MissingLibraryError:
        raise Unreadable(f"needs {module}; pip install 'conflict-event-mapper[{extra}]'") from None
    logger = logging.getLogger(module.partition(".")[0])
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())
    return found


_UNSAFE = re.compile(r"[^\w.-]+")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")


def clean(text: str) -> tuple[str, tuple[str, ...]]:
    """Return text out of a container without what cannot be written down, and notes on it.

    Half characters (lone surrogates) become U+FFFD; NUL and other control characters are left out.
    """
    notes = []
    text, lost = _SURROGATE.subn("\N{REPLACEMENT CHARACTER}", text)
    if lost:
        notes.append(f"{lost} damaged characters stand as U+FFFD")
    text, lost = _CONTROL.subn("", text)
    if lost:
        notes.append(f"{lost} control characters are left out")
    return text, tuple(notes)


def safe(words: str) -> str:
    """Return words as a name in characters that are safe in any file, empty when there are none.

    >>> safe("../story 9")
    'story-9'
    """
    return _UNSAFE.sub("-", words)[:80].strip("-.")
