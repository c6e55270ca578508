"""The README and the pages of docs/: their commands work, their code runs, their links lead somewhere, their tables are complete."""

from __future__ import annotations

import csv
import re
import shlex
import shutil
import tomllib
from pathlib import Path

import pytest

from mapper import bundle
from mapper.cli import main
from mapper.events import RULES
from mapper.exports import EXPORTERS, FORMATS
from mapper.exports.acled import COLUMNS
from mapper.exports.comparison.entries import BLANK
from mapper.exports.comparison.entries import COLUMNS as COMPARED

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
PYTHON = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


def shell_lines(text: str) -> list[list[str]]:
    return [shlex.split(line) for block in blocks(text, "sh") for line in block.splitlines()]


def cells(text: str) -> set[str]:
    """Return what stands as code in the first cell of any row of a table."""
    return {name for cell in re.findall(r"^\| (`[^|]*`) \|", text, re.MULTILINE) for name in re.findall(r"`([^`]+)`", cell)}


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the seeds alone, to work in."""
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_python_of_the_readme_runs(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (block,) = blocks(README, "python")
    (desk / "mine.csv").write_text("event_date,admin2\n2021-08-20,Deh Salah\n", encoding="utf-8")
    exec(compile(block, "README.md", "exec"), {})
    assert "Claims (" in capsys.readouterr().out
    assert (desk / "events.geojson").is_file()


def test_the_python_of_its_page_runs(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile("\n".join(blocks(PYTHON, "python")), "python.md", "exec"), {})
    assert capsys.readouterr().out == "1 in both, 4 only here, 0 only there. Fields that differ: fatalities (1).\n"


def test_the_page_names_every_column_that_is_compared() -> None:
    rows = re.findall(r"^\| [^`|]+ \| (`.*`) \|$", PYTHON.split("## Comparing")[1].split("## Step")[0], re.MULTILINE)
    named = [re.findall(r"`([^`]+)`", row) for row in rows]
    assert {name for row in named for name in row} == {name for names in COMPARED.values() for name in names} | set(BLANK)
    assert named[-1] == list(BLANK)


def test_the_commands_of_the_readme_work(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ran = []
    for program, *arguments in shell_lines(README):
        if program != ".venv/bin/mapper":
            continue
        if "EVENT_ID" in arguments:
            with (desk / "out" / "events.csv").open(encoding="utf-8") as file:
                arguments[arguments.index("EVENT_ID")] = next(csv.DictReader(file))["event_id"]
        assert main(arguments) == 0, arguments
        ran.append(arguments[0])
    assert ran == ["run", "claims", "gazetteer", "gazetteer", "explain"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_the_make_commands_exist(page: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):.*## ", makefile, re.MULTILINE))
    text = page.read_text(encoding="utf-8")
    named = {line[1] for line in shell_lines(text) if line[0] == "make"} | set(re.findall(r"`make ([a-z]+)[ `]", text))
    assert named <= targets


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)]+)\)", page.read_text(encoding="utf-8")):
        if not target.startswith("https://"):
            assert (page.parent / target.split("#")[0]).exists(), target


def test_every_page_can_be_found_from_the_index() -> None:
    folder = ROOT / "docs"
    linked = {
        (folder / link).resolve() for link in re.findall(r"\]\(([^)#]+)\)", (folder / "index.md").read_text(encoding="utf-8"))
    }
    assert {page for page in PAGES if page.is_relative_to(folder)} <= linked | {folder / "index.md"}


def test_the_readme_names_every_file_that_a_run_writes() -> None:
    assert cells(README.split("## What a run writes")[1].split("##")[0]) == set(EXPORTERS)


def test_every_further_format_is_named_where_a_user_looks(capsys: pytest.CaptureFixture[str]) -> None:
    said = README.split("## What a run writes")[1].split("##")[0]
    assert [name for name in FORMATS if f"`{name}`" not in said] == []
    page = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    assert [name for files in FORMATS.values() for name in files if f"`{name}`" not in page] == []
    with pytest.raises(SystemExit):
        main(["run", "--help"])
    assert ", ".join(FORMATS) in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize("page", ["README.md", "LICENSE"])
def test_whose_data_it_is_is_said(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    for credit in bundle.toml("gazetteer", "AFG", "about.toml")["credits"]:
        assert credit["source"] in text


# --- the codebook -------------------------------------------------------------------------------

CODEBOOK = (ROOT / "docs" / "codebook.md").read_text(encoding="utf-8")


def test_the_codebook_has_every_rule_in_its_words() -> None:
    rules = dict(re.findall(r"^\| `([\w.-]+)` \| (.*?) \| \w[\w.-]* \|$", CODEBOOK, re.MULTILINE))
    assert rules == dict(RULES)


def test_the_codebook_has_every_column_of_our_own(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["run", "seeds", "--out", "out", "--quiet"])
    with (desk / "out" / "events.csv").open(encoding="utf-8") as file:
        header = next(csv.reader(file))
    described = cells(CODEBOOK.split("## Columns of our own")[1].split("##")[0])
    assert described == set(header) - set(COLUMNS)


# --- the examples for contributors --------------------------------------------------------------


def test_rows_to_contribute_have_the_columns_of_their_tables() -> None:
    tables = re.findall(r"A line in `data/([^`]+)`:\n\n```csv\n(.*?)\n(.*?)\n```", CONTRIBUTING)
    assert len(tables) == 2
    for name, header, row in tables:
        with bundle.path(*name.split("/")).open(encoding="utf-8") as file:
            assert next(file).strip() == header
        assert row.count(",") == header.count(",")


def test_the_predicate_to_contribute_is_a_row_of_the_table() -> None:
    (example,) = [row for block in blocks(CONTRIBUTING, "toml") for row in tomllib.loads(block)["predicate"]]
    rows = bundle.toml("claims", "predicates.toml")["predicate"]
    assert set(example) <= {key for row in rows for key in row}
    assert example["id"] not in {row["id"] for row in rows}
