"""The examination of a site for `newsspider probe`: about twenty pages are fetched, as in a crawl."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import typer
from protego import Protego

from newsspider.discovery.entry_dates import day_in_address
from newsspider.discovery.list_locations import USUAL_FEEDS, USUAL_SITEMAPS, usual_addresses
from newsspider.discovery.listings import Listing
from newsspider.errors import PageError, UnreadableError
from newsspider.extraction.kinds.missing import is_unrendered
from newsspider.inputs.fetching import fetch_pages
from newsspider.pages.raw_page import RawPage
from newsspider.pool import Limits, Pool, iter_records
from newsspider.pool.crawl_job import list_entries
from newsspider.pool.inspect_job import FrontPage, read_front_page
from newsspider.record import ArticleRecord
from newsspider.sites.findings import Findings, ListFound
from newsspider.text import count_of
from newsspider.urls import site_of

AGENT = "newsspider"
SAMPLE = 3  # articles whose records are shown
MOST_LISTS = 8  # feeds that are read, and sitemaps
MOST_SECTIONS = 15
DATED_SHARE = 0.8  # of the articles' URLs that must contain a date, so that it identifies articles
DAY_PATTERNS = (r"/20\d\d/\d\d?/\d\d?/", r"/20\d\d-\d\d-\d\d", r"20\d{6}")
_FIRST_ERROR = 400


@dataclass(frozen=True)
class _FrontDoor:
    """The front page of a site and its robots.txt.

    Attributes:
        home: the front page as fetched.
        page: the front page as read.
        url: its URL after redirects.
        robots: robots.txt as fetched.
        rules: robots.txt as read.
    """

    home: RawPage
    page: FrontPage
    url: str
    robots: RawPage
    rules: Protego

    @property
    def is_closed(self) -> bool:
        """Whether the front page failed, and robots.txt names no other way in."""
        return self.home.status >= _FIRST_ERROR and not self.sitemaps

    @property
    def sitemaps(self) -> list[str]:
        """The sitemaps that robots.txt names."""
        return [urljoin(self.url, sitemap) for sitemap in self.rules.sitemaps]


def probe_site(url: str, limits: Limits, feeds: Sequence[str] = ()) -> Findings:
    """Return the findings about a site. A worker reads its pages and lists.

    Args:
        url: the front page.
        limits: the limits of the worker.
        feeds: feeds that are known already.

    Raises:
        UnreadableError: the front page can't be read.
    """
    door = _open_front_door(url, limits)
    page, at = door.page, door.url

    named_feeds = [*dict.fromkeys([*feeds, *page.feeds])]
    feeds = named_feeds or usual_addresses(at, USUAL_FEEDS)
    sitemaps = door.sitemaps or usual_addresses(at, USUAL_SITEMAPS)
    listings = _fetch_lists([*feeds[:MOST_LISTS], *sitemaps[:MOST_LISTS]], limits)

    articles = _articles(page, listings)
    home_record, *sample = _fetch_sample(door.home, articles, limits)
    pattern, dated = describe_dates(articles)

    return Findings(
        url=at,
        name=site_of(at) or at,
        language=page.language,
        delay=door.rules.crawl_delay(AGENT),
        feeds=[*_iter_found(feeds, listings, guessed=not named_feeds)],
        sitemaps=[*_iter_found(sitemaps, listings, guessed=not door.sitemaps)],
        sections=[link.url for link in page.links if link.role == "section"][:MOST_SECTIONS],
        date_pattern=pattern,
        dated=dated,
        sample=sample,
        shells=sum(is_unrendered(record.reason) for record in (home_record, *sample)),
        notes=[*_iter_notes(url, door.home, door.robots)],
    )


def _open_front_door(url: str, limits: Limits) -> _FrontDoor:
    """Fetch and read the front page and robots.txt.

    Raises:
        UnreadableError: the front page can't be read, and robots.txt names no sitemap.
    """
    _report(f"{url}: front page and robots.txt")
    home, robots = fetch_pages([url, urljoin(url, "/robots.txt")])
    page = _read_home(home, limits)
    at = page.url or url
    if urlsplit(at).netloc != urlsplit(url).netloc:  # each host has its own robots.txt
        (robots,) = fetch_pages([urljoin(at, "/robots.txt")])

    door = _FrontDoor(home, page, at, robots, Protego.parse(_text_of(robots)))
    if door.is_closed:
        raise UnreadableError(f"{at}: HTTP {home.status}")
    return door


def _read_home(raw: RawPage, limits: Limits) -> FrontPage:
    """Read the front page in a worker.

    Raises:
        UnreadableError: it can't be read.
    """
    try:
        with Pool(limits) as pool:
            page = pool.submit(read_front_page, raw).result()
        if isinstance(page, PageError):
            raise page
    except PageError as error:
        raise UnreadableError(f"{raw.url}: {error}") from error

    return page


def _text_of(robots: RawPage) -> str:
    """Return the text of robots.txt; an empty text if there is none."""
    if robots.problem or robots.status >= _FIRST_ERROR:
        return ""
    return robots.body.decode("utf-8", "replace")


def _fetch_lists(urls: Sequence[str], limits: Limits) -> dict[str, Listing]:
    """Return the entries of feeds and sitemaps by their URLs.

    A list that takes too long is empty.
    """
    urls = list(dict.fromkeys(urls))
    _report(count_of(len(urls), "feed or sitemap", "feeds and sitemaps"))
    pages = fetch_pages(urls)

    listings = {}

    with Pool(limits) as pool:
        futures = [pool.submit(list_entries, page) for page in pages]
        for url, future in zip(urls, futures, strict=True):
            try:
                listings[url] = future.result()
            except PageError as error:
                listings[url] = Listing("unreadable", problems=(str(error),))

    return listings


def _articles(page: FrontPage, listings: Mapping[str, Listing]) -> list[str]:
    """Return URLs of articles on the site: those in feeds and news sitemaps, then headlines."""
    named = []
    for listing in listings.values():
        named += [entry.url for entry in listing.pages if entry.hint]

    linked = [link.url for link in page.links if link.role == "article" and link.is_headline]

    site = site_of(page.url)
    return [url for url in dict.fromkeys([*named, *linked]) if site_of(url) == site]


def _fetch_sample(home: RawPage, articles: Sequence[str], limits: Limits) -> list[ArticleRecord]:
    """Return the records of the front page and of the first articles."""
    urls = articles[:SAMPLE]
    _report(count_of(len(urls), "article"))
    pages = fetch_pages(urls) if urls else []
    return list(iter_records([home, *pages], limits, ordered=True))


def describe_dates(urls: Sequence[str]) -> tuple[str | None, str]:
    r"""Return the pattern of the date in articles' URLs, or None, and a sentence about it.

    >>> describe_dates(["https://herald.example/2026/03/24/ferry/"])[0]
    '/20\\d\\d/\\d\\d?/\\d\\d?/'
    """
    dated = [url for url in urls if day_in_address(url)]
    sentence = f"{len(dated)} of {len(urls)} articles' addresses hold their day."
    least = DATED_SHARE * len(urls)
    if not urls or len(dated) < least:
        return None, sentence

    best = max(DAY_PATTERNS, key=lambda pattern: _count_matches(pattern, dated))
    is_common = _count_matches(best, dated) >= least
    return best if is_common else None, sentence


def _count_matches(pattern: str, urls: Sequence[str]) -> int:
    """Return how many URLs contain a pattern."""
    return sum(bool(re.search(pattern, url)) for url in urls)


def _iter_found(
    urls: Sequence[str], listings: Mapping[str, Listing], *, guessed: bool
) -> Iterator[ListFound]:
    """Yield a description of each list; a guessed list that doesn't exist has none."""
    for url in urls:
        listing = listings.get(url)
        if listing and listing.kind != "unreadable":
            yield ListFound(url, _describe(listing), is_good=True)
        elif listing and not guessed:
            yield ListFound(url, listing.problems[0], is_good=False)
        elif not guessed:
            yield ListFound(url, "not looked into", is_good=True)


def _describe(listing: Listing) -> str:
    """Return the contents of a list in a few words."""
    if listing.kind == "index":
        return f"an index of {len(listing.sitemaps)} sitemaps"
    dates = [entry.hint.published for entry in listing.pages if entry.hint and entry.hint.published]
    newest = f", first dated {dates[0]}" if dates else ""
    return f"{listing.kind} of {count_of(len(listing.pages), 'page')}{newest}"


def _iter_notes(url: str, home: RawPage, robots: RawPage) -> Iterator[str]:
    """Yield problems that a person should know about."""
    if home.status >= _FIRST_ERROR:
        yield (
            f"the front page answers HTTP {home.status}: "
            "a crawl finds the pages in sitemaps all the same"
        )

    if robots.problem or robots.status >= _FIRST_ERROR:
        yield f"robots.txt: {robots.problem or f'HTTP {robots.status}'}"

    if site_of(url) != site_of(home.url):
        yield f"{urlsplit(url).hostname} leads to {urlsplit(home.url or '').hostname}"


def _report(step: str) -> None:
    """Write the current step to standard error; the profile goes to standard output."""
    typer.echo(f"probe: {step} …", err=True)
