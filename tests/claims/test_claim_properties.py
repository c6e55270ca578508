"""What holds of every claim of every text, sensible or not."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import newsroom
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mapper.articles import read
from mapper.model import Article, Claim, Control, HopKind
from mapper.settings import Settings

SEEDS = Path(__file__).parents[2] / "seeds"

SENTENCES = [
    "Taliban fighters captured Zaranj on Friday.",
    "The governor said that Burka and Nahrin had not fallen.",
    '"We hold Chora," said a commander. "It is ours."',
    "At least 12 soldiers were killed and nine others wounded there.",
    "The three districts were retaken by commandos, according to Pajhwok.",
    "He told Tolo News that the insurgents would attack Ghazni.",
    "Soviet troops left Bagram in 1989.",
    "Residents held a protest in Herat, and the police opened fire.",
    "A roadside bomb killed a child near Qalat; nobody claimed the attack.",
    "- Andar: captured on Thursday.",
    "GHAZNI",
    "Also read: Taliban capture Kandahar",
    "18:42 - The district fell, a lawmaker tweeted.",
    "Is Kabul next?",
    "\N{LEFT DOUBLE QUOTATION MARK}Farah is lost",
]

FOREIGN = {
    "ukraine": "Ukrainian forces recaptured Izium from Russian troops, the general staff in Kyiv said, and fighting goes on near Kharkiv.",
    "syria": "Rebels seized Aleppo in northern Syria on Friday after government troops withdrew from the city. At least 40 soldiers were killed.",
    "ethiopia": "In Ethiopia, federal troops captured Mekelle, the capital of Tigray, the prime minister announced. Its fighters fled to the mountains.",
    "yemen": "Houthi fighters lost control of the airport of Hodeidah in Yemen, according to a spokesman for the coalition.",
    "france": "In Paris, police arrested nine protesters after a march. The government rejected their demands.",
    "mali": "The army of Mali withdrew from Kidal. Separatists said that they now held the town and two other districts.",
    "azerbaijan": "Azerbaijan said its forces had taken Shusha. Armenia denied that the town had fallen.",
}

generous = settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow], derandomize=True)


@pytest.fixture(scope="module")
def seeds() -> tuple[Article, ...]:
    return read([SEEDS], Settings())[0]


def check(item: Article, found: tuple[Claim, ...]) -> None:
    """Assert what every claim of an article keeps to."""
    assert len({claim.id for claim in found}) == len(found)
    assert [claim.span.start for claim in found] == sorted(claim.span.start for claim in found)
    for claim in found:
        assert claim.article_id == item.id
        assert claim.quote == item.text[claim.span.start : claim.span.end] != ""
        assert claim.attribution
        assert (claim.attribution[0].kind, claim.attribution[0].name) == (HopKind.OUTLET, item.outlet)
        assert all(hop.span and item.text[hop.span.start : hop.span.end] for hop in claim.attribution[1:])
        assert all(count.low is None or count.high is None or count.low <= count.high for count in claim.counts)
        assert all(count.vague for count in claim.counts if count.low is None and count.high is None)
        assert claim.time_precision in ((1, 2, 3) if claim.event_date else (None,))
        if claim.toponym:
            assert claim.place is not None and item.text[claim.toponym.start : claim.toponym.end]
        if claim.control in newsroom.HELD:
            assert claim.place is not None


@generous
@given(st.lists(st.tuples(st.sampled_from(SENTENCES), st.sampled_from([" ", "\n", "\n\n"])), min_size=1, max_size=10))
def test_claims_of_news_point_to_their_words(parts: list[tuple[str, str]]) -> None:
    item = newsroom.article("".join(sentence + gap for sentence, gap in parts))
    found = newsroom.claims_of(item)
    check(item, found)
    assert newsroom.claims_of(item) == found


@generous
@given(st.text(max_size=300))
def test_no_text_is_too_strange(text: str) -> None:
    item = newsroom.article(text)
    check(item, newsroom.claims_of(item))


@generous
@given(
    st.lists(
        st.sampled_from([*SENTENCES, "\u202e", "\x00", "((((", '"""', "\u06a9\u0627\u0628\u0644", "'s", "of", "\r\n"]),
        max_size=12,
    )
)
def test_no_mixture_is_too_strange(parts: list[str]) -> None:
    item = newsroom.article("".join(parts), None, outlet=None)
    check(item, newsroom.claims_of(item))


@pytest.mark.parametrize(
    "text",
    [
        "\n\n".join(SENTENCES * 70),
        '"' * 10_000,
        "Kunduz, " * 5000,
        "the Taliban and " * 1000 + "12 killed or " * 1000 + "he said that " * 1000,
    ],
    ids=["news", "marks", "places", "parts"],
)
def test_ten_thousand_tokens_are_read(text: str) -> None:
    item = newsroom.article(text)
    check(item, newsroom.claims_of(item))


def test_claims_of_the_seeds_point_to_their_words(seeds: tuple[Article, ...]) -> None:
    for item in seeds:
        found = newsroom.claims_of(item)
        assert found
        check(item, found)
        assert newsroom.claims_of(item) == found


def test_the_id_of_a_claim_does_not_hang_on_what_follows(seeds: tuple[Article, ...]) -> None:
    first = newsroom.article("Taliban fighters captured Zaranj on Friday.\n\nSchools were closed.")
    longer = newsroom.article("Taliban fighters captured Zaranj on Friday.\n\nSchools were closed. Police attacked Qalat.")
    assert {claim.id for claim in newsroom.claims_of(first)} < {claim.id for claim in newsroom.claims_of(longer)}


BASE = (
    "Taliban fighters captured Zaranj on Friday, the governor said.\n\nAt least 12 soldiers were killed.\n\nThe army holds Kang."
)


def territorial(text: str) -> Counter[tuple[str | None, str, str]]:
    """Count what a text says of the hold on units of Afghanistan."""
    return Counter(
        (newsroom.unit(claim), str(claim.control), str(claim.status))
        for claim in newsroom.claims(text)
        if claim.control is not Control.NONE and claim.place is not None and claim.place.country == "AFG"
    )


@pytest.mark.parametrize("at", [1, 2, 3])
@pytest.mark.parametrize("text", FOREIGN.values(), ids=FOREIGN)
def test_news_from_elsewhere_changes_hands_nowhere_here(text: str, at: int) -> None:
    paragraphs = BASE.split("\n\n")
    mixed = "\n\n".join([*paragraphs[:at], text, *paragraphs[at:]])
    assert territorial(mixed) - territorial(BASE) == Counter()


@pytest.mark.parametrize("text", FOREIGN.values(), ids=FOREIGN)
def test_news_from_elsewhere_before_ours_changes_nothing(text: str) -> None:
    assert territorial(f"{text}\n\n{BASE}") == territorial(BASE)
