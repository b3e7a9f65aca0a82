"""The frame around a page's content: what is left out whole, and what only looks like it."""

import pytest

from newsspider.extraction.cutting.site_frame import MAX_CANDIDATES, MAX_PROSE_CHARS
from tests.extraction.cutting.test_cutter import cut

MENU = "<a href=/news>News</a><a href=/sport>Sport</a><a href=/x>Culture</a><a href=/y>Local</a><a href=/z>Opinion</a>"
TEXT = "<p>The ferry sails again from the old harbour.</p>"
PROSE = f"<p>{'The ferry sails again from the old harbour. ' * (MAX_PROSE_CHARS // 40)}</p>"


@pytest.mark.parametrize(
    "frame",
    [
        pytest.param(f"<nav>{MENU}</nav>", id="nav"),
        pytest.param(f"<header><a href=/>The Herald</a><nav>{MENU}</nav></header>", id="banner"),
        pytest.param("<footer><p>Eddlesea 1</p><p>All rights reserved</p></footer>", id="footer"),
        pytest.param(f"<div role=navigation>{MENU}</div>", id="role navigation"),
        pytest.param("<div class=x role=contentinfo>Imprint</div>", id="role contentinfo"),
        pytest.param(f"<div class='main-menu'>{MENU}</div>", id="links that are named a menu"),
        pytest.param(f"<ul class=footer-links>{MENU}</ul>", id="links that are named a footer"),
        pytest.param(f"<article><nav>{MENU}</nav></article>", id="nav in the article"),
    ],
)
def test_frame_is_left_out_whole(frame: str) -> None:
    page = cut(f"{frame}{TEXT}")
    assert [block.text for block in page.blocks] == ["The ferry sails again from the old harbour."]
    assert len(page.frames) == 1


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(f"<header><h1>Ferry back</h1>{TEXT}</header>", id="header with the headline"),
        pytest.param(f"<article><header>{TEXT}</header></article>", id="header of the article"),
        pytest.param(f"<main><footer>{TEXT}</footer></main>", id="footer in the content"),
        pytest.param(f"<nav><a href=/>Home</a><div>{PROSE}</div></nav>", id="unclosed nav around the text"),
        pytest.param(f"<nav><a href=/>Home</a><article>{TEXT}</article></nav>", id="nav around the article"),
        pytest.param(f"<div class=menu>{'The fish of the day is cod. ' * 20}</div>", id="text that is named a menu"),
        pytest.param("<div class=menu><a href=/>Cod</a></div>", id="few links that are named a menu"),
        pytest.param(f"<aside>{TEXT}</aside>", id="aside"),
        pytest.param("<dialog><p>We value your privacy</p></dialog>", id="dialog, which may be all that a page is"),
        pytest.param("<main><nav><a href=/>Home</a> › <a href=/x>Harbour</a></nav></main>", id="the way to the page"),
    ],
)
def test_content_is_no_frame(content: str) -> None:
    page = cut(content)
    assert page.blocks
    assert not page.frames


def test_what_follows_a_frame_is_cut_as_before() -> None:
    page = cut(f"One<nav>{MENU}</nav>two <b>three</b><footer>four</footer> five")
    assert [block.text for block in page.blocks] == ["One", "two three", "five"]
    assert [number for number, _ in page.frames] == [1, 2]
    tags = list(page.nodes.tag)
    assert page.nodes.first[tags.index("nav")] == page.nodes.end[tags.index("nav")] == 1


def test_candidates_are_bounded() -> None:
    nested = "<nav>" * (MAX_CANDIDATES + 50) + TEXT + "<h1>Ferry</h1>" + "</nav>" * (MAX_CANDIDATES + 50)
    page = cut(f"{nested}<nav>{MENU}</nav>")
    assert "Ferry" in [block.text for block in page.blocks]
    assert not page.frames  # the tries were used up: the menu is judged block by block
    assert "Sport" in "".join(block.text for block in page.blocks)
