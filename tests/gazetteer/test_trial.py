"""The gazetteer resolves the spellings of lists it has not seen, and place descriptions; a fault is told in words."""

import json

import pytest

from mapper import gazetteer
from mapper.cli import main
from mapper.errors import TableError
from mapper.gazetteer import trial
from mapper.gazetteer.trial import Tally, descriptions, spellings

PLACES = gazetteer.load()
HEADER = "description,pcode,longitude,latitude\n"


@pytest.fixture(scope="module")
def left_out():
    return spellings(PLACES)


def test_a_list_left_out_is_still_resolved_where_the_province_is_known(left_out):
    asked = left_out.tallies["spellings"]
    assert sum(asked) > 6000
    assert asked.recall >= 0.95 and asked.precision >= 0.99


def test_a_spelling_that_no_other_list_prints_is_harder_and_still_right_where_it_is_answered(left_out):
    alone = left_out.tallies["spellings_alone"]
    assert 1000 < sum(alone) < sum(left_out.tallies["spellings"])
    assert alone.precision >= 0.99 and alone.recall < left_out.tallies["spellings"].recall


def test_every_list_is_left_out_and_every_fault_names_its_list(left_out):
    assert {"OCHA COD-AB 2021", "AIMS", "IEC 2018", "MapSync", "GeoNames"} <= left_out.lists.keys()
    assert sum(map(sum, left_out.lists.values())) == sum(left_out.tallies["spellings"])
    assert all(fault.split(":")[0] in left_out.lists for fault in left_out.faults)


def test_descriptions_are_judged_by_district_distance_and_refusal(tmp_path):
    table = tmp_path / "asked.csv"
    rows = [
        ("Sangin, Helmand", "AF3008", "64.83", "32.07", "right"),
        ("Sangin, Helmand", "AF3008", "62.0", "30.0", "far"),
        ("Sangin, Helmand", "AF3009", "64.83", "32.07", "wrong"),
        ("Nosuchplace, Helmand", "AF3009", "64.83", "32.07", "refused"),
        ("Nosuchplace, Helmand", "AF30", "64.83", "32.07", "right"),
        ("Marjah", "AF3002", "64.1", "31.5", "right"),
        ("Kohistan", "", "", "", "right"),
        ("Sangin", "", "", "", "wrong"),
    ]
    table.write_text(HEADER + "".join(",".join((f'"{row[0]}"', *row[1:4])) + "\n" for row in rows), encoding="utf-8")
    trial = descriptions(PLACES, table)
    assert trial.tallies == {
        "descriptions": Tally(4, 1, 1),
        "descriptions_near": Tally(3, 1, 2),
        "refusals": Tally(1, 1, 0),
    }
    assert len(trial.faults) == sum(row[4] != "right" for row in rows)
    assert trial.figures()["descriptions.precision"] == 0.8


@pytest.mark.parametrize(
    ("content", "row"),
    [
        ("place,pcode\nSangin,AF3008\n", "row 1"),
        ("", "row 1"),
        (HEADER + "Sangin\n", "row 2"),
        (HEADER + "Sangin,AF3008,east,32\n", "row 2"),
    ],
)
def test_a_table_of_another_shape_is_refused_by_file_and_row(tmp_path, content, row):
    table = tmp_path / "asked.csv"
    table.write_text(content, encoding="utf-8")
    with pytest.raises(TableError, match=f"asked.csv, {row}"):
        descriptions(PLACES, table)


def test_a_tally_of_nothing_is_no_failure():
    assert Tally(0, 0, 0).precision == Tally(0, 0, 0).recall == 1.0


def test_the_measurement_prints_a_table_or_figures_and_holds_floors(left_out, capsys, tmp_path, monkeypatch):
    monkeypatch.setattr(trial, "spellings", lambda places: left_out if places is PLACES else None)  # it takes seconds
    asked, floors = tmp_path / "descriptions.csv", tmp_path / "floors.json"
    asked.write_text(HEADER + "Sangin,AF3008,64.83,32.07\n", encoding="utf-8")
    arguments = ["gazetteer", "eval", "--descriptions", str(asked), "--floors", str(floors)]
    assert main([*arguments, "--update", "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["spellings.precision"] >= 0.99 and figures["descriptions.recall"] == 1.0
    asked.write_text(HEADER + "Sangin,AF3009,64.83,32.07\n", encoding="utf-8")
    assert main([*arguments, "--errors"]) == 1
    told = capsys.readouterr()
    assert "'Sangin', AF3009: wrong, AF3008 Sangin" in told.out
    assert "below its floor: gazetteer-AFG descriptions.recall: 0.0000 < 1.0000" in told.err
