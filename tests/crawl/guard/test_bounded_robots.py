"""robots.txt of any size: its beginning is obeyed, in the group of our product token."""

import pytest

from newsspider.crawl.guard.bounded_robots import BoundedRobots, cut_robots
from newsspider.settings import USER_AGENT

PAGE = "https://herald.example/news/frogs.html"


def test_small_file_is_whole() -> None:
    assert cut_robots(b"User-agent: *\nDisallow: /a", 100) == b"User-agent: *\nDisallow: /a"


def test_large_file_ends_with_a_whole_line() -> None:
    """Half a rule would forbid more than the site does: /private/a instead of /private/archive."""
    assert cut_robots(b"User-agent: *\nDisallow: /private/archive\n", 30) == b"User-agent: *\n"


def test_file_of_one_endless_line_has_no_rule() -> None:
    assert cut_robots(b"Disallow: /" + b"a" * 1000, 100) == b""


@pytest.mark.parametrize(
    "group",
    [
        "User-agent: newsspider",
        "User-Agent: NewsSpider/1.0",
        "User-agent: NewsSpider/2.1 (news; research)  # thanks",
        "user-agent:newsspider/1.0",
        "User-agent: GoogleBot\nUser-agent: NEWSSPIDER/0",
        "Useragent: newsspider*",
        "User-agent newsspider/1.0",
    ],
)
def test_group_of_our_product_token_is_ours_whatever_version_it_names(group: str) -> None:
    rules = BoundedRobots(f"User-agent: *\nDisallow:\n\n{group}\nCrawl-delay: 7\nDisallow: /news/\n".encode(), None)
    assert not rules.allowed(PAGE, USER_AGENT)
    assert rules.crawl_delay(USER_AGENT) == 7


@pytest.mark.parametrize("name", ["spider", "news", "pypi", "org", "newsspider-images", "NewsSpiderPlus/1.0", "Bot 1"])
def test_group_of_another_token_is_not_ours_though_our_name_or_address_holds_it(name: str) -> None:
    rules = BoundedRobots(f"User-agent: {name}\nAllow: /\n\nUser-agent: *\nDisallow: /news/\n".encode(), None)
    assert not rules.allowed(PAGE, USER_AGENT)


def test_agent_that_begins_as_browsers_do_is_known_by_the_token_behind() -> None:
    rules = BoundedRobots(b"User-agent: HeraldBot/2\nDisallow: /news/\n", None)
    assert not rules.allowed(PAGE, "Mozilla/5.0 (compatible; HeraldBot/2.1; +https://herald.example/bot)")
    assert rules.allowed(PAGE, "Mozilla/5.0 (X11; Linux x86_64)")


def test_lines_that_only_begin_alike_and_odd_line_ends_keep_their_rules() -> None:
    rules = BoundedRobots("User-agents: x\nUser-agent: newsspider/1\u2028Disallow: /news/\n".encode(), None)
    assert not rules.allowed(PAGE, USER_AGENT)
