"""The answers for programs: extraction of a page, the state of the server, the description of the API."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from newsspider import __version__
from newsspider.errors import PageError
from newsspider.inputs.content_encodings import decode_content
from newsspider.inputs.page_bytes import MAX_PAGE_BYTES
from newsspider.pages.raw_page import RawPage
from newsspider.serving.context import context_of
from newsspider.serving.openapi import describe_api
from newsspider.serving.request_bodies import read_body
from newsspider.urls import is_web_url

# Types that say how a program sent the page, and nothing about the page: curl's and browsers' own.
NO_TYPES = frozenset({"application/x-www-form-urlencoded", "application/octet-stream"})
FORMS = "multipart/"


async def extract_page(request: Request) -> Response:
    """Answer `POST /extract`."""
    queue = context_of(request).queue
    url = _read_url(request)
    if request.headers.get("content-type", "").startswith(FORMS):
        raise HTTPException(
            415, "send the page itself as the body, not a form: curl --data-binary @page.html"
        )
    async with queue.place():
        raw = await _read_page(request, url)
        try:
            record = await queue.extract(raw)
        except PageError as error:
            return JSONResponse({"error": str(error), "kind": error.kind}, 422)
    return JSONResponse(record.to_dict())


def show_health(request: Request) -> Response:
    """Answer `/health`: the server runs; its store is not asked."""
    return JSONResponse({"status": "ok", "version": __version__})


def show_openapi(request: Request) -> Response:
    """Answer `/openapi.json`."""
    return JSONResponse(describe_api(has_token=context_of(request).access.token is not None))


def _read_url(request: Request) -> str | None:
    """Return the address of the page, None where the request names none."""
    url = request.query_params.get("url", "").strip()
    if url and not is_web_url(url):
        raise HTTPException(400, f"url={url}: not a web address (expected https://…)")
    return url or None


async def _read_page(request: Request, url: str | None) -> RawPage:
    """Return the page that a request brings, unpacked."""
    body = await read_body(request, MAX_PAGE_BYTES)
    try:
        unpacked = decode_content(body, request.headers.get("content-encoding"))
    except ValueError as error:
        raise HTTPException(413, str(error)) from error
    if not unpacked.body:
        raise HTTPException(400, unpacked.problem or "the body is empty: send the page in it")
    given = request.headers.get("content-type", "")
    headers = {} if given.partition(";")[0].strip().lower() in NO_TYPES else {"Content-Type": given}
    return RawPage(body=unpacked.body, url=url, headers=headers, cut=unpacked.problem)
