"""A site's day: the sums of its runs' accounts, small enough to read years of them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Self

from newsspider.revisiting.accounts import SiteAccount


@dataclass(kw_only=True)
class SiteDay:
    """The sums of the runs that ended on a day on a site.

    Attributes:
        runs: number of runs.
        new, changed: articles.
        failed: pages that couldn't be read, walls included.
        lists: home and section pages, feeds and sitemaps that were read.
        lists_unchanged: the number of them that were not modified (304).
        fields: of the new articles, the number that have each field.
        response_times: answers by time, as in `newsspider.revisiting.response_times`.
    """

    runs: int = 0
    new: int = 0
    changed: int = 0
    failed: int = 0
    lists: int = 0
    lists_unchanged: int = 0
    fields: Counter[str] = field(default_factory=Counter)
    response_times: Counter[str] = field(default_factory=Counter)

    def add_run(self, account: SiteAccount) -> None:
        """Add a run."""
        self.runs += 1
        self.new += account.new
        self.changed += account.changed
        self.failed += account.unread.total()
        self.lists += account.lists
        self.lists_unchanged += account.lists_unchanged
        self.fields.update(account.fields)
        self.response_times.update(account.response_times)

    def add_day(self, other: Self) -> None:
        """Add another day."""
        for name in SITE_DAY_NUMBERS:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.fields.update(other.fields)
        self.response_times.update(other.response_times)

    def to_dict(self) -> dict[str, Any]:
        """Return the sums as JSON types."""
        numbers = {name: getattr(self, name) for name in SITE_DAY_NUMBERS}
        return numbers | {name: dict(getattr(self, name)) for name in SITE_DAY_COUNTS}

    @classmethod
    def from_mapping(cls, values: Mapping[str, Any]) -> Self:
        """Build the sums from `to_dict`'s form."""
        numbers: dict[str, Any] = {name: values[name] for name in SITE_DAY_NUMBERS}
        return cls(**numbers | {name: Counter(values[name]) for name in SITE_DAY_COUNTS})


SITE_DAY_NUMBERS = tuple(each.name for each in fields(SiteDay) if each.type is int)
SITE_DAY_COUNTS = tuple(each.name for each in fields(SiteDay) if each.type is not int)
