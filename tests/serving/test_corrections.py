"""The file of corrections: one row per page, written whole, by several at a time."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from newsspider.errors import OutputError, UsageError
from newsspider.serving.corrections import Corrections, Row, read_rows

WRITERS = 8


def row(page: str, body: str = "The ferry sails.") -> Row:
    return {"page": page, "body": body, "html": f"<p>{body}"}


def test_new_row_of_a_page_replaces_the_earlier_one(tmp_path: Path) -> None:
    corrections = Corrections(tmp_path / "gold.jsonl")
    corrections.save({"a": row("a"), "b": row("b")})
    corrections.save({"a": row("a", "It sails again.")})
    assert corrections.read() == [row("b"), row("a", "It sails again.")]
    assert corrections.path.stat().st_mode & 0o777 == 0o600


def test_servers_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    servers = [Corrections(tmp_path / "gold.jsonl") for _ in range(WRITERS)]
    with ThreadPoolExecutor(WRITERS) as threads:
        list(threads.map(lambda number: servers[number].save({str(number): row(str(number))}), range(WRITERS)))
    assert {each["page"] for each in servers[0].read()} == set(map(str, range(WRITERS)))


def test_half_a_character_is_no_end_of_the_file(tmp_path: Path) -> None:
    corrections = Corrections(tmp_path / "gold.jsonl")
    corrections.save(read_rows(json.dumps(row("a", "\ud83d"))))
    assert corrections.read()[0]["body"] == "?"


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"page": 1, "body": "", "html": ""}', "{"])
def test_something_else_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        read_rows(text)
    (tmp_path / "other.jsonl").write_text(f"{text or '[]'}\n", encoding="utf-8")
    with pytest.raises(UsageError):
        Corrections(tmp_path / "other.jsonl").save({"a": row("a")})


def test_folder_that_is_missing_is_an_error_of_one_line(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="No such file"):
        Corrections(tmp_path / "nowhere" / "gold.jsonl").save({"a": row("a")})
