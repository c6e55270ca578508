"""The tables of data/claims into lookups by word: what may be said, and on which words it hangs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from mapper import bundle
from mapper.claims.morphology import Form, inflect
from mapper.errors import TableError
from mapper.model import SUB_EVENT_TYPES, Control, Status

ROLES = frozenset({"place", "actor", "target", "both", ""})
FRAME = ("subject", "object", "by", "from", "to", "with", "against", "between", "of", "on", "possessive")
NEEDS = frozenset(
    "place actor target subject object armed fight party aircraft unarmed people protest crowd arms existential base measure recent troops fighters flown captives led-off garrison many insurgent sides closing ended hit".split()
)
CODES = frozenset({"", "taking", "transfer", *SUB_EVENT_TYPES})
GAP = "*"


@dataclass(frozen=True, slots=True, eq=False)
class Predicate:
    """One row of predicates.toml: a way of saying something, and what it says."""

    id: str
    control: Control
    codes: str
    roles: Mapping[str, str]
    needs: frozenset[str]
    status: Status | None
    after: frozenset[str]
    before: frozenset[str]
    near: frozenset[str]
    unless: frozenset[str]
    """Words that beside it make a figure of speech of it."""
    gained_after: frozenset[str]
    examples: tuple[Mapping[str, Any], ...]
    counter_examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording of a predicate: its words after the first, where "*" is a gap, and the verb form of the first."""

    predicate: Predicate
    rest: tuple[str, ...]
    forms: frozenset[Form]
    """Empty for a noun."""


TOLL = Predicate(
    "toll", Control.NONE, "", {}, frozenset(), None, frozenset(), frozenset(), frozenset(), frozenset(), frozenset(), (), ()
)
"""Stands for a count of people harmed where a predicate is asked for: counts are read by rule, not by rows."""


Phrase = tuple[Predicate, tuple[str, ...]]
"""A wording without a verb or a noun to hang on: its words, among them "{actor}" where a party stands."""


@dataclass(frozen=True, eq=False)
class Lexicon:
    """Everything the claims stage knows of English, by the word it begins with."""

    predicates: tuple[Predicate, ...]
    wordings: Mapping[str, tuple[Wording, ...]]
    phrases: tuple[Phrase, ...]
    says: Mapping[str, tuple[str, Form]]
    """Word -> (stance, form) of a reporting verb."""
    verbs: frozenset[str] = field(default_factory=frozenset)
    """Every word that may be a verb of the tables: what a clause is recognised by."""
    cues: Mapping[str, Any] = field(default_factory=dict)

    def words(self, table: str, key: str) -> frozenset[str]:
        """Return one list of cues.toml as a set."""
        return self._sets[table][key]

    @cached_property
    def _sets(self) -> Mapping[str, Mapping[str, frozenset[str]]]:
        return {
            table: {key: frozenset(listed) for key, listed in lists.items() if isinstance(listed, list)}
            for table, lists in self.cues.items()
        }

    def phrases_among(self, words: Set[str]) -> list[Phrase]:
        """Return the phrases that a sentence of these words may hold, in the order of the table: their first word is one of them."""
        numbers = {number for word in self._opened.keys() & words for number in self._opened[word]}
        return [self.phrases[number] for number in sorted(numbers.union(self._opened[""]))]

    @cached_property
    def _opened(self) -> Mapping[str, tuple[int, ...]]:
        """The first word that a phrase spells out, "" where it spells none -> the numbers of the phrases."""
        opened: dict[str, list[int]] = {"": []}
        for number, (_, words) in enumerate(self.phrases):
            opened.setdefault(next((word for word in words if "{" not in word), ""), []).append(number)
        return {word: tuple(numbers) for word, numbers in opened.items()}


@cache
def load() -> Lexicon:
    """Read predicates.toml and cues.toml. A row that does not hold together is a TableError naming it."""
    predicates: list[Predicate] = []
    wordings: dict[str, list[Wording]] = {}
    phrases: list[Phrase] = []
    for row in bundle.toml("claims", "predicates.toml")["predicate"]:
        predicate = _predicate(row)
        predicates.append(predicate)
        for verb in row.get("verbs", ()):
            first, *rest = verb.split()
            for word, forms in inflect(first).items():
                wordings.setdefault(word, []).append(Wording(predicate, tuple(rest), forms))
        for noun in row.get("nouns", ()):
            for words in (noun.split(), _plural(noun).split()):
                wordings.setdefault(words[0], []).append(Wording(predicate, tuple(words[1:]), frozenset()))
        phrases.extend((predicate, tuple(phrase.split())) for phrase in row.get("phrases", ()))
    cues = bundle.toml("claims", "cues.toml")
    says = {
        word: (stance, min(forms))
        for stance, verbs in cues["says"].items()
        for verb in verbs
        for word, forms in inflect(verb).items()
    }
    verbs = frozenset(word for word, found in wordings.items() if any(w.forms for w in found)) | frozenset(says)
    ordered = {word: tuple(sorted(found, key=lambda w: -len(w.rest))) for word, found in wordings.items()}
    return Lexicon(tuple(predicates), ordered, tuple(phrases), says, verbs, cues)


def _predicate(row: Mapping[str, Any]) -> Predicate:
    where = f"data/claims/predicates.toml, {row.get('id', 'a row without id')!r}"
    roles = {name: row[name] for name in FRAME if name in row}
    needs = frozenset(row.get("needs", ()))
    known = {
        "id",
        "verbs",
        "nouns",
        "phrases",
        "control",
        "codes",
        "needs",
        "status",
        "after",
        "before",
        "near",
        "unless",
        "gained_after",
        "examples",
        "counter_examples",
    }
    if unknown := sorted(set(row) - known - set(FRAME)):
        raise TableError(f"{where}: unknown keys {', '.join(unknown)}; expected {', '.join(sorted(known | set(FRAME)))}")
    if wrong := sorted(set(roles.values()) - ROLES) + sorted(needs - NEEDS):
        raise TableError(
            f"{where}: unknown roles or needs {', '.join(wrong)}; roles are {', '.join(sorted(ROLES))}, needs {', '.join(sorted(NEEDS))}"
        )
    if row.get("codes") not in CODES or not row.get("examples"):
        raise TableError(
            f"{where}: codes {row.get('codes')!r}, {len(row.get('examples', ()))} examples; expected taking, transfer, an ACLED sub-event type or '', and an example"
        )
    return Predicate(
        id=row["id"],
        control=Control(row["control"]),
        codes=row["codes"],
        roles=roles,
        needs=needs,
        status=Status(row["status"]) if "status" in row else None,
        after=frozenset(row.get("after", ())),
        before=frozenset(row.get("before", ())),
        near=frozenset(word for phrase in row.get("near", ()) for word in _forms_of(phrase)),
        unless=frozenset(row.get("unless", ())),
        gained_after=frozenset(row.get("gained_after", ())),
        examples=tuple(row["examples"]),
        counter_examples=tuple(row.get("counter_examples", ())),
    )


def _forms_of(phrase: str) -> Iterator[str]:
    """Yield a word that must stand near in the forms it has as a verb and as a noun: "go off", "went off", "blast", "blasts"."""
    first, *rest = phrase.split()
    for word in {*inflect(first), _plural(first)}:
        yield " ".join([word, *rest])


def _plural(noun: str) -> str:
    if noun.endswith(("sh", "ch", "s", "x")):
        return noun + "es"
    return noun[:-1] + "ies" if noun.endswith("y") and noun[-2] not in "aeiou" else noun + "s"
