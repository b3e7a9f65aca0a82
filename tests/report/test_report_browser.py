"""The page that `newsspider report` writes, in a real browser."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from newsspider.clock import now
from newsspider.record import ArticleRecord
from newsspider.report.collecting import collect_report
from newsspider.report.writing import write_report
from newsspider.revisiting.accounts import SiteAccount
from newsspider.store.store import Store
from tests.chromium import find_barriers, open_chromium
from tests.hostile_texts import HOSTILE_TEXTS

pytestmark = pytest.mark.processes

NASTY = "</script><script>document.title = 'boom'</script><img src=x onerror=alert(1)>\u202e"
SITES = ("herald.example", "post.example", "dark.example")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a report of a store whose strangers' texts are hostile."""
    folder = tmp_path_factory.mktemp("report")
    with Store(str(folder / "news.db")) as store:
        records = [
            ArticleRecord(kind="article", url=f"https://{site}/{number}", site=site, title=f"{NASTY} {number}",
                          body=f"The ferry sails again to {site}, {number}.", language="en", confidence=0.9)
            for site in SITES[:2] for number in range(4)
        ]  # fmt: skip
        script = ArticleRecord(kind="article", url="https://herald.example/x?javascript:alert(1)", site=SITES[0],
                               title="javascript:alert(1)", body="The harbour is closed again.")  # fmt: skip
        left_out = ArticleRecord(kind="index", url="https://herald.example/'$(boom)'", site=SITES[0], reason=NASTY)
        store.write([*records, script, left_out])
        accounts = [SiteAccount(site=site, new=4, lists=2, newest="2026-03-24T10:00:00+00:00",
                                response_times=Counter({"100": 9, "2000": 1})) for site in SITES[:2]]  # fmt: skip
        dark = SiteAccount(site=SITES[2], failed=Counter({NASTY: 2}), alarms=["dark: no such host"])
        store.finish_run(store.start_run("crawl news", {}), {}, 3, [*accounts, dark])
        write_report(folder / "report.html", collect_report(store, (now() - timedelta(days=5)).date()))
    return folder / "report.html"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with open_chromium() as chromium:
        yield chromium


@pytest.fixture(params=[(1280, "light"), (360, "dark")], ids=["desktop", "phone"])
def opened(request: pytest.FixtureRequest, browser: Any, written: Path) -> Iterator[Any]:
    """Return the page; the console stays empty and the network is asked for nothing."""
    width, scheme = request.param
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    troubles: list[str] = []
    page.on("console", lambda message: troubles.append(message.text))
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("dialog", lambda dialog: troubles.append(dialog.message))
    page.on("request", lambda asked: troubles.append(asked.url) if asked.url.startswith("http") else None)
    page.goto(written.as_uri())
    yield page
    page.close()
    assert troubles == []


def test_site_that_needs_a_look_is_named_first_with_its_reason(opened: Any) -> None:
    problem = opened.locator("#problems .problem")
    assert problem.count() == 1
    assert problem.inner_text().startswith("dark.example: dark: no such host")


def test_plots_are_drawn_and_have_their_numbers(opened: Any) -> None:
    figure = opened.locator("#overall-plots figure").first
    figure.locator(".plot svg").wait_for()
    assert figure.locator("[role=graphics-document]").get_attribute("aria-label").startswith("Stacked bars")
    figure.locator("summary").click()
    figure.locator("tbody tr").first.wait_for()
    assert figure.locator("tbody tr").count() == 2
    assert figure.locator("tbody tr").first.locator("td").nth(2).inner_text() == "5"


def test_name_of_a_site_opens_its_plots(opened: Any) -> None:
    opened.locator("#site-table").get_by_role("button", name="post.example").press("Enter")
    site = opened.locator("#site-plots .site")
    site.locator(".plot svg").nth(1).wait_for()
    assert site.locator("h3").first.inner_text() == "post.example"


def test_column_sorts_the_table_both_ways(opened: Any) -> None:
    head = opened.locator("#site-table th", has_text="articles").first
    names = opened.locator("#site-table tbody tr td:first-child")
    head.get_by_role("button").click()
    assert (names.first.inner_text(), head.get_attribute("aria-sort")) == ("herald.example", "descending")
    head.get_by_role("button").click()
    assert (names.first.inner_text(), head.get_attribute("aria-sort")) == ("dark.example", "ascending")


def test_strangers_text_is_text(opened: Any) -> None:
    assert opened.title() == "newsspider report"
    assert opened.locator("img").count() == 0
    assert opened.locator("#newest-table a", has_text="onerror").count() == 8
    links = opened.eval_on_selector_all("a[href]", "all => all.map(link => link.getAttribute('href'))")
    assert all(link.startswith(("https://", "#")) for link in links)
    command = opened.locator("#left-out-table code").inner_text()
    assert command == "newsspider why 'https://herald.example/'\\''$(boom)'\\'''"


def test_nothing_scrolls_sideways_but_tables(opened: Any) -> None:
    assert opened.evaluate("document.documentElement.scrollWidth") <= opened.viewport_size["width"]


def test_everybody_can_use_it(opened: Any) -> None:
    opened.locator("#site-table").get_by_role("button", name="post.example").click()
    opened.locator("#site-plots .plot svg").nth(1).wait_for()
    assert find_barriers(opened) == []


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a report in which each text of a stranger is hostile: titles, reasons, addresses, sites, failures."""
    folder = tmp_path_factory.mktemp("hostile")
    texts = [text.replace("\0", "") for text in HOSTILE_TEXTS]
    records = []
    for number, text in enumerate(texts):
        body = f"The ferry sails again, {number}."
        url = f"https://herald.example/{number}/{text}"
        records.append(ArticleRecord(kind="article", url=url, site=text, title=text, body=body, language=text[:20]))
        records.append(ArticleRecord(kind="index", url=f"{url}#", source=text, site=text, reason=text))
    accounts = [SiteAccount(site=text, new=1, failed=Counter({text: 2}), alarms=[text]) for text in texts]
    with Store(str(folder / "news.db")) as store:
        store.write(records)
        store.finish_run(store.start_run("crawl news", {}), {}, 3, accounts)
        write_report(folder / "report.html", collect_report(store))
    return folder / "report.html"


@pytest.mark.parametrize("width", [360, 1280])
def test_hostile_texts_run_nothing_and_do_not_widen_the_page(browser: Any, hostile: Path, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    troubles: list[str] = []
    page.on("console", lambda message: troubles.append(message.text))
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.goto(hostile.as_uri())
    names = page.locator("#site-table tbody button.name")
    assert names.count() >= len(HOSTILE_TEXTS)
    for number in range(names.count()):
        names.nth(number).click()
    page.locator("#site-plots .plot svg").first.wait_for()
    assert page.title() == "newsspider report"
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    links = page.eval_on_selector_all("a[href]", "all => all.map(link => link.getAttribute('href'))")
    assert all(link.startswith(("https://", "#")) for link in links)
    assert page.locator("img, main script").count() == 0
    page.close()
    assert troubles == []


def test_right_to_left_override_turns_only_its_own_text(browser: Any, hostile: Path) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(hostile.as_uri())
    problem = page.locator("#problems .problem", has_text="gnp.exe").first
    name, command = problem.locator("button").bounding_box(), problem.locator("code").bounding_box()
    assert name["x"] < command["x"] or name["y"] < command["y"]
    bidi = "all => all.map(element => getComputedStyle(element).unicodeBidi)"
    parts = problem.locator("button, bdi, code").evaluate_all(bidi)
    assert len(parts) >= 3
    assert set(parts) == {"isolate"}
    page.close()


def test_nothing_moves_when_a_plot_is_drawn(opened: Any) -> None:
    height = opened.evaluate("document.body.scrollHeight")
    opened.evaluate("dispatchEvent(new Event('beforeprint'))")  # draws all
    opened.wait_for_function("[...document.querySelectorAll('.plot')].every(plot => plot.querySelector('svg'))")
    assert opened.evaluate("document.body.scrollHeight") == height
