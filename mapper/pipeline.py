"""Sources -> Result. The only module that knows the order of the stages."""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from pathlib import Path

from mapper import actors, articles, claims, events, gazetteer, geoparsing, origins
from mapper.errors import MapperError
from mapper.model import Article, Claim, Findings, Rejected, Resolution
from mapper.result import Result
from mapper.settings import Settings
from mapper.terminal import Progress, bar, silent


def run(
    sources: str | Path | Sequence[str | Path], settings: Settings | None = None, *, progress: Progress | bool = False
) -> Result:
    """Read the articles that the sources name or hold, and return what they claim, merged into events and control.

    `progress=True` shows a bar on a terminal or in a notebook; anything that wraps a sequence, as tqdm does, may show its own.
    SourceError when there is no such source, it holds no file, or it is an address that nobody allowed to be fetched;
    TableError when a table is faulty. An article that cannot be read stops nothing: it stands in the result as
    rejected, with the reason.
    """
    settings = settings or Settings()
    watched = progress if callable(progress) else bar if progress else silent
    read, rejected = articles.read(sources, settings)
    places = gazetteer.load(settings.country, settings.boundaries, settings.gazetteer)
    parties = actors.load(places.country)
    resolutions: list[Resolution] = []
    found: list[Claim] = []
    stumbled: dict[str, Rejected] = {}
    for article in watched(read, "reading articles"):
        try:
            named = geoparsing.geoparse(article, places, settings)
            claimed = claims.extract(article, named, places, parties, settings)
        except MapperError:
            raise
        except Exception as fault:  # no text may cost a run the other ten thousand
            stumbled[article.id] = _reject(article, fault)
            continue
        resolutions += named
        found += claimed
    read = tuple(article for article in read if article.id not in stumbled)
    rejected = tuple(sorted((*rejected, *stumbled.values()), key=lambda one: one.id))
    tracing = origins.trace(read, found)
    merged = events.merge(found, read, tracing, parties, places, settings)
    control = events.ledger(found, merged, read, tracing, parties, places, settings)
    findings = Findings(read, rejected, tuple(resolutions), tuple(found), tracing, tuple(merged), tuple(control))
    return Result(findings, places, parties, settings)


def _reject(article: Article, fault: Exception) -> Rejected:
    """Set an article aside that the program itself fails on; the reason says so, and where."""
    where = traceback.extract_tb(fault.__traceback__)[-1]
    reason = f"a fault of the program, {type(fault).__name__} in {Path(where.filename).name}:{where.lineno}; please report it with the text"
    return Rejected(article.id, article.path, reason, article.sha256)
