"""Turns the counts of a case into its lowest and highest toll."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from mapper.events.cases import Case
from mapper.events.facts import Fact
from mapper.model import Count, Harm

Toll = tuple[int, int | None]
"""Lowest and highest; None is open."""

EITHER = " and "
"""Joins two sides whose losses are given together ("Taliban and Resistance forces")."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One count of one claim, as far as it falls on the case; `stated` is as written."""

    fact: Fact
    count: Count
    stated: Count

    @property
    def side(self) -> str | None:
        """Return whose losses these are, None when that is not said."""
        return self.count.side

    @property
    def unspecified(self) -> bool:
        """Tell whether the count does not say how many of which harm (ACLED-fatalities-unspecified)."""
        return self.count.vague or self.count.harm is Harm.KILLED_OR_WOUNDED

    @property
    def low(self) -> int:
        """Return the least number: "killed or wounded" may count no dead (ACLED-fatalities-unspecified)."""
        if self.count.harm is Harm.KILLED_OR_WOUNDED:
            return 0
        return next((bound for bound in (self.count.low, self.count.high) if bound is not None), 0)

    @property
    def high(self) -> int | None:
        """Return the greatest number, None when it is open."""
        return self.count.high


def figures(case: Case, harm: Harm, facts: Iterable[Fact] | None = None) -> list[Figure]:
    """Return the counts that may be of a harm: those of it, and those of killed or wounded together."""
    wanted = {harm, Harm.KILLED_OR_WOUNDED}
    return [
        Figure(fact, count, stated)
        for fact in (case.facts if facts is None else facts)
        for count, stated in zip(case.shares.get(fact.id, fact.claim.counts), fact.claim.counts, strict=True)
        if count.harm in wanted
    ]


def toll(case: Case, harm: Harm) -> Toll:
    """Return the lowest and the highest toll of a case (UCDP-range).

    The losses of the two sides of a battle are added. The dead of a one-sided attack are counted by
    several sources and called by each what it takes them for, so there only the figures of one
    source are added.
    """
    counted = figures(case, harm)
    if not counted:
        return 0, 0
    if case.battle:
        return _of_battle(counted)
    by_voice: dict[str, list[Figure]] = {}
    for figure in counted:
        by_voice.setdefault(figure.fact.voice, []).append(figure)
    numbered = {figure.side for figure in counted if not figure.count.vague}
    return _widest([_added(_by_side(found), numbered) for found in by_voice.values()])


def _of_battle(counted: Sequence[Figure]) -> Toll:
    """Add the sides up; a figure for all together, or of no stated side, widens the sum."""
    sides = _by_side(counted)
    joint = [side for side in sides if side and EITHER in side and any(part in sides for part in side.split(EITHER))]
    together = [figure for side in (None, *joint) for figure in sides.pop(side, [])]
    if not sides:
        return _range(together)
    if len(sides) == 1:
        return _range([*next(iter(sides.values())), *together])
    summed = _added(sides, set())
    numbered = [figure for figure in together if not figure.count.vague]
    return _widest([summed, _range(numbered)]) if numbered else summed


def _by_side(counted: Iterable[Figure]) -> dict[str | None, list[Figure]]:
    sides: dict[str | None, list[Figure]] = {}
    for figure in counted:
        sides.setdefault(figure.side, []).append(figure)
    return sides


def _added(sides: Mapping[str | None, Sequence[Figure]], numbered: set[str | None]) -> Toll:
    """Add the ranges of the sides; a side that is only called heavy is open, unless somebody else numbers it."""
    ranges = [
        (0, 0) if side in numbered and all(figure.count.vague for figure in found) else _range(found)
        for side, found in sides.items()
    ]
    highs = [high for _, high in ranges]
    return sum(low for low, _ in ranges), None if None in highs else sum(high for high in highs if high is not None)


def _range(counted: Sequence[Figure]) -> Toll:
    """Return the least and the greatest of some figures for the same people; "heavy" opens the top where nobody counts."""
    numbered = [figure for figure in counted if not figure.count.vague]
    low = min(figure.low for figure in counted)
    highs = [figure.high for figure in numbered]
    if not highs or None in highs:
        return low, None
    return low, max(high for high in highs if high is not None)


def _widest(ranges: Sequence[Toll]) -> Toll:
    highs = [high for _, high in ranges]
    return min(low for low, _ in ranges), None if None in highs else max(high for high in highs if high is not None)
