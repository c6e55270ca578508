"""Files of a gazetteer -> a folder that holds them, looked over before it is put in place."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from mapper.errors import OutputError
from mapper.gazetteer import check, load
from mapper.gazetteer.importing.tables import MADE_BY


def check_folder(out: Path) -> None:
    """Raise OutputError when a folder holds tables that were not made by an import."""
    about = out / "about.toml"
    if (out / "places.csv").exists() and not (about.is_file() and MADE_BY in about.read_text("utf-8", "replace")):
        raise OutputError(f"{out}: holds tables that no import made; expected another folder, or none yet")


def put(out: Path, files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Write the files beside the folder, read and look them over there, then move them in; return the flaws."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{out.name}.", dir=out.parent, ignore_cleanup_errors=True) as made:
            beside = Path(made)
            for name, content in files.items():
                (beside / name).write_bytes(content)
            flaws = tuple(map(str, check(load(folder=beside))))
            for name in files:
                (beside / name).replace(out / name)
    except OSError as fault:
        raise OutputError(f"{fault.filename or out}: cannot be written ({fault.strerror})") from fault
    return flaws
