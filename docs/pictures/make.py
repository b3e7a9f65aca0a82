"""Make the pictures of the documentation: `make pictures` (Chromium and the development tools are needed).

Three fictional newspapers are crawled over ten simulated days, through a proxy on this machine that answers for all of
them. On the eighth day one of them stops answering, and one has a new design without authors and dates.
"""

import os
import shutil
import subprocess
import sys
from datetime import datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
from fixtures.serve import SITE_FOLDER, SiteHandler, SiteServer, answer_path, answering, read_site  # noqa: E402

PICTURES = Path(__file__).parent
STEADY, DARK, REDESIGNED = (f"http://{name}.example" for name in ("harbour-herald", "wren-post", "quay-courier"))
FIRST_DAY = datetime.fromisoformat("2026-03-16T07:00:00+00:00")
PAGES_A_DAY = (24, 4, 5, 4, 6, 4, 5, 14, 5, 4)  # max_pages of each run
CHANGE_DAY = 7  # from which one newspaper is dark and one redesigned
WIDTH, HEIGHT = 1280, 860
# What the new design has lost: the reader sees the author's name in the text only.
LOST = (
    (b"application/ld+json", b"text/plain"),
    (b'name="author"', b'name="x"'),
    (b"datetime=", b"data-x="),
)


class Newspapers(SiteHandler):
    """Answers as a proxy for the three newspapers."""

    def respond(self, *, with_body: bool) -> None:
        """Send the page of the newspaper that the address names."""
        asked = urlsplit(self.path)
        host = f"http://{asked.hostname}"
        answer = answer_path(self.server.site, asked.path, host)
        body = answer.body
        if self.server.changed and host == DARK:
            self.send(HTTPStatus.SERVICE_UNAVAILABLE, {"Content-Length": "0"})
            return
        if self.server.changed and host == REDESIGNED:
            for old, new in LOST:
                body = body.replace(old, new)
        self.send(answer.status, {**answer.headers, "Content-Length": str(len(body))})
        if with_body:
            self.wfile.write(body)


class Proxy(SiteServer):
    """Serves the newspapers; `changed` from the day on which two of them change."""

    changed = False


def main() -> None:
    """Crawl, write the pages, take their pictures."""
    with (
        TemporaryDirectory() as folder,
        Proxy(read_site(SITE_FOLDER), "127.0.0.1", 0) as proxy,
        answering(proxy),
    ):
        proxy.RequestHandlerClass = Newspapers
        place = Path(folder)
        write_profiles(place, proxy.address)
        for day, pages in enumerate(PAGES_A_DAY):
            proxy.changed = day >= CHANGE_DAY
            crawl(place, FIRST_DAY + timedelta(days=day), pages)
        last = FIRST_DAY + timedelta(days=len(PAGES_A_DAY) - 1, hours=2)
        since = FIRST_DAY.date().isoformat()
        run(place, last, "report", "-o", "report.html", "--since", since)
        run(
            place,
            last,
            "why",
            str(ROOT / "fixtures/pages/tagdiv-teasers-in-body/page.html"),
            "--html",
            "why.html",
        )
        take_pictures(place)
        take_picture_of_articles(place, last)


def write_profiles(place: Path, proxy: str) -> None:
    """Write the profiles of the newspapers."""
    newspapers = (STEADY, DARK, REDESIGNED)
    profiles = (f'[site{n}]\nurl = "{url}/"\nproxy = "{proxy}"\n' for n, url in enumerate(newspapers))
    (place / "sites.toml").write_text("\n".join(profiles), encoding="utf-8")


def crawl(place: Path, moment: datetime, pages: int) -> None:
    """Crawl the newspapers at a simulated time."""
    settings = (
        "NEWSSPIDER_TRUST_PROXY=1",
        "NEWSSPIDER_ALLOW_PRIVATE=127.0.0.0/8",
        "DOWNLOAD_DELAY=0",
    )
    settings += ("NEWSSPIDER_MAX_CRAWL_DELAY=0", "RETRY_TIMES=0")
    given = [word for setting in settings for word in ("-s", setting)]
    run(place, moment, "crawl", "--sites", "sites.toml", "--max-pages", str(3 * pages), *given)


def run(place: Path, moment: datetime, *words: str) -> None:
    """Run a command of newsspider at a simulated time; its exit code may say that a site went dark."""
    environment = os.environ | {"NEWSSPIDER_CLOCK": moment.isoformat(), "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-m", "newsspider", *words], cwd=place, env=environment, check=False)


def take_pictures(place: Path) -> None:
    """Take the pictures of the pages."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name in ("report", "why"):
            page = chromium.new_page(viewport={"width": WIDTH, "height": HEIGHT})
            page.goto((place / f"{name}.html").as_uri())
            wait_for_plots(page)
            page.screenshot(path=PICTURES / f"{name}.png")
        chromium.close()


def take_picture_of_articles(place: Path, moment: datetime) -> None:
    """Take the picture of the list of articles that `newsspider serve` shows."""
    environment = os.environ | {"NEWSSPIDER_CLOCK": moment.isoformat(), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "newsspider", "serve", "--port", "0"]
    with (
        subprocess.Popen(command, cwd=place, env=environment, stderr=subprocess.PIPE, text=True) as server,
        sync_playwright() as playwright,
    ):
        assert server.stderr
        address = server.stderr.readline().split()[3]  # "serving FILE at ADDRESS (Ctrl-C ends it)"
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = chromium.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        page.goto(f"{address}articles?q=harbour")
        page.screenshot(path=PICTURES / "articles.png")
        chromium.close()
        server.terminate()


def wait_for_plots(page: Page) -> None:
    """Wait until the plots that can be seen are drawn."""
    for plot in page.locator("#overall-plots .plot").all()[:2]:
        plot.locator("svg").wait_for()


if __name__ == "__main__":
    main()
