"""The live view: a line a site, as many as the terminal has room for, and no line wider than it."""

import logging
from collections.abc import Callable
from io import StringIO

import pytest
from rich.console import Console

from newsspider.crawl_command.live_view import SHOWN_WARNINGS, LatestWarnings, LiveView
from newsspider.crawl_command.progress import CrawlProgress, SiteProgress
from newsspider.crawl_command.progress_display import line_of
from newsspider.revisiting.accounts import SiteAccount


class Simulated(CrawlProgress):
    """A crawl that has come so far."""

    def __init__(self, sites: int, clock: Callable[[], float] = lambda: 75.0) -> None:
        """Come so far on so many sites."""
        self.ended = ""
        self._clock, self._began = clock, 0.0
        self._sites = [progress_of(number) for number in range(sites)]
        self.stopping = False

    @property
    def is_ending(self) -> bool:
        return self.stopping

    def snapshot(self) -> list[SiteProgress]:
        return self._sites


def progress_of(number: int) -> SiteProgress:
    site = f"paper{number:03}.example"
    account = SiteAccount(site=site, listed=40 + number, new=12, unchanged=3)
    progress = SiteProgress(site, fetched=20, waiting=number, title="Old ferry sails again " * 9, account=account)
    progress.moments.extend([70.0, 71.0, 72.0])
    return progress


def shown(progress: CrawlProgress, width: int, height: int = 24, warnings: LatestWarnings | None = None) -> list[str]:
    console = Console(width=width, height=height, record=True, file=StringIO())
    console.print(LiveView(progress, warnings or LatestWarnings()))
    return console.export_text().splitlines()


@pytest.mark.parametrize("width", [80, 200])
@pytest.mark.parametrize("sites", [1, 20, 200])
def test_view_fits_the_terminal(sites: int, width: int) -> None:
    lines = shown(Simulated(sites), width)
    assert max(map(len, lines)) <= width
    assert len(lines) < 24
    assert lines[0].startswith(f"1:15 · {20 * sites} pages fetched")


def test_busiest_sites_are_shown_and_the_others_counted() -> None:
    lines = shown(Simulated(200), 100)
    assert lines[2].startswith("paper199.example")
    assert lines[-1].startswith("… and 180 more sites")


def test_numbers_of_a_site_stand_under_their_names() -> None:
    names, numbers = shown(Simulated(1), 200)[1:3]
    read = dict(zip(names.split()[1:7], numbers.split()[1:7], strict=True))
    assert read == {"found": "40", "fetched": "20", "new": "12", "unchanged": "3", "failed": "0", "waiting": "0"}


def test_latest_warnings_are_shown_and_earlier_ones_counted() -> None:
    warnings = LatestWarnings()
    for number in range(SHOWN_WARNINGS + 3):
        warnings.handle(logging.makeLogRecord({"msg": f"page {number} \x1b[31mfailed", "levelno": logging.WARNING}))
    lines = shown(Simulated(1), 80, warnings=warnings)
    assert lines[-1].rstrip() == f"page {SHOWN_WARNINGS + 2} [31mfailed"
    assert lines[-1 - SHOWN_WARNINGS].rstrip() == "3 earlier warnings"


def test_what_a_title_says_is_text() -> None:
    progress = Simulated(1)
    progress.snapshot()[0].title = "[red]Ferry[/red] \x1b[2J\u202ebackwards"
    (line,) = [line for line in shown(progress, 200) if "Ferry" in line]
    assert "[red]Ferry[/red]" in line
    assert "\x1b" not in line
    assert "\u202e" not in line


def test_interruption_is_said() -> None:
    progress = Simulated(1)
    progress.stopping = True
    assert shown(progress, 80)[0].startswith("stopping: open requests are finished")


def test_end_is_said() -> None:
    progress = Simulated(2)
    progress.stopping, progress.ended = True, "finished"
    assert shown(progress, 80)[0].rstrip() == "40 pages fetched in 1:15, feeds and sitemaps included"


def test_warnings_are_whole_at_the_end() -> None:
    progress, warnings = Simulated(1), LatestWarnings()
    said = f"Gave up retrying {'x' * 40} (failed 3 times): 500 Internal Server Error"
    warnings.handle(logging.makeLogRecord({"msg": said, "levelno": logging.WARNING}))
    assert shown(progress, 80, warnings=warnings)[-1].rstrip().endswith("…")
    progress.ended = "finished"
    assert " ".join(line.strip() for line in shown(progress, 80, warnings=warnings)[-2:]) == said


def test_line_sums_all_sites() -> None:
    assert line_of(Simulated(7).snapshot()) == (
        "paper000.example, paper001.example, paper002.example, paper003.example, paper004.example and 2 more: "
        "301 found, 140 fetched, 84 new, 21 unchanged, 0 failed, 21 waiting"
    )
