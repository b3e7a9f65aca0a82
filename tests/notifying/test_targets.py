"""Targets: Apprise's and our own, told with real servers, files and commands; no password of theirs is shown."""

import logging
import re
import resource
import socket
from email.message import EmailMessage
from pathlib import Path

import pytest

from newsspider.errors import UsageError
from newsspider.notifying import file_and_exec, targets
from newsspider.notifying.messages import Message, write_message
from newsspider.notifying.targets import Delivery, load_apprise, name_of, read_target, send
from newsspider.record import ArticleRecord
from newsspider.store.watches import Watch
from tests.crawls import closed_port
from tests.notifying.conftest import require_apprise
from tests.notifying.listening import MailServer, WebHook

require_apprise()

TEXT = Message("desk: 2 new articles", "Ferry *back* <b>\nhttps://herald.example/ferry")
JSON = Message("desk: 1 new article", '{"articles": [{"title": "<b> & \\"x\\""}]}', "json")
ARRIVED = Delivery(arrived=True)


@pytest.mark.parametrize("message", [TEXT, JSON], ids=["text", "json"])
def test_web_hook_gets_title_and_body_as_written(message: Message, hook: WebHook) -> None:
    assert send(read_target(hook.target()), message) == ARRIVED
    ((path, posted),) = hook.posted
    assert (path, posted["title"], posted["message"]) == ("/hook", message.title, message.body)


def test_long_json_is_not_cut(hook: WebHook) -> None:
    body = f'["{"x" * 100_000}"]'
    assert send(read_target(hook.target()), Message("desk", body, "json")) == ARRIVED
    assert hook.posted[0][1]["message"] == body


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        (TEXT, "Ferry *back* <b>"),
        (Message("desk", "**[Ferry](https://herald.example/ferry)**", "markdown"), "Ferry"),
        (JSON, '{"articles": [{"title": "<b> & \\"x\\""}]}'),
    ],
    ids=["text", "markdown", "json"],
)
def test_mail_has_the_message(message: Message, shown: str, mail_server: MailServer) -> None:
    assert send(read_target(mail_server.target), message) == ARRIVED
    (mail,) = mail_server.mails
    assert mail["Subject"] == message.title
    assert "desk@you.example" in mail["To"]
    body = mail.get_body(("plain",))
    assert isinstance(body, EmailMessage)
    assert shown in body.get_content()


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_nothing_of_a_page_is_markup_in_a_mail(form: str, mail_server: MailServer) -> None:
    title = "<img src=https://evil.example/> ![x](https://evil.example/x.png) <script>a</script> [b](javascript:c)"
    record = ArticleRecord(url='https://herald.example/?"onmouseover="x', title=title)
    assert send(read_target(mail_server.target), write_message(Watch("desk", "ferry", (), form), [record], 1, 9_000))
    (mail,) = mail_server.mails
    (html,) = [part.get_content() for part in mail.walk() if part.get_content_type() == "text/html"] or [""]
    assert not re.search(r"<(img|script)|href=.javascript|\son\w+=.x", html)
    assert (form == "markdown") == ("&lt;script&gt;" in html)


def test_file_grows_by_each_message(tmp_path: Path) -> None:
    target = read_target(f"file:{tmp_path}/news.md")
    assert [send(target, TEXT), send(target, Message("desk", "**b**", "markdown"))] == [ARRIVED, ARRIVED]
    text = (tmp_path / "news.md").read_text()
    assert text == f"{TEXT.title}\n\n{TEXT.body}\n\n## desk\n\n**b**\n\n"
    assert (tmp_path / "news.md").stat().st_mode & 0o777 == 0o600


def test_file_of_json_has_a_line_for_each_message(tmp_path: Path) -> None:
    target = read_target(f"file://{tmp_path}/a%20b.jsonl")
    assert [send(target, JSON), send(target, JSON)] == [ARRIVED, ARRIVED]
    assert (tmp_path / "a b.jsonl").read_text() == f"{JSON.body}\n{JSON.body}\n"


def test_relative_path_is_kept_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert read_target("file:news.md").url == f"file:{tmp_path}/news.md"


@pytest.mark.processes
def test_full_disk_leaves_a_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "news.txt"
    path.write_text("before\n")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, before[1]))
    try:
        delivery = send(read_target(f"file:{path}"), TEXT)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert delivery == Delivery(arrived=False, reason=f"{path}: File too large")
    assert path.read_text() == "before\n"


@pytest.mark.processes
def test_command_gets_the_body_and_the_title(tmp_path: Path) -> None:
    target = read_target(f"exec:cat > {tmp_path}/body; echo $NEWSSPIDER_TITLE > {tmp_path}/title")
    assert send(target, TEXT) == ARRIVED
    assert (tmp_path / "body").read_text() == f"{TEXT.body}\n"
    assert (tmp_path / "title").read_text() == f"{TEXT.title}\n"


@pytest.mark.processes
def test_output_of_a_command_is_on_standard_error(capfd: pytest.CaptureFixture[str]) -> None:
    assert send(read_target("exec:cat"), TEXT) == ARRIVED
    assert capfd.readouterr() == ("", f"{TEXT.body}\n")


@pytest.mark.processes
def test_command_that_fails_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    assert send(read_target("exec:exit 7"), TEXT) == Delivery(arrived=False, reason="ended with exit code 7")
    monkeypatch.setattr(file_and_exec, "COMMAND_SECONDS", 0.2)
    assert "did not end within" in send(read_target("exec:exec sleep 9"), TEXT).reason


def test_web_hook_that_fails_is_said(hook: WebHook) -> None:
    hook.failing.add("/bad")
    delivery = send(read_target(hook.target("/bad")), TEXT)
    assert delivery.arrived is False
    assert "500" in delivery.reason
    assert send(read_target(f"json://127.0.0.1:{closed_port()}"), TEXT).arrived is False


def test_service_that_does_not_answer_may_have_got_it(hook: WebHook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(targets, "SERVICE_SECONDS", 0.000001)
    assert send(read_target(hook.target()), TEXT) == Delivery(arrived=None, reason="no answer to the message")


def test_service_that_takes_a_message_and_hangs_up_may_have_got_it(hook: WebHook) -> None:
    hook.silent.add("/hook")
    assert send(read_target(hook.target()), TEXT) == Delivery(arrived=None, reason="no answer to the message")
    assert len(hook.posted) == 1


def test_service_that_takes_a_message_and_hangs_may_have_got_it() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:  # connections wait for ever
        target = read_target(f"json://127.0.0.1:{server.getsockname()[1]}/?rto=0.2")
        assert send(target, TEXT) == Delivery(arrived=None, reason="no answer to the message")


SECRET = "5ecret"
NAMES = {
    f"json://ann:{SECRET}@you.example/{SECRET}/x?+Authorization={SECRET}&-key={SECRET}": "json://ann:****@you.example/…",
    "jsons://you.example": "jsons://you.example",
    f"mailto://ann:{SECRET}@you.example?to=desk@you.example": "mailto://ann:****@you.example/desk@you.example",
    f"slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnl{SECRET}IrdeviFQ/#news": "slack://T...2/A...D/T...Q/#news",
    f"tgram://123456789:abcdefg_{SECRET}op/12315544/": "tgram://1...p/12315544",
    f"exec:TOKEN={SECRET} /usr/bin/curl -H 'Key: {SECRET}' https://you.example": "exec:curl …",
    "exec:logger": "exec:logger",
    "file:/tmp/news.md": "file:/tmp/news.md",
}


@pytest.mark.parametrize("url", NAMES)
def test_name_of_a_target_has_no_password(url: str) -> None:
    assert name_of(url) == NAMES[url]


def test_reason_and_logs_have_no_password(hook: WebHook, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    hook.failing.add(f"/{SECRET}")
    target = read_target(f"json://ann:{SECRET}@127.0.0.1:{hook.port}/{SECRET}")
    assert SECRET not in send(target, TEXT).reason
    assert SECRET not in caplog.text
    assert caplog.records == []


def test_secrets_in_what_a_service_says_are_hidden() -> None:
    target = read_target(f"json://ann:{SECRET}%21@you.example/{SECRET}")
    assert (
        targets.without_secrets(f"401 for ann:{SECRET}! at {SECRET}, you.example", target)
        == "401 for ann:… at …, you.example"
    )


REFUSED = {
    "nowhere": "this target: Apprise does not know",
    f"foo://{SECRET}": "foo://…: Apprise does not know",
    f"https://you.example/{SECRET}": "https://…: not an address of a service that Apprise knows; for a web hook",
    f"mailto://you.example/{SECRET}": "mailto://…: Invalid ~From~ email specified; https://appriseit.com",
    f"slack://{SECRET}": "slack://…: An invalid Slack (second) Token (None) was specified",
    "json://": "json://…: Apprise does not know or can't read it",
    "file:": "file:: give the path of a file",
    "file:/nowhere/news.md": "/nowhere: no such folder",
    "file:/tmp": "/tmp: is a folder",
    "file:/dev/null": "/dev/null: not a file",
    "exec: ": "exec: give a shell command",
    "": "this target: Apprise does not know",
}


@pytest.mark.parametrize("url", REFUSED, ids=range(len(REFUSED)))
def test_address_that_is_no_target_is_refused_in_a_line_without_passwords(url: str) -> None:
    with pytest.raises(UsageError) as refused:
        read_target(url)
    assert REFUSED[url] in str(refused.value)
    assert SECRET not in str(refused.value)
    assert "\n" not in str(refused.value)


def test_recipients_are_counted() -> None:
    assert read_target("mailto://ann:x@you.example?to=a@you.example,b@you.example").recipients == 2
    assert read_target("mailto://ann:x@you.example").recipients == 1


def test_message_is_shorter_than_its_service_takes() -> None:
    assert read_target("discord://4174216298/JHMHI8qBe7bk2ZwO5U711o3dV_js").max_chars < 2_000


def test_without_apprise_the_mend_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    load_apprise.cache_clear()
    monkeypatch.setattr(targets, "find_spec", lambda _: None)
    with pytest.raises(UsageError, match=r"pip install 'newsspider\[notify\]'"):
        read_target("json://you.example")
