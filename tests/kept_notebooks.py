"""Runs the notebooks and keeps what they show, small and without a trace of the machine: ``make notebooks``.

What is kept must be what a run shows on any machine. So a bar that has gone is gone, pictures are made of
few colours, and a page too large to keep (the map) leaves its line of text alone.
"""

from __future__ import annotations

import base64
import io
import os
import tempfile
from pathlib import Path
from typing import Any
from unittest import mock

import matplotlib.font_manager  # noqa: F401  # lists the fonts once, which on a first day takes a kernel so long that it says so
import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode
from PIL import Image

FOLDER = Path(__file__).parents[1] / "notebooks"
PATHS = sorted(FOLDER.glob("*.ipynb"))

LARGEST = 60_000
"""Characters of one output that are kept; the map has a million."""

COLOURS = 64
"""Of a picture: a plot has fewer, all others only smooth its edges."""

FOLDERS = ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")
"""Where settings of whoever runs this would be found; the kernel is given empty ones."""

KERNEL = {"JUPYTER_PREFER_ENV_PATH": "1", "MPLBACKEND": "module://matplotlib_inline.backend_inline"}
"""The kernel of this environment, whatever else is installed; and plots stand in the notebook, whatever is set."""

WIDGET = "application/vnd.jupyter.widget-view+json"


def execute(path: Path) -> NotebookNode:
    """Run a notebook from top to bottom in the kernel of this environment, and return it as it stands afterwards."""
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook, timeout=300, kernel_name="python3", record_timing=False, resources={"metadata": {"path": str(FOLDER)}}
    )
    with tempfile.TemporaryDirectory() as home, mock.patch.dict(os.environ, KERNEL):
        os.environ.update({name: str(Path(home) / name.lower()) for name in FOLDERS})
        client.execute()
    return notebook


def clean(notebook: NotebookNode) -> NotebookNode:
    """Return a notebook as it is kept: no times, no counts of executions, no page too large, pictures small."""
    kept = nbformat.from_dict(notebook)
    kept.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    for number, cell in enumerate(kept.cells, 1):
        cell.metadata = {}
        cell.id = f"cell-{number:02}"
        if cell.cell_type == "code":
            cell.execution_count = None
            cell.outputs = _streams(cell.outputs) + [_output(output) for output in cell.outputs if _lasts(output)]
    return kept


def _streams(outputs: list[Any]) -> list[Any]:
    """Return what stays on the screen of each stream: what a line was before the carriage went back is gone."""
    texts: dict[str, str] = {}
    for output in outputs:
        if output.output_type == "stream":
            texts[output.name] = texts.get(output.name, "") + output.text
    shown = {name: "\n".join(line.rsplit("\r", 1)[-1].rstrip() for line in text.split("\n")) for name, text in texts.items()}
    return [nbformat.v4.new_output("stream", name=name, text=text) for name, text in shown.items() if text.strip()]


def _lasts(output: Any) -> bool:
    return output.output_type != "stream" and WIDGET not in output.get("data", {})


def _output(output: Any) -> Any:
    if "data" in output:
        output.metadata = {}
        output.data = {kind: value for kind, value in output.data.items() if len(value) <= LARGEST or kind.startswith("image/")}
        if "image/png" in output.data:
            output.data["image/png"] = _small(output.data["image/png"])
    if "execution_count" in output:
        output.execution_count = None
    return output


def picture(png: str) -> Image.Image:
    """Return a picture as a notebook holds it."""
    return Image.open(io.BytesIO(base64.b64decode(png))).convert("RGB")


def _small(png: str) -> str:
    """Return a picture in few colours: those that lie far apart, so that the one mark of a colour keeps it."""
    few = picture(png).quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    file = io.BytesIO()
    few.save(file, "PNG", optimize=True)
    return base64.b64encode(file.getvalue()).decode()


def write(notebook: NotebookNode, path: Path) -> None:
    """Write a notebook as text that differs only where it does."""
    path.write_text(nbformat.writes(notebook).rstrip("\n") + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    for each in PATHS:
        write(clean(execute(each)), each)
