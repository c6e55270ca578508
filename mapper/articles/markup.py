"""Markup -> the text that a reader of the page sees, a block for each paragraph; what is hidden from readers is left out and told."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from mapper.articles.draft import Unreadable, clean, need

Element = Any
"""An element of lxml, which is imported where a page is parsed."""

DEEPEST = 200
"""Elements within elements; the parser loses what lies below 256, and no page that people made needs as many."""

ELEMENTS = 30_000
"""Elements of a page. A long live blog has a third of that, and each takes time."""

_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]{0,30})((?:[^<>\"']|\"[^\"<>]*\"|'[^'<>]*')*)>")
_NOT_NESTED = frozenset(
    "area base br col embed hr img input link meta source track wbr p li dt dd tr td th option thead tbody tfoot html head body".split()
)
_ENDS = re.compile(r"</(?:html|body)\b[^<>]*>", re.IGNORECASE)
_SWALLOWING = (
    ("<!--", "-->"),
    ("<script", "</script"),
    ("<textarea", "</textarea"),
    ("<style", "</style"),
    ("<plaintext", "</plaintext"),
)
_MARKUP = re.compile(r"</?(?:p|div|br|a|b|i|em|strong|span|ul|ol|li|img|h[1-6]|blockquote|figure|table|html|body)\b[^<>]*>", re.I)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,8}\d?);", re.IGNORECASE)

# --- parsing ------------------------------------------------------------------------------------


def parse(page: str) -> tuple[Element | None, list[str]]:
    """Return the root of a page, None when there is nothing in it, and notes on what the parser could not see."""
    lxml_html = need("lxml.html", "html")
    page, lost = clean(page)
    notes = [*lost]
    lowered = page.lower()
    for opening, closing in _SWALLOWING:
        at = lowered.rfind(opening)
        if at >= 0 and lowered.find(closing, at) < 0 and (hidden := _words(_TAG.sub(" ", page[at + len(opening) :]))):
            notes.append(f"{opening!r} is never closed and hides {hidden} words behind it, as it does in a browser")
    page, deep = _flatten(_ENDS.sub(" ", page))
    if deep:
        notes.append(f"elements nested deeper than {DEEPEST} were read as if they were not")
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    if not page.strip():
        return None, notes
    try:
        root = lxml_html.document_fromstring(page.encode(), parser=parser, ensure_head_body=True)
    except lxml_html.etree.ParserError:  # there is nothing but comments
        return None, notes
    if sum(1 for _ in root.iter()) > ELEMENTS:
        raise Unreadable(f"more than {ELEMENTS:,} elements; no page of news has so many")
    return root, notes


def _flatten(page: str) -> tuple[str, bool]:
    """Return the page without the tags of elements that lie too deep, and whether there were any."""
    depth = deepest = 0

    def keep(match: re.Match[str]) -> str:
        nonlocal depth, deepest
        closing, name, rest = match.groups()
        if name.lower() in _NOT_NESTED or rest.endswith("/"):
            return match[0]
        below = depth > DEEPEST if closing else depth >= DEEPEST
        depth = max(depth - 1, 0) if closing else depth + 1
        deepest = max(deepest, depth)
        return " " if below else match[0]

    flat = _TAG.sub(keep, page)
    return (flat, True) if deepest > DEEPEST else (page, False)


# --- what is hidden -----------------------------------------------------------------------------

_INVISIBLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|font-size\s*:\s*0+(?:\.0+)?(?![.\d])|opacity\s*:\s*0+(?:\.0+)?(?![.\d])"
    r"|(?:left|right|top|bottom|text-indent|margin-left|margin-top)\s*:\s*-\d{3,}"
    r"|clip\s*:\s*rect\(\s*[01](?:px)?[\s,]|clip-path\s*:\s*inset\(\s*(?:50|100)%"
    r"|(?<![\w-])(?:max-)?(?:height|width)\s*:\s*0+(?:px|em|%)?\s*(?:;|$|!)",
    re.IGNORECASE,
)
_WHITE = re.compile(
    r"(?<![\w-])color\s*:\s*(?:#fff(?:fff)?\b|white\b|rgba?\(\s*255\s*,\s*255\s*,\s*255|transparent\b)", re.IGNORECASE
)
_BACKGROUND = re.compile(r"background", re.IGNORECASE)
_RULE = re.compile(r"([^{}]{1,500})\{([^{}]*)\}")
_NESTED_RULES = re.compile(r"@[^{}]{0,500}\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_SELECTOR = re.compile(r"(?:[a-z][\w-]*)?([.#])([\w-]+)", re.IGNORECASE)
_UNSEEN_TAGS = frozenset({"template", "noscript", "details"})
_MACHINE_TAGS = frozenset({"script", "style", "head", "title", "meta", "link"})


def conceal(root: Element) -> list[str]:
    """Take out what no reader of the page sees, and return notes that quote it.

    What only a stylesheet or aria-hidden hides is taken out unless it is more than half of the page: then
    a dialog stood over the article, or a script that did not run was to show it.
    """
    styled = _hidden_names(root)
    page = _words(_visible(root))
    texts, kept = [], 0
    gone: set[Element] = set()
    for element in list(root.iter()):
        if element.getparent() in gone:
            gone.add(element)
            continue
        if not isinstance(element.tag, str) or element.tag in _MACHINE_TAGS:
            continue
        sure = _is_hidden(element)
        if not sure and not _is_styled_away(element, styled):
            continue
        text = " ".join(_visible(element).split())
        if not sure and 2 * _words(text) > page:
            kept = max(kept, _words(text))
        elif element.getparent() is not None:
            gone.add(element)
            element.drop_tree()
            texts += [text] if _words(text) > 2 and element.tag != "noscript" else []
    notes = [f"hidden text was left out, {len(texts)} passage{'s' * (len(texts) > 1)}: {texts[0][:120]!r}"] if texts else []
    return notes + ([f"{kept} words, most of the page, are marked as hidden and were read"] if kept else [])


def _hidden_names(root: Element) -> frozenset[str]:
    """Return the ``.classes`` and ``#ids`` that a stylesheet of the page itself hides on every screen."""
    sheets = "\n".join(style.text or "" for style in root.iter("style"))[:500_000]
    found = set()
    for match in _RULE.finditer(_NESTED_RULES.sub("", sheets)):
        if _INVISIBLE.search(match[2]):
            found |= {one[1] + one[2] for part in match[1].split(",") if (one := _SELECTOR.fullmatch(part.strip()))}
    return frozenset(found)


def _is_hidden(element: Element) -> bool:
    style = element.get("style") or ""
    if element.tag in _UNSEEN_TAGS:
        return element.get("open") is None
    if element.get("hidden") is not None or _INVISIBLE.search(style):
        return True
    return bool(_WHITE.search(style)) and not any(_has_background(one) for one in (element, *element.iterancestors()))


def _has_background(element: Element) -> bool:
    return element.get("bgcolor") is not None or bool(_BACKGROUND.search(element.get("style") or ""))


def _is_styled_away(element: Element, styled: frozenset[str]) -> bool:
    names = {f".{name}" for name in (element.get("class") or "").split()} | {f"#{element.get('id')}"}
    return (element.get("aria-hidden") or "").lower() == "true" or not names.isdisjoint(styled)


# --- blocks -------------------------------------------------------------------------------------

_SILENT = frozenset(
    "script style head title meta link template noscript iframe object embed svg math audio video canvas select input textarea map".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 "
    "header hr html li main nav ol p pre section summary table tbody tfoot thead tr ul".split()
)
_EMPTY_LINE = re.compile(r"\n[ \t\n]*\n")


@dataclass(slots=True)
class Block:
    """A paragraph as a reader sees it, the element that holds it, and how many of its characters are links."""

    text: str
    element: Element
    linked: int


@dataclass(slots=True)
class _Walk:
    """Collects the text between two block elements."""

    pieces: list[str] = field(default_factory=list)
    linked: int = 0
    found: list[Block] = field(default_factory=list)

    def add(self, text: str | None, in_link: bool, kept: bool) -> None:
        if text:
            self.pieces.append(text if kept else re.sub(r"\s+", " ", text))
            self.linked += len(text.strip()) if in_link else 0

    def close(self, element: Element) -> None:
        for paragraph in _EMPTY_LINE.split("".join(self.pieces)):
            lines = [" ".join(line.split()) for line in paragraph.split("\n")]
            if text := "\n".join(line for line in lines if line).strip(" |"):
                self.found.append(Block(text, element, self.linked))
        self.pieces.clear()
        self.linked = 0

    def walk(self, element: Element, in_link: bool = False, kept: bool = False) -> None:
        tag = element.tag if isinstance(element.tag, str) else "script"
        if tag in _SILENT:
            return
        block, in_link, kept = tag in _BLOCKS, in_link or tag == "a", kept or tag == "pre"
        if block:
            self.close(element.getparent() if element.getparent() is not None else element)
        self.pieces += {"br": ["\n"], "td": [" | "], "th": [" | "]}.get(tag, [])
        self.add(element.text, in_link, kept)
        for child in element:
            self.walk(child, in_link, kept)
            self.add(child.tail, in_link, kept)
        if block:
            self.close(element)


def blocks(root: Element) -> list[Block]:
    """Return the paragraphs of a page in order, white space collapsed, a line break where the page has one."""
    walk = _Walk()
    walk.walk(root)
    walk.close(root)
    return walk.found


def _visible(element: Element) -> str:
    return "\n".join(block.text for block in blocks(element))


def _words(text: str) -> int:
    return len(text.split())


# --- text with markup in it ---------------------------------------------------------------------


def plain(words: str, choose: Callable[[Element], Sequence[Block]] = blocks) -> tuple[str, tuple[str, ...]]:
    """Return the words of a cell or a feed without the markup in them, if there is any, and notes on it.

    `choose` says which paragraphs of the markup count.
    """
    words, notes = clean(words)
    if not _MARKUP.search(words):
        return (html.unescape(words) if _ENTITY.search(words) else words).strip(), notes
    root, lost = parse(words)
    if root is None:
        return "", notes
    hidden = conceal(root)
    return "\n\n".join(block.text for block in choose(root)), (*notes, *lost, *hidden)


def ancestors(element: Element) -> Iterator[Element]:
    """Yield the element and all that hold it, from the inside out."""
    yield element
    yield from element.iterancestors()
