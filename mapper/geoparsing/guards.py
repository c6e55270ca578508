"""Tells place names from the names of persons, outlets and teams that look like them, and from plain words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mapper.gazetteer import NameMatch
from mapper.gazetteer.kinds import KIND_WORDS
from mapper.geoparsing.tokens import Style, Token, hyphen, joined
from mapper.geoparsing.words import Words
from mapper.model import Kind

PARTICLES = frozenset(
    ("e", "i", "y", "ye", "yi", "o", "u", "w", "wa", "va", "al", "el", "ul", "us", "ud", "ur", "and", "the", "bin")
)
"""Small words inside a name."""

_SHORT = 4  # letters; two names so short share a normal form too easily to trust it without a cue


@dataclass(frozen=True, slots=True)
class Sighting:
    """A run of words that spells a known name, and what the guards need to know of its surroundings."""

    text: str
    tokens: list[Token]
    first: int
    last: int
    matches: tuple[NameMatch, ...]
    said: Kind | None
    cue: bool
    """Whether a preposition, a kind word or a list of places says that this is a place."""
    words: Words
    known: Callable[[int], bool]
    """Whether a known name starts at a word."""
    surnames: frozenset[str]
    common: frozenset[str]
    """Words that the article also writes small."""

    @property
    def head(self) -> Token:
        """The first word."""
        return self.tokens[self.first]

    @property
    def name(self) -> str:
        """The words as written, in lower case."""
        return self.text[self.head.start : self.tokens[self.last].end].lower()

    def before(self) -> Token | None:
        """Return the word before, when it may belong to the same name."""
        if self.first == 0 or not joined(self.text, self.tokens[self.first - 1], self.head):
            return None
        return self.tokens[self.first - 1]

    def after(self, count: int = 1) -> list[Token]:
        """Return the capitalised words that go on from the last one, at most `count`."""
        found: list[Token] = []
        for at in range(self.last, min(self.last + count, len(self.tokens) - 1)):
            following = self.tokens[at + 1]
            if not joined(self.text, self.tokens[at], following) or hyphen(following) or not following.capital:
                break
            found.append(following)
        return found


def plain_word(s: Sighting) -> bool:
    """An English word that is also somebody's spelling of a place: a kind word beside it is needed."""
    if s.first != s.last or s.said is not None or s.head.hashtag or (s.head.shout and s.head.style is Style.PROSE):
        return False
    if s.name in s.words.homonyms:
        return not s.cue or s.tokens[s.first - 1].lower == "in"
    weak = s.matches[0].tier != "spelling" or s.matches[0].weak
    return s.name in s.words.english or (weak and s.head.first and s.name in s.common)


def faint(s: Sighting) -> bool:
    """A likeness too faint to stand without a cue: other vowels, a slip, or a very short name."""
    match = s.matches[0]
    if match.tier in ("spelling", "translated") or (match.tier == "form" and len(s.name) > _SHORT):
        return False
    return not s.cue or len(s.name) <= _SHORT or s.head.style is not Style.PROSE


def hyphened(s: Sighting) -> bool:
    """Part of a longer hyphened name: Peyk-e-Shamal, al-Logari, Nawa-e-Amu, Zarafshon-Inform."""
    if hyphen(s.head) and s.first > 0:
        before = s.tokens[s.first - 1]
        if before.lower in PARTICLES or (before.capital and not s.known(s.first - 1)):
            return True
    if s.last + 1 < len(s.tokens) and hyphen(s.tokens[s.last + 1]) and not s.tokens[s.last].possessive:
        after = s.tokens[s.last + 1]
        return after.lower in PARTICLES or (after.capital and not s.known(s.last + 1))
    return False


def titled(s: Sighting) -> bool:
    """A person's name after a title: Commander Sholgari, Gen. Andar, spokesman Shinwari."""
    if s.first == 0:
        return False
    before = s.tokens[s.first - 1]
    if s.head.gap not in (" ", ". ", ".", "\u00a0") or before.lower not in s.words.titles or before.possessive:
        return False
    return before.capital or before.lower not in ("general", "major")


def named(s: Sighting) -> bool:
    """A surname or tribe beside a given name: Mirza Gul Andar, Farah Ahmadzai."""
    before = s.before()
    if before is not None and before.capital and not hyphen(s.head) and s.words.is_given(before.lower):
        return True
    return any(s.words.is_given(after.lower) for after in s.after() if not s.known(s.last + 1))


def personal(s: Sighting) -> bool:
    """A place named like a person (Mohammad Agha, Sayed Karam), where nothing says that the place is meant."""
    words = [token.lower for token in s.tokens[s.first : s.last + 1]]
    return not s.cue and all(s.words.is_given(word) or word in s.words.titles for word in words)


def organisation(s: Sighting) -> bool:
    """Part of the name of an outlet, a team or a unit: Kabul Ledger, Radio Maymana, Voice of America."""
    if any(after.lower in s.words.organisations for after in s.after(3)):
        return True
    before = s.before()
    if before is not None and before.capital and before.lower in s.words.openers:
        return True
    if before is None or before.lower != "of" or s.first < 2:
        return False
    opener = s.tokens[s.first - 2]
    return opener.capital and opener.lower in s.words.organisations


def longer_name(s: Sighting) -> bool:
    """Part of some longer name that is unknown: a capital next to it in prose that no office, day or place explains."""
    if s.head.style is not Style.PROSE or s.head.hashtag or s.said is not None:
        return False
    after = s.after()
    if after and not after[0].shout and not s.known(s.last + 1) and after[0].lower not in s.words.attached | s.words.titles:
        return True
    before = s.before()
    if before is None or not before.capital or before.shout or hyphen(s.head) or before.lower in s.words.leading:
        return False
    if not before.first:
        return not s.known(s.first - 1)
    return before.lower not in KIND_WORDS and _speaks(s)


def surname(s: Sighting) -> bool:
    """The bare surname of a person whom the article has named in full."""
    return s.name in s.surnames and not s.cue


def speaker(s: Sighting) -> bool:
    """Says something, and is no state or capital of one: "We ran," said Farah. Districts and provinces do not speak."""
    if s.cue or s.said is not None or s.tokens[s.last].possessive:
        return False
    if any(match.place.kind is Kind.COUNTRY or match.place.feature_code == "PPLC" for match in s.matches):
        return False
    before, after = s.tokens[max(0, s.first - 1)], s.tokens[s.last + 1 : s.last + 2]
    ends = not after or after[0].gap != " "
    opens = s.head.first or s.head.gap != " "  # else it may be somebody of there: "the governor of Takhar said"
    return (_speaks(s) and opens) or (s.first > 0 and s.head.gap == " " and before.lower in s.words.speech and ends)


def _speaks(s: Sighting) -> bool:
    return s.last + 1 < len(s.tokens) and s.tokens[s.last + 1].gap == " " and s.tokens[s.last + 1].lower in s.words.speech


GUARDS: dict[str, Callable[[Sighting], bool]] = {
    "plain word": plain_word,
    "faint": faint,
    "hyphened": hyphened,
    "titled": titled,
    "named": named,
    "personal": personal,
    "organisation": organisation,
    "longer name": longer_name,
    "surname": surname,
    "speaker": speaker,
}
"""Each says why a spelled-out name is no place here; the first that holds counts."""

PERSONS = frozenset(("titled", "named", "speaker"))
"""Guards after which the same name, bare, is still the person's."""
