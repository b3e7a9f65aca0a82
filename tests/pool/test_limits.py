"""Limits from flags and settings: checked, or refused in one line."""

from typing import Any

import pytest

from newsspider.errors import UsageError
from newsspider.pool import Limits, read_limits
from newsspider.pool.limits import count_cores


def test_what_is_not_given_has_its_default() -> None:
    assert read_limits({}) == read_limits({"--workers": None, "NEWSSPIDER_DEADLINE": None}) == Limits()
    assert Limits() == Limits(workers=count_cores(), deadline=20.0, memory=1024, witness="always")


@pytest.mark.parametrize(
    ("given", "limits"),
    [
        ({"--workers": 0, "--deadline": 0.5, "--memory": 300}, Limits(workers=0, deadline=0.5, memory=300)),
        ({"NEWSSPIDER_WORKERS": "3", "NEWSSPIDER_DEADLINE": "7.5"}, Limits(workers=3, deadline=7.5)),
        ({"NEWSSPIDER_WORKER_MEMORY": "2048"}, Limits(memory=2048)),
        ({"--witness": "unsure"}, Limits(witness="unsure")),
        ({"NEWSSPIDER_WITNESS": "never"}, Limits(witness="never")),
    ],
)
def test_limits_are_read_from_flags_and_settings(given: dict[str, Any], limits: Limits) -> None:
    assert read_limits(given) == limits


@pytest.mark.parametrize(
    ("name", "value", "line"),
    [
        ("--workers", -1, "--workers -1: expected a whole number from 0 to 1024"),
        ("NEWSSPIDER_WORKERS", "many", "NEWSSPIDER_WORKERS many: expected a whole number from 0 to 1024"),
        ("NEWSSPIDER_WORKERS", "2.5", "NEWSSPIDER_WORKERS 2.5: expected a whole number from 0 to 1024"),
        ("--deadline", 0, "--deadline 0: expected seconds from 0.1 to 86400"),
        ("--deadline", float("nan"), "--deadline nan: expected seconds from 0.1 to 86400"),
        ("NEWSSPIDER_DEADLINE", [], "NEWSSPIDER_DEADLINE []: expected seconds from 0.1 to 86400"),
        ("--memory", 100, "--memory 100: expected MiB, a whole number from 256 to 1048576"),
        ("NEWSSPIDER_WORKER_MEMORY", "1G", "NEWSSPIDER_WORKER_MEMORY 1G: expected MiB, a whole number from 256 to"),
        ("--witness", "sometimes", "--witness sometimes: expected always, unsure or never"),
        ("NEWSSPIDER_WITNESS", True, "NEWSSPIDER_WITNESS True: expected always, unsure or never"),
    ],
)
def test_what_can_not_be_is_refused_in_one_line(name: str, value: Any, line: str) -> None:
    with pytest.raises(UsageError) as refused:
        read_limits({name: value})
    assert str(refused.value).startswith(line)
    assert "\n" not in str(refused.value)
