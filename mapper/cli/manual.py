"""What `--help` says of each verb beside its options: what it makes of what, and examples to copy."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Mapping
from typing import NamedTuple

WIDTH = 100
"""Characters of a line."""


class Page(NamedTuple):
    """What a verb does, and lines that use it, each with what it is for."""

    text: str
    examples: Mapping[str, str]


STATUS = """\
exit status: 0 done; 1 failed, with a line that says where, what, and what was expected, or a figure
is below its floor; 2 the command line is wrong; 130 interrupted. An input that cannot be read fails
nothing: it stands in articles.jsonl with the reason, unless no input could be read at all."""

PAGES: Mapping[str, Page] = {
    "run": Page(
        "Read articles and write the map, the events, and all that led to them into a folder. "
        "The same input gives the same bytes; nothing is asked of any network without --fetch.",
        {
            "mapper run articles/ --out out/": "every article of a folder and of the folders in it",
            "mapper run articles/ --dry-run": "what would be read, and what not and why",
            "mapper run a.html feed.xml report.pdf --out out/ --published 2021-08-21": "saved pages, feeds and reports",
            "mapper run table.csv --columns text=body,published=date --out out/": "a table of articles, by its own columns",
            "mapper run articles/ --out out/ --format gpkg,xlsx": "files for QGIS and for a spreadsheet, too",
        },
    ),
    "geoparse": Page(
        "Print the place names of articles, a JSON line each: what a name was taken to mean and why, or why it was refused.",
        {
            "mapper geoparse a.txt | jq -r .name": "the places of one article",
            "mapper geoparse - < a.txt": "an article from standard input",
        },
    ),
    "claims": Page(
        "Print the claims of articles, a JSON line each: who says what of which place, through whom, in which sentence.",
        {
            "mapper claims a.txt | jq .quote": "the sentences of one article that claim something",
            "mapper claims out/articles.jsonl -q > claims.jsonl": "those of all articles that a run has read",
        },
    ),
    "explain": Page(
        "Tell the story of one event in words: who claims it, in which sentences, who contradicts, and which rule decided its coding.",
        {"mapper explain event-92b1c8a30f2d --in out/": "an event_id of events.csv"},
    ),
    "eval": Page(
        "Run on a corpus with gold annotations and print how much agrees: toponyms, control, events, tolls, days, speakers, "
        "and, where the corpus has stories, origins, copies, contradictions and changes on the way.",
        {
            "mapper eval tests/eval/original": "the figures",
            "mapper eval tests/eval/original --errors": "with every item that is not right",
            "mapper eval corpus/ --floors floors.json --update": "raise the floors to what was reached",
        },
    ),
    "export": Page(
        "Make further files of what a run has written. Each FILE is made by its name where a run writes one of that name "
        "(claims.parquet), else by its suffix.",
        {
            "mapper export --in out/ events.gpkg": "layers for QGIS",
            "mapper export --in out/ report.xlsx events.ged.csv --hxl": "a workbook and the columns of UCDP GED, with HXL tags",
        },
    ),
    "gazetteer": Page(
        "Ask the gazetteer, check or measure its tables, or make another country's.",
        {
            'mapper gazetteer find "Pol-e-Hesar, Baghlan"': "which place that is, and why",
            "mapper gazetteer check": "whether the tables agree with each other",
        },
    ),
    "gazetteer find": Page(
        "Which place a name in any spelling means, or a description such as 'a village near Tirin Kot, Uruzgan'. "
        "Where the evidence is level or too little fits, the answer is refused.",
        {
            'mapper gazetteer find "a village near Tirin Kot, Uruzgan province"': "a place that is only described",
            "mapper gazetteer find --file places.csv --column place --column province": "each row of a table",
        },
    ),
    "gazetteer check": Page(
        "Read every table and name the file and row of a fault, and what looks odd.",
        {"mapper gazetteer check --gazetteer tables/": "tables of your own"},
    ),
    "gazetteer eval": Page(
        "Measure how spellings that were left out of the tables, and descriptions, are answered.",
        {"mapper gazetteer eval --descriptions tests/eval/descriptions.csv": "the figures"},
    ),
    "gazetteer import": Page(
        "Make the tables of a country from a GeoNames dump and an outline of each district; nothing is fetched.",
        {
            "mapper gazetteer import --geonames XX.txt --boundaries adm2.geojson --country XXX --out tables/XXX": "a country's tables",
        },
    ),
}
"""By the words of the verb."""


def illustrate(parser: argparse.ArgumentParser, verb: str = "") -> None:
    """Give every verb below a parser its page; KeyError for one without."""
    for action in parser._actions:  # argparse names its verbs nowhere else
        if isinstance(action, argparse._SubParsersAction):
            for name, below in action.choices.items():
                _write(below, PAGES[f"{verb} {name}".strip()])
                illustrate(below, f"{verb} {name}".strip())


def _write(parser: argparse.ArgumentParser, page: Page) -> None:
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description = textwrap.fill(page.text, WIDTH)
    parser.epilog = "\n".join(["examples:", *(f"  {command}\n      {what}" for command, what in page.examples.items())])
