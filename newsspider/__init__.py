"""newsspider: news pages in, clean article records out.

>>> from newsspider import parse_page, extract_article
>>> page = parse_page(b"<h1>Ferry back</h1><p>The ferry sails again.</p>", "https://herald.example/ferry")
>>> extract_article(page).site
'herald.example'
"""

__version__ = "0.1.0"

from newsspider.extraction.article import extract_article, extract_text
from newsspider.page import Page, parse_page
from newsspider.record import ArticleRecord

__all__ = ["ArticleRecord", "Page", "__version__", "extract_article", "extract_text", "parse_page"]
