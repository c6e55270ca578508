"""A gazetteer's credits -> a text to pass on with the tables, which have no room for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mapper.exports.records import Records
    from mapper.gazetteer import Gazetteer


ABOUT = "Claims made by the sources named, not established facts. An area says which unit is meant, not where in it."
"""What every file says of itself, where its format has room for it."""


def write(_: Records, gazetteer: Gazetteer) -> list[str]:
    """Return whose places, names and outlines stand in the files beside it, with their licences."""
    return [text(gazetteer)]


def text(gazetteer: Gazetteer) -> str:
    """Return the same as one text, a block for each source."""
    blocks = ["Whose data stand in these files beside the articles' own words. Pass this on with the tables.\n"]
    for credit in gazetteer.credits:
        used, licence = credit.get("used_for", ""), credit.get("licence", "")
        blocks.append("\n".join(filter(None, (credit.get("source", ""), used, credit.get("citation", ""), licence))) + "\n")
    return "\n".join(blocks)


def licence(gazetteer: Gazetteer) -> str:
    """Return the licences in one line, each with the source that it is for."""
    named = (": ".join(filter(None, (credit.get("source"), credit.get("licence")))) for credit in gazetteer.credits)
    return f"Articles: their publishers'. {'; '.join(named)}"
