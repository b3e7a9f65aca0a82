"""Ids that are slugs of headings say nothing of a block's role."""

import lxml.html
import pytest

from newsspider.extraction.cutting.cutter import cut_page
from newsspider.extraction.evidence.section_ids import keys_without_slugs
from newsspider.extraction.evidence.wording import Wording

TEXT = "The ferry sailed from the old harbour on Monday morning, for the first time in nine years, with forty on board."


def ids_left(html: str) -> list[str]:
    """Return the naming attributes that are left with an id in them, in document order."""
    cut = cut_page(lxml.html.document_fromstring(html, parser=lxml.html.HTMLParser(huge_tree=True)))
    return [key for key in keys_without_slugs(cut, Wording.of(cut.blocks).prose) if "id=" in key]


def section(slug: str, heading: str, text: str = TEXT) -> str:
    return f'<section class="part" id="{slug}"><h2>{heading}</h2><p>{text}</p></section>'


@pytest.mark.parametrize(
    ("slug", "heading"),
    [
        ("comments-by-the-mayor", "What the mayor says"),
        ("social_cost_of_the_line", "Who bears the social cost?"),
        ("related-to-the-flood", "Related to the flood"),
        ("werbung-im-alten-hafen", "Werbung im alten Hafen"),
    ],
)
def test_phrase_with_words_of_its_heading_is_a_slug(slug: str, heading: str) -> None:
    assert ids_left(f"<p>{TEXT}</p>{section(slug, heading)}") == []


def test_sections_with_most_of_the_prose_are_chapters() -> None:
    chapters = section("comments", "The mayor comments") + section("tides", "Water") + section("sponsors", "Who pays")
    assert ids_left(f"<p>{TEXT}</p>{chapters}") == ["part id=tides"]


@pytest.mark.parametrize(
    "html",
    [
        pytest.param(section("comments", "Comments"), id="a place for comments"),
        pytest.param(section("comments", "What you say"), id="one section alone"),
        pytest.param(
            section("comments", "Our readers say") + section("related", "Other boats") * 2, id="below an article"
        ),
        pytest.param(section("related-news-list", "Other boats"), id="a name of several words"),
        pytest.param(f"<div id=comments><p>{TEXT}</p></div>", id="without a heading"),
        pytest.param(
            "<section id=share-of-the-cost><h2>Share of the cost</h2><p>Low</p></section>", id="without prose"
        ),
    ],
)
def test_name_of_a_part_of_the_page_stays(html: str) -> None:
    article = f"<p>{TEXT}</p>" * 4
    assert ids_left(article + html)
