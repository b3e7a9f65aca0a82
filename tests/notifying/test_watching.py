"""Watches that are run: whoever is told, failing targets, runs that are killed; with SQLite and PostgreSQL."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from newsspider.errors import UsageError
from newsspider.notifying import targets, watching
from newsspider.notifying.messages import LISTED, LISTED_JSON
from newsspider.notifying.targets import Delivery, load_apprise
from newsspider.notifying.watching import preview, tell_watches
from newsspider.record import ArticleRecord
from newsspider.store.store import Store
from newsspider.store.watches import TOLD, UNSURE, Watch
from tests.notifying.conftest import require_apprise
from tests.notifying.listening import WebHook

require_apprise()


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    with Store(database, duplicates="off") as opened:
        yield opened


def article(name: object) -> ArticleRecord:
    body = f"It sails to {name}."
    return ArticleRecord(url=f"https://herald.example/{name}", site="herald.example", title=f"Ferry {name}", body=body)


def add(store: Store, *targets: str, form: str = "text", name: str = "desk") -> None:
    assert store.add_watch(Watch(name, "ferry", targets, form))


def tell(store: Store, *, send_unsure: bool = False) -> list[str]:
    return [str(told) for told in tell_watches(store, store.watches(), send_unsure=send_unsure)]


def test_all_targets_are_told_once(store: Store, hook: WebHook, tmp_path: Path) -> None:
    file = f"file:{tmp_path}/desk.txt"
    store.write([article("old")])
    add(store, hook.target("/secret"), file)
    store.write([article("a"), article("b")])
    assert tell(store) == [
        f"watch desk: 2 new articles → json://127.0.0.1:{hook.port}/…",
        f"watch desk: 2 new articles → {file}",
    ]
    assert tell(store) == []
    store.write([article("c")])
    assert len(tell(store)) == 2
    assert hook.titles == ["desk: 2 new articles", "desk: 1 new article"]
    assert (tmp_path / "desk.txt").read_text().count("Ferry") == 3


def test_target_that_fails_stops_no_other_and_is_tried_again(store: Store, hook: WebHook, tmp_path: Path) -> None:
    hook.failing.add("/hook")
    add(store, hook.target(), f"file:{tmp_path}/desk.txt")
    store.write([article("a")])
    failed, arrived = tell(store)
    assert failed.startswith(f"watch desk: json://127.0.0.1:{hook.port}/…: Failed to send JSON POST notification")
    assert failed.endswith("error=500; the next run tries again (1 new article)")
    assert arrived.startswith("watch desk: 1 new article → file:")
    store.write([article("b")])
    hook.failing.clear()
    tell(store)
    assert hook.titles == ["desk: 1 new article", "desk: 2 new articles"]
    assert (tmp_path / "desk.txt").read_text().count("Ferry a\n") == 1


def test_dead_target_is_asked_once_a_run(store: Store, hook: WebHook) -> None:
    hook.failing.add("/hook")
    for name in ("a", "b"):
        add(store, hook.target(), name=name)
    store.write([article("x")])
    assert ["the next run tries again (1 new article)" in line for line in tell(store)] == [True, True]
    assert len(hook.posted) == 1
    hook.failing.clear()
    assert len(tell(store)) == 2


def test_target_that_can_t_be_told_any_more_is_reported(store: Store, tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    add(store, f"file:{tmp_path}/news/desk.txt")
    (tmp_path / "news").rmdir()
    store.write([article("a")])
    (line,) = tell(store)
    assert line.endswith(f"{tmp_path}/news: no such folder; the next run tries again (1 new article)")


def test_five_thousand_new_articles_are_one_digest(store: Store, hook: WebHook) -> None:
    number = LISTED + 10
    add(store, hook.target())
    store.write([article(each) for each in range(number)])
    assert len(tell(store)) == 1
    ((_, message),) = hook.posted
    assert message["title"] == f"desk: {number} new articles"
    assert message["message"].count("Ferry") == LISTED
    assert message["message"].endswith("… and 10 more in the store")
    assert tell(store) == []


def test_programs_get_all_articles_in_as_many_messages_as_it_takes(store: Store, hook: WebHook) -> None:
    add(store, hook.target(), form="json")
    store.write([article(each) for each in range(LISTED_JSON + 1)])
    assert len(tell(store)) == 2
    told = [each["url"] for _, message in hook.posted for each in json.loads(message["message"])["articles"]]
    assert len(told) == len(set(told)) == LISTED_JSON + 1


def test_json_stops_at_the_first_message_that_fails(store: Store, hook: WebHook) -> None:
    hook.failing.add("/hook")
    add(store, hook.target(), form="json")
    store.write([article(each) for each in range(LISTED_JSON + 1)])
    (line,) = tell(store)
    assert f"({LISTED_JSON + 1} new articles)" in line
    assert len(hook.posted) == 1


def test_service_that_does_not_answer_is_not_told_again_unless_asked_for(
    store: Store, hook: WebHook, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(store, hook.target())
    store.write([article("a")])
    with monkeypatch.context() as patched:
        patched.setattr(watching, "send", lambda *_: Delivery(None, "no answer in time"))
        (line,) = tell(store)
    assert "no answer in time; 1 new article may not have arrived (`newsspider watch run desk --unsure`" in line
    assert tell(store) == []
    assert tell(store, send_unsure=True) == [f"watch desk: 1 new article → json://127.0.0.1:{hook.port}/…"]


def test_interruption_while_sending_leaves_what_is_unsure(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    add(store, "file:/tmp/never.txt")
    store.write([article("a")])
    monkeypatch.setattr(watching, "send", interrupt)
    with pytest.raises(KeyboardInterrupt):
        tell(store)
    (watch,) = store.watches()
    assert store.count_told(watch) == {("file:/tmp/never.txt", UNSURE): 1}


def test_message_that_could_not_be_written_is_sent_by_the_next_run(
    store: Store, hook: WebHook, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(store, hook.target())
    store.write([article("a")])
    with monkeypatch.context() as patched:
        patched.setattr(watching, "write_message", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            tell(store)
    assert len(tell(store)) == 1


def test_preview_tells_nobody(store: Store, hook: WebHook) -> None:
    add(store, hook.target())
    (watch,) = store.watches()
    assert preview(store, watch) is None
    store.write([article("a")])
    message = preview(store, watch)
    assert message
    assert message.body.startswith("Ferry a")
    assert hook.posted == []
    assert len(tell(store)) == 1
    assert store.count_told(watch) == {(hook.target(), TOLD): 1}


def test_without_apprise_nothing_is_noted(store: Store, hook: WebHook, monkeypatch: pytest.MonkeyPatch) -> None:
    add(store, hook.target())
    store.write([article("a")])
    load_apprise.cache_clear()
    with monkeypatch.context() as patched:
        patched.setattr(targets, "find_spec", lambda _: None)
        with pytest.raises(UsageError, match="Apprise"):
            tell(store)
    assert len(tell(store)) == 1


def test_watch_of_other_words_is_not_told(store: Store, hook: WebHook) -> None:
    assert store.add_watch(replace(Watch("tram", "tram", (hook.target(),))))
    store.write([article("a")])
    assert tell(store) == []
