"""Declarative shadow roots: text that saved pages and components keep in `<template>` elements."""

import re

from lxml import etree
from lxml.html import HtmlElement

# HTML's attribute, the one that browsers read before it was standardised, and the one in Chrome's
# MHTML files.
MODE_ATTRIBUTES = ("shadowrootmode", "shadowroot", "shadowmode")
MODES = frozenset({"open", "closed"})
# In small letters up to the attribute: a pattern that begins with a fixed text is searched fast
_MARK = re.compile(rb"<template\s[^>]{0,500}(?i:shadow)")
DEFAULT = ""  # the name of a slot without a name, and of the slot of a child that names none


def has_shadow_roots(utf8: bytes) -> bool:
    """Whether a page's markup mentions shadow roots; most templates are other ones."""
    return _MARK.search(utf8) is not None


def attach_shadow_roots(tree: HtmlElement) -> None:
    """Move the content of each declarative shadow root to where a browser shows it.

    The tree is changed. The root's `<template>` becomes a `<slot>`, and the host's children move
    into the root's slots. Finally all slots are removed, since they have no box of their own in
    browsers either. A child without a matching slot stays in its place: browsers hide it, but tools
    that save pages leave text there.

    Source:
        HTML Standard, 4.12.3 The template element; DOM Standard, 4.2.2.3 Finding slots and
        slottables.
    """
    for template, slots in _find_shadow_roots(tree).items():
        host = template.getparent()
        template.tag = "slot"
        if host is not None and slots:
            _fill_slots(host, template, slots)
    etree.strip_tags(tree, "slot")


def _find_shadow_roots(tree: HtmlElement) -> dict[HtmlElement, dict[str, HtmlElement]]:
    """Return each host's first shadow root in document order, with its own slots by name."""
    roots: dict[HtmlElement, dict[str, HtmlElement]] = {}
    hosts = set()

    for element in tree.iter("template", "slot"):
        if element.tag == "slot":
            around = next(element.iterancestors("template"), None)
            if around in roots:
                roots[around].setdefault(element.get("name", DEFAULT), element)
            continue

        host = element.getparent()
        if _is_shadow_root(element) and host not in hosts:
            hosts.add(host)
            roots[element] = {}

    return roots


def _is_shadow_root(template: HtmlElement) -> bool:
    return any(template.get(name, "").strip().lower() in MODES for name in MODE_ATTRIBUTES)


def _fill_slots(host: HtmlElement, root: HtmlElement, slots: dict[str, HtmlElement]) -> None:
    """Move the host's children and text into slots; a slot without any keeps its own content."""
    filled: set[str] = set()
    host.text = _move_text(host.text, slots, filled)

    for child in list(host):
        text, child.tail = child.tail, None
        name = child.get("slot", DEFAULT) if isinstance(child.tag, str) else None
        if name in slots and child is not root:
            _empty_slot(slots, name, filled).append(child)

        child.tail = _move_text(text, slots, filled)


def _move_text(text: str | None, slots: dict[str, HtmlElement], filled: set[str]) -> str | None:
    """Move text beside a host's children to the slot without a name; return it if none takes it."""
    if DEFAULT not in slots or not (text or "").strip():
        return text

    _append_text(_empty_slot(slots, DEFAULT, filled), text)
    return None


def _empty_slot(slots: dict[str, HtmlElement], name: str, filled: set[str]) -> HtmlElement:
    """Return a slot; its own content is removed on first use."""
    if name not in filled:
        filled.add(name)
        slots[name].clear(keep_tail=True)
    return slots[name]


def _append_text(slot: HtmlElement, text: str | None) -> None:
    if len(slot):
        slot[-1].tail = (slot[-1].tail or "") + (text or "")
    else:
        slot.text = (slot.text or "") + (text or "")
