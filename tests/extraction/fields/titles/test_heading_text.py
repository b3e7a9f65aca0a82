"""The text of a heading."""

import time

import pytest
from lxml.html import fragment_fromstring

from newsspider.extraction.fields.titles.heading_text import heading_parts, heading_text
from newsspider.pages.page import parse_page


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("CO<sub>2</sub> tax rises", "CO2 tax rises"),
        ("<span class='initial'>F</span>erry sails again", "Ferry sails again"),
        ("<span>F</span><span>erry sails again</span>", "Ferry sails again"),
        ("Hafen<wbr>rundfahrt", "Hafenrundfahrt"),
        ("渡轮<em>重新</em>起航", "渡轮重新起航"),
        ("Ferry<br>sails again", "Ferry sails again"),
        ("Ferry <style>h1 {color: red}</style>sails <script>1</script>again", "Ferry sails again"),
        ("<ruby>船<rt>ふね</rt></ruby>が出る", "船が出る"),
        ("<span>Transport</span><span>Ferry sails again</span>", "Transport: Ferry sails again"),
        ("<span class='kicker'>Transport</span> Ferry sails again", "Transport: Ferry sails again"),
        ("<div>Transport</div><div>Ferry sails again</div>", "Transport: Ferry sails again"),
        ("<span>Transport</span><span> : </span><span>Ferry sails again</span>", "Transport: Ferry sails again"),
        ("<small>Ferry?</small> <span>It sails again</span>", "Ferry? It sails again"),
        ("<span>Ferry sails</span> <span>once</span> <span>again</span>", "Ferry sails once again"),
        ("<span>The long line</span><span>goes on</span>", "The long line goes on"),
        ("<span>Old harbour</span>Ferry sails again", "Old harbour: Ferry sails again"),
        ("<b>i</b>Phone ferry sails again", "iPhone ferry sails again"),
        ("Ferries<span>All of them, compared</span>", "Ferries All of them, compared"),
    ],
)
def test_inline_markup_adds_no_blank_and_a_kicker_is_parted_by_a_colon(inner: str, text: str) -> None:
    assert heading_text(fragment_fromstring(f"<h1>{inner}</h1>")) == text


@pytest.mark.parametrize("title", ["Old Ferry Sails - Herald", "OldFerry Sails"])
def test_a_declared_title_decides_whether_two_parts_are_joined(title: str) -> None:
    heading = fragment_fromstring("<h1><span>Old</span><span>Ferry Sails</span></h1>")
    assert heading_text(heading, (title,)) == title.removesuffix(" - Herald")


@pytest.mark.parametrize(
    ("declared", "text"),
    [
        (("Old harbour Ferry sails - Herald", "Old harbour / Ferry sails"), "Old harbour / Ferry sails"),
        (("Old harbour Ferry sails - Herald", "Old harbour / Ferry sails not"), "Old harbour Ferry sails"),
    ],
)
def test_a_declared_title_with_a_mark_between_two_lines_is_better_than_a_blank(
    declared: tuple[str, ...], text: str
) -> None:
    heading = fragment_fromstring("<h1><span>Old harbour</span>Ferry sails</h1>")
    assert heading_text(heading, declared) == text


def test_heading_parts_are_what_is_left_without_a_kicker() -> None:
    heading = fragment_fromstring("<h1><span>Transport </span><span>: </span><span>Ferry sails</span></h1>")
    assert "Ferry sails" in set(heading_parts(heading, heading_text(heading)))


@pytest.mark.parametrize("opening", ["<span>", "<i>a", "<b>"])
@pytest.mark.usefixtures("no_collections")
def test_deeply_nested_and_long_headings_are_read_in_no_time(opening: str) -> None:
    page = parse_page(f"<h1>Ferry {opening * 2_000}sails</h1><h1>{'<span>Ferry</span>' * 20_000}</h1>".encode())
    began = time.process_time()
    for heading in page.elements["h1"]:
        text = heading_text(heading)
        assert text.startswith("Ferry")
        assert all(part.isprintable() for part in heading_parts(heading, text))
    assert time.process_time() - began < 0.5
