"""Refusals are counted each, and said once for each reason."""

import pytest

from newsspider.crawl.guard.refusals import REASONS, Refusals
from tests.crawl.components import count, make_crawler


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_is_counted_and_its_first_is_said(reason: str, caplog: pytest.LogCaptureFixture) -> None:
    crawler = make_crawler()
    refusals = Refusals(crawler.stats)
    refused = [refusals.refuse(reason, f"the {number}th") for number in range(3)]
    assert [str(each) for each in refused] == ["the 0th", "the 1th", "the 2th"]
    assert count(crawler, f"refused/{reason}") == 3
    said = [record.getMessage() for record in caplog.records if record.getMessage().startswith("refused: ")]
    assert len(said) == 1
    assert said[0].startswith(f"refused: the 0th ({REASONS[reason]}")


def test_refusals_without_stats_are_only_said() -> None:
    assert str(Refusals(None).refuse("port", "port 25 of herald.example")) == "port 25 of herald.example"
