"""The pages' templates: Jinja escapes each value, and each text of a stranger is in an element of its own direction."""

from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from newsspider.browser_pages import base_style, script_hash
from newsspider.clock import DAY_CHARS, moment_in, now
from newsspider.inspector.wording import confidence_in_words
from newsspider.revisiting.accounts import describe_age
from newsspider.text import show_text
from newsspider.urls import is_web_url

FOLDER = files("newsspider.serving.templates")
MINUTE_CHARS = len("2026-03-24T10:00")
DASH = "—"
# The parts of the site, in the order of the bar above each page.
PARTS = {
    "/": "Overview",
    "/articles": "Articles",
    "/quarantine": "Quarantine",
    "/sites": "Sites",
    "/runs": "Runs",
    "/report": "Report",
    "/corrections": "Corrections",
}


def _read(name: str) -> str:
    return FOLDER.joinpath(name).read_text(encoding="utf-8")


STYLE = base_style() + _read("style.css")
SCRIPT = _read("script.js")
PAGE_POLICY = f"default-src 'none'; style-src 'sha256-{script_hash(STYLE)}'; script-src 'sha256-{script_hash(SCRIPT)}'"


def render(template: str, **values: Any) -> str:
    """Return a page."""
    return _environment().get_template(template).render(values)


def render_bar(part: str, back: str | None = None) -> str:
    """Return the bar above pages that are made elsewhere: the report, the inspector.

    Args:
        part: of the site, by its path.
        back: the path of the page that led there.
    """
    return render("bar.html", part=part, back=back)


@cache
def _environment() -> Environment:
    """Return the environment of all templates."""
    environment = Environment(
        loader=PackageLoader("newsspider.serving"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {"parts": PARTS, "style": STYLE, "script": SCRIPT}
    environment.filters |= {
        "age": _age,
        "minute": _minute,
        "day": _day,
        "plain": show_text,
        "sure": confidence_in_words,
        "thousands": _thousands,
    }
    environment.tests["web_url"] = is_web_url
    return environment


def _age(moment: str | None) -> str:
    """Return how long ago a moment was."""
    there = moment_in(moment)
    return f"{describe_age(now() - there)} ago" if there else DASH


def _minute(moment: str | None) -> str:
    """Return a moment to the minute."""
    return moment[:MINUTE_CHARS].replace("T", " ") if moment else DASH


def _day(moment: str | None) -> str:
    return moment[:DAY_CHARS] if moment else DASH


def _thousands(number: int) -> str:
    return f"{number:,}"
