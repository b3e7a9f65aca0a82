"""A newspaper made of a folder's pages, served on 127.0.0.1 by a process of its own: its front page links to each."""

import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import islice
from pathlib import Path

from newsspider.inputs.reading import iter_pages

STORY = "/2026/03/24/story-{}-of-the-bench/"


class Newspaper(ThreadingHTTPServer):
    """Serves pages by number; more stories than pages begin again."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, bodies: list[bytes], stories: int) -> None:
        """Listen at a free port."""
        super().__init__(("127.0.0.1", 0), Answering)
        self.bodies = bodies
        links = "".join(
            f'<li><a href="{STORY.format(n)}">Story number {n} of the bench</a>'
            for n in range(stories)
        )
        self.front = f"<html><title>Bench</title><h1>Bench</h1><ul>{links}</ul>".encode()

    def answer(self, path: str) -> bytes | None:
        """Return the response for a path."""
        if path == "/":
            return self.front
        number = path.removeprefix(STORY.partition("{}")[0]).partition("-")[0]
        return self.bodies[int(number) % len(self.bodies)] if number.isdigit() else None


class Answering(BaseHTTPRequestHandler):
    """Answers one connection's requests."""

    server: Newspaper
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        """Answer with a page, or that there is none."""
        body = self.server.answer(self.path)
        self.send_response(200 if body is not None else 404)
        self.send_header("Content-Length", str(len(body or b"")))
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


def main() -> None:
    """Serve FOLDER as so many STORIES until the process is ended; the first line says where."""
    folder, stories = Path(sys.argv[1]), int(sys.argv[2])
    pages = (raw.body for raw in iter_pages([str(folder)]) if raw.body and not raw.flat)
    bodies = list(islice(pages, stories))

    with Newspaper(bodies, stories) as server:
        sys.stdout.write(f"http://127.0.0.1:{server.server_address[1]}/\n")
        sys.stdout.flush()
        server.serve_forever()


if __name__ == "__main__":
    main()
