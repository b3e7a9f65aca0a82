"""Groups of reasons for dropping a block: each has one colour and one sign on every page."""

from newsspider.extraction.rules.paid_text import SCRAMBLED
from newsspider.extraction.rules.prompts_to_pay import PROMPT_TO_PAY
from newsspider.extraction.verdicts import LIKE_BOILERPLATE, SITE_NOTICE

FRAME = "frame"
MODEL = "model"
OTHER_PAGES = "other-pages"
ABOUT_ARTICLE = "about-article"
PROMPTS = "prompts"
# In the order of the legend.
GROUP_NAMES = {
    FRAME: "the site's frame",
    MODEL: LIKE_BOILERPLATE,
    OTHER_PAGES: "belongs to other pages",
    ABOUT_ARTICLE: "about the article",
    PROMPTS: "asks or notifies readers",
}
GROUPS = {
    LIKE_BOILERPLATE: MODEL,
    "leads to another article": OTHER_PAGES,
    "in a second article": OTHER_PAGES,
    "the same text stands above": OTHER_PAGES,
    "heads nothing that is kept": OTHER_PAGES,
    "the title": ABOUT_ARTICLE,
    "a byline": ABOUT_ARTICLE,
    "about the author": ABOUT_ARTICLE,
    "a caption": ABOUT_ARTICLE,
    "in a box of facts": ABOUT_ARTICLE,
    SCRAMBLED: ABOUT_ARTICLE,
    "announces an advertisement": PROMPTS,
    "asks to read on, subscribe or follow": PROMPTS,
    "a reader's comment": PROMPTS,
    "a notice about cookies or personal data": PROMPTS,
    SITE_NOTICE: PROMPTS,
    PROMPT_TO_PAY: PROMPTS,
    "stands in for what is not loaded": PROMPTS,
}


def group_of(reason: str) -> str:
    """Return the group of a reason for dropping a block.

    >>> group_of("the site's <nav>"), group_of("a caption")
    ('frame', 'about-article')
    """
    if reason.startswith("the site's <"):
        return FRAME
    if reason.startswith("the same on "):
        return OTHER_PAGES
    return GROUPS.get(reason, MODEL)
