"""What hostile feeds and sitemaps do, one row a behaviour: how the server answers, and what is said of it."""

import gzip
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from tests.crawl.guard.trap import TRAP_HOST
from tests.hostile.behaviours import bomb, good_page, good_path, redirect, then_pour
from tests.hostile.server import Answer, Conversation, Later, ready, respond

XML = "application/xml"
XML_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nConnection: close\r\n\r\n"
ITEM = b"<item><title>Ferry</title><link>https://herald.example/ferry</link></item>"
SITEMAP = b'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" \
xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">'
INDEX = b'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
TO_THE_TRAP = f"http://{TRAP_HOST}/"  # the trap's port is known when it is set
METADATA = "http://169.254.169.254/latest/meta-data/"
MANY = 60_000  # entries: more than are taken of one list
LIED_TITLE = "A title that no page has"
BILLION = b"".join(b'<!ENTITY %c "%b">' % (c, b"&%c;" % (c - 1) * 10) for c in range(ord("b"), ord("k")))


@dataclass(frozen=True)
class HostileList:
    """One thing that a list does.

    Attributes:
        answer: does it.
        reason: stands in the reason of its failed record; "" where what it holds is taken.
        role: which of a profile's keys names it.
    """

    answer: Answer
    reason: str = ""
    role: Literal["feeds", "sitemaps"] = "sitemaps"


def feed(content: bytes, before: bytes = b"") -> bytes:
    """Return a feed."""
    return before + b"<rss version='2.0'><channel><title>Herald</title>" + content + b"</channel></rss>"


def as_xml(body: bytes) -> Answer:
    """Return what sends a list."""
    return respond(body, content_type=XML)


def gzipped(make: Callable[[], bytes]) -> Answer:
    """Return what sends a list as a gzip file."""
    return Later(lambda: respond(gzip.compress(make()), content_type="application/gzip"))


def index_of(*urls: str) -> bytes:
    """Return an index of sitemaps."""
    return INDEX + b"".join(b"<sitemap><loc>%b</loc></sitemap>" % url.encode() for url in urls) + b"</sitemapindex>"


def pages_of(*urls: str, more: bytes = b"") -> bytes:
    """Return a sitemap of pages, each with the same elements beside its address."""
    return SITEMAP + b"".join(b"<url><loc>%b</loc>%b</url>" % (url.encode(), more) for url in urls) + b"</urlset>"


def chain(conversation: Conversation) -> None:
    """Name one index further, always."""
    number = int(conversation.path.rpartition("-")[2].removesuffix(".xml") or 0)
    as_xml(index_of(f"{{address}}{CHAIN}{number + 1}.xml"))(conversation)


def slow_feed(conversation: Conversation) -> None:
    """Send a feed that takes minutes."""
    conversation.send(XML_HEAD)
    conversation.drip(feed(ITEM * 100))


CHAIN = "/lists/link-of-a-chain-"
NEWS_LIE = (
    b"<lastmod>2099-01-01T00:00:00Z</lastmod><news:news><news:publication><news:name>Nobody</news:name>"
    b"<news:language>xx</news:language></news:publication><news:publication_date>2099-01-01T00:00:00Z"
    b"</news:publication_date><news:title>%b</news:title></news:news>" % LIED_TITLE.encode()
)
ELSEWHERE = [
    f"http://{TRAP_HOST}/2026/03/24/inside-by-a-sitemap/",
    METADATA,
    "file:///etc/hostname",
    "javascript:alert(1)",
    "https://herald.example/2026/03/24/of-another-site/",
]

LISTS: dict[str, HostileList] = {
    # Feeds
    "feed-entity-bomb": HostileList(
        as_xml(feed(b"<item><title>&j;</title></item>", b'<!DOCTYPE rss [<!ENTITY a "aa">' + BILLION + b"]>")),
        "declares XML entities",
        "feeds",
    ),
    "feed-outer-entity": HostileList(
        as_xml(feed(b"<item><title>&x;</title></item>", b'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>')),
        "declares XML entities",
        "feeds",
    ),
    "feed-entity-bomb-behind-a-comment": HostileList(
        as_xml(feed(ITEM, b"<!--" + b"x" * 70_000 + b'--><!DOCTYPE rss [<!ENTITY a "aa">' + BILLION + b"]>")),
        "neither a feed nor a sitemap",
        "feeds",
    ),
    "feed-of-a-million": HostileList(Later(lambda: as_xml(feed(ITEM * 1_000_000))), "larger than 20 MiB", "feeds"),
    "feed-of-a-million-packed": HostileList(
        gzipped(lambda: feed(b"<item><link>/a</link></item>" * 1_000_000)),
        "took longer than 5 s",
        "feeds",
    ),
    "feed-endless": HostileList(then_pour(XML_HEAD + feed(b"")[:40], ITEM * 500), "larger than 20 MiB", "feeds"),
    "feed-slow": HostileList(slow_feed, "took longer than", "feeds"),
    "feed-bomb": HostileList(
        Later(lambda: respond(bomb("gzip"), content_type="application/gzip")), "larger than 50 MiB", "feeds"
    ),
    "feed-bomb-as-encoding": HostileList(
        Later(lambda: respond(bomb("gzip"), {"Content-Encoding": "gzip"}, content_type=XML)), "when unpacked", "feeds"
    ),
    "feed-of-deep-json": HostileList(as_xml(b'{"version":' + b"[" * 200_000), "broken JSON", "feeds"),
    "feed-of-html": HostileList(as_xml(b"<!DOCTYPE html><html><body>No feed"), "an HTML page", "feeds"),
    "feed-of-nothing": HostileList(as_xml(b""), "empty", "feeds"),
    "feed-of-many": HostileList(
        as_xml(
            b'{"version":"https://jsonfeed.org/version/1.1","items":['
            + b",".join(b'{"url":"https://herald.example/%d"}' % number for number in range(MANY))
            + b"]}"
        ),
        role="feeds",
    ),
    "feed-redirect-inside": HostileList(redirect("http://127.0.0.2/"), "127.0.0.2 is a loopback address", "feeds"),
    "feed-redirect-to-metadata": HostileList(redirect(METADATA), "169.254.169.254 is a link-local", "feeds"),
    "feed-redirect-to-the-trap": HostileList(redirect(TO_THE_TRAP), f"{TRAP_HOST} is a loopback", "feeds"),
    # Sitemaps
    "sitemap-of-itself": HostileList(as_xml(index_of("{address}/lists/sitemap-of-itself"))),
    "sitemap-of-another": HostileList(as_xml(index_of("{address}/lists/sitemap-of-the-first"))),
    "sitemap-of-the-first": HostileList(as_xml(index_of("{address}/lists/sitemap-of-another"))),
    "sitemap-chain": HostileList(as_xml(index_of(f"{{address}}{CHAIN}0.xml"))),
    "sitemap-of-many-sitemaps": HostileList(
        as_xml(index_of(*(f"https://herald.example/{number}.xml" for number in range(2_500))))
    ),
    "sitemap-of-50-mb": HostileList(
        Later(lambda: as_xml(pages_of(*["https://herald.example/a"] * 900_000))), "larger than 20 MiB"
    ),
    "sitemap-of-40-mb-packed": HostileList(
        gzipped(lambda: pages_of(*(f"https://herald.example/{number}" for number in range(800_000))))
    ),
    "sitemap-of-lies": HostileList(as_xml(pages_of(f"{{address}}{good_path(0)}", *ELSEWHERE, more=NEWS_LIE))),
    "sitemap-of-control-characters": HostileList(as_xml(pages_of("https://herald.example/&#27;[31m"))),
    "sitemap-entity-bomb": HostileList(
        as_xml(b'<!DOCTYPE urlset [<!ENTITY a "aa">' + BILLION + b"]><urlset><url><loc>&j;</loc></url></urlset>"),
        "declares XML entities",
    ),
    "sitemap-xinclude": HostileList(
        as_xml(
            b'<urlset xmlns:xi="http://www.w3.org/2001/XInclude"><url><loc>'
            b'<xi:include href="file:///etc/hostname" parse="text"/></loc></url></urlset>'
        )
    ),
    "sitemap-deep": HostileList(as_xml(SITEMAP + b"<url>" * 200_000)),
    "sitemap-redirect-inside": HostileList(redirect("http://127.0.0.2/sitemap.xml"), "127.0.0.2 is a loopback address"),
    "sitemap-redirect-to-metadata": HostileList(redirect(f"{METADATA}sitemap.xml"), "169.254.169.254 is a link-local"),
    "sitemap-redirect-to-the-trap": HostileList(redirect(TO_THE_TRAP), f"{TRAP_HOST} is a loopback"),
}


def path_of(name: str) -> str:
    """Return the path at which a list is met."""
    return f"/lists/{name}"


def answers_of(trap: str) -> Mapping[str, Answer]:
    """Return the answers by path of a site with these lists, whose robots.txt leads inside; the trap is a host."""
    robots = f"User-agent: *\nDisallow:\nSitemap: http://{trap}/sitemap.xml\nSitemap: {METADATA}\n"
    return {
        "/": respond(b"<title>Herald</title><h1>Herald</h1>"),
        "/robots.txt": respond(robots.encode(), content_type="text/plain"),
        good_path(0): respond(good_page(0)),
        **{path_of(name): ready(each.answer) for name, each in LISTS.items()},
        **{path_of(name): redirect(f"http://{trap}/{name}") for name in LISTS if name.endswith("to-the-trap")},
    }


def find_answer(path: str) -> Answer | None:
    """Return the answer of a path that no table holds."""
    return chain if path.startswith(CHAIN) else None
