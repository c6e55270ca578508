"""Options that several verbs share, and the settings that they make."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mapper.settings import Settings

SETTINGS = ("country", "gazetteer", "sources", "published", "columns", "fetch", "cache", "boundaries", "state", "tiles")
"""Options that go into the settings under their own names."""

COLUMNS = ("text", "title", "outlet", "byline", "published", "url", "language", "id")
"""What a column of a table of articles may hold."""

EXPORTS = ("gdelt", "mediacloud")
"""Exports whose columns are known by their names, so that nothing need be said of them."""


def settings(arguments: argparse.Namespace) -> Settings:
    """Return the settings of a run that the options name."""
    from mapper.settings import Settings

    given = {name: getattr(arguments, name, None) for name in SETTINGS}
    return Settings(**{name: value for name, value in given.items() if value is not None})


def theatre() -> argparse.ArgumentParser:
    """Return the options that say which places there are."""
    options = argparse.ArgumentParser(add_help=False)
    options.add_argument(
        "--country", metavar="ISO3", help="theatre, as ISO 3166-1 alpha-3 (default AFG, or what the --gazetteer is about)"
    )
    options.add_argument(
        "--gazetteer", type=Path, metavar="DIR", help="place tables of your own, as `mapper gazetteer import` makes them"
    )
    options.add_argument(
        "--boundaries", type=Path, metavar="FILE", help="district outlines of your own (GeoJSON with ADM2_PCODE)"
    )
    return options


def about() -> argparse.ArgumentParser:
    """Return the options that say what is known of the articles."""
    options = argparse.ArgumentParser(add_help=False)
    options.add_argument(
        "--sources", type=Path, metavar="TABLE", help="what the files do not say (default: sources.csv beside them)"
    )
    options.add_argument("--published", type=day, metavar="DATE", help="publication day of articles that nothing else dates")
    options.add_argument(
        "--columns",
        type=columns,
        metavar="FIELD=COLUMN,...",
        help=f"columns of tables of articles; fields: {', '.join(COLUMNS)} (default: by their usual names)",
    )
    options.add_argument(
        "--fetch",
        action="store_true",
        help="let a SOURCE be an http(s) address, and ask the network for it; nothing else is ever asked for",
    )
    options.add_argument("--cache", type=Path, metavar="DIR", help="with --fetch: folder to keep pages in (default mapper-cache)")
    options.add_argument("--state", metavar="SIDE", help="side to count as the state, whatever the day")
    return options


def formats() -> argparse.ArgumentParser:
    """Return the option that says what is put into tables besides."""
    options = argparse.ArgumentParser(add_help=False)
    options.add_argument("--hxl", action="store_true", help="put a row of HXL tags under the headers of CSV and XLSX")
    return options


def names(text: str) -> list[str]:
    """Return the names that an option lists, parted by commas."""
    return [name.strip() for name in text.split(",") if name.strip()]


def noise() -> argparse.ArgumentParser:
    """Return the options that say how much is told."""
    options = argparse.ArgumentParser(add_help=False)
    options.add_argument("-v", "--verbose", action="store_true", help="also name what was read, and how")
    options.add_argument("-q", "--quiet", action="store_true", help="print nothing but errors and what was asked for")
    return options


def day(text: str) -> date:
    """Return the day that an option names; argparse tells of what is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day; expected one such as 2021-08-21") from None


def columns(text: str) -> dict[str, str]:
    """Return the columns that an option names, by field; argparse tells of what is none."""
    if text.strip().lower() in EXPORTS:
        return {}
    named = {}
    for pair in text.split(","):
        field, mark, column = pair.partition("=")
        if not mark or field.strip() not in COLUMNS or not column.strip():
            raise argparse.ArgumentTypeError(
                f"{pair!r} names no column; expected FIELD=COLUMN, FIELD one of {', '.join(COLUMNS)}"
            )
        named[field.strip()] = column.strip()
    return named


def floors() -> argparse.ArgumentParser:
    """Return the options of what is measured."""
    options = argparse.ArgumentParser(add_help=False)
    options.add_argument("--errors", action="store_true", help="name every item that is not right")
    options.add_argument("--json", action="store_true", help="print the figures as one JSON object")
    options.add_argument("--floors", type=Path, metavar="FILE", help="fail when a figure is below the floor kept in this file")
    options.add_argument("--update", action="store_true", help="raise the floors to what was reached")
    options.add_argument("--allow-regression", action="store_true", help="with --update: let floors fall, too")
    return options


def number(text: str) -> int:
    """Return the number that an option names, 1 or more; argparse tells of what is none."""
    if text.isdecimal() and int(text) > 0:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is no number; expected 1 or more")
