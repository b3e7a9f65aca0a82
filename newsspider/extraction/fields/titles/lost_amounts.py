"""Amounts that a template has lost from a declared title.

A title that is the replacement text of PHP's `preg_replace` loses `$16` of "$160,000": there it
means a group of the pattern.
"""

import re
from collections.abc import Iterable

from newsspider.extraction.cutting.blocks import CutPage
from newsspider.extraction.fields.titles.site_names import plain

_GROUP = re.compile(r"\$\d{1,2}")  # PHP reads up to two digits


def without_groups(title: str) -> str:
    """Return a title as such a template would declare it.

    >>> without_groups("Harbour sold for $160,000")
    'Harbour sold for 0,000'
    """
    return _GROUP.sub("", title)


def find_whole(titles: Iterable[str], cut: CutPage) -> str | None:
    """Return the line of a page that is the first of some titles with its amounts; None for none."""
    lines = (block.text for block in cut.blocks if _GROUP.search(block.text))
    whole = {plain(without_groups(line)): line for line in lines}
    return next((whole[plain(title)] for title in titles if whole and plain(title) in whole), None)
