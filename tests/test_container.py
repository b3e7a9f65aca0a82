"""The container of docs/deploy: its files are linted, and its entry runs here as it would run there."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import compose_spec
import pytest
import yaml

from fixtures.serve import serve_site
from tests.crawls import ROOT, read_articles, wait_until
from tests.patience import PATIENCE_SECONDS
from tests.postgres import Server

BIN = Path(sys.executable).parent
FOLDER = ROOT / "docs" / "deploy"
ENTRY = FOLDER / "entrypoint.sh"
COMPOSE = (FOLDER / "compose.yaml").read_text(encoding="utf-8")
SERVICES = yaml.safe_load(COMPOSE)["services"]
COPIED = re.findall(r"^COPY (?!--from)(?:--chmod=\d+ )?(.+) \S+$", (FOLDER / "Dockerfile").read_text(), re.MULTILINE)
FAST = shlex.split("-s DOWNLOAD_DELAY=0 -s AUTOTHROTTLE_ENABLED=0 -s NEWSSPIDER_ALLOW_PRIVATE=127.0.0.0/8")


@pytest.mark.processes
def test_dockerfile_has_no_findings() -> None:
    done = subprocess.run([BIN / "hadolint", FOLDER / "Dockerfile"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_compose_file_is_valid() -> None:
    compose = compose_spec.PyOptions(apply_merge=True).from_yaml(COMPOSE)
    compose.validate()
    assert compose.service_names() == ["crawl", "database"]


@pytest.mark.parametrize("name", SERVICES)
def test_services_may_do_little(name: str) -> None:
    service = SERVICES[name]
    assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"])
    assert service["security_opt"] == ["no-new-privileges:true"]


def test_no_service_opens_a_port_or_holds_a_password() -> None:
    assert "ports:" not in COMPOSE
    assert re.findall(r"(?i)password[^:\n]*: (?!/run/secrets/)\S+", COMPOSE) == []


def test_copied_files_are_there_and_sent_to_the_builder() -> None:
    copied = {name for line in COPIED for name in line.split()}
    ignored = (FOLDER / "Dockerfile.dockerignore").read_text().splitlines()
    assert copied == {line.removeprefix("!") for line in ignored if line.startswith("!")}
    assert [name for name in sorted(copied) if not (ROOT / name).exists()] == []


@contextmanager
def running(words: list[str], status: Path, **environment: str) -> Iterator[subprocess.Popen[str]]:
    """Run the container's entry; kill it at the end, if it still runs."""
    variables = {"PATH": f"{BIN}:/usr/bin:/bin", "STATUS_FILE": str(status), "no_proxy": "127.0.0.1"}
    inherited = {name: os.environ[name] for name in ("PYTHONPATH",) if name in os.environ}
    process = subprocess.Popen(
        [ENTRY, *words],
        cwd=status.parent,
        env={**inherited, **variables, **environment},
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def words_of(service: Mapping[str, list[str]], **variables: str) -> list[str]:
    """Return a service's command as compose fills it in."""
    return [re.sub(r"\$\{(\w+):.*\}", lambda match: variables[match[1]], word) for word in service["command"]]


@pytest.mark.processes
def test_service_crawls_into_postgresql_until_it_is_stopped(tmp_path: Path, postgres: Server) -> None:
    database, status, password = postgres.new_database(), tmp_path / "status", tmp_path / "password"
    password.write_text("secret\n")
    words = words_of(SERVICES["crawl"], CRAWL_EVERY="3600", USER_AGENT="newsspider (+https://you.example/bot)")
    with serve_site() as site:
        (tmp_path / "sites.txt").write_text(f"{site.address}/sport/\n")
        words = [word.replace("/etc/newsspider", str(tmp_path)) for word in words]
        given = {"NEWSSPIDER_DATABASE": database, "PGPASSWORD_FILE": str(password)}
        with running([*words, "--max-pages=3", *FAST], status, **given) as process:
            wait_until(lambda: status.is_file() and bool(status.read_text()), "the first crawl")
            process.terminate()
            said, _ = process.communicate(timeout=PATIENCE_SECONDS)
    assert (process.returncode, status.read_text()) == (0, "0\n"), said
    assert len(read_articles(database)) > 0
    assert "name yourself" not in said


@pytest.mark.processes
def test_stopped_entry_lets_the_crawl_end(tmp_path: Path) -> None:
    status = tmp_path / "status"
    with serve_site() as site:
        words = ["every", "3600", "crawl", f"{site.address}/", "--db", str(tmp_path / "news.db"), *FAST]
        with running([*words, "-s", "DOWNLOAD_DELAY=1"], status) as process:
            wait_until(lambda: len(site.requests) > 2, "the crawl")
            process.terminate()
            said, _ = process.communicate(timeout=PATIENCE_SECONDS)
    assert (process.returncode, status.read_text()) == (0, "130\n"), said
    assert "interrupted" in said


@pytest.mark.processes
@pytest.mark.parametrize("words", [["every", "3600", "crawl", "--nonsense"], ["every", "often", "--version"]])
def test_wrong_usage_ends_the_entry(words: list[str], tmp_path: Path) -> None:
    with running(words, tmp_path / "status") as process:
        process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == 2


@pytest.mark.processes
def test_single_command_gets_the_password_and_is_not_repeated(tmp_path: Path) -> None:
    program = tmp_path / "newsspider"
    program.write_text('#!/bin/sh\necho "$PGPASSWORD $*"\n')
    program.chmod(0o755)
    (tmp_path / "password").write_text("secret\n")
    given = {"PATH": f"{tmp_path}:/usr/bin:/bin", "PGPASSWORD_FILE": str(tmp_path / "password")}
    with running(["search", "ferry"], tmp_path / "status", **given) as process:
        said, _ = process.communicate(timeout=PATIENCE_SECONDS)
    assert said == "secret search ferry\n"
