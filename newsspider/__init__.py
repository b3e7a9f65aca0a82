"""newsspider: news pages in, clean article records out.

>>> from newsspider import parse_page, extract_article
>>> page = parse_page(b"<h1>Ferry back</h1><p>The ferry sails again.</p>", "https://herald.example/ferry")
>>> extract_article(page).site
'herald.example'
"""

from importlib import import_module

__version__ = "0.1.0"

# Where each name comes from. It is imported when it is asked for, since every command imports this package and most
# never parse a page; the stub beside this file shows type checkers the same names.
_SOURCES = {
    "ArticleRecord": "newsspider.record",
    "Page": "newsspider.page",
    "extract_article": "newsspider.extraction.article",
    "extract_text": "newsspider.extraction.article",
    "for_site": "newsspider.mending",
    "mend_record": "newsspider.mending",
    "parse_page": "newsspider.page",
}
__all__ = [*_SOURCES, "__version__"]


def __getattr__(name: str) -> object:
    """Return a public name."""
    if name not in _SOURCES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_SOURCES[name]), name)
