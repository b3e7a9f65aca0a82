"""Makes the recordings in docs/first-ten-minutes anew: `python -m tests.recordings [PAGE…]`, with the extra dist.

A page is its own script. Each fenced block of it is one of these:

    ```console                  lines after "$ " are run in order, and what the terminal shows replaces the rest
    ```pycon                    likewise for statements after ">>> " and "... "
    ```python title="name.py"   (or another language) is written to that file
    any other                   is left as it is

A page begins in an empty folder that holds the wheel alone, and the files that its front matter names under `files`.
The fixture newspaper answers at http://127.0.0.1:8000 meanwhile. Front matter gets the day, the version and Python's.
All pages take ten minutes.
"""

import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

import newsspider
from fixtures.serve import serve_site
from tests.terminal import run_on_terminal

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "docs" / "first-ten-minutes"
PORT = 8000
COLUMNS = 80
SHOWN_FOLDER = "/home/you/news"
FENCED = re.compile(r"^```(?P<language>\w+)(?: title=\"(?P<file>[^\"]+)\")?\n(?P<content>.*?)^```$", re.M | re.S)
FRONT_MATTER = re.compile(r"\A---\n(.*?)^---\n", re.M | re.S)
# Run in the user's interpreter: its own console would need a terminal that types.
INTERPRETER = """
import doctest, sys, traceback
names = {"__name__": "__main__"}
for example in doctest.DocTestParser().get_examples(sys.stdin.read()):
    first, *more = example.source.splitlines()
    print(f">>> {first}", *(f"... {line}" for line in more), sep="\\n")
    try:
        exec(compile(example.source, "<stdin>", "single"), names)
    except Exception as error:
        traceback.print_exception(error.with_traceback(error.__traceback__.tb_next), file=sys.stdout)
"""


@dataclass
class Session:
    """A user's session: the folder, where in it the user is, and how the last command ended."""

    folder: Path
    place: Path = field(init=False)
    code: int = 0

    def __post_init__(self) -> None:
        """Begin in the folder."""
        self.folder = self.folder.resolve()
        self.place = self.folder

    def run(self, command: str) -> str:
        """Run a line of shell and return what an 80-column terminal shows."""
        with tempfile.NamedTemporaryFile("r", encoding="utf-8") as told:
            script = f"(exit {self.code}); {command}\ncode=$?; pwd >{told.name}; exit $code"
            self.code, shown = run_on_terminal(
                ["bash", "-c", script],
                COLUMNS,
                self.place,
                errors_too=True,
                environment=self._environment(),
                TERM="dumb",  # no colours, and of a live view the last state
            )
            self.place = Path(told.read().strip() or self.place)
        return self._cleaned(shown)

    def run_statements(self, statements: str) -> str:
        """Run Python statements in the environment's interpreter and return the session."""
        command = [self._python(), "-c", INTERPRETER]
        done = subprocess.run(
            command,
            input=statements,
            cwd=self.place,
            env=self._environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        return self._cleaned(done.stdout + done.stderr)

    def _environment(self) -> dict[str, str]:
        """Return the environment of a user: the folder's virtual environment, nothing of this machine's settings."""
        ours = ("NEWSSPIDER_", "SCRAPY_", "PYTHON", "PIP_", "VIRTUAL_ENV", "COLUMNS", "LINES")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        base = Path(getattr(sys, "_base_executable", sys.executable)).parent
        return {
            **kept,
            "PATH": f"{self.folder / '.venv' / 'bin'}:{base}:/usr/local/bin:/usr/bin:/bin",
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "PAGER": "cat",
            "NO_COLOR": "1",
            "no_proxy": "127.0.0.1",
        }

    def _python(self) -> str:
        own = self.folder / ".venv" / "bin" / "python"
        return str(own) if own.exists() else sys.executable

    def _cleaned(self, shown: str) -> str:
        """Return output without machine paths, and without spaces that a terminal fills lines with."""
        lines = shown.replace(str(self.folder), SHOWN_FOLDER).splitlines()
        return "".join(f"{line.rstrip()}\n" for line in lines)


def record_page(text: str, folder: Path) -> str:
    """Return a page with the output of today; its commands run in a folder."""
    session = Session(folder)
    return FENCED.sub(lambda found: _record_block(found, session), text)


def iter_commands(text: str) -> Iterator[str]:
    """Yield the shell commands of a page."""
    for found in FENCED.finditer(text):
        if found["language"] == "console":
            yield from _prompted(found["content"], "$ ")


def read_front_matter(text: str) -> dict[str, Any]:
    """Return the front matter of a page, {} where it has none."""
    found = FRONT_MATTER.match(text)
    return yaml.safe_load(found[1]) if found else {}


def _record_block(found: re.Match[str], session: Session) -> str:
    """Return a fenced block with the output of today."""
    if found["file"]:
        (session.place / found["file"]).write_text(found["content"], "utf-8")
    elif found["language"] == "console":
        parts = [f"$ {command}\n{session.run(command)}" for command in _prompted(found["content"], "$ ")]
        return f"```console\n{''.join(parts)}```"
    elif found["language"] == "pycon":
        return f"```pycon\n{session.run_statements(found['content'])}```"
    return found[0]


def _prompted(content: str, prompt: str) -> list[str]:
    return [line.removeprefix(prompt) for line in content.splitlines() if line.startswith(prompt)]


def _dated(text: str) -> str:
    """Return a page whose front matter tells when and with what it was recorded."""
    told = {
        "recorded": date.today().isoformat(),
        "newsspider": newsspider.__version__,
        "python": platform.python_version(),
    }
    for name, value in told.items():
        text = re.sub(rf"^{name}: .*$", f"{name}: {value}", text, count=1, flags=re.M)
    return text


def _build_wheel(folder: Path) -> Path:
    """Build the wheel into a folder."""
    command = [sys.executable, "-m", "build", "--wheel", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    (wheel,) = folder.glob("*.whl")
    return wheel


def _record_file(page: Path, wheel: Path) -> None:
    """Record a page in a folder of its own."""
    text = page.read_text("utf-8")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "news"
        folder.mkdir()
        shutil.copy(wheel, folder)
        for file in read_front_matter(text).get("files", []):
            shutil.copy(ROOT / file, folder)
        recorded = record_page(_dated(text), folder)
    page.write_text(recorded, "utf-8")


def main(names: Sequence[str]) -> None:
    """Record pages, all of them by default."""
    pages = [PAGES / f"{name}.md" for name in names] or sorted(set(PAGES.glob("*.md")) - {PAGES / "index.md"})
    with tempfile.TemporaryDirectory() as folder, serve_site(port=PORT):
        wheel = _build_wheel(Path(folder))
        for page in pages:
            sys.stderr.write(f"{page.stem} …\n")
            _record_file(page, wheel)


if __name__ == "__main__":
    main(sys.argv[1:])
