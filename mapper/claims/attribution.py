"""Sentences into sayings: who speaks, through whom, with what stance, and over which characters it holds.

The vocabulary is PARC's: an attribution is a source, a cue and a content. A quotation whose speaker
stands in a sentence beside it is given to that speaker.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from mapper.actors import Actors
from mapper.claims.lexicon import Lexicon
from mapper.claims.reading import Reading, Sentence
from mapper.claims.sayings import Saying, Sayings
from mapper.claims.speakers import Heard
from mapper.model import Hop, HopKind, Span
from mapper.text import fold, paragraphs

_TURN = re.compile(r"[QA]:\s")
"""How the turns of an interview begin."""


def attribute(reading: Reading, lexicon: Lexicon, actors: Actors) -> tuple[Saying, ...]:
    """Return every saying of the article in text order."""
    heard = Heard()
    found: list[Saying] = []
    answers = _answers(reading)
    for sentence in reading.sentences:
        if sentence.furniture:
            continue
        answer = answers.get(sentence.paragraph)
        if answer and heard.interviewed is None:
            heard.interviewed = next(iter(heard.hops[::-1]), None)
        if answer and heard.interviewed and not any(s.content == (answer,) for s in found):
            label = Span(answer.start - len("A:"), answer.start)
            found.append(Saying((heard.interviewed,), "plain", (answer,), label, label))
        heard.withdrawn = heard.withdrawn or _withdraws(sentence)
        here = list(Sayings(reading, sentence, lexicon, actors, heard).all())
        found.extend(_bounded(here))
    found.sort(key=lambda s: s.cue)
    return tuple(_with_asides(reading, list(_with_quotations(reading, found))))


def _answers(reading: Reading) -> dict[int, Span]:
    """Return the paragraphs of an interview that are answers, without their "A:"; none where nobody asks."""
    text = reading.article.text
    spans = {n: p for n, p in enumerate(paragraphs(text)) if _TURN.match(text, p.start, p.end)}
    asked = any(text[p.start] == "Q" for p in spans.values())
    return {n: Span(p.start + len("A:"), p.end) for n, p in spans.items() if text[p.start] == "A"} if asked else {}


def _withdraws(sentence: Sentence) -> bool:
    """Tell a correction: "The paper has withdrawn its report", "CORRECTION: ..."."""
    low = [t.low for t in sentence.tokens]
    taken_back = any(w in ("withdrawn", "withdrew", "withdraws", "retracted", "retracts", "corrected") for w in low)
    return low[:1] == ["correction"] or (
        taken_back and any(w in ("report", "story", "article", "headline", "claim") for w in low)
    )


def chain(reading: Reading, sayings: Sequence[Saying], at: int) -> tuple[tuple[Hop, ...], tuple[str, ...]]:
    """Return the hops from the outlet to the original speaker of the words at an offset, and the stances on the way."""
    outlet = Hop(reading.article.outlet, None, HopKind.OUTLET)
    hops, stances = [outlet], []
    for saying in sorted((s for s in sayings if s.covers(at)), key=lambda s: -s.width):
        for hop in saying.hops:
            if fold(hop.name or "") not in {fold(h.name or "") for h in hops}:
                hops.append(hop)
        stances.append(saying.stance)
    return tuple(hops), tuple(stances)


def _bounded(sayings: list[Saying]) -> list[Saying]:
    """End an open content where the next speaker of the same sentence begins, unless that one speaks inside it."""
    found: list[Saying] = []
    for saying, following in zip_longest(sayings, sayings[1:]):
        if (
            following is None
            or not saying.content
            or saying.content[-1].end <= following.speaker.start
            or saying.content[0].start >= following.cue.end
        ):
            found.append(saying)
            continue
        nested = following.speaker.start - saying.cue.end <= 12 or following.stance == "relay"
        ends = [s if nested else Span(s.start, min(s.end, following.speaker.start)) for s in saying.content]
        kept = tuple(s for s in ends if s.start < s.end)
        found.append(replace(saying, content=kept) if kept else saying)
    return found


def _with_quotations(reading: Reading, sayings: list[Saying]) -> Iterator[Saying]:
    """Give each quotation its speaker: the one whose sentence touches it, else the one just before in its paragraph."""
    starts = [s.span.start for s in reading.sentences]
    cues = [s.cue.start for s in sayings]
    extended = list(sayings)
    for quotation in reading.quotations:
        first = max(0, bisect_right(starts, quotation.start) - 1)
        inside = reading.sentences[first : bisect_left(starts, quotation.end)]
        if not inside or any(s.furniture for s in inside):
            continue
        near = range(bisect_left(cues, inside[0].span.start), bisect_left(cues, inside[-1].span.end))
        touching = [n for n in near if not quotation.start <= cues[n] < quotation.end]
        if touching:
            speaker = min(touching, key=lambda n: min(abs(cues[n] - quotation.end), abs(quotation.start - sayings[n].cue.end)))
        else:
            speaker = bisect_left(cues, quotation.start) - 1
            if quotation.end - quotation.start <= SCARE or speaker < 0 or _apart(reading, starts, cues[speaker], inside[0]):
                continue
        extended[speaker] = replace(extended[speaker], content=(*extended[speaker].content, quotation))
    yield from sorted(extended, key=lambda s: s.cue)


def _with_asides(reading: Reading, sayings: list[Saying]) -> Iterator[Saying]:
    """Give a sentence without a speaker to the one who speaks in the sentence before it and goes on in the one behind it."""
    by_sentence = [[s for s in sayings if x.span.start <= s.cue.start < x.span.end] for x in reading.sentences]
    extended = {id(s): s for s in sayings}
    for before, here, after in zip(reading.sentences, reading.sentences[1:], reading.sentences[2:], strict=False):
        first, last = by_sentence[before.index], by_sentence[after.index]
        told = by_sentence[here.index] or any(s.covers(here.span.start) for s in sayings)
        if told or not first or not last or here.furniture or len({before.paragraph, here.paragraph, after.paragraph}) > 1:
            continue
        if first[-1].hops and first[-1].hops == last[0].hops:
            saying = extended[id(first[-1])]
            extended[id(first[-1])] = replace(saying, content=(*saying.content, here.span))
    yield from sorted(extended.values(), key=lambda s: s.cue)


SCARE = 25
"""Characters up to which a quotation without a speaker of its own is taken for a word in scare quotes."""


def _apart(reading: Reading, starts: Sequence[int], at: int, sentence: Sentence) -> bool:
    """Tell whether a cue stands further than one paragraph before a sentence."""
    return sentence.paragraph - reading.sentences[bisect_right(starts, at) - 1].paragraph > 1
