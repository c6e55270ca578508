"""Shell completion: what a shell offers after the script is read, and one line where the library is missing."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from mapper.cli import main
from mapper.cli.completion import SHELLS

ROOT = Path(__file__).parents[1]

ASK = """
source "$1"; shift
COMP_WORDS=(mapper "$@"); COMP_CWORD=$#; COMPREPLY=()
$(complete -p mapper | sed 's/.*-F \\([^ ]*\\).*/\\1/')
printf '%s\\n' "${COMPREPLY[@]}"
"""
"""Reads the script and asks the function that it registers, as bash does when the tab key is pressed."""


def script(shell: str, capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit) as exit_:
        main(["--print-completion", shell])
    assert exit_.value.code == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("shell", SHELLS)
def test_every_shell_learns_the_verbs(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = script(shell, capsys)
    assert [verb for verb in ("run", "claims", "explain", "gazetteer", "import") if verb not in text] == []
    assert str(ROOT) not in text


@pytest.mark.skipif(not shutil.which("bash"), reason="no bash")
@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("gaz", {"gazetteer"}),
        ("gazetteer ch", {"check"}),
        ("run --pub", {"--published"}),
        ("run see", {"seeds"}),
        ("run seeds/sou", {"seeds/sources.csv"}),
        ("claims seeds --gazetteer see", {"seeds"}),
        ("run --sources seeds/sou", {"seeds/sources.csv"}),
    ],
)
def test_bash_offers_verbs_options_and_paths(
    typed: str, offered: set[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = tmp_path / "mapper.bash"
    told.write_text(script("bash", capsys))
    command = ["bash", "-c", ASK, "ask", str(told), *shlex.split(typed)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert set(run.stdout.split()) == offered


def test_a_missing_library_is_one_line_that_names_the_extra(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "shtab", None)
    assert main(["--print-completion", "bash"]) == 1
    said = capsys.readouterr()
    assert said.err == "mapper: shtab: not installed; expected after pip install 'conflict-event-mapper[completion]'\n"
    assert said.out == ""
