"""Runs that are killed at any moment: the next ones complete the site, and nothing is there twice."""

import time
from collections import Counter
from pathlib import Path
from random import Random

from tests.crawls import Process, crawl_words, read_articles, run_scrapy, select, start_scrapy, wait_until
from tests.newspaper import Newspaper, make_stories, publish

KILLS = 3
STEADY = {"DOWNLOAD_DELAY": 0.02, "AUTOTHROTTLE_ENABLED": 0}  # slow enough to be killed in its midst
AT_MOST_ASKED = 25  # requests of a run, after robots.txt, before it is killed
FLUSH_SECONDS = 2.2  # a moment longer than records wait for their batch


def wait_for_requests(paper: Newspaper, number: int, process: Process) -> None:
    """Wait until the newspaper has been asked so often, or the crawl is over."""
    wait_until(lambda: len(paper.asked) >= number or process.poll() is not None, "some requests")


def test_killed_runs_and_one_more_store_every_story_once(tmp_path: Path) -> None:
    random = Random(6)
    database = tmp_path / "news.db"
    stories = make_stories(days=1, per_day=60)
    with publish(Newspaper(stories)) as paper:
        words = crawl_words(STEADY, url=f"{paper.address}/")
        for _ in range(KILLS):
            with start_scrapy(words, database, tmp_path / "log") as process:
                wait_for_requests(paper, len(paper.asked) + random.randint(2, AT_MOST_ASKED), process)
                time.sleep(random.choice([0, FLUSH_SECONDS]))
                process.kill()
        last = run_scrapy(words, database)
    titles = Counter(record.title for record in read_articles(database))
    assert titles == Counter(story.title() for story in stories)
    assert last.returncode == 0
    assert select(database, "PRAGMA integrity_check") == [("ok",)]
    assert select(database, "SELECT count(*) FROM addresses WHERE fetched_at IS NULL") == [(0,)]
