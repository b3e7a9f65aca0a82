"""What a crawl knows of addresses, written with its records."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import select, update

from newsspider.clock import as_text, now
from newsspider.record import ArticleRecord
from newsspider.revisiting.page_states import PageState, Visit
from newsspider.store.addresses import add_aliases
from newsspider.store.schema.tables import addresses, aliases, articles
from newsspider.store.store import Store
from newsspider.store.writing import AddressNews, Written
from newsspider.urls import normalise_url
from tests.revisiting.test_schedule import DAY, HOUR, PLAN

SITE = "herald.example"
HOME = f"https://{SITE}/"
NOW = now()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(str(tmp_path / "news.db")) as opened:
        yield opened


def address(name: str) -> str:
    return f"{HOME}{name}"


def article(name: str, **fields: object) -> ArticleRecord:
    values = {"url": address(name), "site": SITE, "title": name, "body": f"Of {name}.", "body_hash": name}
    return ArticleRecord(**{**values, **fields})  # type: ignore[arg-type]


def visit(name: str, at: timedelta = timedelta(), **fields: object) -> Visit:
    url = address(name)
    values = {"address": normalise_url(url), "url": url, "site": SITE, "role": "article", "source": HOME, "depth": 1}
    return Visit(**{**values, "at": as_text(NOW + at), "status": 200, **fields})  # type: ignore[arg-type]


def found(name: str, due: timedelta = timedelta(), **fields: object) -> PageState:
    moment = as_text(NOW + due)
    values = {"address": address(name), "url": address(name), "site": SITE, "role": "article", "depth": 1}
    return PageState(**{**values, "found_at": moment, "due_at": moment, **fields})  # type: ignore[arg-type]


def write(store: Store, *visits: tuple[Visit, ArticleRecord | None], finds: Sequence[PageState] = ()) -> Written:
    """Write looks with their records, as a run does."""
    return store.write([record for _, record in visits if record], AddressNews(visits, finds, PLAN))


def known(store: Store, name: str) -> PageState | None:
    return store.known([address(name)]).get(address(name))


def test_page_is_known_once_its_record_is_stored(store: Store) -> None:
    write(store, finds=[found("ferry")])
    before = known(store, "ferry")
    assert before is not None
    assert before.fetched_at is None
    write(store, (visit("ferry"), article("ferry")))
    after = known(store, "ferry")
    assert after is not None
    assert (after.fetched_at, after.kind, after.found_at) == (as_text(NOW), "article", before.found_at)


def test_batch_that_fails_leaves_no_page_known(store: Store) -> None:
    with pytest.raises(OverflowError):
        write(store, (visit("ferry"), article("ferry", word_count=1 << 70)), finds=[found("tram")])
    assert store.known([address("ferry"), address("tram")]) == {}


def test_known_page_stays_as_it_is_when_it_is_found_again(store: Store) -> None:
    write(store, (visit("ferry"), article("ferry")))
    before = known(store, "ferry")
    write(store, finds=[found("ferry", DAY)])
    assert known(store, "ferry") == before


def test_other_addresses_of_an_article_are_one_page(store: Store) -> None:
    write(store, finds=[found("amp/ferry")])
    passed = (address("amp/ferry"), address("ferry?from=amp"))
    write(store, (visit("amp/ferry", passed=passed), article("ferry?from=amp", canonical_url=address("ferry"))))
    page = known(store, "ferry")
    assert page is not None
    assert page.address == address("ferry")
    assert known(store, "amp/ferry") == known(store, "ferry?from=amp") == page
    assert [state.address for state in store.due([SITE], limit=9)] == []


def test_parameters_that_matter_make_other_pages(store: Store) -> None:
    write(store, (visit("story?id=1"), article("story?id=1")))
    assert known(store, "story?id=2") is None


def test_due_pages_come_longest_due_first_and_in_parts(store: Store) -> None:
    finds = [found(name, -wait * HOUR) for wait, name in enumerate("abcde", 1)]
    write(
        store,
        finds=[*finds, found("later", HOUR, found_at=as_text(NOW)), replace(found("x", -HOUR), site="other.example")],
    )
    first = store.due([SITE], limit=3)
    second = store.due([SITE], limit=3, after=first[-1])
    assert [state.url[-1] for state in [*first, *second]] == ["e", "d", "c", "b", "a"]


def test_pages_deeper_than_asked_for_are_not_due(store: Store) -> None:
    write(store, finds=[found("a", depth=1), found("b", depth=2)])
    assert [state.url[-1] for state in store.due([SITE], deepest=1, limit=9)] == ["a"]


def test_what_was_asked_for_and_not_fetched_is_put_off_and_what_is_deeper_is_not(store: Store) -> None:
    write(store, finds=[found("a", -HOUR, depth=1), found("b", -HOUR, depth=2)])
    store.postpone_unfetched([SITE], 1, PLAN)
    assert [state.url[-1] for state in store.due([SITE], limit=9)] == ["b"]
    put_off = known(store, "a")
    assert put_off is not None
    assert put_off.failures == 1


def test_article_that_moved_for_good_is_the_same_article(store: Store) -> None:
    write(store, (visit("old"), article("old", body="One.", body_hash="1")))
    passed = (address("old"), address("new"))
    moved = visit("old", HOUR, url=address("new"), passed=passed, moved=True)
    write(store, (moved, article("new", title="old", body="Two.", body_hash="2")))
    (record,) = store.read()
    assert (record.url, record.also_at, record.version) == (address("new"), (address("old"),), 2)
    assert [each.body for each in store.versions(address("old"))] == ["One.", "Two."]
    assert known(store, "old") == known(store, "new")


def test_article_that_was_found_at_its_new_address_first_is_joined_with_its_old_one(store: Store) -> None:
    write(store, (visit("old"), article("old", first_seen="2026-03-01T00:00:00+00:00")))
    write(store, (visit("new"), article("new", title="another")))
    moved = visit("old", HOUR, url=address("new"), passed=(address("old"), address("new")), moved=True)
    write(store, (moved, article("new", title="another")))
    (record,) = store.read()
    assert (record.url, record.first_seen) == (address("new"), "2026-03-01T00:00:00+00:00")
    assert record.also_at == (address("old"),)
    assert store.search("old", 9) == []


def test_redirect_to_a_page_that_was_asked_for_before_is_an_alias_of_it(store: Store) -> None:
    write(store, (visit("ferry"), article("ferry")), finds=[found("short")])
    passed = (address("short"), address("ferry"))
    write(store, (visit("short", passed=passed, moved=True, led_to=address("ferry")), None))
    assert known(store, "short") == known(store, "ferry") != None  # noqa: E711
    assert store.due([SITE], limit=9) == []


def test_redirect_for_now_is_no_alias(store: Store) -> None:
    write(store, (visit("login"), article("login")), finds=[found("ferry")])
    passed = (address("ferry"), address("login"))
    write(store, (visit("ferry", passed=passed, led_to=address("login")), None))
    page = known(store, "ferry")
    assert page is not None
    assert (page.kind, page.failures) == ("redirected", 1)


def test_same_text_on_the_same_site_is_one_article_whatever_a_visitors_number_says(store: Store) -> None:
    pairs = [(visit(f"ferry?visitor={n}"), article(f"ferry?visitor={n}", title="Ferry", body_hash="f")) for n in (1, 2)]
    fates = [each.fate for each in write(store, *pairs).stored]
    third = (visit("ferry?visitor=3"), article("ferry?visitor=3", title="Ferry", body_hash="f"))
    fates += [each.fate for each in write(store, third).stored]
    (record,) = store.read()
    assert fates == ["new", "merged", "merged"]
    assert record.also_at == (address("ferry?visitor=2"), address("ferry?visitor=3"))
    assert known(store, "ferry?visitor=3") == known(store, "ferry?visitor=1")


@pytest.mark.parametrize("changed", [{"site": "other.example"}, {"title": "Tram"}, {"body_hash": "g"}])
def test_other_sites_titles_and_texts_are_other_articles(store: Store, changed: dict[str, str]) -> None:
    first, second = (article(name, title="Ferry", body_hash="f") for name in "ab")
    write(store, (visit("a"), first), (visit("b"), replace(second, **changed)))  # type: ignore[arg-type]
    assert len(list(store.read())) == 2


def test_page_that_fails_keeps_its_article_and_is_tried_again(store: Store) -> None:
    write(store, (visit("ferry"), article("ferry")))
    failed = ArticleRecord(url=address("ferry"), site=SITE, kind="failed", reason="HTTP 500")
    write(store, (visit("ferry", HOUR, status=500), failed))
    page = known(store, "ferry")
    assert page is not None
    assert (page.failures, page.due_at) == (1, as_text(NOW + 2 * HOUR))
    assert len(list(store.read())) == 1


def test_article_that_was_found_at_another_address_first_is_read_at_its_own_from_then_on(store: Store) -> None:
    named = {"canonical_url": address("ferry")}
    write(store, (visit("ferry?visitor=1"), article("ferry?visitor=1", title="Ferry", body_hash="1", **named)))
    write(store, (visit("ferry"), article("ferry", title="Ferry", body_hash="1", **named)))
    state = known(store, "ferry")
    assert state is not None
    assert state.url == address("ferry")
    edited = article("ferry", title="Ferry", body="Of the ferry, at last.", body_hash="2", **named)
    written = write(store, (visit("ferry", HOUR), edited))
    assert [each.fate for each in written.stored] == ["changed"]


def test_shorter_addresses_lead_to_the_articles_found_since(store: Store) -> None:
    write(store, (visit("a.php?id=1&ref=home"), article("a.php?id=1&ref=home", body_hash="1")))
    names = frozenset({"ref"})
    store.add_shorter_addresses(SITE, names, as_text(NOW + HOUR))
    assert store.known([address("a.php?id=1")]) == {}
    store.add_shorter_addresses(SITE, names, "")
    assert store.known([address("a.php?id=1")])[address("a.php?id=1")].url == address("a.php?id=1&ref=home")
    assert store.known([address("a.php?id=2")]) == {}


def test_article_that_is_read_at_its_new_address_before_its_old_one_leads_there_is_moved(store: Store) -> None:
    words = "The ferry sails again from the old harbour after eleven years. " * 6
    text = {"body": words, "body_hash": "same", "word_count": 66, "title": "Ferry"}
    write(store, (visit("old"), article("old", **text)))
    passed = (address("old"), address("new"))
    led = visit("old", HOUR, passed=passed, moved=True, led_to=address("new"))
    write(store, (visit("new", HOUR), article("new", **text)), (led, None))
    (record,) = store.read()
    assert (record.url, record.also_at) == (address("new"), (address("old"),))
    state = known(store, "old")
    assert state is not None
    assert (state.address, state.url) == (address("new"), address("new"))


def test_article_whose_address_leads_to_the_front_page_for_good_stays(store: Store) -> None:
    write(store, (visit("old"), article("old")))
    front = ArticleRecord(url=HOME, site=SITE, kind="index", reason="a list")
    write(store, (visit("", HOUR, passed=(address("old"), HOME), moved=True), front))
    assert [record.url for record in store.read()] == [address("old")]


def test_pages_that_a_clock_planned_which_was_set_back_are_due(store: Store) -> None:
    write(store, (visit("ferry", 2 * DAY), article("ferry")), finds=[found("tram", -HOUR), found("later", HOUR)])
    assert [state.url[-4:] for state in store.due([SITE], limit=9)] == ["tram"]
    with store._in_transaction() as connection:
        connection.execute(update(articles).values(stored_at=as_text(NOW + 2 * DAY)))
    due = store.due([SITE], limit=9)
    assert [state.url for state in due] == [address("tram"), address("later"), address("ferry")]
    assert store.due([SITE], limit=9, after=due[1]) == due[2:]


Named = list[tuple[str, set[str]]]


def known_after(store: Store, calls: Sequence[Named]) -> tuple[list[str], list[tuple[str, str]]]:
    """Return the addresses and the aliases after some calls, and leave the database as it was."""
    with store._writing.connect() as connection:
        for named in calls:
            add_aliases(connection, named)
        left = sorted(connection.execute(select(addresses.c.address)).scalars())
        pages = sorted((row.address, row.page) for row in connection.execute(select(aliases)))
        connection.rollback()
    return left, pages


@pytest.mark.parametrize("seed", range(20))
def test_aliases_of_a_batch_are_those_of_its_visits_one_after_the_other(database: str, seed: int) -> None:
    chance = Random(seed)
    names = [address(f"page-{number}") for number in range(4 + seed)]
    named = [(chance.choice(names), set(chance.sample(names, chance.randrange(4)))) for _ in range(12)]
    with Store(database) as store:
        known = [PageState(address=each, url=each, site=SITE, role="article", found_at=as_text(NOW)) for each in names]
        store.write([], AddressNews([], known, PLAN))

        assert known_after(store, [named]) == known_after(store, [[each] for each in named])
        assert known_after(store, [named]) != known_after(store, [])


def test_addresses_of_a_page_that_becomes_an_alias_lead_to_the_new_page(store: Store) -> None:
    named: Named = [("b", {"a"}), ("c", {"b"}), ("d", {"e"})]

    _, pages = known_after(store, [named])

    assert pages == [("a", "c"), ("b", "c"), ("e", "d")]
