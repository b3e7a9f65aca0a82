"""Going on with an earlier run's file."""

from pathlib import Path

import pytest

from newsspider.errors import OutputError
from newsspider.outputs.resuming import TAIL_BYTES, cut_incomplete_line, drop_retried, iter_sources

LINE = b'{"url": null, "kind": "article", "source": "a.html"}\n'


@pytest.mark.parametrize(
    ("written", "left"),
    [
        (b"", b""),
        (LINE, LINE),
        (LINE + b'{"url": nu', LINE),
        (b'{"u', b""),
        (LINE + b'{"url": "' + b"x" * (3 * TAIL_BYTES), LINE),
    ],
)
def test_what_stands_after_the_last_whole_line_is_cut(written: bytes, left: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(written)
    assert cut_incomplete_line(path) == len(written) - len(left)
    assert path.read_bytes() == left


def test_whole_record_without_its_line_end_gets_it(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(LINE + LINE.rstrip())
    assert cut_incomplete_line(path) == 0
    assert path.read_bytes() == LINE * 2


@pytest.mark.parametrize("written", [b'{"note": "mine"}', LINE + b"mine"])
def test_what_is_no_record_is_not_cut(written: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(written)
    with pytest.raises(OutputError, match="the last line is not a record"):
        cut_incomplete_line(path)
    assert path.read_bytes() == written


def test_pages_that_are_tried_again_leave_the_quarantine(tmp_path: Path) -> None:
    path = tmp_path / "x.quarantine.jsonl"
    kinds = ("failed", "index", "truncated", "empty")
    path.write_text("".join(f'{{"kind": "{kind}", "source": "{kind}.html"}}\n' for kind in kinds))
    drop_retried(path)
    assert list(iter_sources(path)) == ["index.html", "empty.html"]
    assert [each.name for each in tmp_path.iterdir()] == ["x.quarantine.jsonl"]


@pytest.mark.parametrize("line", [b"no JSON", b"[]", pytest.param(b"[" * 100_000, id="nested")])
def test_line_that_is_no_record_is_named(tmp_path: Path, line: bytes) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(LINE + line + b"\n")
    with pytest.raises(OutputError, match="line 2 is not a record"):
        list(iter_sources(path))
