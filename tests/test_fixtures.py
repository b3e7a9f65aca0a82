"""Every field that a fixture page's `record.toml` states, and every snippet that must not be in its body."""

import json
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from newsspider.pages.raw_page import RawPage
from newsspider.pool import extract_raw
from newsspider.record import ArticleRecord, record_schema

PAGES = Path(__file__).parent.parent / "fixtures" / "pages"
META_KEYS = frozenset({"must_not_have", "absent", "expected_to_fail"})


def read_toml(slug: str, name: str) -> dict[str, Any]:
    return tomllib.loads((PAGES / slug / name).read_text(encoding="utf-8"))


@cache
def extracted(slug: str) -> ArticleRecord:
    response = read_toml(slug, "response.toml")
    return extract_raw(
        RawPage(
            body=(PAGES / slug / "page.html").read_bytes(),
            url=response["url"],
            status=response["status"],
            headers=response["headers"],
        )
    )


def cases(*keys: str) -> list[Any]:
    """Return (slug, key, expected value) for these keys, or for all fields of the record when none is named."""
    rows = []
    for folder in sorted(PAGES.iterdir()):
        expected = read_toml(folder.name, "record.toml")
        for key in sorted(expected.keys() & set(keys) if keys else expected.keys() - META_KEYS):
            # Strict: a fix that makes it pass must take it out of the fixture's `expected_to_fail`.
            reason = expected.get("expected_to_fail", {}).get(key)
            marks = [pytest.mark.xfail(reason=reason)] if reason else []
            rows.append(pytest.param(folder.name, key, expected[key], id=f"{folder.name}-{key}", marks=marks))
    return rows


def test_there_are_enough_pages() -> None:
    assert len(list(PAGES.iterdir())) >= 15


@pytest.mark.parametrize(("slug", "field", "expected"), cases())
def test_field_is_as_expected(slug: str, field: str, expected: Any) -> None:
    found = getattr(extracted(slug), field)
    if field == "body":
        # Where a block ends is the body's affair; how white space inside it was typed is the page's.
        assert (found or "").split() == str(expected).split()
    elif field == "live_updates":
        assert list(found) == [{"time": None, "title": None, **entry} for entry in expected]  # TOML knows no null
    else:
        assert (list(found) if isinstance(found, tuple) else found) == expected


@pytest.mark.parametrize(("slug", "key", "snippets"), cases("must_not_have"))
def test_body_has_no_boilerplate(slug: str, key: str, snippets: list[str]) -> None:
    body = " ".join((extracted(slug).body or "").split())
    assert [snippet for snippet in snippets if " ".join(snippet.split()) in body] == []


@pytest.mark.parametrize(("slug", "key", "fields"), cases("absent"))
def test_absent_field_is_not_invented(slug: str, key: str, fields: list[str]) -> None:
    assert {field: getattr(extracted(slug), field) for field in fields} == dict.fromkeys(fields)


@pytest.mark.parametrize("folder", sorted(PAGES.iterdir()), ids=lambda folder: folder.name)
def test_record_is_as_the_schema_says(folder: Path) -> None:
    Draft202012Validator(record_schema()).validate(json.loads(extracted(folder.name).to_json()))
