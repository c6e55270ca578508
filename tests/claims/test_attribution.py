"""Who says it, through whom: the chain of speakers behind given words."""

from __future__ import annotations

from typing import Any

import newsroom
import pytest

from mapper.model import Hop, HopKind
from mapper.text import fold

STATED = {
    "name": lambda hop: bare(hop.name or ""),
    "role": lambda hop: bare(hop.role or ""),
    "kind": lambda hop: hop.kind,
    "medium": lambda hop: hop.medium,
    "person": lambda hop: hop.person_id,
}
"""What a case may state of a speaker, and where the hop keeps it."""


def bare(name: str) -> str:
    """Return a name without case and leading article."""
    words = fold(name).split()
    return " ".join(words[1:] if words[:1] in (["the"], ["a"], ["an"]) else words)


def stated(hop: dict[str, str]) -> dict[str, str]:
    return {key: bare(value) if key in ("name", "role") else value for key, value in hop.items()}


def seen(hop: Hop, keys: Any) -> dict[str, Any]:
    return {key: STATED[key](hop) for key in keys}


@pytest.mark.parametrize("case", newsroom.cases("attribution.toml"))
def test_words_have_their_speakers(case: dict[str, Any]) -> None:
    hops, stances = newsroom.chain(case["text"], case["at"], case.get("published", newsroom.PUBLISHED))
    if "speaker" in case:
        assert hops, "nobody speaks"
        assert seen(hops[-1], case["speaker"]) == stated(case["speaker"])
    else:
        names = [bare(hop.name or "") for hop in hops]
        assert names == [bare(hop["name"]) for hop in case["hops"]]
        assert [seen(hop, wanted) for hop, wanted in zip(hops, case["hops"], strict=True)] == [stated(h) for h in case["hops"]]
    if "stance" in case:
        assert stances[-1:] == (case["stance"],)


def test_the_first_hop_of_a_claim_is_the_outlet_even_when_unknown() -> None:
    text = "Nesh has fallen to the Taliban, the governor said."
    for outlet in ("Kabul Ledger", None):
        (claim,) = newsroom.claims_of(newsroom.article(text, outlet=outlet))
        assert (claim.attribution[0].kind, claim.attribution[0].name) == (HopKind.OUTLET, outlet)


def test_a_speaker_brings_the_day_on_which_he_spoke() -> None:
    hops, _ = newsroom.chain("Nesh has been lost, the governor tweeted on Friday.", "has been lost")
    assert hops[-1].day is not None
    assert hops[-1].day.isoformat() == "2021-07-09"


def test_a_cue_is_a_word_of_the_text() -> None:
    for case in newsroom.cases("attribution.toml"):
        text = case.values[0]["text"]
        for hop in newsroom.chain(text, case.values[0]["at"])[0]:
            assert hop.cue in text
            assert hop.span is not None and 0 <= hop.span.start < hop.span.end <= len(text)
