"""Articles go on to the feeds, all else is dropped with its kind and reason."""

import pytest
from scrapy.exceptions import DropItem

from newsspider.kinds import ARTICLE_KINDS, KINDS, Kind
from newsspider.record import ArticleRecord
from pipelines.quarantine import QuarantinePipeline, reason_to_drop


@pytest.mark.parametrize("kind", sorted(ARTICLE_KINDS))
def test_article_passes_as_it_is(kind: Kind) -> None:
    record = ArticleRecord(url="https://herald.example/ferry", kind=kind)
    assert QuarantinePipeline().process_item(record) is record


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ARTICLE_KINDS])
def test_anything_else_is_dropped_with_its_kind_reason_and_address(kind: Kind) -> None:
    record = ArticleRecord(url="https://herald.example/politics", kind=kind, reason="nine linked headlines")
    with pytest.raises(DropItem, match=rf"^{kind}: nine linked headlines \(https://herald\.example/politics\)$"):
        QuarantinePipeline().process_item(record)


def test_page_without_an_address_is_named_by_its_source() -> None:
    assert reason_to_drop(ArticleRecord(source="saved/a.html", kind="empty", reason="0 bytes")) == (
        "empty: 0 bytes (saved/a.html)"
    )
