"""Archives and compressed files -> their members, read in memory one at a time and never written anywhere."""

from __future__ import annotations

import gzip
import io
import lzma
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from mapper.articles.draft import Unreadable

MEMBERS = 20_000
"""No archive of articles has more; reading the list of one that has would only cost the others their time."""

TOTAL = 500_000_000
"""Bytes of all members together."""

RATIO = 200
"""Text shrinks to a tenth, and a dull table to a fiftieth; what shrinks to less than this is made to burst."""

HARMLESS = 1_000_000
"""Bytes up to which a ratio does no harm."""

PACKED = frozenset({".zip", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".rar", ".tar"})
_CHUNK = 1 << 20


class Member(NamedTuple):
    """One file of an archive: its path inside, its bytes, or why they were not read."""

    name: str
    data: bytes = b""
    refused: str | None = None


def members(archive: Path | io.BytesIO, largest: int, first: str = "") -> Iterator[Member]:
    """Yield the files of a zip archive, those called `first` in any folder, then the others by name; Unreadable says why there are none.

    Hidden files are none, as in a folder. A member is refused when its path leads out of the archive,
    when it is a link, packed or encrypted, larger than `largest` bytes, or shrunk beyond `RATIO`.
    """
    try:
        opened = zipfile.ZipFile(archive)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise Unreadable("not a zip archive, or a damaged one") from None
    with opened:
        found = sorted(
            (entry for entry in opened.infolist() if not entry.is_dir() and not _hidden(entry.filename)),
            key=lambda entry: (PurePosixPath(entry.filename).name != first, entry.filename, entry.header_offset),
        )
        if len(found) > MEMBERS:
            raise Unreadable(f"holds {len(found):,} files; expected at most {MEMBERS:,}")
        left, seen = TOTAL, set[str]()
        for entry in found:
            refused = "a second member of this name" if entry.filename in seen else _refusal(entry, min(left, largest))
            seen.add(entry.filename)
            member = Member(entry.filename, b"", refused) if refused else _read(opened, entry)
            left -= len(member.data)
            yield member


def _hidden(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return parts[:1] == ("__MACOSX",) or any(part.startswith(".") and part != ".." for part in parts)


def _refusal(entry: zipfile.ZipInfo, largest: int) -> str | None:
    path = PurePosixPath(entry.filename)
    if path.is_absolute() or ".." in path.parts or "\\" in entry.filename or entry.filename[1:2] == ":":
        return "a path that leads out of the archive"
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "a symbolic link"
    if path.suffix.lower() in PACKED:
        return "an archive within an archive; unpack it first"
    if entry.flag_bits & 1:
        return "encrypted; unpack it first"
    if entry.file_size > largest:
        return f"larger than the {largest:,} bytes that a member, or what is left of an archive, may have"
    if entry.file_size > max(HARMLESS, RATIO * entry.compress_size):
        return f"shrunk to less than 1 part in {RATIO}, as no text is"
    return None


def _read(opened: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Member:
    try:
        with opened.open(entry) as handle:
            return Member(entry.filename, handle.read(entry.file_size + 1))
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError, RuntimeError, ValueError, NotImplementedError):
        return Member(entry.filename, b"", "damaged, or packed in a way that is not known")


def unpack(data: bytes, largest: int) -> bytes:
    """Return what a gzip file holds; Unreadable when it is damaged, larger than `largest` bytes, or shrunk beyond `RATIO`."""
    limit = min(largest, max(HARMLESS, RATIO * len(data)))
    out = bytearray()
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as handle:
            while chunk := handle.read(_CHUNK):
                out += chunk
                if len(out) > limit:
                    raise Unreadable(f"unpacks to more than {limit:,} bytes")
    except (OSError, EOFError, zlib.error):
        raise Unreadable("not a gzip file, or a damaged one") from None
    return bytes(out)
