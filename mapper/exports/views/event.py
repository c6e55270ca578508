"""An event -> the account of `explanation`, and the same as a page on which each sentence stands marked in its paragraph."""

from __future__ import annotations

from mapper.exports import explanation
from mapper.exports.records import Records
from mapper.exports.views.claim import Sentences
from mapper.exports.views.view import View, aside


def event(records: Records, event_id: str) -> View:
    """Return the account of an event; UnknownNameError when there is none of that id."""
    found = explanation.find(records, event_id)
    sentences = Sentences(records, {claim["article_id"] for claim in found["claims"]})
    id, note, *coded = explanation.head(found)
    title = f"{found['place_name'] or 'Not placed'}, {found['event_date'] or 'on a day unknown'}: {found['sub_event_type']}"
    out = [
        '<section style="max-width:50em;line-height:1.5">',
        f"<h4>{aside(title)}</h4><p>{aside(note)}</p>",
        f"<p><code>{aside(id)}</code><br>{'<br>'.join(map(aside, coded))}</p>",
        f"<h4>{explanation.heading(found)}</h4>",
        *map(sentences.card, found["claims"]),
        *(_section(title, items) for title, items in explanation.sections(found).items() if items),
        "</section>",
    ]
    return View(explanation.explain(records, event_id), "".join(out))


def _section(title: str, items: list[str]) -> str:
    return f"<h4>{title}</h4><ul>{''.join(f'<li>{aside(item)}</li>' for item in items)}</ul>"
