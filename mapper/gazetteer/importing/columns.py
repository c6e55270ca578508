"""Properties of a file of outlines -> those that hold the codes and names of districts and provinces."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from mapper.errors import TableError
from mapper.gazetteer.importing.order import Order

_LEVEL = re.compile(r"adm(\d)_?(?:pcode|code)")
_ENGLISH_FIRST = {tongue: rank for rank, tongue in enumerate(("en", "name", "fr", "es", "pt"))}


class Columns(NamedTuple):
    """Properties that hold the P-code and the names of a district and of its province, its own name first; in lower case.

    `level` is that of the districts, by the name of the property; 2 where it does not tell.
    """

    pcode: str
    names: tuple[str, ...]
    parent_pcode: str | None
    parent_names: tuple[str, ...]
    level: int


def find_columns(order: Order, present: Sequence[str]) -> Columns:
    """Return where the codes and names stand; TableError when a column that was asked for is not there, or none is known."""
    pcode = _column(order, "--pcode-column", order.pcode_column, ("adm2_pcode", "pcode", "shapeid"), present)
    if pcode is None:
        raise TableError(f"{order.boundaries}: no P-codes among {', '.join(present)}; expected ADM2_PCODE, or a --pcode-column")
    told = _LEVEL.fullmatch(pcode)
    level = int(told[1]) if told else 2
    names = _named(present, level) if told else []
    name = _column(order, "--name-column", order.name_column, (*names, "shapename", "name"), present)
    if name is None:
        raise TableError(f"{order.boundaries}: no names among {', '.join(present)}; expected ADM2_EN, or a --name-column")
    parents = _named(present, 1) if level > 1 else []
    codes = ("adm1_pcode",) if parents else ()
    parent_pcode = _column(order, "--parent-pcode-column", order.parent_pcode_column, codes, present)
    parent = _column(order, "--parent-name-column", order.parent_name_column, (*parents, parent_pcode or ""), present)
    parent_names = dict.fromkeys((parent, *parents)) if parent else ()
    return Columns(pcode, tuple(dict.fromkeys((name, *names))), parent_pcode, tuple(parent_names), level)


def _column(order: Order, option: str, given: str | None, known: Sequence[str], present: Sequence[str]) -> str | None:
    if given is None:
        return next((name for name in known if name in present), None)
    if given.lower() not in present:
        raise TableError(f"{order.boundaries}: no property {given!r} for {option}; expected one of {', '.join(present)}")
    return given.lower()


def _named(present: Sequence[str], level: int) -> list[str]:
    """Return the columns that name a unit of a level, in English first: adm2_en, adm2_name1, adm2alt1en."""
    pattern = re.compile(rf"adm{level}_(?P<tongue>[a-z]{{2}}|name)\d?|adm{level}_?alt\d_?[a-z]{{2}}")
    matches = [match for match in map(pattern.fullmatch, present) if match]
    matches.sort(key=lambda match: (match["tongue"] is None, _ENGLISH_FIRST.get(match["tongue"], 9)))
    return [match[0] for match in matches]
