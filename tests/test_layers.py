"""Who may import whom: the contracts of pyproject.toml hold, and a breach of one would be seen."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LINT = "import sys; sys.path.insert(0, sys.argv[1]); from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"

BREACHES = (
    ("mapper.events", "mapper.claims"),  # a stage imports another
    ("mapper.gazetteer", "mapper.pipeline"),  # a lower layer imports a higher one
    ("mapper.model", "mapper.errors"),  # the vocabulary imports its neighbour
    ("mapper.bundle", "socket"),  # a module speaks to the network
    ("mapper.origins", "pandas"),  # a stage makes frames
    ("mapper.gazetteer", "geopy"),  # another module than the geocoder loads what it stands on
)


def contracts(tree: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-P", "-c", LINT, tree], cwd=tree, capture_output=True, text=True, check=False)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(ROOT / "mapper", tmp_path / "mapper", ignore=shutil.ignore_patterns("__pycache__", "assets"))
    return tmp_path


def test_the_contracts_hold() -> None:
    run = contracts(ROOT)
    assert run.returncode == 0, run.stdout


def test_each_breach_is_seen(tree: Path) -> None:
    for importer, imported in BREACHES:
        path = tree.joinpath(*importer.split("."))
        with (path / "__init__.py" if path.is_dir() else path.with_suffix(".py")).open("a", encoding="utf-8") as file:
            file.write(f"\nimport {imported}\n")
    said = contracts(tree).stdout
    for importer, imported in BREACHES:
        assert re.search(rf"{importer} (?:->|is not allowed to import) {imported}", said), said


def test_a_module_without_a_layer_is_seen(tree: Path) -> None:
    (tree / "mapper" / "sundry.py").touch()
    run = contracts(tree)
    assert run.returncode == 1
    assert "mapper.sundry" in run.stdout
