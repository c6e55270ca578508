"""Origins: one utterance is one origin however many carry it, and what is only passed on adds none."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from statements import (
    ANDARAB,
    CLASH,
    DEH_SALAH,
    KHINJAN,
    MINISTER,
    MOVE,
    NO_SHOT,
    OVERTAKES,
    PUL_E_HISAR,
    REPORTS,
    Paper,
    agency,
    desk,
    group,
    nameless,
    office,
    somebody,
)

from mapper.model import Hop, Origin, ShareKind

LEAD = (
    "Local fighters opposed to the Taliban have retaken a district in the mountains of Baghlan, a former minister said on Tuesday, "
    "in what would be the first ground lost there by the new rulers since the republic collapsed on August 15."
)


def origin_of(found: object, claim_id: str) -> Origin:
    tracing = found.tracing  # type: ignore[attr-defined]
    return next(origin for origin in tracing.origins if origin.id == tracing.origin_of[claim_id])


def test_a_tweet_in_four_papers_is_one_origin() -> None:
    spellings = ("Bismillah Mohammadi", "Bismillah Muhammadi", "Gen. Bismillah Mohammadi", "Bismillah Mohammadi")
    papers = [
        Paper(f"p{number}", outlet=outlet).tells(f"{name} tweeted that the district was taken.", somebody(name, medium="tweet"))
        for number, (name, outlet) in enumerate(zip(spellings, ("One", "Two", None, None), strict=True))
    ]
    tracing = desk(*papers).tracing
    assert len(tracing.origins) == 1
    assert tracing.origins[0].article_ids == ("p0", "p1", "p2", "p3")
    assert tracing.origins[0].independent


QUOTED = "Two villages were freed this morning by shepherds with hunting rifles, and tonight their brothers will march towards the river"
REWORDED = (
    "This morning shepherds with hunting rifles freed two villages, and tonight their brothers will march toward the broad river"
)
UNLIKE = "Nobody has freed anything here since spring, the checkpoints along that road stand where they always stood before"


@pytest.mark.parametrize(
    ("words", "speaker", "origins"),
    [
        (REWORDED, nameless("a former commander"), 1),
        (REWORDED, somebody("Gul Rahim"), 1),
        (REWORDED, somebody("Sami Andarabi"), 2),
        (UNLIKE, nameless("a former commander"), 2),
        ("Two villages were freed", nameless("a former commander"), 2),
    ],
)
def test_the_same_words_between_quotation_marks_are_one_utterance(words: str, speaker: Hop, origins: int) -> None:
    one, two = Paper("p1", outlet="One"), Paper("p2", outlet="Two")
    for wheat, school in (("Sar-e Pul", "Faryab"), ("Kunar", "Zabul"), ("Nimroz", "Logar"), ("Khost", "Ghor")):
        one.prints(f"Wheat was dear in the bazaars of {wheat}, where {len(wheat) * 3} lorries waited.")
        two.prints(f"Teachers of {school} have not been paid for {len(school)} months.")
    one.tells(f'"{QUOTED}," Gul Rahim said.', somebody("Gul Rahim"))
    two.tells(f'"{words}," somebody said.', speaker)
    assert len(desk(one, two).tracing.origins) == origins


def test_all_that_a_speaker_says_in_one_tweet_is_one_origin_though_no_paper_quotes_it_whole() -> None:
    one = Paper("p1", outlet="One").tells("First.", MINISTER, place=DEH_SALAH).tells("Second.", MINISTER, place=ANDARAB)
    two = Paper("p2", outlet="Two").tells("Third.", MINISTER, place=PUL_E_HISAR).tells("Again.", MINISTER, place=DEH_SALAH)
    assert len(desk(one, two).tracing.origins) == 1


@pytest.mark.parametrize(
    ("one", "two", "origins", "why"),
    [
        ((nameless("local residents"),), (nameless("local residents"),), 2, "whoever lives there is not one person"),
        (
            (agency("Tolo News"), nameless("a former police commander")),
            (agency("Tolo News"), nameless("a former police commander")),
            1,
            "one agency spoke to him",
        ),
        (
            (office("the defence ministry"),),
            (somebody("Mirza Gul", "defence ministry spokesman"),),
            1,
            "a ministry by its spokesman",
        ),
        ((office("the defence ministry"),), (office("the interior ministry"),), 2, "two ministries"),
        ((), (), 2, "two outlets in their own words"),
    ],
)
def test_whose_words_two_papers_print(one: tuple, two: tuple, origins: int, why: str) -> None:  # type: ignore[type-arg]
    papers = Paper("p1", outlet="One").tells("It fell.", *one), Paper("p2", outlet="Two").tells("They took it.", *two)
    assert len(desk(*papers).tracing.origins) == origins, why


def test_a_speaker_who_says_something_else_days_later_makes_another_utterance() -> None:
    ministry = office("the defence ministry")
    first = Paper("p1", day="2021-07-11", outlet="One").tells(
        "None fell.", ministry, control="none", sub=CLASH, killed=(0, 0), on="2021-07-11"
    )
    later = (
        Paper("p2", day="2021-07-15", outlet="Two")
        .tells("Seven fell.", ministry, control="none", sub=CLASH, killed=(7, 7), on="2021-07-11")
        .tells("Then it said that none fell.", ministry, control="none", sub=CLASH, killed=(0, 0), on="2021-07-11")
    )
    found = desk(first, later)
    assert origin_of(found, "p2:00") != origin_of(found, "p1:00")
    assert origin_of(found, "p2:01") == origin_of(found, "p1:00"), "what he had said before is that utterance"
    assert origin_of(found, "p2:00").speaker_id == origin_of(found, "p1:00").speaker_id, "by one speaker"


def test_an_outlet_that_sums_up_whom_it_cites_adds_no_origin() -> None:
    paper = Paper("p1").tells("Three districts were taken.").tells("They took it, residents said.", nameless("residents"))
    found = desk(paper)
    assert not origin_of(found, "p1:00").independent
    assert origin_of(found, "p1:01").independent


@pytest.mark.parametrize(
    ("said", "independent"),
    [
        ({}, True),
        ({"on": "2021-08-15"}, False),
        ({"on": "2021-08-15", "status": "ongoing", "control": "contested", "sub": CLASH}, True),
        ({"status": "past", "on": "2001-11-01"}, False),
        ({"on": None}, True),
    ],
)
def test_what_an_outlet_recalls_is_background(said: dict[str, object], independent: bool) -> None:
    found = desk(Paper("p1", day="2021-08-21").tells("So it was.", **said))
    assert origin_of(found, "p1:00").independent is independent


def test_reports_are_nobody() -> None:
    assert not origin_of(desk(Paper("p1").tells("Reports say it fell.", REPORTS)), "p1:00").independent


def original() -> Paper:
    return (
        Paper("a1", day="2021-08-24", outlet="Hindukush Wire")
        .prints(LEAD)
        .tells("Deh Salah has been back in the hands of its own people since Monday, Qasem Takhari wrote.", somebody("Qasem Takhari", medium="tweet"), on="2021-08-23")
        .tells("About 25 Taliban were killed or injured there, he wrote.", somebody("Qasem Takhari", medium="tweet"), control="none", sub=CLASH, hurt=(25, 25), on="2021-08-23")
        .tells("Our men are now moving towards Khinjan, he added.", somebody("Qasem Takhari", medium="tweet"), place=KHINJAN, control="none", sub=MOVE, on="2021-08-24")
        .tells("A trader told Hindukush Wire that nine guards gave up at 4 p.m. on Monday.", nameless("a trader"), control="none", sub=CLASH, on="2021-08-23")
    )  # fmt: skip


def copied() -> Paper:
    first = original()
    copy = Paper("a0", day="2021-08-24", outlet="Lapis Press").prints(LEAD)
    for sentence, claim in zip(first.sentences[1:], first.claims, strict=True):
        chain = (agency("Hindukush Wire"), *claim.attribution[1:])
        copy.tells(sentence, *chain)
        copy.claims[-1] = type(claim)(
            **{field: getattr(claim, field) for field in claim.__slots__}
            | {
                "id": copy.claims[-1].id,
                "article_id": copy.id,
                "span": copy.claims[-1].span,
                "attribution": copy.claims[-1].attribution,
            }
        )
    return copy


def spun() -> Paper:
    return (
        Paper("a2", day="2021-08-26", outlet="NewsQuilt")
        .prints("Warriors hostile to the Taliban have snatched a chunk of Baghlan on Tuesday, stinging an outfit which overran Kabul on August 15.")
        .tells("Deh Salah got seized on Monday, so Qasem Takhari posted.", somebody("Qasem Takhari", medium="post"), on="2021-08-23")
        .tells("More than 25 Taliban perished, as per reports.", REPORTS, control="none", sub=CLASH, killed=(25, None), on="2021-08-23")
        .tells("Khinjan has likewise been captured, Qasem Takhari posted.", somebody("Qasem Takhari", medium="post"), place=KHINJAN, on="2021-08-23")
        .tells("A merchant uttered to Hindukush Wire that 9 sentinels yielded at 4 on Monday.", nameless("a merchant"), control="none", sub=CLASH, on="2021-08-23")
    )  # fmt: skip


def test_a_copy_goes_back_to_the_original_whichever_id_comes_first() -> None:
    found = desk(copied(), original())
    assert {(share.article_id, share.other_id, share.kind) for share in found.tracing.shares} == {
        ("a0", "a1", ShareKind.COPY),
        ("a1", "a0", ShareKind.COPY),
    }
    for number in range(4):
        assert origin_of(found, f"a0:{number:02}") == origin_of(found, f"a1:{number:02}")


def test_spans_of_a_share_are_in_the_text_of_its_article() -> None:
    found = desk(copied(), original())
    texts = {article.id: article.text for article in found.articles}
    for share in found.tracing.shares:
        assert share.spans
        assert all(texts[share.article_id][span.start : span.end] in texts[share.other_id] for span in share.spans)


def test_a_rewrite_is_known_by_its_names_and_figures_and_adds_no_origin() -> None:
    found = desk(original(), spun())
    assert {share.kind for share in found.tracing.shares} == {ShareKind.REWRITE}
    assert origin_of(found, "a2:00") == origin_of(found, "a1:00")
    assert origin_of(found, "a2:01") == origin_of(found, "a1:01"), "the figure was changed, the speaker not"
    assert origin_of(found, "a2:03") == origin_of(found, "a1:03"), "the speaker lost his trade, and is the same"
    captured = origin_of(found, "a2:02")
    assert captured.speaker == "NewsQuilt", "he never said that it was captured"
    assert not captured.independent
    assert {
        (m.field, m.from_claim_id, m.to_claim_id) for m in found.tracing.mutations if m.field in ("control", "casualties")
    } == {
        ("casualties", "a1:01", "a2:01"),
        ("control", "a1:02", "a2:02"),
    }


def test_what_a_rewriter_adds_to_a_list_was_made_of_the_list() -> None:
    longer = spun().tells("Andarab got seized too, as sources say.", nameless("local sources"), place=ANDARAB, on="2021-08-23")
    found = desk(original(), longer)
    assert [(m.before, m.after) for m in found.tracing.mutations if m.field == "place"] == [
        ("Deh Salah (Baghlan)", "Andarab (Baghlan)")
    ]
    assert origin_of(found, "a2:04").speaker == "NewsQuilt"
    cited = spun().tells("Andarab got seized too, its mayor told us.", somebody("Karim Sadiq"), place=ANDARAB, on="2021-08-23")
    assert origin_of(desk(original(), cited), "a2:04").speaker == "Karim Sadiq", "who is named may have been asked"


def test_another_report_of_the_same_day_is_no_rewrite() -> None:
    other = (
        Paper("b1", day="2021-08-25", outlet="Oxus Monitor")
        .prints("People up the valley of Deh Salah describe something in between.")
        .tells("The governor dismissed it on Wednesday.", office("the governor"), status="denied", on=None)
        .tells("A teacher saw six bodies in the yard on Sunday.", nameless("a teacher"), control="none", sub=CLASH, killed=(6, 6), on="2021-08-22")
    )  # fmt: skip
    assert desk(original(), other).tracing.shares == ()


def test_notices_of_one_outlet_are_no_shares() -> None:
    notice = "This story was published automatically from a syndicated feed and has not been edited by our staff except for the headline."
    papers = [Paper(f"p{n}", outlet="Lapis Press") for n in range(3)]
    for n, paper in enumerate(papers):
        paper.prints(" ".join(f"Story {n} goes on with word {n}{k} of its own." for k in range(12))).prints(notice)
    assert desk(*papers).tracing.shares == ()
    papers[2].outlet = "Another Press"
    assert {share.kind for share in desk(*papers).tracing.shares} == {ShareKind.PASSAGE}


SPEAKERS = (MINISTER, nameless("residents"), office("the ministry"), group("the Taliban"), REPORTS, None)
SAID = st.tuples(
    st.sampled_from(range(len(SPEAKERS))),
    st.sampled_from((DEH_SALAH, ANDARAB, None)),
    st.sampled_from((("gained", OVERTAKES), ("gained", NO_SHOT), ("none", CLASH), ("held", None))),
    st.sampled_from(("asserted", "denied", "planned", "past", "unconfirmed")),
    st.sampled_from(("2021-08-19", "2021-08-20", None)),
    st.sampled_from((None, (3, 3), (None, 40))),
)
PAPERS = st.lists(
    st.tuples(
        st.sampled_from(("2021-08-20", "2021-08-21", "2021-08-30", None)),
        st.sampled_from(("One", "Two", None)),
        st.lists(SAID, max_size=4),
    ),
    max_size=6,
)


def written(papers: list) -> list[Paper]:  # type: ignore[type-arg]
    made = []
    for number, (day, outlet, told) in enumerate(papers):
        paper = Paper(f"p{number}", day=day, outlet=outlet)
        for speaker, place, (control, sub), status, on, killed in told:
            chain = () if SPEAKERS[speaker] is None else (SPEAKERS[speaker],)
            paper.tells(
                f"Sentence of speaker {speaker} on {on}.",
                *chain,
                place=place,
                control=control,
                sub=sub,
                status=status,
                on=on,
                killed=killed,
            )  # type: ignore[arg-type]
        made.append(paper)
    return made


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PAPERS, st.randoms(use_true_random=False))
def test_tracing_is_of_the_set_of_papers(papers: list, order: random.Random) -> None:  # type: ignore[type-arg]
    made = written(papers)
    tracing = desk(*made).tracing
    shuffled = desk(*order.sample(made, len(made)))
    assert shuffled.tracing == tracing
    claims = {claim.id for paper in made for claim in paper.claims}
    assert set(tracing.origin_of) == claims
    assert sorted(claim for origin in tracing.origins for claim in origin.claim_ids) == sorted(claims)
    assert len({origin.id for origin in tracing.origins}) == len(tracing.origins)
    assert set(tracing.origin_of.values()) == {origin.id for origin in tracing.origins}
    for origin in tracing.origins:
        assert origin.article_ids == tuple(sorted({claim.partition(":")[0] for claim in origin.claim_ids}))
