"""Sources -> Result. The only module that knows the order of the stages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from mapper import actors, articles, claims, events, gazetteer, geoparsing, origins
from mapper.model import Claim, Findings, Resolution
from mapper.result import Result
from mapper.settings import Settings
from mapper.terminal import Progress, bar, silent


def run(
    sources: str | Path | Sequence[str | Path], settings: Settings | None = None, *, progress: Progress | bool = False
) -> Result:
    """Read the articles that the sources name or hold, and return what they claim, merged into events and control.

    `progress=True` shows a bar on a terminal or in a notebook; anything that wraps a sequence, as tqdm does, may show its own.
    SourceError when there is no such source or it holds no file; TableError when a table is faulty.
    An article that cannot be read stops nothing: it stands in the result as rejected, with the reason.
    """
    settings = settings or Settings()
    watched = progress if callable(progress) else bar if progress else silent
    read, rejected = articles.read(sources, settings)
    places = gazetteer.load(settings.country, settings.boundaries, settings.gazetteer)
    parties = actors.load(places.country)
    resolutions: list[Resolution] = []
    found: list[Claim] = []
    for article in watched(read, "reading articles"):
        named = geoparsing.geoparse(article, places, settings)
        resolutions += named
        found += claims.extract(article, named, places, parties, settings)
    tracing = origins.trace(read, found)
    merged = events.merge(found, read, tracing, parties, places, settings)
    control = events.ledger(found, merged, read, tracing, parties, places, settings)
    findings = Findings(read, rejected, tuple(resolutions), tuple(found), tracing, tuple(merged), tuple(control))
    return Result(findings, places, parties, settings)
