"""The forms that English verbs take in print."""

from __future__ import annotations

from typing import Any

import newsroom
import pytest

from mapper import bundle
from mapper.claims.morphology import Form, inflect

CASES: list[tuple[str, Any]] = [
    # base: third person, past, participle, -ing
    ("seize", ("seizes", "seized", "seized", "seizing")),
    ("capture", ("captures", "captured", "captured", "capturing")),
    ("occupy", ("occupies", "occupied", "occupied", "occupying")),
    ("deploy", ("deploys", "deployed", "deployed", "deploying")),
    ("free", ("frees", "freed", "freed", "freeing")),
    ("clash", ("clashes", "clashed", "clashed", "clashing")),
    ("torch", ("torches", "torched", "torched", "torching")),
    ("dismiss", ("dismisses", "dismissed", "dismissed", "dismissing")),
    ("tax", ("taxes", "taxed", "taxed", "taxing")),
    ("control", ("controls", "controlled", "controlled", "controlling")),
    ("admit", ("admits", "admitted", "admitted", "admitting")),
    ("repel", ("repels", "repelled", "repelled", "repelling")),
    ("stop", ("stops", "stopped", "stopped", "stopping")),
    ("kidnap", ("kidnaps", "kidnapped", "kidnapped", "kidnapping")),
    ("target", ("targets", "targeted", "targeted", "targeting")),
    ("open", ("opens", "opened", "opened", "opening")),
    ("surrender", ("surrenders", "surrendered", "surrendered", "surrendering")),
    ("take", ("takes", "took", "taken", "taking")),
    ("retake", ("retakes", "retook", "retaken", "retaking")),
    ("overrun", ("overruns", "overran", "overrun", "overrunning")),
    ("withdraw", ("withdraws", "withdrew", "withdrawn", "withdrawing")),
    ("fall", ("falls", "fell", "fallen", "falling")),
    ("flee", ("flees", "fled", "fled", "fleeing")),
    ("lose", ("loses", "lost", "lost", "losing")),
    ("hold", ("holds", "held", "held", "holding")),
    ("shoot", ("shoots", "shot", "shot", "shooting")),
    ("strike", ("strikes", "struck", "struck", "striking")),
    ("set", ("sets", "set", "set", "setting")),
    ("go", ("goes", "went", "gone", "going")),
    ("say", ("says", "said", "said", "saying")),
    ("write", ("writes", "wrote", "written", "writing")),
    ("describe", ("describes", "described", "described", "describing")),
    ("grab", ("grabs", "grabbed", "grabbed", "grabbing")),
    ("expel", ("expels", "expelled", "expelled", "expelling")),
    ("flog", ("flogs", "flogged", "flogged", "flogging")),
    ("brag", ("brags", "bragged", "bragged", "bragging")),
    ("rebut", ("rebuts", "rebutted", "rebutted", "rebutting")),
    ("sweep", ("sweeps", "swept", "swept", "sweeping")),
    ("dig", ("digs", "dug", "dug", "digging")),
    ("build", ("builds", "built", "built", "building")),
    ("withstand", ("withstands", "withstood", "withstood", "withstanding")),
]

KNOWN_FAILURES: dict[str, str] = {}

PRESENT_AND_PAST_OF_BE = {"is", "are", "was", "were"}


@pytest.mark.parametrize(("verb", "expected"), newsroom.marked(CASES, KNOWN_FAILURES))
def test_a_verb_has_its_printed_forms(verb: str, expected: tuple[str, str, str, str]) -> None:
    by_form = {form: word for word, forms in inflect(verb).items() for form in forms}
    third, past, participle, ing = expected
    assert by_form == {Form.BASE: verb, Form.THIRD: third, Form.PAST: past, Form.PARTICIPLE: participle, Form.ING: ing}


def test_be_has_all_its_forms() -> None:
    assert inflect("be").keys() >= PRESENT_AND_PAST_OF_BE


def test_every_verb_of_the_tables_inflects_to_words() -> None:
    verbs = {verb.split()[0] for row in bundle.toml("claims", "predicates.toml")["predicate"] for verb in row.get("verbs", ())}
    verbs |= {verb for group in bundle.toml("claims", "cues.toml")["says"].values() for verb in group}
    for verb in sorted(verbs):
        forms = inflect(verb)
        assert set().union(*forms.values()) == set(Form), verb
        assert all(word == word.casefold() and " " not in word for word in forms)
