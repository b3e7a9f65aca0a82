"""Turns: a site belongs to one process at a time, and one that slept past its lease can't write."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random
from threading import Barrier

import pytest
from sqlalchemy import Engine

from newsspider.errors import TurnLostError, UsageError
from newsspider.record import ArticleRecord
from newsspider.store.schema.tables import articles
from newsspider.store.store import Store
from newsspider.store.turn_queue import TurnQueue
from newsspider.store.turn_store import TurnStore
from newsspider.store.turns import MAX_DEATHS, Turn, Turns
from tests.postgres import Server

LIST = "a list of sites"
LONG, SHORT = timedelta(minutes=5), timedelta(milliseconds=1)
AT_ONCE = timedelta()
WORDS = [f"{first}{second}" for first in "bcdfghklmnprstvw" for second in ("allow", "erry", "ister", "onder", "umber")]


@pytest.fixture
def url(postgres: Server) -> str:
    return postgres.new_database()


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    with Store(url) as opened:
        yield opened


@pytest.fixture
def turns(store: Store) -> Turns:
    known = store.turns()
    known.register({site: f"https://{site}/" for site in names(3)}, LIST)
    return known


@pytest.fixture
def queue(store: Store) -> TurnQueue:
    return store.turn_queue()


def names(number: int) -> list[str]:
    return [f"paper{place:03}.example" for place in range(number)]


def claim(turns: Turns, holder: str, limit: int = 10, lease: timedelta = LONG, *, suspects: bool = True) -> list[Turn]:
    return turns.claim(holder, LIST, limit, lease, suspects=suspects)


def sites_of(claimed: list[Turn]) -> list[str]:
    return [turn.site for turn in claimed]


def let_die(turns: Turns, holder: str, limit: int = 1) -> list[Turn]:
    """Take sites with a lease that ends at once, as that of a dead process does in time."""
    claimed = claim(turns, holder, limit, SHORT)
    time.sleep(2 * SHORT.total_seconds())
    return claimed


def kill_thrice(turns: Turns) -> str:
    """Let three processes die with one site, while the others are finished; return it."""
    for number in range(MAX_DEATHS):
        (turn,) = let_die(turns, f"host:{number}")
        assert turn.deaths == number
        for other in claim(turns, "idle", suspects=False):
            turns.finish(other, LONG, "")
    return turn.site


def record(site: str, number: int, body: str = "It sails.") -> ArticleRecord:
    return ArticleRecord(url=f"https://{site}/{number}", site=site, title=f"Ferry {number}", body=body)


def test_each_site_is_taken_by_one_process(turns: Turns) -> None:
    first, second = claim(turns, "one", 2), claim(turns, "two", 2)
    assert (len(first), len(second), claim(turns, "three")) == (2, 1, [])
    assert sorted(sites_of(first) + sites_of(second)) == names(3)


def test_processes_that_take_at_the_same_time_get_different_sites(url: str, store: Store) -> None:
    store.turns().register({site: f"https://{site}/" for site in names(300)}, LIST)
    start = Barrier(4)

    def take(holder: str) -> list[str]:
        with Store(url) as own:
            start.wait()
            taken: list[str] = []
            while some := claim(own.turns(), holder, 7):
                taken += sites_of(some)
            return taken

    with ThreadPoolExecutor(4) as threads:
        taken = list(threads.map(take, ["one", "two", "three", "four"]))
    assert sorted(site for some in taken for site in some) == names(300)


def test_finished_site_is_taken_again_when_it_is_due(turns: Turns, queue: TurnQueue) -> None:
    later, now, _ = claim(turns, "one")
    assert turns.finish(later, LONG, "3 new")
    assert turns.finish(now, AT_ONCE, "none new")
    (again,) = claim(turns, "two")
    assert (again.site, again.epoch, again.deaths) == (now.site, now.epoch + 1, 0)
    (place,) = queue.read(site=later.site)
    assert (place.state, place.said, 290 < place.seconds <= 300) == ("later", "3 new", True)


def test_site_that_is_given_back_is_another_process_s_after_the_delay(turns: Turns) -> None:
    first, second, _ = claim(turns, "one")
    assert turns.give_back(first, AT_ONCE)
    assert turns.give_back(second, LONG)
    assert sites_of(claim(turns, "two")) == [first.site]


def test_renewed_lease_lasts_and_one_that_ended_is_not_renewed(turns: Turns) -> None:
    kept, lost, _ = claim(turns, "one", lease=timedelta(seconds=1))
    assert turns.renew("one", [kept.site], LONG) == {kept.site: kept.epoch}
    time.sleep(1)
    assert turns.renew("one", [kept.site, lost.site], LONG) == {kept.site: kept.epoch}
    assert kept.site not in sites_of(claim(turns, "two"))


def test_nobody_renews_or_ends_the_turn_of_another(turns: Turns) -> None:
    (ours,) = let_die(turns, "one")
    theirs = next(turn for turn in claim(turns, "two") if turn.site == ours.site)
    assert turns.renew("one", [ours.site], LONG) == {}
    assert not turns.finish(ours, AT_ONCE, "")
    assert not turns.give_back(ours, AT_ONCE)
    assert turns.finish(theirs, AT_ONCE, "")


def test_process_that_slept_past_its_lease_can_not_write(store: Store, turns: Turns) -> None:
    (turn,) = let_die(turns, "one")
    asleep = TurnStore(store, turn)
    with pytest.raises(TurnLostError, match=rf"{turn.site}: the lease of this turn has ended"):
        asleep.write([record(turn.site, 1)])
    theirs = next(each for each in claim(turns, "two") if each.site == turn.site)
    with pytest.raises(TurnLostError):
        asleep.start_run("crawl news", {})
    TurnStore(store, theirs).write([record(turn.site, 2)])
    assert [each.title for each in store.read()] == ["Ferry 2"]


def test_site_is_not_taken_while_its_holder_writes_and_can_be_renewed_then(store: Store, turns: Turns) -> None:
    (turn,) = claim(turns, "one", 1, timedelta(seconds=1))
    with TurnStore(store, turn)._in_transaction():
        assert turns.renew("one", [turn.site], timedelta(seconds=0.2)) == {turn.site: turn.epoch}
        time.sleep(0.3)
        assert turn.site not in sites_of(claim(turns, "two"))
    assert turn.site in sites_of(claim(turns, "two"))


def test_third_death_parks_a_site_and_names_the_process(turns: Turns, queue: TurnQueue) -> None:
    deadly = kill_thrice(turns)
    assert claim(turns, "host:9") == []
    (place,) = queue.read(["parked"])
    assert (place.site, place.deaths) == (deadly, MAX_DEATHS)
    assert place.why == "3 processes died while they crawled it, the last was host:2"


def test_suspects_are_taken_one_at_a_time_and_a_finished_turn_clears_them(turns: Turns) -> None:
    assert len(let_die(turns, "one", 3)) == 3
    assert claim(turns, "two", suspects=False) == []
    (suspect,) = claim(turns, "two")
    assert suspect.deaths == 1
    assert turns.finish(suspect, AT_ONCE, "")
    assert suspect.site in sites_of(claim(turns, "two", suspects=False))


def test_parked_site_is_taken_again_after_unparking(turns: Turns, queue: TurnQueue) -> None:
    deadly = kill_thrice(turns)
    assert claim(turns, "host:9") == []
    assert queue.unpark([deadly, "unknown.example"]) == [deadly]
    assert [(turn.site, turn.deaths) for turn in claim(turns, "host:9")] == [(deadly, 0)]


def test_process_takes_only_sites_of_its_own_list(turns: Turns) -> None:
    turns.register({names(1)[0]: "https://paper000.example/news"}, "another list")
    assert sites_of(claim(turns, "one")) == names(3)[1:]
    assert sites_of(turns.claim("two", "another list", 10, LONG)) == names(1)


def test_site_of_a_list_that_no_process_has_had_for_a_week_goes(
    turns: Turns, queue: TurnQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    (held,) = claim(turns, "one", 1)
    turns.register({"new.example": "https://new.example/"}, "another list")
    assert len(queue.read()) == 4
    monkeypatch.setattr("newsspider.store.turns.FORSAKEN", timedelta(seconds=-1))
    turns.register({"new.example": "https://new.example/"}, "another list")
    assert sorted(place.site for place in queue.read()) == ["new.example", held.site]


def test_registering_again_leaves_turns_as_they_are(turns: Turns) -> None:
    (held,) = claim(turns, "one", 1)
    turns.register({site: f"https://{site}/" for site in names(3)}, LIST)
    turns.register({site: f"https://{site}/new" for site in names(3)}, LIST)
    assert turns.renew("one", [held.site], LONG) == {held.site: held.epoch}


def test_passwords_in_front_pages_are_not_kept(turns: Turns, store: Store) -> None:
    turns.register({"herald.example": "https://ann:secret@herald.example/"}, LIST)
    with store._reading() as connection:
        kept = connection.exec_driver_sql("SELECT url FROM turns WHERE site = 'herald.example'").scalar()
    assert kept == "https://herald.example/"


def test_site_of_a_crawl_by_hand_is_left_to_it_and_the_other_way_round(store: Store, turns: Turns) -> None:
    locks = store.site_locks()
    assert store.lock_site(locks, names(3)[0])
    assert sites_of(claim(turns, "one")) == names(3)[1:]
    assert not store.lock_site(locks, names(3)[1])
    locks.release()
    (place,) = store.turn_queue().read(["later"])
    assert (place.site, 0 < place.seconds <= 60) == (names(3)[0], True)


def test_queue_is_counted_and_shown_in_the_order_of_the_turns(turns: Turns, queue: TurnQueue) -> None:
    silent = let_die(turns, "host:7")[0]
    held = claim(turns, "host:8", 1)[0]
    assert queue.count() == {"silent": 1, "held": 1, "due": 1}
    assert [place.site for place in queue.read()][-1] == held.site
    (place,) = queue.read(["silent"])
    assert (place.site, place.holder) == (silent.site, "host:7")
    assert turns.seconds_to_next(LIST) is not None
    assert turns.seconds_to_next("another list") is None


def test_file_has_no_turns(tmp_path: Path) -> None:
    with Store(str(tmp_path / "news.db")) as store, pytest.raises(UsageError, match="need a PostgreSQL database"):
        store.turns()


def test_writers_of_different_sites_do_not_wait_for_each_other(store: Store, turns: Turns) -> None:
    first, second, _ = (TurnStore(store, turn) for turn in claim(turns, "one"))
    with first._in_transaction(), ThreadPoolExecutor(1) as other:
        other.submit(second.write, [record(names(2)[1], 1)]).result(10)
    assert store.count(articles).total() == 1


def test_copies_of_a_text_that_sites_store_at_the_same_time_are_linked(store: Store, turns: Turns) -> None:
    lent = [TurnStore(store, turn) for turn in claim(turns, "one")]
    start = Barrier(len(lent))

    def write(place: int) -> None:
        for number in range(20):
            text = " ".join(Random(number).choices(WORDS, k=200))
            start.wait()
            lent[place].write([replace(record(names(3)[place], number, text), published=f"2026-03-24T0{place}:00:00Z")])

    with ThreadPoolExecutor(len(lent)) as threads:
        list(threads.map(write, range(len(lent))))
    linked = [each.duplicate_of is not None for each in store.read()]
    assert (linked.count(False), len(linked)) == (20, 60)


def test_claims_and_questions_use_the_index_of_due_times(store: Store, turns: Turns) -> None:
    turns.register({site: f"https://{site}/" for site in names(900)}, LIST)
    engine: Engine = store._engine
    with engine.connect() as connection:
        connection.exec_driver_sql("SET enable_seqscan = off")
        query = (
            f"SELECT site FROM turns WHERE edition = '{LIST}' AND parked_at IS NULL AND due_at <= now() ORDER BY due_at"
        )
        plan = "\n".join(connection.exec_driver_sql(f"EXPLAIN {query} LIMIT 5").scalars())
    assert "ix_turns_due" in plan
    assert "Sort" not in plan
