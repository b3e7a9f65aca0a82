"""The connection to a Dask cluster: a local one is started for a run, and one whose workers differ is refused."""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from importlib.metadata import version
from typing import Any

from newsspider import __version__
from newsspider.errors import UsageError
from newsspider.extraction.version import extraction_version
from newsspider.mending.parsers import load_parsers
from newsspider.part_per_input import LOCAL

CONNECT_SECONDS = 15.0  # for a scheduler to answer
WORKERS_SECONDS = 60.0  # for the first worker to be there; and without any worker later on
# Bytes of a local worker; it holds its library, records waiting to be written, and no page
LOCAL_MEMORY = 2 << 30
LOGGED = ("distributed", "tornado", "asyncio")
_SETTINGS = {
    "distributed.worker.daemon": False,  # a daemon's pool can't start processes
    "distributed.worker.preload": ["newsspider.part_per_input.preload"],
    "distributed.worker.http.routes": [],  # nothing is served to other users of this machine
    "distributed.scheduler.http.routes": [],
    # A task takes minutes: looking at it every 10 ms, and at memory and event loops every 20 to 100, is wasted.
    "distributed.worker.profile.enabled": False,
    "distributed.worker.memory.monitor-interval": "1s",
    "distributed.admin.tick.interval": "1s",
    "distributed.admin.system-monitor.interval": "5s",
}


@contextmanager
def connect_to_cluster(address: str, workers: int, parsers: tuple[str, ...]) -> Iterator[Any]:
    """Yield a client of a cluster whose workers make the records that this process would make.

    Args:
        address: of the scheduler, or LOCAL for a cluster of this machine that ends with the block.
        workers: processes of a local cluster.
        parsers: modules with mends, which the workers must be able to import.

    Raises:
        UsageError: Dask is not installed, no scheduler answers, or the workers can't make parts.
    """
    _import_dask(address)
    with _silence(), _connect(address, workers) as client:
        _check_workers(client, parsers)
        yield client


def _is_scheduler(address: str) -> bool:
    return address == LOCAL or "://" in address


def _import_dask(address: str) -> None:
    """See that Dask is there, and that an address can be one.

    Raises:
        UsageError: the cause, in one line.
    """
    if not _is_scheduler(address):
        raise UsageError(
            f"--dask {address}: expected {LOCAL} or a scheduler's address such as tcp://10.0.0.1:8786"
        )
    try:
        import distributed  # noqa: F401  # makes its loggers
    except ImportError as error:
        raise UsageError("--dask needs the extra: pip install 'newsspider[cluster]'") from error


@contextmanager
def _connect(address: str, workers: int) -> Iterator[Any]:
    """Yield a client of the cluster.

    Raises:
        UsageError: no scheduler answers in time.
    """
    import dask
    from distributed import Client, LocalCluster

    if address == LOCAL:
        with dask.config.set(_SETTINGS):
            # TLS: without it every user of this machine could run code in the workers.
            cluster = LocalCluster(
                n_workers=max(1, workers),
                threads_per_worker=1,
                memory_limit=LOCAL_MEMORY,
                dashboard_address="127.0.0.1:0",  # None would mean port 8787
                scheduler_kwargs={"dashboard": False},
                silence_logs=logging.CRITICAL,
                security=True,
            )
            with cluster, Client(cluster, set_as_default=False) as client:
                yield client
        return
    try:
        with dask.config.set(_SETTINGS):
            client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError, RuntimeError) as error:
        raise UsageError(
            f"--dask {address}: no Dask scheduler answers (waited {CONNECT_SECONDS:.0f} s)"
        ) from error
    with client:
        yield client


@dataclass(frozen=True)
class _Versions:
    """The versions that must agree on all machines, so that a page gives the same record."""

    newsspider: str
    rules_and_model: str
    python: str
    distributed: str


def _describe_process(parsers: tuple[str, ...]) -> _Versions:
    """Return the versions of this process.

    Raises:
        UsageError: a module with mends can't be imported here.
    """
    load_parsers(parsers)
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    return _Versions(__version__, extraction_version(), python, version("distributed"))


def _check_workers(client: Any, parsers: tuple[str, ...]) -> None:
    """Refuse a cluster without workers, and workers that would make other records than this process.

    Raises:
        UsageError: one line that names the first worker and the difference.
    """
    from distributed import TimeoutError as TooLate

    try:
        client.wait_for_workers(1, timeout=WORKERS_SECONDS)
    except TooLate as error:
        raise UsageError(
            f"the Dask cluster has no workers (waited {WORKERS_SECONDS:.0f} s)"
        ) from error
    ours = _describe_process(parsers)
    try:
        answers = client.run(_describe_process, parsers, on_error="return")
    except Exception as error:  # unpickling and the network raise anything
        raise UsageError(f"the Dask workers can't run newsspider: {_one_line(error)}") from error
    for worker, theirs in sorted(answers.items()):
        if isinstance(theirs, Exception):
            raise UsageError(f"worker {worker}: can't run newsspider: {_one_line(theirs)}")
        for name in (each.name for each in fields(_Versions)):
            here, there = getattr(ours, name), getattr(theirs, name)
            if here != there:
                raise UsageError(
                    f"worker {worker}: {name.replace('_', ' ')} {there}, here {here}: install the same"
                )


def _one_line(error: BaseException) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())}"


@contextmanager
def _silence() -> Iterator[None]:
    """Keep Dask's log off the terminal: it has tracebacks for each lost worker; the run's own lines say more."""
    loggers = [
        logging.getLogger(name)
        for name in [*logging.root.manager.loggerDict]
        if name.startswith(LOGGED)
    ]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
