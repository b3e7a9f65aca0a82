"""The interpreter's settings while a crawl runs, and after the last one."""

import gc
import sys
from collections.abc import Iterator

import pytest

from newsspider.crawl.loop_pauses import OBJECTS_PER_COLLECTION, SWITCH_SECONDS, InterpreterSettings, LoopPauses
from tests.crawl.components import make_crawler


@pytest.fixture(autouse=True)
def before() -> Iterator[tuple[float, int]]:
    """Return the settings before a crawl, which are there again after the test."""
    settings = InterpreterSettings()
    yield read_settings()
    settings.restore()


def read_settings() -> tuple[float, int]:
    return sys.getswitchinterval(), gc.get_threshold()[0]


def test_crawl_changes_the_settings_and_restores_them(before: tuple[float, int]) -> None:
    pauses = LoopPauses.from_crawler(make_crawler())
    pauses.spider_opened()
    assert sys.getswitchinterval() == pytest.approx(SWITCH_SECONDS)
    assert gc.get_threshold()[0] == OBJECTS_PER_COLLECTION
    assert gc.get_freeze_count() > 0
    pauses.spider_closed()
    assert read_settings() == before


def test_last_of_several_crawls_restores_the_settings(before: tuple[float, int]) -> None:
    first, second = (LoopPauses.from_crawler(make_crawler()) for _ in range(2))
    first.spider_opened()
    second.spider_opened()
    first.spider_closed()
    assert read_settings() != before
    second.spider_closed()
    assert read_settings() == before
