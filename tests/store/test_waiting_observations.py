"""Observations wait until a site has many, or all sites together have too many."""

from dataclasses import replace
from pathlib import Path

import pytest

from newsspider.errors import StoreError
from newsspider.record import ArticleRecord
from newsspider.site_memory.memory import learn
from newsspider.store.run import Run
from newsspider.store.store import Store
from newsspider.store.waiting_observations import (
    ALL_OBSERVATIONS,
    SITE_OBSERVATIONS,
    SITES_TOGETHER,
    WaitingObservations,
)
from tests.site_memory.made import article
from tests.store.test_site_memories import memory_in


def site(number: int) -> str:
    return f"herald-{number}.example"


def observe(waiting: WaitingObservations, of_site: int, times: int) -> None:
    waiting.add(replace(article(number), site=site(of_site)) for number in range(times))


def numbers_taken(waiting: WaitingObservations, sites: list[str]) -> list[int]:
    """Return the number of observations of each call that learns them."""
    taken: list[int] = []
    waiting.hand_over(sites, lambda observations: taken.append(len(observations)))
    return taken


def test_a_site_waits_until_it_has_many() -> None:
    waiting = WaitingObservations()
    observe(waiting, 1, SITE_OBSERVATIONS - 1)
    observe(waiting, 2, 1)
    assert waiting.full_sites == []

    observe(waiting, 1, 1)
    assert waiting.full_sites == [site(1)]
    assert numbers_taken(waiting, [site(1)]) == [SITE_OBSERVATIONS]
    assert (waiting.full_sites, waiting.sites) == ([], [site(2)])


def test_too_many_of_all_sites_are_learned_beginning_with_the_sites_that_have_most() -> None:
    waiting = WaitingObservations()
    sites = ALL_OBSERVATIONS // 5
    for number in range(sites):
        observe(waiting, number, 5)
    observe(waiting, sites // 2, 1)

    full = waiting.full_sites
    assert full[0] == site(sites // 2)
    assert len(full) == SITES_TOGETHER

    assert numbers_taken(waiting, full) == [5 * SITES_TOGETHER + 1]
    assert waiting.full_sites == []
    assert numbers_taken(waiting, waiting.sites) == [5 * (sites - SITES_TOGETHER)]


def test_a_run_learns_from_every_page_of_all_sites(database: str) -> None:
    sites = SITES_TOGETHER + 20
    run = Run(Store(database), "crawl news", {})
    for page in range(2):
        for number in range(sites):
            record = ArticleRecord(
                url=f"https://{site(number)}/{page}", site=site(number), title="Ferry", body="It sails."
            )
            run.add(record, observation=replace(article(page), site=site(number)))
    run.finish()

    expected = [
        learn(None, [replace(article(page), site=site(number)) for page in range(2)]) for number in range(sites)
    ]
    with Store(database) as store:
        assert [memory_in(store, site(number)).state for number in range(sites)] == [each.state for each in expected]


def test_observations_are_kept_when_they_can_not_be_learned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(str(tmp_path / "news.db"))
    run = Run(store, "crawl news", {})
    learned = store.learn

    def fail(_: object) -> None:
        raise StoreError("the database is locked")

    monkeypatch.setattr(store, "learn", fail)
    for number in range(SITE_OBSERVATIONS):
        record = ArticleRecord(
            url=f"https://{site(1)}/{number}", site=site(1), title=f"Ferry {number}", body="It sails."
        )
        run.add(record, observation=replace(article(number), site=site(1)))
    run.flush()

    monkeypatch.setattr(store, "learn", learned)
    run.finish()
    with Store(str(tmp_path / "news.db")) as later:
        assert (
            memory_in(later, site(1)).state
            == learn(None, [replace(article(number), site=site(1)) for number in range(SITE_OBSERVATIONS)]).state
        )
