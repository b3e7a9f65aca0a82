"""The settings that decide when pages are visited again."""

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from scrapy.settings import BaseSettings

from newsspider.errors import UsageError
from newsspider.revisiting.schedule import RevisitPlan, parse_span

Value = TypeVar("Value")


def read_plan(settings: BaseSettings) -> RevisitPlan:
    """Return the plan in the settings.

    Raises:
        UsageError: one line that names the setting.
    """

    def read_span(name: str) -> timedelta:
        return parse_span(settings.get(name, ""))

    def read_spans(name: str) -> tuple[timedelta, ...]:
        return tuple(sorted(map(parse_span, settings.getlist(name))))

    return RevisitPlan(
        ages=_checked("NEWSSPIDER_REVISIT_AGES", read_spans),
        patience=_checked("NEWSSPIDER_LIST_PATIENCE", settings.getfloat),
        longest=_checked("NEWSSPIDER_LONGEST_WAIT", read_span),
        first_retry=_checked("NEWSSPIDER_FIRST_RETRY", read_span),
        tries=_checked("NEWSSPIDER_TRIES", settings.getint),
    )


def _checked(name: str, read: Callable[[str], Value]) -> Value:
    """Read a setting.

    Raises:
        UsageError: one line that names the setting.
    """
    try:
        return read(name)
    except (UsageError, ValueError) as error:
        raise UsageError(f"{name}: {error}") from error
