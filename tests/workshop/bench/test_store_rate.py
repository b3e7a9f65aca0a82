"""The measure of the store: its records are the same each time, and as articles are."""

from pathlib import Path

import pytest

from newsspider.errors import UsageError
from newsspider.workshop.bench import store_rate
from newsspider.workshop.bench.store_rate import FIRST_SIZE, invented_record, measure_store


def test_record_of_a_number_is_the_same_each_time() -> None:
    assert invented_record(7) == invented_record(7)
    assert invented_record(7).body != invented_record(8).body
    assert invented_record(7).word_count == store_rate.RECORD_WORDS


def test_rate_is_told_at_each_size_on_both_databases(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_rate, "FIRST_SIZE", 50)
    figures = list(measure_store(database, 120))
    assert [each.records for each in figures] == [50, 120]
    assert all(each.records_a_second > 0 and each.kept_bytes > 0 for each in figures)


def test_database_with_articles_is_refused(tmp_path: Path) -> None:
    list(measure_store(str(tmp_path / "news.db"), 10))
    with pytest.raises(UsageError, match="there are articles in it"):
        list(measure_store(str(tmp_path / "news.db"), 10))
    assert FIRST_SIZE == 10_000
