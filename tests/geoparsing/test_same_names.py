"""A name that several districts bear is resolved by what the article says around it, and refused where that is level.

The cases are made from the gazetteer itself: every district name that is strong in more than one province.
"""

from datetime import date

import pytest

from mapper import gazetteer
from mapper.gazetteer.distance import distance
from mapper.geoparsing import geoparse
from mapper.model import Article, Kind
from mapper.settings import Settings

PLACES = gazetteer.load()
ASKED_FOR = {
    *("Kohistan", "Tagab", "Baharak", "Fayzabad", "Qara Bagh", "Surobi", "Arghandab", "Muqur", "Dawlat Abad", "Jaghatu"),
    *("Jani Khel", "Khost", "Baghlan", "Kunduz", "Shinwar"),
}
"""The namesakes that readers of Afghan news stumble over most."""


def namesakes():
    """District name -> its bearers, where it is the official name of one, and strong in more than one province."""
    found = {}
    for place in PLACES.places.values():
        if place.kind is Kind.DISTRICT and place.country == "AFG":
            bearers = {m.place.id: m.place for m in PLACES.lookup(place.name) if m.place.kind is Kind.DISTRICT and m.score > 0.9}
            if len({bearer.admin1_pcode for bearer in bearers.values()}) > 1:
                found[place.name] = tuple(bearers.values())
    return found


NAMESAKES = namesakes()
OF_MANY_KINDS = [
    ("Clashes broke out in Kunduz city on Sunday.", "Kunduz", "AF1901"),
    ("Clashes broke out in Kunduz province on Sunday.", "Kunduz", "AF19"),
    ("The governor of Khost said on Sunday that the road was open.", "Khost", "AF14"),
    ("Resistance fighters hold Andarab and Khost districts of Baghlan, residents said.", "Khost", "AF0913"),
    ("Clashes broke out in Baghlan province on Sunday.", "Baghlan", "AF09"),
    ("Residents of Faizabad, the capital of Badakhshan province, fled.", "Faizabad", "AF1701"),
    ("Gunmen attacked Shinwar district in Nangarhar, police said.", "Shinwar", "AF0616"),
    ("Gunmen attacked Shinwari district in Parwan, police said.", "Shinwari", "AF0303"),
]
"""Names of provinces, cities and districts at once, and of a district and a people."""

CASES = sorted({(name, place.id) for name, bearers in NAMESAKES.items() for place in bearers})


def neighbour(place):
    """The nearest district of the same province whose name means it alone, and is no part of the other's."""
    own = [
        p for p in PLACES.places.values() if p.kind is Kind.DISTRICT and p.admin1_pcode == place.admin1_pcode and p.id != place.id
    ]
    alone = [p for p in own if {m.place.unit for m in PLACES.lookup(p.name)} == {p.id} and not p.covers]
    return min(alone, key=lambda p: distance(p.point, place.point), default=None)


def meant(text, name):
    """What the last mention of a name means: its unit, or None and the reason."""
    read = geoparse(Article(id="a", path="a.txt", sha256="", text=text, published=date(2021, 8, 20)), PLACES, Settings())
    (*_, last) = [r for r in read if r.toponym.text == name]
    return (last.place.unit if last.place else None), last.refused or "; ".join(e.note for e in last.evidence)


def test_the_names_that_readers_stumble_over_are_among_the_cases():
    assert set(NAMESAKES) | {name for _, name, _ in OF_MANY_KINDS} >= ASKED_FOR
    assert len(CASES) > 20


@pytest.mark.parametrize(("name", "pcode"), CASES)
def test_a_named_province_decides(name, pcode):
    place = PLACES.places[pcode]
    for text in (
        f"Taliban fighters attacked {name} district of {place.admin1} province on Sunday, officials said.",
        f"Clashes broke out in {name}, {place.admin1}, on Sunday, officials said.",
        f"Officials in {place.admin1} said that {name} district was calm on Sunday.",
    ):
        unit, why = meant(text, name)
        assert unit == pcode, (text, why)
        assert place.admin1 in why


@pytest.mark.parametrize(("name", "pcode"), CASES)
def test_a_neighbour_in_the_sentence_decides(name, pcode):
    place = PLACES.places[pcode]
    other = neighbour(place)
    if other is None:
        pytest.skip("no district of the province has a name of its own")
    unit, why = meant(f"Taliban fighters attacked {other.name} and {name} districts on Sunday, officials said.", name)
    assert unit == pcode, why
    assert other.name in why


@pytest.mark.parametrize(("name", "pcode"), CASES)
def test_an_article_keeps_to_the_sense_it_has_given(name, pcode):
    place = PLACES.places[pcode]
    text = f"Fighting raged in {name} district of {place.admin1} province.\n\nOn Monday, residents of {name} fled their homes."
    unit, why = meant(text, name)
    assert unit == pcode, why


@pytest.mark.parametrize("name", sorted(NAMESAKES))
def test_level_evidence_is_refused_and_says_between_which(name):
    provinces = {place.admin1 for place in NAMESAKES[name]}
    unit, why = meant(f"Clashes broke out in {name} district on Sunday, officials said.", name)
    assert unit is None
    assert "level" in why and sum(province in why for province in provinces) > 1


@pytest.mark.parametrize(("text", "name", "meaning"), OF_MANY_KINDS)
def test_province_city_and_district_of_one_name(text, name, meaning):
    unit, why = meant(text, name)
    assert unit == meaning, why


# --- the list of the article's date ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "name", "place_id", "note"),
    [
        (date(2003, 5, 1), "Andarab", "AF0907-andarab-2004", ""),
        (date(2021, 8, 20), "Andarab", "AF0907", ""),
        (None, "Andarab", "AF0907", ""),
        (date(2021, 8, 20), "Gizab", "AF2507-gizab-2018", ""),
        (date(2022, 3, 1), "Gizab", "AF2507", ""),
        (date(2003, 5, 1), "Deh Salah", "AF0908", "was no district on 2003-05-01; the name stands for its place"),
        (date(2021, 8, 20), "Patoo", "AF2409", "was no district on 2021-08-20"),
    ],
)
def test_a_name_is_read_by_the_list_of_the_date(day, name, place_id, note):
    text = f"Clashes broke out in {name} district on Sunday, officials said."
    (read,) = geoparse(Article(id="a", path="a.txt", sha256="", text=text, published=day), PLACES, Settings())
    assert read.place and read.place.id == place_id, read
    assert note in "; ".join(evidence.note for evidence in read.evidence)


def test_a_search_without_a_day_puts_a_former_district_last():
    (first, second, *_) = [match for match in PLACES.find("Gizab") if match.place.kind is Kind.DISTRICT]
    assert (first.place.id, second.place.id) == ("AF2507", "AF2507-gizab-2018")
    assert second.score < first.score and any("until 2021-11-16" in evidence.note for evidence in second.evidence)
    assert [match.place.id for match in PLACES.find("Gizab", on=date(2021, 8, 20), kind=Kind.DISTRICT)] == ["AF2507-gizab-2018"]


# --- what the text says of where it lies -----------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Blasts hit mosques in Kunduz city's Sayed Abad quarter on Friday.", "Sayed Abad"),
        ("A mine blast in Kabul's Qala-e-Naw area killed three people.", "Qala-e-Naw"),
        ("Floods hit Gilan province in Iran on Monday.", "Gilan"),
        ("Troops gathered in Tajikistan's Ishkashim on Monday.", "Ishkashim"),
    ],
)
def test_what_is_said_to_lie_elsewhere_is_refused_and_says_so(text, name):
    unit, why = meant(text, name)
    assert unit is None and "said to lie in" in why


@pytest.mark.parametrize(
    ("text", "name", "pcode"),
    [("Staff of Iran's Herat consulate left on Monday.", "Herat", "AF3201"), ("Farah's Dilaram fell.", "Dilaram", "AF3406")],
)
def test_what_is_owned_in_speech_or_lies_beside_is_not(text, name, pcode):
    assert meant(text, name)[0] == pcode


def test_two_places_of_one_name_in_one_article_keep_apart():
    first = "In Badakhshan, fourteen districts fell, a lawmaker said.\n\nThose overrun include Warduj, Baharak, Jurm and Argo."
    second = "\n\nIn Takhar, Baharak and Chal districts fell, too."
    article = Article(id="a", path="a.txt", sha256="", text=first + second, published=date(2021, 8, 20))
    read = [r for r in geoparse(article, PLACES, Settings()) if r.toponym.text == "Baharak"]
    assert [r.place and r.place.id for r in read] == ["AF1706", "AF1803"]
