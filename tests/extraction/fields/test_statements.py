"""What a page states for a field, by place."""

from newsspider.extraction.fields.statements import MAX_CHARS, MOST, Statement, find_statements
from newsspider.pages.page import parse_page

PAGE = """<title>Ferry sails | Herald</title><meta property="og:title" content="Ferry sails">
<meta name="author" content="Ann Lee"><meta property="article:published_time" content="2026-03-24T09:30:00Z">
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "The ferry sails",
"author": [{"name": "Ann Lee"}, {"name": "Bo Ek"}], "publisher": {"name": "Herald"}}</script>
<h1>The ferry sails again</h1><p>The ferry sails again, said the harbour master."""


def test_every_place_is_named_with_its_value() -> None:
    found = find_statements(parse_page(PAGE, "https://herald.example/2026/03/24/ferry"))
    assert found["title"] == (
        Statement("<h1>", "The ferry sails again"),
        Statement("JSON-LD headline", "The ferry sails"),
        Statement("meta og:title", "Ferry sails"),
        Statement("<title>", "Ferry sails | Herald"),
    )
    assert found["authors"] == (
        Statement("JSON-LD author", "Ann Lee"),
        Statement("JSON-LD author", "Bo Ek"),
        Statement("meta author", "Ann Lee"),
    )
    assert found["published"] == (
        Statement("meta article:published_time", "2026-03-24T09:30:00Z"),
        Statement("the address", "2026-03-24"),
    )
    assert found["publisher"] == (Statement("JSON-LD publisher", "Herald"),)


def test_field_without_a_statement_is_left_out() -> None:
    assert find_statements(parse_page("<p>The ferry sails.")) == {}


def test_statements_are_few_and_short_whatever_the_page_holds() -> None:
    page = "".join(f"<h1>{'ferry ' * 1000}{number}</h1>" for number in range(50))
    many = "".join(f"<h1>Ferry {number}</h1>" for number in range(50))
    assert [len(each.value) for each in find_statements(parse_page(page))["title"]] == [MAX_CHARS]
    assert len(find_statements(parse_page(many))["title"]) == MOST
