"""Tasks of a Dask cluster, here in threads of this process: results, reports and errors."""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from newsspider.errors import ClusterError
from newsspider.part_per_input import cluster as over_cluster
from newsspider.part_per_input import dask_connection
from newsspider.part_per_input.cluster import make_parts_on_cluster
from newsspider.part_per_input.inputs import list_inputs
from newsspider.part_per_input.make_part import Recipe
from newsspider.part_per_input.part_names import Input
from newsspider.pool import Limits
from tests.clusters import need_dask
from tests.crawls import wait_until
from tests.warcs import write_warc


class Noted:
    """Is told of progress, and counts it."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.pages: dict[str, int] = {}
        self.inputs = 0

    def note_pages(self, given: str, pages: int) -> None:
        """Keep the pages of an input."""
        self.pages[given] = pages

    def note_input(self) -> None:
        """Count an input."""
        self.inputs += 1


pytestmark = pytest.mark.processes  # a client of Dask runs `uname`
ARCHIVES = 3


@pytest.fixture
def in_process() -> Iterator[Callable[[int], str]]:
    """Start a cluster of so many threads in this process and return its address."""
    need_dask()
    from distributed import LocalCluster

    running = []

    def start(workers: int) -> str:
        cluster = LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            processes=False,
            dashboard_address="127.0.0.1:0",
            scheduler_kwargs={"dashboard": False},
        )
        running.append(cluster)
        return str(running[0].scheduler_address)

    yield start
    for each in running:
        each.close()


def test_cluster_without_workers_is_refused_in_time(
    in_process: Callable[[int], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dask_connection, "WORKERS_SECONDS", 0.2)
    with pytest.raises(Exception, match="the Dask cluster has no workers"):
        list(make_parts_on_cluster([], "out", Recipe(), in_process(0), Noted()))


def test_remote_inputs_and_outputs_are_read_and_written_by_the_workers(
    in_process: Callable[[int], str], tmp_path: Path
) -> None:
    import fsspec

    system = fsspec.filesystem("memory")
    system.store.clear()
    for number in range(ARCHIVES):
        file = write_warc(tmp_path / f"{number}.warc.gz", str(number), 3)
        system.put_file(str(file), f"/in/{file.name}")
    recipe, progress = Recipe("jsonl", limits=Limits(workers=0)), Noted()
    inputs = list_inputs(["memory://in/*"])
    outcomes = list(make_parts_on_cluster(inputs, "memory://out", recipe, in_process(1), progress))
    assert [each.problem for each in outcomes] == [None] * ARCHIVES
    kinds: Counter[str] = sum((each.part.kinds for each in outcomes if each.part), Counter())
    assert kinds == {"article": 3 * ARCHIVES, "empty": ARCHIVES}
    assert (progress.inputs, len(system.glob("/out/articles/*"))) == (ARCHIVES, ARCHIVES)
    wait_until(lambda: sum(progress.pages.values()) == 4 * ARCHIVES, "the reports of all pages")
    system.store.clear()


def test_fault_in_a_task_costs_its_input(
    in_process: Callable[[int], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(over_cluster, "make_part", _fail)
    inputs = [Input("x", "/x")]
    (outcome,) = make_parts_on_cluster(inputs, str(tmp_path), Recipe("jsonl"), in_process(1), Noted())
    assert outcome.problem == "x: ZeroDivisionError: by nought"


def _fail(*_: object) -> None:
    raise ZeroDivisionError("by nought")


def test_worker_that_dies_again_and_again_is_named_as_the_reason() -> None:
    need_dask()
    from distributed import KilledWorker

    class Dead:
        def result(self) -> None:
            raise KilledWorker("task", None, 3)  # type: ignore[arg-type]

    assert over_cluster._outcome_of(Dead(), Input("x", "/x")).problem == "x: its Dask worker died 4 times"


def test_scheduler_that_is_gone_ends_the_run() -> None:
    need_dask()
    from distributed import CancelledError

    class Lost:
        def result(self) -> None:
            raise CancelledError

    with pytest.raises(ClusterError, match="the Dask scheduler is gone"):
        over_cluster._outcome_of(Lost(), Input("x", "/x"))
