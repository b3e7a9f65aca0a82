"""A forwarding proxy as one stands in a network: it resolves names itself, passes requests on, and tunnels TLS."""

import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

from fixtures.serve import answering

PIECE_BYTES = 65536


class Proxy(ThreadingHTTPServer):
    """Forwards to the servers whose names it knows.

    Attributes:
        asked: what came: method, target, and the credentials with it.
    """

    daemon_threads = True

    def __init__(self, places: Mapping[str, tuple[str, int]]) -> None:
        """Listen at a free port of 127.0.0.1."""
        super().__init__(("127.0.0.1", 0), Forwarding)
        self.places = places
        self.asked: list[tuple[str, str, str]] = []

    def handle_error(self, request: object, client_address: object) -> None:
        """Keep quiet: the crawl closes its connections."""


class Forwarding(BaseHTTPRequestHandler):
    """Forwards the requests of one connection."""

    server: Proxy
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 30

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        self.note()
        target = HTTPConnection(*self.server.places[parts.hostname or ""], timeout=30)
        wanted = {name: value for name, value in self.headers.items() if not name.lower().startswith("proxy-")}
        target.request("GET", parts.path or "/", headers=wanted)
        answer = target.getresponse()
        body = answer.read()
        target.close()
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in ("transfer-encoding", "connection", "content-length"):
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_CONNECT(self) -> None:  # as the server looks for it
        self.note()
        with socket.create_connection(self.server.places[self.path.partition(":")[0]], timeout=30) as target:
            self.send_response(200)
            self.end_headers()
            back = Thread(target=pour, args=(target, self.connection), daemon=True)
            back.start()
            pour(self.connection, target)
            back.join()
        self.close_connection = True

    def note(self) -> None:
        """Remember what came."""
        self.server.asked.append((self.command, self.path, self.headers.get("Proxy-Authorization") or ""))

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


def pour(source: socket.socket, target: socket.socket) -> None:
    """Pass on what comes until it ends."""
    with suppress(OSError):
        while piece := source.recv(PIECE_BYTES):
            target.sendall(piece)
        target.shutdown(socket.SHUT_WR)


@contextmanager
def serve_proxy(places: Mapping[str, tuple[str, int]]) -> Iterator[Proxy]:
    """Forward while the block runs."""
    with Proxy(places) as proxy, answering(proxy):
        yield proxy
