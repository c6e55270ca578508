"""Archives and compressed files: what they hold is read in memory, and what would burst or lead outside is refused."""

from __future__ import annotations

import gzip
import io
import random
import stat
import sys
import tracemalloc
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper import articles
from mapper.articles import archive
from mapper.articles.draft import Unreadable

STORY = "Fighters took the town of Banu on Friday, residents said. “It is quiet now,” one added."


def zipped(path: Path, **members: str | bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in members.items():
            out.writestr(name.replace("__", "/"), content)
    return path


def members(data: bytes | io.BytesIO, largest: int = 10_000_000) -> list[archive.Member]:
    return list(archive.members(data if isinstance(data, io.BytesIO) else io.BytesIO(data), largest))


def test_an_archive_is_read_as_a_folder_is(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as out:
        out.writestr("in/one.txt", STORY)
        out.writestr("in/deep/two.txt", f"outlet: Own\n\n{STORY} Two.")
        out.writestr("in/rows.csv", f'title,text\nT,"{STORY} Three."\n')
        out.writestr("in/picture.jpg", b"\xff\xd8")
        out.writestr("in/sources.csv", "file,outlet,published\none.txt,The Wire,2021-08-21\ndeep/two.txt,Table,2021-08-22\n")
        out.writestr("__MACOSX/in/._one.txt", b"x")
        out.writestr("in/.hidden.txt", STORY)
    found, (rejected,) = articles.read([tmp_path / "a.zip"])
    assert [(article.id, article.path, article.outlet, article.published) for article in found] == [
        ("one", "a.zip/in/one.txt", "The Wire", date(2021, 8, 21)),
        ("rows-2", "a.zip/in/rows.csv#2", None, None),
        ("two", "a.zip/in/deep/two.txt", "Own", date(2021, 8, 22)),
    ]
    assert (rejected.path, rejected.reason.partition(";")[0]) == ("a.zip/in/picture.jpg", "unknown format '.jpg'")


def test_a_table_beside_an_archive_speaks_of_its_members(tmp_path: Path) -> None:
    zipped(tmp_path / "a.zip", **{"one.txt": STORY})
    (tmp_path / "sources.csv").write_text("file,outlet\na.zip/one.txt,The Wire\n")
    ((article,), _) = articles.read([tmp_path])
    assert article.outlet == "The Wire"


def test_a_faulty_table_in_an_archive_is_an_input_like_any_other(tmp_path: Path) -> None:
    zipped(tmp_path / "a.zip", **{"one.txt": STORY, "sources.csv": "name\nx\n"})
    found, (rejected,) = articles.read([tmp_path / "a.zip"])
    assert [article.id for article in found] == ["one"]
    assert rejected.reason.startswith("no sources table: ")


def test_a_compressed_file_is_read_as_what_it_holds(tmp_path: Path) -> None:
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(STORY.encode()))
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(b'{"text": "' + STORY.encode() + b' More."}'))
    (tmp_path / "c.gz").write_bytes(gzip.compress(STORY.encode()))
    found, (rejected,) = articles.read([tmp_path])
    assert [(article.id, article.path) for article in found] == [("a", "a.txt.gz"), ("b-1", "b.jsonl.gz#1")]
    assert rejected.reason.startswith("unknown format '.gz'")


# --- hostile archives -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../evil.txt", "a path that leads out of the archive"),
        ("a/../../evil.txt", "a path that leads out of the archive"),
        ("/etc/evil.txt", "a path that leads out of the archive"),
        ("C:evil.txt", "a path that leads out of the archive"),
        ("inner.zip", "an archive within an archive; unpack it first"),
        ("inner.txt.gz", "an archive within an archive; unpack it first"),
    ],
)
def test_a_member_that_leads_elsewhere_is_refused_and_the_others_are_read(tmp_path: Path, name: str, reason: str) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as out:
        out.writestr(name, STORY)
        out.writestr("b.txt", STORY)
    found, (rejected,) = articles.read([tmp_path / "a.zip"])
    assert [article.id for article in found] == ["b"]
    assert (rejected.path, rejected.reason) == (f"a.zip/{name}", reason)


def test_a_link_in_an_archive_is_not_followed() -> None:
    data, entry = io.BytesIO(), zipfile.ZipInfo("a.txt")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(data, "w") as out:
        out.writestr(entry, "/etc/passwd")
    assert [member.refused for member in members(data)] == ["a symbolic link"]


def test_a_member_that_bursts_is_refused_unread_and_the_others_are_read(tmp_path: Path) -> None:
    zipped(tmp_path / "a.zip", **{"bomb.txt": b"a " * 10_000_000, "b.txt": STORY})
    found, (rejected,) = articles.read([tmp_path / "a.zip"])
    assert [article.id for article in found] == ["b"]
    assert rejected.reason == "shrunk to less than 1 part in 200, as no text is"


def test_all_members_together_have_a_limit(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(archive, "TOTAL", 150)
    path = zipped(tmp_path / "a.zip", **{f"{at}.txt": STORY + str(at) for at in range(4)})
    refused = [member.refused for member in members(path.read_bytes())]
    assert refused[0] is None
    assert all(reason and "what is left of an archive" in reason for reason in refused[1:])


def test_a_member_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    data = bytearray(zipped(tmp_path / "a.zip", **{"a.txt": STORY * 100}).read_bytes())
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    (member,) = members(bytes(data))
    assert member.refused == "damaged, or packed in a way that is not known"


def test_a_locked_member_is_refused(tmp_path: Path) -> None:
    data = bytearray(zipped(tmp_path / "a.zip", **{"a.txt": STORY}).read_bytes())
    data[data.rfind(b"PK\x01\x02") + 8] |= 1
    assert [member.refused for member in members(bytes(data))] == ["encrypted; unpack it first"]


def test_of_two_members_of_one_name_the_second_is_refused() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as out, pytest.warns(UserWarning, match="Duplicate name"):
        out.writestr("a.txt", STORY)
        out.writestr("a.txt", "Another.")
    assert [(member.data, member.refused) for member in members(data)] == [
        (STORY.encode(), None),
        (b"", "a second member of this name"),
    ]


def test_too_many_members_are_refused_together(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(archive, "MEMBERS", 2)
    path = zipped(tmp_path / "a.zip", **{f"{at}.txt": STORY for at in range(3)})
    with pytest.raises(Unreadable, match="holds 3 files; expected at most 2"):
        members(path.read_bytes())


@given(st.binary(max_size=200))
def test_no_bytes_are_more_than_members_and_a_reason(noise: bytes) -> None:
    for data in (noise, b"PK\x03\x04" + noise, b"\x1f\x8b\x08" + noise):
        try:
            members(data)
        except Unreadable as reason:
            assert str(reason) == "not a zip archive, or a damaged one"
        try:
            archive.unpack(data, 1000)
        except Unreadable as reason:
            assert "\n" not in str(reason)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (gzip.compress(bytes(300_000_000), 1), "unpacks to more than"),
        (gzip.compress(STORY.encode())[:-9], "not a gzip file, or a damaged one"),
        (b"\x1f\x8bnoise", "not a gzip file, or a damaged one"),
        (b"", "holds no words|empty|not a gzip"),
    ],
    ids=["bomb", "cut off", "noise", "empty"],
)
def test_a_compressed_file_that_bursts_or_is_damaged_is_rejected(tmp_path: Path, data: bytes, reason: str) -> None:
    (tmp_path / "a.txt.gz").write_bytes(data)
    found, (rejected,) = articles.read([tmp_path])
    assert found == ()
    assert any(part in rejected.reason for part in reason.split("|"))


@pytest.mark.parametrize("name", ["a.txt.gz", "-"])
@pytest.mark.parametrize(
    ("size", "reason"), [(900, None), (3_000, "larger than 1,000 bytes"), (9_000, "larger than 4,000 bytes")]
)
def test_a_compressed_file_is_measured_when_it_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, size: int, reason: str | None
) -> None:
    """Packed, the second is larger than a text may be, and the third than anything may be: neither is damaged."""
    monkeypatch.setattr(articles, "MANY", 4_000)
    monkeypatch.setitem(articles.READERS, ".txt", articles.READERS[".txt"]._replace(largest=1_000))
    packed = gzip.compress(f"{STORY} {random.Random(size).randbytes(size).hex()}"[:size].encode())
    (tmp_path / "a.txt.gz").write_bytes(packed)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(packed)))
    found, rejected = articles.read([name if name == "-" else tmp_path])
    assert [one.reason for one in rejected] == ([reason] if reason else [])
    assert len(found) == (reason is None)


def test_one_member_is_held_in_memory_at_a_time(tmp_path: Path) -> None:
    size, many = 1_000_000, 30
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as out:
        for at in range(many):
            out.writestr(f"{at}.txt", bytes(size))
    tracemalloc.start()
    try:
        _, rejected = articles.read(tmp_path)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(rejected) == many
    assert peak < many * size / 2


def test_a_damaged_member_costs_itself_alone(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_LZMA) as out:
        out.writestr("a.txt", STORY * 20)
    data = bytearray(packed.getvalue())
    data[60:90] = bytes(30)
    (tmp_path / "a.zip").write_bytes(data)
    (tmp_path / "b.txt").write_text(STORY, encoding="utf-8")
    read, rejected = articles.read(tmp_path)
    assert [article.path for article in read] == ["b.txt"]
    assert [one.path for one in rejected] == ["a.zip/a.txt"]
