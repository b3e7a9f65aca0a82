"""What counts as a change of an article."""

from dataclasses import replace

import pytest

from newsspider.record import ArticleRecord
from newsspider.revisiting.changes import changed_fields, is_another_version, iter_difference, supersedes

FERRY = ArticleRecord(
    title="Ferry back",
    authors=("Ann Lee",),
    published="2026-03-24",
    body="It sails at six.\n\nTickets are sold on board.",
    image="https://herald.example/a.jpg",
)


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({"title": "Ferry delayed"}, ("title",)),
        ({"authors": ("Ann Lee", "Bo Ek"), "published": "2026-03-25"}, ("authors", "published")),
        ({"body": "It sails at seven."}, ("body",)),
        ({"body": None}, ("body",)),
        ({"title": " Ferry  back ", "body": "It sails at six. Tickets are sold on board."}, ()),
        ({"image": None, "modified": "2026-03-25", "tags": ("sea",), "fetched_at": "2026-03-25"}, ()),
    ],
)
def test_main_fields_count_and_white_space_does_not(changed: dict[str, object], fields: tuple[str, ...]) -> None:
    later = replace(FERRY, **changed)  # type: ignore[arg-type]
    assert changed_fields(FERRY, later) == fields
    assert is_another_version(FERRY, later) is bool(fields)


def test_more_parts_of_an_article_are_no_other_version() -> None:
    part = replace(FERRY, pages=("a", "b"), warnings=("a part of the article is missing: b",))
    assert not is_another_version(part, replace(part, body="Longer.", warnings=()))


def test_what_is_left_before_a_pay_wall_does_not_replace_the_article() -> None:
    assert not supersedes(FERRY, replace(FERRY, kind="paywalled", body="It sails"))
    assert supersedes(replace(FERRY, kind="paywalled"), replace(FERRY, kind="paywalled", body="It"))
    assert supersedes(FERRY, replace(FERRY, body="It"))


def test_difference_names_what_went_and_what_came() -> None:
    later = replace(FERRY, title="Ferry delayed", body="It sails at seven.\n\nTickets are sold on board.")
    assert list(iter_difference(FERRY, later)) == [
        "title: - Ferry back",
        "title: + Ferry delayed",
        "--- body",
        "+++ body",
        "@@ -1,2 +1,2 @@",
        "-It sails at six.",
        "+It sails at seven.",
        " Tickets are sold on board.",
    ]
