"""What a terminal or a notebook is shown: text that steers nothing, and a bar only where somebody looks."""

from __future__ import annotations

import io
import json
import sys
import types
import warnings
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import mapper
from mapper.terminal import bar, harmless

STORY = Path(__file__).parents[1] / "seeds" / "004_bc2030490c63860a.txt"


class Screen(io.StringIO):
    """A terminal, or what stands for one."""

    def isatty(self) -> bool:
        return True


@given(st.text())
def test_what_is_shown_steers_nothing_and_loses_nothing(text: str) -> None:
    shown = harmless(text)
    assert not any(character < " " and character not in "\t\n" for character in shown)
    assert not set(shown) & set("\x7f\x9b\u202e\u2066\ud800")
    if not set(text) & set('"\\'):
        assert json.loads(f'"{shown}"', strict=False) == text


def test_a_bar_stands_on_a_terminal_while_it_runs_and_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    assert list(bar([1, 2, 3], "reading articles")) == [1, 2, 3]
    assert "reading articles" in screen.getvalue()
    assert screen.getvalue().split("\r")[-1].strip() == ""


def test_a_pipe_is_shown_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    piped = io.StringIO()
    monkeypatch.setattr(sys, "stderr", piped)
    assert list(bar([1, 2, 3], "reading articles")) == [1, 2, 3]
    assert piped.getvalue() == ""


def test_a_notebook_without_widgets_is_shown_a_line_and_no_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    shell = types.SimpleNamespace(kernel=object(), config={"IPKernelApp": {}})
    monkeypatch.setitem(sys.modules, "IPython", types.SimpleNamespace(get_ipython=lambda: shell))
    monkeypatch.setitem(sys.modules, "ipywidgets", None)
    for name in [name for name in sys.modules if name.partition(".")[0] == "tqdm"]:
        monkeypatch.delitem(sys.modules, name)
    shown, warned = io.StringIO(), io.StringIO()
    monkeypatch.setattr(sys, "stdout", shown)
    monkeypatch.setattr(sys, "stderr", warned)
    with warnings.catch_warnings(record=True) as raised:
        assert list(bar([1, 2, 3], "reading articles")) == [1, 2, 3]
    assert "reading articles" in shown.getvalue()
    assert (warned.getvalue(), raised) == ("", [])


def test_a_run_tells_its_own_bar_what_it_does() -> None:
    told: list[tuple[int, str]] = []

    def watch(items: Any, label: str, /) -> Any:
        told.append((len(items), label))
        return items

    mapper.run(STORY, progress=watch)
    assert told == [(1, "reading articles")]


@pytest.mark.parametrize("progress", [True, False])
def test_a_run_says_nothing_where_nobody_looks(progress: bool, capfd: pytest.CaptureFixture[str]) -> None:
    mapper.run(STORY, progress=progress)
    assert capfd.readouterr() == ("", "")
