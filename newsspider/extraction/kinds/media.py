"""Pages that are a video or a gallery of pictures, with some lines of text beside."""

import re

import numpy as np

from newsspider.extraction.declared.metadata import types_of
from newsspider.extraction.kinds.page_facts import Flags, PageFacts
from newsspider.extraction.kinds.phrases import GALLERY_WORDS, VIDEO_WORDS
from newsspider.extraction.kinds.scoring import labelled, sum_up

# Words in sentences outside of captions; with more there is an article to read
MAX_MEDIA_PROSE = 150
SHORT_PROSE = 90  # of a declared article with a video or pictures: from so many on it is an article
BARE_PROSE = 40  # beside captions: with no more they are all there is
MEDIA_POINTS = 3
ARTICLE_POINTS = 2  # needed in addition if the page declares an article
MIN_CAPTIONS = 5  # captioned pictures; shorter series are in articles
# A longer block in an element named after pictures is text laid out beside one
MAX_CAPTION_WORDS = 50
CAPTION_STEPS = 5  # elements above a block among which one must be named a caption or slide

GALLERY_TYPES = frozenset({"ImageGallery", "MediaGallery"})
VIDEO_TYPES = frozenset({"VideoObject", "Clip", "TVEpisode", "BroadcastEvent"})
_VIDEO_PATH = re.compile(
    r"/(?:videos?|vid[eé]os?|v[ií]deos?|wideo|watch|mediathek|mediateca|tv|clip|player|av|"
    r"replay)(?:[/?.-]|$)"
)
_GALLERY_PATH = re.compile(
    r"(?:galler|galer[iyíï]|fotostrecke|bilderstrecke|bildergal|slideshow|diaporama|fotoserie|"
    r"photo-?essay|bildspel|in-(?:pictures|photos|bildern)|en-im|/(?:photos?|fotos?|pictures?|"
    r"bilder|zdjecia|kuvat|billeder)(?:[/?.-]|$))"
)
_COUNTER = re.compile(
    r"^(?:[^\W\d]{2,12} )?[(\[]?\d{1,3} ?(?:/|of|von|sur|de|di|van|av|af|z|из|z) ?\d{1,3}\b",
    re.MULTILINE,
)
_DIGIT = re.compile(r"\d")  # few blocks begin with a number
COUNTER_CHARS = 24  # of a block's start, with a counter
_PLAYER = re.compile(
    r"<(?:video\b|amp-video|amp-youtube|amp-brightcove|bolt-player|video-js|mux-player)|"
    r"<iframe[^<>]+(?:youtube|vimeo|dailymotion|brightcove|jwplatform|player|embed/video|rutube|"
    r"vk\.com/video)|(?:class|id)=[\"'](?:[^\"']{0,80}[-_ ])?(?:player|plyr|video-js|(?:video|jw|"
    r"media|yt|dm)-?player|brightcove)\b",
    re.IGNORECASE,
)


def why_video(facts: PageFacts) -> str | None:
    """Return the reason why the page is a video's."""
    if facts.page.flat or facts.kept_prose > _most_prose(facts):
        return None

    declared = _declared(facts, VIDEO_TYPES)
    label = labelled(facts, VIDEO_WORDS)
    typed = facts.og_type.startswith("video")
    placed = bool(_VIDEO_PATH.search(facts.path))
    if not any((declared, typed, placed, label)):
        return None

    return sum_up(
        MEDIA_POINTS + ARTICLE_POINTS * bool(facts.article),
        ((2 - bool(facts.article)) * bool(declared), f"declared as {declared}"),
        (2 * typed, f"og:type {facts.og_type}"),
        (placed, "an address for videos"),
        (bool(label), f"labelled “{label}”"),
        (bool(_PLAYER.search(facts.page.html)), "a player"),
    )


def why_gallery(facts: PageFacts) -> str | None:
    """Return the reason why the page is a gallery."""
    if facts.page.flat or not facts.blocks:
        return None

    captioned = _captioned(facts)
    beside = _prose_beside(facts, captioned)
    if beside > _most_prose(facts):
        return None

    declared = _declared(facts, GALLERY_TYPES)
    label = labelled(facts, GALLERY_WORDS)
    placed = bool(_GALLERY_PATH.search(facts.path))
    counters = _count_counters(facts)
    if not any((declared, label, placed, counters >= MIN_CAPTIONS)):
        return None

    captions = _count_captions(facts, captioned)
    return sum_up(
        MEDIA_POINTS + ARTICLE_POINTS * bool(facts.article),
        ((3 - bool(facts.article)) * bool(declared), f"declared as {declared}"),
        (bool(label), f"labelled “{label}”"),
        (placed, "an address for galleries"),
        (bool(counters) + (counters >= MIN_CAPTIONS), f"{counters} counted pictures"),
        ((captions >= MIN_CAPTIONS) * (1 + (beside <= BARE_PROSE)), f"{captions} captions"),
    )


def _declared(facts: PageFacts, types: frozenset[str]) -> str | None:
    """Return the first of these types that the page's nodes have."""
    return next(
        (name for node in facts.metadata.nodes for name in sorted(types_of(node) & types)), None
    )


def _most_prose(facts: PageFacts) -> int:
    """Return how many words in sentences such a page may have."""
    if facts.article:
        return SHORT_PROSE

    return MAX_MEDIA_PROSE


def _prose_beside(facts: PageFacts, captioned: Flags) -> float:
    """Return the body's words in sentences outside of captions."""
    return float(facts.prose[facts.kept & ~captioned].sum())


def _captioned(facts: PageFacts) -> Flags:
    """Return which blocks are in a caption, a slide or a gallery."""
    kinds = np.array([block.kind == "caption" for block in facts.blocks], dtype=bool)
    return kinds | (
        (facts.steps_to("caption") <= CAPTION_STEPS) & (facts.words <= MAX_CAPTION_WORDS)
    )


def _count_captions(facts: PageFacts, captioned: Flags) -> int:
    """Return how many pictures have a caption of some words."""
    return int((captioned & (facts.words >= 4)).sum())


def _count_counters(facts: PageFacts) -> int:
    """Return how many blocks begin like "3 / 12"."""
    starts = (block.text[:COUNTER_CHARS] for block in facts.blocks)
    numbered = filter(_DIGIT.search, starts)
    return len(_COUNTER.findall("\n".join(numbered)))
