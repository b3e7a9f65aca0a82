"""The filters of lists, read out of an address and written into the address of the next page."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from newsspider.errors import UsageError
from newsspider.kinds import KINDS
from newsspider.store.record_lists import COPIES_WORDS, Wanted

PAGE_ROWS = 50
MAX_ROWS = 200
MAX_NUMBER = (1 << 63) - 1  # of a database's numbers


def read_wanted(given: Mapping[str, str]) -> Wanted:
    """Return the filters that an address asks for; empty ones are as good as none.

    Raises:
        UsageError: one has a value that it can't have; the text names both.
    """
    return Wanted(
        words=_text(given, "q"),
        site=_text(given, "site"),
        kind=_one_of(given, "kind", KINDS),
        since=_day(given, "since"),
        until=_day(given, "until"),
        below=_number(given, "below", 0, 1),
        copies=_one_of(given, "copies", COPIES_WORDS),
        reason=_text(given, "reason"),
        before=read_whole(given, "before", MAX_NUMBER),
    )


def read_limit(given: Mapping[str, str]) -> int:
    """Return how many rows an address asks for.

    Raises:
        UsageError: it is not a number from 1 to MAX_ROWS.
    """
    return read_whole(given, "limit", MAX_ROWS) or PAGE_ROWS


def older_address(path: str, given: Mapping[str, str], last: int) -> str:
    """Return the address of the rows after the last one of a page."""
    kept = {name: value for name, value in given.items() if value and name != "before"}
    return f"{path}?{urlencode({**kept, 'before': last})}"


def read_whole(given: Mapping[str, str], name: str, most: int) -> int | None:
    """Return a whole number of an address from 1 to the most; None where there is none.

    Raises:
        UsageError: it is another one, or not a number.
    """
    text = _text(given, name)
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and 1 <= int(text[: len(str(most)) + 1]) <= most):
        raise UsageError(f"{name}={text}: expected a whole number from 1 to {most}")
    return int(text)


def _text(given: Mapping[str, str], name: str) -> str | None:
    return given.get(name, "").strip().replace("\0", "") or None


def _one_of(given: Mapping[str, str], name: str, words: Any) -> str | None:
    text = _text(given, name)
    if text is not None and text not in words:
        raise UsageError(f"{name}={text}: expected {', '.join(words)}")
    return text


def _day(given: Mapping[str, str], name: str) -> str | None:
    text = _text(given, name)
    if text is None:
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise UsageError(f"{name}={text}: expected a day, YYYY-MM-DD") from error


def _number(given: Mapping[str, str], name: str, least: float, most: float) -> float | None:
    text = _text(given, name)
    if text is None:
        return None
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if not least <= number <= most:
        raise UsageError(f"{name}={text}: expected a number from {least:g} to {most:g}")
    return number
