"""Records as a pandas data frame."""

import sys

import pytest

from newsspider import ArticleRecord, UsageError, to_pandas
from newsspider.record import FIELD_NAMES


def test_frame_has_a_row_for_each_record_and_moments_in_utc() -> None:
    frame = to_pandas(
        [
            ArticleRecord(title="Ferry", authors=("Ann Lee", "Bo Ek"), published="2026-03-24T09:30:00+01:00"),
            ArticleRecord(title="渡轮", published="2026-03-26"),
        ]
    )
    assert list(frame.columns) == [*FIELD_NAMES, "published_at", "modified_at"]
    assert list(frame["title"]) == ["Ferry", "渡轮"]
    assert frame["authors"][0] == ["Ann Lee", "Bo Ek"]
    assert str(frame["published_at"][0]) == "2026-03-24 08:30:00+00:00"
    assert frame["published_at"].isna().tolist() == [False, True]


def test_frame_without_records_has_the_columns() -> None:
    frame = to_pandas([])
    assert len(frame) == 0
    assert "UTC" in str(frame["published_at"].dtype)


def test_missing_pandas_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(UsageError, match=r"pip install 'newsspider\[pandas\]'"):
        to_pandas([])
