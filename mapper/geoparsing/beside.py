"""Reads what the words beside a name say of it: what kind of place it is, and whether it is a place at all."""

from __future__ import annotations

import re

from mapper.gazetteer.kinds import KIND_WORDS
from mapper.geoparsing.tokens import Token
from mapper.geoparsing.words import Words
from mapper.model import Kind, Span

_KIND = "|".join(KIND_WORDS)
_BRACKET = re.compile(r"\s*[(\[][^()\[\]\n]{1,40}[)\]]")
_AFTER = re.compile(rf"[\])]?[ \u00a0\n]({_KIND})\b", re.I)
_APPOSED = re.compile(rf",? (?:the|an?) (?:[\w-]+ ){{0,3}}?({_KIND})\b", re.I)
_BEFORE = re.compile(rf"(?:(?P<whose>[^\W\d_]+) )?\b(?P<kind>{_KIND})(?P<of> of)?(?: the)? [\[#\"\u201c]?\s?$", re.I)
_LIST = re.compile(rf"[\])]?(?: (?:{_KIND}))?(?:,|;| &| and| or|, and|, or) (?:the )?[\[#]?\s?", re.I)
_KINDS = "|".join(kind for kind in KIND_WORDS if kind.endswith("s"))
_NAME = r"[A-Z][\w\u2019'-]*(?:[ -](?:[a-z]{1,3}[ -])?[A-Z][\w\u2019'-]*){0,2}"
_SHARED = re.compile(rf"(?:(?:,| and|, and| or) (?:the )?{_NAME}){{1,6}} ({_KINDS})\b")
_CLOSE = 24  # characters between the members of a list
_OPENING = ' [#"\u201c('
_ARTICLES = ("the", "a", "an")


def kind_said(text: str, where: Span, possessive: bool) -> Kind | None:
    """Return the kind that a name is called: "Banu district", "the city of Herat", "Kharwar, the mountain district".

    "The Gereshk district of Helmand" calls Gereshk a district, and Helmand nothing; "the districts
    of" calls a list so, and not a province; "the Kunduz and Takhar provinces" calls each of them one.
    """
    rest = text[where.end : where.end + 90]
    bracket = _BRACKET.match(rest)
    rest = rest[bracket.end() :] if bracket else rest
    after = None if possessive else _AFTER.match(rest) or _APPOSED.match(rest)
    after = after or (None if possessive else _SHARED.match(rest))
    if after is not None:
        return KIND_WORDS[after[1].lower()]
    before = _BEFORE.search(text[max(0, where.start - 40) : where.start])
    if before is None or not _belongs(before, rest):
        return None
    return KIND_WORDS[before["kind"].lower()]


def _belongs(before: re.Match[str], rest: str) -> bool:
    whose = before["whose"] or ""
    if whose.istitle() and whose.lower() not in _ARTICLES:
        return False
    if before["kind"].lower().endswith("s") and not _LIST.match(rest):
        return False
    return before["of"] is not None or whose.lower() in _ARTICLES


def has_office(tokens: list[Token], first: int, last: int, words: Words) -> bool:
    """Return whether what only a province has goes with the name: "Kunduz's governor", "the districts of Kunduz"."""
    after = tokens[last + 1 : last + 3]
    if any(token.lower in words.offices and token.sentence == tokens[last].sentence for token in after):
        return not after[0].gap.strip()
    if first < 2 or tokens[first - 1].lower not in ("of", "for") or tokens[first].gap != " ":
        return False
    before = [token.lower for token in tokens[max(0, first - 4) : first - 1] if token.sentence == tokens[first].sentence]
    return bool(before) and (before[-1] == "districts" or not words.offices.isdisjoint(before))


def is_placed(text: str, tokens: list[Token], first: int, previous: Span | None, words: Words) -> bool:
    """Return whether a preposition, a hashtag or a list of places says that the name is one of a place."""
    head = tokens[first]
    if head.hashtag or (first > 0 and tokens[first - 1].lower in words.locative and not head.gap.strip(_OPENING)):
        return True
    return (
        previous is not None
        and head.start - previous.end < _CLOSE
        and _LIST.fullmatch(text[previous.end : head.start]) is not None
    )


def speaks(tokens: list[Token], last: int, words: Words) -> bool:
    """Return whether the name is said to speak, as governments do by their capitals: "Washington has said"."""
    after = [token for token in tokens[last + 1 : last + 3] if not token.gap.strip()]
    return bool(after) and (
        after[0].lower in words.speech or (after[0].lower in ("has", "had") and after[-1].lower in words.speech)
    )
