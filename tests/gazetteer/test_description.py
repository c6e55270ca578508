"""A place description is taken apart into what is asked for, what holds it, and what is near it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.gazetteer.description import borders, called, equals, outstanding, parts, urban


def shape(description):
    return [(part.text, part.rank, part.near) for part in parts(description)]


@pytest.mark.parametrize(
    ("description", "expected"),
    [
        ("Musa Qala", [("Musa Qala", 0, False)]),
        ("Sangin town, Helmand province", [("Sangin town", 0, False), ("Helmand province", 1, False)]),
        ("Qalat city (Zabul)", [("Qalat city", 0, False), ("Zabul", 1, False)]),
        ("Wardak's Sayedabad district", [("Sayedabad district", 0, False), ("Wardak", 1, False)]),
        ("Nangarhar: Khogyani, Wazir Tangi", [("Khogyani", 0, False), ("Wazir Tangi", 1, False), ("Nangarhar", 2, False)]),
        ("Khogyani district of eastern Nangarhar", [("Khogyani district", 0, False), ("eastern Nangarhar", 1, False)]),
        ("in the south of Faryab", [("Faryab", 0, False)]),
        ("10 km south of Lashkar Gah", [("Lashkar Gah", 0, True)]),
        ("in a village near Tirin Kot, the capital of Uruzgan", [("Tirin Kot", 0, True), ("Uruzgan", 1, False)]),
        ("between Ghazni city and Qarabagh", [("Ghazni city", 0, True), ("Qarabagh", 0, True)]),
        (
            "between Kandahar and Herat in Maiwand district",
            [("Kandahar", 0, True), ("Herat", 0, True), ("Maiwand district", 1, False)],
        ),
        ("musa qala, helmand", [("musa qala", 0, False), ("helmand", 1, False)]),
        ("a remote village", []),
        ("the provincial capital", []),
        ("", []),
        (" ,;", []),
    ],
)
def test_the_parts_of_a_description(description, expected):
    assert shape(description) == expected


def test_a_distance_is_kept_in_km():
    assert [part.km for part in parts("50 miles north of Kabul")] == [pytest.approx(80.45)]
    assert [part.km for part in parts("about 1,200 km from Kabul")] == [1200.0]


def test_a_word_for_a_kind_before_of_is_said_of_the_name_after_it():
    (part,) = parts("the village of Loy Bagh")
    assert {reading.kind for reading in part.readings} == {"village"}


@pytest.mark.parametrize(
    ("description", "names"),
    [
        ("Zhari and Panjwayi districts", ["Zhari", "Panjwayi"]),
        ("Tagab/Nijrab", ["Tagab", "Nijrab"]),
        ("Ghazni-Paktika highway", ["Ghazni", "Paktika"]),
        ("Nad-e-Ali district", []),
        ("bread and Kabul", []),
    ],
)
def test_equals(description, names):
    assert [part.text for part in equals(parts(description)[0])] == names


@pytest.mark.parametrize(
    ("description", "name"),
    [
        ("troubled Sangin", "Sangin"),
        ("clashes in Khas Uruzgan gunfire", "Khas Uruzgan"),
        ("Kakar tribe", None),
        ("volatile Sangin convoy", None),
    ],
)
def test_the_name_that_a_part_begins_or_ends_with(description, name):
    found = outstanding(parts(description)[0])
    assert (found and found.name) == name


@pytest.mark.parametrize(
    ("description", "names"),
    [
        ("Taliban captured Ishkamish district centre", ["Ishkamish"]),
        ("IED FOUND ARGHANDAB DIST", ["IED FOUND ARGHANDAB", "FOUND ARGHANDAB", "ARGHANDAB"]),
        ("Deh-e Sabz attack", []),
    ],
)
def test_the_names_before_a_word_for_a_unit(description, names):
    assert [reading.name for reading in called(parts(description)[0])] == names


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Panjwai distt., Kandahar prov.", "Panjwai district, Kandahar province"),
        ("Alizai vill nr Andar DC", "Alizai village near Andar district centre"),
        ("Qaysar Distrct, Faryab", "Qaysar district, Faryab"),
        ("10 km NW of Gereshk", "10 km north-west of Gereshk"),
        ("KANDAHAR, Afghanistan (AFP) - Clashes in Washer", "Clashes in Washer"),
        ("QALAT (PAN): Mizan district chief hurt", "Mizan district chief hurt"),
        ("Clashes in Washer.", "Clashes in Washer"),
    ],
)
def test_abbreviations_and_datelines(written, meant):
    assert parts(written) == parts(meant)


def test_a_road_leads_on_and_a_country_borders():
    assert [(part.text, part.near, part.km > 15) for part in parts("a bus from Kandahar to Kabul")] == [
        ("Kandahar", True, True),
        ("Kabul", True, True),
    ]
    assert borders(parts("near the Iran border")[0])


def test_what_is_found_in_towns_alone():
    assert urban(parts("Ministry of Interior, Kabul")[0])
    assert not urban(parts("Qala-e-Now village, Kabul")[0])


@given(st.text(max_size=120))
def test_any_string_is_taken_apart(description):
    found = parts(description)
    assert [part.rank for part in found] == sorted(part.rank for part in found)
    assert all(part.text and part.readings for part in found)
