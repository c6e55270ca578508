"""What a run found, ready to look at: frames, the map, records, files, and words for a notebook."""

from __future__ import annotations

import html
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from mapper import exports
from mapper.actors import Actors
from mapper.exports.explanation import explain
from mapper.exports.records import Records
from mapper.gazetteer import Gazetteer
from mapper.model import Findings
from mapper.settings import Settings

if TYPE_CHECKING:
    import geopandas
    import pandas

    from mapper.exports.conflict_map import ConflictMap


@dataclass(frozen=True)
class Result:
    """The findings of one run and the tables they were made with.

    Every frame is made anew when asked for, so that changing one changes nothing here.
    """

    findings: Findings
    gazetteer: Gazetteer
    actors: Actors
    settings: Settings

    @cached_property
    def records(self) -> Records:
        """All tables as plain lists of dicts, field by field as the output files show them."""
        return exports.record(self.findings, self.gazetteer, self.actors, self.settings.state)

    @property
    def events(self) -> geopandas.GeoDataFrame:
        """Events, a row each: ACLED's 31 columns, then our own; point geometry, EPSG:4326, None when unplaced."""
        from mapper.exports.frames import geo_frame

        return geo_frame(self.records, "events")

    @property
    def control(self) -> geopandas.GeoDataFrame:
        """Admin units with a claim of control, a row each: status, holder, periods, claims; outline geometry, EPSG:4326."""
        from mapper.exports.frames import geo_frame

        return geo_frame(self.records, "control")

    @property
    def claims(self) -> pandas.DataFrame:
        """Claims, a row each: the quoted sentence, what it says, and who says it through whom."""
        return self._frame("claims")

    @property
    def toponyms(self) -> pandas.DataFrame:
        """Place names as found, a row each, resolved or refused with the reason."""
        return self._frame("toponyms")

    @property
    def origins(self) -> pandas.DataFrame:
        """Original speakers' utterances, a row each, with the claims and articles that go back to them."""
        return self._frame("origins")

    @property
    def articles(self) -> pandas.DataFrame:
        """Inputs, a row each: read articles with their text, and rejected files with the reason."""
        return self._frame("articles")

    def _frame(self, table: str) -> pandas.DataFrame:
        from mapper.exports.frames import frame

        return frame(self.records, table)

    def map(self) -> ConflictMap:
        """Return the map, a folium map that shows itself in a notebook and takes further layers."""
        from mapper.exports.conflict_map import ConflictMap

        return ConflictMap(self.records, self.gazetteer, self.settings.tiles)

    def explain(self, event_id: str) -> str:
        """Return in words what is claimed of an event, by whom and in which sentences; UnknownNameError for a wrong id."""
        return explain(self.records, event_id)

    def write(self, out: str | Path, formats: Iterable[str] = (), hxl: bool = False) -> dict[str, Path]:
        """Write every output file into a folder and return their paths; OutputError when it cannot be written.

        `formats` are names of `exports.FORMATS` to be written besides, such as "gpkg"; `hxl` puts HXL tags into CSV and XLSX.
        """
        return exports.write(self.records, self.gazetteer, Path(out), self.settings.tiles, formats, hxl)

    def to_file(self, path: str | Path, hxl: bool = False) -> Path:
        """Write one file, by its name where a run writes one of that name, else by its suffix: the events or the map.

        UnknownNameError for another suffix lists them; MissingLibraryError names the extra that a format needs.
        """
        path = Path(path)
        exports.write_file(path, exports.choose(path, hxl)(self.records, self.gazetteer))
        return path

    def summary(self) -> str:
        """Return one paragraph of numbers: what was read, found, claimed, merged, and left unplaced or unread."""
        found = self.findings
        refused = sum(resolution.place is None for resolution in found.resolutions)
        independent = sum(origin.independent for origin in found.tracing.origins)
        unplaced = sum(feature["geometry"] is None for feature in self.records.events)
        changed = sum(event.only_by_mutation for event in found.events)
        return (
            f"{_count(len(found.articles), 'article')} read, {len(found.rejected)} rejected. "
            f"{_count(len(found.resolutions), 'place name')} found, {refused} of them refused. "
            f"{_count(len(found.claims), 'claim')} from {_count(len(found.tracing.origins), 'origin')}, {independent} of them independent. "
            f"{_count(len(found.events), 'event')}, {unplaced} without a place, {changed} known from a changed report alone; "
            f"claims of control for {_count(len(found.control), 'place')}."
        )

    def __repr__(self) -> str:
        """Return one line of numbers, for a prompt."""
        found = self.findings
        return (
            f"<Result: {_count(len(found.articles), 'article')}, {_count(len(found.claims), 'claim')}, "
            f"{_count(len(found.events), 'event')}, {_count(len(found.tracing.origins), 'origin')}>"
        )

    def _repr_html_(self) -> str:
        cells = "".join(_row(feature["properties"]) for feature in self.records.events)
        head = "".join(f"<th>{name}</th>" for name in ("date", "place", "event", "actors", "dead", "origins", "id"))
        return f"<p>{html.escape(self.summary())}</p><table><thead><tr>{head}</tr></thead><tbody>{cells}</tbody></table>"


def _row(event: dict[str, object]) -> str:
    dead = event["fatalities_low"], event["fatalities_high"]
    cells = (
        event["event_date"] or "unknown",
        event["location"] or event["place_name"] or "not placed",
        event["sub_event_type"],
        " / ".join(str(event[name]) for name in ("actor1_normalised", "actor2_normalised") if event[name]),
        dead[0] if dead[0] == dead[1] else f"{dead[0]} to {'?' if dead[1] is None else dead[1]}",
        event["independent_origins"],
        event["event_id"],
    )
    return f"<tr>{''.join(f'<td>{html.escape(str(cell))}</td>' for cell in cells)}</tr>"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
