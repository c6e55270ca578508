"""How many were killed, wounded or taken, and on which side."""

from __future__ import annotations

from typing import Any

import newsroom
import pytest

from mapper.claims import chunks, counts
from mapper.claims.tokens import tokenise
from mapper.model import Harm, Span

KILLED, WOUNDED, CAPTURED, EITHER = Harm.KILLED, Harm.WOUNDED, Harm.CAPTURED, Harm.KILLED_OR_WOUNDED
Tolls = set[tuple[Harm, int | None, int | None]]

CASES: list[tuple[str, Tolls]] = [
    # passive, active, intransitive, nominal
    ("At least 14 soldiers were killed and nine others wounded in the ambush.", {(KILLED, 14, None), (WOUNDED, 9, 9)}),
    ("The insurgents killed nine policemen.", {(KILLED, 9, 9)}),
    ("Nine insurgents and two soldiers died.", {(KILLED, 9, 9), (KILLED, 2, 2)}),
    ("The attack left seven dead and more than 20 injured.", {(KILLED, 7, 7), (WOUNDED, 20, None)}),
    ("The mortar hit a yard, killing 13 and injuring a child.", {(KILLED, 13, 13), (WOUNDED, 1, 1)}),
    ("The death toll rose to 61.", {(KILLED, 61, 61)}),
    ("The number of dead stands at 33.", {(KILLED, 33, 33)}),
    ("Doctors counted 19 bodies.", {(KILLED, 19, 19)}),
    ("Officials put the number of wounded at 120.", {(WOUNDED, 120, 120)}),
    ("Sixteen men lost their lives.", {(KILLED, 16, 16)}),
    ("The army lost 16 men.", {(KILLED, 16, 16)}),
    ("Five police officers were martyred and four wounded.", {(KILLED, 5, 5), (WOUNDED, 4, 4)}),
    ("The insurgents took 18 soldiers prisoner.", {(CAPTURED, 18, 18)}),
    # bounds
    ("Between ten and 15 labourers were killed.", {(KILLED, 10, 15)}),
    ("The strike killed as many as 30 militants.", {(KILLED, None, 30)}),
    ("Dozens were killed and hundreds wounded.", {(KILLED, 12, None), (WOUNDED, 100, None)}),
    ("More than two dozen rebels were slain.", {(KILLED, 24, None)}),
    ("Nearly a hundred people were injured.", {(WOUNDED, None, 100)}),
    # either, vague, none
    ("About 50 people were killed or wounded.", {(EITHER, 50, 50)}),
    ("There were 46 civilian casualties.", {(EITHER, 46, 46)}),
    ("Both sides suffered heavy losses.", {(EITHER, None, None)}),
    ("There were heavy casualties on both sides.", {(EITHER, None, None)}),
    ("Nobody was hurt.", {(WOUNDED, 0, 0), (KILLED, 0, 0)}),
    ("No soldier was killed.", {(KILLED, 0, 0)}),
    ("None of the passengers was injured.", {(WOUNDED, 0, 0), (KILLED, 0, 0)}),
    ("No casualties were reported.", {(KILLED, 0, 0)}),
    # one, by what or how he is called
    ("Gunmen killed a well-known radio presenter.", {(KILLED, 1, 1)}),
    ("Gunmen killed a prominent rights activist and her driver.", {(KILLED, 2, 2)}),
    ("The Taliban killed the folk singer Fawad Andarabi.", {(KILLED, 1, 1)}),
    ("The Taliban killed Haji Noor, a tribal elder.", {(KILLED, 1, 1)}),
    ("The Taliban killed the brother of a former minister.", {(KILLED, 1, 1)}),
    ("Taliban kill comedian", {(KILLED, 1, 1)}),
    ("Gunmen killed the power supply.", set()),
    ("Taliban Kill Afghan Civilians In Kandahar", {(KILLED, None, None)}),
    ("The insurgents killed members of the minority.", set()),
    ("Upward of 40 soldiers were killed.", {(KILLED, 40, None)}),
    ("100s of soldiers were killed.", {(KILLED, 100, None)}),
    ("Commander Gul Haidar Khan of the Front was killed.", {(KILLED, 1, 1)}),
    ("The photographer Karim Noori was killed along with one officer.", {(KILLED, 2, 2)}),
    ("Two men were beaten, one of whom later died.", {(KILLED, 1, 1)}),
    ("Nine were hurt, two of whom have since died.", {(WOUNDED, 9, 9), (KILLED, 2, 2)}),
    # numbers that are no dead, and lists that are none
    ("It burned in the 1990s and 500 people died.", {(KILLED, 500, 500)}),
    ("In a depot 700 kilograms of explosives were kept, and six fighters were killed.", {(KILLED, 6, 6)}),
    ("The bomb killed two people and a spokesman said so.", {(KILLED, 2, 2)}),
    ("The attack killed six people and a suspect was arrested.", {(KILLED, 6, 6)}),
    ("The army executed Operation Omid in Kunduz.", set()),
    ("Nine people, four women and five children, were killed.", {(KILLED, 9, 9)}),
    ("Karim Noori was killed with two commandos.", {(KILLED, 3, 3)}),
    ("Fahim Noori and General Zara were killed in clashes.", {(KILLED, 2, 2)}),
    ("Karim Noori, who headed the Media and Information Center, was shot dead by gunmen.", {(KILLED, 1, 1)}),
    ("The insurgents mowed down 22 commandos.", {(KILLED, 22, 22)}),
    ("Police detained four people over the killing of a journalist.", {(KILLED, 1, 1)}),
    ("Six men were charged with the killing of nine deminers.", {(KILLED, 9, 9)}),
    # other words
    ("The clash claimed the lives of six soldiers.", {(KILLED, 6, 6)}),
    ("The blast took the life of a trader.", {(KILLED, 1, 1)}),
    ("The minister claimed the credit for six soldiers.", set()),
    ("Nine insurgents were eliminated and five wounded.", {(KILLED, 9, 9), (WOUNDED, 5, 5)}),
    ("Commandos neutralised over 80 insurgents.", {(EITHER, 80, None)}),
    ("A rocket hit a house, martyring three civilians.", {(KILLED, 3, 3)}),
    ("The insurgents freed 470 wounded soldiers.", set()),
    ("470 wounded soldiers were freed.", set()),
    # one, and one more
    ("A trader was shot dead at his door.", {(KILLED, 1, 1)}),
    ("One guard was killed and one wounded.", {(KILLED, 1, 1), (WOUNDED, 1, 1)}),
    ("A woman and her three children were killed by the mortar.", {(KILLED, 4, 4)}),
    ("A 34-year-old shopkeeper was wounded.", {(WOUNDED, 1, 1)}),
    # parts of a whole, and other numbers beside
    ("The blast wounded 30 people, five of them children.", {(WOUNDED, 30, 30)}),
    ("Three policemen, including a commander, were killed.", {(KILLED, 3, 3)}),
    ("Eight people, among them two women, died.", {(KILLED, 8, 8)}),
    ("Of the 15 soldiers at the post, six were killed.", {(KILLED, 6, 6)}),
    ("It said 45 insurgents had been killed, 20 more than the army had reported.", {(KILLED, 45, 45)}),
    ("Over the past 24 hours 130 insurgents were killed in 12 provinces.", {(KILLED, 130, 130)}),
    ("Four civilians were killed and 13 others, most of them women, were injured.", {(KILLED, 4, 4), (WOUNDED, 13, 13)}),
    ("The toll was revised from 31 to 27.", {(KILLED, 27, 27)}),
    ("The ministry lowered the number of dead from 31 to 27.", {(KILLED, 27, 27)}),
    ("Killed: 12. Wounded: 30.", {(KILLED, 12, 12), (WOUNDED, 30, 30)}),
    ("2 ANA KIA, 5 WIA.", {(KILLED, 2, 2), (WOUNDED, 5, 5)}),
    # numbers that count nobody harmed
    ("He said 6,000 fighters were in the valley.", set()),
    ("The insurgents control 33 provinces and 222 districts.", set()),
    ("Two bridges were destroyed and 11 houses burned.", set()),
    ("Some 200 families fled.", set()),
    ("A guard was killed in 2019.", {(KILLED, 1, 1)}),
    ("The 217th corps said ten were killed.", {(KILLED, 10, 10)}),
    ("He was killed at the age of 41.", set()),
    ("The side lost by six wickets.", set()),
    ("The Taliban released 12 prisoners.", set()),
    ("The Taliban took 12 prisoners.", {(CAPTURED, 12, 12)}),
    ("Nine sheep were killed.", set()),
    ("At least 14 people, three children among them, were killed by a bomb in Ghazni.", {(KILLED, 14, None)}),
    ("Four people were killed, two of them children, and 11 wounded in Ghazni.", {(KILLED, 4, 4), (WOUNDED, 11, 11)}),
    ("A raid in Ghazni left no fewer than 60 Taliban dead and wounded.", {(EITHER, 60, None)}),
]
"""One sentence, and every count in it as written: harm, low, high; None is open."""

KNOWN_FAILURES: dict[str, str] = {
    "A 34-year-old shopkeeper was wounded.": "the age stands between 'a' and the person",
}


@pytest.mark.parametrize(("text", "expected"), newsroom.marked(CASES, KNOWN_FAILURES))
def test_people_harmed_are_counted_as_written(text: str, expected: Tolls) -> None:
    tokens = tokenise(text, Span(0, len(text)))
    found = counts.find(tokens, chunks.find(tokens, (), newsroom.parties(), newsroom.PUBLISHED))
    assert {(toll.harm, toll.low, toll.high) for toll in found} == expected
    assert all(toll.vague for toll in found if toll.low is None and toll.high is None)


SIDES: list[tuple[str, Any]] = [
    (
        "Twelve Taliban were killed and five soldiers wounded in Andar on Friday.",
        {("AF1107", KILLED, 12, "Taliban"), ("AF1107", WOUNDED, 5, "Afghan security forces")},
    ),
    ("The Taliban killed nine policemen in Sangin.", {("AF3008", KILLED, 9, "Afghan security forces")}),
    ("A mortar killed six civilians in Dand.", {("AF2717", KILLED, 6, "Civilians")}),
    ("Thirty militants died in an air strike in Nad-e-Ali.", {("AF3002", KILLED, 30, "Taliban")}),
    ("Eight members of the security forces were killed in Khanabad.", {("AF1904", KILLED, 8, "Afghan security forces")}),
    (
        "Nine insurgents and two soldiers died in Obe.",
        {("AF3212", KILLED, 9, "Taliban"), ("AF3212", KILLED, 2, "Afghan security forces")},
    ),
    ("Police opened fire on a protest in Qalat, killing four demonstrators.", {("AF2601", KILLED, 4, "Protesters")}),
    # those counted together are one count
    ("An airstrike killed three women and two children in Khost.", {("AF1401", KILLED, 5, "Civilians")}),
    ("A mine killed a woman and two children in Khost.", {("AF1401", KILLED, 3, "Civilians")}),
    ("A bomb killed two women and a child in Khost.", {("AF1401", KILLED, 3, "Civilians")}),
    ("Commandos killed three men and two women in Khost.", {("AF1401", KILLED, 5, "Civilians")}),
    ("Nine police and 35 soldiers were killed in Khost.", {("AF1401", KILLED, 44, "Afghan security forces")}),
    ("Fighting left ten soldiers and a commander dead in Khost.", {("AF1401", KILLED, 11, "Afghan security forces")}),
    (
        "Two soldiers, three policemen and a civilian were killed in Khost.",
        {("AF1401", KILLED, 5, "Afghan security forces"), ("AF1401", KILLED, 1, "Civilians")},
    ),
    ("Eight were killed (five civilians, three soldiers) in Khost.", {("AF1401", KILLED, 8, None)}),
    (
        "The army killed five Taliban and lost three men in Khost.",
        {("AF1401", KILLED, 5, "Taliban"), ("AF1401", KILLED, 3, "Afghan security forces")},
    ),
    ("Three dead as Taliban storm Khost", {("AF1401", KILLED, 3, None)}),
    ("A Taliban spokesman said government forces lost eight men in Khost.", {("AF1401", KILLED, 8, "Afghan security forces")}),
    ("The army said on Sunday the Taliban lost 20 men in Khost.", {("AF1401", KILLED, 20, "Taliban")}),
    ("Thirteen people, including four civilians, were killed in Khost.", {("AF1401", KILLED, 13, None)}),
    (
        "A policeman and four civilians were killed in Khost.",
        {("AF1401", KILLED, 1, "Afghan security forces"), ("AF1401", KILLED, 4, "Civilians")},
    ),
    ("Fighters from both sides clashed in Sharana. The army lost 16 men.", {("AF1201", KILLED, 16, "Afghan security forces")}),
    ("Gunmen ambushed a convoy of the Taliban in Chora, killing 11 of them.", {("AF2503", KILLED, 11, "Taliban")}),
    ("Commandos attacked Darzab. The Taliban put their own losses at three dead.", {("AF2811", KILLED, 3, "Taliban")}),
    (
        "Gunmen killed a judge and two soldiers in Khost.",
        {("AF1401", KILLED, 1, "Civilians"), ("AF1401", KILLED, 2, "Afghan security forces")},
    ),
    ("A trader and his son were killed by gunmen in Khost.", {("AF1401", KILLED, 2, "Civilians")}),
    ("The Taliban killed the deputy governor in Khost.", {("AF1401", KILLED, 1, "Civilians")}),
    ("In Khost, the mayor was killed by gunmen.", {("AF1401", KILLED, 1, "Civilians")}),
    ("14 civilians including six members of one family were killed in Khost.", {("AF1401", KILLED, 14, "Civilians")}),
    (
        "Eight Taliban were killed, 11 others wounded and nine arrested in Khost.",
        {("AF1401", KILLED, 8, "Taliban"), ("AF1401", WOUNDED, 11, "Taliban"), ("AF1401", CAPTURED, 9, None)},
    ),
    ("Soldiers detained some 25 villagers in Khost.", {("AF1401", CAPTURED, 25, "Civilians")}),
    ("Three teachers were kidnapped by gunmen in Khost.", {("AF1401", CAPTURED, 3, "Civilians")}),
    ("At least 12 Taliban were detained in Khost.", {("AF1401", CAPTURED, 12, "Taliban")}),
    (
        "Fourteen attackers had been killed and 31 suspects arrested in Khost.",
        {("AF1401", KILLED, 14, "Unidentified armed group"), ("AF1401", CAPTURED, 31, None)},
    ),
    (
        "Taliban fighters killed six policemen and abducted their captain in Khost.",
        {("AF1401", KILLED, 6, "Afghan security forces")},
    ),
    ("A bomb killed journalist Yama Siawash in Khost.", {("AF1401", KILLED, 1, "Civilians")}),
    ("Gunmen killed cleric Ahmad Khan and his two sons in Khost.", {("AF1401", KILLED, 3, "Civilians")}),
    ('Dozens of "terrorists" were killed in Khost.', {("AF1401", KILLED, 12, "Taliban")}),
    ("Taliban fighters hacked to death 14 villagers in Khost.", {("AF1401", KILLED, 14, "Civilians")}),
    ("The bodies of a man and his son were found in Khost.", {("AF1401", KILLED, 2, "Civilians")}),
    ("The strike in Khost killed 17 people, among them seven prisoners.", {("AF1401", KILLED, 17, "Civilians")}),
    ("A bomb wounded 20 people in Khost. Seven of the wounded were in danger.", {("AF1401", WOUNDED, 20, "Civilians")}),
    (
        "A bomb wounded 20 people in Khost. Two of the wounded died in hospital.",
        {("AF1401", WOUNDED, 20, "Civilians")},
    ),
    ("The spokesman did not say how many were killed in Khost.", set()),
    ("A spokesman declined to answer questions about the dead in Khost.", set()),
    ("The army beat back the attack in Khost, giving no casualties.", set()),
    (
        "Clashes in Khost left 20 Taliban dead. The civilian toll stands at four dead.",
        {("AF1401", KILLED, 20, "Taliban"), ("AF1401", KILLED, 4, "Civilians")},
    ),
    (
        "In Khost, three policemen were killed and eight others were taken captive.",
        {("AF1401", KILLED, 3, "Afghan security forces"), ("AF1401", CAPTURED, 8, "Afghan security forces")},
    ),
    ("The Taliban took Khost. Nine Taliban were killed (coded as 9 fatalities).", {("AF1401", KILLED, 9, "Taliban")}),
    ("At least 39 people were killed and wounded in Khost on Friday.", {("AF1401", EITHER, 39, "Civilians")}),
    ("A journalist was killed along with two of his colleagues in Khost.", {("AF1401", KILLED, 3, "Civilians")}),
    ("Karim Noori, 30, and six of his guards were killed in Khost.", {("AF1401", KILLED, 7, None)}),
    (
        "Ten members of a team (including six doctors, one German and a Briton) were killed in Khost.",
        {("AF1401", KILLED, 10, None)},
    ),
    ("Qari Majid was killed along with a boy and three other people in Khost.", {("AF1401", KILLED, 5, None)}),
    ("The blast wounded five women and two were in critical condition in Khost.", {("AF1401", WOUNDED, 5, "Civilians")}),
    ("Relatives took the 18 bodies to Khost.", {(None, KILLED, 18, None)}),
    (
        "The Taliban attacked Khost. At least 63 Taliban were killed across the country, the ministry said.",
        {(None, KILLED, 63, "Taliban")},
    ),
    ("In Khost, a ceremony was held for the death of Abdul Ali.", set()),
    ("Taliban fighters suffered heavy casualties in Khost.", {("AF1401", EITHER, None, "Taliban")}),
    ("In Khost, the governor's house was hit by a rocket.", set()),
    ("Police chief Karim Noori was shot dead by a guard in Khost.", {("AF1401", KILLED, 1, "Afghan security forces")}),
    ("Mullah Abdul Noori, a Taliban commander, was killed in Khost.", {("AF1401", KILLED, 1, "Taliban")}),
    ("The army drove the Taliban back from Khost, killing dozens of them.", {("AF1401", KILLED, 12, "Taliban")}),
    ("The bodies of five teachers with bullet wounds were found in Khost.", {("AF1401", KILLED, 5, "Civilians")}),
    ("27 #terrorists incl. 2 of their commanders were killed in Khost.", {("AF1401", KILLED, 27, "Taliban")}),
    ("Nine children, aged between nine and twelve, were killed in Khost.", {("AF1401", KILLED, 9, "Civilians")}),
    (
        "Six civilians were killed, including two women and one child, and 11 others injured in Khost.",
        {("AF1401", KILLED, 6, "Civilians"), ("AF1401", WOUNDED, 11, "Civilians")},
    ),
    (
        "Three people were killed, one of them a child, and 20 wounded in Khost.",
        {("AF1401", KILLED, 3, "Civilians"), ("AF1401", WOUNDED, 20, "Civilians")},
    ),
    ("The mayor and five of his guards were killed in Khost.", {("AF1401", KILLED, 6, None)}),
    ("A suicide bomber hit a base in Khost. Coded as 10 fatalities.", set()),
    ("Several policemen were killed in Khost.", {("AF1401", KILLED, 3, "Afghan security forces")}),
]
"""Words, and each count as unit, harm, low and side."""

SIDE_FAILURES: dict[str, str] = {
    "Commandos attacked Darzab. The Taliban put their own losses at three dead.": "'their own' does not go back to the subject",
}


@pytest.mark.parametrize(("text", "expected"), newsroom.marked(SIDES, SIDE_FAILURES))
def test_counts_have_their_place_and_side(text: str, expected: set[tuple[str, Harm, int, str]]) -> None:
    found = {
        (newsroom.unit(claim), count.harm, count.low, count.side) for claim in newsroom.claims(text) for count in claim.counts
    }
    assert found == expected


def test_the_dead_of_another_place_died_of_something_else() -> None:
    text = "A bomb killed three people in Khost on Friday. The same day nine people died in Ghazni when a bus overturned."
    assert {newsroom.unit(claim) for claim in newsroom.claims(text) if any(c.harm is KILLED for c in claim.counts)} == {"AF1401"}


def test_a_total_over_two_districts_is_one_claim_of_their_province() -> None:
    found = [claim for claim in newsroom.claims("Seventeen policemen died in Qadis and Ab Kamari districts.") if claim.counts]
    assert [(newsroom.unit(claim), claim.counts[0].low, claim.counts[0].total_over) for claim in found] == [("AF31", 17, 2)]


@pytest.mark.parametrize(
    "text",
    [
        "A flood killed 20 people in Khost.",
        "Heavy floods hit Khost on Friday. Twenty people were killed and 30 houses destroyed.",
        "Four miners were killed when a shaft collapsed in Ruyi Du Ab.",
        "Nine people were killed when a lorry plunged into a ravine in Dushi.",
        "Six died of cholera in Kandahar.",
        "Twelve people died in a road accident in Andar.",
    ],
)
def test_those_who_died_of_no_violence_are_no_claim(text: str) -> None:
    assert newsroom.claims(text) == ()


def test_violence_beside_an_accident_is_counted() -> None:
    text = "The Taliban attacked a post in Andar, killing four. A flood killed 20 people in Khost. Gunmen killed three traders in Obe."
    found = {(newsroom.unit(claim), count.low) for claim in newsroom.claims(text) for count in claim.counts}
    assert found == {("AF1107", 4), ("AF3212", 3)}
