"""trafilatura, the reference extractor: the one module that imports it."""

import logging
import re
from dataclasses import dataclass

from lxml.etree import LxmlError
from trafilatura import bare_extraction
from trafilatura.metadata import extract_metadata
from trafilatura.settings import Document

from newsspider.page import Page

# It logs a line for every page it finds little in; what matters stands in the record.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("htmldate").setLevel(logging.CRITICAL)

_LINES = re.compile(r"\s*\n\s*")


@dataclass(frozen=True)
class ReferenceFields:
    """What trafilatura takes for a page's fields."""

    authors: tuple[str, ...]
    day: str | None


def ask_trafilatura(page: Page) -> str | None:
    """Return the body that trafilatura keeps, its lines parted by one blank line; None for none.

    Its `deduplicate` stays off: in a process that lives on, the same page is empty from the seventh call.
    """
    try:
        found = bare_extraction(page.tree, include_comments=False, with_metadata=False, deduplicate=False)
    except (LxmlError, ValueError, RecursionError):
        return None
    text = _LINES.sub("\n\n", (found.text or "").strip()) if isinstance(found, Document) else ""
    return text or None


def ask_trafilatura_for_fields(page: Page) -> ReferenceFields:
    """Return trafilatura's authors and publication day: guesses from markup and text, the last resort.

    Text that has lost its markup gives none: any day in it would do for its guess.
    """
    if page.flat:
        return ReferenceFields((), None)
    try:
        found = extract_metadata(page.tree, page.url, {"original_date": True, "extensive_search": True})
    except (LxmlError, ValueError, RecursionError):
        return ReferenceFields((), None)
    authors = tuple(name.strip() for name in (found.author or "").split(";") if name.strip())
    return ReferenceFields(authors, found.date or None)
