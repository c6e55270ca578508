"""One frozen Settings: everything a user may turn, with the reason for its default beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """The knobs of a run."""

    country: str | None = None
    """ISO 3166-1 alpha-3 of the theatre; None is the one that `gazetteer` is about, AFG where that says nothing."""

    gazetteer: Path | None = None
    """A user's own folder of place tables, or of such folders by country; None uses the bundled ones."""

    published: date | None = None
    """Publication day for articles that neither their header nor the sources table dates."""

    sources: Path | None = None
    """Table of what is known about the files; None looks for sources.csv beside the articles."""

    columns: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Columns of tables of articles, as in ``{"text": "body"}``; what is not named is found by the usual names."""

    fetch: bool = False
    """Whether a source may be an address, which is then asked for over the network; nothing else ever is."""

    cache: Path | None = None
    """Folder in which fetched pages are kept; None is ``mapper-cache`` in the working folder."""

    boundaries: Path | None = None
    """A user's own district outlines (ADM2_PCODE); None uses those of the gazetteer."""

    tiles: str | None = None
    """Address of a background for the map, ``https://.../{z}/{x}/{y}.png``; None has the map ask nobody for anything."""

    state: str | None = None
    """Side counted as the state whatever the day; None reads the dated table in data/actors."""

    past_after_days: int = 14
    """Older than this before publication is background, as in the annotation guide's two weeks."""

    minimum_score: float = 0.5
    """A place resolved below this is refused: a wrong pin does more harm than a missing one."""

    minimum_lead: float = 0.1
    """A place must lead its best rival by this much, else the evidence counts as level."""
