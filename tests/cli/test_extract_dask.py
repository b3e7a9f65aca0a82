"""`newsspider extract --dask`: whatever is killed meanwhile, the rows are those of one machine, each once."""

import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from newsspider.part_per_input import dask_connection
from tests.clusters import Cluster, Gate, finish, need_dask, start_extract
from tests.crawls import wait_until
from tests.warcs import Row, read_lines, read_parts, write_warc

pytestmark = pytest.mark.processes

RunCommand = Callable[..., "subprocess.CompletedProcess[str]"]
ARCHIVES = 6


@pytest.fixture(scope="module")
def gate(tmp_path_factory: pytest.TempPathFactory) -> Gate:
    need_dask()
    return Gate(tmp_path_factory.mktemp("mends") / "gate")


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Archives, the second half of them gated; one is damaged."""
    folder = tmp_path_factory.mktemp("news")
    for number in range(ARCHIVES):
        site = "gated.example" if number >= ARCHIVES // 2 else "herald.example"
        write_warc(folder / "in" / f"{number}.warc.gz", f"{number}", 4, site=site, damaged=number == 1)
    return folder


@pytest.fixture(scope="module")
def expected(news: Path, gate: Gate, run_command: RunCommand) -> list[Row]:
    """The rows that `newsspider extract` makes on this machine."""
    gate.open()
    plain = run_command("extract", "in/*", "-o", "plain.jsonl", "--parsers", gate.module, "--workers", "1", cwd=news)
    assert plain.returncode == 1, plain.stderr  # the damage
    return read_lines(news / "plain.jsonl", news / "plain.quarantine.jsonl")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A cluster of one worker with a nanny, as `dask worker` starts it."""
    need_dask()
    with Cluster(tmp_path_factory.mktemp("dask") / "cluster", workers=0) as running:
        running.workers.append(running.start_worker(nanny=True))
        yield running


def count_parts(out: Path) -> int:
    return len(list(out.glob("articles/*.parquet")))


def test_rows_are_those_of_one_machine_and_a_missing_input_is_named_with_its_worker(
    news: Path, expected: list[Row], gate: Gate, cluster: Cluster, tmp_path: Path
) -> None:
    gate.open()
    words = ("in/*", "/gone/x.warc.gz", "-o", tmp_path / "out", "--parsers", gate.module, "--dask", cluster.address)
    code, said = finish(start_extract(news, *words))
    assert code == 1, said
    assert read_parts(tmp_path / "out") == expected
    assert said.startswith(f"30 pages: 23 articles, 6 empty, 1 failed → {tmp_path / 'out'}\n")
    assert "\n6 parts, 1 failed\n  /gone/x.warc.gz: no such file or folder (on worker tcp://127.0.0.1:" in said


def test_interrupted_run_keeps_finished_parts_and_leaves_nothing_else(
    news: Path, expected: list[Row], gate: Gate, cluster: Cluster, tmp_path: Path
) -> None:
    gate.shut()
    words = ("in/*", "-o", tmp_path / "out", "--parsers", gate.module, "--dask", cluster.address)
    process = start_extract(news, *words)
    gate.wait_for(1)
    wait_until(lambda: count_parts(tmp_path / "out") >= 1, "a part")
    before = count_parts(tmp_path / "out")
    process.send_signal(signal.SIGTERM)  # taken as Ctrl-C, which a shell's background jobs ignore
    code, said = finish(process)
    assert code == 130
    assert said.endswith("interrupted: finished parts are kept; --resume makes the others\n")
    assert "Traceback" not in said
    gate.open()
    wait_until(lambda: not list((tmp_path / "out").glob(".unfinished/*")), "the end of the task that was at work")
    assert count_parts(tmp_path / "out") == before < ARCHIVES
    assert finish(start_extract(news, *words, "--resume"))[0] == 1  # an empty page
    assert read_parts(tmp_path / "out") == expected


def test_poison_pages_on_a_local_cluster_cost_themselves(tmp_path: Path, gate: Gate) -> None:
    for number in range(2):
        write_warc(tmp_path / "in" / f"{number}.warc.gz", f"{number}", 5, site="poisoned.example")
    words = ("in/*", "--parsers", gate.module, "--deadline", "1")
    plain = finish(start_extract(tmp_path, *words, "-o", "plain.jsonl", "--workers", "2"))
    parts = finish(start_extract(tmp_path, *words, "-o", "out", "--dask", "local", "--workers", "2"))
    assert (plain[0], parts[0]) == (1, 1)
    rows = read_parts(tmp_path / "out")
    assert rows == read_lines(tmp_path / "plain.jsonl", tmp_path / "plain.quarantine.jsonl")
    assert [row[5] for row in rows if row[1] == "failed"] == [
        "the worker process died (SIGSEGV)",
        "took longer than 1 s",
    ] * 2
    assert "2 parts" in parts[1].splitlines()[-1]


def test_two_runs_that_make_the_same_part_at_once_give_it_once(
    news: Path, expected: list[Row], gate: Gate, tmp_path: Path
) -> None:
    gate.shut()
    words = ("in/*", "-o", tmp_path / "out", "--parsers", gate.module, "--part-per-input", "--resume", "--workers", "1")
    processes = [start_extract(news, *words) for _ in range(2)]
    gate.wait_for(2)
    gate.open()
    ended = [finish(process) for process in processes]
    assert {code for code, _ in ended} == {1}  # an empty page
    assert "Traceback" not in "".join(said for _, said in ended)
    assert read_parts(tmp_path / "out") == expected
    assert not (tmp_path / "out" / ".unfinished").exists()


@pytest.mark.nightly
def test_workers_that_are_killed_thrice_lose_no_row_and_double_none(
    news: Path, expected: list[Row], gate: Gate, tmp_path: Path
) -> None:
    gate.shut()
    with Cluster(tmp_path / "cluster", workers=2) as cluster:
        words = ("in/*", "-o", tmp_path / "out", "--parsers", gate.module, "--dask", cluster.address)
        process = start_extract(news, *words)
        gate.wait_for(2)
        for killed in range(3):
            cluster.workers[killed].kill()
            cluster.workers.append(cluster.start_worker())
            gate.wait_for(3 + killed)
        gate.open()
        code, said = finish(process)
    assert (code, said.splitlines()[-1]) == (1, "6 parts")
    assert read_parts(tmp_path / "out") == expected
    assert not (tmp_path / "out" / ".unfinished").exists()


@pytest.mark.nightly
def test_run_whose_scheduler_and_client_are_killed_with_half_the_parts_there_is_completed_by_the_next(
    news: Path, expected: list[Row], gate: Gate, tmp_path: Path
) -> None:
    gate.shut()
    words = ("in/*", "-o", tmp_path / "out", "--parsers", gate.module)
    with Cluster(tmp_path / "first", workers=1) as first:
        process = start_extract(news, *words, "--dask", first.address)
        wait_until(lambda: count_parts(tmp_path / "out") >= ARCHIVES // 2, "half the parts")
        gate.wait_for(1)
        for each in (first.scheduler, *first.workers):
            each.kill()
        process.kill()
        gate.open()  # before: a page that waits may have the command's standard error
        process.communicate()
    with Cluster(tmp_path / "second", workers=1) as second:
        code, said = finish(start_extract(news, *words, "--dask", second.address, "--resume"))
    assert (code, said.splitlines()[-1]) == (1, "3 parts, 3 there already")  # each has an empty page
    assert read_parts(tmp_path / "out") == expected
    assert not (tmp_path / "out" / ".unfinished").exists()


@pytest.mark.nightly
def test_scheduler_that_is_killed_ends_the_run_with_one_line_and_its_parts_are_kept(
    news: Path, gate: Gate, tmp_path: Path
) -> None:
    gate.shut()
    with Cluster(tmp_path / "cluster", workers=1) as cluster:
        process = start_extract(
            news, "in/*", "-o", tmp_path / "out", "--parsers", gate.module, "--dask", cluster.address
        )
        gate.wait_for(1)
        cluster.scheduler.kill()
        code, said = finish(process)
    gate.open()
    assert code == 1, said
    assert said.splitlines()[-1] == "the Dask scheduler is gone: finished parts are kept; --resume makes the others"
    assert "Traceback" not in said
    assert count_parts(tmp_path / "out") == ARCHIVES // 2


@pytest.mark.nightly
def test_local_cluster_goes_with_its_client_and_the_next_run_completes_the_parts(
    news: Path, expected: list[Row], gate: Gate, tmp_path: Path
) -> None:
    gate.shut()
    words = ("in/*", "-o", tmp_path / "out", "--parsers", gate.module, "--dask", "local", "--workers", "1")
    process = start_extract(news, *words)
    gate.wait_for(1)
    process.kill()
    gate.open()  # before: the page that waits has the command's standard error
    process.communicate()
    # A worker notices within seconds that its nanny is dead; until then it may finish the part that it is at.
    code, said = finish(start_extract(news, *words, "--resume"))
    assert code == 1, said  # an empty page
    assert read_parts(tmp_path / "out") == expected


@pytest.mark.nightly
@pytest.mark.parametrize(
    ("program", "said"),
    [
        ("import newsspider; newsspider.__version__ = '0.0.1'", ": newsspider 0.0.1, here "),
        ("import sys; sys.modules['newsspider'] = None", "can't run newsspider: "),
    ],
)
def test_workers_with_another_newsspider_or_none_are_refused(
    program: str, said: str, news: Path, tmp_path: Path
) -> None:
    need_dask()
    (tmp_path / "sitecustomize.py").write_text(program)
    with Cluster(tmp_path / "cluster", workers=0) as cluster:
        cluster.workers.append(
            cluster.start_worker(PYTHONPATH=f"{tmp_path}:{Path(dask_connection.__file__).parents[2]}")
        )
        code, told = finish(start_extract(news, "in/*", "-o", tmp_path / "out", "--dask", cluster.address))
    assert code == 2
    (line,) = told.splitlines()
    assert said in line
    assert not (tmp_path / "out").exists()


def test_scheduler_that_does_not_answer_is_one_line(
    news: Path, call_main: RunCommand, monkeypatch: pytest.MonkeyPatch
) -> None:
    need_dask()
    monkeypatch.setattr(dask_connection, "CONNECT_SECONDS", 0.5)
    done = call_main("extract", "in/*", "-o", "out", "--dask", "tcp://127.0.0.1:9", cwd=news)
    assert done.returncode == 2
    assert done.stderr == "newsspider: --dask tcp://127.0.0.1:9: no Dask scheduler answers (waited 0 s)\n"
