"""The page that `newsspider why --html` writes, in a real browser."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from newsspider.extraction.explain import ExplainedBlock, explain_page
from newsspider.extraction.stripping import join_blocks
from newsspider.page import parse_page
from newsspider.training.gold import GoldPage, make_sample, read_gold
from tests.chromium import need_chromium
from tests.crawls import PATIENCE_SECONDS
from tests.stripping import strip

pytestmark = pytest.mark.processes

PAGES = Path(__file__).parents[2] / "fixtures" / "pages"
PAGE = PAGES / "tagdiv-teasers-in-body" / "page.html"
QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
SENTENCE = "The ferry sails again from the old harbour, said the harbour master on Monday."
NASTY = "A line with </script><script>document.title = 'boom'</script> & <b>marks</b> in it, said the clerk on Monday."


def write_why(page: Path, output: Path) -> Path:
    """Write the page for the browser, as a person does."""
    command: list[str | Path] = [Path(sys.executable).with_name("newsspider"), "why", page, "--html", output]
    subprocess.run(command, check=True, timeout=PATIENCE_SECONDS)
    return output


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Return headless Chromium; a person without it skips these tests, CI does not."""
    path = need_chromium()
    from playwright.sync_api import sync_playwright  # here: without it the other tests of the project still run

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_why(PAGE, tmp_path_factory.mktemp("why") / "why.html")


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
    """Return a block's text without the box that says why."""
    text: str = element.evaluate("element => element.firstChild.textContent")
    return text


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


def test_dropped_blocks_are_struck_and_kept_ones_are_not(opened: Any) -> None:
    style = "element => getComputedStyle(element).textDecorationLine"
    assert opened.eval_on_selector(".block.dropped", style) == "line-through"
    assert opened.eval_on_selector(".block.kept", style) == "none"


def test_reasons_have_tints_of_their_own(browser: Any, written: Path, tmp_path: Path) -> None:
    html = written.read_text(encoding="utf-8")
    path = tmp_path / "why.html"
    path.write_text(html.replace('"reads like boilerplate"', '"a caption"', 2), encoding="utf-8")
    tints: dict[str, set[str]] = {}
    for opened in open_page(browser, path):
        for why, tint in opened.eval_on_selector_all(
            ".block.dropped",
            "all => all.map(one => [one.querySelector('.why').textContent, getComputedStyle(one).backgroundColor])",
        ):
            tints.setdefault(why.split(": ")[1].split(" (")[0], set()).add(tint)
    assert tints.keys() >= {"reads like boilerplate", "a caption"}
    assert all(len(each) == 1 for each in tints.values())
    assert len(set.union(*tints.values())) == len(tints)


def test_legend_names_the_reasons_and_leads_to_their_blocks(opened: Any) -> None:
    dropped = [block for block in explained() if not block.kept]
    counts = Counter(block.reason for block in dropped)
    buttons = opened.locator("#legend button")
    assert buttons.all_inner_texts() == [f"{reason} ({count})" for reason, count in counts.items()]
    last = next(block for block in dropped if block.reason == list(counts)[-1])
    block = opened.locator(".block.dropped", has_text=last.text).first
    buttons.last.click()
    assert 0 < block.bounding_box()["y"] < 900


@pytest.mark.parametrize(
    ("state", "text"), [("kept", "The decision came after six weeks"), ("dropped", "Must read: Valley road")]
)
def test_hover_shows_the_evidence(opened: Any, state: str, text: str) -> None:
    block = opened.locator(f".block.{state}", has_text=text)
    assert not block.locator(".why").is_visible()
    block.hover()
    assert block.locator(".why").is_visible()
    said = block.locator(".why").inner_text()
    assert said.startswith(f"{state}: ")
    assert "% body" in said
    assert "trafilatura keeps" in said or "trafilatura drops it" in said
    assert "for: " in said or "against: " in said


@pytest.mark.parametrize("how", ["click", "Enter", "Space"])
def test_block_is_flipped_and_flipped_back(opened: Any, how: str) -> None:
    block = opened.locator(".block.dropped").first.element_handle()
    kept, count = sum(keep for _, keep in verdicts()), len(verdicts())

    def flip() -> None:
        if how == "click":
            block.click(position={"x": 5, "y": 5})
        else:
            block.press(how)

    flip()
    assert {"kept", "flipped"} <= set(block.get_attribute("class").split())
    assert block.get_attribute("aria-pressed") == "true"
    assert opened.inner_text("#counts") == f"{kept + 1} of {count} blocks kept, 1 corrected"
    flip()
    assert "dropped" in block.get_attribute("class").split()
    assert opened.inner_text("#counts") == f"{kept} of {count} blocks kept"


def test_mouse_goes_down_from_block_to_block(opened: Any) -> None:
    first, second = (opened.locator(".block.kept").nth(number) for number in (1, 2))
    first.hover()
    box = second.bounding_box()
    opened.mouse.move(box["x"] + 100, box["y"] + 10)
    assert second.locator(".why").is_visible()


def test_next_block_can_be_clicked_after_one_was(opened: Any) -> None:
    for number in (1, 2):
        box = opened.locator(".block").nth(number).bounding_box()
        opened.mouse.click(box["x"] + 100, box["y"] + 10)
    assert opened.inner_text("#counts").endswith("2 corrected")


def test_only_what_is_kept_can_be_shown(opened: Any) -> None:
    opened.check("#reader")
    assert opened.locator(".block.dropped").first.is_hidden()
    assert opened.locator(".block.kept").first.is_visible()
    opened.uncheck("#reader")
    assert opened.locator(".block.dropped").first.is_visible()


def test_saved_correction_is_gold_that_train_takes(opened: Any, tmp_path: Path) -> None:
    dropped = opened.locator(".block.dropped", has_text="Must read").first.element_handle()
    kept = opened.locator(".block.kept").last.element_handle()
    gained, lost = own_text(dropped), own_text(kept)
    dropped.click(position={"x": 5, "y": 5})
    kept.click(position={"x": 5, "y": 5})
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
        "[getComputedStyle(document.querySelector('.kept')).color, getComputedStyle(document.body).backgroundColor]"
    )
    page.close()
    assert abs(brightness(ink) - brightness(paper)) > 150


def brightness(colour: str) -> float:
    """Return the mean of `rgb(…)`'s three values."""
    red, green, blue = (float(value) for value in colour.removeprefix("rgb(").removesuffix(")").split(",")[:3])
    return (red + green + blue) / 3
