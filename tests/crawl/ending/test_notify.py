"""Telling somebody that a crawl ended badly."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from scrapy.settings import Settings

from newsspider.crawl.ending import notify as module
from newsspider.crawl.ending.notify import check_targets, notify, targets_in
from newsspider.errors import UsageError
from tests.crawls import FAST, closed_port, crawl_words, our_lines, run_scrapy
from tests.notifying.conftest import require_apprise
from tests.notifying.listening import listening_hook

require_apprise()

LINES = ["herald.example: 0 new: no page could be read"]


@pytest.fixture
def webhook() -> Iterator[tuple[str, list[bytes]]]:
    """A web address, and what is posted to it."""
    posted: list[bytes] = []

    class Listening(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            posted.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(204 if self.path == "/" else 500)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    with HTTPServer(("127.0.0.1", 0), Listening) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/", posted
        server.shutdown()
        thread.join()


def settings(**given: object) -> Settings:
    return Settings({"NEWSSPIDER_NOTIFY_CODES": [3, 4], **given})


@pytest.mark.processes
def test_command_gets_the_account_and_the_exit_code(tmp_path: Path) -> None:
    command = f"cat > {tmp_path}/told; echo $NEWSSPIDER_EXIT_CODE > {tmp_path}/code"
    assert list(notify(settings(NEWSSPIDER_NOTIFY_COMMAND=command), 3, LINES)) == []
    told = json.loads((tmp_path / "told").read_text())
    assert (told["exit_code"], told["account"]) == (3, LINES)
    assert LINES[0] in told["text"]
    assert (tmp_path / "code").read_text() == "3\n"


def test_webhook_is_posted_the_same(webhook: tuple[str, list[bytes]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    url, posted = webhook
    assert list(notify(settings(NEWSSPIDER_NOTIFY_WEBHOOK=url), 4, LINES)) == []
    assert json.loads(posted[0])["exit_code"] == 4


@pytest.mark.parametrize("code", [0, 1, 2])
def test_nobody_is_told_of_other_ends(code: int, tmp_path: Path) -> None:
    assert list(notify(settings(NEWSSPIDER_NOTIFY_COMMAND=f"touch {tmp_path}/told"), code, LINES)) == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.processes
def test_telling_that_fails_is_said(webhook: tuple[str, list[bytes]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.setattr(module, "COMMAND_SECONDS", 0.2)
    failing = {
        "NEWSSPIDER_NOTIFY_COMMAND=exit 7": "ended with 7",
        "NEWSSPIDER_NOTIFY_COMMAND=exec sleep 9": "did not end within 0.2 s",
        f"NEWSSPIDER_NOTIFY_WEBHOOK={webhook[0]}elsewhere": "500",
        "NEWSSPIDER_NOTIFY_WEBHOOK=nowhere": "unknown url type",
    }
    for pair, problem in failing.items():
        (said,) = notify(settings(**dict([pair.split("=", 1)])), 3, LINES)
        assert problem in said


@pytest.mark.processes
def test_crawl_that_ends_badly_tells(tmp_path: Path) -> None:
    told = tmp_path / "told"
    words = crawl_words(
        {**FAST, "RETRY_TIMES": 0, "NEWSSPIDER_NOTIFY_COMMAND": f"cat > {told}"},
        url=f"http://127.0.0.1:{closed_port()}/",
    )
    finished = run_scrapy(words, tmp_path / "news.db")
    assert finished.returncode == 3
    assert json.loads(told.read_text())["account"] == our_lines(finished)


def test_targets_get_the_account_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with listening_hook() as hook:
        given = [hook.target(), f"file:{tmp_path}/alerts.txt"]
        assert list(notify(settings(NEWSSPIDER_NOTIFY=given), 3, LINES)) == []
    ((_, message),) = hook.posted
    assert message["title"] == "newsspider: a source went dark (exit code 3)"
    assert (message["message"], message["type"]) == (LINES[0], "warning")
    assert (tmp_path / "alerts.txt").read_text() == f"{message['title']}\n\n{LINES[0]}\n\n"


def test_target_that_fails_is_said_without_its_password_and_others_are_told(tmp_path: Path) -> None:
    given = [f"json://ann:pilchard@127.0.0.1:{closed_port()}/", f"file:{tmp_path}/alerts.txt"]
    (said,) = notify(settings(NEWSSPIDER_NOTIFY=given), 3, LINES)
    assert said.startswith("NEWSSPIDER_NOTIFY: json://ann:****@127.0.0.1:")
    assert "pilchard" not in said
    assert (tmp_path / "alerts.txt").exists()


def test_targets_are_a_list_or_parted_by_commas_and_best_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NEWSSPIDER_NOTIFY", raising=False)
    assert targets_in(settings()) == []
    assert targets_in(settings(NEWSSPIDER_NOTIFY=["exec:mail a", "json://b"])) == ["exec:mail a", "json://b"]
    given = "mailto://x?to=a@b.example,c@d.example, exec:echo a, b,json://b"
    monkeypatch.setenv("NEWSSPIDER_NOTIFY", given)
    wanted = ["mailto://x?to=a@b.example,c@d.example", "exec:echo a, b", "json://b"]
    assert targets_in(settings(NEWSSPIDER_NOTIFY=["json://other"])) == wanted


def test_target_that_can_never_be_told_is_refused_before_the_crawl() -> None:
    with pytest.raises(UsageError, match=r"^NEWSSPIDER_NOTIFY: foo://…: Apprise does not know"):
        check_targets(settings(NEWSSPIDER_NOTIFY="foo://pilchard"))


@pytest.mark.processes
def test_crawl_with_a_dead_alert_target_ends_as_it_would(tmp_path: Path) -> None:
    alert = f"json://127.0.0.1:{closed_port()},file:{tmp_path}/alerts.txt"
    words = crawl_words(
        {**FAST, "RETRY_TIMES": 0, "NEWSSPIDER_NOTIFY": alert}, url=f"http://127.0.0.1:{closed_port()}/"
    )
    finished = run_scrapy(words, tmp_path / "news.db")
    assert finished.returncode == 3
    *account, failed = our_lines(finished)
    assert failed.startswith("NEWSSPIDER_NOTIFY: json://127.0.0.1")
    assert (tmp_path / "alerts.txt").read_text().splitlines()[2:-1] == account
