"""Reports (PDF): their running text, and a reason for what has none."""

from __future__ import annotations

import io
import zlib

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.articles import pdf
from mapper.articles.draft import Draft, Unreadable

WIDE = "The security situation in the north became worse between 20 and 26 June, two members"


def book(*pages: list[str], info: str = "", packed: bytes | None = None) -> bytes:
    """Return a PDF whose pages show the lines given, written out by hand: the least that readers accept."""
    drawn = []
    for lines in pages:
        shown = "".join(f"({line.translate({40: '', 41: ''})}) Tj T* " for line in lines)
        drawn.append(f"BT /F1 10 Tf 12 TL 50 750 Td {shown}ET".encode("latin-1", "replace"))
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(drawn)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(drawn)}>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for at, stream in enumerate(drawn):
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F1 3 0 R>>>>/Contents {5 + 2 * at} 0 R>>".encode()
        )
        body, kind = (packed, "/Filter/FlateDecode") if packed else (stream, "")
        objects.append(f"<</Length {len(body)}{kind}>>stream\n".encode() + body + b"\nendstream")
    objects.append(f"<<{info}>>".encode("latin-1"))
    out, offsets = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj".encode() + one + b"endobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer<</Size {len(objects) + 1}/Root 1 0 R/Info {len(objects)} 0 R>>"
    return out + f"{end}\nstartxref\n{len(out)}\n%%EOF".encode()


def read(data: bytes) -> Draft:
    (draft,) = pdf.read(data, {})
    return draft


def test_lines_become_paragraphs_and_running_heads_are_left_out() -> None:
    long = [" ".join([word] * 10) for word in ("Kunduz", "Takhar", "Baglan", "Farah", "Herat")]
    draft = read(
        book(
            [
                "Desk of the North",
                long[0],
                "and so on until the end of June. They named Imam",
                "Sahib and Archi.",
                long[1],
                "Page 1 of 3",
            ],
            ["Desk of the North", "went on.", long[2], "and ended.", "Ghor: three districts lost.", "Page 2 of 3"],
            ["Desk of the North", "Nothing was heard until the week was over from", long[3], long[4], "Page 3 of 3"],
        )
    )
    assert draft.text.split("\n\n") == [
        f"{long[0]} and so on until the end of June. They named Imam Sahib and Archi.",
        f"{long[1]} went on.",
        f"{long[2]} and ended.",
        "Ghor: three districts lost.",
        f"Nothing was heard until the week was over from {long[3]} {long[4]}",
    ]
    assert draft.notes == ("read from 3 PDF pages: lines are joined to paragraphs, running heads and page numbers left out",)


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["Fighters took the dis-", "trict of Archi."], "Fighters took the district of Archi."),
        (["The post at Pul-e-", "Khumri held out."], "The post at Pul-e-Khumri held out."),
        (["Fighting went on;", "then it ended."], "Fighting went on; then it ended."),
        (["Baghlan-e-Markazi fell.", "x" * 60, "Later Baghlan-e-", "Markazi was retaken."], "Baghlan-e-Markazi was retaken."),
        (["Losses:", "- two men", "- one car"], "Losses:\n\n- two men\n\n- one car"),
    ],
)
def test_words_broken_at_the_end_of_a_line_are_made_whole(lines: list[str], joined: str) -> None:
    assert joined in pdf.join(lines)


@given(st.lists(st.text(alphabet="abc DEF.-:", max_size=30), max_size=12))
def test_joining_loses_no_letter(lines: list[str]) -> None:
    letters = [c for line in lines for c in line if c.isalpha()]
    assert [c for c in pdf.join(lines) if c.isalpha()] == letters


@pytest.mark.parametrize(
    ("info", "title", "note"),
    [
        ("/Title(Weekly report)/Author(Desk North)", "Weekly report", None),
        ("/Title(Microsoft Word - report_final.docx)", None, None),
        ("/Title(about:blank)", None, None),
        ("/CreationDate(D:20210627101500Z)", None, "the file says that it was made on 2021-06-27"),
        ("/CreationDate(soon)", None, None),
    ],
)
def test_what_a_file_says_of_itself_is_kept(info: str, title: str | None, note: str | None) -> None:
    draft = read(book([WIDE, "of the council said so on Monday evening."], info=info))
    assert draft.stated.get("title") == title
    assert draft.text.startswith(f"{title}\n\n" if title else WIDE)
    assert draft.stated.get("published") is None, "the day on which a file was made is not that of publication"
    assert list(draft.notes[1:]) == ([note] if note else [])


def locked(password: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(book([WIDE, "of the council said so on Monday evening."])))
    writer.encrypt(password, "owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_file_with_an_empty_password_is_read() -> None:
    assert WIDE in read(locked("")).text


def test_a_page_tree_that_holds_itself_ends() -> None:
    with pytest.raises(Unreadable):
        read(book([WIDE]).replace(b"/Kids[4 0 R]", b"/Kids[2 0 R]"))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not a PDF, or a damaged one"),
        (b"%PDF-1.7", "not a PDF, or a damaged one"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 50, "not a PDF, or a damaged one"),
        (book([WIDE])[:300], "not a PDF, or a damaged one|no text"),
        (book([]), "pictures of 1 pages and no text"),
        (book(*[["x"]] * (pdf.PAGES + 1)), "301 pages; expected at most 300"),
        (locked("secret"), "needs a password"),
        (book([WIDE], packed=zlib.compress(b"( ) Tj " * 40_000_000, 1)), "bytes draw its pages|damaged"),
    ],
    ids=["empty", "head alone", "noise", "cut off", "blank", "a book", "locked", "bomb"],
)  # fmt: skip
def test_what_shows_no_text_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason) as refused:
        read(data)
    assert "\n" not in str(refused.value)
