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
from newsspider.training.evaluation import as_it_is, without_markup, without_names
from newsspider.training.gold import digest_gold, read_gold
from tests.training.small_gold import make_gold, make_row, write_gold

ROOT = Path(__file__).parents[2]
FOLDS = 3
# The command, with forests of eight small trees: enough for a small gold set.
PROGRAM = """
import sklearn.ensemble  # once, not in every worker
from newsspider.cli.main import main
from newsspider.training import boosting
boosting.FIRST = boosting.SECOND = {"max_iter": 8, "max_leaf_nodes": 8}
main()
"""
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
        timeout=120,
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
    """Return what `newsspider evaluate --json` says of one known file and one unknown one, by the trained model."""
    unknown = write_gold(gold_files[0].with_name("west.gold.jsonl"), sites=10, pages=1, first=20)
    done = run_newsspider(
        "evaluate", gold_files[1], unknown, "--folds", str(FOLDS), "--processes", "2", "--json",
        NEWSSPIDER_MODEL=str(model[0]),
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
        (path.name, form) for path in gold_files for form in ("as it is", "no class, no id", "no markup")
    }
    assert all(each.keys() >= FIGURES for each in card["out_of_fold"])
    assert all(each["word_f1"] > 0.9 for each in card["out_of_fold"] if each["pages"] == "as it is")


def test_trained_model_is_used_by_extract(model: tuple[Path, Finished], tmp_path: Path) -> None:
    row = make_row(50, 0)
    (tmp_path / "page.html").write_text(row["html"], encoding="utf-8")
    done = run_newsspider("extract", tmp_path / "page.html", "--workers", "0", NEWSSPIDER_MODEL=str(model[0]))
    assert json.loads(done.stdout)["body"].startswith(row["body"])  # twelve pages teach little of what comes after


def test_evaluation_has_the_fresh_model_and_trafilatura_side_by_side(figures: dict[str, Any]) -> None:
    by = {(each["folder"], each["by"]) for each in figures["figures"]}
    for folder in ("south.gold.jsonl", "west.gold.jsonl"):
        assert by >= {(folder, name) for name in ("as it is", "no class, no id", "no markup", "trafilatura")}
    assert all(each.keys() >= FIGURES for each in figures["figures"])
    assert figures["confidence"]


def test_model_in_use_is_measured_only_on_what_its_card_does_not_name(figures: dict[str, Any]) -> None:
    measured = [each["folder"] for each in figures["figures"] if each["by"] == "model in use"]
    assert measured == ["west.gold.jsonl"]


@pytest.mark.parametrize(
    ("write", "words"),
    [
        pytest.param(lambda folder: folder, "no gold here", id="no gold"),
        pytest.param(lambda folder: folder / "gone", "gone: no gold here", id="missing folder"),
        pytest.param(
            lambda folder: write_gold(folder / "x.jsonl", sites=9, pages=3), "gold of at least 10 sites", id="few sites"
        ),
    ],
)
@pytest.mark.parametrize("command", ["train", "evaluate"])
def test_gold_that_is_too_little_is_one_line_and_a_code(
    write: Callable[[Path], Path],
    words: str,
    command: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    output = ["-o", str(tmp_path / "model")] if command == "train" else []
    monkeypatch.setattr(sys, "argv", ["newsspider", command, str(write(tmp_path)), *output])
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
