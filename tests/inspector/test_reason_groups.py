"""Reasons for dropping a block and their groups."""

import inspect

import pytest

from newsspider.extraction.rules import rescuing
from newsspider.extraction.verdicts import RULES
from newsspider.inspector.reason_groups import GROUP_NAMES, GROUPS, group_of

DROPPING = [reason for reason, find in RULES if inspect.getmodule(find) is not rescuing]


@pytest.mark.parametrize("reason", DROPPING)
def test_every_rule_that_drops_has_a_group(reason: str) -> None:
    assert reason in GROUPS
    assert group_of(reason) in GROUP_NAMES


def test_an_element_of_the_site_is_its_frame() -> None:
    assert GROUP_NAMES[group_of("the site's <footer>")] == "the site's frame"
