"""Turns a pair of claims, before and after it was passed on, into what was changed on the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from mapper.model import Claim, Control, Count, Harm, Mutation, Status
from mapper.origins.pairing import TAKINGS, Pair, Said, frames, is_taking, taker, topic
from mapper.origins.speakers import PUBLISHERS

_LIVE = frozenset({Status.ASSERTED, Status.ONGOING})
_WORDS = {Harm.KILLED: "killed", Harm.WOUNDED: "wounded", Harm.CAPTURED: "captured", Harm.KILLED_OR_WOUNDED: "killed or wounded"}
_NO_SHOT = "Non-violent transfer of territory"
_FORCE = (TAKINGS - {_NO_SHOT}) | {"Armed clash"}

Change = tuple[str, str] | None
"""The value before and the value after, None when nothing was changed."""


def mutations(pair: Pair, source: Sequence[Said], derived: Sequence[Said]) -> list[Mutation]:
    """Return every field of FIELDS that differs between the two claims of a pair.

    `source` and `derived` are all claims of the two articles: what another claim of the source says
    too was not changed, and a district that another claim of the derived article keeps was not lost.
    """
    found, after = [], pair.after
    told = [other for other in source if other.claim.status is after.claim.status and topic(other.claim) == topic(after.claim)]
    wider = frames(after.claim.place, pair.before.claim.place)
    kept = wider and any(topic(other.claim) == topic(pair.before.claim) for other in derived)
    for field, compare in FIELDS.items():
        change, value = compare(pair.before, after), VALUES.get(field, _topic)
        said_too = any(value(other) == value(after) for other in told)
        if change and not said_too and not (field == "place" and kept):
            found.append(Mutation(field, *change, pair.before.claim.id, after.claim.id))
    return found


def _casualties(before: Said, after: Said) -> Change:
    """A figure that counts other people than before: the dropped "at least" and the dropped "or wounded" among them."""
    one, two = _toll(before.claim), _toll(after.claim)
    if one == two or not two:
        return None
    if one:
        return one, two
    taken_over = after.counted & before.figures
    return (before.claim.quote, two) if taken_over else None


def _control(before: Said, after: Said) -> Change:
    """Another holder than before: a movement or a plan that became a capture, a capture that went the other way."""
    one, two = _holder(before.claim), _holder(after.claim)
    if two is None or one == two or _names_nobody(before.claim, after.claim):
        return None
    return f"held by {one}" if one else _words(before.claim), f"held by {two}"


def _names_nobody(before: Claim, after: Claim) -> bool:
    """Tell whether the difference is only that one of two changes of hands leaves the taker out."""
    return is_taking(before) and is_taking(after) and None in (taker(before), taker(after))


def _place(before: Said, after: Said) -> Change:
    """Another place, or the district lost; a fight in a province that is placed more exactly is none.

    Which district of a province was taken is what such a claim is about.
    """
    finer = frames(before.claim.place, after.claim.place) and not is_taking(after.claim)
    if before.where is None or after.where == before.where or finer:
        return None
    return _placed(before.claim), _placed(after.claim)


def _manner(before: Said, after: Said) -> Change:
    one, two = before.claim.sub_event_type, after.claim.sub_event_type
    if one is None or two is None or not ((one == _NO_SHOT and two in _FORCE) or (one in _FORCE and two == _NO_SHOT)):
        return None
    return one, two


def _status(before: Said, after: Said) -> Change:
    one, two = before.claim.status, after.claim.status
    return (one.value, two.value) if one is not two and {one, two} != _LIVE else None


def _attribution(before: Said, after: Said) -> Change:
    if before.claim.attribution[-1].kind in PUBLISHERS or before.voice.words == after.voice.words:
        return None
    return _speaker(before.claim), _speaker(after.claim)


FIELDS: Mapping[str, Callable[[Said, Said], Change]] = {
    "casualties": _casualties,
    "control": _control,
    "place": _place,
    "manner": _manner,
    "status": _status,
    "attribution": _attribution,
}
"""The fields that are compared, in the order in which they are told."""


def _topic(said: Said) -> object:
    """Return what a claim is about, which holds place and holder."""
    return topic(said.claim)


VALUES: Mapping[str, Callable[[Said], object]] = {
    "casualties": lambda said: _toll(said.claim),
    "manner": lambda said: said.claim.sub_event_type,
    "attribution": lambda said: said.voice.words,
}
"""What must be equal for another claim of the same topic to say the same; the topic itself holds the other fields."""


def _toll(claim: Claim) -> str | None:
    counts = [count for count in claim.counts if not count.vague]
    return "; ".join(f"{_number(count)} {_WORDS[count.harm]}" for count in counts) or None


def _number(count: Count) -> str:
    if count.low == count.high:
        return f"{count.low}"
    if count.high is None:
        return f"at least {count.low}"
    return f"at most {count.high}" if count.low is None else f"{count.low} to {count.high}"


def _holder(claim: Claim) -> str | None:
    """Return who is said to have taken or to hold the place; None for a plan, a denial, a fight, a movement."""
    if claim.status in (Status.PLANNED, Status.DENIED) or claim.control not in (Control.GAINED, Control.HELD, Control.LOST):
        return None
    return taker(claim) or "others"


def _words(claim: Claim) -> str:
    what = claim.sub_event_type or f"{claim.control.value} by {claim.actor or 'somebody'}"
    return what if claim.status in _LIVE else f"{what} ({claim.status.value})"


def _placed(claim: Claim) -> str:
    if claim.place is None:
        return claim.place_name or "no place"
    province = claim.place.admin1
    return f"{claim.place.name} ({province})" if province and province != claim.place.name else claim.place.name


def _speaker(claim: Claim) -> str:
    hop = claim.attribution[-1]
    return ", ".join(filter(None, (hop.name, hop.role))) or "an unnamed outlet"
