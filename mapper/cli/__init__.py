"""The command line: one subcommand for each verb. Prints, and turns errors into one line and an exit code.

0 done, 1 nothing read or found or an error told in one line, 2 wrong usage, 130 interrupted.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from mapper.cli import articles, files, gazetteer, manual
from mapper.cli.completion import SHELLS, Completion
from mapper.cli.talk import one_line, say
from mapper.errors import MapperError

EXAMPLES = """\
examples:
  mapper run articles/ --out out/                 all files of a folder, the map among the output
  mapper run a.txt b.txt --out out/ --published 2021-08-21
  mapper claims a.txt | jq .quote                 the claims of one article, a JSON line each
  mapper gazetteer find "Pol-e-Hesar, Baghlan"    which place a name means, and why
  mapper gazetteer find --file places.csv --column place --column province > found.csv
  mapper export --in out/ events.gpkg             what a run found, as another file, by its suffix
  mapper explain EVENT_ID --in out/               who claims an event, in which words
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # whatever the locale, a name can be shown
    try:
        arguments = _parser().parse_args(argv)
        code: int = arguments.verb(arguments)
        sys.stdout.flush()
        return code
    except MapperError as fault:
        say(f"mapper: {one_line(str(fault))}", sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader has left; nothing is to be flushed to it
        return 0


class _Version(argparse.Action):
    """Prints the version; looked up only when asked for, for it costs as much time as all else here."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        import mapper

        say(f"mapper {mapper.__version__}")
        parser.exit()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="mapper",
        description="News articles about a conflict -> a map of who claims what happened where, and who says so. Needs no network.",
        epilog=f"{EXAMPLES}\n{manual.STATUS}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="show the version and exit")
    parser.add_argument(
        "--print-completion", action=Completion, choices=SHELLS, help="print the script by which a shell completes this command"
    )
    verbs = parser.add_subparsers(title="verbs", metavar="VERB", required=True)
    articles.register(verbs)
    files.register(verbs)
    gazetteer.register(verbs)
    manual.illustrate(parser)
    return parser
