"""Place: what the arrays say of a block's ancestors is what a climb through the elements says."""

from pathlib import Path

import numpy as np
import pytest

from newsspider.extraction.cutting.blocks import CutPage
from newsspider.extraction.cutting.cutter import cut_page
from newsspider.extraction.evidence.place import NAMED_ANCESTORS, place_columns
from newsspider.extraction.evidence.shape import Shape, shape_of
from newsspider.extraction.evidence.wording import Wording
from newsspider.pages.page import parse_page
from tests.stripping import weigh

FIXTURES = sorted((Path(__file__).parents[3] / "fixtures" / "pages").iterdir())


def shaped(html: bytes) -> tuple[CutPage, Shape]:
    cut = cut_page(parse_page(html).tree)
    return cut, shape_of(cut, cut.nodes.key)


def columns_of(html: str) -> dict[str, np.ndarray[tuple[int], np.dtype[np.float64]]]:
    cut, shape = shaped(f"<html><body>{html}</body></html>".encode())
    return place_columns(cut, shape, Wording.of(cut.blocks))


def has_text(folder: Path) -> bool:
    return bool(cut_page(parse_page((folder / "page.html").read_bytes()).tree).blocks)


@pytest.mark.parametrize("folder", FIXTURES, ids=lambda folder: folder.name)
def test_wider_is_the_next_ancestor_with_more_blocks(folder: Path) -> None:
    cut, shape = shaped((folder / "page.html").read_bytes())
    nodes = cut.nodes

    def climb(node: int) -> int:
        above = nodes.parent[node]
        while above > 0 and (nodes.first[above], nodes.end[above]) == (nodes.first[node], nodes.end[node]):
            above = nodes.parent[above]
        return max(above, 0)

    assert shape.wider.tolist() == [climb(node) for node in range(len(nodes.tag))]


@pytest.mark.parametrize("folder", [each for each in FIXTURES if has_text(each)], ids=lambda folder: folder.name)
def test_climb_counts_the_steps_to_an_element_around_block_and_core(folder: Path) -> None:
    evidence = weigh(parse_page((folder / "page.html").read_bytes()))
    cut = evidence.page
    shape, prose = evidence.shape, evidence.wording.prose
    holding = [node for node, held in enumerate(shape.sums(prose)) if held >= 0.5 * prose.sum()] if prose.any() else [0]
    core = min(holding, key=lambda node: (shape.end[node] - shape.first[node], -node))

    def steps(node: int) -> int:
        count = 0
        while not (node <= core and shape.first[node] <= shape.first[core] and shape.end[node] >= shape.end[core]):
            node, count = max(cut.nodes.parent[node], 0), count + 1
        return min(count, NAMED_ANCESTORS)

    assert evidence.column("climb_50").tolist() == [steps(block.node) for block in cut.blocks]


def test_names_count_steps_to_the_nearest_ancestor_of_a_kind() -> None:
    columns = columns_of("<div class='related-posts'><p>One <b>two</b></p></div><nav><p>three</p></nav>")
    assert columns["in_related"].tolist() == [1.0, 99.0]
    assert columns["in_tag_nav"].tolist() == [99.0, 1.0]


def test_alike_counts_siblings_of_the_same_tag_and_names() -> None:
    cards = "<div class=card>One</div><div class=card>two</div><div class=other>three</div><section>four</section>"
    assert columns_of(cards)["alike_0"].tolist() == [2.0, 2.0, 1.0, 1.0]


def test_named_gives_the_blocks_inside_elements_that_tell_something() -> None:
    _, shape = shaped(b"<p>One</p><div id=comments><p>two</p><p>three</p></div><p>four</p>")
    assert shape.named(["comment"], lambda key: "comments" in key) == [(1, 3)]
    assert shape.named(["comment", "id"], lambda key: False) == []
    assert shape.named(["other"], lambda key: True) == []


def test_parts_of_names_are_found_whatever_their_case() -> None:
    _, shape = shaped(b"<p>One</p><div class='Comment thread comment'><p>two</p></div><nav id=x><p>three</p></nav>")
    assert [shape.looks[look] for look in shape.looks_with(["comment"])] == [("div", "Comment thread comment")]
    assert shape.looks_with(["comment", "thread"]) == shape.looks_with(["comment"])
