"""What a notebook and a terminal are shown of articles, events, claims and places: every word of the text, and no more than text."""

from __future__ import annotations

import copy
import html
import pickle
import re
import sys
import types
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_run import DAY, DEH_SALAH, OTHER, TEXT, make_claim, make_event

from mapper.actors import Actors
from mapper.errors import UnknownNameError
from mapper.exports import Records, explanation, record, views
from mapper.exports.views.marked import Marked, as_page, as_words
from mapper.exports.views.nouns import NOUNS, show
from mapper.exports.views.view import LARGEST, View
from mapper.gazetteer import Match
from mapper.model import Evidence, Findings, Span, Status

TAG = re.compile(r"<[^>]*>")
NASTY = '<script>alert(1)</script> \x1b[2J \u202e \ud800 \x00 "><img src=x onerror=alert(2)> &amp; {{7*7}}'


def words(page: str) -> str:
    """Return what a reader of the page reads."""
    return html.unescape(TAG.sub("", page))


def marks(page: str) -> list[str]:
    return [words(mark) for mark in re.findall(r"<mark.*?</mark>", page)]


# --- marked text --------------------------------------------------------------------------------


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[Marked], list[dict[str, Any]]]:
    text = draw(st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=60))
    spans = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted).filter(lambda span: span[0] < span[1])
    statuses = st.sampled_from([status.value for status in Status])
    claims = [Marked(Span(*span), draw(statuses), number) for number, span in enumerate(draw(st.lists(spans, max_size=6)), 1)]
    names = [
        {"start": start, "end": end, "text": text[start:end], "place_id": None, "refused": "level"}
        for start, end in draw(st.lists(spans, max_size=6))
    ]
    return text, claims, names


@given(marked_texts())
def test_marking_changes_no_character_and_marks_what_is_claimed(made: tuple[str, list[Marked], list[dict[str, Any]]]) -> None:
    text, claims, names = made
    page = as_page(text, Span(0, len(text)), claims, names)
    assert words(re.sub("<sup.*?</sup>", "", page)) == text
    covered = {at for mark in claims for at in range(*mark.span)}
    assert "".join(marks(page)) == "".join(character for at, character in enumerate(text) if at in covered)
    assert sorted(map(int, re.findall(r">(\d+)</sup>", page))) == sorted(mark.number or 0 for mark in claims)


def test_a_name_inside_a_claim_is_underlined_with_what_it_means(records: Records) -> None:
    name = records.toponyms[0]
    claim = [Marked(Span(0, len(TEXT)), "asserted", 1)]
    page = as_page(TEXT, Span(0, len(TEXT)), claim, [name])
    assert 'title="Deh Salah (district, AF0908)"' in page
    assert as_words(TEXT, Span(0, len(TEXT)), claim, [name]) == TEXT.replace("Deh Salah", "_Deh Salah_") + " [1]"


# --- articles -----------------------------------------------------------------------------------


def test_an_article_tells_who_claims_what_where(records: Records) -> None:
    view = views.article(records, "a")
    assert str(view) == (
        "a (The Wire, 2021-08-21)\n\n"
        "Resistance forces took _Deh Salah_ on Friday, killing up to 40 Taliban, Mohammadi tweeted. [1]\n"
        "    [1] Deh Salah (AF0908): asserted, Resistance forces gained it, killed at most 40; said by Mohammadi (tweet) < The Wire\n\n"
        "Place names\n"
        "- Deh Salah: Deh Salah (district, AF0908) (1)"
    )
    assert marks(view.page)[-3:] == [TEXT[:23], "Deh Salah", TEXT[32:]]
    assert "said by Mohammadi (tweet) < The Wire" in words(view.page)


def test_a_denial_and_a_refused_name_look_their_part(records: Records) -> None:
    view = views.article(records, "b")
    assert "De Salah: refused: level with a rival" in view
    assert "no place: Non-state actor" not in view
    assert re.search(r'<mark style="background:#f6c3bd[^>]*>The Taliban denied it\.</mark>', view.page)


def test_claims_of_one_speaker_share_a_line(findings: Findings, atlas: Any, parties: Actors) -> None:
    other = replace(DEH_SALAH, id="AF0912", name="Pul-e-Hisar", admin2_pcode="AF0912")
    claims = (*findings.claims, make_claim("c4", "a", TEXT, place=other, place_name="Pul-e-Hisar", counts=findings.claims[0].counts,
        attribution=findings.claims[0].attribution))  # fmt: skip
    tracing = replace(findings.tracing, origin_of=findings.tracing.origin_of | {"c4": "o1"})
    view = views.article(record(replace(findings, claims=claims, tracing=tracing), atlas, parties), "a")
    assert view.count("said by") == 1
    assert "Deh Salah (AF0908), Pul-e-Hisar (AF0912): asserted" in view


@pytest.mark.parametrize(
    ("id_", "says"), [("zz", "no article 'zz'; expected one of the 3"), ("aa", "was not read: unknown format")]
)
def test_an_article_that_is_not_there_is_told(records: Records, id_: str, says: str) -> None:
    with pytest.raises(UnknownNameError, match=says):
        views.article(records, id_)


# --- events, claims, places ---------------------------------------------------------------------


def test_an_event_prints_as_the_account_and_shows_each_sentence(records: Records) -> None:
    view = views.event(records, "AFG-0001")
    assert view == explanation.explain(records, "AFG-0001")
    assert "".join(marks(view.page)) == TEXT + "At least 60 Taliban died in De Salah."
    for line in ("Sources differ", "killed: 40 (c1); 60 (c2)", "Confidence C3: one independent origin", "Changed on the way"):
        assert line in words(view.page)


def test_a_claim_stands_among_its_neighbours_and_says_what_was_made_of_it(records: Records) -> None:
    view = views.claim(records, "c2")
    assert "> At least 60 Taliban died in _De Salah_." in view
    assert "- events: AFG-0001" in view
    assert OTHER[:20] in words(view.page)
    with pytest.raises(UnknownNameError, match="no claim 'c9'"):
        views.claim(records, "c9")


def test_a_place_tells_who_is_said_to_hold_it(records: Records) -> None:
    view = views.place(records, "AF0908")
    assert view.startswith("Deh Salah (AF0908): contested; Resistance forces since 2021-08-20")
    assert "- 2021-08-20 to open: contested; Resistance forces" in view
    assert "".join(marks(view.page)) == TEXT
    with pytest.raises(UnknownNameError, match=r"expected one of the 2 places: AF0908 \(Deh Salah\), AF09 \(Baghlan\)"):
        views.place(records, "AF0101")


# --- hostile text -------------------------------------------------------------------------------


class Tags(HTMLParser):
    """The elements of a page and their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)


@pytest.fixture
def nasty(findings: Findings, atlas: Any, parties: Actors) -> Records:
    """The small run, with markup and what steers a terminal in every text that an article may bring in."""
    article, other = findings.articles
    text = f"{NASTY} {TEXT}"
    shift = len(text) - len(TEXT)
    claim = replace(findings.claims[0], span=Span(0, len(text)), quote=text, place_name=NASTY, actor=NASTY,
        attribution=tuple(replace(hop, name=NASTY, role=NASTY) for hop in findings.claims[0].attribution))  # fmt: skip
    name = findings.resolutions[0]
    moved = replace(name, toponym=replace(name.toponym, span=Span(23 + shift, 32 + shift)))
    return record(
        replace(
            findings,
            articles=(replace(article, text=text, title=NASTY, outlet=NASTY, byline=NASTY), other),
            claims=(claim, *findings.claims[1:]),
            resolutions=(moved, replace(findings.resolutions[1], refused=NASTY)),
            events=(make_event(place_name=NASTY, actor1=NASTY, provisional=NASTY),),
        ),
        atlas,
        parties,
    )


@pytest.mark.parametrize("make", [lambda r: views.article(r, "a"), lambda r: views.event(r, "AFG-0001"), lambda r: views.claim(r, "c1"),
    lambda r: views.place(r, "AF0908"), lambda r: views.article(r, "b")], ids=["article", "event", "claim", "place", "refused"])  # fmt: skip
def test_text_stays_text(nasty: Records, make: Any) -> None:
    view = make(nasty)
    found = Tags()
    found.feed(view.page)
    assert found.tags <= {"article", "b", "bdi", "blockquote", "br", "code", "div", "h4", "li", "mark", "p", "section", "small", "sup",
        "table", "tbody", "td", "th", "thead", "tr", "u", "ul"}  # fmt: skip
    assert found.attributes <= {"dir", "scope", "style", "title"}
    assert not set(view.page) & set("\x1b\x00\ud800")
    assert not set(view) & set("\x1b\x00\ud800\u202e")
    view.page.encode()
    view.encode()


def test_a_page_too_large_for_a_notebook_is_a_line() -> None:
    assert len(View("x", "y" * (LARGEST + 1))._repr_html_()) < 200
    assert View("x", "y")._repr_html_() == "y"


def test_a_prompt_shows_what_prints() -> None:
    assert repr(View("two\nlines", "")) == "two\nlines"


# --- nouns --------------------------------------------------------------------------------------


class Shell:
    """The part of an IPython shell that shows values."""

    def __init__(self) -> None:
        self.shown: dict[type, Any] = {}
        self.printed: dict[type, Any] = {}
        self.display_formatter = self
        self.formatters = {
            "text/html": types.SimpleNamespace(for_type=self.shown.__setitem__),
            "text/plain": types.SimpleNamespace(for_type=self.printed.__setitem__),
        }


@pytest.mark.parametrize("name", ["read", "gazetteer"])
def test_a_notebook_is_told_how_to_show_every_noun(findings: Findings, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import mapper

    shell = Shell()
    monkeypatch.setitem(sys.modules, "IPython", types.SimpleNamespace(get_ipython=lambda: shell))
    monkeypatch.delitem(vars(mapper), name, raising=False)  # as before anybody asked for it
    assert getattr(mapper, name)
    assert set(shell.shown) == set(NOUNS)
    for noun in (findings.articles[0], findings.rejected[0], findings.claims[0], findings.events[0], findings.control[0],
                 findings.resolutions[0], findings.tracing.origins[0], DEH_SALAH):  # fmt: skip
        shown = shell.shown[type(noun)](noun)
        assert shown.startswith("<table>")
        assert not re.search(r"None|Span\(|Evidence\(|&lt;", shown)


def test_a_whole_of_many_is_told_in_numbers(findings: Findings, records: Records, parties: Actors) -> None:
    shell, told = Shell(), []
    views.attach(shell)
    for whole in (findings, findings.tracing, parties, records):
        shell.printed[type(whole)](whole, types.SimpleNamespace(text=told.append), False)
    assert told[0] == "<Findings: articles 2, rejected 1, resolutions 2, claims 3, events 2, control 2>"
    assert told[1].startswith("<Tracing: origins ")
    assert max(map(len, told)) < 120


def test_a_noun_is_told_in_words(findings: Findings) -> None:
    shown = words(show(findings.claims[0]).replace("</tr>", "\n").replace("</td>", " "))
    assert "place Deh Salah (district, AF0908)" in shown
    assert "attribution The WireMohammadi (tweet)" in shown
    assert "counts harm killed, high 40, side Taliban" in shown
    assert f"event_date {DAY}" in shown
    assert "Deh Salah (district, AF0908)" in show(Match(DEH_SALAH, 0.9, (Evidence("name", 1.0, "spelled so"),)))
    long = show(replace(findings.articles[0], text="<i>x</i>" * 500))
    assert "<i>" not in long
    assert len(words(long)) < 1000


def test_the_pages_of_this_room_ask_nobody_for_anything() -> None:
    folder = Path(views.__file__).parent
    for module in folder.glob("*.py"):
        assert not re.search(r"https?://|<script|url\(", module.read_text(encoding="utf-8"))


def test_a_copy_is_the_same_view() -> None:
    view = View("text", "<p>page</p>")
    for made in (copy.deepcopy(view), pickle.loads(pickle.dumps(view))):
        assert (made, made.page) == (view, view.page)
