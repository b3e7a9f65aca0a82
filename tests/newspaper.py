"""A newspaper over simulated days: stories appear, are edited, moved and taken down as the test sets its clock.

It has what sites have: a feed, a Google News sitemap, an index of sitemaps, sections over several pages; and what they
set as traps: tracking parameters, a visitor's number in addresses, a calendar without end, slow and busy pages,
topics without end, articles whose addresses look like sections, sections whose addresses look like articles.
"""

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from urllib.parse import parse_qs, urlsplit

from fixtures.serve import answering

FIRST_DAY = datetime(2026, 3, 10, 6, tzinfo=UTC)
SECTIONS = ("harbour", "council", "sport")
PER_PAGE = 20  # stories on the home page, in the feed and on each page of a section
LIST_HEAD = (
    '<meta property="og:type" content="website">'
    '<script type="application/ld+json">{"@context": "https://schema.org", "@type": "CollectionPage"}</script>'
)
NEWS_SITEMAP = timedelta(days=2)
SLOW_SECONDS = 1.0
NOUNS = "ferry harbour council bridge market school theatre library orchard tram lighthouse cannery".split()
VERBS = "opens closes waits returns grows moves sails speaks listens changes".split()
SENTENCES = (
    "The {a} near the {b} {v} after a long winter, people who live beside it said on their way home.",
    "Nobody on the committee had expected that the {a} {v} before the {b} was paid for.",
    "A clerk counted {n} signatures for the {a}, and as many letters about the {b}.",
    "In the {b} next door the talk was of little else than how the {a} {v}.",
    "The {a} has stood there for {n} years, which is longer than the {b} did.",
    "Asked whether the {b} {v} as well, the keeper of the {a} shook her head and laughed.",
)


def spell(number: int) -> str:
    """Return a number as letters."""
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))


@dataclass
class Story:
    """One story: when it appears, and what becomes of it."""

    number: int
    published: datetime
    section: str
    edited: datetime | None = None  # from then on its text is another
    touched: datetime | None = None  # from then on its page is another, and its text the same
    moved: datetime | None = None  # from then on it lies at another address
    deleted: datetime | None = None
    busy_times: int = 0  # how often it answers 503 before it answers
    retry_after: str = "1"
    slow: bool = False
    terse: bool = False  # its address and the links to it are a word, as a section's
    hidden_from: frozenset[str] = frozenset()  # lists that don't name it: home, section, feed, news-sitemap, sitemap

    @property
    def slug(self) -> str:
        random = Random(self.number)
        return f"{random.choice(NOUNS)}-{random.choice(VERBS)}-and-{random.choice(NOUNS)}-{random.choice(VERBS)}"

    @property
    def word(self) -> str:
        return spell(self.number)

    def path(self, now: datetime) -> str:
        """Return where it lies."""
        if self.terse:
            return f"/{self.section}/{self.word}"
        if self.moved and now >= self.moved:
            return f"/stories/{self.published:%Y/%m/%d}/{self.slug}-{self.number}/"
        return f"/{self.section}/{self.published:%Y/%m/%d}/{self.slug}-{self.number}/"

    def title(self) -> str:
        return f"{self.slug.replace('-', ' ').capitalize()} once more in chapter {self.number}"

    def paragraphs(self, now: datetime) -> list[str]:
        """Return its text."""
        random = Random(self.number)
        told = [
            " ".join(
                random.choice(SENTENCES).format(
                    a=random.choice(NOUNS), b=random.choice(NOUNS), v=random.choice(VERBS), n=random.randint(3, 900)
                )
                for _ in range(4)
            )
            for _ in range(5)
        ]
        if self.edited and now >= self.edited:
            told[2] += " An earlier version of this article gave a wrong number of signatures; she counted again."
        return told


@dataclass
class Asked:
    """A request as it came in."""

    path: str
    status: int
    body_bytes: int
    at: float
    until: float
    now: datetime


Answer = tuple[int, dict[str, str], str]  # status, headers and body


@dataclass
class Newspaper:
    """The site: its stories, its time and what it was asked for."""

    stories: list[Story]
    now: datetime = FIRST_DAY
    robots: str = "User-agent: *\nDisallow: /private/\n"
    robots_status: int = 200
    forbidden: bool = False  # answers 403 to all
    calendar: bool = False
    topics: int = 0  # that each story names, of its own; they list the stories of the home page
    slugged_lists: tuple[str, ...] = ()  # paths of lists in the menu
    instead: dict[str, Answer] = field(default_factory=dict)  # of what a path would answer
    visitor_numbers: bool = False  # a number of their own for each visit in the section's links
    address: str = ""
    asked: list[Asked] = field(default_factory=list)
    answered_busy: Counter[int] = field(default_factory=Counter)
    visits: int = 0

    def out(self, name: str) -> list[Story]:
        """Return the stories that are out and that a list names, newest first."""
        there = [s for s in self.stories if s.published <= self.now and not (s.deleted and s.deleted <= self.now)]
        return sorted((s for s in there if name not in s.hidden_from), key=lambda s: s.published, reverse=True)

    def since(self, start: int) -> list[Asked]:
        """Return what was asked for from a place in `asked` on, robots.txt left out."""
        return [each for each in self.asked[start:] if each.path != "/robots.txt"]

    def bodies(self, start: int) -> list[str]:
        """Return the paths of stories whose pages were sent from a place in `asked` on."""
        return [each.path for each in self.since(start) if each.status == 200 and self.find(each.path)]

    def find(self, path: str) -> Story | None:
        """Return the story at a path, by its number."""
        last = urlsplit(path).path.rstrip("/").rpartition("-")[2]
        number = int(last) if last.isdigit() else None
        word = urlsplit(path).path.rstrip("/").rpartition("/")[2]
        return next(
            (story for story in self.stories if story.number == number or (story.terse and story.word == word)), None
        )

    def answer(self, path: str) -> Answer:
        """Return status, headers and body."""
        parts = urlsplit(path)
        if parts.path in self.instead:
            status, headers, content = self.instead[parts.path]
            return status, {"Content-Type": "text/html; charset=utf-8", **headers}, content
        if parts.path == "/robots.txt" and self.robots_status != 200:
            return self.robots_status, {"Content-Type": "text/plain"}, ""
        if self.forbidden and parts.path != "/robots.txt":
            return 403, {"Content-Type": "text/html"}, "<h1>Forbidden</h1>"
        for begin, render in self._pages().items():
            if parts.path == begin or (begin.endswith("*") and parts.path.startswith(begin[:-1])):
                content, kind = render(path)
                return 200, {"Content-Type": f"{kind}; charset=utf-8"}, content
        story = self.find(parts.path)
        if story is None or story.published > self.now:
            return 404, {"Content-Type": "text/html"}, "<h1>Not found</h1>"
        return self._answer_story(story, parts.path)

    def _pages(self) -> dict[str, Callable[[str], tuple[str, str]]]:
        html, xml = "text/html", "application/xml"
        return {
            "/": lambda _: (self._home(), html),
            "/robots.txt": lambda _: (f"{self.robots}\nSitemap: {self.address}/sitemap.xml\n", "text/plain"),
            "/feed.xml": lambda _: (self._feed(), "application/rss+xml"),
            "/sitemap.xml": lambda _: (self._sitemap_index(), xml),
            "/news-sitemap.xml": lambda _: (self._news_sitemap(), xml),
            "/sitemaps/*": lambda path: (self._sitemap(path), xml),
            "/topic/*": lambda _: (self._home(), html),
            **{path: lambda _: (self._home(), html) for path in self.slugged_lists},
            "/calendar/*": lambda path: (self._calendar(path), html),
            **{f"/{name}/": lambda path: (self._section(path), html) for name in SECTIONS},
        }

    def _answer_story(self, story: Story, path: str) -> Answer:
        if story.deleted and self.now >= story.deleted:
            return 410, {"Content-Type": "text/html"}, "<h1>Gone</h1>"
        if path != story.path(self.now):
            return 301, {"Location": story.path(self.now)}, ""
        if self.answered_busy[story.number] < story.busy_times:
            self.answered_busy[story.number] += 1
            return 503, {"Retry-After": story.retry_after, "Content-Type": "text/html"}, "<h1>Busy</h1>"
        if story.slow:
            time.sleep(SLOW_SECONDS)
        return 200, {"Content-Type": "text/html; charset=utf-8"}, self._story(story)

    def _frame(self, title: str, main: str, head: str = "") -> str:
        links = "".join(f'<a href="/{name}/">{name.capitalize()}</a> ' for name in SECTIONS)
        links += "".join(f'<a href="{path}">More</a> ' for path in self.slugged_lists)
        calendar = '<a href="/calendar/2026/03/">Calendar</a>' if self.calendar else ""
        return (
            f'<!DOCTYPE html><html lang="en"><head><title>{title}</title>'
            f'<link rel="alternate" type="application/rss+xml" href="/feed.xml">{head}</head><body>'
            f"<header><nav>{links}{calendar}</nav></header><main>{main}</main><footer>Lantern</footer></body></html>"
        )

    def _story(self, story: Story) -> str:
        url = f"{self.address}{story.path(self.now)}"
        touched = "<aside>More pictures</aside>" if story.touched and self.now >= story.touched else ""
        head = (
            f'<link rel="canonical" href="{url}"><meta property="og:type" content="article">'
            f'<meta property="article:published_time" content="{story.published.isoformat()}">'
            f'<meta name="author" content="Ada Penhallow"><meta property="og:title" content="{story.title()}">'
        )
        text = "".join(f"<p>{paragraph}</p>" for paragraph in story.paragraphs(self.now))
        numbers = range(story.number * self.topics, (story.number + 1) * self.topics)
        topics = "".join(f'<a href="/topic/{spell(number)}/">{spell(number)}</a> ' for number in numbers)
        article = f"<article><h1>{story.title()}</h1>{text}</article>"
        return self._frame(story.title(), f"{article}{touched}{topics}", head)

    def _links(self, stories: list[Story], query: str = "") -> str:
        rows = (
            f'<li><a href="{s.path(self.now)}{query}"><h3>{s.word if s.terse else s.title()}</h3></a></li>'
            for s in stories
        )
        return f"<ul>{''.join(rows)}</ul>"

    def _home(self) -> str:
        links = self._links(self.out("home")[:PER_PAGE], "?utm_source=home&utm_medium=web")
        return self._frame("The Lantern", links, LIST_HEAD)

    def _section(self, path: str) -> str:
        name = path.split("/")[1]
        number = int(parse_qs(urlsplit(path).query).get("page", ["1"])[0])
        stories = [story for story in self.out("section") if story.section == name]
        shown = stories[(number - 1) * PER_PAGE : number * PER_PAGE]
        more = f'<a href="/{name}/?page={number + 1}">Older stories</a>' if len(stories) > number * PER_PAGE else ""
        self.visits += 1
        query = f"?visitor={self.visits}" if self.visitor_numbers else ""
        main = f"<h1>{name.capitalize()}</h1>{self._links(shown, query)}{more}"
        return self._frame(name.capitalize(), main, LIST_HEAD)

    def _calendar(self, path: str) -> str:
        year, month = (int(part) for part in path.strip("/").split("/")[1:3])
        later, earlier = (year + month // 12, month % 12 + 1), (year - (month == 1), (month - 2) % 12 + 1)
        links = "".join(f'<a href="/calendar/{y}/{m:02}/">{y}, {m}</a> ' for y, m in (earlier, later))
        today = f"<p>Today: {self.now:%d %B, %H:%M}</p>"  # no two runs see the same page
        return self._frame(f"Calendar {year} {month}", f"<h1>What is on in {month} {year}</h1>{links}{today}")

    def _feed(self) -> str:
        items = "".join(
            f"<item><title>{s.title()}</title><link>{self.address}{s.path(self.now)}?utm_source=rss</link>"
            f"<pubDate>{format_datetime(s.published)}</pubDate><category>{s.section}</category></item>"
            for s in self.out("feed")[:PER_PAGE]
        )
        return f'<?xml version="1.0"?><rss version="2.0"><channel><title>The Lantern</title>{items}</channel></rss>'

    def _sitemap_index(self) -> str:
        days = sorted({s.published.date() for s in self.out("sitemap")})
        rows = [f"{self.address}/news-sitemap.xml", *(f"{self.address}/sitemaps/{day}.xml" for day in days)]
        entries = "".join(f"<sitemap><loc>{row}</loc></sitemap>" for row in rows)
        return f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</sitemapindex>'

    def _sitemap(self, path: str) -> str:
        day = path.rpartition("/")[2].removesuffix(".xml")
        rows = "".join(
            f"<url><loc>{self.address}{s.path(self.now)}</loc><lastmod>{self._modified(s).isoformat()}</lastmod></url>"
            for s in self.out("sitemap")
            if str(s.published.date()) == day
        )
        return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>'

    def _news_sitemap(self) -> str:
        rows = "".join(
            f"<url><loc>{self.address}{s.path(self.now)}</loc><n:news><n:publication><n:name>The Lantern</n:name>"
            f"<n:language>en</n:language></n:publication><n:publication_date>{s.published.isoformat()}"
            f"</n:publication_date><n:title>{s.title()}</n:title><n:keywords>{s.section}</n:keywords></n:news></url>"
            for s in self.out("news-sitemap")
            if s.published > self.now - NEWS_SITEMAP
        )
        return (
            '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
            f'xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">{rows}</urlset>'
        )

    def _modified(self, story: Story) -> datetime:
        return max(m for m in (story.published, story.edited) if m and m <= self.now)


def make_stories(days: int, per_day: int) -> list[Story]:
    """Return stories spread evenly over days, in all sections."""
    gap = timedelta(days=1) / per_day
    return [
        Story(1000 + number, FIRST_DAY + number * gap - timedelta(days=1), SECTIONS[number % len(SECTIONS)])
        for number in range(days * per_day)
    ]


class _Handler(BaseHTTPRequestHandler):
    """Answers one connection."""

    server: "_Server"
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 30.0

    def do_GET(self) -> None:
        began = time.monotonic()
        paper = self.server.paper
        status, headers, content = paper.answer(self.path)
        body = content.encode()
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if status == 200:
            headers["ETag"] = tag
            if self.headers["If-None-Match"] == tag:
                status, body = 304, b""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        paper.asked.append(Asked(self.path, status, len(body), began, time.monotonic(), paper.now))

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


class _Server(ThreadingHTTPServer):
    """Serves one newspaper."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, paper: Newspaper) -> None:
        """Listen at a free port."""
        super().__init__(("127.0.0.1", 0), _Handler)
        self.paper = paper
        paper.address = f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Keep quiet: crawls that are killed hang up."""


@contextmanager
def publish(paper: Newspaper) -> Iterator[Newspaper]:
    """Serve a newspaper while the block runs."""
    with _Server(paper) as server, answering(server):
        yield paper
