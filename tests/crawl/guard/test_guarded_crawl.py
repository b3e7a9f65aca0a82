"""Crawls of a site that leads inside: by links, redirects, robots.txt and names. Nothing inside is connected to."""

import json
import subprocess
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from fixtures.serve import SITE_FILE, serve_site
from newsspider.record import ArticleRecord
from tests.crawl.certificates import self_signed
from tests.crawl.guard.trap import TRAP_HOST, Trap, set_trap
from tests.crawls import (
    FAST,
    ROOT,
    closed_port,
    crawl_words,
    environment,
    our_lines,
    page_path,
    read_articles,
    read_quarantine,
    run_scrapy,
)
from tests.programs import SCRAPY, Finished

pytestmark = pytest.mark.processes

PROSE = "The old ferry left the harbour at nine with forty people on board, as it last did thirty years ago. " * 4
NO_PATIENCE = {**FAST, "RETRY_TIMES": 0, "NEWSSPIDER_WORKERS": 1}


def article(links: str = "") -> str:
    return f"<title>Ferry</title><article><h1>Old ferry sails again</h1><p>{PROSE}</p>{links}</article>"


@dataclass(frozen=True)
class Guarded:
    """A crawl that was led astray."""

    finished: Finished
    articles: dict[str, ArticleRecord]
    failed: dict[str, str]
    trap: Trap


@pytest.fixture(scope="module")
def astray(tmp_path_factory: pytest.TempPathFactory) -> Guarded:
    """A crawl of a site, all of whose pages but one lead inside; the address is the user's own machine, as a seed."""
    folder = tmp_path_factory.mktemp("site")
    database = tmp_path_factory.mktemp("store") / "news.db"
    with set_trap() as trap, serve_site_of(folder, trap) as server:
        words = crawl_words({**NO_PATIENCE, "NEWSSPIDER_ALLOW_PRIVATE": ""}, url=f"{server.address}/")
        finished = run_scrapy(words, database)
    articles = {page_path(record): record for record in read_articles(database)}
    failed = {page_path(record): record.reason or "" for record in read_quarantine(database) if record.kind == "failed"}
    return Guarded(finished, articles, failed, trap)


REDIRECTS = {
    "/2026/03/24/to-the-trap-by-redirect/": "http://{trap}/",
    "/2026/03/24/to-another-port-by-redirect/": "http://127.0.0.1:{closed}/",
    "/2026/03/24/to-the-metadata-by-redirect/": "http://169.254.169.254/latest/meta-data/",
    "/2026/03/24/to-the-trap-as-a-number/": "http://2130708993/",
    "/2026/03/24/to-the-trap-in-ipv6/": "http://[::ffff:127.0.6.1]/",
    "/2026/03/24/to-a-long-address-by-redirect/": "/" + "a" * 3000,
    "/2026/03/24/to-a-password-by-redirect/": "http://ann:pilchard@herald.example/",
    "/2026/03/24/to-a-foreign-port-by-redirect/": "http://herald.example:6379/",
}


def serve_site_of(folder: Path, trap: Trap):  # type: ignore[no-untyped-def]  # serve_site's
    """Serve a front page that links to pages which lead inside, and to one article."""
    places = {"trap": f"{TRAP_HOST}:{trap.port}", "closed": str(closed_port())}
    redirects = {path: target.format(**places) for path, target in REDIRECTS.items()}
    story, refresh = "/2026/03/24/the-old-ferry-sails-again/", "/2026/03/24/to-the-trap-by-refresh/"
    links = "".join(f'<a href="{path}">The old ferry sails again</a>' for path in [story, refresh, *redirects])
    pages = {
        "/": f"<title>Herald</title>{links}<a href='http://{places['trap']}/2026/03/24/ferry/'>A link to the trap</a>",
        story: article(),
        refresh: f'<meta http-equiv="refresh" content="0;url=http://{places["trap"]}/refreshed">',
    }
    for path, page in pages.items():
        (folder / path.strip("/")).mkdir(parents=True, exist_ok=True)
        (folder / path.strip("/") / "index.html").write_text(page)
    redirects["/robots.txt"] = f"http://{places['trap']}/robots.txt"
    lines = (f"{json.dumps(path)} = {json.dumps(target)}" for path, target in redirects.items())
    (folder / SITE_FILE).write_text("\n".join(["[redirects]", *lines]))
    return serve_site(folder)


def test_nothing_inside_is_connected_to(astray: Guarded) -> None:
    assert astray.trap.connections == 0


def test_the_rest_of_the_site_is_read(astray: Guarded) -> None:
    assert "/2026/03/24/the-old-ferry-sails-again/" in astray.articles
    assert astray.finished.returncode == 1


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/2026/03/24/to-the-trap-by-redirect/", f"{TRAP_HOST} is a loopback address"),
        ("/2026/03/24/to-the-trap-by-refresh/", f"{TRAP_HOST} is a loopback address"),
        ("/2026/03/24/to-another-port-by-redirect/", "127.0.0.1 is a loopback address"),
        ("/2026/03/24/to-the-metadata-by-redirect/", "169.254.169.254 is a link-local address"),
        ("/2026/03/24/to-the-trap-in-ipv6/", "::ffff:127.0.6.1 is a loopback address"),
        ("/2026/03/24/to-a-long-address-by-redirect/", "an address of 30"),
        ("/2026/03/24/to-a-password-by-redirect/", "came with a user name"),
        ("/2026/03/24/to-a-foreign-port-by-redirect/", "port 6379 of herald.example"),
    ],
)
def test_page_that_leads_astray_is_failed_under_its_own_address_with_the_reason(
    astray: Guarded, path: str, reason: str
) -> None:
    assert reason in astray.failed[path]


def test_password_of_a_redirect_is_neither_logged_nor_stored(astray: Guarded) -> None:
    assert "pilchard" not in astray.finished.stderr + str(astray.failed)


def test_each_reason_is_counted_and_said_once(astray: Guarded) -> None:
    said = Counter(line.split(": ")[1] for line in astray.finished.stderr.splitlines() if "] WARNING: refused" in line)
    assert said == {"refused": 4}  # private_address, url_length, credentials, port
    assert "'newsspider/refused/private_address': 6" in astray.finished.stderr  # robots.txt's among them
    assert "'newsspider/refused/credentials': 1" in astray.finished.stderr


def crawl_names(names: list[str], tmp_path: Path, folder: Path) -> tuple[dict[str, str], int, list[str]]:
    """Return (reasons by host, connections to the trap, requested paths) of a crawl of names of our zone."""
    database = tmp_path / "news.db"
    with set_trap() as trap, serve_site(folder) as server:
        settings = {
            **NO_PATIENCE,
            "NEWSSPIDER_ALLOW_PRIVATE": "127.0.0.0/24",  # the trap lies outside
            "NEWSSPIDER_ALLOW_PORTS": f"{server.server_port}",
            "TWISTED_DNS_RESOLVER": "tests.crawl.guard.trap.ZoneResolver",
        }
        run_scrapy(crawl_words(settings, urls=" ".join(f"http://{n}:{server.server_port}/" for n in names)), database)
        paths = [request.path for request in server.requests]
    records = [*read_articles(database), *read_quarantine(database)]
    # Names that gave the same text are one record.
    reasons = {urlsplit(url or "").hostname or "": r.reason or "" for r in records for url in (r.url, *r.also_at)}
    return reasons, trap.connections, paths


@pytest.fixture
def one_page(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "index.html").write_text(article())
    (folder / SITE_FILE).write_text('[headers."/robots.txt"]\nConnection = "close"\n')
    (folder / "robots.txt").write_text("User-agent: *\nDisallow:\n")
    return folder


def test_name_that_resolves_inside_now_or_later_is_not_connected_to(one_page: Path, tmp_path: Path) -> None:
    names = ["herald.test", "rebinding.herald.test", "both.herald.test", "inside.herald.test", "metadata.herald.test"]
    reasons, connections, _ = crawl_names(names, tmp_path, one_page)
    assert connections == 0
    assert reasons["herald.test"] == ""
    assert reasons["both.herald.test"] == ""  # by its public address
    # The first look, for robots.txt, gave a public address.
    assert reasons["rebinding.herald.test"].startswith(f"rebinding.herald.test resolves to {TRAP_HOST}, a loopback")
    assert reasons["inside.herald.test"].startswith(f"inside.herald.test resolves to {TRAP_HOST}, a loopback")
    assert reasons["metadata.herald.test"].startswith("metadata.herald.test resolves to 169.254.169.254, a link-local")


@pytest.mark.parametrize(("trusted", "reason"), [("0", "the proxy http://127.0.0.1"), ("1", "")])
def test_proxy_is_refused_until_it_is_trusted(one_page: Path, tmp_path: Path, trusted: str, reason: str) -> None:
    database = tmp_path / "news.db"
    with serve_site(one_page) as server:
        proxied = {**environment(database), "http_proxy": server.address, "no_proxy": ""}
        words = crawl_words({**NO_PATIENCE, "NEWSSPIDER_TRUST_PROXY": trusted}, url="http://herald.example/")
        subprocess.run([SCRAPY, *words], cwd=ROOT, env=proxied, capture_output=True, check=False)
        asked = [request.path for request in server.requests]
    wanted = {f"http://herald.example/{path}" for path in ("robots.txt", "") if trusted == "1"}
    assert wanted <= set(asked)
    assert bool(asked) is bool(wanted)
    record = next(iter([*read_articles(database), *read_quarantine(database)]))
    assert (record.reason or "").startswith(reason)
    assert record.is_article is (trusted == "1")


@pytest.mark.parametrize(
    ("setting", "value", "line"),
    [
        ("NEWSSPIDER_ALLOW_PRIVATE", "localhost", "NEWSSPIDER_ALLOW_PRIVATE=localhost: not a network"),
        ("NEWSSPIDER_ALLOW_PORTS", "http", "NEWSSPIDER_ALLOW_PORTS=http: not a port number"),
        (
            "DOWNLOAD_HANDLERS",
            '{"https": "scrapy.core.downloader.handlers.http11.HTTP11DownloadHandler"}',
            "DOWNLOAD_HANDLERS: scrapy.core.downloader.handlers.http11.HTTP11DownloadHandler resolves names by itself",
        ),
    ],
)
def test_settings_that_leave_no_guard_end_with_2_and_one_line(
    tmp_path: Path, setting: str, value: str, line: str
) -> None:
    finished = run_scrapy(crawl_words({setting: value}, url="https://herald.example/"), tmp_path / "news.db")
    (said,) = our_lines(finished)
    assert said.startswith(line)
    assert finished.returncode == 2


def test_certificate_that_nobody_signed_is_refused_but_for_named_hosts(one_page: Path, tmp_path: Path) -> None:
    context = self_signed(tmp_path, "127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1")
    kinds = []
    with serve_site(one_page) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        url = f"https://127.0.0.1:{server.server_port}/"
        for number, unverified in enumerate(["", "127.0.0.1"]):
            database = tmp_path / f"{number}.db"
            run_scrapy(crawl_words({**NO_PATIENCE, "NEWSSPIDER_UNVERIFIED_TLS": unverified}, url=url), database)
            kinds.append([record.kind for record in [*read_articles(database), *read_quarantine(database)]])
    assert kinds == [["failed"], ["article"]]
