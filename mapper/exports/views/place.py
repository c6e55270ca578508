"""A province or district -> who is said to hold it, since when, and by whom, sentence by sentence."""

from __future__ import annotations

from collections.abc import Sequence

from mapper.errors import UnknownNameError
from mapper.exports.explanation import printed, told
from mapper.exports.records import Record, Records
from mapper.exports.views.claim import Sentences
from mapper.exports.views.view import View, aside, table


def place(records: Records, pcode: str) -> View:
    """Return the entry of the ledger of control; UnknownNameError when nothing is claimed of who holds the place."""
    ledger = {feature["properties"]["place_id"]: feature["properties"] for feature in records.control}
    if pcode not in ledger:
        known = ", ".join(f"{id} ({entry['name']})" for id, entry in list(ledger.items())[:10])
        raise UnknownNameError(
            f"{pcode!r}: nothing is claimed of who holds it; expected one of the {len(ledger)} places: {known}"
        )
    entry = ledger[pcode]
    ids = [statement["claim_id"] for statement in entry["claims"]]
    of_id = {row["claim_id"]: row for row in records.claims if row["claim_id"] in set(ids)}
    claims = [of_id[id] for id in ids]
    return View(_words(records, entry, claims), _page(records, entry, claims))


def _standing(entry: Record) -> str:
    holder, since = entry["holder"] or "nobody named", f" since {entry['since']}" if entry["since"] else ""
    return f"{entry['name']} ({entry['place_id']}): {entry['status']}; {holder}{since}; independent origins {entry['independent_origins']}"


def _periods(entry: Record) -> list[tuple[str, str, str, str]]:
    return [
        (period["from"] or "unknown", period["to"] or "open", period["status"], period["holder"] or "nobody named")
        for period in entry["periods"]
    ]


def _reasons(entry: Record) -> list[str]:
    return [f"{reason['name']}: {reason['note']}" for reason in entry["evidence"]]


def _words(records: Records, entry: Record, claims: Sequence[Record]) -> str:
    articles = {row["id"]: row for row in records.articles}
    out = [_standing(entry), *(f"- {reason}" for reason in _reasons(entry))]
    out += ["", "Periods", *(f"- {start} to {end}: {status}; {holder}" for start, end, status, holder in _periods(entry))]
    out += ["", f"Claims ({len(claims)})"]
    for claim in claims:
        quote = " ".join(claim["quote"].split())
        out += [f"- {printed(claim, articles[claim['article_id']])}", f"  > {quote}", f"  {told(claim)}"]
    return "\n".join(out)


def _page(records: Records, entry: Record, claims: Sequence[Record]) -> str:
    sentences = Sentences(records, {claim["article_id"] for claim in claims})
    periods = [[aside(cell) for cell in row] for row in _periods(entry)]
    out = [
        '<section style="max-width:50em;line-height:1.5">',
        f"<h4>{aside(_standing(entry))}</h4><ul>{''.join(f'<li>{aside(reason)}</li>' for reason in _reasons(entry))}</ul>",
        table(("from", "to", "status", "holder"), periods),
        f"<h4>Claims ({len(claims)})</h4>",
        *map(sentences.card, claims),
        "</section>",
    ]
    return "".join(out)
