"""Kill -9 over days of crawls, with edits between the kills: `python -m tests.killing.revisiting ROUNDS [SEED]`.

Each round crawls a newspaper every two hours of some days, and kills the runs at random moments until ten were killed;
stories appear and are edited meanwhile. One run at the end must leave what it leaves when nobody kills: every story
once, as it is then, with a version where an earlier run had stored it as it was.
"""

import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from newsspider.record import ArticleRecord
from tests.crawls import Process, crawl_words, read_articles, run_scrapy, select, start_scrapy, wait_until
from tests.newspaper import FIRST_DAY, Newspaper, Story, make_stories, publish

KILLS = 10  # in a round
BETWEEN = timedelta(hours=2)
STORIES, PER_DAY = 66, 20
LAST_WEEK = timedelta(days=9)  # after the last kill: every story has been due by then
STEADY = {"DOWNLOAD_DELAY": 0.02, "AUTOTHROTTLE_ENABLED": 0, "NEWSSPIDER_WORKERS": 1}  # slow enough to be killed
MOST_RUNS = 100  # in a round; some end before their moment
AT_MOST_ASKED = (2, 8, 30)  # requests of a run before it is killed: later runs have few to make
FLUSH_SECONDS = 2.2  # a moment longer than records wait for their batch


class Broken(AssertionError):  # noqa: N818  # it is the campaign's verdict
    """The kills have cost something."""


def run_round(folder: Path, kills: int, chance: random.Random) -> Counter[str]:
    """Kill so many runs, let one end, and check what is stored; return how many kills and versions there were.

    Raises:
        Broken: something is lost, doubled or out of date.
    """
    database, done = folder / "news.db", Counter[str]()
    stories = make_stories(days=4, per_day=PER_DAY)[:STORIES]
    for story in chance.sample(stories, STORIES // 4):
        story.edited = max(FIRST_DAY, story.published) + chance.random() * 2 * kills * BETWEEN
    with publish(Newspaper(stories)) as paper:
        words = crawl_words(STEADY, url=f"{paper.address}/")
        while done["kills"] < kills and done["runs"] < MOST_RUNS:
            done["runs"] += 1
            done["kills"] += _kill_one(paper, words, folder, chance)
            paper.now += BETWEEN
        paper.now += LAST_WEEK
        last = run_scrapy(words, database, clock=paper.now.isoformat())
        _check(database, paper, last.returncode)
    done["versions"] = len(select(database, "SELECT 1 FROM versions"))
    done["stories"] = len(stories)
    return done


def _kill_one(paper: Newspaper, words: list[str], folder: Path, chance: random.Random) -> bool:
    """Start a run and kill it with its workers; return whether it was still running."""
    number = len(paper.asked) + chance.randint(1, chance.choice(AT_MOST_ASKED))
    with start_scrapy(words, folder / "news.db", folder / "log", clock=paper.now.isoformat()) as process:
        wait_until(lambda: len(paper.asked) >= number or process.poll() is not None, "some requests")
        time.sleep(chance.choice([0, chance.random(), FLUSH_SECONDS]))
        return _kill(process)


def _kill(process: Process) -> bool:
    running = process.poll() is None
    with suppress(ProcessLookupError):
        os.kill(process.pid, signal.SIGKILL)
    return running


def _check(database: Path, paper: Newspaper, code: int) -> None:
    """See that every story is stored once, as it is now, and nothing is left to be fetched."""
    stored = read_articles(database)
    titles = Counter(record.title or "" for record in stored)
    wanted = Counter(story.title() for story in paper.stories)
    if code or titles != wanted:
        raise Broken(f"code {code}, lost {wanted - titles}, too many {titles - wanted}")
    by_title = {record.title: record for record in stored}
    for story in paper.stories:
        _check_story(by_title[story.title()], story, paper)
    if select(database, "PRAGMA integrity_check") != [("ok",)]:
        raise Broken("the database is spoilt")
    if left := select(database, "SELECT address FROM addresses WHERE fetched_at IS NULL"):
        raise Broken(f"never fetched: {left}")


def _check_story(record: ArticleRecord, story: Story, paper: Newspaper) -> None:
    if (record.body or "") != "\n\n".join(story.paragraphs(paper.now)):
        raise Broken(f"{record.url} is not as it is now")
    if record.version > 1 + (story.edited is not None):
        raise Broken(f"{record.url} has version {record.version}")


def main(rounds: int, seed: int) -> None:
    """Run so many rounds, and say what they did."""
    sys.stdout.write(f"seed {seed}\n")
    total, chance = Counter[str](), random.Random(seed)
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            total += run_round(Path(folder), KILLS, chance)
        sys.stdout.write(f"{dict(total)}: nothing lost, nothing doubled\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(10**6))
