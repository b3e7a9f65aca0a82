"""A server that speaks HTTP byte by byte, so that it can speak it wrongly."""

import socket
import struct
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from socketserver import BaseRequestHandler, ThreadingTCPServer

from fixtures.serve import answering

PATIENCE_SECONDS = 30.0  # for a client's next byte
DRIP_SECONDS = 0.1

Answer = Callable[["Conversation"], None]


class Conversation:
    """One request's connection, to be answered in any way."""

    def __init__(self, connection: socket.socket, path: str, address: str) -> None:
        """Answer this request; the address is the server's own."""
        self.path = path
        self.address = address
        self._connection = connection

    def send(self, data: bytes) -> None:
        """Send bytes as they are."""
        self._connection.sendall(data)

    def drip(self, data: bytes) -> None:
        """Send bytes one by one, slowly."""
        for byte in data:
            self.send(bytes([byte]))
            time.sleep(DRIP_SECONDS)

    def pour(self, data: bytes) -> None:
        """Send the same bytes until the client has enough."""
        while True:
            self.send(data)

    def reset(self) -> None:
        """Break the connection off."""
        self._connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._connection.close()

    def wait(self) -> None:
        """Say nothing until the client has gone."""
        self._connection.recv(1)


class HostileServer(ThreadingTCPServer):
    """Answers each path by its function; a path that has none is not found."""

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True
    request_queue_size = 256

    def __init__(self, answers: Mapping[str, Answer], find: Callable[[str], Answer | None]) -> None:
        """Listen at a free port of 127.0.0.1; `find` knows the paths that `answers` has not."""
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers = answers
        self.find = find
        self.address = f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: clients hang up here."""


class _Handler(BaseRequestHandler):
    """Reads one request and answers it."""

    server: HostileServer

    def handle(self) -> None:
        """Answer; the connection is closed after."""
        self.request.settimeout(PATIENCE_SECONDS)
        head = b""
        while b"\r\n\r\n" not in head:
            received = self.request.recv(65536)
            if not received:
                return
            head += received
        path = head.split(b" ")[1].decode("latin-1")
        answer = self.server.answers.get(path) or self.server.find(path) or respond(b"", status="404 Not Found")
        with suppress(OSError):
            answer(Conversation(self.request, path, self.server.address))


class Later:
    """An answer that takes seconds to make: `ready` makes it, before a client waits for it."""

    def __init__(self, make: Callable[[], Answer]) -> None:
        """Make nothing yet: tests are collected more often than they are run."""
        self._make = make

    def __call__(self, conversation: "Conversation") -> None:
        """Answer."""
        self.ready()(conversation)

    def ready(self) -> Answer:
        """Return the answer itself."""
        return self._make()


def ready(answer: Answer) -> Answer:
    """Return an answer that is made."""
    return answer.ready() if isinstance(answer, Later) else answer


def respond(
    body: bytes,
    headers: Mapping[str, str] | None = None,
    *,
    status: str = "200 OK",
    length: int | str | None = None,
    content_type: str = "text/html; charset=utf-8",
) -> Answer:
    """Return what answers with a body; {address} in it is the server's.

    Args:
        body: as it is sent.
        headers: beside the usual ones.
        status: code and phrase.
        length: instead of the body's own; "" for none.
        content_type: of the body.
    """

    def answer(conversation: Conversation) -> None:
        address = conversation.address
        sent = body.replace(b"{address}", address.encode())
        lines = [f"HTTP/1.1 {status}", f"Content-Type: {content_type}", "Connection: close"]
        lines += [f"Content-Length: {len(sent) if length is None else length}"] if length != "" else []
        lines += [f"{name}: {value.replace('{address}', address)}" for name, value in (headers or {}).items()]
        conversation.send(("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + sent)

    return answer


@contextmanager
def serve(answers: Mapping[str, Answer], find: Callable[[str], Answer | None]) -> Iterator[HostileServer]:
    """Serve from threads for as long as the block runs."""
    with HostileServer(answers, find) as server, answering(server):
        yield server
