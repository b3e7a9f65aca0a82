"""Several workers are measured: the articles of all sites are stored, and the time of each process is counted."""

import pytest

from newsspider.store.store import Store
from newsspider.workshop.bench.crawl_workers import measure_workers
from tests.postgres import Server

pytestmark = pytest.mark.processes


def test_two_workers_store_all_articles_and_their_time_is_counted(postgres: Server) -> None:
    database = postgres.new_database()
    Store(database).close()
    figures = measure_workers(database, 2, sites=3, articles=4, network=91)
    assert (figures.workers, figures.articles) == (2, 12)
    assert figures.rate > 0
    assert min(*figures.loops, figures.extraction, figures.database, figures.papers) > 0
