"""Sources -> Result. The only module that knows the order of the stages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

from mapper import actors, articles, claims, events, gazetteer, geoparsing, origins
from mapper.model import Claim, Findings, Resolution
from mapper.result import Result
from mapper.settings import Settings

T = TypeVar("T")


class Progress(Protocol):
    """Wraps a sequence that is about to be worked through, as tqdm does; `label` says in words what is done."""

    def __call__(self, items: Sequence[T], label: str, /) -> Iterable[T]:
        """Return the items, to be taken one by one."""


def silent(items: Sequence[T], label: str, /) -> Iterable[T]:  # noqa: ARG001 - the label is for those who show it
    """Show nothing."""
    return items


def run(sources: str | Path | Sequence[str | Path], settings: Settings | None = None, *, progress: Progress = silent) -> Result:
    """Read the articles that the sources name or hold, and return what they claim, merged into events and control.

    SourceError when there is no such source, it holds no file, or it is an address that nobody allowed to be fetched; TableError when a table is faulty.
    An article that cannot be read stops nothing: it stands in the result as rejected, with the reason.
    """
    settings = settings or Settings()
    read, rejected = articles.read([sources] if isinstance(sources, str | Path) else sources, settings)
    places = gazetteer.load(settings.country, settings.boundaries, settings.gazetteer)
    parties = actors.load(places.country)
    resolutions: list[Resolution] = []
    found: list[Claim] = []
    for article in progress(read, "reading articles"):
        named = geoparsing.geoparse(article, places, settings)
        resolutions += named
        found += claims.extract(article, named, places, parties, settings)
    tracing = origins.trace(read, found)
    merged = events.merge(found, read, tracing, parties, places, settings)
    control = events.ledger(found, merged, read, tracing, parties, places, settings)
    findings = Findings(read, rejected, tuple(resolutions), tuple(found), tracing, tuple(merged), tuple(control))
    return Result(findings, places, parties, settings)
