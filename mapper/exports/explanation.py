"""An event -> words: what is claimed, by whom through whom, in which sentence, and which rules decided the rest."""

from __future__ import annotations

from collections.abc import Iterable

from mapper.errors import UnknownNameError
from mapper.exports.records import Record, Records
from mapper.model import Harm


def explain(records: Records, event_id: str) -> str:
    """Return the account of one event, several lines; UnknownNameError when there is no such event."""
    event = find(records, event_id)
    articles = {article["id"]: article for article in records.articles}
    return "\n".join(
        [
            *head(event),
            "",
            heading(event),
            *(line for claim in event["claims"] for line in _claim(claim, articles[claim["article_id"]])),
            *(line for title, items in sections(event).items() for line in _section(title, items)),
        ]
    )


def find(records: Records, event_id: str) -> Record:
    """Return the properties of an event; UnknownNameError when there is no such event."""
    events: dict[str, Record] = {feature["properties"]["event_id"]: feature["properties"] for feature in records.events}
    if event_id not in events:
        raise UnknownNameError(f"no event {event_id!r}; expected one of the {len(events)} in events.geojson")
    return events[event_id]


def head(event: Record) -> list[str]:
    """Return who is said to have done what, and how it is coded: the id, the note, then a line each."""
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


def heading(event: Record) -> str:
    """Return how many claims there are, and how many independent origins stand behind them."""
    return f"Claims ({len(event['claims'])}, {_origins(event['independent_origins'])})"


def sections(event: Record) -> dict[str, list[str]]:
    """Return what else is known of an event, under its titles; a title may have nothing under it."""
    return {
        "Sources differ": [_contradiction(contradiction) for contradiction in event["contradictions"]],
        "Changed on the way": [_mutation(mutation) for mutation in event["mutations"]],
        "Rules that decided": event["rules"],
    }


def _claim(claim: Record, article: Record) -> list[str]:
    return [
        f"- {printed(claim, article)}",
        f"  > {' '.join(claim['quote'].split())}",
        f"  {told(claim)}",
    ]


def printed(claim: Record, article: Record) -> str:
    """Return which claim it is, and where and when it was printed."""
    published = f", {article['published']}" if article["published"] else ""
    return f"{claim['claim_id']} in {article['id']} ({article['outlet'] or 'outlet unknown'}{published})"


def told(claim: Record) -> str:
    """Return what a claim says beyond its sentence, and who says it through whom, the original speaker first."""
    what = f"a part of it ({claim['part']})" if claim["part"] else "it"
    says = [
        claim["status"],
        *([] if claim["control"] == "none" else [f"{claim['actor'] or 'somebody'} {claim['control']} {what}"]),
    ]
    says += [f"{harm.value.replace('_', ' ')} {_bounds(*claim[harm])}" for harm in Harm if claim[harm]]
    return f"{', '.join(says)}; said by {' < '.join(map(speaker, claim['attribution'][::-1]))}"


def _bounds(low: int | None, high: int | None) -> str:
    if low == high:
        return str(low)
    return " ".join(f"{word} {bound}" for word, bound in (("at least", low), ("at most", high)) if bound is not None)


def speaker(hop: Record) -> str:
    """Return a hop of an attribution in words: a name, or what kind of speaker goes unnamed; role and medium."""
    details = ", ".join(filter(None, (hop["role"], hop["medium"])))
    return (hop["name"] or f"unnamed {hop['kind']}") + (f" ({details})" if details else "")


def _contradiction(contradiction: Record) -> str:
    versions = "; ".join(f"{version['value']} ({', '.join(version['claim_ids'])})" for version in contradiction["values"])
    return f"{contradiction['field']}: {versions}"


def _mutation(mutation: Record) -> str:
    return f"{mutation['field']}: {mutation['from']} ({mutation['from_claim_id']}) became {mutation['to']} ({mutation['to_claim_id']})"


def _section(title: str, items: Iterable[str]) -> list[str]:
    lines = [f"- {item}" for item in items]
    return ["", title, *lines] if lines else []


def _range(low: int, high: int | None) -> str:
    if high is None:
        return f"{low} or more"
    return str(low) if low == high else f"{low} to {high}"


def _origins(number: int) -> str:
    return f"{number} independent origin{'' if number == 1 else 's'}"
