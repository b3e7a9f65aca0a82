"""The schedules of docs/howto/schedule.md, each tried: cron's line is run, systemd's units are verified."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from fixtures.serve import serve_site
from tests.crawls import read_articles
from tests.documents import PAGES, find_block

pytestmark = pytest.mark.processes

BIN = Path(sys.executable).parent
NEEDED = "systemd-analyze is needed (Debian's package systemd)"
MOST_EXPOSED = 30  # of 100, by systemd's own measure; a unit that says nothing has 96
PAGE = "docs/howto/schedule.md"
UNITS = {match[1]: match[0] for match in re.finditer(r"# (newsspider\.\w+)\n(?:(?!```).*\n)*", PAGES[PAGE])}


def test_cron_line_crawls(tmp_path: Path) -> None:
    _, line = find_block(PAGE, "crontab\n").splitlines()
    times, command = line.split(" ", 5)[:5], line.split(" ", 5)[5]
    (tmp_path / ".venv").symlink_to(BIN.parent)
    with serve_site() as server:
        (tmp_path / "sites.txt").write_text(f"{server.address}/sport/\n")
        fast = "newsspider crawl --max-depth 1 -s DOWNLOAD_DELAY=0 -s AUTOTHROTTLE_ENABLED=0 "
        given = command.replace("/srv/news", str(tmp_path)).replace("newsspider crawl ", fast)
        environment = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "no_proxy": "127.0.0.1"}
        done = subprocess.run(given, shell=True, env=environment, check=False)
    assert done.returncode in (0, 1), (tmp_path / "crawl.log").read_text()
    assert len(read_articles(tmp_path / "news.db")) > 5
    assert all(re.fullmatch(r"\*|\d+", part) for part in times)


@pytest.fixture
def units(tmp_path: Path) -> Path:
    if not shutil.which("systemd-analyze"):
        if os.environ.get("NEWSSPIDER_NO_SKIPS"):
            pytest.fail(f"{NEEDED}, and NEWSSPIDER_NO_SKIPS forbids to skip")
        pytest.skip(NEEDED)
    for unit, text in UNITS.items():
        (tmp_path / unit).write_text(text.replace("/srv/news/.venv/bin/newsspider", str(BIN / "newsspider")))
    return tmp_path


def systemd_analyze(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["systemd-analyze", *words], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("name", ["newsspider.service", "newsspider.timer"])
def test_systemd_takes_the_units(name: str, units: Path) -> None:
    done = systemd_analyze("verify", "--man=no", units / name)
    ours = [line for line in (done.stdout + done.stderr).splitlines() if "newsspider" in line]
    assert (done.returncode, ours) == (0, [])


def test_service_may_do_little(units: Path) -> None:
    done = systemd_analyze("security", "--offline=true", f"--threshold={MOST_EXPOSED}", units / "newsspider.service")
    assert done.returncode == 0, done.stdout.splitlines()[-1]
