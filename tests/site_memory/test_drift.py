"""Drift: the text of new pages stands elsewhere than that of the pages before."""

import pytest

from newsspider.site_memory.drift import Layouts
from newsspider.site_memory.memory import learn
from newsspider.site_memory.observations import hash_path
from tests.site_memory.made import BODY, article

OLD, NEW = hash_path(BODY), hash_path("div.copy > p")


def layouts_of(known: int, *new: int, template: int = OLD) -> Layouts:
    """Return the layouts of a run that reads as many new pages as templates are given."""
    layouts = Layouts(learn(None, [article(number, template=template) for number in range(known)]))
    for number, each in enumerate(new):
        layouts.note(article(1000 + number, template=each), f"https://herald.example/{number}")
    return layouts


def test_new_pages_with_another_place_for_their_text_are_named() -> None:
    assert layouts_of(20, OLD, NEW, NEW, NEW, NEW).describe() == (
        "template changed: 4 of 5 new pages have no text in div.story > p, such as "
        "https://herald.example/1, https://herald.example/2, https://herald.example/3"
    )


@pytest.mark.parametrize(
    ("known", "new"),
    [
        pytest.param(20, [OLD] * 9, id="as before"),
        pytest.param(20, [NEW, NEW], id="two pages only"),
        pytest.param(20, [NEW] * 3 + [OLD] * 4, id="fewer than half"),
        pytest.param(6, [NEW] * 9, id="too few known articles"),
        pytest.param(20, [], id="no new page"),
    ],
)
def test_other_runs_show_no_drift(known: int, new: list[int]) -> None:
    layouts = layouts_of(known, *new)
    assert layouts.describe() is None
    assert layouts.find_drift() == []


def test_a_site_where_each_article_has_a_template_of_its_own_never_drifts() -> None:
    layouts = Layouts(learn(None, [article(number, template=number) for number in range(20)]))
    for number in range(9):
        layouts.note(article(1000 + number, template=1000 + number), f"https://herald.example/{number}")
    assert layouts.describe() is None


def test_articles_that_are_read_again_are_no_new_pages() -> None:
    layouts = layouts_of(20)
    for number in range(9):
        layouts.note(article(number, template=NEW), f"https://herald.example/{number}")
    assert (layouts.pages, layouts.describe()) == (0, None)
