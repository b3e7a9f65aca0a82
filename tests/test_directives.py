"""What a page asks of robots about itself."""

import pytest

from newsspider.directives import read_directives


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
