"""Tables on the command line: a file -> its rows, each with the description in some of its columns; rows -> lines of CSV."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from mapper.errors import SourceError

Row = dict[str, Any]


def described(file: str, columns: Sequence[str]) -> Iterator[tuple[Row, str]]:
    """Yield the rows of a table (.csv, .tsv, "-" for stdin) with the cells of the columns joined by commas, or the lines of a text.

    SourceError when the file cannot be read, or has no such column.
    """
    suffix = Path(file).suffix.lower()
    try:
        with nullcontext(sys.stdin) if file == "-" else Path(file).open(encoding="utf-8-sig", newline="") as stream:
            if not columns and suffix not in (".csv", ".tsv"):
                yield from (({"query": line.strip()}, line.strip()) for line in stream if line.strip())
                return
            rows = csv.DictReader(stream, delimiter="\t" if suffix == ".tsv" else ",")
            names = rows.fieldnames or ()
            missing = [column for column in columns if column not in names]
            if missing or not columns:
                wanted = f"no column {', '.join(map(repr, missing))}" if missing else "expected --column"
                raise SourceError(f"{file}: {wanted}; its columns are {', '.join(names) or 'none'}")
            for row in rows:
                whole = {name: row[name] for name in names}  # cells beyond the header have no name
                yield whole, ", ".join(cell.strip() for column in columns if (cell := row[column]) and cell.strip())
    except SourceError:
        raise
    except (OSError, UnicodeDecodeError, csv.Error) as fault:
        raise SourceError(f"{file}: cannot be read as a table ({fault})") from fault


def filled(rows: Iterable[tuple[Row, Mapping[str, Any]]], columns: Sequence[str]) -> Iterator[str]:
    """Yield lines of CSV: the header, then each row with what was found for it, in columns of its own."""
    header: Sequence[str] = ()
    for row, found in rows:
        if not header:
            header = (*row, *columns)
            yield _line(header)
        yield _line([{**row, **found}[column] for column in header])


def _line(cells: Iterable[Any]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="").writerow(cells)
    return written.getvalue()
