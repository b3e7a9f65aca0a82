"""How many other articles of the site say the same as a page does, at the same place."""

from dataclasses import dataclass
from typing import NamedTuple

from newsspider.site_memory.memory import SiteMemory, sure_words
from newsspider.site_memory.observations import Observation


class ContainerUse(NamedTuple):
    """How a container is used on other articles: how many have it, and the words kept and dropped in it."""

    articles: int
    kept: int
    dropped: int

    @property
    def kept_share(self) -> float:
        """The share of its words that are kept."""
        return self.kept / max(self.kept + self.dropped, 1)


@dataclass(frozen=True)
class OtherArticles:
    """The articles that a site's memory holds beside a page and its copies, a bit for each."""

    memory: SiteMemory
    bits: int

    @classmethod
    def of(cls, memory: SiteMemory, page: Observation | None) -> "OtherArticles":
        """Return the articles other than a page; all of them if the page teaches nothing."""
        if page is None:
            return cls.beside(memory, None, {})

        return cls.beside(memory, page.article, sure_words(page.texts))

    @classmethod
    def beside(
        cls, memory: SiteMemory, article: int | None, words: dict[int, int]
    ) -> "OtherArticles":
        """Return the articles that neither are this one nor share its text, given its `sure_words`."""
        copies = memory.copies_of(words)
        bits = 0
        for number, each in enumerate(memory.articles):
            if each.article != article and number not in copies:
                bits |= 1 << number

        return cls(memory, bits)

    @property
    def number(self) -> int:
        """How many they are."""
        return self.bits.bit_count()

    def count_template(self, template: int) -> int:
        """Return how many other articles have a template; copies of each other are one."""
        bits = 0
        for number, article in enumerate(self.memory.articles):
            if article.template == template:
                bits |= 1 << number

        return self._count_distinct(bits & self.bits)

    def count(self, text: int, container: int) -> int:
        """Return on how many other articles a text stands in the same container; copies of each other are one."""
        return self._count_distinct(self.memory.masks.get((text, container), 0) & self.bits)

    def count_value(self, field: str, value: int) -> int:
        """Return on how many other articles a field has a value, given its hash; copies of each other are one."""
        return self._count_distinct(self.memory.values.get((field, value), 0) & self.bits)

    def count_field(self, field: str) -> int:
        """Return how many other articles have a field; copies of each other are one."""
        having = 0
        for (name, _), bits in self.memory.values.items():
            if name == field:
                having |= bits
        return self._count_distinct(having & self.bits)

    def use_of(self, container: int) -> ContainerUse:
        """Return how other articles use a container."""
        rows = [row for row in self.memory.containers.get(container, ()) if self.bits >> row[0] & 1]
        return ContainerUse(len(rows), sum(row[1] for row in rows), sum(row[2] for row in rows))

    def _count_distinct(self, bits: int) -> int:
        """Return the number of articles without those that are copies of one that is counted."""
        distinct = 0
        while bits:
            first = (bits & -bits).bit_length() - 1
            bits &= ~self.memory.copies[first]
            distinct += 1
        return distinct
