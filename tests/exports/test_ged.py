"""GED's columns: which events it would hold, between whom, how many died by which estimate, and what stays blank."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pandas
import pytest
from small_run import BAGHLAN, DEH_SALAH, TEXT, make_claim, make_event

from mapper.actors import Actors
from mapper.exports import Records, ged, record
from mapper.model import Count, Findings, Harm, Kind, Place, Point

Make = Callable[..., dict[str, Any]]

ROAD = Place("AF09-ring-road", "Ring Road", Kind.ROAD, "AFG", Point(69.3, 35.6), "RD", "Baghlan", "AF09")
BANU = Place("AF0908-banu", "Banu", Kind.VILLAGE, "AFG", Point(69.3, 35.6), "PPL", "Baghlan", "AF09", "Deh Salah", "AF0908")

ASSAULT = {"event_type": "Violence against civilians", "sub_event_type": "Attack", "actor1": "ISKP", "actor2": "Civilians"}
STRIKE = {"event_type": "Explosions/Remote violence", "sub_event_type": "Air/drone strike"}


def killed(low: int | None, high: int | None, side: str | None = "Taliban", over: int = 1) -> Count:
    return Count(Harm.KILLED, low, high, side, total_over=over)


@pytest.fixture
def make(findings: Findings, atlas: Any, parties: Actors) -> Make:
    """Make the record of an event whose two claims, in two articles, give the counts."""

    def make(first: Count | None = None, second: Count | None = None, **changes: Any) -> dict[str, Any]:
        claims = (
            make_claim("c1", "a", TEXT, counts=(first,) if first else ()),
            make_claim("c2", "b", "At least 60 Taliban died in De Salah.", counts=(second,) if second else ()),
            findings.claims[2],
        )
        changed = replace(findings, claims=claims, events=(make_event(**changes),))
        event: dict[str, Any] = record(changed, atlas, parties).events[0]["properties"]
        return event

    return make


def cells(event: dict[str, Any], records: Records) -> dict[str, Any]:
    return ged.row(event, {origin["origin_id"]: origin for origin in records.origins})


# --- which events -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, None),
        (ASSAULT, None),
        (STRIKE, None),
        ({"only_by_mutation": True}, "known from the rewriting of another article alone"),
        ({"event_type": "Protests", "sub_event_type": "Peaceful protest"}, "no organised violence"),
        ({"event_type": "Riots", "sub_event_type": "Mob violence"}, "no organised violence"),
        ({"event_type": "Strategic developments", "sub_event_type": "Arrests"}, "no organised violence"),
        ({"event_date": None, "time_precision": None}, "no day known"),
        ({"place": None}, "not placed"),
        ({"actor2": None}, "a party not known or not organised"),
        ({**ASSAULT, "actor1": None}, "a party not known or not organised"),
        ({**STRIKE, "actor2": None}, "a party not known or not organised"),
        ({"actor1": "Taliban"}, "a party not known or not organised"),
        ({"fatalities_low": 0, "fatalities_high": 0}, "no death told"),
    ],
)
def test_what_ged_would_not_hold_is_left_out_with_the_reason(make: Make, changes: dict[str, Any], reason: str | None) -> None:
    assert ged.left_out(make(**changes)) == reason


def test_an_open_toll_without_any_figure_is_no_death_told(make: Make) -> None:
    assert ged.left_out(make(fatalities_low=0, fatalities_high=None)) == "no death told"
    assert ged.left_out(make(killed(None, 3), fatalities_low=0, fatalities_high=None)) is None


def test_what_was_left_out_is_counted_beside_the_file(records: Records, atlas: Any) -> None:
    about = json.loads("".join(ged.write_about(records, atlas)))
    assert about["notes"][1] == {"written": 1, "left_out": {"not placed": 1}}
    assert [column["name"] for column in about["tableSchema"]["columns"]] == list(ged.COLUMNS)
    assert about["notes"][0]["credits"] == [dict(credit) for credit in atlas.credits]
    assert "not established facts" in about["dc:description"]


# --- between whom -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "violence", "side_a", "side_b", "states"),
    [
        ({}, 1, "Government of Afghanistan", "Resistance forces", (700, None)),
        ({"actor1": "Taliban", "actor2": "Resistance forces"}, 1, "Government of Afghanistan", "Resistance forces", (700, None)),
        ({"actor1": "Taliban", "actor2": "ISKP", "event_date": date(2021, 7, 1)}, 2, "ISKP", "Taliban", (None, None)),
        ({"actor1": "ISKP", "actor2": "NATO forces"}, 1, "NATO forces", "ISKP", (None, None)),
        (ASSAULT, 3, "ISKP", "Civilians", (None, None)),
        ({**ASSAULT, "actor1": "Taliban"}, 3, "Government of Afghanistan", "Civilians", (700, None)),
        ({**STRIKE, "actor1": "Civilians", "actor2": "Taliban"}, 3, "Government of Afghanistan", "Civilians", (700, None)),
        (
            {
                "event_type": "Protests",
                "sub_event_type": "Excessive force against protesters",
                "actor1": "Taliban",
                "actor2": "Protesters",
            },
            3,
            "Government of Afghanistan",
            "Civilians",
            (700, None),
        ),
    ],
)
def test_the_type_of_violence_and_the_sides(
    make: Make,
    records: Records,
    changes: dict[str, Any],
    violence: int,
    side_a: str,
    side_b: str,
    states: tuple[int | None, int | None],
) -> None:
    row = cells(make(**changes), records)
    assert (row["type_of_violence"], row["side_a"], row["side_b"]) == (violence, side_a, side_b)
    assert row["dyad_name"] == f"{side_a} - {side_b}"
    assert (row["gwnoa"], row["gwnob"]) == states


# --- how many died ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second", "changes", "deaths", "estimates"),
    [
        (killed(None, 40), killed(60, None), {}, (40, 0, 0, 0), (40, 40, 60)),
        (killed(5, 5), None, {"fatalities_low": 5, "fatalities_high": 5}, (5, 0, 0, 0), (5, 5, 5)),
        (killed(5, 5), killed(3, 3, "Resistance forces"), {"fatalities_low": 8, "fatalities_high": 8}, (5, 3, 0, 0), (8, 8, 8)),
        (killed(5, 5, None), killed(3, 3), {"fatalities_low": 3, "fatalities_high": 5}, (3, 0, 0, 0), (3, 3, 5)),
        (killed(5, 5, None), None, {"fatalities_low": 5, "fatalities_high": 5}, (0, 0, 0, 5), (5, 5, 5)),
        (killed(9, 9, "Civilians"), None, {**ASSAULT, "fatalities_low": 9, "fatalities_high": 9}, (0, 0, 9, 0), (9, 9, 9)),
        (
            killed(9, 9, "Civilians"),
            killed(4, 4, "ISKP"),
            {**ASSAULT, "fatalities_low": 4, "fatalities_high": 9},
            (4, 0, 0, 0),
            (4, 4, 9),
        ),
        (killed(60, None, over=3), None, {"fatalities_low": 20, "fatalities_high": None}, (20, 0, 0, 0), (20, 20, 20)),
        (None, None, {"fatalities_low": 0, "fatalities_high": 31}, (0, 0, 0, 0), (0, 0, 31)),
        (killed(9, 9), killed(9, 9, "Resistance forces"), {"fatalities_low": 9, "fatalities_high": 9}, (0, 0, 0, 9), (9, 9, 9)),
    ],
)
def test_estimates_and_whose_dead_they_are(
    make: Make,
    records: Records,
    first: Count | None,
    second: Count | None,
    changes: dict[str, Any],
    deaths: tuple[int, ...],
    estimates: tuple[int, ...],
) -> None:
    row = cells(make(first, second, **changes), records)
    assert tuple(row[f"deaths_{side}"] for side in ("a", "b", "civilians", "unknown")) == deaths
    assert (row["low"], row["best"], row["high"]) == estimates
    assert sum(deaths) == row["best"]


# --- when, where, by whom -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("precision", "date_prec", "start", "end"),
    [(1, 1, "2021-08-20", "2021-08-20"), (2, 3, "2021-08-17", "2021-08-23"), (3, 4, "2021-08-01", "2021-08-31")],
)
def test_a_day_is_a_span_as_wide_as_it_is_vague(
    make: Make, records: Records, precision: int, date_prec: int, start: str, end: str
) -> None:
    row = cells(make(time_precision=precision), records)
    assert (row["date_prec"], row["date_start"], row["date_end"]) == (date_prec, start, end)


@pytest.mark.parametrize(
    ("place", "geo_precision", "where_prec"), [(BANU, 1, 1), (DEH_SALAH, 2, 3), (BAGHLAN, 3, 4), (ROAD, 3, 5)]
)
def test_how_exactly_it_is_placed(make: Make, records: Records, place: Place, geo_precision: int, where_prec: int) -> None:
    assert cells(make(place=place, geo_precision=geo_precision), records)["where_prec"] == where_prec


@pytest.mark.parametrize(
    ("latitude", "longitude", "cell"), [(-89.9, -179.9, 1), (89.9, 179.9, 259200), (0.1, 0.1, 129961), (35.6571, 69.3365, 181219)]
)
def test_the_cell_of_the_grid(make: Make, records: Records, latitude: float, longitude: float, cell: int) -> None:
    assert cells({**make(), "latitude": latitude, "longitude": longitude}, records)["priogrid_gid"] == cell


def test_the_original_speakers_are_named_beside_the_outlets(records: Records, atlas: Any) -> None:
    frame = pandas.read_csv(io.StringIO("".join(ged.write(records, atlas))))
    assert tuple(frame.columns) == ged.COLUMNS
    row = frame.iloc[0]
    assert row["source_original"] == "Mohammadi"
    assert (row["source_office"], row["source_date"], row["number_of_sources"]) == ("The Wire", "2021-08-21", 2)
    assert row["source_article"] == '"The Wire,2021-08-21,";",,"'
    assert (row["relid"], row["country_id"], row["region"]) == ("AFG-0001", 700, "Asia")
    assert (row["geom_wkt"], row["event_clarity"]) == ("POINT (69.3365 35.6571)", 1)


def test_what_is_ucdps_to_give_stays_blank(records: Records, atlas: Any) -> None:
    row = next(csv.DictReader(io.StringIO("".join(ged.write(records, atlas)), newline="")))
    blank = {name for name in row if name.endswith(("_dset_id", "_new_id"))} | {
        "id",
        "conflict_name",
        "active_year",
        "code_status",
    }
    assert {row[name] for name in blank} == {""}


def test_a_total_over_several_places_is_less_clear(make: Make, records: Records) -> None:
    assert cells(make(killed(60, None, over=3)), records)["event_clarity"] == 2


def test_a_headline_runs_nowhere(records: Records, atlas: Any) -> None:
    records.events[0]["properties"]["sources"][0]["title"] = "=1+1"
    assert next(csv.DictReader(io.StringIO("".join(ged.write(records, atlas)), newline="")))["source_headline"] == "'=1+1"
