"""RelatedBlocks: blocks of the same build, the same text, and the headings over them."""

from newsspider.extraction.cutting.cutter import cut_page
from newsspider.extraction.evidence.related_blocks import RelatedBlocks, relate_blocks
from newsspider.extraction.evidence.shape import shape_of
from newsspider.pages.page import parse_page


def related(html: str) -> RelatedBlocks:
    cut = cut_page(parse_page(f"<html><body>{html}</body></html>".encode()).tree)
    return relate_blocks(cut, shape_of(cut, cut.nodes.key))


def test_a_build_is_the_tags_and_names_of_the_two_nearest_elements() -> None:
    builds = related("<div class=a><p>One<p>two</div><div class=b><p>three</div><div class=a><p>four</div>").builds
    assert builds[0] == builds[1] == builds[3] != builds[2]


def test_twins_have_the_same_text() -> None:
    assert related("<p>One<p>two<div>One</div>").twins.tolist() == [0, 1, 0]


def test_scope_and_level_are_the_blocks_own() -> None:
    page = related("<p>a<h2>B</h2><p>c")
    assert page.scope.tolist() == [-1, -1, 1]
    assert page.level.tolist() == [0, 2, 0]
