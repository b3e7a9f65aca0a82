"""Inputs: patterns, lists and URLs are what they stand for; what can't become a part is refused."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsspider.errors import UnreadableError, UsageError
from newsspider.part_per_input.inputs import list_inputs, local_copy, make_input


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Common Crawl's layout, and the folder above it as the current one."""
    folder = tmp_path / "crawl-data" / "CC-NEWS"
    folder.mkdir(parents=True)
    for number in range(3):
        (folder / f"{number}.warc").write_bytes(b"WARC/1.0\r\n")
    entries = [f"crawl-data/CC-NEWS/{number}.warc\n" for number in range(3)]
    (folder / "warc.paths.gz").write_bytes(gzip.compress("".join(entries).encode()))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def memory() -> Iterator[object]:
    fsspec = pytest.importorskip("fsspec")
    system = fsspec.filesystem("memory")
    system.store.clear()
    yield system
    system.store.clear()


EXPECTED = [f"crawl-data/CC-NEWS/{number}.warc" for number in range(3)]


@pytest.mark.parametrize("name", ["crawl-data/CC-NEWS/*.warc", "crawl-data/CC-NEWS/warc.paths.gz"])
def test_pattern_and_list_stand_for_the_same_files(name: str, tree: Path) -> None:
    inputs = list_inputs([name])
    assert [each.source for each in inputs] == EXPECTED
    assert [each.location for each in inputs] == [str(tree / name) for name in EXPECTED]


def test_list_at_the_end_of_an_absolute_path_names_files_of_its_own_tree(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir("/")
    inputs = list_inputs([str(tree / "crawl-data/CC-NEWS/warc.paths.gz")])
    assert [each.location for each in inputs] == [str(tree / name) for name in EXPECTED]


def test_list_may_hold_absolute_names_comments_and_patterns(tree: Path) -> None:
    (tree / "some.paths").write_text(f"# two of them\n\n{tree}/crawl-data/CC-NEWS/1.warc\ncrawl-data/*/[02].warc\n")
    assert [Path(each.location).name for each in list_inputs(["some.paths"])] == ["1.warc", "0.warc", "2.warc"]


def test_input_that_is_given_twice_is_one(tree: Path) -> None:
    assert len(list_inputs([EXPECTED[0], f"./{EXPECTED[0]}", "crawl-data/CC-NEWS/*.warc"])) == 3


def test_url_patterns_and_lists_are_read_there(memory: object) -> None:
    system: object = memory
    for number in range(2):
        system.pipe_file(f"/crawl-data/CC-NEWS/{number}.warc", b"x")  # type: ignore[attr-defined]
    system.pipe_file("/crawl-data/CC-NEWS/warc.paths", b"crawl-data/CC-NEWS/1.warc\n")  # type: ignore[attr-defined]
    found = [each.location for each in list_inputs(["memory://crawl-data/CC-NEWS/*.warc"])]
    assert found == ["memory:///crawl-data/CC-NEWS/0.warc", "memory:///crawl-data/CC-NEWS/1.warc"]
    (listed,) = list_inputs(["memory://crawl-data/CC-NEWS/warc.paths"])
    assert listed.source == "memory://crawl-data/CC-NEWS/1.warc"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("-", "standard input has no name for its part"),
        ("https://herald.example/ferry", "pages of web addresses don't go to parts"),
        ("gone.warc", "gone.warc: no such file or folder"),
        ("gone-*.warc", "gone-*.warc: matches no file"),
        ("gone.paths.gz", "gone.paths.gz: the list can't be read: FileNotFoundError"),
        ("memory://gone/*.warc", "memory://gone/*.warc: matches no file"),
    ],
)
def test_name_that_cannot_become_a_part_is_refused(name: str, said: str, tree: Path, memory: object) -> None:
    with pytest.raises(UsageError) as refused:
        list_inputs([name])
    assert said in str(refused.value)


def test_file_that_only_the_workers_see_is_taken(tree: Path) -> None:
    assert [each.location for each in list_inputs(["/there/x.warc"], are_here=False)] == ["/there/x.warc"]


def test_copy_of_a_remote_file_is_whole_and_goes_after(memory: object) -> None:
    memory.pipe_file("/news/x.warc.gz", b"pages")  # type: ignore[attr-defined]
    with local_copy(make_input("memory://news/x.warc.gz")) as copy:
        assert (copy.name, copy.read_bytes()) == ("x.warc.gz", b"pages")
    assert not copy.exists()


def test_copy_that_is_cut_short_is_an_error_and_no_damaged_archive(
    memory: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory.pipe_file("/news/x.warc.gz", b"pages")  # type: ignore[attr-defined]
    monkeypatch.setattr(type(memory), "size", lambda *_: 7)
    with (
        pytest.raises(UnreadableError, match="5 of 7 bytes arrived"),
        local_copy(make_input("memory://news/x.warc.gz")),
    ):
        pass


@pytest.mark.parametrize("name", ["/gone/x.warc", "memory://gone/x.warc"])
def test_input_that_is_missing_here_is_unreadable(name: str, memory: object) -> None:
    with pytest.raises(UnreadableError, match=r"gone/x\.warc: no such file"), local_copy(make_input(name)):
        pass
