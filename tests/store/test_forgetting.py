"""Takedowns and retention: gone from every table, and gone for good."""

from collections.abc import Iterator

import pytest

from newsspider.record import ArticleRecord
from newsspider.store.store import Store
from newsspider.store.tables import quarantine

URL = "https://herald.example/ferry"


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    with Store(database) as opened:
        yield opened


def article(url: str, title: str = "Ferry", body: str = "It sails.", **fields: object) -> ArticleRecord:
    return ArticleRecord(url=url, site="herald.example", title=title, body=body, **fields)  # type: ignore[arg-type]


def urls(store: Store) -> list[str]:
    return sorted(record.url or "" for record in store.read())


@pytest.mark.parametrize(
    "given", [URL, f"{URL}?utm_source=x#top", "https://herald.example/amp/ferry", "HTTPS://HERALD.example/ferry"]
)
def test_page_is_forgotten_by_any_of_its_addresses(given: str, store: Store) -> None:
    store.write([article(URL), article("https://herald.example/amp/ferry", canonical_url=URL)])
    store.write([article("https://herald.example/storm", "Storm", "It is over.")])
    removed = store.forget([given])
    assert removed.rows["articles"] == 1
    assert URL in removed.addresses
    assert urls(store) == ["https://herald.example/storm"]
    assert [record.title for record in store.search("sails", 9)] == []
    assert [record.title for record in store.search("over", 9)] == ["Storm"]


def test_forgotten_page_is_not_stored_again_under_any_address(store: Store) -> None:
    store.write([article(URL)])
    store.forget([URL])
    again = article("https://herald.example/print/ferry", canonical_url=URL)
    store.write([article(URL), again, article("https://herald.example/storm", "Storm", "It is over.")])
    store.write([ArticleRecord(url=URL, kind="failed", reason="HTTP 500")])
    assert urls(store) == ["https://herald.example/storm"]
    assert list(store.read(quarantine)) == []
    assert store.forgotten() == {URL}


def test_page_that_is_not_there_is_kept_away_all_the_same(store: Store) -> None:
    assert store.forget([URL]).rows == {}
    store.write([article(URL)])
    assert urls(store) == []


def test_versions_and_parts_go_along(store: Store) -> None:
    pages = (URL, f"{URL}/2")
    store.write([article(URL), article("https://herald.example/storm")])
    store.write([article("https://herald.example/tram"), article("https://herald.example/tram", body="It stands.")])
    store.write([article(url, "Long", f"Part at {url}.", pages=pages) for url in pages])
    assert store.forget(["https://herald.example/tram", pages[1]]).rows == {"articles": 2, "versions": 1, "parts": 2}


def test_quarantined_page_is_forgotten(store: Store) -> None:
    store.write([ArticleRecord(url=URL, site="herald.example", kind="index", reason="a list")])
    assert store.forget([URL]).rows == {"quarantine": 1}


def test_what_was_first_seen_too_long_ago_expires_and_may_come_back(store: Store) -> None:
    old = {"first_seen": "2020-01-01T00:00:00+00:00"}
    store.write([article(URL, **old), article("https://herald.example/storm", "Storm", "It is over.")])
    store.write([ArticleRecord(url="https://herald.example/", kind="index", reason="a list", **old)])  # type: ignore[arg-type]
    assert store.expire("2021-01-01T00:00:00+00:00").rows == {"articles": 1, "quarantine": 1}
    assert urls(store) == ["https://herald.example/storm"]
    assert [record.title for record in store.search("sails", 9)] == []
    store.write([article(URL)])
    assert URL in urls(store)


def test_many_expire(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    from newsspider.store import forgetting

    monkeypatch.setattr(forgetting, "ROWS_TOGETHER", 2)
    store.write([article(f"{URL}/{n}", str(n), str(n), first_seen="2020-01-01T00:00:00+00:00") for n in range(7)])
    assert store.expire("2021-01-01T00:00:00+00:00").rows == {"articles": 7}
