"""Records as a pandas data frame (extra: pandas)."""

from collections.abc import Iterable
from typing import Any

from newsspider.errors import UsageError
from newsspider.record import FIELD_NAMES, ArticleRecord

MOMENTS = ("published_at", "modified_at")


def to_pandas(records: Iterable[ArticleRecord]) -> Any:
    """Return a data frame with one row per record and one column per field.

    The columns `published_at` and `modified_at` follow, in UTC; they are NaT if a record names only
    a day, or a time without a zone.

    Raises:
        UsageError: pandas is not installed.
    """
    try:
        import pandas
    except ImportError as error:
        raise UsageError("to_pandas needs the extra: pip install 'newsspider[pandas]'") from error

    rows = [{**record.to_dict(), **_moments(record)} for record in records]
    frame = pandas.DataFrame(rows, columns=[*FIELD_NAMES, *MOMENTS])

    for name in MOMENTS:
        frame[name] = pandas.to_datetime(frame[name], utc=True, errors="coerce")

    return frame


def _moments(record: ArticleRecord) -> dict[str, Any]:
    return {name: getattr(record, name) for name in MOMENTS}
