"""Groups of robots.txt belong to agents by their product tokens."""

import pytest

from newsspider.crawl.guard.robots_groups import choose_group, name_by_token, product_token


@pytest.mark.parametrize(
    ("name", "token"),
    [
        ("newsspider/0.3 (+https://pypi.org/project/newsspider/)", "newsspider"),
        ("Mozilla/5.0 (X11; Linux)", "mozilla"),
        ("Mozilla/5.0 (compatible; HeraldBot/2.1)", "heraldbot"),
        ("", "*"),
        ("***", "*"),
        ("  ", "*"),
    ],
)
def test_agent_is_known_by_its_token(name: str, token: str) -> None:
    assert product_token(name) == token


@pytest.mark.parametrize(
    "line", ["User-agent: NewsSpider/1.0", "user agent: newsspider", "USER-AGENT:newsspider*", "User-agent NewsSpider"]
)
def test_groups_are_found_however_their_line_is_written(line: str) -> None:
    named, tokens = name_by_token(f"{line} # ours\nDisallow: /private/")
    assert tokens == {"newsspider"}
    assert named.splitlines()[0].endswith(" newsspider")
    assert named.splitlines()[1] == "Disallow: /private/"


def test_line_without_a_name_is_no_group() -> None:
    assert name_by_token("User-agent:\nDisallow: /") == ("User-agent:\nDisallow: /", frozenset())


@pytest.mark.parametrize(
    ("tokens", "group"), [(("newsspider", "*"), "newsspider"), (("spider", "pypi"), "*"), ((), "*")], ids=str
)
def test_part_of_a_name_is_not_the_name(tokens: tuple[str, ...], group: str) -> None:
    assert choose_group("newsspider (+https://pypi.org/)", frozenset(tokens)) == group
