"""The inputs of a run, and the names of their parts."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from newsspider.inputs.formats import FORMAT_OF_SUFFIX
from newsspider.inputs.streams import SUFFIXES

# Of the location's hash, hexadecimal; tells inputs of one name in different folders apart
KEY_DIGITS = 10
STEM_BYTES = 150  # of a part's name; file systems allow 255 for all of it
_NOT_IN_NAMES = re.compile(r"[^\w.-]+", re.ASCII)


@dataclass(frozen=True)
class Input:
    """A file or folder that becomes one part.

    Attributes:
        source: its name in records: the path or URL as the user gave it.
        location: an absolute path or a URL, which every process of the run can open.
    """

    source: str
    location: str

    @property
    def part_name(self) -> str:
        """The name of its part, without a suffix.

        It depends on the location alone. So every run and every machine that uses the same path finds the same part.

        >>> Input("x.warc.gz", "/news/2026/CC-NEWS-0001.warc.gz").part_name
        'CC-NEWS-0001-433fa9cb74'
        """
        digest = hashlib.sha256(self.location.encode("utf-8", "surrogateescape")).hexdigest()[
            :KEY_DIGITS
        ]
        return f"{_stem_of(PurePosixPath(self.location).name)}-{digest}"


def _stem_of(name: str) -> str:
    """Return a file's name without the suffixes of its format and compression, in safe characters.

    >>> _stem_of("CC NEWS.warc.gz"), _stem_of("saved.d"), _stem_of(".warc")
    ('CC-NEWS', 'saved.d', 'warc')
    """
    for known in (SUFFIXES, FORMAT_OF_SUFFIX):
        stem, _, suffix = name.rpartition(".")
        if stem and f".{suffix.lower()}" in known:
            name = stem
    safe = _NOT_IN_NAMES.sub("-", name)[:STEM_BYTES].strip(".-")
    return safe or "part"
