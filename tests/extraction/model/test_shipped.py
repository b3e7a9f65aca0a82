"""The model file and its card: what is shipped, and what a user's own training puts in its place."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from newsspider.errors import UsageError
from newsspider.extraction.confidence import SIGN_NAMES
from newsspider.extraction.evidence.witness import PREFIX
from newsspider.extraction.model.locating import CARD_FILE, ENVIRONMENT_VARIABLE, MODEL_FILE, SHIPPED
from newsspider.extraction.model.reading import to_arrays
from newsspider.extraction.model.shipped import Readers, load_readers, read_card, save_readers
from newsspider.pages.page import parse_page

MAX_BYTES = 1_000_000
FIGURES = {"shingle_f1", "precision", "recall", "accuracy", "word_f1", "below_half"}
PAGE = parse_page(b"<article><p>The ferry sails again, said the harbour master on Monday.</p></article>")


@pytest.fixture(autouse=True)
def _shipped_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read the model in the package, whatever the person uses."""
    monkeypatch.delenv(ENVIRONMENT_VARIABLE, raising=False)


def same_readers(one: Readers, other: Readers) -> bool:
    """Whether two sets of readers have the same forests, features and calibrations."""
    for (_, before), (_, after) in zip(one.items(), other.items(), strict=True):
        if not np.array_equal(before.calibration.weights, after.calibration.weights):
            return False
        if before.calibration.bias != after.calibration.bias:
            return False
        arrays, others = to_arrays(before.model), to_arrays(after.model)
        if not all(np.array_equal(arrays[name], others[name]) for name in arrays | others):
            return False
    return True


def test_shipped_file_is_under_a_megabyte() -> None:
    assert len((SHIPPED / MODEL_FILE).read_bytes()) < MAX_BYTES


def test_one_model_is_shipped() -> None:
    assert sorted(path.name for path in SHIPPED.iterdir() if path.name.endswith((".npz", ".json"))) == [
        CARD_FILE,
        MODEL_FILE,
    ]


def test_saved_readers_are_the_loaded_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    readers = load_readers()
    assert save_readers(readers, tmp_path) == tmp_path / MODEL_FILE
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(tmp_path))
    assert same_readers(load_readers(), readers)


def test_same_readers_give_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    paths = [save_readers(load_readers(), tmp_path / name) for name in ("a", "b")]
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_calibration_weighs_every_sign() -> None:
    readers = load_readers()
    assert {name: len(reader.calibration.weights) for name, reader in readers.items()} == {
        name: len(SIGN_NAMES) for name in ("page", "alone", "text")
    }


def test_only_the_model_of_pages_knows_what_trafilatura_keeps() -> None:
    witnessed = {
        name: any(column.startswith(PREFIX) for column in reader.model.names) for name, reader in load_readers().items()
    }
    assert witnessed == {"page": True, "alone": False, "text": False}


def test_card_says_what_it_was_trained_on_and_how_good_it_is() -> None:
    card = read_card()
    assert date.fromisoformat(card["made"])
    assert all({"folder", "pages", "sites", "digest"} <= each.keys() for each in card["trained_on"])
    assert {each["folder"] for each in card["out_of_fold"]} == {each["folder"] for each in card["trained_on"]}
    assert all(each.keys() >= FIGURES for each in card["out_of_fold"])
    assert {each["pages"] for each in card["out_of_fold"]} == {
        "as it is",
        "trafilatura never asked",
        "trafilatura asked if unsure",
        "no class, no id",
        "no markup",
    }
    assert card["folds_by_site"] >= 3


def test_card_lists_the_models_features() -> None:
    card, readers = read_card(), load_readers()
    assert card["features"] == {name: list(reader.model.names) for name, reader in readers.items()}
    assert card["features"].keys() == {"page", "alone", "text"}


def test_card_names_author_and_licence_of_data_that_ask_for_it() -> None:
    card = read_card()
    for each in card["trained_on"]:
        if "wcxb" in each["folder"]:
            assert "CC BY 4.0" in json.dumps(card)
            assert "Murrough Foley" in json.dumps(card)


def test_environment_names_another_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save_readers(load_readers(), tmp_path)
    (tmp_path / CARD_FILE).write_text('{"made": "1999-01-01"}', encoding="utf-8")
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(tmp_path))
    assert read_card() == {"made": "1999-01-01"}


def test_model_without_a_card_has_an_empty_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(tmp_path))
    assert read_card() == {}


def test_empty_variable_means_the_shipped_model(monkeypatch: pytest.MonkeyPatch) -> None:
    readers = load_readers()
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, "")
    assert load_readers() is readers


def test_model_is_read_once() -> None:
    assert load_readers() is load_readers()


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(None, id="no file"),
        pytest.param(b"", id="empty"),
        pytest.param(b"no archive", id="other bytes"),
        pytest.param(b"PK\x03\x04 half an archive", id="half an archive"),
        pytest.param("cut", id="cut short"),
        pytest.param("flipped", id="damaged"),
        pytest.param("other", id="arrays of something else"),
        pytest.param("array", id="a bare array"),
    ],
)
def test_broken_file_is_a_usage_error_that_names_it(
    content: bytes | str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / MODEL_FILE
    whole = (SHIPPED / MODEL_FILE).read_bytes()
    match content:
        case bytes():
            path.write_bytes(content)
        case "cut":
            path.write_bytes(whole[: len(whole) // 2])
        case "flipped":
            path.write_bytes(whole[:5_000] + bytes(100) + whole[5_100:])
        case "other":
            np.savez(path, weights=np.ones(3))
        case "array":
            np.save(tmp_path / "x.npy", np.ones(3))
            (tmp_path / "x.npy").rename(path)
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(tmp_path))
    with pytest.raises(UsageError, match=MODEL_FILE):
        load_readers()


def test_model_of_another_version_is_refused_on_loading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    readers = load_readers()
    other = replace(readers.page.model, names=("smell", *readers.page.model.names[1:]))
    save_readers(replace(readers, page=replace(readers.page, model=other)), tmp_path)
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(tmp_path))
    with pytest.raises(UsageError, match=r"trained by another version \(no feature 'smell'\)"):
        load_readers()
