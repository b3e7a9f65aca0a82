"""A batch of a run: it collects until a transaction writes it."""

from dataclasses import dataclass, field
from datetime import date
from typing import Self

from newsspider.record import ArticleRecord
from newsspider.revisiting.page_states import PageState, Visit
from newsspider.site_memory.observations import Observation


@dataclass
class Batch:
    """Records and news of a crawl that one transaction writes.

    Attributes:
        records: in the order they were read.
        visits: visits with their records, if any.
        found: addresses that were found and not yet fetched.
        put_off: found addresses that are left for later.
        days: addresses of articles that were left because of their day, with that day.
        taught: observations for the memories of sites.
        chars: characters of the records' text.
    """

    records: list[ArticleRecord] = field(default_factory=list)
    visits: list[tuple[Visit, ArticleRecord | None]] = field(default_factory=list)
    found: list[PageState] = field(default_factory=list)
    put_off: list[str] = field(default_factory=list)
    days: list[tuple[str, date]] = field(default_factory=list)
    taught: list[Observation] = field(default_factory=list)
    chars: int = 0

    def add(self, record: ArticleRecord) -> None:
        """Add a record."""
        self.records.append(record)
        self.chars += len(record.body or "")

    def followed_by(self, later: Self) -> Self:
        """Return this batch and a later one as one."""
        return type(self)(
            self.records + later.records,
            self.visits + later.visits,
            self.found + later.found,
            self.put_off + later.put_off,
            self.days + later.days,
            self.taught + later.taught,
            self.chars + later.chars,
        )
