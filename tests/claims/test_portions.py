"""What is said of most of a province, or of districts that nobody names, is said of a part of it."""

from __future__ import annotations

import newsroom
import pytest

PARTS = {
    "Half of Logar is under Taliban control.": "Half of",
    "Most of Zabul province has fallen to the Taliban.": "Most of",
    "Around 60 percent of Wardak is controlled by the Taliban.": "Around 60 percent of",
    "The Taliban took parts of Herat city.": "parts of",
    "Large swathes of Farah are in the hands of the Taliban.": "Large swathes of",
    "The Taliban seized four villages in Arghandab district of Kandahar.": "four villages",
    "The Taliban control 12 of the 15 districts of Ghazni province.": "12 of the 15 districts",
    "The Taliban seized several districts of Badakhshan on Friday.": "several districts",
    "Taliban overrun Faryab district": "Faryab district",
    "The Taliban control most of the provincial capital, Sar-e-Pul.": "most of the provincial capital,",
    "The Taliban have captured the centre of the city of Ghazni.": "the centre of the city of",
    "The Taliban have seized five of the province's seven districts, the governor of Kapisa said.": "five of the province's",
    "The Taliban seized most of the districts in Badakhshan province.": "most of the districts",
    "The Taliban captured the first police district of Lashkar Gah.": "the first police district of",
    "Nine of Lashkar Gah's ten districts are in the hands of the Taliban.": "Lashkar Gah's ten districts",
    "The Taliban control nine Lashkar Gah districts.": "nine Lashkar Gah districts",
    "A strategic district in northern Kunduz Province was taken by the Taliban.": "A strategic district in northern",
    "Another district in Badakhshan has fallen to the Taliban.": "Another district in",
    "A district close to the northern city of Kunduz was captured by the Taliban.": "A district close to the northern city of",
    "A village in Chimtal district was captured by the Taliban.": "A village in",
    "The Taliban have taken control of large parts of Qaisar district.": "large parts of",
    "Villages around Kunduz city were under Taliban control.": "Villages around",
    "Two districts of Laghman province fell to the Taliban on Friday.": "Two districts",
}
"""Sentence -> the words that limit its claim."""

WHOLES = [
    "All districts of Helmand are under Taliban control.",
    "Every district of Samangan fell to the Taliban.",
    "The whole of Nimroz has fallen to the Taliban.",
    "The entire province of Takhar fell to the Taliban.",
    "The Taliban captured the districts of Nesh and Chora.",
    "The areas of Nesh and Chora are under Taliban control.",
    "The provincial capital of Samangan fell to the Taliban.",
    "The capital of northern Samangan province was captured by the Taliban.",
    "The Taliban captured Nesh, a district in Uruzgan province.",
    "The Taliban captured Nesh in the south of the country.",
]


@pytest.mark.parametrize("text", PARTS)
def test_the_words_of_a_portion_are_kept(text: str) -> None:
    [claim] = newsroom.claims(text)
    assert claim.part == PARTS[text]


@pytest.mark.parametrize("text", WHOLES)
def test_a_place_named_whole_has_no_portion(text: str) -> None:
    found = newsroom.claims(text)
    assert found
    assert not any(claim.part for claim in found)
