"""The list of subcommands: each is there, and the help imports none of them."""

import re
import subprocess
import sys

import pytest
import typer
from typer.testing import CliRunner

from newsspider.cli.app import app
from newsspider.cli.commands import COMMANDS

HEAVY = frozenset(
    "babel feedparser lxml multiprocessing numpy pyarrow pydantic scrapy sqlalchemy ssl trafilatura w3lib".split()
)
LISTING = f"""
import sys
from newsspider.cli.app import app
try:
    app(sys.argv[1:])
except SystemExit as ended:
    heavy = {HEAVY} & sys.modules.keys()
    sys.exit(f"imported {{heavy}}" if heavy else ended.code)
"""
MOST_COLUMNS = 62  # of a line about a command: what is left of 80 by the frame and the names


@pytest.mark.parametrize("name", COMMANDS)
def test_command_is_there_and_tells_of_itself(name: str) -> None:
    group = typer.main.get_command(app)
    with group.make_context("newsspider", [name, "--help"], resilient_parsing=True) as context:
        found, command, _ = group.resolve_command(context, [name])  # type: ignore[attr-defined]
    assert found == name
    assert command.help
    assert command.params or command.commands


@pytest.mark.parametrize("name", COMMANDS)
def test_help_names_arguments_as_they_are_typed(name: str) -> None:
    shown = CliRunner().invoke(app, [name, "--help"], env={"COLUMNS": "80", "TERM": "dumb"}).output
    assert re.findall(r"\{[A-Z]+\W|<(?:str|int|path|float)\b", shown) == []
    assert "Usage: " in shown


@pytest.mark.parametrize("name", COMMANDS)
def test_line_about_a_command_is_a_sentence_that_fits(name: str) -> None:
    about = COMMANDS[name].about
    assert about.endswith(".")
    assert len(about) <= MOST_COLUMNS


@pytest.mark.processes
@pytest.mark.parametrize(("words", "code"), [("--help", 0), ("--nonsense", 2), ("--max-pages many", 2)])
def test_crawl_answers_before_it_loads_scrapy(words: str, code: int) -> None:
    command = [sys.executable, "-c", LISTING, "crawl", *words.split()]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stderr


@pytest.mark.processes
@pytest.mark.parametrize("policy", ["never", "always"])
def test_extraction_imports_trafilatura_if_it_is_asked(policy: str) -> None:
    program = "import sys\nimport newsspider.pool.preload\n"
    if policy != "never":
        program += "import newsspider.pool.preload_trafilatura\n"
    done = subprocess.run([sys.executable, "-c", f"{program}sys.exit('trafilatura' in sys.modules)"], check=False)
    assert done.returncode == int(policy != "never")


@pytest.mark.processes
def test_help_imports_no_subcommand() -> None:
    done = subprocess.run([sys.executable, "-c", LISTING, "--help"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert all(name in done.stdout for name in COMMANDS)
