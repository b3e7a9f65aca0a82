"""A web site made of a function, which notes what it is asked for, with which headers, and how much at a time."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from fixtures.serve import answering

PROSE = "The old ferry left the harbour at nine with forty people on board, as it last did thirty years ago. " * 4


@dataclass(frozen=True)
class Heard:
    """A request as it came."""

    path: str
    headers: Mapping[str, str]  # names in lower case

    @property
    def host(self) -> str:
        """The name that was asked for, without the port."""
        return self.headers["host"].partition(":")[0]


@dataclass(frozen=True)
class Reply:
    """An answer."""

    body: str = ""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


Site = Callable[[Heard], Reply]


class Listener(ThreadingHTTPServer):
    """Serves a site.

    Attributes:
        heard: what came, in order.
        address: `http://host:port`.
    """

    daemon_threads = True
    request_queue_size = 256

    def __init__(self, site: Site, host: str) -> None:
        """Listen at a free port."""
        super().__init__((host, 0), _Handler)
        self.site = site
        self.heard: list[Heard] = []
        self.address = f"http://{host}:{self.server_port}"
        self.lock = threading.Lock()

    def paths(self) -> list[str]:
        """Return the paths that were asked for, without robots.txt."""
        return [heard.path for heard in self.heard if heard.path != "/robots.txt"]

    def handle_error(self, request: object, client_address: object) -> None:
        """Keep quiet: crawls that end close their connections."""


class _Handler(BaseHTTPRequestHandler):
    server: Listener
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 60

    def do_GET(self) -> None:
        heard = Heard(self.path, {name.lower(): value for name, value in self.headers.items()})
        with self.server.lock:
            self.server.heard.append(heard)
        reply = self.server.site(heard)
        body = reply.body.encode()
        self.send_response(reply.status)
        for name, value in ({"Content-Type": "text/html; charset=utf-8"} | dict(reply.headers)).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@contextmanager
def listen(site: Site, host: str = "127.0.0.1") -> Iterator[Listener]:
    """Serve a site while the block runs."""
    with Listener(site, host) as server, answering(server):
        yield server


def story(title: str, more: str = "") -> Reply:
    """Return a page with an article that no other title has."""
    return Reply(f"<title>{title}</title><article><h1>{title}</h1><p>{PROSE} It was {title}.</p>{more}</article>")


def front(links: list[str]) -> Reply:
    """Return a page of links."""
    return Reply("<title>Herald</title>" + "".join(f'<p><a href="{link}">The ferry sails {link}</a>' for link in links))


def moved(location: str, status: int = 302, **headers: str) -> Reply:
    """Return a redirect; underscores in headers' names are hyphens."""
    return Reply("", status, {"Location": location} | {name.replace("_", "-"): it for name, it in headers.items()})


def missing() -> Reply:
    """Return what is said of a path that is not there."""
    return Reply("", 404)
