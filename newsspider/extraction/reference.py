"""trafilatura, the reference extractor: the one module that imports it."""

import logging
import re

from lxml.etree import LxmlError

from newsspider.page import Page

# It logs a line for every page it finds little in; what matters stands in the record.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

_LINES = re.compile(r"\s*\n\s*")


def ask_trafilatura(page: Page) -> str | None:
    """Return the body that trafilatura keeps, its lines parted by one blank line; None for none.

    Its `deduplicate` stays off: in a process that lives on, the same page is empty from the seventh call.
    """
    from trafilatura import bare_extraction  # here: hardly a page needs it, and it doubles the start-up of a command
    from trafilatura.settings import Document

    try:
        found = bare_extraction(page.tree, include_comments=False, with_metadata=False, deduplicate=False)
    except (LxmlError, ValueError, RecursionError):
        return None
    text = _LINES.sub("\n\n", (found.text or "").strip()) if isinstance(found, Document) else ""
    return text or None
