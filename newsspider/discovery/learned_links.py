"""Learned links: which shapes of a site's addresses are articles, and which are not."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from newsspider.address_shapes import shapes_of
from newsspider.discovery.link_scores import ARTICLE_POINTS, read_address, role_of
from newsspider.discovery.links import Link
from newsspider.kinds import ARTICLE_KINDS, TELLING_KINDS
from newsspider.urls import site_of

MAX_SHAPES = 500  # of a site: a newspaper has some fifty; beyond are traps' and users' names
LEARNED_POINTS = 3  # more than a slug or a number, and less than a date and a slug
ENOUGH_PAGES = 3  # of a shape, before it adds or takes points
# The same for a shape that sections share, where the section itself has too few pages
ENOUGH_COMMON_PAGES = 6
# Shares of articles among the pages read; a shape between them adds no points
MOSTLY, HARDLY = 0.8, 0.2
# A link with as many points is an article, whatever its shape
CLEAR_POINTS = ARTICLE_POINTS + LEARNED_POINTS


@dataclass
class _Tally:
    """The number of pages of a shape, and the number of articles among them."""

    pages: int = 0
    articles: int = 0

    @property
    def share(self) -> float:
        return self.articles / self.pages


@dataclass
class LearnedLinks:
    """The shapes learned in earlier runs and in this one, by site.

    The number of shapes per site is limited, and so is the memory.
    """

    _sites: dict[str, dict[str, _Tally]] = field(default_factory=dict)

    def recall(self, site: str, known: Iterable[tuple[str, int, int]]) -> None:
        """Set the shapes that earlier runs learned, with their numbers of pages and articles."""
        self._sites[site] = {shape: _Tally(pages, articles) for shape, pages, articles in known}

    def learn(self, url: str, kind: str) -> None:
        """Note the kind of the page at a link's address."""
        if kind not in TELLING_KINDS:
            return

        tallies = self._sites.setdefault(site_of(url) or "", {})

        for shape in shapes_of(url):
            if shape not in tallies and len(tallies) >= MAX_SHAPES:
                continue

            tally = tallies.setdefault(shape, _Tally())
            tally.pages += 1
            tally.articles += kind in ARTICLE_KINDS

    def judge(self, links: Iterable[Link]) -> list[Link]:
        """Return the links worth following, each with the role by its own marks and the learned shapes.

        The links are of one site.
        """
        judged: list[Link] = []
        tallies = None

        for link in links:
            if tallies is None:
                tallies = self._sites.get(site_of(link.url) or "", {})

            learned = 0
            if tallies and link.points < CLEAR_POINTS:
                learned = self._points(tallies, link.url)

            judged.append(_with_learned(link, learned) if learned else link)

        return [link for link in judged if link.role]

    def _points(self, tallies: dict[str, _Tally], url: str) -> int:
        """Return the points for an address's shape."""
        own, common = (tallies.get(shape) for shape in shapes_of(url))
        if own and own.pages >= ENOUGH_PAGES:
            return _points_of(own)
        return _points_of(common) if common and common.pages >= ENOUGH_COMMON_PAGES else 0


def _points_of(tally: _Tally) -> int:
    """Return the points for a shape's pages."""
    if tally.share >= MOSTLY:
        return LEARNED_POINTS
    if tally.share <= HARDLY:
        return -LEARNED_POINTS
    return 0


def _with_learned(link: Link, learned: int) -> Link:
    """Return a link with the points of its shape, and the role that follows from them."""
    points = link.points + learned
    if learned > 0 and points >= ARTICLE_POINTS:
        return replace(link, role="article", points=points, is_learned=True)

    marks = read_address(link.url)
    role = role_of(marks, points) if marks else None

    return replace(link, role=role, points=points)
