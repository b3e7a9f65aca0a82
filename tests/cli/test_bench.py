"""`newsspider bench`, on a few pages."""

import json
from pathlib import Path

from newsspider.workshop.bench.stages import STAGES
from tests.cli.conftest import RunCommand


def test_bench_prints_json_to_keep(run_command: RunCommand) -> None:
    done = run_command("bench", "--pages", "12", "--workers", "1", "--json")
    figures = json.loads(done.stdout)
    assert figures["stages"]["pages"] == 12
    assert list(figures["stages"]["stages"]) == [*STAGES, "rest"]
    assert list(figures["stages"]["page"]) == ["mean", "p50", "p95", "p99", "max"]
    assert (figures["extract"]["pages"], figures["extract"]["workers"]) == (12, 1)
    assert figures["crawl"]["pages"] == 13  # the front page that links to them is one
    assert figures["crawl"]["loop_lag_max"] >= 0
    assert figures["crawl"]["page_ms"] >= figures["crawl"]["response_ms"] > 0
    assert figures["extract"]["start_up"] > 0
    assert figures["crawl"]["start_up"] > 0
    assert done.returncode == 0


def test_bench_prints_tables(tmp_path: Path, run_command: RunCommand) -> None:
    (tmp_path / "a.html").write_text("<h1>Ferry</h1><p>The ferry sails again.</p>")
    done = run_command("bench", tmp_path, "--pages", "3", "--no-crawl", "--workers", "1")
    assert "ms a page" in done.stdout
    assert "start-up s" in done.stdout
    assert "a second" in done.stdout
    assert "crawl" not in done.stdout
    assert done.returncode == 0


def test_bench_without_trafilatura_spends_nothing_on_it(tmp_path: Path, run_command: RunCommand) -> None:
    (tmp_path / "a.html").write_text("<h1>Ferry</h1><p>The ferry sails again.</p>")
    arguments = ("bench", tmp_path, "--pages", "3", "--no-crawl", "--workers", "1", "--json")
    spent = {
        policy: json.loads(run_command(*arguments, "--witness", policy).stdout)["stages"]["stages"]["trafilatura"]
        for policy in ("always", "never")
    }
    assert spent["always"] > 0
    assert spent["never"] == 0


def test_bench_of_an_unknown_policy_is_refused(tmp_path: Path, run_command: RunCommand) -> None:
    done = run_command("bench", tmp_path, "--witness", "sometimes")
    line = "newsspider: --witness sometimes: expected always, unsure or never\n"
    assert (done.returncode, done.stderr) == (2, line)


def test_bench_of_no_folder_is_refused(tmp_path: Path, run_command: RunCommand) -> None:
    done = run_command("bench", tmp_path / "gone")
    wanted = f"newsspider: {tmp_path / 'gone'}: not a folder; give a folder of saved pages: newsspider bench FOLDER\n"
    assert (done.returncode, done.stderr) == (2, wanted)


def test_bench_of_the_store_prints_the_rate(tmp_path: Path, run_command: RunCommand) -> None:
    done = run_command("bench", "--store", "300", "--db", tmp_path / "news.db", "--json")
    (figures,) = json.loads(done.stdout)["store"]
    assert figures["records"] == 300
    assert figures["records_a_second"] > 0
    assert figures["kept_bytes"] > 4_000
    again = run_command("bench", "--store", "300", "--db", tmp_path / "news.db")
    assert (again.returncode, "there are articles in it" in again.stderr) == (2, True)
    assert "records a second" in run_command("bench", "--store", "100").stdout


def test_comparison_has_a_row_for_each_extractor(tmp_path: Path, run_command: RunCommand) -> None:
    (tmp_path / "a.html").write_text("<h1>Ferry</h1>" + "<p>The ferry sails again from the old harbour.</p>" * 9)
    done = run_command("bench", tmp_path, "--compare", "--pages", "2")
    assert (done.returncode, done.stderr) == (0, "")
    for words in ("ms a page", "newsspider (always)", "newsspider (never)", "trafilatura"):
        assert words in done.stdout
    figures = json.loads(run_command("bench", tmp_path, "--compare", "--pages", "2", "--json").stdout)
    assert {"name", "version", "mean", "p95", "words", "without_text", "failures"} <= figures["compare"][0].keys()
    assert figures["compare"][0]["pages"] == 2


def test_comparison_of_no_pages_is_refused(tmp_path: Path, run_command: RunCommand) -> None:
    done = run_command("bench", tmp_path, "--compare")
    assert done.returncode == 2
    assert done.stderr.startswith(f"newsspider: {tmp_path}: no pages in this folder")
