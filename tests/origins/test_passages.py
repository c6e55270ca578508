"""Passages that two articles share are found wherever they stand, and nothing else is."""

from __future__ import annotations

import random
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper import articles
from mapper.model import Article, Span
from mapper.origins.passages import Overlap, overlaps
from mapper.settings import Settings
from mapper.text import fold

STORIES = Path(__file__).parents[1] / "eval" / "original" / "articles"
COPIES = {("e01", "e02"), ("e05", "e06"), ("e09", "e10"), ("e13", "e14"), ("e17", "e18")}
WIRE = (
    "Fighters opposed to the new rulers took two districts in the mountains on Friday, said a former minister, "
    "who left the capital last week and has not been seen in public since then."
)


def article(id_: str, text: str) -> Article:
    return Article(id_, f"{id_}.txt", "0" * 64, text)


def shared(one: str, two: str) -> list[Overlap]:
    return list(overlaps([article("a", one), article("b", two)]))


def test_a_passage_is_found_with_its_offsets_in_both_articles() -> None:
    (found,) = shared(f"KABUL: {WIRE} More follows.", f"An unrelated opening sentence stands here. {WIRE}")
    assert [f"KABUL: {WIRE} More follows."[span.start : span.end] for span in found.in_earlier] == [WIRE.rstrip(".")]
    assert [f"An unrelated opening sentence stands here. {WIRE}"[span.start : span.end] for span in found.in_later] == [
        WIRE.rstrip(".")
    ]


@pytest.mark.parametrize(
    ("edit", "why"),
    [
        (WIRE.upper(), "letters in another case"),
        (WIRE.replace(",", " -"), "other punctuation"),
        (WIRE.replace("minister", "mìnister"), "diacritics"),
        (WIRE.replace("Friday", "Saturday"), "one word changed"),
        (WIRE.replace(" ", "\n"), "other white space"),
    ],
)
def test_small_edits_hide_no_copy(edit: str, why: str) -> None:
    (found,) = shared(WIRE, edit)
    assert found.of_later > 0.6, why


@pytest.mark.parametrize(
    "stock",
    ["The Taliban have not yet commented on the matter.", "The claim could not be independently verified by us.", ""],
)
def test_a_stock_phrase_is_no_passage(stock: str) -> None:
    assert shared(f"Something happened in one town. {stock}", f"{stock} Elsewhere quite another thing took place.") == []


def test_of_the_stories_just_the_copies_share_most_of_their_words() -> None:
    read, rejected = articles.read([STORIES], Settings())
    assert not rejected
    found = {(overlap.earlier[:3], overlap.later[:3]): overlap for overlap in overlaps(read)}
    assert {pair for pair, overlap in found.items() if max(overlap.of_earlier, overlap.of_later) >= 0.35} == COPIES
    assert all(max(overlap.of_earlier, overlap.of_later) < 0.2 for pair, overlap in found.items() if pair not in COPIES)


def test_a_text_in_very_many_papers_is_compared_with_its_first_carriers() -> None:
    papers = [article(f"p{number:03}", f"{WIRE} Paper {number} adds a line of its own.") for number in range(200)]
    found = list(overlaps(papers))
    assert len(found) < 200 * 16
    assert {overlap.later for overlap in found} == {paper.id for paper in papers[1:]}


@given(st.integers(0, 10_000), st.integers(0, 60), st.integers(0, 60))
def test_every_shared_span_reads_the_same_in_the_other_article(seed: int, before: int, after: int) -> None:
    words = random.Random(seed).choices([f"w{n}" for n in range(400)], k=before + after + 80)
    one = " ".join(words[: before + 40])
    two = " ".join(words[before:])
    for overlap in shared(one, two):
        for spans, text, other in ((overlap.in_earlier, one, two), (overlap.in_later, two, one)):
            assert all(fold(text[span.start : span.end]) in fold(other) for span in spans)
            assert all(first.end < second.start for first, second in pairwise(spans))
            assert all(isinstance(span, Span) and span.start < span.end for span in spans)
