"""A short campaign of kill -9; `python -m tests.killing.campaign 40` is the long one."""

import random

import pytest

from tests.commands.test_crawl import STORIES
from tests.killing.campaign import run_campaign

pytestmark = pytest.mark.processes


def test_killed_commands_lose_nothing_and_go_on() -> None:
    kills, _ = run_campaign(1, 1, len(STORIES), random.Random(8))
    assert kills == 7
