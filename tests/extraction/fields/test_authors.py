"""Who wrote it: by source, by the byline's place and markup."""

import pytest

from newsspider.extraction.sources import Found
from newsspider.page import Page
from newsspider.raw_page import EntryHint
from tests.extraction.fields.pages import PROSE, article_of, found_in, json_ld, meta, page_of


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("Ann Lee", ("Ann Lee",)),
        ("By Ann Lee", ("Ann Lee",)),
        ("Ann Lee, Jr.", ("Ann Lee, Jr.",)),
        ("Ann Lee and Bob Ray", ("Ann Lee", "Bob Ray")),
        ({"@type": "Person", "name": "Ann Lee"}, ("Ann Lee",)),
        ({"@type": "Person", "givenName": "Ann", "familyName": "Lee"}, ("Ann Lee",)),
        ({"@type": "Person", "name": ["Ann Lee", "Bo Ek"]}, ("Ann Lee", "Bo Ek")),
        ({"@type": "Organization", "name": "Ray and Lee"}, ("Ray and Lee",)),
        ([{"name": "Ann Lee"}, {"name": "Bo Ek"}, {"name": "Ann Lee"}], ("Ann Lee", "Bo Ek")),
        (["Ann Lee", {"name": "Bo Ek"}], ("Ann Lee", "Bo Ek")),
        ([{"name": "Ann O&#39;Dea"}], ("Ann O'Dea",)),
        ([{"name": "https://herald.example/ann"}, {"name": "Ann Lee"}], ("Ann Lee",)),
        ([{"name": "desk@herald.example"}, {"name": "Ann Lee"}, {"name": ""}, None, 5], ("Ann Lee",)),
        ({"@type": "Person", "name": "dpa"}, ("dpa",)),
        ({"@type": "Person", "name": "herald online"}, ("herald online",)),
    ],
)
def test_json_ld_authors_are_named_as_printed(author: object, names: tuple[str, ...]) -> None:
    assert found_in(page_of(json_ld(author=author)), "authors") == Found(names, "json-ld")


@pytest.mark.parametrize(
    ("page", "found"),
    [
        (page_of(json_ld(author="Ann Lee") + meta("author", "Bo Ek")), Found(("Ann Lee",), "json-ld")),
        (page_of(meta("author", "Ann Lee") + meta("author", "Bo Ek")), Found(("Ann Lee", "Bo Ek"), "meta")),
        (page_of(meta("article:author", "https://social.example/ann")), None),
        (page_of(meta("byl", "By Ann Lee")), Found(("Ann Lee",), "meta")),
        (page_of(meta("twitter:label1", "Written by") + meta("twitter:data1", "Ann Lee")), Found(("Ann Lee",), "meta")),
        (page_of(meta("twitter:label1", "Reading time") + meta("twitter:data1", "Five minutes")), None),
        (page_of(entry=EntryHint(origin="feed", authors=("Ann Lee",))), Found(("Ann Lee",), "feed")),
        (page_of(meta("author", "admin"), article_of(below="<p>By Ann Lee</p>")), Found(("Ann Lee",), "text")),
        (page_of(), None),
    ],
)
def test_stated_authors_by_source(page: Page, found: Found | None) -> None:
    assert found_in(page, "authors") == found


def test_microdata_names_the_articles_author_and_not_the_commenters() -> None:
    comment = "<div itemscope itemtype='https://schema.org/Comment'><span itemprop='author'>Tom Troll</span></div>"
    body = (
        "<div itemscope itemtype='https://schema.org/NewsArticle'><h1 itemprop='headline'>Ferry is back again</h1>"
        "<span itemprop='author' itemscope itemtype='https://schema.org/Person'><b itemprop='name'>Ann Lee</b>, editor"
        f"</span>{PROSE}</div>{comment}"
    )
    assert found_in(page_of(body=body), "authors") == Found(("Ann Lee",), "markup")


@pytest.mark.parametrize(
    ("below", "names"),
    [
        ("<p>By Ann Lee</p>", ("Ann Lee",)),
        ("<p>By Ann Lee and Bob Ray | March 24, 2026</p>", ("Ann Lee", "Bob Ray")),
        ("<p>Written by:Ann Lee</p>", ("Ann Lee",)),
        ("<p>March 24, 2026 by Ann Lee</p>", ("Ann Lee",)),
        ("<p>By</p><p>Ann Lee</p>", ("Ann Lee",)),
        ("<p>Ann Lee | Senior Writer | March 24, 2026</p>", ("Ann Lee",)),
        ("<p>Von Anna Lee</p>", ("Anna Lee",)),
        ("<p>Par Anne Lys et Yvon Roy</p>", ("Anne Lys", "Yvon Roy")),
        ("<p>24 мая 2026 | Автор: Глафира Незванова | Просмотров: 22</p>", ("Глафира Незванова",)),
        ("<p class='byline'>Ann Lee</p>", ("Ann Lee",)),
        ("<div class='ArticleByline'>Ann Lee</div>", ("Ann Lee",)),
        ("<div class='author-name'>Ann Lee</div><div class='author-title'>Harbour Editor</div>", ("Ann Lee",)),
        ("<div class='author'><p>Ann Lee</p><p>Harbour editor</p></div>", ("Ann Lee",)),
        ("<span class='author'><b>Ann Lee</b><i>Founder of Quays</i></span>", ("Ann Lee",)),
        ("<ul><li class='author'>Ann Lee</li><li class='author'>Bob Ray</li></ul>", ("Ann Lee", "Bob Ray")),
        ("<p><a rel='author' href='/ann'>Ann Lee</a></p>", ("Ann Lee",)),
        ("<p>In <a href='/news'>Harbour News</a>, <a href='/authors/ann'>Ann Lee</a></p>", ("Ann Lee",)),
        (
            "<div class='byline'><a href='/author/ann'>Ann Lee</a> in <a href='/sport'>Sea Sports</a></div>",
            ("Ann Lee",),
        ),
        ("<p class='author'>Ann Lee in Travel</p>", ("Ann Lee",)),
    ],
)
def test_byline_is_found_near_the_headline(below: str, names: tuple[str, ...]) -> None:
    assert found_in(page_of(body=article_of(below=below)), "authors") == Found(names, "text")


@pytest.mark.parametrize(
    "body",
    [
        article_of(below="<div class='related-posts'><p class='byline'>By Other Person</p></div>"),
        article_of(after="<div class='comments'><p class='author'>Tom Troll</p></div>"),
        article_of(below="<p class='author-bio'>Ann Lee</p>"),
        article_of(after="<div class='card'><p class='author'>Al Poe</p></div><div><p class='author'>Cy Fox</p></div>"),
        article_of(below="<p>By the old harbour the ferry waits for its passengers, who come in hundreds.</p>"),
        article_of(below="<p>Harbour News</p><p>Subscribe now</p>"),
        article_of(below="<p class='byline'>5 min read</p>"),
        article_of(below="<p class='author' style='display: none'>Ann Lee</p>"),
        PROSE,
    ],
)
def test_other_peoples_names_are_no_byline(body: str) -> None:
    assert found_in(page_of(body=body), "authors") is None


@pytest.mark.parametrize(
    ("after", "names"),
    [
        ("<p>Written by Ann Lee</p>", ("Ann Lee",)),
        ("<div class='author-name'>Ann Lee</div>", ("Ann Lee",)),
        ("<p>Written by Ann Lee</p><p>Written by Bob Ray</p>", None),
    ],
)
def test_the_only_author_named_elsewhere_counts(after: str, names: tuple[str, ...] | None) -> None:
    assert found_in(page_of(body=article_of(after=after)), "authors") == (Found(names, "text") if names else None)


@pytest.mark.parametrize(
    ("below", "found"),
    [
        ("<p>By Ann Lee</p>", Found(("Ann Lee",), "text")),
        ("<p class='author'>Agencies</p>", Found(("The Herald",), "json-ld")),
        ("<p>Harbour news</p>", Found(("The Herald",), "json-ld")),
    ],
)
def test_a_byline_says_more_than_the_publication_as_author(below: str, found: Found) -> None:
    head = json_ld(author={"@type": "Organization", "name": "The Herald"}, publisher={"name": "The Herald"})
    assert found_in(page_of(head, article_of(below=below)), "authors") == found


@pytest.mark.parametrize(
    ("page", "urls"),
    [
        (page_of(json_ld(author={"name": "Ann Lee", "url": "/ann"})), None),
        (
            page_of(json_ld(author={"name": "Ann Lee", "url": "https://herald.example/ann"})),
            ("https://herald.example/ann",),
        ),
        (page_of(body=article_of(below="<a rel='author' href='/ann'>Ann Lee</a>")), ("https://herald.example/ann",)),
        (page_of(json_ld(author="Ann Lee")), None),
    ],
)
def test_author_urls_are_absolute(page: Page, urls: tuple[str, ...] | None) -> None:
    found = found_in(page, "author_urls")
    assert (found.value if found else None) == urls
