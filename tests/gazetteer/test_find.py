"""A place description is answered with ranked places and reasons in words."""

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper import gazetteer
from mapper.errors import UnknownNameError
from mapper.model import Kind

PLACES = gazetteer.load()
EVAL = Path(__file__).parents[1] / "eval"


@pytest.mark.parametrize(
    ("description", "unit"),
    [
        ("Pol-e-Hasar", "AF0912"),
        ("Khost, Baghlan", "AF0913"),
        ("Khost province", "AF14"),
        ("Nad Ali district", "AF3002"),
        ("Nad Ali district, Helmand province", "AF3002"),
        ("Arghandab, Zabul", "AF2605"),
        ("Arghandab (Kandahar)", "AF2702"),
        ("Qarabagh district, Ghazni province", "AF1111"),
        ("the city of Herat", "AF3201"),
        ("Kunduz", "AF1901"),
        ("Kunduz city, Kunduz district, Kunduz province", "AF1901"),
        ("Baghlan", "AF09"),
        ("near Sangin town", "AF3008"),
        ("Baharak, Takhar", "AF1803"),
        ("فیروزکوه", "AF2301"),
    ],
)
def test_the_first_answer_is_the_place_meant(description, unit):
    assert PLACES.find(description)[0].place.unit == unit


@pytest.mark.parametrize(
    ("phrase", "place_id"),
    [
        ("Salang Pass", "AF0306-salang-pass"),
        ("near the Salang Pass, Parwan", "AF0306-salang-pass"),
        ("Kunduz River", "AFG-kunduz-river"),
        ("the Kabul River", "AFG-kabul-river"),
        ("Kabul airport", "AF0101-kabul-airport"),
        ("Ring Road", "AFG-ring-road"),
        ("Hesar Bridge", "AF0912"),
        ("Nosuchplace village, Hesar Bridge", "AF0912"),
        ("North Salang", "AF0906-north-salang"),
        ("Silk Bridge", "AF3401-silk-bridge"),
        ("Kandahar province", "AF27"),
    ],
)
def test_a_word_for_a_kind_may_be_part_of_the_name(phrase, place_id):
    best, *rest = PLACES.find(phrase)
    assert best.place.id == place_id
    assert all(match.score < best.score for match in rest), "the whole phrase is a better answer than a part of it"


def test_a_part_of_the_phrase_says_that_it_is_one():
    (salang,) = [match for match in PLACES.find("North Salang") if match.place.id == "AF0306"]
    assert salang.evidence[-1].name == "left_out" and salang.evidence[-1].note.endswith("this is 'Salang' alone")


def test_the_reason_names_the_list_and_the_difference():
    (best, *_) = PLACES.find("Pul e Hiissar")
    assert best.evidence[0].note.startswith("spelt 'Pul-e-Hisar' in OCHA")
    assert best.evidence[0].note.endswith("differs in: a doubled letter")


def test_level_answers_are_rivals_with_equal_scores():
    found = PLACES.find("Dawlatabad", limit=10)
    top = {match.place.id for match in found if match.score == found[0].score}
    assert {"AF2109", "AF2909"} <= top


def test_what_the_description_says_counts_against_other_places():
    found = {match.place.id: match.score for match in PLACES.find("Arghandab, Zabul", limit=10)}
    assert found["AF2605"] > 2 * found["AF2702"]


def test_what_the_caller_wants_must_hold():
    assert {match.place.admin1_pcode for match in PLACES.find("Kohistan", within="Faryab")} == {"AF29"}
    assert {match.place.admin1_pcode for match in PLACES.find("Kohistan", within="AF17")} == {"AF17"}
    assert {match.place.kind for match in PLACES.find("Kunduz", kind=Kind.PROVINCE)} == {Kind.PROVINCE}
    assert PLACES.find("Kunduz", kind=Kind.RIVER, within="Helmand") == ()
    with pytest.raises(UnknownNameError, match="Atlantis"):
        PLACES.find("Kunduz", within="Atlantis")


def test_an_unknown_place_is_answered_by_the_unit_said_to_hold_it():
    (best, *_) = PLACES.find("Nosuchplace village, Sangin district, Helmand")
    assert best.place.id == "AF3008" and best.evidence[0].name == "container" and best.score == 0.7


def test_nothing_is_answered_with_nothing():
    assert PLACES.find("Nosuchplace") == PLACES.find("") == PLACES.find(" , ") == ()


def test_units_are_found_by_their_code():
    assert PLACES.unit("AF0907").name == "Andarab"
    with pytest.raises(UnknownNameError, match="AF9999"):
        PLACES.unit("AF9999")
    with pytest.raises(UnknownNameError, match="no P-code"):
        PLACES.unit("AF0101-kabul")


def test_a_place_is_found_in_the_time_it_existed(tmp_path, folder):
    places = gazetteer.load("XXX", folder=folder(tmp_path, {"XX0102": {"valid_from": "2005-06-01", "valid_to": "2020-12-31"}}))
    assert places.find("Sawa", on=date(2010, 1, 1))
    assert not places.find("Sawa", on=date(2004, 1, 1)) and not places.find("Sawa", on=date(2021, 1, 1))


# --- what does not change an answer ---------------------------------------------------------------

with (EVAL / "descriptions.csv").open(encoding="utf-8", newline="") as lines:
    ASKED = [(row["description"], row["pcode"]) for row in csv.DictReader(lines)]


def met(description):
    """The listed district or else the province that is answered; None where it is refused."""
    matches = PLACES.answer(description).matches
    if not matches:
        return None
    district = PLACES.listed(matches[0].place)
    return district.id if district else matches[0].place.admin1_pcode


@pytest.mark.parametrize(
    "write",
    [
        lambda asked, province: f"{asked}, Afghanistan",
        lambda asked, province: f"{asked} (Afghanistan)",
        lambda asked, province: f"{asked}, officials said",
        lambda asked, province: f"  {asked}.".replace(" ", "\N{NO-BREAK SPACE} "),
        lambda asked, province: asked.replace(", ", ",\n").replace("'", "\N{RIGHT SINGLE QUOTATION MARK}"),
        lambda asked, province: f"{asked}, {province}",
    ],
    ids=["country", "country in brackets", "who says so", "spaces", "lines and apostrophes", "province"],
)
def test_what_is_said_besides_never_makes_a_right_answer_a_wrong_one(write):
    wrong = []
    for asked, pcode in ASKED:
        place = PLACES.places.get(pcode)
        if place and met(asked) == pcode:
            said = met(write(asked, place.admin1))
            if said not in (pcode, place.admin1_pcode, None):
                wrong.append((write(asked, place.admin1), pcode, said))
    assert len(ASKED) > 1000
    assert wrong == []


@given(st.text(alphabet=st.sampled_from("aeiKNdrq ,;:()/'-0\N{LATIN SMALL LETTER A WITH MACRON}\u06a9"), max_size=80))
def test_any_description_is_answered_or_refused_and_the_same_way_twice(description):
    answer = PLACES.answer(description)
    assert bool(answer.matches) != bool(answer.refused)
    assert all(0.5 <= match.score <= 1.0 for match in answer.matches[:1])
    assert answer == PLACES.answer(description)


def test_a_very_long_description_is_looked_at_in_part():
    assert PLACES.answer("Kabul, " * 2000).matches[0].place.admin1_pcode == "AF01"


@pytest.mark.parametrize(
    ("description", "unit"),
    [
        ("Kandahar, Nakhonay", "AF2704"),
        ("Kandahar; Zhari; Hauz-e-Madad, Afghanistan", "AF2705"),
        ("Jani Khel Paktika", "AF1209"),
        ("Nari Kunar", "AF1515"),
        ("Sangin, Kajaki, Musa Qala", "AF30"),
        ("Highway 1, Ghazni", "AF11"),
        ("Gerda Serai, Waza Zadran district, Paktya", "AF1314"),
        ("kandahar, afghanistan (afp) - clashes in washer", "AF3005"),
    ],
)
def test_the_order_of_the_parts_is_understood(description, unit):
    assert PLACES.answer(description).matches[0].place.unit == unit


@pytest.mark.parametrize(
    "description",
    [
        *("Dara, Afghanistan", "Daulatabad", "Jani Kheyl", "Kandahar, Kabul", "Paktia, Paktika", "in Shinwari tribe", "Loristan"),
        *("Mardan", "Sarak-e-Naw", "Langar", "Qar Bagh", "3.000 km from Kabul", "near the Afghan province of Khost"),
    ],
)
def test_what_two_places_fit_or_none_is_refused(description):
    answer = PLACES.answer(description)
    assert answer.matches == () and answer.refused
