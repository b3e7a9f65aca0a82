"""The limits of extraction: workers, time and memory, use of trafilatura, the user's mends."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from newsspider.errors import UsageError
from newsspider.extraction.witness_policy import WitnessPolicy, read_policy
from newsspider.mending.parsers import ENVIRONMENT_VARIABLE, read_parsers


def count_cores() -> int:
    """Return the number of cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass(frozen=True, kw_only=True)
class Limits:
    """The limits of extraction.

    Attributes:
        workers: number of processes; 0: the calling process, without deadline and memory limit.
        deadline: seconds of processor time for one page; the slowest of 922 gold pages takes under
            one.
        patience: the factor from the deadline to the limit by the clock. Other programs on the
            machine must not make a page fail, and a worker that sleeps, waits for a disk or is
            stopped must not occupy a place for ever.
        memory: MiB of address space for a worker; it starts with some 200, a page of a megabyte
            needs 100 more.
        witness: when trafilatura is asked about a page.
        parsers: modules with mends, which each worker imports when it starts.
    """

    workers: int = count_cores()
    deadline: float = 20.0
    patience: float = 60.0
    memory: int = 1024
    witness: WitnessPolicy = "always"
    parsers: tuple[str, ...] = ()

    @property
    def clock_deadline(self) -> float:
        """Seconds for one page by the clock."""
        return self.patience * self.deadline


@dataclass(frozen=True)
class Range:
    """The allowed values of a limit."""

    field: str
    read: Callable[[Any], float]
    least: float
    most: float
    unit: str


_WORKERS = Range("workers", int, 0, 1024, "a whole number")
_DEADLINE = Range("deadline", float, 0.1, 86_400, "seconds")
# With less no worker could begin
_MEMORY = Range("memory", int, 256, 1 << 20, "MiB, a whole number")

RANGES: dict[str, Range] = {
    "workers": _WORKERS,
    "deadline": _DEADLINE,
    "memory": _MEMORY,
    "--workers": _WORKERS,
    "--deadline": _DEADLINE,
    "--memory": _MEMORY,
    "NEWSSPIDER_WORKERS": _WORKERS,
    "NEWSSPIDER_DEADLINE": _DEADLINE,
    "NEWSSPIDER_WORKER_MEMORY": _MEMORY,
}
POLICY_NAMES = ("witness", "--witness", "NEWSSPIDER_WITNESS")
PARSERS_NAMES = ("parsers", "--parsers", ENVIRONMENT_VARIABLE)
SETTING_NAMES = tuple(
    name for name in (*RANGES, *POLICY_NAMES, *PARSERS_NAMES) if name.startswith("NEWSSPIDER_")
)


def read_limits(given: Mapping[str, Any]) -> Limits:
    """Return the limits for flags, settings or arguments; None means the default.

    Raises:
        UsageError: one line that names the flag or setting and its allowed values.
    """
    wanted = [
        _read_limit(name, value)
        for name, value in given.items()
        if value is not None or name in PARSERS_NAMES
    ]
    return Limits(**dict(wanted))


def _read_limit(name: str, value: Any) -> tuple[str, Any]:
    if name in PARSERS_NAMES:
        return "parsers", read_parsers(value)
    if name in POLICY_NAMES:
        return "witness", read_policy(value, name)
    return RANGES[name].field, read_number(name, value, RANGES[name])


def read_number(name: str, value: Any, allowed: Range) -> Any:
    """Return one limit's value.

    Raises:
        UsageError: it is not allowed.
    """
    try:
        number = allowed.read(value)
    except (TypeError, ValueError):
        number = float("nan")

    if not allowed.least <= number <= allowed.most:
        span = f"from {allowed.least:g} to {allowed.most:.0f}"
        raise UsageError(f"{name} {value}: expected {allowed.unit} {span}")

    return number
