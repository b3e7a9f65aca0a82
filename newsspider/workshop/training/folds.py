"""Folds: the model that measures a page was trained on no page of its fold."""

from collections.abc import Callable, Sequence

from newsspider.workshop.training.boosting import fold_of
from newsspider.workshop.training.gold import GoldPage

Folding = Callable[[GoldPage], int]


def by_site(folds: int) -> Folding:
    """Put a site's pages into one of so many folds, the same in every run."""
    return lambda page: fold_of(page.site, folds)


def by_folder(pages: Sequence[GoldPage]) -> Folding:
    """Make each folder a fold of its own, in the pages' order: each is measured by a model of all the others."""
    folds = {
        folder: fold for fold, folder in enumerate(dict.fromkeys(page.folder for page in pages))
    }
    return lambda page: folds[page.folder]
