"""Tables of articles: a row is an article, a headline, or a reason, and none costs another anything."""

from __future__ import annotations

import csv
import io
import json
import sys
import zipfile
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.articles import rows, tables, workbook
from mapper.articles.draft import Draft, Refused, Unreadable

STORY = "Fighters took the town of Banu on Friday, residents said. “It is quiet now,” one added."
Found = list[Draft | Refused]


def jsonl(*objects: object, columns: Mapping[str, str] | None = None) -> Found:
    return list(tables.read_jsonl("\n".join(map(json.dumps, objects)).encode(), columns or {}))


def one(found: Found) -> Draft:
    (draft,) = found
    assert isinstance(draft, Draft)
    return draft


def reasons(found: Found) -> list[tuple[int, str]]:
    return [(record.part.number, record.reason) for record in found if isinstance(record, Refused) and record.part]


# --- columns ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"text": STORY, "title": "T", "outlet": "W", "byline": "A", "published": "2021-08-21", "url": "u", "language": "en"},
         {"title": "T", "outlet": "W", "byline": "A", "published": "2021-08-21", "url": "u", "language": "en"}),
        ({"Full Text": STORY, "Headline": "T", "Publication": "W", "Author": "A", "Date": "21 August 2021"},
         {"title": "T", "outlet": "W", "byline": "A", "published": "21 August 2021"}),
        ({"articleBody": STORY, "datePublished": "2021-08-21T10:00:00Z", "publisher": {"name": "W"}, "author": [{"name": "A"}, {"name": "B"}]},
         {"outlet": "W", "byline": "A, B", "published": "2021-08-21T10:00:00Z"}),
        ({"content": STORY, "source": {"id": None, "name": "W"}, "publishedAt": "2021-08-21", "author": None},
         {"outlet": "W", "published": "2021-08-21"}),
        ({"content_html": f"<p>{STORY}</p>", "title": "T"}, {"title": "T"}),
        ({"text": STORY, "published": 20210821}, {"published": "2021-08-21"}),
        ({"text": STORY, "source": "", "domain": "example.org"}, {"outlet": "example.org"}),
    ],
    ids=["our own names", "a newspaper archive", "schema.org", "a news service", "JSON Feed", "a day as a number", "the first that is filled"],
)  # fmt: skip
def test_columns_are_found_by_their_usual_names(row: dict[str, object], expected: dict[str, str]) -> None:
    draft = one(jsonl(row))
    assert draft.text == (f"{expected['title']}\n\n{STORY}" if "title" in expected else STORY)
    assert draft.stated == expected


def test_a_story_list_of_media_cloud_is_read_by_its_names() -> None:
    data = "id,indexed_date,language,media_name,media_url,publish_date,title,url\nc1f,2024-01-09,en,Pamir Daily,pamir.example,2021-08-06,Zaranj falls to the Taliban,https://pamir.example/z\n"
    draft = one(list(tables.read_csv(data.encode(), {})))
    assert draft.text == "Zaranj falls to the Taliban"
    assert draft.key == "c1f"
    assert draft.stated == {
        "title": "Zaranj falls to the Taliban", "outlet": "Pamir Daily", "published": "2021-08-06",
        "url": "https://pamir.example/z", "language": "en",
    }  # fmt: skip
    assert draft.notes == ("only the headline was read: the row has no text",)


def test_the_exports_of_gdelt_are_read_by_their_names() -> None:
    listed = {
        "url": "https://example.org/a",
        "title": "Zaranj falls",
        "seendate": "20210807T121500Z",
        "domain": "example.org",
        "language": "English",
    }
    draft = one(list(tables.read_json(json.dumps({"articles": [listed]}).encode(), {})))
    assert draft.stated == {
        "url": "https://example.org/a",
        "title": "Zaranj falls",
        "published": "2021-08-07",
        "outlet": "example.org",
        "language": "English",
    }
    assert draft.notes[-1] == "published is the day on which GDELT saw the page"
    graph = "GKGRECORDID\tDATE\tSourceCommonName\tDocumentIdentifier\tExtras\n1\t20210807121500\texample.org\thttps://example.org/a\t<PAGE_TITLE>Zaranj &amp; Farah fall</PAGE_TITLE>\n"
    draft = one(list(tables.read_csv(graph.encode(), {})))
    assert draft.text == "Zaranj & Farah fall"
    assert draft.stated == {
        "url": "https://example.org/a",
        "title": "Zaranj & Farah fall",
        "published": "2021-08-07",
        "outlet": "example.org",
    }


def test_columns_that_are_named_win_and_count_where_they_are() -> None:
    table = f"Datum;Medium;Schlagzeile;Inhalt;title\n21.08.2021;W;Town falls;{STORY};not this\n".encode()
    named = {"text": "Inhalt", "title": "Schlagzeile", "outlet": "Medium"}
    draft = one(list(tables.read_csv(table, named)))
    assert draft.text == f"Town falls\n\n{STORY}"
    assert draft.stated == {"title": "Town falls", "outlet": "W"}
    assert one(list(tables.read_csv(f'title,text\nT,"{STORY}"\n'.encode(), named))).text == f"T\n\n{STORY}", (
        "another table of the folder"
    )
    assert [one(jsonl(row, columns={"text": "Inhalt"})).text for row in ({"Inhalt": STORY}, {"body": STORY})] == [STORY, STORY]


@pytest.mark.parametrize(
    ("table", "columns", "reason"),
    [
        ("a,b\n1,2\n", {}, "no column of text or titles; its columns are a, b. Name them: --columns text=...,title=..."),
        ("a,b\n1,2\n", {"text": "c"}, "no column 'c'; its columns are a, b"),
        ("a,text\n1,2\n", {"title": "a", "text": "c"}, "no column 'c'; its columns are a, text"),
        ("", {}, "no column of text or titles; its columns are none"),
        (",".join(["text"] * 3000) + "\nx", {}, "3,000 columns; expected at most 2,000"),
    ],
)
def test_a_table_without_the_columns_says_which_it_has(table: str, columns: dict[str, str], reason: str) -> None:
    with pytest.raises(Unreadable) as refused:
        list(tables.read_csv(table.encode(), columns))
    assert str(refused.value).startswith(reason)


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_any_usual_delimiter_and_encoding_is_read(mark: str, encoding: str) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=mark)
    writer.writerows([["title", "text", "date"], ["T, or; not", f"{STORY}\n\nMore | of it.", "2021-08-21"]])
    draft = one(list(tables.read_csv(out.getvalue().encode(encoding), {})))
    assert draft.text == f"T, or; not\n\n{STORY}\n\nMore | of it."


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("above", "number"),
    [("", 2), ("|", 3), ("| |", 4), (";;||", 4), ('"";" ";|', 3), ("sep=;|", 2), ("SEP=;|", 2), ('"sep=;"|', 2), ("sep=;;;|", 2), ("sep=;||", 3)],
)  # fmt: skip
def test_what_stands_above_the_header_is_passed_over(above: str, number: int, end: str) -> None:
    """Excel swallows the line that tells it what stands between cells, and counts blank rows."""
    table = f"{above}title;text, and more;date|T;{STORY};2021-08-21".replace("|", end).encode("utf-8-sig")
    draft = one(list(tables.read_csv(table, {"title": "title", "text": "text, and more"})))
    assert (draft.text, draft.part) == (f"T\n\n{STORY}", ("row", number))


@pytest.mark.parametrize("mark", ["^", "\t", "~", "|"])
def test_a_table_may_say_what_stands_between_its_cells(mark: str) -> None:
    table = f"sep={mark}\ntitle{mark}text\nT, or; not{mark}{STORY}\n"
    assert one(list(tables.read_csv(table.encode(), {}))).text == f"T, or; not\n\n{STORY}"


def test_rows_are_numbered_as_a_spreadsheet_numbers_them() -> None:
    found = list(tables.read_csv(f"text\n{STORY!r}\n\n   \n'{STORY}'\n".replace(",", " ").encode(), {}))
    assert [record.part and record.part.number for record in found] == [2, 4, 5]


@given(
    st.lists(
        st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="<>&"), min_size=1).filter(str.strip),
        min_size=1,
        max_size=5,
    )
)
def test_what_is_written_as_a_table_is_read_back(texts: list[str]) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([["text"], *([f"x {text} x"] for text in texts)])
    assert [record.text for record in tables.read_csv(out.getvalue().encode("utf-8-sig"), {}) if isinstance(record, Draft)] == [
        f"x {text} x" for text in texts
    ]
    assert [record.text for record in jsonl(*({"text": f"x {text} x"} for text in texts)) if isinstance(record, Draft)] == [
        f"x {text} x" for text in texts
    ]


# --- JSON ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("wrap", [list, *(lambda found, name=name: {name: found} for name in tables.LISTS)])
def test_a_list_of_articles_is_read_wherever_services_put_it(wrap: Callable[[list[Any]], object]) -> None:
    data = json.dumps(wrap([{"text": STORY}, {"text": f"{STORY} More."}])).encode()
    assert [record.text for record in tables.read_json(data, {}) if isinstance(record, Draft)] == [STORY, f"{STORY} More."]


@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
def test_a_json_file_may_hold_one_article_or_one_a_line(end: str) -> None:
    assert one(list(tables.read_json(json.dumps({"text": STORY}, indent=1).encode(), {}))).text == STORY
    data = "\n".join(json.dumps({"text": text}) for text in (STORY, f"{STORY} More.")) + end
    assert len(list(tables.read_json(data.encode(), {}))) == 2


def test_a_text_in_paragraphs_is_joined_by_blank_lines() -> None:
    assert one(jsonl({"text": ["One fell.", "Two did not."]})).text == "One fell.\n\nTwo did not."


def test_a_bad_line_stops_no_other() -> None:
    lines = [
        '{"text": "Banu fell on Friday."}',
        "{broken",
        "",
        "[1, 2]",
        '{"text": ' + "9" * 5000 + "}",
        "[" * 100_000,
        '{"foo": 1}',
        '{"text": null}',
        '{"text": "So it is."}',
    ]
    found = list(tables.read_jsonl("\n".join(lines).encode(), {}))
    assert [record.text for record in found if isinstance(record, Draft)] == ["Banu fell on Friday.", "So it is."]
    assert [(number, reason.split("(")[0].strip()) for number, reason in reasons(found)] == [
        (2, "not JSON"), (4, "not an object with columns"), (5, "JSON with a number that is too long"), (6, "JSON that is nested too deep"),
        (7, "neither text nor title; its columns are foo"), (8, "neither text nor title; its columns are text"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "key", [None, True, 1.5, [], {"a": 1}, "../../etc/passwd", "a/b\\c", "x" * 300, "\u202e\0", "CON", 7, "story 9"], ids=repr
)
def test_an_id_becomes_a_name_that_is_safe_anywhere(key: object) -> None:
    found = one(jsonl({"text": STORY, "id": key})).key
    assert found is None or (0 < len(found) <= 80 and not set(found) & set("/\\\0: ") and not found.startswith("."))


def test_half_characters_and_nul_are_told_and_the_rest_is_kept() -> None:
    draft = one(list(tables.read_jsonl(b'{"text": "Fighters took Ba\\ud83d\\u0000nu on Friday."}', {})))
    assert draft.text == "Fighters took Ba\ufffdnu on Friday."
    assert draft.notes == ("1 damaged characters stand as U+FFFD", "1 control characters are left out")


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["text", "title", "date", "id", "name", "x"]), inner, max_size=4), max_leaves=12))  # fmt: skip
def test_no_json_is_more_than_articles_and_reasons(value: object) -> None:
    for record in tables.read_jsonl(json.dumps(value).encode(), {}):
        assert record.part is not None
        assert isinstance(record, Draft) or "\n" not in record.reason


def test_markup_in_a_cell_is_taken_off_and_what_it_hides_is_told() -> None:
    draft = one(
        jsonl(
            {
                "text": f"<p>{STORY}</p><p hidden>Fifty people were killed in Kabara.</p><p>Tags: Banu, Kabara</p><p>So it was &amp; is.</p>"
            }
        )
    )
    assert draft.text == f"{STORY}\n\nSo it was & is."
    assert "hidden text was left out" in draft.notes[0]


def test_a_row_with_markup_alone_needs_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "lxml.html", None)
    found = jsonl({"text": f"<p>{STORY}</p>"}, {"text": STORY})
    assert reasons(found) == [(1, "needs lxml.html; pip install 'conflict-event-mapper[html]'")]
    assert isinstance(found[1], Draft)


def test_a_table_beyond_its_limit_is_read_up_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "ROWS", 2)
    grid = ("text\n" + f"{STORY!r}\n".replace(",", "") * 3).encode()
    lines = "\n".join([json.dumps({"text": STORY})] * 3).encode()
    for read, data in (
        (tables.read_csv, grid),
        (tables.read_jsonl, lines),
        (tables.read_json, b"[" + lines.replace(b"\n", b",") + b"]"),
    ):
        found = read(data, {})
        assert isinstance(next(found), Draft)
        assert isinstance(next(found), Draft)
        with pytest.raises(Unreadable, match="more than 2"):
            next(found)


# --- workbooks ----------------------------------------------------------------------------------


def workbook_of(*sheets: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, cells in enumerate(sheets):
        sheet = book.create_sheet(f"S{number}")
        for row in cells:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_is_read_row_by_row() -> None:
    data = workbook_of(
        [], [["Title", "Body", "Date", "Outlet"], ["Town falls", STORY, date(2021, 8, 21), "W"], [None] * 4, ["x", STORY, datetime(2021, 8, 22, 9), 7]]
    )  # fmt: skip
    first, second = (record for record in workbook.read(data, {}) if isinstance(record, Draft))
    assert (first.text, first.stated["published"], first.part) == (f"Town falls\n\n{STORY}", "2021-08-21T00:00:00", ("row", 2))
    assert (second.stated["published"], second.stated["outlet"], second.part) == ("2021-08-22T09:00:00", "7", ("row", 4))


def test_blank_rows_above_the_header_of_a_workbook_are_passed_over() -> None:
    data = workbook_of([[None], ["", None]], [[], [None, None], ["title", "text"], ["T", STORY]])
    draft = one(list(workbook.read(data, {})))
    assert (draft.text, draft.part) == (f"T\n\n{STORY}", ("row", 4))


def test_a_formula_is_no_text() -> None:
    found = list(workbook.read(workbook_of([["title", "text"], ['=HYPERLINK("http://x.test")', "=1+1"]]), {}))
    assert reasons(found) == [(2, "neither text nor title; its columns are title, text")]


def test_a_further_sheet_is_told_and_not_lost_in_silence() -> None:
    *_, last = workbook.read(workbook_of([["text"], [STORY]], [["text"], [STORY]]), {})
    assert isinstance(last, Refused)
    assert last.reason == "only the first filled sheet was read; save 'S1' and any further one as files of their own"


def test_columns_are_as_in_any_table() -> None:
    assert rows.fold(" Publish_Date ") in rows.NAMES["published"]
    assert one(list(workbook.read(workbook_of([["Inhalt"], [STORY]]), {"text": "Inhalt"}))).text == STORY


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not a workbook, or a damaged one"),
        (b"PK\x03\x04 and nothing", "not a workbook, or a damaged one"),
        (workbook_of([]), "a workbook without a filled sheet"),
    ],
)
def test_what_is_no_workbook_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        list(workbook.read(data, {}))


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        (b" " * 50_000_000, "unpacks to more than a workbook of [\\d,]+ bytes may"),
        (b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>', "declares a document type or entities"),
        ('<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'.encode("utf-16"), "declares a document type or entities"),
    ],
    ids=["bomb", "entities", "entities in UTF-16"],
)
def test_a_hostile_part_is_found_before_anything_is_parsed(part: bytes, reason: str) -> None:
    data = io.BytesIO(workbook_of([["text"], [STORY]]))
    with zipfile.ZipFile(data, "a", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/extra.xml", part)
    with pytest.raises(Unreadable, match=reason):
        list(workbook.read(data.getvalue(), {}))
