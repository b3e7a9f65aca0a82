"""Who wrote it: by source, by the byline's place and markup."""

import json

import pytest

from newsspider.extraction.declared.metadata import Found
from newsspider.pages.page import Page
from newsspider.pages.raw_page import EntryHint
from tests.extraction.fields.pages import HEADLINE, PROSE, article_of, found_in, json_ld, meta, page_of


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
        (page_of(meta("author", "Wrenmouth Media Ltd.")), None),
        (page_of(meta("author", "AWH Herold Sp. z o.o.")), None),
        (
            page_of(meta("author", "Quay & Sons Ltd, 2 Quay Street"), article_of(below="<p>By Ann Lee</p>")),
            Found(("Ann Lee",), "text"),
        ),
        (
            page_of(meta("author", "Copyright Herald GmbH & Co. KG") + meta("byl", "By Ann Lee")),
            Found(("Ann Lee",), "meta"),
        ),
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
        ("<p>Eingestellt von Anna Lee um 10:02</p>", ("Anna Lee",)),
        ("<p>Postado por Ana Luz às 10:02</p>", ("Ana Luz",)),
        ("<p>Par Anne Lys et Yvon Roy</p>", ("Anne Lys", "Yvon Roy")),
        ("<p>24 мая 2026 | Автор: Глафира Незванова | Просмотров: 22</p>", ("Глафира Незванова",)),
        ("<p class='byline'>Ann Lee</p>", ("Ann Lee",)),
        ("<div class='ArticleByline'>Ann Lee</div>", ("Ann Lee",)),
        ("<div class='author-name'>Ann Lee</div><div class='author-title'>Harbour Editor</div>", ("Ann Lee",)),
        (
            "<div><span class='author-box'>By <b>Ann Lee</b>, harbour expert</span> &amp; "
            "<span class='author-box expert'><b>Bo Ek</b>, ferry expert</span></div>",
            ("Ann Lee", "Bo Ek"),
        ),
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


@pytest.mark.parametrize(
    ("head", "below", "names"),
    [
        pytest.param(json_ld(author="Bo Ek"), "<p>By Ann Lee and Bo Ek</p>", ("Ann Lee", "Bo Ek"), id="one of two"),
        pytest.param(json_ld(author="alee"), "<p>24 March 2026 by Ann Lee</p>", ("Ann Lee",), id="account"),
        pytest.param(meta("author", "Ann"), "<p>By Ann Lee</p>", ("Ann Lee",), id="first name"),
        pytest.param(meta("author", "Cy Fox"), "<p>By Ann Lee</p>", ("Ann Lee",), id="seen by no reader"),
        pytest.param(
            json_ld(author={"@type": "Organization", "name": "Herald News"}, publisher={"name": "Herald"}),
            "<span class='author'>Von Ann Lee, Lille</span>",
            ("Ann Lee",),
            id="publication with a word behind",
        ),
        pytest.param(
            json_ld(author={"@type": "Organization", "name": "The Herald"}, publisher={"name": "The Herald"}),
            "<ul><li>AFP, SALTBY</li></ul>",
            ("AFP",),
            id="wire service",
        ),
        pytest.param(
            json_ld(author="Bob Ray") + meta("author", "Ann Lee, Bob Ray"), "", ("Ann Lee", "Bob Ray"), id="fuller meta"
        ),
        pytest.param(
            json_ld(author="Ann Lee"), "<p>By Ann Lee</p><p>Reviewed by Bo Ek</p>", ("Ann Lee",), id="a reviewer"
        ),
        pytest.param(json_ld(author="Ann Marie Lee"), "<p>By Ann Lee</p>", ("Ann Marie Lee",), id="the same person"),
        pytest.param(meta("author", "Event Coordinator"), "<p>By Ann Lee</p>", ("Ann Lee",), id="a role"),
    ],
)
def test_a_byline_goes_first_where_it_says_more(head: str, below: str, names: tuple[str, ...]) -> None:
    found = found_in(page_of(head, article_of(below=below)), "authors")
    assert found
    assert found.value == names


@pytest.mark.parametrize(
    ("below", "names"),
    [
        ("<p>Ann Lee</p><p>2026-03-24 · 5 min read</p>", ("Ann Lee",)),
        ("<p>Ann Lee, 24.03.2026</p>", ("Ann Lee",)),
        ("<p>24.03.2026 | 13:10 Uhr | Ann Lee</p>", ("Ann Lee",)),
        ("<p>Ann Lee</p><p>Tech Writer</p>", ("Ann Lee",)),
        ("<p>Harbour News</p><p>24 March 2026</p>", None),
        ("<p>Old Harbour</p><p>24 March 2026</p>", None),
        ("<p><a href='/harbour-life'>Quay Life</a></p><p>24 March 2026</p>", None),
        ("<p>Table of Contents</p><p>5 min read</p>", None),
        ("<p>Eine Kolumne von Ann Lee</p>", ("Ann Lee",)),
        ("<p>Text &amp; Fotos: Ann Lee</p>", ("Ann Lee",)),
        ("<p>Posted in Harbours by annlee on March 3, 2026</p>", ("annlee",)),
        ("<p>By Ann Lee, in News, Harbours, Ferries and all the other things</p>", ("Ann Lee",)),
        ("<p>The move was at their invitation by the Harbour Police.</p>", None),
        ("<p>The storm, hour by hour</p>", None),
        ("<figure><p>Foto: <b>Ann Lee / XY</b></p></figure>", None),
        ("<figure><figcaption>Foto:</figcaption><figcaption>Ann Lee</figcaption></figure>", None),
        ("<div class='author'><i class='author__brand'>herald</i><p>Ann Lee</p></div>", ("Ann Lee",)),
        ("<div class='author'><b>Senior Reporter</b><p>Ann Lee</p></div>", ("Ann Lee",)),
        ("<p class='byline'>By Ann Lee <a href='https://x.example/a'>@annlee</a> and dpa</p>", ("Ann Lee", "dpa")),
        (
            "<div class='byline'><p>Peer reviewed by <a href='/authors/bo'>Bo Ek</a></p>"
            "<p>Authored by <a href='/authors/ann'>Ann Lee</a></p></div>",
            ("Ann Lee",),
        ),
        (
            "<div class='author'>Written by <a href='/author/ann'>Ann Lee</a></div>"
            "<div class='author'>Edited by <a href='/author/bo'>Bo Ek</a></div>",
            ("Ann Lee",),
        ),
        ("<h6>Article Authors</h6><div><a href='/people/ann-lee'>Ann Lee</a></div>", ("Ann Lee",)),
    ],
)  # fmt: skip
def test_lines_near_the_headline_name_authors_or_others(below: str, names: tuple[str, ...] | None) -> None:
    found = found_in(page_of(body=article_of(below=below)), "authors")
    assert (found.value if found else None) == names


@pytest.mark.parametrize(
    ("end", "names"),
    [
        ("<p style='text-align:right'><strong>Ann Lee</strong></p>", ("Ann Lee",)),
        ("<p><em>By Ann Lee</em></p>", ("Ann Lee",)),
        ("<ul><li><strong>Autorin/Autor</strong> Ann Lee</li></ul>", ("Ann Lee",)),
        ("<p>Ann Lee</p>", None),
        ("<p><strong>Read More</strong></p>", None),
    ],
)
def test_signature_below_the_text(end: str, names: tuple[str, ...] | None) -> None:
    found = found_in(page_of(body=article_of(prose=PROSE + end)), "authors")
    assert (found.value if found else None) == names


@pytest.mark.parametrize(
    ("head", "below", "urls"),
    [
        (
            json_ld(author=[{"name": "Ann Lee"}, {"name": "Bo Ek", "url": "https://herald.example/bo"}]),
            "",
            (None, "https://herald.example/bo"),
        ),
        (
            json_ld(author={"name": "Ann Lee and Bo Ek", "url": "https://herald.example/both"}),
            "",
            None,
        ),
        ("", "<p class='byline'><a href='/author/ann'>Ann Lee</a> <a href='/author/bo'>Bo Ek</a></p>", (
            "https://herald.example/author/ann",
            "https://herald.example/author/bo",
        )),
    ],
)  # fmt: skip
def test_each_author_has_its_own_address(head: str, below: str, urls: tuple[str | None, ...] | None) -> None:
    found = found_in(page_of(head, article_of(below=below)), "author_urls")
    assert (found.value if found else None) == urls


def test_claim_that_is_checked_has_another_author() -> None:
    claim = {"@type": "CreativeWork", "author": {"name": "The Ministry"}}
    check = {"@type": "ClaimReview", "author": {"@type": "Organization", "name": "The Herald"}, "itemReviewed": claim}
    head = f'<script type="application/ld+json">{json.dumps(check)}</script>'
    assert found_in(page_of(head), "authors") == Found(("The Herald",), "json-ld")


def test_microdata_of_comments_alone_names_nobody() -> None:
    comment = "<ol><li itemscope itemtype='https://schema.org/Comment'><b itemprop='author'>Tom Troll</b></li></ol>"
    assert found_in(page_of(body=article_of(below="<p>by Ann Lee</p>") + comment), "authors") == Found(
        ("Ann Lee",), "text"
    )


def test_state_of_a_page_without_text_names_its_author() -> None:
    article = {"headline": HEADLINE, "author": {"name": "Ann Lee"}, "teaser": "x" * 400}
    others = [{"headline": "Another ferry", "author": {"name": "Bob Ray"}}]
    state = json.dumps({"props": {"others": others, "article": article}})
    script = f'<script id="__NEXT_DATA__" type="application/json">{state}</script>'
    page = page_of(f"<title>{HEADLINE}</title>", f'<div id="__next"></div>{script}')
    assert found_in(page, "authors") == Found(("Ann Lee",), "json-ld")


@pytest.mark.parametrize(
    ("head", "body", "names"),
    [
        (meta("author", "Ann Lee"), article_of(below="<p class='byline'>By Herald Staff</p>"), ("Ann Lee",)),
        (meta("author", "No Author"), article_of(), None),
        (meta("author", "Super User"), article_of(), None),
        (meta("articleAuthor", "Ann Lee"), article_of(), ("Ann Lee",)),
        (meta("dc.creator", "Lee, Ann") + meta("dc.creator", "Ek, Bodil"), article_of(), ("Ann Lee", "Bodil Ek")),
        (meta("author", "Ships & Tides") + meta("og:site_name", "Ships & Tides"), article_of(), ("Ships & Tides",)),
        ("", article_of(after="<aside class='side-bar'><p>Written by Ann Lee</p></aside>"), ("Ann Lee",)),
        ("", article_of(after="<h4>Author</h4><p>Ann Lee</p>"), ("Ann Lee",)),
        ("", article_of(after="<h4>Category</h4><p>Ann Lee</p>"), None),
        ("", article_of(below="<div class='byline'><a>Ann Lee</a> <a>Bo Ek</a></div>"), ("Ann Lee", "Bo Ek")),
        (
            "",
            article_of(below="<h4 class='vcard author'>from the <b class='fn'>Tidewatcher</b></h4>"),
            ("Tidewatcher",),
        ),
        ("", article_of(below="<p><a href='/users/?u=7'>TideBo</a> 18.10.2025, 15:07</p>"), ("TideBo",)),
        ("", article_of(below="<p><a href='/topics/7'>TideBo</a> 18.10.2025, 15:07</p>"), None),
        ("", article_of(below="<p class='author'>by Tide_Watcher</p>"), ("Tide_Watcher",)),
        ("", article_of(below="<p class='byline'>By Ann Lee, abc</p>"), ("Ann Lee",)),
    ],
)
def test_authors_in_shapes_of_templates(head: str, body: str, names: tuple[str, ...] | None) -> None:
    found = found_in(page_of(head, body), "authors")
    assert (found.value if found else None) == names


def test_byline_parts_the_author_from_commenters_that_microdata_name_alike() -> None:
    names = "".join(f"<span itemprop='author'>{name}</span>" for name in ("Ann Lee", "Tom Troll"))
    body = article_of(below="<p class='byline'>By Ann Lee</p>", after=names)
    assert found_in(page_of(body=body), "authors") == Found(("Ann Lee",), "text")


def test_byline_has_the_address_of_a_declared_author() -> None:
    body = article_of(below="<p class='byline'>By <a href='/author/ann' rel='author'>Ann Lee</a></p>")
    assert found_in(page_of(meta("author", "Ann Lee"), body), "author_urls") == Found(
        ("https://herald.example/author/ann",), "text"
    )


def test_author_of_a_forums_thread_is_declared() -> None:
    head = json_ld(**{"@type": "DiscussionForumPosting", "author": {"@type": "Person", "name": "TideBo"}})
    assert found_in(page_of(head), "authors") == Found(("TideBo",), "json-ld")
