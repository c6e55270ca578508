"""What is packed: a wheel that works away from the checkout, with every table, and a source archive that makes the same wheel."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from importlib.metadata import Distribution, PathDistribution
from pathlib import Path

import pytest

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
        packed.extractall(tmp_path, filter="data")
    (tree,) = tmp_path.iterdir()
    again = build("wheel", tree, tmp_path / "again")
    assert again.read_bytes() == wheel.read_bytes()


def test_the_wheel_runs_away_from_the_checkout(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(site)
    code = "import sys, mapper.cli; print(mapper.__file__); sys.exit(mapper.cli.main(sys.argv[1:]))"
    run = subprocess.run(
        [sys.executable, "-P", "-c", code, "run", ROOT / "seeds", "--out", tmp_path / "out"],
        env=os.environ | {"PYTHONPATH": str(site)}, cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith(str(site))
    assert (tmp_path / "out" / "map.html").stat().st_size > 100_000


def test_the_metadata_say_what_is_needed(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path)
    (info,) = tmp_path.glob("*.dist-info")
    package: Distribution = PathDistribution(info)
    assert package.metadata["Name"] == "conflict-event-mapper"
    assert package.metadata["License-Expression"] == "MIT AND CC-BY-4.0"
    assert package.metadata["Requires-Python"] == ">=3.11"
    assert [entry.value for entry in package.entry_points.select(name="mapper")] == ["mapper.cli:main"]
    assert (info / "licenses" / "LICENSE").is_file()


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
        {line.removesuffix(" \\") for line in (ROOT / ".ci" / name).read_text(encoding="utf-8").splitlines() if "==" in line}
        for name in LOCKS
    )
    assert run <= dev
