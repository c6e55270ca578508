"""What a predicate needs beside it before it says anything: a table of small questions about the sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mapper.claims.chunks import HEADS, KIND_NOUNS, Chunk, Party, Places
from mapper.claims.counts import CIVILIAN_NOUNS, is_civilian, is_human, phrase
from mapper.claims.dates import WEEKDAYS
from mapper.claims.frames import Frame
from mapper.claims.lexicon import Lexicon
from mapper.claims.numbers import NUMBER_WORDS
from mapper.claims.tokens import ADVERBS, AUXILIARIES, DETERMINERS, NEGATIONS, Token
from mapper.model import Actor

UNARMED = frozenset({"civilians", "protesters", "rioters"})
_ARMED_PEOPLE = frozenset("fighters gunmen militants insurgents rebels troops soldiers commandos militiamen attackers".split())
WINDOW = 8


@dataclass(frozen=True, slots=True)
class Scene:
    """One frame in its sentence, as far as a need looks."""

    tokens: Sequence[Token]
    chunks: Sequence[Chunk]
    frame: Frame
    actor: Actor | None
    target: Actor | None
    lexicon: Lexicon
    protest_before: bool

    def around(self, before: int = WINDOW, after: int = WINDOW) -> list[str]:
        """Return the words about the predicate, its own among them."""
        return [t.low for t in self.tokens[max(0, self.frame.start - before) : self.frame.end + after]]

    def has(self, key: str, before: int = WINDOW, after: int = WINDOW) -> bool:
        """Tell whether a word of one of the context lists stands near."""
        return not self.lexicon.words("context", key).isdisjoint(self.around(before, after))


def _word_before(scene: Scene) -> str:
    """Return the word before the verb group, "" where there is none: "gunmen" of "gunmen have also abducted"."""
    before = (t.low for t in reversed(scene.tokens[: scene.frame.start]))
    return next((low for low in before if low not in AUXILIARIES | ADVERBS), "")


def _armed(scene: Scene) -> bool:
    if scene.actor is not None and not (scene.frame.passive and scene.frame.actor is None):
        return scene.actor.side not in UNARMED
    if _word_before(scene) in _ARMED_PEOPLE:
        return True
    if scene.frame.passive or not scene.frame.forms:
        return scene.has("outposts") or (scene.target is not None and scene.target.side not in UNARMED)
    return False


def _fight(scene: Scene) -> bool:
    if scene.target is not None and scene.target.side in UNARMED:
        return False
    return scene.has("fight") or scene.target is not None


def _party(scene: Scene) -> bool:
    return any(a is not None and a.side not in UNARMED for a in (scene.actor, scene.target))


def _aircraft(scene: Scene) -> bool:
    if scene.frame.passive:  # a helicopter that was hit bombed nobody
        return scene.has("aircraft", before=0)
    return "suicide" not in scene.around() and scene.has("aircraft", after=2)


def _unarmed(scene: Scene) -> bool:
    if scene.target is not None:
        return scene.target.side in UNARMED
    words = scene.around(before=6, after=5)
    behind = [t.low for t in scene.tokens[scene.frame.end : scene.frame.end + 5]]
    armed = any(w in HEADS - {"men", "boys", "people", "members", "residents"} for w in behind) and not scene.frame.passive
    return not armed and (any(w in CIVILIAN_NOUNS for w in words) or _object_is_one(scene))


def _object_is_one(scene: Scene) -> bool:
    words, name = phrase(scene.tokens, scene.frame.end)
    article = scene.frame.end < len(scene.tokens) and scene.tokens[scene.frame.end].low in ("a", "an", "the")
    return (
        scene.actor is not None
        and article
        and bool(words)
        and is_human(words[-1])
        and (name > 0 or scene.tokens[scene.frame.end].low != "the")
    )


def _people(scene: Scene) -> bool:
    words = scene.around(before=12 if scene.frame.passive else 6, after=6)
    return scene.target is not None or any(w in CIVILIAN_NOUNS or w in HEADS or w in NUMBER_WORDS or w.isdigit() for w in words)


def _protest(scene: Scene) -> bool:
    if scene.target is not None and scene.target.side not in UNARMED:
        return False
    words = scene.lexicon.words("context", "protest")
    return (
        any(t.low in words and t.text != "March" for t in scene.tokens)
        or (scene.target is not None and scene.target.side == "protesters")
        or scene.protest_before
    )


def _crowd(scene: Scene) -> bool:
    if scene.actor is not None:
        return scene.actor.side in UNARMED
    before = [t.low for t in scene.tokens[max(0, scene.frame.start - 10) : scene.frame.start]]
    return any(
        w in CIVILIAN_NOUNS or w in ("crowd", "crowds", "women", "thousands", "hundreds", "dozens", "soldiers'", "relatives")
        for w in before
    )


def _existential(scene: Scene) -> bool:
    return (
        scene.frame.start > 0
        and scene.tokens[scene.frame.start - 1].low == "there"
        and any(isinstance(c, Party) and c.start >= scene.frame.end for c in scene.chunks)
    )


def _arms(scene: Scene) -> bool:
    return scene.has("arms", before=4 if scene.frame.passive else 0, after=0 if scene.frame.passive else 9)


def _base(scene: Scene) -> bool:
    return scene.has("base", before=4 if scene.frame.passive else 0, after=6)


def _flown(scene: Scene) -> bool:
    """A flag says who holds a place while it flies there, not when somebody tears it down."""
    behind = (t.low for t in scene.tokens[scene.frame.end : scene.frame.end + WINDOW])
    flies = scene.has("flown", before=4, after=9) and NEGATIONS.isdisjoint(behind)
    return flies and not scene.has("lowered", before=4, after=6)


def _measure(scene: Scene) -> bool:
    return scene.has("measure", before=2, after=6)


def _troops(scene: Scene) -> bool:
    """What is massed, formed or consolidated, where it is named, is a force or its position: not a government, a rule, a victory."""
    behind = scene.tokens[scene.frame.end : scene.frame.end + 6]
    object_ = bool(behind) and behind[0].low in DETERMINERS and not scene.frame.passive
    return not object_ or scene.has("troops", before=0, after=6)


def _fighters(scene: Scene) -> bool:
    """Who gives up arms bears them: fighters are named, or counted, before the verb."""
    before = [t.low for t in scene.tokens[max(0, scene.frame.start - WINDOW) : scene.frame.start]]
    return (
        scene.actor is not None
        and scene.actor.side not in UNARMED
        and any(w in HEADS or w in NUMBER_WORDS or w.isdigit() for w in before)
    )


def _sides(scene: Scene) -> bool:
    """Whoever changes sides goes to another than his own."""
    return scene.actor is not None and scene.target is not None and scene.actor.side != scene.target.side


def _many(scene: Scene) -> bool:
    """Fighters, not one of them: "a police sergeant walked into Farsi" is no attack; a convoy is many."""
    start = scene.frame.actor.start if scene.frame.actor else 0
    words = [t.low for t in scene.tokens[start : scene.frame.start]]
    one = not {"a", "an", "one"}.isdisjoint((words[:1] or ["."]) + ([scene.tokens[start - 1].low] if start else []))
    return not one or not _COMPANIES.isdisjoint(words) or "of" in words


def _insurgent(scene: Scene) -> bool:
    """Whoever drives or pours into a town that is not his: the state's troops who do are its reinforcements, or flee."""
    return scene.actor is not None and scene.actor.inter == "Rebel group"


_COMPANIES = frozenset(
    "group convoy column force unit army contingent detachment band patrol battalion brigade militia squad".split()
)
"""Nouns in the singular for many."""


def _garrison(scene: Scene) -> bool:
    """Soldiers or police who leave, with nothing behind the verb that they leave: they give up the place spoken of."""
    if scene.actor is None or scene.actor.inter != "State forces":
        return False
    after = scene.tokens[scene.frame.end].low if scene.frame.end < len(scene.tokens) else "."
    placed = any(isinstance(c, Places) and scene.frame.end <= c.start <= scene.frame.end + 3 for c in scene.chunks)
    same = [t.low for t in scene.tokens[scene.frame.end : scene.frame.end + 2]] == ["the", "same"]  # "the same evening"
    return not scene.frame.forms or same or after in _ADVERBIAL or after in WEEKDAYS or (after == "in" and not placed)


_ADVERBIAL = frozenset(
    ". , ; hours days minutes on at before after by during overnight when as last early late yesterday today without for".split()
)


_GOES_ON = frozenset(["and", "but", "now", "too", "again", "since", "today", "yesterday", "while", "("])
_ENDED = frozenset("ended ends collapsed collapses crumbled crumbles".split())


def _captives(scene: Scene) -> bool:
    return scene.has("captives", before=4 if scene.frame.passive else 0, after=WINDOW)


def _closing(scene: Scene) -> bool:
    """The place and the party end what is said, and no word behind them makes something else of it: "has Nesh", not "has Nesh surrounded".

    Whose help it was had with may stand behind them: "with the support of residents".
    """
    ends = [c.end for c in (scene.frame.place, scene.frame.actor, scene.frame.target) if c is not None]
    end = max([scene.frame.end, *ends])
    words = [t.low for t in scene.tokens[end : end + 4]]
    if words[:1] == ["with"] and not {"support", "help", "assistance", "backing", "aid"}.isdisjoint(words):
        return True
    return end >= len(scene.tokens) or scene.tokens[end].low in (_ADVERBIAL - {"for"}) | WEEKDAYS.keys() | _GOES_ON


def _ended(scene: Scene) -> bool:
    """The place is followed by the verb: "control of Nesh ended on Friday", not "ended smuggling"."""
    k = scene.frame.place.end if scene.frame.place is not None else scene.frame.end
    while k < len(scene.tokens) and scene.tokens[k].low in ("has", "had", *ADVERBS):
        k += 1
    verb, behind = (scene.tokens[n].low if n < len(scene.tokens) else "." for n in (k, k + 1))
    return verb in _ENDED and (behind in _ADVERBIAL | WEEKDAYS.keys() | _GOES_ON)


def _hit(scene: Scene) -> bool:
    """Somebody is the object: "beat women", "whipped two protesters"; nobody beats drums or whips up anger."""
    behind = [t.low for t in scene.tokens[scene.frame.end : scene.frame.end + 3]]
    return scene.frame.passive or any(
        is_civilian(w) or w in ("protesters", "protestors", "demonstrators", "marchers") for w in behind
    )


def _led_off(scene: Scene) -> bool:
    """Taken by armed people: nobody is led off who is taken to hospital, and no "two districts" that they took are."""
    armed = scene.actor is not None and scene.actor.side not in UNARMED
    subject = _word_before(scene)
    if subject in KIND_NOUNS and subject.endswith("s"):
        return False
    return scene.frame.passive and armed and scene.tokens[min(scene.frame.end, len(scene.tokens) - 1)].low == "by"


NEEDS: dict[str, Callable[[Scene], bool]] = {
    "armed": _armed,
    "fight": _fight,
    "party": _party,
    "aircraft": _aircraft,
    "unarmed": _unarmed,
    "people": _people,
    "protest": _protest,
    "crowd": _crowd,
    "existential": _existential,
    "arms": _arms,
    "base": _base,
    "flown": _flown,
    "measure": _measure,
    "troops": _troops,
    "fighters": _fighters,
    "captives": _captives,
    "garrison": _garrison,
    "many": _many,
    "insurgent": _insurgent,
    "sides": _sides,
    "led-off": _led_off,
    "closing": _closing,
    "ended": _ended,
    "hit": _hit,
}
"""The needs that ask about the words around; "place", "actor", "target", "subject", "object" ask about the roles."""
