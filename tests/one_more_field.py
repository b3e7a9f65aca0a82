"""Program of `test_one_more_field.py`: works with a store, using a package whose record has the field `mood` too.

Usage: python one_more_field.py DATABASE
"""

import sys
from typing import Any

from newsspider.record import FIELD_NAMES, ArticleRecord
from newsspider.store.schema.tables import quarantine
from newsspider.store.store import Store

FERRY = {"url": "https://herald.example/ferry", "site": "herald.example", "title": "Ferry", "body": "It sails again."}
GONE = {"url": "https://herald.example/gone", "kind": "failed", "reason": "gone", "fetched_at": "2026-03-25"}
PARTS = ["https://herald.example/long", "https://herald.example/long/2"]


def record(values: dict[str, Any], mood: str) -> ArticleRecord:
    """Return a record with a mood."""
    return ArticleRecord.from_dict({**values, "mood": mood})


def moods(records: list[ArticleRecord]) -> dict[str | None, Any]:
    """Return the moods by address."""
    return {each.url: each.to_dict()["mood"] for each in records}


def main(database: str) -> None:
    """Write records and read them back, by each of the ways that lead to a store."""
    assert "mood" in FIELD_NAMES
    with Store(database) as store:
        before = list(store.read())
        assert set(moods(before).values()) <= {None}, before
        parts = [record({"url": url, "title": "Long", "body": url, "pages": PARTS}, "calm") for url in PARTS]
        store.write([record(FERRY, "glad"), record(GONE, "sad"), *parts])
        assert moods(list(store.read())) == {**moods(before), FERRY["url"]: "glad", PARTS[0]: "calm"}
        assert moods(list(store.read(quarantine))) == {GONE["url"]: "sad"}
        assert moods(store.search("sails", 5)) == {FERRY["url"]: "glad"}
        store.write([record({**FERRY, "body": "It sails no more."}, "sad")])
        versions = store.versions(FERRY["url"])
        assert [each.to_dict()["mood"] for each in versions][-2:] == ["glad", "sad"]
        assert len(versions) == 2 + any(each.url == FERRY["url"] for each in before)
        assert store.reextract([record({**FERRY, "body": "It sails no more."}, "calm")]) == {"updated": 1}
        assert moods(store.search("sails", 5)) == {FERRY["url"]: "calm"}
        assert store.count_fields()["mood"] == 2


if __name__ == "__main__":
    main(sys.argv[1])
