"""Parts of an article in the store: one record, in order, each block once, in whatever order they come."""

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from newsspider.record import ArticleRecord
from newsspider.store.join_parts import join_parts, order_parts
from newsspider.store.schema.tables import quarantine
from newsspider.store.store import Store
from newsspider.text import body_hash

SITE = "https://herald.example"
URLS = tuple(f"{SITE}/ferry{path}" for path in ("", "/2", "/3"))
LEAD = "The ferry is back."


def part(number: int, *pages: int, **fields: object) -> ArticleRecord:
    """Return the record of one part that knows of some pages by number."""
    body = f"{LEAD}\n\nText of page {number}.\n\nYes.\n\nYes."
    given: dict[str, object] = {
        "url": URLS[number - 1],
        "site": "herald.example",
        "title": "Ferry",
        "body": body,
        "body_markdown": body,
        "body_hash": body_hash(body),
        "pages": tuple(URLS[page - 1] for page in pages),
        **fields,
    }
    return ArticleRecord(**given)  # type: ignore[arg-type]


FIRST, SECOND, THIRD = part(1, 1, 2), part(2, 1, 2, 3), part(3, 2, 3)
WHOLE = f"{LEAD}\n\nText of page 1.\n\nYes.\n\nYes.\n\nText of page 2.\n\nText of page 3."


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(str(tmp_path / "news.db")) as opened:
        yield opened


@pytest.mark.parametrize("order", list(permutations([FIRST, SECOND, THIRD])))
@pytest.mark.parametrize("together", [True, False])
def test_parts_become_one_record_in_whatever_order_they_come(
    store: Store, order: tuple[ArticleRecord, ...], together: bool
) -> None:
    for batch in [list(order)] if together else [[each] for each in order]:
        store.write(batch)
    (record,) = store.read()
    assert (record.url, record.pages, record.body) == (URLS[0], URLS, WHOLE)
    assert (record.body_markdown, record.body_hash, record.warnings) == (WHOLE, body_hash(WHOLE), ())


def test_parts_of_two_articles_stay_apart(store: Store) -> None:
    tram = [
        replace(
            each,
            url=(each.url or "").replace("ferry", "tram"),
            pages=tuple(url.replace("ferry", "tram") for url in each.pages),
        )
        for each in (FIRST, SECOND)
    ]
    store.write([FIRST, tram[0], SECOND, tram[1], THIRD])
    assert [len(record.pages) for record in store.read()] == [3, 3]


def test_missing_part_is_told_and_mended_when_it_comes(store: Store) -> None:
    store.write([FIRST, THIRD])
    (record,) = store.read()
    assert record.warnings == (f"a part of the article is missing: {URLS[1]}",)
    store.write([SECOND])
    (record,) = store.read()
    assert (record.body, record.warnings) == (WHOLE, ())


def test_article_whose_first_part_comes_last_keeps_when_it_was_first_seen(store: Store) -> None:
    store.write([replace(SECOND, first_seen="2026-03-24T10:00:00+00:00")])
    store.write([FIRST])
    (record,) = store.read()
    assert (record.url, record.first_seen) == (URLS[0], "2026-03-24T10:00:00+00:00")


def test_part_stored_again_replaces_its_text_and_no_other(store: Store) -> None:
    store.write([FIRST, SECOND, THIRD])
    store.write([part(2, 1, 2, 3, body="New text.", body_markdown="New text.")])
    (record,) = store.read()
    assert (record.body or "").split("\n\n")[-2:] == ["New text.", "Text of page 3."] or "New text." in (
        record.body or ""
    )
    assert "Text of page 2." not in (record.body or "")


def test_writing_the_parts_twice_changes_nothing(store: Store) -> None:
    store.write([FIRST, SECOND, THIRD])
    before = list(store.read())
    store.write([THIRD, FIRST, SECOND])
    assert list(store.read()) == before


def test_parts_that_name_the_first_as_canonical_are_told_apart_by_their_own_addresses(store: Store) -> None:
    store.write([replace(each, canonical_url=URLS[0]) for each in (FIRST, SECOND, THIRD)])
    (record,) = store.read()
    assert (record.key, record.body) == (URLS[0], WHOLE)


def test_record_that_a_part_had_of_its_own_is_taken_in(store: Store) -> None:
    store.write([part(2), ArticleRecord(url=URLS[2], kind="failed", reason="HTTP 500")])
    store.write([FIRST, SECOND, THIRD])
    assert [record.url for record in store.read()] == [URLS[0]]
    assert list(store.read(quarantine)) == []


def test_joined_article_is_found_by_words_of_every_part(store: Store) -> None:
    store.write([FIRST])
    store.write([SECOND, THIRD])
    assert [record.url for record in store.search('"page 3"', 10)] == [URLS[0]]
    assert [record.url for record in store.search('"page 1"', 10)] == [URLS[0]]


def test_joined_record_is_paid_for_and_as_sure_as_its_least_part() -> None:
    joined = join_parts(
        {
            URLS[0]: replace(FIRST, confidence=0.9, warnings=("a",)),
            URLS[1]: replace(
                SECOND, confidence=0.4, is_free=False, kind="paywalled", reason="why", warnings=("a", "b")
            ),
        }
    )
    assert (joined.confidence, joined.is_free, joined.kind, joined.reason) == (0.4, False, "paywalled", "why")
    assert joined.warnings[:2] == ("a", "b")


@pytest.mark.parametrize(
    ("first", "second", "third", "whole"),
    [(True, True, True, True), (True, None, True, None), (True, False, True, False)],
)
def test_joined_article_is_complete_if_its_parts_are(
    first: bool | None, second: bool | None, third: bool | None, whole: bool | None
) -> None:
    complete = zip(URLS, (FIRST, SECOND, THIRD), (first, second, third), strict=False)
    parts = {url: replace(each, is_complete=value) for url, each, value in complete}
    assert join_parts(parts).is_complete is whole


def test_joined_article_that_lacks_a_part_is_not_complete() -> None:
    assert join_parts({URLS[0]: replace(FIRST, is_complete=True)}).is_complete is False


@pytest.mark.parametrize(
    ("lists", "order"),
    [
        ([["a", "b"], ["b", "c"], ["c", "d"]], ["a", "b", "c", "d"]),
        ([["c", "d"], ["a", "b"], ["b", "c"]], ["a", "b", "c", "d"]),
        ([["a", "b", "d"], ["c", "d"], ["b", "c"]], ["a", "b", "c", "d"]),
        ([["a", "b"], ["b", "a"]], ["a", "b"]),
        ([], []),
    ],
)
def test_order_agrees_with_every_list_where_they_agree(lists: list[list[str]], order: list[str]) -> None:
    assert order_parts(lists) == order


def test_record_of_a_part_is_kept_as_it_was_read(store: Store) -> None:
    store.write([FIRST, SECOND])
    (record,) = store.read()
    assert json.loads(record.to_json())["pages"] == list(URLS)
