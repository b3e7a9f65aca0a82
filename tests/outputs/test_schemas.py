"""Records in other tools' names."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from newsspider.outputs.ninjs import as_ninjs
from newsspider.outputs.schemas import SCHEMAS, as_news_please, as_newsarticle, as_trafilatura, as_zyte
from newsspider.record import ArticleRecord
from tests.package_copy import PackageCopy

HEADLINES = '''
"""Headlines alone."""

from typing import Any

from newsspider.record import ArticleRecord


def as_line(record: ArticleRecord) -> dict[str, Any]:
    """Return the headline."""
    return {"line": record.title}
'''
TEXT = {"type": "string"}


def _objects(required: str, names: str) -> dict[str, object]:
    """Return the schema of a list of objects with values of text."""
    item = {"type": "object", "additionalProperties": False, "required": required.split()}
    return {"type": "array", "items": {**item, "properties": dict.fromkeys(names.split(), TEXT)}}


_TEXTS = _objects("value", "role contentType value")
# What ninjs 3.1 says of the names that we write, in our own words; uri is the one that it requires.
_ITEM: dict[str, Any] = {
    **dict.fromkeys("uri version language title by copyrightNotice usageTerms".split(), TEXT),
    **{
        name: {"type": "string", "pattern": "T.*[Z+-]"} for name in ("firstCreated", "versionCreated", "contentCreated")
    },
    "type": {"enum": ["text", "picture"]},
    "standard": {"type": "object", "required": ["name", "version", "schema"]},
    "headlines": _TEXTS,
    "descriptions": _TEXTS,
    "bodies": {"type": "array", "items": {"type": "object", "required": ["value"]}},
    "people": _objects("", "name rel uri literal"),
    "subjects": _objects("", "name rel uri literal creator"),
    "genres": _objects("", "name uri literal"),
    "infoSources": _objects("", "name role uri literal"),
    "renditions": _objects("name", "name href contentType title"),
    "altIds": _objects("", "role value"),
    "rightsInfo": {
        "type": "object",
        "additionalProperties": False,
        "properties": dict.fromkeys(["langId", "linkedRights", "encodedRights"], TEXT),
        "oneOf": [{"required": ["linkedRights"]}, {"required": ["encodedRights"]}],
    },
}
_PICTURE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name", "uri"],
    "properties": {**_ITEM, "name": TEXT, "rel": TEXT},
}
NINJS = {
    "type": "object",
    "additionalProperties": False,
    "required": ["uri"],
    "properties": {**_ITEM, "associations": {"type": "array", "items": _PICTURE}},
}
FULL = ArticleRecord(
    url="https://news.herald.example/ferry",
    canonical_url="https://herald.example/ferry",
    site="herald.example",
    source="a.html",
    title="Ferry back",
    description="It sails.",
    section="Harbour",
    tags=("ferry", "quay"),
    language="en-GB",
    image="https://herald.example/i.jpg",
    publisher="The Herald",
    authors=("Ann Lee", "Bo Ek"),
    author_urls=("https://herald.example/ann", "https://herald.example/bo"),
    published="2026-03-24T09:30+01:00",
    modified="2026-03-25",
    body="The ferry sails again.",
    word_count=4,
    body_hash="0" * 32,
    is_free=True,
    fetched_at="2026-03-26T00:00:00+00:00",
    genre="analysis",
    images=(
        {"url": "https://herald.example/i.jpg", "caption": "The quay", "credit": "Bo Ek", "alt": None},
        {"url": "https://herald.example/j.jpg", "caption": None, "credit": None, "alt": "A map"},
    ),
    rights={
        "license": "https://cc.example/by", "copyright": "© Herald Ltd", "usage_terms": None, "robots": ("noai",),
        "tdm_reservation": True, "tdm_policy": None,
    },
)  # fmt: skip


def test_newsarticle_is_json_ld() -> None:
    node = as_newsarticle(FULL)
    assert node["@context"] == "https://schema.org"
    assert node["author"][1] == {"@type": "Person", "name": "Bo Ek", "url": "https://herald.example/bo"}
    assert (node["datePublished"], node["isAccessibleForFree"]) == ("2026-03-24T09:30+01:00", True)
    assert node["mainEntityOfPage"] == "https://herald.example/ferry"


def test_newsarticle_has_pictures_rights_and_the_type_of_its_genre() -> None:
    node = as_newsarticle(FULL)
    assert (node["@type"], node["genre"]) == ("AnalysisNewsArticle", "analysis")
    picture = {"@type": "ImageObject", "url": "https://herald.example/i.jpg", "caption": "The quay"}
    assert node["image"][0] == {**picture, "creditText": "Bo Ek"}
    assert (node["license"], node["copyrightNotice"]) == ("https://cc.example/by", "© Herald Ltd")
    assert (
        as_newsarticle(ArticleRecord(image="https://herald.example/i.jpg"))["image"] == "https://herald.example/i.jpg"
    )


def test_ninjs_is_a_news_item() -> None:
    item = as_ninjs(FULL)
    assert item["standard"]["version"] == "3.1"
    assert item["uri"] == "https://herald.example/ferry"
    assert item["headlines"] == [{"role": "main", "value": "Ferry back"}]
    assert (item["contentCreated"], item["versionCreated"]) == (
        "2026-03-24T09:30:00+01:00",
        "2026-03-26T00:00:00+00:00",
    )
    assert item["bodies"][0]["value"] == FULL.body
    assert (item["by"], item["genres"], item["copyrightNotice"]) == (
        "Ann Lee, Bo Ek",
        [{"name": "analysis"}],
        "© Herald Ltd",
    )
    assert item["rightsInfo"] == {"linkedRights": "https://cc.example/by"}
    assert item["associations"][0]["descriptions"] == [{"role": "caption", "value": "The quay"}]
    assert item["associations"][0]["by"] == "Bo Ek"


@pytest.mark.parametrize("record", [FULL, ArticleRecord(), ArticleRecord(source="a.html", published="2026-03-24")])
def test_ninjs_has_names_of_its_schema_only(record: ArticleRecord) -> None:
    Draft202012Validator(NINJS).validate(as_ninjs(record))


def test_news_please_has_its_dates_without_zone() -> None:
    item = as_news_please(FULL)
    assert (item["date_publish"], item["date_modify"]) == ("2026-03-24 09:30:00", "2026-03-25 00:00:00")
    assert (item["maintext"], item["source_domain"]) == (FULL.body, "news.herald.example")


@pytest.mark.parametrize(
    ("origin", "name"), [("markup", "title_page"), ("feed", "title_rss"), ("json-ld", None), ("meta", None)]
)
def test_alternative_title_has_the_names_that_others_give_it(origin: str, name: str | None) -> None:
    record = replace(FULL, alternative_title="Ferry again", provenance={"alternative_title": origin})
    assert as_newsarticle(record)["alternativeHeadline"] == "Ferry again"
    assert [key for key, value in as_news_please(record).items() if value == "Ferry again"] == [name][: bool(name)]


def test_trafilatura_joins_authors_and_keeps_the_day() -> None:
    item = as_trafilatura(FULL)
    assert (item["author"], item["date"], item["tags"]) == ("Ann Lee; Bo Ek", "2026-03-24", "ferry; quay")


def test_zyte_has_objects() -> None:
    item = as_zyte(FULL)
    assert item["mainImage"] == {"url": "https://herald.example/i.jpg"}
    assert item["authors"][0] == {"name": "Ann Lee", "nameRaw": "Ann Lee", "url": "https://herald.example/ann"}
    assert item["inLanguage"] == "en"


def test_addresses_go_with_their_authors() -> None:
    record = ArticleRecord(authors=("Ann Lee", "Bo Ek"), author_urls=(None, "https://herald.example/bo"))
    assert [author.get("url") for author in as_newsarticle(record)["author"]] == [None, "https://herald.example/bo"]


def test_wire_services_are_providers() -> None:
    assert as_newsarticle(ArticleRecord(agencies=("AP", "dpa")))["provider"] == [
        {"@type": "Organization", "name": "AP"},
        {"@type": "Organization", "name": "dpa"},
    ]


@pytest.mark.parametrize("name", SCHEMAS)
@pytest.mark.parametrize("record", [FULL, ArticleRecord()])
def test_every_record_can_be_written(name: str, record: ArticleRecord) -> None:
    assert json.loads(json.dumps(SCHEMAS[name](record)))


@pytest.mark.processes
def test_new_schema_is_one_row_and_one_module(tmp_path: Path) -> None:
    copy = PackageCopy(tmp_path)
    copy.add_module("outputs/headlines.py", HEADLINES)
    copy.insert(
        "outputs/schemas.py", "from newsspider.record import", "from newsspider.outputs.headlines import as_line\n"
    )
    copy.insert("outputs/schemas.py", '    "news-please": as_news_please', '    "headlines": as_line,\n')
    assert copy.changed == {"outputs/schemas.py"}
    prose = "<p>It sails at six from the old harbour, said the harbour master.</p>" * 5
    (tmp_path / "page.html").write_text(f"<title>Ferry</title><article><h1>Ferry sails</h1>{prose}")
    assert copy.run_command("extract", "page.html", "-o", "x.db").returncode == 0
    for arguments in (["extract", "page.html"], ["export", "--db", "x.db"]):
        assert copy.run_command(*arguments, "--schema", "headlines").stdout == '{"line": "Ferry sails"}\n'
        assert "newsarticle, headlines," in " ".join(copy.run_command(arguments[0], "--help").stdout.split())
