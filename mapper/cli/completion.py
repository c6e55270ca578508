"""The command's own parser -> a script by which a shell completes verbs, options and paths."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Any, NoReturn

from mapper.cli.talk import say
from mapper.libraries import library

SHELLS = ("bash", "zsh", "tcsh")
FILES = ("CORPUS", "FILE", "SOURCE", "TABLE")
"""What stands for a file in a usage line, or for a folder of files."""
FOLDERS = ("DIR",)


class Completion(argparse.Action):
    """Prints the script for a shell and exits; only this needs shtab."""

    def __call__(self, parser: argparse.ArgumentParser, _namespace: object, shell: Any, *_: object) -> NoReturn:
        """Print it; MissingLibraryError where shtab is not installed."""
        shtab = library("shtab", "completion")
        for action in _actions(parser):
            if action.metavar in FILES:
                action.complete = shtab.FILE  # type: ignore[attr-defined] # shtab asks for it by this name
            elif action.metavar in FOLDERS:
                action.complete = shtab.DIRECTORY  # type: ignore[attr-defined]
        say(shtab.complete(parser, shell))
        parser.exit()


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    for action in parser._actions:  # argparse names them nowhere else, and shtab reads them here too
        yield action
        if isinstance(action, argparse._SubParsersAction):
            for verb in action.choices.values():
                yield from _actions(verb)
