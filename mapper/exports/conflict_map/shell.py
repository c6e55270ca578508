"""Turns the parts of the page (rendered layers, data, our own scripts and styles) into one sealed HTML file.

The file asks nobody for anything: Leaflet stands in it, and its Content-Security-Policy lets run only
scripts whose hash was taken here from the very strings that were written.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import resources
from importlib.metadata import distribution
from pathlib import Path

SCRIPTS = (
    "dom.js", "words.js", "ledger.js", "records.js", "state.js", "choice.js", "search.js",
    "marks.js", "map.js", "names.js", "spots.js", "legend.js", "evidence.js", "reader.js", "panel.js",
    "filters.js", "clocks.js", "picture.js", "save.js", "app.js",
)  # fmt: skip
"""Our scripts in the order in which they build on each other."""

STYLES = ("page.css", "map.css", "panel.css", "print.css")

LEAFLET_SHA256 = "5819285cec137b229c94e1ee5ad73e8b6b84345a4367d60f75fe477fe0fb7b03"
"""leaflet.js 1.9.3 as published by its authors; the tests hold the installed file against it."""

_PLACEHOLDER = re.compile(r"<!--\{(\w+)\}-->")
_IMAGE = re.compile(r"url\((images/[\w.-]+)\)")
_SOURCE_MAP = re.compile(r"\n//# sourceMappingURL=.*")


def seal(parts: Mapping[str, Iterable[str]], scripts: Sequence[str], allow: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Yield the finished page piece by piece.

    `parts`, each in pieces of its own, fill the placeholders of page.html, in one pass: nothing that
    was filled in is looked at again. `scripts` are the strings that may run. `allow` adds sources to directives of the policy.
    """
    style = leaflet("leaflet.css") + "".join(asset(name) for name in STYLES)
    policy = {
        "default-src": ["'none'"],
        "script-src": [digest(script) for script in scripts],
        "style-src": [digest(style)],
        "img-src": ["data:"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }
    for directive, sources in allow.items():
        policy[directive] = [*policy.get(directive, ()), *sources]
    rules = "; ".join(" ".join((directive, *sources)) for directive, sources in policy.items())
    filled = {**parts, "policy": [html.escape(rules, quote=False)], "style": [style]}
    page, end = asset("page.html"), 0
    for found in _PLACEHOLDER.finditer(page):
        yield page[end : found.start()]
        yield from filled[found[1]]
        end = found.end()
    yield page[end:]


def packed(page: str) -> str:
    """Return a small page that unpacks a sealed one and becomes it, in browsers since 2023.

    Its script runs only what stands here; the sealed page brings its own policy along.
    """
    squeezed = base64.b64encode(gzip.compress(page.encode(), mtime=0)).decode()
    return (
        "<!DOCTYPE html><title>Map</title><p>Unpacking the map …</p>"
        f'<script type="text/plain" id="packed">{squeezed}</script><script>{asset("unpack.js")}</script>'
    )


def digest(code: str) -> str:
    """Return the source expression by which a policy knows this inline script or style."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"


def program() -> str:
    """Return our scripts as one closure, so that they share names with each other and with nobody else."""
    return "(() => {\n'use strict';\n" + "\n".join(asset(name) for name in SCRIPTS) + "\n})();"


def asset(name: str) -> str:
    """Return one of the files that lie beside this module."""
    return resources.files(__package__).joinpath("assets", name).read_text(encoding="utf-8")


def leaflet(name: str) -> str:
    """Return a file of Leaflet as installed; a style sheet's pictures become data: URIs."""
    text = _leaflet_file(name).read_text(encoding="utf-8")
    text = _SOURCE_MAP.sub("", text)
    return _IMAGE.sub(lambda found: f"url({_data_uri(_leaflet_file(found[1]))})", text)


def _leaflet_file(name: str) -> Path:
    return Path(str(distribution("XStatic-Leaflet").locate_file(f"xstatic/pkg/leaflet/data/{name}")))


def _data_uri(picture: Path) -> str:
    return f"data:image/png;base64,{base64.b64encode(picture.read_bytes()).decode()}"
