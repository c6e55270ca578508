"""Every row of predicates.toml proves itself: its examples say what they state, its counter-examples say nothing."""

from __future__ import annotations

from typing import Any

import newsroom
import pytest

from mapper import bundle
from mapper.claims import lexicon
from mapper.model import Claim, Control, Status

ROWS = bundle.toml("claims", "predicates.toml")["predicate"]

STATED = {
    "place": newsroom.unit,
    "actor": lambda claim: claim.actor,
    "target": lambda claim: claim.target,
    "control": lambda claim: claim.control,
    "status": lambda claim: claim.status,
    "sub_event_type": lambda claim: claim.sub_event_type,
}
"""What an example may state of its claim, and where the claim keeps it."""

FIGURE = "a figure of speech"

KNOWN_FAILURES: dict[str, str] = {
    "The attack of the Taliban on the Karukh district was pushed back by the police.": "an attack 'of the Taliban' is nobody's",
    "Chahar Burjak was still holding out on Saturday, a councillor said.": "who holds out is not inferred",
    "Sherzad is holding out against the Taliban.": "who holds out is not inferred",
    "Panjshir, the last anti-Taliban bastion, was calm on Thursday.": "an apposition is not the subject of its noun",
    "Herat holds out hope for a good harvest.": FIGURE,
    "Kunduz fell to fourth place in the league table.": FIGURE,
    "Kabul is losing the battle against dust.": FIGURE,
    "Doctors said the spread of the disease had been arrested in Kandahar.": FIGURE,
    "Rubbish burned in the streets of Kabul.": "nobody set fire to anything",
    "An offensive remark about Herat angered lawmakers.": "an adjective that is spelled like the noun",
    "The president's plane struck a bird in Herat.": "whatever a plane strikes is bombed",
    "Two women were sexually assaulted by gunmen in Nawbahar.": "only the first word of a wording is inflected, here an adverb",
    "The Taliban plan to march on Herat.": "the verb is also read as the noun",
    "There are over 6,000 fighters in the Panjshir Valley, his aides said.": "bare fighters are no party",
}
"""Sentences that the rows state rightly and the code does not yet read: text -> why."""


def examples() -> list[Any]:
    return [
        pytest.param(row["id"], example, id=f"{row['id']}-{n}", marks=_marks(example["text"]))
        for row in ROWS
        for n, example in enumerate(row["examples"])
    ]


def counter_examples() -> list[Any]:
    return [
        pytest.param(row["id"], text, id=f"{row['id']}-{n}", marks=_marks(text))
        for row in ROWS
        for n, text in enumerate(row.get("counter_examples", ()))
    ]


def _marks(text: str) -> list[pytest.MarkDecorator]:
    return [pytest.mark.xfail(reason=KNOWN_FAILURES[text])] if text in KNOWN_FAILURES else []


def wrong(claim: Claim, example: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Return each stated field that the claim does not bear out, as (stated, found)."""
    found = {field: read(claim) for field, read in STATED.items() if field in example}
    return {field: (example[field], value) for field, value in found.items() if value != example[field]}


@pytest.mark.parametrize(("pattern", "example"), examples())
def test_an_example_says_what_its_row_states(pattern: str, example: dict[str, Any]) -> None:
    found = newsroom.claims(example["text"], example.get("published", newsroom.PUBLISHED))
    differences = [wrong(claim, example) for claim in found if claim.pattern == pattern]
    assert {} in differences, f"{pattern}: {differences or [claim.pattern for claim in found]}"


@pytest.mark.parametrize(("pattern", "text"), counter_examples())
def test_a_counter_example_says_nothing(pattern: str, text: str) -> None:
    assert [claim for claim in newsroom.claims(text) if claim.pattern == pattern] == []


def test_every_row_has_an_id_of_its_own() -> None:
    ids = [row["id"] for row in ROWS]
    assert len(ids) == len(set(ids))


def test_every_example_states_something_that_can_be_checked() -> None:
    known = {"text", "published", *STATED}
    for row in ROWS:
        for example in row["examples"]:
            assert example.keys() <= known, f"{row['id']}: {sorted(example.keys() - known)}"
            assert example.keys() & STATED.keys(), f"{row['id']}: {example['text']!r} states nothing"
            assert example.get("control", "none") in set(Control)
            assert example.get("status", "asserted") in set(Status)
            assert example.get("sub_event_type", "") in lexicon.CODES


def test_every_place_of_an_example_is_a_unit_of_the_gazetteer() -> None:
    stated = {example["place"] for row in ROWS for example in row["examples"] if "place" in example}
    assert sorted(pcode for pcode in stated if pcode not in newsroom.places().places) == []


def test_all_sub_event_types_have_a_row() -> None:
    codes = {row["codes"] for row in ROWS}
    coded = codes | {"Government regains territory", "Non-state actor overtakes territory", "Non-violent transfer of territory"}
    assert sorted(lexicon.CODES - {"", "taking", "transfer"} - coded) == []
    assert {"taking", "transfer"} <= codes


def test_a_row_that_does_not_hold_together_is_named() -> None:
    row = {"id": "sample", "verbs": ["take"], "control": "gained", "codes": "taking", "examples": [{"text": "-"}]}
    lexicon._predicate(row)
    for fault, named in (
        ({"verb": ["take"]}, "verb"),
        ({"subject": "owner"}, "owner"),
        ({"codes": "War"}, "War"),
        ({"needs": ["luck"]}, "luck"),
    ):
        with pytest.raises(lexicon.TableError, match=f"sample.*{named}"):
            lexicon._predicate(row | fault)


def test_known_failures_are_sentences_of_the_table() -> None:
    texts = {e["text"] for row in ROWS for e in row["examples"]} | {t for row in ROWS for t in row.get("counter_examples", ())}
    assert sorted(KNOWN_FAILURES.keys() - texts) == []
