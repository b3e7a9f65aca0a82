"""License, copyright line, usage terms, and what a page reserves."""

import json
from typing import Any

import pytest

from newsspider.extraction.cutting.cutter import cut_page
from newsspider.extraction.declared.metadata import read_metadata
from newsspider.extraction.fields.rights import find_rights
from newsspider.pages.page import parse_page

NOTHING = {
    "license": None,
    "copyright": None,
    "usage_terms": None,
    "robots": (),
    "tdm_reservation": None,
    "tdm_policy": None,
}
TEXT = "<h1>Ferry back</h1><p>It sails again from the old harbour, the harbour master said on Monday.</p>"


def rights_of(head: str = "", body: str = TEXT, headers: dict[str, str] | None = None, **article: Any) -> Any:
    node = json.dumps({"@type": "NewsArticle", "headline": "Ferry back", **article})
    html = f'<head>{head}<script type="application/ld+json">{node}</script></head><body>{body}</body>'
    page = parse_page(html.encode(), "https://herald.example/a", headers=headers)
    found = find_rights(page, read_metadata(page), cut_page(page.tree))
    return found.value if found else None


def test_page_that_says_nothing_has_no_rights() -> None:
    assert rights_of() is None
    assert rights_of('<meta name="robots" content="index, follow, max-snippet:-1, max-image-preview:large">') is None


@pytest.mark.parametrize(
    ("head", "article", "expected"),
    [
        ("", {"license": "https://cc.example/by"}, {"license": "https://cc.example/by"}),
        (
            "",
            {"license": {"@type": "CreativeWork", "url": "https://cc.example/by"}},
            {"license": "https://cc.example/by"},
        ),
        ('<link rel="license" href="/terms">', {}, {"license": "https://herald.example/terms"}),
        ('<meta name="dc.rights" content="© Herald Ltd">', {}, {"copyright": "© Herald Ltd"}),
        ("", {"copyrightHolder": {"name": "Herald Ltd"}, "copyrightYear": 2026}, {"copyright": "© 2026 Herald Ltd"}),
        ("", {"copyrightNotice": "All rights reserved"}, {"copyright": "All rights reserved"}),
        ("", {"usageInfo": "https://herald.example/use"}, {"usage_terms": "https://herald.example/use"}),
        ('<meta name="robots" content="NOAI, noimageai, follow">', {}, {"robots": ("noai", "noimageai")}),
        ('<meta name="robots" content="noarchive,max-snippet: 160">', {}, {"robots": ("max-snippet:160", "noarchive")}),
        ('<meta name="tdm-reservation" content="1">', {}, {"tdm_reservation": True}),
        ('<meta name="tdm-reservation" content="0">', {}, {"tdm_reservation": False}),
        ('<meta name="tdm-policy" content="/tdm.json">', {}, {"tdm_policy": "https://herald.example/tdm.json"}),
    ],
)
def test_what_the_page_declares_is_named(head: str, article: dict[str, Any], expected: dict[str, Any]) -> None:
    assert rights_of(head, **article) == {**NOTHING, **expected}


def test_headers_reserve_too() -> None:
    headers = {"X-Robots-Tag": "noai, nosnippet", "TDM-Reservation": "1", "TDM-Policy": "https://herald.example/p"}
    expected = {"robots": ("noai", "nosnippet"), "tdm_reservation": True, "tdm_policy": "https://herald.example/p"}
    assert rights_of(headers=headers) == {**NOTHING, **expected}


def test_another_robots_header_is_not_ours() -> None:
    assert rights_of(headers={"X-Robots-Tag": "otherbot: noai"}) is None


@pytest.mark.parametrize("footer", ["<footer>{}</footer>", "<p>{}</p>"])
def test_copyright_line_at_the_foot_is_the_last_resort(footer: str) -> None:
    line = "© 2026 <b>Herald</b> Ltd. All rights reserved."
    shown = {**NOTHING, "copyright": "© 2026 Herald Ltd. All rights reserved."}
    assert rights_of(body=TEXT + footer.format(line)) == shown
    declared = '<meta name="copyright" content="Herald Ltd">'
    assert rights_of(declared, TEXT + footer.format(line))["copyright"] == "Herald Ltd"
