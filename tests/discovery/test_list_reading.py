"""Feeds and sitemaps of every format, whole, broken and hostile."""

import gzip
import json

import pytest

from newsspider.discovery import limits, listings
from newsspider.discovery.list_reading import read_listing
from newsspider.discovery.listings import Entry
from newsspider.errors import ListingError
from newsspider.pages.raw_page import EntryHint

FEED = "https://herald.example/feed.xml"
A, B = "https://herald.example/a", "https://herald.example/b"
RSS_ITEM = (
    "<item><title>Ferry &amp;amp; tram</title><link>/a</link><pubDate>Tue, 24 Mar 2026 09:30:00 +0100</pubDate>"
    "<dc:creator>Ann Lee</dc:creator><category>Harbour</category>"
    "<description>&lt;p&gt;It left.&lt;/p&gt;</description></item>"
)
RSS = (
    '<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Herald</title>'
    f"<language>en-gb</language>{RSS_ITEM}<item><title>Day alone</title><link>{B}</link><pubDate>2026-03-24</pubDate>"
    "</item></channel></rss>"
)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>Herald</title><entry>'
    '<title type="html">&lt;b&gt;Ferry&lt;/b&gt;</title>'
    f'<link rel="alternate" href="{A}"/><updated>2026-03-25T08:00:00Z</updated>'
    "<published>2026-03-24T08:00:00Z</published>"
    "<author><name>Ann Lee</name></author><summary>It left.</summary></entry></feed>"
)
RDF = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
    f'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>Herald</title></channel>'
    f'<item rdf:about="{A}">'
    f"<title>Ferry</title><link>{A}</link><dc:date>2026-03-24T08:00:00+01:00</dc:date></item></rdf:RDF>"
)
JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "language": "en",
        "items": [
            {
                "id": "1",
                "url": A,
                "title": "Ferry",
                "date_published": "2026-03-24T08:00:00Z",
                "authors": [{"name": "Ann"}],
            },
            "no item",
        ],
    }
)
SITEMAP_HEAD = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"'
    ' xmlns:xhtml="http://www.w3.org/1999/xhtml">'
)
NEWS_ROW = (
    f"<url><loc> {A} </loc><lastmod>2026-03-24T10:00:00Z</lastmod><n:news><n:publication><n:name>Herald</n:name>"
    "<n:language>en</n:language></n:publication><n:publication_date>2026-03-24T09:30:00+01:00</n:publication_date>"
    "<n:title>Ferry sails</n:title><n:keywords>ferry, harbour</n:keywords><n:access>Subscription</n:access></n:news>"
    "</url>"
)
NEWS_HINT = EntryHint(
    origin="news-sitemap",
    title="Ferry sails",
    published="2026-03-24T09:30:00+01:00",
    tags=("ferry", "harbour"),
    language="en",
    publisher="Herald",
    access="Subscription",
)


def urls(body: str) -> list[str]:
    return [entry.url for entry in read_listing(body.encode(), FEED).pages]


def test_rss_entry_gives_all_that_it_says_with_its_dates_as_written() -> None:
    first, second = read_listing(RSS.encode(), FEED).pages
    assert first == Entry(
        A,
        EntryHint(
            origin="feed",
            title="Ferry & tram",
            published="Tue, 24 Mar 2026 09:30:00 +0100",
            authors=("Ann Lee",),
            tags=("Harbour",),
            description="It left.",
            language="en-gb",
        ),
    )
    assert second.hint is not None
    assert second.hint.published == "2026-03-24"


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("ann@herald.media (Ann Lee)", ("Ann Lee",)),
        ("newsroom@herald.com (Ann Lee)", ("Ann Lee",)),
        ("Ann Lee &lt;ann@herald.online&gt;", ("Ann Lee",)),
        ("ann@herald.example", ()),
        ("Ann Lee", ("Ann Lee",)),
    ],
)
def test_author_of_a_feed_is_a_name_without_its_address(author: str, names: tuple[str, ...]) -> None:
    item = f"<item><title>Ferry</title><link>{A}</link><author>{author}</author></item>"
    (entry,) = read_listing(f'<rss version="2.0"><channel>{item}</channel></rss>'.encode(), FEED).pages
    assert entry.hint is not None
    assert entry.hint.authors == names


@pytest.mark.parametrize(
    ("identifier", "found"), [("12345", []), ("tag:herald.example,2026:12345", []), ("https://herald.example/a", [A])]
)
def test_identifier_is_an_address_only_if_it_looks_like_one(identifier: str, found: list[str]) -> None:
    item = f'<item><title>Ferry</title><guid isPermaLink="false">{identifier}</guid></item>'
    assert urls(f'<rss version="2.0"><channel>{item}</channel></rss>') == found
    items = [{"id": identifier, "title": "Ferry"}]
    assert urls(json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items})) == found


def test_atom_tells_publication_and_change_apart() -> None:
    (entry,) = read_listing(ATOM.encode(), FEED).pages
    assert entry.hint is not None
    assert (entry.hint.title, entry.hint.published) == ("Ferry", "2026-03-24T08:00:00Z")
    assert entry.modified == "2026-03-25T08:00:00Z"
    changed_only = ATOM.replace("<published>2026-03-24T08:00:00Z</published>", "")
    (entry,) = read_listing(changed_only.encode(), FEED).pages
    assert entry.hint is not None
    assert entry.hint.published is None


@pytest.mark.parametrize("feed", [RDF, JSON_FEED], ids=["rdf", "json"])
def test_other_feeds_give_address_title_and_date(feed: str) -> None:
    (entry,) = read_listing(feed.encode(), FEED).pages
    assert entry.hint is not None
    assert (entry.url, entry.hint.title) == (A, "Ferry")
    assert (entry.hint.published or "").startswith("2026-03-24T08:00:00")


@pytest.mark.parametrize(
    "broken",
    [
        RSS.replace("</item></channel></rss>", ""),  # cut
        RSS.replace("Day alone", "Day & alone <br>"),  # not well-formed
        f"\n\n {RSS}",  # the declaration is not at the beginning
        RSS.replace("<category>", "<category>\x08"),
    ],
    ids=["cut", "markup", "blank-lines", "control-character"],
)
def test_broken_feed_gives_its_entries(broken: str) -> None:
    assert A in urls(broken)


def test_feed_is_read_in_its_own_encoding() -> None:
    feed = RSS.replace('version="1.0"?>', 'version="1.0" encoding="windows-1251"?>').replace("Day alone", "Паром")
    assert read_listing(feed.encode("cp1251"), FEED).pages[1].hint == EntryHint(
        origin="feed", title="Паром", published="2026-03-24", language="en-gb"
    )


DECLARATION = '<?xml version="1.0" encoding="{}"?>'
NAMED = RSS.partition("?>")[2].replace("Day alone", "Паром &laquo;Тихий&raquo;")
NAMED_SITEMAP = f"{SITEMAP_HEAD}{NEWS_ROW.replace('Ferry', 'Паром «Тихий»')}</urlset>"
PROLOGS = {
    "first": "{}",
    "blank lines": "\r\n\n {}",
    "comment": "<!-- made at 8:15 -->{}",
    "comment that shows markup": "<!-- was <html> and <rss> -->\n{}\n<!-- end -->",
    "style sheet": '{}<?xml-stylesheet href="a.xsl"?>',
}


@pytest.mark.parametrize("prolog", PROLOGS.values(), ids=PROLOGS)
@pytest.mark.parametrize("charset", ["windows-1251", "koi8-r", "utf-8", "utf-16", "iso-8859-5"])
@pytest.mark.parametrize("content", [NAMED, NAMED_SITEMAP], ids=["feed", "sitemap"])
def test_declared_charset_counts_wherever_the_declaration_is(content: str, charset: str, prolog: str) -> None:
    body = (prolog.format(DECLARATION.format(charset)) + content).encode(charset, "xmlcharrefreplace")
    assert "Паром «Тихий»" in str([entry.hint.title for entry in read_listing(body, FEED).pages if entry.hint])


@pytest.mark.parametrize("charset", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_byte_order_mark_is_read(charset: str) -> None:
    hint = read_listing(f"{DECLARATION.format('utf-16')}{NAMED}".encode(charset), FEED).pages[1].hint
    assert hint
    assert hint.title == "Паром «Тихий»"


@pytest.mark.parametrize(
    ("declared", "charset", "content_type"),
    [
        ("", "cp1251", "application/rss+xml; charset=windows-1251"),
        ("koi8-r", "cp1251", "text/xml;charset=windows-1251"),
        ("windows-1251", "utf-8", "text/xml; charset=iso-8859-1"),
        ("windows-1251", "cp1251", "application/xml; charset=rot13"),
        ("unicode_escape", "utf-8", "application/xml"),
        ("utf-16", "utf-8", None),
    ],
    ids=["header alone", "header first", "bytes first", "unknown header", "unknown declaration", "wrong width"],
)
def test_charset_of_a_feed_is_found_as_that_of_a_page(declared: str, charset: str, content_type: str | None) -> None:
    prolog = DECLARATION.format(declared) if declared else ""
    hint = read_listing(f"{prolog}{NAMED}".encode(charset), FEED, content_type).pages[1].hint
    assert hint
    assert hint.title == "Паром «Тихий»"


def test_iso_2022_jp_is_read_although_its_bytes_are_ascii() -> None:
    feed = f"\n{DECLARATION.format('iso-2022-jp')}{RSS.partition('?>')[2].replace('Day alone', '渡し船')}"
    hint = read_listing(feed.encode("iso2022_jp"), FEED).pages[1].hint
    assert hint
    assert hint.title == "渡し船"


def test_news_sitemap_gives_all_its_fields_whatever_its_prefix() -> None:
    listing = read_listing(f"{SITEMAP_HEAD}{NEWS_ROW}</urlset>".encode(), FEED)
    assert listing.kind == "news-sitemap"
    assert listing.pages == (Entry(A, NEWS_HINT, "2026-03-24T10:00:00Z"),)


def test_sitemap_gives_the_page_in_other_languages_too() -> None:
    row = (
        f'<url><loc>{A}</loc><xhtml:link rel="alternate" hreflang="de" href="{B}"/>'
        f'<xhtml:link rel="alternate" hreflang="x-default" href="{A}?x"/></url>'
    )
    assert urls(f"{SITEMAP_HEAD}{row}</urlset>") == [A, B]


def test_ampersands_of_addresses_may_be_written_as_they_are() -> None:
    rows = (f"{A}?id=7&cat=2", f"{A}?id=7&amp;cat=3", f"<![CDATA[{A}?id=7&cat=4]]>")
    listing = "".join(f"<url><loc>{row}</loc></url>" for row in rows)
    assert urls(f"{SITEMAP_HEAD}{listing}</urlset>") == [f"{A}?id=7&cat={number}" for number in (2, 3, 4)]


def test_prefix_that_nothing_declares_is_read_as_what_it_is_called() -> None:
    (entry,) = read_listing(f"<urlset>{NEWS_ROW.replace('n:', 'news:')}</urlset>".encode(), FEED).pages
    assert entry.hint == NEWS_HINT


def test_index_gives_its_sitemaps_newest_first_and_never_itself() -> None:
    rows = [
        (f"{B}-2024-01.xml", ""),
        (f"{B}.xml", "<lastmod>2026-03-24</lastmod>"),
        (FEED, ""),
        (f"{B}-2026-02.xml", ""),
    ]
    entries = "".join(f"<sitemap><loc>{url}</loc>{modified}</sitemap>" for url, modified in rows)
    listing = read_listing(f"<sitemapindex>{entries}</sitemapindex>".encode(), FEED)
    assert listing.kind == "index"
    assert [entry.url for entry in listing.sitemaps] == [f"{B}.xml", f"{B}-2026-02.xml", f"{B}-2024-01.xml"]


@pytest.mark.parametrize(
    "body",
    [
        gzip.compress(f"{SITEMAP_HEAD}{NEWS_ROW}</urlset>".encode()),
        f"\ufeff{A}\n{B}\n".encode(),
        f"{SITEMAP_HEAD}{NEWS_ROW}<url><loc>{B}".encode(),
        f"{SITEMAP_HEAD}{NEWS_ROW}</urlset>".encode("utf-16"),
        f"<urlset>{NEWS_ROW.replace('n:', '')}</urlset>".encode(),
        f"<urlset><url><loc>{A}</loc></url><url><loc>mailto:x@y</loc></url><url/></urlset>".encode(),
        f"<urlset>{NEWS_ROW}</urlset>".encode(),
    ],
    ids=["gzip", "text", "cut", "utf-16", "no-namespace", "bad-rows", "no-declaration"],
)
def test_sitemap_of_any_form_gives_its_pages(body: bytes) -> None:
    assert read_listing(body, FEED).pages[0].url == A


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "empty"),
        (b"<!DOCTYPE html><html><body>Accept cookies</body></html>", "an HTML page"),
        (b'<!DOCTYPE r [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><rss><channel/></rss>', "entities"),
        (
            b'<!DOCTYPE r [<!ENTITY p SYSTEM "file:///etc/hostname">]><urlset><url><loc>&p;</loc></url></urlset>',
            "entit",
        ),
        ('<!DOCTYPE r [<!ENTITY a "aa">]><rss><channel/></rss>'.encode("utf-16"), "entities"),
        (gzip.compress(b" " * (limits.MAX_BYTES + 1)), "larger than 50 MiB"),
        (b"\x1f\x8b\xffgarbage", "damaged gzip"),
        (b"\x89PNG\r\n\x1a\n", "neither a feed nor a sitemap"),
        (b"/etc/hostname", "neither a feed nor a sitemap"),
        (b'{"a": 1}', "not a JSON Feed"),
        (b"{" * 100_000, "broken JSON"),
        (b"<rss <channel<item<link</item</link<", "broken feed"),
    ],
)
def test_what_is_no_list_or_must_not_be_read_is_refused_with_the_reason(body: bytes, why: str) -> None:
    with pytest.raises(ListingError, match=why):
        read_listing(body, FEED)


def test_entries_beyond_the_limit_are_left_out_and_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listings, "MAX_ENTRIES", 2)
    listing = read_listing("\n".join([A, B, f"{A}1", A]).encode(), FEED)
    assert [entry.url for entry in listing.pages] == [A, B]
    assert listing.problems == ("1 entry beyond the first 2 left out",)


def test_a_moment_that_many_entries_share_is_the_files_and_tells_of_no_change() -> None:
    rows = "".join(f"<url><loc>{A}{n}</loc><lastmod>2026-03-24T10:00:00Z</lastmod></url>" for n in range(10))
    own = f"<url><loc>{B}</loc><lastmod>2026-03-24T11:00:00Z</lastmod></url>"
    listing = read_listing(f"{SITEMAP_HEAD}{rows}{own}</urlset>".encode(), FEED)
    assert {entry.modified for entry in listing.pages} == {None, "2026-03-24T11:00:00Z"}
