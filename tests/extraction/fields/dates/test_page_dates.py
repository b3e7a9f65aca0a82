"""Which date a page gives: by source, by place, by the words beside it; none invented."""

import pytest

from newsspider.extraction.declared.metadata import Found
from newsspider.pages.page import Page
from newsspider.pages.raw_page import EntryHint
from tests.extraction.fields.pages import PROSE, SENTENCE, article_of, fields_of, found_in, json_ld, meta, page_of

TEASERS = "".join(
    f"<div><a href='/{day}'>Other news</a> <time datetime='2026-01-{day}'>x</time></div>" for day in (11, 12)
)


@pytest.mark.parametrize(
    ("page", "found"),
    [
        pytest.param(
            page_of(meta("article:published_time", "2026-03-25") + json_ld(datePublished="2026-03-24T09:30:00+01:00")),
            Found("2026-03-24T09:30:00+01:00", "json-ld"),
            id="json-ld before meta",
        ),
        pytest.param(
            page_of(meta("article:published_time", "2026-03-24") + json_ld(datePublished="last week")),
            Found("2026-03-24", "meta"),
            id="meta when json-ld is no date",
        ),
        pytest.param(
            page_of(meta("date", "2026-03-25") + meta("article:published_time", "2026-03-24")),
            Found("2026-03-24", "meta"),
            id="the more telling meta",
        ),
        pytest.param(
            page_of(meta("pubdate", "soon") + meta("dc.date", "2026-03-24")),
            Found("2026-03-24", "meta"),
            id="the next meta when one is no date",
        ),
        pytest.param(
            page_of(meta("x-published-date", "2026-03-24T09:30Z")),
            Found("2026-03-24T09:30Z", "meta"),
            id="a name the site made up",
        ),
        pytest.param(
            page_of(
                body=f"<div itemscope itemtype='https://schema.org/NewsArticle'><h1>Ferry back again</h1>"
                f"<span itemprop='datePublished' content='2026-03-24'>today</span>"
                f"{PROSE}</div>"
            ),
            Found("2026-03-24", "markup"),
            id="microdata",
        ),
        pytest.param(
            page_of('<script type="application/ld+json">{"@type": "WebPage", "datePublished": "2026-03-24"}</script>'),
            Found("2026-03-24", "json-ld"),
            id="json-ld of the page itself",
        ),
        pytest.param(
            page_of(entry=EntryHint(origin="feed", published="Tue, 24 Mar 2026 09:30:00 GMT")),
            Found("2026-03-24T09:30:00+00:00", "feed"),
            id="feed entry",
        ),
        pytest.param(
            page_of(entry=EntryHint(origin="news-sitemap", published="2026-03-24T09:30:00+01:00")),
            Found("2026-03-24T09:30:00+01:00", "news-sitemap"),
            id="news sitemap entry",
        ),
        pytest.param(
            page_of(json_ld(datePublished="2026-03-24"), article_of(below="<p>24 March 2026, 09:30</p>")),
            Found("2026-03-24T09:30", "text"),
            id="the time of the same day from the next source",
        ),
        pytest.param(
            page_of(json_ld(datePublished="2026-03-24"), article_of(below="<p>25 March 2026, 09:30</p>")),
            Found("2026-03-24", "json-ld"),
            id="no time of another day",
        ),
        pytest.param(
            page_of(json_ld(datePublished="2026-03-24 09:30:00") + meta("date", "2026-03-24T09:30:12+01:00")),
            Found("2026-03-24T09:30:00+01:00", "json-ld"),
            id="the zone of the next source with the same minute",
        ),
        pytest.param(
            page_of(json_ld(datePublished="2026-03-24 09:30", dateModified="2026-03-24T09:30:40+01:00")),
            Found("2026-03-24T09:30+01:00", "json-ld"),
            id="the zone of a change in the same minute",
        ),
        pytest.param(
            page_of(json_ld(datePublished="2026-03-24 09:30") + meta("date", "2026-03-24T08:30:00Z")),
            Found("2026-03-24T09:30", "json-ld"),
            id="no zone of another minute",
        ),
        pytest.param(
            page_of(json_ld(datePublished=1774341000000)), Found("2026-03-24T08:30:00+00:00", "json-ld"), id="a number"
        ),
        pytest.param(
            page_of(
                meta("WT.articleFirstPublished", "2019-02-05 16:07"), article_of(below="<p>24 March 2026, 09:30</p>")
            ),
            Found("2026-03-24T09:30", "text"),
            id="what analytics saw first comes last",
        ),
        pytest.param(
            page_of(meta("WT.articleFirstPublished", "2026-03-24 16:07")),
            Found("2026-03-24T16:07", "meta"),
            id="what analytics saw first, where nothing else speaks",
        ),
        pytest.param(
            page_of('<script>state = {"publishedAt": "2026-03-24T09:30:00Z"}</script>'),
            Found("2026-03-24T09:30:00Z", "markup"),
            id="the page's state",
        ),
        pytest.param(
            page_of('<script>a = {"publishedAt": "2026-03-24"}; b = {"publishedAt": "2026-03-25"}</script>'),
            None,
            id="the state of a list",
        ),
        pytest.param(
            page_of(
                json_ld(datePublished="2026-03-28", dateModified="2026-03-28"),
                article_of(below="<p>Published 24 March 2026</p>"),
            ),
            Found("2026-03-24", "text"),
            id="an earlier day shown, where both stated dates are one",
        ),
        pytest.param(
            page_of(json_ld(datePublished="2026-03-28"), article_of(below="<p>Published 24 March 2026</p>")),
            Found("2026-03-28", "json-ld"),
            id="no other day shown, where one is stated",
        ),
        pytest.param(
            page_of(meta("date", "2026-03-28"), article_of(below="<p>24 March 2026, 09:30</p>")),
            Found("2026-03-24T09:30", "text"),
            id="an earlier day shown, where the stated date may be any",
        ),
        pytest.param(
            page_of(meta("date", "2026-03-24T23:30Z"), article_of(below="<p>23 March 2026</p>")),
            Found("2026-03-24T23:30Z", "meta"),
            id="a day between zones",
        ),
        pytest.param(page_of(url="https://herald.example/2026/03/24/ferry"), Found("2026-03-24", "url"), id="address"),
        pytest.param(
            page_of(url="https://herald.example/20260324-ferry"), Found("2026-03-24", "url"), id="address, run together"
        ),
        pytest.param(page_of(url="https://herald.example/2026/03/ferry"), None, id="a month in the address is no day"),
        pytest.param(page_of(url="https://herald.example/120260324123/ferry"), None, id="an id is no day"),
        pytest.param(page_of(), None, id="none"),
    ],
)
def test_published_is_the_first_date_of_the_best_source(page: Page, found: Found | None) -> None:
    assert found_in(page, "published") == found


@pytest.mark.parametrize(
    ("lang", "below", "found"),
    [
        ("en", "<time datetime='2026-03-24T09:30Z'>today</time>", Found("2026-03-24T09:30Z", "markup")),
        ("en", "<p><time datetime='today'>24 March 2026</time></p>", Found("2026-03-24", "markup")),
        ("en", "<p class='date'>24 March 2026</p>", Found("2026-03-24", "text")),
        (
            "en",
            "<p><span class='date' title='2026-03-24T09:30Z'>2 hours ago</span></p>",
            Found("2026-03-24T09:30Z", "markup"),
        ),
        (
            "en",
            "<p><span class='timestamp' data-timestamp='1774341000'>2 hours ago</span></p>",
            Found("2026-03-24T08:30:00+00:00", "markup"),
        ),
        ("en", "<p><abbr title='2026-03-24T09:30Z'>today</abbr></p>", Found("2026-03-24T09:30Z", "markup")),
        ("en", "<p><time class='updated' datetime='2026-03-24'>today</time></p>", Found("2026-03-24", "markup")),
        ("en", "<p class='date-update'>24 March 2026</p>", Found("2026-03-24", "text")),
        ("en", "<p class='date-update'>Upd: 24 March 2026</p>", None),
        ("en", "<p><data class='date-update' value='2026-03-24'>Updated: Mar 24</data></p>", None),
        ("en", "<p>24 March 2026</p><p>Published</p><p>Ann Lee</p>", Found("2026-03-24", "text")),
        ("en", "<p>24 March 2026</p><p>Comments</p>", Found("2026-03-24", "text")),
        ("en", "<p>24 March 2026 (updated)</p>", None),
        ("ja", "<p>2026年3月24日 17時00分更新</p>", Found("2026-03-24T17:00", "text")),
        ("en", "<p>By Ann Lee | March 24, 2026 | 5 min read</p>", Found("2026-03-24", "text")),
        ("en", "<p>Ann Lee</p><p>Published</p><p>March 24, 2026</p>", Found("2026-03-24", "text")),
        ("en", "<p>Last updated: 26 March 2026. Published: 24 March 2026</p>", Found("2026-03-24", "text")),
        ("en", "<p>Updated 26 March 2026</p><p>24 March 2026</p>", Found("2026-03-24", "text")),
        ("en", "<footer><p>Posted on March 24, 2026</p></footer>", Found("2026-03-24", "text")),
        ("en", "<aside class='post-meta'><time datetime='2026-03-24'>x</time></aside>", Found("2026-03-24", "markup")),
        (
            "en",
            "<time class='updated'>26 March 2026</time><time class='entry-date' datetime='2026-03-24'>x</time>",
            Found("2026-03-24", "markup"),
        ),
        (
            "en",
            "<time class='entry-date published updated' datetime='2026-03-24'>x</time>",
            Found("2026-03-24", "markup"),
        ),
        (
            "de",
            "<div>Veröffentlicht am 24. März 2026, aktualisiert am 26. März 2026</div>",
            Found("2026-03-24", "text"),
        ),
        ("de", "<div>Stand: 26.03.2026</div><div>24.03.2026, 14:05 Uhr</div>", Found("2026-03-24T14:05", "text")),
        (
            "fr",
            "<p>Publié le 24 mars 2026 à 14h05, mis à jour le 26 mars 2026 à 9h30</p>",
            Found("2026-03-24T14:05", "text"),
        ),
        (
            "es",
            "<p>Actualizado: 26 de marzo de 2026</p><p>Publicado: 24 de marzo de 2026</p>",
            Found("2026-03-24", "text"),
        ),
        ("tr", "<p>Giriş: 24.03.2026 09:30 Güncelleme: 26.03.2026</p>", Found("2026-03-24T09:30", "text")),
        ("ru", "<p>24 марта 2026, 18:40 | Автор: Анна Лис | Просмотров: 12</p>", Found("2026-03-24T18:40", "text")),
        ("zh", "<p>2026-03-24 10:26来源：江湾晚报作者：柳知夏</p>", Found("2026-03-24T10:26", "text")),
        ("ja", "<p>2026年3月24日 17時00分（17時42分更新）</p>", Found("2026-03-24T17:00", "text")),
        ("ar", "<p>نشر في 24 مارس 2026</p>", Found("2026-03-24", "text")),
        ("en", "<p>Updated 26 March 2026</p>", None),
        ("en", "<p>Last reviewed: March 26, 2026</p>", None),
        ("en", "<p>The fair starts on 30 March 2026</p>", None),
        ("en", "<p>Deadline: 30 March 2026</p>", None),
        ("en", "<p>© 24 March 2026 Harbour Pictures</p>", None),
        ("en", "<div class='comments'><p>Posted on 25 March 2026</p></div>", None),
        ("en", "<div class='related-posts'><time datetime='2026-03-20'>x</time></div>", None),
        ("en", "<div style='display:none'>24 March 2026</div>", None),
        (
            "en",
            "<p>The old ferry that sank on 24 March 2021 was the pride of the harbour for fifty years, nobody in "
            "the town has forgotten the night.</p>",
            None,
        ),
        ("en", "<p>04/03/2026</p>", None),
    ],
)
def test_published_is_shown_near_the_headline(lang: str, below: str, found: Found | None) -> None:
    prose = PROSE if lang == "en" else "<p>…</p>"  # the language must not be told by English prose
    assert found_in(page_of(body=article_of(below=below, prose=prose), lang=lang), "published") == found


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (article_of(above="<p>24 March 2026</p>"), Found("2026-03-24", "text")),
        (article_of(after="<p>Published on 24 March 2026</p>"), Found("2026-03-24", "text")),
        (
            article_of(after="<div><h4>Published</h4><time datetime='2026-03-24'>24 March 2026</time></div>"),
            Found("2026-03-24", "markup"),
        ),
        (article_of(after="<p>Published 24 March 2026</p><p>Published 25 March 2026</p>"), None),
        (article_of(after=f"<section class='latest-news'>{TEASERS}</section>"), None),
        (
            article_of(prose=PROSE * 12, after="<footer>" + "<p>x</p>" * 9 + "<p>Published 24 March 2026</p></footer>"),
            None,
        ),
        (article_of(after="<p>24 March 2026</p>"), Found("2026-03-24", "text")),
        (article_of(after="<p>24 March 2026</p><p>26 March 2026</p>"), None),
        (
            article_of(
                after="<ul><li>26 March 2026 | Latest version</li><li>24 March 2026 | First published</li></ul>"
            ),
            Found("2026-03-24", "text"),
        ),
        (article_of(after="<p><b>Datum</b> 24.03.2026</p><p>25.03.2026</p>"), Found("2026-03-24", "text")),
        (
            article_of(
                after="<p>Posted by Ann Lee at <abbr class='published' title='2026-03-24T09:30Z'>9:30 AM</abbr></p>"
            ),
            Found("2026-03-24T09:30Z", "markup"),
        ),
        (
            article_of(after="<p>Views: 12<br>Erschienen am: 24.03.2026<br>Letzte Änderung: 26.03.2026</p>"),
            Found("2026-03-24", "text"),
        ),
        (article_of(after="<p>The fair: 24 March 2026, 10:00 to 16:00</p>"), None),
        (article_of(after="<blockquote><p>Tom Moss, 24 March 2026</p></blockquote>"), None),
        (
            article_of(
                above="<div><p>— Tom Moss on Sunday, 8 March 2026</p></div>",
                below="<p>Ann Lee, 24 March 2026, 09:30</p>",
            ),
            Found("2026-03-24T09:30", "text"),
        ),
        (
            "<main><h1><span class='date'>24 March 2026</span>Ferry returns to the old harbour</h1>"
            + PROSE
            + "</main>",
            Found("2026-03-24", "text"),
        ),
        (
            "<main><h1><time datetime='2026-03-24'>Today</time>Ferry returns</h1>" + PROSE + "</main>",
            Found("2026-03-24", "markup"),
        ),
        (
            "<main><h1>Ferry returns to the old harbour<br>24.03.2026 • News</h1>" + PROSE + "</main>",
            Found("2026-03-24", "text"),
        ),
        ("<main><h1>Ferry lost on 24 March 2026 found</h1>" + PROSE + "</main>", None),
        (article_of(prose=f"<p>24 March 2026 – {SENTENCE * 4}</p>"), Found("2026-03-24", "text")),
        (article_of(prose=f"<p>OLDPORT, March 24, 2026 (HNA) - {SENTENCE * 4}</p>"), Found("2026-03-24", "text")),
        (article_of(prose=f"<p>On 24 March 2026 – {SENTENCE * 4}</p>"), None),
        (article_of(prose=f"<p>Pressemitteilung vom 24.03.2026 | {SENTENCE * 4}</p>"), Found("2026-03-24", "text")),
        (article_of(above="<div class='teaser-meta'>24 March 2026</div>"), Found("2026-03-24", "text")),
        (article_of(above="<div class='breadcrumbs'>Posted on 24 March 2026</div>"), Found("2026-03-24", "text")),
        ("<header class='top'><div class='today'>Tuesday, 31 March 2026</div></header>" + article_of(), None),
        (article_of(after="<p>© 2026 The Herald. All rights reserved.</p>"), None),
        (PROSE, None),
    ],
)
def test_a_date_elsewhere_counts_only_by_its_name(body: str, found: Found | None) -> None:
    assert found_in(page_of(body=body), "published") == found


@pytest.mark.parametrize(
    ("page", "found"),
    [
        (
            page_of(meta("og:updated_time", "2026-03-26") + json_ld(dateModified="2026-03-25")),
            Found("2026-03-25", "json-ld"),
        ),
        (page_of(meta("og:updated_time", "2026-03-26T01:02Z")), Found("2026-03-26T01:02Z", "meta")),
        (page_of(body=article_of(below="<p>Updated 26 March 2026</p>")), Found("2026-03-26", "text")),
        (page_of(body=article_of(below="<p>Letzte Änderung: 26.03.2026</p>"), lang="de"), Found("2026-03-26", "text")),
        (page_of(body=article_of(after="<p>Page last modified 26 March 2026</p>")), Found("2026-03-26", "text")),
        (page_of(meta("article:published_time", "2026-03-24") + json_ld(datePublished="2026-03-24")), None),
        (page_of(body=article_of(below="<p>24 March 2026</p>")), None),
    ],
)
def test_modified_is_never_filled_from_published(page: Page, found: Found | None) -> None:
    assert found_in(page, "modified") == found


def test_comments_are_not_the_page() -> None:
    comment = (
        "<ol><li itemscope itemtype='https://schema.org/Comment'><time itemprop='datePublished' datetime='2026-03-25'>"
        "25 March</time><p itemprop='text'>Lovely.</p></li></ol>"
    )
    assert found_in(page_of(body=article_of(after=comment.replace("<ol>", "<ol id='comments'>"))), "published") is None


def test_the_only_date_is_not_both_published_and_modified() -> None:
    page = page_of(body=article_of(below="<p><time class='updated' datetime='2026-03-24'>today</time></p>"))
    assert found_in(page, "modified") is None


def test_dates_that_can_not_be_are_refused_with_a_warning() -> None:
    head = (
        json_ld(datePublished="1970-01-01T00:00:00Z")
        + meta("article:published_time", "2026-05-01")
        + meta("date", "2026-03-24")
    )
    fields = fields_of(page_of(head))
    assert fields.found["published"] == Found("2026-03-24", "meta")
    assert fields.warnings == (
        "published 1970-01-01T00:00:00Z of json-ld refused: before 1990",
        "published 2026-05-01 of meta refused: in the future",
    )


@pytest.mark.parametrize(
    ("other", "warned"), [("2026-03-24T23:30:00Z", False), ("2026-03-25T00:30:00+01:00", False), ("2026-03-20", True)]
)
def test_publication_days_that_differ_are_told(other: str, warned: bool) -> None:
    fields = fields_of(page_of(json_ld(datePublished="2026-03-24T22:00:00Z") + meta("article:published_time", other)))
    assert any("published differs" in warning for warning in fields.warnings) is warned


@pytest.mark.parametrize(
    ("published", "modified", "warned"),
    [
        ("2026-03-24", "2026-03-20", True),
        ("2026-03-24", "2026-03-23", False),
        ("2026-03-24T09:30+01:00", "2026-03-24T07:15Z", True),
        ("2026-03-24T09:30+01:00", "2026-03-24T08:30:40Z", False),
        ("2026-03-24T09:30:40", "2026-03-24T09:30:10", False),
        ("2026-03-24T09:30", "2026-03-24T07:15Z", False),
        ("2026-03-24T09:30", "2026-03-24", False),
        ("2026-03-24T09:30", "2026-03-24T09:10", True),
    ],
)
def test_a_change_before_the_publication_is_told(published: str, modified: str, warned: bool) -> None:
    fields = fields_of(page_of(json_ld(datePublished=published, dateModified=modified)))
    assert fields.warnings == ((f"modified {modified} lies before published {published}",) if warned else ())
