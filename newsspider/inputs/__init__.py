"""Saved pages from whatever holds them: files, folders, archives, tables, standard input; one at a time, on no disk.

`paths.py` finds the files, `detecting.py` says by their first bytes what they are, `opening.py` reads each by its
format; below it stands a module for each.
"""

from newsspider.inputs.paths import LOOKED_FOR, STANDARD_INPUT, check_paths
from newsspider.inputs.reading import count_pages, is_single, iter_pages
from newsspider.inputs.saved import Columns

__all__ = ["LOOKED_FOR", "STANDARD_INPUT", "Columns", "check_paths", "count_pages", "is_single", "iter_pages"]
