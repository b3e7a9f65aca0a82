"""A server of the tests: in a thread of this process, on a port of its own, over a store that the test has made."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple

from newsspider.pool import Limits
from newsspider.serving.context import Context
from newsspider.serving.corrections import Corrections
from newsspider.serving.extraction_queue import MAX_WAITING, ExtractionQueue
from newsspider.serving.http_server import address_of, listen, make_server
from newsspider.serving.kept_pages import Archive
from newsspider.serving.security import choose_access
from newsspider.store.store import Store
from tests.patience import PATIENCE_SECONDS

BROWSER = {"Accept": "text/html"}


class Answer(NamedTuple):
    """An answer of the server."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """Return the body as text."""
        return self.body.decode()

    def json(self) -> Any:
        """Return the body as JSON types."""
        return json.loads(self.body)


class Running(NamedTuple):
    """A running server."""

    address: str
    context: Context
    port: int

    def ask(
        self, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None, method: str | None = None
    ) -> Answer:
        """Return the answer to a request; with a body it is a POST."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        try:
            connection.request(method or ("GET" if body is None else "POST"), path, body, dict(headers or {}))
            answer = connection.getresponse()
            return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def page(self, path: str) -> Answer:
        """Return the answer that a browser gets."""
        return self.ask(path, headers=BROWSER)


@contextmanager
def running(
    database: str,
    folder: Path,
    *,
    archive: Path | None = None,
    token: str | None = None,
    limits: Limits | None = None,
    max_waiting: int = MAX_WAITING,
) -> Iterator[Running]:
    """Run a server over a database; corrections go to a file in the folder."""
    chosen = limits or Limits(workers=1)
    kept = Archive([str(archive)] if archive else [])
    access = choose_access("127.0.0.1", token, ["news.example"])
    corrections = Corrections(folder / "corrections.gold.jsonl")
    context = Context(Store(database, create=False), ExtractionQueue(chosen, max_waiting), kept, corrections, access)
    kept.wait(PATIENCE_SECONDS)
    listening = listen("127.0.0.1", 0)
    address = address_of(listening)
    server = make_server(context, chosen.deadline)
    thread = Thread(target=server.run, args=([listening],), name="server of a test")
    thread.start()
    try:
        yield Running(address, context, listening.getsockname()[1])
    finally:
        server.should_exit = True
        thread.join(PATIENCE_SECONDS)
        assert not thread.is_alive()
