"""trafilatura: asked of the tree as it is, answering the same each time."""

import logging
from pathlib import Path

import pytest
from lxml import etree

from newsspider.extraction.reference import ask_trafilatura
from newsspider.page import Page, parse_page

FIXTURES = sorted((Path(__file__).parents[2] / "fixtures" / "pages").iterdir())
SENTENCE = "The ferry sails again from the old harbour, said the harbour master on Monday. "
URL = "https://herald.example/ferry"


def fixture_page(folder: Path) -> Page:
    return parse_page((folder / "page.html").read_bytes(), URL)


@pytest.mark.parametrize("folder", FIXTURES, ids=lambda folder: folder.name)
def test_tree_is_read_and_not_changed(folder: Path) -> None:
    page = fixture_page(folder)
    before = etree.tostring(page.tree)
    ask_trafilatura(page.tree)
    assert etree.tostring(page.tree) == before


def test_same_page_gives_the_same_text_ten_times() -> None:
    page = fixture_page(FIXTURES[0].with_name("tagdiv-teasers-in-body"))
    texts = {ask_trafilatura(page.tree) for _ in range(10)}
    assert len(texts) == 1
    assert texts != {None}


def test_blocks_are_parted_by_one_blank_line() -> None:
    page = parse_page(f"<article><p>{SENTENCE * 3}</p>\n\n\n<p>{SENTENCE * 2}</p></article>".encode(), URL)
    assert ask_trafilatura(page.tree) == f"{(SENTENCE * 3).strip()}\n\n{(SENTENCE * 2).strip()}"


def test_text_nested_2000_deep_survives() -> None:
    page = parse_page(("<div>" * 2_000 + f"<p>{SENTENCE * 5}</p>" + "</div>" * 2_000).encode(), URL)
    assert ask_trafilatura(page.tree) == (SENTENCE * 5).strip()


@pytest.mark.parametrize(
    "html", ["<p>", "<html><head><title>Ferry</title></head><body></body></html>", "<script>x</script>"]
)
def test_page_without_text_gives_none(html: str) -> None:
    assert ask_trafilatura(parse_page(f"{html}<!-- -->".encode(), URL).tree) is None


def test_comments_are_left_out() -> None:
    html = f"<article><p>{SENTENCE * 5}</p></article><div id='comments'><p>First! {SENTENCE * 3}</p></div>"
    assert "First!" not in (ask_trafilatura(parse_page(html.encode(), URL).tree) or "")


def test_trafilatura_logs_nothing(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        ask_trafilatura(parse_page(b"<p>", URL).tree)
    assert caplog.records == []
