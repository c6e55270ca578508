"""Turns a Dari or Pashto name in any spelling into its normal forms, by a table of rules.

No standard decides how these names are written in Latin letters: the script leaves short vowels
out, the same long vowel is heard as e or i and as o or u, the linking -e- of izafat is written,
joined or dropped at will. Two spellings meet when they share a normal form. The forms are for
comparing only; they are no spelling of their own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from mapper.text import fold

_BGN = "BGN/PCGN romanisation of Persian and of Pashto"
_LISTS = "district lists of OCHA, AGCHO, IEC, CSO and the press, side by side"


class Rule(NamedTuple):
    """One way in which spellings differ: what is replaced, the words for a reader, and why.

    The two names of each `meet` pair share a normal form, and would not without the rule; those of
    an `apart` pair are different places, and share none.
    """

    id: str
    words: str
    why: str
    pattern: str
    replacement: str
    meet: tuple[tuple[str, str], ...]
    apart: tuple[tuple[str, str], ...] = ()
    source: str = _LISTS


MARKS: tuple[Rule, ...] = (
    Rule(
        "caron",
        "a mark on c, s, z or j stands for an h",
        "Scholars and GeoNames write one sign for the sounds that newspapers write ch, sh, zh.",
        "(?<=[cszCSZ])[\u030c\u0304]",
        "h",
        (("\u010carkh", "Charkh"), ("Kho\u0161i", "Khoshi"), ("S\u0304iberghan", "Shiberghan")),
        (("Hi\u015f\u0101r", "Hishar"),),
        "ISO 233-3 and UNGEGN romanisations of Persian; GeoNames",
    ),
    Rule(
        "lost-caron-of-many",
        "c is ch in a name that is written with marks",
        "Its own mark was lost in printing, the others were not.",
        r"(?i)c(?![hk\u030c\u0304\u0327])",
        "ch",
        (("B\u0101mc\u0101h", "Bamchah"), ("C\u0101h \u0100b", "Chah Ab")),
        (("Calbad", "Chalbad"),),
        "GeoNames",
    ),
    Rule(
        "schwa",
        "the Pashto schwa",
        "Newspapers write it e, or a.",
        "\u0259",
        "e",
        (("Zh\u0259r\u0259y", "Zherey"), ("K\u0259lay", "Kelay")),
        (),
        "BGN/PCGN romanisation of Persian and of Pashto",
    ),
)
"""Applied to names with diacritics, letter and mark apart, before the marks are dropped."""

WORDS: tuple[Rule, ...] = (
    Rule(
        "izafat",
        "the linking -e- is written or left out",
        "Izafat joins a noun to what qualifies it by a short vowel that the script does not show.",
        r"(?<=[a-z]) (?:e|i|ye|yi|y)(?= [a-z])",
        "",
        (("Pul-e-Hisar", "Pul Hisar"), ("Qala-i-Naw", "Qala Naw"), ("Qal'ah-ye Now", "Qala Now")),
        (("Nahr-e-Saraj", "Nahrin"), ("Deh-e-Salah", "Salah")),
        _BGN,
    ),
    Rule(
        "izafat-joined",
        "the linking -e- is joined to the word before it",
        "Written as it is heard: Pule, Puli, Nahri. Words of two letters and a vowel (Ali) end in a vowel of their own.",
        r"(?<=[a-z]{3})[ei](?= [a-z])",
        "",
        (("Pule Khumri", "Pul Khumri"), ("Nahri Saraj", "Nahr Saraj"), ("Qalai Naw", "Qala Naw")),
        (("Ali Abad", "Al Abad"),),
    ),
    Rule(
        "and",
        "'and' is written wa, va, o, or left out",
        "The conjunction is one letter, and is said as a vowel after a consonant.",
        r"(?<=[a-z]) (?:wa|va|w|o|u|and)(?= [a-z])",
        "",
        (("Khost wa Fereng", "Khost Fereng"), ("Khost o Fereng", "Khost and Fereng")),
        (("Khost wa Fereng", "Khost"), ("Fereng wa Gharu", "Khost wa Fereng")),
        _BGN,
    ),
    Rule(
        "article",
        "the Arabic article inside the name is written us, ul, al, or left out",
        "It takes the sound of the consonant after it, so it has many spellings.",
        r"(?<=[a-z]) (?:al|el|ul|ol|us|ud|ur)(?= [a-z])",
        "",
        (("Jabal-us-Saraj", "Jabal Saraj"), ("Jabal ul Saraj", "Jabal us Saraj")),
    ),
)
"""Applied next, in this order, to a whole name in lower case whose words are parted by single spaces."""

LETTERS: tuple[Rule, ...] = (
    Rule(
        "chahar",
        "'four' is chahar, chehar or char",
        "The h of the numeral is not heard.",
        r"^ch(?:ah?|eh?|o)?[aeo]?h?[aeo]r(?=[a-z]|$)",
        "char",
        (("Chahar Bolak", "Charbolak"), ("Chahar Dara", "Char Dara"), ("Chehar Asyab", "Char Asyab")),
        (("Chahar Dara", "Dara"),),
    ),
    Rule(
        "sayed",
        "Sayed, Sayyid, Syed, Said",
        "One title, as many spellings as outlets.",
        r"^s(?:a[iy]+|e[iy]+|y)[ei]?d(?=abad|$)",
        "said",
        (("Sayed Karam", "Syed Karam"),),
        (("Sayed Abad", "Sayad"),),
    ),
    Rule(
        "muhammad",
        "Muhammad, Mohammad, Mohammed",
        "One name, as many spellings as outlets.",
        r"^m[aou]ha?mm?[aei]d",
        "muhamad",
        (("Mohammad Agha", "Muhammed Agha"), ("Mohmmad Agha", "Mohamad Agha")),
    ),
    Rule(
        "khwaja",
        "Khwaja, Khoja, Khaja",
        "The w is written and not said.",
        r"^kh(?:wa+|aw?a|o|u|owa)j[aei]h?",
        "khaja",
        (("Khwaja Ghar", "Khoja Ghar"), ("Khwajah Dukoh", "Khoja Du Koh")),
        (("Khwaja Ghar", "Ghar"),),
    ),
    Rule(
        "final-h",
        "a final h is written or not, after a or e",
        "The silent heh ends words in -a; -ah, -eh and -a are the same ending.",
        r"(?<=[a-z]{2})[ae]h$",
        "a",
        (("Deh Salah", "Deh Saleh"), ("Musa Qaleh", "Musa Qala")),
    ),
    Rule(
        "lost-caron",
        "c before e or i is ch",
        "Its mark was lost in printing; no sound of Dari or Pashto is written c.",
        r"c(?=[ei])",
        "ch",
        (("Cemtal", "Chemtal"), ("Arci", "Archi")),
        (("Calbad", "Chalbad"),),
        "GeoNames",
    ),
    Rule(
        "dzh",
        "dzh and j",
        "Russian maps write j so.",
        r"dzh",
        "j",
        (("Dzhelalabad", "Jelalabad"), ("Khindzh", "Khinj"), ("Sandzhan", "Sanjan")),
        (("Panjshir", "Panshir"),),
        "GeoNames; romanised from maps in Russian",
    ),
    Rule(
        "sch",
        "sch and sh",
        "German papers write it so.",
        r"sch",
        "sh",
        (("Masar-e-Scharif", "Masar-e-Sharif"), ("Schindand", "Shindand")),
        (("Scharif", "Charif"),),
    ),
    Rule("kh", "kh and x", "One letter of the script.", r"kh", "x", (("Khinjan", "Xinjan"),), (("Khinjan", "Kinjan"),), _BGN),
    Rule("gh", "gh and g", "A sound that English lacks.", r"gh", "g", (("Baghlan", "Baglan"),), (("Baghlan", "Baghran"),)),
    Rule(
        "sh",
        "sh is one letter",
        "So that doubling and dropped h leave it alone.",
        r"s+h",
        "S",
        (("Kishshim", "Kishim"),),
        (("Khash", "Khas"), ("Shahr", "Sar")),
        _BGN,
    ),
    Rule(
        "ch",
        "ch, tch and Pashto ts",
        "Pashto ts is written ch or s elsewhere.",
        r"t?ch|ts",
        "C",
        (("Tsawkey", "Chawkey"), ("Tsamkani", "Chamkani")),
        (("Chak", "Khak"),),
    ),
    Rule(
        "zh", "zh, j, dj", "Loud and soft j are not kept apart.", r"zh|dj", "j", (("Zhari", "Jari"), ("Djalalabad", "Jalalabad"))
    ),
    Rule("dz", "dz and z", "Pashto dz is z in Dari.", r"dz", "z", (("Dzadran", "Zadran"), ("Wuza Dzadran", "Wuza Zadran"))),
    Rule("th", "th and dh", "Written by sound or by letter.", r"(?<=[td])h", "", (("Mitharlam", "Mitarlam"),)),
    Rule(
        "q",
        "q, k and ck",
        "A sound that English lacks.",
        r"[qc]k?",
        "k",
        (("Qunduz", "Kunduz"), ("Qalat", "Kalat")),
        (("Qala", "Ghala"),),
    ),
    Rule(
        "weak-h",
        "h before a consonant is written or not",
        "It is hardly heard there.",
        r"(?<=[aeiou])h(?![aeiouh])",
        "",
        (("Maidan Shahr", "Maidan Shar"), ("Behsud", "Besud"), ("Koh-e-Safi", "Ko-e-Safi")),
        (("Kohistan", "Kohsan"),),
    ),
    Rule(
        "w",
        "w and v",
        "One letter of the script, w in Dari and v in Iranian Persian.",
        r"v",
        "w",
        (("Varsaj", "Warsaj"), ("Parvan", "Parwan")),
        (),
        _BGN,
    ),
    Rule(
        "aw",
        "aw, ow, au, ao and o",
        "A diphthong that many hear and write as one vowel.",
        r"[ao]+[wu]+(?![aeiouwy])|ao+",
        "o",
        (("Nawzad", "Now Zad"), ("Jawzjan", "Jozjan"), ("Dawlatabad", "Dolatabad"), ("Banow", "Bano"), ("Tagao", "Tagaw")),
        (("Nawzad", "Nawa"),),
        _BGN,
    ),
    Rule(
        "ay",
        "ay, ai, ei, e and i",
        "A diphthong that many hear and write as one vowel.",
        r"[aei][iy]+(?![aeiouy])|ayi$|ayee$",
        "i",
        (("Faizabad", "Feyzabad"), ("Zharay", "Zhari"), ("Maidan", "Midan"), ("Panjshayr", "Panjshir")),
        (("Sayad", "Said Abad"), ("Nahr", "Nahrin")),
        _BGN,
    ),
    Rule(
        "u-o",
        "u, o, oo and ou",
        "Short vowels are not written, and the long ones are not kept apart.",
        r"o+u*|u+",
        "u",
        (("Pul-e-Khumri", "Pol-e-Khomri"), ("Kunduz", "Konduz"), ("Maroof", "Maruf")),
        (("Gardez", "Gurdez"),),
        _BGN,
    ),
    Rule(
        "i-e",
        "i, e, ee and ea",
        "Short vowels are not written, and the long ones are not kept apart.",
        r"e+a?|i+e*",
        "i",
        (("Hisar", "Hesar"), ("Panjshir", "Panjsheer"), ("Panjshir", "Panjshear")),
        (("Jurm", "Jarm"),),
        _BGN,
    ),
    Rule(
        "ya",
        "ia, ya and iya",
        "A glide between two vowels is written or not.",
        r"(?<=[^aiuy\n])(?:iy|y)(?=[aiu])",
        "i",
        (("Bamyan", "Bamian"), ("Bamiyan", "Bamyan"), ("Paktya", "Paktia")),
        (("Paktia", "Paktika"),),
    ),
    Rule(
        "double",
        "a doubled letter",
        "Doubling is written with a mark that is usually left out.",
        r"(.)\1+",
        r"\1",
        (("Bannu", "Banu"), ("Sayyad", "Sayad"), ("Kushk-i-Robatt", "Kushk-i-Robat")),
        (),
        _BGN,
    ),
)
"""Applied last, in this order, to each word by itself; then the words are joined."""

ARABIC: tuple[Rule, ...] = (
    Rule("tatweel", "the stretching line", "It only fills the line.", "\u0640", "", (("پنجـشیر", "پنجشیر"),)),
    Rule(
        "yeh",
        "Arabic, Persian and Pashto yeh",
        "Keyboards differ.",
        "[\u0626\u0649\u064a\u06cc\u06cd\u06d0]",
        "ی",
        (("پنجشير", "پنجشیر"),),
    ),
    Rule("kaf", "Arabic and Persian kaf", "Keyboards differ.", "[\u0643\u06a9\u06aa]", "ک", (("كابل", "کابل"),)),
    Rule("gaf", "Pashto and Persian gaf", "Pashto writes its own letter.", "[\u06ab\u06af]", "گ", (("ګردېز", "گردیز"),)),
    Rule(
        "heh",
        "forms of heh",
        "Izafat is marked on it, or not.",
        "[\u0629\u06c0\u06c1\u06c2\u06d5\u06be]",
        "ه",
        (("دهنۀ غوری", "دهنه غوری"),),
    ),
    Rule("alef", "forms of alef", "Madda and hamza are left out.", "[\u0622\u0623\u0625\u0671]", "ا", (("آبشار", "ابشار"),)),
    Rule("waw", "forms of waw", "Hamza is left out.", "[\u0624]", "و", (("مؤمن", "مومن"),)),
    Rule(
        "pashto", "Pashto letters of which Dari knows the plain ones", "Dari has no retroflex.", "[\u0693]", "ر", (("لړ", "لر"),)
    ),
    Rule("retroflex-d", "Pashto and Dari d", "Dari has no retroflex.", "[\u0689]", "د", (("ډند", "دند"),)),
    Rule("retroflex-n", "Pashto and Dari n", "Dari has no retroflex.", "[\u06bc]", "ن", (("کوڼړ", "کونړ"),)),
    Rule("retroflex-t", "Pashto and Dari t", "Dari has no retroflex.", "[\u067c]", "ت", (("ټاله", "تاله"),)),
    Rule(
        "joining",
        "vowel marks, joiners and spaces",
        "They are optional.",
        r"(?:[^\w\n]|_)+",
        "",
        (("پل حصار", "پلحصار"), ("خان\u200cآباد", "خان آباد"), ("پَنجشیر", "پنجشیر")),
    ),
)
"""Applied in this order to names in Arabic script."""

RULES = (*MARKS, *WORDS, *LETTERS, *ARABIC)
"""All patterns see a line for each name or word, and none reaches across the end of a line."""


class System(NamedTuple):
    """How the names of a country are romanised: which rules say what may vary."""

    marks: tuple[Rule, ...] = ()
    words: tuple[Rule, ...] = ()
    letters: tuple[Rule, ...] = ()
    native: tuple[Rule, ...] = ()
    liberal: bool = False
    """Whether equal consonants are a likeness, and words may have been put into English."""


GENERIC = "generic"
SYSTEMS: dict[str, System] = {"dari-pashto": System(MARKS, WORDS, LETTERS, ARABIC, liberal=True), GENERIC: System(native=ARABIC)}
"""The systems that a gazetteer's about.toml can name. Of the generic one case, diacritics, hyphens and spaces alone vary;
what varies in Arabic script is a matter of keyboards, not of a language."""

_NATIVE = re.compile("[\u0600-\u06ff]")
_GAP = re.compile(r"[\W_]+")
_LINK = re.compile(WORDS[0].pattern)
_COMPILED = {rule.id: re.compile(rule.pattern, re.MULTILINE) for rule in RULES}
_QUOTES = dict.fromkeys(map(ord, "'`"))
_SOFT = dict.fromkeys(map(ord, "aiuhwy"))
_SOFT_FIRST = dict.fromkeys(map(ord, "aiu"))


def is_native(name: str) -> bool:
    """Return whether the name is in Arabic script.

    >>> is_native("اندراب"), is_native("Andarab")
    (True, False)
    """
    return not name.isascii() and _NATIVE.search(name) is not None


@lru_cache(maxsize=65536)
def spelling(name: str) -> str:
    """Return the name in lower case without diacritics, apostrophes, hyphens and doubled spaces.

    >>> spelling("Qal‘ah-ye  Now")
    'qalah ye now'
    """
    return _GAP.sub(" ", name.lower().translate(_QUOTES) if name.isascii() else fold(name)).strip()


@lru_cache(maxsize=65536)
def normal(name: str, system: str = "dari-pashto") -> tuple[str, ...]:
    """Return the normal forms of a name: without its linking vowels, and with them joined on.

    >>> normal("Pul-e-Hisar"), normal("Pulehesar"), normal("Pul-e-Hisar", "generic")
    (('pulhisar', 'pulihisar'), ('pulihisar',), ('pulehisar',))
    """
    return forms(name, "", system)


def forms(name: str, without: str = "", system: str = "dari-pashto") -> tuple[str, ...]:
    """Return the normal forms as `normal` does, but leave out the rule with the id `without`."""
    return all_forms((name,), without, system)[name]


def all_forms(
    names: Collection[str], without: str = "", system: str = "dari-pashto", log: set[str] | None = None
) -> dict[str, tuple[str, ...]]:
    """Return the normal forms of each name, as `forms` does of one; of many, in a fraction of the time.

    The ids of the rules that changed anything go into `log`.

    >>> all_forms(["Pul-e-Hisar", "پل حصار"])
    {'Pul-e-Hisar': ('pulhisar', 'pulihisar'), 'پل حصار': ('پلحصار',)}
    """
    rules = SYSTEMS[system]
    native = {name: " ".join(name.split()) for name in names if is_native(name)}
    found: dict[str, tuple[str, ...]] = dict(
        zip(native, ((form,) for form in _apply(native.values(), rules.native, without, log)), strict=False)
    )
    latin = {name: spelling(name) for name in names if name not in native}
    marked = [name for name in latin if not name.isascii()]
    for name, letters in zip(marked, _apply(map(_parted, marked), rules.marks, without, log), strict=False):
        latin[name] = spelling(letters)
    linked = _LINK.sub("i", "\n".join(latin.values())).split("\n") if rules.words else list(latin.values())
    readings = list(zip(_apply(latin.values(), rules.words, without, log), linked, strict=False))
    words = list(dict.fromkeys(word for pair in readings for reading in pair for word in reading.split(" ")))
    heard = dict(zip(words, _apply(words, rules.letters, without, log), strict=False))
    for name, pair in zip(latin, readings, strict=False):
        found[name] = tuple(dict.fromkeys("".join([heard[word] for word in reading.split(" ")]) for reading in pair))
    return {name: tuple(filter(None, found[name])) for name in names}


def _parted(name: str) -> str:
    """Return the name on one line, letters and their marks apart."""
    return unicodedata.normalize("NFD", " ".join(name.split()))


def differences(one: str, other: str) -> tuple[str, ...]:
    """Return in words what two spellings of a name differ in: the rules without which they do not meet.

    >>> differences("Pol-e Hesar", "Pul Hisar")
    ('the linking -e- is written or left out', 'u, o, oo and ou', 'i, e, ee and ea')
    """
    at_work: set[str] = set()
    all_forms((one, other), log=at_work)
    rules = [rule for rule in RULES if rule.id in at_work]
    return tuple(rule.words for rule in rules if not set(forms(one, rule.id)) & set(forms(other, rule.id)))


def skeleton(form: str) -> str:
    """Return the consonants of a normal form, or "" where they are too few to tell names apart.

    A last i stays: it makes a person or a tribe of a place (Andarab, Andarabi).

    >>> skeleton("andarab"), skeleton("andarabi"), skeleton("banu")
    ('ndrb', 'ndrbi', '')
    """
    bones = form[:1].translate(_SOFT_FIRST) + form[1:].translate(_SOFT)
    if len(bones) < 3 or is_native(form):
        return ""
    return bones + "i" if form.endswith("i") else bones


def _apply(strings: Iterable[str], rules: Sequence[Rule], without: str, log: set[str] | None) -> list[str]:
    """Apply the rules to strings without line breaks, all at once; [""] for no string at all."""
    lines = "\n".join(strings)
    for rule in rules:
        if rule.id != without:
            changed = _COMPILED[rule.id].sub(rule.replacement, lines)
            if log is not None and changed != lines:
                log.add(rule.id)
            lines = changed
    return lines.split("\n")
