"""What mkdocs does not know by itself: the order of the pages, and the files of the repository that they link to.

docs/index.md is the one table of contents: its headings and the first link of each item are the navigation. Pages are written to be
read in the repository, so they link to files outside docs/. A Markdown file at the top becomes a page of the site, any other file
is put beside the pages, and of a link to a folder the text is kept.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).resolve().parents[2]
LINK = re.compile(r"\[([^\]\n]*)\]\(([^)\s]+)\)")
FENCED = re.compile(r"(^```.*?^```$)", re.DOTALL | re.MULTILINE)
ITEM = re.compile(r"^(?:-|\d+\.) \[([^\]]+)\]\(([^)#]+)\)", re.MULTILINE)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Make the navigation from the index."""
    _, *parts = re.split(r"^## ", (ROOT / "docs" / "index.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    nav: list[dict[str, object]] = [{"Home": "index.md"}]
    for part in parts:
        title, _, text = part.partition("\n")
        nav.append({title: [{name: _seat(posixpath.normpath(f"docs/{target}"))} for name, target in ITEM.findall(text)]})
    config.nav = nav
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add what the pages link to outside docs/."""
    waiting = [f"docs/{file.src_uri}" for file in files.documentation_pages()]
    seen = set(waiting)
    while waiting:
        home = waiting.pop()
        for path in _targets(home):
            if path not in seen and (ROOT / path).is_file():
                seen.add(path)
                if not path.startswith("docs/"):
                    files.append(File.generated(config, _seat(path), abs_src_path=str(ROOT / path)))
                    waiting += [path] if path.endswith(".md") else []
    return files


def on_page_markdown(markdown: str, page: Page, **_: object) -> str:
    """Let every link lead to where its file stands in the site."""
    here = page.file.src_uri
    home = next((path.name for path in ROOT.glob("*.md") if _seat(path.name) == here), f"docs/{here}")
    settle = _settle(home, here)
    return "".join(part if part.startswith("```") else LINK.sub(settle, part) for part in FENCED.split(markdown))


def _settle(home: str, here: str) -> Callable[[re.Match[str]], str]:
    def settle(link: re.Match[str]) -> str:
        text, target = link.groups()
        if _abroad(target):
            return link[0]
        path, mark, anchor = target.partition("#")
        path = posixpath.normpath(posixpath.join(posixpath.dirname(home), path))
        if (ROOT / path).is_dir():
            return text
        return f"[{text}]({posixpath.relpath(_seat(path), posixpath.dirname(here) or '.')}{mark}{anchor})"

    return settle


def _targets(home: str) -> Iterator[str]:
    """Yield the files of the repository that a page of it links to."""
    for _, target in LINK.findall((ROOT / home).read_text(encoding="utf-8")):
        if not _abroad(target):
            yield posixpath.normpath(posixpath.join(posixpath.dirname(home), target.partition("#")[0]))


def _abroad(target: str) -> bool:
    return "://" in target or target.startswith(("#", "mailto:"))


def _seat(path: str) -> str:
    """Return where a file of the repository stands among the sources of the site."""
    if path.startswith("docs/"):
        return path.removeprefix("docs/")
    if path.endswith(".md"):
        return posixpath.join("repository", path.lower())
    return posixpath.join("repository", path if Path(path).suffix else f"{path}.txt")
