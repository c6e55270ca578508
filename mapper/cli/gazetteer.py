"""The questions to the gazetteer."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mapper.cli import measures, options
from mapper.cli.columns import described, filled
from mapper.cli.talk import lines, put, say
from mapper.errors import SourceError

if TYPE_CHECKING:
    from mapper.gazetteer import Answer, Gazetteer, Match

FOUND = ("place_id", "name", "kind", "admin1", "admin1_pcode", "admin2", "admin2_pcode", "latitude", "longitude", "score")
"""What is told of the place that a row means."""

FOUND_COLUMNS = tuple(f"found_{name}" for name in (*FOUND, "refused"))
"""The columns in which that stands, and why there is none."""


def register(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb and its questions."""
    theatre = options.theatre()
    gazetteer = verbs.add_parser("gazetteer", help="look place names up, check and measure the tables, or make another country's")
    questions = gazetteer.add_subparsers(title="questions", metavar="QUESTION", required=True)

    finding = questions.add_parser(
        "find",
        parents=[theatre],
        help="which places a name or description means, and why",
    )
    finding.add_argument("name", nargs="?", metavar="NAME[, PROVINCE]", help="in any spelling")
    finding.add_argument(
        "--file", metavar="FILE", help="answer each row of a table (.csv, .tsv) or each line of a text; - is stdin"
    )
    finding.add_argument(
        "--column", action="append", default=[], metavar="NAME", help="column with the place; again for what contains it"
    )
    finding.add_argument("--within", metavar="UNIT", help="province, district or country that must contain it")
    finding.add_argument("--on", type=options.day, metavar="DATE", help="day on which it existed")
    finding.add_argument("--limit", type=options.number, default=5, metavar="N", help="at most so many places (default 5)")
    finding.add_argument("--candidates", action="store_true", help="all places it may mean, those that are refused among them")
    finding.add_argument("--json", action="store_true", help="print a JSON array; with --file a JSON object for each row")
    finding.set_defaults(verb=find, wrong=finding.error)

    checking = questions.add_parser(
        "check", parents=[theatre], help="read every table; name the file and row of a fault, and what looks odd"
    )
    checking.set_defaults(verb=check)

    trying = questions.add_parser(
        "eval",
        parents=[theatre, options.floors()],
        help="measure how spellings of lists left out, and descriptions, are answered",
    )
    trying.add_argument(
        "--descriptions", type=Path, metavar="FILE", help="place descriptions (CSV: description, pcode, longitude, latitude)"
    )
    trying.set_defaults(verb=evaluate)
    _add_import(questions.add_parser("import", help="make the tables of a country from a GeoNames dump and district outlines"))


def find(arguments: argparse.Namespace) -> int:
    """Answer one name, or each row of a file."""
    from mapper.gazetteer import load

    if (arguments.name is None) == (arguments.file is None):
        arguments.wrong("expected a NAME, or --file FILE")
    if arguments.column and not arguments.file:
        arguments.wrong("--column is one of a --file")
    places = load(arguments.country, arguments.boundaries, arguments.gazetteer)
    if arguments.file is not None:
        return _find_all(arguments, places)
    answer = _answer(places, arguments.name, arguments)
    if arguments.json:
        say(json.dumps([_record(places, match) for match in answer.matches], ensure_ascii=False))
    if not answer.matches:
        raise SourceError(answer.refused or f"{arguments.name!r}: no place of that name in {places.country}")
    if not arguments.json:
        say("\n".join(line for match in answer.matches for line in _account(_record(places, match))))
    return 0


def _find_all(arguments: argparse.Namespace, places: Gazetteer) -> int:
    file = arguments.file
    try:
        with nullcontext(sys.stdin) if file == "-" else Path(file).open(encoding="utf-8-sig", newline="") as stream:
            table = described(stream, file, arguments.column)
            answers = ((row, query, _answer(places, query, arguments)) for row, query in table.rows)
            if arguments.json:
                lines(
                    {"query": query, "answers": [_record(places, match) for match in answer.matches], "refused": answer.refused}
                    for _, query, answer in answers
                )
            else:
                for line in filled(table, ((row, _found(places, answer)) for row, _, answer in answers), FOUND_COLUMNS):
                    put(line)
    except (OSError, UnicodeDecodeError, csv.Error) as fault:
        if isinstance(fault, BrokenPipeError):
            raise
        raise SourceError(f"{file}: cannot be read as a table ({fault})") from fault
    return 0


def _answer(places: Gazetteer, name: str, arguments: argparse.Namespace) -> Answer:
    from mapper.gazetteer import Answer

    if not arguments.candidates:
        return places.answer(name, within=arguments.within, on=arguments.on, limit=arguments.limit)
    return Answer(places.find(name, within=arguments.within, on=arguments.on, limit=arguments.limit), None)


def _found(places: Gazetteer, answer: Answer) -> dict[str, Any]:
    record = _record(places, answer.matches[0]) if answer.matches else {}
    return dict(zip(FOUND_COLUMNS, (*(record.get(column) for column in FOUND), answer.refused), strict=True))


def _record(places: Gazetteer, match: Match) -> dict[str, Any]:
    """Return what is told of a place. Its district is that of the official list, so that tables of the list can be joined."""
    place, district = match.place, places.listed(match.place)
    return {
        "place_id": place.id,
        "name": place.name,
        "kind": place.kind.value,
        "feature_code": place.feature_code,
        "country": place.country,
        "admin1": place.admin1,
        "admin1_pcode": place.admin1_pcode,
        "admin2": district.name if district else None,
        "admin2_pcode": district.id if district else None,
        "latitude": place.point.latitude,
        "longitude": place.point.longitude,
        "score": round(match.score, 4),
        "reasons": [reason.note for reason in match.evidence],
        "evidence": [{"name": reason.name, "weight": reason.weight, "note": reason.note} for reason in match.evidence],
    }


def _account(row: Mapping[str, Any]) -> Iterator[str]:
    parents = ", ".join(unit for unit in (row["admin2"], row["admin1"], row["country"]) if unit not in (None, row["name"]))
    yield f"{row['score']:.2f}  {row['place_id']}  {row['name']} ({row['kind']}; {parents})  {row['latitude']}, {row['longitude']}"
    for reason in row["evidence"]:
        yield f"      {reason['weight']:+.2f} {reason['name']}: {reason['note']}"


def check(arguments: argparse.Namespace) -> int:
    """Say what is in the tables, and what in them does not agree."""
    from collections import Counter

    from mapper import gazetteer

    places = gazetteer.load(arguments.country, arguments.boundaries, arguments.gazetteer)
    own = [place for place in places.places.values() if place.country == places.country]
    units = [place.unit for place in own if place.id == place.unit]
    outlined = sum(places.boundary(pcode) is not None for pcode in units if pcode)
    kinds = Counter(place.kind.value for place in own)
    flaws = gazetteer.check(places)
    say(
        f"{places.country}: {', '.join(f'{kind} {number}' for kind, number in sorted(kinds.items()))}; "
        f"{len(places.places) - len(own)} places elsewhere; outlines for {outlined} of {len(units)} units; "
        + (f"{len(flaws)} to be looked at" if flaws else "no fault")
    )
    for flaw in flaws:
        say(f"to be looked at: {flaw}")
    return 0


def evaluate(arguments: argparse.Namespace) -> int:
    """Take each list of spellings out in turn and look it up; answer a table of descriptions."""
    from mapper.gazetteer import load, trial

    places = load(arguments.country, arguments.boundaries, arguments.gazetteer)
    trials = [trial.spellings(places)]
    if arguments.descriptions:
        trials.append(trial.descriptions(places, arguments.descriptions))
    figures = {name: figure for tried in trials for name, figure in tried.figures().items()}
    table = [
        f"{name:22} P {tally.precision:.4f}  R {tally.recall:.4f}  ({tally.right} right, {tally.wrong} wrong, {tally.refused} refused)"
        for tried in trials
        for name, tally in (*tried.tallies.items(), *((f"  {label}", tally) for label, tally in tried.lists.items()))
    ]
    faults = [fault for tried in trials for fault in tried.faults]
    return measures.tell(arguments, figures, "\n".join(table), faults, f"gazetteer-{places.country}")


def import_(arguments: argparse.Namespace) -> int:
    """Make the tables of a country."""
    from mapper.gazetteer.importing import Order, make

    given = vars(arguments)
    made = make(Order(**{name: given[name] for name in Order.__dataclass_fields__ if given[name] is not None}))
    kinds = ", ".join(f"{kind} {number}" for kind, number in made.kinds.items())
    say(
        f"{made.folder}: {made.country} from {made.rows} rows: {kinds}; {made.names} names, {made.weak} of them weak; "
        f"{made.outside} places in no district left out"
    )
    for note in made.notes:
        say(f"note: {note}")
    for flaw in made.flaws:
        say(f"to be looked at: {flaw}")
    return 0


def _add_import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--geonames", required=True, type=Path, metavar="XX.txt", help="country dump of GeoNames, unpacked")
    parser.add_argument("--alternate-names", type=Path, metavar="FILE", help="alternateNamesV2 of GeoNames, unpacked")
    parser.add_argument("--boundaries", required=True, type=Path, metavar="FILE", help="district outlines (GeoJSON, WGS 84)")
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="folder to make")
    parser.add_argument("--country", metavar="ISO3", help="ISO 3166-1 alpha-3 (default: what the outlines say)")
    columns = parser.add_argument_group("properties of the outlines (default: those of OCHA COD-AB and geoBoundaries)")
    for option, what in (
        ("--pcode-column", "P-code of a district"),
        ("--name-column", "name of a district"),
        ("--parent-pcode-column", "P-code of its province"),
        ("--parent-name-column", "name of its province"),
    ):
        columns.add_argument(option, metavar="NAME", help=what)
    parser.add_argument(
        "--tolerance", type=float, metavar="DEGREES", help="how much outlines are simplified (default 0.002, 0: not)"
    )
    parser.add_argument("--every-village", action="store_true", help="keep every populated place, not only known ones")
    parser.add_argument("--romanisation", metavar="SYSTEM", help="how spellings of names vary (default generic)")
    parser.add_argument("--boundaries-licence", dest="licence", metavar="TEXT", help="licence of the outlines, for the credits")
    parser.add_argument("--boundaries-citation", dest="citation", metavar="TEXT", help="how the outlines ask to be cited")
    parser.set_defaults(verb=import_)
