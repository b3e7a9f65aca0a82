"""The settings of revisiting."""

from datetime import timedelta

import pytest

from newsspider.crawl.visits.revisit_plan import read_plan
from newsspider.errors import UsageError
from tests.crawl.components import make_crawler


def test_ages_are_read_in_order_whatever_the_order_they_are_named_in() -> None:
    plan = read_plan(make_crawler(REVISIT_AGES="1d,6h,1h", TRIES="3", LONGEST_WAIT="2d").settings)
    assert plan.ages == (timedelta(hours=1), timedelta(hours=6), timedelta(days=1))
    assert (plan.tries, plan.longest) == (3, timedelta(days=2))


@pytest.mark.parametrize(
    "wrong", [{"REVISIT_AGES": "soon"}, {"LIST_PATIENCE": "long"}, {"FIRST_RETRY": ""}, {"TRIES": "many"}], ids=str
)
def test_wrong_setting_is_refused_in_one_line_that_names_it(wrong: dict[str, str]) -> None:
    (name,) = wrong
    with pytest.raises(UsageError, match=rf"^NEWSSPIDER_{name}: .+$"):
        read_plan(make_crawler(**wrong).settings)
