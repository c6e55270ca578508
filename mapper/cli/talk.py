"""What is printed: a line at a time, with nothing in it that would steer the terminal."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable
from typing import Any, TextIO

_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def lines(rows: Iterable[dict[str, Any]]) -> None:
    """Print each row as a JSON line."""
    for row in rows:
        say(json.dumps(row, ensure_ascii=False))


def say(text: str, stream: TextIO | None = None) -> None:
    """Print; what would steer the terminal or turn the text around is shown as an escape, which JSON reads back."""
    print(_UNSAFE.sub(lambda match: f"\\u{ord(match.group()):04x}", text), file=stream or sys.stdout)


def put(line: str) -> None:
    """Print a line of a table as it is; on a terminal as `say` does."""
    if sys.stdout.isatty():
        say(line)
    else:
        print(line)


def one_line(text: str) -> str:
    """Return the text without line breaks."""
    return " ".join(text.split())
