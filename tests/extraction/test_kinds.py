"""What kind of page it is: an article unless there is evidence for another."""

import json

import pytest

from newsspider.extraction.cutting import cut_page
from newsspider.extraction.kinds import judge_kind
from newsspider.extraction.sources import read_sources
from newsspider.extraction.stripping import Stripped
from newsspider.extraction.verdicts import Verdict
from newsspider.page import parse_page
from newsspider.record import Kind

TEASERS = [f"Council votes on plan number {number} tonight" for number in range(8)]
LINKS = "".join(f'<p><a href="/{number}">{teaser}</a></p>' for number, teaser in enumerate(TEASERS))
PROSE = ("The ferry sails again from the old harbour, said the harbour master on Monday. " * 4).strip()
LIST = "\n\n".join(TEASERS)


def as_script(*nodes: dict[str, object]) -> str:
    return f'<script type="application/ld+json">{json.dumps(nodes)}</script>'


def kind_of(html: str, body: str | None) -> tuple[Kind, str | None]:
    """Judge a page of this HTML whose kept blocks are the body's, which follow it where they are not in it."""
    kept = (body or "").split("\n\n") if body else []
    more = "".join(f"<p>{text}</p>" for text in kept if text not in html)
    page = parse_page(f"<html><body>{html}{more}</body></html>".encode(), "https://herald.example/a")
    verdicts = tuple(Verdict(block, block.text in kept, 0.5, "") for block in cut_page(page.tree).blocks)
    return judge_kind(read_sources(page), Stripped(verdicts, None, body, None, "model", None, ()))


@pytest.mark.parametrize(
    ("html", "body", "kind"),
    [
        pytest.param("<p>x", PROSE, "article", id="prose"),
        pytest.param("<p>x", "Short news.", "article", id="short news"),
        pytest.param("<p>x", None, "empty", id="no text"),
        pytest.param("<p>x", "", "empty", id="empty text"),
        pytest.param(LINKS, LIST, "index", id="list of headlines"),
        pytest.param(LINKS, PROSE, "article", id="prose beside headlines that are dropped"),
        pytest.param(LINKS, "\n\n".join([LIST, *(f"Line {n}." for n in range(40))]), "article", id="few headlines"),
        pytest.param(LINKS * 3, None, "empty", id="headlines without a body"),
        pytest.param(LINKS[: LINKS.index('href="/3"')], TEASERS[0], "article", id="three headlines"),
        pytest.param("<p><a href='/a'>Sport</a>" * 9, "Sport\n\nNews", "article", id="menu"),
        pytest.param(
            LINKS + as_script({"@type": "NewsArticle"}), LIST, "article", id="headlines in a declared article"
        ),
        pytest.param(
            LINKS + '<meta property="article:published_time" content="2026-03-24">',
            LIST,
            "article",
            id="dated headlines",
        ),
        pytest.param(as_script({"@type": "LiveBlogPosting"}), PROSE, "live_blog", id="live blog"),
        pytest.param(as_script({"@type": "ImageGallery"}), "Captions.", "gallery", id="gallery"),
        pytest.param(
            as_script({"@type": "NewsArticle", "headline": "Ferry"}, {"@type": "ImageGallery"}),
            PROSE,
            "article",
            id="gallery beside an article",
        ),
        pytest.param(
            as_script({"@type": "NewsArticle", "isAccessibleForFree": False}), PROSE, "paywalled", id="paywall"
        ),
        pytest.param(as_script({"@type": "NewsArticle", "isAccessibleForFree": True}), PROSE, "article", id="free"),
        pytest.param('<meta property="article:content_tier" content="locked">', PROSE, "paywalled", id="locked tier"),
        pytest.param(
            as_script({"@type": "LiveBlogPosting", "isAccessibleForFree": "False"}),
            PROSE,
            "live_blog",
            id="paid live blog",
        ),
    ],
)
def test_kind_follows_the_evidence(html: str, body: str | None, kind: Kind) -> None:
    assert kind_of(html, body)[0] == kind


def test_plain_article_has_no_reason() -> None:
    assert kind_of("<p>x", PROSE) == ("article", None)


@pytest.mark.parametrize(
    ("html", "body", "reason"),
    [
        ("<p>x", None, "no article text found"),
        (LINKS, LIST, "8 of 8 blocks are linked headlines"),
        (as_script({"@type": "LiveBlogPosting"}), PROSE, "declared as LiveBlogPosting"),
        (as_script({"@type": "NewsArticle", "isAccessibleForFree": False}), PROSE, "declared as not free (json-ld)"),
    ],
)
def test_every_other_kind_has_its_reason(html: str, body: str | None, reason: str) -> None:
    assert kind_of(html, body)[1] == reason
