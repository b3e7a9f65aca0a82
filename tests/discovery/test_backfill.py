"""Where an address lies in a period, by what is known of it before download."""

from datetime import date

import pytest

from newsspider.discovery.backfill import Period, Selection, is_sitemap_wanted, place_page
from newsspider.discovery.listings import Entry
from newsspider.pages.raw_page import EntryHint

MARCH = Period(date(2024, 3, 1), date(2024, 3, 31))
SITE = "https://herald.example"


def news(published: str) -> EntryHint:
    return EntryHint(origin="news-sitemap", published=published)


@pytest.mark.parametrize(
    ("entry", "place"),
    [
        (Entry(f"{SITE}/a", news("2024-03-31T23:30:00-05:00")), "inside"),
        (Entry(f"{SITE}/a", news("Mon, 01 Apr 2024 08:00:00 GMT")), "outside"),
        (Entry(f"{SITE}/2024/03/05/a", news("2024-04-02")), "outside"),  # what the list says goes before the address
        (Entry(f"{SITE}/2024/03/05/a"), "inside"),
        (Entry(f"{SITE}/2024/mar/05/a"), "inside"),
        (Entry(f"{SITE}/20240405-a"), "outside"),
        (Entry(f"{SITE}/2024/03/a"), "inside"),
        (Entry(f"{SITE}/2023/a"), "outside"),
        (Entry(f"{SITE}/a", modified="2024-02-28"), "outside"),  # not changed before it was published
        (Entry(f"{SITE}/a", modified="2024-03-02T10:00:00Z"), "inside"),
        (Entry(f"{SITE}/a", modified="2024-09-01"), "undated"),  # changed after the period: published at any time
        (Entry(f"{SITE}/story-20991231999"), "undated"),
        (Entry(f"{SITE}/news/world-cup-2026-gets-a-roof"), "undated"),
        (Entry(f"{SITE}/news/lessons-of-the-2008-crisis"), "undated"),
        (Entry(f"{SITE}/news/article-201001"), "undated"),
        (Entry(f"{SITE}/a"), "undated"),
    ],
)
def test_page_is_placed_by_the_best_that_is_known(entry: Entry, place: str) -> None:
    assert place_page(entry, MARCH) == place


@pytest.mark.parametrize(
    ("entry", "wanted"),
    [
        (Entry(f"{SITE}/sitemap-2024-03.xml"), True),
        (Entry(f"{SITE}/sitemap-2024-02.xml.gz"), False),
        (Entry(f"{SITE}/sitemap/2024/3/7.xml"), True),
        (Entry(f"{SITE}/sitemap-2024.xml"), True),
        (Entry(f"{SITE}/sitemap-7.xml"), True),
        (Entry(f"{SITE}/sitemap-7.xml", modified="2024-02-01"), False),
    ],
)
def test_sitemap_is_read_unless_its_name_or_change_puts_it_outside(entry: Entry, wanted: bool) -> None:
    assert is_sitemap_wanted(entry, MARCH) is wanted


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/2024/03/", "inside"),
        ("/archive/2024/03/14/", "inside"),
        ("/2024/02/", "outside"),
        ("/calendar/2024/05/", "outside"),
        ("/kirchentag-2023/", "inside"),  # a year may be in any section's name
        ("/sport/", "inside"),
        ("/sport/?page=2", "inside"),
    ],
)
def test_archive_of_a_day_or_month_outside_is_left(path: str, place: str) -> None:
    assert Selection(MARCH).place_list(f"{SITE}{path}") == place
    assert Selection(Period()).place_list(f"{SITE}{path}") == "inside"


def test_article_whose_own_day_is_outside_is_left_out_and_counted() -> None:
    selection = Selection(MARCH)
    dates = ("2024-03-31T23:30:00-05:00", "2024-04-01", None, "no date")
    assert [selection.outside_on(each, "herald.example") for each in dates] == [None, date(2024, 4, 1), None, None]
    assert selection.describe("herald.example").endswith("; 1 of them outside by their own date, not stored")


def test_without_a_period_nothing_is_left_out() -> None:
    assert Selection(Period()).outside_on("2024-04-01", "herald.example") is None
