"""The kinds of page: one row per kind.

A new kind is a name in `Kind`, a row in `KIND_ROWS`, and a module in `extraction/kinds/` with its
judge.
"""

from dataclasses import dataclass
from typing import Literal, get_args

# In the order in which help texts, the record's schema and a run's summary list them.
Kind = Literal[
    "article",
    "live_blog",
    "gallery",
    "video",
    "index",
    "page",
    "paywalled",
    "consent",
    "bot_wall",
    "soft_404",
    "truncated",
    "empty",
    "not_html",
    "failed",
]
Group = Literal[
    "article",  # goes to the articles; all others go to quarantine
    "failed",  # makes the exit code 1
    "unread",  # has no content: a source with nothing else is dark
    "gone",  # means that there is no such page
    "retried",  # another try may succeed
    "evident",  # is evident from a part of the page's bytes
]


@dataclass(frozen=True)
class KindRow:
    """A kind of page.

    Attributes:
        name: as in records.
        meaning: one sentence.
        groups: the groups that the kind belongs to.
        judge: "module:function" in `newsspider.extraction.kinds`; the function takes a page's
            `PageFacts` and returns the reason why the page is of this kind, or None. None for kinds
            that are decided elsewhere.
    """

    name: Kind
    meaning: str
    groups: tuple[Group, ...] = ()
    judge: str | None = None


# In the order in which their judges are asked: first kinds that replace an article, then kinds that
# look like an article, then articles that are not whole. A page that no judge claims is an article.
KIND_ROWS: tuple[KindRow, ...] = (
    KindRow(
        "bot_wall",
        "A test that is meant to stop robots.",
        ("failed", "unread", "evident"),
        "walls:why_bot_wall",
    ),
    KindRow(
        "failed",
        "A page that can't be fetched or read.",
        ("failed", "unread", "retried"),
        "walls:why_refused",
    ),
    KindRow(
        "consent",
        "A request for consent instead of the page.",
        ("unread",),
        "walls:why_consent",
    ),
    KindRow("soft_404", "A page that says it does not exist.", ("gone",), "missing:why_soft_404"),
    KindRow("live_blog", "A live blog.", ("article",), "live:why_live_blog"),
    KindRow("video", "A video with little text.", judge="media:why_video"),
    KindRow("gallery", "A picture gallery with little text.", judge="media:why_gallery"),
    KindRow(
        "index",
        "A list of links, such as a section or a home page.",
        judge="listing:why_index",
    ),
    KindRow("empty", "A page without text.", ("failed", "unread"), "missing:why_empty"),
    KindRow(
        "page",
        "Neither an article nor a list: a product, a quiz, legal notices.",
        judge="other:why_page",
    ),
    KindRow(
        "paywalled",
        "An article with only the beginning free.",
        ("article",),
        "paywalls:why_paywalled",
    ),
    KindRow(
        "truncated",
        "A page that ends too early.",
        ("failed", "unread", "retried"),
        "endings:why_truncated",
    ),
    KindRow("article", "An article.", ("article",)),
    KindRow("not_html", "A file that isn't HTML, such as a PDF.", ("failed", "unread", "evident")),
)


def kinds_in(group: Group) -> frozenset[str]:
    """Return the kinds of a group.

    >>> sorted(kinds_in("article"))
    ['article', 'live_blog', 'paywalled']
    """
    return frozenset(row.name for row in KIND_ROWS if group in row.groups)


KINDS: tuple[Kind, ...] = get_args(Kind)
ARTICLE_KINDS = kinds_in("article")
FAILED_KINDS = kinds_in("failed")
UNREAD_KINDS = kinds_in("unread")
GONE_KINDS = kinds_in("gone")
RETRIED_KINDS = kinds_in("retried")
EVIDENT_KINDS = kinds_in("evident")
# A page's kind says something about other pages with similar addresses, unless it was not read or
# is gone.
TELLING_KINDS: frozenset[str] = frozenset(KINDS) - UNREAD_KINDS - GONE_KINDS
# In running text, one and several; other kinds are written as they are.
_WORDS = {
    "article": ("article", "articles"),
    "live_blog": ("live_blog", "live_blogs"),
    "gallery": ("gallery", "galleries"),
    "video": ("video", "videos"),
    "page": ("other page", "other pages"),
}


def count_kind(number: int, kind: str) -> str:
    """Return a number of pages of a kind for running text.

    >>> count_kind(1, "article"), count_kind(2, "gallery"), count_kind(2, "paywalled")
    ('1 article', '2 galleries', '2 paywalled')
    """
    one, several = _WORDS.get(kind, (kind, kind))
    return f"{number} {one if number == 1 else several}"
