"""Live blogs: many entries, each with its time, on one page."""

import re

from newsspider.extraction.declared.metadata import types_of
from newsspider.extraction.kinds.page_facts import PageFacts
from newsspider.extraction.kinds.phrases import LIVE_WORDS
from newsspider.extraction.kinds.scoring import labelled
from newsspider.extraction.live_updates import MIN_ENTRIES, read_shown_updates

_LIVE_NAME = re.compile(
    r"live-?blog|live-?ticker|live-?updates?|live-?feed|live-?post|live-?event|newsblog|"
    r"minuto-a-minuto|en-?directo|en-?vivo|en-?direct|diretta|ao-?vivo|tempo-?real|na-?zywo|canli|"
    r"liveupdate|liveblogupdate|live-coverage"
)
_LIVE_PATH = re.compile(
    r"/(?:live|liveblog|liveticker|ticker|newsticker|direct|directo|en-direct|en-directo|en-vivo|"
    r"diretta|ao-vivo|online)(?:[/?-]|$)|live-?blog|live-?ticker|live-updates?|minuto-a-minuto|"
    r"en-directo|en-direct|en-vivo|in-diretta|ao-vivo|-live(?:[-./]|$)|canli-|na-zywo"
)
_LIVE_TITLE = re.compile(
    r"\b(?:LIVE|Live[- ]?(?:blog|ticker|updates?)|Liveticker|EN DIRECT|DIRECT|En direct|EN DIRECTO|"
    r"DIRECTO|EN VIVO|En directo|En vivo|DIRETTA|In diretta|la diretta|AO VIVO|Ao vivo|CANLI|"
    r"NA ŻYWO|ONLINE|ОНЛАЙН)\b"
)


def why_live_blog(facts: PageFacts) -> str | None:
    """Return the reason why it is a live blog: a declaration, or a name and timed entries."""
    if facts.page.flat or not facts.stripped.body:
        return None

    if _is_declared(facts):
        return "declared as LiveBlogPosting"

    named = _why_named(facts)
    if not named:
        return None

    entries = len(read_shown_updates(facts.stripped))
    if entries >= MIN_ENTRIES:
        return f"{entries} entries with times, {named}"

    return None


def _is_declared(facts: PageFacts) -> bool:
    """Whether JSON-LD says that the page itself is a live blog."""
    article, live = facts.metadata.article, facts.metadata.by_type.get("LiveBlogPosting", ())
    if "LiveBlogPosting" in types_of(article):
        return True

    return bool(live) and (not article or any(node.get("liveBlogUpdate") for node in live))


def _why_named(facts: PageFacts) -> str | None:
    """Return where the page is called live."""
    if _LIVE_PATH.search(facts.path):
        return "an address for live blogs"

    if found := _LIVE_TITLE.search(facts.metadata.title):
        return f"titled “{found[0]}”"

    if label := labelled(facts, LIVE_WORDS):
        return f"labelled “{label}”"

    if "LiveBlogPosting" in facts.types:
        return "LiveBlogPosting in its JSON-LD"

    found = _LIVE_NAME.search(_names_around(facts))
    if found:
        return f"named “{found[0]}” in its markup"

    return None


def _names_around(facts: PageFacts) -> str:
    """Return the names of the elements around a block in the middle of the body, in lower case."""
    evidence = facts.stripped.evidence
    kept = facts.kept.nonzero()[0]

    if evidence is None or not len(kept):
        return ""

    nodes, names = evidence.page.nodes, []
    node = int(facts.blocks[int(kept[len(kept) // 2])].owner)
    while node >= 0:
        names.append(nodes.key[node])
        node = int(nodes.parent[node])

    return " ".join(names).lower()
