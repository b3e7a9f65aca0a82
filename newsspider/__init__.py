"""newsspider: news pages in, clean article records out.

>>> import newsspider
>>> page = "<h1>Ferry back</h1><p>The ferry sails again.</p>"
>>> record = newsspider.extract(page, "https://herald.example/ferry")
>>> record.title, record["site"]
('Ferry back', 'herald.example')
"""

import sys
from importlib import import_module

__version__ = "0.1.0"

# The module of each name. It is imported on first use, since every command imports this package and
# most never parse a page. The stub beside this file shows type checkers the same names.
_SOURCES = {
    "ARTICLE_KINDS": "newsspider.kinds",
    "ArticleRecord": "newsspider.record",
    "ArticleStore": "newsspider.library.article_store",
    "EmptyPageError": "newsspider.errors",
    "ExtractionError": "newsspider.errors",
    "KINDS": "newsspider.kinds",
    "Limits": "newsspider.pool.limits",
    "NewsspiderError": "newsspider.errors",
    "NotHtmlError": "newsspider.errors",
    "Page": "newsspider.pages.page",
    "PageError": "newsspider.errors",
    "RawPage": "newsspider.pages.raw_page",
    "StoreError": "newsspider.errors",
    "UnreadableError": "newsspider.errors",
    "UsageError": "newsspider.errors",
    "explain_page": "newsspider.extraction.explain",
    "extract": "newsspider.library.extract_pages",
    "extract_article": "newsspider.extraction.article",
    "extract_file": "newsspider.library.extract_file",
    "extract_many": "newsspider.library.extract_pages",
    "extract_text": "newsspider.extraction.article",
    "fetch_article": "newsspider.library.extract_pages",
    "for_site": "newsspider.mending.mends",
    "mend_record": "newsspider.mending.mends",
    "open_store": "newsspider.library.article_store",
    "parse_page": "newsspider.pages.page",
    "to_pandas": "newsspider.library.data_frames",
}
__all__ = [*_SOURCES, "__version__"]


def __getattr__(name: str) -> object:
    """Return a public name."""
    if name not in _SOURCES:
        # With name and object Python suggests the nearest name.
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message, name=name, obj=sys.modules[__name__])
    return getattr(import_module(_SOURCES[name]), name)


def __dir__() -> list[str]:
    """Return the public names, for tab completion."""
    return sorted(__all__)
