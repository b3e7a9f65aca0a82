"""Progress is told in the form that the command chose, on standard error."""

import asyncio
import logging
import sys
from collections.abc import Iterator
from io import StringIO

import pytest
from scrapy.exceptions import NotConfigured

from newsspider.crawl_command import progress_display
from newsspider.crawl_command.progress import CrawlProgress, SiteProgress
from newsspider.crawl_command.progress_display import ACCOUNT_LOGGER, LineTelling, LiveTelling, choose_form, line_of
from tests.crawl.components import ask, make_crawler


class Terminal(StringIO):
    """Standard error where somebody watches."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _loggers_as_before() -> Iterator[None]:
    """Leave the logging as it was."""
    yield
    logging.getLogger(ACCOUNT_LOGGER).setLevel(logging.NOTSET)


@pytest.mark.parametrize(("stream", "form"), [(Terminal(), "live"), (StringIO(), "lines")], ids=["terminal", "file"])
def test_view_is_for_who_watches(stream: StringIO, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", stream)
    assert choose_form() == form


@pytest.mark.parametrize(("stream", "form"), [(Terminal(), "lines"), (StringIO(), "live")], ids=["terminal", "file"])
def test_records_and_view_do_not_share_a_terminal(stream: StringIO, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", Terminal())
    monkeypatch.setattr(sys, "stdout", stream)
    assert choose_form(writes_records=True) == form


@pytest.mark.parametrize(
    ("component", "wanted"), [(LiveTelling, None), (LiveTelling, "lines"), (LineTelling, None), (LineTelling, "live")]
)
def test_only_the_form_that_is_wanted_is_told(component: type[LiveTelling | LineTelling], wanted: str | None) -> None:
    with pytest.raises(NotConfigured):
        component.from_crawler(make_crawler(PROGRESS=wanted))


def test_account_is_left_to_the_closing_lines() -> None:
    LineTelling.from_crawler(make_crawler(CrawlProgress, PROGRESS="lines"))
    assert not logging.getLogger(ACCOUNT_LOGGER).isEnabledFor(logging.WARNING)


def test_line_is_written_where_something_changed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(progress_display, "LINE_SECONDS", 0.01)
    crawler = make_crawler(CrawlProgress, PROGRESS="lines")
    progress = crawler.get_extension(CrawlProgress)
    assert progress is not None
    lines = LineTelling.from_crawler(crawler)
    written: list[str] = []

    async def wait_for_a_line() -> None:
        before = len(written)
        while len(written) == before:
            await asyncio.sleep(0.01)
            written.extend(capsys.readouterr().err.splitlines())

    async def in_loop() -> None:
        progress.request_scheduled(ask())
        lines.spider_opened()
        await wait_for_a_line()
        await asyncio.sleep(0.1)  # ten more that would say the same
        written.extend(capsys.readouterr().err.splitlines())
        progress.request_scheduled(ask("https://other.example/"))
        await wait_for_a_line()
        lines.spider_closed()

    asyncio.run(asyncio.wait_for(in_loop(), 60))
    assert [line.partition(" ")[2] for line in written] == [
        "herald.example: 0 found, 0 fetched, 0 new, 0 unchanged, 0 failed, 1 waiting",
        "herald.example, other.example: 0 found, 0 fetched, 0 new, 0 unchanged, 0 failed, 2 waiting",
    ]


def test_view_is_drawn_while_the_crawl_runs_and_stays_as_it_is_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    crawler = make_crawler(CrawlProgress, PROGRESS="live")
    progress = crawler.get_extension(CrawlProgress)
    assert progress is not None
    view = LiveTelling.from_crawler(crawler)

    async def in_loop() -> None:
        view.spider_opened()
        progress.request_scheduled(ask())
        logging.getLogger("newsspider").warning("a page failed")
        progress.spider_closed("finished")
        view.engine_stopped()

    handlers = list(logging.getLogger().handlers)
    asyncio.run(in_loop())
    assert "herald.example" in terminal.getvalue()
    assert "a page failed" in terminal.getvalue()
    assert "0 pages fetched in 0:00, feeds and sitemaps included" in terminal.getvalue()
    assert len(logging.getLogger().handlers) == len(handlers) - 1


def test_line_of_no_sites_has_zeros() -> None:
    assert line_of([SiteProgress("herald.example")]).startswith("herald.example: 0 found")
