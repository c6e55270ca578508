"""Files in, articles out: nothing lost, nothing changed, nothing invented."""

from __future__ import annotations

import codecs
import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper import articles
from mapper.articles import plain
from mapper.errors import SourceError, TableError
from mapper.model import Article, Rejected
from mapper.settings import Settings

STORY = "Fighters took the town of Banu on Friday, residents said. “It is quiet now,” one added."


def put(folder: Path, **files: str | bytes) -> Path:
    for name, content in files.items():
        path = folder / (name.replace("__", "/") + ".txt")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def read_one(folder: Path, content: str | bytes, settings: Settings | None = None) -> Article:
    (article,), rejected = articles.read([put(folder, a=content)], settings)
    assert rejected == ()
    return article


def reject_one(folder: Path, content: bytes) -> Rejected:
    found, (rejected,) = articles.read([put(folder, a=content)])
    assert found == ()
    return rejected


# --- text ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("break_", ["\n", "\r\n", "\r"])
def test_a_plain_file_is_kept_character_for_character(tmp_path: Path, break_: str) -> None:
    content = break_.join(["", "  A headline: with a colon ", "", STORY, "\t", ""])
    assert read_one(tmp_path, content).text == content


def test_header_lines_are_taken_off_and_the_title_heads_the_text(tmp_path: Path) -> None:
    article = read_one(
        tmp_path,
        "Title: Town falls\nOUTLET:  The Wire \nbyline: A. Reporter\npublished: 2021-08-21\nurl: https://example.org/x\nlanguage: en\n\n"
        f" {STORY}\n\nMore.\n",
    )
    assert article.text == f"Town falls\n\n {STORY}\n\nMore."
    assert (article.title, article.outlet, article.byline) == ("Town falls", "The Wire", "A. Reporter")
    assert (article.published, article.url, article.language) == (date(2021, 8, 21), "https://example.org/x", "en")


@pytest.mark.parametrize(
    "content",
    [
        f"title: Town falls\nResidents: we saw it\n\n{STORY}",
        f"\ntitle: Town falls\n\n{STORY}",
        f"Kabul: quiet after dark\n\n{STORY}",
        "title: Town falls\noutlet: The Wire",
    ],
    ids=["one line is no header", "a blank line first", "an unknown header", "no blank line"],
)
def test_anything_but_a_whole_header_is_text(tmp_path: Path, content: str) -> None:
    article = read_one(tmp_path, content)
    assert (article.text, article.title, article.outlet) == (content, None, None)


def test_an_empty_header_value_is_unknown(tmp_path: Path) -> None:
    article = read_one(tmp_path, f"outlet:\npublished:\n\n{STORY}\n")
    assert (article.text, article.outlet, article.published) == (STORY, None, None)


@given(st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=200))
def test_reading_never_changes_a_text_without_header(text: str) -> None:
    body = f"{STORY}\n\n{text}\n"
    if "\0" not in text and sum(not c.isprintable() for c in text) == 0:
        assert next(plain.read(body.encode(), {})).text == body
        assert next(plain.read(f"title: T\n\n{body}".encode(), {})).text == f"T\n\n{body[:-1]}"


# --- encodings ----------------------------------------------------------------------------------

MARKED = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}


@pytest.mark.parametrize("encoding", MARKED)
def test_unicode_is_read_with_its_mark(tmp_path: Path, encoding: str) -> None:
    article = read_one(tmp_path, MARKED[encoding] + STORY.encode(encoding))
    assert (article.text, article.notes) == (STORY, ())


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "cp1252"])
def test_a_guessed_encoding_is_noted(tmp_path: Path, encoding: str) -> None:
    article = read_one(tmp_path, STORY.encode(encoding))
    assert article.text == STORY
    assert len(article.notes) == 1


def test_one_damaged_byte_does_not_turn_the_rest_into_another_encoding(tmp_path: Path) -> None:
    article = read_one(tmp_path, STORY.encode().replace(b"town", b"to\xffwn"))
    assert article.text == STORY.replace("town", "to\ufffdwn")
    assert article.notes == ("1 damaged characters stand as U+FFFD",)


# --- what is no article -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \n\t\r\n ", "holds no words"),
        (codecs.BOM_UTF8, "holds no words"),
        (b"x", "holds no words"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 40, "NUL"),
        (bytes(range(1, 32)) * 400, "control characters"),
        (b"Fighters took Ba\0nu on Friday.", "NUL"),
        (b"word " * 10 + b"\x81\x8d\x8f\x90\x9d", "neither UTF-8 nor Windows-1252"),
    ],
)
def test_what_is_no_text_is_rejected_with_its_reason_and_hash(tmp_path: Path, content: bytes, reason: str) -> None:
    rejected = reject_one(tmp_path, content)
    assert reason in rejected.reason
    assert "\n" not in rejected.reason
    assert rejected.sha256 is not None


def test_a_file_beyond_the_limit_is_rejected_unread(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as handle:
        handle.truncate(articles.LARGEST + 1)
    _, (rejected,) = articles.read([tmp_path])
    assert "larger than 10,000,000 bytes" in rejected.reason


def test_what_a_folder_holds_is_read_or_rejected_and_the_search_ends(tmp_path: Path) -> None:
    put(tmp_path, a=STORY, deep__er__b=STORY + " So it is.", _hidden=STORY)
    (tmp_path / "_hidden.txt").rename(tmp_path / ".hidden.txt")
    (tmp_path / "c.docx").write_bytes(b"PK")
    (tmp_path / "d").write_text(STORY)
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe.txt")
    found, rejected = articles.read([tmp_path])
    assert [article.path for article in found] == ["a.txt", "deep/er/b.txt"]
    assert {record.path: record.reason.split(",")[0].split(";")[0] for record in rejected} == {
        "c.docx": "unknown format '.docx'",
        "d": "unknown format '(no suffix)'",
        "gone.txt": "a symbolic link",
        "loop": "a symbolic link",
        "pipe.txt": "not a regular file",
    }


def test_a_device_named_as_a_source_is_rejected(tmp_path: Path) -> None:
    found, (rejected,) = articles.read([put(tmp_path, a=STORY), Path("/dev/zero")])
    assert [article.id for article in found] == ["a"]
    assert rejected.reason == "not a regular file"


def test_a_missing_source_is_rejected_beside_others_and_an_error_alone(tmp_path: Path) -> None:
    _, (rejected,) = articles.read([put(tmp_path, a=STORY), tmp_path / "nowhere.txt"])
    assert rejected.path == "nowhere.txt"
    assert "No such file" in rejected.reason
    with pytest.raises(SourceError, match=r"nowhere\.txt: no such file or folder"):
        articles.read([tmp_path / "nowhere.txt"])


def test_a_folder_without_files_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="holds no article"):
        articles.read([tmp_path])


@pytest.mark.parametrize(
    "name", [b"caf\xe9.txt", b"line\nbreak.txt", b"\x1b[2J.txt", b"-rf.txt", b"x" * 250 + b".txt", b"a b.TXT"]
)
def test_odd_file_names_are_read_and_can_be_written_down(tmp_path: Path, name: bytes) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text(STORY)
    (article,), _ = articles.read([tmp_path])
    assert article.text == STORY
    article.path.encode("utf-8")
    article.id.encode("utf-8")


# --- ids and order ------------------------------------------------------------------------------


def test_ids_are_file_stems_made_unique_whatever_the_order_of_the_sources(tmp_path: Path) -> None:
    put(tmp_path, x__a=STORY + "1", y__a=STORY + "2", z__a=STORY + "3")
    (tmp_path / "z" / "a-2.txt").write_text(STORY + "4")
    (tmp_path / "z" / "a.pdf").write_bytes(b"%PDF")
    sources = [tmp_path / name for name in "xyz"]
    one, two = articles.read(sources), articles.read(sources[::-1])
    assert one == two
    assert [article.id for article in one[0]] == ["a", "a-2", "a-3", "a-4"]
    assert {article.id: article.text[-1] for article in one[0]}["a-2"] == "4", "a file's own name is never given away"
    assert [record.id for record in one[1]] == ["a-5"]


def test_a_file_given_twice_is_read_once(tmp_path: Path) -> None:
    put(tmp_path, a=STORY)
    found, rejected = articles.read([tmp_path, tmp_path / "a.txt", tmp_path / ".." / tmp_path.name])
    assert [article.id for article in found] == ["a"]
    assert rejected == ()


# --- what is known about a file -----------------------------------------------------------------


def table(path: Path, *rows: str, header: str = "file,title,outlet,byline,published,url,language") -> Path:
    path.write_text("\n".join([header, *rows]) + "\n")
    return path


def test_header_wins_over_table_over_setting_field_by_field(tmp_path: Path) -> None:
    put(tmp_path, a=f"outlet: Own\n\n{STORY}\n", b=f"{STORY} b", sub__c=f"{STORY} c", d=f"{STORY} d")
    table(tmp_path / "sources.csv", "a.txt,,Table,Someone,2021-08-20,,", "b.txt,,Table,,,,", "sub/c.txt,,Deep,,2021-08-19,,")
    found, rejected = articles.read([tmp_path], Settings(published=date(2021, 8, 1)))
    assert rejected == ()
    assert [(a.id, a.outlet, a.byline, a.published) for a in found] == [
        ("a", "Own", "Someone", date(2021, 8, 20)),
        ("b", "Table", None, date(2021, 8, 1)),
        ("c", "Deep", None, date(2021, 8, 19)),
        ("d", None, None, date(2021, 8, 1)),
    ]
    assert found[3].notes == ("not named in sources.csv",)


def test_the_table_nearest_to_a_file_wins(tmp_path: Path) -> None:
    put(tmp_path, sub__a=STORY)
    table(tmp_path / "sources.csv", "sub/a.txt,,Far,Someone,,,")
    table(tmp_path / "sub" / "sources.csv", "a.txt,,Near,,,,")
    ((article,), _) = articles.read([tmp_path])
    assert (article.outlet, article.byline) == ("Near", "Someone")


def test_a_given_table_is_used_instead_of_those_beside_the_articles(tmp_path: Path) -> None:
    put(tmp_path, a=STORY)
    table(tmp_path / "sources.csv", "a.txt,,Beside,,,,")
    given_ = table(tmp_path / "other.csv", "a.txt,,Given,,,,")
    (article,), rejected = articles.read([tmp_path], Settings(sources=given_))
    assert article.outlet == "Given"
    assert rejected == ()


def test_a_title_from_the_table_does_not_enter_the_text(tmp_path: Path) -> None:
    put(tmp_path, a=STORY)
    table(tmp_path / "sources.csv", "a.txt,Town falls,,,,,")
    ((article,), _) = articles.read([tmp_path])
    assert (article.title, article.text) == ("Town falls", STORY)


@pytest.mark.parametrize(
    ("rows", "header", "message"),
    [
        (["a.txt,x"], "file,headline", "columns file, headline; expected file and any of title"),
        (["x"], "outlet", "columns outlet; expected file"),
        (["a.txt,1", "a.txt,2"], "file,outlet", r"row 3: 'a.txt' is listed twice"),
        ([",x"], "file,outlet", "row 2: names no file"),
        (["a.txt,soon"], "file,published", "row 2: 'soon' is no day"),
        (["a.txt,2021-02-30"], "file,published", "row 2: '2021-02-30' is no day"),
        (["a.txt,x,y"], "file,outlet", "3 cells, expected 2"),
    ],
)
def test_a_malformed_table_is_named_with_its_row(tmp_path: Path, rows: list[str], header: str, message: str) -> None:
    put(tmp_path, a=STORY)
    table(tmp_path / "sources.csv", *rows, header=header)
    with pytest.raises(TableError, match=message):
        articles.read([tmp_path])


@pytest.mark.parametrize(
    "words",
    [
        "2021-08-21", "2021-08-21T23:10:00+04:30", "21 August 2021", "August 21, 2021", "Aug. 21 2021", "Sat, 21 Aug 2021 10:00:00 GMT",
        "2021/08/21", "21st August, 2021 at 9 am",
    ],
)  # fmt: skip
def test_days_stated_in_full_are_read(tmp_path: Path, words: str) -> None:
    assert read_one(tmp_path, f"published: {words}\n\n{STORY}").published == date(2021, 8, 21)


@pytest.mark.parametrize(
    "words", ["yesterday", "Saturday", "08/09/2021", "2021-02-30", "August 2021", "0000-00-00", "99999-01-01"]
)
def test_what_names_no_day_is_noted_and_never_becomes_one(tmp_path: Path, words: str) -> None:
    article = read_one(tmp_path, f"published: {words}\n\n{STORY}")
    assert article.published is None
    assert article.notes == (f"published: {words!r} is no day",)


@pytest.mark.parametrize(
    "top",
    [
        "KABUL, Aug. 21, 2021 (Wire) - ",
        "KABUL, Afghanistan, August 21, 2021 — ",
        "Town falls\n\nPublished: 21 August 2021\n\n",
        "Town falls\n\nPosted on August 21, 2021 10:15 am\n\n",
    ],
)
def test_a_full_dateline_dates_an_article_that_nothing_else_dates(tmp_path: Path, top: str) -> None:
    article = read_one(tmp_path, top + STORY)
    assert article.published == date(2021, 8, 21)
    assert article.notes[0].startswith("published 2021-08-21 is read from the text: ")
    assert read_one(tmp_path, top + STORY, Settings(published=date(2021, 8, 25))).published == date(2021, 8, 25)


@pytest.mark.parametrize(
    "top",
    [
        "KABUL, June 21 - ",
        "The town fell on August 21, 2021 - or so they say. ",
        "TALIBAN TAKE TOWN AUG. 15, 2021 - REPORT\n\n",
        "Published August 21, 2021; updated August 23, 2021\n\n",
    ],
)
def test_an_uncertain_date_dates_nothing(tmp_path: Path, top: str) -> None:
    assert read_one(tmp_path, top + STORY).published is None


def test_an_address_with_a_day_dates_the_article(tmp_path: Path) -> None:
    article = read_one(tmp_path, f"url: https://example.org/2021/08/21/town-falls\n\n{STORY}")
    assert article.published == date(2021, 8, 21)
    assert article.notes == ("published 2021-08-21 is read from the address",)
