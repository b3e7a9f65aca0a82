"""Runs that are killed at any moment: the next ones complete the site, and nothing is there twice."""

from pathlib import Path
from random import Random

import pytest

from tests.killing.revisiting import STORIES, run_round

pytestmark = pytest.mark.processes

KILLS = 3


def test_killed_runs_and_one_more_store_every_story_once_as_it_is(tmp_path: Path) -> None:
    assert run_round(tmp_path, KILLS, Random(6))["stories"] == STORIES
