"""Answers: pages for browsers, JSON for everyone else."""

from collections.abc import Mapping
from typing import Any

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, JSONResponse, Response

from newsspider.serving.templates import PAGE_POLICY, render

BY_ACCEPT = {"Vary": "Accept"}


def wants_page(headers: Headers) -> bool:
    """Whether a browser asks; programs say that they take anything, or JSON."""
    return "text/html" in headers.get("accept", "")


def page(
    template: str, status: int = 200, headers: Mapping[str, str] | None = None, **values: Any
) -> Response:
    """Return a page for a person."""
    return html(render(template, **values), PAGE_POLICY, status, headers)


def html(
    text: str, policy: str, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """Return a page under a content security policy, which no other page may frame."""
    more = "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    return HTMLResponse(
        text,
        status,
        {"Content-Security-Policy": f"{policy}; {more}", **BY_ACCEPT, **(headers or {})},
    )


def refuse(
    asked: Headers, status: int, why: str, headers: Mapping[str, str] | None = None
) -> Response:
    """Return an answer that says why there is no other: a page for a browser, else JSON."""
    if wants_page(asked):
        return page("refused.html", status, headers, why=why, number=status)
    return JSONResponse({"error": why}, status, {**BY_ACCEPT, **(headers or {})})
