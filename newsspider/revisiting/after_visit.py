"""The state of a page after a visit."""

from dataclasses import replace
from datetime import datetime, timedelta

from newsspider.clock import as_text
from newsspider.kinds import GONE_KINDS, UNREAD_KINDS
from newsspider.record import ArticleRecord
from newsspider.revisiting.page_states import PageState, Role, Visit
from newsspider.revisiting.schedule import (
    NEARLY,
    RevisitPlan,
    birth,
    is_listing,
    next_article_look,
    next_listing_look,
    next_try,
)

NOTHING_THERE = UNREAD_KINDS | GONE_KINDS
HTTP_NOT_FOUND = 404
FIRST_ERROR_STATUS = 400


def after_visit(
    known: PageState | None, visit: Visit, record: ArticleRecord | None, plan: RevisitPlan
) -> PageState:
    """Return the state of a page after a visit.

    Args:
        known: its state before.
        visit: the visit.
        record: the page's record; None for feeds and sitemaps, and for an unmodified page (304).
        plan: the times of later visits.
    """
    before = known or _new_state(visit)
    if failure := _failure_of(visit, record):
        return _after_failure(before, visit, failure, plan)

    reader = visit.reader or before.reader
    seen = replace(before, fetched_at=visit.at, wait_until=None, failures=0, reader=reader)

    if visit.modified:
        role = _role_of(before.role, record)
        seen = replace(seen, etag=visit.etag, last_modified=visit.last_modified, role=role)

    if record is not None:
        seen = _with_record(seen, record)

    return _with_next_look(seen, brought=_brought_news(before, visit), plan=plan)


def _with_record(seen: PageState, record: ArticleRecord) -> PageState:
    born_at = seen.born_at or birth(seen.found_at, record.published)
    return replace(seen, kind=record.kind, body_hash=record.body_hash, born_at=born_at)


def _brought_news(before: PageState, visit: Visit) -> bool:
    """Whether a visit found something new; the first visit always does."""
    return visit.brought > 0 or before.news_at is None


def _new_state(visit: Visit) -> PageState:
    """Return the state of a page before its first visit."""
    return PageState(
        address=visit.address,
        url=visit.url,
        site=visit.site,
        role="section" if visit.role == "seed" else visit.role,
        source=visit.source,
        depth=visit.depth,
        found_at=visit.at,
    )


def _failure_of(visit: Visit, record: ArticleRecord | None) -> str | None:
    """Return the kind of a failed visit, or None."""
    if visit.led_to:
        return "redirected"
    if record is None:
        return "failed" if (visit.status or 0) >= FIRST_ERROR_STATUS else None
    return record.kind if record.kind in NOTHING_THERE else None


def _with_next_look(seen: PageState, *, brought: bool, plan: RevisitPlan) -> PageState:
    """Return the state with the time of the next visit."""
    assert seen.fetched_at is not None  # it has just been visited
    now = datetime.fromisoformat(seen.fetched_at)

    if not is_listing(seen.role):
        born_at = seen.born_at or seen.found_at
        return replace(seen, due_at=next_article_look(born_at, now, plan.ages))

    news_at = _latest_news(seen, seen.fetched_at, brought=brought)
    due_at = _next_list_look(seen.site, news_at, now, plan)
    return replace(seen, news_at=news_at, due_at=due_at)


def _latest_news(seen: PageState, now: str, *, brought: bool) -> str:
    """Return when a list had something new last; now if nothing is known of it."""
    if brought:
        return now
    return seen.news_at or now


def _next_list_look(site: str, news_at: str, now: datetime, plan: RevisitPlan) -> str:
    """Return when a list is visited next: as the site's profile says, else by its latest news."""
    wait = plan.waits.get(site)
    if wait:
        return as_text(now + wait / NEARLY)
    return next_listing_look(news_at, now, plan)


def _after_failure(before: PageState, visit: Visit, kind: str, plan: RevisitPlan) -> PageState:
    """Return the state after a visit that gave nothing; results of earlier visits are kept."""
    now = datetime.fromisoformat(visit.at)
    failures = before.failures + 1
    status = HTTP_NOT_FOUND if kind in GONE_KINDS else visit.status
    is_needed = is_listing(before.role) and not visit.guessed
    due_at = next_try(failures, status, now, plan, is_needed=is_needed)

    wait_until = None

    if visit.wait_seconds:
        wait_until = as_text(now + timedelta(seconds=visit.wait_seconds))
        due_at = due_at and max(due_at, wait_until)

    return replace(
        before,
        fetched_at=visit.at,
        kind=kind,
        failures=failures,
        due_at=due_at,
        wait_until=wait_until,
        etag=None,
        last_modified=None,
    )


def _role_of(role: Role, record: ArticleRecord | None) -> Role:
    """Return the role of a page after it was read."""
    if record is None or role in ("feed", "sitemap"):
        return role
    return "section" if record.kind == "index" else "article"
