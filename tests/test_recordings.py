"""The recordings in docs/first-ten-minutes: their commands exist, and the recorder writes what a terminal shows."""

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from newsspider.cli.app import app
from newsspider.cli.commands import COMMANDS
from tests.recordings import FENCED, PAGES, ROOT, iter_commands, read_front_matter, record_page

TEXTS = {page.stem: page.read_text(encoding="utf-8") for page in sorted(PAGES.glob("*.md")) if page.stem != "index"}
USERS = ("data-editor", "media-monitor", "python-user", "researcher", "scrapy-developer")
PAGE = """\
# A page

```console
$ echo it sails
earlier output
$ mkdir port && cd port
$ test -t 1 && pwd
$ (exit 3)
$ echo $?
$ cat nothing.txt
```

```python title="ferry.py"
print("from a file")
```

```console
$ python3 ferry.py
```

```pycon
>>> for number in range(2):
...     print(number)
>>> 1 / 0
```
"""


RECORDED = """\
# A page

```console
$ echo it sails
it sails
$ mkdir port && cd port
$ test -t 1 && pwd
/home/you/news/port
$ (exit 3)
$ echo $?
3
$ cat nothing.txt
cat: nothing.txt: No such file or directory
```

```python title="ferry.py"
print("from a file")
```

```console
$ python3 ferry.py
from a file
```

```pycon
>>> for number in range(2):
...     print(number)
0
1
>>> 1 / 0
Traceback (most recent call last):
  File "<stdin>", line 1, in <module>
ZeroDivisionError: division by zero
```
"""


def iter_ours() -> Iterator[tuple[str, str]]:
    """Yield the commands of newsspider with their pages."""
    for name, text in TEXTS.items():
        for command in iter_commands(text):
            if command.startswith("newsspider "):
                yield name, command


def words_of(command: str) -> list[str]:
    """Return the words of a line's first command, without the program's name."""
    lexer = shlex.shlex(command, posix=True, punctuation_chars="|>;&")
    lexer.whitespace_split = True
    words = list(lexer)
    end = next((place for place, word in enumerate(words) if word[0] in "|>;&"), len(words))
    return words[1:end]


def options_of(command: str) -> set[str]:
    """Return the names of the options that a subcommand has; of the whole command for ""."""
    group: Any = typer.main.get_command(app)
    context = group.make_context("newsspider", [], resilient_parsing=True)
    owner = group.resolve_command(context, [command])[1] if command else group
    own = owner.make_context(command, [], parent=context, resilient_parsing=True)
    return {name for parameter in owner.get_params(own) for name in (*parameter.opts, *parameter.secondary_opts)}


def test_each_user_has_a_page() -> None:
    assert tuple(TEXTS) == USERS


@pytest.mark.parametrize(("page", "command"), list(iter_ours()))
def test_command_and_its_options_exist(page: str, command: str) -> None:
    first, *rest = words_of(command)
    name = "" if first.startswith("-") else first
    if name and name not in COMMANDS:
        assert f"No such command '{name}'" in TEXTS[page]  # a mistake on purpose
        return
    given = {word for word in (first, *rest) if word.startswith("-")}
    assert given - options_of(name) == set()


@pytest.mark.parametrize("page", TEXTS)
def test_front_matter_tells_what_was_recorded(page: str) -> None:
    front = read_front_matter(TEXTS[page])
    assert set(front) - {"files"} == {"title", "recorded", "newsspider", "python"}
    assert [file for file in front.get("files", []) if not (ROOT / file).is_file()] == []


@pytest.mark.parametrize("page", TEXTS)
def test_page_was_recorded_and_names_no_place_of_the_machine(page: str) -> None:
    first, *_ = (found["content"] for found in FENCED.finditer(TEXTS[page]) if found["language"] == "console")
    assert "WARNING" in first  # of pip
    assert [part for part in ("/tmp/", "\x1b", "Traceback") if part in TEXTS[page]] == []


@pytest.mark.processes
def test_recorder_fills_in_what_a_terminal_shows(tmp_path: Path) -> None:
    recorded = record_page(PAGE, tmp_path)
    assert recorded == RECORDED
