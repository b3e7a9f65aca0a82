"""The inspector's page of pages that try to break it, in a real browser."""

import html
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from newsspider.errors import PageError
from newsspider.inspector.writing import Inspected, write_inspector
from newsspider.pages.raw_page import RawPage
from newsspider.pool.inspect_job import explain_raw
from tests.chromium import open_chromium
from tests.hostile_texts import HOSTILE_TEXTS

pytestmark = pytest.mark.processes

SENTENCE = "The ferry sails again from the old harbour, said the harbour master on Monday."


def hostile_page(text: str) -> bytes:
    """Return a page whose title, author, address and body hold a hostile text."""
    text = text.replace("\0", "")  # with it the page would be binary data
    shown = html.escape(text)
    names = ('property="og:title"', 'name="author"', 'name="description"', 'property="og:url"')
    metas = "".join(f'<meta {name} content="{shown}">' for name in names)
    paragraphs = "".join(f"<p>{SENTENCE} {shown} {SENTENCE}</p>" for _ in range(4))
    return (
        f"<!doctype html><title>{shown}</title>{metas}<body><nav>{shown}</nav>"
        f"<article><h1>{shown}</h1>{paragraphs}<p>{text}</p></article>"
    ).encode()


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    inspected = []
    for text in HOSTILE_TEXTS:
        explained = explain_raw(RawPage(body=hostile_page(text), url="https://herald.example/x"))
        assert not isinstance(explained, PageError)
        inspected.append(Inspected(text, explained))
    path = tmp_path_factory.mktemp("inspector") / "review.html"
    write_inspector(path, inspected)
    return path


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with open_chromium() as chromium:
        yield chromium


@pytest.mark.parametrize("width", [360, 1280])
def test_hostile_pages_run_nothing_and_do_not_widen_the_inspector(browser: Any, written: Path, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    troubles: list[str] = []
    page.on("console", lambda message: troubles.append(message.text))
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.goto(written.as_uri())
    page.check("#beside")
    page.locator("#main, main").first.focus()
    open_all = "all => all.forEach(one => { one.open = true; })"
    for number in range(len(HOSTILE_TEXTS)):
        assert page.inner_text("#place").startswith(f"page {number + 1} of")
        assert page.title().startswith("Why: ")
        page.eval_on_selector_all("details", open_all)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.locator("main img, main script, main svg").count() == 0
        page.keyboard.press("n")
    page.close()
    # Chromium names handlers that its policy blocks while the saved page is parsed to be cleaned.
    assert [each for each in troubles if "has been blocked" not in each] == []
