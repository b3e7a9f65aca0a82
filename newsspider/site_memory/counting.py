"""How many other articles of the site say the same as a page does, at the same place."""

from dataclasses import dataclass

from newsspider.site_memory.memory import SiteMemory
from newsspider.site_memory.observations import Observation

COPY_SHARE = 0.5  # of a page's kept words that another has too, above which the other is a copy of it


@dataclass(frozen=True)
class OtherArticles:
    """The articles that a site's memory holds beside a page and its copies, a bit for each."""

    memory: SiteMemory
    bits: int

    @classmethod
    def of(cls, memory: SiteMemory, page: Observation | None) -> "OtherArticles":
        """Return the articles other than a page; all of them if the page teaches nothing."""
        bits = 0
        for number, each in enumerate(memory.articles):
            if page is None or not (each.article == page.article or is_copy(page, each)):
                bits |= 1 << number
        return cls(memory, bits)

    def count(self, text: int, container: int) -> int:
        """Return on how many other articles a text stands in the same container."""
        return (self.memory.masks.get((text, container), 0) & self.bits).bit_count()


def is_copy(page: Observation, other: Observation) -> bool:
    """Whether another article shares more than COPY_SHARE of the page's kept words."""
    words = {each.text: each.words for each in page.texts if each.kept}
    shared = sum(words.get(text, 0) for text in {each.text for each in other.texts if each.kept})
    return shared > COPY_SHARE * sum(words.values())
