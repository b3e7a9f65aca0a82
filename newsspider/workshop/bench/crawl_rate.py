"""The crawl's own rate: `scrapy crawl news` against a folder's pages on 127.0.0.1, each side a process of its own."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from newsspider.errors import UsageError
from newsspider.pool import Limits

# Politeness is not measured here; the front page links to all stories, however many.
IMPOLITE = {
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": 0,
    "ROBOTSTXT_OBEY": 0,
    "HTTPPROXY_ENABLED": 0,  # reading no_proxy from the environment costs each request 0.5 ms
    "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
    "NEWSSPIDER_MAX_PAGE_LINKS": 1_000_000,
    "LOG_LEVEL": "ERROR",
    "STATS_CLASS": "newsspider.crawl.stats.stats_file.StatsFile",
}


@dataclass(frozen=True)
class CrawlFigures:
    """A crawl's rate from its first request to its end, and how long its event loop stood still (milliseconds).

    Attributes:
        start_up: the other seconds of the command: imports before the crawl, and the end of the
            process.
        page_ms: processor time of the main process per page, without the workers.
        response_ms: the same per response, which includes redirects, feeds and sitemaps.
    """

    pages: int
    workers: int
    start_up: float
    pages_a_second: float
    loop_lag_p50: int
    loop_lag_p99: int
    loop_lag_max: int
    page_ms: float
    response_ms: float


def measure_crawl(folder: Path, count: int, limits: Limits) -> CrawlFigures:
    """Crawl so many stories made of a folder's pages.

    Raises:
        UsageError: the crawl ended without a result; the text has its messages.
    """
    with serve_folder(folder, count) as url:
        started = time.perf_counter()
        stats = _crawl(url, limits)
        whole = time.perf_counter() - started

    # By their records: the answers to questions for feeds and sitemaps are no pages.
    pages = sum(number for name, number in stats.items() if name.startswith("newsspider/kind/"))
    p50, p99, longest = (stats[f"newsspider/loop_lag_ms/{name}"] for name in ("p50", "p99", "max"))
    elapsed = stats["elapsed_time_seconds"]
    milliseconds = 1000 * stats["newsspider/main_process_seconds"]
    return CrawlFigures(
        pages=pages,
        workers=limits.workers,
        start_up=whole - elapsed,
        pages_a_second=pages / elapsed,
        loop_lag_p50=p50,
        loop_lag_p99=p99,
        loop_lag_max=longest,
        page_ms=milliseconds / pages,
        response_ms=milliseconds / stats["downloader/response_count"],
    )


@contextmanager
def serve_folder(folder: Path, stories: int) -> Iterator[str]:
    """Serve a folder's pages from another process while the block runs.

    The address is the front page's.
    """
    command = [
        sys.executable,
        "-m",
        "newsspider.workshop.bench.served_pages",
        str(folder),
        str(stories),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None  # it is piped
            yield server.stdout.readline().strip()
        finally:
            server.terminate()


def _crawl(url: str, limits: Limits) -> dict[str, Any]:
    """Crawl from an address and return the crawl's stats."""
    settings = {
        **IMPOLITE,
        "NEWSSPIDER_WORKERS": limits.workers,
        "NEWSSPIDER_DEADLINE": limits.deadline,
        "NEWSSPIDER_WORKER_MEMORY": limits.memory,
        "NEWSSPIDER_WITNESS": limits.witness,
    }
    with TemporaryDirectory() as place:
        kept = Path(place, "stats.json")
        environment = {
            **os.environ,
            "SCRAPY_SETTINGS_MODULE": "newsspider.settings",
            "NEWSSPIDER_DATABASE": str(Path(place, "news.db")),
            "no_proxy": "127.0.0.1",
        }
        arguments = ["-a", f"url={url}", "-a", "max_depth=1", "-s", f"NEWSSPIDER_STATS_FILE={kept}"]
        arguments += [
            word for name, value in settings.items() for word in ("-s", f"{name}={value}")
        ]
        command = [sys.executable, "-m", "scrapy", "crawl", "news", *arguments]
        done = subprocess.run(
            command, cwd=place, env=environment, capture_output=True, text=True, check=False
        )
        if not kept.exists():
            raise UsageError(f"the crawl gave no result: {done.stderr.strip()[-2000:]}")
        return dict(json.loads(kept.read_text(encoding="utf-8")))
