"""Pages that were taken down are not asked for again."""

from pathlib import Path

import pytest
from scrapy.exceptions import NotConfigured

from newsspider.crawl.skipped_requests import Forgotten
from newsspider.crawl.visits.forgotten import ForgottenMiddleware
from newsspider.errors import StoreError
from newsspider.record import ArticleRecord
from newsspider.store.store import Store
from tests.crawl.components import SEED, STORY, ask, count, make_crawler


@pytest.fixture
def database(tmp_path: Path) -> str:
    """A database from which a story was taken out."""
    path = str(tmp_path / "news.db")
    with Store(path) as store:
        store.write([ArticleRecord(url=STORY, site="herald.example", title="Ferry", body="It sails.")])
        store.forget([STORY])
    return path


def test_forgotten_page_is_dropped_and_counted_and_others_pass(database: str) -> None:
    crawler = make_crawler(DATABASE=database)
    middleware = ForgottenMiddleware.from_crawler(crawler)
    middleware.process_request(ask(SEED))
    with pytest.raises(Forgotten, match="removed with newsspider forget"):
        middleware.process_request(ask(f"{STORY}?utm_source=feed"))
    assert count(crawler, "forgotten") == 1


def test_middleware_is_off_without_a_store(database: str) -> None:
    with pytest.raises(NotConfigured):
        ForgottenMiddleware.from_crawler(make_crawler(DATABASE=database, STORE=False))


@pytest.mark.parametrize("exists", [True, False])
def test_middleware_is_off_where_nothing_was_forgotten(exists: bool, tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    if exists:
        Store(str(path)).close()
    with pytest.raises(NotConfigured):
        ForgottenMiddleware.from_crawler(make_crawler(DATABASE=str(path)))
    assert path.exists() is exists


def test_store_that_can_not_be_read_stops_a_crawl_and_not_a_dry_run(tmp_path: Path) -> None:
    broken = tmp_path / "news.db"
    broken.write_bytes(b"not a database" * 500)
    with pytest.raises(StoreError):
        ForgottenMiddleware.from_crawler(make_crawler(DATABASE=str(broken)))
    with pytest.raises(NotConfigured):
        ForgottenMiddleware.from_crawler(make_crawler(DATABASE=str(broken), DRY_RUN="1"))
