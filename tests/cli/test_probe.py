"""`newsspider probe`: the profile that it writes is one that a crawl takes."""

import subprocess
import sys
from pathlib import Path

from fixtures.serve import serve_site
from newsspider.sites.reading import read_sites
from tests.crawls import closed_port, environment
from tests.spiders.rendering.paper import serve_paper

COMMAND = str(Path(sys.executable).with_name("newsspider"))


def run_probe(*words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the command in a folder of its own, with room for our server's port."""
    return subprocess.run(
        [COMMAND, "probe", *words],
        cwd=folder,
        env=environment(folder / "news.db"),
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


def test_profile_names_what_the_site_has_and_a_crawl_takes_it(tmp_path: Path) -> None:
    with serve_site() as server:
        done = run_probe(f"{server.address}/", "-o", "sites.toml", folder=tmp_path)
        asked = {request.path for request in server.requests}
    assert done.returncode == 0, done.stderr
    (site,) = read_sites(tmp_path / "sites.toml")
    assert site.feeds == (f"{server.address}/feed.xml", f"{server.address}/politics/feed.atom")
    assert site.sitemaps == (f"{server.address}/sitemap.xml",)
    assert (site.delay, site.language) == (0.1, "en-GB")
    profile = (tmp_path / "sites.toml").read_text()
    assert "16 of 20 articles' addresses hold their day" in profile
    assert f'#   "{server.address}/politics/",' in profile
    assert "Night watchman and a parrot raise alarm as net store burns | Rhys Maddock | 2026-03-17T05:40:00" in profile
    assert "/private/newsroom-rota.html" not in asked


def test_site_that_does_not_answer_is_one_line(tmp_path: Path) -> None:
    done = run_probe(f"http://127.0.0.1:{closed_port()}/", folder=tmp_path)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("newsspider: http://127.0.0.1:")
    assert "Traceback" not in done.stderr


def test_site_that_needs_a_browser_is_said_to(tmp_path: Path) -> None:
    with serve_paper("ferry") as paper:
        done = run_probe(f"{paper.address}/", folder=tmp_path)
    assert "render = true # 2 of 2 pages are empty until their scripts run" in done.stdout
    assert "\n# render" not in done.stdout
