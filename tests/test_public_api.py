"""What ``import mapper`` offers, and what it costs."""

from __future__ import annotations

import subprocess
import sys

import pytest

import mapper


def test_the_public_names_are_these() -> None:
    assert mapper.__all__ == [
        "Article",
        "Claim",
        "Event",
        "Findings",
        "Gazetteer",
        "MapperError",
        "Origin",
        "Place",
        "PlaceControl",
        "Resolution",
        "Result",
        "Settings",
        "extract",
        "geoparse",
        "ledger",
        "merge",
        "read",
        "run",
        "trace",
    ]


@pytest.mark.parametrize("name", mapper.__all__)
def test_every_public_name_is_there_and_documented(name: str) -> None:
    assert getattr(mapper, name).__doc__


def test_a_wrong_name_is_told() -> None:
    with pytest.raises(AttributeError, match="expected one of Article, Claim"):
        _ = mapper.geoparser


def test_a_room_is_there_when_it_is_asked_for() -> None:
    code = "import mapper; print(mapper.gazetteer.load().country, len(mapper.actors.load().by_name) > 0, 'events' in dir(mapper))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "AFG True True\n"


def test_importing_loads_nothing_heavy() -> None:
    code = "import sys, mapper, mapper.cli; print([m for m in ('pandas', 'geopandas', 'shapely', 'folium', 'sentencex') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
