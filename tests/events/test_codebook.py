"""The rules in the code and in docs/codebook.md are the same, and every one that a cell names is among them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mapper import gazetteer
from mapper.events import RULES
from mapper.events.codebook import FAMILIES, NO_EVENT, PRECEDENCE, TAKINGS, Family, geo_precision
from mapper.events.coding import ALWAYS, BY_CASE, BY_EVENT
from mapper.events.disputes import FIELDS
from mapper.events.joins import JOINS
from mapper.model import SUB_EVENT_TYPES

ROOT = Path(__file__).parents[2]
ID = re.compile(r"(?<![\w/-])(?:ACLED|UCDP|MAPPER|AJP-2\.1)-[a-z]+(?:-[a-z]+)*(?![\w-])")
ROW = re.compile(r"^\| `([^`]+)` \| (.+?) \| (.+?) \|$", re.MULTILINE)


def test_the_document_lists_just_the_rules_in_the_same_words() -> None:
    text = (ROOT / "docs" / "codebook.md").read_text(encoding="utf-8")
    rows = {rule: words for rule, words, _ in ROW.findall(text)}
    assert rows == dict(RULES)
    assert all(source.strip() for _, _, source in ROW.findall(text)), "each says where it comes from"


@pytest.mark.parametrize("module", sorted((ROOT / "mapper" / "events").glob("*.py")), ids=lambda path: path.stem)
def test_every_id_in_the_code_is_a_rule(module: Path) -> None:
    assert set(ID.findall(module.read_text(encoding="utf-8"))) <= set(RULES)


def test_every_rule_decides_something() -> None:
    code = "".join(
        path.read_text(encoding="utf-8") for path in sorted((ROOT / "mapper" / "events").glob("*.py")) if path.stem != "codebook"
    )
    named = set(ID.findall(code)) | set(
        ID.findall((ROOT / "mapper" / "events" / "codebook.py").read_text(encoding="utf-8").split("NO_SHOT", 1)[1])
    )
    assert named == set(RULES)


def test_the_tables_name_rules_and_families_that_exist() -> None:
    assert set(ALWAYS) | set(BY_CASE) | set(BY_EVENT) <= set(RULES)
    assert set(JOINS) == set(Family)
    assert set(FAMILIES) == set(SUB_EVENT_TYPES.values())
    assert set(PRECEDENCE) == set(SUB_EVENT_TYPES)
    assert set(NO_EVENT) | TAKINGS <= set(SUB_EVENT_TYPES)
    assert tuple(FIELDS) == ("occurred", "date", "place", "actor", "manner", "killed", "wounded")


def test_what_extends_over_a_province_is_known_no_better_than_it() -> None:
    places = gazetteer.load().places
    asked = ("AF0101-kabul", "AF0912", "AF0907-andarab-valley", "AF09", "AF08-panjshir-valley", "AFG-ring-road")
    assert [geo_precision(places[place]) for place in asked] == [1, 2, 2, 3, 3, 3]
