"""Folds: by site the same in every run, by folder one each."""

import pytest

from newsspider.errors import UsageError
from newsspider.workshop.training.comparison import choose_foldings
from newsspider.workshop.training.folds import by_folder, by_site
from newsspider.workshop.training.gold import GoldPage
from tests.workshop.training.small_gold import make_gold


def without_bodies(pages: list[GoldPage]) -> list[GoldPage]:
    return [GoldPage(page.folder, {**page.row, "body": ""}, None) for page in pages]


def test_pages_of_a_site_are_in_one_fold_in_whatever_folder() -> None:
    pages = [*make_gold(12, 2, "north"), *make_gold(12, 2, "south")]
    folds = {page.site: {by_site(3)(other) for other in pages if other.site == page.site} for page in pages}
    assert all(len(each) == 1 for each in folds.values())
    assert set().union(*folds.values()) == {0, 1, 2}


def test_each_folder_is_a_fold() -> None:
    pages = [*make_gold(2, 1, "north"), *make_gold(2, 1, "south"), *make_gold(1, 1, "north")]
    assert [by_folder(pages)(page) for page in pages] == [0, 0, 1, 1, 0]


def test_fresh_models_are_trained_only_when_asked_for() -> None:
    sets = [make_gold(12, 1, name) for name in ("north", "south", "west")]
    assert list(choose_foldings(sets, None, leave_out=False)) == []
    assert list(choose_foldings(sets, 5, leave_out=True)) == ["out of fold", "left out"]


@pytest.mark.parametrize(
    ("sets", "words"),
    [
        pytest.param([make_gold(12, 1, "a")], "there are 1", id="one folder"),
        pytest.param(
            [make_gold(12, 1, "a"), without_bodies(make_gold(12, 1, "b"))], "there are 1", id="a second without bodies"
        ),
    ],
)
def test_leaving_out_needs_two_folders_with_bodies(sets: list[list[GoldPage]], words: str) -> None:
    with pytest.raises(UsageError, match=f"--leave-out needs at least 2 folders with bodies .*{words}"):
        choose_foldings(sets, None, leave_out=True)


def test_sites_without_bodies_do_not_count_for_folds_by_site() -> None:
    with pytest.raises(UsageError, match=r"at least 10 sites .* of 9$"):
        choose_foldings([make_gold(9, 1), without_bodies(make_gold(30, 1, "fields"))], 5, leave_out=False)
