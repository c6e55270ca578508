"""Turns the records of a run into the map: a folium map that is one file, asks nobody and runs nothing foreign.

Text of articles never passes through folium's templates, which would run it. The layers below are
rendered empty; the data enter afterwards, as escaped JSON, and reach the document as text alone.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import folium
from branca.element import CssLink, Element, Figure, JavascriptLink, MacroElement
from folium.map import Layer
from folium.template import Template

from mapper.errors import SettingError
from mapper.exports.conflict_map.content import content, country_name, inlined
from mapper.exports.conflict_map.shell import asset, digest, leaflet, packed, program, seal

if TYPE_CHECKING:
    from mapper.exports.records import Records
    from mapper.gazetteer import Gazetteer

__all__ = ["ConflictMap", "page", "pieces"]


def page(records: Records, gazetteer: Gazetteer, tiles: str | None = None) -> str:
    """Return the map of these records as the text of one HTML file."""
    return "".join(pieces(records, gazetteer, tiles))


def pieces(records: Records, gazetteer: Gazetteer, tiles: str | None = None) -> Iterator[str]:
    """Yield the same page piece by piece: a large one need not be held as a whole."""
    return ConflictMap(records, gazetteer, tiles).page.pieces()


class ConflictMap(folium.Map):
    """A folium map of who is claimed to hold what, and who says so.

    It takes further folium layers like any other map. What a caller adds goes through folium's own
    templates, and is let run: hand it no text of articles, and expect layers that load from elsewhere
    (tiles, plug-ins) to tell those servers who is looking.
    """

    def __init__(self, records: Records, gazetteer: Gazetteer, tiles: str | None = None) -> None:
        """Lay out the page for these records; nothing is rendered yet.

        `tiles` is the address of a background, ``https://.../{z}/{x}/{y}.png``. Its server learns who
        looks at which area, so the page asks for it only when its reader has said so.
        SettingError for an address that is none.
        """
        super().__init__(
            location=(0, 0),
            tiles=None,
            control_scale=True,
            maxZoom=13,
            minZoom=4,
            zoomSnap=0.25,
            zoomDelta=0.5,
            attributionControl=False,
        )
        self._id = "conflict"
        self._holds = len(records.events), len(records.control)
        self.default_js, self.default_css = [], []  # Leaflet stands in the page; nothing else of folium's is needed
        self._parent = self.page = Page(self, f"Conflict claims: {country_name(gazetteer)}", content(records, gazetteer))
        for name, made in LAYERS.items():
            self.add_child(_OwnLayer(name, made))
        background = _Background(tiles) if tiles else None
        if background:
            self.add_child(background)
        self.add_child(_Opening(background))

    def __repr__(self) -> str:
        """Return what it shows in a line of numbers, for a prompt."""
        return "<ConflictMap: events {}, places with claims of control {}>".format(*self._holds)

    def guests(self) -> list[Element]:
        """Return the elements which the caller added to the map."""
        return [child for child in self._children.values() if not isinstance(child, (_OwnLayer, _Background, _Opening))]

    def servers(self) -> list[str]:
        """Return the servers from which the map may load a background, as a policy names them."""
        return [_host(child.tiles) for child in self._children.values() if isinstance(child, folium.TileLayer)]


LARGEST_INLINE = 5_000_000
"""Characters. A notebook keeps the whole page in its file, and again each time the cell is run."""

_STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)

LAYERS = {"Claimed control": "conflictMap.control()", "Place names": "conflictMap.names()", "Events": "conflictMap.events()"}
"""Our own layers, as a layer control names them, and the script that makes each."""


class _OwnLayer(Layer):
    """One of LAYERS: an overlay like folium's own, so that a layer control can turn it off."""

    _template = Template("{% macro script(this, kwargs) %}var {{ this.get_name() }} = {{ this.made }};{% endmacro %}")

    def __init__(self, name: str, made: str) -> None:
        super().__init__(name=name, overlay=True)
        self._name, self._id, self.made = "Layer", re.sub(r"\W", "_", name.lower()), made


class _Background(folium.TileLayer):
    """A background that waits until the reader of the page asks for it."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.netloc or not all(f"{{{axis}}}" in address for axis in "xyz"):
            raise SettingError(
                f"tiles {address!r}: no address of tiles; expected one like https://tiles.example/{{z}}/{{x}}/{{y}}.png"
            )
        super().__init__(address, attr=html.escape(parts.netloc), name="Background", control=False, show=False)
        self._name, self._id = "Background", "conflict"


class _Opening(MacroElement):
    """Hands the finished map to the page, and the background that it may load."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "conflictMap.open({{ this._parent.get_name() }}{% if this.background %}, {{ this.background.get_name() }}{% endif %});"
        "{% endmacro %}"
    )

    def __init__(self, background: _Background | None) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name, self._id, self.background = "Opening", "conflict", background


class Page(Figure):
    """The HTML page around the map."""

    def __init__(self, map: ConflictMap, title: str, data: Mapping[str, Any]) -> None:
        super().__init__(title=title)
        self.map, self.data = map, data
        self._children[map.get_name()] = map

    def render(self, **kwargs: Any) -> str:
        """Return the page as one text."""
        return "".join(self.pieces(**kwargs))

    def pieces(self, **kwargs: Any) -> Iterator[str]:
        """Yield the page: first the layers go through folium's templates, then the data past them."""
        sections = (self.header, self.html, self.script)
        before = [section._children.copy() for section in sections]
        try:
            for child in self._children.values():
                child.render(**kwargs)
            for name in ("meta_http", self.map.get_name()):
                self.header._children.pop(name, None)
            head, body, layers = (section.render(**kwargs) for section in sections)
            allowances = self._allowances(head, self.map.guests())
        finally:  # folium's layers leave a trace in the sections each time they are rendered
            for section, children in zip(sections, before, strict=True):
                section._children = children
        return self._compose(head, body, layers, allowances)

    def _compose(self, head: str, body: str, layers: str, allowances: Mapping[str, Sequence[str]]) -> Iterator[str]:
        guests = self.map.guests()
        scripts = [leaflet("leaflet.js"), program(), *([asset("guests.js")] if guests else []), layers]
        parts = {
            "title": [html.escape(self.title or "")],
            "guests": [head],
            "map": [body],
            "records": inlined(self.data),
            "scripts": ["\n".join(f"<script>{script}</script>" for script in scripts)],
        }
        return seal(parts, scripts, allowances)

    def _repr_html_(self, **kwargs: Any) -> str:
        """Return the page in a frame which keeps it away from the notebook around it.

        A large page is packed first, and unpacked by the browser; one that is too large even so is a line
        of text that says what to do.
        """
        page = self.render(**kwargs)
        shown = page if len(page) <= LARGEST_INLINE else packed(page)
        if len(shown) > LARGEST_INLINE:
            return (
                f"<p>This map is {len(page) / 1e6:.0f} MB, too large for a notebook. Save it with <code>.save('map.html')</code> "
                "and open that file in a browser, or map fewer articles.</p>"
            )
        return (
            f'<iframe srcdoc="{html.escape(shown)}" sandbox="allow-scripts allow-popups allow-downloads allow-modals" '
            'title="Map of conflict claims" style="width:100%;height:720px;border:1px solid #ccc"></iframe>'
        )

    def _allowances(self, head: str, guests: list[Element]) -> dict[str, list[str]]:
        """Return what the caller's own layers need beyond the sealed policy: by default nothing."""
        links = self.header._children.values()
        styles = [digest(style) for style in _STYLE.findall(head)]
        allow = {
            "script-src": [link.url for link in links if isinstance(link, JavascriptLink)],
            "style-src": [*styles, *(link.url for link in links if isinstance(link, CssLink))],
            "style-src-attr": ["'unsafe-inline'"] if guests else [],  # folium writes the size of a popup as an attribute
            "img-src": self.map.servers(),
        }
        return {directive: sources for directive, sources in allow.items() if sources}


def _host(url: str) -> str:
    """Return the servers of a tile address as a policy names them: ``{s}`` may be any of them."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{re.sub(r'{[^}]*}', '*', parts.netloc)}"
