"""The notebooks: they run from top to bottom, and are kept with what they show, fresh, small and without traces of a machine."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from kept_notebooks import COLOURS, LARGEST, PATHS, WIDGET, clean, execute, picture, write
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook, new_output
from PIL import Image, ImageChops, ImageDraw

SMALL = 200_000
"""Bytes of a notebook."""

TRACES = re.compile(r"\b0x[0-9a-f]{6,}|/(?:home|root|tmp|Users|var|work)/|[A-Z]:\\|\d\d:\d\d:\d\d|\d article/s|site-packages")

FAINT = 40
"""Of 255: by how much a patch of a picture may differ. Letters are drawn a little otherwise elsewhere; a mark that moved is more."""

Shown = list[tuple[str, str, str]]


def shown(notebook: NotebookNode) -> Shown:
    """Return every output as the cell that it is of, its kind, and its content."""
    return [
        (cell.source, kind, content)
        for cell in notebook.cells
        for output in cell.get("outputs", ())
        for kind, content in sorted((output.get("data") or {output.get("name", "error"): output.get("text", "")}).items())
    ]


def alike(one: str, other: str) -> bool:
    """Tell whether two pictures show the same, patch by patch."""
    a, b = picture(one), picture(other)
    if any(abs(x - y) > 0.02 * x for x, y in zip(a.size, b.size, strict=True)):
        return False
    patches = [each.resize((64, 64), Image.Resampling.BOX) for each in (a, b)]
    return max(most for _, most in ImageChops.difference(*patches).getextrema()) <= FAINT


def stale(kept: Shown, fresh: Shown) -> list[str]:
    """Return what differs between what is kept and what a run shows."""
    if [(cell, kind) for cell, kind, _ in kept] != [(cell, kind) for cell, kind, _ in fresh]:
        return ["other cells, or other kinds of output"]
    pairs = [(cell, kind, old, new) for (cell, kind, old), (_, _, new) in zip(kept, fresh, strict=True)]
    return [
        f"{kind} of the cell\n{cell}\nkept:\n{old[:2000]}\nnow:\n{new[:2000]}"
        for cell, kind, old, new in pairs
        if not (alike(old, new) if kind == "image/png" else old == new)
    ]


@pytest.fixture(scope="module", params=PATHS, ids=lambda path: path.stem)
def path(request: pytest.FixtureRequest) -> Path:
    found: Path = request.param
    return found


@pytest.fixture(scope="module")
def run(path: Path) -> Iterator[NotebookNode]:
    yield execute(path)


def test_there_are_three() -> None:
    assert [path.stem for path in PATHS] == ["01-first-map", "02-who-says-so", "03-your-own"]


def test_what_is_kept_is_what_a_run_shows(path: Path, run: NotebookNode) -> None:
    differing = stale(shown(nbformat.read(path, as_version=4)), shown(clean(run)))
    assert not differing, "\n".join([f"{path.name} is stale; `make notebooks` makes it anew", *differing])


def test_a_run_warns_of_nothing(run: NotebookNode) -> None:
    assert not [text for _, kind, text in shown(run) if kind in ("stderr", "error")]


def test_the_map_and_the_plots_are_shown(path: Path, run: NotebookNode) -> None:
    maps = sum("<iframe" in content for _, kind, content in shown(run) if kind == "text/html")
    plots = sum(kind == "image/png" for _, kind, _ in shown(run))
    assert (maps, plots) == {"01": (1, 0), "02": (0, 3), "03": (1, 0)}[path.stem[:2]]


def test_it_is_kept_clean_small_and_without_traces_of_a_machine(path: Path, tmp_path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    as_kept = clean(notebook)
    for one, other in zip(notebook.cells, as_kept.cells, strict=True):
        assert (one.id, one.metadata, one.get("execution_count")) == (other.id, other.metadata, other.get("execution_count"))
    assert notebook.metadata == as_kept.metadata
    write(notebook, tmp_path / "again.ipynb")
    assert (tmp_path / "again.ipynb").read_bytes() == path.read_bytes()
    assert len(path.read_bytes()) < SMALL
    assert not [found for _, kind, text in shown(notebook) if kind != "image/png" for found in TRACES.findall(text)]
    assert str(Path.home()) not in path.read_text(encoding="utf-8")


# --- how they are kept --------------------------------------------------------------------------


def plot(*marks: tuple[int, int], colour: str = "#b3261e") -> str:
    """Return a plot of some marks with smooth edges, the last in a colour of its own, as a run shows it."""
    drawn = Image.new("RGB", (2560, 1920), "white")
    for at, (x, y) in enumerate(marks, 1):
        circle = (4 * x - 24, 4 * y - 24, 4 * x + 24, 4 * y + 24)
        ImageDraw.Draw(drawn).ellipse(circle, fill=colour if at == len(marks) else ("#b3261e", "#1f6f8b")[at % 2])
    file = io.BytesIO()
    drawn.resize((640, 480), Image.Resampling.LANCZOS).save(file, "PNG", dpi=(72, 72))
    return base64.b64encode(file.getvalue()).decode()


def kept(*outputs: Any) -> list[Any]:
    """Return the outputs of a cell as they are kept."""
    cell = new_code_cell("x", outputs=list(outputs), execution_count=7, metadata={"execution": {"iopub.execute_input": "now"}})
    cleaned = clean(new_notebook(cells=[cell], metadata={"widgets": {}}))
    assert (cleaned.cells[0].metadata, cleaned.cells[0].execution_count, "widgets" in cleaned.metadata) == ({}, None, False)
    return list(cleaned.cells[0].outputs)


def test_a_bar_that_is_gone_is_not_kept() -> None:
    bar = [new_output("stream", name="stdout", text=text) for text in ("\rreading:   0%", "\rreading: 100%", "\r        \r")]
    assert kept(*bar) == []
    (left,) = kept(*bar, new_output("stream", name="stdout", text="read 5\nand more"))
    assert left.text == "read 5\nand more"
    assert kept(new_output("display_data", {WIDGET: {"model_id": "1"}, "text/plain": "0%"})) == []


def test_a_page_too_large_leaves_its_line() -> None:
    (left,) = kept(new_output("execute_result", {"text/html": "x" * (LARGEST + 1), "text/plain": "<Map>"}, execution_count=7))
    assert (left.data, left.execution_count) == ({"text/plain": "<Map>"}, None)


def test_a_picture_is_kept_in_few_colours_and_looks_the_same() -> None:
    whole = plot(*((x, 100) for x in range(60, 580, 13)), (300, 200), colour="#c77700")
    (left,) = kept(new_output("display_data", {"image/png": whole}, metadata={"image/png": {"width": 640}}))
    small = left.data["image/png"]
    assert left.metadata == {}
    assert len(picture(small).getcolors() or ()) <= COLOURS
    assert alike(whole, small)
    assert max(most for _, most in ImageChops.difference(picture(whole), picture(small)).getextrema()) < 20


def test_what_has_changed_is_told() -> None:
    cell = "result"
    table, scatter = (cell, "text/html", "<p>5 events"), (cell, "image/png", plot((100, 100), (300, 200)))
    assert stale([table, scatter], [table, scatter]) == []
    assert len(stale([table], [(cell, "text/html", "<p>6 events")])) == 1
    assert len(stale([scatter], [(cell, "image/png", plot((100, 100), (300, 215)))])) == 1
    assert stale([table, scatter], [table]) == ["other cells, or other kinds of output"]
