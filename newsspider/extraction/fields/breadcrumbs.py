"""The section in the page's breadcrumbs: the last step that isn't the home page or the page."""

import re

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
LINKED_SHARE = (
    0.5  # of a line's characters in links, from which its steps lead to parts of the site
)
LINES_ABOVE = 4  # the headline, with the breadcrumbs
_STEPS = re.compile(r"\s*[›»>→/＞]\s*")
# Class names of the way to the page, in eight languages.
_PATH_NAMES = re.compile(
    r"(?i)bread-?crumb|topic-?path|pankuzu|rootline|klickpfad|brotkrume|fil-?d-?ariane|briciole|"
    r"kruimelpad|migas-?de|migalha|smulor|brødsmule"
)
_YOU_ARE_HERE = re.compile(
    r"^(?:当前位置|您的位置|現在位置|you are here|sie sind hier|vous êtes ici)\s*[:：]\s*", re.I
)


def find_in_breadcrumbs(metadata: Metadata, opening: Opening, title: str | None) -> Found | None:
    """Return the section from a BreadcrumbList, or from the steps right above the headline."""
    for node in metadata.by_type.get("BreadcrumbList", ()):
        names = map(_step_name, as_list(node.get("itemListElement")))
        if section := _last_section([name for name in names if name], title):
            return Found(section, "json-ld")

    if opening.headline < 0:
        return None

    if section := _last_section(_named_steps(opening), title):
        return Found(section, "markup")

    start = max(0, opening.headline - LINES_ABOVE)
    for block in opening.page.blocks[start : opening.headline]:
        steps = _STEPS.split(_YOU_ARE_HERE.sub("", squash(block.text)))
        is_linked = block.link_chars >= LINKED_SHARE * len(block.text)
        leads_here = len(steps) > 1 and (
            is_linked or _is_home(steps[0]) or _YOU_ARE_HERE.match(block.text)
        )

        if leads_here and (section := _last_section(steps if is_linked else steps[1:], title)):
            return Found(section, "markup")

    return None


def _named_steps(opening: Opening) -> list[str]:
    """Return the steps above the headline in blocks that are named as breadcrumbs."""
    page = opening.page
    for node, key in enumerate(page.nodes.key):
        first, end = page.nodes.first[node], page.nodes.end[node]
        if first >= opening.headline:
            break

        if _PATH_NAMES.search(key) and 1 < end - first <= MAX_STEPS and end <= opening.headline:
            return [
                squash(block.text).strip(" ›»>→/＞|•·")
                for block in page.blocks[first:end]
                if not block.hidden
            ]

    return []


def _step_name(item: object) -> str | None:
    """Return the name of a BreadcrumbList's step, or of its item."""
    if not isinstance(item, dict):
        return None

    inner = item.get("item")
    return as_text(item.get("name")) or (
        as_text(inner.get("name")) if isinstance(inner, dict) else None
    )


def _last_section(steps: list[str], title: str | None) -> str | None:
    """Return the last step that is a section's name."""
    own = set(read_words(title or ""))
    for step in reversed(steps):
        words = set(read_words(step))
        if not words or len(step) > MAX_STEP_CHARS or _is_home(step):
            continue

        is_title = words == own or (len(words & own) > len(words) / 2 and len(words) > 2)
        if not is_title and step.lower() not in PAGE_WORDS:
            return step

    return None


def _is_home(step: str) -> bool:
    words = step.lower().split()
    is_named = step.lower().strip() in HOME_WORDS
    return is_named or (
        bool(words) and (words[0] in HOME_WORDS or words[-1] in UNSPACED_HOME_WORDS)
    )
