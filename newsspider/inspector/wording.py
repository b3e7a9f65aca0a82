"""Words about a record that the terminal and the pages for a browser share."""

from newsspider.record import ArticleRecord
from newsspider.text import count_of

CONFIDENCE_WORDS = ((0.9, "sure"), (0.7, "fairly sure"), (0.5, "in doubt"), (0.0, "very doubtful"))
ORIGINS = {
    "json-ld": "JSON-LD",
    "meta": "meta element",
    "markup": "the page's markup",
    "text": "the page's text",
    "url": "the address",
    "site": "the site's memory",
    "feed": "the feed",
    "news-sitemap": "the news sitemap",
}


def about(record: ArticleRecord) -> str:
    """Return the reason for a page's kind, or the length, confidence and language of an article."""
    if record.reason:
        return record.reason
    said = [count_of(record.word_count or 0, "word")]
    if record.confidence is not None:
        said.append(
            f"{confidence_in_words(record.confidence)} (confidence {record.confidence:.2f})"
        )
    if record.language:
        said.append(f"language {record.language}")
    return ", ".join(said)


def confidence_in_words(confidence: float) -> str:
    """Return how sure extraction is of a body.

    >>> confidence_in_words(0.95), confidence_in_words(0.42)
    ('sure', 'very doubtful')
    """
    return next(words for least, words in CONFIDENCE_WORDS if confidence >= least)


def origin_of(record: ArticleRecord, name: str, title_element: str | None = None) -> str:
    """Return the place that gave a field, in words; "" where the record names none.

    Args:
        record: the record.
        name: the field's.
        title_element: the tag of the element that has the title, where it is known.

    >>> record = ArticleRecord(title="Ferry back", provenance={"title": "markup"})
    >>> origin_of(record, "title"), origin_of(record, "title", "h1")
    ("the page's markup", "the page's <h1>")
    """
    origin = record.provenance.get(name, "")
    if name == "title" and origin == "markup" and title_element:
        return f"the page's <{title_element}>"

    return ORIGINS.get(origin, origin)
