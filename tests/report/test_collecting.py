"""What a report collects from a store."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from newsspider.clock import now
from newsspider.record import ArticleRecord
from newsspider.report.collecting import Report, collect_report
from newsspider.report.site_report import SiteReport
from newsspider.revisiting.accounts import SiteAccount
from newsspider.store.store import Store

TODAY = now().date()
YESTERDAY = TODAY - timedelta(days=1)


def article(number: int, day: date, site: str = "herald.example", **fields: object) -> ArticleRecord:
    return ArticleRecord(
        kind="article",
        url=f"https://{site}/{number}",
        site=site,
        title=f"Ferry {number}",
        body=f"The ferry sails again, said harbour master number {number}.",
        first_seen=f"{day.isoformat()}T10:00:00+00:00",
        **fields,  # type: ignore[arg-type]  # a record's fields
    )


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    with Store(database) as store:
        early = [article(number, YESTERDAY, confidence=0.95, language="en") for number in range(3)]
        late = [article(9, TODAY, "post.example", confidence=0.4, language="de")]
        left_out = ArticleRecord(
            kind="index", url="https://herald.example/", site="herald.example", reason="many links",
            first_seen=f"{TODAY.isoformat()}T10:00:00+00:00",
        )  # fmt: skip
        store.write([*early, *late, left_out])
        accounts = [
            SiteAccount(
                site="herald.example",
                new=3,
                lists=4,
                lists_unchanged=1,
                fields=Counter(title=3, authors=1),
                response_times=Counter({"100": 9, "2000": 1}),
            ),
            SiteAccount(site="dark.example", failed=Counter({"no such host": 2}), alarms=["dark: no such host"]),
        ]
        store.finish_run(store.start_run("crawl news", {}), {}, 0, accounts)
        yield store


def of_site(report: Report, name: str) -> SiteReport:
    return next(site for site in report.sites if site.site == name)


def test_sites_have_their_articles_by_day_and_their_runs(store: Store) -> None:
    report = collect_report(store, YESTERDAY)
    assert report.spans.starts == [YESTERDAY.isoformat(), TODAY.isoformat()]
    assert [site.site for site in report.sites] == ["dark.example", "herald.example", "post.example"]
    herald = of_site(report, "herald.example")
    assert herald.articles == [3, 0]
    assert [(day.runs, day.new, day.lists_unchanged) for day in herald.runs] == [(0, 0, 0), (1, 3, 1)]
    assert of_site(report, "post.example").articles == [0, 1]
    assert [day.failed for day in of_site(report, "dark.example").runs] == [0, 2]


def test_page_data_have_problems_shares_and_counts(store: Store) -> None:
    data = collect_report(store, YESTERDAY).to_dict()
    assert data["problems"] == [{"site": "dark.example", "words": ["dark: no such host"]}]
    herald = next(site for site in data["sites"] if site["site"] == "herald.example")
    assert (herald["not_modified_overall"], herald["coverage_overall"]["authors"]) == (25, 33)
    assert (herald["coverage"]["authors"], herald["not_modified"]) == ([None, 33], [None, 25])
    assert (herald["median_ms"], herald["slow_ms"]) == ([None, 100], [None, 2000])
    assert data["response_times"] == {"median_ms": [None, 100], "slow_ms": [None, 2000]}
    assert herald["median_confidence"] == pytest.approx(0.95)
    assert herald["kinds"] == [("article", 3), ("index", 1)]
    assert data["quarantined"] == [("herald.example", "index", "many links", 1)]
    assert data["languages"] == [("en", 3), ("de", 1)]
    assert [number for _, number in data["confidence"]] == [0, 0, 0, 0, 1, 0, 0, 0, 0, 3]
    assert data["newest"][0]["title"] == "Ferry 9"
    assert data["left_out"][0]["reason"] == "many links"


def test_period_and_site_narrow_everything(store: Store) -> None:
    report = collect_report(store, TODAY, "post.example")
    assert [site.site for site in report.sites] == ["post.example"]
    data = report.to_dict()
    assert (len(data["newest"]), data["left_out"], data["quarantined"]) == (1, [], [])


def test_store_without_anything_gives_an_empty_report(tmp_path: Path) -> None:
    with Store(str(tmp_path / "empty.db")) as store:
        report = collect_report(store, YESTERDAY)
    assert (report.sites, report.to_dict()["problems"]) == ([], [])


def test_period_that_begins_tomorrow_is_today(store: Store) -> None:
    assert collect_report(store, TODAY + timedelta(days=3)).spans.starts == [TODAY.isoformat()]


def test_long_period_is_drawn_by_weeks_that_end_today(store: Store) -> None:
    report = collect_report(store, TODAY - timedelta(days=364))
    data = report.to_dict()
    assert (data["span_days"], len(data["starts"])) == (7, 53)
    assert data["starts"][0] == (TODAY - timedelta(days=364)).isoformat()
    assert data["starts"][-1] == (TODAY - timedelta(days=6)).isoformat()
    herald = of_site(report, "herald.example")
    assert herald.articles == [0] * 52 + [3]
    assert sum(each.new for each in herald.runs) == 3


def test_long_texts_of_strangers_are_cut_and_addresses_are_not(database: str) -> None:
    url = f"https://herald.example/{'a' * 2_000}"
    with Store(database) as store:
        store.write([ArticleRecord(kind="article", url=url, site="herald.example", title="x" * 5_000, body="Ferry.")])
        data = collect_report(store, YESTERDAY).to_dict()
    assert len(data["newest"][0]["title"]) == 300
    assert data["newest"][0]["url"] == url
