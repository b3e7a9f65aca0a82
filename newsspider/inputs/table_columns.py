"""The names of the columns that a table of pages is read from."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Columns:
    """The columns of a table that contain pages and their addresses; None: the usual names."""

    html: str | None = None
    url: str | None = None
