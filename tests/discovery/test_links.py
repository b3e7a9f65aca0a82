"""Which links of a page are followed, as what, and in which form."""

import pytest

from newsspider.discovery.link_scores import LinkRole
from newsspider.discovery.links import iter_links
from newsspider.pages.page import parse_page
from newsspider.urls import absolute_url, site_of, without_tracking

PAGE = "https://www.example.com/politics/"


def found(html: str, url: str = PAGE) -> list[str]:
    """Return the addresses of the links that a page's HTML gives."""
    return [link.url for link in iter_links(parse_page(f"<body>{html}</body>".encode(), url))]


@pytest.mark.parametrize(
    "href",
    [
        "javascript:open('/2026/03/14/ferry/')",
        "JavaScript:void(0)",
        "mailto:desk@herald.example",
        "tel:+491234567",
        "data:text/html,<p>ferry</p>",
        "file:///etc/hostname",
        "FILE:///etc/hostname",
        "ftp://www.example.com/2026/03/14/ferry/",
        "whatsapp://send?text=ferry",
        "https://other.example/2026/03/14/ferry/",
        "//other.example/2026/03/14/ferry/",
        "https://example.com.other.example/2026/03/14/ferry/",
        "https://notexample.com/2026/03/14/ferry/",
        "http://[/2026/03/14/ferry/",
        "",
        "#comments",
        "/2026/03/14/" + "a" * 2000,
    ],
)
def test_address_that_leads_elsewhere_or_nowhere_is_refused(href: str) -> None:
    assert found(f'<a href="{href}">Old ferry sails again after years</a>') == []


@pytest.mark.parametrize("rel", ["nofollow", "NoFollow", "noopener nofollow", "nofollow ugc"])
def test_link_that_must_not_be_followed_is_refused(rel: str) -> None:
    assert found(f'<a rel="{rel}" href="/2026/03/14/ferry/">Ferry</a>') == []


@pytest.mark.parametrize("rel", ["", "bookmark", "noopener noreferrer", "next"])
def test_other_relations_are_followed(rel: str) -> None:
    assert found(f'<a rel="{rel}" href="/2026/03/14/ferry/">Ferry</a>') == ["https://www.example.com/2026/03/14/ferry/"]


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("/2026/03/14/ferry/?utm_source=x&utm_medium=y", "/2026/03/14/ferry/"),
        ("/2026/03/14/ferry/?fbclid=abc", "/2026/03/14/ferry/"),
        ("/2026/03/14/ferry/?id=7&gclid=abc&page=2", "/2026/03/14/ferry/?id=7&page=2"),
        ("/2026/03/14/ferry/?UTM_Source=x", "/2026/03/14/ferry/"),
        ("/2026/03/14/ferry/#comments", "/2026/03/14/ferry/"),
        ("/2026/03/14/ferry/?id=7#top", "/2026/03/14/ferry/?id=7"),
        ("/index.php?option=com_content&id=104", "/index.php?option=com_content&id=104"),
        ("/2026/03/14/ferry/?b=2&a=1", "/2026/03/14/ferry/?b=2&a=1"),  # the order that the server knows
        ("  /2026/03/14/ferry/\n", "/2026/03/14/ferry/"),
        ("../2026/03/14/ferry/", "/2026/03/14/ferry/"),
    ],
)
def test_address_loses_tracking_parameters_and_fragment_and_nothing_else(href: str, url: str) -> None:
    assert found(f'<a href="{href}">Ferry</a>') == [f"https://www.example.com{url}"]


@pytest.mark.parametrize(
    ("base", "url"),
    [
        ("https://www.example.com/archive/", "https://www.example.com/archive/2026/03/14/ferry/"),
        ("/archive/", "https://www.example.com/archive/2026/03/14/ferry/"),
        ("https://news.example.com/", "https://news.example.com/2026/03/14/ferry/"),
        ("", "https://www.example.com/politics/2026/03/14/ferry/"),
        ("javascript:0", "https://www.example.com/politics/2026/03/14/ferry/"),
    ],
)
def test_base_element_is_what_addresses_are_relative_to(base: str, url: str) -> None:
    assert found(f'<base href="{base}"><a href="2026/03/14/ferry/">Ferry</a>') == [url]


def test_base_on_another_site_takes_relative_links_there() -> None:
    assert found('<base href="https://other.example/"><a href="2026/03/14/ferry/">Ferry</a>') == []


@pytest.mark.parametrize("host", ["example.com", "www.example.com", "sport.example.com", "EXAMPLE.com"])
def test_all_hosts_of_a_registered_domain_are_one_site(host: str) -> None:
    assert len(found(f'<a href="https://{host}/2026/03/14/ferry/">Ferry</a>')) == 1


def test_each_address_is_given_once_in_page_order_with_its_longest_text() -> None:
    html = """
        <a href="/sport/">Sport</a>
        <a href="/ferry"><img src="quay.jpg" alt=""></a>
        <a href="/ferry#top">Ferry</a>
        <a href="/ferry?utm_source=front">Old  ferry
            sails <b>again</b> today</a>
        <a href="/sport/">Sport</a>
        <a href="/2026/03/14/tugs/">Tugs</a>
    """
    links = list(iter_links(parse_page(html.encode(), PAGE)))
    expected: list[tuple[str, str, LinkRole]] = [
        ("https://www.example.com/sport/", "Sport", "section"),
        ("https://www.example.com/ferry", "Old ferry sails again today", "article"),
        ("https://www.example.com/2026/03/14/tugs/", "Tugs", "article"),
    ]
    assert [(link.url, link.text, link.role) for link in links] == expected


@pytest.mark.parametrize("href", ["", "#top", "/politics/", "?utm_source=x", "./", "https://www.example.com/politics/"])
def test_page_does_not_link_to_itself(href: str) -> None:
    assert found(f'<a href="{href}">Politics</a>') == []


@pytest.mark.parametrize(
    ("html", "role"),
    [
        ("<nav>{}</nav>", "section"),
        ("<main>{}</main>", "article"),
        ("<nav>{}</nav><main>{}</main>", "article"),  # of several links to one address the best place counts
        ('<div class="breadcrumbs">{}</div><footer>{}</footer>', "section"),
        ("<aside><h3>Most read</h3><ol><li>{}</li></ol></aside>", "article"),
    ],
)
def test_place_on_the_page_tells_a_section_with_a_slug_from_an_article(html: str, role: str) -> None:
    link = '<a href="/war-in-the-north-latest">War</a>'
    assert [each.role for each in iter_links(parse_page(html.replace("{}", link).encode(), PAGE))] == [role]


def test_headline_in_a_menu_is_an_article() -> None:
    html = '<nav><a href="/harbour/old-ferry-sails-again-1042">Old ferry sails again after years</a></nav>'
    assert [link.role for link in iter_links(parse_page(html.encode(), PAGE))] == ["article"]


@pytest.mark.parametrize(
    "html",
    [
        '<link rel="next" href="/politics/more/of/the/same/older">',
        '<a rel="next" href="/politics/more/of/the/same/older">Load more</a>',
        '<a rel="nofollow" href="/x"></a><a rel="noopener next" href="/politics/more/of/the/same/older"></a>',
    ],
)
def test_next_page_of_a_list_is_a_section_however_deep_it_lies(html: str) -> None:
    page = parse_page(f"<head>{html}</head><body>Politics</body>".encode(), PAGE)
    assert [(link.url, link.role) for link in iter_links(page)] == [
        ("https://www.example.com/politics/more/of/the/same/older", "section")
    ]


def test_next_article_that_a_page_names_is_an_article() -> None:
    html = b'<head><link rel="next" href="/2026/03/14/old-ferry-sails-again/"></head><body>Politics</body>'
    assert [link.role for link in iter_links(parse_page(html, PAGE))] == ["article"]


def test_tag_with_a_long_name_may_only_be_what_the_site_teaches() -> None:
    html = '<main><a href="/tag/old-ferry-sails-again">Old ferry sails again</a><a href="/tag/ferry">Ferry</a></main>'
    (link,) = iter_links(parse_page(html.encode(), PAGE))
    assert (link.url, link.role) == ("https://www.example.com/tag/old-ferry-sails-again", None)


@pytest.mark.parametrize(
    "href",
    """/a /a/ / /a/b.html /a/b,c;d!e@f=g+h /a/%C3%A9 /a//b /a/../b /a/./b /a/b. /a/.. /a?b=1 /a# /ä //other.example/a
    https://www.example.com/a https://www.example.com https://www.example.com/a/../b https://www.example.com.evil/a
    https://www.example.com:443/a HTTPS://www.example.com/a https://user@www.example.com/a http://www.example.com/a
    a ../a ?a=1 /:80/a /a:b /@a""".split(),
)
def test_short_way_to_an_address_is_the_same_as_the_long_one(href: str) -> None:
    joined = absolute_url(href, PAGE)
    expected = [without_tracking(joined)] if joined and site_of(joined) == "example.com" else []
    page = parse_page(f'<a rel="next" href="{href}">Old ferry sails again after years</a>'.encode(), PAGE)
    assert [link.url for link in iter_links(page)] == expected


def test_page_without_an_address_has_no_links() -> None:
    page = parse_page(b'<a href="/2026/03/14/ferry/">Old ferry sails again</a>')
    assert list(iter_links(page)) == []
