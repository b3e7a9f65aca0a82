"""The JSON schema of a record."""

from typing import Any

from newsspider.record.article_record import FIELD_NAMES, FIELDS


def record_schema() -> dict[str, Any]:
    """Return the JSON schema (draft 2020-12) of a record in the form of `to_dict` and `to_json`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:newsspider:record",
        "title": "newsspider article record",
        "description": "One page's record. A field without a value is null or an empty list.",
        "type": "object",
        "additionalProperties": False,
        "properties": {each.name: each.schema() for each in FIELDS},
        "required": list(FIELD_NAMES),
    }
