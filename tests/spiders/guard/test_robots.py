"""robots.txt of any size: its beginning is obeyed."""

from newsspider.spiders.guard.robots import cut_robots


def test_small_file_is_whole() -> None:
    assert cut_robots(b"User-agent: *\nDisallow: /a", 100) == b"User-agent: *\nDisallow: /a"


def test_large_file_ends_with_a_whole_line() -> None:
    """Half a rule would forbid more than the site does: /private/a instead of /private/archive."""
    assert cut_robots(b"User-agent: *\nDisallow: /private/archive\n", 30) == b"User-agent: *\n"


def test_file_of_one_endless_line_has_no_rule() -> None:
    assert cut_robots(b"Disallow: /" + b"a" * 1000, 100) == b""
