"""Libraries of the extras: imported when what needs one is asked for, and their absence told in a line."""

from __future__ import annotations

import importlib
from typing import Any

from mapper.errors import MissingLibraryError


def library(name: str, extra: str) -> Any:
    """Return a module by its name; MissingLibraryError names the extra of this package that brings it."""
    try:
        return importlib.import_module(name)
    except ImportError as fault:
        raise MissingLibraryError(
            f"{name.partition('.')[0]}: not installed; expected after pip install 'conflict-event-mapper[{extra}]'"
        ) from fault
