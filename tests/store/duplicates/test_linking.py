"""Near-duplicates are linked to the earliest, across runs and sites; exact ones within a site are one record."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from newsspider.errors import UsageError
from newsspider.record import ArticleRecord
from newsspider.store.duplicates import sketch_index
from newsspider.store.run import Run
from newsspider.store.schema.tables import articles, bands, recent_bands
from newsspider.store.store import Store
from newsspider.text import body_hash, split_words
from tests.texts import another_report, invented_text, reprint

WIRE = invented_text(1, 200)
EDITED = reprint(WIRE, 0.1, 2)
OTHER = invented_text(3, 200)


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    with Store(database) as opened:
        yield opened


def article(site: str, name: str, body: str, published: str | None = None) -> ArticleRecord:
    return ArticleRecord(
        url=f"https://{site}/{name}",
        site=site,
        title=name,
        body=body,
        body_hash=body_hash(body),
        word_count=len(split_words(body)),
        published=published,
    )


def links(store: Store) -> dict[str | None, str | None]:
    """Return what each article is linked to, by title."""
    return {record.title: record.duplicate_of for record in store.read()}


WIRE_COPY = article("agency.example", "wire", WIRE, "2026-03-24T08:00:00Z")
REPRINT = article("herald.example", "reprint", EDITED, "2026-03-24T09:30:00+01:00")
LATE = article("tribune.example", "late", reprint(WIRE, 0.05, 9), "2026-03-25")
STORY = article("herald.example", "story", OTHER, "2026-03-24")


@pytest.mark.parametrize("together", [True, False])
@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (1, 2, 3, 0), (2, 0, 3, 1)])
def test_reprints_are_linked_to_the_earliest_in_whatever_order_they_come(
    store: Store, order: tuple[int, ...], together: bool
) -> None:
    records = [(WIRE_COPY, REPRINT, LATE, STORY)[number] for number in order]
    for batch in [records] if together else [[record] for record in records]:
        store.write(batch)
    assert links(store) == {"wire": None, "story": None, "reprint": WIRE_COPY.key, "late": WIRE_COPY.key}
    alike = {record.title: record.similarity for record in store.read()}
    assert alike["wire"] is None
    assert 0.7 < (alike["reprint"] or 0) < 0.95


def test_links_are_found_across_runs_and_kept_when_pages_are_read_again(database: str) -> None:
    for records in ([WIRE_COPY], [REPRINT], [WIRE_COPY, REPRINT], [replace(REPRINT, tags=("wire",))]):
        with Store(database) as store:
            store.write(records)
    with Store(database) as store:
        assert links(store) == {"wire": None, "reprint": WIRE_COPY.key}
        assert [record.version for record in store.read()] == [1, 1]


def test_another_report_of_the_same_event_is_not_linked(store: Store) -> None:
    store.write([WIRE_COPY, article("herald.example", "own", another_report(WIRE, 5))])
    assert links(store) == {"wire": None, "own": None}


def test_article_that_was_rewritten_is_linked_no_more(store: Store) -> None:
    store.write([WIRE_COPY, REPRINT])
    store.write([replace(REPRINT, body=OTHER, body_hash=body_hash(OTHER))])
    assert links(store) == {"wire": None, "reprint": None}
    store.write([REPRINT])
    assert links(store) == {"wire": None, "reprint": WIRE_COPY.key}


def test_original_that_was_rewritten_loses_its_duplicates(store: Store) -> None:
    store.write([WIRE_COPY, REPRINT])
    store.write([replace(WIRE_COPY, body=OTHER, body_hash=body_hash(OTHER))])
    assert links(store) == {"wire": None, "reprint": None}


def test_duplicates_of_an_article_that_goes_are_linked_to_each_other(store: Store) -> None:
    whole = f"{WIRE} {invented_text(8, 30)}"
    pages = ("https://agency.example/wire", "https://agency.example/wire/2")
    store.write([WIRE_COPY, REPRINT, LATE])
    first, second = (
        replace(WIRE_COPY, url=url, body=body, pages=pages) for url, body in zip(pages, (whole, OTHER), strict=True)
    )
    store.write([replace(second, url=pages[1]), replace(first, url=pages[0])])
    assert links(store)["late"] in {REPRINT.key, WIRE_COPY.key}


def test_short_texts_are_not_linked(store: Store) -> None:
    store.write([article(site, "video", "This video is not available.") for site in ("a.example", "b.example")])
    assert {record.duplicate_of for record in store.read()} == {None}


def test_same_text_on_one_site_is_one_record_whatever_its_title(store: Store) -> None:
    store.write([WIRE_COPY, replace(WIRE_COPY, url="https://agency.example/print", title="Print: wire")])
    store.write([replace(WIRE_COPY, url="https://agency.example/amp", title="AMP")])
    (record,) = store.read()
    assert record.also_at == ("https://agency.example/amp", "https://agency.example/print")


def test_same_short_text_under_another_title_is_another_article(store: Store) -> None:
    store.write([article("herald.example", name, "This video is not available.") for name in ("a", "b")])
    assert store.count(articles).total() == 2


def test_same_text_on_another_site_is_linked_and_not_merged(store: Store) -> None:
    store.write([WIRE_COPY, replace(WIRE_COPY, url="https://herald.example/wire", site="herald.example")])
    assert [record.similarity for record in store.read()] == [None, 1.0]


def test_phrase_of_thousands_of_articles_does_not_hide_a_reprint(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sketch_index, "MAX_IN_BAND", 3)
    notice = invented_text(7, 60)
    store.write(
        [
            article(f"s{number}.example", str(number), f"{notice} {invented_text(number + 50, 200)}")
            for number in range(12)
        ]
    )
    store.write([article("copy.example", "copy", reprint(f"{notice} {invented_text(61, 200)}", 0.05, 1))])
    assert links(store)["copy"] == "https://s11.example/11"


def test_dropped_near_duplicates_are_not_stored_and_counted(database: str) -> None:
    run = Run(Store(database, duplicates="drop"), "extract", {})
    for record in (WIRE_COPY, REPRINT, STORY):
        run.add(record)
    run.flush()
    run.add(LATE)
    run.add(WIRE_COPY)
    run.finish()
    with Store(database) as store:
        assert [record.title for record in store.read()] == ["wire", "story"]
        assert store.read_runs(1)[0]["counts"] == {"article": 5, "near-duplicates dropped": 2}


def test_nothing_is_compared_where_it_is_off(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSSPIDER_DUPLICATES", "off")
    with Store(database) as store:
        store.write([WIRE_COPY, REPRINT])
        assert set(links(store).values()) == {None}


def test_unknown_word_for_what_becomes_of_them_is_refused(database: str) -> None:
    with pytest.raises(UsageError, match="NEWSSPIDER_DUPLICATES=merge: expected link, drop, off"):
        Store(database, duplicates="merge")


def test_clusters_hold_the_original_first_and_can_be_chosen_by_site(store: Store) -> None:
    store.write([REPRINT, LATE, STORY, WIRE_COPY])
    store.write([article("herald.example", "again", reprint(OTHER, 0.05, 4), "2026-04-01")])
    clusters = [[record.title for record in cluster] for cluster in store.iter_clusters()]
    assert clusters == [["wire", "reprint", "late"], ["story", "again"]]
    assert [cluster[0].title for cluster in store.iter_clusters("tribune.example")] == ["wire"]


def test_copies_are_found_before_and_after_their_bands_are_moved(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sketch_index, "MOVED_ROWS", 100)
    monkeypatch.setattr(sketch_index, "COUNTED_ARTICLES", 3)
    texts = [invented_text(number, 120) for number in range(12)]
    for number, text in enumerate(texts):
        store.write([article(f"s{number}.example", str(number), text)])
    with store._engine.connect() as connection:
        counts = [
            connection.execute(select(func.count()).select_from(each)).scalar_one() for each in (bands, recent_bands)
        ]
    store.write([article(f"c{number}.example", f"copy {number}", text) for number, text in enumerate(texts)])
    assert all(counts)
    assert [links(store)[f"copy {number}"] for number in range(12)] == [
        f"https://s{number}.example/{number}" for number in range(12)
    ]


def test_article_that_was_removed_leaves_no_band(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sketch_index, "MOVED_ROWS", 20)
    monkeypatch.setattr(sketch_index, "COUNTED_ARTICLES", 2)
    for number in range(3):
        store.write([article(f"s{number}.example", str(number), invented_text(number, 120))])
    store.forget([f"https://s{number}.example/{number}" for number in range(3)])
    with store._engine.connect() as connection:
        for table in (bands, recent_bands):
            assert connection.execute(select(func.count()).select_from(table)).scalar_one() == 0
