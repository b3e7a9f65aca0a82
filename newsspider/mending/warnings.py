"""The warning that a failed mend leaves in a record; failures are counted by it."""

import re
from collections.abc import Iterable, Iterator

from newsspider.text import show_text, squash

MAX_REASON_CHARS = 200  # of an error's text, which may quote a whole page
_WARNING = re.compile(r"mend (\S+) failed: (.*)", re.S)


def mend_warning(name: str, reason: str) -> str:
    """Return the warning of a failed mend, in one line.

    >>> mend_warning("parsers.mend", "KeyError: 'x'")
    "mend parsers.mend failed: KeyError: 'x'"
    """
    line = squash(show_text(reason))
    shown = line if len(line) <= MAX_REASON_CHARS else f"{line[:MAX_REASON_CHARS]}…"
    return f"mend {name} failed: {shown}"


def iter_failed_mends(warnings: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the name of each failed mend in a record's warnings, and the reason.

    >>> list(iter_failed_mends(["low confidence", "mend parsers.mend failed: KeyError: 'x'"]))
    [('parsers.mend', "KeyError: 'x'")]
    """
    found = map(_WARNING.fullmatch, warnings)
    yield from ((match[1], match[2]) for match in found if match)
