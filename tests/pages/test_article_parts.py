"""An article's parts: found in the links of each of its pages, and never in the links to other articles."""

import pytest

from newsspider.pages.article_parts import Parts, find_parts
from newsspider.pages.page import parse_page

SITE = "https://herald.example"


def parts_of(path: str, html: str, canonical: str | None = None) -> Parts | None:
    head = f'<link rel="canonical" href="{SITE}{canonical}">' if canonical else ""
    return find_parts(parse_page(f"<html><head>{head}</head><body><p>Ferry.</p>{html}".encode(), SITE + path))


@pytest.mark.parametrize(
    ("path", "html", "paths"),
    [
        (
            "/s/ferry",
            '1 <a href="/s/ferry/2">2</a> <a href="/s/ferry/3">3</a>',
            ["/s/ferry", "/s/ferry/2", "/s/ferry/3"],
        ),
        (
            "/s/ferry/2/",
            '<a href="/s/ferry/">1</a> <a href="/s/ferry/3/">3</a>',
            ["/s/ferry/", "/s/ferry/2/", "/s/ferry/3/"],
        ),
        ("/s/ferry/", '<a href="/s/ferry/page/2/">Next page</a>', ["/s/ferry/", "/s/ferry/page/2/"]),
        ("/ferry", '<a rel="next" href="?page=2">More of it</a>', ["/ferry", "/ferry?page=2"]),
        ("/ferry?id=7&page=2", '<a href="?id=7">1</a>', ["/ferry?id=7", "/ferry?id=7&page=2"]),
        ("/ferry-1042.html", '<link rel="next" href="/ferry-1042-2.html">', ["/ferry-1042.html", "/ferry-1042-2.html"]),
        ("/n/2026_104.html", '<a href="2026_104_2.html">下一页</a>', ["/n/2026_104.html", "/n/2026_104_2.html"]),
        (
            "/a/faehre.html",
            '<a href="faehre-seite-2.html">nächste Seite</a>',
            ["/a/faehre.html", "/a/faehre-seite-2.html"],
        ),
        ("/a/faehre/seite-3", '<a href="/a/faehre/seite-2">zurück</a>', ["/a/faehre/seite-2", "/a/faehre/seite-3"]),
        (
            "/a/bac,2.php",
            '<a href="/a/bac.php">1</a><a href="/a/bac,3.php">3</a>',
            ["/a/bac.php", "/a/bac,2.php", "/a/bac,3.php"],
        ),
        ("/ferry/index.html", '<a href="/ferry/2.html">2</a>', ["/ferry/index.html", "/ferry/2.html"]),
        ("/ferry", '<a href="/ferry/2#top">2</a><a href="/ferry/9">9</a>', ["/ferry", "/ferry/2", "/ferry/9"]),
    ],
)
def test_links_that_differ_by_the_page_number_are_parts(path: str, html: str, paths: list[str]) -> None:
    assert parts_of(path, html) == Parts(SITE + path, tuple(SITE + part for part in paths))


@pytest.mark.parametrize(
    ("path", "html"),
    [
        pytest.param("/ferry", '<a rel="next" href="/tram">Next article</a>', id="next article"),
        pytest.param(
            "/news/12", '<a rel="prev" href="/news/11">‹</a><a rel="next" href="/news/13">›</a>', id="numbered articles"
        ),
        pytest.param("/best-of-2", '<a rel="next" href="/best-of-3">Next</a>', id="numbered names"),
        pytest.param(
            "/2026/05/12/ferry", '<a href="/2026/05/13/tram">Next day</a><a href="/2026/05/">5</a>', id="days"
        ),
        pytest.param("/ferry", '<a href="/ferry/comment-page-2/#comments">2</a>', id="pages of comments"),
        pytest.param(
            "/ferry", '<a href="/ferry/2">Two ferries for the price of one, says the board at last</a>', id="headline"
        ),
        pytest.param("/ferry", '<a href="/ferry/2">5</a>', id="another number"),
        pytest.param("/ferry", '<a href="https://other.example/ferry/2">2</a>', id="another site"),
        pytest.param("/ferry", '<a rel="nofollow" href="/ferry/2">2</a>', id="not to be followed"),
        pytest.param("/ferry", '<a href="/ferry/2026">2026</a>', id="year"),
        pytest.param("/ferry", '<a href="/ferry/7">7</a>', id="neither before nor after"),
        pytest.param("/?p=12", '<a rel="next" href="/?p=13">Next</a>', id="articles by number"),
        pytest.param("/", '<a href="/page/2/">2</a>', id="home page"),
        pytest.param("/ferry", "", id="no links"),
    ],
)
def test_other_links_are_no_parts(path: str, html: str) -> None:
    assert parts_of(path, html) is None


@pytest.mark.parametrize(
    ("html", "own"),
    [
        ('<p>Page 2 of 3</p><a href="/ferry">1</a> <a href="/ferry/3">3</a>', "/ferry/2"),
        ('<a href="/ferry">1</a> <span class="current">2</span> <a href="/ferry/3">3</a>', "/ferry/2"),
        ('<a href="?page=1">1</a> <b aria-current="page">2</b> <a href="?page=3">3</a>', "/ferry?page=2"),
        ('<a href="/ferry/2">2</a> <strong class="active">3</strong>', "/ferry/3"),
    ],
)
def test_saved_page_that_names_the_first_part_as_its_address_is_told_by_its_number(html: str, own: str) -> None:
    found = parts_of("/ferry", html, canonical="/ferry")
    assert found is not None
    assert found.own == SITE + own
    assert found.own in found.urls


def test_page_without_an_address_has_no_parts() -> None:
    assert find_parts(parse_page(b'<p>Ferry.</p><a href="ferry-2.html">2</a>')) is None
