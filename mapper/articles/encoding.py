"""The bytes of a file -> its characters, with a note where the encoding had to be guessed."""

from __future__ import annotations

import codecs
import re

from mapper.articles.draft import Unreadable

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins with the mark of UTF-16 LE, so it is tried first
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
UNMARKED = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
LOST = "\N{REPLACEMENT CHARACTER}"
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_ASCII = re.compile(r"[\t\n\r -~]")


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the text and the notes on how it was read; Unreadable says why the bytes are no text."""
    text, notes = _decode(data)
    if "\0" in text:
        raise Unreadable("holds NUL bytes; expected text")
    if len(_CONTROL.findall(text)) > 3 + len(text) / 50:
        raise Unreadable("holds mostly control characters; expected text")
    return text, notes


def _decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _mend(data[len(mark) :], encoding)
    if b"\0" in data:
        return _widen(data)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        text, notes = _mend(data, "utf-8")
    if 2 * text.count(LOST) < len(re.findall(r"[^\x00-\x7f]", text)):
        return text, notes  # most of what is not ASCII makes sense as UTF-8: single bytes were damaged
    try:
        return data.decode("cp1252"), ("read as Windows-1252: it is not UTF-8",)
    except UnicodeDecodeError:
        raise Unreadable("is neither UTF-8 nor Windows-1252 text") from None


def _mend(data: bytes, encoding: str) -> tuple[str, tuple[str, ...]]:
    text = data.decode(encoding, "replace")
    lost = text.count(LOST) - data.count(LOST.encode(encoding))
    return text, (f"{lost} damaged characters stand as U+FFFD",) if lost > 0 else ()


def _widen(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Read UTF-16 or UTF-32 that lacks its mark: the reading whose characters are mostly ASCII."""
    for encoding in UNMARKED:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text and len(_ASCII.findall(text)) > len(text) / 2:
            return text, (f"read as {encoding.upper()}: it has no byte order mark",)
    raise Unreadable("holds NUL bytes; expected text")


def as_browsers(name: str) -> str:
    """Return the encoding that is meant by a name: pages that say Latin-1 or ASCII are written in Windows-1252.

    So the Encoding Standard of the WHATWG has it. LookupError for a name of none.

    >>> as_browsers("ISO-8859-1"), as_browsers("koi8-r")
    ('cp1252', 'koi8-r')
    """
    return "cp1252" if codecs.lookup(name).name in ("iso8859-1", "ascii") else name
