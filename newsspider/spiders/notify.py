"""Telling somebody that a crawl ended badly: a command that is run, a web address that is told."""

import json
import os
import subprocess
from collections.abc import Iterator, Sequence
from http.client import HTTPException
from urllib.request import Request, urlopen

from scrapy.settings import BaseSettings

COMMAND_SECONDS = 60  # a command that hangs must not keep the next run from starting
WEBHOOK_SECONDS = 15
EXIT_CODE_VARIABLE = "NEWSSPIDER_EXIT_CODE"


def notify(settings: BaseSettings, code: int, lines: Sequence[str]) -> Iterator[str]:
    """Tell of a crawl that ended with one of NEWSSPIDER_NOTIFY_CODES, and yield what went wrong with the telling.

    Args:
        settings: name the command and the web address.
        code: the crawl's exit code.
        lines: its account.
    """
    if code not in map(int, settings.getlist("NEWSSPIDER_NOTIFY_CODES")):
        return
    told = {"text": "\n".join([f"newsspider: exit code {code}", *lines]), "exit_code": code, "account": list(lines)}
    body = json.dumps(told, ensure_ascii=False)
    if command := settings.get("NEWSSPIDER_NOTIFY_COMMAND"):
        yield from _run(command, body, code)
    if webhook := settings.get("NEWSSPIDER_NOTIFY_WEBHOOK"):
        yield from _post(webhook, body)


def _run(command: str, body: str, code: int) -> Iterator[str]:
    """Give a shell command the JSON on standard input and the exit code in its environment."""
    environment = {**os.environ, EXIT_CODE_VARIABLE: str(code)}
    try:
        done = subprocess.run(
            command, shell=True, input=body, text=True, env=environment, timeout=COMMAND_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        yield f"NEWSSPIDER_NOTIFY_COMMAND did not end within {COMMAND_SECONDS} s"
    else:
        if done.returncode:
            yield f"NEWSSPIDER_NOTIFY_COMMAND ended with {done.returncode}"


def _post(webhook: str, body: str) -> Iterator[str]:
    """Post the JSON; chat services show its `text`."""
    try:
        request = Request(webhook, body.encode(), {"Content-Type": "application/json"})
        with urlopen(request, timeout=WEBHOOK_SECONDS):
            pass
    except (OSError, ValueError, HTTPException) as error:  # URLError and HTTPError are OSErrors
        yield f"NEWSSPIDER_NOTIFY_WEBHOOK: {error}"
