# What type checkers see of the names that `__init__.py` imports when they are asked for.
from newsspider.errors import EmptyPageError as EmptyPageError
from newsspider.errors import ExtractionError as ExtractionError
from newsspider.errors import NewsspiderError as NewsspiderError
from newsspider.errors import NotHtmlError as NotHtmlError
from newsspider.errors import PageError as PageError
from newsspider.errors import StoreError as StoreError
from newsspider.errors import UnreadableError as UnreadableError
from newsspider.errors import UsageError as UsageError
from newsspider.extraction.article import extract_article as extract_article
from newsspider.extraction.article import extract_text as extract_text
from newsspider.extraction.explain import explain_page as explain_page
from newsspider.kinds import ARTICLE_KINDS as ARTICLE_KINDS
from newsspider.kinds import KINDS as KINDS
from newsspider.library.article_store import ArticleStore as ArticleStore
from newsspider.library.article_store import open_store as open_store
from newsspider.library.data_frames import to_pandas as to_pandas
from newsspider.library.extract_file import extract_file as extract_file
from newsspider.library.extract_pages import extract as extract
from newsspider.library.extract_pages import extract_many as extract_many
from newsspider.library.extract_pages import fetch_article as fetch_article
from newsspider.mending.mends import for_site as for_site
from newsspider.mending.mends import mend_record as mend_record
from newsspider.pages.page import Page as Page
from newsspider.pages.page import parse_page as parse_page
from newsspider.pages.raw_page import RawPage as RawPage
from newsspider.pool.limits import Limits as Limits
from newsspider.record import ArticleRecord as ArticleRecord

__version__: str
