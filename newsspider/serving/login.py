"""The log-in page: people give the token once, and their browser keeps a cookie."""

import asyncio
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from newsspider.serving.context import context_of
from newsspider.serving.request_bodies import read_body
from newsspider.serving.responses import page
from newsspider.serving.security import COOKIE, LOGIN_PATH

MAX_FORM_BYTES = 10_000
REFUSAL_SECONDS = 1.0  # after a wrong token, so that nobody tries many


async def log_in(request: Request) -> Response:
    """Answer `/login`: the form, and the token that comes back."""
    access = context_of(request).access
    goes_on = _local_path(request.query_params.get("next", "/"))
    if access.token is None:
        return RedirectResponse(goes_on, 303)
    if request.method != "POST":
        return page("login.html", goes_on=goes_on, is_wrong=False)
    form = parse_qs((await read_body(request, MAX_FORM_BYTES)).decode("utf-8", "replace"))
    if not access.is_token(form.get("token", [""])[0].strip()):
        await asyncio.sleep(REFUSAL_SECONDS)
        return page("login.html", 403, goes_on=goes_on, is_wrong=True)
    answer = RedirectResponse(goes_on, 303)
    is_secure = request.url.scheme == "https"
    answer.set_cookie(COOKIE, access.cookie, httponly=True, samesite="strict", secure=is_secure)
    return answer


def log_out(request: Request) -> Response:
    """Answer `POST /logout`."""
    answer = RedirectResponse(LOGIN_PATH, 303)
    answer.delete_cookie(COOKIE, httponly=True, samesite="strict")
    return answer


def _local_path(path: str) -> str:
    r"""Return a path of this server; anything else leads to the first page.

    >>> _local_path("/articles?q=ferry"), _local_path("//evil.example"), _local_path("/\\evil.example")
    ('/articles?q=ferry', '/', '/')
    """
    is_local = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if is_local else "/"
