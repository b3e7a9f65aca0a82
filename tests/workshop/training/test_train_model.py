"""`newsspider train` and `newsspider evaluate`, from gold files to a model that `extract` uses."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from newsspider.cli.main import main
from newsspider.workshop.training.evaluation import as_it_is, without_markup, without_names
from newsspider.workshop.training.gold import digest_gold, read_gold
from tests.crawls import PATIENCE_SECONDS
from tests.workshop.training.small_gold import make_gold, make_row, write_gold

pytestmark = pytest.mark.processes

ROOT = Path(__file__).parents[3]
FOLDS = 3
# The command, with forests of eight small trees: enough for a small gold set.
PROGRAM = """
import sklearn.ensemble  # once, not in every worker
from newsspider.cli.main import main
from newsspider.workshop.training import boosting
boosting.BOOSTING |= {"max_iter": 8, "max_leaf_nodes": 8}
main()
"""
FORMS = (
    "as it is", "trafilatura never asked", "no class, no id", "no markup", "trafilatura asked if unsure",
)  # fmt: skip
FIGURES = {
    "shingle_f1", "precision", "recall", "accuracy", "word_f1", "below_half", "must_have", "must_not_have",
}  # fmt: skip

Finished = subprocess.CompletedProcess[str]


def run_newsspider(*arguments: str | Path, **environment: str) -> Finished:
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments],
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "160", "OMP_NUM_THREADS": "1", **environment},
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )


@pytest.fixture(scope="module")
def gold_files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Return two gold files of twelve sites in all."""
    folder = tmp_path_factory.mktemp("gold")
    return [
        write_gold(folder / "north.gold.jsonl", sites=8, pages=1),
        write_gold(folder / "south.gold.jsonl", sites=4, pages=1, first=8),
    ]


@pytest.fixture(scope="module")
def model(gold_files: list[Path], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Finished]:
    """Return the folder that `newsspider train` wrote, and how it ended."""
    folder = tmp_path_factory.mktemp("trained") / "new" / "model"
    return folder, run_newsspider("train", *gold_files, "-o", folder, "--folds", str(FOLDS), "--processes", "2")


@pytest.fixture(scope="module")
def figures(model: tuple[Path, Finished], gold_files: list[Path]) -> dict[str, Any]:
    """Return what `newsspider evaluate` says of two files that the model knows and of a third, with fresh models."""
    unknown = write_gold(gold_files[0].with_name("west.gold.jsonl"), sites=10, pages=1, first=20)
    shared = write_gold(gold_files[0].with_name("east.gold.jsonl"), sites=4, pages=3, first=18)
    done = run_newsspider(
        "evaluate", gold_files[1], unknown, shared, "--out-of-fold", "--leave-out", "--folds", str(FOLDS),
        "--processes", "2", "--json", NEWSSPIDER_MODEL=str(model[0]),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_training_writes_a_model_and_its_card_and_says_so(model: tuple[Path, Finished]) -> None:
    folder, done = model
    assert (done.returncode, sorted(path.name for path in folder.iterdir())) == (0, ["card.json", "model.npz"])
    assert str(folder / "model.npz") in done.stderr
    assert "KiB" in done.stderr
    assert "Bodies against gold" in done.stdout
    assert "Confidence, out of fold" in done.stdout


def test_card_says_what_it_was_trained_on(model: tuple[Path, Finished], gold_files: list[Path]) -> None:
    card = json.loads((model[0] / "card.json").read_text(encoding="utf-8"))
    assert date.fromisoformat(card["made"])
    assert card["folds_by_site"] == FOLDS
    assert card["trained_on"] == [
        {"folder": path.name, "pages": pages, "sites": sites, "digest": digest_gold(read_gold(path))}
        for path, pages, sites in zip(gold_files, (8, 4), (8, 4), strict=True)
    ]


def test_card_has_the_figures_of_every_folder_and_form(model: tuple[Path, Finished], gold_files: list[Path]) -> None:
    card = json.loads((model[0] / "card.json").read_text(encoding="utf-8"))
    assert {(each["folder"], each["pages"]) for each in card["out_of_fold"]} == {
        (path.name, form) for path in gold_files for form in FORMS
    }
    assert all(each.keys() >= FIGURES for each in card["out_of_fold"])
    assert all(each["word_f1"] > 0.9 for each in card["out_of_fold"] if each["pages"] == "as it is")


def test_trained_model_is_used_by_extract(model: tuple[Path, Finished], tmp_path: Path) -> None:
    row = make_row(50, 0)
    (tmp_path / "page.html").write_text(row["html"], encoding="utf-8")
    done = run_newsspider("extract", tmp_path / "page.html", "--workers", "0", NEWSSPIDER_MODEL=str(model[0]))
    assert json.loads(done.stdout)["body"].startswith(row["body"])  # twelve pages teach little of what comes after


def test_evaluation_has_fresh_models_the_one_in_use_and_trafilatura_side_by_side(figures: dict[str, Any]) -> None:
    forms = ["", *(f", {form}" for form in FORMS[1:])]
    names = [f"{fresh}{form}" for fresh in ("out of fold", "left out") for form in forms]
    for folder in ("south.gold.jsonl", "west.gold.jsonl", "east.gold.jsonl", "all folders (mean)"):
        by = [each["by"] for each in figures["figures"] if each["folder"] == folder and not each["language"]]
        assert by == [*names, "model in use", "trafilatura"]
    assert all(each.keys() >= FIGURES for each in figures["figures"])
    assert all(each["word_f1"] > 0.8 for each in figures["figures"] if each["by"] in ("out of fold", "left out"))
    assert figures["confidence"].keys() == {"out of fold", "left out"}


def test_folder_that_the_model_in_use_was_trained_on_is_marked(figures: dict[str, Any]) -> None:
    marked = [(each["folder"], each["by"]) for each in figures["figures"] if each["trained_on_these_pages"]]
    assert marked == [("south.gold.jsonl", "model in use")]


def test_sites_that_are_not_left_out_are_counted(figures: dict[str, Any]) -> None:
    assert figures["sites_in_other_folders"] == {"south.gold.jsonl": 0, "west.gold.jsonl": 2, "east.gold.jsonl": 2}


@pytest.mark.parametrize(
    ("write", "words"),
    [
        pytest.param(lambda folder: folder, "no gold found", id="no gold"),
        pytest.param(lambda folder: folder / "gone", "gone: no gold found", id="missing folder"),
        pytest.param(
            lambda folder: write_gold(folder / "x.jsonl", sites=9, pages=3), "gold of at least 10 sites", id="few sites"
        ),
    ],
)
@pytest.mark.parametrize("command", ["train", "evaluate --out-of-fold"])
def test_gold_that_is_too_little_is_one_line_and_a_code(
    write: Callable[[Path], Path],
    words: str,
    command: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    output = ["-o", str(tmp_path / "model")] if command == "train" else []
    monkeypatch.setattr(sys, "argv", ["newsspider", *command.split(), str(write(tmp_path)), *output])
    with pytest.raises(SystemExit) as ended:
        main()
    (line,) = capsys.readouterr().err.splitlines()
    assert ended.value.code == 2
    assert line.startswith("newsspider: ")
    assert words in line


def test_forms_of_a_page_that_are_measured() -> None:
    (gold,) = make_gold(1, 1)
    assert as_it_is(gold.parse()).tree.xpath("//aside/@class") == ["related"]
    assert without_names(gold.parse()).tree.xpath("//@class") == []
    flat = without_markup(gold.parse())
    assert flat.flat
    assert all(paragraph in flat.html for paragraph in gold.row["body"].split("\n\n"))
