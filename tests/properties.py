"""What must hold whatever the bytes are; the property tests and the fuzzer (`make fuzz`) ask the same."""

import json
import unicodedata
import zlib
from contextlib import suppress
from functools import cache
from itertools import islice
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from urllib.parse import urljoin, urlsplit

from jsonschema import Draft202012Validator
from jsonschema.protocols import Validator

from newsspider.crawl.arguments import NewsArguments, read_arguments
from newsspider.crawl.guard.bounded_robots import BoundedRobots, cut_robots
from newsspider.crawl.guard.networks import read_address, why_not_public
from newsspider.crawl.guard.policy import Policy, origin_of
from newsspider.crawl.politeness.crawl_delay import effective_delay
from newsspider.discovery.links import MAX_URL_CHARS, iter_links
from newsspider.discovery.list_reading import read_listing
from newsspider.errors import ListingError, NewsspiderError, PageError, UsageError
from newsspider.extraction.fields.authors.person_names import clean_names
from newsspider.extraction.fields.dates.written_dates import iter_dates, read_date
from newsspider.extraction.fields.dates.written_days import Reading
from newsspider.extraction.fields.pictures.captions import split_credit
from newsspider.inputs.page_bytes import MAX_PAGE_BYTES
from newsspider.inputs.reading import iter_pages
from newsspider.pages.page import parse_raw
from newsspider.pages.raw_page import RawPage
from newsspider.pages.unpacking import DECODERS, Unpacked, UnpackedTooLarge, unpack
from newsspider.pool import extract_raw
from newsspider.record import ArticleRecord, record_schema
from newsspider.sites.sites_file import read_sites
from newsspider.text import clean_text, count_words, split_words
from newsspider.url_syntax import join_plain
from newsspider.urls import absolute_url, canonical_key, is_web_url, normalise_url, site_of, without_credentials

MOST_PAGES = 2_000  # of one input: a zip file of 60 bytes an entry holds no more in the fuzzer's inputs
UNPACKED_BYTES = 1_000_000
ROBOTS_BYTES = 500_000
URL = "https://herald.example/2026/03/24/old-ferry-sails-again/"


@cache
def validator() -> Validator:
    """Return the record schema's validator."""
    return Draft202012Validator(record_schema())


def check_page(body: bytes, content_type: str | None = None, *, twice: bool = True) -> None:
    """Any page gives a record, the same twice, valid and storable; its links are addresses of its site."""
    headers = {"Content-Type": content_type} if content_type else {}
    raw = RawPage(body=body, url=URL, source="fuzz", headers=headers)
    record = extract_raw(raw)
    check_record(record)
    assert not twice or extract_raw(raw) == record, "not the same twice"
    try:
        page = parse_raw(raw)
    except PageError:
        return
    for link in iter_links(page):
        assert is_web_url(link.url)
        assert site_of(link.url) == "herald.example"
        assert len(link.url) <= MAX_URL_CHARS * len("%F0%9F%98%80")


def page_with_json_ld(value: object) -> bytes:
    """Return a page that states a value as its JSON-LD."""
    return b'<script type="application/ld+json">' + json.dumps(value).encode() + b"</script><p>The ferry sails again."


def check_flat_text(body: bytes) -> None:
    """Any text without markup gives such a record too."""
    check_record(extract_raw(RawPage(body=body, url=URL, source="fuzz", flat=True)))


def check_record(record: ArticleRecord) -> None:
    """A record is valid, storable, and reads back as itself."""
    line = record.to_json()
    assert "\n" not in line
    line.encode("utf-8")
    values: dict[str, Any] = json.loads(line)
    problem = next(validator().iter_errors(values), None)
    assert problem is None, problem
    for text in _texts(list(values.values())):
        assert is_storable(text), repr(text)
    assert ArticleRecord.from_dict(values) == record, "not the same when it is read back"


def is_storable(text: str) -> bool:
    """Whether a text has neither control characters nor halves of characters."""
    return not any(unicodedata.category(character) in {"Cc", "Cs"} and character not in "\t\n" for character in text)


def check_listing(body: bytes) -> None:
    """Whatever a feed or sitemap holds, it lists web addresses or is refused in words of ours."""
    with suppress(ListingError):
        listing = read_listing(body, "https://herald.example/feed.xml")
        repr(listing).encode()
        assert all(is_web_url(entry.url) for entry in (*listing.pages, *listing.sitemaps))


def check_sites(content: bytes) -> None:
    """Whatever a file of profiles holds, it gives sites that can be asked for, or one line that names the file."""
    with NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        try:
            sites = read_sites(Path(file.name))
        except UsageError as error:
            said = str(error)
            assert said.startswith(file.name), said
            assert len(said.splitlines()) == 1, said
            said.encode()
            return
        assert all(is_web_url(url) for site in sites for url in (*site.seeds, *site.feeds, *site.sitemaps))


def check_input(content: bytes) -> None:
    """Whatever a saved file holds, it gives pages or problems, none larger than allowed, and comes to an end."""
    with NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        for page in islice(iter_pages([file.name]), MOST_PAGES):
            assert len(page.body) <= MAX_PAGE_BYTES
            (page.source or "").encode()
            assert page.problem is None or not page.body
            assert page.url is None or is_web_url(page.url)


def check_unpacking(packed: bytes) -> None:
    """Whatever is said to be compressed gives bytes within the limit, and whole data is never taken for cut."""
    for encoding in DECODERS:
        with suppress(UnpackedTooLarge):
            assert len(unpack(packed, [encoding], UNPACKED_BYTES).body) <= UNPACKED_BYTES
    assert unpack(zlib.compress(packed), ["deflate"], UNPACKED_BYTES) == Unpacked(packed)


def check_robots(body: bytes) -> None:
    """Whatever robots.txt holds, it allows an address or not, and its delay is a number of seconds or none."""
    rules = BoundedRobots(cut_robots(body, ROBOTS_BYTES), None)
    rules.allowed(URL, "newsspider")
    delay = rules.crawl_delay("newsspider")
    assert 0 <= effective_delay(delay, 0.5, 60.0) <= 60


def check_text(text: str) -> None:
    """Cleaning takes out what no store takes, and a second time nothing; words are counted as they are split."""
    clean = clean_text(text)
    assert is_storable(clean)
    assert clean_text(clean) == clean
    assert count_words(text) == len(split_words(text))


def check_url(text: str) -> None:
    """Any address is judged, compared and shown without an error, and normalising twice is normalising once."""
    site_of(text)
    if joined := join_plain(URL, text):
        assert joined == urljoin(URL, text)
    canonical_key(URL, absolute_url(text, URL))
    if found := absolute_url(text, URL):
        assert is_web_url(found)
        normal = normalise_url(found)
        assert is_web_url(normal), normal
        assert normalise_url(normal) == normal
    if is_web_url(text):
        origin_of(text)
        assert "@" not in urlsplit(without_credentials(text)).netloc
        Policy().why_refuse_url(text, URL)


def check_address(text: str) -> None:
    """A host is read as an address or not, and an address is judged."""
    if address := read_address(text):
        why_not_public(address)


def check_date(text: str) -> None:
    """A date is read as ISO 8601 or not at all."""
    for language in (None, "en", "th"):
        reading = Reading(language=language, host=None)
        read_date(text, reading)
        for date in iter_dates(text, reading):
            assert 0 <= date.start < date.end <= len(text)


def check_line(text: str) -> None:
    """The names in a byline are single words or more on one line, and a caption's credit is cut from the caption."""
    for name in clean_names([text]):
        assert name == name.strip() != ""
        assert "\n" not in name, repr(name)
    caption = split_credit(text)
    assert all(part is None or part.strip() for part in caption)
    check_date(text)


def check_arguments(text: str) -> None:
    """A seed is accepted or refused in one line of ours."""
    with suppress(NewsspiderError):
        assert read_arguments({"urls": text}, NewsArguments).seeds


def _texts(values: list[Any]) -> list[str]:
    """Return all strings in a record's values."""
    found: list[str] = []
    while values:
        value = values.pop()
        if isinstance(value, str):
            found.append(value)
        elif isinstance(value, list | dict):
            values += value.values() if isinstance(value, dict) else value
    return found
