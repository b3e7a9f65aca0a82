"""Pages: parsed once, their address recovered where the input has none."""

import pytest

from newsspider.errors import EmptyPageError, NotHtmlError, PageError
from newsspider.pages.page import canonical_link, parse_page

CANONICAL = '<link rel="canonical" href="https://herald.example/canonical">'
OG_URL = '<meta property="og:url" content="https://herald.example/og">'
SINGLE = "https://herald.example/single?page=1"
SAVED = "<!-- saved from url=(0031)https://herald.example/saved -->"


@pytest.mark.parametrize(
    ("html", "url"),
    [
        (f"<html><head>{CANONICAL}", "https://herald.example/canonical"),
        (f"<html><head>{OG_URL}", "https://herald.example/og"),
        (f"<!doctype html>\n{SAVED}\n<html><head>", "https://herald.example/saved"),
        (f"{SAVED}<html><head>{OG_URL}{CANONICAL}", "https://herald.example/saved"),
        (f"<html><head>{OG_URL}{CANONICAL}", "https://herald.example/canonical"),
        (f'<html><head><link rel="canonical" href="/ferry">{OG_URL}', "https://herald.example/og"),
        ('<link rel="shortlink canonical" href="https://herald.example/a">', "https://herald.example/a"),
        ('<meta name="og:url" content=" https://herald.example/a ">', "https://herald.example/a"),
        (
            f"<!doctype html><html lang=en><!--\n Page saved with SingleFile \n url: {SINGLE} \n--><head>{OG_URL}",
            SINGLE,
        ),
        ("<!-- saved from url=(0014)about:internet -->" + CANONICAL, "https://herald.example/canonical"),
        ('<link rel="canonical" href="http://[">', None),
        ("<html><head>", None),
    ],
)
def test_address_is_recovered_from_the_page(html: str, url: str | None) -> None:
    assert parse_page(f"{html}<body><p>Ferry".encode()).url == url


@pytest.mark.parametrize("charset", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("content_type", [None, "text/html", "text/html; charset=utf-16le"])
@pytest.mark.parametrize("start", ["<!doctype html>", "\r\n <html>", "<h1>"])
def test_utf_16_needs_no_byte_order_mark(charset: str, content_type: str | None, start: str) -> None:
    headers = {"Content-Type": content_type} if content_type else None
    page = parse_page(f"{start}<p>Fähre, 渡轮".encode(charset), headers=headers)
    assert (page.charset, page.tree.text_content().strip()) == (charset, "Fähre, 渡轮")


def test_given_address_goes_before_the_declared() -> None:
    assert parse_page(CANONICAL.encode() + b"<p>Ferry", "https://herald.example/given").url == (
        "https://herald.example/given"
    )


@pytest.mark.parametrize(
    ("html", "canonical"),
    [
        (CANONICAL, "https://herald.example/canonical"),
        ('<link rel="canonical" href="/ferry">', "https://herald.example/ferry"),
        ('<link rel="canonical" href=""><link rel="canonical" href="/b">', "https://herald.example/b"),
        ('<link rel="canonical" href="http://[">', None),
        ('<link rel="stylesheet" href="/a.css">', None),
    ],
)
def test_canonical_link_is_made_absolute(html: str, canonical: str | None) -> None:
    assert canonical_link(parse_page(f"{html}<p>Ferry".encode(), "https://herald.example/a")) == canonical


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"", EmptyPageError),
        (b"\n\n ", EmptyPageError),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", NotHtmlError),
        (b'<?xml version="1.0"?><rss version="2.0"><channel/></rss>', NotHtmlError),
    ],
)
def test_what_is_no_page_raises(body: bytes, error: type[PageError]) -> None:
    with pytest.raises(error):
        parse_page(body)


def test_headers_are_read_whatever_their_case() -> None:
    page = parse_page("<p>часы".encode("cp1251"), headers={"CONTENT-TYPE": "text/html; charset=windows-1251"})
    assert page.html == "<p>часы"
    assert page.charset == "cp1251"
    assert page.headers == {"content-type": "text/html; charset=windows-1251"}


def test_depth_warning_reaches_the_page() -> None:
    assert parse_page(b"<p>Ferry</p>" + b"<div>" * 2_100 + b"deep").warnings


def test_source_status_and_time_are_kept() -> None:
    page = parse_page(b"<p>Ferry", source="saved/a.html", status=203, fetched_at="2026-03-24T09:00:00+00:00")
    assert (page.source, page.status, page.fetched_at) == ("saved/a.html", 203, "2026-03-24T09:00:00+00:00")
