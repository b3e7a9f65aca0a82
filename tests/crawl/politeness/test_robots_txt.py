"""robots.txt holds for requests that are made before it has come."""

from pathlib import Path

import pytest

from fixtures.serve import serve_site
from tests.crawls import FAST, crawl_words, run_scrapy

pytestmark = pytest.mark.processes


def test_all_requests_that_wait_for_robots_txt_obey_it(tmp_path: Path) -> None:
    with serve_site() as server:
        open_ones = [f"{server.address}/story/{name}.html" for name in ("harbour-fire-1042", "pilchard-cafe-1029")]
        shut = [f"{server.address}/private/newsroom-rota.html?n={n}" for n in range(6)]
        run_scrapy(crawl_words(FAST, urls=" ".join([*shut, *open_ones]), max_depth=0), tmp_path / "news.db")
        paths = {request.path for request in server.requests}
    assert [path for path in paths if path.startswith("/private/")] == []
    assert "/story/harbour-fire-1042.html" in paths
