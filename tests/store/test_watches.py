"""Watches in the store: each target is told of each article once, whatever becomes of article, target and run."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select, text, update

from newsspider.clock import as_text, now
from newsspider.record import ArticleRecord
from newsspider.store.articles import write_articles
from newsspider.store.schema.tables import articles, told
from newsspider.store.store import Store
from newsspider.store.watches import LOOKED_BACK, SENDING, TOLD, UNSURE, Watch

URL = "https://herald.example/ferry"
DESK, FILE = "mailto://desk@you.example", "file:/srv/news/ferry.md"
FERRY = Watch("ferry", "ferry", (DESK, FILE))
LONG_AGO = "2020-01-01T00:00:00+00:00"
MOVES = {"": "old", "-both": "both"}  # ends of new names: old ones


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    with Store(database) as opened:
        yield opened


def article(name: str = "ferry", title: str = "Ferry", **fields: object) -> ArticleRecord:
    given = {"body": f"It sails to {name}.", "site": "herald.example", **fields}
    return ArticleRecord(url=f"https://herald.example/{name}", title=title, **given)  # type: ignore[arg-type]


def watch_of(store: Store, name: str = "ferry") -> Watch:
    return next(each for each in store.watches() if each.name == name)


def add(store: Store, watch: Watch = FERRY) -> Watch:
    assert store.add_watch(watch)
    return watch_of(store, watch.name)


def tell(store: Store, watch: Watch, target: str = DESK, *, arrived: bool | None = True) -> list[str]:
    claim = store.claim_untold(watch, target)
    store.settle_claim(claim, arrived=arrived)
    return [key.rpartition("/")[2] for key in claim.keys]


def rows(store: Store) -> list[tuple[str, str]]:
    with store._reading() as connection:
        query = select(told.c.article, told.c.state).order_by(told.c.article, told.c.state)
        return [(row.article.rpartition("/")[2], row.state) for row in connection.execute(query)]


def set_state(store: Store, **values: str) -> None:
    with store._in_transaction() as connection:
        connection.execute(update(told).values(**values))


def test_target_is_told_once_of_what_is_new(store: Store) -> None:
    store.write([article("old")])
    watch = add(store)
    store.write([article("new"), article("storm", "Storm", body="It is over.")])
    assert tell(store, watch) == ["new"]
    assert tell(store, watch) == []
    assert tell(store, watch, FILE) == ["new"]


def test_newest_come_first(store: Store) -> None:
    watch = add(store)
    store.write([article("b", published="2026-03-02"), article("c", published="2026-03-03"), article("a")])
    assert tell(store, watch) == ["a", "c", "b"]  # undated: first seen just now


def test_since_tells_of_stored_articles_of_those_days_too(store: Store) -> None:
    store.write([article("march", published="2026-03-02"), article("april", published="2026-04-02")])
    store.write([article("undated")])
    watch = add(store, replace(FERRY, since="2026-04-01"))
    store.write([article("backfilled", published="2019-01-01")])
    assert tell(store, watch) == ["april", "backfilled"]


def test_sites_and_languages_narrow(store: Store) -> None:
    watch = add(store, replace(FERRY, sites=("herald.example",), languages=("pt", "de")))
    store.write(
        [
            article("brazil", language="pt-BR"),
            article("german", language="de"),
            article("english", language="en"),
            article("unknown"),
            article("elsewhere", language="de", site="tribune.example"),
        ]
    )
    assert sorted(tell(store, watch)) == ["brazil", "german"]


def test_failed_target_is_told_again_and_others_are_not(store: Store) -> None:
    watch = add(store)
    store.write([article()])
    assert tell(store, watch, FILE) == ["ferry"]
    assert tell(store, watch, DESK, arrived=False) == ["ferry"]
    store.write([article("later")])
    assert sorted(tell(store, watch, DESK)) == ["ferry", "later"]
    assert tell(store, watch, FILE) == ["later"]


def test_what_a_killed_run_was_sending_is_not_sent_again_unless_asked_for(store: Store) -> None:
    watch = add(store)
    store.write([article()])
    store.claim_untold(watch, DESK)
    store.begin_watch(watch)
    assert rows(store) == [("ferry", SENDING)]  # another run may be at it
    set_state(store, told_at=LONG_AGO)
    store.begin_watch(watch)
    assert store.count_told(watch) == {(DESK, UNSURE): 1}
    assert tell(store, watch) == []
    store.begin_watch(watch, send_unsure=True)
    assert tell(store, watch) == ["ferry"]
    store.begin_watch(watch, send_unsure=True)
    assert tell(store, watch) == []


def test_articles_that_a_target_may_have_got_are_counted_as_such(store: Store) -> None:
    watch = add(store)
    store.write([article()])
    assert tell(store, watch, arrived=None) == ["ferry"]
    assert store.count_told(watch) == {(DESK, UNSURE): 1}


def test_two_runs_at_once_share_the_articles(store: Store) -> None:
    watch = add(store)
    store.write([article("a")])
    first = store.claim_untold(watch, DESK)
    store.write([article("b")])
    second = store.claim_untold(watch, DESK)
    store.settle_claim(first, arrived=True)
    store.settle_claim(second, arrived=False)
    assert [len(first.keys), len(second.keys)] == [1, 1]
    assert tell(store, watch) == ["b"]


def test_claim_takes_at_most_so_many(store: Store) -> None:
    watch = add(store)
    store.write([article(str(number)) for number in range(5)])
    assert [len(store.claim_untold(watch, DESK, 2).keys) for _ in range(4)] == [2, 2, 1, 0]


def test_updated_article_is_not_told_again(store: Store) -> None:
    watch = add(store)
    store.write([article(modified="2026-03-24T10:00:00+00:00")])
    assert tell(store, watch) == ["ferry"]
    store.write([article(title="Ferry, again", modified="2026-03-25T10:00:00+00:00")])
    assert [record.version for record in store.read()] == [2]
    assert tell(store, watch) == []


def test_article_is_told_once_it_has_the_words(store: Store) -> None:
    watch = add(store)
    store.write([article(title="Boat", body="It sails.")])
    assert tell(store, watch) == []
    store.settle_watch(watch, as_text(now()))
    store.write([article(title="Ferry", body="It sails.")])
    assert tell(store, watch_of(store)) == ["ferry"]


def test_quarantined_page_is_not_told(store: Store) -> None:
    watch = add(store)
    store.write([article(kind="bot_wall", reason="a wall"), article("index", kind="index", reason="a list")])
    assert tell(store, watch) == []


def test_moved_article_keeps_what_is_noted(store: Store) -> None:
    watch = add(store)
    store.write([article("old"), article("both"), article("new-both")])
    assert len(tell(store, watch)) == 3
    moved = {f"https://herald.example/new{end}": [f"https://herald.example/{name}"] for end, name in MOVES.items()}
    with store._in_transaction() as connection:
        write_articles(connection, [article("new"), article("new-both")], moved, "off")
    assert rows(store) == [("new", TOLD), ("new-both", TOLD)]
    assert tell(store, watch) == []


def test_article_that_grows_by_a_part_is_not_told_again(store: Store) -> None:
    watch = add(store)
    pages = ("https://herald.example/ferry", "https://herald.example/ferry-2")
    store.write([article("ferry-2", pages=pages)])
    assert tell(store, watch) == ["ferry-2"]
    store.write([article("ferry", pages=pages)])
    assert [record.url for record in store.read()] == [pages[0]]
    assert tell(store, watch) == []


def test_forgotten_article_leaves_no_trace(store: Store) -> None:
    watch = add(store)
    store.write([article(), article("other")])
    tell(store, watch)
    store.forget([URL])
    assert rows(store) == [("other", TOLD)]


def test_expired_article_leaves_no_trace(store: Store) -> None:
    watch = add(store, replace(FERRY, since="2019-01-01"))
    store.write([article(first_seen=LONG_AGO, published="2020-01-01"), article("fresh")])
    assert len(tell(store, watch)) == 2
    store.expire("2021-01-01")
    assert rows(store) == [("fresh", TOLD)]


def test_article_whose_number_was_another_s_is_told(store: Store) -> None:
    watch = add(store)
    store.write([article("a"), article("b")])
    assert len(tell(store, watch)) == 2
    store.settle_watch(watch, as_text(now()))
    store.forget(["https://herald.example/b", "https://herald.example/a"])  # SQLite gives their numbers again
    store.write([article("c")])
    assert tell(store, watch_of(store)) == ["c"]


def test_articles_long_settled_are_not_looked_at(store: Store) -> None:
    watch = add(store, replace(FERRY, since="2019-01-01"))
    long_ago = as_text(now() - 2 * LOOKED_BACK)
    store.write([article("old", first_seen=long_ago, published="2026-01-01", title="Boat")])
    assert tell(store, watch) == []
    store.settle_watch(watch, as_text(now()))
    with store._in_transaction() as connection:
        connection.execute(update(articles).values(title="Ferry"))
    store.write([article("old", title="Ferry", first_seen=long_ago), article("new")])
    assert tell(store, watch_of(store)) == ["new"]


def test_watch_keeps_what_it_was_given(store: Store) -> None:
    given = Watch("Höfe am Hafen", '"old harbour" 東京', (DESK,), "json", ("a.example",), ("pt-BR",), "2026-01-01")
    kept = add(store, given)
    assert replace(kept, made_at="") == given
    assert kept.made_at


def test_name_is_taken_once(store: Store) -> None:
    add(store)
    assert not store.add_watch(replace(FERRY, words="tram"))
    assert watch_of(store).words == "ferry"


def test_removed_watch_leaves_nothing_behind_and_no_other_alone(store: Store) -> None:
    watch, other = add(store), add(store, replace(FERRY, name="other"))
    store.write([article()])
    tell(store, watch)
    tell(store, other)
    assert store.remove_watch("ferry")
    assert not store.remove_watch("ferry")
    assert store.count_told(other) == {(DESK, TOLD): 1}
    assert rows(store) == [("ferry", TOLD)]


def test_words_that_are_none_find_nothing(store: Store) -> None:
    watch = add(store, replace(FERRY, words='"'))
    store.write([article()])
    assert tell(store, watch) == []


def test_address_of_a_target_is_not_in_what_is_noted(store: Store) -> None:
    watch = add(store)
    store.write([article()])
    tell(store, watch)
    with store._reading() as connection:
        assert "desk" not in str(connection.execute(told.select()).all())


def test_store_of_an_earlier_version_gets_watches(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    with Store(str(path)) as store:
        store.write([article("old")])
        with store._in_transaction() as connection:
            for statement in ("DROP TABLE watches", "DROP TABLE told"):
                connection.execute(text(statement))
            connection.execute(text("UPDATE schema_version SET version = 8"))
    with Store(str(path)) as store:
        watch = add(store)
        store.write([article("new")])
        assert tell(store, watch) == ["new"]


def test_backup_has_watches_and_what_was_told(tmp_path: Path) -> None:
    with Store(str(tmp_path / "news.db")) as store:
        watch = add(store)
        store.write([article()])
        tell(store, watch)
        store.copy_to(tmp_path / "copy.db")
    with Store(str(tmp_path / "copy.db")) as copy:
        assert tell(copy, watch_of(copy)) == []
