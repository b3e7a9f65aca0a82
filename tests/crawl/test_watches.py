"""Crawls of a store with watches: at their end the targets are told, and a failing one changes nothing of the crawl."""

from datetime import timedelta
from pathlib import Path

import pytest

from newsspider.store.store import Store
from newsspider.store.watches import Watch
from tests.crawls import FAST, crawl_words, our_lines, read_articles, run_scrapy
from tests.newspaper import FIRST_DAY, Newspaper, make_stories, publish
from tests.notifying.conftest import require_apprise
from tests.notifying.listening import WebHook, listening_hook
from tests.programs import Finished

pytestmark = pytest.mark.processes
require_apprise()


def crawl(paper: Newspaper, database: Path | str, hours: int, **settings: object) -> Finished:
    paper.now = FIRST_DAY + timedelta(hours=hours)
    words = crawl_words({**FAST, **settings}, url=f"{paper.address}/")
    return run_scrapy(words, database, clock=paper.now.isoformat())


@pytest.fixture(autouse=True)
def _before_the_first_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make watches before the newspaper's first day."""
    monkeypatch.setattr("newsspider.store.watches.utc_now", (FIRST_DAY - timedelta(hours=1)).isoformat)


def watch_lines(finished: Finished) -> list[str]:
    return [line for line in our_lines(finished) if line.startswith("watch")]


def told_urls(hook: WebHook) -> list[str]:
    return [
        line
        for _, message in hook.posted
        for line in message["message"].splitlines()
        if line.startswith("http://127.0.0.1")
    ]


def test_each_story_is_told_once_over_runs(database: str, tmp_path: Path) -> None:
    stories = make_stories(days=2, per_day=6)
    stories[4].edited = FIRST_DAY + timedelta(hours=2)
    stories[5].moved = FIRST_DAY + timedelta(hours=2)
    with listening_hook() as hook, publish(Newspaper(stories)) as paper:
        with Store(database) as store:
            assert store.add_watch(Watch("all", "chapter", (hook.target(), "exec:exit 7")))
        first = crawl(paper, database, 0)
        assert first.returncode == 0
        out = len(told_urls(hook))
        assert out == len(read_articles(database)) >= 6
        assert watch_lines(first) == [
            f"watch all: {out} new articles → json://127.0.0.1:{hook.port}/…",
            f"watch all: exec:exit …: ended with exit code 7; the next run tries again ({out} new articles)",
        ]
        assert len(watch_lines(crawl(paper, database, 8))) == 2
        assert len(told_urls(hook)) == len(set(told_urls(hook))) == len(read_articles(database)) > out
        crawl(paper, database, 9)
    assert len(hook.posted) == 2


def test_dry_runs_and_crawls_without_the_store_tell_nobody(tmp_path: Path) -> None:
    database = tmp_path / "news.db"
    with listening_hook() as hook, publish(Newspaper(make_stories(days=1, per_day=3))) as paper:
        with Store(str(database)) as store:
            assert store.add_watch(Watch("all", "chapter", (hook.target(),)))
        crawl(paper, database, 0, NEWSSPIDER_STORE=0)
        crawl(paper, database, 0, NEWSSPIDER_DRY_RUN=1)
        assert hook.posted == []
        assert len(watch_lines(crawl(paper, database, 0))) == 1


def test_interruption_while_sending_ends_the_sending_and_not_the_account(tmp_path: Path) -> None:
    database, file = tmp_path / "news.db", tmp_path / "after.txt"
    with publish(Newspaper(make_stories(days=1, per_day=3))) as paper:
        with Store(str(database)) as store:
            assert store.add_watch(Watch("all", "chapter", ("exec:kill -INT $PPID; exec sleep 0.5", f"file:{file}")))
        interrupted = crawl(paper, database, 0)
        assert (interrupted.returncode, file.exists()) == (0, False)
        assert watch_lines(interrupted) == ["watches: interrupted; the next run sends the rest"]
        again = crawl(paper, database, 1)
    assert watch_lines(again) == [f"watch all: 3 new articles → file:{file}"]


def test_crawl_without_watches_does_not_need_apprise(tmp_path: Path) -> None:
    with publish(Newspaper(make_stories(days=1, per_day=3))) as paper:
        done = crawl(paper, tmp_path / "news.db", 0)
    assert done.returncode == 0
    assert watch_lines(done) == []
