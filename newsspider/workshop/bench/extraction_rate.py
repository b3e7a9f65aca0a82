"""Pages measured one by one in this process, then as a stream through the pool."""

import resource
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TypeVar

from newsspider.extraction.witness_policy import WitnessPolicy
from newsspider.inputs.reading import iter_pages, iter_saved
from newsspider.pool import Limits, extract_raw, iter_records
from newsspider.workshop.bench.stages import STAGES, clocked_stages

KIB_OF_MAXRSS = 1024 if sys.platform == "darwin" else 1  # ru_maxrss is in bytes there
# Extracted before the clock runs, so that no page pays for data that is loaded once
WARMING_PAGES = 25
PERCENTILES = (50, 95, 99)
Page = TypeVar("Page")


@dataclass(frozen=True)
class StageFigures:
    """The cost of a page in one process.

    Attributes:
        pages: how many were extracted, repetitions counted.
        stages: milliseconds of processor time a page by stage; "rest" is the time outside of all stages.
        page: the same for whole pages: mean, p50, p95, p99, max.
        peak_memory: MiB of this process.
    """

    pages: int
    stages: dict[str, float]
    page: dict[str, float]
    peak_memory: float


@dataclass(frozen=True)
class RateFigures:
    """How many pages a second of wall time came through, after so many seconds until the first one."""

    pages: int
    workers: int
    start_up: float
    pages_a_second: float


def repeat_pages(
    read: Callable[[list[str]], Iterator[Page]], folder: Path, count: int
) -> Iterator[Page]:
    """Yield so many pages, a folder's over and over; none if it has none."""
    left = count
    while left > 0:
        found = 0
        for page in islice(read([str(folder)]), left):
            found += 1
            yield page
        if not found:
            return
        left -= found


def measure_stages(folder: Path, count: int, witness: WitnessPolicy = "always") -> StageFigures:
    """Extract pages in this process, each stage under a clock."""
    for raw in repeat_pages(iter_pages, folder, min(count, WARMING_PAGES)):
        extract_raw(raw, witness).to_json()

    times: list[float] = []
    with clocked_stages() as clock:
        for raw in repeat_pages(iter_pages, folder, count):
            started = time.process_time()
            extract_raw(raw, witness).to_json()
            times.append(1000 * (time.process_time() - started))

    stages = {stage: 1000 * clock.seconds[stage] / len(times) for stage in STAGES}
    mean = sum(times) / len(times)
    times.sort()
    page = {
        f"p{percent}": times[min(len(times) - 1, len(times) * percent // 100)]
        for percent in PERCENTILES
    }
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / KIB_OF_MAXRSS

    return StageFigures(
        len(times),
        {**stages, "rest": mean - sum(stages.values())},
        {"mean": mean, **page, "max": times[-1]},
        peak,
    )


def measure_rate(folder: Path, count: int, limits: Limits) -> RateFigures:
    """Extract pages as `newsspider extract` does.

    The clock starts with the first record, when the workers are up.
    """
    begun = time.perf_counter()
    records = iter_records(repeat_pages(iter_saved, folder, count + 1), limits)
    next(records).to_json()
    started = time.perf_counter()
    done = sum(1 for record in records if record.to_json())
    return RateFigures(
        done, limits.workers, started - begun, done / (time.perf_counter() - started)
    )
