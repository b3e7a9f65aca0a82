"""What a site's pages turned out to be, counted in the transaction of their records."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from newsspider.store.schema.migrations import MIGRATIONS
from newsspider.store.store import Store
from tests.revisiting.test_schedule import HOUR
from tests.store.test_addresses import SITE, article, found, visit, write

MARKETS = f"{SITE}/markets/w"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(str(tmp_path / "news.db")) as opened:
        yield opened


def shapes(store: Store, limit: int = 100) -> dict[str, tuple[int, int]]:
    return {shape: (pages, articles) for shape, pages, articles in store.shapes(SITE, limit)}


def test_pages_are_counted_by_shape_with_the_articles_among_them(store: Store) -> None:
    write(store, (visit("markets/gold"), article("markets/gold")), (visit("markets/tin"), article("markets/tin")))
    write(store, (visit("markets/bonds"), article("markets/bonds", kind="index", body=None)))
    assert shapes(store) == {MARKETS: (3, 2), "*/w/w": (3, 2)}


def test_page_counts_once_however_often_it_is_looked_at(store: Store) -> None:
    write(store, finds=[found("markets/gold")])
    for at in (0 * HOUR, 1 * HOUR, 6 * HOUR):
        write(store, (visit("markets/gold", at), article("markets/gold", body=f"At {at}.", body_hash=str(at))))
    assert shapes(store)[MARKETS] == (1, 1)


@pytest.mark.parametrize("kind", ["failed", "bot_wall", "consent", "soft_404", "truncated", "empty"])
def test_page_that_gave_nothing_counts_once_it_is_read(store: Store, kind: str) -> None:
    write(store, (visit("markets/gold"), article("markets/gold", kind=kind, body=None)))
    assert shapes(store) == {}
    write(store, (visit("markets/gold", 2 * HOUR), article("markets/gold")))
    assert shapes(store)[MARKETS] == (1, 1)


@pytest.mark.parametrize("role", ["seed", "feed", "sitemap"])
def test_what_no_link_led_to_teaches_nothing(store: Store, role: str) -> None:
    write(store, (visit("markets/gold", role=role), article("markets/gold")))
    assert shapes(store) == {}


def test_batch_that_fails_teaches_nothing(store: Store) -> None:
    with pytest.raises(OverflowError):
        write(store, (visit("markets/gold"), article("markets/gold", word_count=2**70)))
    assert shapes(store) == {}


def test_most_frequent_shapes_come_first_and_no_more_than_asked_for(store: Store) -> None:
    for name in ("gold", "tin", "zinc"):
        write(store, (visit(f"markets/{name}"), article(f"markets/{name}")))
    write(store, (visit("sport/ferry"), article("sport/ferry")))
    assert [shape for shape, _, _ in store.shapes(SITE, 2)] == ["*/w/w", MARKETS]


def test_older_database_counts_what_it_knows(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    with Store(str(path)) as store:
        for name in ("gold", "tin"):
            write(store, (visit(f"markets/{name}"), article(f"markets/{name}")))
        write(store, (visit("markets/bonds"), article("markets/bonds", kind="index", body=None)))
        write(store, finds=[found("markets/zinc")])
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DROP TABLE shapes")
        connection.execute("UPDATE schema_version SET version = 5")
    assert len(MIGRATIONS) >= 6
    with Store(str(path)) as store:
        assert shapes(store)[MARKETS] == (3, 2)
