"""The quotation marks of `<q>`: browsers add them by language, the page's text lacks them."""

from itertools import chain, islice

from lxml import etree

from newsspider.extraction.cutting.unknown_tags import holds_block

DEFAULT_MARKS = "“”‘’"  # opening and closing, then those of a quotation inside a quotation
# Languages with other marks. Source: the delimiters of CLDR, which babel leaves out.
MARKS = {
    language: marks
    for marks, languages in {
        "„“‚‘": "bg cs de is lt sk sl sr",
        "„“«»": "et",
        "„”«»": "pl ro",
        "„”»«": "hu",
        "«»“”": "ca el es hy it pt-pt sq",
        "«»«»": "fr",
        "«»‹›": "fa",
        "«»„“": "be ru uk",
        "«»‘’": "nb nn no",
        "””’’": "fi he sv",
        "‘’“”": "nl",
        "「」『』": "ja zh-hant zh-hk zh-tw",
    }.items()
    for language in languages.split()
}
MAX_CLIMB = 50  # elements asked for their language, from the quotation outwards; then the page is
TYPED_MARKS = tuple("\"'“”„‟‘’‚‛«»‹›「『《〈")


def find_marks(element: etree._Element, depth: int) -> str:
    """Return the opening and the closing mark of a `<q>`, or "" if it has none.

    None are added to an empty quotation, to one whose marks are typed in the page, and to one that
    holds paragraphs.

    Args:
        element: the `<q>`.
        depth: how many others it is in.
    """
    inside = next((text for text in map(str.strip, element.itertext(etree.Element)) if text), "")
    if not inside or inside.startswith(TYPED_MARKS) or _text_before(element).endswith(TYPED_MARKS):
        return ""

    if holds_block(element):
        return ""

    marks = _marks_of(_find_language(element))
    if depth % 2:
        return marks[2:]

    return marks[:2]


def _text_before(element: etree._Element) -> str:
    """Return the text right before an element, "" for none."""
    before, parent = element.getprevious(), element.getparent()
    return (
        before.tail if before is not None else parent.text if parent is not None else None
    ) or ""


def _find_language(element: etree._Element) -> str:
    """Return the language of the line around a quotation, in lower case, "" for none."""
    around = chain(islice(element.iterancestors(), MAX_CLIMB), [element.getroottree().getroot()])
    language = next(filter(None, (each.get("lang") for each in around)), "")

    return language.strip().lower().replace("_", "-")


def _marks_of(language: str) -> str:
    """Return the marks of a language tag in lower case, if need be without its region or script."""
    while language:
        if language in MARKS:
            return MARKS[language]

        language = language.rpartition("-")[0]

    return DEFAULT_MARKS
