"""Texts that many stories of a site share: pages, and no articles."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from newsspider.clock import as_text, now
from newsspider.record import ArticleRecord
from newsspider.revisiting.page_states import Visit
from newsspider.store.schema.tables import quarantine
from newsspider.store.shared_texts import SHARED_BY, SHARED_REASON, count_stories
from newsspider.store.store import Store
from newsspider.store.writing import AddressNews
from newsspider.urls import normalise_url
from tests.revisiting.test_schedule import PLAN
from tests.texts import invented_text

NAMES = "old-ferry mayor-resigns harbour-closed lighthouse-sold winter-storm choir-sings bakery-burnt".split()
SITE = "herald.example"
TEXT = invented_text(1, 80)
WALL = ArticleRecord(site=SITE, title="Herald", body=TEXT, body_hash="wall", word_count=80)


def page(name: str, record: ArticleRecord = WALL) -> ArticleRecord:
    return replace(record, url=f"https://{SITE}/news/{name}.html")


def visit(record: ArticleRecord) -> Visit:
    address = normalise_url(str(record.url))
    return Visit(
        address=address,
        url=str(record.url),
        site=SITE,
        role="article",
        source=None,
        depth=1,
        at=as_text(now()),
        status=200,
    )


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(str(tmp_path / "news.db")) as opened:
        yield opened


def articles(store: Store) -> list[str | None]:
    return [record.url for record in store.read()]


def quarantined(store: Store) -> list[tuple[str | None, str, str | None]]:
    return [(record.url, record.kind, record.reason) for record in store.read(quarantine, kind="page")]


def test_text_under_many_stories_is_no_article(store: Store) -> None:
    for name in NAMES:
        store.write([page(name)])
    assert articles(store) == []
    assert {(kind, reason) for _, kind, reason in quarantined(store)} == {("page", SHARED_REASON)}
    assert len(store.search(TEXT.split()[0], 9)) == 0


def test_one_batch_ends_as_many_do(store: Store) -> None:
    written = store.write([page(name) for name in NAMES])
    assert (len(written.stored), len(written.quarantined)) == (0, len(NAMES))
    assert articles(store) == []


@pytest.mark.parametrize("first", range(1, len(NAMES)))
def test_pages_are_the_same_wherever_a_batch_ends(first: int, store: Store) -> None:
    store.write([page(name) for name in NAMES[:first]])
    store.write([page(name) for name in NAMES[first:]])
    assert sorted(str(url) for url, _, _ in quarantined(store)) == sorted(str(page(name).url) for name in NAMES)


def test_fewer_stories_are_one_article_with_other_addresses(store: Store) -> None:
    store.write([page(name) for name in NAMES[: SHARED_BY - 1]])
    assert len(articles(store)) == 1


def test_one_story_under_many_addresses_stays_an_article(store: Store) -> None:
    sections = ("news", "coast", "sport", "print", "amp", "most-read", "region")
    store.write(
        [replace(WALL, url=f"https://{SITE}/{section}/old-ferry-{number}") for number, section in enumerate(sections)]
    )
    store.write([replace(WALL, url=f"https://{SITE}/old-ferry?visitor={number}") for number in range(9)])
    assert len(articles(store)) == 1


def test_short_texts_of_many_titles_are_no_articles(store: Store) -> None:
    notice = replace(WALL, body="This video can't be shown in your country.", body_hash="short", word_count=8)
    for number, name in enumerate(NAMES):
        title = name.replace("-", " ").capitalize()
        store.write([replace(notice, url=f"https://{SITE}/watch?id={number}", title=title)])
    assert articles(store) == []


def test_other_sites_do_not_count(store: Store) -> None:
    store.write(
        [
            replace(page(name), url=f"https://paper{n}.example/{name}", site=f"paper{n}.example")
            for n, name in enumerate(NAMES)
        ]
    )
    assert len(articles(store)) == len(NAMES)


def test_article_behind_the_wall_comes_back(store: Store) -> None:
    store.write([page(name) for name in NAMES])
    store.write([page(NAMES[0], replace(WALL, body=invented_text(2, 80), body_hash="story"))])
    assert articles(store) == [page(NAMES[0]).url]
    assert page(NAMES[0]).url not in [url for url, *_ in quarantined(store)]


def test_addresses_are_known_as_their_own_again(store: Store) -> None:
    for name in NAMES:
        record = page(name)
        store.write([record], AddressNews([(visit(record), record)], [], PLAN))
    wanted = {normalise_url(str(page(name).url)) for name in NAMES}
    known = store.known(wanted)
    assert {address: state.address for address, state in known.items() if state.address != address} == {}
    assert known[normalise_url(str(page(NAMES[-1]).url))].kind == "page"


def test_reextracting_a_shared_text_makes_no_article_of_it(store: Store) -> None:
    store.write([page(name) for name in NAMES])
    outcomes = store.reextract([replace(page(NAMES[0]), fetched_at="2026-11-29T10:00:00+00:00")])
    assert outcomes == {"updated": 1}
    assert articles(store) == []


def test_set_of_words_within_another_is_the_same_story() -> None:
    stories = [frozenset({"old", "ferry", each}) for each in ("print", "amp")] + [frozenset({"old", "ferry"})]
    assert count_stories(stories) == 1
