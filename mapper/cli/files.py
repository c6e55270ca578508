"""The verb that makes further files of what a run has written."""

from __future__ import annotations

import argparse
from pathlib import Path

from mapper.cli import options
from mapper.errors import SourceError


def register(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb."""
    writing = verbs.add_parser(
        "export",
        parents=[options.theatre(), options.formats()],
        help="make further files of what a run has written",
    )
    writing.add_argument("file", nargs="+", type=Path, metavar="FILE", help="file to write, such as events.gpkg")
    writing.add_argument("--in", dest="folder", required=True, type=Path, metavar="DIR", help="the --out folder of a run")
    writing.set_defaults(verb=export)


def export(arguments: argparse.Namespace) -> int:
    """Make files of an earlier run."""
    from mapper import exports, gazetteer

    made = {path: exports.choose(path, arguments.hxl) for path in arguments.file}
    records = exports.load(arguments.folder)
    places = gazetteer.load(arguments.country, arguments.boundaries, arguments.gazetteer)
    if exports.load_credits(arguments.folder) != [dict(credit) for credit in places.credits]:
        raise SourceError(
            f"{arguments.folder}: made with other tables of places; expected the --country, --gazetteer and --boundaries of its run"
        )
    for path, write in made.items():
        exports.write_file(path, write(records, places))
    return 0
