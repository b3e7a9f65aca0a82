"""`newsspider export`: any selection, in any format."""

import csv
import gzip
import io
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import feedparser
import pytest

from newsspider.record import ArticleRecord
from newsspider.store.store import Store
from newsspider.text import count_of

RunCommand = Callable[..., "subprocess.CompletedProcess[str]"]


def titles(lines: str) -> list[str | None]:
    return [json.loads(line)["title"] for line in lines.splitlines()]


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        ([], ["Ferry back, at last", "Storm, as it happened", "渡轮重新起航", "Undated"]),
        (["--site", "chenbao.example"], ["渡轮重新起航"]),
        (["--kind", "live_blog"], ["Storm, as it happened"]),
        (["--since", "2026-03-25", "--until", "2026-03-25"], ["Storm, as it happened"]),
        (["--site", "none.example"], []),
    ],
)
def test_selection_is_written_to_standard_output(
    selection: list[str], expected: list[str], news_db: Path, call_main: RunCommand
) -> None:
    done = call_main("export", "--db", news_db, *selection)
    assert done.returncode == 0
    assert titles(done.stdout) == expected
    assert done.stderr == f"{count_of(len(expected), 'record')} of {news_db} → standard output\n"


def test_quarantine_is_written_with_its_reasons(news_db: Path, call_main: RunCommand) -> None:
    done = call_main("export", "--what", "quarantine", "--kind", "failed", NEWSSPIDER_DATABASE=str(news_db))
    assert [json.loads(line)["reason"] for line in done.stdout.splitlines()] == ["can't be read"]


def test_day_may_be_written_in_any_iso_form(news_db: Path, call_main: RunCommand) -> None:
    done = call_main("export", "--db", news_db, "--since", "20260325", "--until", "2026-W13-3")
    assert titles(done.stdout) == ["Storm, as it happened"]


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["--kind", "failed"], "--kind failed: add --what quarantine, where such pages are"),
        (["--kind", "article", "--what", "quarantine"], "--kind article: add --what articles, where such pages are"),
    ],
)
def test_kind_that_a_table_can_not_hold_is_refused(
    arguments: list[str], line: str, news_db: Path, call_main: RunCommand
) -> None:
    done = call_main("export", "--db", news_db, *arguments)
    assert (done.returncode, done.stderr) == (2, f"newsspider: {line}\n")


def test_store_is_not_written_over(news_db: Path, tmp_path: Path, call_main: RunCommand) -> None:
    link = tmp_path / "news.jsonl"
    link.symlink_to(news_db)
    before = news_db.read_bytes()
    done = call_main("export", "--db", news_db, "-o", link)
    assert (done.returncode, done.stderr) == (
        2,
        f"newsspider: {link}: it is an input and would be overwritten: name another output\n",
    )
    assert news_db.read_bytes() == before


def test_csv_is_written_to_standard_output(news_db: Path, run_command: RunCommand) -> None:
    done = run_command("export", "--db", news_db, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout, newline="")))
    assert list(rows[0])[:3] == ["published", "title", "authors"]
    assert [row["title"] for row in rows][2] == "渡轮重新起航"
    assert rows[0]["body"] == "The ferry sails again.\n\nIts café at the old harbour opens on Monday."


@pytest.mark.parametrize(
    ("arguments", "version"),
    [
        (["-o", "feed.xml"], "rss20"),
        (["-o", "feed.atom"], "atom10"),
        (["-o", "feed.xml", "--format", "atom"], "atom10"),
    ],
)
def test_feed_is_written_newest_first(
    arguments: list[str], version: str, news_db: Path, tmp_path: Path, call_main: RunCommand
) -> None:
    done = call_main("export", "--db", news_db, *arguments, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stderr.startswith("3 records of ")
    parsed = feedparser.parse((tmp_path / arguments[1]).read_bytes())
    assert (parsed.bozo, parsed.version) == (False, version)
    assert [entry.title for entry in parsed.entries] == ["渡轮重新起航", "Storm, as it happened", "Ferry back, at last"]
    assert [path.name for path in tmp_path.iterdir()] == [arguments[1]]


def test_json_feed_goes_to_a_file_and_to_standard_output(news_db: Path, tmp_path: Path, call_main: RunCommand) -> None:
    assert call_main("export", "--db", news_db, "-o", "feed.json", cwd=tmp_path).returncode == 0
    done = call_main("export", "--db", news_db, "--format", "jsonfeed")
    assert json.loads((tmp_path / "feed.json").read_text("utf-8")) == json.loads(done.stdout)
    assert call_main("export", "--db", news_db, "-o", "news.json", cwd=tmp_path).returncode == 0
    assert isinstance(json.loads((tmp_path / "news.json").read_text("utf-8")), list)


def test_records_without_a_url_take_no_place_in_a_feed(tmp_path: Path, call_main: RunCommand) -> None:
    with Store(str(tmp_path / "news.db")) as store:
        store.write([ArticleRecord(url="https://herald.example/a", site="herald.example", published="2020-01-01")])
        store.write([ArticleRecord(source="saved.html", published="2026-01-01")])
    done = call_main("export", "--format", "jsonfeed", "--limit", "1", cwd=tmp_path)
    assert [item["id"] for item in json.loads(done.stdout)["items"]] == ["https://herald.example/a"]


def test_limit_chooses_the_newest(news_db: Path, call_main: RunCommand) -> None:
    done = call_main("export", "--db", news_db, "--site", "herald.example", "--limit", "1")
    assert titles(done.stdout) == ["Storm, as it happened"]


@pytest.mark.parametrize("name", ["x.jsonl", "x.jsonl.gz", "x.csv"])
def test_format_of_a_file_follows_its_suffix(name: str, news_db: Path, tmp_path: Path, call_main: RunCommand) -> None:
    assert call_main("export", "--db", news_db, "-o", name, cwd=tmp_path).returncode == 0
    data = (tmp_path / name).read_bytes()
    text = (gzip.decompress(data) if name.endswith(".gz") else data).decode()
    assert len(text.splitlines()) >= 4
    assert "渡轮重新起航" in text
    assert text.startswith("\ufeffpublished,title," if name.endswith(".csv") else "{")


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--kind", "novel"], 2, "--kind novel: no such kind"),
        (["--schema", "rss"], 2, "--schema rss: no such schema; use one of newsarticle, news-please"),
        (["--schema", "zyte", "-o", "x.csv"], 2, "--schema zyte: written as JSON only"),
        (["--schema", "zyte", "--format", "csv"], 2, "--schema zyte: written as JSON only"),
        (["-o", "x.doc"], 2, "x.doc: no output format has this name; use one of .jsonl, .jsonl.gz"),
        (
            ["--what", "quarantine", "-o", "x.rss"],
            2,
            "--format rss: a feed contains articles only",
        ),
        (["-o", "x/", "--format", "csv"], 2, "x/: --format csv writes one file: name one, such as x/articles.csv"),
        (["-o", "x.csv", "--format", "rss"], 2, "x.csv: the name of a csv file: --format rss does not fit it"),
        (["-o", "no/feed.xml"], 4, "no/feed.xml: No such file or directory"),
        (["-o", "no/x.csv"], 4, "no/x.csv: No such file or directory"),
        (["-o", "copy.db"], 2, "copy.db: export does not write databases; `newsspider backup` copies the whole one"),
        (["-o", "mine.csv"], 2, "mine.csv: already exists: --replace overwrites it"),
        (["-o", "notes.zip", "--format", "markdown"], 2, "notes.zip: --format markdown writes a .md file or a folder"),
        (["--db", "gone.db"], 4, "gone.db: crawl or extract first, or name one with --db"),
    ],
)
def test_what_can_not_be_done_is_one_line_and_a_code(
    arguments: list[str], code: int, words: str, news_db: Path, tmp_path: Path, call_main: RunCommand
) -> None:
    (tmp_path / "mine.csv").write_text("of mine")
    done = call_main("export", *arguments, cwd=tmp_path, NEWSSPIDER_DATABASE=str(news_db))
    assert [path.name for path in tmp_path.iterdir()] == ["mine.csv"]
    (line,) = done.stderr.splitlines()
    assert line.startswith("newsspider: ")
    assert words in line
    assert (done.returncode, done.stdout) == (code, "")


def test_export_suggests_no_database(news_db: Path, call_main: RunCommand, tmp_path: Path) -> None:
    assert (
        ".db" not in call_main("export", "--db", news_db, "-o", "x.doc", cwd=tmp_path).stderr.partition("use one of")[2]
    )


def test_earlier_export_is_replaced_on_request(news_db: Path, tmp_path: Path, call_main: RunCommand) -> None:
    (tmp_path / "mine.csv").write_text("of mine")
    done = call_main("export", "--db", news_db, "-o", "mine.csv", "--replace", cwd=tmp_path)
    assert (done.returncode, (tmp_path / "mine.csv").read_text().count("of mine")) == (0, 0)


@pytest.mark.parametrize("form", ["markdown", "text", "json"])
def test_documents_go_to_standard_output(form: str, news_db: Path, call_main: RunCommand) -> None:
    done = call_main("export", "--db", news_db, "--format", form)
    assert done.returncode == 0
    assert "渡轮重新起航" in done.stdout
    assert done.stdout.startswith({"markdown": "---\n", "text": "Ferry back", "json": "["}[form])


@pytest.mark.parametrize("arguments", [["--schema", "ninjs"], ["--schema", "ninjs", "--format", "json"]])
def test_schema_in_a_folder_is_one_file_per_article(
    arguments: list[str], news_db: Path, tmp_path: Path, call_main: RunCommand
) -> None:
    done = call_main("export", "--db", news_db, *arguments, "-o", "items/", cwd=tmp_path)
    assert done.returncode == 0
    items = [json.loads(path.read_text(encoding="utf-8")) for path in (tmp_path / "items").glob("*/*.json")]
    assert {item["title"] for item in items} == set(titles(call_main("export", "--db", news_db).stdout))
    assert {item["standard"]["name"] for item in items} == {"ninjs"}


def test_json_in_a_folder_is_one_file_per_article(news_db: Path, tmp_path: Path, call_main: RunCommand) -> None:
    (tmp_path / "records").mkdir()
    done = call_main("export", "--db", news_db, "--format", "json", "-o", "records", cwd=tmp_path)
    assert done.returncode == 0
    records = [json.loads(path.read_text(encoding="utf-8")) for path in (tmp_path / "records").glob("*/*.json")]
    assert {record["title"] for record in records} == set(titles(call_main("export", "--db", news_db).stdout))


def test_schema_can_be_a_json_array(news_db: Path, tmp_path: Path, call_main: RunCommand) -> None:
    done = call_main("export", "--db", news_db, "--schema", "ninjs", "-o", "items.json", cwd=tmp_path)
    assert done.returncode == 0
    items = json.loads((tmp_path / "items.json").read_text(encoding="utf-8"))
    assert [item["title"] for item in items] == titles(call_main("export", "--db", news_db).stdout)


def test_since_must_be_a_day(call_main: RunCommand, tmp_path: Path) -> None:
    done = call_main("export", "--since", "yesterday", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (2, "newsspider: yesterday: not a day (expected YYYY-MM-DD)\n")


def test_schema_writes_another_tools_names(news_db: Path, tmp_path: Path, call_main: RunCommand) -> None:
    assert (
        call_main("export", "--db", news_db, "--schema", "newsarticle", "-o", "x.jsonl", cwd=tmp_path).returncode == 0
    )
    rows = [json.loads(line) for line in (tmp_path / "x.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [row["headline"] for row in rows] == titles(call_main("export", "--db", news_db).stdout)
    assert {row["@type"] for row in rows} == {"NewsArticle", "LiveBlogPosting"}
