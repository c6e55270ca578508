"""A row of a country dump -> the kind of place it is kept as, by its feature code."""

from __future__ import annotations

from mapper.gazetteer.importing.rows import Row
from mapper.model import Kind

ALWAYS: dict[str, Kind] = {
    code: kind
    for kind, codes in (
        (Kind.CITY, "PPLC PPLA PPLA2 PPLG"),  # seats of states, of first-order and second-order units, of governments
        (Kind.VILLAGE, "PPLA3 PPLA4 PPLA5"),  # seats of lower units
        (Kind.FACILITY, "AIRP AIRB AIRF MILB INSM NVB"),  # airports, air bases, airfields, military and naval bases
        (Kind.FACILITY, "DAM PS PSH PSN OILR PRT"),  # dams, power stations, refineries, ports
        (Kind.FACILITY, "PSTB PSTC PSTP CSTM CMPRF PRN"),  # border, customs and patrol posts, refugee camps, prisons
        (Kind.ROAD, "TNLRD"),
        (Kind.OTHER, "PASS"),
    )
    for code in codes.split()
}
"""GeoNames feature code -> kind, of all that is kept wherever it stands: seats, and what is fought over."""

KNOWN: dict[str, Kind] = {
    code: kind
    for kind, codes in (
        (Kind.VILLAGE, "PPL PPLF PPLL PPLQ PPLR PPLS PPLW STLMT"),  # places of all sorts, abandoned and destroyed ones, too
        (Kind.FACILITY, "BDG FT"),
        (Kind.VALLEY, "VAL VALS GRGE CNYN WAD"),
        (Kind.RIVER, "STM"),
        (Kind.ROAD, "RD"),
        (Kind.REGION, "RGN PLN PEN"),
        (Kind.OTHER, "PPLX MT MTS DSRT ISL LK RSV"),  # parts of towns, mountains, deserts, islands, lakes
    )
    for code in codes.split()
}
"""The same, of what is kept where people are counted or it has another name: there are too many for news to name them all."""

RECORDS: dict[str, Kind] = {
    **dict.fromkeys(("PCLI", "PCLD", "PCLF", "PCLS", "PCL"), Kind.COUNTRY),
    **{"ADM1": Kind.PROVINCE, "ADM2": Kind.DISTRICT, "ADM3": Kind.DISTRICT},
}
"""The same, of records of the state and of its units, whose names they give."""

LARGE = 10_000
"""Inhabitants from which a village is a city, whatever its code."""

CAPITALS = ("PPLC", "PPLA")
SEATS = (*CAPITALS, "PPLA2", "PPLA3", "PPLA4", "PPLA5")
"""Codes of seats, the most important first."""


def kept_as(row: Row, *, every_village: bool) -> Kind | None:
    """Return what a row is kept as, None when it is not kept; a record of a unit or of the state is of their kind."""
    if row.code in RECORDS:
        return RECORDS[row.code]
    if not row.title:
        return None
    kind = ALWAYS.get(row.code)
    if kind is None and every_village and row.code.startswith("PPL") and row.code != "PPLH":  # H: there is none any more
        kind = KNOWN.get(row.code, Kind.VILLAGE)
    if kind is None and row.code in KNOWN and (row.population > 0 or _otherwise_named(row)):
        kind = KNOWN[row.code]
    return Kind.CITY if kind is Kind.VILLAGE and row.population >= LARGE else kind


def _otherwise_named(row: Row) -> bool:
    return bool(row.alternates) and any(name not in (row.name, row.ascii) for name in row.listed)


def seat_rank(code: str) -> int:
    """Return how important a seat is by its code, 0 for the most important; what is none comes last."""
    return SEATS.index(code) if code in SEATS else len(SEATS)
