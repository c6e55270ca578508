"""A place in its sentence into the words that say only a part of it is meant: "most of Zabul", "12 of the 15 districts of Ghazni"."""

from __future__ import annotations

from collections.abc import Sequence

from mapper.claims.chunks import KIND_NOUNS, MODIFIERS, Places, Reference
from mapper.claims.numbers import NUMBER_WORDS, is_counted
from mapper.claims.tokens import DETERMINERS, Token
from mapper.model import Kind, Place

PORTIONS = frozenset(
    "part parts portion portions half halves third thirds quarter quarters fifth most much some many majority bulk percent cent % "
    "swath swaths swathe swathes section sections stretch stretches pocket pockets corner corners edge edges outskirts fringe "
    "fringes suburb suburbs neighbourhood neighbourhoods neighborhood neighborhoods street streets hamlets position positions "
    "territory ground remainder rest land side sides zone zones pd pds".split()
)
"""Words that, with "of" or "in" and a place behind them, mean a part of it."""
_MIDDLE = frozenset("centre center heart downtown".split())
"""Who has the centre of a district has its seat; the centre of a city is a part of it."""
SIZES = frozenset(
    "large vast big small wide huge significant considerable broad other more rural remote outlying key northern southern eastern "
    "western central upper lower main major least at than nearly almost about over".split()
)
WHOLE = frozenset("all whole entire every both entirety".split())
"""Words that say that nothing of a place is left out."""
_LINKS = frozenset("of in inside within across around near outside surrounding".split())
_PREPOSITIONS = _LINKS | {"close", "next", "to", "adjacent"}
_INDEFINITE = frozenset("a an another one some".split())
_WITHIN = {
    Kind.DISTRICT: (Kind.PROVINCE, Kind.COUNTRY),
    Kind.CITY: (Kind.DISTRICT, Kind.PROVINCE, Kind.COUNTRY),
    Kind.VILLAGE: (Kind.CITY, Kind.DISTRICT, Kind.PROVINCE, Kind.COUNTRY),
    Kind.PROVINCE: (Kind.COUNTRY,),
}
"""Kind of place -> kinds that hold several of it: "the districts of Ghazni", but not "the districts of Nesh and Chora"."""
_REACH = 10
"""Words before a place within which a portion of it begins."""


def portion(tokens: Sequence[Token], chunk: Places | Reference, place: Place) -> tuple[int, int] | None:
    """Return the tokens, first and past the last, that limit what is said to a part of a place, None where the whole is meant.

    Districts that nobody names are coded at their province; what is said of them is said of a part of it.
    """
    unnamed = _unnamed(tokens, chunk, place) if isinstance(chunk, Reference) else None
    return (
        unnamed or _named_by_province(tokens, chunk, place) or _partitive(tokens, chunk, place) or _one_of(tokens, chunk, place)
    )


def _unnamed(tokens: Sequence[Token], chunk: Reference, place: Place) -> tuple[int, int] | None:
    owner = chunk.noun == "province" and (chunk.number or 0) > 0 and tokens[chunk.end - 1].possessive
    if owner and KIND_NOUNS.get(tokens[min(chunk.end + 1, len(tokens) - 1)].low) is not None:
        return (chunk.start, chunk.end)  # "five of the province's seven districts"
    framed = chunk.frame.place if chunk.frame else None
    around = framed is not None and (
        framed == place or (place.kind is Kind.PROVINCE and framed.admin1_pcode == place.admin1_pcode)
    )
    if not around or (KIND_NOUNS.get(chunk.noun) is place.kind and not chunk.unknown):
        return None
    words = {t.low for t in tokens[max(0, chunk.start - 1) : chunk.end]}
    of = chunk.start - 1 if chunk.start > 1 and tokens[chunk.start - 1].low == "of" else None
    before = of - 1 - (tokens[of - 1].low == "out") if of else 0
    word = tokens[before].low
    shared = of is not None and (word in PORTIONS or word in NUMBER_WORDS or word.isdigit())
    opening = (
        _opening(tokens, before) if shared else chunk.start
    )  # "most of the districts in", "seven out of the 18 districts of"
    return None if words & WHOLE else (opening, chunk.end)


def _named_by_province(tokens: Sequence[Token], chunk: Places | Reference, place: Place) -> tuple[int, int] | None:
    """Tell a district that goes by its province alone: "Taliban overrun Faryab district", where there is none of that name."""
    noun = tokens[chunk.end - 1].low
    follows = tokens[chunk.end].low if chunk.end < len(tokens) and not tokens[chunk.end - 1].possessive else ""
    smaller = any(Kind.PROVINCE in _WITHIN.get(KIND_NOUNS[word], ()) for word in (noun, follows) if word in KIND_NOUNS)
    several = (
        place.kind in (Kind.CITY, Kind.DISTRICT)
        and "districts" in (noun, follows)
        and isinstance(chunk, Places)
        and len(chunk.named) == 1
    )
    but_one = [t.low for t in tokens[max(0, chunk.start - 2) : chunk.start]] == ["but", "one"]
    named = isinstance(chunk, Places) and ((place.kind is Kind.PROVINCE and smaller) or several or but_one)
    return (_opening(tokens, chunk.start), chunk.end) if named else None


def _partitive(tokens: Sequence[Token], chunk: Places | Reference, place: Place) -> tuple[int, int] | None:
    """Read leftwards from a place to "half of", "large parts of", "two villages in", over what may stand between."""
    found = None
    linked = False
    for k in range(chunk.start - 1, max(-1, chunk.start - 1 - _REACH), -1):
        word = tokens[k].low
        if word in WHOLE and k and tokens[k - 1].low in ("nearly", "almost", "virtually", "practically"):
            return (k - 1, chunk.start)
        if word in WHOLE:
            return None
        if word in _LINKS:
            linked = True
        elif word == "," and k and tokens[k - 1].low in KIND_NOUNS:
            linked = False  # "most of the provincial capital, Sar-e-Pul"
        elif (
            (
                linked
                and word == "police"
                and tokens[k + 1].low in ("district", "districts")
                and place.kind in (Kind.CITY, Kind.DISTRICT)
            )
            or (linked and word in _MIDDLE and place.kind is Kind.CITY)
            or (tokens[k + 1].low == "of" and (word in NUMBER_WORDS or word.isdigit()))
            or (word == "more" and tokens[k + 1].low == "of")
            or (linked and (word in PORTIONS or _is_smaller(word, chunk, place)))
        ):
            found = k
        elif not _may_stand(word) and word not in KIND_NOUNS:
            break
    return None if found is None else (_opening(tokens, found), chunk.start)


def _one_of(tokens: Sequence[Token], chunk: Places | Reference, place: Place) -> tuple[int, int] | None:
    """Read leftwards from a place to one thing in or near it that nobody names: "a strategic district in northern", "a village near"."""
    k = chunk.start - 1
    while k > 0 and (_may_stand(tokens[k].low) or KIND_NOUNS.get(tokens[k].low) is place.kind or tokens[k].low in _PREPOSITIONS):
        k -= 1
    kind = KIND_NOUNS.get(tokens[k].low) if tokens[k + 1].low in _PREPOSITIONS else None
    aside = kind is Kind.DISTRICT and place.kind is Kind.CITY
    if kind is None or tokens[k].low.startswith("capital") or not (aside or place.kind in _WITHIN.get(kind, ())):
        return None
    start = next((n for n in range(k - 1, max(-1, k - 5), -1) if tokens[n].low in _INDEFINITE), None)
    return None if start is None or any(not t.low.isalpha() for t in tokens[start:k]) else (start, chunk.start)


def _is_smaller(noun: str, chunk: Places | Reference, place: Place) -> bool:
    """Tell districts, towns or villages of a place from its own description: "the villages of Daymirdad", "the areas of Banu and Nesh"."""
    kind = KIND_NOUNS.get(noun) if noun.endswith("s") and noun != "capitals" else None
    if kind is None or kind is Kind.OTHER:
        return kind is not None and (isinstance(chunk, Reference) or len(chunk.named) == 1)
    alone = isinstance(chunk, Reference) or len(chunk.named) == 1
    return place.kind in _WITHIN.get(kind, ()) or (kind is Kind.DISTRICT and place.kind is Kind.CITY and alone)


def _may_stand(word: str) -> bool:
    """Tell a word that may stand within a portion: "the 15", "large", "northern"."""
    return word in DETERMINERS or word in MODIFIERS or word in NUMBER_WORDS or word in SIZES or word.isdigit() or is_counted(word)


def _opening(tokens: Sequence[Token], k: int) -> int:
    while k > 0 and _may_stand(tokens[k - 1].low) and tokens[k - 1].low != "of":
        k -= 1
    return k
