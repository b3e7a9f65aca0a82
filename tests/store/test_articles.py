"""Versions: an article that changed is kept as it was, one that did not has no other version."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from newsspider.record import ArticleRecord
from newsspider.store.store import Store

URL = "https://herald.example/ferry"
FERRY = ArticleRecord(url=URL, site="herald.example", title="Ferry back", body="At six.", body_hash="1", image="a.jpg")
LATER = replace(FERRY, body="At seven.", body_hash="2")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(str(tmp_path / "news.db")) as opened:
        yield opened


def fates(store: Store, *records: ArticleRecord) -> list[str]:
    return [each.fate for record in records for each in store.write([record]).stored]


def test_article_that_changed_gets_a_version_and_is_kept_as_it_was(store: Store) -> None:
    assert fates(store, FERRY, LATER, FERRY) == ["new", "changed", "changed"]
    found = store.versions(URL)
    assert [(record.version, record.body) for record in found] == [(1, "At six."), (2, "At seven."), (3, "At six.")]
    assert [record.version for record in store.read()] == [3]
    assert len({record.first_seen for record in found}) == 1


def test_changes_within_one_batch_count_too(store: Store) -> None:
    assert [each.fate for each in store.write([FERRY, LATER]).stored] == ["new", "changed"]
    assert [record.body for record in store.versions(URL)] == ["At six.", "At seven."]


def test_other_fields_follow_without_a_version(store: Store) -> None:
    assert fates(store, FERRY, replace(FERRY, image="b.jpg")) == ["new", "unchanged"]
    (record,) = store.versions(URL)
    assert (record.version, record.image) == (1, "b.jpg")


def test_search_finds_the_words_of_the_latest_version_only(store: Store) -> None:
    fates(store, FERRY, LATER)
    assert [len(store.search(words, 9)) for words in ("seven", "six")] == [1, 0]


def test_page_at_another_address_makes_no_version_of_its_own(store: Store) -> None:
    amp = replace(LATER, url="https://herald.example/amp/ferry", canonical_url=URL)
    assert fates(store, FERRY, amp, FERRY, amp) == ["new", "merged", "unchanged", "merged"]
    (record,) = store.versions(URL)
    assert (record.url, record.body, record.also_at) == (URL, "At six.", (amp.url,))


def test_page_at_its_own_address_takes_the_place_of_what_another_showed(store: Store) -> None:
    amp = replace(LATER, url="https://herald.example/amp/ferry", canonical_url=URL)
    assert fates(store, amp, FERRY) == ["new", "merged"]
    (record,) = store.versions(URL)
    assert (record.url, record.body, record.also_at) == (URL, "At six.", (amp.url,))


def test_teaser_before_a_pay_wall_leaves_the_article_as_it_is(store: Store) -> None:
    assert fates(store, FERRY, replace(FERRY, kind="paywalled", body="At", body_hash="3")) == ["new", "unchanged"]
    assert [record.body for record in store.read()] == ["At six."]


def test_article_that_is_not_there_has_no_versions(store: Store) -> None:
    assert store.versions(URL) == []
