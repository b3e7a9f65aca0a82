"""Articles per second of one, two and three `newsspider worker` processes on this machine, and their limit.

    python -m newsspider.workshop.bench.crawl_workers --db postgresql://…

The sites are small newspapers on 127.x.y.z, without delays between requests. The database must be a
server on this machine; its processor time is counted too. Use a new database.
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table
from sqlalchemy import create_engine, text

from newsspider.store.database import database_url
from newsspider.store.store import Store
from newsspider.workshop.bench.many_papers import paper_addresses

FIRST_NETWORK = 81  # of 127.81.0.0/16; each measurement has sites of its own
LOOK_SECONDS = 0.5  # between looks at the processes
BUSY = 0.9  # of the time: then a core, or all of them, are the limit
COUNT = "SELECT count(*) FROM articles"
TICKS = os.sysconf("SC_CLK_TCK")
SETTINGS = {
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": 0,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 4,
    "NEWSSPIDER_ALLOW_PRIVATE": "127.0.0.0/8",
}


@dataclass(frozen=True)
class WorkerFigures:
    """The rate of some workers, and the processor seconds that they took.

    Attributes:
        workers: processes.
        articles: that were stored.
        seconds: from the first request to the last one.
        loops: processor seconds of each worker's own process.
        extraction: of the workers' other processes.
        database: of the server.
        papers: of the process that serves the sites.
    """

    workers: int
    articles: int
    seconds: float
    loops: tuple[float, ...]
    extraction: float
    database: float
    papers: float

    @property
    def rate(self) -> float:
        """Articles per second."""
        return self.articles / self.seconds

    @property
    def used(self) -> float:
        """Processor seconds of everything."""
        return sum(self.loops) + self.extraction + self.database + self.papers

    def limit(self, cores: int) -> str:
        """Return the limit of the rate.

        >>> WorkerFigures(1, 100, 10.0, (9.8,), 2.0, 1.0, 0.5).limit(8)
        "a worker's event loop (98 % of a core)"
        >>> WorkerFigures(2, 100, 10.0, (5.0, 5.0), 6.0, 3.0, 0.5).limit(2)
        'processor time (98 % of 2 cores)'
        >>> WorkerFigures(1, 100, 10.0, (3.0,), 2.0, 1.0, 0.5).limit(8)
        'waiting: 0.7 cores are used'
        """
        if self.used > BUSY * cores * self.seconds:
            return (
                f"processor time ({self.used / cores / self.seconds:.0%} of {cores} cores)".replace(
                    "%", " %"
                )
            )
        busiest = max(self.loops) / self.seconds
        if busiest > BUSY:
            return f"a worker's event loop ({busiest:.0%} of a core)".replace("%", " %")
        return f"waiting: {self.used / self.seconds:.1f} cores are used"


def measure_workers(
    database: str, workers: int, sites: int, articles: int, network: int
) -> WorkerFigures:
    """Let so many workers crawl sites of their own once.

    Args:
        database: a PostgreSQL server's on this machine.
        workers: processes.
        sites: newspapers.
        articles: of each.
        network: the second number of their addresses.
    """
    before, stored = _server_seconds(database), _ask(database, COUNT)
    with TemporaryDirectory() as folder, _serve(sites, articles, network) as papers:
        fronts = Path(folder, "fronts.txt")
        fronts.write_text(
            "".join(f"http://{each}:{papers.port}/\n" for each in paper_addresses(sites, network))
        )
        processes = [
            _start_worker(database, fronts, Path(folder, f"{number}.log"))
            for number in range(workers)
        ]
        loops, children = _watch(processes)
        # Both include the start of the processes; it is a second per process.
        served = _own_seconds(papers.process.pid)
        first, last = papers.stop()
    stored = _ask(database, COUNT) - stored
    used = _server_seconds(database) - before
    return WorkerFigures(workers, stored, last - first, tuple(loops), children, used, served)


@dataclass
class _Served:
    """The process that serves the sites."""

    process: "subprocess.Popen[str]"
    port: int

    def stop(self) -> tuple[float, float]:
        """End it, and return the times of the first and the last request."""
        self.process.terminate()
        assert self.process.stdout is not None  # it is piped
        first, last = map(float, self.process.stdout.readline().split())
        self.process.wait()
        return first, last


@contextmanager
def _serve(sites: int, articles: int, network: int) -> Iterator[_Served]:
    """Serve newspapers while the block runs."""
    words = [
        sys.executable,
        "-m",
        "newsspider.workshop.bench.many_papers",
        str(sites),
        str(articles),
        str(network),
    ]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None  # it is piped
            yield _Served(process, int(process.stdout.readline()))
        finally:
            if process.poll() is None:
                process.terminate()


def _start_worker(database: str, fronts: Path, log: Path) -> "subprocess.Popen[bytes]":
    """Start a worker that ends when no site is due."""
    words = [
        sys.executable,
        "-m",
        "newsspider",
        "worker",
        "--db",
        database,
        "--urls-file",
        str(fronts),
        "--once",
    ]
    words += [word for name, value in SETTINGS.items() for word in ("-s", f"{name}={value}")]
    with log.open("wb") as stream:
        environment = {**os.environ, "no_proxy": "*"}
        return subprocess.Popen(
            words, stdout=stream, stderr=stream, stdin=subprocess.DEVNULL, env=environment
        )


def _watch(processes: "list[subprocess.Popen[bytes]]") -> tuple[list[float], float]:
    """Wait for processes; return the processor seconds of each, and those of all their children."""
    loops = {process.pid: 0.0 for process in processes}
    others: dict[int, float] = {}
    while any(process.poll() is None for process in processes):
        for each in loops:
            loops[each] = max(loops[each], _own_seconds(each))
        for each in _descendants(set(loops)):
            others[each] = max(others.get(each, 0.0), _own_seconds(each))
        time.sleep(LOOK_SECONDS)
    return [*loops.values()], sum(others.values())


def _descendants(roots: set[int]) -> set[int]:
    """Return the running children of processes, and their children."""
    parents = {number: _parent(number) for number in _running()}
    found: set[int] = set()
    while more := {each for each, parent in parents.items() if parent in roots | found} - found:
        found |= more
    return found


def _running() -> list[int]:
    return [int(folder.name) for folder in Path("/proc").glob("[0-9]*")]


def _own_seconds(process: int) -> float:
    """Return the processor seconds of a process without its children; 0 if it has ended."""
    return sum(_ticks(process)[:2]) / TICKS


def _ticks(process: int) -> tuple[int, ...]:
    """Return the clock ticks of a process and of its ended children, each in user and in system mode."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(") ")[2].split()
    except OSError:
        return 0, 0, 0, 0
    return tuple(map(int, fields[11:15]))


def _server_seconds(database: str) -> float:
    """Return the processor seconds of a PostgreSQL server on this machine, with its processes that have ended."""
    server = _find_server(database)
    running = [process for process in _running() if _parent(process) == server]
    own = sum(sum(_ticks(process)[:2]) for process in running)
    return (sum(_ticks(server)) + own) / TICKS


def _find_server(database: str) -> int:
    """Return the number of the server's main process, the parent of the one that answers."""
    server = 0
    while not server:  # the answering process can end before it is looked up
        server = _parent(_ask(database, "SELECT pg_backend_pid()"))
    return server


def _parent(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/stat").read_text().rpartition(") ")[2].split()[1])
    except OSError:
        return 0


def _ask(database: str, question: str) -> int:
    """Return the number that answers a query."""
    engine = create_engine(database_url(database))
    try:
        with engine.connect() as connection:
            return int(connection.execute(text(question)).scalar_one())
    finally:
        engine.dispose()


def show(figures: list[WorkerFigures], cores: int) -> None:
    """Print a table."""
    table = Table("workers", "articles/s", "loops", "extraction", "PostgreSQL", "sites", "limit")
    for each in figures:
        shares = (max(each.loops), each.extraction, each.database, each.papers)
        cells = [
            f"{seconds / each.articles * 1000:.0f}" for seconds in (sum(each.loops), *shares[1:])
        ]
        table.add_row(str(each.workers), f"{each.rate:.1f}", *cells, each.limit(cores))
    table.caption = (
        "loops, extraction, PostgreSQL, sites: milliseconds of processor time per article"
    )
    Console().print(table)


def main() -> None:
    """Run the measurement that the command line asks for."""
    parser = argparse.ArgumentParser(
        prog="python -m newsspider.workshop.bench.crawl_workers", description=__doc__
    )
    parser.add_argument(
        "--db", required=True, metavar="URL", help="a new PostgreSQL database on this machine"
    )
    parser.add_argument(
        "--sites", type=int, default=100, help="number of sites per measurement (default: 100)"
    )
    parser.add_argument(
        "--articles", type=int, default=10, help="number of articles per site (default: 10)"
    )
    parser.add_argument(
        "--workers", type=int, nargs="+", default=[1, 2, 3], help="processes (default: 1 2 3)"
    )
    parser.add_argument("--rounds", type=int, default=2, help="measurements of each (default: 2)")
    given = parser.parse_args()
    Store(given.db).close()
    wanted = [number for _ in range(given.rounds) for number in given.workers]
    figures = [
        measure_workers(given.db, number, given.sites, given.articles, FIRST_NETWORK + place)
        for place, number in enumerate(wanted)
    ]
    show(figures, os.cpu_count() or 1)


if __name__ == "__main__":
    main()
