"""From news articles about a conflict to an auditable map of who claims what happened where.

Examples:
    >>> import mapper
    >>> result = mapper.run("seeds/")  # doctest: +SKIP
    >>> result.events, result.claims, result.map()  # doctest: +SKIP

`run` does everything; `read`, `geoparse`, `extract`, `trace`, `merge` and `ledger` are its steps, and the
rooms in which they live can be entered, too: `mapper.gazetteer.load()`. docs/python.md walks through both.

In a notebook articles, claims, events and places show themselves as tables of their fields.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mapper.articles import read
    from mapper.claims import extract
    from mapper.errors import MapperError
    from mapper.events import ledger, merge
    from mapper.gazetteer import Gazetteer
    from mapper.geoparsing import geoparse
    from mapper.model import Article, Claim, Event, Findings, Origin, Place, PlaceControl, Resolution
    from mapper.origins import trace
    from mapper.pipeline import run
    from mapper.result import Result
    from mapper.settings import Settings

__all__ = [
    "Article",
    "Claim",
    "Event",
    "Findings",
    "Gazetteer",
    "MapperError",
    "Origin",
    "Place",
    "PlaceControl",
    "Resolution",
    "Result",
    "Settings",
    "extract",
    "geoparse",
    "ledger",
    "merge",
    "read",
    "run",
    "trace",
]

_HOMES = {
    "mapper.articles": ("read",),
    "mapper.claims": ("extract",),
    "mapper.errors": ("MapperError",),
    "mapper.events": ("ledger", "merge"),
    "mapper.gazetteer": ("Gazetteer",),
    "mapper.geoparsing": ("geoparse",),
    "mapper.model": ("Article", "Claim", "Event", "Findings", "Origin", "Place", "PlaceControl", "Resolution"),
    "mapper.origins": ("trace",),
    "mapper.pipeline": ("run",),
    "mapper.result": ("Result",),
    "mapper.settings": ("Settings",),
}

_ROOMS = ("actors", "articles", "claims", "events", "exports", "gazetteer", "geoparsing", "origins")


def __getattr__(name: str) -> Any:
    """Import a public name, or a room, when it is first asked for, so that ``import mapper`` costs nothing."""
    if name in _ROOMS:
        _tell_notebook()
        return import_module(f"mapper.{name}")
    for home, names in _HOMES.items():
        if name in names:
            _tell_notebook()
            return getattr(import_module(home), name)
    if name == "__version__":
        from importlib.metadata import version

        return version("conflict-event-mapper")
    raise AttributeError(f"module 'mapper' has no attribute {name!r}; expected one of {', '.join(__all__)}")


def __dir__() -> list[str]:
    return [*__all__, *_ROOMS, "__version__"]


def _tell_notebook() -> None:
    """Have a notebook show the nouns as tables: the vocabulary itself computes nothing, so it cannot do so."""
    from mapper.terminal import shell

    if (notebook := shell()) is not None:
        from mapper.exports.views import attach

        attach(notebook)
