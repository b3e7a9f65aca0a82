"""Workers as processes, against PostgreSQL and many sites: killed, stopped, woken; nothing twice, nothing lost."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from newsspider.clock import CLOCK_VARIABLE, as_text, now
from newsspider.errors import ExitCode
from newsspider.record import ArticleRecord
from newsspider.store.schema.tables import articles
from newsspider.store.store import Store
from newsspider.store.turn_queue import Place
from tests.crawls import ROOT, closed_port, environment, wait_until
from tests.patience import PATIENCE_SECONDS
from tests.postgres import Server
from tests.programs import NEWSSPIDER, Finished, run_program, start_program
from tests.worker.many_sites import ManySites, addresses, serving

pytestmark = pytest.mark.processes

LEASE_SECONDS = 4.0
DELAY_SECONDS = 0.3
ARTICLES = 4
FAST = ("-s", "DOWNLOAD_DELAY=0")
POLITE_NAMES = ("RANDOMIZE_DOWNLOAD_DELAY=0", "CONCURRENT_REQUESTS_PER_DOMAIN=1", f"DOWNLOAD_DELAY={DELAY_SECONDS}")
POLITE = tuple(word for each in POLITE_NAMES for word in ("-s", each))
USUAL = ("-s", "AUTOTHROTTLE_ENABLED=0", "-s", "NEWSSPIDER_ALLOW_PRIVATE=127.0.0.0/8", "-s", "NEWSSPIDER_WORKERS=1")

Process = subprocess.Popen[bytes]


@pytest.fixture
def url(postgres: Server) -> str:
    return postgres.new_database()


class Fleet:
    """Workers of one database and one list of sites.

    Attributes:
        processes: by the name that they send as their user agent.
    """

    def __init__(self, database: str, sites: ManySites, folder: Path, *options: str) -> None:
        """Start none yet."""
        self.processes: dict[str, Process] = {}
        self.database = database
        self._folder = folder
        self._options = options
        self._list = folder / "fronts.txt"
        self._list.write_text("\n".join(sites.urls))

    def start(self, clock: str | None = None) -> str:
        """Start a worker, at a simulated time if one is given, and return its name."""
        name = f"newsspider/{len(self.processes)}"
        words = [NEWSSPIDER, *self.words(), *self._options, "-s", f"USER_AGENT={name}"]
        environ = {**environment(self.database), **({CLOCK_VARIABLE: clock} if clock else {})}
        with self._log(name).open("wb") as log:
            self.processes[name] = subprocess.Popen(
                words, cwd=ROOT, env=environ, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        return name

    def words(self) -> list[str]:
        return ["worker", "--urls-file", str(self._list), "--lease", f"{LEASE_SECONDS:g}s", *USUAL]

    def said(self, name: str) -> str:
        return self._log(name).read_text()

    def wait(self, name: str) -> int:
        return self.processes[name].wait(PATIENCE_SECONDS)

    def kill(self, name: str) -> None:
        self.processes[name].kill()
        self.processes[name].wait()

    def alive(self) -> list[str]:
        return [name for name, process in self.processes.items() if process.poll() is None]

    def places(self, *states: str) -> list[Place]:
        with Store(self.database, create=False) as store:
            return store.turn_queue().read(states)

    def finished(self) -> set[str]:
        """Return the sites whose turn came to its end."""
        return {place.site for place in self.places() if place.said}

    def has_finished(self, number: int) -> bool:
        """Whether so many sites are finished."""
        return len(self.finished()) >= number

    def _log(self, name: str) -> Path:
        return self._folder / f"{name.replace('/', '-')}.log"


@contextmanager
def fleet(database: str, sites: ManySites, folder: Path, *options: str) -> Iterator[Fleet]:
    """Serve sites and lend workers for them; all end with the block."""
    Store(database).close()
    with serving(sites):
        workers = Fleet(database, sites, folder, *options)
        try:
            yield workers
        finally:
            for process in workers.processes.values():
                process.kill()
                process.wait()


def stored(database: str) -> list[str]:
    with Store(database, create=False) as store:
        return sorted(record.url or "" for record in store.read(articles))


def run_command(database: str, *words: str, folder: Path = ROOT) -> Finished:
    return run_program([NEWSSPIDER, *words], folder=folder, environment=environment(database), timeout=PATIENCE_SECONDS)


def check_one_at_a_time(sites: ManySites, delay: float = 0.0) -> None:
    """Make sure that each site was asked by one process after the other, with its delay between them."""
    for site, stretches in sites.agents_by_site().items():
        agents = [agent for agent, _, _ in stretches]
        assert len(agents) == len(set(agents)), f"{site}: {agents}"
        for (_, _, last), (_, first, _) in pairwise(stretches):
            assert first - last >= delay, site


def test_two_workers_with_other_clocks_crawl_each_site_once_and_finish_each_by_itself(url: str, tmp_path: Path) -> None:
    sites = ManySites(addresses(12), ARTICLES)
    with fleet(url, sites, tmp_path, *FAST, "--concurrency", "4", "--once") as workers:
        names = [workers.start(), workers.start(clock=as_text(now() + timedelta(hours=3)))]
        assert [workers.wait(name) for name in names] == [0, 0]
        assert stored(url) == sites.article_urls()
        assert all(len(stretches) == 1 for stretches in sites.agents_by_site().values())
        said = "".join(map(workers.said, names))
        assert sorted(re.findall(r"(127\S+): 4 new", said)) == sorted(sites.sites)
        with Store(url) as store:
            assert {site: len(store.accounts(site, 9)) for site in store.sites()} == dict.fromkeys(sites.sites, 1)
        again = workers.start()
        assert workers.wait(again) == 0
        assert "0 turns finished (exit code 0)" in workers.said(again)


def test_worker_writes_the_report_and_removes_old_pages(url: str, tmp_path: Path) -> None:
    pytest.importorskip("vl_convert")
    report = tmp_path / "report.html"
    old = ArticleRecord(url="https://old.example/1", title="Storm", body="It blew.", first_seen="2020-01-01T00:00:00Z")
    with Store(url) as store:
        store.write([old])
    sites = ManySites(addresses(1), ARTICLES)
    options = (*FAST, "--once", "-s", f"NEWSSPIDER_REPORT={report}", "-s", "NEWSSPIDER_RETENTION=365d")
    with fleet(url, sites, tmp_path, *options) as workers:
        assert workers.wait(workers.start()) == 0
    assert stored(url) == sites.article_urls()
    assert sites.sites[0] in report.read_text()


def test_sites_of_a_killed_worker_go_to_others_with_their_delay_kept(url: str, tmp_path: Path) -> None:
    sites = ManySites(addresses(6), ARTICLES)
    with fleet(url, sites, tmp_path, *POLITE, "--concurrency", "6") as workers:
        first = workers.start()
        wait_until(lambda: len(stored(url)) > 2, "some articles are stored")
        workers.kill(first)
        unfinished = set(sites.sites) - workers.finished()
        assert unfinished
        second = workers.start()
        wait_until(lambda: workers.finished() == set(sites.sites), "all sites are finished")
        assert stored(url) == sites.article_urls()
        check_one_at_a_time(sites, DELAY_SECONDS)
        assert {each.site for each in sites.asked if each.agent == second} >= unfinished


def test_worker_that_slept_past_its_lease_asks_and_writes_nothing_more(url: str, tmp_path: Path) -> None:
    sites = ManySites(addresses(5), ARTICLES)
    with fleet(url, sites, tmp_path, *POLITE, "--concurrency", "5") as workers:
        sleeper = workers.start()
        wait_until(lambda: len(sites.asked) > 20, "the sites are being crawled")
        workers.processes[sleeper].send_signal(signal.SIGSTOP)
        lost = set(sites.sites) - workers.finished()
        assert lost
        workers.start()
        wait_until(lambda: workers.finished() == set(sites.sites), "the other worker has taken over")
        asked = len([each for each in sites.asked if each.agent == sleeper])
        with Store(url) as store:
            runs = len(store.read_runs(100))
        workers.processes[sleeper].send_signal(signal.SIGCONT)
        wait_until(lambda: workers.said(sleeper).count("the turn was lost") == len(lost), "each loss is told")
        workers.processes[sleeper].send_signal(signal.SIGTERM)
        assert workers.wait(sleeper) == 0
        assert f"{len(lost)} lost to other workers (exit code 0)" in workers.said(sleeper)
        # At most those requests that were on their way when it was stopped: one per site, with a delay between them.
        late = Counter(each.site for each in [each for each in sites.asked if each.agent == sleeper][asked:])
        assert all(number == 1 for number in late.values()), late
        with Store(url) as store:
            assert len(store.read_runs(100)) == runs
        assert stored(url) == sites.article_urls()
        check_one_at_a_time(sites, DELAY_SECONDS)


def test_sigterm_gives_sites_back_at_once(url: str, tmp_path: Path) -> None:
    sites = ManySites(addresses(6), 12)
    with fleet(url, sites, tmp_path, *POLITE, "--concurrency", "3", "--lease", "1h") as workers:
        first = workers.start()
        wait_until(lambda: len(stored(url)) > 2, "some articles are stored")
        workers.processes[first].terminate()
        assert workers.wait(first) == 0
        assert re.search(r"3 given back \(exit code 0\)", workers.said(first))
        assert workers.places("held", "silent") == []
        workers.start()
        wait_until(lambda: workers.finished() == set(sites.sites), "the other worker has taken them")
        assert stored(url) == sites.article_urls()
        check_one_at_a_time(sites, DELAY_SECONDS * 0.9)
        assert max(place.deaths for place in workers.places()) == 0


def test_once_that_is_interrupted_says_so(url: str, tmp_path: Path) -> None:
    sites = ManySites(addresses(1), 12)
    with fleet(url, sites, tmp_path, *POLITE, "--once") as workers:
        first = workers.start()
        wait_until(lambda: len(sites.asked) > 3, "the site is being crawled")
        workers.processes[first].terminate()
        assert workers.wait(first) == ExitCode.INTERRUPTED


def test_site_that_kills_its_worker_thrice_is_parked_named_and_let_go(url: str, tmp_path: Path) -> None:
    sites = ManySites(addresses(3), ARTICLES)
    deadly = sites.sites[0]
    with fleet(url, sites, tmp_path, *FAST, "--lease", "2s", "--once") as workers:
        sites.hang = {("127.77.0.1", "/")}
        for _ in range(3):
            name = workers.start()
            wait_until(partial(sites.asked_of, deadly, name), "the deadly site is being crawled")
            wait_until(lambda: workers.finished() >= set(sites.sites[1:]), "the others are finished")
            workers.kill(name)
            wait_until(lambda: bool(workers.places("silent")), "its lease ends")
        last = workers.start()
        assert workers.wait(last) == 0
        (parked,) = workers.places("parked")
        assert parked.site == deadly
        shown = run_command(url, "queue")
        assert shown.returncode == ExitCode.SOURCE_DARK
        assert "3 sites in" in shown.stdout
        assert "1 parked" in shown.stdout
        assert max(map(len, shown.stdout.splitlines())) <= 80
        rows = [json.loads(line) for line in run_command(url, "queue", "--json").stdout.splitlines()]
        told = {row["site"]: (row["state"], row["why"]) for row in rows}
        assert told[deadly][0] == "parked"
        assert "3 processes died while they crawled it" in told[deadly][1]
        sites.hang = set()
        assert run_command(url, "queue", "unpark", deadly).stdout == f"{deadly} is due\n"
        assert workers.wait(workers.start()) == 0
        assert stored(url) == sites.article_urls()


def test_server_that_restarts_loses_no_turn(postgres: Server, url: str, tmp_path: Path) -> None:
    sites = ManySites(addresses(6), ARTICLES)
    with fleet(url, sites, tmp_path, *POLITE, "--concurrency", "6", "--lease", "1m") as workers:
        name = workers.start()
        wait_until(lambda: len(sites.asked) > 20, "the sites are being crawled")
        postgres.stop()
        time.sleep(1)
        postgres.start()
        wait_until(lambda: workers.finished() == set(sites.sites), "all sites are finished")
        assert stored(url) == sites.article_urls()
        workers.processes[name].terminate()
        assert workers.wait(name) in {0, ExitCode.SOME_PAGES_FAILED}
        assert "6 turns finished" in workers.said(name)


def storm(url: str, folder: Path, sites: ManySites, kills: int, options: Sequence[str], seed: int) -> None:
    """Let three workers crawl while some of them are killed or put to sleep, again and again, until all is crawled."""
    random = Random(seed)
    with fleet(url, sites, folder, *options) as workers:
        for _ in range(3):
            workers.start()
        for number in range(kills):
            goal = min(len(sites.sites), len(workers.finished()) + random.randint(1, len(sites.sites) // (2 * kills)))
            wait_until(partial(workers.has_finished, goal), "some sites are done")
            victim = random.choice(workers.alive())
            if number % 3 == 2:
                workers.processes[victim].send_signal(signal.SIGSTOP)
                time.sleep(1.5 * LEASE_SECONDS)
                workers.processes[victim].send_signal(signal.SIGCONT)
            else:
                workers.kill(victim)
                workers.start()
        wait_until(lambda: workers.finished() == set(sites.sites), "all sites are crawled")
        assert stored(url) == sites.article_urls()
        check_one_at_a_time(sites, DELAY_SECONDS)


def test_storm_of_kills_and_sleeps(url: str, tmp_path: Path) -> None:
    storm(url, tmp_path, ManySites(addresses(18), ARTICLES), 3, (*POLITE, "--concurrency", "4"), 1)


@pytest.mark.nightly
def test_storm_over_three_hundred_sites(url: str, tmp_path: Path) -> None:
    storm(url, tmp_path, ManySites(addresses(300), ARTICLES), 16, (*POLITE, "--concurrency", "20"), 2)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["worker"], "nothing to crawl: give --sites FILE"),
        (["worker", "https://herald.example", "--db", "news.db"], "need a PostgreSQL database"),
        (["worker", "https://herald.example", "--lease", "1s"], "--lease 1s: should be 2s or more"),
        (["worker", "https://herald.example", "--every", "soon"], "--every soon: not a duration"),
        (["worker", "https://herald.example", "-s", "JOBDIR=x"], "JOBDIR: not for workers"),
        (["worker", "https://herald.example", "-s", "NEWSSPIDER_STORE=0"], "a worker needs the database"),
        (["queue", "park", "herald.example"], "unknown word 'park'"),
        (["queue", "unpark"], "unpark: give the sites"),
    ],
)
def test_wrong_usage_is_refused(words: list[str], said: str, url: str, tmp_path: Path) -> None:
    refused = run_command(url, *words, folder=tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert (refused.returncode, said in refused.stderr) == (ExitCode.WRONG_USAGE, True), refused.stderr


def test_server_that_is_not_there_is_told(tmp_path: Path) -> None:
    away = f"postgresql://postgres@127.0.0.1:{closed_port()}/news"
    refused = run_command(away, "worker", "https://herald.example")
    assert refused.returncode == ExitCode.STORE_UNUSABLE
    assert "no server answers there" in refused.stderr


def test_loop_that_hangs_ends_the_process() -> None:
    program = (
        "import time; from newsspider.worker.watchdog import Watchdog; from newsspider.worker import watchdog; "
        "watchdog.TICK_SECONDS = 0.01; dog = Watchdog(lambda: ['herald.example'], 20); dog.start(); dog.beat(); "
        "time.sleep(60)"
    )
    ended = start_program(
        [sys.executable, "-c", program], folder=ROOT, environment=os.environ, timeout=PATIENCE_SECONDS
    )
    assert ended.returncode == ExitCode.CRASHED
    assert "the event loop hangs, with herald.example" in ended.stderr
