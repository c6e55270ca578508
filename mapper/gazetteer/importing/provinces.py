"""Districts and the places in them -> the province of each district: the outlines' own, else that of GeoNames."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from mapper.gazetteer.importing.areas import inner_point
from mapper.gazetteer.importing.atlas import nearest
from mapper.gazetteer.importing.districts import District
from mapper.gazetteer.importing.dump import most
from mapper.gazetteer.importing.rows import GEONAMES
from mapper.gazetteer.importing.sources import Sources
from mapper.model import Kind

_NO_CODE = "00"  # GeoNames: the whole country


class Parent(NamedTuple):
    """A province by its P-code, its names, and who gives it those."""

    pcode: str
    names: tuple[str, ...]
    source: str


def find_parents(sources: Sources) -> list[Parent]:
    """Return the province of each district."""
    if sources.layer.names_provinces:
        return [_own_parent(district, sources) for district in sources.layer.districts]
    dump = sources.dump
    titles = {record.row.admin1: record.row.name for record in reversed(dump.records) if record.kind is Kind.PROVINCE}
    titles[_NO_CODE] = sources.title
    area = dump.alpha2 or sources.country
    return [Parent(f"{area}.{code}", (titles.get(code, code),), GEONAMES) for code in _codes(sources)]


def _own_parent(district: District, sources: Sources) -> Parent:
    """Return the province that the outlines name; where they give it no P-code, one is made of its name."""
    if not district.parent_names:
        return Parent(_made(sources, _NO_CODE), (sources.title,), GEONAMES)
    return Parent(district.parent or _made(sources, district.parent_names[0]), district.parent_names, sources.order.label)


def _made(sources: Sources, name: str) -> str:
    return "-".join((sources.country, *re.findall(r"\w+", name)))


def _codes(sources: Sources) -> list[str]:
    """Return the admin1 code of each district: that of most places in it, or of the place nearest to a point of it."""
    districts = sources.layer.districts
    codes: list[Counter[str]] = [Counter() for _ in districts]
    coded = [found for found in sources.dump.places if found.row.admin1 not in ("", _NO_CODE)]
    for found in coded:
        codes[found.district][found.row.admin1] += 1
    bare = [index for index, counts in enumerate(codes) if not counts]
    if coded and bare:
        near = nearest([found.row.point for found in coded], [inner_point(districts[index].area) for index in bare])
        for index, place in zip(bare, near, strict=True):
            codes[index][coded[place].row.admin1] = 1
    return [most(counts) or _NO_CODE for counts in codes]
