"""The names under which meta elements hold a page's dates."""

import re
from functools import lru_cache

PUBLISHED_META = (
    "article:published_time", "og:article:published_time", "og:published_time", "article:published",
    "datepublished", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime",
    "cxenseparse:recs:articlepublicationdate", "article.published", "published_time",
    "publishedtime", "published_at", "published-date", "published_date", "pubdate", "pub_date",
    "publish-date", "publish_date", "publishdate", "publication_date", "publication-date",
    "article_date_original", "article:post_date", "originalpublicationdate",
    "citation_publication_date", "article:create_at", "analyticsattributes.articledate",
    "prism.publicationdate", "article:publication_date", "og:pubdate",
    "shareaholic:article_published_time", "bt:pubdate", "rnews:datepublished", "ptime",
    "displaydate", "dcterms.issued", "dc.date.issued", "dc.date.created", "dcterms.created",
    "dc:created", "date.created", "date_published", "citation_date", "dc.date", "dc:date",
    "dcterms.date", "date",
)  # fmt: skip
# Those that do not say which date they mean: with some systems it is that of the last saving.
ANY_DATE_META = ("dc.date", "dc:date", "dcterms.date", "date")
MODIFIED_META = (
    "article:modified_time", "og:article:modified_time", "article:modified", "og:updated_time",
    "datemodified", "article.updated", "article:updated_time", "lastmod", "last-modified",
    "last_modified", "modified_time", "dcterms.modified", "dc.date.modified",
    "article_date_updated", "rnews:datemodified", "cxenseparse:recs:recstime",
    "shareaholic:article_modified_time", "bt:moddate", "revision_date", "updated_time",
)  # fmt: skip
# Names that sites make up for themselves.
_PUBLISHED_NAME = re.compile(
    r"publi(?:sh|cat|cad)\w{0,40}(?:$|[-_.:]?(?:date|time|on|at))|(?:date|time)[-_.:]?publi"
)
_MODIFIED_NAME = re.compile(r"(?:modif|updat|revis)\w{0,40}(?:$|[-_.:]?(?:date|time|on|at))")
# Names that web analytics read: when the address was new to them, not the article that it holds
# now.
_ANALYTICS_NAME = re.compile(
    r"first|^(?:dcs|wt[.:_]|omni|adobe|gtm|ga[.:_]|analytics[.:_]|chartbeat|comscore|nielsen|"
    r"webtrekk|xiti|tealium|utag)"
)


@lru_cache(maxsize=2048)  # pages' meta elements have the same names
def names_publication(name: str) -> bool:
    """Whether a meta element's own name says that it holds the publication date."""
    return bool(_PUBLISHED_NAME.search(name)) and not _ANALYTICS_NAME.search(name)


@lru_cache(maxsize=2048)
def names_first_seen(name: str) -> bool:
    """Whether a meta element's name says that web analytics hold the publication date there.

    >>> names_first_seen("dcsext.articlefirstpublished"), names_first_seen("x-published-date")
    (True, False)
    """
    return bool(_PUBLISHED_NAME.search(name)) and bool(_ANALYTICS_NAME.search(name))


@lru_cache(maxsize=2048)
def names_change(name: str) -> bool:
    """Whether a meta element's own name says that it holds the date of the last change."""
    return bool(_MODIFIED_NAME.search(name))
