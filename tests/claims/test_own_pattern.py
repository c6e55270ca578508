"""The block that docs/own-pattern.md teaches to write: nothing is read without it, and with it what its examples state."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import newsroom
import pytest

from mapper import bundle
from mapper.claims import lexicon

PAGE = (Path(__file__).parents[2] / "docs" / "own-pattern.md").read_text(encoding="utf-8")
(ROW,) = tomllib.loads(re.findall(r"^```toml\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)[0])["predicate"]


@pytest.fixture
def added(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The block stands in the table."""
    read = bundle.toml

    def toml(*parts: str) -> dict[str, object]:
        table = read(*parts)
        return table | {"predicate": [*table["predicate"], ROW]} if parts[-1] == "predicates.toml" else table

    monkeypatch.setattr(bundle, "toml", toml)
    lexicon.load.cache_clear()
    yield
    lexicon.load.cache_clear()


def test_without_it_nothing_is_read() -> None:
    assert [newsroom.claims(example["text"]) for example in ROW["examples"]] == [()] * len(ROW["examples"])


def test_its_examples_say_what_they_state(added: None) -> None:
    for example in ROW["examples"]:
        (claim,) = newsroom.claims(example["text"])
        assert (claim.pattern, newsroom.unit(claim), claim.actor) == (ROW["id"], example["place"], example["actor"])
        assert claim.control == example["control"]


def test_its_counter_examples_say_nothing(added: None) -> None:
    assert [claim.pattern for text in ROW["counter_examples"] for claim in newsroom.claims(text)] == []
