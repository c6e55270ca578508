"""What is not in English is set aside with the reason; what is or may be English is read, whatever is stated of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper import articles, bundle
from mapper.articles import language

ROWS = bundle.toml("articles", "languages.toml")["language"]
EXAMPLES = [(row["name"], row["codes"][0], text) for row in ROWS for text in row["examples"]]
SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))


@pytest.mark.parametrize(("name", "code", "text"), EXAMPLES, ids=[name for name, _, _ in EXAMPLES])
def test_every_example_is_told_to_be_in_its_language(name: str, code: str, text: str) -> None:
    told = language.foreign(text, None)
    if name == "English":
        assert told is None
    else:
        assert told is not None
        assert told.language == code
        assert told.reason.startswith(f"in {name}, not English: ")


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
@pytest.mark.parametrize("stated", [None, "en", "de", "ps"])
def test_an_english_article_is_never_set_aside(path: Path, stated: str | None) -> None:
    text = path.read_text(encoding="utf-8")
    assert language.foreign(text, stated) is None
    assert language.contradicts(text, stated) == (stated in ("de", "ps"))


@pytest.mark.parametrize(
    "text",
    [
        "Taliban take Kunduz",
        "Pul-e-Khumri, Baghlan-e-Jadid, Dasht-e-Archi, Imam Sahib, Qala-i-Zal",
        "Mullah Abdul Ghani Baradar, Zabihullah Mujahid, Amrullah Saleh, Atta Mohammad Noor, Ismail Khan",
        "TALIBAN CAPTURE KUNDUZ; 12 DEAD",
        "The word طالبان means students, and the word ولسوالی a district, the teacher said to them.",
        "",
    ],
)
def test_names_and_headlines_are_no_other_language(text: str) -> None:
    assert language.foreign(text, None) is None


@pytest.mark.parametrize(
    ("stated", "reason"),
    [
        ("de", "in German, not English: it is stated to be"),
        ("deu", "in German, not English: it is stated to be"),
        ("de-AT", "in German, not English: it is stated to be"),
        ("German", "in German, not English: it is stated to be"),
        ("xx", "in xx, not English: it is stated to be"),
        ("en", None), ("EN_us", None), ("English", None), (None, None),
    ],
)  # fmt: skip
def test_of_a_text_too_short_to_tell_its_own_statement_counts(stated: str | None, reason: str | None) -> None:
    told = language.foreign("Kunduz", stated)
    assert (told and told.reason) == reason


def test_letters_of_an_unknown_language_are_told_by_what_is_stated() -> None:
    text = "საქართველოს მთავრობამ განაცხადა რომ ავღანეთში"
    assert language.foreign(text, None) == (None, "not in English: most of its letters are Georgian")
    assert language.foreign(text, "ka") == ("ka", "in ka, as is stated, not in English: most of its letters are Georgian")


@given(st.text(max_size=300), st.none() | st.text(max_size=10))
def test_any_text_is_told_in_one_line_or_may_be_english(text: str, stated: str | None) -> None:
    told = language.foreign(text, stated)
    assert told is None or "\n" not in told.reason


def test_an_article_in_another_language_is_recorded_with_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text({name: text for name, _, text in EXAMPLES}["German"], encoding="utf-8")
    found, (rejected,) = articles.read([tmp_path])
    assert found == ()
    assert (rejected.language, rejected.reason.split(":")[0]) == ("de", "in German, not English")


def test_an_english_text_that_is_said_to_be_another_is_read_with_a_note(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("language: de\n\n" + SEEDS[0].read_text(encoding="utf-8"), encoding="utf-8")
    ((article,), _) = articles.read([tmp_path])
    assert "stated to be in 'de', but its words are English" in article.notes
