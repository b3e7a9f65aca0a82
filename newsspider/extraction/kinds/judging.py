"""What kind of page this is, and why: the kinds in the order in which they are asked for."""

from collections.abc import Callable

from newsspider.extraction.kinds.clues import Clues
from newsspider.extraction.kinds.endings import why_paywalled, why_truncated
from newsspider.extraction.kinds.listing import why_index
from newsspider.extraction.kinds.live import why_live_blog
from newsspider.extraction.kinds.media import why_gallery, why_video
from newsspider.extraction.kinds.missing import why_empty, why_soft_404
from newsspider.extraction.kinds.walls import why_bot_wall, why_consent, why_refused
from newsspider.extraction.sources import Sources
from newsspider.extraction.stripping import Stripped
from newsspider.page import Page
from newsspider.record import Kind

# What stands in an article's place first, then what an article may be taken for, then what is one but not whole.
JUDGES: tuple[tuple[Kind, Callable[[Clues], str | None]], ...] = (
    ("bot_wall", why_bot_wall),
    ("failed", why_refused),
    ("consent", why_consent),
    ("soft_404", why_soft_404),
    ("live_blog", why_live_blog),
    ("video", why_video),
    ("gallery", why_gallery),
    ("index", why_index),
    ("empty", why_empty),
    ("paywalled", why_paywalled),
    ("truncated", why_truncated),
)


def judge_kind(page: Page, sources: Sources, stripped: Stripped) -> tuple[Kind, str | None]:
    """Return (kind, reason); the reason is None for a plain article.

    Articles have priority: a page is anything else only on evidence of more than one sort.
    """
    clues = Clues(page, sources, stripped)
    found = ((kind, reason) for kind, why in JUDGES if (reason := why(clues)))
    return next(found, ("article", None))
