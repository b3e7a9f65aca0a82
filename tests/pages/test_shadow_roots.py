"""Declarative shadow roots: their content is read where a browser shows it."""

import pytest

from newsspider.pages.html import parse_html
from newsspider.pages.page import parse_page


def text_of(html: str) -> str:
    tree, *_ = parse_html(f"<html><body>{html}</body></html>".encode())
    for template in tree.xpath("//template"):
        template.clear(keep_tail=True)
    return " ".join(str(tree.text_content()).split())


@pytest.mark.parametrize(
    ("html", "text"),
    [
        pytest.param("<x-a><template shadowrootmode=open>One</template></x-a> two", "One two", id="open"),
        pytest.param("<x-a><template shadowrootmode=closed>One</template></x-a>", "One", id="closed"),
        pytest.param("<x-a><template shadowRootMode='OPEN'>One</template></x-a>", "One", id="capitals"),
        pytest.param("<x-a><template shadowroot=open>One</template></x-a>", "One", id="before the standard"),
        pytest.param("<x-a><template shadowmode=open>One</template></x-a>", "One", id="Chrome's MHTML"),
        pytest.param("<div><template shadowrootmode=open><p>One</template></div>", "One", id="host is a div"),
        pytest.param("<x-a><template>no</template></x-a>", "", id="other template"),
        pytest.param("<x-a><template shadowrootmode=no>no</template></x-a>", "", id="unknown mode"),
        pytest.param(
            "<x-a><template shadowrootmode=open>One</template><template shadowrootmode=open>no</template></x-a>",
            "One",
            id="a host has one root",
        ),
        pytest.param(
            "<x-a><template shadowrootmode=open>One <slot></slot> three</template>two</x-a>",
            "One two three",
            id="default slot takes text",
        ),
        pytest.param(
            "<x-a>two <b>more</b><template shadowrootmode=open>One <slot>no</slot> three</template></x-a>",
            "One two more three",
            id="children before the root",
        ),
        pytest.param(
            "<x-a><template shadowrootmode=open><slot name=b></slot> and <slot name=a></slot></template>"
            "<i slot=a>one</i><i slot=b>two</i></x-a>",
            "two and one",
            id="named slots",
        ),
        pytest.param(
            "<x-a><template shadowrootmode=open><slot name=a></slot> <slot></slot></template>"
            "body<i slot=a>head</i> end</x-a>",
            "head body end",
            id="text beside a named child goes to the default slot",
        ),
        pytest.param(
            "<x-a><template shadowrootmode=open>One <slot name=a>by <slot name=c>nobody</slot></slot></template></x-a>",
            "One by nobody",
            id="a slot's own content",
        ),
        pytest.param(
            "<x-a><i slot=lead>One</i> <template shadowrootmode=open>two</template></x-a>", "One two", id="no such slot"
        ),
        pytest.param(
            "<x-a><template shadowrootmode=open>[<x-b><template shadowrootmode=open>(<slot></slot>)</template>"
            "<slot></slot></x-b>]</template>word</x-a>",
            "[(word)]",
            id="a root inside a root passes its slot on",
        ),
        pytest.param(
            "<x-a><template shadowrootmode=open>One<template><slot></slot>no</template></template>two</x-a>",
            "Onetwo",
            id="a slot in another template is none of the root's",
        ),
    ],
)
def test_shadow_root_is_read_in_its_place(html: str, text: str) -> None:
    assert text_of(html) == text


def test_fields_see_what_is_in_a_shadow_root() -> None:
    page = parse_page(b"<x-a><template shadowrootmode=open><h1>Ferry sails</h1></template></x-a>")
    assert [heading.text for heading in page.elements["h1"]] == ["Ferry sails"]


def test_roots_nested_2000_deep_are_read() -> None:
    opened, closed = "<x-a><template shadowrootmode=open>a<slot></slot>", "</template></x-a>"
    assert text_of(opened * 900 + "b" + closed * 900) == "a" * 900 + "b"
