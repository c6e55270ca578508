"""Saved pages: the story as its readers see it, what the page states of itself, and nothing of what stands around it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper import articles
from mapper.articles import furniture, html, markup
from mapper.articles.draft import Draft, Unreadable
from mapper.model import Article

PAGES = Path(__file__).parent / "pages"
"""Pages as many kinds of sites make them; beside each what is to be read, as a text file with header lines."""

LEAD = "Fighters took the town of Banu on Friday, residents of the valley said by telephone."
MORE = "Two policemen were wounded when the last post was given up, the district's doctor said."
LAST = "The governor did not answer his telephone on Saturday, and nobody else would speak."


def page(body: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>".encode()


def story(*between: str) -> bytes:
    return page(f"<h1>Town falls</h1><div><p>{LEAD}</p>{''.join(between)}<p>{MORE}</p><p>{LAST}</p></div>")


def read(data: bytes) -> Draft:
    (draft,) = html.read(data, {})
    assert isinstance(draft, Draft)
    return draft


def known(article: Article) -> dict[str, object]:
    return {name: getattr(article, name) for name in ("title", "outlet", "byline", "published", "url", "language")}


@pytest.mark.parametrize("name", sorted(path.stem for path in PAGES.glob("*.html")))
def test_of_a_page_the_story_is_read_and_nothing_around_it(name: str) -> None:
    ((article,), rejected) = articles.read([PAGES / f"{name}.html"])
    ((expected,), _) = articles.read([PAGES / f"{name}.txt"])
    assert rejected == ()
    assert article.text.splitlines() == expected.text.splitlines()
    assert known(article) == known(expected)


def test_hidden_text_is_told(tmp_path: Path) -> None:
    draft = read((PAGES / "hidden.html").read_bytes())
    assert "Kabara" not in draft.text
    assert any("hidden text was left out, 13 passages" in note for note in draft.notes)


@pytest.mark.parametrize(
    "line",
    [
        "You may also like", "You might also like:", "Related Articles", "Tags: Kunduz, Taliban, air strike", "Also Read: 40 killed in Nawa",
        "READ MORE | Bridge of Khanabad blown up", "Share this:", "By Jonas Weir", "By Jonas Weir and Mina Rahimi, Kabul", "3 min read",
        "Follow us on Twitter and Facebook", "We use cookies to make this site work. Accept all cookies.", "© 2021 The Ledger. All rights reserved.",
        "Sign up for our daily newsletter.", "Photo: Agency/Archive", "(With inputs from agencies)", "Advertisement", "- Advertisement -",
        "Published: August 21, 2021 9:15 pm", "2021-08-21", "21 August 2021", "5 hours ago", "Join our WhatsApp channel for updates.",
        "Reporting by A. Safi; Editing by T. Quill", "1,204 reads", "Do you know more? Email tips@example.org",
        "Reporting by Ahmad Safi in Kabul and G. Quill in Hong Kong; Writing by R. Brandt; Editing by N. Weir", "Compiled by staff",
        "Subscribe to our Telegram channel", "Subscribe to our Telegram channel.", "Subscribe!", "Support our journalism with a donation.",
        "Make a one-time donation to keep the lights on.", "We are a small newsroom. Support our independent journalism.",
        "Our reporters depend on readers. Become a member.", "If you enjoyed this story, please consider a monthly donation.",
        "You received this because you signed up for our daily newsletter.", "For more on the war, subscribe to our newsletter.",
        "The Ledger now has a channel: subscribe to our YouTube channel", "FOLLOW US ON TWITTER", "Find us on Google News.",
        "Turn on push notifications to hear of breaking news.", "Privacy Policy | Terms of Service", "Our privacy policy has changed.",
        "We use cookies to improve your experience. See our privacy policy.", "The Ledger uses cookies to offer a better experience.",
        "Click “Accept all cookies” to agree to our cookie policy.", "This site is guarded, and the Privacy Policy and Terms of Service apply.",
        "Contact us at news@example.org", "To contact the reporter on this story: A. Safi in Kabul at asafi@example.org",
        "Questions about this story? Write to the editor at letters@example.org", "Ahmad Safi, e-mail: asafi@example.org",
        "(c) 2021 The Ledger", "Copyright 2021 The Ledger", "The post Taliban take Kunduz, police say first appeared on The Wire.",
        "More | Bridge of Khanabad blown up", "Video \N{EN DASH} Fighters enter Kunduz", "By Jonas Weir, Associated Press", "(With inputs from the bureau)",
        "(With inputs from the bureau) The Ledger has not edited this story; it was published from a feed.", "With inputs from agencies",
    ],
)  # fmt: skip
def test_a_line_of_furniture_is_no_text(line: str) -> None:
    assert read(story(f"<p>{line}</p>")).text == f"Town falls\n\n{LEAD}\n\n{MORE}\n\n{LAST}"


@pytest.mark.parametrize(
    "line",
    [
        "By Friday the Taliban had taken three districts of Kunduz.",
        "From Kabul the minister called it a tactical withdrawal.",
        "Posted at the bridge, the soldiers fired on a car and killed two.",
        "Join us or die, the Taliban told the elders of Andar.",
        "The Taliban said on their Telegram channel that 12 soldiers had been killed.",
        "More in Kunduz fled than stayed.",
        "Share of the blame lies with the army, the elders said.",
        "Related violence killed three men in Archi, police said.",
        "Register offices were burned in Khanabad, the mayor said.",
        "Copies of the governor's letter were shared by e-mail, his office said.",
        "Next to the bazaar lay two bodies, a shopkeeper said.",
        "Home after home was searched, villagers said.",
        "Watch towers along the road were abandoned, drivers said.",
        "Latest reports said that fighting went on around the airport.",
        "Two said they would support our work no longer, the aid group wrote.",
        "“We published the video on our Telegram channel,” the commander said.",
        "Residents can contact the Red Cross in Kunduz at help@icrc.org, an aid worker said.",
        "Residents can contact the Red Cross in Kunduz at help@icrc.org",
        "Donors asked the ministry to write to the families at help@icrc.org",
        "The hackers changed the terms of service of the bank, and 20 men were arrested in Herat on Monday.",
        "Terms of service in the barracks run to three years, recruits say.",
        "The spyware uses cookies to follow journalists in Kabul.",
        "Accept all cookies, the screens of the hacked ministry read on Monday, and 12 servers were lost.",
        "The Taliban sent push notifications to every phone in Kabul on Sunday.",
        "A spokesman of the militants denied on our WhatsApp channel that 12 soldiers had died.",
        "We drove to Kunduz on Friday, and the pictures we took there are on our Telegram channel.",
        "Villagers send videos of the shelling to our Telegram channel every night.",
        "Fighters took the bridge of Khanabad on Friday. Join our Telegram channel.",
        "He wanted to become a member of the provincial council, his brother said.",
        "The widow lives on a monthly donation of 50 dollars from the mosque.",
        "The governor wrote: support our independent reporting or close the radio.",
        "Subscribers of the mobile network lost their connection when the mast at Khanabad burned.",
        "Follow us or die, the Taliban told the elders of Andar.",
        "Follow me, Commander Aziz shouted to his men.",
        "Follow US troops home, the deserters' slogan went.",
        "Join us in the fight or leave, the commander told the policemen of Archi.",
        "Join our ranks, the leaflets read.",
        "Sign up to fight or leave, the Taliban told young men in Archi.",
        "Register here or lose your bread, fighters told families in Khanabad.",
        "Get the latest rifles or lose the valley, an officer told the ministry.",
        "With inputs from Iran cut off, fuel doubled in price, traders said.",
        "More \N{EM DASH} much more \N{EM DASH} was lost in the fire, the mayor said.",
        "Video \N{EN DASH} grainy and shaky \N{EN DASH} showed fighters in the prison of Kunduz.",
        "Copyright law was broken when the Taliban aired the film, its maker said.",
        "(c) the prisoners of Pul-e-Charkhi were freed on Sunday;",
        "Reporting by Amnesty found that 20 men were killed in Herat.",
        "The post on the hill first appeared on maps in 1990, and the army left it on Friday.",
        "By Friday, the Taliban had taken three districts of Kunduz.",
        "By Sunday, fighting had reached the gates of Kunduz",
        "From Kabul, the minister called it a retreat.",
    ],
)
def test_a_sentence_that_begins_like_furniture_is_text(line: str) -> None:
    for at, text in ((0, f"<p>{line}</p><p>{LEAD}</p>"), (1, f"<p>{LEAD}</p><p>{line}</p>")):
        draft = read(page(f"<h1>Town falls</h1><div>{text}<p>{MORE}</p><p>{LAST}</p></div>"))
        assert line in draft.text.split("\n\n"), at


@pytest.mark.parametrize(
    "opening", ["Reporting by ", "Subscribe to ", "our newsletter ", "become a member ", "By ", "Copyright ", ""]
)
@pytest.mark.parametrize("piece", ["A ", "A.", "a-", "ed ", "our ", "and the ", "“", "a. ", "A@"])
def test_a_line_takes_no_time(opening: str, piece: str) -> None:
    began = time.process_time()
    read(story(f"<p>{(opening + piece * 300)[:590]} x!</p>"))
    assert time.process_time() - began < 2


@pytest.mark.parametrize("wrap", ["{}", "<div>{}</div>", "<div class='block'><div>{}</div></div>"])
def test_what_a_label_heads_is_left_out_up_to_the_next_sentence_of_the_story(wrap: str) -> None:
    box = "<section><h3>Related stories</h3><ul><li>Twelve killed in Archi</li><li>Ali Abad falls</li></ul></section>"
    texts = [wrap.format(f"<p>{text}</p>") for text in (LEAD, MORE, LAST)]
    draft = read(page(f"<h1>Town falls</h1><main>{texts[0]}{texts[1]}{box}{texts[2]}</main>"))
    assert draft.text == f"Town falls\n\n{LEAD}\n\n{MORE}\n\n{LAST}"


# --- what a page says of itself -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        ('<meta property="og:site_name" content="The Wire">', "", {"outlet": "The Wire"}),
        ('<link rel="canonical" href="https://example.org/a">', "", {"url": "https://example.org/a"}),
        ('<link rel="canonical" href="javascript:alert(1)">', "", {}),
        (
            '<link rel="canonical" href="https://web.archive.org/web/20210816/https://example.org/a">', "",
            {"url": "https://example.org/a"},
        ),
        ('<!-- saved from url=(0021)https://example.org/a -->', "", {"url": "https://example.org/a"}),
        ('<meta property="article:published_time" content="2021-08-21T22:00:00+04:30">', "", {"published": "2021-08-21T22:00:00+04:30"}),
        ("", '<time pubdate datetime="2021-08-21">Saturday</time>', {"published": "2021-08-21"}),
        ("<title>Town falls | The Wire</title>", "", {"outlet": "The Wire"}),
        ('<meta name="author" content="https://example.org/people/9">', "", {}),
        ('<meta name="author" content="By A. Safi,B. Brandt">', "", {"byline": "A. Safi, B. Brandt"}),
        ('<script type="application/ld+json">{"@type":"NewsArticle","headline":"Town falls","author":[{"name":"A. Safi"}]}</script>', "", {"byline": "A. Safi"}),
        ('<script type="application/ld+json">{"@type":"NewsArticle",</script><meta name="author" content="A. Safi">', "", {"byline": "A. Safi"}),
        ('<script type="application/ld+json">' + "[" * 100_000 + "</script>", "", {}),
    ],
)  # fmt: skip
def test_what_a_page_states_is_read(head: str, body: str, expected: dict[str, str]) -> None:
    stated = dict(read(page(f"<h1>Town falls</h1>{body}<div><p>{LEAD}</p><p>{MORE}</p><p>{LAST}</p></div>", head)).stated)
    assert (stated.pop("title"), stated.pop("language")) == ("Town falls", "en")
    assert stated == expected


def test_two_days_ago_is_no_day_of_publication() -> None:
    """It would be reckoned from the day of the run."""
    assert "published" not in read(story('<span class="date">2 days ago</span>')).stated


def test_a_web_archive_of_one_file_is_read() -> None:
    body = story().decode().replace("=", "=3D")
    data = (
        "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://example.org/a\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="=_b"\r\n\r\n--=_b\r\nContent-Type: text/html\r\n'
        f"Content-Transfer-Encoding: quoted-printable\r\n\r\n{body}\r\n--=_b\r\nContent-Type: image/png\r\n\r\nx\r\n--=_b--\r\n"
    )
    (draft,) = html.read_archive(data.encode(), {})
    assert draft.text == f"Town falls\n\n{LEAD}\n\n{MORE}\n\n{LAST}"
    assert draft.stated["url"] == "https://example.org/a"
    with pytest.raises(Unreadable, match="without a page"):
        list(html.read_archive(b"MIME-Version: 1.0\r\nContent-Type: image/png\r\n\r\nx", {}))


@pytest.mark.parametrize(
    ("said", "declared", "encoding"),
    [
        ("; charset=koi8-r", "utf-8", "koi8-r"),
        ("; charset=koi8-r", "windows-1252", "koi8-r"),
        ("; charset=koi8-r", "koi8-r", "utf-8"),
        ("; charset=nonsense", "koi8-r", "koi8-r"),
        ("; charset=utf-8", "koi8-r", "koi8-r"),
        ("", "koi8-r", "koi8-r"),
    ],
)
def test_a_page_in_an_archive_is_read_in_the_encoding_that_the_archive_names(said: str, declared: str, encoding: str) -> None:
    """What is sent with a page goes before what stands in it, as it does in browsers; UTF-8 is known by itself."""
    body = story("<p>Шах is what the elders of the valley called him.</p>").decode().replace("utf-8", declared)
    head = f"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html{said}\r\n"
    data = f"{head}Content-Transfer-Encoding: 8bit\r\n\r\n{body}\r\n--b--\r\n".encode(encoding)
    (draft,) = html.read_archive(data, {})
    assert "Шах is what" in draft.text


def test_a_page_saved_with_its_pictures_inside_is_read() -> None:
    picture = f"<p><img src='data:image/png;base64,{'A' * 6_000_000}'></p>"
    assert read(story(picture)).text == f"Town falls\n\n{LEAD}\n\n{MORE}\n\n{LAST}"
    with pytest.raises(Unreadable, match="bytes of markup"):
        read(story(f"<p data-x='{'A' * 6_000_000}'></p>"))


def test_a_section_above_the_headline_is_not_the_headline() -> None:
    page = story("<p>“It is quiet now,” one of the elders of Banu added.</p>").decode()
    title = "Afghanistan province falls to the Taliban"
    marked = page.replace("<head>", f'<head><meta property="og:title" content="{title}">', 1)
    assert read(marked.replace("<body>", "<body><h1>Afghanistan</h1>", 1).encode()).stated["title"] == title


# --- hostile pages --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", "iso-8859-1"),
        ("cp1252", "windows-1252"),
        ("cp1252", "iso-8859-1"),
        ("utf-16", ""),
        ("utf-8-sig", ""),
        ("cp1252", ""),
    ],
)
def test_a_page_is_read_in_the_encoding_it_is_in(encoding: str, declared: str) -> None:
    text = story("<p>“It is quiet now,” one of the elders of Banu added on Friday evening.</p>").decode()
    assert "“It is quiet now,”" in read(text.replace("utf-8", declared).encode(encoding)).text


@pytest.mark.parametrize(
    "between",
    [
        "<div>" * 300, "<div>" * 100_000, "<b>" * 50_000, "<!--" * 60_000 + "-->", "<![?\x15T&a", "</html>", "</body></html>", "&#0;&#xD800;",
        "<p>\ud83d</p>".encode("utf-8", "surrogatepass").decode("utf-8", "replace"), "<base href='javascript:x'>", "<p a='" + "x" * 1_000_000 + "'>",
        "<table>" * 400, "<font color=red>" * 400, "\0" * 50,
    ],
    ids=lambda text: text[:8] + str(len(text)),
)  # fmt: skip
def test_a_broken_or_hostile_page_keeps_its_story_or_says_what_is_lost(between: str) -> None:
    try:
        draft = read(story(between))
    except Unreadable as reason:
        assert "\n" not in str(reason)
    else:
        assert LEAD in draft.text
        assert LAST in draft.text or draft.notes


@pytest.mark.parametrize("opening", ["<!--", "<script>", "<textarea>", "<style>"])
def test_what_an_unclosed_element_swallows_is_told(opening: str) -> None:
    draft = read(page(f"<h1>Town falls</h1><div><p>{LEAD}</p><p>{MORE}</p>{opening}<p>{LAST}</p></div>"))
    assert LEAD in draft.text
    assert any("is never closed and hides" in note for note in draft.notes)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7", "a file of another kind"),
        (b"\x89PNG\r\n", "a file of another kind"),
        (b"", "without words"),
        (b"<!--" * 1000 + b"-->", "without words"),
        (b"<html><body><div id=root></div><script>render()</script></body></html>", "without words"),
        (b"<p>" * 31_000, "elements"),
    ],
)
def test_what_is_no_page_of_words_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read(data)


@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<div hidden>",
                "</div>",
                "<script>",
                "<!--",
                "-->",
                "text. ",
                "&amp;",
                "<a href=x>",
                "<table><td>",
                "\0",
                "<svg>",
                "<title>",
            ]
        ),
        max_size=30,
    )
)
@settings(max_examples=60, deadline=None)
def test_no_mess_of_markup_is_more_than_a_page_or_a_reason(pieces: list[str]) -> None:
    try:
        read(("<html>" + "".join(pieces)).encode())
    except Unreadable as reason:
        assert "\n" not in str(reason)


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), max_size=100))
def test_text_is_escaped_and_read_back_as_it_was(words: str) -> None:
    from html import escape

    (root, _) = markup.parse(f"<p>x{escape(words)}x</p>")
    assert " ".join("\n".join(block.text for block in markup.blocks(root)).split()) == " ".join(f"x{words}x".split())


@pytest.mark.parametrize(
    "body",
    [
        f"<p>{LEAD}</p>" * 14_000,
        "<div class=share>" * 150 + f"<p>{LEAD}</p>" * 5_000,
        "<div hidden>" * 180 + f"<p>{LEAD}</p>" * 3_000,
    ],
    ids=["many paragraphs", "under names", "hidden"],
)
def test_a_huge_page_is_read_or_refused_within_seconds(body: str) -> None:
    began = time.process_time()
    try:
        read(page(f"<h1>Town falls</h1>{body}"))
    except Unreadable as reason:
        assert "hidden text was left out" in str(reason)
    assert time.process_time() - began < 20


def test_prose_that_stands_under_names_of_furniture_alone_is_read() -> None:
    boxes = "".join(f"<div class='related share'><p>{text}</p></div>" for text in (LEAD, MORE, LAST))
    assert read(page(f"<h1>Town falls</h1>{boxes}")).text == f"Town falls\n\n{LEAD}\n\n{MORE}\n\n{LAST}"


def test_a_template_that_calls_the_whole_page_furniture_loses_nothing() -> None:
    data = page(f"<div class='has-sidebar share-enabled tags related'><h1>Town falls</h1><p>{LEAD}</p><p>{MORE}</p></div>")
    assert read(data).text == f"Town falls\n\n{LEAD}\n\n{MORE}"
    assert furniture.NAMES.search("related")
