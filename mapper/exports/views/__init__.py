"""Records -> what a person looks at in a notebook or on a terminal: an article, an event, a claim, a place.

Pages are made of HTML alone, with their style in it: no script, no address, and text of articles only as text.
"""

from __future__ import annotations

from mapper.exports.views.article import article
from mapper.exports.views.claim import claim
from mapper.exports.views.event import event
from mapper.exports.views.nouns import attach
from mapper.exports.views.place import place
from mapper.exports.views.view import View

__all__ = ["View", "article", "attach", "claim", "event", "place"]
