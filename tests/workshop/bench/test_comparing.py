"""Extractors are compared on the same pages, each with its own time, words and failures."""

import time
from importlib.metadata import version
from pathlib import Path

import pytest

from newsspider.extraction.trafilatura_extractor import extract_with_metadata
from newsspider.workshop.bench import comparing
from newsspider.workshop.bench.comparing import Extractor, Sample, compare_extractors, installed_extractors

SENTENCES = (
    "The ferry sails again from the old harbour, said the harbour master on Monday morning, “and not a day too early”.",
    "It had been in the yard since a storm of last autumn, when a wave broke both of its engines off the north pier.",
    "Islanders had to take the mail boat for half a year, which leaves at six and has room for eleven of them at most.",
)
ARTICLE = "<html><body><article><h1>Ferry is back</h1>{}</article></body></html>".format(
    "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "ferry.html").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "empty.html").write_text("<html><body></body></html>", encoding="utf-8")
    return tmp_path


def test_newsspider_trafilatura_and_justext_are_compared_on_the_same_pages(folder: Path) -> None:
    figures = {each.name: each for each in compare_extractors(folder, 4, installed_extractors())}
    assert list(figures)[:4] == ["newsspider (always)", "newsspider (unsure)", "newsspider (never)", "trafilatura"]
    assert figures["trafilatura"].version == version("trafilatura")
    assert {each.pages for each in figures.values()} == {4}
    assert {figures[name].failures for name in ("newsspider (always)", "trafilatura", "jusText")} == {0}
    assert figures["newsspider (always)"].words > 20  # of two pages, one of which is empty
    assert figures["newsspider (always)"].without_text == 2
    assert all(0 < each.p50 <= each.p95 for each in figures.values())


def test_trafilatura_is_asked_as_its_users_ask_it() -> None:
    text = extract_with_metadata(ARTICLE.encode()) or ""
    assert "The ferry sails again from the old harbour" in text
    assert extract_with_metadata(b"<html><body></body></html>") is None


def test_each_extractor_has_its_own_time_words_and_failures(folder: Path) -> None:
    order: list[str] = []

    def work(sample: Sample) -> str:
        order.append("work")
        started = time.process_time()
        while time.process_time() - started < 0.01:
            pass
        return "ferry" if "Ferry" in sample.text else ""

    def fail(sample: Sample) -> str:
        order.append("fail")
        raise ZeroDivisionError

    worked, failed = compare_extractors(folder, 2, [Extractor("a", "1", work), Extractor("b", "2", fail)])
    assert order == ["work", "fail", "fail", "work"] * 2  # the first round warms them up
    assert (worked.failures, worked.without_text, worked.words) == (0, 1, 0.5)
    assert (failed.failures, failed.without_text, failed.words) == (2, 2, 0)
    assert worked.mean >= 10 > failed.mean


def test_extractor_that_is_not_installed_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def load() -> comparing.Extract:
        raise ImportError

    monkeypatch.setitem(comparing.OTHERS, "trafilatura", load)
    monkeypatch.setitem(comparing.OTHERS, "no-such-package", lambda: lambda sample: sample.text)
    names = [each.name for each in installed_extractors()]
    assert "newsspider (never)" in names
    assert not {"trafilatura", "no-such-package"} & set(names)
