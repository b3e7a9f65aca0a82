"""The settings that decide when pages are visited again."""

from scrapy.settings import BaseSettings

from newsspider.errors import UsageError
from newsspider.revisiting.schedule import RevisitPlan, parse_span


def read_plan(settings: BaseSettings) -> RevisitPlan:
    """Return the plan in the settings.

    Raises:
        UsageError: one line that names the setting.
    """
    try:
        return RevisitPlan(
            ages=tuple(sorted(map(parse_span, settings.getlist("NEWSSPIDER_REVISIT_AGES")))),
            patience=settings.getfloat("NEWSSPIDER_LIST_PATIENCE"),
            longest=parse_span(settings.get("NEWSSPIDER_LONGEST_WAIT", "")),
            first_retry=parse_span(settings.get("NEWSSPIDER_FIRST_RETRY", "")),
            tries=settings.getint("NEWSSPIDER_TRIES"),
        )
    except (UsageError, ValueError) as error:
        raise UsageError(f"NEWSSPIDER_REVISIT_AGES and the settings after it: {error}") from error
