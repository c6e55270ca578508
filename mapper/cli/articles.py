"""The verbs that read articles, or what a run has made of them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mapper.cli import measures, options
from mapper.cli.options import settings
from mapper.cli.talk import lines, one_line, say
from mapper.errors import SourceError

if TYPE_CHECKING:
    from mapper.evaluation import Report, Score
    from mapper.model import Article, Rejected

SOURCES = (
    "articles (.txt .html .mhtml .pdf), feeds (.xml .rss .atom), tables of articles (.csv .tsv .xlsx .json .jsonl), "
    ".zip archives or folders of all these, - for standard input, with --fetch http(s) addresses"
)
"""What may be named as a source."""

SHOWN = 10
"""Rejected inputs named one by one before the rest is counted."""


def register(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verbs."""
    theatre, about, noise, floors = options.theatre(), options.about(), options.noise(), options.floors()

    reading = verbs.add_parser(
        "run", parents=[about, theatre, options.formats(), noise], help="read articles, write the map and the tables"
    )
    reading.add_argument("source", nargs="+", metavar="SOURCE", help=SOURCES)
    reading.add_argument("--out", type=Path, metavar="DIR", help="folder to write into, made if need be")
    reading.add_argument(
        "--dry-run", action="store_true", help="list what would be read and what not, with the reasons; write nothing"
    )
    reading.add_argument(
        "--tiles",
        metavar="URL",
        help="let the map show a background, https://.../{z}/{x}/{y}.png, when its reader asks for it; its server then learns who looks where",
    )
    reading.add_argument(
        "--format",
        dest="formats",
        type=options.names,
        default=[],
        metavar="NAME[,NAME...]",
        help="write these besides: gpkg, parquet, fgb, kml, xlsx, ged, prov, stix",
    )
    reading.set_defaults(verb=run, wrong=reading.error)
    for name, verb, what in (("geoparse", geoparse, "place names"), ("claims", claims, "claims")):
        printing = verbs.add_parser(name, parents=[about, theatre, noise], help=f"print the {what} of articles as JSON lines")
        printing.add_argument("source", nargs="+", metavar="SOURCE", help=SOURCES)
        printing.set_defaults(verb=verb)

    telling = verbs.add_parser("explain", help="tell who claims an event, in which words, and what decided its coding")
    telling.add_argument("event_id", metavar="EVENT_ID")
    telling.add_argument("--in", dest="folder", required=True, type=Path, metavar="DIR", help="the --out folder of a run")
    telling.set_defaults(verb=explain)

    scoring = verbs.add_parser("eval", parents=[about, theatre, noise, floors], help="score a run against gold annotations")
    scoring.add_argument("corpus", metavar="CORPUS", help="folder with articles/ and gold/, or with articles and --gold")
    scoring.add_argument("--gold", type=Path, metavar="DIR", help="annotations, one JSON file for each article")
    scoring.set_defaults(verb=evaluate)


def run(arguments: argparse.Namespace) -> int:
    """Read articles; write the map and the tables."""
    if arguments.dry_run:
        return rehearse(arguments)
    if arguments.out is None:
        arguments.wrong("expected --out DIR, or --dry-run to see what would be read")
    from mapper import exports, pipeline

    exports.named(arguments.formats)  # a format that cannot be written is told before the articles are read
    result = pipeline.run(arguments.source, settings(arguments), progress=not arguments.quiet)
    paths = result.write(arguments.out, arguments.formats, arguments.hxl)
    _tell(result.findings.articles, result.findings.rejected, arguments)
    if not result.findings.articles:
        raise SourceError(f"{_sources(arguments)}: no article was read; the reasons stand in {paths['articles.jsonl']}")
    if not arguments.quiet:
        say(f"Map: {paths['map.html']}\n{result.summary()}")
    return 0


def rehearse(arguments: argparse.Namespace) -> int:
    """List what a run would read, and what not."""
    from mapper import articles

    asked = [source for source in arguments.source if arguments.fetch and articles.is_address(source)]
    for source in asked:
        say(f"would fetch {source}")
    others = [source for source in arguments.source if source not in asked]
    read, rejected = articles.read(others, settings(arguments)) if others else ((), ())
    for article in read:
        told = [f"{len(article.text.split())} words", article.outlet or "outlet unknown", str(article.published or "day unknown")]
        also = [f"also at {path}" for path in article.also_at]
        say(
            f"would read {one_line(article.path)} as {one_line('; '.join([f'{article.id}: ' + ', '.join(told), *also, *article.notes]))}"
        )
    for record in rejected:
        say(f"would reject {one_line(record.path)}: {one_line(record.reason)}")
    say(
        f"{len(read)} would be read, {len(rejected)} rejected"
        + (f", {len(asked)} fetched" if asked else "")
        + "; nothing was written"
    )
    if not read and not asked:
        raise SourceError(f"{_sources(arguments)}: no article would be read; the reasons stand above")
    return 0


def geoparse(arguments: argparse.Namespace) -> int:
    """Print the place names of articles."""
    from mapper import articles, gazetteer, geoparsing
    from mapper.exports.records import toponym

    given = settings(arguments)
    read, rejected = articles.read(arguments.source, given)
    places = gazetteer.load(given.country, given.boundaries, given.gazetteer)
    for article in read:
        lines(map(toponym, geoparsing.geoparse(article, places, given)))
    return _close(read, rejected, arguments)


def claims(arguments: argparse.Namespace) -> int:
    """Print the claims of articles."""
    from mapper import pipeline

    result = pipeline.run(arguments.source, settings(arguments))
    lines(result.records.claims)
    return _close(result.findings.articles, result.findings.rejected, arguments)


def explain(arguments: argparse.Namespace) -> int:
    """Tell who claims an event."""
    from mapper.exports import explanation, load

    say(explanation.explain(load(arguments.folder), arguments.event_id))
    return 0


def evaluate(arguments: argparse.Namespace) -> int:
    """Score a run against gold annotations."""
    from mapper import evaluation, pipeline

    corpus = Path(arguments.corpus)
    gold = evaluation.read_gold(arguments.gold or corpus / "gold")
    told = corpus / "stories.json"
    stories = evaluation.across.read(told) if told.exists() else []
    inside = corpus / "articles"
    result = pipeline.run(inside if inside.is_dir() else corpus, settings(arguments), progress=not arguments.quiet)
    report = evaluation.evaluate(result.records, gold, result.actors, stories)
    return measures.tell(arguments, report.figures(), _tabulate(report), report.differences, corpus.resolve().name)


def _tabulate(report: Report) -> str:
    from mapper.evaluation import SHARES

    rows = []
    for measure, score in report.scores.items():
        rows.append(_row(measure, score, f"accuracy {score.recall:.3f}" if measure in SHARES else None))
        rows += [
            _row(f"  {name.removeprefix(measure + ' ')}", part)
            for name, part in report.classes.items()
            if name.startswith(measure + " ")
        ]
    return "\n".join(rows)


def _row(name: str, score: Score, figure: str | None = None) -> str:
    figure = figure or f"P {score.precision:.3f}  R {score.recall:.3f}  F1 {score.f1:.3f}"
    return f"{name:28} {figure}  ({score.agree} agree, {score.found} found, {score.gold} gold)"


def _tell(read: Sequence[Article], rejected: Sequence[Rejected], arguments: argparse.Namespace) -> None:
    """Name on stderr the inputs that were not read, and with --verbose also what was noted of the others."""
    if arguments.quiet:
        return
    if arguments.verbose:
        for article in read:
            say(f"read {one_line('; '.join([article.path, *article.notes]))}", sys.stderr)
    shown = rejected if arguments.verbose else rejected[:SHOWN]
    for record in shown:
        say(f"rejected {one_line(record.path)}: {one_line(record.reason)}", sys.stderr)
    if len(rejected) > len(shown):
        say(f"rejected {len(rejected) - len(shown)} more", sys.stderr)


def _close(read: Sequence[Article], rejected: Sequence[Rejected], arguments: argparse.Namespace) -> int:
    _tell(read, rejected, arguments)
    if not read:
        raise SourceError(f"{_sources(arguments)}: no article was read")
    return 0


def _sources(arguments: argparse.Namespace) -> str:
    return ", ".join(map(str, arguments.source))
