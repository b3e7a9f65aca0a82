"""robots.txt of any size: its rules cost a bounded time."""

from itertools import count

import pytest
from protego import Protego

from newsspider.crawl.guard.bounded_robots import (
    MAX_GROUPED_RULES,
    MAX_SITEMAPS,
    MAX_WILDCARD_CHARS,
    bound_rules,
)

SIZE = 500 * 1024
AGENT = "newsspider (+https://newsspider.example)"


def fill(line: str, head: str = "User-agent: *\n") -> str:
    """Return as many lines as a robots.txt of 500 KiB has, each with its number for %d."""
    lines, size = [], len(head)
    for number in count():
        lines.append(line % number)
        size += len(lines[-1]) + 1
        if size > SIZE:
            return head + "\n".join(lines[:-1])
    raise AssertionError


@pytest.mark.parametrize(
    "line", ["Disallow: /story/%d", "Disallow: /%%41/%d", "Sitemap: https://herald.example/%d.xml"]
)
def test_plain_rules_are_all_read(line: str) -> None:
    text = fill(line) if "Sitemap" not in line else "\n".join(line % number for number in range(MAX_SITEMAPS))
    assert bound_rules(text) == (text, True)


@pytest.mark.parametrize(
    "line", ["Disallow: /*a*a*a%d", f"Disallow: /{'*a' * 900}%d", f"Allow: /*{'a' * 90}b%da", "Disallow: /%d$"]
)
def test_rules_with_wildcards_are_compared_up_to_a_limit(line: str) -> None:
    text, is_whole = bound_rules(fill(line))
    rules = [line.partition(": ")[2] for line in text.splitlines()[1:]]
    assert not is_whole
    assert 0.9 * MAX_WILDCARD_CHARS < sum(map(len, rules)) <= MAX_WILDCARD_CHARS
    assert fill(line).startswith(text)


@pytest.mark.parametrize("agent", ["User-agent: b%d", "useragent b%d", "User\tagent b%d # x", "User-agent: b%d*"])
@pytest.mark.parametrize(
    "between", ["", "\n# Disallow: /x", "\nHost: herald.example", "\nwelcome", "\nSitemap: /s.xml"]
)
def test_rules_count_for_each_robot_of_their_group(agent: str, between: str) -> None:
    agents = "\n".join(f"{agent % number}{between}" for number in range(1_000))
    rules = "\n".join(f"Disallow: /{number}" for number in range(1_000))
    text, is_whole = bound_rules(f"{agents}\n{rules}")
    made = sum(len(rule_set._rules) for rule_set in Protego.parse(text)._user_agents.values())
    assert not is_whole
    assert 0 < made <= MAX_GROUPED_RULES


def test_robots_that_have_their_own_groups_cost_what_they_have() -> None:
    text = "\n".join(f"User-agent: b{number}\nDisallow: /{number}\nDisallow: /*x" for number in range(2_000))
    assert bound_rules(text) == (text, True)


def test_sitemaps_beyond_the_limit_are_passed_over_and_rules_behind_them_hold() -> None:
    text, is_whole = bound_rules(fill("Sitemap: https://herald.example/%d.xml") + "\nDisallow: /private/")
    rules = Protego.parse(text)
    assert (len(list(rules.sitemaps)), is_whole) == (MAX_SITEMAPS, False)
    assert not rules.can_fetch("https://herald.example/private/rota", AGENT)


def test_rules_that_were_read_hold() -> None:
    text, _ = bound_rules("User-agent: *\nDisallow: /private/\n" + fill("Disallow: /*a*b%d", head=""))
    rules = Protego.parse(text)
    assert not rules.can_fetch("https://herald.example/private/rota", AGENT)
    assert not rules.can_fetch("https://herald.example/a/b0", AGENT)
    assert rules.can_fetch("https://herald.example/story", AGENT)
