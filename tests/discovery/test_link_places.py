"""Where on a page a link stands."""

import pytest

from newsspider.discovery.link_places import Place, Places
from newsspider.pages.page import parse_page

LINK = '<a href="/ferry">Ferry</a>'


def place_in(html: str) -> Place:
    """Return the place of the one link in a body."""
    (link,) = parse_page(html.encode(), "https://herald.example/").elements["a"]
    return Places().of(link)


@pytest.mark.parametrize(
    ("html", "place"),
    [
        (f"<main><p>{LINK}</p></main>", "plain"),
        (f"<aside><ul><li>{LINK}</li></ul></aside>", "plain"),  # where "most read" stands: old articles are articles
        (f'<div class="most-read"><ol><li>{LINK}</li></ol></div>', "plain"),
        (f"<h3>{LINK}</h3>", "heading"),
        (f"<h2><span>{LINK}</span></h2>", "heading"),
        ('<a href="/ferry"><h3>Ferry</h3></a>', "heading"),
        (f"<article><header><h2>{LINK}</h2></header></article>", "heading"),
        (f'<div class="teaser-header"><h2>{LINK}</h2></div>', "heading"),
        (f"<nav><ul><li>{LINK}</li></ul></nav>", "navigation"),
        (f"<footer><p>{LINK}</p></footer>", "navigation"),
        (f'<div role="navigation">{LINK}</div>', "navigation"),
        (f"<nav><h3>{LINK}</h3></nav>", "navigation"),  # a menu's group
        (f"<nav><article>{LINK}</article></nav>", "plain"),  # a menu's teaser
        (f"<header><div>{LINK}</div></header>", "frame"),
        (f'<div class="breadcrumb">{LINK}</div>', "frame"),
        (f'<div class="mainNav">{LINK}</div>', "frame"),
        (f'<div id="site-footer">{LINK}</div>', "frame"),
        (f'<ul class="mega-menu">{LINK}</ul>', "frame"),
        (f'<p class="article-tags">{LINK}</p>', "frame"),
        (f'<div class="menu"><main>{LINK}</main></div>', "plain"),  # around the whole page
        (f'<p class="navy">{LINK}</p>', "plain"),
        (f'<p class="vintage">{LINK}</p>', "plain"),
    ],
)
def test_innermost_that_says_so_decides(html: str, place: Place) -> None:
    assert place_in(f"<body>{html}</body>") == place


def test_class_of_the_body_says_nothing_of_a_place() -> None:
    assert place_in(f'<body class="nav menu footer"><div>{LINK}</div></body>') == "plain"
