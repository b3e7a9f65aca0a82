"""Wrappers: the containers that hold nothing but body, and those that hold none, on all articles of a site.

Source:
    Kushmerick, Weld, Doorenbos: Wrapper Induction for Information Extraction, IJCAI 1997.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from newsspider.site_memory.observations import Observation

MIN_ARTICLES = 2  # that have a container, before it counts as body
AGREEING = 0.9  # of the articles with a container: one odd one in ten is a mistake of the model


@dataclass(frozen=True, slots=True)
class Wrapper:
    """How a site's articles are laid out, as far as nearly all remembered ones agree.

    Attributes:
        body: containers that hold body and nothing else.
        other: containers that hold no body.
        known: these and the containers that articles disagree about.
        fewest_words: of body that an article has; counted up to a container's limit.
    """

    body: frozenset[int]
    other: frozenset[int]
    known: frozenset[int]
    fewest_words: int


@dataclass(slots=True)
class _Use:
    """How many articles have a container, and in how many it is all body or none."""

    articles: int = 0
    all_body: int = 0
    no_body: int = 0

    @property
    def is_body(self) -> bool:
        return self.articles >= MIN_ARTICLES and self.all_body >= AGREEING * self.articles

    @property
    def is_other(self) -> bool:
        return self.no_body >= AGREEING * self.articles


def induce_wrapper(articles: Iterable[Observation]) -> Wrapper:
    """Return the wrapper of a site's articles, of which there is at least one."""
    uses: dict[int, _Use] = defaultdict(_Use)
    words = []
    for article in articles:
        words.append(sum(each.kept for each in article.containers))
        for each in article.containers:
            use = uses[each.container]
            use.articles += 1
            use.all_body += each.kept > 0 and not each.dropped
            use.no_body += not each.kept

    return Wrapper(
        body=frozenset(container for container, use in uses.items() if use.is_body),
        other=frozenset(container for container, use in uses.items() if use.is_other),
        known=frozenset(uses),
        fewest_words=min(words),
    )
