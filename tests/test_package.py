"""What is packed: a wheel that works away from the checkout, with every table, a source archive that makes the same wheel, and what is listed as installed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from importlib.metadata import Distribution, PathDistribution, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]


def build(kind: str, tree: Path, out: Path) -> Path:
    run = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", out], cwd=tree, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    (built,) = out.iterdir()
    return built


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("sdist", ROOT, tmp_path_factory.mktemp("sdist"))


def files(folder: str) -> set[str]:
    """Return the files of a folder that are kept, caches apart."""
    paths = (path.relative_to(ROOT) for path in (ROOT / folder).rglob("*") if path.is_file())
    return {path.as_posix() for path in paths if not any(part == "__pycache__" or part[0] == "." for part in path.parts[1:])}


def test_the_wheel_carries_code_tables_and_the_parts_of_the_map(wheel: Path) -> None:
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("mapper/")}
    assert packed == files("mapper") | {f"mapper/{name}" for name in files("data")}
    assert {Path(name).suffix for name in packed} >= {".csv", ".toml", ".geojson", ".html", ".css", ".js", ".typed"}


def test_the_source_archive_is_complete(archive: Path) -> None:
    with tarfile.open(archive) as file:
        packed = {name.partition("/")[2] for name in file.getnames()}
    for folder in ("mapper", "data", "tests", "seeds", "notebooks", "docs", ".ci"):
        assert files(folder) <= packed
    assert packed >= {"README.md", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", "CITATION.cff", "Makefile", "pyproject.toml"}


def test_the_source_archive_makes_the_same_wheel(archive: Path, wheel: Path, tmp_path: Path) -> None:
    with tarfile.open(archive) as packed:
        packed.extraction_filter = getattr(tarfile, "data_filter", None)  # Python before 3.11.4 has none
        packed.extractall(tmp_path)
    (tree,) = tmp_path.iterdir()
    again = build("wheel", tree, tmp_path / "again")
    assert again.read_bytes() == wheel.read_bytes()


def needed(package: Distribution, known: frozenset[str] = frozenset()) -> frozenset[str]:
    """Return what a package needs on this system, and what that needs, without any extra."""
    for text in package.requires or ():
        requirement = Requirement(text)
        if requirement.name not in known and (requirement.marker is None or requirement.marker.evaluate({"extra": ""})):
            known = needed(distribution(requirement.name), known | {requirement.name})
    return known


@pytest.fixture(scope="module")
def clean(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The commands of a virtual environment with the wheel, installed by pip, and what its metadata ask for: no tool, no extra."""
    home = tmp_path_factory.mktemp("clean")
    venv.create(home, with_pip=False)
    commands = home / "bin"
    pip = [sys.executable, "-m", "pip", "--python", commands / "python", "install", "--quiet", "--no-index", "--no-deps", wheel]
    subprocess.run(pip, check=True, env=OUTSIDE)
    (site,) = home.rglob("site-packages")
    (info,) = site.glob("conflict_event_mapper-*.dist-info")
    for name in needed(PathDistribution(info)):
        package = distribution(name)
        for part in {file.parts[0] for file in package.files or ()} - {"..", "__pycache__"}:
            if not (site / part).exists():  # else a folder that two packages share
                (site / part).symlink_to(Path(str(package.locate_file(part))))
    return commands


OUTSIDE = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}


def test_an_installation_without_extras_does_the_main_job_and_finds_its_data(clean: Path, tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    told = "published: 2021-08-21\n\nTaliban fighters captured Banu district in Baghlan province on Friday, residents said.\n"
    (tmp_path / "articles" / "a.txt").write_text(told)
    command = [clean / "mapper", "run", "articles", "--out", "out"]
    run = subprocess.run(command, cwd=tmp_path, env=OUTSIDE, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    (claim,) = map(json.loads, (tmp_path / "out" / "claims.jsonl").read_text(encoding="utf-8").splitlines())
    assert (claim["place_id"], claim["actor"], claim["event_date"]) == ("AF0907", "Taliban", "2021-08-20")
    assert (tmp_path / "out" / "map.html").stat().st_size > 100_000


def test_an_installation_without_extras_names_the_one_that_is_missing(clean: Path, tmp_path: Path) -> None:
    command = [clean / "mapper", "--print-completion", "bash"]
    run = subprocess.run(command, cwd=tmp_path, env=OUTSIDE, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert "[completion]" in run.stderr


def test_the_metadata_say_what_is_needed(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path)
    (info,) = tmp_path.glob("*.dist-info")
    package: Distribution = PathDistribution(info)
    assert package.metadata["Name"] == "conflict-event-mapper"
    assert package.metadata["License-Expression"] == "MIT AND CC-BY-4.0"
    assert package.metadata["Requires-Python"] == ">=3.11"
    assert [entry.value for entry in package.entry_points.select(name="mapper")] == ["mapper.cli:main"]
    assert (info / "licenses" / "LICENSE").is_file()


def test_the_citation_and_the_classifiers_agree_with_the_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8").splitlines()
    assert f"version: {project['version']}" in citation
    assert [f"  - {licence}" for licence in project["license"].split(" AND ") if f"  - {licence}" not in citation] == []
    oldest = project["requires-python"].removeprefix(">=")
    assert f"Programming Language :: Python :: {oldest}" == min(text for text in project["classifiers"] if ":: 3.1" in text)


# --- what is locked -----------------------------------------------------------------------------

LOCKS = ("requirements.txt", "requirements-dev.txt")


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_host_and_hashes_every_line(name: str) -> None:
    text = (ROOT / ".ci" / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index" not in text
    assert "--find-links" not in text
    for requirement in text.replace("\\\n", " ").splitlines():
        if requirement.strip() and not requirement.startswith("#"):
            assert "==" in requirement
            assert "--hash=sha256:" in requirement


def test_the_locks_hold_all_that_is_declared() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = declared["optional-dependencies"]
    wanted = {
        LOCKS[0]: declared["dependencies"] + extras["build"],
        LOCKS[1]: declared["dependencies"] + extras["test"] + extras["dev"],
    }
    for name, requirements in wanted.items():
        locked = {
            line.partition("==")[0] for line in (ROOT / ".ci" / name).read_text(encoding="utf-8").splitlines() if "==" in line
        }
        named = {requirement.replace("==", ">=").partition(">=")[0].lower() for requirement in requirements}
        assert named <= locked


def test_what_runs_and_what_tests_are_the_same_versions() -> None:
    run, dev = (
        {
            line.removesuffix(" \\").split(" ;")[0]
            for line in (ROOT / ".ci" / name).read_text(encoding="utf-8").splitlines()
            if "==" in line
        }
        for name in LOCKS
    )
    assert run <= dev


# --- what an installation holds -----------------------------------------------------------------

BILL = json.loads((ROOT / ".ci" / "sbom.cdx.json").read_text(encoding="utf-8"))


def test_the_bill_of_materials_lists_what_is_locked() -> None:
    lines = (ROOT / ".ci" / LOCKS[0]).read_text(encoding="utf-8").splitlines()
    locked = [Requirement(line.removesuffix("\\")) for line in lines if "==" in line]
    listed = {(canonicalize_name(part["name"]), part["version"]) for part in BILL["components"]}
    assert listed <= {(requirement.name, str(requirement.specifier).removeprefix("==")) for requirement in locked}, "make sbom"
    everywhere = {requirement.name for requirement in locked if "platform" not in str(requirement.marker)}
    assert {name for name, _ in listed} >= everywhere, "make sbom"


def test_the_bill_of_materials_says_what_the_package_itself_needs() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    root = BILL["metadata"]["component"]
    assert (root["name"], root["version"]) == (project["name"], project["version"])
    (needs,) = (entry["dependsOn"] for entry in BILL["dependencies"] if entry["ref"] == root["bom-ref"])
    declared = {canonicalize_name(Requirement(text).name) for text in project["dependencies"]}
    assert {canonicalize_name(ref.partition("==")[0]) for ref in needs} >= declared


def test_the_bill_of_materials_knows_no_clock_and_no_machine() -> None:
    assert "timestamp" not in BILL["metadata"]
    assert "serialNumber" not in BILL
    assert "file:" not in json.dumps(BILL)
