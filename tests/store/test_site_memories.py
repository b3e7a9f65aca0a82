"""Sites' memories in the store: learnt whole or not at all, and forgotten with the pages."""

import subprocess
import sys
from functools import partial
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import create_engine, update

from newsspider.record import ArticleRecord
from newsspider.site_memory.memory import SiteMemory, learn
from newsspider.store.database import database_url
from newsspider.store.run import Run
from newsspider.store.schema.tables import site_memories
from newsspider.store.store import Store
from tests.crawls import wait_until
from tests.site_memory.made import REPEATED, article

ROOT = Path(__file__).resolve().parents[2]
SITE = "herald.example"
LEARNER = """
import sys
from newsspider.store.store import Store
from tests.site_memory.made import article
with Store(sys.argv[1]) as store:
    for number in range(int(sys.argv[2]), 10**6):
        store.learn([article(number)])
"""


def memory_in(store: Store, site: str = SITE) -> SiteMemory:
    stored = store.site_memory(site)
    assert stored is not None
    memory = SiteMemory.from_bytes(stored.content)
    assert (memory.state, len(memory.articles)) == (stored.state, stored.articles)
    return memory


def record_of(number: int) -> ArticleRecord:
    return ArticleRecord(url=f"https://{SITE}/{number}", site=SITE, title=f"Ferry {number}", body="It sails.")


def test_what_pages_teach_is_there_after_the_run(database: str) -> None:
    with Store(database) as store:
        assert store.site_memory(SITE) is None
    run = Run(Store(database), "crawl news", {})
    for number in range(7):
        run.add(record_of(number), observation=article(number))
    run.finish()
    with Store(database) as store:
        assert memory_in(store).state == learn(None, map(article, range(7))).state


def test_batches_in_any_order_give_the_same_memory(database: str) -> None:
    numbers = Random(1).sample(range(90), 90)
    with Store(database) as store:
        for start in range(0, 90, 13):
            store.learn([article(number, 20_000 + number % 9) for number in numbers[start : start + 13]])
        whole = learn(None, [article(number, 20_000 + number % 9) for number in range(90)])
        assert memory_in(store).to_bytes() == whole.to_bytes()


def test_forgetting_a_page_takes_out_what_it_taught(database: str) -> None:
    with Store(database) as store:
        store.write([record_of(number) for number in range(6)])
        store.learn([article(number) for number in range(6)])
        removed = store.forget([f"https://{SITE}/3?utm_source=mail"])
        assert removed.rows["remembered pages"] == 1
        assert memory_in(store).state == learn(None, [article(number) for number in range(6) if number != 3]).state
        store.learn([article(3)])  # a run that had read it before
        assert len(memory_in(store).articles) == 5


def test_nothing_of_the_text_is_left_in_a_file_after_forgetting(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    with Store(str(path)) as store:
        store.learn([article(number) for number in range(4)])
        assert any(each.excerpt == REPEATED for each in memory_in(store).articles[0].texts)
        content = path.read_bytes() + path.with_name("news.db-wal").read_bytes()
        stored = store.site_memory(SITE)
        assert stored is not None
        assert stored.content in content
        store.forget([f"https://{SITE}/{number}" for number in range(2)])  # two articles are left: no excerpts
        assert all(not each.excerpt for article in memory_in(store).articles for each in article.texts)
        content = path.read_bytes() + path.with_name("news.db-wal").read_bytes()
        assert stored.content not in content


def test_pages_that_grow_old_are_forgotten_there_too(database: str) -> None:
    with Store(database) as store:
        store.write([record_of(number) for number in range(6)])
        store.learn([article(number) for number in range(6)])
        store.expire("2999-01-01T00:00:00+00:00")
        assert store.site_memory(SITE) is None


def test_forgetting_a_site_leaves_the_others(database: str) -> None:
    with Store(database) as store:
        store.learn([article(number) for number in range(6)])
        assert not store.forget_site("other.example")
        assert store.forget_site(SITE)
        assert store.site_memory(SITE) is None


@pytest.mark.parametrize("content", [b"NSM0", b"NSM1 and nothing that it is"], ids=["another version", "damaged"])
def test_memory_that_cant_be_read_is_learnt_anew(database: str, content: bytes) -> None:
    with Store(database) as store:
        store.learn([article(1)])
        engine = create_engine(database_url(database))
        with engine.begin() as connection:
            connection.execute(update(site_memories).values(content=content))
        engine.dispose()
        store.learn([article(2)])
        assert memory_in(store).state == learn(None, [article(2)]).state


def test_state_that_decides_the_same_is_not_told_as_an_update(database: str) -> None:
    with Store(database) as store:
        store.write([record_of(1)])
        again = ArticleRecord.from_dict({**record_of(1).to_dict(), "site_memory": "0123456789abcdef"})
        assert store.reextract([again]) == {"unchanged": 1}
        (record,) = store.read()
        assert record.site_memory == "0123456789abcdef"


@pytest.mark.processes
def test_killed_while_learning_it_leaves_a_whole_memory(database: str) -> None:
    for start in (0, 10_000, 20_000):
        words = [sys.executable, "-c", LEARNER, database, str(start)]
        with subprocess.Popen(words, cwd=ROOT) as learner:
            wait_until(partial(has_other_state, database, read_state(database)), "another state")
            learner.kill()
        with Store(database) as store:
            memory = memory_in(store)
        assert len(memory.articles) <= 24
        assert {each.site for each in memory.articles} == {SITE}


def has_other_state(database: str, state: str | None) -> bool:
    return read_state(database) != state


def read_state(database: str) -> str | None:
    with Store(database) as store:
        stored = store.site_memory(SITE)
        return stored.state if stored else None
