"""The attributes of an element that name its role, and those that hide it."""

from lxml import etree

MAX_DATA_CHARS = 40  # longer data attributes hold settings, not names
STREAMED_ID = "S:"  # React's mark of a part that its script unhides
AMP_STAND_INS = frozenset({"placeholder", "fallback"})
# Name no role.
COMMON_ATTRIBUTES = frozenset("href src alt title target width height srcset sizes loading".split())
WATCHED_ATTRIBUTES = frozenset(
    "id role itemprop rel aria-label aria-hidden itemtype property name".split()
)
AMP_PREFIX = "amp-"


def stands_in(element: etree._Element | None) -> bool:
    """Whether an element is in a placeholder or fallback of an AMP component.

    Source:
        AMP, "Placeholders and fallbacks": they are direct children of the component.
    """
    while element is not None:
        above = element.getparent()
        if above is not None and str(above.tag).startswith(AMP_PREFIX):
            return not AMP_STAND_INS.isdisjoint(element.attrib)

        element = above

    return False


def read_attributes(items: list[tuple[str, str]]) -> tuple[str, bool]:
    """Return the values that name an element's role, joined, and whether its attributes hide it.

    Its role is named by class, id, role, itemprop, data-… React streams late parts of a page in
    `<div hidden id="S:1">` and moves them to their place: those are seen. AMP's placeholders and
    fallbacks are seen until, or unless, the component that they stand in is loaded.
    """
    names: list[str] = []
    hidden = False

    for name, value in items:
        if name == "class":
            names.append(value)
        elif name in COMMON_ATTRIBUTES:
            continue
        elif name in WATCHED_ATTRIBUTES or (
            name.startswith("data-") and 2 < len(value) < MAX_DATA_CHARS
        ):
            names.append(f"{name}={value}")
        elif name == "style":
            hidden = hidden or (
                "none" in value.lower() and "display:none" in value.replace(" ", "").lower()
            )
        elif name in AMP_STAND_INS:
            hidden = True
        elif name == "hidden":
            hidden = value != "until-found" and not any(
                n == "id" and v.startswith(STREAMED_ID) for n, v in items
            )

    return " ".join(names), hidden
