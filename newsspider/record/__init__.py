"""The article record: fields with types and meanings, its JSON schema, its card for notebooks."""

from newsspider.record.article_record import (
    FIELD_NAMES,
    FIELDS,
    STORE_FIELDS,
    VERSIONED_FIELDS,
    ArticleRecord,
)
from newsspider.record.schema import record_schema
from newsspider.record.values import GENRES, WEB_ADDRESS, LiveUpdate, Picture, Rights, clean_value

__all__ = [
    "FIELDS",
    "FIELD_NAMES",
    "GENRES",
    "STORE_FIELDS",
    "VERSIONED_FIELDS",
    "WEB_ADDRESS",
    "ArticleRecord",
    "LiveUpdate",
    "Picture",
    "Rights",
    "clean_value",
    "record_schema",
]
