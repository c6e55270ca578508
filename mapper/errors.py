"""What can go wrong, each also a builtin error. A message says where, what, and what was expected."""

from __future__ import annotations


class MapperError(Exception):
    """Anything this package raises on purpose."""


class TableError(MapperError, ValueError):
    """A data table is missing, malformed, or contradicts itself; names the file and the row."""


class SourceError(MapperError, OSError):
    """A source named by the caller does not exist or cannot be opened."""


class OutputError(MapperError, OSError):
    """Results cannot be written where the caller asked."""


class UnknownNameError(MapperError, KeyError):
    """A country, place, event or format that the tables do not hold."""

    def __str__(self) -> str:
        """Give the message as written; KeyError would quote it."""
        return str(self.args[0]) if self.args else ""


class MissingLibraryError(MapperError, ImportError):
    """A library that is asked for only by what was asked for is not installed; names the extra that brings it."""


class SettingError(MapperError, ValueError):
    """A setting that nothing can be made of."""
