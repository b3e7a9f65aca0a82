"""What the tests of messages share: servers that take them."""

import os
from collections.abc import Iterator
from importlib.util import find_spec

import pytest

from tests.notifying.listening import MailServer, WebHook, listening_hook, listening_mail_server


def require_apprise() -> None:
    """Skip a module where Apprise is not installed, or fail where NEWSSPIDER_NO_SKIPS says so."""
    if find_spec("apprise") is None:
        if os.environ.get("NEWSSPIDER_NO_SKIPS"):
            pytest.fail("Apprise is not installed, and NEWSSPIDER_NO_SKIPS forbids to skip")
        pytest.skip("Apprise is not installed: pip install 'newsspider[notify]'", allow_module_level=True)


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have no proxy between us and our own servers."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@pytest.fixture
def hook() -> Iterator[WebHook]:
    with listening_hook() as listening:
        yield listening


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    with listening_mail_server() as listening:
        yield listening
