"""A store of a year of hourly runs, made in a minute, to measure reports of it.

    python -m tests.report.year DATABASE [SITES] [DAYS] [ARTICLES_A_DAY]

makes the store, then prints the seconds of processor time and the bytes that a report of the whole time takes.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from time import process_time
from typing import Any

from sqlalchemy import Connection, insert, text

from newsspider.clock import as_text, now
from newsspider.report.collecting import collect_report
from newsspider.report.writing import render_report
from newsspider.revisiting.accounts import SiteAccount
from newsspider.store.schema.tables import articles, quarantine
from newsspider.store.site_days import count_known_days
from newsspider.store.store import Store

SITES = 500
DAYS = 365
ARTICLES_A_DAY = 4  # of a site
BODY = "The ferry sails again from the old harbour, said the harbour master on Monday. " * 30
TEMPLATES = 48  # different accounts and articles
_ACCOUNTS = """
INSERT INTO accounts (site, run, finished_at, account)
SELECT year_sites.name, hours.h, hours.ended,
    {as_json}(replace(year_templates.account, 'SITE', year_sites.name){closing}
FROM hours CROSS JOIN year_sites JOIN year_templates ON year_templates.t = (hours.h * 7 + year_sites.s) % :templates
"""


def make_year(database: str, sites: int = SITES, days: int = DAYS, articles_a_day: int = ARTICLES_A_DAY) -> None:
    """Make a store with a run an hour and site, articles, and a quarantined page a day and site."""
    Store(database).close()
    with Store(database) as store, store._writing.begin() as connection:
        _fill_keys(connection, sites, days)
        _add_accounts(connection)
        _add_pages(connection, articles, sites, days, articles_a_day)
        _add_pages(connection, quarantine, sites, days, 1)
    with Store(database) as store, store._writing.begin() as connection:
        began = process_time()
        count_known_days(connection)
        _say(f"runs added up by day in {process_time() - began:.1f} s of processor time")


def _fill_keys(connection: Connection, sites: int, days: int) -> None:
    """Fill temporary tables with what the rows are combined of."""
    start = now() - timedelta(days=days - 1)
    hours = [{"h": h, "ended": as_text(start + timedelta(hours=h))} for h in range(24 * (days - 1) + 1)]
    names = [{"s": s, "name": f"site{s}.example"} for s in range(sites)]
    templates = [{"t": t, "account": json.dumps(_account(t).to_dict())} for t in range(TEMPLATES)]
    for table, key, value, rows in (
        ("hours", "h", "ended", hours),
        ("year_sites", "s", "name", names),
        ("year_templates", "t", "account", templates),
    ):
        connection.execute(text(f"CREATE TEMPORARY TABLE {table} ({key} INTEGER PRIMARY KEY, {value} TEXT)"))
        connection.execute(text(f"INSERT INTO {table} VALUES (:{key}, :{value})"), rows)


def _account(number: int) -> SiteAccount:
    """Return one of the accounts: some hours bring news, some fail."""
    new = number % 5
    return SiteAccount(
        site="SITE",
        new=new,
        changed=number % 3,
        seen=40,
        listed=40 + new,
        lists=4,
        lists_unchanged=number % 4,
        failed=Counter({"HTTP 503": 1} if number % 11 == 0 else {}),
        fields=Counter({"title": new, "published": new, "authors": new // 2, "body": new}),
        newest=as_text(now()),
        response_times=Counter({"190": 5 + number, "320": 3, "2560": number % 3}),
    )


def _add_accounts(connection: Connection) -> None:
    """Add a run an hour and site."""
    is_sqlite = connection.dialect.name == "sqlite"
    as_json, closing = ("", ")") if is_sqlite else ("CAST", " AS json)")
    query = _ACCOUNTS.format(as_json=as_json, closing=closing)
    connection.execute(text(query), {"templates": TEMPLATES})


def _add_pages(connection: Connection, table: Any, sites: int, days: int, pages_a_day: int) -> None:
    """Add articles or quarantined pages: as many a day and site."""
    rows = _iter_pages(table.name, sites, days, pages_a_day)
    while batch := [row for row, _ in zip(rows, range(5_000), strict=False)]:
        connection.execute(insert(table), batch)


def _iter_pages(table: str, sites: int, days: int, pages_a_day: int) -> Iterator[dict[str, Any]]:
    start = now() - timedelta(days=days - 1)
    is_article = table == "articles"
    for number in range(days * pages_a_day):
        seen = as_text(start + timedelta(days=number / pages_a_day) - timedelta(hours=1))
        for site in range(sites):
            url = f"https://site{site}.example/{table}/{number}"
            yield {
                "key": url,
                "url": url,
                "site": f"site{site}.example",
                "kind": "article" if is_article else ("index", "soft_404", "failed")[number % 3],
                "reason": None if is_article else f"many links and little text ({number % 20} of 100)",
                "title": f"Ferry {number} of site {site}",
                "body": BODY if is_article else None,
                "language": ("en", "de", "fr", "ar", "ja")[site % 5],
                "word_count": 100 + (number * 37 + site) % 900,
                "confidence": (60 + (number * 7 + site) % 41) / 100,
                "published": seen,
                "first_seen": seen,
                "stored_at": seen,
            }


def measure(database: str, days: int) -> None:
    """Print what a report of the whole time takes."""
    began = process_time()
    with Store(database) as store:
        report = collect_report(store, now().date() - timedelta(days=days - 1))
    collected = process_time()
    page = render_report(report)
    _say(f"collected in {collected - began:.1f} s, written in {process_time() - collected:.1f} s of processor time")
    _say(f"{len(page.encode()) / 1e6:.2f} MB")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    chosen = [int(each) for each in sys.argv[2:]]
    make_year(sys.argv[1], *chosen)
    measure(sys.argv[1], chosen[1] if len(chosen) > 1 else DAYS)
