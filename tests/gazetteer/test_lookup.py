"""A name in any spelling is met with its places, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper import gazetteer
from mapper.gazetteer.likeness import jaro_winkler, one_edit, sound
from mapper.gazetteer.lookup import TIERS
from mapper.model import Kind

PLACES = gazetteer.load()
NAMES = [name for name in PLACES.names if name.place_id.startswith("AF")]


def units(name):
    return {match.place.unit for match in PLACES.lookup(name)}


@pytest.mark.parametrize(
    ("name", "pcode", "tier"),
    [
        ("Andarab", "AF0907", "spelling"),
        ("ANDARAB", "AF0907", "spelling"),
        ("اندراب", "AF0907", "spelling"),
        ("Pole Khomri", "AF0901", "form"),
        ("Pol-e-Hasar", "AF0912", "consonants"),
        ("Khumri Bridge", "AF0901", "translated"),
        ("Gereshk", "AF3004", "spelling"),
        ("Kandhar", "AF2701", "consonants"),
        ("Badakshan", "AF17", "typo"),
        ("Nangarhaar", "AF06", "form"),
        ("Lakshargah", "AF3001", "typo"),
    ],
)
def test_a_spelling_is_met_by_its_tier(name, pcode, tier):
    first = PLACES.lookup(name)[0]
    assert (first.place.unit, first.tier) == (pcode, tier)
    assert first.score <= TIERS[tier]


@pytest.mark.parametrize(
    "name",
    [
        "Andarabi",
        "Sholgari",
        "Logari",
        "Takhari",
        "Kandahari",
        "Massoud",
        "Saleh",
        "Mohammadi",
        "Tolo News",
        "Reuters",
        "Examiner",
        "",
    ],
)
def test_persons_outlets_and_nothing_are_no_places(name):
    assert PLACES.lookup(name) == ()


def test_letters_of_old_arabic_encodings_are_met_by_a_gazetteer_asked_for_the_first_time():
    (first, *_) = gazetteer.load().lookup("\N{ARABIC LETTER KAF INITIAL FORM}\N{ARABIC LETTER ALEF FINAL FORM}ﺑﻞ")
    assert first.place.id == "AF0101-kabul"


def test_every_name_of_the_tables_finds_its_place_in_other_writing_too():
    lost = []
    for name in NAMES:
        for written in (name.name, name.name.upper(), name.name.replace("-", " "), f" {name.name} "):
            if name.place_id not in {match.place.id for match in PLACES.lookup(written)}:
                lost.append((name.place_id, written))
    assert lost == []


def test_all_namesakes_are_answered_and_the_strong_ones_first():
    assert {"AF1708", "AF2910", "AF0202", "AF0204"} <= units("Kohistan")
    khost = PLACES.lookup("Khost")
    assert khost[0].place.unit in ("AF14", "AF1401") and "AF0913" in {match.place.id for match in khost}
    assert [match.weak for match in khost] == sorted(match.weak for match in khost)


def test_a_provincial_capital_comes_before_its_province_and_both_before_villages():
    kunduz = [match.place for match in PLACES.lookup("Kunduz")]
    assert [place.kind for place in kunduz[:3]] == [Kind.CITY, Kind.PROVINCE, Kind.DISTRICT]


def test_names_abroad_are_met_by_their_spelling_alone():
    assert PLACES.lookup("Moscow")[0].place.country == "RUS"
    assert not any(match.place.country == "GBR" for match in PLACES.lookup("Oq"))


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("kandahr", "kandahar", True),
        ("kandahar", "kandhaar", True),
        ("kandahar", "kandagar", True),
        ("kandahar", "kandahari", False),
        ("sulgara", "sulgari", False),
        ("kandahar", "kanhadar", False),
        ("kabul", "kabulis", False),
    ],
)
def test_one_edit_is_one_slip_of_the_pen(one, other, near):
    assert one_edit(one, other) is one_edit(other, one) is near


@given(st.text(alphabet="abdnr", max_size=12), st.text(alphabet="abdnr", max_size=12))
def test_likeness_is_between_nothing_and_the_same(one, other):
    assert 0.0 <= jaro_winkler(one, other) <= 1.0
    assert jaro_winkler(one, one) == 1.0
    assert one_edit(one, other) is one_edit(other, one)


@given(st.text(max_size=80))
def test_any_string_is_answered(name):
    matches = PLACES.lookup(name)
    assert [match.score for match in matches] == sorted((match.score for match in matches), reverse=True)


NATIVE = [name for name in NAMES if not name.name.isascii() and "\u0600" <= name.name[0] <= "\u06ff"]


@pytest.mark.parametrize(
    "write",
    [
        lambda name: name.replace("\u06cc", "\u064a").replace("\u06a9", "\u0643"),
        lambda name: name.replace("\u064a", "\u06cc").replace("\u0643", "\u06a9"),
        lambda name: name.replace("\u06cc", "\u0649"),
        lambda name: "\u064e".join(name),
        lambda name: name.replace(" ", "\u200c"),
        lambda name: name.replace(" ", ""),
        lambda name: name.replace("\u0627", "\u0640\u0627"),
    ],
    ids=["Arabic keyboard", "Persian keyboard", "alef maksura", "vowel marks", "joiners", "no spaces", "stretched"],
)
def test_a_native_name_is_met_however_it_is_typed(write):
    assert len(NATIVE) > 1000
    lost = [name.name for name in NATIVE if name.place_id not in {match.place.id for match in PLACES.lookup(write(name.name))}]
    assert lost == []


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        ("sirpul", "saripul", 0.8, 1.0),
        ("parun", "paruni", 0.8, 1.0),
        ("kunduz", "kunduz", 1.0, 1.0),
        ("baglan", "bagran", 0.6, 0.85),
        ("andar", "andarab", 0.6, 0.85),
        ("kabul", "zabul", 0.0, 0.75),
        ("", "kabul", 0.0, 0.0),
    ],
)
def test_how_alike_names_sound(one, other, least, most):
    assert least <= sound(one, other) <= most
    assert sound(one, other) == sound(other, one)


@given(st.text(alphabet="abdnrkg", max_size=12), st.text(alphabet="abdnrkg", max_size=12))
def test_sounding_alike_is_a_share_and_the_same_both_ways(one, other):
    assert 0.0 <= sound(one, other) <= 1.0
    assert sound(one, other) == pytest.approx(sound(other, one))
    assert sound(one, one) == (1.0 if one else 0.0)


@given(
    st.text(alphabet="abdnrkgszjwp", max_size=10), st.text(alphabet="abdnrkgszjwp", max_size=10), st.sampled_from([0.5, 0.7, 0.8])
)
def test_a_likeness_below_what_is_asked_for_is_none_and_any_other_as_it_is(one, other, least):
    whole = sound(one, other)
    assert sound(one, other, least) == (whole if whole >= least else 0.0) or abs(whole - least) < 1e-9
