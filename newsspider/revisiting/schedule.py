"""The times of later visits.

Articles are visited by their age, lists by the time without anything new.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from newsspider.clock import as_text, moment_in
from newsspider.errors import UsageError
from newsspider.revisiting.page_states import LISTING_ROLES, PageState, Role

# A visit this much before its time counts as that visit: an hourly run is never exact
NEARLY = 1.25
GONE_STATUSES = frozenset({404, 410})
GONE_FOR_GOOD = 410
# A missing page may be an editor's mistake; the second time it is gone
LOOK_AT_GONE_AGAIN = timedelta(days=1)
_UNITS = {"s": "seconds", "m": "minutes", "min": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_SPAN = re.compile(r"(\d+(?:\.\d+)?)\s*(s|min|m|h|d|w)")
# A hundred years; far longer ones, counted from now, leave the calendar
MAX_SPAN = timedelta(days=36_525)
_DAY_CHARS = len("2026-03-24")


@dataclass(frozen=True)
class RevisitPlan:
    """The frequency of visits; the settings have the numbers and their reasons.

    Attributes:
        ages: ages at which an article is visited.
        patience: the wait for a list's next visit, as a share of the time without anything new.
        longest: the longest wait for a list, and for a page that failed.
        first_retry: the wait after a first failure.
        tries: failures in a row before a page is given up.
        waits: registered domains whose lists are visited as often as the site's profile says.
    """

    ages: tuple[timedelta, ...]
    patience: float
    longest: timedelta
    first_retry: timedelta
    tries: int
    waits: Mapping[str, timedelta] = field(default_factory=dict)


def parse_span(text: str) -> timedelta:
    """Return a duration as a person writes it.

    Raises:
        UsageError: it is not valid, or longer than a hundred years.

    >>> parse_span("6h"), parse_span("90 min")
    (datetime.timedelta(seconds=21600), datetime.timedelta(seconds=5400))
    """
    match = _SPAN.fullmatch(text.strip().lower())
    if not match:
        expected = "expected a number and s, m, h, d or w, such as 6h"
        raise UsageError(f"not a duration: {text!r} ({expected})")

    count, unit = float(match[1]), _UNITS[match[2]]
    if count > MAX_SPAN / timedelta(**{unit: 1}):
        raise UsageError(f"duration too long: {text!r} (maximum: 100 years)")

    return timedelta(**{unit: count})


def is_due(known: PageState | None, role: Role, now: datetime, modified: str | None = None) -> bool:
    """Whether an address is fetched now.

    Args:
        known: its state; None for an unknown address.
        role: the role it is requested with; a seed is always due, unless the site asked to wait.
        now: the time.
        modified: when its page was changed by a sitemap's or feed's account.
    """
    if known is None:
        return True

    moment = as_text(now)
    is_seed = role == "seed"

    # The clock was set back: earlier plans are void.
    if (known.fetched_at or known.found_at) > moment:
        return is_seed or known.due_at is not None

    if known.wait_until and known.wait_until > moment:
        return False

    if is_seed or (known.due_at is not None and known.due_at <= moment):
        return True

    return _has_changed(known, now, modified)


def _has_changed(known: PageState, now: datetime, modified: str | None) -> bool:
    """Whether a list reports a change of a page since its last visit."""
    changed = _exact_moment(modified)
    if changed is None or known.fetched_at is None:
        return False
    return as_text(changed) > known.fetched_at and changed <= now


def birth(found_at: str, published: str | None) -> str:
    """Return the moment from which an article's age is counted: its publication, if that is known.

    It is never later than the moment when the article was found. A day alone counts from its end,
    so an article that was found on that day counts from then.

    >>> birth("2026-03-24T15:00:00+00:00", "2026-03-24T09:30:00+01:00")
    '2026-03-24T08:30:00+00:00'
    >>> birth("2026-03-24T15:00:00+00:00", "2026-03-24")
    '2026-03-24T15:00:00+00:00'
    """
    exact = _exact_moment(published) or _end_of_day(published)
    return min(found_at, as_text(exact)) if exact else found_at


def next_article_look(born_at: str, now: datetime, ages: Sequence[timedelta]) -> str | None:
    """Return when an article is visited next, or None for never.

    >>> hours = [timedelta(hours=1), timedelta(hours=6)]
    >>> born_at = "2026-03-24T09:00:00+00:00"
    >>> next_article_look(born_at, datetime.fromisoformat("2026-03-24T09:02:00+00:00"), hours)
    '2026-03-24T10:00:00+00:00'
    >>> next_article_look(born_at, datetime.fromisoformat("2026-03-24T14:59:00+00:00"), hours)
    """
    born = min(datetime.fromisoformat(born_at), now)  # found by a clock that was fast
    age = now - born
    return next((as_text(born + wanted) for wanted in sorted(ages) if wanted > age * NEARLY), None)


def next_listing_look(news_at: str, now: datetime, plan: RevisitPlan) -> str:
    """Return when a list is visited next: the longer it has had nothing new, the later."""
    # Noted by a clock that was ahead
    quiet = max(now - datetime.fromisoformat(news_at), timedelta())
    return as_text(now + min(quiet * plan.patience, plan.longest))


def next_try(
    failures: int,
    status: int | None,
    now: datetime,
    plan: RevisitPlan,
    *,
    is_needed: bool = False,
) -> str | None:
    """Return when a page that gave nothing is tried again, or None for never.

    Args:
        failures: the number of failures in a row, from 1.
        status: the status of the answer, if there was one.
        now: the time.
        plan: the first wait, and the number of tries.
        is_needed: whether articles would be missed without it: a list is given up only if it is
            gone.
    """
    if status in GONE_STATUSES:
        return _look_at_gone_again(failures, status, now)

    if failures < plan.tries:
        wait = plan.first_retry * 2 ** (failures - 1)
        return as_text(now + min(wait, plan.longest))

    return as_text(now + plan.longest) if is_needed else None


def is_worth_another_try(known: PageState, now: datetime, plan: RevisitPlan) -> bool:
    """Whether a list that was given up is tried again, since something still names it."""
    if known.due_at is not None or not known.failures or known.fetched_at is None:
        return False
    return datetime.fromisoformat(known.fetched_at) + plan.longest <= now


def is_listing(role: str) -> bool:
    """Whether a page with this role lists other pages."""
    return role in LISTING_ROLES


def _exact_moment(text: str | None) -> datetime | None:
    """Return the moment of a date with time and zone, or None."""
    has_time = text is not None and len(text) > _DAY_CHARS
    return moment_in(text) if has_time else None


def _end_of_day(text: str | None) -> datetime | None:
    """Return the end of a date's day, or None."""
    try:
        day = datetime.fromisoformat((text or "")[:_DAY_CHARS])
        return day.replace(tzinfo=UTC) + timedelta(days=1)
    except (ValueError, OverflowError):
        return None


def _look_at_gone_again(failures: int, status: int | None, now: datetime) -> str | None:
    """Return when a page that is gone is looked at once more, or None for never."""
    if failures > 1 or status == GONE_FOR_GOOD:
        return None
    return as_text(now + LOOK_AT_GONE_AGAIN)
