"""Takes a place description apart: "a village near Tirin Kot, Uruzgan" -> what is asked for, and what holds it or is near it."""

from __future__ import annotations

import math
import re
from typing import NamedTuple

from mapper.gazetteer.kinds import KIND_WORDS, SETTLEMENTS, Said, readings
from mapper.gazetteer.likeness import one_edit
from mapper.model import Kind


class Part(NamedTuple):
    """One place that a description names: the readings of its name, and how it stands to what is asked for.

    `rank` is 0 for what is asked for and rises from place to larger place; parts of one rank are
    named as equals ("between A and B"). `near`: what is asked for is near this part, not in it, and
    `km` away if the description says so. `at`: a preposition of place stands before it.
    """

    text: str
    readings: tuple[Said, ...]
    rank: int
    near: bool = False
    km: float = 0.0
    at: bool = False


class Piece(NamedTuple):
    """What stands between two cuts of a description: the names that are equals, and how they stand to what is asked for."""

    names: tuple[str, ...]
    near: bool = False
    kind: Kind | None = None
    km: float = 0.0
    at: bool = False


FAR_KM = 15.0
"""Kilometres beyond which a place says nothing of the district of what lies so far from it."""
_ANY_KM = math.inf
"""How far it is "from Kabul", "to Kabul", "with Iran": nobody says."""

_WAY = r"(?:north|south|east|west|north[ -]?east|north[ -]?west|south[ -]?east|south[ -]?west)(?:ern)?"
_NEAR = (
    rf"(?:(?:some|about|around|roughly|approximately|nearly|just)\s+)?"
    rf"(?:(?P<km>\d[\d.,]*)\s*-?\s*(?:km|kms|kilomet(?:er|re)s?|(?P<miles>miles?))\s+(?:away\s+)?(?:to\s+the\s+)?(?:{_WAY}\s+)?(?:of|from)"
    rf"|(?:to\s+the\s+)?{_WAY}\s+of|near(?:by)?(?:\s+to)?|close\s+to|next\s+to|outside(?:\s+of)?|around|along|beside|opposite"
    r"|adjacent\s+to|bordering|across(?:\s+the\s+\w+)?\s+from|(?P<way>towards?|to|from|with|linking|connecting)"
    r"|(?:on\s+the\s+|the\s+)?(?:outskirts|vicinity|surroundings)\s+of)"
)
_IN = rf"(?:located\s+|situated\s+)?in(?:\s+the\s+(?:far\s+)?{_WAY}(?:\s+parts?)?\s+of)?|of|within|inside|at|on"
_ASIDE = r"after|before|during|when|where|while|as|by|for|against|amid|following|because|who|which|that"
"""Words after which it is not said where, but when, by whom, or why."""
_CUT = re.compile(
    rf"(?P<stop>\s*[,;:()\[\]|]+(?:\s+|$)|\s*[,;()\[\]|]+|\s+[-\u2013\u2014]+\s+)"
    rf"|(?:^|(?<=[\s,;:()\[\]|]))(?:(?P<in>{_IN})|(?P<near>{_NEAR})|(?P<aside>{_ASIDE}))(?:\s+the)?(?:\s+|$)",
    re.I,
)
_BETWEEN = re.compile(
    rf"\bbetween\s+(?:the\s+)?(?P<one>.+?)\s+and\s+(?:the\s+)?(?P<other>.+?)(?=\s+(?:{_IN}|near)\s|\s*[,;()]|$)", re.I
)
_WRITTEN_OUT = tuple(
    (re.compile(short), long)
    for short, long in (
        (r"(?i:\b(?:dist|distt|distr|wlsw|wuls)\b\.?|\bw[ou]l[ue]sw?ali\b)", "district"),
        (r"(?i:\bprov\b)\.?", "province"),
        (r"(?i:\bvill\b)\.?", "village"),
        (r"(?i:\bnr\b)\.?", "near"),
        (r"\bDC\b", "district centre"),
        (r"\b(?:PHQ|HQ)\b", "centre"),
        (r"\bNE\s+of\b", "north-east of"),
        (r"\bNW\s+of\b", "north-west of"),
        (r"\bSE\s+of\b", "south-east of"),
        (r"\bSW\s+of\b", "south-west of"),
        (r"\bN\s+of\b", "north of"),
        (r"\bE\s+of\b", "east of"),
        (r"\bS\s+of\b", "south of"),
        (r"\bW\s+of\b", "west of"),
    )
)
"""The abbreviations of incident lists, and what they stand for."""
_WORD = re.compile(r"\b[Dd]\w{6,8}\b|\bD[A-Z]{6,8}\b")
_DATELINE = re.compile(
    r"^(?i:[a-z'\u2019 -]+(?:, [a-z]+)?\s*\([a-z ]{2,12}\)\s*[-\u2013\u2014]+\s+)"
    r"|^[A-Z][A-Z'\u2019 -]+(?:, [A-Z]\w+)?\s*(?:\([^)]*\))?\s*(?::|[-\u2013\u2014]+)\s+(?=.*[a-z])"
)
_BORDER = re.compile(r"\b(?:border|frontier)\b", re.I)
_HEADED = re.compile(r"^(?P<whole>[^:,]+):\s+(?P<inner>.+)$")
_OWNED = re.compile(r"^(?P<whole>.*\w)(?:['\u2019]s|s['\u2019])\s+(?P<inner>.+)$")
_THE = re.compile(r"^(?:the|an?)\s+", re.I)
_AND = re.compile(r"\s+(?:and|&)\s+|\s*/\s*", re.I)
_UNIT_WORDS = "|".join(
    word for word, kind in KIND_WORDS.items() if kind in (Kind.PROVINCE, Kind.DISTRICT, Kind.VALLEY, *SETTLEMENTS)
)
_CALLED = re.compile(
    r"((?:[A-Z][\w'\u2018\u2019\u02bc-]*[ ](?:(?:e|i|o|wa|va|ul|us)[ ])?){0,3}[A-Z][\w'\u2018\u2019\u02bc-]*)"
    rf"\s+((?i:{_UNIT_WORDS}))\b"
)
_RUN = re.compile(r"[A-Z][\w'\u2018\u2019\u02bc-]*(?:[ -](?:(?:e|i|o|wa|va|ul|us)[ -])?[A-Z][\w'\u2018\u2019\u02bc-]*)*")
_FILLING = re.compile(
    r"^(?:(?:a|an|the|its|his|some|several|another|one|two|three|area|areas|way|border|capital|provincial|remote|small|"
    rf"afghan|outskirts|vicinity|part|parts|centre|center|unknown|unspecified|police|no|number|\d+\w*|{'|'.join(KIND_WORDS)})\b"
    r"[\s.-]*)*$",
    re.I,
)
_URBAN = re.compile(
    r"\b(?:ministry|ministries|embassy|consulate|parliament|palace|supreme court|directorate|hotel|square|roundabout|street|"
    r"university|stadium|police district|pd[ -]?\d+|airport|railway|neighbou?rhood|wedding hall|cinema|zoo|guest ?house|hospital|"
    r"bank|police headquarters|governor'?s (?:office|compound))\b",
    re.I,
)
_NO_PLACE = re.compile(r"\s*(?:trib|clan|elder|people|network|brigade|corps|division|battalion|militia|team|newspaper)", re.I)
"""What makes a name before it a people's, or a unit's."""
_NUMBERED = re.compile(r"[A-Z][a-z]+ \d+")
_GIVEN = (Kind.COUNTRY, Kind.PROVINCE, Kind.DISTRICT, *SETTLEMENTS)


def parts(description: str) -> tuple[Part, ...]:
    """Return the places that a description names, what is asked for first; none where it names nothing.

    >>> [part.text for part in parts("the Tangi valley in Wardak's Sayedabad district")]
    ['Tangi valley', 'Sayedabad district', 'Wardak']
    >>> [(part.text, part.near) for part in parts("a village 5 km south of Lashkar Gah, Helmand province")]
    [('Lashkar Gah', True), ('Helmand province', False)]
    """
    text = _DATELINE.sub("", " ".join(description.split())).rstrip(".")
    for short, long in _WRITTEN_OUT:
        text = short.sub(long, text)
    text = _WORD.sub(lambda word: "district" if _is_slip(word[0].lower()) else word[0], text)
    headed = _HEADED.match(text)
    if headed:
        text = f"{headed['inner']}, {headed['whole']}"
    named = any(letter.isupper() for letter in text)
    found = [
        Part(name, _read(name, piece.kind), rank, piece.near, piece.km, piece.at)
        for rank, piece in enumerate(_pieces(text))
        for name in piece.names
        if (_NUMBERED.fullmatch(name) or not _FILLING.match(name)) and (not named or _has_name(name))
    ]
    ranks = {rank: number for number, rank in enumerate(dict.fromkeys(part.rank for part in found))}
    return tuple(part._replace(rank=ranks[part.rank]) for part in found)


def equals(part: Part) -> tuple[Part, ...]:
    """Return the parts of "A and B districts", or of a road "A-B highway", as equals; none where there is but one."""
    road = part.readings[-1].kind is Kind.ROAD
    names = re.split(r"\s*[-\u2013]\s*", part.readings[-1].name) if road else _AND.split(part.readings[-1].name)
    if len(names) < 2 or not (part.text.islower() or all(map(_has_name, names))):
        return ()
    kind = None if road else part.readings[-1].kind
    return tuple(part._replace(text=name, readings=_read(name, kind), near=part.near or road) for name in names)


def called(part: Part) -> tuple[Said, ...]:
    """Return the names in a part that stand before a word for a unit or a town, each with shorter ends of itself.

    >>> [(name, str(kind)) for name, kind in called(parts("Taliban attack on Dih Yak district police chief")[-1])]
    [('Dih Yak', 'district'), ('Yak', 'district')]
    """
    found = _CALLED.search(part.text)
    if not found:
        return ()
    words, kind = found[1].split(), KIND_WORDS[found[2].lower()]
    return tuple(Said(" ".join(words[start:]), kind) for start in range(len(words)))


def capitalised(part: Part) -> tuple[Said, ...]:
    """Return the capitalised names in a part, where there is more to it than one."""
    runs = [run.group() for run in _RUN.finditer(part.text)]
    return tuple(Said(run, None) for run in runs) if runs != [part.text] else ()


def outstanding(part: Part) -> Said | None:
    """Return the name that a part begins with behind a preposition or a comma, or ends with behind words in lower case.

    >>> outstanding(parts("gunbattle in Khas Uruzgan gunfire")[-1])
    Said(name='Khas Uruzgan', kind=None)
    """
    runs = list(_RUN.finditer(part.text))
    if runs and _NO_PLACE.match(part.text, runs[-1].end()):
        return None
    if (part.at or part.rank) and runs and runs[0].start() == 0:
        return Said(runs[0].group(), None)
    return Said(runs[0].group(), None) if len(runs) == 1 and runs[0].end() == len(part.text) else None


def borders(part: Part) -> bool:
    """Return whether a part may speak of a border: then it is near the place that it names, not in it."""
    return _BORDER.search(part.text) is not None


def urban(part: Part) -> bool:
    """Return whether what a part names is found in towns alone: then Kabul is the town, not the province."""
    return _URBAN.search(part.text) is not None


def _is_slip(word: str) -> bool:
    """Whether a word is "district" but for a slip of the pen: it says most about a name, and names are not like it."""
    return word not in KIND_WORDS and one_edit(word, "district")


def _pieces(text: str) -> list[Piece]:
    """Cut a description at commas and prepositions."""
    between = _BETWEEN.search(text)
    if between:
        both = Piece((between["one"], between["other"]), near=True)
        return [*_pieces(text[: between.start()]), both, *_pieces(text[between.end() :])]
    pieces: list[Piece] = []
    start, given, aside = 0, Piece(()), False
    for cut in [*_CUT.finditer(text), None]:
        whole = _THE.sub("", text[start : cut.start() if cut else len(text)].strip())
        names = [given._replace(names=(name,)) for name in _unowned(whole)]
        if cut is None:
            return pieces if aside else pieces + names
        kind = _kind_of(whole) if (cut["in"] or "").lower() == "of" else None
        pieces += [] if kind or aside else names
        aside = bool(cut["aside"])
        still = given.near and cut["in"] is not None and all(_FILLING.match(name) for piece in names for name in piece.names)
        given = Piece((), bool(cut["near"]) or still, kind, _km(cut), at=not cut["stop"])
        start = cut.end()
    return pieces


def _kind_of(piece: str) -> Kind | None:
    """The kind that "a village" says of what follows "of"; None when there is a name in it."""
    words = piece.split()
    kind = KIND_WORDS.get(words[-1].lower()) if words else None
    return kind if kind in _GIVEN and _FILLING.match(" ".join(words[:-1])) else None


def _km(cut: re.Match[str]) -> float:
    if cut["way"]:
        return _ANY_KM
    digits = re.sub(r"[.,](?=\d{3}\b)", "", cut["km"] or "").replace(",", ".").rstrip(".")
    try:
        return float(digits or 0) * (1.609 if cut["miles"] else 1.0)
    except ValueError:
        return 0.0


def _unowned(piece: str) -> list[str]:
    """Turn "Wardak's Sayedabad district" round."""
    owned = _OWNED.match(piece)
    return [*_unowned(owned["inner"]), owned["whole"]] if owned else [piece] if piece else []


def _read(text: str, kind: Kind | None) -> tuple[Said, ...]:
    found = readings(text)
    return tuple(reading if reading.kind or kind is None else reading._replace(kind=kind) for reading in found)


def _has_name(text: str) -> bool:
    return any(letter.isupper() or not letter.isascii() for letter in text)
