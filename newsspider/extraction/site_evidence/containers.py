"""The containers that blocks are in: paths of tags, classes and ids, the same on all pages of a template."""

import re
from functools import lru_cache
from typing import NamedTuple

from newsspider.extraction.cutting.blocks import CutPage, Nodes
from newsspider.site_memory.observations import hash_path

# Named elements around a block that make its container; with two, fewer pages agree
NAMED_STEPS = 1
STEP_SIGN = " > "  # between the elements of a path
STEP_NAMES = 4  # of an element's names that count
_NAME = re.compile(r"(?:^|(?<=\s))(?:id=|itemprop=)?([^\s=]+)(?=\s|$)")
_NUMBERS = re.compile(r"(?:(?<![\d_-])[_-]+)?\d[\d_-]*")  # a run of them with a digit
# Names that WordPress makes of an article's subject, "category-politics", but not those that themes
# give to parts of a page, "post-content".
_PARTS = (
    "area bio body bottom box byline col content copy date description details excerpt footer head info "
    "inner intro item lead list main meta name row summary text title top wrap"
)
_OF_ARTICLE = re.compile(
    r"(?:post|page|category|tag|author|status|format|type|section|topic)-"
    rf"(?!(?:{_PARTS.replace(' ', '|')})s?(?![a-z]))|hentry$",
    re.I,
)


class Container(NamedTuple):
    """A container: the hash of its path, and the path in words."""

    number: int
    path: str


def find_containers(page: CutPage) -> list[Container]:
    """Return the container of each block."""
    by_owner: dict[int, Container] = {}
    found = []
    for block in page.blocks:
        container = by_owner.get(block.owner)
        if container is None:
            path = _path_of(page.nodes, block.owner)
            container = by_owner[block.owner] = Container(hash_path(path), path)
        found.append(container)
    return found


def _path_of(nodes: Nodes, node: int) -> str:
    """Return the path of an element: its tag and names, below the nearest named elements around it."""
    steps = [_step(nodes.tag[node], nodes.key[node])[0]]
    named = 0
    node = nodes.parent[node]
    while node >= 0 and named < NAMED_STEPS:
        step, is_named = _step(nodes.tag[node], nodes.key[node])
        if is_named:
            steps.append(step)
            named += 1
        node = nodes.parent[node]
    return STEP_SIGN.join(reversed(steps))


@lru_cache(maxsize=16384)
def _step(tag: str, key: str) -> tuple[str, bool]:
    """Return a tag with its element's names, and whether there are any.

    >>> _step("div", "story-body post-123 id=text-9 data-role=main")
    ('div.story-body.text', True)
    >>> _step("div", "post-content post-123 category-politics")
    ('div.post-content', True)
    """
    names = sorted(
        {_NUMBERS.sub("", name) for name in _NAME.findall(key) if not _OF_ARTICLE.match(name)}
        - {""}
    )
    return ".".join([tag, *names[:STEP_NAMES]]), bool(names)


def normalise(text: str) -> str:
    """Return a text in the form in which pages of a site are compared.

    >>> normalise("Follow  us on Telegram!")
    'follow us on telegram!'
    """
    return " ".join(text.lower().split())
