"""The description of the API in OpenAPI 3.1; the record's schema is the package's own."""

from typing import Any

from newsspider import __version__
from newsspider.inputs.page_bytes import MAX_PAGE_BYTES
from newsspider.kinds import ARTICLE_KINDS
from newsspider.record import record_schema
from newsspider.serving.filters import MAX_NUMBER, MAX_ROWS, PAGE_ROWS
from newsspider.store.record_lists import COPIES_WORDS

RECORD = {"$ref": "#/components/schemas/Record"}
ERROR = {"$ref": "#/components/schemas/Error"}
TEXT = {"type": "string"}
DAY = {"type": "string", "format": "date"}
NUMBER = {"type": "integer", "minimum": 1, "maximum": MAX_NUMBER}
FILTERS: dict[str, tuple[str, dict[str, Any]]] = {
    "q": ('Words that must all occur; "in quotes" as a phrase.', TEXT),
    "site": ("A registered domain.", TEXT),
    "kind": ("A kind of article.", {"enum": sorted(ARTICLE_KINDS)}),
    "since": ("The first day on which articles came in.", DAY),
    "until": ("The last such day.", DAY),
    "below": (
        "Only articles with a lower confidence.",
        {"type": "number", "minimum": 0, "maximum": 1},
    ),
    "copies": (
        "Near-duplicates of other articles: only them, or all others.",
        {"enum": list(COPIES_WORDS)},
    ),
    "before": ("Only articles with a smaller id; `older` of the last answer has it.", NUMBER),
    "limit": (
        "Maximum number of articles.",
        {"type": "integer", "minimum": 1, "maximum": MAX_ROWS, "default": PAGE_ROWS},
    ),
}
EXTRACT_ERRORS = {
    "400": "The body is empty, or `url` is not a web address.",
    "408": "The body came too slowly.",
    "413": f"The page is larger than {MAX_PAGE_BYTES >> 20} MiB.",
    "415": "The body is a form instead of a page.",
    "422": "The page could not be finished: it took too long or too much memory, or its worker died.",
    "503": "Too many pages wait; try again after the seconds of Retry-After.",
}


def describe_api(*, has_token: bool) -> dict[str, Any]:
    """Return the description; with a token all paths but /health need it."""
    described: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {
            "title": "newsspider",
            "version": __version__,
            "description": "Extract pages and read the store.",
        },
        "paths": {
            "/extract": {"post": _extract()},
            "/articles": {"get": _list()},
            "/articles/{id}": {"get": _article()},
            "/health": {
                "get": _operation("Say that the server runs.", "It does.", {"type": "object"})
            },
        },
        "components": {"schemas": _schemas()},
    }
    if has_token:
        described["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
        described["security"] = [{"token": []}]
        described["paths"]["/health"]["get"]["security"] = []
    return described


def _extract() -> dict[str, Any]:
    body = {
        "required": True,
        "content": {"text/html": {"schema": TEXT}, "application/octet-stream": {"schema": {}}},
    }
    url = _parameter(
        "url",
        "The address of the page; without it, the page's own word for it.",
        {"type": "string"},
    )
    done = _operation(
        "Extract a page. Its charset is read from Content-Type, else from the page.",
        "The record. A page that is not an article has another `kind`, and the reason.",
        RECORD,
        EXTRACT_ERRORS,
    )
    return {"operationId": "extract", "parameters": [url], "requestBody": body, **done}


def _list() -> dict[str, Any]:
    item = {
        "type": "object",
        "properties": {"id": NUMBER, "record": RECORD},
        "required": ["id", "record"],
    }
    older = {
        "type": ["string", "null"],
        "description": "The path of the articles that came before; null at the end.",
    }
    answer = {"articles": {"type": "array", "items": item}, "older": older}
    schema = {"type": "object", "properties": answer, "required": list(answer)}
    done = _operation(
        "List articles, the latest first.", "Articles.", schema, {"400": "A filter is wrong."}
    )
    parameters = [_parameter(name, about, schema) for name, (about, schema) in FILTERS.items()]
    return {"operationId": "articles", "parameters": parameters, **done}


def _article() -> dict[str, Any]:
    number = {"name": "id", "in": "path", "required": True, "schema": NUMBER}
    done = _operation(
        "Read an article.", "The record.", RECORD, {"404": "There is no such article."}
    )
    return {"operationId": "article", "parameters": [number], **done}


def _operation(
    summary: str, about: str, schema: Any, errors: dict[str, str] | None = None
) -> dict[str, Any]:
    """Return an operation's summary and answers, all of them JSON."""
    answers = {"200": _answer(about, schema)}
    answers |= {code: _answer(said, ERROR) for code, said in (errors or {}).items()}
    return {"summary": summary, "responses": answers}


def _answer(about: str, schema: Any) -> dict[str, Any]:
    return {"description": about, "content": {"application/json": {"schema": schema}}}


def _parameter(name: str, about: str, schema: Any) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": about, "schema": schema}


def _schemas() -> dict[str, Any]:
    record = {name: value for name, value in record_schema().items() if not name.startswith("$")}
    error = {"type": "object", "properties": {"error": TEXT, "kind": TEXT}, "required": ["error"]}
    return {"Record": record, "Error": error}
