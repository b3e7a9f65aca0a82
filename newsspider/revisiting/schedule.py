"""When an address is looked at again: articles by their age, lists by how long they have brought nothing new."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from newsspider.clock import as_text
from newsspider.errors import UsageError
from newsspider.revisiting.page_states import LISTING_ROLES, PageState, Role

# A look at this fraction before its time counts as that look: an hourly run is never to the minute
NEARLY = 1.25
GONE_STATUSES = frozenset({404, 410})
GONE_FOR_GOOD = 410
# A page that is not found may be an editor's slip; a second time it is gone
LOOK_AT_GONE_AGAIN = timedelta(days=1)
_UNITS = {"s": "seconds", "m": "minutes", "min": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_SPAN = re.compile(r"(\d+(?:\.\d+)?)\s*(s|min|m|h|d|w)")
# A hundred years; far longer ones, counted from now, leave the calendar
MAX_SPAN = timedelta(days=36_525)
_DAY_CHARS = len("2026-03-24")


@dataclass(frozen=True)
class RevisitPlan:
    """How often what is looked at; the settings hold the numbers and their reasons.

    Attributes:
        waits: registered domains whose lists are looked at as often as the site's profile says.
    """

    ages: tuple[timedelta, ...]
    patience: float
    longest: timedelta
    first_retry: timedelta
    tries: int
    waits: Mapping[str, timedelta] = field(default_factory=dict)


def parse_span(text: str) -> timedelta:
    """Return a span of time as a person writes it.

    Raises:
        UsageError: it is none, or longer than a hundred years.

    >>> parse_span("6h"), parse_span("90 min")
    (datetime.timedelta(seconds=21600), datetime.timedelta(seconds=5400))
    """
    if not (match := _SPAN.fullmatch(text.strip().lower())):
        raise UsageError(f"not a duration: {text!r} (expected a number and s, m, h, d or w, such as 6h)")
    count, unit = float(match[1]), _UNITS[match[2]]
    if count > MAX_SPAN / timedelta(**{unit: 1}):
        raise UsageError(f"duration too long: {text!r} (maximum: 100 years)")
    return timedelta(**{unit: count})


def is_due(known: PageState | None, role: Role, now: datetime, modified: str | None = None) -> bool:
    """Whether an address is fetched now.

    Args:
        known: what is known of it.
        role: what it is asked for as; a seed is always looked at, unless the site asked to wait.
        now: the time.
        modified: when its page was changed, as a sitemap or feed says.
    """
    if known is None:
        return True

    moment = as_text(now)
    # The clock was set back: what was planned before says nothing
    if (known.fetched_at or known.found_at) > moment:
        return role == "seed" or known.due_at is not None
    if known.wait_until and known.wait_until > moment:
        return False
    if role == "seed" or (known.due_at is not None and known.due_at <= moment):
        return True

    changed = _exact_moment(modified)
    return bool(changed and known.fetched_at and as_text(changed) > known.fetched_at and changed <= now)


def birth(found_at: str, published: str | None) -> str:
    """Return the moment that an article's age is counted from: its publication, at the latest when it was found.

    A day alone counts from its end, so that what was found on its day counts from then.

    >>> birth("2026-03-24T15:00:00+00:00", "2026-03-24T09:30:00+01:00")
    '2026-03-24T08:30:00+00:00'
    >>> birth("2026-03-24T15:00:00+00:00", "2026-03-24")
    '2026-03-24T15:00:00+00:00'
    """
    exact = _exact_moment(published) or _end_of_day(published)
    return min(found_at, as_text(exact)) if exact else found_at


def next_article_look(born_at: str, now: datetime, ages: Sequence[timedelta]) -> str | None:
    """Return when an article that was looked at now is looked at again, or None for never.

    >>> hours = [timedelta(hours=1), timedelta(hours=6)]
    >>> next_article_look("2026-03-24T09:00:00+00:00", datetime.fromisoformat("2026-03-24T09:02:00+00:00"), hours)
    '2026-03-24T10:00:00+00:00'
    >>> next_article_look("2026-03-24T09:00:00+00:00", datetime.fromisoformat("2026-03-24T14:59:00+00:00"), hours)
    """
    born = min(datetime.fromisoformat(born_at), now)  # found by a clock that was ahead
    age = now - born
    return next((as_text(born + wanted) for wanted in sorted(ages) if wanted > age * NEARLY), None)


def next_listing_look(news_at: str, now: datetime, plan: RevisitPlan) -> str:
    """Return when a list is looked at again: the longer it has brought nothing new, the later."""
    # Noted by a clock that was ahead
    quiet = max(now - datetime.fromisoformat(news_at), timedelta())
    return as_text(now + min(quiet * plan.patience, plan.longest))


def next_try(
    failures: int, status: int | None, now: datetime, plan: RevisitPlan, *, is_needed: bool = False
) -> str | None:
    """Return when a page that gave nothing is tried again, or None for never.

    Args:
        failures: how often in a row by now, from 1.
        status: the answer's, if there was one.
        now: the time.
        plan: when first, and how often.
        is_needed: whether without it articles would be missed: a list is given up only when it is
            gone.
    """
    if status in GONE_STATUSES:
        return as_text(now + LOOK_AT_GONE_AGAIN) if failures == 1 and status != GONE_FOR_GOOD else None
    if failures >= plan.tries:
        return as_text(now + plan.longest) if is_needed else None

    return as_text(now + min(plan.first_retry * 2 ** (failures - 1), plan.longest))


def is_worth_another_try(known: PageState, now: datetime, plan: RevisitPlan) -> bool:
    """Whether a list that was given up, and that something names all the same, is tried again: once in a while."""
    return (
        known.due_at is None
        and known.failures > 0
        and known.fetched_at is not None
        and datetime.fromisoformat(known.fetched_at) + plan.longest <= now
    )


def is_listing(role: str) -> bool:
    """Whether a page of this role lists others."""
    return role in LISTING_ROLES


def _exact_moment(text: str | None) -> datetime | None:
    """Return the moment of a date that has its time and zone."""
    if not text or len(text) <= _DAY_CHARS:
        return None

    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None

    return moment if moment.tzinfo else None


def _end_of_day(text: str | None) -> datetime | None:
    """Return the end of a date's day."""
    try:
        return datetime.fromisoformat(text[:_DAY_CHARS]).replace(tzinfo=UTC) + timedelta(days=1) if text else None
    except (ValueError, OverflowError):
        return None
