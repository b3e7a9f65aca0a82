"""The pages in a real browser: ten people's questions by clicks, keyboard, hostile texts, barriers, corrections."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from newsspider.workshop.training.gold import read_gold
from tests.chromium import find_barriers, open_chromium
from tests.serving.running import Running, running
from tests.serving.stores import FERRY, fill, keep_page

pytestmark = pytest.mark.processes

PATHS = (
    "/", "/articles", "/articles?q=goat", "/articles?q=nothinglikeit", "/articles?site=post.example", "/articles/1",
    "/articles/3", "/quarantine", "/quarantine/1", "/quarantine?kind=video", "/sites", "/sites/dark.example", "/runs",
    "/corrections", "/why?article=1", "/why?article=2", "/nothing", "/login",
)  # fmt: skip
VIEWS = {"desktop": (1280, "light"), "phone": (360, "dark")}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("serve")
    fill(str(folder / "news.db"))
    with running(str(folder / "news.db"), folder, archive=keep_page(folder / "warc")) as started:
        yield started


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with open_chromium() as chromium:
        yield chromium


@pytest.fixture
def opened(browser: Any, server: Running) -> Iterator[Any]:
    """Return the first page, on a desktop."""
    yield from open_first(browser, server, *VIEWS["desktop"])


@pytest.fixture(params=list(VIEWS.values()), ids=list(VIEWS))
def viewed(request: pytest.FixtureRequest, browser: Any, server: Running) -> Iterator[Any]:
    """Return the first page, on a desktop and on a phone."""
    yield from open_first(browser, server, *request.param)


def open_first(browser: Any, server: Running, width: int, scheme: str) -> Iterator[Any]:
    """Yield the first page; its console stays empty, no dialog opens, and no other server is asked."""
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, base_url=server.address, accept_downloads=True
    )
    page = context.new_page()
    troubles: list[str] = []
    page.on("console", lambda message: troubles.append(message.text) if "404" not in message.text else None)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("dialog", lambda dialog: troubles.append(dialog.message))
    page.on("request", lambda asked: None if asked.url.startswith(server.address) else troubles.append(asked.url))
    page.goto("/")
    yield page
    context.close()
    assert troubles == []


# Ten questions of people. Each is answered from the first page by these clicks; docs/howto/serve.md has the numbers.


def appears(part: Any) -> bool:
    """Wait until a part of the page is visible, on the page that a click opens too."""
    part.wait_for()
    return True


def which_source_is_quiet(page: Any) -> tuple[int, bool]:
    return 0, appears(page.locator(".problem", has_text="dark.example: dark: no such host"))


def when_did_it_break(page: Any) -> tuple[int, bool]:
    page.get_by_role("link", name="dark.example").click()
    return 1, appears(page.get_by_text("The first run with a problem ended at"))


def which_records_are_doubtful(page: Any) -> tuple[int, bool]:
    page.get_by_role("link", name="All records in doubt").click()
    return 1, appears(page.get_by_text("very doubtful (0.40)").first)


def the_cost_of_the_run(page: Any) -> tuple[int, bool]:
    page.get_by_role("link", name="All runs and their cost").click()
    return 1, appears(page.get_by_role("columnheader", name="Took"))


def why_is_this_page_in_quarantine(page: Any) -> tuple[int, bool]:
    page.get_by_role("link", name="index 1").click()
    return 1, appears(page.get_by_text("many links"))


def which_articles_are_copies(page: Any) -> tuple[int, bool]:
    page.get_by_role("link", name="The ferry is back").first.click()
    return 1, appears(page.locator("#copies ~ ol").get_by_text("Ferry back"))


def how_did_this_article_change(page: Any) -> tuple[int, bool]:
    page.get_by_role("link", name="Ferry back", exact=True).first.click()
    page.get_by_role("link", name="Versions").click()
    return 2, appears(page.locator("ins", has_text="fifty passengers"))


def where_is_the_title_from(page: Any) -> tuple[int, bool]:
    page.get_by_role("link", name="Ferry back", exact=True).first.click()
    page.get_by_role("link", name="Fields").click()
    row = page.locator("tr", has=page.get_by_role("rowheader", name="title", exact=True))
    return 2, appears(row.get_by_text("the page's markup"))


def the_last_week_of_a_site(page: Any) -> tuple[int, bool]:
    page.get_by_role("link", name="Sites").click()
    page.get_by_role("link", name="post.example").click()
    page.get_by_role("link", name="Articles of the last seven days").click()
    page.wait_for_url("**/articles?**")
    return 3, page.locator(".list .headline").count() == 3


def one_as_markdown(page: Any) -> tuple[int, bool]:
    page.get_by_role("link", name="Ferry back", exact=True).first.click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Markdown").click()
    return 2, "# Ferry back" in Path(waiting.value.path()).read_text("utf-8")


QUESTIONS: dict[str, tuple[int, Callable[[Any], tuple[int, bool]]]] = {
    "Which source is quiet?": (0, which_source_is_quiet),
    "When did it break?": (1, when_did_it_break),
    "Which records are doubtful?": (1, which_records_are_doubtful),
    "What did the run cost?": (1, the_cost_of_the_run),
    "Why is this page in quarantine?": (1, why_is_this_page_in_quarantine),
    "Which articles are copies?": (1, which_articles_are_copies),
    "What changed in this article?": (2, how_did_this_article_change),
    "Where is the title from?": (2, where_is_the_title_from),
    "Show me one as Markdown.": (2, one_as_markdown),
    "What did site X bring last week?": (3, the_last_week_of_a_site),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_question_is_answered_in_few_clicks(opened: Any, question: str) -> None:
    most, answer = QUESTIONS[question]
    assert answer(opened) == (most, True)


def test_documentation_has_the_questions_and_clicks() -> None:
    text = (Path(__file__).parents[2] / "docs" / "howto" / "serve.md").read_text("utf-8")
    for question, (clicks, _) in QUESTIONS.items():
        assert f"| {question} | {clicks} |" in text


@pytest.mark.parametrize("path", PATHS)
def test_page_can_be_used_by_everybody_and_runs_nothing(viewed: Any, path: str) -> None:
    viewed.goto(path)
    assert viewed.title() != "boom"
    assert viewed.evaluate("document.documentElement.scrollWidth") <= viewed.viewport_size["width"]
    assert viewed.locator("img, iframe:not([sandbox=''])").count() == 0
    links = viewed.eval_on_selector_all("a[href]", "all => all.map(link => link.protocol)")
    assert set(links) <= {"http:", "https:"}
    viewed.eval_on_selector_all("details", "all => all.forEach(one => { one.open = true; })")
    assert find_barriers(viewed) == []


def test_report_is_live_and_leads_to_records(viewed: Any) -> None:
    viewed.goto("/report")
    viewed.locator("#newest-table").get_by_role("link", name="Ferry back", exact=True).click()
    assert appears(viewed.locator("h1", has_text="Ferry back"))
    viewed.goto("/report")
    viewed.get_by_role("link", name="when it broke").click()
    assert appears(viewed.locator("h1", has_text="dark.example"))


def test_strangers_text_turns_no_line_but_its_own(opened: Any) -> None:
    opened.goto("/articles?below=0.5")
    isolated = "element => getComputedStyle(element).unicodeBidi"
    for element in opened.locator(":is(bdi, [dir=auto]):has-text('onerror')").all():
        assert element.evaluate(isolated) in {"isolate", "plaintext"}
    assert opened.locator("details.more[open]").count() == 1


def test_slash_goes_to_the_search_and_enter_searches(opened: Any) -> None:
    opened.keyboard.press("/")
    opened.keyboard.type("goat")
    opened.keyboard.press("Enter")
    opened.wait_for_url("**/articles?q=goat")
    assert opened.locator("mark").first.inner_text() == "goat"


def test_address_in_the_search_leads_to_its_record(opened: Any) -> None:
    opened.fill("#search", FERRY)
    opened.keyboard.press("Enter")
    opened.wait_for_url("**/articles/1")


def test_empty_filters_stay_out_of_the_address(opened: Any) -> None:
    opened.goto("/articles")
    opened.get_by_text("Filters", exact=True).click()
    opened.select_option("[name=below]", "0.7")
    opened.get_by_role("button", name="Show").click()
    opened.wait_for_url("**/articles?below=0.7")
    assert opened.locator(".list > li").count() == 1


def test_first_tab_leads_past_the_bar(opened: Any) -> None:
    opened.keyboard.press("Tab")
    opened.keyboard.press("Enter")
    assert opened.evaluate("document.activeElement.id") == "main"


def test_empty_results_are_told_in_words(opened: Any) -> None:
    opened.goto("/articles?q=nothinglikeit")
    assert "No article holds all of these words" in opened.inner_text(".empty")
    opened.goto("/why?article=2")
    assert "The archive has no copy of this page" in opened.inner_text("main")


def test_correction_is_saved_and_train_takes_it(opened: Any, server: Running) -> None:
    opened.goto("/articles/1")
    opened.get_by_role("link", name="Why this text?").click()
    wrong = opened.locator(".block.kept").last
    lost = wrong.locator(".text").inner_text()
    wrong.locator(".flip").click()
    opened.fill("#field-section", "Harbour")
    for _ in range(2):  # a page has one row, however often it is saved
        opened.click("#save")
        opened.locator("#counts", has_text="saved to corrections.gold.jsonl").wait_for()
    (gold,) = read_gold(server.context.corrections.path)
    assert (gold.row["page"], gold.row["section"], gold.site) == (FERRY, "Harbour", "herald.example")
    assert lost not in gold.row["body"]
    assert gold.parse().tree.xpath("string(//h1)") == "Ferry back"
    opened.goto("/corrections")
    assert "1 page in" in opened.inner_text("main")


def test_kept_page_beside_its_blocks_runs_nothing(opened: Any) -> None:
    opened.goto("/why?article=1")
    opened.check("#beside")
    opened.frame_locator("#original").get_by_text("Must read").wait_for(state="attached")
    assert opened.get_attribute("#original", "sandbox") == ""
    assert opened.title() == f"Why: {FERRY}"
    opened.get_by_role("link", name="The record").click()
    opened.wait_for_url("**/articles/1")
