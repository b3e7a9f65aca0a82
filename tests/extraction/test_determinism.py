"""The same page gives the same bytes: in any order, twice in a process, and in another process."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from newsspider.pages.raw_page import RawPage
from newsspider.pool import extract_raw
from tests.crawls import PATIENCE_SECONDS

pytestmark = pytest.mark.processes

PAGES = Path(__file__).parents[2] / "fixtures" / "pages"
NAMES = sorted(folder.name for folder in PAGES.iterdir())
# Prints a line a page: its name and the digest of its record, in the order that the arguments give.
PROGRAM = """
import sys
from tests.extraction.test_determinism import digest_record
for name in sys.argv[1:]:
    print(name, digest_record(name))
"""


def digest_record(name: str) -> str:
    """Return the digest of a fixture page's record as JSON."""
    body = (PAGES / name / "page.html").read_bytes()
    record = extract_raw(RawPage(body=body, url=f"https://herald.example/{name}", source=name))
    return hashlib.blake2b(record.to_json().encode()).hexdigest()


def digests_of_a_process(names: list[str], hash_seed: str) -> dict[str, str]:
    """Return the digests that a process of its own finds, strings being hashed by a seed."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *names],
        cwd=PAGES.parents[1],
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        capture_output=True,
        text=True,
        check=True,
        timeout=PATIENCE_SECONDS,
    )
    return dict(line.split() for line in done.stdout.splitlines())


def test_order_and_repetition_make_no_difference() -> None:
    first = {name: digest_record(name) for name in NAMES}
    again = {name: digest_record(name) for name in reversed(NAMES)}
    assert again == first


@pytest.mark.parametrize(("hash_seed", "names"), [("1", NAMES), ("2", NAMES[::-1])])
def test_process_makes_no_difference(hash_seed: str, names: list[str]) -> None:
    assert digests_of_a_process(names, hash_seed) == {name: digest_record(name) for name in NAMES}
