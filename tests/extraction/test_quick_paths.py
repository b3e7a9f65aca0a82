"""Faster expressions select the elements that trafilatura's own select, in the same order."""

from importlib import import_module
from pathlib import Path

import pytest
from lxml import etree, html

from newsspider.extraction import trafilatura_extractor
from newsspider.extraction.quick_paths import KEPT_CHARS, REGEXPS, quicken, rewrite
from newsspider.extraction.trafilatura_extractor import QUICKENED, ask_trafilatura
from newsspider.pages.page import parse_page

FIXTURES = sorted((Path(__file__).parents[2] / "fixtures" / "pages").iterdir())
URL = "https://herald.example/ferry"
# Attributes alone, together in both orders, empty, in another case, and longer than what is kept
ATTRIBUTES = (
    '', 'id="comments"', 'class="share-bar"', 'id="x" class="Footer menu"', 'class="ad-box" id="comments"', 'class=""',
    'id="" class="related"', 'class="TEASER"', 'role="Navigation"', 'style="display: none"', 'aria-hidden="true"',
    f'class="{"wide " * KEPT_CHARS}cookie-banner"', 'class="post-content"', 'class="fullText"',
    'itemprop="articleBody"', 'id="infinite-scroll"',
    'class="infinite-scroll"', 'class="comment-list"', 'class="commentary"', 'id="content"',
)  # fmt: skip
TAGS = ("div", "p", "section", "span", "ul", "ol", "list", "item", "article", "main", "aside", "details", "b")
CROWDED = "".join(
    f"<{tag} {attributes}><p>Ferry</p><{tag} {attributes}>boat</{tag}></{tag}>"
    for tag in TAGS
    for attributes in ATTRIBUTES
)


def all_expressions() -> list[etree.XPath]:
    xpaths = import_module("trafilatura.xpaths")
    listed = [expression for name in QUICKENED for expression in getattr(xpaths, name)]
    return [*listed, import_module("trafilatura.baseline").BASIC_CLEAN_XPATH]


def selected(expression: etree.XPath, tree: etree._Element) -> list[str]:
    root = tree.getroottree()
    return [root.getpath(element) for element in expression(tree)]


@pytest.mark.parametrize("number", range(len(all_expressions())))
def test_quick_expression_selects_the_same_elements_in_the_same_order(number: int) -> None:
    expression = all_expressions()[number]
    trees = [parse_page((folder / "page.html").read_bytes(), URL).tree for folder in FIXTURES]
    for tree in (*trees, html.fromstring(f"<html><body>{CROWDED}</body></html>")):
        assert selected(quicken(expression), tree) == selected(expression, tree)


def test_most_expressions_are_rewritten() -> None:
    changed = [expression for expression in all_expressions() if rewrite(expression.path) != expression.path.strip()]
    assert len(changed) >= len(all_expressions()) - 2


@pytest.mark.parametrize(
    "path",
    [
        ".//*[self::div or self::p][re:test(@id, 'x|')]/b",  # holds for an empty text, too
        ".//*[self::div or self::p][@id][1]",
        ".//*[self::div or self::p][position() < 3]",
        "(.//*[self::div][@id])[1]|(.//main)[1]",
        ".//article",
    ],
)
def test_expression_that_would_select_others_is_left_as_it_is(path: str) -> None:
    assert rewrite(path) == path


@pytest.mark.parametrize("path", [".//*[re:test(@id|@class, 'a')]", ".//*[not(re:test(@class, 'A', 'i'))]"])
def test_first_of_several_attributes_counts_as_in_lxml(path: str) -> None:
    markup = "<i><b id='a' class='b'/><b class='b' id='a'/><b id='' class='a'/><b class='A'/><b/></i>"
    expression = etree.XPath(path, namespaces={"re": REGEXPS})
    assert selected(quicken(expression), etree.XML(markup)) == selected(expression, etree.XML(markup))


@pytest.mark.parametrize("folder", FIXTURES, ids=lambda folder: folder.name)
@pytest.mark.parametrize("fast", [True, False])
def test_trafilatura_answers_as_without_quick_expressions(
    folder: Path, fast: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree = parse_page((folder / "page.html").read_bytes(), URL).tree
    quick = ask_trafilatura(tree, fast=fast)
    monkeypatch.setattr(trafilatura_extractor, "QUICKENED", ())
    monkeypatch.setattr(trafilatura_extractor, "quicken", lambda expression: expression)
    assert ask_trafilatura(tree, fast=fast) == quick


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_other_users_of_trafilatura_meet_its_own_expressions(
    error: type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    before, seen = all_expressions(), []

    def break_off(*_: object, **__: object) -> None:
        seen.extend(all_expressions())
        raise error

    monkeypatch.setattr("trafilatura.bare_extraction", break_off)
    try:
        ask_trafilatura(parse_page(b"<p>Ferry", URL).tree)
    except KeyboardInterrupt:
        assert error is KeyboardInterrupt
    assert not set(seen) & set(before)
    assert all_expressions() == before
