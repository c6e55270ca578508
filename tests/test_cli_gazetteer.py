"""The questions to the gazetteer on the command line: one name, a column of names."""

import csv
import io
import json

import pytest

from mapper.cli import main

KEYS = {
    *("place_id", "name", "kind", "feature_code", "country", "admin1", "admin1_pcode", "admin2", "admin2_pcode"),
    *("latitude", "longitude", "score", "reasons", "evidence"),
}
ASKED = 'id,where,adm_1,latitude\n1,Sangin,Helmand province,9\n2,"Kohistan district",,9\n3,Pol-e-Hesar,Baghlan,9\n4,,,9\n'


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "asked.csv"
    path.write_text(ASKED, encoding="utf-8")
    return path


def answered(capsys, *arguments):
    assert main(["gazetteer", "find", *map(str, arguments)]) == 0
    return capsys.readouterr().out


def test_one_name_is_answered_with_ranked_places_and_reasons(capsys):
    rows = json.loads(answered(capsys, "Khost, Baghlan", "--json"))
    assert rows[0].keys() == KEYS
    assert (rows[0]["place_id"], rows[0]["admin1_pcode"], rows[0]["admin2_pcode"]) == ("AF0913", "AF09", "AF0913")
    assert [row["score"] for row in rows] == sorted((row["score"] for row in rows), reverse=True)
    assert "lies in Baghlan" in rows[0]["reasons"]


@pytest.mark.parametrize("name", ["Kohistan", "Tolo News", "Nosuchplace", "a remote village", ""])
def test_what_is_refused_is_an_empty_list_and_no_success(capsys, name):
    assert main(["gazetteer", "find", name, "--json"]) == 1
    told = capsys.readouterr()
    assert json.loads(told.out) == [] and told.err.startswith("mapper: ")
    assert main(["gazetteer", "find", name]) == 1
    assert capsys.readouterr().err.startswith("mapper: ")


def test_a_refusal_names_what_is_level_and_candidates_are_told_on_demand(capsys):
    assert main(["gazetteer", "find", "Kohistan"]) == 1
    assert "(district, Badakhshan) or Kohistan (district, Faryab)" in capsys.readouterr().err
    told = answered(capsys, "Kohistan", "--candidates")
    assert "AF1708" in told and "AF2910" in told


def test_what_must_hold_is_said_by_options(capsys):
    (first, *_) = json.loads(answered(capsys, "Kohistan", "--within", "Faryab", "--json"))
    assert first["place_id"] == "AF2910"
    (first, *_) = json.loads(answered(capsys, "Andarab", "--on", "2003-05-01", "--limit", "1", "--json"))
    assert first["place_id"] == "AF0907-andarab-2004"


def test_a_temporary_district_is_joined_by_the_listed_one(capsys):
    (first, *_) = json.loads(answered(capsys, "Marjah", "--json"))
    assert (first["place_id"], first["admin2_pcode"], first["admin2"]) == ("AF3014", "AF3002", "Nad-e-Ali")


def test_a_column_is_answered_beside_the_rows_it_came_from(capsys, table):
    rows = list(csv.DictReader(io.StringIO(answered(capsys, "--file", table, "--column", "where", "--column", "adm_1"))))
    assert [row["id"] for row in rows] == ["1", "2", "3", "4"]
    assert [row["latitude"] for row in rows] == ["9"] * 4, "columns of the table are left as they are"
    assert [row["found_admin2_pcode"] for row in rows] == ["AF3008", "", "AF0912", ""]
    assert [bool(row["found_refused"]) for row in rows] == [False, True, False, True]
    assert float(rows[0]["found_latitude"]) == pytest.approx(32.07, abs=0.05)


def test_a_column_as_json_lines(capsys, table):
    lines = [json.loads(line) for line in answered(capsys, "--file", table, "--column", "where", "--json").splitlines()]
    assert [line["query"] for line in lines] == ["Sangin", "Kohistan district", "Pol-e-Hesar", ""]
    assert [bool(line["answers"]) for line in lines] == [True, False, True, False]
    assert lines[0]["answers"][0].keys() == KEYS


def test_tabs_and_plain_lines_and_stdin_are_read_too(capsys, tmp_path, monkeypatch):
    tabs, plain = tmp_path / "a.tsv", tmp_path / "a.txt"
    tabs.write_text(ASKED.replace(",", "\t"), encoding="utf-8-sig")
    plain.write_text("Sangin, Helmand\n\nPol-e-Hesar\n", encoding="utf-8")
    assert "AF3008" in answered(capsys, "--file", tabs, "--column", "where")
    assert [json.loads(line)["query"] for line in answered(capsys, "--file", plain, "--json").splitlines()] == [
        "Sangin, Helmand",
        "Pol-e-Hesar",
    ]
    monkeypatch.setattr("sys.stdin", io.StringIO("Sangin\n"))
    assert "AF3008" in answered(capsys, "--file", "-")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--file", "{table}"], "expected --column; its columns are id, where, adm_1, latitude"),
        (["--file", "{table}", "--column", "place"], "no column 'place'"),
        (["--file", "nowhere.csv", "--column", "place"], "nowhere.csv: cannot be read as a table"),
        (["Sangin", "--within", "Atlantis"], "no country, province or district"),
    ],
)
def test_what_cannot_be_asked_is_told_in_one_line(capsys, table, arguments, message):
    assert main(["gazetteer", "find", *(argument.format(table=table) for argument in arguments)]) == 1
    told = capsys.readouterr().err
    assert message in told and told.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["Sangin", "--file", "asked.csv"], "expected a NAME, or --file FILE"),
        ([], "expected a NAME, or --file FILE"),
        (["Sangin", "--column", "where"], "--column is one of a --file"),
        (["Sangin", "--limit", "0"], "expected 1 or more"),
        (["Sangin", "--on", "yesterday"], "is no day"),
    ],
)
def test_wrong_usage_is_told_as_such(capsys, arguments, message):
    with pytest.raises(SystemExit, match="2"):
        main(["gazetteer", "find", *arguments])
    assert message in capsys.readouterr().err


def test_a_table_is_given_back_as_it_is(capsys, tmp_path, monkeypatch):
    mark = "\N{RIGHT-TO-LEFT MARK}"
    path = tmp_path / "asked.csv"
    path.write_text(f'where,note\nSangin,"{mark}a ""b"", c"\n', encoding="utf-8")
    (row,) = csv.DictReader(io.StringIO(answered(capsys, "--file", path, "--column", "where")))
    assert row["note"] == f'{mark}a "b", c'
    monkeypatch.setattr("sys.stdin", io.StringIO("\ufeffwhere\nSangin\n"))
    assert "AF3008" in answered(capsys, "--file", "-", "--column", "where")
    path.write_text("where\n", encoding="utf-8")
    assert answered(capsys, "--file", path, "--column", "where").startswith("where,found_place_id,")


@pytest.mark.parametrize(
    ("header", "message"), [("where,found_name", "has a column found_name already"), ("where,a,a", "two columns of one name")]
)
def test_columns_of_one_name_are_refused(capsys, tmp_path, header, message):
    path = tmp_path / "asked.csv"
    path.write_text(f"{header}\nSangin,x,y\n", encoding="utf-8")
    assert main(["gazetteer", "find", "--file", str(path), "--column", "where"]) == 1
    assert message in capsys.readouterr().err
