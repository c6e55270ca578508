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
from mapper.exports.records import Records
from mapper.gazetteer import Gazetteer
from mapper.model import Findings
from mapper.settings import Settings

if TYPE_CHECKING:
    import geopandas
    import pandas

    from mapper.exports.comparison import Comparison
    from mapper.exports.conflict_map import ConflictMap
    from mapper.exports.views import View


@dataclass(frozen=True)
class Result:
    """The findings of one run and the tables they were made with.

    Frames: `events`, `claims`, `control`, `toponyms`, `origins`, `articles`, and `contradictions()`.
    To look at: `map()`, `explain(event_id)`, `article(id)`, `claim(id)`, `place(pcode)`.
    To go on with: `compare(other)`, `to_file(path)`, `write(folder)`, `records`.

    Every frame is made anew when asked for, so that changing one changes nothing here. A frame
    without rows has its columns and their types all the same. Days are datetime64[s], counts nullable
    Int64, flags nullable booleans, lists and structures Python objects; what is unknown is null.
    docs/columns.md describes every column.
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
        """Events, a row each, in the order of their days: what several claims tell of one occasion, as ACLED would code it.

        ACLED's 31 columns come first, among them event_date and time_precision (1 the day, 2 about it,
        3 the month), event_type, sub_event_type, actor1, actor2, admin1, admin2, location, geo_precision, notes and
        fatalities (the lowest figure). Then our own: event_id, for `explain`; place_id and the P-codes;
        fatalities_low and _high (null: open upwards), wounded_low and _high; independent_origins, how many speakers
        stand behind it who do not repeat each other; claim_ids, article_ids, origin_ids; status; contradictions;
        mutations and only_by_mutation, what changed from article to article; confidence; rules, the ids
        of what decided the coding. The geometry is a point, EPSG:4326; None when the event is not placed.
        """
        from mapper.exports.frames import geo_frame

        return geo_frame(self.records, "events")

    @property
    def control(self) -> geopandas.GeoDataFrame:
        """Provinces and districts of which somebody says who holds them, a row each, by P-code.

        place_id (the P-code) and name; status: claimed, corroborated (two independent origins),
        confirmed (by the loser), contested, reversed or unknown; holder, who is said to hold it; since and as_of;
        independent_origins; periods, who held it before; claims, who says so in which sentence; evidence, why the
        status is so. The geometry is the outline, EPSG:4326, or a point where the gazetteer has none.
        """
        from mapper.exports.frames import geo_frame

        return geo_frame(self.records, "control")

    @property
    def claims(self) -> pandas.DataFrame:
        """Claims, a row each, in the order of the texts: one speaker's word on one place, in one sentence.

        claim_id, article_id; start, end and quote, the sentence as characters of the article's text; place_id, place_name;
        control: gained, held, lost, contested or none, of the actor; sub_event_type; actor (as our tables
        call it), actor_reported (as written), target; status: asserted, ongoing, unconfirmed, denied, planned or
        past; event_date; killed, wounded, captured and killed_or_wounded as [low, high], and as columns of their own
        (killed_low ...); attribution, the chain from the outlet to the original speaker; origin_id; denies, the
        claim it denies; part, the words that limit it to a part of the place; pattern and evidence, why it is a claim.
        """
        return self._frame("claims")

    @property
    def toponyms(self) -> pandas.DataFrame:
        """Place names as found, a row each, in the order of the texts: what each was taken to mean, or why it was refused.

        article_id, text, start and end; place_id, name, kind and P-codes of the place, null when refused, and
        refused then says why; latitude and longitude; score (0 to 1); evidence and rivals, why, and what else it might mean.
        """
        return self._frame("toponyms")

    @property
    def origins(self) -> pandas.DataFrame:
        """Utterances of original speakers, a row each: whose one word stands behind how many claims and articles.

        origin_id; speaker (null: an unnamed outlet), kind, medium and date of the utterance; independent, whether
        it counts as a source of its own; claim_ids and article_ids, what goes back to it.
        """
        return self._frame("origins")

    @property
    def articles(self) -> pandas.DataFrame:
        """Inputs, a row each, by id: articles with their text, and files that were not read, with the reason in `rejected`.

        id, path, sha256; title, outlet, byline, published, url and language as far as known; notes, how that is
        known; shares, what it has in common with which other article; text.
        """
        return self._frame("articles")

    def _frame(self, table: str) -> pandas.DataFrame:
        from mapper.exports.frames import frame

        return frame(self.records, table)

    def map(self) -> ConflictMap:
        """Return the map, a folium map that shows itself in a notebook and takes further layers."""
        from mapper.exports.conflict_map import ConflictMap

        return ConflictMap(self.records, self.gazetteer, self.settings.tiles)

    def contradictions(self) -> pandas.DataFrame:
        """Return what the claims of an event disagree on: a row for each event, field and value.

        event_id, place, date (the day the event is coded on); field: occurred, date, place, actor, manner, killed
        or wounded; value, one of the versions, in words. claim_ids, outlets, speakers and quotes say
        whose version it is, item for item: ``.explode(["claim_ids", "outlets", "speakers", "quotes"])`` makes a
        row of each. An outlet is None where it is unknown.
        """
        from mapper.exports.frames import contradictions

        return contradictions(self.records)

    def explain(self, event_id: str) -> View:
        """Return what is claimed of an event, by whom, in which sentences, and which rules decided its coding.

        Prints as text; in a notebook each sentence stands marked in its paragraph. UnknownNameError for a wrong id.
        """
        from mapper.exports import views

        return views.event(self.records, event_id)

    def article(self, article_id: str) -> View:
        """Return an article's whole text with its claims marked and its place names underlined.

        Under each paragraph stands who claims what of which place; at the end, what each name was taken to mean.
        Prints as text, too. UnknownNameError for a wrong id, and for an input that was rejected.
        """
        from mapper.exports import views

        return views.article(self.records, article_id)

    def claim(self, claim_id: str) -> View:
        """Return a claim in its paragraph, who says it through whom, its origin, and why it was read so."""
        from mapper.exports import views

        return views.claim(self.records, claim_id)

    def place(self, pcode: str) -> View:
        """Return who is said to hold a province or district since when, period by period, and every sentence that says so.

        `pcode` is the place_id of a row of `control`; UnknownNameError when it is none.
        """
        from mapper.exports import views

        return views.place(self.records, pcode)

    def compare(self, other: Result | pandas.DataFrame | str | Path) -> Comparison:
        """Match the events with those of another run, or with a table of your own (a frame, or the path of a CSV file).

        A table needs a column for the day (event_date) and one for the place (a P-code, or a name such as
        location, admin2); event_type, sub_event_type, actor1, actor2 and fatalities are compared where it has them.
        Two events match when they are of the same place, their days can be the same within their time precision,
        and their types do not differ; of two results, those with one event_id match first. docs/python.md has the
        rule and the columns. TableError names what a table lacks.
        """
        from mapper.exports.comparison import compare

        if isinstance(other, Result):
            return compare(self.events, other.events, self.gazetteer, other.gazetteer)
        return compare(self.events, other, self.gazetteer)

    def write(self, out: str | Path, formats: Iterable[str] = (), hxl: bool = False) -> dict[str, Path]:
        """Write every output file into a folder and return their paths; OutputError when it cannot be written.

        `formats` are names of `exports.FORMATS` to be written besides, such as "gpkg"; `hxl` puts HXL tags into CSV and XLSX.
        """
        return exports.write(self.records, self.gazetteer, Path(out), self.settings.tiles, formats, hxl)

    def to_file(self, path: str | Path, hxl: bool = False) -> Path:
        """Write one file, by its name where a run writes one of that name, else by its suffix: the events or the map.

        `hxl` puts HXL tags into CSV and XLSX; SettingError where there is no row for them. UnknownNameError for another
        suffix lists them, and for a name that asks for another table (control.csv) says which files hold that one;
        MissingLibraryError names the extra that a format needs.
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
