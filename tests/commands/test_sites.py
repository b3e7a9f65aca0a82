"""Many sites in one process: each as its profile says, and none holds up the others."""

import random
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path

import pytest

from fixtures.serve import answering
from tests.crawls import FAST, crawl_words, our_lines, read_articles, run_scrapy
from tests.programs import Finished

pytestmark = pytest.mark.processes

NAMES = "ferry harbour council bridge market school".split()
HANGS, GARBAGE, ENDLESS = "127.0.3.1", "127.0.3.2", "127.0.3.3"
HANG_SECONDS = 30.0  # longer than the test's patience with one answer
BRIEF = {**FAST, "DOWNLOAD_TIMEOUT": 2, "RETRY_TIMES": 0}


class Press(ThreadingHTTPServer):
    """Answers at every address of 127.0.0.0/8, a paper of two stories at each; three of them are broken."""

    daemon_threads = True
    request_queue_size = 512

    def __init__(self) -> None:
        """Listen at a free port."""
        super().__init__(("0.0.0.0", 0), Answering)
        self.asked: dict[str, list[tuple[str, float, dict[str, str]]]] = defaultdict(list)

    def handle_error(self, request: object, client_address: object) -> None:
        """Keep quiet: the crawl hangs up on what hangs."""


class Answering(BaseHTTPRequestHandler):
    """Answers one connection."""

    server: Press
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = HANG_SECONDS

    def do_GET(self) -> None:
        host = self.headers["Host"].partition(":")[0]
        self.server.asked[host].append((self.path, time.monotonic(), dict(self.headers.items())))
        status, headers, body = answer(host, self.path)
        self.send_response(status)
        for name, value in {"Content-Type": "text/html", **headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


def answer(host: str, path: str) -> tuple[int, dict[str, str], bytes]:
    """Return status, headers and body."""
    if host == HANGS:
        time.sleep(HANG_SECONDS)
    if host == GARBAGE:
        return 200, {}, random.Random(path).randbytes(5000)
    if host == ENDLESS:
        return 302, {"Location": f"{path}x"}, b""
    if path == "/":
        links = "".join(f'<li><a href="/2026/03/1{n}/{slug(host, n)}/">{title(host, n)}</a></li>' for n in (1, 2))
        return 200, {}, page("The Paper", f"<h1>News</h1><ul>{links}</ul>")
    if path.startswith("/2026/"):
        number = int(path[len("/2026/03/1") :][0])
        promo = '<p class="promo">The paper is printed on Tuesdays, and the crossword on its last page is hard.</p>'
        return (
            200,
            {},
            page(title(host, number), f"<article><h1>{title(host, number)}</h1>{text(host, number)}{promo}</article>"),
        )
    return 404, {}, page("Not found", "<h1>Not found</h1>")


def page(name: str, content: str) -> bytes:
    return f"<!DOCTYPE html><html><title>{name}</title><main>{content}</main></html>".encode()


def slug(host: str, number: int) -> str:
    return title(host, number).lower().replace(" ", "-")


def title(host: str, number: int) -> str:
    return f"The {NAMES[number]} of {host.replace('.', ' ')} sails again"


def text(host: str, number: int) -> str:
    chance = random.Random(f"{host}{number}")
    told = (
        f"The {chance.choice(NAMES)} near the {chance.choice(NAMES)} opened at {chance.randint(1, 12)} after a long"
        f" winter, said the {chance.randint(20, 900)} people who had waited since the {chance.choice(NAMES)} closed."
        for _ in range(12)
    )
    return "".join(f"<p>{paragraph}</p>" for paragraph in told)


@contextmanager
def serve_press() -> Iterator[Press]:
    """Serve all papers while the block runs."""
    with Press() as server, answering(server):
        yield server


def crawl_sites(folder: Path, hosts: list[str], port: int, settings: Mapping[str, object], keys: str = "") -> Finished:
    """Crawl sites into news.db of a folder, each with the same keys in its profile."""
    tables = (f'["{host}"]\nurl = "http://{host}:{port}/"\n{keys}\n' for host in hosts)
    (folder / "sites.toml").write_text("".join(tables))
    return run_scrapy(crawl_words(settings, sites=folder / "sites.toml"), folder / "news.db")


def test_broken_sites_are_named_and_all_others_are_complete(tmp_path: Path) -> None:
    good = [f"127.0.2.{number}" for number in range(1, 198)]  # with the three 200 sites
    with serve_press() as server:
        finished = crawl_sites(
            tmp_path, [HANGS, GARBAGE, ENDLESS, *good], server.server_port, BRIEF, "discover = false"
        )
    found = [record.site or "" for record in read_articles(tmp_path / "news.db")]
    assert sorted(found) == sorted(good * 2)
    told = {line.partition(":")[0]: line for line in our_lines(finished)}
    assert "0 new: no page could be read" in told[HANGS]
    assert "0 new: no page could be read" in told[ENDLESS]
    assert "not_html" in told[GARBAGE]
    assert finished.returncode == 3


def test_site_is_asked_as_its_profile_says(tmp_path: Path) -> None:
    keys = """
delay = 0.4
concurrency = 1
discover = false
exclude = ["/12/"]
language = "en-GB"
drop = [".promo"]
cookies = { paid = "1" }
headers = { X-Reader = "7" }
"""
    with serve_press() as server:
        crawl_sites(tmp_path, ["127.0.2.1", "127.0.2.2"], server.server_port, FAST, keys.replace("/12/", "/03/12/"))
        asked = dict(server.asked)
    assert set(asked) == {"127.0.2.1", "127.0.2.2"}
    for requests in asked.values():
        assert [path.rpartition("/2026")[2][:7] for path, _, _ in requests] == ["/robots", "/", "/03/11/"]
        sent = [(each["Cookie"], each["X-Reader"], each["Accept-Language"]) for _, _, each in requests]
        assert sent == [("paid=1", "7", "en-GB")] * 3
        times = [at for _, at, _ in requests]
        assert min(later - earlier for earlier, later in pairwise(times)) >= 0.4 * 0.5  # jitter
    for record in read_articles(tmp_path / "news.db"):
        assert "crossword" not in (record.body or "")
    found = [(record.language, record.provenance["language"]) for record in read_articles(tmp_path / "news.db")]
    assert found == [("en-GB", "profile")] * 2  # the pages name no language
