"""An output has one writer, and no earlier file is lost unasked."""

import errno
import os
from pathlib import Path

import pytest

from newsspider.errors import OutputError, UsageError
from newsspider.outputs.output_locks import Claim, claim_output


def test_second_writer_is_refused_until_the_first_has_ended(tmp_path: Path) -> None:
    target = str(tmp_path / "x.jsonl")
    first = claim_output(target, "jsonl", replace=False)
    with pytest.raises(OutputError, match="another process is writing to it"):
        claim_output(target, "jsonl", replace=True)
    first.release()
    claim_output(target, "jsonl", replace=False).release()


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_file_that_holds_something_is_refused_unless_it_may_be_lost(form: str, tmp_path: Path) -> None:
    path = tmp_path / f"x.{form}"
    path.write_text("earlier\n")
    with pytest.raises(UsageError, match=r"already exists: --replace overwrites it, or --resume"):
        claim_output(str(path), form, replace=False, instead=", or --resume")
    claim_output(str(path), form, replace=True).release()
    assert path.read_text() == "earlier\n"  # the claim itself writes nothing


def test_file_of_what_is_no_article_counts_where_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    (tmp_path / "x.quarantine.jsonl").write_text("earlier\n")
    claim_output(str(path), "jsonl", replace=False).release()
    with pytest.raises(UsageError, match=r"x\.quarantine\.jsonl: already exists"):
        claim_output(str(path), "jsonl", replace=False, quarantine=True)


def test_refused_claim_makes_nothing_and_holds_nothing(tmp_path: Path) -> None:
    (tmp_path / "x.quarantine.jsonl").write_text("earlier\n")
    for _ in range(2):
        with pytest.raises(UsageError):
            claim_output(str(tmp_path / "x.jsonl"), "jsonl", replace=False, quarantine=True)
    assert [path.name for path in tmp_path.iterdir()] == ["x.quarantine.jsonl"]


def test_parquet_file_is_locked_by_the_folder_of_its_parts_which_goes_when_it_is_empty(tmp_path: Path) -> None:
    target = str(tmp_path / "x.parquet")
    with claim_output(target, "parquet", replace=False):
        with pytest.raises(OutputError, match="another process"):
            claim_output(target, "parquet", replace=False)
        assert len(list(tmp_path.iterdir())) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("target", ["-", "/dev/null"])
def test_what_keeps_nothing_is_not_locked(target: str) -> None:
    with claim_output(target, "jsonl", replace=False), claim_output(target, "jsonl", replace=False):
        pass


def test_file_in_a_folder_that_is_not_there_is_refused_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="No such file or directory"):
        claim_output(str(tmp_path / "nowhere" / "x.jsonl"), "jsonl", replace=False)


def test_claim_is_given_back_once(tmp_path: Path) -> None:
    claim = Claim(tmp_path / "x")
    claim.release()
    claim.release()
    Claim(tmp_path / "x").release()


def test_file_system_that_locks_no_folders_is_written_to_without_a_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))  # as NFS does, by flock(2)

    monkeypatch.setattr("fcntl.flock", refuse)
    claim_output(str(tmp_path / "x.parquet"), "parquet", replace=False).release()
