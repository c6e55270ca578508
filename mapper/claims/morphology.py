"""A verb's base form into the forms a newspaper prints: third person, past, participles."""

from __future__ import annotations

import re
from enum import StrEnum

IRREGULAR: dict[str, tuple[str, str]] = {
    "be": ("was", "been"),
    "beat": ("beat", "beaten"),
    "become": ("became", "become"),
    "begin": ("began", "begun"),
    "blow": ("blew", "blown"),
    "break": ("broke", "broken"),
    "bring": ("brought", "brought"),
    "burst": ("burst", "burst"),
    "cede": ("ceded", "ceded"),
    "come": ("came", "come"),
    "cut": ("cut", "cut"),
    "do": ("did", "done"),
    "draw": ("drew", "drawn"),
    "drive": ("drove", "driven"),
    "fall": ("fell", "fallen"),
    "fight": ("fought", "fought"),
    "find": ("found", "found"),
    "flee": ("fled", "fled"),
    "fly": ("flew", "flown"),
    "get": ("got", "got"),
    "give": ("gave", "given"),
    "go": ("went", "gone"),
    "hang": ("hanged", "hanged"),
    "have": ("had", "had"),
    "hear": ("heard", "heard"),
    "hit": ("hit", "hit"),
    "hold": ("held", "held"),
    "cling": ("clung", "clung"),
    "keep": ("kept", "kept"),
    "lay": ("laid", "laid"),
    "lead": ("led", "led"),
    "leave": ("left", "left"),
    "lose": ("lost", "lost"),
    "make": ("made", "made"),
    "meet": ("met", "met"),
    "overrun": ("overran", "overrun"),
    "overtake": ("overtook", "overtaken"),
    "overthrow": ("overthrew", "overthrown"),
    "put": ("put", "put"),
    "repel": ("repelled", "repelled"),
    "retake": ("retook", "retaken"),
    "rise": ("rose", "risen"),
    "rob": ("robbed", "robbed"),
    "run": ("ran", "run"),
    "say": ("said", "said"),
    "see": ("saw", "seen"),
    "send": ("sent", "sent"),
    "set": ("set", "set"),
    "shoot": ("shot", "shot"),
    "speak": ("spoke", "spoken"),
    "stab": ("stabbed", "stabbed"),
    "steal": ("stole", "stolen"),
    "strike": ("struck", "struck"),
    "sweep": ("swept", "swept"),
    "dig": ("dug", "dug"),
    "build": ("built", "built"),
    "withstand": ("withstood", "withstood"),
    "swear": ("swore", "sworn"),
    "tear": ("tore", "torn"),
    "take": ("took", "taken"),
    "tell": ("told", "told"),
    "throw": ("threw", "thrown"),
    "win": ("won", "won"),
    "withdraw": ("withdrew", "withdrawn"),
    "write": ("wrote", "written"),
}
"""Past and past participle of the irregular verbs that the tables use."""

_DOUBLING = frozenset(
    "admit begin commit compel control defer expel kidnap overrun permit propel rebut refer regret repel".split()
)
"""Verbs of two syllables that double their last letter before -ed and -ing: stress falls on the short last one."""
_SHORT = re.compile(r"[^aeiou]*[aeiou][bdgklmnprtvz]")
"""Verbs of one syllable that do: one vowel letter, one consonant behind it."""


class Form(StrEnum):
    """A grammatical form of a verb; one word may be several."""

    BASE = "base"
    THIRD = "third"
    PAST = "past"
    PARTICIPLE = "participle"
    ING = "ing"


_BE = {
    "be": frozenset({Form.BASE}),
    "is": frozenset({Form.THIRD}),
    "are": frozenset({Form.BASE}),
    "am": frozenset({Form.BASE}),
    "was": frozenset({Form.PAST}),
    "were": frozenset({Form.PAST}),
    "been": frozenset({Form.PARTICIPLE}),
    "being": frozenset({Form.ING}),
}


def inflect(verb: str) -> dict[str, frozenset[Form]]:
    """Return each word of a verb, and the forms it may be. `verb` is one word; particles are the caller's.

    >>> sorted(inflect("seize"))
    ['seize', 'seized', 'seizes', 'seizing']
    >>> sorted(inflect("overrun")["overrun"])
    [<Form.BASE: 'base'>, <Form.PARTICIPLE: 'participle'>]
    >>> [word for word in inflect("control")]
    ['control', 'controls', 'controlling', 'controlled']
    """
    if verb == "be":
        return _BE
    stem = verb + verb[-1] if (verb in _DOUBLING or _SHORT.fullmatch(verb)) else verb
    regular = stem + "d" if verb.endswith("e") else (verb[:-1] + "ied" if _ends_in_y(verb) else stem + "ed")
    past, participle = IRREGULAR.get(verb, (regular, regular))
    found: dict[str, set[Form]] = {}
    for word, form in (
        (verb, Form.BASE),
        (_third(verb), Form.THIRD),
        (_ing(verb, stem), Form.ING),
        (past, Form.PAST),
        (participle, Form.PARTICIPLE),
    ):
        found.setdefault(word, set()).add(form)
    return {word: frozenset(forms) for word, forms in found.items()}


def _third(verb: str) -> str:
    if verb.endswith(("s", "sh", "ch", "x", "z", "o")):
        return verb + "es"
    return verb[:-1] + "ies" if _ends_in_y(verb) else verb + "s"


def _ing(verb: str, stem: str) -> str:
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    return verb[:-1] + "ing" if verb.endswith("e") and not verb.endswith("ee") else stem + "ing"


def _ends_in_y(verb: str) -> bool:
    return verb.endswith("y") and verb[-2:-1] not in ("a", "e", "i", "o", "u")
