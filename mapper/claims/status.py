"""The words around a predicate into its status: asserted, ongoing, unconfirmed, denied, planned or past."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from mapper.claims.frames import Frame
from mapper.claims.lexicon import Lexicon
from mapper.claims.morphology import Form
from mapper.claims.numbers import is_counted
from mapper.claims.reading import Sentence
from mapper.claims.tokens import ADVERBS, AUXILIARIES, BE, DO, NEGATIONS, PRONOUNS, RELATIVES, Token
from mapper.model import Control, Status

_MODAL = frozenset("will would could may might shall must 'll".split())
_AVERTS = frozenset("avert averted averting escaped escape avoided avoid staved forestalled".split())
"""Words of what was kept from happening."""
_MEANS = frozenset("intend plan want seek aim wish mean".split())
_KEPT_OFF = frozenset("prevented prevents averted foiled foils thwarted thwarts".split())
"""What befell what never came: an attack that was prevented, that police foiled."""
_PLOTTED = frozenset("planned plot plots plotted plan plans".split())
_EFFORTS = frozenset("operation operations offensive campaign effort efforts push drive".split())
"""What is begun to do something, and has not done it yet."""
_INTENT = frozenset(
    "plan plans planned planning prepare prepares prepared preparing vow vows vowed vowing pledge pledges pledged promise promises promised swear swears sworn "
    "swore threaten threatens threatened threatening intend intends intended aim aims hope hopes hoping want wants seek seeks seeking try trying attempt about going ready "
    "expect expects expected predict predicted fear fears order orders ordered urge urged call called ask asked mull mulling bid prevent stop able poised set".split()
)
_FORESEEN = frozenset("expect expects expected fear fears feared predicted warned".split())
_BEFORE_TO = frozenset("is are be so order that".split())
_TO_COME = frozenset("follow begin start expected planned take likely imminent".split())
_REAL = frozenset("managed able helped used continued began begun started forced".split())
"""Verbs whose infinitive happened: "managed to take"."""
_SEEMS = frozenset("claim claimed claims said seem seems appear appeared reported believed".split())
DEFENCES = frozenset(["defend-place", "resist", "repel"])
"""Rows of whoever is attacked."""
_ATTEMPTS = frozenset("attempt attempts attempted attempting try tries tried trying".split())
_TRIED = _ATTEMPTS | frozenset("fought fighting struggled struggling".split())
_FOILED = frozenset("repelled repulsed beaten driven pushed foiled thwarted stopped failed unsuccessful rebuffed".split())
_SPANS = frozenset("day days night nights week weeks weekend month months year years hour hours".split())
"""What "last" and "first" stand before without counting deeds: "the last month"."""
_NEVER = frozenset(
    "rather rejected denied unable unsuccessful unsuccessfully failed fail fails refused refuses rejects denies dismissed dismisses rubbished".split()
)
_CONFIRMS = frozenset("acknowledge acknowledged confirm confirmed admit admitted concede conceded recognise recognize".split())
_WITHHOLDS = frozenset("refused refuse declined decline yet nor".split())
_BY_FORCE = frozenset("forcing forced compelling compelled prompting prompted causing caused used using".split())
_REJECTS = frozenset(
    "reject rejects rejected rejecting deny denies denied denying dismiss dismisses dismissed dismissing refuted refuting".split()
)
_COMMENTS = frozenset("commented comment responded reacted spoken".split())
_REQUESTS = frozenset("requested requesting requests demanded demanding demands sought".split())
_CHECKED = frozenset(
    "verify verified confirm confirmed corroborate corroborated authenticate authenticated check checked".split()
)
_NOT_CHECKED = frozenset("not cannot neither nor no unable never impossible".split())
_ALL_SAID = frozenset("neither either both claims accounts versions reports statements figures tolls none any".split())
_SAID_BEFORE = ("claim", "account", "report", "figure", "version", "either", "neither", "none of", "toll", "statement", "number")
_FINITE = frozenset("was were is are has had".split())
_IF_TRUE = re.compile(
    r"\W*if (?:it |this |that |(?:the|this|these|those|their|such) \w+ )(?:is|are|was|were|proves?|turns? out to be) (?:true|confirmed|correct)"
)
_BRINK = re.compile(
    r"\b(?:(?:trouble|difficulty|difficulties|problems)(?: in)?$"
    r"|(?:verge|brink|edge|risk|danger|threat|cusp) of(?: \S+){0,9}$"
    r"|(?:close|closer|near|nearer) to$|short of$|on the point of(?: being)?$|(?:aimed|aiming) at$|(?:nearly|almost) succeeded in$|close to being$"
    r"|(?:aim|goal|purpose|objective|view|intention|hope|prospect|possibility|likelihood|chance|talk|fears?|spectre|event) of"
    r"(?: (?:the|a|an|its|their|his|full|complete|eventual|total|another|imminent|possible|then))*$"
    r"|(?:possible|potential|imminent|impending|looming|likely)(?: \S+){0,2}$)"
)
_WOULD = re.compile(r"^(?:\S+ ){0,5}(?:would|could|might) (?:be|mean|mark|give|open|leave|deal|cut|allow)\b")
_LIKELY = re.compile(
    r"\b(?:is|was|seems|seemed|looks|looked|became|appears|appeared) (?:now |only |just |merely |increasingly |not |far from |by no means |highly |very |extremely |[\"\N{LEFT DOUBLE QUOTATION MARK}] )*"
    r"(?:imminent|(?:possible|likely|unlikely|certain)(?! to (?!happen|come|follow|occur))|inevitable|premature|unthinkable|near|(?:a )?(?:matter|question) of (?:time|hours|days|weeks|months))\b|\b(?:cannot|can not|could not) be ruled out\b"
)
_MADE = re.compile(r"^(?:\S+ ){1,4}(?:inevitable|likely|unlikely|imminent|possible)\b")
"""Behind what somebody or something "makes" so."""
_REPORTS_BY = re.compile(r"\b(?:claims?|reports?|rumou?rs?|allegations?) (?:by|from|of|in)(?: \S+){1,5} that\b")
_ASIDE = re.compile(r" , [^,]{1,60} ,(?= that\b)")
"""Who speaks, put into the middle: "it was not true, he said, that"."""
_FALSE = frozenset("false untrue baseless lies fabricated nonsense propaganda wrong incorrect unfounded".split())
_CALLED_FALSE = re.compile(
    rf"\b(?:are|is|were|was) (?:\S+ ){{0,2}}?(?:lie|{'|'.join(sorted(_FALSE))})\b|\bfar from (?:the )?truth\b"
)
_TAKES_BACK = frozenset("withdrew withdrawn withdraws withdrawing retracted retracts retract retracting".split())
_REPORTED = frozenset("report reports claim claims story statement tweet announcement".split())
_CLAUSE_END = frozenset([";", ".", "but", "while", "that", ":", "and", ",", "after", "before", "since", "when", "as"])


def judge(frame: Frame, sentence: Sentence, stances: Sequence[str], lexicon: Lexicon, *, past: bool) -> Status:
    """Return the status of what a frame says. Planned wins over unconfirmed, past over both; a denial belongs to its speaker."""
    if past:
        return Status.PAST
    guess = _is_guess(frame, sentence.tokens)
    if frame.predicate.status is Status.PLANNED or (not guess and _planned(frame, sentence, stances)):
        return Status.PLANNED
    if guess or _unacknowledged(frame, sentence.tokens):
        return Status.UNCONFIRMED
    if _denied(frame, sentence.tokens) or (stances and stances[-1] == "deny"):
        return Status.DENIED
    if _unconfirmed(sentence, lexicon):
        return Status.UNCONFIRMED
    return Status.ONGOING if _ongoing(frame, sentence) else Status.ASSERTED


def _is_guess(frame: Frame, tokens: Sequence[Token]) -> bool:
    """Tell what somebody only takes for likely: "the Taliban likely seized the port", "may have taken it"."""
    words = [t.low for t in tokens[max(0, frame.start - 4) : frame.start]]
    may = any(a in ("may", "might", "could") and b == "have" for a, b in pairwise(words))
    ahead = any(t.low == "will" for t in tokens[: frame.start])
    return (
        bool(frame.forms) and not ahead and (may or not {"likely", "probably", "presumably", "possibly"}.isdisjoint(words[-2:]))
    )


def _planned(frame: Frame, sentence: Sentence, stances: Sequence[str]) -> bool:
    tokens = sentence.tokens
    words = [t.low for t in _before(frame, tokens)]
    if _conditional(frame, tokens) or _feared(frame, tokens) or _until(frame, tokens):
        return True
    if words[-1:] == ["to"] and any(w in _NEVER for w in words[-7:]):
        return False
    foreseen = any(t.low in _FORESEEN for t in tokens[max(0, frame.start - 5) : frame.start])
    aimed = words[-1:] == ["for"] and Form.ING in frame.forms  # "operations for retaking the town"
    ahead = aimed or _modal(words) or _intended(frame, tokens, words) or _announced(frame, tokens) or _aimed_at(frame, tokens)
    return ahead or foreseen or _near(frame, tokens) or (bool(stances) and stances[-1] in ("vow", "expect"))


def _modal(words: Sequence[str]) -> bool:
    """Tell "will take" and "could fall"; "would have fallen" looks back."""
    modal = next((w for w in reversed(words) if w in _MODAL), None)
    return modal is not None and not (
        modal in ("would", "could", "might", "may", "must") and "have" in words[list(words).index(modal) :]
    )


def _intended(frame: Frame, tokens: Sequence[Token], words: Sequence[str]) -> bool:
    """Tell an infinitive that is wished for: "plan to seize", "operations to clear"; "managed to take" happened."""
    if frame.predicate.id in DEFENCES and not _TRIED.isdisjoint(words[-4:]):
        return False  # who attempts to hold a place is fighting for it
    foiled = frame.passive and frame.predicate.id in DEFENCES and any(t.low in _ATTEMPTS for t in tokens[: frame.start])
    if foiled or _came_to_nothing(frame, tokens):
        return False
    if "to" not in words or (_is_of_row(frame, tokens) and not _near(frame, tokens)):
        return False
    if ("had", "to") in pairwise(words[-4:]):
        return False  # "had to retreat"
    return _wished(frame, tokens, words)


def _wished(frame: Frame, tokens: Sequence[Token], words: Sequence[str]) -> bool:
    """Tell by what governs the "to" of an infinitive whether it is only wished for."""
    forced = not _BY_FORCE.isdisjoint(words[-7:-1])
    real = forced or any(w in _REAL for w in words[-4:-2]) or (words[-2:-1] and words[-2] in _REAL | _SEEMS)
    if words[-1] == "to" and Form.BASE in frame.forms and (not real or not _EFFORTS.isdisjoint(words[-4:])):
        return True
    at = len(words) - 1 - list(reversed(words)).index("to")
    if at and (words[at - 1] in _REAL or not _BY_FORCE.isdisjoint(words[max(0, at - 6) : at])):
        return False  # "forcing troops to retreat", "used gunfire to disperse"
    if list(words[at + 1 : at + 2]) == ["help"]:
        return True
    near = any(w in _INTENT for w in words[max(0, at - 6) : at])
    wide = at > 0 and (
        words[at - 1] in _BEFORE_TO or any(t.low in _INTENT for t in tokens[max(0, frame.start - 12) : frame.start])
    )
    return near or wide


def _came_to_nothing(frame: Frame, tokens: Sequence[Token]) -> bool:
    """Tell an attempt that is told with its end: "attempted to capture the airport but were repelled"."""
    before = {t.low for t in tokens[max(0, frame.start - 5) : frame.start]}
    after = [t.low for t in tokens[frame.end : frame.end + 16]]
    if before.isdisjoint(_ATTEMPTS):
        return False
    but = after.index("but") if "but" in after else len(after)
    return not _FOILED.isdisjoint(after[but : but + 5]) or (
        _is_noun_of_attempt(tokens[: frame.start]) and any(a in AUXILIARIES and b in _FOILED for a, b in pairwise(after))
    )


def _is_noun_of_attempt(words: Sequence[Token]) -> bool:
    """Tell "a first attempt to" from "attempted to"."""
    return any(
        b.low in _ATTEMPTS and c.low == "to" and a.low not in AUXILIARIES | PRONOUNS
        for a, b, c in zip(words, words[1:], words[2:], strict=False)
    )


def _near(frame: Frame, tokens: Sequence[Token]) -> bool:
    """Tell what only threatens: "on the verge of becoming the second city to fall", "the possible fall of", "the fall was possible"."""
    before = " ".join(t.low for t in tokens[max(0, frame.start - 12) : frame.start])
    after = " ".join(t.low for t in tokens[frame.end : frame.end + 9])
    modal = after.split(" , ")[0].split(" . ")[0]
    return _BRINK.search(before) is not None or (
        not frame.forms
        and (
            _LIKELY.search(after) is not None
            or (re.search(r"\b(?:makes?|made|making)\b", before) is not None and _MADE.search(after) is not None)
            or (frame.predicate.control is not Control.NONE and _WOULD.search(modal) is not None)
        )
    )


def _aimed_at(frame: Frame, tokens: Sequence[Token]) -> bool:
    """Tell a noun for what is only striven for: "trying for full occupation of Kunduz", "a bid for control"."""
    words = [t.low for t in tokens[max(0, frame.start - 6) : frame.start]]
    asked = not _REQUESTS.isdisjoint(words[-4:])
    return not frame.forms and (asked or any(a in _INTENT | {"push", "fight"} and b == "for" for a, b in pairwise(words)))


def _is_of_row(frame: Frame, tokens: Sequence[Token]) -> bool:
    """Tell one of a row of deeds done: "the sixth capital to fall", "the latest district to be seized"."""
    before = [t.low for t in tokens[max(0, frame.start - 7) : frame.start + 1]]
    return any(is_counted(word) for word, after in pairwise(before) if after not in _SPANS)


def _announced(frame: Frame, tokens: Sequence[Token]) -> bool:
    """Tell a deed that is to come: "an operation will follow", "an assault is expected"."""
    after = [t.low for t in tokens[frame.end : frame.end + 8]]
    due = not {"will", "shall"}.isdisjoint(after[:3])
    return not frame.forms and (due or any(a in ("is", "are", "expected") and b in _TO_COME for a, b in pairwise(after)))


def _conditional(frame: Frame, tokens: Sequence[Token]) -> bool:
    """Tell what hangs on an "if" or "unless" of its own clause."""
    k = frame.start - 1
    while k >= 0 and tokens[k].low not in (",", ";", "."):
        if tokens[k].low in ("if", "unless"):
            return True
        k -= 1
    if tokens[k + 1].low == "should" and k >= 0:
        return True  # "many will flee, should the city fall"
    return _had_it_been(tokens)


def _had_it_been(tokens: Sequence[Token]) -> bool:
    """Tell what did not happen, and what would have followed: "Had the Taliban taken the city, the north would have been lost"."""
    opening = tokens[0].low == "had"
    comma = next((k for k, t in enumerate(tokens) if t.low == ","), len(tokens))
    would = any(a.low in ("would", "could", "might") and b.low == "have" for a, b in pairwise(tokens[comma:]))
    return opening and would


def _until(frame: Frame, tokens: Sequence[Token]) -> bool:
    """Tell what has still to happen: "will go on until the town is retaken", but "held out until it was taken"."""
    k = frame.start - 1
    while k >= 0 and tokens[k].low not in (",", ";", ".", "until", "till"):
        k -= 1
    words = [t.low for t in tokens[max(0, k) : frame.start]]
    present = (
        not {"is", "are", "have", "has"}.isdisjoint(words) if frame.passive else not frame.forms & {Form.PAST, Form.PARTICIPLE}
    )
    return words[:1] in (["until"], ["till"]) and bool(frame.forms) and present


def _feared(frame: Frame, tokens: Sequence[Token]) -> bool:
    """Tell what has not happened yet from what did: "more troops before the city falls", but "fled before the city fell"."""
    present = bool(frame.forms & {Form.THIRD, Form.BASE}) and not frame.forms & {Form.PAST, Form.PARTICIPLE}
    opening = next((t.low for t in reversed(tokens[max(0, frame.start - 6) : frame.start]) if t.low in _CLAUSE_END), None)
    return present and opening == "before"


def _before(frame: Frame, tokens: Sequence[Token]) -> Sequence[Token]:
    """Return the words of the verb group and what governs it: back to where the clause begins."""
    k = frame.start - 1
    while k >= 0 and frame.start - k <= 10 and tokens[k].low not in _CLAUSE_END:
        if tokens[k].low in RELATIVES:
            break
        k -= 1
    group = tokens[k + 1 : frame.start]
    if k >= 0 and tokens[k].low in ("and", ",") and frame.start - k <= 2:
        group = [*_shared(tokens, k), *group]
    else:
        group = _own_group(group)
    return [t for t in group if t.text != "May"]  # the month


def _own_group(words: Sequence[Token]) -> Sequence[Token]:
    """Cut off the verb of a relative clause before the predicate's own: "who would not board were taken away"."""
    finite = next((n for n in range(len(words) - 1, 0, -1) if words[n].low in _FINITE), 0)
    other = any(t.low in _MODAL or t.low in DO for t in words[:finite])
    return words[finite:] if other and words[finite - 1].low not in NEGATIONS | _MODAL else words


def _shared(tokens: Sequence[Token], k: int) -> Sequence[Token]:
    """Return the auxiliaries that a second verb shares with the first: "will advance and take"."""
    stop = next(
        (m for m in range(k - 1, max(-1, k - 12), -1) if tokens[m].low in (";", ".", "but", "while", "that")), max(-1, k - 12)
    )
    found = [t for t in tokens[stop + 1 : k] if t.low in _MODAL]
    return found[-1:]


def is_silence(frame: Frame, sentence: Sentence) -> bool:
    """Tell what somebody says nothing about: "has not said anything about the fall of the district"."""
    words = [t.low for t in sentence.tokens[max(0, frame.start - 9) : frame.start]]
    return any(pair == ("anything", "about") for pair in pairwise(words)) and not NEGATIONS.isdisjoint(words)


def is_averted(frame: Frame, sentence: Sentence) -> bool:
    """Tell what was kept from happening: "averted the fall of the city", "prevented them from taking it", "foiled a planned attack"."""
    tokens = sentence.tokens
    before = [t.low for t in tokens[max(0, frame.start - 4) : frame.start]]
    near = set(before[-3:])
    if not near.isdisjoint(_AVERTS):
        return True
    if frame.predicate.id == "repel":
        foiled = tokens[frame.start].low.startswith(("foil", "thwart"))
        return foiled and not _PLOTTED.isdisjoint(t.low for t in tokens[max(0, frame.start - 9) : frame.end + 5])
    if frame.forms:
        kept = [t.low for t in tokens[max(0, frame.start - 9) : frame.start]]
        return kept[-1:] == ["from"] and not _KEPT_OFF.isdisjoint(kept)
    behind = [t.low for t in tokens[frame.end : frame.end + 9]]
    clause = behind[: next((k for k, w in enumerate(behind) if w in (",", ";", "and", "but", "though")), len(behind))]
    kept_off = any(a in ("was", "were", "been") and b in _KEPT_OFF for a, b in pairwise(clause))
    return kept_off or any(b in _KEPT_OFF and a != "to" for a, b in pairwise([".", *before]))


def foretells_none(frame: Frame, sentence: Sentence) -> bool:
    """Tell what somebody says will not come: "the city will not fall" is no word on who has it."""
    words = [t.low for t in sentence.tokens[max(0, frame.start - 4) : frame.start]]
    if words[-1:] == ["to"] and any(a in NEGATIONS and b in _MEANS for a, b in pairwise(words)):
        return True  # "do not intend to take"
    never = words[-1:] == ["never"] and Form.PAST in frame.forms  # "when they ruled, they never captured it"
    near = [t.low for t in sentence.tokens[max(0, frame.start - 7) : frame.start]]
    let = any(near[k : k + 3] in (["will", "not", w] for w in ("leave", "let", "allow")) for k in range(len(near)))
    return bool(frame.forms) and (
        never or let or any(a in ("will", "would", "shall") and b in ("not", "never") for a, b in pairwise(words))
    )


def _unacknowledged(frame: Frame, tokens: Sequence[Token]) -> bool:
    """Tell what somebody did not confirm from what somebody denies: "did not openly acknowledge the fall"."""
    words = [t.low for t in tokens[max(0, frame.start - 9) : frame.start]]
    return any(
        word in _CONFIRMS and any(w in NEGATIONS or w in _WITHHOLDS for w in words[max(0, n - 4) : n])
        for n, word in enumerate(words)
    )


def _denied(frame: Frame, tokens: Sequence[Token]) -> bool:
    if _came_to_nothing(frame, tokens):
        return True
    words = [t.low for t in _before(frame, tokens)]
    near = words[-5:]
    if any(w in _COMMENTS for w in near):
        return False  # "has not yet commented on the airstrike"
    if any(w in NEGATIONS - {"without", "nobody", "none"} for w in near) and ("not", "only") not in pairwise(near):
        return True
    if any(w in _NEVER for w in words[-7:]):
        return True
    governing = [t.low for t in tokens[max(0, frame.start - 14) : frame.start]]
    if is_rejected(frame, tokens):
        return True
    if _taken_back(governing) or called_false(frame, tokens):
        return True
    if any(t.low == "no" for t in tokens[frame.start : frame.end]) or (
        "existential" in frame.predicate.needs and any(t.low in ("no", "not") for t in tokens[frame.end : frame.end + 2])
    ):
        return True
    after = [t.low for t in tokens[frame.end : frame.end + 10]]
    cancelled = any(a == "called" and b == "off" for a, b in pairwise(after)) or "cancelled" in after
    return cancelled or (not frame.forms and any(w in ("no", "not") for w in words[-3:]))


def is_rejected(frame: Frame, tokens: Sequence[Token]) -> bool:
    """Tell "rejects the claim that X", "we reject reports that X"."""
    governing = [t.low for t in tokens[max(0, frame.start - 14) : frame.start]]
    told = any(a in ("claim", "claims", "reports", "report") and b == "that" for a, b in pairwise(governing))
    return told and not _REJECTS.isdisjoint(governing)


def _taken_back(governing: Sequence[str]) -> bool:
    """Tell "has withdrawn its report that X" and "retracted the claim that X"."""
    verb = next((k for k, w in enumerate(governing) if w in _TAKES_BACK), None)
    object_ = governing[verb + 1 : verb + 4] if verb is not None else []
    return object_[:1] != ["from"] and any(w in _REPORTED for w in object_)


def called_false(frame: Frame, tokens: Sequence[Token]) -> bool:
    """Tell "it is not true that X" and "reports that X are false"."""
    before = _ASIDE.sub("", " ".join(t.low for t in tokens[: frame.start]))
    after = [t.low for t in tokens[frame.end :]]
    if any(cue in before for cue in ("not true that", "untrue that", "false that", "no truth in")):
        return True
    reported = _REPORTS_BY.search(before) is not None or any(
        cue in before
        for cue in (
            "reports that",
            "claims that",
            "rumours that",
            "rumors that",
            "reports of",
            "reports about",
            "rumours about",
            "rumors about",
            "rumours of",
            "rumors of",
            "claims of",
            "claim that",
            "report that",
            "claim of",
            "claim to have",
            "claims to have",
        )
    )
    called = _CALLED_FALSE.search(" ".join(after)) is not None
    return reported and (called or any(a == "not" and b in ("true", "correct", "accurate") for a, b in pairwise(after)))


def _unconfirmed(sentence: Sentence, lexicon: Lexicon) -> bool:
    low = " ".join(t.low for t in sentence.tokens)
    return any(cue in low for cue in lexicon.cues["status"]["unconfirmed"]) or _IF_TRUE.match(low) is not None


def disclaims(sentence: Sentence, lexicon: Lexicon) -> bool:
    """Tell a sentence that doubts what was said before: "The claim could not be independently verified."."""
    low = " ".join(t.low for t in sentence.tokens)
    return (_unconfirmed(sentence, lexicon) or _unchecked(sentence.tokens)) and any(word in low for word in _SAID_BEFORE)


def doubts_all(sentence: Sentence) -> bool:
    """Tell whether a doubt is of all accounts of an article: "neither account", "the claims of both sides"."""
    return any(t.low in _ALL_SAID for t in sentence.tokens)


def _unchecked(tokens: Sequence[Token]) -> bool:
    """Tell that something could not be checked: a verb of checking behind a negation of its clause."""
    checked = next((n for n, t in enumerate(tokens) if t.low in _CHECKED), 0)
    return any(t.low in _NOT_CHECKED for t in tokens[max(0, checked - 9) : checked])


def is_under_way(frame: Frame, sentence: Sentence) -> bool:
    """Tell a progressive verb: "the city is falling", "is being overrun"."""
    if frame.predicate.status is not None or not frame.forms & {Form.ING, Form.PARTICIPLE}:
        return False
    k = frame.start - 1
    while k >= 0 and (sentence.tokens[k].low in ADVERBS or sentence.tokens[k].low == "also"):
        k -= 1
    auxiliary = sentence.tokens[k].low if k >= 0 else ""
    if Form.PARTICIPLE in frame.forms:
        return auxiliary == "being" and k > 0 and sentence.tokens[k - 1].low in BE
    return auxiliary in BE


def _ongoing(frame: Frame, sentence: Sentence) -> bool:
    """Tell what is under way: a progressive verb, or fighting that goes on."""
    if frame.predicate.codes in ("taking", "transfer"):
        return is_under_way(frame, sentence)
    tokens = sentence.tokens
    fight = frame.predicate.codes == "Armed clash" or frame.predicate.control is Control.CONTESTED
    if not fight:
        return False
    window = [t.low for t in tokens[max(0, frame.start - 6) : frame.end + 8]]
    joined = " ".join(window)
    if any(
        cue in joined
        for cue in (
            "continue",
            "ongoing",
            "under way",
            "underway",
            "goes on",
            "going on",
            "still ",
            "raging",
            "rages",
            "proceed",
            "are fighting",
            "is fighting",
            "been fighting",
            "being fought",
            "in its third",
            "fourth day",
            "third day",
            "second day",
            "fifth day",
            "almost every",
            "day of fighting",
        )
    ):
        return True
    return (
        bool(frame.forms)
        and tokens[frame.start].low.endswith("ing")
        and any(t.low in AUXILIARIES for t in tokens[max(0, frame.start - 3) : frame.start])
    )
