"""Publication dates that the page contradicts, and moments in two zones."""

import pytest

from newsspider.extraction.declared.metadata import Found
from newsspider.pages.page import Page
from tests.extraction.fields.pages import article_of, found_in, json_ld, meta, page_of


@pytest.mark.parametrize(
    ("published", "shown", "value"),
    [
        ("2026-03-25T02:30:10Z", "March 24, 2026, 22:30", "2026-03-24T22:30-04:00"),
        ("2026-03-25T02:30:10+00:00", "March 24, 2026, 22:30", "2026-03-24T22:30-04:00"),
        ("2026-03-25T02:30:10Z", "March 24, 2026, 22:31", "2026-03-25T02:30:10Z"),  # another moment
        ("2026-03-25T02:30:10Z", "March 24, 2026", "2026-03-25T02:30:10Z"),
        ("2026-03-24T12:30:10Z", "March 24, 2026, 8:30", "2026-03-24T12:30:10Z"),  # the same day
        ("2026-03-25T02:30:10+01:00", "March 24, 2026, 22:30", "2026-03-25T02:30:10+01:00"),
    ],
)
def test_utc_time_on_another_day_than_the_shown_one_is_given_as_shown(published: str, shown: str, value: str) -> None:
    page = page_of(json_ld(datePublished=published), article_of(below=f"<p>{shown}</p>"))
    assert found_in(page, "published") == Found(value, "json-ld")


@pytest.mark.parametrize(("modified", "value"), [("2026-03-20", "2026-02-03"), ("2026-03-26", "2026-03-24")])
def test_shown_date_goes_before_one_that_comes_after_the_change(modified: str, value: str) -> None:
    head = json_ld(datePublished="2026-03-24", dateModified=modified)
    found = found_in(page_of(head, article_of(below="<p>February 3, 2026</p>")), "published")
    assert found is not None
    assert found.value == value


def test_microdata_state_the_first_publication_of_what_was_saved_again() -> None:
    saved = "2026-03-25T09:00:00Z"
    head = meta("article:published_time", saved) + meta("article:modified_time", saved)
    body = article_of(below="<div itemprop='datePublished' content='2026-03-24T08:00:00Z'></div>")
    assert found_in(page_of(head, body), "published") == Found("2026-03-24T08:00:00Z", "markup")


@pytest.mark.parametrize(
    ("stated", "value"),
    [
        ('"contentPublishingDate":"2026-03-24T15:47:42.389Z"', "2026-03-24T17:47+02:00"),
        ('"contentPublishingDate":"2026-03-24T15:48:42.389Z"', "2026-03-24T17:47"),
        ('"pubdate": "2026-03-24T15:47:42Z"', "2026-03-24T17:47+02:00"),
    ],
)
def test_scripts_tell_the_zone_of_a_shown_time(stated: str, value: str) -> None:
    body = article_of(below=f"<p>24 March 2026, 17:47</p><script>init({{{stated}}})</script>")
    assert found_in(page_of(body=body), "published") == Found(value, "text")


@pytest.mark.parametrize(
    ("page", "value"),
    [
        (page_of(url="https://herald.example/news/2026/march/24/ferry"), "2026-03-24"),
        (page_of(url="https://herald.example/news/2026/mart/24/ferry"), None),
        (page_of(body=article_of(below="<p>👤 Ann Lee 3 Comments 📅 24 March 2026 16:56</p>")), "2026-03-24T16:56"),
        (page_of(body=article_of(below="<p><span>Mar</span> <span>24</span><span>2026</span></p>")), "2026-03-24"),
        (page_of(body=article_of(below="<p><i>Health</i><b>MARCH 24, 2026</b></p>")), "2026-03-24"),
        (
            page_of(body=article_of(below="<p><time datetime='2026-03-24'>24 March 2026</time>17:47</p>")),
            "2026-03-24T17:47",
        ),
        (
            page_of(body=article_of(after="<aside class='post-sidebar'><h4>Published</h4><p>July 8, 2025</p></aside>")),
            "2025-07-08",
        ),
        (
            page_of(body=article_of(after="<aside class='post-sidebar'><p>Events</p><p>July 8, 2025</p></aside>")),
            None,
        ),
        (
            page_of(body=article_of(after="<aside class='recent'><h4>Published</h4><p>July 8, 2025</p></aside>")),
            None,
        ),
    ],
)
def test_dates_in_shapes_of_templates(page: Page, value: str | None) -> None:
    found = found_in(page, "published")
    assert (found.value if found else None) == value
