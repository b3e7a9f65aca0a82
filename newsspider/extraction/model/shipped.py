"""The model file: three models with their calibrations, and the card beside it."""

import json
import zlib
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from newsspider.errors import UsageError
from newsspider.extraction.confidence import Calibration
from newsspider.extraction.evidence.gather import evidence_names
from newsspider.extraction.model.locating import CARD_FILE, MODEL_FILE, locate, own_folder
from newsspider.extraction.model.reading import Model, read_model, to_arrays

# Errors of numpy for a file that is missing, empty, cut short, damaged or of another type.
NO_MODEL = (OSError, EOFError, BadZipFile, zlib.error, KeyError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class Reader:
    """A model and the calibration of its confidence."""

    model: Model
    calibration: Calibration


@dataclass(frozen=True, slots=True)
class Readers:
    """The models for pages with trafilatura's verdict, without it, and for text without markup."""

    page: Reader
    alone: Reader
    text: Reader

    def items(self) -> tuple[tuple[str, Reader], ...]:
        """Return the readers with their names in the model file."""
        return tuple((field.name, getattr(self, field.name)) for field in fields(self))


def read_card() -> dict[str, Any]:
    """Return the card of the model in use, empty where it has none."""
    path = locate(CARD_FILE, own_folder())
    if path.is_file():
        return dict(json.loads(path.read_text(encoding="utf-8")))

    return {}


def load_readers() -> Readers:
    """Return the models of the folder that NEWSSPIDER_MODEL names, else the shipped ones.

    Raises:
        UsageError: the folder holds no model file that can be read.
    """
    return _load(own_folder())


@cache
def _load(folder: str | None) -> Readers:
    path = locate(MODEL_FILE, folder)
    try:
        with path.open("rb") as file, np.load(file) as stored:
            readers = Readers(
                **{field.name: _read_reader(stored, field.name) for field in fields(Readers)}
            )
    except NO_MODEL as error:
        raise UsageError(f"{path}: not a model that `newsspider train` wrote ({error})") from error

    unknown = sorted(
        {name for _, reader in readers.items() for name in reader.model.names}
        - set(evidence_names())
    )
    if unknown:
        raise UsageError(
            f"{path}: trained by another version (no feature {unknown[0]!r}): train it again with "
            f"`newsspider train`"
        )

    return readers


def save_readers(readers: Readers, folder: Path) -> Path:
    """Write the model file and return its path; the same models make the same bytes."""
    arrays: dict[str, NDArray[np.generic]] = {}
    for kind, reader in readers.items():
        arrays |= {f"{kind}_{name}": array for name, array in to_arrays(reader.model).items()}
        arrays[f"{kind}_calibration"] = np.append(
            reader.calibration.weights, reader.calibration.bias
        )

    path = folder / MODEL_FILE
    # numpy's stub confuses the arrays with allow_pickle
    np.savez_compressed(path, **arrays)  # type: ignore[arg-type]
    return path


def _read_reader(stored: np.lib.npyio.NpzFile, kind: str) -> Reader:
    arrays = {
        name.removeprefix(f"{kind}_"): stored[name]
        for name in stored.files
        if name.startswith(f"{kind}_")
    }
    calibration = arrays.pop("calibration")
    return Reader(read_model(arrays), Calibration(calibration[:-1], float(calibration[-1])))
