"""What `newsspider probe` finds out about a site: it fetches some twenty pages, as a crawl would."""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urljoin, urlsplit

import typer
from protego import Protego

from newsspider.discovery.dating import day_in_address
from newsspider.discovery.links import Link
from newsspider.discovery.list_locations import USUAL_FEEDS, USUAL_SITEMAPS, usual_addresses
from newsspider.discovery.listings import Entry, Listing
from newsspider.errors import PageError, UnreadableError
from newsspider.extraction.kinds.missing import is_unrendered
from newsspider.inputs.fetching import fetch_pages
from newsspider.pages.raw_page import RawPage
from newsspider.pool import Limits, Pool, iter_records
from newsspider.pool.crawl_job import list_entries
from newsspider.pool.inspect_job import FrontPage, read_front_page
from newsspider.sites.findings import Findings, ListFound
from newsspider.text import count_of
from newsspider.urls import site_of

AGENT = "newsspider"
SAMPLE = 3  # articles whose records are shown
MOST_LISTS = 8  # feeds and sitemaps that are looked into, of each
MOST_SECTIONS = 15
DATED_SHARE = 0.8  # of the articles' addresses: then a day in it tells an article
DAY_PATTERNS = (r"/20\d\d/\d\d?/\d\d?/", r"/20\d\d-\d\d-\d\d", r"20\d{6}")
_FIRST_ERROR = 400


def look_over(url: str, limits: Limits, feeds: Sequence[str] = ()) -> Findings:
    """Return what a look at a site finds; its pages and lists are read in a worker, within the limits.

    Args:
        url: the front page.
        limits: of the worker.
        feeds: some that are known.

    Raises:
        UnreadableError: its front page can't be read.
    """
    _say(f"{url}: front page and robots.txt")
    home, robots = fetch_pages([url, urljoin(url, "/robots.txt")])
    page = _read_home(home, limits)
    at = page.url or url
    if (
        urlsplit(at).netloc != urlsplit(url).netloc
    ):  # www.herald.example has a robots.txt of its own
        (robots,) = fetch_pages([urljoin(at, "/robots.txt")])
    rules = Protego.parse(_text_of(robots))
    named_sitemaps = [urljoin(at, sitemap) for sitemap in rules.sitemaps]
    if home.status >= _FIRST_ERROR and not named_sitemaps:
        raise UnreadableError(f"{at}: HTTP {home.status}")
    named_feeds = [*dict.fromkeys([*feeds, *page.feeds])]
    feeds = named_feeds or usual_addresses(at, USUAL_FEEDS)
    sitemaps = named_sitemaps or usual_addresses(at, USUAL_SITEMAPS)
    links = page.links
    lists = [*dict.fromkeys([*feeds[:MOST_LISTS], *sitemaps[:MOST_LISTS]])]
    _say(f"{count_of(len(lists), 'feed or sitemap', 'feeds and sitemaps')}")
    listings = dict(zip(lists, _read_lists(fetch_pages(lists), limits), strict=True))
    entries = [entry for listing in listings.values() for entry in listing.pages if entry.hint]
    articles = _articles(page, links, entries)
    _say(count_of(min(SAMPLE, len(articles)), "article"))
    pages = [home, *(fetch_pages(articles[:SAMPLE]) if articles else ())]
    looked_at = list(iter_records(pages, limits, ordered=True))
    sample = looked_at[1:]
    pattern, dated = describe_dates(articles)
    delay = rules.crawl_delay(AGENT)
    return Findings(
        url=at,
        name=site_of(at) or at,
        language=page.language,
        delay=delay,
        feeds=[*_iter_found(feeds, listings, guessed=not named_feeds)],
        sitemaps=[*_iter_found(sitemaps, listings, guessed=not named_sitemaps)],
        sections=[link.url for link in links if link.role == "section"][:MOST_SECTIONS],
        date_pattern=pattern,
        dated=dated,
        sample=sample,
        shells=sum(is_unrendered(record.reason) for record in looked_at),
        notes=[*_iter_notes(url, home, robots)],
    )


def describe_dates(urls: Sequence[str]) -> tuple[str | None, str]:
    r"""Return (the pattern of the day in articles' addresses or None, what can be said of it).

    >>> describe_dates(["https://herald.example/2026/03/24/ferry/"])[0]
    '/20\\d\\d/\\d\\d?/\\d\\d?/'
    """
    with_day = [url for url in urls if day_in_address(url)]
    said = f"{len(with_day)} of {len(urls)} articles' addresses hold their day."
    if not urls or len(with_day) < DATED_SHARE * len(urls):
        return None, said
    counts = {
        pattern: sum(bool(re.search(pattern, url)) for url in with_day) for pattern in DAY_PATTERNS
    }
    best = max(counts, key=lambda pattern: counts[pattern])
    return (best if counts[best] >= DATED_SHARE * len(urls) else None), said


def _read_home(raw: RawPage, limits: Limits) -> FrontPage:
    try:
        with Pool(limits) as pool:
            page = pool.submit(read_front_page, raw).result()
        if isinstance(page, PageError):
            raise page
    except PageError as error:
        raise UnreadableError(f"{raw.url}: {error}") from error
    return page


def _read_lists(raws: Sequence[RawPage], limits: Limits) -> list[Listing]:
    """Return what feeds and sitemaps list, in their order; one that takes too long lists nothing."""
    listings = []
    with Pool(limits) as pool:
        for future in [pool.submit(list_entries, raw) for raw in raws]:
            try:
                listings.append(future.result())
            except PageError as error:
                listings.append(Listing("unreadable", problems=(str(error),)))
    return listings


def _text_of(robots: RawPage) -> str:
    return (
        ""
        if robots.problem or robots.status >= _FIRST_ERROR
        else robots.body.decode("utf-8", "replace")
    )


def _articles(page: FrontPage, links: Sequence[Link], entries: Sequence[Entry]) -> list[str]:
    """Return addresses of articles of the site: what feeds and news sitemaps name, then what reads like a headline."""
    named = [entry.url for entry in entries]
    linked = [link.url for link in links if link.role == "article" and link.is_headline]
    return [url for url in dict.fromkeys([*named, *linked]) if site_of(url) == site_of(page.url)]


def _iter_found(
    urls: Sequence[str], listings: dict[str, Listing], *, guessed: bool
) -> Iterator[ListFound]:
    """Yield what there is to say of each list; of one that nothing named and that is not there, nothing."""
    for url in urls:
        listing = listings.get(url)
        if listing and listing.kind != "unreadable":
            yield ListFound(url, _describe(listing), is_good=True)
        elif not guessed:
            yield ListFound(
                url, listing.problems[0] if listing else "not looked into", is_good=not listing
            )


def _describe(listing: Listing) -> str:
    if listing.kind == "index":
        return f"an index of {len(listing.sitemaps)} sitemaps"
    dates = [entry.hint.published for entry in listing.pages if entry.hint and entry.hint.published]
    newest = f", first dated {dates[0]}" if dates else ""
    return f"{listing.kind} of {count_of(len(listing.pages), 'page')}{newest}"


def _iter_notes(url: str, home: RawPage, robots: RawPage) -> Iterator[str]:
    if home.status >= _FIRST_ERROR:
        yield f"the front page answers HTTP {home.status}: a crawl finds what the sitemaps name all the same"
    if robots.problem or robots.status >= _FIRST_ERROR:
        yield f"robots.txt: {robots.problem or f'HTTP {robots.status}'}"
    if site_of(url) != site_of(home.url):
        yield f"{urlsplit(url).hostname} leads to {urlsplit(home.url or '').hostname}"


def _say(text: str) -> None:
    """Say on standard error what is being looked at: the profile goes to standard output."""
    typer.echo(f"probe: {text} …", err=True)
