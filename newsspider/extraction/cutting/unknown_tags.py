"""Elements that HTML does not know, such as `<x-term>`: whether they flow inside a line of text."""

from itertools import chain, islice

from lxml import etree

from newsspider.extraction.cutting.tags import BLOCK, HEADING_LEVEL, IMAGE, INLINE, TRAITS

LINE_OWNERS = frozenset(HEADING_LEVEL) | {"p"}  # hold nothing but lines, by HTML's content model
MAX_CLIMB = 12  # elements of a line, one in the other; deeper nesting does not occur
# Elements inside an element of a line; an element that holds more is a part of the page
MAX_IN_LINE = 50


def flows_in_line(element: etree._Element, owner: etree._Element) -> bool:
    """Whether an unknown element is part of a line: text touches it, and it holds no block.

    Args:
        element: an element whose tag HTML does not know.
        owner: the nearest block-level element around it.
    """
    for outer in islice(chain([element], element.iterancestors()), MAX_CLIMB):
        if outer is owner:
            break

        if _touches_line(outer, owner.tag in LINE_OWNERS):
            return not holds_block(outer)

    return False


def holds_block(element: etree._Element) -> bool:
    """Whether a block-level element is inside, or too many elements for a line."""
    inside = islice(element.iterdescendants(), MAX_IN_LINE + 1)
    return any(count == MAX_IN_LINE or _traits(inner) & BLOCK for count, inner in enumerate(inside))


def _touches_line(element: etree._Element, in_line: bool) -> bool:
    """Whether text is right before or after an element; `in_line`: or an inline element."""
    before, after = element.getprevious(), element.getnext()
    texts = [element.tail]

    # Comments, which frameworks leave around components.
    while after is not None and not isinstance(after.tag, str):
        texts.append(after.tail)
        after = after.getnext()

    while before is not None and not isinstance(before.tag, str):
        texts.append(before.tail)
        before = before.getprevious()

    parent = element.getparent()
    texts.append(before.tail if before is not None else parent.text if parent is not None else None)
    if any(text and not text.isspace() for text in texts):
        return True

    return in_line and any(_traits(side) & (INLINE | IMAGE) == INLINE for side in (before, after))


def _traits(element: etree._Element | None) -> int:
    if element is None:
        return 0

    return TRAITS.get(element.tag, 0)  # type: ignore[arg-type]  # comments have no traits
