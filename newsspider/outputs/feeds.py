"""Articles as RSS 2.0, Atom and JSON Feed 1.1, with their whole text.

Text of pages stays text in the feed. The body's HTML is made from its Markdown, with raw HTML and
script addresses off.
"""

import io
import json
import uuid
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from w3lib.url import safe_url_string

from newsspider.clock import now
from newsspider.outputs.body_markup import render_html
from newsspider.outputs.feed_writer import entry_moment, read_entry_moment
from newsspider.record import ArticleRecord
from newsspider.text import xml_text
from newsspider.urls import is_web_url

JSON_FEED_VERSION = "https://jsonfeed.org/version/1.1"
CONTENT_NAMESPACE = "http://purl.org/rss/1.0/modules/content/"
CREATOR_NAMESPACE = "http://purl.org/dc/elements/1.1/"
NAMED_SITES = 3  # in a feed's title


class _Rss(Rss201rev2Feed):  # type: ignore[misc]
    """RSS 2.0 with the whole text in `content:encoded` and one `dc:creator` per author."""

    def rss_attributes(self) -> dict[str, str]:
        """Return the attributes of the root element."""
        namespaces = {"xmlns:content": CONTENT_NAMESPACE, "xmlns:dc": CREATOR_NAMESPACE}
        return {**super().rss_attributes(), **namespaces}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """Write an entry's elements."""
        super().add_item_elements(handler, item)
        for author in item["authors"]:
            handler.addQuickElement("dc:creator", author)
        handler.addQuickElement("content:encoded", item["content"])


class _Atom(Atom1Feed):  # type: ignore[misc]
    """Atom with one element per author."""

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """Write an entry's elements."""
        super().add_item_elements(handler, item)
        for author in item["authors"]:
            handler.startElement("author", {})
            handler.addQuickElement("name", author)
            handler.endElement("author")


def render_rss(records: Sequence[ArticleRecord]) -> str:
    """Return an RSS 2.0 feed of articles with URLs, in their order."""
    return _render_xml(_Rss, records)


def render_atom(records: Sequence[ArticleRecord]) -> str:
    """Return an Atom feed of articles with URLs, in their order."""
    return _render_xml(_Atom, records)


def render_json_feed(records: Sequence[ArticleRecord]) -> str:
    """Return a JSON Feed of articles with URLs, in their order.

    Source:
        https://www.jsonfeed.org/version/1.1/
    """
    feed: dict[str, Any] = {"version": JSON_FEED_VERSION, "title": _title(records)}
    if link := _home_page(records):
        feed["home_page_url"] = link
    feed["items"] = list(map(_json_item, records))
    return f"{json.dumps(feed, ensure_ascii=False, indent=1)}\n"


def _render_xml(form: type[SyndicationFeed], records: Sequence[ArticleRecord]) -> str:
    """Return a feed in one of the XML formats."""
    title = xml_text(_title(records))
    feed = form(
        title=title,
        # Both formats need one, and an empty feed has no site
        link=_home_page(records) or "about:blank",
        description=f"Articles of {title}",
        author_name="newsspider",  # Atom needs one for entries without authors
        feed_guid=uuid.uuid5(uuid.NAMESPACE_URL, title).urn,
    )

    for record in records:
        feed.add_item(**_xml_item(record))

    stream = io.StringIO()
    feed.write(stream, "utf-8")

    return f"{stream.getvalue()}\n"


def _xml_item(record: ArticleRecord) -> dict[str, Any]:
    """Return an entry in the form that the library takes."""
    modified = read_entry_moment(record.modified)
    return {
        "title": xml_text(_entry_title(record)),
        "link": _address(record),
        "description": xml_text(record.description) if record.description else None,
        "content": xml_text(render_html(record)),
        "authors": list(map(xml_text, record.authors)),
        "pubdate": read_entry_moment(record.published),
        "updateddate": modified or entry_moment(record) or now(),
        "unique_id": xml_text(_entry_id(record)),
        "unique_id_is_permalink": False,
        "categories": list(map(xml_text, _categories(record))),
    }


def _json_item(record: ArticleRecord) -> dict[str, Any]:
    """Return an entry of a JSON Feed; keys without a value are left out."""
    item = {
        "id": _entry_id(record),
        "url": _address(record),
        "title": _entry_title(record),
        "content_html": render_html(record),
        "content_text": record.body,
        "summary": record.description,
        "image": _web_url(record.image),
        "date_published": _iso(record.published),
        "date_modified": _iso(record.modified),
        "authors": list(map(_json_author, record.authors, record.author_urls)),
        "tags": _categories(record),
        "language": record.language,
    }

    # content_html is required, even of an article without text.
    return {
        name: value
        for name, value in item.items()
        if name == "content_html" or value not in (None, [])
    }


def _json_author(name: str, url: str | None) -> dict[str, str]:
    address = _web_url(url)
    return {"name": name, "url": address} if address else {"name": name}


def _web_url(url: str | None) -> str | None:
    return url if url and is_web_url(url) else None


def _iso(date: str | None) -> str | None:
    moment = read_entry_moment(date)
    return moment.isoformat() if moment else None


def _entry_id(record: ArticleRecord) -> str:
    """Return an id that stays the same when the article changes: its address in the store."""
    return record.key if is_web_url(record.key) else record.url or ""


def _address(record: ArticleRecord) -> str:
    """Return the article's address with its odd characters escaped."""
    return safe_url_string(record.url or "")


def _entry_title(record: ArticleRecord) -> str:
    """Return the headline, which every entry needs."""
    return record.title or record.url or ""


def _categories(record: ArticleRecord) -> list[str]:
    """Return the section and the tags, each once."""
    names = (record.section, *record.tags) if record.section else record.tags
    return list(dict.fromkeys(names))


def _title(records: Sequence[ArticleRecord]) -> str:
    """Return a feed's title: the sites of its articles."""
    sites = sorted({record.site for record in records if record.site})
    more = f" and {len(sites) - NAMED_SITES} more" if len(sites) > NAMED_SITES else ""
    return (", ".join(sites[:NAMED_SITES]) or "newsspider") + more


def _home_page(records: Sequence[ArticleRecord]) -> str | None:
    """Return the front page of the newest article's site."""
    if not records:
        return None
    parts = urlsplit(_address(records[0]))
    return f"{parts.scheme}://{parts.netloc}/"
