"""A stretch of text into tokens with their offsets, and the closed classes of English that clauses hang on."""

from __future__ import annotations

import re
from typing import NamedTuple

from mapper.model import Span

_TOKEN = re.compile(
    r"\d+(?:[.,:]\d+)*(?:st|nd|rd|th)?"  # 6,000  9.30  20th
    r"|(?:[^\W\d_]\.){2,}"  # U.S.  a.m.
    r"|\b(?:incl|Maj|Col|Brig|Capt|Sgt|Lt)\.(?=\s)"  # no full stop
    r"|[^\W_]+(?:[-\N{HYPHEN}\N{NON-BREAKING HYPHEN}'\N{RIGHT SINGLE QUOTATION MARK}](?=[^\W_])[^\W_]+)*"  # anti-Taliban  hadn't
    r"|\.{3}|\S"
)
_APOSTROPHES = ("'", "\N{RIGHT SINGLE QUOTATION MARK}")
_POSSESSIVE = re.compile(r"['\N{RIGHT SINGLE QUOTATION MARK}]s$", re.IGNORECASE)
_CONTRACTED = re.compile(r"(?<=.)n['\N{RIGHT SINGLE QUOTATION MARK}]t$", re.IGNORECASE)


class Token(NamedTuple):
    """A word or a mark: as written, in lower case without a possessive ending, and where it stands."""

    text: str
    low: str
    start: int
    end: int
    possessive: bool = False


def tokenise(text: str, span: Span) -> tuple[Token, ...]:
    """Split ``text[span]`` into tokens; offsets count from the start of `text`.

    >>> [t.low for t in tokenise("Kabul's anti-Taliban forces haven't left.", Span(0, 41))]
    ['kabul', 'anti-taliban', 'forces', 'have', 'not', 'left', '.']
    """
    found: list[Token] = []
    for match in _TOKEN.finditer(text, span.start, span.end):
        word = match[0]
        if word == "&":
            found.append(Token(word, "and", *match.span()))
        elif word.isalnum() or not any(mark in word for mark in _APOSTROPHES):
            found.append(Token(word, word.casefold(), *match.span()))
        elif _POSSESSIVE.search(word):
            found.append(Token(word, word[:-2].casefold(), match.start(), match.end(), possessive=True))
        elif _CONTRACTED.search(word):
            cut = match.end() - 3
            stem = word[:-3].casefold()
            found.append(Token(word[:-3], {"ca": "can", "wo": "will", "sha": "shall"}.get(stem, stem), match.start(), cut))
            found.append(Token(word[-3:], "not", cut, match.end()))
        else:
            found.append(Token(word, word.casefold(), match.start(), match.end()))
    return tuple(found)


BE = frozenset("be is are was were been being am 's 're".split())
HAVE = frozenset("have has had having".split())
DO = frozenset("do does did".split())
MODALS = frozenset("will would could may might shall should can must".split())
AUXILIARIES = BE | HAVE | DO | MODALS | frozenset(["get", "gets", "got", "getting", "to"])
NEGATIONS = frozenset("not never no neither nor without none nobody".split())
ADVERBS = frozenset(
    "also already now still reportedly allegedly apparently currently recently later since then again just briefly "
    "completely fully almost nearly partly partially soon now finally eventually even only ever so far yet mostly largely "
    "peacefully violently quickly successfully immediately today yesterday earlier initially previously practically famously "
    "effectively jointly swiftly first back once officially clearly long".split()
)
DETERMINERS = frozenset(
    "the a an this that these those its their his her our my your some any all both each every several many few no".split()
)
RELATIVES = frozenset("who which that whose where whom".split())
CONJUNCTIONS = frozenset("and or but nor yet".split())
SUBORDINATORS = frozenset(
    "that while whereas although though because since after before as when if unless until whether once following amid despite".split()
)
PREPOSITIONS = frozenset(
    "of in at on near from to into onto towards toward by with against for over inside outside around across through throughout "
    "between among along beyond under off up within without about during via like than past behind below above north south east west".split()
)
PRONOUNS = frozenset("he she they we i it you".split())
OPENERS = frozenset('"\N{LEFT DOUBLE QUOTATION MARK}')
CLOSERS = frozenset('"\N{RIGHT DOUBLE QUOTATION MARK}')
QUOTES = OPENERS | CLOSERS
DASHES = frozenset("\N{EN DASH}\N{EM DASH}-")
STOPS = frozenset(".!?;:") | DASHES
