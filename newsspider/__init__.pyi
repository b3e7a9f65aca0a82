# What type checkers see of the names that `__init__.py` imports when they are asked for.
from newsspider.extraction.article import extract_article as extract_article
from newsspider.extraction.article import extract_text as extract_text
from newsspider.mending import for_site as for_site
from newsspider.mending import mend_record as mend_record
from newsspider.page import Page as Page
from newsspider.page import parse_page as parse_page
from newsspider.record import ArticleRecord as ArticleRecord

__version__: str
