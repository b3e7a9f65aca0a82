"""A site's pages and the nesting of its sitemaps are bounded."""

import pytest
from scrapy.exceptions import NotConfigured

from newsspider.crawl.guard.extension import Guard
from newsspider.crawl.guard.site_limits import SitemapNesting, SitePages
from tests.crawl.components import SEED, STORY, answer, ask, count, make_crawler


def test_pages_beyond_a_sites_share_are_refused_and_those_of_others_are_not() -> None:
    crawler = make_crawler(Guard, MAX_SITE_PAGES="2")
    pages = SitePages.from_crawler(crawler)
    first = [ask(f"{STORY}{number}") for number in range(3)]
    assert [pages.get_processed_request(request, None) for request in first] == [*first[:2], None]
    again, other = ask(first[0].url), ask("https://other.example/a")
    assert pages.get_processed_request(again, None) is again
    assert pages.get_processed_request(other, None) is other
    assert count(crawler, "refused/site_pages") == 1


def test_zero_means_any_number_of_pages() -> None:
    with pytest.raises(NotConfigured):
        SitePages.from_crawler(make_crawler(Guard, MAX_SITE_PAGES="0"))


@pytest.mark.parametrize("nesting", [0, 1, 2, 3])
def test_sitemaps_below_so_many_others_are_refused(nesting: int) -> None:
    crawler = make_crawler(Guard, MAX_SITEMAP_NESTING="2")
    bound = SitemapNesting.from_crawler(crawler)
    index = answer(ask(f"{SEED}sitemap.xml", "sitemap", sitemap_nesting=nesting))
    passed = bound.get_processed_request(ask(f"{SEED}sitemap-1.xml", "sitemap"), index)
    assert (passed is None) is (nesting >= 2)
    assert count(crawler, "refused/sitemap_nesting") == (nesting >= 2)


@pytest.mark.parametrize(("role", "above"), [("article", "sitemap"), ("sitemap", "seed")])
def test_pages_of_sitemaps_and_sitemaps_of_pages_pass(role: str, above: str) -> None:
    bound = SitemapNesting.from_crawler(make_crawler(Guard, MAX_SITEMAP_NESTING="0"))
    request = ask(STORY, role)
    assert bound.get_processed_request(request, answer(ask(SEED, above))) is request
