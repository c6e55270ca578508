"""Prints which claims and events a run gains and loses against another revision of this repository.

usage: compare.py [REVISION [SOURCE]]    (default: main, and the seeds)

Both runs use the libraries that are installed now. Records are told apart by what they say, not by their ids.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tarfile
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


def main(revision: str = "main", source: str = "seeds") -> int:
    """Compare the working tree with a revision."""
    with tempfile.TemporaryDirectory() as folder:
        before = Path(folder) / "before"
        archive = subprocess.run(["git", "archive", revision, "mapper", "data"], cwd=ROOT, capture_output=True, check=False)
        if archive.returncode:
            print(f"{revision}: {archive.stderr.decode().strip()}", file=sys.stderr)
            return 1
        with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as packed:
            packed.extraction_filter = getattr(tarfile, "data_filter", None)  # Python before 3.11.4 has none
            packed.extractall(before)
        old, new = (run(tree, ROOT / source, Path(folder) / name) for tree, name in ((before, "old"), (ROOT, "new")))
    for table in ("claims", "events"):
        lost, gained = old[table] - new[table], new[table] - old[table]
        print(
            f"{table}: {sum((old[table] & new[table]).values())} as in {revision}, {lost.total()} lost, {gained.total()} gained"
        )
        for sign, rows in (("-", lost), ("+", gained)):
            for row in sorted(rows.elements()):
                print(f"  {sign} {row}")
    return 0


def run(tree: Path, source: Path, out: Path) -> dict[str, Counter[str]]:
    """Run the program of a tree and return its claims and events, a line each."""
    environment = os.environ | {"PYTHONPATH": str(tree)}
    command = [sys.executable, "-m", "mapper.cli", "run", str(source), "--out", str(out), "--quiet"]
    subprocess.run(command, cwd=tree, env=environment, check=True)
    claims = [json.loads(line) for line in (out / "claims.jsonl").read_text(encoding="utf-8").splitlines()]
    events = json.loads((out / "events.geojson").read_text(encoding="utf-8"))["features"]
    return {
        "claims": Counter(claim(row) for row in claims),
        "events": Counter(event(feature["properties"]) for feature in events),
    }


def claim(row: dict[str, Any]) -> str:
    """Return what a claim says, in one line."""
    chain = " < ".join(hop["name"] or "?" for hop in reversed(row["attribution"]))
    counts = [f"{harm} {row[harm]}" for harm in ("killed", "wounded", "killed_or_wounded") if row[harm]]
    said = [
        row["place_name"],
        row["control"],
        row["sub_event_type"],
        row["actor"],
        row["target"],
        row["status"],
        row["event_date"],
    ]
    return f"{row['article_id']}@{row['start']}: {line([*said, *counts])} | {chain}"


def event(row: dict[str, Any]) -> str:
    """Return what an event says, in one line."""
    dead = f"dead {row['fatalities_low']} to {row['fatalities_high']}"
    said = [
        row["event_date"],
        row["place_name"],
        row["sub_event_type"],
        row["actor1_normalised"],
        row["actor2_normalised"],
        row["status"],
    ]
    return line([*said, dead, f"{len(row['claim_ids'])} claims", f"{row['independent_origins']} origins", row["confidence"]])


def line(parts: Iterable[object]) -> str:
    """Join what is known."""
    return ", ".join("-" if part is None else str(part) for part in parts)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
