"""The account of a run: its findings per site, and the reason if there was nothing new."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from typing import Any, Self

from newsspider.kinds import FAILED_KINDS, UNREAD_KINDS, count_kind
from newsspider.record import ArticleRecord
from newsspider.text import count_of

# Their shares among new articles show a site's health
COVERED_FIELDS = ("title", "published", "authors", "body")
OTHER_ADDRESSES = ("other address of known articles", "other addresses of known articles")
SHOWN_CAUSES = 3  # of failures, most frequent first


@dataclass(kw_only=True)
class SiteAccount:
    """The findings of a run on a site.

    Attributes:
        site: the registered domain.
        new, changed, unchanged: articles; unchanged ones were visited again.
        merged: other addresses of known articles.
        dropped: near-duplicates of known articles, if NEWSSPIDER_DUPLICATES=drop.
        seen: listed addresses that were not due.
        listed: different addresses of probable articles on the site's lists.
        outside: in a backfill, addresses outside the period, or without a date; they are not
            fetched.
        lists, lists_unchanged: visited home and section pages, feeds and sitemaps; unmodified ones
            (304).
        quarantined: other pages by kind; failed ones are in `failed`.
        failed: pages by cause.
        redirected: temporary redirects to a page that had been requested before, by that page.
        fields: the number of new articles that have each field.
        response_times: answers by time, as in `newsspider.revisiting.response_times`.
        ports: named by the addresses where the crawl began, if there are several.
        whole: whether the run was completed; an interrupted one lists less.
        drifted: addresses of new pages whose text is in another place than on earlier pages.
        newest: the moment of the newest known article, ISO 8601 in UTC.
        alarms: the site's problems.
        notes: other notes for the user.
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
    response_times: Counter[str] = field(default_factory=Counter)
    ports: list[int] = field(default_factory=list)
    whole: bool = True
    drifted: list[str] = field(default_factory=list)
    newest: str | None = None
    alarms: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def read(self) -> int:
        """The number of pages with content."""
        # Every index page is counted as a list.
        ignored = UNREAD_KINDS | {"index"}
        others = sum(number for kind, number in self.quarantined.items() if kind not in ignored)
        articles = self.new + self.changed + self.unchanged + self.merged + self.dropped
        return articles + self.lists + others

    @property
    def tried(self) -> int:
        """The number of requested pages."""
        return self.read + self.unread.total()

    @property
    def unread(self) -> Counter[str]:
        """Pages without content, by cause."""
        walls = {kind: self.quarantined[kind] for kind in self.quarantined if kind in UNREAD_KINDS}
        return self.failed + Counter(walls)

    def note_article(self, what: str, record: ArticleRecord, moment: str | None) -> None:
        """Count an article by its fate; the moment is that of its publication."""
        setattr(self, what, getattr(self, what) + 1)
        if what == "new":
            self.fields.update(name for name in COVERED_FIELDS if getattr(record, name))
        self.newest = max(filter(None, (self.newest, moment)), default=None)

    def note_other(self, record: ArticleRecord) -> None:
        """Count a page that isn't an article."""
        if record.kind in FAILED_KINDS - {"bot_wall"}:
            self.failed[cause_of(record)] += 1
        else:
            self.quarantined[record.kind] += 1

    def to_dict(self) -> dict[str, Any]:
        """Return the account as JSON types."""
        values = {each.name: getattr(self, each.name) for each in fields(self)}
        for name, value in values.items():
            if isinstance(value, Counter):
                values[name] = dict(value)
        return values

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Self:
        """Build an account from the form of `to_dict`; unknown names are ignored."""
        known = {each.name: values[each.name] for each in fields(cls) if each.name in values}
        for name, value in known.items():
            if isinstance(value, dict):
                known[name] = Counter(value)
        return cls(**known)


def cause_of(record: ArticleRecord) -> str:
    """Return the cause of a page's failure in a form that can be counted: `HTTP 404`, a kind.

    >>> refused = "connection refused: Connection was refused: 111"
    >>> cause_of(ArticleRecord(kind="failed", reason=refused))
    'connection refused'
    >>> proxy = "the proxy http://localhost:80 is set: it has to be trusted"
    >>> cause_of(ArticleRecord(kind="failed", reason=proxy))
    'the proxy http://localhost:80 is set'
    """
    if record.kind != "failed":
        return record.kind
    return (record.reason or record.kind).partition(": ")[0]


def describe_account(account: SiteAccount, now: datetime) -> str:
    """Return the account in one line.

    >>> account = SiteAccount(site="herald.example", seen=143, listed=143, lists=2)
    >>> describe_account(account, datetime.now())
    'herald.example: 0 new: 143 listed, all seen'
    """
    line = f"{label_of(account)}: {account.new} new"
    if not account.new:
        line += f": {_why_nothing_new(account)}"

    if account.newest:
        age = describe_age(now - datetime.fromisoformat(account.newest))
        line += f", newest {age} old"

    return "; ".join([line, *_found(account), *account.alarms, *account.notes])


def label_of(account: SiteAccount) -> str:
    """Return the site's name, with the ports if the crawl began at several.

    >>> label_of(SiteAccount(site="127.0.0.1", ports=[8000, 8001]))
    '127.0.0.1 (ports 8000, 8001)'
    """
    ports = ", ".join(map(str, account.ports))
    return f"{account.site} (ports {ports})" if ports else account.site


def describe_age(age: timedelta) -> str:
    """Return a duration in its largest whole unit.

    >>> describe_age(timedelta(hours=2, minutes=50)), describe_age(timedelta(days=9))
    ('2 h', '9 d')
    """
    minutes = max(0, int(age.total_seconds() // 60))
    for size, unit in ((24 * 60, "d"), (60, "h")):
        if minutes >= size:
            return f"{minutes // size} {unit}"
    return f"{minutes} min"


def _found(account: SiteAccount) -> Iterator[str]:
    """Yield the findings beside new articles."""
    known = {"changed": account.changed, "unchanged": account.unchanged}
    if counts := [f"{number} {word}" for word, number in known.items() if number]:
        yield ", ".join(counts)

    if account.seen and account.new:
        yield f"{account.seen} already seen"

    if account.merged:
        yield count_of(account.merged, *OTHER_ADDRESSES)

    if account.dropped:
        yield f"{count_of(account.dropped, 'near-duplicate')} dropped"

    kinds = account.quarantined.most_common()
    if others := [count_kind(number, kind) for kind, number in kinds if kind != "index"]:
        yield f"quarantined {', '.join(others)}"

    if account.failed:
        yield f"{account.failed.total()} failed ({_causes(account.failed)})"


def _causes(failed: Counter[str]) -> str:
    """Return the most frequent causes of failures."""
    frequent = sorted(failed.items(), key=lambda item: (-item[1], item[0]))[:SHOWN_CAUSES]
    return ", ".join(f"{cause} ×{number}" for cause, number in frequent)


def _fate_of_others(account: SiteAccount) -> str:
    """Return the fate of the listed addresses that were neither seen nor known."""
    others = account.listed - account.seen - account.merged
    fetched = min(account.tried - account.lists, others)

    if fetched <= 0:
        return "none of the others was fetched"

    if fetched < others:
        return f"{others - fetched} of the others not fetched"

    return "none of the others became an article"


def _why_nothing_new(account: SiteAccount) -> str:
    """Return the reason why there is nothing new."""
    if account.tried and not account.read:
        return "no page could be read"

    if account.listed:
        return f"{account.listed} listed, {_fate_of_listed(account)}"

    if account.outside:
        return f"{account.outside} listed, none of them wanted"

    lists = f"({account.lists} looked at)"
    if account.lists_unchanged and account.lists_unchanged == account.lists:
        return f"no list was modified since the last run {lists}"

    if account.lists:
        return f"no list names an article {lists}"

    return "the pages read list no article" if account.tried else "nothing was due"


def _fate_of_listed(account: SiteAccount) -> str:
    """Return the fate of the listed addresses of a site without new articles."""
    if account.seen >= account.listed:
        return "all seen"
    if account.seen + account.merged >= account.listed:
        return "all known"
    return f"{account.seen} seen, {_fate_of_others(account)}"
