"""Find the file of the model in use; apart from `shipped.py`, since this needs no numpy."""

import os
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

# A deployed egg is a zip file: no path leads into it.
SHIPPED: Traversable = files("newsspider.extraction.model")
MODEL_FILE, CARD_FILE = "model.npz", "card.json"
# FastText's; its licence and source are in the file beside it.
LANGUAGE_MODEL = SHIPPED.joinpath("lid.176.ftz")
ENVIRONMENT_VARIABLE = "NEWSSPIDER_MODEL"  # a folder that `newsspider train` wrote


def own_folder() -> str | None:
    """Return the folder of the user's own model, or None where the shipped one is used."""
    return os.environ.get(ENVIRONMENT_VARIABLE) or None


def locate(name: str, folder: str | None) -> Traversable:
    """Return a file of the model in this folder, None being the shipped one; it may be missing."""
    return (Path(folder) if folder else SHIPPED).joinpath(name)
