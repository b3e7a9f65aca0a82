"""What is wrong with a crawl is said in one line before it starts."""

from pathlib import Path
from typing import Any

import pytest

from newsspider.crawl.preflight import check_crawl
from newsspider.errors import NewsspiderError
from newsspider.spiders.news import NewsSpider
from tests.crawl.components import SEED, make_crawler


def check(given: dict[str, Any], **settings: object) -> None:
    check_crawl(make_crawler(NewsSpider, **settings), given)


@pytest.mark.parametrize(
    ("given", "settings", "said"),
    [
        ({}, {}, "url="),
        ({"url": SEED, "max_pages": "few"}, {}, "-a max_pages=few"),
        ({"url": SEED, "pages": "7"}, {}, "pages"),
        ({"url": SEED}, {"ALLOW_PORTS": "x"}, "NEWSSPIDER_ALLOW_PORTS"),
        ({"url": SEED}, {"RENDER_PAGES": "0"}, "NEWSSPIDER_RENDER_PAGES"),
        ({"url": SEED}, {"WORKERS": "many"}, "NEWSSPIDER_WORKERS"),
        ({"url": SEED}, {"PARSERS": "no_such_module"}, "no_such_module"),
        ({"url": SEED}, {"REVISIT_AGES": "soon"}, "NEWSSPIDER_REVISIT_AGES"),
        ({"url": SEED}, {"RETENTION": "some"}, "NEWSSPIDER_RETENTION"),
        ({"url": SEED}, {"HONOUR": "nofollow"}, "NEWSSPIDER_HONOUR"),
        ({"url": SEED}, {"OUTPUT": "records.odt"}, "records.odt"),
        ({"url": SEED}, {"SYNC": "often"}, "NEWSSPIDER_SYNC"),
        ({"url": SEED}, {"DATABASE": "/nowhere/news.db"}, "/nowhere/news.db"),
    ],
    ids=str,
)
def test_first_thing_that_is_wrong_is_named(
    given: dict[str, str], settings: dict[str, str], said: str, tmp_path: Path
) -> None:
    with pytest.raises(NewsspiderError) as raised:
        check(given, **{"DATABASE": str(tmp_path / "news.db"), **settings})
    assert said in str(raised.value)
    assert len(str(raised.value).splitlines()) == 1


def test_crawl_that_can_be_done_passes_and_a_dry_run_makes_no_database(tmp_path: Path) -> None:
    database = tmp_path / "news.db"
    check({"url": SEED, "dry_run": "1"}, DATABASE=str(database))
    assert not database.exists()
    check({"url": SEED}, DATABASE=str(database))
    assert database.exists()
