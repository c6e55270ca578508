"""What is not the article: page furniture, and articles of another field that borrow the words of war."""

from __future__ import annotations

from typing import Any

import newsroom
import pytest

BODY = "The talks in Doha went on for a third day, and delegates spoke of a good mood.\n\nDelegates will meet again on Monday."
FIRST, LAST = BODY.split("\n\n")

OTHER_FIELDS = {
    "cricket": """
        Kabul Falcons capture Twenty20 crown

        The Falcons captured the trophy on Friday after their bowlers tore through the batsmen of Kandahar in Kabul. Needing 160 runs, the
        side lost seven wickets in the first ten overs. "We fought until the last ball," the captain said. Their opener attacked from the start.
        """,
    "football": """
        Herat fall to late strike

        Herat lost to Maiwand in Kabul on Saturday when the striker fired home in the last minute of the match. The defender was beaten twice,
        and the midfield surrendered control of the game. The league goes on next week; the coach hopes to retake first place from Bamyan.
        """,
    "volleyball": """
        The players of Nangarhar overran Laghman in three sets on Thursday and hold first place in the league. The team of Khost, beaten
        twice this season, will attack the championship again next year, said its coach in Jalalabad. Two matches remain in the tournament.
        """,
    "boxing": """
        Wardak's champion kept his medal on Friday. In the last round of the final he attacked without pause and knocked down the challenger,
        who surrendered. The hall in Kabul rang with cheers for the players; the tournament ends on Sunday, and the coach was in tears.
        """,
    "film": """
        The film tells how the Taliban took Kabul in one night. Its director, who fled Herat as a child, follows two sisters through streets
        where fighting rages. The actress was praised at the festival; the audience rose. The screenplay is taken from a novel.
        """,
    "chess": """
        Grandmaster Noori captured the queen on the twentieth move in Kabul on Friday and surrounded the king. His attack on the left wing
        broke through after an hour. Black lost control of the centre and resigned. It was his third victory of the chess olympiad.
        """,
    "kites": """
        The kite fighters of Kabul battled for five hours on Friday. A boy from Khair Khana cut down forty kites and captured the prize of the
        day. Rain stopped the fight twice. His uncle, who once ruled the skies above Kabul, lost his last kite to a girl from Paghman.
        """,
}


@pytest.mark.parametrize("case", newsroom.cases("furniture.toml"))
def test_a_line_of_the_page_claims_nothing(case: dict[str, Any]) -> None:
    for text in (f"{FIRST}\n\n{LAST}\n\n{case['line']}", f"{FIRST}\n\n{LAST}\n\n{case['line']}\n\n{FIRST}"):
        assert [(claim.pattern, claim.quote) for claim in newsroom.claims(text)] == []


def test_the_same_words_in_the_body_are_a_claim() -> None:
    found = newsroom.claims(f"{FIRST} Taliban fighters captured Zaranj on Friday.\n\n{LAST}")
    assert [(newsroom.unit(claim), claim.control) for claim in found] == [("AF3401", "gained")]


@pytest.mark.parametrize("field", OTHER_FIELDS)
def test_sport_and_film_claim_nothing(field: str) -> None:
    text = "\n\n".join(" ".join(part.split()) for part in OTHER_FIELDS[field].strip().split("\n\n"))
    assert [(claim.pattern, claim.quote) for claim in newsroom.claims(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "Taliban fighters captured Zaranj on Friday and hold prisoners in the football stadium, where a match was under way.",
        "A bomb went off outside the cricket stadium in Khost on Friday during a match. It killed eight people.",
        "The Taliban captured Andkhoy on Friday. Two players of the town's volleyball team were killed.",
    ],
)
def test_a_stadium_does_not_make_a_war_a_match(text: str) -> None:
    assert newsroom.claims(text)
