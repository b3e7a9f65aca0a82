"""The input formats: one row per format.

A new format is a row in `FORMATS` and a module in `inputs/` with its reader. Compression is not a
format: `streams.py` undoes it for all formats.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pkgutil import resolve_name
from typing import Any, Literal

from newsspider.inputs.signatures import (
    Signature,
    begins_record,
    is_json_lines,
    is_markup,
    is_mhtml,
    starts_with,
)

Holds = Literal["a page", "files", "records", "rows"]

PAGE_SUFFIXES = (".html", ".htm", ".xhtml")
TEXT_SUFFIX = ".txt"  # a page without its markup


@dataclass(frozen=True)
class InputFormat:
    """An input format.

    Attributes:
        holds: "a page"; "files", each of which may be of any format; "records" or "rows", each a
            page.
        words: its names in `--help`.
        rank: its place among the formats of its kind in `--help`.
        tells: whether the first bytes of a file, decompressed, are those of the format. None: only
            its name tells.
        place: "module:function" in `newsspider.inputs`, imported when such a file is read. For "a
            page" the function takes an open file's content and its `PageFile` and returns a
            `RawPage`; for "files" it takes an `OpenFile` and yields `Member`s; else it takes an
            `OpenFile` and yields `SavedPage`s.
        suffixes: the suffixes of files that are read from folders and archives. They also decide if
            a file's first bytes are unclear.
        unless_named_page: whether a name such as x.html overrules the first bytes.
    """

    holds: Holds
    words: tuple[str, ...]
    rank: int
    tells: Signature | None
    place: str
    suffixes: tuple[str, ...] = ()
    unless_named_page: bool = False

    def load(self) -> Any:
        """Import the function that `place` names."""
        return resolve_name(f"{__package__}.{self.place}")


PAGE = "page"
WARC = "warc"  # its members are compressed, not the file
# In the order in which they are tried on a file's first bytes.
FORMATS: dict[str, InputFormat] = {
    WARC: InputFormat(
        "records", ("WARC", "ARC"), 3, begins_record, "warc:read_warc", (".warc", ".arc")
    ),
    "zip": InputFormat(
        "files",
        ("zip",),
        1,
        starts_with(b"PK\x03\x04", b"PK\x05\x06"),
        "archives:iter_zip",
        (".zip",),
    ),
    # A zip file by its bytes
    "wacz": InputFormat("files", ("WACZ",), 4, None, "archives:iter_zip", (".wacz",)),
    "tar": InputFormat(
        "files",
        ("tar",),
        2,
        starts_with(b"ustar", at=257),
        "archives:iter_tar",
        (".tar", ".tgz", ".tbz2", ".txz", ".tzst"),
    ),
    "parquet": InputFormat("rows", ("Parquet",), 2, starts_with(b"PAR1"), "tables:iter_parquet"),
    "mhtml": InputFormat("a page", ("MHTML",), 2, is_mhtml, "mhtml:read_mhtml", (".mhtml", ".mht")),
    "json lines": InputFormat(
        "rows", ("JSON lines",), 1, is_json_lines, "tables:iter_json_lines", unless_named_page=True
    ),
    PAGE: InputFormat(
        "a page",
        (" ".join(PAGE_SUFFIXES), "SingleFile"),
        1,
        is_markup,
        "page_files:read_markup",
        (*PAGE_SUFFIXES, TEXT_SUFFIX),
    ),
}

FORMAT_OF_SUFFIX: dict[str, str] = {
    suffix: name for name, row in FORMATS.items() for suffix in row.suffixes
}


def names_of(*holds: Holds) -> list[str]:
    """Return the names in `--help` of the formats that hold such things.

    >>> names_of("rows")
    ['JSON lines', 'Parquet']
    """
    rows = sorted((row for row in FORMATS.values() if row.holds in holds), key=lambda row: row.rank)
    return [word for row in rows for word in row.words]


def describe_formats() -> str:
    """Return a part of a sentence that lists the formats."""
    pages, archives, tables = names_of("a page"), names_of("files", "records"), names_of("rows")
    return (
        f"saved pages ({'; '.join(pages)}), plain text of pages ({TEXT_SUFFIX}), "
        f"{_listed(archives)} archives, {_listed(tables)}"
    )


def _listed(words: Iterable[str]) -> str:
    """Return words as a list in a sentence.

    >>> _listed(["zip", "tar", "WARC"])
    'zip, tar and WARC'
    """
    *others, last = words
    return f"{', '.join(others)} and {last}" if others else last
