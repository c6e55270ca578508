"""The small run of small_run.py, as findings and as records."""

from __future__ import annotations

from typing import Any

import pytest
from small_run import Atlas, make_findings

from mapper import actors
from mapper.exports import Records, record
from mapper.model import Findings


@pytest.fixture(scope="session")
def atlas() -> Any:
    return Atlas()


@pytest.fixture(scope="session")
def parties() -> actors.Actors:
    return actors.load()


@pytest.fixture
def findings() -> Findings:
    return make_findings()


@pytest.fixture
def records(findings: Findings, atlas: Any, parties: actors.Actors) -> Records:
    return record(findings, atlas, parties)
