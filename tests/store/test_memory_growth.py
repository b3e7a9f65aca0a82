"""Memories of many sites: bytes in the store, memory of a process, and the time to read one."""

import resource
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import create_engine, text

from newsspider.site_memory import lookup
from newsspider.site_memory.lookup import OneMemory
from newsspider.site_memory.memory import SITE_ARTICLES, TEMPLATE_ARTICLES
from newsspider.site_memory.observations import (
    Observation,
    SeenContainer,
    SeenText,
    SeenValue,
    hash_address,
    hash_path,
    hash_text,
    hash_value,
)
from newsspider.store.database import database_url
from newsspider.store.store import Store

# Of 60 news pages, on average.
TEXTS, REPEATED_TEXTS, CONTAINERS, VALUES, REPEATED_VALUES = 28, 9, 22, 9, 4
TEMPLATES = 5
BYTES_PER_SITE = 30_000  # 300 MB for 10,000 sites
HELD_BYTES = 64_000_000
READ_SECONDS = 0.02  # ten times what an idle core needs: other programs must not fail the test


def make_site(number: int) -> Iterator[Observation]:
    """Yield as many articles of a site as its memory takes, with the sizes of real pages."""
    random = Random(number)
    for article in range(TEMPLATES * TEMPLATE_ARTICLES):
        template = article % TEMPLATES
        paths = [f"main.page-{template} > div.box-{each} > p" for each in range(CONTAINERS)]
        hashes = [hash_path(path) for path in paths]
        texts = [f"what site {number} repeats on its template {template}: {each}" for each in range(REPEATED_TEXTS)]
        texts += [f"{random.random()} of its own" for _ in range(TEXTS - REPEATED_TEXTS)]
        values = [f"value {each} of site {number}" for each in range(REPEATED_VALUES)]
        values += [str(random.random()) for _ in range(VALUES - REPEATED_VALUES)]
        yield Observation(
            site=f"site-{number}.example",
            template=hashes[0],
            article=hash_address(f"https://site-{number}.example/{article}"),
            day=20_000 + article,
            texts=tuple(
                SeenText(hash_text(each), hashes[place % 5], True, True, random.randrange(4, 63), each[:60])
                for place, each in enumerate(texts)
            ),
            containers=tuple(
                SeenContainer(each, random.randrange(255), random.randrange(255), path)
                for each, path in sorted(zip(hashes, paths, strict=True))
            ),
            values=tuple(SeenValue("tags", hash_value(each), each[:60]) for each in sorted(values)),
        )


def bytes_of(database: str) -> int:
    """Return the size of a SQLite file, or of the table with its index and large values on a server."""
    if "://" not in database:
        return Path(database).stat().st_size
    engine = create_engine(database_url(database))
    with engine.connect() as connection:
        size = connection.execute(text("SELECT pg_total_relation_size('site_memories')")).scalar_one()
    engine.dispose()
    return int(size)


def check_growth(database: str, sites: int) -> None:
    """Check what the memories of so many sites take."""
    with Store(database) as store:
        for number in range(sites):
            store.learn(list(make_site(number)))
    size = bytes_of(database)

    seconds = []
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with Store(database) as store:
        for stored in store.site_memories():
            assert stored.articles == SITE_ARTICLES
            began = time.process_time()
            memory = OneMemory(stored.site, stored.state, stored.content).memory_of(stored.site)
            seconds.append(time.process_time() - began)
            assert memory is not None
            assert memory.masks
    held = 1024 * (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)

    median = sorted(seconds)[len(seconds) // 2]
    told = f"{size / sites:.0f} bytes, {held / 1e6:.0f} MB held, {1000 * median:.2f} ms to read"
    assert size / sites < BYTES_PER_SITE, told
    assert held < HELD_BYTES, told
    assert median < READ_SECONDS, told


@pytest.fixture(autouse=True)
def _forget_held_memories() -> Iterator[None]:
    lookup._held.clear()
    yield
    lookup._held.clear()


def test_memories_of_a_hundred_sites_are_as_small_as_ten_thousand_need(database: str) -> None:
    check_growth(database, 100)


@pytest.mark.nightly
def test_memories_of_ten_thousand_sites(database: str) -> None:
    check_growth(database, 10_000)
