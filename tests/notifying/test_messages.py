"""Messages about new articles: short enough, in three forms, and nothing of a stranger's in them acts."""

import json

import pytest

from newsspider.notifying.messages import write_message
from newsspider.record import ArticleRecord
from newsspider.store.watches import Watch

ROOM = 100_000
FERRY = ArticleRecord(
    url="https://herald.example/ferry",
    site="herald.example",
    title="Ferry back",
    body=f"{'It was a long winter. ' * 20}The ferry sails again. {'People cheered. ' * 20}",
    published="2026-03-24T09:30:00+01:00",
)
HOSTILE = ArticleRecord(
    url="https://herald.example/a?b=(c)[d] e",
    title="Ferry\x1b[31m\u202e\n@everyone <!channel> ![x](https://evil.example/x.png) **b**",
)


def message(form: str, *records: ArticleRecord, number: int = 0, room: int = ROOM) -> tuple[str, str]:
    watch = Watch("desk", 'ferry "sails again"', ("file:/x",), form)
    written = write_message(watch, records, number or len(records), room)
    return written.title, written.body


def test_text_has_title_origin_address_and_the_place_of_the_words() -> None:
    title, body = message("text", FERRY)
    assert title == "desk: 1 new article"
    first, second, third, excerpt = body.splitlines()
    assert (first, second, third) == ("Ferry back", "herald.example, 2026-03-24 09:30", FERRY.url)
    assert "The ferry sails again." in excerpt
    assert excerpt.startswith("…")
    assert excerpt.endswith("…")


def test_markdown_links_the_title() -> None:
    _, body = message("markdown", FERRY)
    assert body.startswith("**[Ferry back](https://herald.example/ferry)**  \nherald.example, 2026-03-24 09:30  \n")


def test_json_is_one_line_with_all_articles_and_without_their_texts() -> None:
    _, body = message("json", FERRY, ArticleRecord(source="saved/a.html", title="A"))
    assert "\n" not in body
    told = json.loads(body)
    assert (told["watch"], told["words"], told["new"]) == ("desk", 'ferry "sails again"', 2)
    assert told["articles"][0]["url"] == FERRY.url
    assert told["articles"][0]["authors"] == []
    assert "ferry sails" in told["articles"][0]["excerpt"]
    assert "body" not in told["articles"][0]


def test_nothing_of_a_page_moves_the_cursor_or_calls_somebody() -> None:
    _, body = message("text", HOSTILE)
    title = body.splitlines()[0]
    assert "\x1b" not in body
    assert "\u202e" not in body
    assert "@everyone" not in title
    assert "<!channel>" not in title
    assert title.startswith("Ferry[31m<U+202E> @")


def test_nothing_of_a_page_is_markdown() -> None:
    _, body = message("markdown", HOSTILE)
    (line,) = body.splitlines()
    assert r"!\[x\](https://evil.example/x.png) \*\*b\*\*" in line
    assert line.endswith("](https://herald.example/a?b=%28c%29%5Bd%5D%20e)**")


def test_text_that_begins_like_a_heading_is_text() -> None:
    _, body = message("markdown", ArticleRecord(url="https://herald.example/a", title="A", body="# ferry"))
    assert body.splitlines()[-1] == r"\# ferry"


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_digest_is_as_long_as_its_target_takes_and_counts_the_rest(form: str) -> None:
    _, body = message(form, *[FERRY] * 50, number=5_000, room=2_000)
    assert len(body) <= 2_000
    listed = body.count("Ferry back")
    assert 3 <= listed < 10
    assert body.endswith(f"\n\n… and {5_000 - listed} more in the store")


def test_first_article_is_cut_where_it_does_not_fit() -> None:
    _, body = message("text", FERRY, FERRY, room=60)
    assert body.startswith("Ferry back\nherald")
    assert body.endswith("\n\n… and 1 more in the store")


def test_article_without_title_date_and_text_is_told_by_its_source() -> None:
    assert message("text", ArticleRecord(source="saved/a.html"))[1] == "(no title)\nsaved/a.html"
    assert message("markdown", ArticleRecord(source="saved/a.html"))[1] == "**(no title)**"
