"""Unknown elements: which of them are part of a line."""

import pytest

from newsspider.extraction.cutting.cutter import cut_page
from newsspider.extraction.cutting.unknown_tags import MAX_IN_LINE
from newsspider.pages.page import parse_page


def texts_of(html: str) -> list[str]:
    return [block.text for block in cut_page(parse_page(f"<html><body>{html}".encode()).tree).blocks]


@pytest.mark.parametrize(
    "html",
    [
        pytest.param("<p>One <x-term>two</x-term> three", id="inside a line"),
        pytest.param("<p><x-term>One</x-term> two three", id="begins a line"),
        pytest.param("<div>One two <x-term>three</x-term></div>", id="ends a line"),
        pytest.param("<p>One <glossary>two</glossary> three", id="without a hyphen"),
        pytest.param("<p>One <x-a><x-b>two</x-b></x-a> three", id="two of them"),
        pytest.param("<p>One <x-a><b>two</b></x-a> three", id="around an inline element"),
        pytest.param("<p>One <b><x-a>two</x-a></b> three", id="inside an inline element"),
        pytest.param("<p>One <b>two</b> <x-a>three</x-a>", id="beside an inline element of a paragraph"),
        pytest.param("<p>One <!----><x-a>two</x-a><!----> three", id="between comments"),
        pytest.param("<p>One <x-icon></x-icon>two three", id="empty"),
        pytest.param("<p>One <o:p>two</o:p> three", id="of a word processor"),
        pytest.param("<p>One <x-a>two<br></x-a>three", id="with a line break"),
    ],
)
def test_unknown_element_in_a_line_does_not_part_it(html: str) -> None:
    assert [" ".join(text.split()) for text in texts_of(html)] == ["One two three"]


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        pytest.param("<x-body><p>One</p><p>two</p></x-body>", ["One", "two"], id="around paragraphs"),
        pytest.param("One <x-body><p>two</p></x-body> three", ["One", "two", "three"], id="paragraph beside text"),
        pytest.param("<x-line>One</x-line><x-line>two</x-line>", ["One", "two"], id="beside its kind"),
        pytest.param(
            "<div>One<x-a><x-b><h2>two</h2></x-b></x-a>three</div>", ["One", "two", "three"], id="deep inside"
        ),
        pytest.param("<div><span>One</span><x-a>two</x-a></div>", ["One", "two"], id="beside an element of a box"),
        pytest.param("<amp-story>One</amp-story><p>two", ["One", "two"], id="beside a paragraph"),
    ],
)
def test_unknown_element_of_the_page_is_a_block(html: str, texts: list[str]) -> None:
    assert texts_of(html) == texts


def test_element_with_many_others_is_no_part_of_a_line() -> None:
    many = "<b>two</b> " * (MAX_IN_LINE + 1)
    assert len(texts_of(f"<div>One <x-a>{many}</x-a></div>")) == 2


def test_2000_nested_unknown_elements_are_cut_in_time() -> None:
    assert len(texts_of("<p>One " + "<x-a>a " * 1_900)) > 0
