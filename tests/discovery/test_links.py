"""Which links of a page are followed, as what, and in which form."""

import pytest

from newsspider.discovery.links import LinkRole, iter_links, judge_link
from newsspider.page import parse_page

PAGE = "https://www.example.com/politics/"


def found(html: str, url: str = PAGE) -> list[str]:
    """Return the addresses of the links that a page's HTML gives."""
    return [link.url for link in iter_links(parse_page(f"<body>{html}</body>".encode(), url))]


@pytest.mark.parametrize(
    "address",
    [
        "/2026/03/14/old-ferry-sails-again/",
        "/2026/03/14/ferry",
        "/2026/mar/14/ferry",
        "/news/2026-03-14/ferry/",
        "/politik/faehre-20260314",
        "/politics/old-ferry-line-sails-again",
        "/politics/old_ferry_line_sails_again",
        "/politics/old-ferry-line-sails-again.html",
        "/story/ferry-1042.html",
        "/news/world-europe-68512345",
        "/article/12345678",
        "/a/c5y4p9zl1k2o",
        "/politics/ferry.html",
        "/politics/ferry.php",
        "/politics/ferry.aspx",
        "/artikel/Die-alte-Fähre-fährt-wieder,faehre104.html",
        "/actualites/le-vieux-bac-reprend-la-mer",
        "/noticias/el-viejo-ferry-vuelve-a-navegar/",
        "/новости/старый-паром-снова-в-море/",
        "/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8/%D1%81%D1%82%D0%B0%D1%80%D1%8B%D0%B9-%D0%BF%D0%B0%D1%80%D0%BE%D0%BC-%D1%81%D0%BD%D0%BE%D0%B2%D0%B0-%D0%B2-%D0%BC%D0%BE%D1%80%D0%B5/",
        "/خبر/بازگشت-کشتی-قدیمی-به-بندر",
        "/n1/2026/0314/c1001-40196071.html",
        "/amp-stories-are-back-in-town/",  # a service word inside a slug is a word
    ],
)
def test_address_with_the_marks_of_an_article_is_an_article(address: str) -> None:
    assert judge_link(f"https://herald.example{address}", "") == "article"


@pytest.mark.parametrize(
    ("address", "text"),
    [
        ("/politics/ferry", "Old ferry sails again after thirty years"),
        ("/p/ferry", "渡轮三十年后重新启航"),
        ("/x/ferry", "เรือข้ามฟากเก่ากลับมาแล่นอีกครั้ง"),
        ("/x/ferry", "Старый паром снова в море"),
    ],
)
def test_text_like_a_headline_makes_a_bare_address_an_article(address: str, text: str) -> None:
    assert judge_link(f"https://herald.example{address}", text) == "article"


@pytest.mark.parametrize(
    ("address", "text"),
    [
        ("/", "Home"),
        ("", ""),
        ("/politics", "Politics"),
        ("/sport/football/", "Football"),
        ("/sport/football/first-league", "First League"),
        ("/de/politik/", "Politik"),
        ("/спорт/", "Спорт"),
        ("/politics/page/2/", "2"),
        ("/politics/page/2/", "Older news of the past week and more"),
        ("/politics/?page=3", "Next"),
        ("/politics?sort=new&p=12", ""),
        ("/politik/seite-4", ""),
        ("/noticias/pagina/7/", ""),
        ("/index.html", "Home"),
        ("/sport/index.php", "Sport"),
    ],
)
def test_address_without_them_is_a_section(address: str, text: str) -> None:
    assert judge_link(f"https://herald.example{address}", text) == "section"


@pytest.mark.parametrize(
    "address",
    [
        "/privacy/",
        "/impressum",
        "/Kontakt",
        "/about-us/",
        "/account/login",
        "/abo/angebote/jetzt-das-beste-angebot-sichern",
        "/newsletter/",
        "/tag/harbour/",
        "/author/ada-penhallow/",
        "/autor/2026/03/14/ada",
        "/search?q=ferry",
        "/suche/",
        "/feed/",
        "/2026/03/14/old-ferry-sails-again/feed/",
        "/2026/03/14/old-ferry-sails-again/amp/",
        "/2026/03/14/old-ferry-sails-again/print",
        "/wp-admin/post.php",
        "/wp-login.php",
        "/wp-json/oembed/1.0/embed",
        "/contact.html",
        "/search.aspx",
    ],
)
def test_service_page_is_refused(address: str) -> None:
    assert judge_link(f"https://herald.example{address}", "What you always wanted to know") is None


def test_deep_address_without_the_marks_of_an_article_is_refused() -> None:
    assert judge_link("https://herald.example/a/b/c/d/", "More") is None  # an archive or a trap


@pytest.mark.parametrize(
    "name",
    """quay.jpg quay.JPEG quay.png quay.avif minutes.pdf minutes.docx talk.mp3 film.mp4 feed.xml feed.rss feed.atom
    site.css app.js list.json book.epub all.zip font.woff2""".split(),
)
def test_file_that_is_no_page_is_refused(name: str) -> None:
    assert judge_link(f"https://herald.example/2026/03/14/{name}", "The old ferry sails again") is None


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


def test_page_without_an_address_has_no_links() -> None:
    page = parse_page(b'<a href="/2026/03/14/ferry/">Old ferry sails again</a>')
    assert list(iter_links(page)) == []
