"""Feeds of articles: read by feedparser, and by the rules of JSON Feed."""

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import feedparser
import pytest
from lxml import etree

from newsspider.outputs.feed_writer import FeedWriter
from newsspider.outputs.feeds import render_atom, render_json_feed, render_rss
from newsspider.outputs.writers import RecordWriter
from newsspider.record import ArticleRecord

FERRY = ArticleRecord(
    url="https://herald.example/ferry?a=1&b=2",
    site="herald.example",
    title="Ferry & <b>crew</b> back",
    description="It sails <again>.",
    authors=("Ann Lee", "東京 Bo"),
    author_urls=("https://herald.example/ann", None),
    published="2026-03-24T09:30:00+01:00",
    modified="2026-03-24T10:00:00+01:00",
    section="Harbour",
    tags=("ferry", "Harbour"),
    image="https://herald.example/ferry.jpg",
    language="en",
    body="Fares rise <b>now</b>.\n\nMore",
    body_markdown="Fares rise \\<b>now\\</b>.\n\n[More](https://herald.example/more?a=1&b=2) [bad](javascript:x)",
)
STORM = ArticleRecord(url="https://herald.example/storm", site="herald.example", title="Storm", published="2026-03-25")
UNDATED = ArticleRecord(
    url="https://herald.example/undated", site="herald.example", body="1 < 2 *", first_seen="2026-03-26T08:00:00+00:00"
)
XML_FEEDS = [render_rss, render_atom]


def parse(feed: str) -> Any:
    """Return a feed as feedparser reads it, which also says whether it is well-formed."""
    parsed = feedparser.parse(feed.encode(), sanitize_html=False)
    assert not parsed.bozo, parsed.bozo_exception
    return parsed


def write_feed(path: Path, records: Sequence[ArticleRecord], limit: int = 100) -> RecordWriter:
    with FeedWriter(str(path), render_json_feed, limit) as writer:
        for record in records:
            writer.write(record)
    return writer


@pytest.mark.parametrize("render", XML_FEEDS)
def test_feed_readers_find_every_field(render: Any) -> None:
    parsed = parse(render([FERRY]))
    assert parsed.version in ("rss20", "atom10")
    assert (parsed.feed.title, parsed.feed.link) == ("herald.example", "https://herald.example/")
    (entry,) = parsed.entries
    assert (entry.link, entry.id) == (FERRY.url, FERRY.key)
    assert [author.name for author in entry.authors] == list(FERRY.authors)
    assert entry.published_parsed[:5] == (2026, 3, 24, 8, 30)
    assert [tag.term for tag in entry.tags] == ["Harbour", "ferry"]
    (content,) = [each.value for each in entry.content]
    assert "<p>Fares rise &lt;b&gt;now&lt;/b&gt;.</p>" in content
    assert '<a href="https://herald.example/more?a=1&amp;b=2">More</a>' in content
    assert 'href="javascript' not in content


def test_titles_are_text_in_xml() -> None:
    root = etree.fromstring(render_rss([FERRY]).encode())
    assert root.xpath("string(//item/title)") == FERRY.title
    assert root.xpath("string(//item/pubDate)") == "Tue, 24 Mar 2026 09:30:00 +0100"
    atom = etree.fromstring(render_atom([FERRY]).encode())
    names = {"a": "http://www.w3.org/2005/Atom"}
    assert atom.xpath("string(//a:entry/a:title)", namespaces=names) == FERRY.title
    assert atom.xpath("string(//a:entry/a:updated)", namespaces=names) == "2026-03-24T10:00:00+01:00"
    assert atom.xpath("string(/a:feed/a:id)", namespaces=names).startswith("urn:uuid:")
    assert atom.xpath("boolean(/a:feed/a:author/a:name)", namespaces=names)


def test_json_feed_follows_its_rules() -> None:
    feed = json.loads(render_json_feed([FERRY, UNDATED]))
    assert (feed["version"], feed["title"]) == ("https://jsonfeed.org/version/1.1", "herald.example")
    ferry, undated = feed["items"]
    for item in feed["items"]:
        assert isinstance(item["id"], str)
        assert item["content_html"]
        assert None not in item.values()
    for name in ("date_published", "date_modified"):
        assert datetime.fromisoformat(ferry[name]).tzinfo
    assert ferry["authors"] == [{"name": "Ann Lee", "url": "https://herald.example/ann"}, {"name": "東京 Bo"}]
    assert (ferry["title"], ferry["image"]) == (FERRY.title, FERRY.image)
    assert "date_published" not in undated
    assert undated["content_html"] == "<p>1 &lt; 2 *</p>\n"


@pytest.mark.parametrize("render", [*XML_FEEDS, render_json_feed])
def test_empty_feed_can_be_read(render: Any) -> None:
    feed = render([])
    if render is render_json_feed:
        assert json.loads(feed)["items"] == []
    else:
        assert parse(feed).entries == []


@pytest.mark.parametrize("render", XML_FEEDS)
@pytest.mark.parametrize(
    "text", ["\x00\x0b\ufffe\ud800 a", "]]>", "&#0; &lt;script&gt;", "<![CDATA[", "</item></entry>"]
)
def test_feed_is_well_formed_whatever_the_text(render: Any, text: str) -> None:
    record = ArticleRecord(
        url="https://herald.example/a b", title=text, body_markdown=f"x {text}", authors=(text,), tags=(text,)
    )
    root = etree.fromstring(render([record]).encode())
    assert len(root.xpath("//*[local-name() = 'item' or local-name() = 'entry']")) == 1
    assert parse(render([record])).entries[0].link == "https://herald.example/a%20b"


def test_feed_holds_the_newest_first(tmp_path: Path) -> None:
    earlier = ArticleRecord(url="https://herald.example/old", published="2026-03-24T09:40:00+02:00")
    without = ArticleRecord(source="saved.html", title="No address")
    writer = write_feed(tmp_path / "feed.json", [FERRY, earlier, UNDATED, without, STORM], limit=3)
    items = json.loads((tmp_path / "feed.json").read_text("utf-8"))["items"]
    assert [item["url"] for item in items] == [UNDATED.url, STORM.url, FERRY.url]
    assert writer.notes() == [
        "left out: 1 record without a URL, which a feed's entry needs",
        "left out: 1 record older than the newest 3",
    ]


def test_failed_run_leaves_the_earlier_feed(tmp_path: Path) -> None:
    path = tmp_path / "feed.json"
    path.write_text("earlier")
    writer = FeedWriter(str(path), render_json_feed)
    writer.write(FERRY)
    writer.__exit__(KeyError, KeyError(), None)
    assert path.read_text() == "earlier"
    assert [each.name for each in tmp_path.iterdir()] == ["feed.json"]
