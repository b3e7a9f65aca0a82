"""trafilatura: asked of the tree as it is, answering the same each time."""

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from math import isqrt
from pathlib import Path

import pytest
from lxml import etree
from lxml.html import HtmlElement
from trafilatura.settings import Document

from newsspider.extraction.cutting.cutter import cut_page
from newsspider.extraction.trafilatura_extractor import (
    FAULTS,
    MAX_COMMENTS,
    MAX_COMPARED,
    MAX_DEPTH,
    MAX_ELEMENTS,
    MAX_MARKUP,
    MAX_PIECES,
    UNREAD_TAGS,
    ask_trafilatura,
    prune_page,
)
from newsspider.pages.page import Page, parse_page

FIXTURES = sorted((Path(__file__).parents[2] / "fixtures" / "pages").iterdir())
SENTENCE = "The ferry sails again from the old harbour, said the harbour master on Monday. "
URL = "https://herald.example/ferry"


# By what it is full of: the bound, and what makes a page of so many. Trafilatura takes minutes for some that hold more.
BOUNDED: dict[str, tuple[int, Callable[[int], str]]] = {
    "elements": (MAX_ELEMENTS, lambda count: "<img>" * count + "<p>Ferry"),
    "scripts": (MAX_ELEMENTS, lambda count: "<p>Ferry" + "<script></script>" * count),
    "depth": (MAX_DEPTH, lambda count: "<div>" * count + "<p>Ferry"),
    "pieces": (MAX_PIECES, lambda count: "<p>" + "<b>Ferry</b>" * count),
    "pieces in several blocks": (MAX_PIECES, lambda count: "<p>" + "<b>Ferry</b><i>boat</i><br><br>" * (count // 4)),
    "blocks of much text": (isqrt(MAX_COMPARED // 100), lambda count: f"<p>{'w' * 100}" * count),
    "comments": (MAX_COMMENTS, lambda count: "<p>" + " <!-- -->" * count + "Ferry"),
    "markup": (MAX_MARKUP, lambda count: "<p>" + "w" * count),
}


def full_page(name: str, share: float) -> Page:
    """Return a page that holds so much of what its bound allows."""
    most, make = BOUNDED[name]
    return parse_page(f"<html><body>{make(round(share * most))}</html>".encode(), URL)


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


def pruned(page: Page) -> HtmlElement | None:
    return prune_page(page.tree, cut_page(page.tree))


@pytest.mark.parametrize("folder", FIXTURES, ids=lambda folder: folder.name)
def test_pruned_page_is_a_copy_without_frame_scripts_and_styles(folder: Path) -> None:
    page = fixture_page(folder)
    before = etree.tostring(page.tree)
    copied = pruned(page)
    assert copied is not None
    assert etree.tostring(page.tree) == before
    assert list(copied.iter(*UNREAD_TAGS)) == []
    frames = [element for _, element in cut_page(page.tree).frames]
    assert "".join(copied.itertext()).split() == "".join(text_outside(page.tree, frames)).split()


def text_outside(tree: etree._Element, dropped: Sequence[etree._Element]) -> Iterator[str]:
    """Yield the texts that stand in none of some elements, nor in scripts and styles."""
    for text in tree.xpath("//text()"):
        around = [text.getparent(), *text.getparent().iterancestors()]
        inside = around[1:] if text.is_tail else around
        if not any(element in dropped or element.tag in UNREAD_TAGS for element in inside):
            yield str(text)


def test_what_follows_a_script_stays() -> None:
    page = parse_page(f"<p>{SENTENCE}<script>x()</script>It is red. <style>p {{}}</style>It is new.</p>".encode(), URL)
    copied = pruned(page)
    assert copied is not None
    assert copied.xpath("string(//p)") == f"{SENTENCE}It is red. It is new."


@pytest.mark.parametrize("name", BOUNDED)
def test_page_within_the_bounds_is_shown_and_one_beyond_is_not(name: str) -> None:
    assert pruned(full_page(name, 0.97)) is not None
    assert pruned(full_page(name, 1.03)) is None


@pytest.mark.parametrize("name", BOUNDED)
def test_page_within_the_bounds_takes_seconds_at_most(name: str) -> None:
    copied = pruned(full_page(name, 0.97))
    assert copied is not None
    started = time.process_time()
    ask_trafilatura(copied, fast=True)
    assert time.process_time() - started < 5


@pytest.mark.usefixtures("no_collections")
def test_scripts_in_one_text_are_pruned_in_linear_time() -> None:
    page = parse_page(("<p>" + f"{SENTENCE}<script></script>" * (MAX_PIECES - 1)).encode(), URL)
    started = time.process_time()
    assert pruned(page) is not None
    assert time.process_time() - started < 0.5  # it was 2 s where each script's tail is joined to the text before it


@pytest.mark.usefixtures("no_collections")
def test_runs_of_blanks_between_lines_take_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    text = f"Ferry {' ' * 200_000}x\n \t\n\n  boat\r\n"
    answer(monkeypatch, lambda: text)
    started = time.process_time()
    assert ask_trafilatura(parse_page(b"<p>", URL).tree) == f"Ferry {' ' * 200_000}x\n\nboat"
    assert time.process_time() - started < 1


@pytest.mark.parametrize("text", [None, "", " \n\n "])
def test_answer_without_text_is_none(text: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, lambda: text)
    assert ask_trafilatura(parse_page(b"<p>", URL).tree) is None


@pytest.mark.parametrize(
    "fault",
    [
        etree.XPathEvalError("x"), etree.ParserError("x"), ValueError("x"), UnicodeError("x"), RecursionError("x"),
        RuntimeError("x"), AssertionError("x"), AttributeError("x"), TypeError("x"), IndexError("x"), KeyError("x"),
        ZeroDivisionError("x"),
    ],
    ids=lambda fault: type(fault).__name__,
)  # fmt: skip
def test_page_that_trafilatura_breaks_on_has_no_answer(fault: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(fault, FAULTS)
    answer(monkeypatch, lambda: raise_it(fault))
    assert ask_trafilatura(parse_page(b"<p>", URL).tree) is None


@pytest.mark.parametrize("end", [MemoryError, KeyboardInterrupt, SystemExit, OSError])
def test_what_says_nothing_of_the_page_is_raised(end: type[BaseException], monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, lambda: raise_it(end()))
    with pytest.raises(end):
        ask_trafilatura(parse_page(b"<p>", URL).tree)


def raise_it(error: BaseException) -> str:
    raise error


def answer(monkeypatch: pytest.MonkeyPatch, give: Callable[[], str | None]) -> None:
    """Let trafilatura answer so."""

    def answered(tree: HtmlElement, **options: object) -> Document:
        document = Document()
        document.text = give()
        return document

    monkeypatch.setattr("trafilatura.bare_extraction", answered)
