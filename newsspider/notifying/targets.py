"""Targets of messages: the services of Apprise, and our own `file:` and `exec:` as Apprise plugins.

This is the only module that imports Apprise, which is an extra. The URL of a target can contain a password, so only its
name is shown.
"""

import logging
import re
import warnings
from dataclasses import dataclass
from functools import cache, partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from newsspider.errors import UsageError
from newsspider.notifying.file_and_exec import append_to_file, check_file, run_command
from newsspider.notifying.messages import Message
from newsspider.notifying.own_thread import call_in_thread
from newsspider.notifying.quiet_logs import quietly
from newsspider.text import show_text

NEEDS_APPRISE = "notifications need Apprise: pip install 'newsspider[notify]'"
SERVICE_SECONDS = 90.0  # for one message; requests and commands have shorter limits
CHARS_SHARE = 2 / 3  # of a service's maximum length, because text gets longer as HTML
SECRET_CHARS = 4  # shorter parts of a URL are not treated as passwords
READ_SECONDS = 30.0  # for a service's response, unless the URL has ?rto=; Apprise's 4 s are short for slow services
# Our plugins' schemes in Apprise
OWN_SCHEMES = {"file": "newsspiderfile", "exec": "newsspiderexec"}
WEB_HOOKS = frozenset({"form", "forms", "json", "jsons", "xml", "xmls"})

SERVICES = "https://appriseit.com/services/"
_HEADINGS = {"text": "{}", "markdown": "## {}", "json": ""}  # JSON has the title in it
# In Apprise's log if the message was sent but there was no response: it may have arrived.
_CUT_OFF = re.compile("Read timed out|closed connection without response|Connection reset by peer")
_ADDRESS_PARTS = re.compile(r"[\s/:@?&=,;#+]+")


@dataclass(frozen=True)
class Target:
    """Where messages are sent.

    Attributes:
        url: as it is stored; it can contain passwords.
        name: the URL without passwords, to show.
        max_chars: maximum length of a message.
        recipients: number of recipients in the URL.
    """

    url: str
    name: str
    max_chars: int = 1_000_000
    recipients: int = 1


@dataclass(frozen=True)
class Delivery:
    """The result of sending a message.

    Attributes:
        arrived: None if unknown, because the service took the message and did not respond.
        reason: why it did not arrive.
    """

    arrived: bool | None
    reason: str = ""


def read_target(given: str) -> Target:
    """Return the target of `file:PATH`, `exec:COMMAND` or an Apprise URL.

    Raises:
        UsageError: it is not a target, or Apprise is not installed.
    """
    scheme, rest = split_target(given)
    if scheme == "file":
        return _file_target(rest)

    if scheme == "exec":
        return _command_target(rest)

    service, said = _find_service(given)
    if service is None:
        named = scheme if ":" in given else ""
        raise UsageError(_why_unknown(named, without_secrets(said, Target(given, scheme))))
    return Target(
        given, _service_name(service), int(service.body_maxlen * CHARS_SHARE), len(service)
    )


def name_of(url: str) -> str:
    """Return the name of a stored target."""
    try:
        return read_target(url).name
    except UsageError:
        return f"{split_target(url)[0]}:…"


def send(target: Target, message: Message) -> Delivery:
    """Send a message; it can be interrupted."""
    return call_in_thread(partial(_send, target, message))


def _send(target: Target, message: Message) -> Delivery:
    """Send a message."""
    apprise = load_apprise()
    service, _ = _find_service(target.url, _HEADINGS[message.form])
    if service is None:
        return Delivery(arrived=False, reason="Apprise can't read this address any more")
    with quietly():
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
    """Return a URL's scheme and the rest of it.

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
    """Return Apprise, with our plugins registered.

    Raises:
        UsageError: it is not installed.
    """
    if find_spec("apprise") is None:
        raise UsageError(NEEDS_APPRISE)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of modules that its plugins import
        import apprise
        from apprise.decorators import notify

        notify(on=OWN_SCHEMES["file"], name="file")(
            _to_file
        )  # looks for the scheme, which imports all plugins
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
    """Log the reason of a failure, where Apprise finds it; return whether there was none."""
    if why:
        logging.getLogger("apprise").warning("%s", why)
    return not why


def _find_service(url: str, heading: str = "{}") -> tuple[Any, str]:
    """Return Apprise's service for a URL, or None and Apprise's reason.

    Args:
        url: of a target.
        heading: format of the title in a file, with {} for the title.
    """
    apprise = load_apprise()
    scheme, rest = split_target(url)
    own = (
        {"schema": OWN_SCHEMES[scheme], "rest": rest, "heading": heading}
        if scheme in OWN_SCHEMES
        else None
    )
    asset = apprise.AppriseAsset(
        app_id="newsspider",
        app_desc="newsspider",
        storage_mode=apprise.PersistentStoreMode.MEMORY,  # Apprise writes nothing to the disk
        pgp_autogen=False,
        pem_autogen=False,
        allow_templates=False,
        service_timeout=SERVICE_SECONDS,
    )
    with quietly() as said:
        service = apprise.Apprise.instantiate(own or url, asset=asset)
    # The last line says that the URL can't be loaded, the one before it why.
    return service, " ".join(said[-2].split()) if len(said) > 1 else ""


def _overflow(message: Message) -> Any:
    """Return how a service treats a message that is too long: JSON is sent unchanged, text is truncated.

    Messages are written to fit. A split message would be sent again as a whole if its second part failed.
    """
    from apprise import OverflowMode

    return OverflowMode.UPSTREAM if message.form == "json" else OverflowMode.TRUNCATE


def _delivery_of(result: Any, target: Target) -> Delivery:
    """Return the result of sending from Apprise's result."""
    from apprise import AppriseResultStatus

    attempts = [attempt for service in result for attempt in service.attempts]
    status = attempts[-1].status if attempts else AppriseResultStatus.FAILURE
    if status == AppriseResultStatus.SUCCESS:
        return Delivery(arrived=True)
    entries = [entry for attempt in attempts for entry in attempt.logs]
    if status == AppriseResultStatus.TIMEOUT or any(
        _CUT_OFF.search(entry.message) for entry in entries
    ):
        return Delivery(arrived=None, reason="no answer to the message")
    said = [entry.message for entry in entries if entry.level == "WARNING"] or ["failed"]
    reason = show_text(" ".join(said[0].split())).rstrip(".")
    is_ours = (
        split_target(target.url)[0] in OWN_SCHEMES
    )  # their reasons contain no part of the command
    return Delivery(arrived=False, reason=reason if is_ours else without_secrets(reason, target))


def without_secrets(text: str, target: Target) -> str:
    """Return a text without the parts of a target's URL that its name hides.

    >>> without_secrets("404 at /hooks/T0KENT0KEN", Target("jsons://you.example/hooks/T0KENT0KEN", "jsons://you.example/…"))
    '404 at /…/…'
    """
    parts = {each for part in _ADDRESS_PARTS.split(target.url) for each in (part, unquote(part))}
    for part in sorted(parts, key=len, reverse=True):
        if len(part) >= SECRET_CHARS and part not in target.name:
            text = text.replace(part, "…")
    return text


def _service_name(service: Any) -> str:
    """Return a service's URL as Apprise hides its passwords, without options and without the path of a web hook.

    Apprise shows headers, parameters and paths of web hooks, but these can be secret too.
    """
    shown, _, _ = str(service.url(privacy=True)).partition("?")
    scheme, _, rest = shown.partition("://")
    host, _, path = rest.partition("/")
    if path and scheme in WEB_HOOKS:
        rest = f"{host}/…"
    return f"{scheme}://{show_text(unquote(rest).rstrip('/'))}"


def _file_target(given: str) -> Target:
    path = Path(given).expanduser().absolute()
    if not given or (why := check_file(path)):
        raise UsageError(f"file:{given}: {why if given else 'give the path of a file'}")
    return Target(f"file:{path}", f"file:{show_text(str(path))}")


def _command_target(given: str) -> Target:
    if not given.strip():
        raise UsageError("exec: give a shell command, such as exec:'mail -s news desk@you.example'")
    return Target(f"exec:{given}", _command_name(given))


def _command_name(command: str) -> str:
    """Return a command's program; its arguments and variables can be secret.

    >>> _command_name("TOKEN=abc /usr/bin/curl -H 'Authorization: abc' https://you.example")
    'exec:curl …'
    """
    words = [word for word in command.split() if "=" not in word] or ["…"]
    return f"exec:{show_text(Path(words[0]).name)}{' …' if len(words) > 1 else ''}"


def _why_unknown(scheme: str, said: str) -> str:
    """Return why a URL is not a target, without parts that may be secret."""
    if scheme in ("http", "https"):
        hook = "json" if scheme == "http" else "jsons"
        return f"{scheme}://…: not an address of a service that Apprise knows; for a web hook write {hook}://…"
    shown = f"{scheme}://…" if scheme.isalnum() else "this target"
    if said:
        return f"{shown}: {said.rstrip(' .:')}; {SERVICES} shows how to write it"
    return f"{shown}: Apprise does not know or can't read it; {SERVICES} shows how to write it, or use file: or exec:"
