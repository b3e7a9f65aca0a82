"""What Scrapyd gets: the egg that `scrapyd-deploy` builds, whole, and run from there."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import ProxyHandler, build_opener

import pytest

from fixtures.serve import serve_site
from tests.crawls import FAST, PATIENCE_SECONDS, ROOT, closed_port, read_articles, wait_until

pytestmark = pytest.mark.processes

BIN = Path(sys.executable).parent
OF_TOOLS = {"__pycache__", ".ruff_cache"}  # in the packages' folders, but not in the egg
PACKAGES = ("newsspider", "pipelines")
DATA = ("newsspider/words.json", "newsspider/extraction/model.npz", "newsspider/extraction/fields/words.json")
STORIES = 40
open_url = build_opener(ProxyHandler({})).open


def clean_environment() -> dict[str, str]:
    """Return an environment in which this project is installed nowhere, and no variable stands above the settings.

    The interpreter below the virtual environment gets its packages by PYTHONPATH, for which .pth files, and with them
    the editable install, do not count.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("NEWSSPIDER_", "SCRAPY_"))}
    packages = next(path for path in sys.path if (Path(path) / "scrapyd").is_dir())
    return {**kept, "PYTHONPATH": packages, "PYTHONSAFEPATH": "1", "no_proxy": "127.0.0.1"}


def base_python() -> str:
    """Return the interpreter that the virtual environment was made from."""
    return str(getattr(sys, "_base_executable", sys.executable))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("deploy")


@pytest.fixture(scope="module")
def egg(folder: Path) -> Path:
    """The egg of a copy of the repository that holds data files of all kinds, some of which come later."""
    copy = folder / "copy"
    left_out = shutil.ignore_patterns("__pycache__")
    for name in (*PACKAGES, "fixtures", "tests"):
        shutil.copytree(ROOT / name, copy / name, ignore=left_out)
    for name in ("pyproject.toml", "scrapy.cfg", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy / name)
    for name in DATA:
        (copy / name).write_bytes(b"{}")
    built = folder / "project.egg"
    command = [str(BIN / "scrapyd-deploy"), "--debug", "--build-egg", str(built)]
    environment = {**os.environ, "TMPDIR": str(folder)}  # it leaves its own copy behind
    said = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, check=False)
    assert built.is_file(), said.stdout + said.stderr
    return built


def test_egg_holds_every_module_and_every_data_file(egg: Path) -> None:
    files = {file.relative_to(ROOT) for package in PACKAGES for file in (ROOT / package).rglob("*") if file.is_file()}
    expected = {str(file) for file in files if not OF_TOOLS & set(file.parts)} | set(DATA)
    with zipfile.ZipFile(egg) as archive:
        assert expected - set(archive.namelist()) == set()
    assert "newsspider/py.typed" in expected


def test_egg_holds_nothing_else(egg: Path) -> None:
    with zipfile.ZipFile(egg) as archive:
        assert {name.partition("/")[0] for name in archive.namelist()} == {*PACKAGES, "EGG-INFO"}
        assert b"settings = newsspider.settings" in archive.read("EGG-INFO/entry_points.txt")


def test_project_is_not_importable_where_the_egg_will_run(folder: Path) -> None:
    command = [base_python(), "-c", "import scrapyd, newsspider"]
    ended = subprocess.run(command, cwd=folder, env=clean_environment(), capture_output=True, text=True, check=False)
    assert "No module named 'newsspider'" in ended.stderr


@dataclass(frozen=True)
class Scrapyd:
    """A running Scrapyd."""

    url: str
    folder: Path

    def ask(self, service: str, **query: str) -> dict[str, Any]:
        """Return what a service answers to GET."""
        with open_url(f"{self.url}{service}.json?{urlencode(query)}", timeout=PATIENCE_SECONDS) as answer:
            return dict(json.load(answer))

    def tell(self, service: str, *pairs: tuple[str, str]) -> dict[str, Any]:
        """Return what a service answers to POST."""
        body = urlencode(pairs).encode()
        with open_url(f"{self.url}{service}.json", body, timeout=PATIENCE_SECONDS) as answer:
            return dict(json.load(answer))

    def is_up(self) -> bool:
        """Whether it answers yet."""
        try:
            return bool(self.ask("daemonstatus")["status"] == "ok")
        except URLError:
            return False


@pytest.fixture(scope="module")
def scrapyd(folder: Path, egg: Path) -> Iterator[Scrapyd]:
    """Scrapyd with the egg, in a process that knows the project from nowhere else."""
    home = folder / "scrapyd"
    home.mkdir()
    port = closed_port()
    (home / "scrapyd.conf").write_text(f"[scrapyd]\nhttp_port = {port}\npoll_interval = 0.2\n")
    with (home / "log").open("wb") as log:
        command = [base_python(), "-m", "scrapyd", "--pidfile="]
        process = subprocess.Popen(command, cwd=home, env=clean_environment(), stdout=log, stderr=log)
    try:
        server = Scrapyd(f"http://127.0.0.1:{port}/", home)
        wait_until(lambda: server.is_up() or process.poll() is not None, "Scrapyd")
        assert process.poll() is None, (home / "log").read_text()
        yield deploy(server, egg)
    finally:
        process.terminate()
        process.wait(PATIENCE_SECONDS)


def deploy(server: Scrapyd, egg: Path) -> Scrapyd:
    """Send the egg with `scrapyd-deploy`, from a folder that holds no more than a scrapy.cfg."""
    sender = egg.parent / "sender"
    sender.mkdir()
    (sender / "scrapy.cfg").write_text(
        f"[settings]\ndefault = newsspider.settings\n[deploy]\nurl = {server.url}\nproject = newsspider\n"
    )
    command = [str(BIN / "scrapyd-deploy"), "--egg", str(egg), "--version", "1"]
    environment = {**os.environ, "no_proxy": "127.0.0.1"}
    said = subprocess.run(command, cwd=sender, env=environment, capture_output=True, text=True, check=False)
    assert '"status": "ok"' in said.stdout, said.stdout + said.stderr
    return server


def test_scrapyd_lists_the_spider(scrapyd: Scrapyd) -> None:
    assert scrapyd.ask("listspiders", project="newsspider")["spiders"] == ["news"]


def test_scheduled_crawl_stores_the_articles(scrapyd: Scrapyd, tmp_path: Path) -> None:
    database = tmp_path / "news.db"
    with serve_site() as site:
        settings = {**FAST, "NEWSSPIDER_DATABASE": database}
        overrides = [("setting", f"{name}={value}") for name, value in settings.items()]
        job = scrapyd.tell(
            "schedule", ("project", "newsspider"), ("spider", "news"), ("url", f"{site.address}/"), *overrides
        )["jobid"]
        wait_until(lambda: bool(scrapyd.ask("listjobs", project="newsspider")["finished"]), "the scheduled crawl")
    log = (scrapyd.folder / "logs" / "newsspider" / "news" / f"{job}.log").read_text(encoding="utf-8")
    assert "Traceback" not in log
    assert len(read_articles(database)) == STORIES, log
