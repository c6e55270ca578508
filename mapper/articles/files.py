"""Files and folders named by a caller -> the files to read, in a fixed order, each with its path below its source."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from mapper.articles import table
from mapper.errors import SourceError


class Found(NamedTuple):
    """A file below a source: where it is, its POSIX path relative to `home`, and why it is refused unread, if it is."""

    file: Path
    relative: str
    home: Path
    refused: str | None = None


def find(sources: Sequence[Path], table_given: Path | None = None) -> list[Found]:
    """Return what the sources hold, each file once, sorted by relative path.

    Folders are searched to the bottom; hidden files and sources tables are no articles, and symbolic
    links met on the way are refused, so that a search stays inside its source and ends. SourceError
    when not one source exists or they hold no file at all.
    """
    if not any(source.exists() for source in sources):
        raise SourceError(f"{', '.join(map(str, sources)) or 'no source'}: no such file or folder; expected articles to read")
    skip = {table_given.resolve()} if table_given else set()
    once: dict[str, Found] = {}
    for found in sorted(
        (found for source in sources for found in _search(source)), key=lambda found: (found.relative, found.file)
    ):
        if found.file.name != table.NAME and found.file.resolve() not in skip:
            once.setdefault(str(found.file) if found.refused else os.path.realpath(found.file), found)
    if not once:
        raise SourceError(
            f"{', '.join(map(str, sources))}: holds no article; expected files such as .txt, .html, .pdf, .csv or .zip"
        )
    return list(once.values())


def _search(source: Path) -> Iterator[Found]:
    if not source.is_dir():
        yield Found(source, _readable(source.name), source.parent, _refusal(source))
        return
    unread: list[OSError] = []
    for folder, folders, names in os.walk(source, onerror=unread.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        links = [name for name in folders if Path(folder, name).is_symlink()]
        for name in [*links, *names]:
            file = Path(folder, name)
            if not name.startswith("."):
                refused = "a symbolic link, not followed; name the file itself" if file.is_symlink() else _refusal(file)
                yield Found(file, _relative(file, source), source, refused)
    for fault in unread:
        yield Found(
            Path(fault.filename), _relative(Path(fault.filename), source), source, f"cannot be searched ({fault.strerror})"
        )


def _refusal(file: Path) -> str | None:
    try:
        mode = file.stat().st_mode
    except OSError as fault:
        return f"cannot be opened ({fault.strerror})"
    return None if stat.S_ISREG(mode) else "not a regular file"


def _relative(file: Path, source: Path) -> str:
    return _readable(file.relative_to(source).as_posix())


def _readable(name: str) -> str:
    """Spell bytes of a file name that are no UTF-8 as ``\\xNN``, so that the name can be written down."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")
