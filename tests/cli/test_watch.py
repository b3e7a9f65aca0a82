"""`newsspider watch`: saved searches, and who is told of what they find."""

import json
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from newsspider.errors import ExitCode
from newsspider.notifying import targets
from newsspider.notifying.targets import load_apprise
from newsspider.record import ArticleRecord
from newsspider.store.store import Store
from newsspider.store.watches import SENDING
from tests.notifying.conftest import require_apprise
from tests.programs import Finished

RunCommand = Callable[..., Finished]
require_apprise()


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "news.db"
    store_articles(path, "old")
    return path


def store_articles(path: Path, *names: str) -> None:
    with Store(str(path)) as store:
        store.write(
            [
                ArticleRecord(
                    url=f"https://herald.example/{name}",
                    site="herald.example",
                    title=f"Ferry {name}",
                    body=f"The old harbour of {name}.",
                    published="2026-03-24T09:30:00+01:00",
                )
                for name in names
            ]
        )


@pytest.mark.processes
def test_watch_is_added_run_listed_and_removed(database: Path, call_main: RunCommand, tmp_path: Path) -> None:
    file = tmp_path / "desk.md"
    given = ("--to", f"file:{file}", "--to", "exec:cat secret >/dev/null 2>&1 || cat", "--format", "markdown")
    added = call_main("watch", "add", "desk", "ferry", "old harbour", *given, "--db", database)
    assert (added.returncode, added.stderr) == (0, f"watch desk: sends to file:{file}, exec:cat … after each crawl\n")
    store_articles(database, "new")
    ran = call_main("watch", "run", "--db", database)
    assert (ran.returncode, ran.stdout) == (0, "")
    assert ran.stderr == f"watch desk: 1 new article → file:{file}\nwatch desk: 1 new article → exec:cat …\n"
    assert file.read_text().startswith("## desk: 1 new article\n\n**[Ferry new](https://herald.example/new)**")
    again = call_main("watch", "run", "desk", "--db", database)
    assert (again.returncode, again.stderr) == (0, "1 watch: nothing new\n")
    (row,) = map(json.loads, call_main("watch", "list", "--json", "--db", database).stdout.splitlines())
    assert (row["name"], row["words"], row["form"]) == ("desk", 'ferry "old harbour"', "markdown")
    assert row["targets"][1] == {"target": "exec:cat …", "sent": 1, "unsure": 0}
    removed = call_main("watch", "remove", "desk", "--db", database)
    assert (removed.returncode, removed.stderr) == (0, f"watch desk: removed from {database}\n")
    assert "no watches in" in call_main("watch", "list", "--db", database).stderr


def test_words_are_those_of_search(database: Path, call_main: RunCommand, tmp_path: Path) -> None:
    call_main("watch", "add", "a", "harbour old", "--to", f"file:{tmp_path}/a", "--db", database)  # a phrase
    call_main("watch", "add", "b", "harbour", "old", "--to", f"file:{tmp_path}/b", "--db", database)
    store_articles(database, "new")
    ran = call_main("watch", "run", "--db", database)
    assert ran.stderr == f"watch b: 1 new article → file:{tmp_path}/b\n"


def test_since_tells_stored_articles_and_says_how(database: Path, call_main: RunCommand, tmp_path: Path) -> None:
    file = f"file:{tmp_path}/a"
    added = call_main("watch", "add", "a", "ferry", "--to", file, "--since", "2026-03-01", "--db", database)
    assert "1 stored article will be sent too; `newsspider watch run a --db" in added.stderr
    assert call_main("watch", "run", "--db", database).stderr == f"watch a: 1 new article → {file}\n"


def test_list_shows_no_passwords_and_fits(database: Path, call_main: RunCommand) -> None:
    url = "jsons://ann:pilchard@you.example/pilchard?-token=pilchard"
    call_main("watch", "add", "desk", "ferry", "--site", "www.herald.example", "--to", url, "--db", database)
    shown = call_main("watch", "list", "--db", database, COLUMNS="80").stdout
    assert "jsons://ann:****@you.example" in shown
    assert "ferry · herald.example" in shown
    assert "pilchard" not in shown + call_main("watch", "list", "--json", "--db", database).stdout
    assert max(map(len, shown.splitlines())) <= 80


def test_dry_run_prints_and_tells_nobody(database: Path, call_main: RunCommand, tmp_path: Path) -> None:
    file = tmp_path / "a"
    call_main("watch", "add", "a", "ferry", "--to", f"file:{file}", "--db", database)
    call_main("watch", "add", "b", "tram", "--to", f"file:{file}", "--db", database)
    store_articles(database, "new")
    done = call_main("watch", "run", "--dry-run", "--db", database)
    assert done.stdout.startswith("Ferry new\nherald.example, 2026-03-24 09:30\nhttps://herald.example/new\n")
    assert done.stderr == f"a: 1 new article → file:{file}\nwatch b: nothing new\n"
    assert not file.exists()
    assert "1 new article" in call_main("watch", "run", "--db", database).stderr


@pytest.mark.processes
def test_target_that_fails_gives_exit_code_1(database: Path, call_main: RunCommand) -> None:
    call_main("watch", "add", "a", "ferry", "--to", "exec:exit 7", "--db", database)
    store_articles(database, "new")
    done = call_main("watch", "run", "--db", database)
    assert done.returncode == ExitCode.SOME_PAGES_FAILED
    assert done.stderr == "watch a: exec:exit …: ended with exit code 7; the next run tries again (1 new article)\n"


REFUSED: list[tuple[list[str], str]] = [
    (["add", "a", "!!", "--to", "file:x"], "'!!': no words to search for"),
    (["add", "a\nb", "ferry", "--to", "file:x"], "not a name for a watch"),
    (["add", "a", "ferry", "--to", "foo://pilchard"], "foo://…: Apprise does not know"),
    (["add", "a", "ferry", "--to", "file:x", "--site", "nowhere"], "--site nowhere: not a site"),
    (["add", "a", "ferry", "--to", "file:x", "--language", "English, please"], "not a language code"),
    (["add", "a", "ferry", "--to", "file:x", "--since", "yesterday"], "yesterday: not a day"),
    (["add", "a", "ferry", "--to", "mailto://a:b@you.example?to=a@b.example,c@d.example"], "names 2 recipients"),
    (["add", "taken", "ferry", "--to", "file:x"], "watch taken is there already"),
    (["remove", "takn"], "no watch takn in"),
    (["run", "takn"], "did you mean taken?"),
]


@pytest.mark.parametrize(("arguments", "why"), REFUSED, ids=range(len(REFUSED)))
def test_mistakes_are_refused_in_a_line(arguments: list[str], why: str, database: Path, call_main: RunCommand) -> None:
    folder = database.parent
    call_main("watch", "add", "taken", "ferry", "--to", "file:x", "--db", database, cwd=folder)
    done = call_main("watch", *arguments, "--db", database, cwd=folder)
    assert (done.returncode, done.stdout) == (ExitCode.WRONG_USAGE, "")
    assert why in done.stderr
    assert done.stderr.count("\n") == 1
    assert "pilchard" not in done.stderr


def test_watch_can_be_added_before_the_first_crawl(call_main: RunCommand, tmp_path: Path) -> None:
    done = call_main("watch", "add", "a", "ferry", "--to", "file:x", cwd=tmp_path)
    assert done.returncode == 0
    assert (tmp_path / "news.db").stat().st_mode & 0o777 == 0o600


def test_without_apprise_the_mend_is_one_line(
    database: Path, call_main: RunCommand, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_apprise.cache_clear()
    monkeypatch.setattr(targets, "find_spec", lambda _: None)
    done = call_main("watch", "add", "a", "ferry", "--to", "json://you.example", "--db", database)
    assert done.returncode == ExitCode.WRONG_USAGE
    assert done.stderr == "newsspider: notifications need Apprise: pip install 'newsspider[notify]'\n"


@pytest.mark.processes
def test_run_that_is_killed_between_sending_and_noting_tells_nobody_twice(
    database: Path, run_command: RunCommand, tmp_path: Path
) -> None:
    killing = f"exec:cat >> {tmp_path}/got; kill -KILL $PPID"
    run_command("watch", "add", "a", "ferry", "--to", killing, "--to", f"file:{tmp_path}/after", "--db", database)
    store_articles(database, "new")
    killed = run_command("watch", "run", "--db", database)
    assert killed.returncode in (-signal.SIGKILL, 128 + signal.SIGKILL)
    with Store(str(database)) as store:
        (watch,) = store.watches()
        assert store.count_told(watch)[killing, SENDING] == 1
    again = run_command("watch", "run", "--db", database)
    assert (again.returncode, again.stderr) == (0, f"watch a: 1 new article → file:{tmp_path}/after\n")
    assert (tmp_path / "got").read_text().count("Ferry new") == 1


def test_list_counts_what_is_unsure(database: Path, call_main: RunCommand, tmp_path: Path) -> None:
    call_main("watch", "add", "a", "ferry", "--to", f"file:{tmp_path}/a", "--db", database)
    store_articles(database, "new")
    with Store(str(database)) as store:
        (watch,) = store.watches()
        store.settle_claim(store.claim_untold(watch, watch.targets[0]), arrived=None)
    shown: Any = call_main("watch", "list", "--db", database).stdout
    assert "unsure" in shown
    assert "newsspider watch run NAME --unsure" in shown
    assert "1 new article" in call_main("watch", "run", "--unsure", "--db", database).stderr
