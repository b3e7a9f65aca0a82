"""Listening: a socket, a server on it, a quiet end."""

import errno
import socket
from collections.abc import Callable
from types import FrameType

import uvicorn

from newsspider.errors import UsageError
from newsspider.serving.app import build_app
from newsspider.serving.context import Context

BACKLOG = 2_048  # connections that the system keeps waiting
ENDING_SECONDS = 10  # beyond the deadline of a page, for requests that are under way
REASONS = {
    errno.EADDRINUSE: "the port is in use: choose another with --port",
    errno.EACCES: "this port may be used by root only: choose one from 1024",
    errno.EADDRNOTAVAIL: "this machine has no such address",
}


class Server(uvicorn.Server):
    """A server that sends waiting requests away once it is told to end."""

    def __init__(self, config: uvicorn.Config, begin_closing: Callable[[], None]) -> None:
        """Call `begin_closing` at the first signal."""
        super().__init__(config)
        self._begin_closing = begin_closing

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Note a signal."""
        self._begin_closing()
        super().handle_exit(sig, frame)


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens.

    Raises:
        UsageError: the host or port can't be used.
    """
    try:
        ((family, *_), *_others) = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        return socket.create_server((host, port), family=family, backlog=BACKLOG)
    except socket.gaierror as error:
        raise UsageError(f"--host {host}: no such host") from error
    except OSError as error:
        raise UsageError(
            f"{host}:{port}: {REASONS.get(error.errno or 0, error.strerror)}"
        ) from error


def address_of(listening: socket.socket) -> str:
    """Return the address of a listening socket for a browser."""
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def make_server(context: Context, deadline: float) -> Server:
    """Return a server that finishes the requests under way when it is told to end."""
    config = uvicorn.Config(
        build_app(context),
        loop="asyncio",
        http="h11",
        ws="none",
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=int(deadline) + ENDING_SECONDS,
    )
    return Server(config, context.queue.begin_closing)


def serve_on(listening: socket.socket, context: Context, deadline: float) -> None:
    """Answer requests until SIGINT or SIGTERM."""
    try:
        make_server(context, deadline).run([listening])
    except KeyboardInterrupt:
        return  # uvicorn raises the signal again once it has ended
