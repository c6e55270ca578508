"""One sentence into its sayings: "NP said that", "..., NP said", "according to NP", and the shapes of headlines and lists."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from mapper.actors import Actors
from mapper.claims.lexicon import Lexicon
from mapper.claims.morphology import Form
from mapper.claims.numbers import NUMBER_WORDS
from mapper.claims.phrases import Phrase
from mapper.claims.reading import Reading, Sentence
from mapper.claims.speakers import Heard, Speakers
from mapper.claims.tokens import (
    ADVERBS,
    AUXILIARIES,
    BE,
    CLOSERS,
    CONJUNCTIONS,
    DASHES,
    DETERMINERS,
    PREPOSITIONS,
    QUOTES,
    RELATIVES,
    Token,
)
from mapper.model import Hop, HopKind, Span
from mapper.text import fold


@dataclass(frozen=True, slots=True)
class Saying:
    """One act of speech reported in the article: its hops from outer to inner, its stance, what it covers."""

    hops: tuple[Hop, ...]
    stance: str
    content: tuple[Span, ...]
    cue: Span
    speaker: Span

    def covers(self, at: int) -> bool:
        """Tell whether the character at this offset belongs to what is said."""
        return any(start <= at < end for start, end in self.content)

    @property
    def width(self) -> int:
        """How many characters it covers."""
        return sum(span.end - span.start for span in self.content)


_NOUNS = frozenset(
    "report reports claim claims state states comment comments note quote quotes record cite fear fears estimate estimates show shows promise dispute vow vows "
    "tweet tweets threat".split()
)
"""Words that are verbs of saying and nouns alike."""

_BEFORE_NOUNS = frozenset("unconfirmed media news of in many initial are were several reported to earlier no reports by".split())
_HEARSAY = frozenset("reported claimed said believed estimated expected feared".split())
"""Passives that name no speaker: "fighting was reported in"."""

_TOLD = frozenset(
    "claim claims report reports assertion assertions allegation allegations account accounts statement rumours rumors".split()
)
"""What others said, as a noun."""

_TURNS = frozenset("it later then this reports residents locals witnesses officials".split())
"""How the outlet's own words go on behind "denied any losses, but"."""
_ISSUES = frozenset("issued issues issue released releases published publishes posted sent".split())
_HEARERS = frozenset(
    "reporters journalists us telephone phone satellite press conference message text interview local media voice separate calls".split()
)


class Sayings(Speakers):
    """Finds the sayings of one sentence, whatever shape they have."""

    def __init__(self, reading: Reading, sentence: Sentence, lexicon: Lexicon, actors: Actors, heard: Heard) -> None:
        """Take the sentence, and who has spoken before it."""
        super().__init__(reading, sentence, lexicon, actors, heard)
        self.latest: Saying | None = None

    def all(self) -> Iterator[Saying]:
        """Yield the sayings in the order of their cues."""
        found: list[Saying] = []
        for i in range(len(self.tokens)):
            saying = self._at(i)
            if saying:
                if found and self._goes_on(i):
                    found[-1] = _ended(found[-1], self.tokens[i - 1].start)
                self._heard(saying)
                self.latest = saying
                found.append(saying)
        yield from found
        if self.latest is None:
            self._introduce()
            for saying in (self._labelled(), self._presented(), self._trailed()):
                if saying:
                    self._heard(saying)
                    yield saying

    def _introduce(self) -> None:
        """Note somebody brought in without a word: "A trader laughed when he was asked.", whom the next "he said" means."""
        if not self.tokens or self.low(0) not in ("a", "an", "one", "another", "the") or self.sentence.quoted[0]:
            return
        verb = next((k for k in range(2, min(9, len(self.tokens))) if self.has_verb(k, k + 1)), None)
        subject = self.choose(self.segments(0, verb)) if verb else None
        words = [t.low for t in self.tokens[subject.start : subject.end]] if subject else []
        nouns = self.offices if self.low(0) == "the" else self.people
        if (subject and words[-1] in nouns) or (subject and self.low(0) != "the" and not nouns.isdisjoint(words)):
            for hop in self.hops(subject, verb or 0):
                self.remember(replace(hop, medium=None, day=None))

    def _at(self, i: int) -> Saying | None:
        """Return the saying whose cue stands at token `i`."""
        low = self.low(i)
        if low == "according" or (
            low == "per" and (self.low(i - 1) == "as" or (self.low(i - 1) == "," and self.low(i + 1) == "the"))
        ):
            return self._according(i)
        if low == "put" and self.low(i + 1) == "it":
            return self._put(i)
        if low in self.lexicon.says and self.low(i - 1) == "as" and self.low(i + 1) == "by":
            return self._according(i)  # "as claimed by the ministry"
        if low in self.lexicon.says and self._is_verb(i):
            return self._said(i)
        rumour = low in ("reports", "rumours", "rumors", "claims") and not self._is_answered(i)
        return self._rumoured(i) if rumour else None

    def _put(self, i: int) -> Saying | None:
        """Read "as the governor put it": all the rest of the sentence is his."""
        joint = next((k for k in range(i - 1, max(-1, i - 12), -1) if self.low(k) == "as"), None)
        speaker = self.choose(self.segments(joint + 1, i)) if joint is not None else None
        if joint is None or speaker is None:
            return None
        around = (Span(self.sentence.span.start, self.tokens[joint].start), Span(self.tokens[i + 1].end, self.sentence.span.end))
        return self._saying(speaker, "plain", i, tuple(s for s in around if s.start < s.end))

    def _goes_on(self, i: int) -> bool:
        """Tell a speaker's next word: "denied this, saying clashes were going on"."""
        stance, form = self.lexicon.says.get(self.low(i), ("", None))
        return form is Form.ING and stance != "quote" and self.low(i - 1) == "," and self.latest is not None

    def _heard(self, saying: Saying) -> None:
        for hop in saying.hops:
            self.remember(hop)

    def _said(self, i: int) -> Saying | None:
        stance, form = self.lexicon.says[self.tokens[i].low]
        if stance == "quote":
            return self._quoted(i, form)
        aside = self._told_by(i, stance) or self._told_on(i, stance, form)
        if aside:
            return aside
        if self._is_inverted(i):
            after = self.after(i + 1)
            return (
                after
                if after is None
                else self._saying(after, stance, i, (Span(self.sentence.span.start, self.tokens[i].start),))
            )
        if (self.low(i - 1) == "and" or self.low(i - 1) in RELATIVES) and self.latest is not None:
            return self._further(self.latest, stance, i)
        progressive = form is Form.ING and self.low(i - 1) in BE
        subject = self._author(self.before(i)) if form is not Form.ING or progressive else None
        if subject is None:
            return None
        start = None if self._closes(subject, i) else self._content_start(i)
        joint = self.low(subject.start - 1)
        if start is None and subject.start and (joint in CONJUNCTIONS or joint == ";"):
            start = self.tokens[i].end
        closing = start is None
        content = (
            Span(self.sentence.span.start, self.tokens[subject.start].start)
            if closing
            else Span(start or 0, self.sentence.span.end)
        )
        quoted = any(t.text in QUOTES for t in self.tokens[: subject.start])
        told_behind = content.end - content.start < 8 or self.has_verb(i + 1, len(self.tokens))
        if closing and not quoted and not self.has_verb(0, subject.start) and told_behind:
            content = Span(self.tokens[i].end, self.sentence.span.end)
        before = self._told_before(subject, i) if not closing else ()
        return self._saying(
            subject, stance, i, (*before, self._until_turn(stance, i, content), *self._resumed(i, closing=closing))
        )

    def _until_turn(self, stance: str, i: int, content: Span) -> Span:
        """End what is denied before the outlet's own "but": "denied any losses, but it became clear that"."""
        turns = (
            k
            for k in range(i + 1, len(self.tokens))
            if self.low(k) == "but" and self.low(k - 1) in (",", ";") and self.low(k + 1) in _TURNS
        )
        turn = next(turns, None) if stance == "deny" else None
        return content if turn is None else Span(content.start, max(content.start, min(content.end, self.tokens[turn].start)))

    def _told_by(self, i: int, stance: str) -> Saying | None:
        """Read "it was reported by X that ..." and "..., it was announced by X"."""
        speaker = self.after(i + 2) if self.low(i + 1) == "by" and self.low(i - 1) in BE and stance == "plain" else None
        if speaker is None:
            return None
        that = next((k for k in range(speaker.end, min(speaker.end + 6, len(self.tokens))) if self.low(k) == "that"), None)
        before = Span(self.sentence.span.start, self.tokens[max(0, i - 2)].start)
        return self._saying(speaker, stance, i, (Span(self.tokens[that].end, self.sentence.span.end) if that else before,))

    def _told_on(self, i: int, stance: str, form: Form) -> Saying | None:
        """Read what hangs on what was just told: the same speaker's "saying", another's "which X denied"."""
        if self._goes_on(i) and self.latest is not None:
            return self._further(self.latest, stance, i)
        if form is Form.ING and self.latest is None and stance == "plain":
            return self._issued(i)
        return self._denied_aside(i, form) if stance == "deny" else None

    def _issued(self, i: int) -> Saying | None:
        """Read "the ministry issued a statement on Friday saying"."""
        verb = next((k for k in range(i - 1, max(0, i - 9), -1) if self.low(k) in _ISSUES), None)
        what = verb is not None and any(t.low in ("statement", "report", "message", "communique") for t in self.tokens[verb:i])
        subject = self.before(verb) if verb is not None and what else None
        return self._saying(subject, "plain", i, (Span(self.tokens[i].end, self.sentence.span.end),)) if subject else None

    def _further(self, saying: Saying, stance: str, i: int) -> Saying:
        """Return what the same speaker goes on to say behind token `i`."""
        return replace(
            saying,
            stance=stance,
            content=(Span(self.tokens[i].end, self.sentence.span.end),),
            cue=Span(self.tokens[i].start, self.tokens[i].end),
            speaker=Span(self.tokens[i - 1].start, self.tokens[i].end),
        )

    def _denied_aside(self, i: int, form: Form) -> Saying | None:
        """Read a denial of what was just told: "which the ministry denied", "a claim rejected by the governor", "X, denying the claim, said"."""
        by_whom = self.low(i + 1) == "by" and (self.low(i - 1) in _TOLD or self.low(i - 1) in BE)
        if by_whom:
            after = self.after(i + 2)
            content = () if self.low(i - 1) in _TOLD else (Span(self.sentence.span.start, self.tokens[i].start),)
            return self._saying(after, "deny", i, content) if after else None
        aside = form is Form.ING and self.low(i - 1) == "," and any(t.low in _TOLD for t in self.tokens[i + 1 : i + 5])
        which = next((k for k in range(i - 1, max(0, i - 8), -1) if self.low(k) == "which"), None)
        if not aside and which is None:
            return None
        subject = self.before(i - 1) if which is None else self.choose(self.segments(which + 1, i))
        if subject is None:
            return None
        stop = next((t.start for t in self.tokens[i + 1 :] if t.low == ","), self.tokens[-1].end)
        return self._saying(subject, "deny", i, (Span(self.tokens[i].end, stop),) if aside else ())

    def _told_before(self, subject: Phrase, i: int) -> tuple[Span, ...]:
        """Return the clause before a speaker who goes on behind a colon: "Kishim was taken by force, he said: ..."."""
        comma = subject.start - 1
        told = self.low(i + 1) == ":" and comma > 1 and self.low(comma) == "," and self.has_verb(0, comma)
        return (Span(self.sentence.span.start, self.tokens[comma].start),) if told else ()

    def _resumed(self, i: int, *, closing: bool) -> tuple[Span, ...]:
        """Return what goes on behind a speaker put between two commas: "four died, he said, and the rest fled"."""
        joined = self.low(i + 2) in CONJUNCTIONS or not self.has_verb(0, i - 2)
        resumes = closing and self.low(i + 1) == "," and joined and self.has_verb(i + 2, len(self.tokens))
        return (Span(self.tokens[i + 1].end, self.sentence.span.end),) if resumes else ()

    def _closes(self, subject: Phrase, i: int) -> bool:
        """Tell "CONTENT, NP said on Tuesday" from "NP said on Tuesday that CONTENT": a clause stands before the speaker."""
        comma = subject.start - 1
        if comma < 1 or not (self.low(comma) == "," or self.tokens[comma].text in QUOTES):
            return False
        j = i + 1
        while self.low(j) in _HEARERS:
            j += 1  # "told reporters, adding that"
        following = self.low(j)
        adverbial = (
            following in PREPOSITIONS
            or following.endswith("day")
            or following in ("later", "earlier", ",", ".", ";", "while", "and", "adding", "without")
            or following in DASHES
        )
        stop = next((k for k in range(i + 1, len(self.tokens)) if self.low(k) in (",", ":", "that")), len(self.tokens))
        return (
            adverbial and self.low(stop) not in ("that", ":") and (self.has_verb(0, comma) or self.tokens[comma].text in QUOTES)
        )

    def _quoted(self, i: int, form: Form) -> Saying | None:
        """Read "X, citing Y", "X quoted Y as saying ...", "Y, quoted by X" and "Y was quoted as saying"."""
        if self.low(i + 1) == "by":
            return self._quoted_by(i)
        if form is not Form.ING and any(t.low in BE for t in self.tokens[max(0, i - 2) : i]):
            return self._was_quoted(i)
        j = i + 1
        while self.low(j) == "to":
            j += 1
        if self.low(j) in ("a", "the") and self.low(j + 1) == "tweet" and self.low(j + 2) in ("by", "from"):
            j += 3
        speaker = self.after(j)
        if speaker is None:
            return None
        carrier = self.before(i) if form is not Form.ING else self._carrier(i)
        start = self._quoted_from(speaker.end, i, relayed=carrier is not None)
        before = Span(self.sentence.span.start, self.tokens[carrier.start if carrier else i].start)
        content: tuple[Span, ...] = (Span(start, self.sentence.span.end) if start is not None else before,)
        if (self.low(speaker.end), self.low(speaker.end + 1)) == (",", "that"):
            content = (Span(self.tokens[speaker.end + 1].end, self.sentence.span.end),)  # "X reported, quoting Y, that ..."
        elif carrier is None and self.latest is not None and start is None and self.low(i - 1) == ",":
            content = _ended(self.latest, self.tokens[i].start).content or content  # "X reported that ..., citing Y"
        return self._saying(replace(speaker, via=carrier), "plain", i, content)

    def _quoted_from(self, end: int, i: int, *, relayed: bool) -> int | None:
        """Return where what is quoted begins, behind "as saying" or a second verb of saying; None when it stood before."""
        for k in range(end, min(end + 14, len(self.tokens) - 1)):
            if self.low(k) == "as" and self.low(k + 1) in ("saying", "telling", "having"):
                return self.tokens[k].end
        later = next((k for k in range(end, min(end + 4, len(self.tokens))) if self.low(k) in self.lexicon.says and k > i), None)
        return self.tokens[later].end if later is not None and relayed else None

    def _quoted_by(self, i: int) -> Saying | None:
        carrier, speaker = self.after(i + 2), self.before(i)
        if carrier is None or speaker is None:
            return None
        saying = next((k for k in range(carrier.end, min(carrier.end + 4, len(self.tokens))) if self.low(k) == "saying"), None)
        content = (Span(self.tokens[saying].end, self.sentence.span.end),) if saying is not None else ()
        return self._saying(replace(speaker, via=carrier), "plain", i, content)

    def _was_quoted(self, i: int) -> Saying | None:
        subject = self.before(i)
        if subject is None:
            return None
        saying = next((k for k in range(i, min(i + 4, len(self.tokens))) if self.low(k) == "saying"), i)
        follows = self.has_verb(saying + 1, len(self.tokens)) and self.low(saying + 1) not in (",", ".")
        start = self._content_start(i) if follows else None
        before = Span(self.sentence.span.start, self.tokens[subject.start].start)
        return self._saying(subject, "plain", i, (Span(start, self.sentence.span.end) if start else before,))

    def _according(self, i: int) -> Saying | None:
        j = i + 2 if self.low(i + 1) in ("to", "by") else i + 1
        speaker = self.after(j)
        if speaker is None:
            return None
        opening = not self.has_verb(0, i)
        quoted = next(
            (
                k
                for k in range(speaker.end, min(speaker.end + 5, len(self.tokens) - 1))
                if self.low(k) in ("quoted", "cited") and self.low(k + 1) == "by"
            ),
            None,
        )
        if quoted is not None:
            speaker = replace(speaker, via=self.after(quoted + 2))
        if opening:
            end = next((k for k in range(speaker.end, len(self.tokens)) if self.low(k) == ","), speaker.end)
            content = Span(self.tokens[min(end, len(self.tokens) - 1)].end, self.sentence.span.end)
        else:
            content = Span(self._clause_start(i), self.tokens[i].start)
        return self._saying(speaker, "plain", i, (content,))

    def _rumoured(self, i: int) -> Saying | None:
        """ "There are unconfirmed reports that ...", "reports have emerged of ...": hearsay speaks without a name."""
        joint = next((k for k in range(i + 1, min(i + 6, len(self.tokens))) if self.low(k) in ("that", "of", "about")), None)
        between = self.tokens[i + 1 : joint] if joint else ()
        if joint is None or any(
            t.low not in AUXILIARIES
            and t.low not in ("emerged", "surfaced", "come", "on", "social", "media", "circulating", "online", "coming", "in")
            for t in between
        ):
            return None
        start = i
        while start > 0 and self.low(start - 1) in (
            "unconfirmed",
            "media",
            "local",
            "several",
            "conflicting",
            "some",
            "early",
            "initial",
            "news",
            "unverified",
        ):
            start -= 1
        if start and (self.low(start - 1) in DETERMINERS or self.low(start - 1) in self.lexicon.says):
            return None
        name = self.words(start, i + 1)
        span = Span(self.tokens[start].start, self.tokens[i].end)
        hop = Hop(name, None, HopKind.ANONYMOUS, self.tokens[i].text, span)
        return Saying(
            (hop,),
            "plain",
            (Span(self.tokens[joint].end, self.sentence.span.end),),
            Span(self.tokens[i].start, self.tokens[i].end),
            span,
        )

    def _labelled(self) -> Saying | None:
        """ "Police: seven dead." and "... (hospital)." in lists of incidents."""
        if self.tokens and (self.sentence.heading or self.sentence.index == 0):
            last = len(self.tokens) - 1
            while last > 0 and self.tokens[last].low in (".", ";"):
                last -= 1
            if self.tokens[last].low == ")":
                first = next((k for k in range(last, -1, -1) if self.tokens[k].low == "("), None)
                if first is not None and any(t.low in self.people | self.offices for t in self.tokens[first:last]):
                    return self._saying(
                        Phrase(first + 1, last), "plain", first, (Span(self.sentence.span.start, self.tokens[first].start),)
                    )
            colon = next((k for k in range(1, min(5, len(self.tokens))) if self.tokens[k].low == ":"), None)
            if (
                colon
                and not self.has_verb(0, colon)
                and (
                    any(t.low in self.people | self.offices for t in self.tokens[:colon])
                    or self.actors.named(" ".join(t.low for t in self.tokens[:colon]), None)
                )
            ):
                return self._saying(Phrase(0, colon), "plain", colon, (Span(self.tokens[colon].end, self.sentence.span.end),))
        return None

    def _presented(self) -> Saying | None:
        """ "A resident sends us a message: "...": whoever is the subject before a colon and a quotation speaks it."""
        colon = next(
            (k for k in range(2, len(self.tokens) - 1) if self.tokens[k].low == ":" and self.tokens[k + 1].text in QUOTES), None
        )
        verb = next(
            (
                k
                for k in range(1, colon or 0)
                if self.tokens[k].low in self.lexicon.verbs or self.tokens[k].low.endswith(("s", "ed"))
            ),
            None,
        )
        named = colon is not None and colon <= 4 and all(t.text[:1].isupper() for t in self.tokens[:colon])
        subject = Phrase(0, colon) if named and colon else self.choose(self.segments(0, verb)) if verb else None
        return (
            self._saying(subject, "plain", colon, (Span(self.tokens[colon].end, self.sentence.span.end),))
            if subject and colon
            else None
        )

    def _trailed(self) -> Saying | None:
        """ "Taliban capture Nesh: governor", "... - officials": a headline names its speaker last."""
        if not self.tokens or self.tokens[-1].low in (".", "!", "?"):
            return None
        mark = next(
            (
                k
                for k in range(len(self.tokens) - 1, max(0, len(self.tokens) - 6), -1)
                if self.low(k) == ":" or self.low(k) in DASHES
            ),
            None,
        )
        tail = self.tokens[mark + 1 :] if mark else ()
        words = self.people | self.offices | self.lexicon.words("speakers", "reports")
        if mark is None or mark < 3 or not tail or tail[-1].low not in words:
            return None
        return self._saying(
            Phrase(mark + 1, len(self.tokens)), "plain", mark, (Span(self.sentence.span.start, self.tokens[mark].start),)
        )

    def _is_inverted(self, i: int) -> bool:
        """Tell "..., said the minister" from "the minister, a general, said": what the comma closes is a clause, or a quotation."""
        told = self.low(i) in ("told", "tells", "telling", "informed", "assured")  # which need somebody to hear it
        if told or not self._is_name_start(i + 1) or self.low(i + 1) in ("that", "this", "there"):
            return False
        before = i - 1
        if before >= 0 and self.tokens[before].text in QUOTES:
            return self.low(before - 1) in (",", "?", "!", ".") or self.tokens[before].text in CLOSERS
        if self.low(before) != ",":
            return False
        named = self.before(i)
        if named and named.role and min(a for a, _ in self.segments(0, i)) == 0 and self._is_proper(named.start, named.end):
            return False  # "Karim Noori, head of the council, says the insurgents attacked"
        start = next((k + 1 for k in range(before - 1, -1, -1) if self.tokens[k].low in (",", ";", ":")), 0)
        clause = self.has_verb(start, before) and self.low(start) not in RELATIVES
        return clause or (not self.has_verb(i + 1, len(self.tokens)) and self._names_speaker(i + 1))

    def _names_speaker(self, i: int) -> bool:
        """Tell a noun phrase that somebody can be called by: a name, or a noun of people or offices."""
        phrase = self.after(i)
        words = self.tokens[phrase.start : phrase.end] if phrase else ()
        return any(t.text[:1].isupper() or t.low in self.people or t.low in self.offices for t in words)

    def _author(self, phrase: Phrase | None) -> Phrase | None:
        """Let the author of "a tweet by X" speak, through whom "as reported by Y" names."""
        if phrase is None:
            return None
        words = [t.low for t in self.tokens[phrase.start : phrase.end]]
        at = next(
            (
                k
                for k, (a, b) in enumerate(pairwise(words))
                if a in ("tweet", "statement", "message", "post", "report") and b in ("by", "from", "of")
            ),
            None,
        )
        if at is None:
            return phrase
        author = self.after(phrase.start + at + 2)
        carrier = next(
            (
                k
                for k in range(phrase.end, min(phrase.end + 5, len(self.tokens) - 1))
                if self.low(k) in ("reported", "quoted", "carried", "cited") and self.low(k + 1) == "by"
            ),
            None,
        )
        return replace(author, via=self.after(carrier + 2) if carrier else None) if author else phrase

    def _carrier(self, i: int) -> Phrase | None:
        """Return the outlet of "..., X reported, citing Y" or "X, citing Y, reported"."""
        k = i - 1
        while k >= 0 and self.tokens[k].low in (",",):
            k -= 1
        while k >= 0 and (
            self.tokens[k].low in self.lexicon.says
            or self.tokens[k].low in ADVERBS
            or self.tokens[k].low.endswith("day")
            or self.tokens[k].low == "on"
        ):
            k -= 1
        return self.before(k + 1) if k >= 0 else None

    def _content_start(self, i: int) -> int | None:
        """Return where the words after the verb begin, None when only adverbials follow and the content stood before."""
        k = i + 1
        if self.low(k) == "that" or self.low(k) == ":":
            return self.tokens[k].end
        if self.lexicon.says[self.tokens[i].low][0] == "call":
            return self.tokens[i].end
        that = next(
            (m for m in range(k, min(k + 16, len(self.tokens))) if self.low(m) in ("that", ":") or self.tokens[m].text in QUOTES),
            None,
        )
        rest = [t for t in self.tokens[k:] if t.low not in QUOTES and t.text.strip(".")]
        if self.tokens[i].low in ("told", "informed", "telling", "tell", "tells") and that is None:
            k = self._object_end(k)
            return self.tokens[k].start if k < len(self.tokens) and self.has_verb(k, len(self.tokens)) else None
        if that is not None and not self.has_verb(k, that):
            return self.tokens[that].end if self.low(that) in ("that", ":") else self.tokens[that].start
        if not rest or (i > 0 and self.low(i - 1) != "," and self._adverbial(k)):
            return None
        while k < len(self.tokens) and self.low(k) == ",":
            k += 1
        return (
            self.tokens[k].start
            if (k < len(self.tokens) and self.has_verb(k, len(self.tokens))) or self.low(i + 1) in ("as", "the", "a", "an")
            else None
        )

    def _object_end(self, k: int) -> int:
        """Skip the hearer of "told": "told reporters in Kabul", "told Tolo News"."""
        m = k
        while m < len(self.tokens) and self.low(m) != "the" and self._is_of_hearer(self.tokens[m]):
            m += 1
        return m

    def _is_of_hearer(self, token: Token) -> bool:
        return token.text[:1].isupper() or token.low in PREPOSITIONS or token.low in DETERMINERS or token.low in _HEARERS

    def _adverbial(self, k: int) -> bool:
        """Tell whether only an adverbial follows: ", the ministry said in a statement on Sunday."."""
        rest = self.tokens[k:]
        if not rest or rest[0].low in (".", ",", ";") or rest[0].text in QUOTES:
            stop = 1
            return not rest or rest[0].low == "." or not self.has_verb(k + stop, len(self.tokens)) or self.low(k) == ","
        return (
            rest[0].low in PREPOSITIONS
            or rest[0].low.endswith("day")
            or rest[0].low in ("later", "earlier", "today", "yesterday")
        ) and not self.has_verb(k, len(self.tokens))

    def _clause_start(self, i: int) -> int:
        stops = [t.end for t in self.tokens[:i] if t.low in (";",)]
        return stops[-1] if stops else self.sentence.span.start

    def _saying(self, phrase: Phrase, stance: str, i: int, content: tuple[Span, ...]) -> Saying | None:
        hops = [hop for p in (phrase.via, self.told(i), phrase) if p for hop in self.hops(p, i)]
        own = fold(self.reading.article.outlet or "\0")
        hops = [h for h in hops if fold(h.name or "").removeprefix("the ") != own.removeprefix("the ")]
        ourselves = self.tokens[phrase.start].low == "we" and not self.sentence.quoted[phrase.start]
        if ourselves and self.heard.withdrawn and not hops:
            stance = "deny"
        elif not hops or not self.can_speak(hops[-1]):
            return None
        spans = tuple(s for s in content if s.start < s.end)
        begin = min(self.tokens[p.start].start for p in (phrase, phrase.via) if p)
        end = self.tokens[i].start if phrase.end <= i else self.tokens[phrase.end - 1].end
        return Saying(
            tuple(dict.fromkeys(hops)),
            stance,
            spans,
            Span(self.tokens[i].start, self.tokens[i].end),
            Span(begin, end),
        )

    def _is_answered(self, i: int) -> bool:
        """Tell a claim that somebody denies or confirms from one that somebody makes: "rejected as baseless reports that"."""
        return any(self._stance(k) in ("deny", "confirm") for k in range(max(0, i - 4), i))

    def _stance(self, k: int) -> str:
        return self.lexicon.says[self.low(k)][0] if self.low(k) in self.lexicon.says else ""

    def _is_verb(self, i: int) -> bool:
        """Tell "X claims" from "the claims": a noun follows a determiner or an adjective, a verb a subject."""
        low, before = self.low(i), self.low(i - 1)
        stance, form = self.lexicon.says[low]
        if (before == "to" and form is Form.BASE) or (self.tokens[i].text[:1].isupper() and i):
            return False
        if low.startswith("allow") and (before in BE or self.low(i + 1) in ("to", "the", "them", "him")):
            return False
        if low.startswith(("post", "call")):
            return self._is_posting(i)
        if low.startswith(("put", "count")):
            return self._is_counting(i)
        if before in self.lexicon.says and self.lexicon.says[before][0] in ("deny", "confirm"):
            return False
        if low in _NOUNS and self._is_answered(i):
            return False
        if low in _NOUNS and (i == 0 or before in DETERMINERS or before in _BEFORE_NOUNS):
            return False
        passive = (before in BE or (before in ADVERBS and self.low(i - 2) in BE)) and stance != "quote"
        return not (passive and low in _HEARSAY and self.low(i + 1) != "by")

    def _is_counting(self, i: int) -> bool:
        """Tell "he put the dead at nine", "they counted eight bodies" from other putting and counting."""
        if self.low(i - 1) in DETERMINERS or self.low(i + 1) == "of":
            return False
        ahead = self.tokens[i + 1 : i + 10]
        figure = any(t.low in NUMBER_WORDS or t.low.isdigit() for t in ahead)
        return figure and (self.low(i).startswith("count") or any(t.low == "at" for t in ahead)) and self.low(i) != "county"

    def _is_posting(self, i: int) -> bool:
        """Tell "he posted", "she called it a lie" from police posts, calls and a rally called off."""
        low, before = self.low(i), self.low(i - 1)
        if low == "posted":
            return True
        off = self.low(i + 1) in ("off", "for", "on", "up", "in", "themselves")
        named = before == "also" or before in BE or self.low(i - 2) in BE
        return low in ("called", "calling") and not off and not named

    def _is_name_start(self, i: int) -> bool:
        return i < len(self.tokens) and (
            self.tokens[i].text[:1].isupper()
            or self.tokens[i].low in DETERMINERS
            or self.tokens[i].low in self.people
            or self.tokens[i].low.startswith("ex-")
            or self.tokens[i].low in ("one", "two", "former", "local")
            or (self.low(i).isalpha() and any(self.low(k) in self.offices for k in (i, i + 1)))
        )


def _ended(saying: Saying, at: int) -> Saying:
    """Return a saying that ends at an offset."""
    return replace(saying, content=tuple(Span(c.start, min(c.end, at)) for c in saying.content if c.start < at))
