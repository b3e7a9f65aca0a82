"""`newsspider evaluate`: the model in use beside trafilatura on any gold, and errors that name cause and mend."""

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from newsspider.cli.main import main
from newsspider.extraction.article import extract_article
from newsspider.extraction.model.locating import MODEL_FILE, SHIPPED
from newsspider.extraction.witness_policy import WitnessPolicy
from newsspider.pages.page import Page
from newsspider.record import ArticleRecord
from newsspider.workshop.training import comparison
from newsspider.workshop.training.gold import digest_gold, read_gold
from tests.workshop.training.small_gold import make_row


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: object
    out: str
    err: str


Evaluate = Callable[..., Ended]


@pytest.fixture
def evaluate(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Evaluate:
    """Return what runs `newsspider evaluate` in this process."""
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM,)}

    def run(*arguments: str | Path, processes: int = 1) -> Ended:
        command = ["newsspider", "evaluate", *map(str, arguments), "--processes", str(processes)]
        monkeypatch.setattr(sys, "argv", command)
        with pytest.raises(SystemExit) as ended:
            main()
        for number, handler in before.items():
            signal.signal(number, handler)
        return Ended(ended.value.code, *capsys.readouterr())

    return run


def write(path: Path, rows: list[dict[str, Any]]) -> Path:
    """Write a gold file whose rows hold their pages."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def write_folder(folder: Path, rows: list[dict[str, Any]]) -> Path:
    """Write a gold folder with the rows' pages as files."""
    (folder / "pages").mkdir(parents=True)
    for row in rows:
        (folder / "pages" / row["page"]).write_text(row["html"], encoding="utf-8")
    write(folder / "gold.jsonl", [{name: row[name] for name in row if name != "html"} for row in rows])
    return folder


def rows_of(ended: Ended, **wanted: object) -> list[dict[str, Any]]:
    return [row for row in json.loads(ended.out)["figures"] if wanted.items() <= row.items()]


def test_table_has_the_model_in_use_and_trafilatura_by_folder_and_their_mean(
    evaluate: Evaluate, tmp_path: Path
) -> None:
    folders = [write_folder(tmp_path / name, [make_row(site, 0)]) for name, site in (("north", 1), ("south", 2))]
    ended = evaluate(*folders)
    lines = [line.split() for line in ended.out.splitlines()]
    assert (ended.code, lines[0][:2], lines[1][:4]) == (
        0,
        ["Bodies", "against"],
        ["folder", "by", "pages", "shingle_f1"],
    )
    assert [line[0] for line in lines[2:]] == ["north", "trafilatura", "south", "trafilatura", "all", "trafilatura"]
    assert "stripping pages (2) …" in ended.err


def test_policy_is_that_of_the_model_in_use(
    evaluate: Evaluate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def note(page: Page, witness: WitnessPolicy) -> ArticleRecord:
        asked.append(witness)
        return extract_article(page, witness)

    monkeypatch.setattr(comparison, "extract_article", note)
    gold = write(tmp_path / "x.jsonl", [make_row(1, 0)])
    for arguments in ([], ["--witness", "unsure"], ["--witness", "never"]):
        assert evaluate(gold, *arguments).code == 0
    assert asked == ["always", "unsure", "never"]


def test_mean_counts_each_folder_once_where_it_has_the_figure(evaluate: Evaluate, tmp_path: Path) -> None:
    right = [{**make_row(1, number), "must_have": []} for number in range(3)]
    wrong = [{**make_row(2, 0), "body": "Nothing of it is on the page.", "must_have": ["Nothing"]}]
    fields = [{**make_row(3, 0), "body": ""}]
    places = [write(tmp_path / f"{name}.jsonl", rows) for name, rows in (("a", right), ("b", wrong), ("c", fields))]
    ended = evaluate(*places, "--json")
    folders = [rows_of(ended, folder=place.name, by="model in use")[0] for place in places]
    (mean,) = rows_of(ended, folder="all folders (mean)", by="model in use")
    assert mean["word_f1"] == pytest.approx((folders[0]["word_f1"] + folders[1]["word_f1"]) / 2)
    assert mean["must_have"] == pytest.approx((0 + 1) / 2)
    assert [each["pages"] for each in (*folders, mean)] == [3, 1, 1, 5]


def test_gold_without_bodies_has_figures_of_snippets_only(evaluate: Evaluate, tmp_path: Path) -> None:
    gold = write(tmp_path / "fields.jsonl", [{**make_row(site, 0), "body": ""} for site in range(3)])
    (row,) = rows_of(evaluate(gold, "--json"), by="model in use")
    assert (row["must_have"], row["word_f1"], row["accuracy"], row["below_half"]) == (1.0, None, None, None)
    assert "—" in evaluate(gold).out


def test_gold_with_nothing_to_measure_is_said(evaluate: Evaluate, tmp_path: Path) -> None:
    row = {**make_row(1, 0), "body": "", "must_have": [], "must_not_have": []}
    ended = evaluate(write(tmp_path / "x.jsonl", [row]), "--worst", "3")
    assert "x.jsonl: its gold has neither bodies nor snippets" in ended.out
    assert "worst" not in ended.out


def test_languages_of_five_pages_have_rows(evaluate: Evaluate, tmp_path: Path) -> None:
    languages = ["pl"] * 4 + ["en"] * 5 + [None] * 2  # where the gold has none the record's counts: English
    rows = [{**make_row(site, 0), "language": language} for site, language in enumerate(languages)]
    ended = evaluate(write(tmp_path / "x.jsonl", rows), "--json")
    assert [(row["language"], row["by"], row["pages"]) for row in rows_of(ended)] == [
        (None, "model in use", 11),
        (None, "trafilatura", 11),
        ("en", "model in use", 7),
        ("en", "trafilatura", 7),
    ]
    assert {page["language"] for page in json.loads(ended.out)["pages"]} == {"pl", "en"}


def test_folder_of_one_language_has_no_row_for_it(evaluate: Evaluate, tmp_path: Path) -> None:
    rows = [{**make_row(site, 0), "language": "en"} for site in range(6)]
    assert {row["language"] for row in rows_of(evaluate(write(tmp_path / "x.jsonl", rows), "--json"))} == {None}


def test_folder_that_the_model_was_trained_on_is_marked_with_a_hint(
    evaluate: Evaluate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known, unknown = (write(tmp_path / name, [make_row(site, 0)]) for name, site in (("known", 1), ("unknown", 2)))
    (tmp_path / "model").mkdir()
    shutil.copy(str(SHIPPED.joinpath(MODEL_FILE)), tmp_path / "model")
    card = {"trained_on": [{"folder": "another name", "digest": digest_gold(read_gold(known))}]}
    (tmp_path / "model" / "card.json").write_text(json.dumps(card), encoding="utf-8")
    monkeypatch.setenv("NEWSSPIDER_MODEL", str(tmp_path / "model"))
    ended = evaluate(known, unknown)
    (marked,) = [line for line in ended.out.splitlines() if "(trained on these pages)" in line]
    assert marked.split()[0] == "known"
    assert (
        "trained on known: its figures there are too good. For honest ones: --out-of-fold or --leave-out." in ended.out
    )


def test_worst_pages_are_listed_with_both_figures_and_the_command(evaluate: Evaluate, tmp_path: Path) -> None:
    rows = [make_row(site, 0) for site in range(4)]
    rows[2] = {**rows[2], "body": "Nothing of it is on the page."}
    folder = write_folder(tmp_path / "my gold", rows)
    listed = evaluate(folder, "--worst", "2").out.split("worst pages")[1].splitlines()[1:]
    assert len(listed) == 2
    assert listed[0].endswith(f"newsspider why '{folder}/pages/{rows[2]['page']}'")
    assert "word F1 0." in listed[0]
    assert "trafilatura 0." in listed[0]
    assert "worst pages" not in evaluate(folder).out


def test_worst_pages_without_bodies_are_by_snippets(evaluate: Evaluate, tmp_path: Path) -> None:
    rows = [{**make_row(site, 0), "body": "", "must_not_have": []} for site in range(3)]
    rows[1]["must_have"] = ["gone"]
    listed = evaluate(write(tmp_path / "x.jsonl", rows), "--worst", "1").out.splitlines()[-1]
    assert "snippets right 0.000, trafilatura 0.000" in listed
    assert rows[1]["page"] in listed


def without_bodies(kind: str) -> Callable[[Page, WitnessPolicy], ArticleRecord]:
    """Return an extraction that fails on the page of site 1: empty, in quarantine, or dead."""

    def extract(page: Page, witness: WitnessPolicy) -> ArticleRecord:
        record = extract_article(page, witness)
        if page.source != "site01-0.html":
            return record
        if kind == "dead":
            os.kill(os.getpid(), signal.SIGKILL)
        changes: dict[str, Any] = {"empty": {"body": None}, "section": {"kind": "section", "reason": "links"}}
        return replace(record, **changes[kind])

    return extract


@pytest.mark.parametrize(("kind", "why"), [("empty", "empty"), ("section", "section: links")])
def test_pages_that_only_trafilatura_fills_are_counted_and_named(
    kind: str, why: str, evaluate: Evaluate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparison, "extract_article", without_bodies(kind))
    gold = write(tmp_path / "x.jsonl", [make_row(site, 0) for site in range(3)])
    ended = evaluate(gold, "--worst", "1")
    assert "x.jsonl: empty or in quarantine, though trafilatura finds a body: 1\n" in ended.out
    assert f"  {why}  site01-0.html" in ended.out
    pages = json.loads(evaluate(gold, "--json").out)["pages"]
    assert [page["page"] for page in pages if page["missed"]] == ["site01-0.html"]


def test_page_that_can_not_be_read_counts_as_empty_and_is_named(evaluate: Evaluate, tmp_path: Path) -> None:
    gold = write(tmp_path / "x.jsonl", [make_row(1, 0), {**make_row(2, 0), "html": "%PDF-1.4"}])
    ended = evaluate(gold, "--json")
    assert ended.code == 1
    assert "x.jsonl: site02-0.html: " in ended.err
    assert "1 of 2 pages could not be read and count as empty" in ended.err
    failed = json.loads(ended.out)["pages"][1]
    assert failed["failure"]
    assert failed["by"]["model in use"] == failed["by"]["trafilatura"]
    assert (failed["by"]["model in use"]["word_f1"], failed["by"]["model in use"]["empty"]) == (0.0, True)


def test_dead_worker_costs_its_page_only(evaluate: Evaluate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparison, "extract_article", without_bodies("dead"))
    ended = evaluate(write(tmp_path / "x.jsonl", [make_row(site, 0) for site in range(6)]), "--json", processes=2)
    assert (ended.code, "site01-0.html: its worker process died" in ended.err) == (1, True)
    assert [page["failure"] is None for page in json.loads(ended.out)["pages"]] == [True, False, True, True, True, True]


@pytest.mark.parametrize("option", ["--out-of-fold", "--leave-out"])
def test_only_training_needs_the_extra(
    option: str, evaluate: Evaluate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    gold = write(tmp_path / "x.jsonl", [make_row(1, 0)])
    ended = evaluate(gold, option)
    needed = "a fresh model (--out-of-fold, --leave-out) needs scikit-learn: pip install 'newsspider[train]'"
    assert (ended.code, ended.err) == (2, f"newsspider: {needed}\n")
    assert evaluate(gold).code == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["gone"], "gone: no gold found"),
        (["damaged.jsonl"], "damaged.jsonl: line 2: not JSON"),
        (["empty.jsonl"], "empty.jsonl: contains no rows"),
        (["good.jsonl", "good.jsonl"], "good.jsonl: several folders have this name"),
        (["good.jsonl", "--folds", "4"], "--folds is for --out-of-fold: give both"),
        (["good.jsonl", "--leave-out"], "--leave-out needs at least 2 folders"),
        (["good.jsonl", "--witness", "sometimes"], "--witness sometimes: expected always, unsure or never"),
        (["good.jsonl", "--out-of-fold"], "gold of at least 10 sites is needed"),
    ],
)
def test_wrong_arguments_are_one_line_and_a_code(
    arguments: list[str], words: str, evaluate: Evaluate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "good.jsonl", [make_row(1, 0)])
    (tmp_path / "damaged.jsonl").write_text(json.dumps(make_row(1, 0)) + '\n{"page":')
    (tmp_path / "empty.jsonl").write_text("")
    ended = evaluate(*arguments)
    (line,) = ended.err.splitlines()
    assert (ended.code, ended.out) == (2, "")
    assert line.startswith(f"newsspider: {words}")
