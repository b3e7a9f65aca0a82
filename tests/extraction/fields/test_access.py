"""Whether the page says that it may be read without paying."""

import json

import pytest

from newsspider.extraction.declared.metadata import Found, read_metadata
from newsspider.extraction.fields.access import find_is_free
from newsspider.pages.page import parse_page


def found_in(declared: object, tier: str = "") -> Found | None:
    node = json.dumps({"@type": "NewsArticle", "isAccessibleForFree": declared})
    meta = f'<meta property="article:content_tier" content="{tier}">'
    page = parse_page(f'{meta}<script type="application/ld+json">{node}</script><p>Ferry'.encode())
    return find_is_free(read_metadata(page))


@pytest.mark.parametrize(
    ("declared", "free"),
    [
        (True, True),
        (False, False),
        ("True", True),
        ("false", False),
        ("http://schema.org/False", False),
        ("https://schema.org/True", True),
        (["False"], False),
        ("0", False),
    ],
)
def test_json_lds_word_counts_in_any_form(declared: object, free: bool) -> None:
    assert found_in(declared, "metered") == Found(free, "json-ld")


@pytest.mark.parametrize(
    ("tier", "found"),
    [
        ("free", Found(True, "meta")),
        ("metered", Found(False, "meta")),
        ("Locked", Found(False, "meta")),
        ("gold", None),
        ("", None),
    ],
)
@pytest.mark.parametrize("declared", [None, "perhaps", []])
def test_content_tier_counts_when_json_ld_says_nothing(declared: object, tier: str, found: Found | None) -> None:
    assert found_in(declared, tier) == found
