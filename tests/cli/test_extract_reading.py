"""`newsspider extract` of a page or an address, read on a terminal."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fixtures.serve import serve_site
from tests.terminal import run_on_terminal

ROOT = Path(__file__).parent.parent.parent
COMMAND = Path(sys.executable).with_name("newsspider")
STORY = ROOT / "fixtures/site/story/harbour-fire-1042.html"
TITLE = "Night watchman and a parrot raise alarm as net store burns"
CHOIR = "culture/2026/03/02/the-choir-nobody-can-fail-to-get-into/"

RunCommand = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serve_site(ROOT / "fixtures" / "site") as server:
        yield server.address


def plain(shown: str) -> list[str]:
    """Return the lines without what makes them bold or dim."""
    for code in ("\x1b[1m", "\x1b[2m", "\x1b[0m"):
        shown = shown.replace(code, "")
    return [line.rstrip() for line in shown.splitlines()]


@pytest.mark.processes
def test_page_is_shown_to_be_read(tmp_path: Path) -> None:
    code, shown = run_on_terminal([COMMAND, "extract", STORY], 60, tmp_path, NO_COLOR="1")
    lines = plain(shown)
    assert code == 0
    assert lines[0] == TITLE
    assert " ".join(lines[1:3]) == "Rhys Maddock · 17 March 2026, 05:40 +01:00 · The Harbour Herald"
    assert "Fire destroyed a net store on the north mole early on" in lines
    assert max(map(len, lines)) <= 60
    assert "{" not in shown


@pytest.mark.processes
def test_page_that_is_no_article_says_what_it_is(tmp_path: Path) -> None:
    code, shown = run_on_terminal([COMMAND, "extract", ROOT / "fixtures/site/index.html"], 90, tmp_path, NO_COLOR="1")
    lines = plain(shown)
    assert (code, lines[0]) == (0, "Today in Wrenmouth")
    assert lines[2].startswith("index: ")


@pytest.mark.processes
def test_nothing_in_a_page_turns_the_terminal(tmp_path: Path) -> None:
    text = "The ferry sails again from the old harbour, said the harbour master on Monday. " * 5
    page = f"<article><h1>Ferry\u202e &#27;[31m back</h1><p>{text}\u202e &#27;]8;;https://x.example&#7;</p></article>"
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    _, shown = run_on_terminal([COMMAND, "extract", "page.html"], 80, tmp_path, NO_COLOR="1")
    assert "Ferry<U+202E>" in shown
    assert "\u202e" not in shown
    assert "\x1b[31m" not in shown
    assert "\x1b]8" not in shown


@pytest.mark.processes
def test_terminal_gets_json_lines_when_they_are_asked_for(tmp_path: Path) -> None:
    code, shown = run_on_terminal([COMMAND, "extract", STORY, "--format", "jsonl"], 80, tmp_path, NO_COLOR="1")
    assert (code, json.loads(shown)["title"]) == (0, TITLE)


@pytest.mark.parametrize(
    ("form", "begin"), [("text", f"{TITLE}\n\n"), ("markdown", f'---\ntitle: "{TITLE}"\n'), ("json", "[\n{\n")]
)
def test_format_is_written_to_standard_output(form: str, begin: str, tmp_path: Path, call_main: RunCommand) -> None:
    done = call_main("extract", STORY, "--workers", "0", "--format", form, cwd=tmp_path)
    assert (done.returncode, done.stdout[: len(begin)]) == (0, begin)
    file = tmp_path / {"text": "x.txt", "markdown": "x.md", "json": "x.json"}[form]
    assert call_main("extract", STORY, "--workers", "0", "-o", file, cwd=tmp_path).returncode == 0
    assert file.read_text(encoding="utf-8") == done.stdout


def test_addresses_and_files_are_mixed_and_what_fails_is_counted(
    address: str, tmp_path: Path, run_command: RunCommand
) -> None:
    given = (f"{address}/{CHOIR}", f"{address}/nothing-here", STORY, f"{address}/robots.txt")
    done = run_command("extract", *given, "-o", "x.jsonl", "--ordered", "--workers", "1", cwd=tmp_path)
    records = [json.loads(line) for line in (tmp_path / "x.jsonl").read_text("utf-8").splitlines()]
    assert [(record["source"], record["title"]) for record in records] == [
        (f"{address}/{CHOIR}", "The choir nobody can fail to get into"),
        (str(STORY), TITLE),
    ]
    assert records[0]["url"] == f"{address}/{CHOIR}"
    assert records[0]["fetched_at"]
    others = [json.loads(line) for line in (tmp_path / "x.quarantine.jsonl").read_text("utf-8").splitlines()]
    assert [others[0][name] for name in ("source", "kind", "reason")] == [
        f"{address}/nothing-here",
        "failed",
        "HTTP 404",
    ]
    assert others[1]["kind"] == "not_html"
    assert done.returncode == 1
    assert done.stderr.splitlines()[0].startswith("4 pages: 2 articles, ")
    again = run_command("extract", *given[:3], "-o", "x.jsonl", "--resume", "--workers", "1", cwd=tmp_path)
    assert again.stderr.startswith("1 page (2 more were there already): 1 failed")


def test_address_of_a_fetched_page_is_its_own(call_main: RunCommand, tmp_path: Path) -> None:
    page = "https://herald.example/a"
    done = call_main("extract", page, "--url", "https://herald.example/b", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (
        2,
        f"newsspider: --url is the address of a saved page: {page} is fetched and has its own\n",
    )
