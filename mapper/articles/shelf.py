"""The sources tables of a run -> what they state of an input: the one given, else those beside the articles, each read once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from mapper.articles import table
from mapper.articles.files import Found


class Shelf:
    """Looks inputs up: a row of a table or a member of an archive by its own path, else by that of its file."""

    def __init__(self, given: Path | None) -> None:
        """Take the table that a user names; None looks for sources.csv beside the articles."""
        self._given = given
        self._tables: dict[Path, table.Table] = {}
        self._beside: dict[tuple[Path, Path], list[Path]] = {}

    def stated(self, found: Found | None, path: str) -> tuple[dict[str, str], list[str]]:
        """Return what the tables say of an input, the nearest one winning field by field, and a note if its file is in none.

        `path` is the input's own below its source; `found` is None for what is no file of the user's.
        """
        if found is None:
            row = self._read(self._given).get(path, {}) if self._given else {}
            return dict(row), []
        tables = self._paths(found)
        rows = [row for at in tables for row in self._rows(at, found, path[len(found.relative) :])]
        stated = {field: cell for row in reversed(rows) for field, cell in row.items()}
        listed = rows or not tables or path != found.relative
        return stated, [] if listed else [f"not named in {tables[0].name}"]

    def _paths(self, found: Found) -> list[Path]:
        if self._given:
            return [self._given]
        at = found.file.parent, found.home
        if at not in self._beside:
            self._beside[at] = [path for folder in _folders(found) if (path := folder / table.NAME).is_file()]
        return self._beside[at]

    def _rows(self, path: Path, found: Found, inside: str) -> Iterator[Mapping[str, str]]:
        rows = self._read(path)
        below = found.file.relative_to(found.home if self._given else path.parent).as_posix()
        names = [below + inside] + ([found.file.name + inside] if self._given else [])
        if inside:
            names += [below + inside.partition("#")[0], below] + ([found.file.name] if self._given else [])
        seen = set()
        for name in names:
            if name in rows and name not in seen:
                seen.add(name)
                yield rows[name]
                if not inside:
                    return

    def _read(self, path: Path) -> table.Table:
        if path not in self._tables:
            self._tables[path] = table.read(path)
        return self._tables[path]


def _folders(found: Found) -> list[Path]:
    """Return the folders from the file's own up to its source."""
    parents = list(found.file.parents)
    return parents[: parents.index(found.home) + 1]
