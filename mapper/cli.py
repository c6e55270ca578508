"""The command line: one subcommand for each verb. Prints, and turns errors into one line and an exit code.

0 done, 1 nothing read or an error told in one line, 2 wrong usage, 130 interrupted.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TextIO, TypeVar

from mapper.errors import MapperError, SourceError

if TYPE_CHECKING:
    from mapper.evaluation import Report
    from mapper.model import Article, Rejected
    from mapper.pipeline import Progress
    from mapper.settings import Settings

T = TypeVar("T")

SHOWN = 10
"""Rejected inputs named one by one before the rest is counted."""

_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")

EXAMPLES = """\
examples:
  mapper run articles/ --out out/                 all files of a folder, the map among the output
  mapper run a.txt b.txt --out out/ --published 2021-08-21
  mapper claims a.txt | jq .quote                 the claims of one article, a JSON line each
  mapper gazetteer find "Pol-e-Hesar, Baghlan"    which place a name means, and why
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
        _say(f"mapper: {_one_line(str(fault))}", sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader has left; nothing is to be flushed to it
        return 0


# --- the verbs ----------------------------------------------------------------------------------


def _run(arguments: argparse.Namespace) -> int:
    from mapper.pipeline import run

    result = run(arguments.source, _settings(arguments), progress=_progress(arguments))
    paths = result.write(arguments.out)
    _tell(result.findings.articles, result.findings.rejected, arguments)
    if not result.findings.articles:
        raise SourceError(f"{_sources(arguments)}: no article was read; the reasons stand in {paths['articles.jsonl']}")
    if not arguments.quiet:
        _say(f"Map: {paths['map.html']}\n{result.summary()}")
    return 0


def _geoparse(arguments: argparse.Namespace) -> int:
    from mapper import articles, gazetteer, geoparsing
    from mapper.exports.records import toponym

    settings = _settings(arguments)
    read, rejected = articles.read([Path(source) for source in arguments.source], settings)
    places = gazetteer.load(settings.country, settings.boundaries)
    for article in read:
        _lines(map(toponym, geoparsing.geoparse(article, places, settings)))
    return _close(read, rejected, arguments)


def _claims(arguments: argparse.Namespace) -> int:
    from mapper.pipeline import run

    result = run(arguments.source, _settings(arguments))
    _lines(result.records.claims)
    return _close(result.findings.articles, result.findings.rejected, arguments)


def _find(arguments: argparse.Namespace) -> int:
    from mapper import gazetteer

    found = gazetteer.load(arguments.country).find(arguments.name, limit=arguments.limit)
    rows = [
        {
            "place_id": place.id,
            "name": place.name,
            "kind": place.kind.value,
            "feature_code": place.feature_code,
            "country": place.country,
            "admin1": place.admin1,
            "admin1_pcode": place.admin1_pcode,
            "admin2": place.admin2,
            "admin2_pcode": place.admin2_pcode,
            "latitude": place.point.latitude,
            "longitude": place.point.longitude,
            "score": round(score, 4),
            "evidence": [{"name": reason.name, "weight": reason.weight, "note": reason.note} for reason in evidence],
        }
        for place, score, evidence in found
    ]
    if arguments.json:
        _say(json.dumps(rows, ensure_ascii=False))
    elif rows:
        _say("\n".join(line for row in rows for line in _account(row)))
    else:
        raise SourceError(f"{arguments.name!r}: no place of that name in {arguments.country}")
    return 0 if rows else 1


def _account(row: dict[str, Any]) -> Iterator[str]:
    parents = ", ".join(unit for unit in (row["admin2"], row["admin1"], row["country"]) if unit not in (None, row["name"]))
    yield f"{row['score']:.2f}  {row['place_id']}  {row['name']} ({row['kind']}; {parents})  {row['latitude']}, {row['longitude']}"
    for reason in row["evidence"]:
        yield f"      {reason['weight']:+.2f} {reason['name']}: {reason['note']}"


def _check(arguments: argparse.Namespace) -> int:
    from collections import Counter

    from mapper import gazetteer

    places = gazetteer.load(arguments.country, arguments.boundaries)
    own = [place for place in places.places.values() if place.country == arguments.country]
    units = [place.unit for place in own if place.id == place.unit]
    outlined = sum(places.boundary(pcode) is not None for pcode in units if pcode)
    kinds = Counter(place.kind.value for place in own)
    _say(
        f"{arguments.country}: {', '.join(f'{kind} {number}' for kind, number in sorted(kinds.items()))}; "
        f"{len(places.places) - len(own)} places elsewhere; outlines for {outlined} of {len(units)} units; no fault"
    )
    for flaw in gazetteer.check(places):
        _say(f"to be looked at: {flaw}")
    return 0


def _explain(arguments: argparse.Namespace) -> int:
    from mapper.exports import load
    from mapper.exports.explanation import explain

    _say(explain(load(arguments.folder), arguments.event_id))
    return 0


def _eval(arguments: argparse.Namespace) -> int:
    from mapper import actors, evaluation
    from mapper.pipeline import run

    corpus = Path(arguments.corpus)
    gold = evaluation.read_gold(arguments.gold or corpus / "gold")
    inside = corpus / "articles"
    result = run(inside if inside.is_dir() else corpus, _settings(arguments), progress=_progress(arguments))
    report = evaluation.evaluate(result.records, gold, actors.load(arguments.country))
    _say(json.dumps(report.figures()) if arguments.json else _tabulate(report))
    for difference in report.differences if arguments.errors else ():
        _say(f"  {difference}")
    if arguments.floors is None:
        return 0
    fallen = evaluation.compare_floors(
        report, arguments.floors, corpus.resolve().name, update=arguments.update, allow_regression=arguments.allow_regression
    )
    for line in fallen:
        _say(f"mapper: below its floor: {line}", sys.stderr)
    return 1 if fallen else 0


def _tabulate(report: Report) -> str:
    from mapper.evaluation import SHARES

    rows = []
    for measure, score in report.scores.items():
        share = f"accuracy {score.recall:.3f}"
        full = f"P {score.precision:.3f}  R {score.recall:.3f}  F1 {score.f1:.3f}"
        rows.append(
            f"{measure:9} {share if measure in SHARES else full}  ({score.agree} agree, {score.found} found, {score.gold} gold)"
        )
    return "\n".join(rows)


# --- what the verbs share -----------------------------------------------------------------------


def _settings(arguments: argparse.Namespace) -> Settings:
    from mapper.settings import Settings

    given = {name: getattr(arguments, name, None) for name in ("country", "sources", "published", "boundaries", "state")}
    return Settings(**{name: value for name, value in given.items() if value is not None})


def _progress(arguments: argparse.Namespace) -> Progress:
    from mapper.pipeline import silent

    if arguments.quiet or not sys.stderr.isatty():
        return silent

    def bar(items: Sequence[T], label: str, /) -> Iterable[T]:
        from tqdm import tqdm  # type: ignore[import-untyped] # ships no type information

        shown: Iterable[T] = tqdm(items, desc=label, unit="article", leave=False, file=sys.stderr)
        return shown

    return bar


def _tell(read: Sequence[Article], rejected: Sequence[Rejected], arguments: argparse.Namespace) -> None:
    """Name on stderr the inputs that were not read, and with --verbose also what was noted of the others."""
    if arguments.quiet:
        return
    if arguments.verbose:
        for article in read:
            _say(f"read {_one_line('; '.join([article.path, *article.notes]))}", sys.stderr)
    shown = rejected if arguments.verbose else rejected[:SHOWN]
    for record in shown:
        _say(f"rejected {_one_line(record.path)}: {_one_line(record.reason)}", sys.stderr)
    if len(rejected) > len(shown):
        _say(f"rejected {len(rejected) - len(shown)} more", sys.stderr)


def _close(read: Sequence[Article], rejected: Sequence[Rejected], arguments: argparse.Namespace) -> int:
    _tell(read, rejected, arguments)
    if not read:
        raise SourceError(f"{_sources(arguments)}: no article was read")
    return 0


def _sources(arguments: argparse.Namespace) -> str:
    return ", ".join(map(str, arguments.source))


def _lines(rows: Iterable[dict[str, Any]]) -> None:
    for row in rows:
        _say(json.dumps(row, ensure_ascii=False))


def _say(text: str, stream: TextIO | None = None) -> None:
    """Print; what would steer the terminal or turn the text around is shown as an escape, which JSON reads back."""
    print(_UNSAFE.sub(lambda match: f"\\u{ord(match.group()):04x}", text), file=stream or sys.stdout)


def _one_line(text: str) -> str:
    return " ".join(text.split())


# --- the arguments ------------------------------------------------------------------------------


class _Version(argparse.Action):
    """Prints the version; looked up only when asked for, for it costs as much time as all else here."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        import mapper

        _say(f"mapper {mapper.__version__}")
        parser.exit()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="mapper",
        description="News articles about a conflict -> a map of who claims what happened where, and who says so. Needs no network.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="show the version and exit")
    verbs = parser.add_subparsers(title="verbs", metavar="VERB", required=True)
    theatre, about, noise = _theatre(), _about(), _noise()

    run = verbs.add_parser("run", parents=[about, theatre, noise], help="read articles, write the map and the tables")
    run.add_argument("source", nargs="+", metavar="SOURCE", help="articles (.txt), or folders of them")
    run.add_argument("--out", required=True, type=Path, metavar="DIR", help="folder to write into, made if need be")
    run.set_defaults(verb=_run)
    for name, verb, what in (("geoparse", _geoparse, "place names"), ("claims", _claims, "claims")):
        lines = verbs.add_parser(name, parents=[about, theatre, noise], help=f"print the {what} of articles as JSON lines")
        lines.add_argument("source", nargs="+", metavar="FILE")
        lines.set_defaults(verb=verb)

    gazetteer = verbs.add_parser("gazetteer", help="look a place name up, or check the tables")
    questions = gazetteer.add_subparsers(title="questions", metavar="QUESTION", required=True)
    find = questions.add_parser("find", parents=[theatre], help="which places a name may mean, and why")
    find.add_argument("name", metavar="NAME[, PROVINCE]", help="in any spelling")
    find.add_argument("--limit", type=int, default=5, metavar="N", help="at most so many places (default 5)")
    find.add_argument("--json", action="store_true", help="print a JSON array")
    find.set_defaults(verb=_find)
    check = questions.add_parser(
        "check", parents=[theatre], help="read every table; name the file and row of a fault, and what looks odd"
    )
    check.set_defaults(verb=_check)

    explain = verbs.add_parser("explain", help="tell who claims an event, in which words, and what decided its coding")
    explain.add_argument("event_id", metavar="EVENT_ID")
    explain.add_argument("--in", dest="folder", required=True, type=Path, metavar="DIR", help="the --out folder of a run")
    explain.set_defaults(verb=_explain)
    _add_eval(verbs.add_parser("eval", parents=[about, theatre, noise], help="score a run against gold annotations"))
    return parser


def _theatre() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(add_help=False)
    options.add_argument("--country", default="AFG", metavar="ISO3", help="theatre, as ISO 3166-1 alpha-3 (default AFG)")
    options.add_argument(
        "--boundaries", type=Path, metavar="FILE", help="district outlines of your own (GeoJSON with ADM2_PCODE)"
    )
    return options


def _about() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(add_help=False)
    options.add_argument(
        "--sources", type=Path, metavar="TABLE", help="what the files do not say (default: sources.csv beside them)"
    )
    options.add_argument("--published", type=_date, metavar="DATE", help="publication day of articles that nothing else dates")
    options.add_argument("--state", metavar="SIDE", help="side to count as the state, whatever the day")
    return options


def _noise() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(add_help=False)
    options.add_argument("-v", "--verbose", action="store_true", help="also name what was read, and how")
    options.add_argument("-q", "--quiet", action="store_true", help="print nothing but errors and what was asked for")
    return options


def _add_eval(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("corpus", metavar="CORPUS", help="folder with articles/ and gold/, or with articles and --gold")
    parser.add_argument("--gold", type=Path, metavar="DIR", help="annotations, one JSON file for each article")
    parser.add_argument("--errors", action="store_true", help="name every item on which run and gold differ")
    parser.add_argument("--json", action="store_true", help="print the figures as one JSON object")
    parser.add_argument("--floors", type=Path, metavar="FILE", help="fail when a figure is below the floor kept in this file")
    parser.add_argument("--update", action="store_true", help="raise the floors to what was reached")
    parser.add_argument("--allow-regression", action="store_true", help="with --update: let floors fall, too")
    parser.set_defaults(verb=_eval)


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day; expected one such as 2021-08-21") from None


if __name__ == "__main__":
    sys.exit(main())
