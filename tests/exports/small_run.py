"""A small run by hand: two articles on one taking, a denial, a claim without a place, and a file that is no article."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from mapper.model import (
    Article,
    Claim,
    Contradiction,
    Control,
    Count,
    Event,
    Evidence,
    Findings,
    Harm,
    Hop,
    HopKind,
    Kind,
    Mutation,
    Origin,
    Period,
    Place,
    PlaceControl,
    Point,
    Rejected,
    Resolution,
    Rival,
    Share,
    ShareKind,
    Span,
    Standing,
    Status,
    Toponym,
    Tracing,
    Version,
)

DAY = date(2021, 8, 20)
TEXT = "Resistance forces took Deh Salah on Friday, killing up to 40 Taliban, Mohammadi tweeted."
OTHER = 'At least 60 Taliban died in De Salah. =cmd|"/c calc"!A0 \u2028 The Taliban denied it.'
DEH_SALAH = Place(
    "AF0908", "Deh Salah", Kind.DISTRICT, "AFG", Point(69.33651, 35.65712), "ADM2", "Baghlan", "AF09", "Deh Salah", "AF0908"
)
BAGHLAN = Place("AF09", "Baghlan", Kind.PROVINCE, "AFG", Point(68.7, 36.1), "ADM1", "Baghlan", "AF09")
AFGHANISTAN = Place("AFG", "Afghanistan", Kind.COUNTRY, "AFG", Point(66.0, 34.0), "PCLI")
SQUARE = {"type": "Polygon", "coordinates": [[[69.0, 35.0], [70.0, 35.0], [70.0, 36.0], [69.0, 35.0]]]}


@dataclass
class Atlas:
    """The part of a gazetteer that exporters use."""

    country: str = "AFG"
    credits: tuple[Mapping[str, str], ...] = (
        {"source": "A list", "licence": "CC BY 4.0", "citation": "A list, 2021", "used_for": "names"},
    )
    places: Mapping[str, Place] = field(default_factory=lambda: {p.id: p for p in (DEH_SALAH, BAGHLAN, AFGHANISTAN)})

    def boundary(self, pcode: str) -> dict[str, Any] | None:
        return SQUARE if pcode == "AF0908" else None


def make_claim(id_: str, article: str, quote: str, **changes: Any) -> Claim:
    text = TEXT if article == "a" else OTHER
    start = text.index(quote)
    values: dict[str, Any] = {
        "id": id_,
        "article_id": article,
        "span": Span(start, start + len(quote)),
        "quote": quote,
        "place": DEH_SALAH,
        "place_name": "Deh Salah",
        "control": Control.GAINED,
        "sub_event_type": "Non-state actor overtakes territory",
        "actor": "Resistance forces",
        "actor_reported": "Resistance forces",
        "target": "Taliban",
        "status": Status.ASSERTED,
        "event_date": DAY,
        "time_precision": 1,
        "counts": (),
        "attribution": (Hop("The Wire" if article == "a" else None, None, HopKind.OUTLET),),
        "pattern": "take",
    }
    return Claim(**{**values, **changes})


def make_event(**changes: Any) -> Event:
    values: dict[str, Any] = {
        "id": "AFG-0001",
        "event_date": DAY,
        "time_precision": 1,
        "event_type": "Battles",
        "sub_event_type": "Non-state actor overtakes territory",
        "actor1": "Resistance forces",
        "actor2": "Taliban",
        "place": DEH_SALAH,
        "place_name": "Deh Salah",
        "geo_precision": 2,
        "fatalities_low": 40,
        "fatalities_high": None,
        "wounded_low": 0,
        "wounded_high": 0,
        "status": Status.ASSERTED,
        "claim_ids": ("c1", "c2"),
        "article_ids": ("a", "b"),
        "origin_ids": ("o1", "o2"),
        "independent_origins": 1,
        "rules": ("ACLED-fatalities-lowest",),
        "contradictions": (Contradiction("killed", (Version("40", ("c1",)), Version("60", ("c2",)))),),
        "mutations": (Mutation("casualties", "40", "60", "c1", "c2"),),
        "only_by_mutation": False,
        "provisional": None,
        "confidence": "C3",
        "confidence_reason": "one independent origin",
    }
    return Event(**{**values, **changes})


def make_findings() -> Findings:
    mohammadi = Hop("Mohammadi", None, HopKind.PERSON, "tweeted", Span(70, 79), "tweet", "bismillah-mohammadi", DAY)
    wire, unnamed = Hop("The Wire", None, HopKind.OUTLET), Hop(None, None, HopKind.OUTLET)
    claims = (
        make_claim("c1", "a", TEXT, counts=(Count(Harm.KILLED, None, 40, "Taliban"),), attribution=(wire, mohammadi)),
        make_claim(
            "c2",
            "b",
            "At least 60 Taliban died in De Salah.",
            control=Control.NONE,
            sub_event_type="Armed clash",
            counts=(Count(Harm.KILLED, 60, None, "Taliban"), Count(Harm.WOUNDED, None, None, vague=True)),
            attribution=(unnamed,),
        ),
        make_claim("c3", "b", "The Taliban denied it.", status=Status.DENIED, denies="c1", place=None, place_name=None),
    )
    unplaced = make_event(
        id="AFG-0002",
        place=None,
        place_name="Qasaan",
        claim_ids=("c2",),
        article_ids=("b",),
        origin_ids=("o2",),
        contradictions=(),
    )
    return Findings(
        articles=(
            Article(
                "a",
                "a.txt",
                "00" * 32,
                TEXT,
                None,
                "The Wire",
                None,
                date(2021, 8, 21),
                "https://example.org/a",
                "en",
                ("a note",),
            ),
            Article("b", "b.txt", "11" * 32, OTHER),
        ),
        rejected=(Rejected("aa", "aa.pdf", "unknown format"),),
        resolutions=(
            Resolution(
                Toponym("a", "Deh Salah", Span(23, 32)),
                DEH_SALAH,
                0.98765,
                (Evidence("name", 1.0, "spelled so"),),
                (Rival("AF0101", "X", 0.1),),
            ),
            Resolution(Toponym("b", "De Salah", Span(28, 36)), None, 0.3, refused="level with a rival"),
        ),
        claims=claims,
        tracing=Tracing(
            (
                Origin("o1", "Mohammadi", "bismillah-mohammadi", HopKind.PERSON, "tweet", DAY, True, ("c1",), ("a",)),
                Origin("o2", None, None, HopKind.OUTLET, None, None, False, ("c2", "c3"), ("b",)),
            ),
            {"c1": "o1", "c2": "o2", "c3": "o2"},
            (Share("b", "a", ShareKind.PASSAGE, (Span(0, 10),)),),
            (),
        ),
        events=(make_event(), unplaced),
        control=(
            PlaceControl(
                DEH_SALAH,
                Standing.CONTESTED,
                "Resistance forces",
                DAY,
                DAY,
                1,
                (Period(DAY, None, Standing.CONTESTED, "Resistance forces", ("c1",)),),
                ("c1",),
            ),
            PlaceControl(BAGHLAN, Standing.CLAIMED, "Taliban", None, None, 1, (), ("c2",)),
        ),
    )
