"""A claim -> its sentence, marked in its paragraph, who says it through whom, and what is made of it."""

from __future__ import annotations

import re
from collections.abc import Collection

from mapper.errors import UnknownNameError
from mapper.exports.explanation import printed, told
from mapper.exports.records import Record, Records
from mapper.exports.views import marked
from mapper.exports.views.marked import Marked
from mapper.exports.views.view import View, aside
from mapper.model import Span

AROUND = 250
"""Characters of the paragraph that are shown on either side of a sentence."""


class Sentences:
    """The sentences of claims, in the texts of the articles they stand in."""

    def __init__(self, records: Records, article_ids: Collection[str]) -> None:
        """Gather the articles and their place names."""
        self._articles = {row["id"]: row for row in records.articles if row["id"] in article_ids}
        self._names: dict[str, list[Record]] = {}
        for row in records.toponyms:
            if row["article_id"] in article_ids:
                self._names.setdefault(row["article_id"], []).append(row)

    def card(self, claim: Record) -> str:
        """Return a claim as HTML: where it was printed, its sentence among others, what it says and who says it."""
        article = self._articles[claim["article_id"]]
        text, span = article["text"], Span(claim["start"], claim["end"])
        shown = _around(text, span)
        sentence = marked.as_page(text, shown, [Marked(span, claim["status"])], self._names.get(article["id"], []))
        before = "" if text[: shown.start].endswith(("\n", "\r")) or not shown.start else "… "
        after = "" if text.startswith(("\n", "\r"), shown.end) or shown.end == len(text) else " …"
        return (
            f'<p style="margin-bottom:0.2em"><small>{aside(printed(claim, article))}</small></p>'
            f'<blockquote dir="auto" style="margin:0 1em">{before}{sentence}{after}</blockquote>{marked.told(told(claim))}'
        )

    def words(self, claim: Record) -> list[str]:
        """Return the same in lines of plain text."""
        article = self._articles[claim["article_id"]]
        text, span = article["text"], Span(claim["start"], claim["end"])
        sentence = marked.as_words(text, span, [], self._names.get(article["id"], []))
        return [printed(claim, article), f"> {' '.join(sentence.split())}", told(claim)]


def claim(records: Records, claim_id: str) -> View:
    """Return a claim; UnknownNameError when there is none of that id."""
    found = next((row for row in records.claims if row["claim_id"] == claim_id), None)
    if found is None:
        raise UnknownNameError(f"no claim {claim_id!r}; expected one of the {len(records.claims)} in claims.jsonl")
    sentences = Sentences(records, {found["article_id"]})
    facts = _facts(records, found)
    page = f'<section style="max-width:50em;line-height:1.5">{sentences.card(found)}<ul>{"".join(f"<li>{aside(fact)}</li>" for fact in facts)}</ul></section>'
    return View("\n".join([*sentences.words(found), *(f"- {fact}" for fact in facts)]), page)


def _facts(records: Records, claim: Record) -> list[str]:
    """Return what was made of a claim, a line each: where, when, what, whose word, which events, and why."""
    precision = f" (time precision {claim['time_precision']})" if claim["time_precision"] else ""
    origin = next(row for row in records.origins if row["origin_id"] == claim["origin_id"])
    speaker = origin["speaker"] or f"unnamed {origin['kind']}"
    events = [f["properties"]["event_id"] for f in records.events if claim["claim_id"] in f["properties"]["claim_ids"]]
    return [
        f"place: {', '.join(filter(None, (claim['place_name'], claim['place_id']))) or 'none'}",
        f"day: {claim['event_date'] or 'unknown'}{precision}",
        f"event: {claim['sub_event_type'] or 'none of its own'}, by {claim['actor'] or 'nobody named'}, against {claim['target'] or 'nobody named'}",
        f"origin: {speaker}, in {', '.join(origin['article_ids'])}",
        f"events: {', '.join(events) or 'none'}",
        *(f"{reason['name']}: {reason['note']}" for reason in claim["evidence"]),
    ]


def _around(text: str, span: Span) -> Span:
    """Return the sentence with whole words of its paragraph around it."""
    before = text[max(text.rfind("\n", 0, span.start), text.rfind("\r", 0, span.start)) + 1 : span.start]
    after = re.split(r"[\r\n]", text[span.end : span.end + 2 * AROUND])[0]
    if len(before) > AROUND:
        before = before[-AROUND:].partition(" ")[2]
    if len(after) > AROUND:
        after = after[:AROUND].rpartition(" ")[0]
    return Span(span.start - len(before), span.end + len(after))
