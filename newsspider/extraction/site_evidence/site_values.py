"""Values that a site gives on nearly all of its pages: the site's, not the article's.

Sections, authors and single tags are left alone: a crawl may be of one section or one columnist.
"""

from dataclasses import replace
from typing import Any

from newsspider.record import ArticleRecord
from newsspider.site_memory.counting import OtherArticles
from newsspider.site_memory.observations import hash_value

MIN_OTHERS = 5  # other articles that must have the value
NEARLY_ALL = 0.8  # of the articles that have the field
SITE_TAGS = 3  # tags that make a list: fewer may be the section's
WHOLE_FIELDS = ("description", "image", "tags")
NO_VALUE = {"tags": ()}  # of other fields None
LIST_SIGN = "; "  # between the entries of a list that is compared as one value


def value_text(value: Any) -> str:
    """Return a field's value as the text that articles are compared by, "" for none.

    >>> value_text(("ferry", "harbour")), value_text(None)
    ('ferry; harbour', '')
    """
    return LIST_SIGN.join(value) if isinstance(value, tuple) else value or ""


def drop_site_values(others: OtherArticles, record: ArticleRecord) -> ArticleRecord:
    """Return a record without the values that its site gives on nearly all pages, and with a warning for each.

    An image is replaced by the first one that the article shows and the site does not repeat.
    """
    for field in WHOLE_FIELDS:
        articles = _articles_with(others, field, record[field])
        if articles:
            record = _without(record, field, articles)
    return record


def _articles_with(others: OtherArticles, field: str, value: Any) -> int:
    """Return how many other articles have the value, if it is the site's; else 0."""
    text = value_text(value)
    if not text or (isinstance(value, tuple) and len(value) < SITE_TAGS):
        return 0
    articles = others.count_value(field, hash_value(text))
    is_sites = articles >= MIN_OTHERS and articles >= NEARLY_ALL * others.count_field(field)
    return articles if is_sites else 0


def _without(record: ArticleRecord, field: str, articles: int) -> ArticleRecord:
    """Return the record without a field's value; the memory decided it, also where nothing is left."""
    warning = f"{field} left out: the same on {articles} other pages of this site"
    changed: dict[str, Any] = {
        field: NO_VALUE.get(field),
        "provenance": {**record.provenance, field: "site"},
        "warnings": (*record.warnings, warning),
    }
    if field == "image":
        own = tuple(each for each in record.images if each["url"] != record.image)
        changed["images"] = own
        changed["image"] = next((each["url"] for each in own), None)
    return replace(record, **changed)
