"""Learning from pages, then extracting them: the same in any order, with any workers, in a crawl and offline."""

from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest

from newsspider.pages.raw_page import RawPage
from newsspider.pool import Limits, iter_extracted
from newsspider.pool.crawl_job import extract_with_links
from newsspider.pool.learning import learn_memories
from newsspider.site_memory.lookup import MemoryFile, OneMemory
from tests.repeating_newspaper import closing_of, make_article, path_of

HOST = "http://county-journal.example"
SITE = "county-journal.example"


def pages_of(numbers: Sequence[int]) -> list[RawPage]:
    return [
        RawPage(
            body=make_article(number, HOST).encode(),
            url=f"{HOST}{path_of(number)}",
            fetched_at=f"2026-04-{1 + number % 28:02}T08:00:00+00:00",
        )
        for number in numbers
    ]


def learn_and_extract(pages: Sequence[RawPage], workers: int, path: Path) -> tuple[MemoryFile, dict[str, str]]:
    limits = Limits(workers=workers, witness="never")
    memories = learn_memories(pages, limits, path, lambda: None)
    records = [each.record for each in iter_extracted(pages, limits, memories=memories)]
    return memories, {str(record.url): record.to_json() for record in records}


def in_another_order(pages: Sequence[RawPage], seed: int) -> list[RawPage]:
    return Random(seed).sample(pages, len(pages))


def content_of(memories: MemoryFile) -> bytes:
    memory = memories.memory_of(SITE)
    assert memory is not None
    return memory.to_bytes()


def test_repeated_prose_is_dropped_and_the_record_names_the_state(tmp_path: Path) -> None:
    pages = pages_of(range(30))
    memories, records = learn_and_extract(pages, 0, tmp_path / "memories.db")
    plain = [each.record for each in iter_extracted(pages, Limits(workers=0, witness="never"))]
    memory = memories.memory_of(SITE)
    assert memory is not None
    for number, record in enumerate(plain):
        assert record.site_memory is None
        assert (record.body or "").endswith(closing_of(number))
        text = records[str(record.url)]
        assert closing_of(number) not in text
        assert (record.body or "").removesuffix(f"\n\n{closing_of(number)}").replace("\n", "\\n") in text
        assert f'"site_memory": "{memory.state}"' in text
        assert '"body": "site"' in text


def test_a_crawls_worker_gives_the_record_that_extract_gives(tmp_path: Path) -> None:
    pages = pages_of(range(24))
    memories, records = learn_and_extract(pages, 0, tmp_path / "memories.db")
    memory = memories.memory_of(SITE)
    assert memory is not None
    sent = OneMemory(SITE, memory.state, memory.to_bytes())
    for page in pages:
        assert extract_with_links(page, witness="never", memories=sent).record.to_json() == records[str(page.url)]


def check_sameness(tmp_path: Path, number: int, workers: Sequence[int]) -> None:
    """Check that each order and number of workers gives the same bytes."""
    pages = pages_of(range(number))
    expected_memory, expected = learn_and_extract(pages, 0, tmp_path / "memories.db")
    for seed, many in enumerate(workers):
        memories, records = learn_and_extract(in_another_order(pages, seed), many, tmp_path / f"memories-{seed}.db")
        assert content_of(memories) == content_of(expected_memory)
        assert records == expected


@pytest.mark.processes
def test_orders_and_workers_give_the_same_bytes(tmp_path: Path) -> None:
    check_sameness(tmp_path, 24, [0, 1, 2])


@pytest.mark.nightly
@pytest.mark.processes
def test_orders_and_workers_give_the_same_bytes_for_200_pages(tmp_path: Path) -> None:
    check_sameness(tmp_path, 200, [0, 1, 2, 0, 1, 2, 0, 1, 2])
