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


def by_memory(record: ArticleRecord, state: str, **changed: object) -> ArticleRecord:
    given = {**record.to_dict(), **changed, "site_memory": state, "provenance": {"body": "site", "description": "site"}}
    return ArticleRecord.from_dict(given)


FIRST = ArticleRecord(
    body="It sails at six.\n\nFollow us.\n\nIt calls at Holm.",
    description="News of the harbour.",
    provenance={"body": "model", "description": "meta"},
)


@pytest.mark.parametrize(
    ("changed", "is_another"),
    [
        pytest.param({"body": "It sails at six.\n\nIt calls at Holm."}, False, id="a repeated block is dropped"),
        pytest.param({"description": None}, False, id="a repeated description is dropped"),
        pytest.param({"body": "It sails at seven.\n\nIt calls at Holm."}, True, id="a block has other words"),
        pytest.param({"body": "It calls at Holm.\n\nIt sails at six."}, True, id="blocks change places"),
        pytest.param({"body": "It sails at six.", "title": "Ferry"}, True, id="the title changes too"),
    ],
)
def test_deciding_by_the_sites_memory_makes_no_version(changed: dict[str, object], is_another: bool) -> None:
    assert is_another_version(FIRST, by_memory(FIRST, "0a1b2c3d", **changed)) is is_another


def test_an_article_that_the_memory_decided_before_changes_as_any_other() -> None:
    earlier = by_memory(FIRST, "0a1b2c3d")
    assert is_another_version(earlier, by_memory(FIRST, "00000000", body="It sails at six."))
