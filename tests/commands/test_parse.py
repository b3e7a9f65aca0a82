"""`scrapy parse` and `scrapy shell`, in the checkout."""

from pathlib import Path

import pytest

from fixtures.serve import serve_site
from tests.crawls import run_scrapy

pytestmark = pytest.mark.processes

STORY = "/culture/2026/03/02/the-choir-nobody-can-fail-to-get-into/"


def test_parse_shows_the_record_without_a_spider_or_a_warning(tmp_path: Path) -> None:
    with serve_site() as site:
        done = run_scrapy(["parse", f"{site.address}{STORY}"], tmp_path / "news.db")
    assert done.returncode == 0
    assert "'title': 'The choir nobody can fail to get into'" in done.stdout
    assert "Deferred" not in done.stderr
    assert not (tmp_path / "news.db").exists()


def test_shell_says_which_setting_allows_a_private_address(tmp_path: Path) -> None:
    with serve_site() as site:
        refused, allowed = (
            run_scrapy(["shell", site.address, "-c", "getattr(response, 'status', 0)", *given], tmp_path / "news.db")
            for given in ([], ["-s", "NEWSSPIDER_ALLOW_PRIVATE=127.0.0.0/8"])
        )
    assert refused.stdout == "0\n"
    assert "-s NEWSSPIDER_ALLOW_PRIVATE=127.0.0.1" in refused.stderr
    assert allowed.stdout == "200\n"
