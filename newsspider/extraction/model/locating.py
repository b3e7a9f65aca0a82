"""Find the file of the model in use; apart from `shipped.py`, since this needs no numpy."""

import os
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

SHIPPED: Traversable = files(
    "newsspider.extraction.model"
)  # a deployed egg is a zip file: no path leads into it
MODEL_FILE, CARD_FILE = "model.npz", "card.json"
LANGUAGE_MODEL = SHIPPED.joinpath(
    "lid.176.ftz"
)  # fastText's; its licence and source are in the file beside it
ENVIRONMENT_VARIABLE = "NEWSSPIDER_MODEL"  # a folder that `newsspider train` wrote


def own_folder() -> str | None:
    """Return the folder of the user's own model, or None where the shipped one is used."""
    return os.environ.get(ENVIRONMENT_VARIABLE) or None


def locate(name: str, folder: str | None) -> Traversable:
    """Return a file of the model in this folder, None being the shipped one; it may be missing."""
    return (Path(folder) if folder else SHIPPED).joinpath(name)
