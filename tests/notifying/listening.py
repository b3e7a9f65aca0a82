"""Where messages go in the tests: a web hook and a mail server on 127.0.0.1."""

import email
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import BaseServer, StreamRequestHandler, ThreadingTCPServer
from threading import Thread
from typing import Any


@dataclass
class WebHook:
    """A web address that messages are posted to.

    Attributes:
        port: of 127.0.0.1.
        posted: path and JSON of each.
        failing: paths that answer 500.
        silent: paths that take a message and close without an answer.
    """

    port: int = 0
    posted: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    failing: set[str] = field(default_factory=set)
    silent: set[str] = field(default_factory=set)

    def target(self, path: str = "/hook") -> str:
        """Return the target of a path."""
        return f"json://127.0.0.1:{self.port}{path}"

    @property
    def titles(self) -> list[str]:
        """The titles of the messages."""
        return [message["title"] for _, message in self.posted]


@contextmanager
def listening_hook() -> Iterator[WebHook]:
    """Listen for messages to web hooks."""
    hook = WebHook()

    class Listening(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            hook.posted.append((self.path, json.loads(self.rfile.read(int(self.headers["Content-Length"])))))
            if self.path in hook.silent:
                return
            self.send_response(500 if self.path in hook.failing else 200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Listening) as server, _answering(server):
        hook.port = server.server_port
        yield hook


@dataclass
class MailServer:
    """A mail server, and what it took."""

    port: int = 0
    mails: list[EmailMessage] = field(default_factory=list)

    @property
    def target(self) -> str:
        """The target of a mail."""
        return f"mailto://you.example:{self.port}?smtp=127.0.0.1&from=news@you.example&to=desk@you.example"


@contextmanager
def listening_mail_server() -> Iterator[MailServer]:
    """Listen for mails, in as much of SMTP as takes one."""
    mail_server = MailServer()

    class Listening(StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 you.example\r\n")
            for line in self.rfile:
                verb = line[:4].upper()
                self.wfile.write({b"DATA": b"354 go on\r\n", b"QUIT": b"221 bye\r\n"}.get(verb, b"250 fine\r\n"))
                if verb == b"DATA":
                    lines = list(iter(self.rfile.readline, b".\r\n"))
                    parsed = email.message_from_bytes(b"".join(lines), policy=policy.default)
                    assert isinstance(parsed, EmailMessage)
                    mail_server.mails.append(parsed)
                    self.wfile.write(b"250 taken\r\n")

    with ThreadingTCPServer(("127.0.0.1", 0), Listening) as server, _answering(server):
        mail_server.port = server.server_address[1]
        yield mail_server


@contextmanager
def _answering(server: BaseServer) -> Iterator[None]:
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
