"""An event -> words: what is claimed, by whom through whom, in which sentence, and which rules decided the rest."""

from __future__ import annotations

from collections.abc import Iterable

from mapper.errors import UnknownNameError
from mapper.exports.records import Record, Records
from mapper.model import Harm


def explain(records: Records, event_id: str) -> str:
    """Return the account of one event, several lines; UnknownNameError when there is no such event."""
    events = {feature["properties"]["event_id"]: feature["properties"] for feature in records.events}
    if event_id not in events:
        raise UnknownNameError(f"no event {event_id!r}; expected one of the {len(events)} in events.geojson")
    event = events[event_id]
    articles = {article["id"]: article for article in records.articles}
    return "\n".join(
        [
            *_head(event),
            "",
            f"Claims ({len(event['claims'])}, {_origins(event['independent_origins'])})",
            *(line for claim in event["claims"] for line in _claim(claim, articles[claim["article_id"]])),
            *_section("Sources differ", map(_contradiction, event["contradictions"])),
            *_section("Changed on the way", map(_mutation, event["mutations"])),
            *_section("Rules that decided", event["rules"]),
        ]
    )


def _head(event: Record) -> list[str]:
    return [
        event["event_id"],
        event["notes"],
        f"{event['event_type']}: {event['sub_event_type']}; {event['status']}",
        f"Coded as {event['actor1'] or 'nobody'} ({event['inter1'] or 'unknown kind'})"
        f" and {event['actor2'] or 'nobody'} ({event['inter2'] or 'unknown kind'})",
        f"Time precision {event['time_precision'] or 'unknown'}, place precision {event['geo_precision'] or 'unknown'}",
        f"Killed {_range(event['fatalities_low'], event['fatalities_high'])},"
        f" wounded {_range(event['wounded_low'], event['wounded_high'])}",
        f"Confidence {event['confidence']}: {event['confidence_reason']}",
    ]


def _claim(claim: Record, article: Record) -> list[str]:
    published = f", {article['published']}" if article["published"] else ""
    what = f"a part of it ({claim['part']})" if claim["part"] else "it"
    says = [
        claim["status"],
        *([] if claim["control"] == "none" else [f"{claim['actor'] or 'somebody'} {claim['control']} {what}"]),
    ]
    says += [f"{harm.value.replace('_', ' ')} {_bounds(*claim[harm])}" for harm in Harm if claim[harm]]
    return [
        f"- {claim['claim_id']} in {article['id']} ({article['outlet'] or 'outlet unknown'}{published})",
        f"  > {' '.join(claim['quote'].split())}",
        f"  {', '.join(says)}; said by {' < '.join(map(_hop, claim['attribution'][::-1]))}",
    ]


def _bounds(low: int | None, high: int | None) -> str:
    if low == high:
        return str(low)
    return " ".join(f"{word} {bound}" for word, bound in (("at least", low), ("at most", high)) if bound is not None)


def _hop(hop: Record) -> str:
    details = ", ".join(filter(None, (hop["role"], hop["medium"])))
    return (hop["name"] or f"unnamed {hop['kind']}") + (f" ({details})" if details else "")


def _contradiction(contradiction: Record) -> str:
    versions = "; ".join(f"{version['value']} ({', '.join(version['claim_ids'])})" for version in contradiction["values"])
    return f"{contradiction['field']}: {versions}"


def _mutation(mutation: Record) -> str:
    return f"{mutation['field']}: {mutation['from']} ({mutation['from_claim_id']}) became {mutation['to']} ({mutation['to_claim_id']})"


def _section(title: str, lines: Iterable[str]) -> list[str]:
    items = [f"- {line}" for line in lines]
    return ["", title, *items] if items else []


def _range(low: int, high: int | None) -> str:
    if high is None:
        return f"{low} or more"
    return str(low) if low == high else f"{low} to {high}"


def _origins(number: int) -> str:
    return f"{number} independent origin{'' if number == 1 else 's'}"
