"""What a terminal or a notebook is shown while and after a run works: text that steers nothing, and how far it is."""

from __future__ import annotations

import re
import sys
import warnings
from collections.abc import Iterable, Sequence
from typing import Any, Protocol, TypeVar

T = TypeVar("T")

_STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def harmless(text: str) -> str:
    r"""Return the text with what would steer a terminal or turn the text around as an escape, which JSON reads back.

    >>> print(harmless("a\x1b[2Jb"))
    a\u001b[2Jb
    """
    return _STEERING.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


class Progress(Protocol):
    """Wraps a sequence that is about to be worked through, as tqdm does; `label` says in words what is done."""

    def __call__(self, items: Sequence[T], label: str, /) -> Iterable[T]:
        """Return the items, to be taken one by one."""


def silent(items: Sequence[T], label: str, /) -> Iterable[T]:  # noqa: ARG001 - the label is for those who show it
    """Show nothing."""
    return items


def bar(items: Sequence[T], label: str, /) -> Iterable[T]:
    """Show a bar of tqdm's where somebody looks: on a terminal, or in a notebook; elsewhere nothing.

    In a notebook it is a widget where ipywidgets is installed, else a line of text.
    """
    notebook = getattr(shell(), "kernel", None) is not None
    if not notebook and not sys.stderr.isatty():
        return items
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # tqdm warns when ipywidgets is missing; its line of text serves as well
        from tqdm.auto import tqdm  # type: ignore[import-untyped] # ships no type information
    shown: Iterable[T] = tqdm(items, desc=label, unit="article", leave=False, file=sys.stdout if notebook else sys.stderr)
    return shown


def shell() -> Any:
    """Return the IPython shell that this runs in, be it a terminal's or a notebook's, or None."""
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython is not None else None
