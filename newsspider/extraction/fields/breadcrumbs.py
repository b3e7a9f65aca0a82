"""The section in the page's breadcrumbs: the last step that isn't the home page or the page."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from newsspider.extraction.cutting.blocks import Block
from newsspider.extraction.declared.metadata import Found, Metadata, as_list, as_text
from newsspider.extraction.fields.opening import Opening
from newsspider.text import read_words, squash

# First steps: the site's front door, and last ones: "article", "text".
HOME_WORDS = frozenset(
    """home homepage start startseite accueil inicio início anasayfa главная головна 首页 ホーム トップ トップページ 홈
    beranda strona hem forside hjem etusivu αρχική خانه الرئيسية""".split()
)
# After the site's name, too.
UNSPACED_HOME_WORDS = frozenset("首页 ホーム トップ トップページ 홈".split())
PAGE_WORDS = frozenset("article artikel 正文 記事 本文 内容 text news post story".split())
MAX_STEP_CHARS = 40
MAX_STEPS = 8
# Of a line's characters in links, from which its steps lead to parts of the site
LINKED_SHARE = 0.5
LINES_ABOVE = 4  # the headline, with the breadcrumbs
_STROKES = " ›»>→/＞|•·"
_STEPS = re.compile(r"\s*[›»>→/＞]\s*")
# Class names of the way to the page, in eight languages.
_PATH_NAMES = re.compile(
    r"(?i)bread-?crumb|topic-?path|pankuzu|rootline|klickpfad|brotkrume|fil-?d-?ariane|briciole|"
    r"kruimelpad|migas-?de|migalha|smulor|brødsmule"
)
# In lower case: one of them is in each of those names
_PATH_WORDS = (
    "crumb", "topicpath", "topic-path", "pankuzu", "rootline", "klickpfad", "brotkrume", "ariane",
    "briciole", "kruimelpad", "migas", "migalha", "smulor", "brødsmule",
)  # fmt: skip
_YOU_ARE_HERE = re.compile(
    r"^(?:当前位置|您的位置|現在位置|you are here|sie sind hier|vous êtes ici)\s*[:：]\s*", re.I
)


def find_in_breadcrumbs(metadata: Metadata, opening: Opening, title: str | None) -> Found | None:
    """Return the section from a BreadcrumbList, or from the steps right above the headline."""
    for node in metadata.by_type.get("BreadcrumbList", ()):
        names = map(_step_name, as_list(node.get("itemListElement")))
        if section := _last_section(list(filter(None, names)), title):
            return Found(section, "json-ld")

    if opening.headline < 0:
        return None

    shown = (_last_section(steps, title) for steps in _iter_shown_steps(opening))
    section = next(filter(None, shown), None)
    if section:
        return Found(section, "markup")

    return None


def _iter_shown_steps(opening: Opening) -> Iterator[list[str]]:
    """Yield the steps that the page shows: in named blocks, then in lines above the headline."""
    yield _named_steps(opening)

    start = max(0, opening.headline - LINES_ABOVE)
    yield from map(_steps_in_line, opening.page.blocks[start : opening.headline])


def _steps_in_line(block: Block) -> list[str]:
    """Return the steps in a line that leads to the page; none in another line."""
    steps = _STEPS.split(_YOU_ARE_HERE.sub("", squash(block.text)))
    if len(steps) < 2:
        return []

    if block.link_chars >= LINKED_SHARE * len(block.text):
        return steps

    if _is_home(steps[0]) or _YOU_ARE_HERE.match(block.text):
        return steps[1:]

    return []


def _named_steps(opening: Opening) -> list[str]:
    """Return the steps above the headline in blocks that are named as breadcrumbs."""
    nodes = opening.page.nodes
    above = nodes.key[: bisect_left(nodes.first, opening.headline)]
    names = "\n".join(above).lower()
    if not any(word in names for word in _PATH_WORDS):
        return []

    path = next((node for node in range(len(above)) if _is_path(opening, node)), None)
    if path is None:
        return []

    blocks = opening.page.blocks[nodes.first[path] : nodes.end[path]]
    return [squash(block.text).strip(_STROKES) for block in blocks if not block.hidden]


def _is_path(opening: Opening, node: int) -> bool:
    """Whether an element ends above the headline, has a few blocks, and is named as breadcrumbs."""
    nodes = opening.page.nodes
    first, end = nodes.first[node], nodes.end[node]
    is_short = 1 < end - first <= MAX_STEPS and end <= opening.headline
    return is_short and _PATH_NAMES.search(nodes.key[node]) is not None


def _step_name(item: object) -> str | None:
    """Return the name of a BreadcrumbList's step, or of its item."""
    if not isinstance(item, dict):
        return None

    return as_text(item.get("name")) or _name_of(item.get("item"))


def _name_of(item: object) -> str | None:
    if isinstance(item, dict):
        return as_text(item.get("name"))

    return None


def _last_section(steps: list[str], title: str | None) -> str | None:
    """Return the last step that is a section's name."""
    own = frozenset(read_words(title or ""))
    sections = (step for step in reversed(steps) if _is_section(step, own))
    return next(sections, None)


def _is_section(step: str, title: frozenset[str]) -> bool:
    """Whether a step is neither the front page nor the page itself."""
    words = set(read_words(step))
    if not words or len(step) > MAX_STEP_CHARS or _is_home(step):
        return False

    is_title = words == title or (len(words & title) > len(words) / 2 and len(words) > 2)
    return not is_title and step.lower() not in PAGE_WORDS


def _is_home(step: str) -> bool:
    lower = step.lower().strip()
    words = lower.split() or [""]
    return lower in HOME_WORDS or words[0] in HOME_WORDS or words[-1] in UNSPACED_HOME_WORDS
