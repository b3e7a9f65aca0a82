"""The language of the text: as declared, unless the text itself speaks against it."""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import as_file
from typing import Any

from newsspider.extraction.cutting.blocks import Block, CutPage
from newsspider.extraction.declared.metadata import Found, Metadata, as_text
from newsspider.extraction.model.locating import LANGUAGE_MODEL
from newsspider.pages.page import Page
from newsspider.text import squash

LINE_CHARS = 40  # shorter lines are menus, whose words are often another language's
SAMPLE_CHARS = 300  # of text are enough to be sure in most cases; more take 0.1 ms for each hundred
MIN_SAMPLE_CHARS = 60  # fewer say too little to name a language
MIN_DOUBT_CHARS = 300  # and fewer too little to speak against a declared one
# The detector's: to name a language, to speak against a declared one.
MIN_SCORE, MIN_DOUBT_SCORE = (0.5, 0.9)
_TAG = re.compile(r"[a-zA-Z]{2,3}(?:[-_][a-zA-Z0-9]{2,8})*")
# Written alike, or one a name of the other: the detector can't part them.
ALIKE = tuple(map(frozenset, (
    {"no", "nb", "nn", "da"}, {"sr", "hr", "bs", "sh", "cnr", "me"}, {"id", "ms"}, {"he", "iw"},
    {"fil", "tl", "ceb"}, {"zh", "yue", "wuu"}, {"ro", "mo"}, {"fa", "prs", "tg"},
    {"de", "lb", "gsw", "als", "nds"}, {"pt", "gl"}, {"es", "gl", "ast", "ca", "an"},
    {"hi", "mr", "ne"}, {"ku", "ckb", "kmr"}, {"az", "tr"}, {"cs", "sk"},
    {"ru", "uk", "be", "bg"}, {"af", "nl"}, {"fr", "oc"}, {"ur", "pnb"}, {"bn", "as"},
)))  # fmt: skip


def find_language(page: Page, metadata: Metadata, cut: CutPage) -> Found | None:
    """Return the language as BCP 47: of html, JSON-LD, og:locale, entry, profile; or detected.

    The detected one is preferred only if the text is long and the detector is sure.
    """
    declared = _declared(page, metadata)
    detected = detect_language(_sample(cut))
    if detected is None:
        return declared

    language, score, chars = detected
    if declared is None:
        return Found(language, "text") if score >= MIN_SCORE else None

    is_sure = score >= MIN_DOUBT_SCORE and chars >= MIN_DOUBT_CHARS
    if is_sure and not _are_alike(declared.value.partition("-")[0], language):
        return Found(language, "text")

    return declared


def _declared(page: Page, metadata: Metadata) -> Found | None:
    """Return the first language tag that is one."""
    for value, provenance in _iter_declared(page, metadata):
        tag = (value or "").strip()
        if _TAG.fullmatch(tag):
            return Found(_in_usual_case(tag), provenance)

    return None


def _iter_declared(page: Page, metadata: Metadata) -> Iterator[tuple[str | None, str]]:
    """Yield the texts that are named as the language, best first, each with its provenance."""
    yield page.tree.get("lang") or page.tree.get("xml:lang"), "markup"
    yield as_text(metadata.article.get("inLanguage")), "json-ld"
    yield metadata.first_meta("og:locale", "content-language", "language", "dc.language"), "meta"

    if metadata.entry:
        yield metadata.entry.language, metadata.entry.origin

    yield page.language, "profile"


def _in_usual_case(tag: str) -> str:
    """Return a language tag with the language in small letters and the country in capitals."""
    language, *rest = re.split("[-_]", tag)
    others = (part.upper() if len(part) == 2 else part for part in rest)
    return "-".join((language.lower(), *others))


def _sample(cut: CutPage) -> str:
    """Return the first of the page's long lines, as one line."""
    lines, chars = [], 0
    for block in filter(_is_sample, cut.blocks):
        lines.append(block.text)
        chars += len(block.text)
        if chars >= SAMPLE_CHARS:
            break

    return squash(" ".join(lines))[:SAMPLE_CHARS]


def _is_sample(block: Block) -> bool:
    """Whether a block is a visible line of text rather than a menu's."""
    if block.hidden or len(block.text) < LINE_CHARS:
        return False

    return block.link_chars < len(block.text) / 2


def detect_language(text: str) -> tuple[str, float, int] | None:
    """Return (language, score from 0 to 1, the text's length).

    None for a text that is too short.
    """
    if len(text) < MIN_SAMPLE_CHARS:
        return None

    # A headline all in capitals reads like Japanese to it.
    (label,), (score,) = _detector().predict(text.lower() if text.isupper() else text)
    return str(label).removeprefix("__label__"), min(float(score), 1.0), len(text)


@cache
def _detector() -> Any:
    """Load fastText's small model of languages."""
    import fasttext  # here: most commands can do without

    with as_file(LANGUAGE_MODEL) as path:  # unpacked for the moment if the package is in an egg
        return fasttext.load_model(str(path))


def _are_alike(one: str, other: str) -> bool:
    return one == other or any({one, other} <= group for group in ALIKE)
