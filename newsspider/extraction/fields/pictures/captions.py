"""Read the caption and the credit that a page prints below a picture."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from lxml import etree

from newsspider.text import squash

MAX_CAPTION_CHARS = 1_000
MAX_CREDIT_WORDS = 12  # "Ann Moss for The Herald, courtesy of the National Museum of the Sea"
_BRACKETS = (("(", ")"), ("[", "]"), ("（", "）"), ("【", "】"))
CREDIT_WORDS = (
    "credit", "copyright", "photographer", "photo-by", "fotograf", "bildnachweis", "bildquelle",
    "attribution", "caption-source", "image-source", "caption__source", "image__source",
    "autor-foto", "photo-author", "byline-photo", "imagecredit", "creditline", "licence", "license",
    "agency",
)  # fmt: skip
# Labels before whose picture it is, as printed in the languages of news.
LABELS = (
    "photo", "photos", "photo by", "photograph", "photograph by", "photo credit", "photo credits",
    "photo courtesy of", "image", "image credit", "image credits", "picture", "pictures", "pic",
    "credit", "credits", "source", "copyright", "courtesy of", "illustration", "foto", "fotos",
    "bild", "bilder", "bildnachweis", "bildquelle", "quelle", "fotograf", "fotografin", "grafik",
    "crédit", "crédits", "crédit photo", "crédits photo", "crédit image", "fuente", "crédito",
    "fotografía", "imagen", "fonte", "immagine", "beeld", "bron", "kuva", "zdjęcie", "fot.",
    "źródło", "фото", "источник", "写真", "写真提供", "提供", "사진", "사진 출처",
    "사진출처", "图片来源", "图", "资料图",
)  # fmt: skip
_LABEL = "|".join(
    re.escape(label).replace(r"\ ", r"\s") for label in sorted(LABELS, key=len, reverse=True)
)
_LABELLED = re.compile(
    rf"(?:(?<=^)|(?<=[\s(\[|/.…–—-]))(?:{_LABEL})\s?[:：/=©]\s?(?=\S)|©\s?|\(c\)\s", re.I
)
_IN_BRACKETS = re.compile(r"[(\[（【<]([^()\[\]（）【】<>]{2,80})[)\]）】>]\.?$")
# Who is named in brackets at the end of a caption: "(AP Photo/Ann Moss)", "(Reuters)".
_SELLERS = re.compile(
    r"\b(?:AP|AFP|EPA|EFE|dpa|APA|PA|ANSA|Reuters|Getty|Xinhua|Kyodo|Yonhap|TASS|Alamy|"
    r"Shutterstock|iStock|Unsplash|picture alliance|imago|Keystone|Ritzau|NTB|TT|Lehtikuva|Photo|"
    r"Foto|Image[ns]?|Images|Archiv|Courtesy|Handout)\b|撮影|提供|사진|기자"
)
_ENDS = " \t|/–—-:;,"
_SILENT_TAGS = frozenset({"script", "style", "noscript", "button", "svg"})
_HIDDEN_NAMES = ("hidden", "sr-only", "screen-reader", "screenreader", "icon")


class Caption(NamedTuple):
    """A caption and a credit; None for none."""

    text: str | None
    credit: str | None


def read_caption(holder: etree._Element) -> Caption:
    """Return the caption of an element's pictures: its figcaption, or an element named so."""
    text = ""
    places = [holder]
    if (named := _find_caption(holder)) is not None:
        text = squash(_text_of(named))
        places = [named, holder]

    written = next(filter(None, map(_find_credit, places)), None)
    if written is None:
        return split_credit(text)

    text = text.replace(written, " ", 1)
    if credit := bare_credit(written):
        return Caption(_bare_caption(text), credit)

    return split_credit(text)


def split_credit(text: str) -> Caption:
    """Part a caption from the credit that it ends with.

    >>> split_credit("The old quay. Photo: Ann Moss/AP")
    Caption(text='The old quay.', credit='Ann Moss/AP')
    >>> split_credit("The old quay (AP Photo/Ann Moss)")
    Caption(text='The old quay', credit='AP Photo/Ann Moss')
    """
    text = squash(text[:MAX_CAPTION_CHARS])
    bracketed = _IN_BRACKETS.search(text, max(0, len(text) - 90))

    if bracketed and _SELLERS.search(bracketed[1]) and not _LABELLED.match(bracketed[1]):
        return Caption(_trim(text[: bracketed.start()]), bracketed[1].strip())

    labelled = max(_LABELLED.finditer(text), key=lambda found: found.start(), default=None)
    credit = None
    if labelled:
        credit = _trim(text[labelled.end() :])

    if labelled and credit and _may_be_credit(credit):
        return Caption(_trim(text[: labelled.start()]), credit)

    return Caption(text or None, None)


def _may_be_credit(text: str) -> bool:
    """Whether the text after a label is short and begins like a name."""
    return len(text.split()) <= MAX_CREDIT_WORDS and not (
        text[0].islower() and not _SELLERS.match(text)
    )


def _bare_caption(text: str) -> str | None:
    """Return a caption without the label and the signs that its credit left behind."""
    bare = _trim(squash(text[:MAX_CAPTION_CHARS]))
    while bare and (label := _label_at_end(bare)):
        bare = _trim(bare[: -len(label)])

    return None if bare is None or bare.lower() in (*LABELS, "©") else bare


def _label_at_end(text: str) -> str | None:
    """Return the label before a credit that is left at a text's end."""
    lower = text.lower()
    return next((label for label in LABELS if lower.endswith(f" {label}")), None)


def bare_credit(credit: str) -> str | None:
    """Return a credit without the word before it; None for the word alone."""
    labelled = _LABELLED.match(credit)
    bare = _trim(credit[labelled.end() if labelled else 0 :].removeprefix("©"))
    return None if bare is None or bare.lower() in LABELS else bare


def _trim(text: str) -> str | None:
    """Return a text without signs and unpaired brackets at its ends; None for nothing else."""
    text = text.strip(_ENDS)
    for opening, closing in _BRACKETS:
        text = _without_brackets(text, opening, closing)

    return text.strip(_ENDS) or None


def _without_brackets(text: str, opening: str, closing: str) -> str:
    """Return a text without the brackets around all of it, or one that is left at its end."""
    if text.startswith(opening) and text.find(closing) in (-1, len(text) - 1):
        return text.removeprefix(opening).removesuffix(closing)

    is_left = text.endswith(opening) or (text.endswith(closing) and opening not in text)
    return text[:-1] if is_left else text


def _find_caption(holder: etree._Element) -> etree._Element | None:
    """Return the element of a caption."""
    named = next(holder.iter("figcaption"), None)
    if named is not None:
        return named

    return _first_named(holder.iter("p", "div", "span", "dd", "em"), ("caption",))


def _find_credit(holder: etree._Element) -> str | None:
    inner = (
        each
        for each in holder.iterdescendants(
            "span", "small", "cite", "p", "div", "em", "footer", "a", "figcaption"
        )
    )
    element = _first_named(inner, CREDIT_WORDS)
    if element is not None:
        return squash(_text_of(element))[:MAX_CAPTION_CHARS] or None

    return None


def _first_named(
    elements: Iterable[etree._Element], words: tuple[str, ...]
) -> etree._Element | None:
    """Return the first element with text whose class or itemprop has one of the words."""
    named = (element for element in elements if _is_named(element, words))
    return next((element for element in named if _text_of(element).strip()), None)


def _is_named(element: etree._Element, words: tuple[str, ...]) -> bool:
    names = f"{element.get('class') or ''} {element.get('itemprop') or ''}".lower()
    return any(word in names for word in words)


def _text_of(element: etree._Element) -> str:
    """Return an element's text without buttons and text for screen readers."""
    parts: list[str] = []
    walk = etree.iterwalk(element, events=("start", "end", "comment", "pi"))

    for event, each in walk:
        if event == "start":
            if each is not element and _is_for_others(each):
                walk.skip_subtree()
            else:
                parts.append(each.text or "")
        elif each is not element:
            parts.append(each.tail or "")

    return "".join(parts)


def _is_for_others(element: etree._Element) -> bool:
    names = (element.get("class") or "").lower()
    return element.tag in _SILENT_TAGS or any(name in names for name in _HIDDEN_NAMES)
