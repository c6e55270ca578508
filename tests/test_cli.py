"""The command line: exit codes, one line for an error, and output that a terminal cannot be steered by."""

from __future__ import annotations

import argparse
import json
import os
import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from mapper import cli
from mapper.cli import main, manual

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds"
STORY = "published: 2021-08-21\noutlet: The Wire\n\nTaliban fighters captured Banu district in Baghlan province on Friday, residents said.\n"


def run(*arguments: str | Path, **options: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mapper.cli", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, **options)  # type: ignore[call-overload]


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "in" / "a.txt"
    path.parent.mkdir()
    path.write_text(STORY)
    return path


# --- run ----------------------------------------------------------------------------------------


def test_run_writes_every_file_and_says_where_the_map_is(story: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", str(story), "--out", str(tmp_path / "out")]) == 0
    said = capsys.readouterr()
    assert said.out.startswith(f"Map: {tmp_path / 'out' / 'map.html'}\n1 article read, 0 rejected. ")
    assert said.err == ""
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(
        [
            "map.html",
            "events.geojson",
            "events.csv",
            "claims.jsonl",
            "toponyms.jsonl",
            "control.geojson",
            "credits.txt",
            "origins.jsonl",
            "articles.jsonl",
        ]
    )


def test_quiet_says_nothing(story: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", str(story), "--out", str(tmp_path / "out"), "--quiet"]) == 0
    assert capsys.readouterr() == ("", "")


def test_rejected_inputs_are_named_and_stop_nothing(story: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (story.parent / "b.txt").write_bytes(b"")
    (story.parent / "c\x1b[31m\n.txt").write_bytes(b"\0\1\2")
    assert main(["run", str(story.parent), "--out", str(tmp_path / "out")]) == 0
    assert capsys.readouterr().err.splitlines() == [
        "rejected b.txt: empty",
        "rejected c\\u001b[31m .txt: holds NUL bytes; expected text",
    ]


def test_many_rejected_inputs_are_counted(story: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(15):
        (story.parent / f"{number:02}.pdf").write_bytes(b"%PDF")
    main(["run", str(story.parent), "--out", str(tmp_path / "out")])
    lines = capsys.readouterr().err.splitlines()
    assert (len(lines), lines[-1]) == (11, "rejected 5 more")
    main(["run", str(story.parent), "--out", str(tmp_path / "out"), "--verbose"])
    assert len(capsys.readouterr().err.splitlines()) == 16


def test_a_folder_without_articles_is_one_line_and_1_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in").mkdir()
    assert main(["run", str(tmp_path / "in"), "--out", str(tmp_path / "out")]) == 1
    assert (
        capsys.readouterr().err
        == f"mapper: {tmp_path / 'in'}: holds no article; expected files such as .txt, .html, .pdf, .csv or .zip\n"
    )
    assert not (tmp_path / "out").exists()


def test_nothing_but_rejected_inputs_is_1_and_the_reasons_are_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    assert main(["run", str(tmp_path / "a.txt"), "--out", str(tmp_path / "out")]) == 1
    assert "no article was read; the reasons stand in" in capsys.readouterr().err
    assert json.loads((tmp_path / "out" / "articles.jsonl").read_text())["rejected"] == "empty"


@pytest.mark.parametrize(
    "arguments",
    [
        ["run", "nowhere.txt", "--out", "{tmp}/out"],
        ["run", "{story}", "--out", "{story}"],
        ["run", "{story}", "--out", "{tmp}/out", "--sources", "nowhere.csv"],
        ["run", "{story}", "--out", "{tmp}/out", "--country", "XXX"],
        ["run", "{story}", "--out", "{tmp}/out", "--boundaries", "nowhere.geojson"],
        ["explain", "E1", "--in", "{tmp}"],
        ["export", "x.kml", "--in", "{tmp}"],
        ["gazetteer", "find", "Xyzzyville"],
        ["geoparse", "nowhere.txt"],
        ["claims", "nowhere.txt"],
        ["eval", "{tmp}"],
    ],
    ids=" ".join,
)
def test_an_error_is_one_line_and_1(
    arguments: list[str], story: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([word.format(tmp=tmp_path, story=story) for word in arguments]) == 1
    said = capsys.readouterr()
    assert said.err.startswith("mapper: ")
    assert said.err.count("\n") == 1
    assert said.out == ""


@pytest.mark.parametrize(
    "arguments", [[], ["dance"], ["run"], ["run", "a.txt"], ["run", "a.txt", "--out", "o", "--published", "soon"]]
)
def test_wrong_usage_is_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit_:
        main(arguments)
    assert exit_.value.code == 2
    assert "usage: mapper" in capsys.readouterr().err


# --- inputs -------------------------------------------------------------------------------------


def test_a_dry_run_lists_what_would_be_read_and_writes_nothing(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (story.parent / "b.jsonl").write_text('{"text": "Banu is quiet, one elder of the valley said."}\n{broken\n')
    (story.parent / "copy.txt").write_text(STORY)
    before = sorted(story.parent.rglob("*"))
    assert main(["run", str(story.parent), "--dry-run"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "would read a.txt as a: 12 words, The Wire, 2021-08-21; also at copy.txt",
        "would read b.jsonl#1 as b-1: 9 words, outlet unknown, day unknown",
        "would reject b.jsonl#2: row 2: not JSON (Expecting property name enclosed in double quotes at character 1)",
        "would reject copy.txt: the same text as a",
        "2 would be read, 2 rejected; nothing was written",
    ]
    assert sorted(story.parent.rglob("*")) == before


def test_a_dry_run_that_would_read_nothing_is_1(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    story.write_bytes(b"")
    assert main(["run", str(story), "--dry-run"]) == 1
    assert "no article would be read; the reasons stand above" in capsys.readouterr().err


def test_a_dry_run_asks_nobody(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "https://wire.invalid/a", "--dry-run", "--fetch"]) == 0
    assert (
        capsys.readouterr().out
        == "would fetch https://wire.invalid/a\n0 would be read, 0 rejected, 1 fetched; nothing was written\n"
    )


def test_a_run_without_a_folder_to_write_into_is_2(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["run", str(story)])
    assert "expected --out DIR, or --dry-run" in capsys.readouterr().err


def test_json_lines_go_in_and_claims_come_out(tmp_path: Path) -> None:
    rows = [{"id": f"n{at}", "text": f"Taliban fighters captured {place} district on Friday, residents said.", "published": "2021-08-21"}
            for at, place in enumerate(["Burka", "Nahrin"])]  # fmt: skip
    said = run("claims", "-", input="\n".join(map(json.dumps, rows)))
    assert said.returncode == 0, said.stderr
    assert [(claim["article_id"], claim["place_name"]) for claim in map(json.loads, said.stdout.splitlines())] == [
        ("n0", "Burka"),
        ("n1", "Nahrin"),
    ]


def test_columns_are_named_by_an_option(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    story.unlink()
    (story.parent / "t.csv").write_text("Inhalt;Medium\nBanu is quiet, one elder said.;W\n")
    assert main(["run", str(story.parent), "--dry-run", "--columns", "text=Inhalt, outlet=Medium"]) == 0
    assert "6 words, W, day unknown" in capsys.readouterr().out
    assert main(["run", str(story.parent), "--dry-run", "--columns", "mediacloud"]) == 1
    for wrong in ("Inhalt", "body=Inhalt", "text=", "text"):
        with pytest.raises(SystemExit, match="2"):
            main(["run", str(story.parent), "--dry-run", "--columns", wrong])


def test_nothing_is_fetched_unasked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "https://wire.invalid/a", "--out", str(tmp_path / "out")]) == 1
    assert capsys.readouterr().err == (
        "mapper: https://wire.invalid/a: an address, and nothing is fetched unasked; add --fetch, or save the page to a file\n"
    )


def test_what_may_not_be_fetched_is_rejected_beside_what_is_read(
    story: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    addresses = ["http://127.0.0.1:9/a", "file:///etc/passwd"]
    assert (
        main(["run", str(story), *addresses, "--fetch", "--cache", str(tmp_path / "kept"), "--out", str(tmp_path / "out")]) == 0
    )
    assert capsys.readouterr().err.splitlines() == [
        "rejected http://127.0.0.1:9/a: 127.0.0.1 is at 127.0.0.1, which is no public address",
        "rejected file:///etc/passwd: expected http:// or https:// and a host",
    ]
    assert not (tmp_path / "kept").exists()


# --- the other verbs ----------------------------------------------------------------------------


def test_place_names_and_claims_come_as_json_lines(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["geoparse", str(story)]) == 0
    names = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["text"] for row in names] == ["Banu", "Baghlan"]
    assert main(["claims", str(story)]) == 0
    (claim,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (claim["control"], claim["actor"], claim["event_date"]) == ("gained", "Taliban", "2021-08-20")


def test_an_event_is_explained_from_the_files_of_a_run(story: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["run", str(story), "--out", str(tmp_path / "out"), "--quiet"])
    (event,) = json.loads((tmp_path / "out" / "events.geojson").read_text())["features"]
    assert main(["explain", event["properties"]["event_id"], "--in", str(tmp_path / "out")]) == 0
    said = capsys.readouterr().out
    assert "> Taliban fighters captured Banu district in Baghlan province on Friday, residents said." in said
    assert "Taliban gained it; said by residents" in said


# --- further files ------------------------------------------------------------------------------


def test_further_formats_are_written_by_name(story: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert main(["run", str(story), "--out", str(out), "--quiet", "--format", "kml, ged", "--hxl"]) == 0
    assert {path.name for path in out.iterdir()} > {"events.kml", "events.ged.csv", "events.ged.csv-metadata.json"}
    assert (out / "events.csv").read_text(encoding="utf-8").splitlines()[1].startswith("#event+code,#date+occurred,")


def test_an_unknown_format_is_one_line_before_anything_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "nowhere.txt", "--out", str(tmp_path / "out"), "--format", "shp"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("mapper: no format 'shp'; expected gpkg, parquet, ")
    assert said.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_a_missing_library_is_one_line_that_names_the_extra(
    story: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    assert main(["run", str(story), "--out", str(tmp_path / "out"), "--format", "xlsx"]) == 1
    assert "'conflict-event-mapper[xlsx]'" in capsys.readouterr().err


def test_files_of_an_earlier_run_are_those_that_it_would_have_written(story: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    main(["run", str(story), "--out", str(out), "--quiet", "--format", "gpkg,kml"])
    made = [tmp_path / name for name in ("events.gpkg", "x.kml", "map.html", "claims.jsonl")]
    assert main(["export", "--in", str(out), *map(str, made)]) == 0
    for path, name in zip(made, ("events.gpkg", "events.kml", "map.html", "claims.jsonl"), strict=True):
        assert path.read_bytes() == (out / name).read_bytes()


@pytest.mark.parametrize(
    ("file", "options", "told"),
    [
        ("x.docx", [], "no format for '.docx'; expected .geojson, .csv"),
        ("control.csv", [], "a .csv holds events, not control; expected control.geojson"),
        ("x.gpkg", ["--hxl"], "has no row for HXL tags; expected with them a .csv"),
        ("nowhere/x.kml", [], "cannot be written"),
    ],
)
def test_a_file_that_cannot_be_made_is_one_line(
    file: str, options: list[str], told: str, story: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["run", str(story), "--out", str(tmp_path / "out"), "--quiet"])
    assert main(["export", "--in", str(tmp_path / "out"), str(tmp_path / file), *options]) == 1
    said = capsys.readouterr().err
    assert told in said
    assert said.count("\n") == 1


def test_a_run_with_other_tables_of_places_is_told(story: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["run", str(story), "--out", str(tmp_path / "out"), "--quiet"])
    path = tmp_path / "out" / "events.geojson"
    path.write_text(path.read_text(encoding="utf-8").replace("GeoNames", "Another"), encoding="utf-8")
    assert main(["export", "--in", str(tmp_path / "out"), str(tmp_path / "x.kml")]) == 1
    assert "made with other tables of places; expected the --country" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["Pol-e-Hasar", "Puli Hisar, Baghlan"])
def test_a_place_is_found_with_score_and_reason(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gazetteer", "find", name]) == 0
    assert "AF0912" in capsys.readouterr().out.splitlines()[0]
    assert main(["gazetteer", "find", name, "--json"]) == 0
    best = json.loads(capsys.readouterr().out)[0]
    assert best["admin2_pcode"] == "AF0912"
    assert best["evidence"]


def test_the_gazetteer_is_checked(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gazetteer", "check"]) == 0
    said = capsys.readouterr().out
    assert "province 34" in said
    assert int(re.search(r"district (\d+)", said)[1]) >= 401


def test_what_looks_odd_in_the_gazetteer_is_told_and_no_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("mapper.gazetteer.check", lambda places: ("AF0101 Kabul: it has no outline",))
    assert main(["gazetteer", "check"]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == ["to be looked at: AF0101 Kabul: it has no outline"]


def test_a_fault_in_a_table_is_an_error(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "gazetteer" / "AFG").mkdir(parents=True)
    monkeypatch.setattr("mapper.bundle.root", lambda: tmp_path)
    assert main(["gazetteer", "check"]) == 1
    assert "places.csv: missing" in capsys.readouterr().err


def test_a_corpus_is_scored_and_held_to_its_floors(story: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold = story.parent / "gold"
    gold.mkdir()
    place = {"text": "Banu", "occurrence": 1, "pcode": "AF0907"}
    sheet = {"body_starts": "Taliban fighters captured", "places": [place], "claims": [], "events": []}
    (gold / "a.json").write_text(json.dumps(sheet))
    articles = story.parent / "articles"
    articles.mkdir()
    story.rename(articles / "a.txt")
    assert main(["eval", str(story.parent), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["toponyms.recall"] == 1.0
    floors = tmp_path / "floors.json"
    assert main(["eval", str(story.parent), "--floors", str(floors), "--update"]) == 0
    floors.write_text(floors.read_text().replace('"toponyms.precision": 0.5', '"toponyms.precision": 0.9'))
    assert main(["eval", str(story.parent), "--floors", str(floors)]) == 1
    assert "below its floor: in toponyms.precision" in capsys.readouterr().err


# --- manners ------------------------------------------------------------------------------------


def test_help_and_version_are_quick() -> None:
    before = os.times()
    assert "mapper run articles/ --out out/" in run("--help").stdout
    after = os.times()
    spent = (after.children_user - before.children_user) + (after.children_system - before.children_system)
    assert spent < 0.2, "seconds of processor time, which other work on the machine does not lengthen"
    assert run("--version").stdout.startswith("mapper 0.")


def test_a_reader_that_leaves_early_is_no_error() -> None:
    command = f"{sys.executable} -m mapper.cli geoparse {SEEDS} | head -n 1"
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("\n") == 1


def test_ctrl_c_is_130_without_a_traceback(story: Path, tmp_path: Path) -> None:
    code = "import mapper.pipeline, signal, sys; from mapper import cli\n"
    code += "mapper.pipeline.run = lambda *a, **k: signal.raise_signal(signal.SIGINT)\nsys.exit(cli.main(sys.argv[1:]))"
    done = subprocess.run(
        [sys.executable, "-c", code, "run", str(story), "--out", str(tmp_path / "out")], capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (128 + signal.SIGINT, "")


def test_output_does_not_depend_on_the_locale(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY.replace("residents", "“villagers” of ده سلاح"))
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = run("claims", tmp_path, env=environment)
    assert (done.returncode, done.stderr) == (0, "")


# --- what --help says ---------------------------------------------------------------------------


def verbs(parser: argparse.ArgumentParser, name: str = "") -> dict[str, argparse.ArgumentParser]:
    below = [action.choices for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    found = {f"{name} {verb}".strip(): one for choices in below for verb, one in choices.items()}
    return found | {key: one for verb, sub in found.items() for key, one in verbs(sub, verb).items()}


def test_every_verb_has_its_page_and_no_page_is_left_over() -> None:
    assert set(verbs(cli._parser())) == set(manual.PAGES)


@pytest.mark.parametrize("command", [line for page in manual.PAGES.values() for line in page.examples])
def test_an_example_is_a_command_line_that_is_understood(command: str) -> None:
    words = shlex.split(re.split(r" [|<>] ", command)[0])
    assert words[0] == "mapper"
    cli._parser().parse_args(words[1:])


@pytest.mark.parametrize("verb", manual.PAGES)
def test_help_shows_the_examples(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main([*verb.split(), "--help"])
    shown = capsys.readouterr().out
    assert all(command in shown and what in shown for command, what in manual.PAGES[verb].examples.items())


def test_the_claims_of_a_run_are_those_of_its_account(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """JSON lines go from verb to verb: what a run has read can be read again."""
    (tmp_path / "a.txt").write_text("published: 2021-07-05\n\nThe Taliban captured Nahrin on Friday.", encoding="utf-8")
    assert cli.main(["run", str(tmp_path / "a.txt"), "--out", str(tmp_path / "out"), "-q"]) == 0
    kept = [json.loads(line) for line in (tmp_path / "out" / "claims.jsonl").read_text(encoding="utf-8").splitlines()]
    capsys.readouterr()
    assert cli.main(["claims", str(tmp_path / "out" / "articles.jsonl"), "-q"]) == 0
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(one["quote"], one["place_id"], one["event_date"]) for one in told] == [
        (one["quote"], one["place_id"], one["event_date"]) for one in kept
    ]
