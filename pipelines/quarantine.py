"""Parting: what is no article has been stored with its kind and reason, and goes no further."""

from typing import Any

from scrapy.exceptions import DropItem

from newsspider.record import ArticleRecord


def reason_to_drop(record: ArticleRecord) -> str | None:
    """Return why a record is no article, or None for articles.

    >>> reason_to_drop(ArticleRecord(url="https://herald.example/", kind="index", reason="a home page"))
    'index: a home page (https://herald.example/)'
    """
    return None if record.is_article else f"{record.kind}: {record.reason} ({record.url or record.source})"


class QuarantinePipeline:
    """Lets only articles through to the feeds (-O, FEEDS)."""

    def process_item(self, item: Any) -> Any:
        """Pass articles on, and items that are no records.

        Raises:
            DropItem: the record is no article; the text is its kind and reason.
        """
        if isinstance(item, ArticleRecord) and (reason := reason_to_drop(item)):
            raise DropItem(reason)
        return item
