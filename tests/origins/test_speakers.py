"""One speaker has one voice, however he is written; two speakers have two."""

from __future__ import annotations

import pytest
from statements import Paper, agency, group, nameless, office, somebody

from mapper.model import Hop, HopKind
from mapper.origins.speakers import Voice, hear, hearsay


def voices(*chains: Hop | tuple[Hop, ...], outlet: str = "The Daily") -> list[Voice]:
    paper = Paper("p1", outlet=outlet)
    for chain in chains:
        paper.tells("Something happened there.", *(chain if isinstance(chain, tuple) else (chain,)))
    return hear(paper.claims)


SAME = [
    (somebody("Bismillah Mohammadi"), somebody("Gen. Bismillah Muhammadi")),
    (somebody("Qari Mansur Hotak"), somebody("Mansoor Hotak")),
    (somebody("Gen. Mirza Gul Andar", "defence ministry spokesman"), office("the Afghan defence ministry")),
    (somebody("Mirza Gul Andar", "spokesman of the defence ministry"), office("the Defense Ministry")),
    (nameless("a Taliban spokesman"), group("the Taliban")),
    (nameless("the spokesman for the governor of Wardak"), office("the governor of Wardak")),
    (nameless("two residents of Yakhchal"), nameless("residents of Yakhchal")),
    (
        (agency("Tolo News"), nameless("a local former police commander")),
        (agency("Tolo News"), nameless("former police commander")),
    ),
]


@pytest.mark.parametrize(("one", "two"), SAME)
def test_one_speaker_has_one_voice(one: Hop, two: Hop) -> None:
    first, second = voices(one)[0], voices(two)[0]
    assert first.key == second.key


APART = [
    (somebody("Ahmad Massoud"), somebody("Ahmad Shah Massoud")),
    (office("the defence ministry"), office("the interior ministry")),
    (office("the governor of Ghor"), office("the governor of Wardak")),
    (nameless("a trader"), nameless("a teacher")),
    (group("the Taliban"), group("Resistance forces")),
]


@pytest.mark.parametrize(("one", "two"), APART)
def test_two_speakers_have_two_voices(one: Hop, two: Hop) -> None:
    first, second = voices(one)[0], voices(two)[0]
    assert first.key != second.key


@pytest.mark.parametrize("crowd", ["local residents", "two security officials", "villagers", "the locals"])
def test_a_crowd_without_a_name_is_another_for_every_outlet(crowd: str) -> None:
    for hop in (nameless(crowd), group(crowd)):
        here, there = voices(hop, outlet="The Daily")[0], hear(Paper("p2", outlet="The Weekly").tells("It fell.", hop).claims)[0]
        assert not here.known
        assert here.key != there.key


def test_his_spokesman_speaks_for_whom_the_article_named_before() -> None:
    governor, spokesman = voices(nameless("the Taliban's governor for Takhar"), somebody("Habibullah Samim", "his spokesman"))
    assert governor == spokesman


def test_a_spokesman_without_a_client_speaks_for_the_office_named_before() -> None:
    ministry, officer = voices(office("the defence ministry"), somebody("Mirza Gul Andar", "spokesman Gen."))
    assert ministry == officer


def test_a_description_is_of_the_one_person_whom_the_article_gives_that_role() -> None:
    described, named = voices(nameless("a provincial council member"), somebody("Najiba Ghori", "provincial council member"))
    assert described == named
    first, *_ = voices(
        nameless("a council member"),
        somebody("Najiba Ghori", "council member"),
        somebody("Karim Sadiq", "council member of Ghor"),
    )
    assert not first.known, "there are two of them"


@pytest.mark.parametrize(
    ("hop", "nobody"),
    [
        (Hop("unconfirmed reports", None, HopKind.DOCUMENT), True),
        (nameless("reports on social media"), True),
        (nameless("local rumours"), True),
        (nameless("a reporter"), False),
        (nameless("local residents"), False),
        (somebody("Najiba Ghori"), False),
    ],
)
def test_behind_hearsay_stands_nobody(hop: Hop, nobody: bool) -> None:
    assert hearsay(hop) is nobody
