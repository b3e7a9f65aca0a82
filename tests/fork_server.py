"""A process that has imported what our commands import and forks a child for each run of one.

`tests/programs.py` starts it and asks it. A child has its own arguments, folder, environment and standard streams, runs
the command's own script as the main module, and ends as any interpreter does. It differs from a real start in two
things: everything is imported already, and the seed of Python's hashes is that of the server.
"""

import gc
import importlib
import json
import os
import pkgutil
import runpy
import signal
import socket
import sys
from array import array
from pathlib import Path
from typing import NamedTuple

# Packages whose modules are imported, and modules of them that are not: preload.py makes a process deaf to Ctrl-C, and
# the one for mail is deprecated.
PACKAGES = (
    "newsspider", "pipelines", "scrapy.commands", "scrapy.downloadermiddlewares", "scrapy.extensions",
    "scrapy.spidermiddlewares",
)  # fmt: skip
LEFT_OUT = frozenset(
    {
        "newsspider.__main__", "newsspider.pool.preload", "newsspider.pool.preload_trafilatura",
        "scrapy.extensions.statsmailer",
    }
)  # fmt: skip
MODULES = ("scrapy.cmdline", "scrapy.squeues", "scrapy.pqueues", "scrapy.dupefilters", "scrapy.logformatter")
CLOCK = "newsspider.clock"  # reads the environment when it is imported
STREAMS = 3


class Run(NamedTuple):
    """What a child is to run."""

    words: list[str]
    folder: str
    environment: dict[str, str]


def preload() -> None:
    """Import what the commands import.

    Raises:
        RuntimeError: something was imported that a child of a fork can't use.
    """
    for name in MODULES:
        importlib.import_module(name)
    for name in PACKAGES:
        package = importlib.import_module(name)
        for found in pkgutil.walk_packages(package.__path__, f"{name}."):
            if found.name not in LEFT_OUT:
                importlib.import_module(found.name)
    if "twisted.internet.reactor" in sys.modules:
        raise RuntimeError("Twisted's reactor was imported: two children can't share it")
    gc.collect()
    gc.freeze()  # a child that looks for garbage would copy all of it


def serve(control: socket.socket) -> Run | None:
    """Fork for each message of the control socket; return the run in its child, and None when the socket is closed.

    A message is a byte and four descriptors: a socket for the request and the answers, and the standard streams.
    """
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the children's parents
    while True:
        descriptors = _receive_descriptors(control)
        if not descriptors:
            return None
        if os.fork() == 0:
            control.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            return _become_run(socket.socket(fileno=descriptors[0]), descriptors[1:])
        for descriptor in descriptors:
            os.close(descriptor)


def _receive_descriptors(control: socket.socket) -> list[int]:
    descriptors = array("i")
    size = (1 + STREAMS) * descriptors.itemsize
    message, ancillary, _, _ = control.recvmsg(1, socket.CMSG_SPACE(size))
    for _, _, content in ancillary:
        descriptors.frombytes(content)
    return list(descriptors) if message else []


def _become_run(answers: socket.socket, streams: list[int]) -> Run:
    """Fork the child that runs and return its run there; wait for it here, say how it ended, and end."""
    with answers.makefile("r", encoding="utf-8") as lines:
        run = Run(*json.loads(lines.readline()))
    if child := os.fork():
        answers.sendall(f"{child}\n".encode())
        _, status = os.waitpid(child, 0)
        answers.sendall(f"{os.waitstatus_to_exitcode(status)}\n".encode())
        os._exit(0)
    answers.close()
    for number, descriptor in enumerate(streams):
        os.dup2(descriptor, number)
        os.close(descriptor)
    return run


def enter(run: Run) -> None:
    """Give this process what a run has of its own."""
    os.chdir(run.folder)
    os.environ.clear()
    os.environ.update(run.environment)
    sys.argv[:] = run.words
    sys.path[0] = str(Path(run.words[0]).parent)
    importlib.reload(sys.modules[CLOCK])


if __name__ == "__main__":
    preload()
    with socket.socket(fileno=int(sys.argv[1])) as asked:
        following = serve(asked)
    if following:
        enter(following)
        runpy.run_path(following.words[0], run_name="__main__")
