"""Events of a run held against those of another, or against a table of the user's own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import geopandas
import numpy
import pandas
import pytest
from small_run import DAY, make_event

from mapper import gazetteer
from mapper.actors import Actors
from mapper.errors import TableError
from mapper.exports.comparison import Comparison
from mapper.exports.comparison.entries import read, read_table
from mapper.gazetteer import Gazetteer
from mapper.model import Event, Findings
from mapper.result import Result
from mapper.settings import Settings


@pytest.fixture(scope="module")
def places() -> Gazetteer:
    return gazetteer.load()


@pytest.fixture
def run(findings: Findings, places: Gazetteer, parties: Actors) -> Any:
    """Make a run that found these events."""

    def make(*events: Event) -> Result:
        return Result(replace(findings, events=events), places, parties, Settings())

    return make


def taking(id_: str = "event-1", place: str = "AF0908", places: Gazetteer | None = None, **changes: Any) -> Event:
    given = {"place": places.places[place], "place_name": None} if places else {}
    return make_event(id=id_, **given, **changes)


def ids(comparison: Comparison) -> tuple[list[tuple[str, str]], list[str], list[str]]:
    pairs = list(zip(comparison.both["here"], comparison.both["there"], strict=True))
    there = comparison.only_there
    return pairs, comparison.only_here["event_id"].tolist(), there[there.columns[0]].tolist()


# --- with a table -------------------------------------------------------------------------------

TAKING = {"id": "x", "event_date": "2021-08-20", "admin1": "Baghlan", "admin2": "Deh Salah", "event_type": "Battles"}


@pytest.mark.parametrize(
    ("changes", "matched_by"),
    [
        ({}, "place, day and type"),
        ({"admin2": "De Salah"}, "place, day and type"),
        ({"admin1": None, "admin2": None, "pcode": "AF0908"}, "place, day and type"),
        ({"admin2": "elsewhere", "pcode": "AF0908"}, "place, day and type"),
        ({"admin1_pcode": "AF09"}, "place, day and type"),
        ({"admin1_pcode": "AF09", "admin1": None}, "place, day and type"),
        ({"admin2_pcode": "AF0908", "admin1": None, "admin2": None, "village": "Qasan"}, "district, day and type"),
        ({"admin2_pcode": "AF0908", "admin2": None}, "place, day and type"),
        ({"pcode": "AFG"}, "place, day and type"),
        ({"admin1_pcode": "AF09", "admin2": "elsewhere"}, "province, day and type"),
        ({"admin1_pcode": "AF09", "admin2": None, "location": "Qasan"}, "district, day and type"),
        ({"admin1_pcode": "AF09", "admin2_pcode": "AF0908", "admin2": None}, "place, day and type"),
        ({"pcode": "AF09", "adm2_pcode": "AF0908", "admin2": None}, "place, day and type"),
        ({"admin2_pcode": "AF0908", "admin2": None, "location": "Deh Salah, Andarab"}, "place, day and type"),
        ({"admin2_pcode": "AF0908", "location": "Qasan"}, "district, day and type"),
        ({"admin2_pcode": "AF0908", "admin1": "Takhar", "admin2": "Taloqan"}, "place, day and type"),
        ({"place_id": "AF0908", "location": "Qasan"}, "place, day and type"),
        ({"place_id": "unknown", "admin2_pcode": "AF0908", "admin2": None}, "place, day and type"),
        ({"place_id": "unknown", "admin2_pcode": "2317", "admin1_pcode": "AF09", "admin2": None}, "province, day and type"),
        ({"location": "Qasan"}, "district, day and type"),
        ({"location": "Nobodyknowsit"}, "place, day and type"),
        ({"admin2": None}, "province, day and type"),
        ({"event_date": "20 August 2021"}, "place, day and type"),
        ({"event_date": "20-Aug-2021"}, "place, day and type"),
        ({"event_date": "2021-08-20 00:00:00"}, "place, day and type"),
        ({"event_date": "2021-08-23", "time_precision": 2}, "place, day and type"),
        ({"event_date": "2021-08-01", "time_precision": "3.0"}, "place, day and type"),
        ({"event_type": None}, "place, day and type"),
        ({"event_type": None, "sub_event_type": "Armed clash"}, "place, day and type"),
        ({"event_type": "BATTLES"}, "place, day and type"),
        ({"event_type": None, "sub_event_type": "armed CLASH"}, "place, day and type"),
    ],
    ids=lambda case: ", ".join(f"{name}={value}" for name, value in case.items()) if isinstance(case, dict) else "",
)
def test_a_row_of_ones_own_is_known_by_place_day_and_type(run: Any, changes: dict[str, Any], matched_by: str) -> None:
    found = run(taking()).compare(pandas.DataFrame([TAKING | changes]))
    assert ids(found) == ([("event-1", "x")], [], [])
    assert found.both["matched_by"].tolist() == [matched_by]


@pytest.mark.parametrize(
    ("changes", "why", "why_here"),
    [
        ({"admin2": "Khinjan"}, "no event of this place", "no event of this place"),
        ({"admin1": "Takhar", "admin2": "Taloqan"}, "no event of this place", "no event of this place"),
        ({"admin1": "Nowhere", "admin2": None}, "'Nowhere': no place of that name", "no event of this place"),
        ({"admin1": None, "admin2": None}, "not placed", "no event of this place"),
        ({"admin1": None, "admin2": None, "pcode": "2317", "admin1_pcode": "23"}, "no place '2317'", "no event of this place"),
        ({"admin1_pcode": "AF09", "admin2": "Khinjan"}, "no event of this place", "no event of this place"),
        ({"event_date": "2021-08-21"}, "no event of this place on that day", "no event of this place on that day"),
        ({"event_date": "2021-08-24", "time_precision": 2}, "no event of this place on that day", "no event of this place on that day"),
        ({"event_date": "2021-09-01", "time_precision": 3}, "no event of this place on that day", "no event of this place on that day"),
        ({"event_date": None}, "no day", "no event of this place on that day"),
        ({"event_date": "08/20/2021"}, "'08/20/2021' is no day; expected one like 2021-08-20 or 20 August 2021",
         "no event of this place on that day"),
        ({"event_date": "31 February 2021"}, "'31 February 2021' is no day; expected one like 2021-08-20 or 20 August 2021",
         "no event of this place on that day"),
        ({"event_type": "Riots"}, "no event of that type there and then", "no event of that type there and then"),
    ],
    ids=lambda case: ", ".join(f"{name}={value}" for name, value in case.items()) if isinstance(case, dict) else "",
)  # fmt: skip
def test_a_row_without_a_partner_says_why(run: Any, changes: dict[str, Any], why: str, why_here: str) -> None:
    found = run(taking()).compare(pandas.DataFrame([TAKING | changes]))
    assert ids(found) == ([], ["event-1"], ["x"])
    assert found.only_there["why_unmatched"].tolist() == [why]
    assert found.only_here["why_unmatched"].tolist() == [why_here]


def test_each_record_has_one_partner_and_the_closest_wins(run: Any) -> None:
    rows = [
        TAKING | {"id": "province", "admin2": None},
        TAKING | {"id": "other", "sub_event_type": "Armed clash"},
        TAKING | {"id": "same", "sub_event_type": "Non-state actor overtakes territory"},
    ]
    found = run(taking()).compare(pandas.DataFrame(rows))
    assert ids(found) == ([("event-1", "same")], [], ["province", "other"])
    assert found.only_there["why_unmatched"].tolist() == ["another record is closer"] * 2


def test_differences_are_told_field_by_field_and_a_blank_cell_says_nothing(run: Any) -> None:
    row = TAKING | {"event_date": "2021-08-21", "time_precision": 2, "fatalities": 12.0, "actor1": "TALIBAN", "actor2": None}
    found = run(taking(actor1="Taliban")).compare(pandas.DataFrame([row]))
    told = found.differing[["here", "there", "field", "value_here", "value_there"]].to_numpy().tolist()
    assert told == [["event-1", "x", "event_date", "2021-08-20", "2021-08-21"], ["event-1", "x", "fatalities", "40", "12"]]
    assert found.both["differing"].tolist() == [["event_date", "fatalities"]]


def test_what_a_run_could_not_place_is_known_by_its_name(run: Any) -> None:
    lost = make_event(id="event-1", place=None, place_name="Nowhere", geo_precision=None)
    row = {"location": "NOWHERE", "event_date": DAY, "event_type": "Battles"}
    assert len(run(lost).compare(pandas.DataFrame([row])).both) == 1


def test_a_place_that_a_run_refused_is_not_placed_by_comparing(run: Any) -> None:
    lost = make_event(id="event-1", place=None, place_name="Deh Salah", geo_precision=None)
    found = run(lost).compare(pandas.DataFrame([TAKING]))
    assert found.only_here["why_unmatched"].tolist() == ["not placed"]


def test_rows_keep_their_columns_types_and_index(run: Any) -> None:
    mine = pandas.DataFrame([TAKING | {"note": "mine"}, TAKING | {"event_date": "2020-01-01", "note": "old"}], index=[7, 9])
    found = run(taking(), taking("event-2", event_date=date(2019, 1, 1))).compare(mine)
    assert found.only_there.loc[9, "note"] == "old"
    assert isinstance(found.only_here, geopandas.GeoDataFrame)
    assert found.only_here.crs == "EPSG:4326"
    assert mine.columns.tolist() == [*TAKING, "note"]


@pytest.mark.parametrize("cell", [["a", "b"], numpy.array([1, 2]), {"a": 1}, {1}, object()], ids=lambda cell: type(cell).__name__)
def test_a_cell_that_is_no_single_value_says_nothing(run: Any, cell: Any) -> None:
    row = TAKING | {"fatalities": cell, "sub_event_type": cell}
    found = run(taking()).compare(pandas.DataFrame([row, TAKING | {"id": "y", "event_date": cell}]))
    assert len(found.differing) == 0
    assert found.only_there["why_unmatched"].tolist() == ["no day"]
    assert "no day" in found._repr_html_()


def test_nothing_against_nothing_keeps_types(run: Any) -> None:
    found = run().compare(pandas.DataFrame([TAKING]).iloc[:0])
    assert isinstance(found.only_here, geopandas.GeoDataFrame)
    assert found.only_here.crs == "EPSG:4326"
    assert found.both["event_date"].dtype == "datetime64[s]"
    assert {str(dtype) for dtype in found.differing.dtypes} == {"string"}
    assert str(found) == "0 in both, 0 only here, 0 only there. Fields that differ: none."


def test_a_csv_file_is_read_as_it_is_written_elsewhere(run: Any, tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("\ufeffEvent Date,Admin1,ADMIN2\n20 August 2021,Baghlan,Deh Salah\n", encoding="utf-8")
    found = run(taking()).compare(tmp_path / "mine.csv")
    assert ids(found)[0] == [("event-1", "row 1")]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "cannot be read"),
        (b"\xff\xfe\x00", "cannot be read"),
        (b'a,b\n"never closed', "cannot be read"),
        (b"admin2\nDeh Salah\n", "no column for the day of an event; expected one of event_date, date, day"),
        (b"event_date\n2021-08-20\n", "no column for the place of an event; expected one of place_id, admin2_pcode"),
    ],
)
def test_a_table_that_cannot_be_compared_says_what_it_lacks(run: Any, tmp_path: Path, content: bytes, says: str) -> None:
    (tmp_path / "mine.csv").write_bytes(content)
    with pytest.raises(TableError, match=rf"mine\.csv: {says}"):
        run(taking()).compare(tmp_path / "mine.csv")
    with pytest.raises(TableError, match=r"nowhere\.csv: cannot be read"):
        run(taking()).compare(tmp_path / "nowhere.csv")


# --- with another run ---------------------------------------------------------------------------


def test_a_run_agrees_with_itself(run: Any, findings: Findings) -> None:
    result = run(*findings.events)
    found = result.compare(result)
    assert found.both["matched_by"].tolist() == ["event_id"] * len(findings.events)
    assert str(found) == "2 in both, 0 only here, 0 only there. Fields that differ: none."


def test_of_two_runs_the_same_id_counts_before_the_same_place(run: Any, places: Gazetteer) -> None:
    here = run(taking("event-1"), taking("event-2"))
    there = run(taking("event-2", "AF0912", places), taking("event-3"))
    found = here.compare(there)
    assert ids(found)[0] == [("event-1", "event-3"), ("event-2", "event-2")]
    assert found.both["matched_by"].tolist() == ["place, day and type", "event_id"]
    assert found.differing[["field", "value_here", "value_there"]].to_numpy().tolist() == [
        ["location", "Deh Salah (AF0908)", "Pul-e-Hisar (AF0912)"]
    ]


def test_of_two_runs_an_open_end_differs_from_a_number(run: Any) -> None:
    found = run(taking()).compare(run(taking(fatalities_high=60)))
    assert found.differing[["field", "value_here", "value_there"]].to_numpy().tolist() == [["fatalities_high", "open", "60"]]


def test_both_ways_see_the_same_pairs(run: Any, places: Gazetteer) -> None:
    here = run(taking("event-1"), taking("event-4", "AF0912", places), taking("event-5", "AF09", places))
    there = run(taking("event-2", time_precision=2, event_date=date(2021, 8, 22)), taking("event-3", "AF0912", places))
    forth, back = here.compare(there), there.compare(here)
    assert ids(forth)[0] == [("event-1", "event-2"), ("event-4", "event-3")]
    assert sorted((b, a) for a, b in ids(back)[0]) == sorted(ids(forth)[0])


# --- what is shown ------------------------------------------------------------------------------


def test_a_notebook_is_shown_text_as_text(run: Any) -> None:
    nasty = "<script>alert(1)</script>"
    rows = [TAKING | {"id": f"{nasty}{number}", "actor1": nasty} for number in range(30)]
    shown = run(taking()).compare(pandas.DataFrame(rows))._repr_html_()
    assert "<script" not in shown
    assert "and 9 more" in shown
    assert "1 in both, 0 only here, 29 only there. Fields that differ: actor1 (1)." in shown


def test_sub_event_types_are_known_in_any_case(places: Gazetteer) -> None:
    entry = read(
        pandas.DataFrame([{"event_date": "2021-08-20", "pcode": "AF0908", "sub_event_type": "peaceful PROTEST"}]),
        places,
        "x",
        run=False,
    )
    assert entry[0].event_type == "Protests"


def test_a_row_of_tags_is_no_event(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("event_date,pcode,note\n#date+occurred,#adm2+code,\n2021-08-20,AF0908,x\n", encoding="utf-8")
    assert read_table(tmp_path / "a.csv")["pcode"].tolist() == ["AF0908"]


def test_a_table_of_few_columns_says_once_why(run: Any) -> None:
    shown = run(taking()).compare(pandas.DataFrame([{"event_date": "2021-01-01", "admin1": "Baghlan"}]))._repr_html_()
    assert shown.count("<bdi>why_unmatched</bdi>") == 2  # here and there
