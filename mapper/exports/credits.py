"""A gazetteer's credits -> a text to pass on with the tables, which have no room for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mapper.exports.records import Records
    from mapper.gazetteer import Gazetteer


def write(_: Records, gazetteer: Gazetteer) -> list[str]:
    """Return whose places, names and outlines stand in the files beside it, with their licences."""
    blocks = ["Whose data stand in these files beside the articles' own words. Pass this on with the tables.\n"]
    for credit in gazetteer.credits:
        used, licence = credit.get("used_for", ""), credit.get("licence", "")
        blocks.append("\n".join(filter(None, (credit.get("source", ""), used, credit.get("citation", ""), licence))) + "\n")
    return ["\n".join(blocks)]
