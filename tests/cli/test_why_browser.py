"""The page that `newsspider why --html` writes, in a real browser."""

import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from newsspider.extraction.explain import ExplainedBlock, explain_page
from newsspider.extraction.stripping import join_blocks
from newsspider.inspector.reason_groups import GROUP_NAMES, group_of
from newsspider.pages.page import parse_page
from newsspider.workshop.training.gold import GoldPage, make_sample, read_gold
from tests.chromium import find_barriers, open_chromium
from tests.crawls import PATIENCE_SECONDS
from tests.stripping import strip

pytestmark = pytest.mark.processes

PAGES = Path(__file__).parents[2] / "fixtures" / "pages"
PAGE = PAGES / "tagdiv-teasers-in-body" / "page.html"
SENTENCE = "The ferry sails again from the old harbour, said the harbour master on Monday."
REVIEWED = 6
NASTY = "A line with </script><script>document.title = 'boom'</script> & <b>marks</b> in it, said the clerk on Monday."


def write_why(page: Path, output: Path) -> Path:
    """Write the page for the browser, as a person does."""
    command: list[str | Path] = [Path(sys.executable).with_name("newsspider"), "why", page, "--html", output]
    subprocess.run(command, check=True, timeout=PATIENCE_SECONDS)
    return output


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Return headless Chromium; a person without it skips these tests, CI does not."""
    with open_chromium() as chromium:
        yield chromium


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_why(PAGE, tmp_path_factory.mktemp("why") / "why.html")


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the page that shows several pages in a queue."""
    folder = tmp_path_factory.mktemp("pages")
    for slug in sorted(path.name for path in PAGES.iterdir() if (path / "page.html").is_file())[:REVIEWED]:
        shutil.copy(PAGES / slug / "page.html", folder / f"{slug}.html")
    return write_why(folder, tmp_path_factory.mktemp("why") / "review.html")


@pytest.fixture
def opened(browser: Any, written: Path) -> Iterator[Any]:
    """Return the fixture page opened anew; it asks the network for nothing and the console stays empty."""
    yield from open_page(browser, written)


def open_page(browser: Any, path: Path) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1100, "height": 900}, accept_downloads=True)
    page = context.new_page()
    troubles: list[str] = []
    page.on("console", lambda message: troubles.append(message.text))
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("request", lambda request: troubles.append(request.url) if request.url.startswith("http") else None)
    page.goto(path.as_uri())
    yield page
    context.close()
    assert troubles == []


def explained() -> tuple[ExplainedBlock, ...]:
    return explain_page(parse_page(PAGE.read_bytes()))


def verdicts() -> list[tuple[str, bool]]:
    return [(block.text, block.kept) for block in explained()]


def own_text(element: Any) -> str:
    """Return a block's text without the note beside it."""
    text: str = element.evaluate("element => element.querySelector('.text').textContent")
    return text


def unfold(page: Any) -> None:
    """Open the runs of dropped blocks."""
    page.eval_on_selector_all("details.run", "all => all.forEach(one => { one.open = true; })")


def save(page: Any, folder: Path) -> GoldPage:
    """Press the button and read what was downloaded as `newsspider train` does."""
    with page.expect_download() as waiting:
        page.click("#save")
    assert waiting.value.suggested_filename.endswith(".gold.jsonl")
    waiting.value.save_as(folder / waiting.value.suggested_filename)
    (gold,) = read_gold(folder / waiting.value.suggested_filename)
    return gold


def test_kept_and_dropped_blocks_are_shown_in_order(opened: Any) -> None:
    shown = [
        (own_text(element), "kept" in element.get_attribute("class").split())
        for element in opened.query_selector_all(".block")
    ]
    assert shown == verdicts()
    kept = sum(keep for _, keep in verdicts())
    assert opened.inner_text("#counts") == f"{kept} of {len(shown)} blocks kept"


def test_a_group_of_reasons_has_one_colour_and_one_sign_on_every_page(browser: Any, reviewed: Path) -> None:
    seen: dict[str, set[tuple[str, str]]] = {}
    for opened in open_page(browser, reviewed):
        for _ in range(REVIEWED):
            for button in opened.query_selector_all("#legend button"):
                colour = button.evaluate("button => getComputedStyle(button).color")
                seen.setdefault(button.get_attribute("class"), set()).add((colour, button.inner_text()[0]))
            opened.keyboard.press("n")
    assert {"group-model", "group-frame"} <= seen.keys()
    assert all(len(each) == 1 for each in seen.values())
    assert len(set.union(*seen.values())) == len(seen)


def test_legend_counts_the_dropped_blocks_and_leads_to_them(opened: Any) -> None:
    dropped = [block for block in explained() if not block.kept]
    counts = Counter(GROUP_NAMES[group_of(block.reason)] for block in dropped)
    buttons = opened.locator("#legend button")
    assert {text[2:] for text in buttons.all_inner_texts()} == {f"{name} ({n})" for name, n in counts.items()}
    buttons.last.click()
    block = opened.locator(".block.current")
    assert "dropped" in block.get_attribute("class").split()
    assert 0 < block.bounding_box()["y"] < 900


def test_long_runs_of_dropped_blocks_are_folded_and_short_ones_are_not(opened: Any) -> None:
    assert not opened.locator(".block.dropped", has_text="News Valley Health Education").first.is_visible()
    assert opened.locator(".block.dropped", has_text="Must read: Valley road").is_visible()


@pytest.mark.parametrize(
    ("state", "text"), [("kept", "The decision came after six weeks"), ("dropped", "Must read: Valley road")]
)
def test_reason_and_probability_are_shown_without_hovering(opened: Any, state: str, text: str) -> None:
    note = opened.locator(f".block.{state}", has_text=text).locator(".note")
    said = note.inner_text()
    assert re.match(r"(?:↗ )?\d+ % (?:reads like the body|leads to another article)", said)
    assert "trafilatura keeps" in said or "trafilatura drops it" in said
    note.locator("summary").click()
    assert "for: " in note.inner_text()


def test_page_says_first_what_it_is(opened: Any) -> None:
    assert opened.inner_text("#kind").startswith("article 372 words, fairly sure (confidence 0.84)")
    assert opened.inner_text("#title").startswith("Dunmorrow Hospital Reopens Night Ward After")


def test_field_takes_a_value_that_lost_and_gold_has_it(opened: Any, tmp_path: Path) -> None:
    assert opened.input_value("#field-title").endswith("Nurses’ Six-Week Campaign")
    opened.get_by_label("Use the value of meta og:title").click()
    assert opened.inner_text("#counts").endswith("1 corrected")
    row = save(opened, tmp_path).row
    assert (row["title"], row["authors"]) == ("Dunmorrow Hospital Reopens Night Ward", ["Ruth Okonjo-Vale"])


def test_keys_go_through_the_blocks_and_flip_one(opened: Any) -> None:
    opened.keyboard.press("j")
    opened.keyboard.press("j")
    opened.keyboard.press("k")
    current = opened.locator(".block.current")
    assert own_text(current.element_handle()) == verdicts()[0][0]
    opened.keyboard.press("x")
    assert {"kept", "flipped"} <= set(current.get_attribute("class").split())


def test_letters_typed_into_a_field_are_no_commands(opened: Any) -> None:
    opened.locator("#field-section").fill("")
    opened.locator("#field-section").press_sequentially("jxn")
    assert opened.input_value("#field-section") == "jxn"
    assert opened.locator(".block.flipped").count() == 0


def test_saved_page_is_shown_beside_and_runs_and_loads_nothing(opened: Any) -> None:
    opened.check("#beside")
    opened.frame_locator("#original").get_by_text("Must read").first.wait_for(state="attached")
    assert opened.get_attribute("#original", "sandbox") == ""


def test_queue_begins_with_the_least_sure_page_and_saves_the_pages_seen(
    browser: Any, reviewed: Path, tmp_path: Path
) -> None:
    for opened in open_page(browser, reviewed):
        said = []
        for _ in range(REVIEWED):
            said.append(opened.inner_text("#kind"))
            opened.keyboard.press("n")
        sure = [float(match[1]) for text in said if (match := re.search(r"confidence (0\.\d+)", text))]
        assert sure == sorted(sure)
        assert opened.inner_text("#place").startswith(f"page {REVIEWED} of {REVIEWED}")
        with opened.expect_download() as waiting:
            opened.click("#save")
        waiting.value.save_as(tmp_path / "gold.jsonl")
        assert len(read_gold(tmp_path / "gold.jsonl")) == REVIEWED


@pytest.mark.parametrize("how", ["click", "Enter", "Space"])
def test_block_is_flipped_and_flipped_back(opened: Any, how: str) -> None:
    unfold(opened)
    block = opened.locator(".block.dropped").first.locator(".flip").element_handle()
    kept, count = sum(keep for _, keep in verdicts()), len(verdicts())

    def flip() -> None:
        if how == "click":
            block.click()
        else:
            block.press(how)

    flip()
    assert block.get_attribute("aria-pressed") == "true"
    assert opened.locator(".block.flipped").count() == 1
    assert opened.inner_text("#counts") == f"{kept + 1} of {count} blocks kept, 1 corrected"
    flip()
    assert block.get_attribute("aria-pressed") == "false"
    assert opened.inner_text("#counts") == f"{kept} of {count} blocks kept"


def test_only_what_is_kept_can_be_shown(opened: Any) -> None:
    unfold(opened)
    opened.check("#reader")
    assert opened.locator(".block.dropped").first.is_hidden()
    assert opened.locator(".block.kept").first.is_visible()
    opened.uncheck("#reader")
    assert opened.locator(".block.dropped").first.is_visible()


def test_saved_correction_is_gold_that_train_takes(opened: Any, tmp_path: Path) -> None:
    dropped = opened.locator(".block.dropped", has_text="Must read").first.element_handle()
    kept = opened.locator(".block.kept").last.element_handle()
    gained, lost = own_text(dropped), own_text(kept)
    dropped.query_selector(".flip").click()
    kept.query_selector(".flip").click()
    gold = save(opened, tmp_path)
    assert gold.row["body"].split("\n\n") == [
        text for text, keep in verdicts() if (keep and text != lost) or text == gained
    ]
    sample = make_sample(gold, 5, 1.0)
    assert sample
    labels = dict(zip((block.text for block in sample.evidence.page.blocks), sample.share.tolist(), strict=True))
    assert labels[gained] > 0.9
    assert labels[lost] < 0.5


def test_saved_without_a_correction_is_the_body_itself(opened: Any, tmp_path: Path) -> None:
    gold = save(opened, tmp_path)
    page = parse_page(PAGE.read_bytes())
    assert gold.row["body"] == join_blocks(strip(page).verdicts)
    assert (gold.row["page"], gold.row["url"]) == ("page.html", page.url)
    assert gold.parse().tree.xpath("string(//title)") == page.tree.xpath("string(//title)")


def test_page_text_is_shown_as_text(browser: Any, tmp_path: Path) -> None:
    escaped = NASTY.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    page = tmp_path / "x & <i>.html"
    page.write_text(f"<h1>Ferry</h1><p>{SENTENCE}<p>{escaped}<script>boom()</script>", encoding="utf-8")
    for opened in open_page(browser, write_why(page, tmp_path / "why.html")):
        assert NASTY in [own_text(element) for element in opened.query_selector_all(".block")]
        assert opened.title() == "Why: x & <i>.html"
        assert json.loads(json.dumps(save(opened, tmp_path).row))["html"] == page.read_text(encoding="utf-8")


def test_address_leads_to_the_original(opened: Any) -> None:
    link = opened.query_selector("#address a")
    assert (link.get_attribute("href"), link.get_attribute("rel")) == (parse_page(PAGE.read_bytes()).url, "noreferrer")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_use_it(browser: Any, written: Path, scheme: str) -> None:
    page = browser.new_page(color_scheme=scheme)
    page.goto(written.as_uri())
    page.eval_on_selector_all("details", "all => all.forEach(one => { one.open = true; })")
    assert find_barriers(page) == []
    page.close()


def test_phone_shows_no_sideways_scrolling(browser: Any, written: Path) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 700})
    page.goto(written.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_background(browser: Any, written: Path, scheme: str) -> None:
    page = browser.new_page(color_scheme=scheme)
    page.goto(written.as_uri())
    ink, paper = page.evaluate(
        """[
            getComputedStyle(document.querySelector('.kept .text')).color,
            getComputedStyle(document.body).backgroundColor,
        ]"""
    )
    page.close()
    assert abs(brightness(ink) - brightness(paper)) > 150


def brightness(colour: str) -> float:
    """Return the mean of `rgb(…)`'s three values."""
    red, green, blue = (float(value) for value in colour.removeprefix("rgb(").removesuffix(")").split(",")[:3])
    return (red + green + blue) / 3
