"""The store: one row a page, whatever is written how often."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from newsspider.errors import StoreError
from newsspider.record import ArticleRecord
from newsspider.store.schema.tables import articles, quarantine
from newsspider.store.store import Store

URL = "https://herald.example/ferry"
OTHER_URL = "https://herald.example/amp/ferry"
FERRY = ArticleRecord(
    url=URL,
    site="herald.example",
    title="Ferry back",
    body="It sails again.",
    authors=("Ann Lee, Jr.",),
    published="2026-03-24T09:30:00+01:00",
    is_free=True,
    word_count=3,
    provenance={"title": "markup"},
    images=({"url": "https://herald.example/i.jpg", "caption": None, "credit": None, "alt": None},),
    live_updates=({"time": None, "title": "Noon", "text": "It sails."},),
)
FERRY_AT_OTHER_URL = replace(FERRY, url=OTHER_URL, canonical_url=URL)
FAILED_FERRY = ArticleRecord(url=URL, site="herald.example", kind="failed", reason="status 500")


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    with Store(database) as opened:
        yield opened


def article(name: str, **fields: str | None) -> ArticleRecord:
    return replace(ArticleRecord(url=f"https://herald.example/{name}", site="herald.example", title=name), **fields)  # type: ignore[arg-type]


def titles(records: Iterator[ArticleRecord]) -> list[str | None]:
    return [record.title for record in records]


def test_record_comes_back_as_it_was_written(store: Store) -> None:
    store.write([FERRY])
    (record,) = store.read()
    assert replace(record, first_seen=None) == FERRY
    assert record.first_seen


def test_writing_the_same_twice_leaves_one_row_as_it_was(store: Store) -> None:
    store.write([FERRY, FAILED_FERRY])
    before = list(store.read())
    store.write([FERRY, FERRY])
    store.write([FERRY])
    assert list(store.read()) == before


def test_empty_batch_changes_nothing(store: Store) -> None:
    store.write([])
    assert list(store.read()) == []


def test_storing_again_replaces_what_changed_and_keeps_first_seen(store: Store) -> None:
    store.write([replace(FERRY, first_seen="2026-03-24T10:00:00+00:00")])
    store.write([replace(FERRY, title="Ferry delayed", is_free=None)])
    (record,) = store.read()
    assert (record.title, record.is_free) == ("Ferry delayed", None)
    assert record.first_seen == "2026-03-24T10:00:00+00:00"


def test_row_keeps_its_place_when_its_page_is_stored_again(store: Store) -> None:
    store.write([article("a"), article("b")])
    store.write([article("a")])
    assert titles(store.read()) == ["a", "b"]


@pytest.mark.parametrize(
    "batches",
    [
        pytest.param([[FERRY, FERRY_AT_OTHER_URL]], id="in one batch"),
        pytest.param([[FERRY], [FERRY_AT_OTHER_URL]], id="in two"),
        pytest.param([[FERRY], [FERRY_AT_OTHER_URL], [FERRY], [FERRY_AT_OTHER_URL]], id="each twice"),
        pytest.param([[FERRY, FERRY_AT_OTHER_URL, FERRY], [FERRY]], id="the first last"),
    ],
)
def test_second_address_of_a_page_goes_to_also_at(store: Store, batches: list[list[ArticleRecord]]) -> None:
    for batch in batches:
        store.write(batch)
    (record,) = store.read()
    assert (record.url, record.also_at) == (URL, (OTHER_URL,))


@pytest.mark.parametrize("together", [True, False])
def test_addresses_add_up(store: Store, together: bool) -> None:
    addresses = [f"https://herald.example/{number}" for number in range(5)]
    records = [replace(FERRY, url=address, canonical_url=URL) for address in addresses]
    for batch in [records] if together else [[record] for record in records]:
        store.write(batch)
    (record,) = store.read()
    assert (record.url, record.also_at) == (addresses[0], tuple(addresses[1:]))


def test_page_that_became_an_article_leaves_quarantine(store: Store) -> None:
    store.write([FAILED_FERRY, article("other", kind="index")])
    store.write([FERRY])
    assert titles(store.read()) == ["Ferry back"]
    assert titles(store.read(quarantine)) == ["other"]


def test_article_stays_when_its_page_fails_later(store: Store) -> None:
    store.write([FERRY])
    store.write([FAILED_FERRY])
    assert titles(store.read()) == ["Ferry back"]
    assert [record.reason for record in store.read(quarantine)] == ["status 500"]


def test_quarantine_holds_one_row_a_page_with_the_latest_reason(store: Store) -> None:
    store.write([FAILED_FERRY])
    store.write([replace(FAILED_FERRY, reason="status 503")])
    assert [record.reason for record in store.read(quarantine)] == ["status 503"]


def test_pages_without_address_are_told_apart_by_their_source(store: Store) -> None:
    store.write([replace(FERRY, url=None, source=source) for source in ("a.html", "b.html", "a.html")])
    assert [record.source for record in store.read()] == ["a.html", "b.html"]


def test_failing_batch_leaves_nothing_behind(store: Store) -> None:
    unstorable = replace(article("b"), word_count=1 << 70)
    with pytest.raises((OverflowError, StoreError)):
        store.write([article("a"), unstorable])
    assert list(store.read()) == []


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, ["a", "b", "c", "undated"]),
        ({"site": "other.example"}, ["c"]),
        ({"site": "none.example"}, []),
        ({"kind": "live_blog"}, ["b"]),
        ({"since": "2026-03-24"}, ["b", "c"]),
        ({"until": "2026-03-24"}, ["a", "b"]),
        ({"since": "2026-03-24", "until": "2026-03-24"}, ["b"]),
        ({"since": "2026-03-24", "site": "herald.example", "kind": "live_blog"}, ["b"]),
    ],
)
def test_reading_selects_by_site_kind_and_day(store: Store, filters: dict[str, Any], expected: list[str]) -> None:
    store.write(
        [
            article("a", published="2026-03-23"),
            article("b", published="2026-03-24T23:59:00-05:00", kind="live_blog"),
            article("c", published="2026-03-25T00:00Z", site="other.example"),
            article("undated"),
        ]
    )
    assert titles(store.read(**filters)) == expected


def test_many_rows_are_read_in_the_order_they_were_stored(store: Store) -> None:
    names = [str(number) for number in range(1_200)]
    store.write([article(name) for name in names])
    assert titles(store.read()) == names


def test_counts_are_by_the_columns_asked_for(store: Store) -> None:
    store.write([FERRY, article("a", kind="live_blog"), article("b"), article("c", kind="failed", reason="why")])
    assert store.count(articles, "site", "kind") == {
        ("herald.example", "article"): 2,
        ("herald.example", "live_blog"): 1,
    }
    assert store.count(articles, "day") == {("2026-03-24",): 1, (None,): 2}
    assert store.count(quarantine, "kind", "reason") == {("failed", "why"): 1}
    assert store.count(articles).total() == 3
    assert store.count(articles)[()] == 3


def test_filled_fields_are_counted(store: Store) -> None:
    store.write([FERRY, article("a"), FAILED_FERRY])
    fields = store.count_fields()
    assert (fields["title"], fields["authors"], fields["is_free"], fields["published"]) == (2, 1, 1, 1)
    assert (fields["tags"], fields["description"]) == (0, 0)


def test_false_counts_as_filled(store: Store) -> None:
    store.write([replace(FERRY, is_free=False)])
    assert store.count_fields()["is_free"] == 1


def test_runs_are_read_newest_first(store: Store) -> None:
    first, second = store.start_run("crawl", {"url": URL}), store.start_run("extract", {})
    store.finish_run(first, {"article": 3, "failed": 1}, 1)
    newest, oldest = store.read_runs(10)
    assert (newest["id"], newest["command"], newest["finished_at"]) == (second, "extract", None)
    assert (oldest["arguments"], oldest["counts"], oldest["exit_code"]) == (
        {"url": URL},
        {"article": 3, "failed": 1},
        1,
    )
    assert oldest["started_at"] <= oldest["finished_at"]
    assert len(store.read_runs(1)) == 1


def test_two_stores_write_the_same_database_in_turn(store: Store, database: str) -> None:
    with Store(database) as other:
        for number in range(5):
            store.write([article(f"a{number}")])
            other.write([article(f"b{number}"), FERRY])
    assert store.count(articles).total() == 11


def test_reader_sees_what_was_there_while_another_writes(store: Store, database: str) -> None:
    store.write([article(str(number)) for number in range(3)])
    with Store(database) as other:
        reading = store.read()
        first = next(reading)
        other.write([article("new")])
        assert [first.title, *titles(reading)] == ["0", "1", "2"]


def test_source_is_known_by_the_kinds_of_its_records_and_failures_can_be_dropped(store: Store) -> None:
    index = replace(FAILED_FERRY, url=OTHER_URL, kind="index", source="saved/a.html")
    store.write([replace(FERRY, source="saved/b.html"), replace(FAILED_FERRY, url=None, source="saved/a.html"), index])
    assert store.kinds_of("saved/a.html") == {"failed", "index"}
    assert store.kinds_of("saved/b.html") == {"article"}
    assert store.kinds_of("saved/c.html") == set()
    store.drop_from_quarantine("saved/a.html", {"failed", "truncated"})
    assert store.kinds_of("saved/a.html") == {"index"}


def test_newest_are_read_first_and_undated_ones_by_when_they_were_seen(store: Store) -> None:
    undated = article("undated", first_seen="2026-03-25T08:00:00+00:00")
    unaddressed = ArticleRecord(source="saved/c.html", title="saved", body="c", published="2026-03-27")
    dated = [article("old", published="2026-03-24"), article("new", published="2026-03-26T09:30:00+01:00")]
    store.write([*dated, undated, unaddressed])
    assert titles(store.read(newest=3)) == ["saved", "new", "undated"]
    assert titles(store.read(newest=3, has_url=True)) == ["new", "undated", "old"]
