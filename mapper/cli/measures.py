"""What a measurement comes to: figures -> a table or JSON, and an exit code by the floors."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence

from mapper.cli.talk import say


def tell(arguments: argparse.Namespace, figures: Mapping[str, float], table: str, faults: Sequence[str], corpus: str) -> int:
    """Print what was measured of a corpus, with --errors its faults; 1 where a figure is below its floor, else 0."""
    from mapper.evaluation import compare_floors

    say(json.dumps(figures) if arguments.json else table)
    for fault in faults if arguments.errors else ():
        say(f"  {fault}")
    if arguments.floors is None:
        return 0
    fallen = compare_floors(
        figures, arguments.floors, corpus, update=arguments.update, allow_regression=arguments.allow_regression
    )
    for line in fallen:
        say(f"mapper: below its floor: {line}", sys.stderr)
    return 1 if fallen else 0
