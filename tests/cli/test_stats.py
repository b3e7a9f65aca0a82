"""`newsspider stats`: what the store holds."""

import json
import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path

from newsspider.record import ArticleRecord
from newsspider.store.store import Store

RunCommand = Callable[..., "subprocess.CompletedProcess[str]"]


def test_counts_are_one_json_object(news_db: Path, run_command: RunCommand) -> None:
    done = run_command("stats", "--db", news_db, "--json")
    counts = json.loads(done.stdout)
    assert done.returncode == 0
    assert (counts["database"], counts["articles"], counts["quarantine"]) == (str(news_db), 4, 2)
    assert {"table": "articles", "site": "herald.example", "kind": "live_blog", "records": 1} in counts["by_site_kind"]
    assert sum(row["records"] for row in counts["by_site_kind"]) == 6
    assert counts["by_day"] == {"2026-03-24": 1, "2026-03-25": 1, "2026-03-26": 1, "undated": 1}
    assert counts["by_reason"] == {"index: a list": 1, "failed: can't be read": 1}
    assert (counts["fields"]["title"], counts["fields"]["authors"]) == (4, 1)
    assert [(run["command"], run["exit_code"]) for run in counts["runs"]] == [("extract", 1)]


def test_tables_show_sites_days_reasons_fields_and_runs(news_db: Path, run_command: RunCommand) -> None:
    done = run_command("stats", "--db", news_db)
    assert (done.returncode, done.stderr) == (0, "")
    for words in ("herald.example", "live_blog", "2026-03-26", "undated", "failed: can't be read", "authors", "25 %"):
        assert words in done.stdout
    assert f"4 articles in {news_db}" in done.stdout


def test_table_without_rows_is_left_out(tmp_path: Path, call_main: RunCommand) -> None:
    with Store(str(tmp_path / "news.db")) as store:
        store.write([ArticleRecord(url="https://herald.example/a", title="Ferry")])
    done = call_main("stats", cwd=tmp_path)
    assert "Records by site and kind" in done.stdout
    assert "Quarantine by reason" not in done.stdout


def test_commands_to_go_on_with_work_as_they_are(news_db: Path, run_command: RunCommand) -> None:
    shown = run_command("stats", "--db", news_db).stdout.splitlines()[-2:]
    words = [shlex.split(line) for line in shown]
    assert [each[1] for each in words] == ["search", "export"]
    for each in words:
        done = run_command(*each[1:], cwd=news_db.parent)
        assert done.returncode == 0, done.stderr


def test_missing_database_is_one_line_and_none_is_made(tmp_path: Path, call_main: RunCommand) -> None:
    done = call_main("stats", "--db", "gone.db", cwd=tmp_path)
    assert done.returncode == 4
    assert len(done.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []
