"""Words and a page -> one value that prints as the words, and that a notebook shows as the page."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from mapper.terminal import harmless

LARGEST = 2_000_000
"""Characters of a page beyond which a notebook is shown a line instead: it would keep all of it in its file."""

_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


class View(str):
    """A text for terminals, which is a string like others, and `page`, the same as HTML for a notebook."""

    __slots__ = ("page",)
    page: str

    def __new__(cls, text: str, page: str) -> View:
        """Keep both; what would steer a terminal stands in the text as an escape."""
        view = super().__new__(cls, harmless(text))
        view.page = page
        return view

    def __reduce__(self) -> tuple[type[View], tuple[str, str]]:
        """Return what a copy is made of."""
        return View, (str.__str__(self), self.page)

    def __repr__(self) -> str:
        """Return the text as it prints, for a prompt."""
        return str.__str__(self)

    def _repr_html_(self) -> str:
        if len(self.page) > LARGEST:
            return f"<p>This page is {len(self.page) / 1e6:.0f} MB, too large for a notebook. Print it, or write <code>.page</code> to a file.</p>"
        return self.page


def escape(value: object) -> str:
    """Return a value as text inside a page; what no page may hold is shown as U+FFFD.

    >>> escape('<b title="x">\\x00')
    '&lt;b title=&quot;x&quot;&gt;\ufffd'
    """
    return html.escape(_UNFIT.sub("\ufffd", str(value)))


def aside(value: object) -> str:
    """Return a value as text that cannot turn what stands beside it around."""
    return f"<bdi>{escape(value)}</bdi>"


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a table of cells that are HTML already."""
    names = "".join(f'<th scope="col" style="text-align:left">{name}</th>' for name in head)
    style = ' style="text-align:left;vertical-align:top"'
    body = "".join(f"<tr>{''.join(f'<td{style}>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table>{f'<thead><tr>{names}</tr></thead>' if names else ''}<tbody>{body}</tbody></table>"
