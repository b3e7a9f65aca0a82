"""What a page asks of robots about itself."""

import time

import pytest

from newsspider.pages.robots_directives import read_directives


@pytest.mark.parametrize(
    ("tags", "html", "directives"),
    [
        ([], "<p>Ferry", set()),
        ([], "<META content='NOARCHIVE,follow' NAME=robots>", {"noarchive", "follow"}),
        ([], '<meta name="newsspider" content="noindex">', {"noindex"}),
        ([], '<meta name="googlebot" content="noindex">', set()),
        ([], '<meta name="description" content="noindex">', set()),
        ([], '<meta name="robots" content="none">', {"noindex", "nofollow"}),
        (["noarchive, nosnippet"], "", {"noarchive", "nosnippet"}),
        (["otherbot: noindex", "newsspider: noarchive"], "", {"noarchive"}),
        (["max-snippet: 20, noindex"], "", {"max-snippet: 20", "noindex"}),
        ([], "x" * 70_000 + '<meta name="robots" content="noindex">', set()),
    ],
)
def test_directives_for_us_are_read(tags: list[str], html: str, directives: set[str]) -> None:
    assert read_directives(tags, html.encode()) == directives


@pytest.mark.parametrize(
    "html",
    [
        "<meta " * 20_000,
        "<meta " * 10_000 + ">",
        "<meta name=" + " " * 60_000 + ">",
        "<meta " + "name=\"'" * 9_000 + ">",
    ],
    ids=["unended", "one end", "blanks", "quotes"],
)
@pytest.mark.usefixtures("no_collections")
def test_head_of_elements_that_do_not_end_is_read_once(html: str) -> None:
    """Each begun element used to be looked at for 2,000 characters: 100 ms in the crawl's event loop."""
    before = time.process_time()
    assert read_directives([], html.encode()) == frozenset()
    assert time.process_time() - before < 0.05


def test_directives_behind_long_and_unended_elements_are_read() -> None:
    html = f'<metadata><meta name="x" content="{"y" * 5000}"><meta\nname="robots" content="noindex"><meta name="robots"'
    assert read_directives([], html.encode()) == {"noindex"}
