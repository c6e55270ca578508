"""A Result: the same findings as frames, files, and words."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import geopandas
import pandas
import pytest
from small_run import make_event

from mapper.actors import Actors
from mapper.errors import OutputError, UnknownNameError
from mapper.model import Findings, Tracing
from mapper.result import Result
from mapper.settings import Settings


@pytest.fixture
def result(findings: Findings, atlas: Any, parties: Actors) -> Result:
    return Result(findings, atlas, parties, Settings())


def test_frames_hold_every_row(result: Result) -> None:
    sizes = [
        len(frame) for frame in (result.articles, result.toponyms, result.claims, result.origins, result.events, result.control)
    ]
    assert sizes == [3, 2, 3, 2, 2, 2]
    assert isinstance(result.events, geopandas.GeoDataFrame)


FRAMES = ("articles", "toponyms", "claims", "origins", "events", "control")


def test_a_run_that_found_nothing_keeps_columns_types_and_crs(result: Result, atlas: Any, parties: Actors) -> None:
    empty = Result(Findings((), (), (), (), Tracing((), {}, (), ()), (), ()), atlas, parties, Settings())
    for name in FRAMES:
        full, none = getattr(result, name), getattr(empty, name)
        assert len(none) == 0
        assert none.dtypes.to_dict() == full.dtypes.to_dict()
        assert type(none) is type(full)
    assert empty.events.crs == empty.control.crs == "EPSG:4326"
    assert empty.contradictions().dtypes.to_dict() == result.contradictions().dtypes.to_dict()
    assert "0 articles read" in empty._repr_html_()


@pytest.mark.parametrize("name", FRAMES)
def test_a_frame_tells_its_chief_columns_and_none_that_it_lacks(result: Result, name: str) -> None:
    told = set(re.findall(r"\b[a-z0-9]+(?:_[a-z0-9]+)+\b", getattr(Result, name).__doc__))
    known = {column for frame in FRAMES for column in getattr(result, frame).columns}
    assert told <= known | {"wounded_low", "pcode"}
    assert len(set(re.findall(r"\w+", getattr(Result, name).__doc__)) & set(getattr(result, name).columns)) >= 8


def test_contradictions_say_whose_version_each_value_is(result: Result) -> None:
    frame = result.contradictions()
    assert frame.columns.tolist() == ["event_id", "place", "date", "field", "value", "claim_ids", "outlets", "speakers", "quotes"]
    assert frame[["event_id", "field", "value", "claim_ids", "outlets", "speakers"]].to_numpy().tolist()[:2] == [
        ["AFG-0001", "killed", "40", ["c1"], ["The Wire"], ["Mohammadi (tweet)"]],
        ["AFG-0001", "killed", "60", ["c2"], [None], ["unnamed outlet"]],
    ]
    assert str(frame["date"].dtype) == "datetime64[s]"
    each = frame.explode(["claim_ids", "outlets", "speakers", "quotes"])
    quotes = result.claims.set_index("claim_id")["quote"]
    assert (each["claim_ids"].map(quotes) == each["quotes"]).all()


def test_a_view_is_a_text_and_a_page(result: Result) -> None:
    for view in (result.explain("AFG-0001"), result.article("a"), result.claim("c1"), result.place("AF0908")):
        assert isinstance(view, str)
        assert "Resistance forces took" in view._repr_html_()
    with pytest.raises(UnknownNameError, match="no event 'x'; expected one of the 2"):
        result.explain("x")


def test_changing_a_frame_changes_nothing_here(result: Result) -> None:
    frame = result.claims
    frame["quote"] = "changed"
    assert "changed" not in result.claims["quote"].tolist()


def test_events_go_to_a_file_by_its_suffix(result: Result, tmp_path: Path) -> None:
    read_back = geopandas.read_file(result.to_file(tmp_path / "e.geojson"))
    assert read_back["event_id"].tolist() == ["AFG-0001", "AFG-0002"]
    assert read_back.crs == "EPSG:4326"
    assert pandas.read_csv(result.to_file(tmp_path / "e.csv"))["fatalities"].tolist() == [40, 40]
    with pytest.raises(UnknownNameError, match=r"no format for '\.docx'; expected \.geojson, \.csv, \.html"):
        result.to_file(tmp_path / "e.docx")
    with pytest.raises(OutputError, match="nowhere"):
        result.to_file(tmp_path / "nowhere" / "e.csv")


def test_the_summary_counts(result: Result) -> None:
    assert result.summary() == (
        "2 articles read, 1 rejected. 2 place names found, 1 of them refused. 3 claims from 2 origins, 1 of them independent. "
        "2 events, 1 without a place, 0 known from a changed report alone; claims of control for 2 places."
    )


def test_a_prompt_shows_one_line(result: Result) -> None:
    assert repr(result) == "<Result: 2 articles, 3 claims, 2 events, 2 origins>"


def test_a_notebook_shows_text_as_text(findings: Findings, atlas: Any, parties: Actors) -> None:
    nasty = "<script>alert(1)</script>"
    event = make_event(actor1=nasty, event_date=None, place=None, place_name=nasty, fatalities_low=0)
    shown = Result(replace(findings, events=(event,)), atlas, parties, Settings())._repr_html_()
    assert "<script" not in shown
    assert shown.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 2
    assert "<td>unknown</td>" in shown
    assert "<td>0 to ?</td>" in shown
