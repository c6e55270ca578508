"""The rules of romanisation prove themselves, and keep different places apart."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.gazetteer.lookup import TIERS
from mapper.gazetteer.romanise import GENERIC, RULES, all_forms, differences, forms, normal, skeleton, spelling

PAIRS = [(rule, pair) for rule in RULES for pair in rule.meet]
APART = [
    ("Andar", "Andarab"),
    ("Andarab", "Andarabi"),
    ("Baghlan", "Baghran"),
    ("Balkh", "Balkhab"),
    ("Dand", "Dand wa Patan"),
    ("Farah", "Farsi"),
    ("Farkhar", "Farkhor"),
    ("Fereng wa Gharu", "Khost wa Fereng"),
    ("Ghor", "Ghorak"),
    ("Jurm", "Jaram"),
    ("Khas Uruzgan", "Uruzgan"),
    ("Khost", "Khost wa Fereng"),
    ("Kohistan", "Kohsan"),
    ("Kunar", "Kunduz"),
    ("Nahrin", "Nahr-e-Saraj"),
    ("Nawa", "Nawzad"),
    ("Paktia", "Paktika"),
    ("Panjab", "Panjwai"),
    ("Shinwar", "Shinwari"),
    ("Sholgara", "Sholgari"),
    ("Zabul", "Kabul"),
]


@pytest.mark.parametrize(("rule", "pair"), PAIRS, ids=[f"{rule.id}-{pair[0]}" for rule, pair in PAIRS])
def test_the_pairs_of_a_rule_meet_by_that_rule(rule, pair):
    one, other = pair
    assert set(forms(one)) & set(forms(other))
    assert not set(forms(one, rule.id)) & set(forms(other, rule.id))
    assert rule.words in differences(one, other)


@pytest.mark.parametrize(("one", "other"), APART + [pair for rule in RULES for pair in rule.apart])
def test_different_places_stay_apart(one, other):
    assert not set(normal(one)) & set(normal(other))


def test_every_rule_says_why_and_whence():
    assert len({rule.id for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert rule.words and rule.why.endswith(".") and rule.source and rule.meet


@pytest.mark.parametrize(
    "spellings",
    [
        ["Pul-e-Hisar", "Pul-e-Hesar", "Pol-e-Hesar", "Pul-Hesar", "Puli Hisar", "Pule Hesar", "PUL-E HISAR", "Pol e Hesar"],
        ["Deh Salah", "Deh-e Salah", "Dehsalah", "Dehe Salah", "Dih Salah", "Deh Saleh", "De Salah"],
        ["Banu", "Bano", "Bannu", "Banow"],
        ["Panjshir", "Panjsher", "Panjsheer", "Panjshear", "Panjshayr"],
        ["Qala-e-Naw", "Qala-i-Naw", "Qal'ah-ye Now", "Qala Naw", "Qalai Naw", "Qal‘eh-ye Now"],
        ["Mazar-e-Sharif", "Mazar-i-Sharif", "Mazari Sharif", "Mazar Sharif", "Mazār-e Sharīf"],
        ["Khwaja Bahawuddin", "Khoja Bahawuddin", "Khwajah Bahawuddin"],
        ["Chahar Dara", "Char Dara", "Chahardara", "Chahar Darah", "Chehar Dara"],
        ["Lashkar Gah", "Lashkargah", "Lashkar-Gah", "LASHKARGAH"],
        ["پنجشیر", "پنجشير", "پَنجشیر"],
        ["ده صلاح", "ده‌صلاح", "دهصلاح"],
    ],
    ids=lambda spellings: spellings[0],
)
def test_spellings_of_the_press_meet(spellings):
    first = set(normal(spellings[0]))
    assert [name for name in spellings if not first & set(normal(name))] == []


def test_a_skeleton_needs_three_consonants_and_keeps_the_i_of_persons():
    assert skeleton("banu") == ""
    assert skeleton("andarab") != skeleton("andarabi")


@given(st.text(max_size=60))
def test_any_string_has_forms_without_spaces(name):
    assert all(form and " " not in form for form in normal(name))
    assert spelling(spelling(name)) == spelling(name)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz -", max_size=40))
def test_case_and_hyphens_never_matter(name):
    assert normal(name.upper()) == normal(name) == normal(name.replace("-", " "))


@given(st.lists(st.text(max_size=30), max_size=8))
def test_many_names_have_the_forms_that_each_has_alone(names):
    assert all_forms(names) == {name: forms(name) for name in names}


def test_no_pattern_reaches_from_one_name_into_the_next():
    names = [name for rule in RULES for pair in rule.meet + rule.apart for name in pair]
    assert all_forms(names) == {name: forms(name) for name in names}


def test_the_rules_are_documented_as_they_are():
    page = (Path(__file__).parents[2] / "docs" / "gazetteer.md").read_text(encoding="utf-8")
    for rule in RULES:
        meets = "; ".join(f"{one} = {other}" for one, other in rule.meet)
        apart = "; ".join(f"{one} ≠ {other}" for one, other in rule.apart)
        assert f"| `{rule.id}` | {rule.words} | {rule.why} | {meets} | {apart} | {rule.source} |\n" in page


def test_the_tiers_are_documented_with_their_scores():
    page = (Path(__file__).parents[2] / "docs" / "gazetteer.md").read_text(encoding="utf-8")
    assert [f"| {tier} | {score:.2f} |" for tier, score in TIERS.items() if f"| {tier} | {score:.2f} |" not in page] == []


def test_the_generic_system_folds_and_no_more():
    assert normal("Saint-Étienne", GENERIC) == normal("SAINT ETIENNE", GENERIC) == ("saintetienne",)
    assert not set(normal("Kunduz", GENERIC)) & set(normal("Qunduz", GENERIC))
    assert normal("پنجشير", GENERIC) == normal("پنجشیر", GENERIC)
