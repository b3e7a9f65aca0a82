"""The record: its JSON form, its key, what counts as an article."""

import json
import runpy
import sys

import pytest
from jsonschema import Draft202012Validator
from scrapy.utils.misc import arg_to_iter

from newsspider.record import FIELD_NAMES, ArticleRecord, record_schema
from newsspider.text import body_hash

FULL = ArticleRecord(
    url="https://herald.example/ferry",
    kind="live_blog",
    warnings=("body short",),
    title="Ferry back — 東京",
    authors=("Ann Lee, Jr.", "Bo Ek"),
    published="2026-03-24",
    is_free=False,
    provenance={"title": "markup"},
    images=({"url": "https://herald.example/i.jpg", "caption": "Quay", "credit": None, "alt": None},),
    rights={
        "license": None, "copyright": "© Herald", "usage_terms": None, "robots": ("noai",), "tdm_reservation": True,
        "tdm_policy": None,
    },
    live_updates=({"time": None, "title": "Noon", "text": "It sails."},),
)  # fmt: skip


def test_shown_record_is_short_and_without_empty_fields() -> None:
    shown = repr(ArticleRecord(title="Ferry", body="渡轮 " * 9_000, is_free=False, confidence=0.0))
    assert len(shown) < 200
    assert "title='Ferry'" in shown
    assert "is_free=False, confidence=0.0" in shown
    assert "section" not in shown


def test_notebooks_complete_the_names_of_fields() -> None:
    assert FULL._ipython_key_completions_() == FIELD_NAMES


def test_dict_has_every_field_in_the_documented_order() -> None:
    assert tuple(ArticleRecord().to_dict()) == FIELD_NAMES


def test_record_survives_the_way_through_json() -> None:
    assert ArticleRecord.from_dict(json.loads(FULL.to_json())) == FULL


def test_json_is_one_line_with_characters_as_they_are() -> None:
    line = ArticleRecord(title="東京", body="one\n\ntwo").to_json()
    assert "東京" in line
    assert "\n" not in line


def test_missing_is_null_and_never_empty_text() -> None:
    values = ArticleRecord().to_dict()
    assert "" not in values.values()
    assert values["title"] is None
    assert values["authors"] == []


def test_unknown_names_are_ignored() -> None:
    assert ArticleRecord.from_dict({"title": "Ferry", "from_a_later_version": 1}) == ArticleRecord(title="Ferry")


@pytest.mark.parametrize(
    ("url", "canonical_url", "key"),
    [
        ("https://herald.example/a?utm_source=x", None, "https://herald.example/a"),
        ("https://herald.example/amp/a", "https://herald.example/a", "https://herald.example/a"),
        ("https://m.herald.co.uk/a", "https://www.herald.co.uk/a", "https://www.herald.co.uk/a"),
        ("https://herald.example/a", "https://other.example/a", "https://herald.example/a"),
        ("https://herald.example/a", "https://herald.example/", "https://herald.example/a"),
        (None, "https://herald.example/a", "https://herald.example/a"),
        (None, None, "source:saved/a.html#"),
    ],
)
def test_key_is_the_accepted_canonical_url_else_url_else_source(
    url: str | None, canonical_url: str | None, key: str
) -> None:
    assert ArticleRecord(url=url, canonical_url=canonical_url, source="saved/a.html").key == key


def test_two_pages_of_standard_input_are_two_records() -> None:
    first, second = (ArticleRecord(source="-", body=text, body_hash=body_hash(text)) for text in ("One.", "Two."))
    assert first.key != second.key


def test_schema_describes_every_field_in_order() -> None:
    schema = record_schema()
    Draft202012Validator.check_schema(schema)
    assert tuple(schema["properties"]) == FIELD_NAMES == tuple(schema["required"])


def test_schema_is_written_by_the_module(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "newsspider.record.__main__", raising=False)  # runpy warns of it
    runpy.run_module("newsspider.record", run_name="__main__")
    assert json.loads(capsys.readouterr().out) == record_schema()


def test_missing_and_null_values_get_the_defaults() -> None:
    assert ArticleRecord.from_dict(dict.fromkeys(FIELD_NAMES)) == ArticleRecord()


@pytest.mark.parametrize(
    "change",
    [
        {"title": ""},
        {"published": "24.03.2026"},
        {"kind": "novel"},
        {"authors": None},
        {"provenance": {"title": "guess"}},
    ],
)
def test_schema_refuses_what_no_record_is(change: dict[str, object]) -> None:
    validator = Draft202012Validator(record_schema())
    record = ArticleRecord(title="Ferry back").to_dict()
    assert validator.is_valid(record)
    assert not validator.is_valid({**record, **change})


@pytest.mark.parametrize("bad", ["\x00", "\x07", "\x1b", "\x7f", "\x9b", "\ud83d", "\uffff"])
def test_no_field_holds_what_no_store_takes(bad: str) -> None:
    text = f"Fer{bad}ry"
    record = ArticleRecord(
        url=f"https://herald.example/{bad}", title=text, body=text, tags=(text, bad), warnings=(text,), reason=text,
        live_updates=({"time": None, "title": text, "text": text},),
    )  # fmt: skip
    assert bad not in json.loads(json.dumps(str(record.to_dict())))
    record.to_json().encode("utf-8")


def test_text_of_nothing_but_such_characters_is_none() -> None:
    record = ArticleRecord(title="\x00\x1b", tags=("\x07", "ferry"))
    assert record.title is None
    assert record.tags == ("ferry",)


def test_other_code_points_stay_as_they_are() -> None:
    text = "caf\u00e9 \u202eright to left\u202c \u200d \u200c \t\n e\u0301"
    assert ArticleRecord(body=text).body == text


@pytest.mark.parametrize(
    ("urls", "given"),
    [
        ((), (None, None)),
        (("https://herald.example/bo",), (None, None)),
        ((None, "https://herald.example/b\x07o"), (None, "https://herald.example/bo")),
    ],
)
def test_each_author_has_an_address_or_null(urls: tuple[str | None, ...], given: tuple[str | None, ...]) -> None:
    record = ArticleRecord(authors=("Ann Lee", "Bo Ek"), author_urls=urls)
    assert record.author_urls == given
    assert ArticleRecord.from_dict(json.loads(record.to_json())) == record
    assert Draft202012Validator(record_schema()).is_valid(record.to_dict())


def test_prose_has_no_break_hints() -> None:
    record = ArticleRecord(title="Har\u00adbour", authors=("An\u200bna",), body="Fer\u00adry", tags=("\u200b", "ferry"))
    assert (record.title, record.authors, record.body, record.tags) == ("Harbour", ("Anna",), "Ferry", ("ferry",))


def test_addresses_and_file_names_stay_as_they_are() -> None:
    record = ArticleRecord(url="http://a.example/har\u00adbour", source="saved/har\u00adbour.html")
    assert (record.url, record.source) == ("http://a.example/har\u00adbour", "saved/har\u00adbour.html")


def test_record_reads_as_a_dictionary_of_its_fields() -> None:
    assert dict(FULL) == {name: getattr(FULL, name) for name in FIELD_NAMES}
    assert dict(FULL) == {**FULL}
    assert FULL["title"] == FULL.title
    assert ("title" in FULL, "headline" in FULL, tuple(FULL.keys())) == (True, False, FIELD_NAMES)
    with pytest.raises(KeyError, match="headline"):
        FULL["headline"]


def test_record_is_one_item_for_scrapy_where_a_callback_returns_it() -> None:
    assert arg_to_iter(FULL) == [FULL]


@pytest.mark.parametrize(
    ("written", "moment", "day"),
    [
        ("2026-03-24T09:30:00+01:00", "2026-03-24T09:30:00+01:00", "2026-03-24"),
        ("2026-03-24T00:30:00+09:00", "2026-03-24T00:30:00+09:00", "2026-03-24"),
        ("2026-03-24T09:30:00Z", "2026-03-24T09:30:00+00:00", "2026-03-24"),
        ("2026-03-24T09:30:00", None, "2026-03-24"),
        ("2026-03-24", None, "2026-03-24"),
        (None, None, None),
    ],
)
def test_dates_are_moments_where_the_page_names_one(written: str | None, moment: str | None, day: str | None) -> None:
    record = ArticleRecord(published=written, modified=written)
    assert record.published_at == record.modified_at
    assert (record.published_at and record.published_at.isoformat()) == moment
    assert (record.published_day and record.published_day.isoformat()) == day
