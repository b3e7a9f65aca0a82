"""`newsspider extract --part-per-input` on one machine."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.warcs import read_lines, read_parts, write_warc

RunCommand = Callable[..., "subprocess.CompletedProcess[str]"]
PARTS = ("--part-per-input", "--format", "jsonl", "--workers", "0")


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """Three archives, two of one name, one of them damaged."""
    write_warc(tmp_path / "a" / "x.warc.gz", "ax", 3)
    write_warc(tmp_path / "b" / "x.warc.gz", "bx", 3, damaged=True)
    write_warc(tmp_path / "b" / "y.warc.gz", "by", 2)
    return tmp_path


def test_rows_of_the_parts_are_those_of_one_output(news: Path, call_main: RunCommand) -> None:
    plain = call_main("extract", "*/*.warc.gz", "-o", "plain.jsonl", "--workers", "0", cwd=news)
    done = call_main("extract", "*/*.warc.gz", "-o", "out", *PARTS, cwd=news)
    assert (plain.returncode, done.returncode, done.stdout) == (1, 1, "")
    assert read_parts(news / "out") == read_lines(news / "plain.jsonl", news / "plain.quarantine.jsonl")
    assert len(list((news / "out" / "articles").iterdir())) == 3
    lines = done.stderr.splitlines()
    assert lines[0] == f"11 pages: 7 articles, 3 empty, 1 failed → {news / 'out'}"
    assert lines[-1] == "3 parts"


def test_second_run_makes_only_what_is_missing(news: Path, call_main: RunCommand) -> None:
    call_main("extract", "a/x.warc.gz", "-o", "out", *PARTS, cwd=news)
    refused = call_main("extract", "*/*.warc.gz", "-o", "out", *PARTS, cwd=news)
    assert refused.returncode == 2
    assert refused.stderr.endswith(".jsonl: already exists: --replace overwrites it, --resume skips it\n")
    resumed = call_main("extract", "*/*.warc.gz", "-o", "out", *PARTS, "--resume", cwd=news)
    assert resumed.stderr.splitlines()[-1] == "2 parts, 1 there already"
    again = call_main("extract", "*/*.warc.gz", "-o", "out", *PARTS, "--resume", cwd=news)
    assert (again.returncode, again.stderr.splitlines()) == (
        0,
        [f"0 pages: nothing to do → {news / 'out'}", "0 parts, 3 there already"],
    )
    assert len(read_parts(news / "out")) == 11


def test_list_of_paths_is_read(news: Path, call_main: RunCommand) -> None:
    (news / "warc.paths").write_text("a/x.warc.gz\nb/y.warc.gz\n")
    done = call_main("extract", "warc.paths", "-o", "out", *PARTS, cwd=news)
    assert done.stderr.splitlines()[-1] == "2 parts"


def test_input_that_goes_away_costs_itself(news: Path, call_main: RunCommand, monkeypatch: pytest.MonkeyPatch) -> None:
    from newsspider.part_per_input import make_part

    extract = make_part._extract

    def lose_the_next(location: Path, *rest: object) -> object:
        if location.name == "x.warc.gz":
            (news / "b" / "y.warc.gz").unlink(missing_ok=True)
        return extract(location, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(make_part, "_extract", lose_the_next)
    done = call_main("extract", "a/x.warc.gz", "b/y.warc.gz", "-o", "out", *PARTS, cwd=news)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-2:] == ["1 part, 1 failed", f"  {news / 'b/y.warc.gz'}: no such file or folder"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["-", "-o", "out"], "standard input has no name for its part: give files, folders or URLs of archives"),
        (["a/x.warc.gz"], "--part-per-input writes a folder: name one with -o"),
        (["a/x.warc.gz", "-o", "a/x.warc.gz"], "a/x.warc.gz: --part-per-input writes a folder, and this is a file"),
        (
            ["a/x.warc.gz", "-o", "out", "--format", "rss"],
            "--format rss: parts are written as parquet, jsonl, json, csv",
        ),
        (
            ["a/x.warc.gz", "-o", "out", "--url", "https://herald.example/"],
            "--url is one page's address, and a part has many",
        ),
        (["a/x.warc.gz", "-o", "out", "--resume", "--replace"], "--resume keeps parts and --replace overwrites them"),
        (["gone", "-o", "out"], "gone: no such file or folder"),
        (["a/x.warc.gz", "-o", "nonsense://x"], "nonsense://x: Protocol not known: nonsense"),
        (
            ["a/x.warc.gz", "-o", "out", "--dask", "nonsense"],
            "--dask nonsense: expected local or a scheduler's address",
        ),
    ],
)
def test_wrong_use_is_one_line(words: list[str], said: str, news: Path, call_main: RunCommand) -> None:
    done = call_main("extract", *words, "--part-per-input", cwd=news)
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"newsspider: {said}")
    assert not (news / "out").exists()


def test_cluster_without_the_extra_names_it(news: Path, call_main: RunCommand, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    done = call_main("extract", "a/x.warc.gz", "-o", "out", "--dask", "local", cwd=news)
    assert done.stderr == "newsspider: --dask needs the extra: pip install 'newsspider[cluster]'\n"


def test_folder_without_pages_is_refused_as_without_parts(tmp_path: Path, call_main: RunCommand) -> None:
    (tmp_path / "empty.warc.gz").touch()
    (tmp_path / "folder").mkdir()
    done = call_main("extract", "folder", "-o", "out", *PARTS, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("newsspider: folder: no pages in this folder")
