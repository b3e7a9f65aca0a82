"""What an address, a link's words and its place say of what lies behind it."""

import pytest

from newsspider.discovery.link_scores import judge_link


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
        "/2024/storm/old-ferry-sails-again/2026/03",  # a day behind a slug is the slug's
        "/news/898682/old-ferry-sails-again-today/ar",
        "/article.php?id=7",
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
        ("/x/ferry", "पुरानी नाव फिर से चली"),
        ("/x/ferry", "내년 항만 예산안 시의회 통과"),
        ("/?p=36843", "Old ferry sails again after thirty years"),
        ("/view?id=7", "Old ferry sails again after thirty years"),
        ("/a/b123", "Old ferry sails again after thirty years"),
        ("/x/pace-3", "Coros Pace 3 review"),
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
        ("/politics/?start=20", "Next"),
        ("/sport/football/league/2", "2"),
        ("/2026/03/", "March 2026"),
        ("/2026/03/14/", "14"),
        ("/archive/news/all/2026/03/14", "Saturday, 14 March 2026"),
        ("/calendar/2026/03/", "All that is on in March"),
        ("/calendar/april-2026", "All that is on in April"),
        ("/events?month=2026-04", "All that is on in April"),
        ("/", "All the news of the harbour"),  # of another host of the site
        ("/sport/formula1/", "Formula 1"),
        ("/kirchentag-2027/", "Kirchentag"),
        ("/world/", "国际新闻"),
        ("/column/", "その他ニュース"),
        ("/dic/", "시사 경제 용어"),
        ("/राष्ट्रीय/", "राष्ट्रीय समाचार"),
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


@pytest.mark.parametrize(
    ("address", "text"),
    [
        ("/weather/2026/03/14/storm-breaks-the-old-pier/", ""),
        ("/nachrichten/wetter/2026/03/14/135717/unwetter-an-der-alten-mole.html", ""),
        ("/news/media/ratings-war-of-two-old-channels-2581881", ""),
        ("/autoren/ada-penhallow/was-die-alte-faehre-noch-alles-kann", "Was die alte Fähre noch alles kann"),
    ],
)
def test_article_among_tags_authors_and_services_is_an_article(address: str, text: str) -> None:
    assert judge_link(f"https://herald.example{address}", text) == "article"


@pytest.mark.parametrize(
    "address", ["/war-in-the-north-latest", "/topic/1042", "/sport/football.html", "/c/a1b2c3d4e5"]
)
def test_one_mark_makes_no_article_in_a_menu(address: str) -> None:
    assert judge_link(f"https://herald.example{address}", "War", "plain") == "article"
    assert judge_link(f"https://herald.example{address}", "War", "navigation") == "section"


def test_year_behind_words_is_half_a_mark_and_behind_a_word_none() -> None:
    assert judge_link("https://herald.example/a/b/c/best-ferries-2026", "") == "section"  # however deep
    assert judge_link("https://herald.example/a/b/c/best-ferries-2026", "Best ferries of the year") == "article"
    assert judge_link("https://herald.example/best-ferries-2026", "Ferries", "heading") == "article"
    assert judge_link("https://herald.example/kirchentag-2027", "Kirchentag", "heading") == "section"


def test_name_of_a_section_makes_no_article_in_a_frame() -> None:
    text = "News from the north and the east"
    assert judge_link("https://herald.example/north", text, "frame") == "section"
    assert judge_link("https://herald.example/north", text, "heading") == "article"


def test_deep_address_without_the_marks_of_an_article_is_refused() -> None:
    assert judge_link("https://herald.example/a/b/c/d/", "More") is None  # an archive or a trap


@pytest.mark.parametrize(
    "name",
    """quay.jpg quay.JPEG quay.png quay.avif minutes.pdf minutes.docx talk.mp3 film.mp4 feed.xml feed.rss feed.atom
    site.css app.js list.json book.epub all.zip font.woff2""".split(),
)
def test_file_that_is_no_page_is_refused(name: str) -> None:
    assert judge_link(f"https://herald.example/2026/03/14/{name}", "The old ferry sails again") is None
