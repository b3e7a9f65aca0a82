"""Better extraction over kept pages: records change in place, and nothing becomes news."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from newsspider.record import ArticleRecord
from newsspider.store.schema.tables import quarantine
from newsspider.store.store import Store

URL = "https://herald.example/ferry"
NOON, ONE = "2026-03-24T12:00:00+00:00", "2026-03-24T13:00:00+00:00"
STORED = ArticleRecord(
    url=URL,
    site="herald.example",
    source="https://herald.example/",
    title="Ferry",
    body="It sails. Also read: Tram.",
    tags=("boats",),
    provenance={"title": "markup", "tags": "feed"},
    fetched_at=NOON,
    extraction_version="1",
)
BETTER = replace(
    STORED, source="x.warc.gz#1", body="It sails.", tags=(), provenance={"title": "json-ld"}, extraction_version="2"
)


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    with Store(database) as opened:
        opened.write([STORED])
        yield opened


def test_record_is_replaced_and_keeps_what_the_store_and_the_feed_know(store: Store) -> None:
    (before,) = store.read()
    assert store.reextract([BETTER]) == {"updated": 1}
    (record,) = store.read()
    assert (record.body, record.extraction_version) == ("It sails.", "2")
    assert (record.source, record.first_seen, record.version) == (STORED.source, before.first_seen, 1)
    assert (record.tags, record.provenance) == (("boats",), {"title": "json-ld", "tags": "feed"})
    assert [found.url for found in store.search("sails", 9)] == [URL]
    assert store.search("tram", 9) == []


def test_second_time_changes_nothing(store: Store) -> None:
    store.reextract([BETTER])
    assert store.reextract([BETTER]) == {"unchanged": 1}


def test_page_in_quarantine_that_is_as_it_was_is_unchanged(store: Store) -> None:
    index = ArticleRecord(url=f"{URL}/", site="herald.example", kind="index", reason="a list", fetched_at=NOON)
    store.write([index])
    again = replace(index, source="x.warc.gz#2", site_memory="b757bf7c54fdcf49")
    assert store.reextract([again, replace(again, reason="a longer list")]) == {"unchanged": 1, "updated": 1}
    assert [record.reason for record in store.read(quarantine)] == ["a longer list"]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_latest_copy_counts_in_whatever_order_they_come(order: tuple[int, int], store: Store) -> None:
    earlier = replace(BETTER, body="It does not sail.", fetched_at="2026-03-24T11:00:00Z")
    copies = (earlier, BETTER)
    outcomes = store.reextract([copies[order[0]]]) + store.reextract([copies[order[1]]])
    assert outcomes == {"updated": 1, "older copy": 1}
    assert [record.body for record in store.read()] == ["It sails."]


def test_page_that_is_no_article_any_more_goes_to_quarantine(store: Store) -> None:
    index = replace(BETTER, kind="index", reason="a list")
    assert store.reextract([index]) == {"no article any more": 1}
    assert list(store.read()) == []
    assert [(record.kind, record.source) for record in store.read(quarantine)] == [("index", STORED.source)]


def test_page_that_could_not_be_extracted_stays_as_it_is(store: Store) -> None:
    assert store.reextract([replace(BETTER, kind="failed", reason="took too long")]) == {"not extracted": 1}
    assert [record.body for record in store.read()] == [STORED.body]


def test_page_that_is_an_article_now_leaves_quarantine(store: Store) -> None:
    url = "https://herald.example/storm"
    store.write([replace(STORED, url=url, kind="index", reason="a list", body=None)])
    assert store.reextract([replace(BETTER, url=url, title="Storm", body="It is over.")]) == {"article now": 1}
    assert list(store.read(quarantine)) == []
    assert sorted(record.title or "" for record in store.read()) == ["Ferry", "Storm"]


def test_page_that_is_not_in_the_store_is_left_out(store: Store) -> None:
    other = replace(BETTER, url="https://herald.example/storm", title="Storm", body="It is over.")
    assert store.reextract([other]) == {"not in the store": 1}
    assert [record.url for record in store.read()] == [URL]


def test_forgotten_page_stays_away(store: Store) -> None:
    store.forget([URL])
    assert store.reextract([BETTER]) == {}
    assert list(store.read()) == []


def test_parts_of_an_article_are_joined_again(store: Store) -> None:
    pages = ("https://herald.example/long", "https://herald.example/long/2")
    parts = [replace(STORED, url=url, title="Long", body=f"Bad part {n}.", pages=pages) for n, url in enumerate(pages)]
    store.write(parts)
    store.reextract([replace(part, body=f"Good part {n}.", fetched_at=NOON) for n, part in enumerate(parts)])
    (record,) = (record for record in store.read() if record.title == "Long")
    assert record.body == "Good part 0.\n\nGood part 1."
    assert record.version == 1
