"""Alerts about crawls that ended badly, sent to a command, a web hook or Apprise targets."""

import json
import os
import re
import subprocess
from collections.abc import Iterator, Sequence
from http.client import HTTPException
from urllib.request import Request, urlopen

from scrapy.settings import BaseSettings

from newsspider.errors import ExitCode, NewsspiderError, UsageError
from newsspider.notifying.messages import Message
from newsspider.notifying.targets import name_of, read_target, send
from newsspider.store.database import choose_in

COMMAND_SECONDS = 60  # a command that hangs must not keep the next run from starting
WEBHOOK_SECONDS = 15
EXIT_CODE_VARIABLE = "NEWSSPIDER_EXIT_CODE"
TARGETS_SETTING = "NEWSSPIDER_NOTIFY"
_NEXT_TARGET = re.compile(r",\s*(?=\w+:)")  # URLs and commands can contain commas too
ALERTS = {
    ExitCode.SOURCE_DARK: "a source went dark",
    ExitCode.STORE_UNUSABLE: "the store can't be used",
    ExitCode.SOME_PAGES_FAILED: "some pages failed",
}


def notify(settings: BaseSettings, code: int, lines: Sequence[str]) -> Iterator[str]:
    """Send alerts about a crawl that ended with one of NEWSSPIDER_NOTIFY_CODES; yield their errors.

    Args:
        settings: they name the command, the web hook and the targets.
        code: the crawl's exit code.
        lines: the account of the crawl.
    """
    if code not in map(int, settings.getlist("NEWSSPIDER_NOTIFY_CODES")):
        return

    text = "\n".join([f"newsspider: exit code {code}", *lines])
    account = {"text": text, "exit_code": code, "account": list(lines)}
    body = json.dumps(account, ensure_ascii=False)
    message = Message(f"newsspider: {describe_end(code)}", "\n".join(lines), is_alert=True)

    if command := settings.get("NEWSSPIDER_NOTIFY_COMMAND"):
        yield from _run(command, body, code)

    if webhook := settings.get("NEWSSPIDER_NOTIFY_WEBHOOK"):
        yield from _post(webhook, body)

    for url in targets_in(settings):
        yield from _send(url, message)


def targets_in(settings: BaseSettings) -> list[str]:
    """Return the targets in NEWSSPIDER_NOTIFY.

    The command line wins over the environment, and the environment over the settings.
    """
    given: str | list[object] = choose_in(settings, TARGETS_SETTING) or []
    parts = _NEXT_TARGET.split(given) if isinstance(given, str) else map(str, given)
    return [part.strip() for part in parts if part.strip()]


def check_targets(settings: BaseSettings) -> None:
    """Check NEWSSPIDER_NOTIFY before a crawl.

    Raises:
        UsageError: one of the URLs is not a target, or Apprise is not installed.
    """
    for url in targets_in(settings):
        try:
            read_target(url)
        except UsageError as error:
            raise UsageError(f"{TARGETS_SETTING}: {error}") from error


def describe_end(code: int) -> str:
    """Return a crawl's exit code in words.

    >>> describe_end(3), describe_end(130)
    ('a source went dark (exit code 3)', 'exit code 130')
    """
    for alert, words in ALERTS.items():
        if alert == code:
            return f"{words} (exit code {code})"
    return f"exit code {code}"


def _send(url: str, message: Message) -> Iterator[str]:
    """Send the account to a target."""
    try:
        delivery = send(read_target(url), message)
    except NewsspiderError as error:
        yield f"{TARGETS_SETTING}: {error}"
    else:
        if not delivery.arrived:
            yield f"{TARGETS_SETTING}: {name_of(url)}: {delivery.reason}"


def _run(command: str, body: str, code: int) -> Iterator[str]:
    """Run a shell command with the JSON on standard input and the exit code in the environment."""
    environment = {**os.environ, EXIT_CODE_VARIABLE: str(code)}
    try:
        done = subprocess.run(
            command,
            shell=True,
            input=body,
            text=True,
            env=environment,
            timeout=COMMAND_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        yield f"NEWSSPIDER_NOTIFY_COMMAND did not end within {COMMAND_SECONDS} s"
    else:
        if done.returncode:
            yield f"NEWSSPIDER_NOTIFY_COMMAND ended with {done.returncode}"


def _post(webhook: str, body: str) -> Iterator[str]:
    """Post the JSON. Chat services show its `text`."""
    try:
        request = Request(webhook, body.encode(), {"Content-Type": "application/json"})
        with urlopen(request, timeout=WEBHOOK_SECONDS):
            pass
    except (OSError, ValueError, HTTPException) as error:  # URLError and HTTPError are OSErrors
        yield f"NEWSSPIDER_NOTIFY_WEBHOOK: {error}"
