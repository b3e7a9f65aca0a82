"""What is known of a page after another look at it."""

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


def after_visit(known: PageState | None, visit: Visit, record: ArticleRecord | None, plan: RevisitPlan) -> PageState:
    """Return what is known of a page after a look.

    Args:
        known: what was known before.
        visit: the look.
        record: what the page became; None for feeds and sitemaps, and for what has not changed
            (304).
        plan: when to look again.
    """
    before = known or PageState(
        address=visit.address,
        url=visit.url,
        site=visit.site,
        role="section" if visit.role == "seed" else visit.role,
        source=visit.source,
        depth=visit.depth,
        found_at=visit.at,
    )

    if visit.led_to:
        return _after_failure(before, visit, "redirected", plan)
    if record is None and (visit.status or 0) >= FIRST_ERROR_STATUS:
        return _after_failure(before, visit, "failed", plan)
    if record is not None and record.kind in NOTHING_THERE:
        return _after_failure(before, visit, record.kind, plan)

    seen = replace(before, fetched_at=visit.at, wait_until=None, failures=0, reader=visit.reader or before.reader)
    if visit.modified:
        seen = replace(seen, etag=visit.etag, last_modified=visit.last_modified, role=_role_of(before.role, record))

    if record is not None:
        seen = replace(
            seen,
            kind=record.kind,
            body_hash=record.body_hash,
            born_at=before.born_at or birth(before.found_at, record.published),
        )

    return _with_next_look(seen, brought=visit.brought > 0 or before.news_at is None, plan=plan)


def _with_next_look(seen: PageState, *, brought: bool, plan: RevisitPlan) -> PageState:
    """Return the state with the time of the next look."""
    assert seen.fetched_at is not None  # it has just been looked at
    now = datetime.fromisoformat(seen.fetched_at)

    if is_listing(seen.role):
        news_at = seen.fetched_at if brought else seen.news_at or seen.fetched_at
        wait = plan.waits.get(seen.site)
        due_at = as_text(now + wait / NEARLY) if wait else next_listing_look(news_at, now, plan)
        return replace(seen, news_at=news_at, due_at=due_at)

    return replace(seen, due_at=next_article_look(seen.born_at or seen.found_at, now, plan.ages))


def _after_failure(before: PageState, visit: Visit, kind: str, plan: RevisitPlan) -> PageState:
    """Return the state after a look that gave nothing; what an earlier one gave stays known."""
    now = datetime.fromisoformat(visit.at)
    failures = before.failures + 1
    status = HTTP_NOT_FOUND if kind in GONE_KINDS else visit.status
    due = next_try(failures, status, now, plan, is_needed=is_listing(before.role) and not visit.guessed)
    wait_until = as_text(now + timedelta(seconds=visit.wait_seconds)) if visit.wait_seconds else None

    return replace(
        before,
        fetched_at=visit.at,
        kind=kind,
        failures=failures,
        due_at=max(due, wait_until) if due and wait_until else due,
        wait_until=wait_until,
        etag=None,
        last_modified=None,
    )


def _role_of(role: Role, record: ArticleRecord | None) -> Role:
    """Return what a page is after it was read."""
    if record is None or role in ("feed", "sitemap"):
        return role
    return "section" if record.kind == "index" else "article"
