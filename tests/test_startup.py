"""What a start costs: what needs no frames and no map imports none of their libraries."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HEAVY = {
    "branca",
    "folium",
    "geopandas",
    "geopy",
    "numpy",
    "pandas",
    "pyarrow",
    "pyogrio",
    "requests",
    "shapely",
    "tqdm",
}
READERS = {"feedparser", "lxml", "openpyxl", "pypdf", "trafilatura"}
STORY = str(ROOT / "seeds" / "000_5f9315df2aafda78.txt")

PROBE = """
import contextlib, io, json, sys
said = io.StringIO()
with contextlib.redirect_stdout(said), contextlib.suppress(SystemExit):
    if sys.argv[1:]:
        from mapper.cli import main
        assert not main(sys.argv[1:])
    else:
        import mapper
print(json.dumps([len(said.getvalue()), sorted({name.partition(".")[0] for name in sys.modules})]))
"""


def loaded(*arguments: str) -> tuple[int, set[str]]:
    """Return how much a command prints in a process of its own, and the packages it has then imported."""
    run = subprocess.run([sys.executable, "-c", PROBE, *arguments], cwd=ROOT, capture_output=True, text=True, check=True)
    printed, modules = json.loads(run.stdout)
    return printed, set(modules)


def test_importing_mapper_loads_nothing_else() -> None:
    _, modules = loaded()
    assert "mapper" in modules
    assert not modules & (HEAVY | {"sentencex"})


@pytest.mark.parametrize(
    "command",
    [["--help"], ["run", "--help"], ["--version"], ["gazetteer", "find", "Banu"], ["geoparse", STORY], ["claims", STORY]],
    ids=lambda command: " ".join(command[:2]).split("/")[0],
)
def test_a_verb_without_frames_loads_no_library_for_them(command: list[str]) -> None:
    printed, modules = loaded(*command)
    assert printed
    assert not modules & (HEAVY | READERS)


def test_frames_and_map_load_them() -> None:
    """Else the lists above would prove nothing."""
    code = "import sys, mapper; result = mapper.run(sys.argv[1]); result.map(), result.events; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code, STORY], cwd=ROOT, capture_output=True, text=True, check=True)
    assert set(run.stdout.split()) >= {"folium", "geopandas", "pandas", "shapely"}
