"""What is printed: a line at a time, with nothing in it that would steer the terminal."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import Any, TextIO

from mapper.terminal import harmless


def lines(rows: Iterable[dict[str, Any]]) -> None:
    """Print each row as a JSON line."""
    for row in rows:
        say(json.dumps(row, ensure_ascii=False))


def say(text: str, stream: TextIO | None = None) -> None:
    """Print; what would steer the terminal or turn the text around is shown as an escape, which JSON reads back."""
    print(harmless(text), file=stream or sys.stdout)


def put(line: str) -> None:
    """Print a line of a table as it is; on a terminal as `say` does."""
    if sys.stdout.isatty():
        say(line)
    else:
        print(line)


def one_line(text: str) -> str:
    """Return the text without line breaks."""
    return " ".join(text.split())
