"""What a reader makes of one file: its text, what the file says about itself, and notes for whoever checks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

FIELDS = ("title", "outlet", "byline", "published", "url", "language")
"""What may be stated about an article: in its own header lines, and in the columns of a sources table."""


class Draft(NamedTuple):
    """The text character for character, and the statements of `FIELDS` that the file itself makes."""

    text: str
    stated: Mapping[str, str]
    notes: tuple[str, ...] = ()


class Unreadable(ValueError):  # noqa: N818 - a reason in words, turned into a Rejected before anyone sees it
    """The file holds no article; the message is the reason, in one line."""
