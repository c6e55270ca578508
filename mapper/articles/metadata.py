"""The head of a page -> what the page states about itself: headline, outlet, author, day, address, language."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mapper.articles.draft import FIELDS, clean
from mapper.articles.markup import Element

LONGEST = 2_000_000
"""Characters of one block of JSON-LD."""

_KINDS = re.compile(r"(?:\w*Article|\w*BlogPosting|Report)$")
_SEPARATORS = " |-:\N{BULLET}\N{EN DASH}\N{EM DASH}\N{MIDDLE DOT}\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}"
_ARCHIVED = re.compile(r"https?://web\.archive\.org/web/\d{4,14}(?:[a-z]{2}_)?/(https?://.+)", re.IGNORECASE)
_META: Mapping[str, tuple[str, ...]] = {
    "title": ("og:title", "twitter:title", "headline"),
    "outlet": ("og:site_name", "application-name", "publisher", "dc.publisher"),
    "byline": ("author", "article:author", "dc.creator", "byl", "parsely-author", "sailthru.author"),
    "published": (
        "article:published_time", "datepublished", "date", "pubdate", "publishdate", "dc.date", "dc.date.issued", "parsely-pub-date",
        "sailthru.date", "og:article:published_time",
    ),
    "url": ("og:url", "mainentityofpage"),
    "language": ("og:locale", "content-language", "dc.language"),
}  # fmt: skip
"""Names of meta elements by what they state, the more reliable first."""


def stated(root: Element) -> tuple[dict[str, str], str]:
    """Return what a page states of `FIELDS`, and the text of the article in its JSON-LD, "" where there is none.

    JSON-LD wins over meta elements, these over what stands in the page. The language of the page as a
    whole (``<html lang>``) counts last.
    """
    linked = next(_linked(root), {})
    sources = (_from_linked(linked), _from_meta(root), _from_page(root))
    found = {field: value for field in FIELDS if (value := next((s[field] for s in sources if s.get(field)), ""))}
    if "url" in found:
        found["url"] = original(found["url"])
    if "byline" in found:
        found["byline"] = re.sub(r"(?<=\w),(?=\w)", ", ", found["byline"].removeprefix("By ").removeprefix("by "))
    if found.get("byline", "").startswith(("http://", "https://")):
        del found["byline"]  # the author's page, in the manner of Facebook
    body = linked.get("articleBody")
    return found, body if isinstance(body, str) else ""


def _linked(root: Element) -> Iterator[dict[str, Any]]:
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            try:
                found = json.loads((script.text or "")[:LONGEST], strict=False)
            except (ValueError, RecursionError):
                continue
            nodes = list(_nodes(found))
            yield from (_joined(node, nodes) for node in nodes if any(_KINDS.match(kind) for kind in _kinds(node)))


def _joined(node: dict[str, Any], nodes: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return a node with the outlet and author that it only refers to, by the ids of other nodes of its graph."""
    by_id = {one["@id"]: one for one in nodes if isinstance(one.get("@id"), str)}

    def resolve(value: Any) -> Any:
        if isinstance(value, list):
            return [resolve(one) for one in value[:20] if not isinstance(one, list)]
        known = isinstance(value, dict) and not value.get("name") and isinstance(value.get("@id"), str)
        return by_id.get(value["@id"], value) if known else value

    return node | {name: resolve(node[name]) for name in ("publisher", "author") if name in node}


def _nodes(found: Any) -> Iterator[dict[str, Any]]:
    for node in found[:100] if isinstance(found, list) else [found]:
        if isinstance(node, dict):
            yield node
            graph = node.get("@graph")
            if isinstance(graph, list):
                yield from (one for one in graph[:100] if isinstance(one, dict))


def _kinds(node: Mapping[str, Any]) -> list[str]:
    kinds = node.get("@type")
    return [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]


def _from_linked(node: Mapping[str, Any]) -> dict[str, str]:
    page = node.get("mainEntityOfPage")
    return {
        "title": _words(node.get("headline")),
        "outlet": _words(node.get("publisher")),
        "byline": _words(node.get("author")),
        "published": _words(node.get("datePublished")),
        "url": _address(node.get("url")) or _address(page.get("@id") if isinstance(page, dict) else page),
        "language": _words(node.get("inLanguage")),
    }


def _words(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(words for one in value[:20] if not isinstance(one, list) and (words := _words(one)))
    if isinstance(value, dict):
        value = value.get("name") or value.get("alternateName")
    return _line(value) if isinstance(value, str) else ""


def _address(value: Any) -> str:
    return value.strip() if isinstance(value, str) and value.strip().startswith(("https://", "http://")) else ""


def original(address: str) -> str:
    """Return the address of a page that an archive of the web keeps a copy of; any other as it is.

    >>> original("https://web.archive.org/web/20210816101112id_/https://example.org/a.html")
    'https://example.org/a.html'
    """
    kept = _ARCHIVED.match(address)
    return kept[1] if kept else address


def _from_meta(root: Element) -> dict[str, str]:
    named: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv") or ""
        named.setdefault(name.lower(), _line(meta.get("content") or ""))
    found = {field: next((named[name] for name in names if named.get(name)), "") for field, names in _META.items()}
    return found | {"url": _address(found["url"])}


def _from_page(root: Element) -> dict[str, str]:
    heading = next((_line(h1.text_content()) for h1 in root.iter("h1")), "")
    title = next((_line(title.text_content()) for title in root.iter("title")), "")
    site = title.removeprefix(heading) if heading else ""  # "Headline | The Outlet" under the heading "Headline"
    canonical = (link.get("href") for link in root.iter("link") if "canonical" in (link.get("rel") or "").lower().split())
    times = (time.get("datetime") or "" for time in root.iter("time") if _is_publication(time))
    return {
        "title": heading or title,
        "outlet": site.strip(_SEPARATORS) if site != title and site[:1] == " " and site.lstrip()[:1] in _SEPARATORS else "",
        "published": _line(next(times, "")),
        "url": next((address for href in canonical if (address := _address(href))), ""),
        "language": root.get("lang") or root.get("xml:lang") or "",
    }


def _is_publication(time: Element) -> bool:
    names = f"{time.get('class') or ''} {time.get('itemprop') or ''}".lower()
    return time.get("pubdate") is not None or "publish" in names or "entry-date" in names


def _line(words: str) -> str:
    return " ".join(clean(words)[0].split())[:1000]
