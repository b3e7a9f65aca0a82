"""Bodies are measured with what the other pages of their site teach."""

import json
from pathlib import Path

from newsspider.workshop.training.gold import GoldPage, read_gold
from newsspider.workshop.training.remembering import WITH, WITHOUT, measure_with_memory, memory_rows
from tests.extraction.site_evidence.herald import news_page, prose


def gold_of(folder: Path, pages: int, site: str = "herald.example") -> list[GoldPage]:
    """Write gold of news articles and read it."""
    rows = [
        {
            "page": f"{number}.html",
            "site": site,
            "body": "\n".join(prose(number)),
            "html": news_page(number),
        }
        for number in range(pages)
    ]
    path = folder / f"{site}.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return read_gold(path)


def test_pages_of_a_site_with_six_are_better_with_memory(tmp_path: Path) -> None:
    begun = []

    def begin(step: str, jobs: int) -> object:
        begun.append((step, jobs))
        return lambda: None

    pages = [*gold_of(tmp_path, 6), *gold_of(tmp_path, 5, "tribune.example")]
    remembered = measure_with_memory(pages, "never", 1, begin)  # type: ignore[arg-type]
    assert [each.gold.site for each in remembered] == ["herald.example"] * 6
    assert min(each.gain for each in remembered) > 0
    assert [row.name for row in memory_rows(remembered)] == [WITHOUT, WITH]
    assert [jobs for _, jobs in begun] == [6, 6]
