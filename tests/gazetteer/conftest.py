"""A small made country to spoil."""

import csv

import pytest

PLACES = [
    {"place_id": "XX01", "name": "Upper", "kind": "province", "admin1_pcode": "XX01", "seat": "XX0101-mida"},
    {"place_id": "XX0101", "name": "Mida", "kind": "district", "admin1_pcode": "XX01", "admin2_pcode": "XX0101"},
    {"place_id": "XX0102", "name": "Sawa", "kind": "district", "admin1_pcode": "XX01", "admin2_pcode": "XX0102"},
    {"place_id": "XX0101-mida", "name": "Mida", "kind": "city", "admin1_pcode": "XX01", "admin2_pcode": "XX0101"},
]
NAMES = [{"place_id": "XX0102", "name": "Sowa", "script": "latn", "strength": "strong", "sources": "press|OCHA"}]
PLACE_COLUMNS = (
    "place_id,name,kind,feature_code,admin1_pcode,admin2_pcode,longitude,latitude,"
    "native_fa,native_ps,seat,covers,valid_from,valid_to,inferred,source"
)
ABOUT = '[[credits]]\nsource = "made up"\nlicence = "CC0"\ncitation = "none"\nused_for = "tests"\n'


def write(table, columns, rows):
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns.split(","), restval="")
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture
def folder():
    """Return a function that writes the country's tables, its places changed by id, its names replaced."""

    def make(root, changes=None, names=NAMES, about=ABOUT):
        (root / "XXX").mkdir()
        rows = [{"longitude": "10", "latitude": "20"} | row | (changes or {}).get(row["place_id"], {}) for row in PLACES]
        write(root / "XXX" / "places.csv", PLACE_COLUMNS, rows)
        write(root / "XXX" / "names.csv", "place_id,name,script,strength,sources", names)
        (root / "XXX" / "about.toml").write_text(about, encoding="utf-8")
        return root

    return make
