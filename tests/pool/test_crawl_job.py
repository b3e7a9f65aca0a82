"""What a crawl gets of a page besides its record."""

import pytest

from newsspider.extraction.witness_policy import POLICIES, WitnessPolicy
from newsspider.pool import extract_raw
from newsspider.pool.crawl_job import extract_with_links
from tests.pool.test_extract_job import URL, raw_page
from tests.witness_page import RAW


def test_links_come_with_the_same_record() -> None:
    extracted = extract_with_links(raw_page("ferry"))
    assert extracted.record == extract_raw(raw_page("ferry"))
    assert [(link.url, link.role) for link in extracted.links] == [
        (f"{URL}2026/03/24/ferry-is-back-again/", "article"),
        (f"{URL}politics/", "section"),
    ]


@pytest.mark.parametrize("policy", POLICIES)
def test_policy_is_that_of_the_record(policy: WitnessPolicy) -> None:
    assert extract_with_links(RAW, witness=policy).record == extract_raw(RAW, policy)


@pytest.mark.parametrize("body", [b"", b"\xff\xd8\xff\xe0"])
def test_page_that_gives_nothing_has_no_links(body: bytes) -> None:
    extracted = extract_with_links(raw_page("a", body))
    assert extracted.record == extract_raw(raw_page("a", body))
    assert extracted.links == ()


def test_so_many_feeds_of_a_page_are_taken_and_no_more() -> None:
    feed = '<link rel="alternate" type="application/rss+xml" href="/feed/%d">'
    html = f"<html><head>{''.join(feed % number for number in range(50))}</head><body><p>Ferry.</p></body></html>"
    feeds = extract_with_links(raw_page("many", html.encode()), max_links=20).feeds
    assert feeds == tuple(f"https://herald.example/feed/{number}" for number in range(20))


def test_links_that_are_not_wanted_are_not_looked_for_and_the_record_is_the_same() -> None:
    whole, record_only = (extract_with_links(raw_page("ferry"), wants_links=wanted) for wanted in (True, False))
    assert whole.links
    assert (record_only.links, record_only.feeds, record_only.has_more_links) == ((), (), False)
    assert record_only.record == whole.record
    assert record_only.observation == whole.observation
