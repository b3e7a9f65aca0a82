"""What a site's own pages teach of its links."""

from collections.abc import Sequence

import pytest

from newsspider.discovery.learned_links import ENOUGH_PAGES, MAX_SHAPES, LearnedLinks
from newsspider.discovery.links import Link, iter_links, link_to
from newsspider.kinds import Kind
from newsspider.pages.page import parse_page

SITE = "https://herald.example"


def learned_from(paths: Sequence[str], kind: Kind) -> LearnedLinks:
    """Return what one learns of pages that were all of one kind."""
    learned = LearnedLinks()
    for path in paths:
        learned.learn(f"{SITE}{path}", kind)
    return learned


def role_of(learned_links: LearnedLinks, html: str) -> str | None:
    """Return the role of the one link on a page, None where it is not followed."""
    links = list(iter_links(parse_page(f"<body>{html}</body>".encode(), f"{SITE}/")))
    return next((link.role for link in learned_links.judge(links)), None)


def link(path: str, text: str = "Gold") -> str:
    return f'<main><a href="{path}">{text}</a></main>'


@pytest.mark.parametrize(
    ("paths", "path"),
    [
        (["/markets/oil", "/markets/tin", "/markets/zinc"], "/markets/gold"),
        (["/a/b1", "/a/b22", "/a/b333"], "/a/b4"),
        (["/view?id=1", "/view?id=2", "/view?id=3"], "/view?id=4"),
        (["/metals/base/eu/tin", "/metals/base/eu/zinc", "/metals/base/eu/iron"], "/metals/base/eu/lead"),  # deep
        (["/autoren/ada/a-b-c-d", "/autoren/eve/a-b-c-e", "/autoren/ida/a-b-c-f"], "/autoren/ulf/the-old-ferry-sails"),
    ],
)
def test_address_like_those_of_articles_is_an_article(paths: list[str], path: str) -> None:
    text = "Gold" if "autoren" not in path else "Gold is on the rise again"
    assert role_of(LearnedLinks(), link(path, text)) != "article"
    assert role_of(learned_from(paths, "article"), link(path, text)) == "article"


@pytest.mark.parametrize("kind", ["index", "gallery"])
def test_slug_like_those_of_lists_is_a_section(kind: Kind) -> None:
    paths = ["/ukraine-russia-war-latest-news-today", "/us-election-live-news-today", "/storm-and-flood-news-today"]
    path = "/middle-east-war-latest-news"
    assert role_of(LearnedLinks(), link(path)) == "article"
    assert role_of(learned_from(paths, kind), link(path)) == "section"


def test_day_and_headline_outweigh_the_shape() -> None:
    learned = learned_from([f"/2026/03/{n}/old-ferry-sails-again" for n in range(10, 19)], "index")
    assert role_of(learned, link("/2026/03/20/new-tram-line-opens-today", "New tram line opens today")) == "article"


def test_too_few_pages_teach_nothing_and_neither_do_mixed_ones() -> None:
    few = [f"/markets/{name}" for name in ("oil", "tin", "zinc")][: ENOUGH_PAGES - 1]
    assert role_of(learned_from(few, "article"), link("/markets/gold")) == "section"
    mixed = learned_from(few, "article")
    for name in ("bonds", "shares"):
        mixed.learn(f"{SITE}/markets/{name}", "index")
    assert role_of(mixed, link("/markets/gold")) == "section"


@pytest.mark.parametrize("kind", ["failed", "truncated", "consent", "bot_wall", "soft_404", "empty"])
def test_page_that_was_not_read_teaches_nothing(kind: Kind) -> None:
    paths = [f"/politics/old-ferry-sails-again-{n}" for n in range(1000, 1020)]
    assert role_of(learned_from(paths, kind), link("/politics/new-tram-line-opens-2077")) == "article"


def test_section_that_has_taught_nothing_learns_from_the_others() -> None:
    paths = [f"/{name}/b{n}" for name in ("sport", "culture") for n in range(3)]
    assert role_of(learned_from(paths[:5], "article"), link("/harbour/b9")) == "section"
    assert role_of(learned_from(paths, "article"), link("/harbour/b9")) == "article"


def test_what_an_earlier_run_learnt_counts_on() -> None:
    learned = LearnedLinks()
    learned.recall("herald.example", [("herald.example/markets/w", 2, 2)])
    assert role_of(learned, link("/markets/gold")) == "section"
    learned.learn(f"{SITE}/markets/tin", "article")
    assert role_of(learned, link("/markets/gold")) == "article"


def test_shapes_of_another_site_say_nothing() -> None:
    learned = LearnedLinks()
    learned.recall("other.example", [("herald.example/markets/w", 9, 9)])
    assert role_of(learned, link("/markets/gold")) == "section"


def test_service_page_is_left_whatever_was_learnt() -> None:
    learned = learned_from([f"/login/b{n}" for n in range(9)], "article")
    assert role_of(learned, link("/login/b10", "Everything that members read")) is None


def test_address_that_a_sitemap_names_is_judged_alike() -> None:
    learned = learned_from(["/markets/oil", "/markets/tin", "/markets/zinc"], "article")
    named = link_to(f"{SITE}/markets/gold")
    assert isinstance(named, Link)
    assert [judged.role for judged in learned.judge([named])] == ["article"]


def test_memory_is_bounded_by_shapes() -> None:
    learned = LearnedLinks()
    names = ("".join(chr(97 + number // 26**place % 26) for place in range(4)) for number in range(2_000))
    for name in names:
        learned.learn(f"{SITE}/{name}/profile", "index")
    (tallies,) = learned._sites.values()
    assert len(tallies) == MAX_SHAPES
