"""The account of a run: per site what it found, and when that was nothing new, why."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from typing import Any, Self

from newsspider.kinds import FAILED_KINDS, UNREAD_KINDS
from newsspider.record import ArticleRecord
from newsspider.text import count_of

# Whose share among new articles tells a site's health
COVERED_FIELDS = ("title", "published", "authors", "body")
SHOWN_CAUSES = 3  # of failures, most frequent first


@dataclass(kw_only=True)
class SiteAccount:
    """What a run found on a site.

    Attributes:
        new, changed, unchanged: articles; unchanged ones were looked at again.
        merged: other addresses of articles that are there.
        dropped: near-duplicates of articles that are there, where NEWSSPIDER_DUPLICATES=drop.
        seen: addresses that were listed and not due.
        listed: different addresses of probable articles on the site's lists.
        outside: of a backfill, such addresses that are not fetched, for their day or for want of
            one.
        lists, lists_unchanged: home and section pages, feeds and sitemaps looked at; of these not
            modified (304).
        quarantined: other pages by kind; failed ones are in `failed`.
        failed: pages by cause.
        redirected: addresses that led, for the time being, to a page that had been asked for
            before, by that page.
        fields: of the new articles, how many have each field.
        whole: whether the run came to its end here; one that was cut short lists less.
        drifted: addresses of new pages that keep their text elsewhere than the site's pages did.
        newest: the moment of the newest article known, ISO 8601 in UTC.
        alarms: what is wrong with the site.
        notes: what else a person should know.
    """

    site: str
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    merged: int = 0
    dropped: int = 0
    seen: int = 0
    listed: int = 0
    outside: int = 0
    lists: int = 0
    lists_unchanged: int = 0
    quarantined: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)
    redirected: Counter[str] = field(default_factory=Counter)
    fields: Counter[str] = field(default_factory=Counter)
    whole: bool = True
    drifted: list[str] = field(default_factory=list)
    newest: str | None = None
    alarms: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def read(self) -> int:
        """How many pages gave something."""
        others = sum(number for kind, number in self.quarantined.items() if kind not in UNREAD_KINDS | {"index"})
        articles = self.new + self.changed + self.unchanged + self.merged + self.dropped
        return articles + self.lists + others  # every index is a list

    @property
    def tried(self) -> int:
        """How many pages were asked for."""
        return self.read + self.unread.total()

    @property
    def unread(self) -> Counter[str]:
        """Pages that gave nothing, by cause."""
        walls = Counter({kind: number for kind, number in self.quarantined.items() if kind in UNREAD_KINDS})
        return self.failed + walls

    def note_article(self, what: str, record: ArticleRecord, moment: str | None) -> None:
        """Count an article as new, changed, unchanged, merged or dropped; the moment is its publication's."""
        setattr(self, what, getattr(self, what) + 1)
        if what == "new":
            self.fields.update(name for name in COVERED_FIELDS if getattr(record, name))
        self.newest = max(filter(None, (self.newest, moment)), default=None)

    def note_other(self, record: ArticleRecord) -> None:
        """Count a page that is no article."""
        if record.kind in FAILED_KINDS - {"bot_wall"}:
            self.failed[cause_of(record)] += 1
        else:
            self.quarantined[record.kind] += 1

    def to_dict(self) -> dict[str, Any]:
        """Return the account as JSON types."""
        values = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: dict(value) if isinstance(value, Counter) else value for name, value in values.items()}

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Self:
        """Build an account from `to_dict`'s form; unknown names are ignored."""
        known: dict[str, Any] = {each.name: values[each.name] for each in fields(cls) if each.name in values}
        return cls(**known | {name: Counter(value) for name, value in known.items() if isinstance(value, dict)})


def cause_of(record: ArticleRecord) -> str:
    """Return why a page failed, in a form that counts: `HTTP 404`, `no such host`, a kind.

    >>> cause_of(ArticleRecord(kind="failed", reason="connection refused: Connection was refused: 111"))
    'connection refused'
    >>> cause_of(ArticleRecord(kind="failed", reason="the proxy http://localhost:80 is set: it has to be trusted"))
    'the proxy http://localhost:80 is set'
    """
    return (record.reason or record.kind).partition(": ")[0] if record.kind == "failed" else record.kind


def describe_account(account: SiteAccount, now: datetime) -> str:
    """Return the account in one line.

    >>> describe_account(SiteAccount(site="herald.example", seen=143, listed=143, lists=2), datetime.now())
    'herald.example: 0 new: 143 listed, all seen'
    """
    found = "; ".join(_found(account))
    why = "" if account.new else f": {_why_nothing_new(account)}"
    newest = f", newest {describe_age(now - datetime.fromisoformat(account.newest))} old" if account.newest else ""
    said = "".join(f"; {note}" for note in [*account.alarms, *account.notes])
    return f"{account.site}: {account.new} new{why}{newest}{f'; {found}' if found else ''}{said}"


def describe_age(age: timedelta) -> str:
    """Return a span of time in its largest whole unit.

    >>> describe_age(timedelta(hours=2, minutes=50)), describe_age(timedelta(days=9))
    ('2 h', '9 d')
    """
    minutes = max(0, int(age.total_seconds() // 60))
    for size, unit in ((24 * 60, "d"), (60, "h")):
        if minutes >= size:
            return f"{minutes // size} {unit}"
    return f"{minutes} min"


def _found(account: SiteAccount) -> Iterator[str]:
    """Yield what was found beside new articles."""
    if counts := [f"{number} {word}" for word in ("changed", "unchanged") if (number := getattr(account, word))]:
        yield ", ".join(counts)
    if account.seen and account.new:
        yield f"{account.seen} already seen"
    if account.merged:
        yield count_of(account.merged, "other address of known articles", "other addresses of known articles")
    if account.dropped:
        yield f"{count_of(account.dropped, 'near-duplicate')} dropped"
    if others := [f"{number} {kind}" for kind, number in account.quarantined.most_common() if kind != "index"]:
        yield f"quarantined {', '.join(others)}"

    if account.failed:
        frequent = sorted(account.failed.items(), key=lambda item: (-item[1], item[0]))[:SHOWN_CAUSES]
        causes = ", ".join(f"{cause} ×{number}" for cause, number in frequent)
        yield f"{account.failed.total()} failed ({causes})"


def _what_of_the_others(account: SiteAccount) -> str:
    """Return what became of the listed addresses that were neither seen nor known."""
    others = account.listed - account.seen - account.merged
    fetched = min(account.tried - account.lists, others)
    if fetched <= 0:
        return "none of the others was fetched"
    if fetched < others:
        return f"{others - fetched} of the others not fetched"

    return "none of the others became an article"


def _why_nothing_new(account: SiteAccount) -> str:
    """Return why there is nothing new."""
    if account.tried and not account.read:
        return "no page could be read"
    if account.listed and account.seen >= account.listed:
        return f"{account.listed} listed, all seen"
    if account.listed and account.seen + account.merged >= account.listed:
        return f"{account.listed} listed, all known"
    if account.listed:
        return f"{account.listed} listed, {account.seen} seen, {_what_of_the_others(account)}"
    if account.outside:
        return f"{account.outside} listed, none of them wanted"
    if account.lists_unchanged and account.lists_unchanged == account.lists:
        return f"no list was modified since the last run ({account.lists} looked at)"
    if account.lists:
        return f"no list names an article ({account.lists} looked at)"

    return "nothing was due" if not account.tried else "the pages read list no article"
