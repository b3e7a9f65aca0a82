"""Drift: a site whose new pages keep their text elsewhere than the pages that its memory knows."""

from dataclasses import dataclass, field

from newsspider.site_memory.memory import SiteMemory
from newsspider.site_memory.observations import Observation

SETTLED_ARTICLES = 5  # of a template, from which it is settled
SETTLED_SHARE = 0.8  # of a memory's articles that settled templates have, on a site that can drift
MIN_ARTICLES = 10  # that a memory has, before it has a usual place for text
MIN_DRIFTED = 3  # new pages with another place for the text, before it is drift
DRIFTED_SHARE = 0.5  # of a run's new pages
SHOWN_PAGES = 3  # that are named


@dataclass
class Layouts:
    """Where a run's new pages keep their text, beside a memory from before the run.

    Attributes:
        memory: the site's, as it was when the run began.
        pages: how many new pages were read.
        drifted: the addresses of those whose text is in a container that was no body before.
    """

    memory: SiteMemory
    pages: int = 0
    drifted: list[str] = field(default_factory=list)

    def note(self, observation: Observation, address: str) -> None:
        """Take a page; one that the memory has is not new."""
        if any(each.article == observation.article for each in self.memory.articles):
            return
        self.pages += 1
        if observation.template not in self.memory.templates:
            self.drifted.append(address)

    def find_drift(self) -> list[str]:
        """Return the addresses of the pages that show that the site's template changed, sorted; none if it did not."""
        many = max(MIN_DRIFTED, DRIFTED_SHARE * self.pages)
        return sorted(self.drifted) if len(self.drifted) >= many and is_settled(self.memory) else []

    def describe(self) -> str | None:
        """Return the drift in a sentence; None if there is none."""
        drifted = self.find_drift()
        if not drifted:
            return None
        named = ", ".join(drifted[:SHOWN_PAGES])
        usual = usual_place(self.memory)
        return f"template changed: {len(drifted)} of {self.pages} new pages have no text in {usual}, such as {named}"


def is_settled(memory: SiteMemory) -> bool:
    """Whether a memory knows enough articles, nearly all of settled templates: else a new place means nothing."""
    counts = [len(articles) for articles in memory.templates.values()]
    settled = sum(count for count in counts if count >= SETTLED_ARTICLES)
    return sum(counts) >= MIN_ARTICLES and settled >= SETTLED_SHARE * sum(counts)


def usual_place(memory: SiteMemory) -> str:
    """Return the path of the container that is the body of most articles."""
    template = max(memory.templates, key=lambda each: (len(memory.templates[each]), each))
    return path_of(memory, template)


def path_of(memory: SiteMemory, container: int) -> str:
    """Return a container's path; its number where too few articles have it for the path to be kept."""
    for article in memory.articles:
        for each in article.containers:
            if each.container == container and each.path:
                return each.path
    return f"container {container:08x}"
