"""Pages from the network, fetched by a process of their own."""

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path

import pytest

from fixtures.serve import SiteServer, serve_site
from newsspider.inputs import fetching
from newsspider.inputs.fetching import fetch_pages, iter_fetched

ROOT = Path(__file__).parent.parent.parent
CHOIR = "culture/2026/03/02/the-choir-nobody-can-fail-to-get-into/"
SECONDS = 60  # for a process to end


@pytest.fixture(scope="module")
def site() -> Iterator[SiteServer]:
    with serve_site(ROOT / "fixtures" / "site") as server:
        yield server


def test_pages_come_in_the_order_of_their_addresses_each_fetched_once(site: SiteServer) -> None:
    choir, gone = f"{site.address}/{CHOIR}", f"{site.address}/nothing-here"
    pages = fetch_pages([gone, choir, gone])
    assert [(page.source, page.status) for page in pages] == [(gone, 404), (choir, 200), (gone, 404)]
    assert b"<h1" in pages[1].body
    assert all(page.fetched_at for page in pages)


def test_addresses_are_taken_in_small_numbers(site: SiteServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "FETCHED_TOGETHER", 2)
    taken = []

    def addresses() -> Iterator[str]:
        for number in count():
            taken.append(number)
            yield f"{site.address}/nothing-here?{number}"

    pages = iter_fetched(addresses())
    assert {next(pages).status, next(pages).status} == {404}
    assert taken == [0, 1]


def test_process_ends_with_its_reader(site: SiteServer) -> None:
    before = children()
    pages = iter_fetched([f"{site.address}/{CHOIR}", *(f"{site.address}/nothing-here?{n}" for n in range(50))])
    next(pages)
    assert children() - before
    pages.close()  # type: ignore[attr-defined]  # a generator's
    deadline = time.monotonic() + SECONDS
    while children() - before:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def children() -> set[str]:
    """Return this process's children."""
    found: set[str] = set()
    for task in Path(f"/proc/{os.getpid()}/task").iterdir():
        with suppress(OSError):  # a thread has ended meanwhile
            found.update((task / "children").read_text().split())
    return found


def test_what_ends_the_process_is_the_problem_of_its_pages(site: SiteServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSSPIDER_CLOCK", "yesterday")  # which no moment is called
    (page,) = fetch_pages([f"{site.address}/{CHOIR}"])
    assert (page.body, page.source) == (b"", f"{site.address}/{CHOIR}")
    assert "yesterday" in (page.problem or "")
