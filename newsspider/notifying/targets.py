"""Targets: where messages go. Apprise knows a hundred services; `file:` and `exec:` are ours, as plugins of it.

This is the one module that imports Apprise, an extra. A target's address can hold a password: what is shown of it is
its name.
"""

import logging
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from newsspider.errors import UsageError
from newsspider.notifying.messages import Message
from newsspider.notifying.own_targets import append_to_file, check_file, run_command
from newsspider.text import show_text

NEEDS_APPRISE = "notifications need Apprise: pip install 'newsspider[notify]'"
SERVICE_SECONDS = 90.0  # for one message; Apprise's own requests end sooner, and so do commands
CHARS_SHARE = 2 / 3  # of what a service takes: as HTML a text is longer
SECRET_CHARS = 4  # shorter parts of an address are no passwords
READ_SECONDS = 30.0  # for a service's answer, unless its address says ?rto=; Apprise's 4 s leave slow ones unsure
OWN_SCHEMES = {"file": "newsspiderfile", "exec": "newsspiderexec"}  # as Apprise has them
WEB_HOOKS = frozenset({"form", "forms", "json", "jsons", "xml", "xmls"})

SERVICES = "https://appriseit.com/services/"
_HEADINGS = {"text": "{}", "markdown": "## {}", "json": ""}  # a JSON message has all in it
# What Apprise's requests say where the message was sent and no answer came: it may have arrived.
_CUT_OFF = re.compile("Read timed out|closed connection without response|Connection reset by peer")
_ADDRESS_PARTS = re.compile(r"[\s/:@?&=,;#+]+")


@dataclass(frozen=True)
class Target:
    """Where messages go.

    Attributes:
        url: as it is kept; it can hold passwords.
        name: what may be shown of it.
        max_chars: of a message; longer ones are not sent or are cut by the service.
        recipients: how many the address names.
    """

    url: str
    name: str
    max_chars: int = 1_000_000
    recipients: int = 1


@dataclass(frozen=True)
class Delivery:
    """What became of a message.

    Attributes:
        arrived: None where nobody knows: the service took the message and did not answer.
        reason: why it did not arrive.
    """

    arrived: bool | None
    reason: str = ""


def read_target(given: str) -> Target:
    """Return the target of an address: `file:PATH`, `exec:COMMAND` or one of Apprise's.

    Raises:
        UsageError: it can't be one, or Apprise is not installed.
    """
    scheme, rest = split_target(given)
    if scheme == "file":
        path = Path(rest).expanduser().absolute()
        if not rest or (why := check_file(path)):
            raise UsageError(f"file:{rest}: {why if rest else 'give the path of a file'}")
        return Target(f"file:{path}", f"file:{show_text(str(path))}")
    if scheme == "exec":
        if not rest.strip():
            raise UsageError("exec: give a shell command, such as exec:'mail -s news desk@you.example'")
        return Target(f"exec:{rest}", _command_name(rest))
    service, said = _find_service(given)
    if service is None:
        raise UsageError(_why_unknown(scheme if ":" in given else "", without_secrets(said, Target(given, scheme))))
    return Target(given, _service_name(service), int(service.body_maxlen * CHARS_SHARE), len(service))


def name_of(url: str) -> str:
    """Return what may be shown of a target that was read before."""
    try:
        return read_target(url).name
    except UsageError:
        return f"{split_target(url)[0]}:…"


def send(target: Target, message: Message) -> Delivery:
    """Send a message, and return what became of it."""
    apprise = load_apprise()
    service, _ = _find_service(target.url, _HEADINGS[message.form])
    if service is None:
        return Delivery(arrived=False, reason="Apprise can't read this address any more")
    with _quietly():
        service.overflow_mode = _overflow(message)
        if "rto=" not in target.url:
            service.socket_read_timeout = READ_SECONDS
        sender = apprise.Apprise(asset=service.asset)
        sender.add(service)
        markdown, text = apprise.NotifyFormat.MARKDOWN, apprise.NotifyFormat.TEXT
        result = sender.notify(
            body=message.body or message.title,
            title=message.title,
            body_format=markdown if message.form == "markdown" else text,
            notify_type=apprise.NotifyType.WARNING if message.is_alert else apprise.NotifyType.INFO,
            log_level=logging.DEBUG,
        )
    return _delivery_of(result, target)


def split_target(given: str) -> tuple[str, str]:
    """Return an address's scheme and what follows it.

    >>> split_target("file:news.md"), split_target("file:///srv/a%20b.md"), split_target("JSON://you.example/hook")
    (('file', 'news.md'), ('file', '/srv/a b.md'), ('json', 'you.example/hook'))
    """
    scheme, _, rest = given.strip().partition(":")
    scheme = scheme.lower()
    if not rest.startswith("//"):
        return scheme, rest
    return scheme, unquote(rest[2:]) if scheme == "file" else rest[2:]


@cache
def load_apprise() -> Any:
    """Return Apprise, with our targets among its own.

    Raises:
        UsageError: it is not installed.
    """
    if find_spec("apprise") is None:
        raise UsageError(NEEDS_APPRISE)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of modules that its plugins import
        import apprise
        from apprise.decorators import notify

        notify(on=OWN_SCHEMES["file"], name="file")(_to_file)  # looks for the scheme, which imports all plugins
        notify(on=OWN_SCHEMES["exec"], name="command")(_to_command)
    return apprise


def _to_file(body: str, title: str, *_: object, meta: dict[str, Any], **__: object) -> bool:
    """Append a message to a file."""
    heading = meta["heading"].format(title)
    text = f"{heading}\n\n{body}\n\n" if heading else f"{body}\n"
    return _said_nothing(append_to_file(meta["rest"], text))


def _to_command(body: str, title: str, *_: object, meta: dict[str, Any], **__: object) -> bool:
    """Give a message to a command."""
    return _said_nothing(run_command(meta["rest"], f"{body}\n", title))


def _said_nothing(why: str | None) -> bool:
    """Log what went wrong where Apprise finds it; return whether nothing did."""
    if why:
        logging.getLogger("apprise").warning("%s", why)
    return not why


def _find_service(url: str, heading: str = "{}") -> tuple[Any, str]:
    """Return Apprise's service for an address, or None and what Apprise says of it.

    Args:
        url: of a target.
        heading: how a file has a message's title, {} for it.
    """
    apprise = load_apprise()
    scheme, rest = split_target(url)
    own = {"schema": OWN_SCHEMES[scheme], "rest": rest, "heading": heading} if scheme in OWN_SCHEMES else None
    asset = apprise.AppriseAsset(
        app_id="newsspider",
        app_desc="newsspider",
        storage_mode=apprise.PersistentStoreMode.MEMORY,  # nothing is kept on the disk but by us
        pgp_autogen=False,
        pem_autogen=False,
        allow_templates=False,
        service_timeout=SERVICE_SECONDS,
    )
    with _quietly() as said:
        service = apprise.Apprise.instantiate(own or url, asset=asset)
    # The last line is that it can't be loaded; the one before it is why.
    return service, " ".join(said[-2].split()) if len(said) > 1 else ""


def _overflow(message: Message) -> Any:
    """Return what a service does with too long a message: JSON is sent as it is, a text is cut rather than refused.

    Messages are written to fit. One in two parts would be told twice where the second part fails.
    """
    from apprise import OverflowMode

    return OverflowMode.UPSTREAM if message.form == "json" else OverflowMode.TRUNCATE


def _delivery_of(result: Any, target: Target) -> Delivery:
    """Return what became of a message by Apprise's account."""
    from apprise import AppriseResultStatus

    attempts = [attempt for service in result for attempt in service.attempts]
    status = attempts[-1].status if attempts else AppriseResultStatus.FAILURE
    if status == AppriseResultStatus.SUCCESS:
        return Delivery(arrived=True)
    entries = [entry for attempt in attempts for entry in attempt.logs]
    if status == AppriseResultStatus.TIMEOUT or any(_CUT_OFF.search(entry.message) for entry in entries):
        return Delivery(arrived=None, reason="no answer to the message")
    said = [entry.message for entry in entries if entry.level == "WARNING"] or ["failed"]
    reason = show_text(" ".join(said[0].split())).rstrip(".")
    is_ours = split_target(target.url)[0] in OWN_SCHEMES  # whose reasons have nothing of a command
    return Delivery(arrived=False, reason=reason if is_ours else without_secrets(reason, target))


def without_secrets(text: str, target: Target) -> str:
    """Return a text without the parts of a target's address that its name does not show.

    >>> without_secrets("404 at /hooks/T0KENT0KEN", Target("jsons://you.example/hooks/T0KENT0KEN", "jsons://you.example/…"))
    '404 at /…/…'
    """
    parts = {each for part in _ADDRESS_PARTS.split(target.url) for each in (part, unquote(part))}
    for part in sorted(parts, key=len, reverse=True):
        if len(part) >= SECRET_CHARS and part not in target.name:
            text = text.replace(part, "…")
    return text


def _service_name(service: Any) -> str:
    """Return a service's address as Apprise hides its passwords, without the path of a web hook and all options.

    Apprise shows headers, parameters and paths of web hooks, which can be secret, too.
    """
    shown, _, _ = str(service.url(privacy=True)).partition("?")
    scheme, _, rest = shown.partition("://")
    host, _, path = rest.partition("/")
    if path and scheme in WEB_HOOKS:
        rest = f"{host}/…"
    return f"{scheme}://{show_text(unquote(rest).rstrip('/'))}"


def _command_name(command: str) -> str:
    """Return a command's program: its arguments and what is set before it can be secret.

    >>> _command_name("TOKEN=abc /usr/bin/curl -H 'Authorization: abc' https://you.example")
    'exec:curl …'
    """
    words = [word for word in command.split() if "=" not in word] or ["…"]
    return f"exec:{show_text(Path(words[0]).name)}{' …' if len(words) > 1 else ''}"


def _why_unknown(scheme: str, said: str) -> str:
    """Return why an address is not a target, without what may be secret in it."""
    if scheme in ("http", "https"):
        hook = "json" if scheme == "http" else "jsons"
        return f"{scheme}://…: not an address of a service that Apprise knows; for a web hook write {hook}://…"
    shown = f"{scheme}://…" if scheme.isalnum() else "this target"
    if said:
        return f"{shown}: {said.rstrip(' .:')}; {SERVICES} shows how to write it"
    return f"{shown}: Apprise does not know or can't read it; {SERVICES} shows how to write it, or use file: or exec:"


@contextmanager
def _quietly() -> Iterator[list[str]]:
    """Keep to ourselves what Apprise logs, and below it urllib3, which names whole addresses; lend the warnings."""
    loggers = [logging.getLogger(name) for name in ("apprise", "urllib3")]
    before = [(logger.propagate, logger.level) for logger in loggers]
    kept = _Kept(logging.WARNING)
    for logger in loggers:
        logger.propagate = False
        logger.addHandler(kept)
    loggers[0].setLevel(logging.DEBUG)  # whether a message was sent before it failed is said there only
    try:
        yield kept.lines
    finally:
        for logger, (propagate, level) in zip(loggers, before, strict=True):
            logger.removeHandler(kept)
            logger.propagate = propagate
            logger.setLevel(level)


class _Kept(logging.Handler):
    """Keeps lines of a log."""

    def __init__(self, level: int) -> None:
        """Keep those of a level and above."""
        super().__init__(level)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a line."""
        self.lines.append(record.getMessage())
