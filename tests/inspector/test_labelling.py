"""From the queue of `why --html` to a model: pages are labelled by keys, saved, trained on, and used."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from newsspider.workshop.training.gold import read_gold
from tests.chromium import open_chromium
from tests.crawls import PATIENCE_SECONDS
from tests.workshop.training.small_gold import make_row

pytestmark = pytest.mark.processes

SITES, PAGES_EACH = 10, 3
LABELLED = 3
KEYS_TO_DROP_THE_FIRST_KEPT = 12  # at most, the key for the next page included


def run(*words: str | Path, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "newsspider", *map(str, words)],
        check=True, capture_output=True, text=True, timeout=PATIENCE_SECONDS, env=os.environ | environment,
    )  # fmt: skip
    return done.stdout


def press(page: Any, *keys: str) -> int:
    """Press keys and return their number."""
    for key in keys:
        page.keyboard.press(key)
    return len(keys)


def label(page: Any) -> tuple[str, int]:
    """Drop the first kept block by keys and go on; return its text and the number of keys."""
    keys = press(page, "j")
    while "kept" not in page.locator(".block.current").get_attribute("class").split():
        keys += press(page, "j")
    text = page.locator(".block.current .text").text_content()
    return text, keys + press(page, "x", "n")


def test_labelled_pages_are_gold_that_makes_a_model(tmp_path: Path) -> None:
    if not os.environ.get("NEWSSPIDER_NO_SKIPS"):
        pytest.importorskip("sklearn")
    pages = tmp_path / "pages"
    pages.mkdir()
    rows = [make_row(site, number) for site in range(SITES) for number in range(PAGES_EACH)]
    for row in rows[:LABELLED]:
        (pages / row["page"]).write_text(row["html"], encoding="utf-8")
    (tmp_path / "base.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    run("why", pages, "--html", tmp_path / "review.html")
    with open_chromium() as chromium:
        page = chromium.new_page(accept_downloads=True)
        page.goto((tmp_path / "review.html").as_uri())
        labelled = [label(page) for _ in range(LABELLED)]
        with page.expect_download() as waiting:
            page.click("#save")
        waiting.value.save_as(tmp_path / "mine.gold.jsonl")
    gold = read_gold(tmp_path / "mine.gold.jsonl")
    assert len(gold) == LABELLED
    assert all(text not in each.row["body"] for (text, _), each in zip(labelled, gold, strict=True))
    assert max(keys for _, keys in labelled) <= KEYS_TO_DROP_THE_FIRST_KEPT
    run("train", tmp_path / "base.jsonl", tmp_path / "mine.gold.jsonl", "-o", tmp_path / "model", "--folds", "3")
    record = run("extract", pages / rows[0]["page"], "--format", "jsonl", NEWSSPIDER_MODEL=str(tmp_path / "model"))
    assert json.loads(record)["title"] == rows[0]["html"].partition("<title>")[2].partition("</title>")[0]
