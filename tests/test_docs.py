"""The documentation is true: its shell lines run, its Python is a doctest, its links and modules exist."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

import newsspider
from fixtures.serve import serve_site
from newsspider.reference.pages import COMMAND, PARTS, begin_of, fill_page
from tests.documents import PAGES, ROOT, find_block, iter_broken_links, iter_shell_lines
from tests.programs import Finished

LONGEST_README = 150  # lines; all else is in docs/
MODULE = (
    r"`(?:newsspider/)?((?:extraction|discovery|inputs|outputs|spiders|training)/[\w/]+\.py|settings\.py|kinds\.py)`"
)
SITE = "https://harbour-herald.example"
ADDONS = '{"newsspider.addon.NewsspiderAddon": 500}'
PATIENT_ENOUGH = (0, 1)  # some of the fixtures' pages fail on purpose
RECORDINGS = "docs/first-ten-minutes/"  # of a network that is gone; tests/test_recordings.py knows them
EVERYTHING = "\n".join(PAGES.values())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A place to run in, with the fixtures and the project's scrapy.cfg where the pages have them."""
    place = tmp_path_factory.mktemp("docs")
    shutil.copy(ROOT / "scrapy.cfg", place)
    (place / "fixtures").symlink_to(ROOT / "fixtures")
    return place


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serve_site(ROOT / "fixtures" / "site") as server:
        yield server.address


def run_line(line: str, address: str, folder: Path) -> Finished:
    """Run a line of shell as a page has it, with the fixture newspaper in place of the site; crawls don't wait."""
    fast = f"{line} -s DOWNLOAD_DELAY=0 -s AUTOTHROTTLE_ENABLED=0 -s ROBOTSTXT_OBEY=0"
    crawls = line.startswith(("scrapy", "newsspider crawl"))
    command = (fast if crawls else line).replace(SITE, address)
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    environment.pop("NEWSSPIDER_DATABASE", None)
    return subprocess.run(command, shell=True, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.processes
@pytest.mark.parametrize("line", list(iter_shell_lines()))
def test_shell_line_works(line: str, folder: Path, address: str) -> None:
    done = run_line(line, address, folder)
    assert done.returncode in PATIENT_ENOUGH, done.stderr


@pytest.mark.processes
@pytest.mark.parametrize("page", [page for page, text in PAGES.items() if ">>> " in text and RECORDINGS not in page])
def test_python_examples_are_true(page: str) -> None:
    command = [sys.executable, "-m", "doctest", page]  # of its own: its mends would be those of later tests
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.processes
def test_blocks_of_the_python_tutorial_run_in_order(folder: Path, address: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "fixtures/site/story", tmp_path / "saved")
    run_line(f"newsspider crawl {SITE} --max-pages 20", address, tmp_path)
    page = "docs/tutorials/python.md"
    begins = ("for record in newsspider.extract_many", "record = newsspider.fetch", "with newsspider.open_store")
    code = "import newsspider\n" + "".join(find_block(page, f"\n{begin}") for begin in begins)
    code = code.replace(', "CC-NEWS-*.warc.gz"', "").replace(f"{SITE}/ferry", f"{SITE}/about/")
    code += "assert record.kind == 'page' and len(frame) > 5\n"
    (tmp_path / "tutorial.py").write_text(code.replace(SITE, address).replace("harbour-herald.example", "127.0.0.1"))
    done = run_line("python tutorial.py", address, tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "article Night watchman and a parrot" in done.stdout


@pytest.mark.processes
@pytest.mark.parametrize(
    ("begin", "settings", "title"),
    [
        pytest.param("\nimport scrapy\n", "", "The choir nobody can fail to get into", id="page object"),
        pytest.param("\nfrom newsspider.spiders", f"-s 'ADDONS={ADDONS}'", "Night watchman and a parrot", id="add-on"),
    ],
)
def test_spider_of_the_tutorial_crawls(begin: str, settings: str, title: str, address: str, tmp_path: Path) -> None:
    spider = find_block("docs/tutorials/scrapy-developer.md", begin)
    (tmp_path / "spider.py").write_text(spider.replace(SITE, address))
    done = run_line(f"scrapy runspider spider.py -O articles.jsonl {settings}", address, tmp_path)
    assert done.returncode == 0, done.stderr
    assert title in (tmp_path / "articles.jsonl").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", [page for page in PAGES if page.startswith("docs/reference/")])
def test_generated_parts_are_those_of_today(page: str) -> None:
    assert fill_page(PAGES[page]) == PAGES[page], f"{page} is out of date, run: {COMMAND}"


@pytest.mark.parametrize("part", PARTS)
def test_generated_part_is_on_one_page(part: str) -> None:
    assert EVERYTHING.count(begin_of(part)) == 1


def test_page_with_an_old_part_is_filled() -> None:
    page = f"# Exit codes\n{begin_of('exit codes')}old\n<!-- end of the generated part -->\nEnd.\n"
    filled = fill_page(page)
    assert "old" not in filled
    assert "| `0` |" in filled
    assert filled.endswith("-->\nEnd.\n")


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    assert list(iter_broken_links(page)) == []


@pytest.mark.parametrize(
    ("menu", "pattern"), [("docs/index.md", r"\]\(([^)#]+)\)"), (".zensical.toml", r"= \"(.+\.md)\"")]
)
def test_pages_are_in_the_menus(menu: str, pattern: str) -> None:
    listed = set(re.findall(pattern, (ROOT / menu).read_text(encoding="utf-8")))
    pages = {page.removeprefix("docs/") for page in PAGES if page.startswith("docs/")} - {"index.md"}
    assert pages - listed == set()


def test_readme_is_short() -> None:
    assert len(PAGES["README.md"].splitlines()) <= LONGEST_README


def test_readme_on_pypi_has_no_relative_links() -> None:
    tables = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["metadata"]["hooks"]
    (rule,) = tables["fancy-pypi-readme"]["substitutions"]
    description = re.sub(rule["pattern"], rule["replacement"], PAGES["README.md"])
    assert "PostgreSQL (`docs/howto/postgresql.md`)" in description
    assert re.findall(r"\]\((?!https?://)", description) == []


def test_citation_names_the_version() -> None:
    citation = yaml.safe_load((ROOT / "docs" / "CITATION.cff").read_text(encoding="utf-8"))
    assert (citation["cff-version"], citation["version"]) == ("1.2.0", newsspider.__version__)


def test_shown_module_is_the_fixture() -> None:
    shown = find_block("docs/howto/correct-a-site.md", '\n"""Corrections')
    assert shown == "\n" + (ROOT / "fixtures/parsers/herald.py").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", sorted(set(re.findall(MODULE, EVERYTHING))))
def test_named_module_exists(path: str) -> None:
    assert (ROOT / "newsspider" / path).is_file()


def test_folders_of_the_architecture_exist() -> None:
    named = re.findall(r"^\| ((?:`[\w/]+/`(?:, )?)+) \|", PAGES[".github/ARCHITECTURE.md"], re.MULTILINE)
    folders = [folder for cell in named for folder in re.findall(r"`([\w/]+)/`", cell)]
    missing = [each for each in folders if not ((ROOT / each).is_dir() or (ROOT / "newsspider" / each).is_dir())]
    assert len(folders) > 20
    assert not missing
