"""Writes docs/columns.md and docs/schemas/ anew from the table of columns.

usage: tables.py
"""

from __future__ import annotations

from pathlib import Path

from mapper.exports import schemas


def main(docs: Path) -> None:
    """Write the page and every schema; a schema of no file is removed."""
    folder = docs / "schemas"
    folder.mkdir(exist_ok=True)
    made = schemas.documents()
    for path in folder.iterdir():
        if path.name not in made:
            path.unlink()
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8")
    (docs / "columns.md").write_text(schemas.page(), encoding="utf-8")


if __name__ == "__main__":
    main(Path(__file__).parent)
