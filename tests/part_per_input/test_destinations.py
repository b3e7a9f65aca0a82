"""Parts in place: whole, once, with their own quarantine; on disks with and without links, and behind URLs."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsspider.errors import OutputError, UsageError
from newsspider.part_per_input import destinations
from newsspider.part_per_input.destinations import LocalParts, RemoteParts, open_parts
from newsspider.part_per_input.parts import Attempt, Parts

URL = "memory://parts/of/news"


@pytest.fixture
def memory() -> Iterator[None]:
    """An empty file system in this process's memory."""
    fsspec = pytest.importorskip("fsspec") if not os.environ.get("NEWSSPIDER_NO_SKIPS") else __import__("fsspec")
    system = fsspec.filesystem("memory")
    system.store.clear()
    yield
    system.store.clear()


@pytest.fixture(params=["links", "no links", "memory"])
def parts(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Parts:
    """An output on each kind of file system."""
    if request.param == "memory":
        request.getfixturevalue("memory")
        return open_parts(URL, "jsonl")
    if request.param == "no links":
        monkeypatch.setattr("os.link", _refuse_link)
    return open_parts(str(tmp_path / "out"), "jsonl")


def _refuse_link(*_: object) -> None:
    raise PermissionError(1, "Operation not permitted")


def write(attempt: Attempt, articles: str, quarantine: str | None = None) -> None:
    attempt.articles.write_text(articles)
    if quarantine is not None:
        attempt.articles.with_name("articles.quarantine.jsonl").write_text(quarantine)


def make(parts: Parts, articles: str, quarantine: str | None = None, *, replace: bool = False) -> bool:
    with parts.begin("x") as attempt:
        write(attempt, articles, quarantine)
        return attempt.place(replace=replace)


def read(parts: Parts) -> list[str]:
    """Return what the files of the part hold."""
    import fsspec

    texts = []
    for file in parts.find("x"):
        with fsspec.open(file, "rt") as stream:
            texts.append(stream.read())
    return texts


def test_part_is_not_there_before_it_is_placed(parts: Parts) -> None:
    with parts.begin("x") as attempt:
        write(attempt, "articles")
        assert parts.find("x") == []
        assert attempt.place(replace=False)
        assert read(parts) == ["articles"]


def test_first_one_wins_with_its_own_quarantine(parts: Parts) -> None:
    assert make(parts, "first", "first's quarantine")
    assert not make(parts, "second")
    assert read(parts) == ["first", "first's quarantine"]


def test_part_that_is_replaced_takes_its_quarantine_along(parts: Parts) -> None:
    make(parts, "first", "first's quarantine")
    assert make(parts, "second", replace=True)
    assert read(parts) == ["second"]


def test_quarantine_of_a_part_that_was_removed_is_not_taken_for_the_new_ones(parts: Parts) -> None:
    make(parts, "first", "first's quarantine")
    remove(parts.find("x")[0])
    assert make(parts, "second")
    assert read(parts) == ["second"]


def remove(file: str) -> None:
    import fsspec

    system, path = fsspec.url_to_fs(file)
    system.rm_file(path)


def test_abandoned_attempt_leaves_nothing(parts: Parts, tmp_path: Path) -> None:
    with parts.begin("x") as attempt:
        write(attempt, "half")
    assert parts.find("x") == []
    assert list(tmp_path.rglob("*.jsonl")) == []


def test_two_that_are_finished_at_once_give_the_first_ones_part(tmp_path: Path) -> None:
    parts = LocalParts(tmp_path, "jsonl")
    with parts.begin("x") as first, parts.begin("x") as second:
        write(first, "first", "first's quarantine")
        write(second, "second", "second's quarantine")
        assert [first.place(replace=False), second.place(replace=False)] == [True, False]
    assert read(parts) == ["first", "first's quarantine"]
    assert not (tmp_path / ".unfinished").exists()


def test_quarantine_of_a_process_that_died_after_its_articles_appeared_follows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = LocalParts(tmp_path, "jsonl")
    _die_in(monkeypatch, "_place_quarantine", parts)
    assert read(parts) == ["articles"]
    parts.sweep()
    assert read(parts) == ["articles", "its quarantine"]
    assert not list((tmp_path / ".unfinished").glob("*"))


def test_quarantine_of_a_process_that_died_before_does_not_appear(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = LocalParts(tmp_path, "jsonl")
    _die_in(monkeypatch, "_place_articles", parts)
    make(parts, "another's")
    parts.sweep()
    assert read(parts) == ["another's"]


def _die_in(monkeypatch: pytest.MonkeyPatch, step: str, parts: LocalParts) -> None:
    """Make a part in a child process that dies at a step."""
    child = os.fork()
    if child == 0:
        monkeypatch.setattr(destinations.LocalAttempt, step, lambda *_, **__: os._exit(0))
        make(parts, "articles", "its quarantine")
        os._exit(1)  # not reached
    assert os.waitpid(child, 0)[1] == 0


def test_upload_that_was_cut_short_a_day_ago_is_removed(memory: None, monkeypatch: pytest.MonkeyPatch) -> None:
    import fsspec

    system = fsspec.filesystem("memory")
    parts = open_parts(URL, "jsonl")
    system.pipe_file("/parts/of/news/.unfinished/aa-x.jsonl", b"half")
    parts.sweep()
    assert system.exists("/parts/of/news/.unfinished/aa-x.jsonl")
    monkeypatch.setattr("newsspider.part_per_input.destinations.ABANDONED_SECONDS", -1)
    parts.sweep()
    assert not system.exists("/parts/of/news/.unfinished/aa-x.jsonl")


def test_file_system_whose_package_is_missing_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "s3fs", None)
    with pytest.raises(UsageError, match=r"s3://news/x: a package is missing: Install s3fs to access S3"):
        open_parts("s3://news/x", "jsonl")


def test_file_system_that_does_not_exist_is_refused() -> None:
    with pytest.raises(UsageError, match=r"nonsense://x: Protocol not known: nonsense"):
        open_parts("nonsense://x", "jsonl")


def test_url_without_the_extra_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    with pytest.raises(UsageError, match=r"pip install 'newsspider\[cluster\]'"):
        open_parts("memory://x", "jsonl")


def test_folder_that_cannot_be_made_is_an_error_of_the_output(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    parts = open_parts(str(tmp_path / "file"), "jsonl")
    with pytest.raises(OutputError, match="file: Not a directory"), parts.begin("x"):
        pass


def test_file_url_is_a_folder_of_this_machine(tmp_path: Path) -> None:
    assert isinstance(open_parts(f"file://{tmp_path}", "jsonl"), LocalParts)
    assert not isinstance(open_parts(str(tmp_path), "jsonl"), RemoteParts)
