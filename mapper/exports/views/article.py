"""An article -> its whole text with every claim marked, and under each paragraph who is said to say what of which place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from mapper.errors import UnknownNameError
from mapper.exports.explanation import told
from mapper.exports.records import Record, Records
from mapper.exports.views import marked
from mapper.exports.views.marked import Marked
from mapper.exports.views.view import View, aside, escape, table
from mapper.model import Span

_LINE = re.compile(r"[^\r\n]*[^\r\n\s][^\r\n]*")


def article(records: Records, article_id: str) -> View:
    """Return the article; UnknownNameError when there is none of that id, or when it was rejected, with the reason."""
    found = next((row for row in records.articles if row["id"] == article_id), None)
    if found is None:
        raise UnknownNameError(f"no article {article_id!r}; expected one of the {len(records.articles)} in articles.jsonl")
    if found["rejected"]:
        raise UnknownNameError(f"article {article_id!r} was not read: {found['rejected']}")
    names = [row for row in records.toponyms if row["article_id"] == article_id]
    claims = [row for row in records.claims if row["article_id"] == article_id]
    marks, notes = _notes(claims)
    lines = [(Span(*line.span()), *_of(Span(*line.span()), marks, names)) for line in _LINE.finditer(found["text"])]
    return View(_words(found, lines, notes, names), _page(found, lines, notes, names))


Line = tuple[Span, list[Marked], list[Record]]


def _of(line: Span, marks: Sequence[Marked], names: Sequence[Record]) -> tuple[list[Marked], list[Record]]:
    return (
        [mark for mark in marks if mark.span.start < line.end and mark.span.end > line.start],
        [name for name in names if line.start <= name["start"] and name["end"] <= line.end],
    )


def _notes(claims: Sequence[Record]) -> tuple[list[Marked], dict[int, list[str]]]:
    """Number the stretches that claims quote, in the order of their ends, and say what each claims."""
    of_span: dict[Span, list[Record]] = {}
    for claim in claims:
        of_span.setdefault(Span(claim["start"], claim["end"]), []).append(claim)
    marks, notes = [], {}
    for number, span in enumerate(sorted(of_span, key=lambda span: (span.end, span.start)), 1):
        status = min((claim["status"] for claim in of_span[span]), key=list(marked.TONES).index)
        marks.append(Marked(span, status, number))
        notes[number] = _said(of_span[span])
    return marks, notes


def _said(claims: Sequence[Record]) -> list[str]:
    """Return what is said, in a line for all places of which the same speaker says the same."""
    places: dict[str, list[str]] = {}
    for claim in claims:
        what = claim["sub_event_type"] if claim["control"] == "none" else None
        words = ": ".join(filter(None, (what, told(claim))))
        code = f" ({claim['place_id']})" if claim["place_id"] else ""
        places.setdefault(words, []).append(f"{claim['place_name'] or 'no place'}{code}")
    return [f"{', '.join(dict.fromkeys(named))}: {words}" for words, named in places.items()]


def _words(article: Record, lines: Sequence[Line], notes: dict[int, list[str]], names: Sequence[Record]) -> str:
    out = [f"{article['id']} ({marked.byline(article)})"]
    out += [article["title"]] if article["title"] and not article["text"].startswith(article["title"]) else []
    for line, marks, named in lines:
        out += ["", marked.as_words(article["text"], line, marks, named)]
        out += [f"    [{number}] {said}" for number in _ending(line, marks) for said in notes[number]]
    out += ["", "Place names", *(f"- {written}: {meant} ({times})" for written, meant, times in _meanings(names))]
    return "\n".join(out)


def _page(article: Record, lines: Sequence[Line], notes: dict[int, list[str]], names: Sequence[Record]) -> str:
    title = article["title"] if article["title"] and not article["text"].startswith(article["title"]) else article["id"]
    out = [
        '<article style="max-width:50em;line-height:1.5">',
        f"<h4>{aside(title)}</h4><p>{aside(marked.byline(article))}</p>",
        marked.legend(),
    ]
    for line, marks, named in lines:
        out.append(f'<p dir="auto" style="margin-bottom:0.2em">{marked.as_page(article["text"], line, marks, named)}</p>')
        for number in _ending(line, marks):
            out += [marked.told(f"{number}. {said}") for said in notes[number]]
    rows = [(aside(written), escape(meant), str(times)) for written, meant, times in _meanings(names)]
    return "".join([*out, "<h4>Place names</h4>", table(("written", "taken to mean", "times"), rows), "</article>"])


def _ending(line: Span, marks: Sequence[Marked]) -> list[int]:
    return [mark.number for mark in marks if mark.number is not None and mark.span.end <= line.end]


def _meanings(names: Sequence[Record]) -> list[tuple[str, str, int]]:
    """Return each spelling with what it was taken to mean and how often, in the order of the text."""
    counted = Counter((name["text"], marked.meaning(name)) for name in names)
    return [(written, meant, times) for (written, meant), times in counted.items()]
