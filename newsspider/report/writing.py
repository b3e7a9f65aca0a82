"""Write a report as one page: its plots are drawn by Vega-Lite, whose code is in the page."""

from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from string import Template

from newsspider.browser_pages import base_style, embed_json, page_policy, write_page
from newsspider.errors import UsageError
from newsspider.report.collecting import Report

ASSETS = files("newsspider.report")
SCRIPTS = ("page.js", "tables.js", "plots.js", "script.js")  # one script, in this order
EXPORT = "window.vegaEmbed = vegaEmbed;"
MISSING = "reports need vl-convert: pip install 'newsspider[report]'"


def write_report(path: Path, report: Report) -> None:
    """Write a report as a page for a browser; it asks the network for nothing.

    Raises:
        UsageError: the extra `report` is not installed.
        OutputError: the file can't be written.
    """
    write_page(path, render_report(report))


def render_report(report: Report, bar: str = "") -> str:
    """Return a report's page.

    Args:
        report: to show.
        bar: markup above it; with one the page is served, and links to pages of the same server.

    Raises:
        UsageError: the extra `report` is not installed.
    """
    return Template(_read("page.html")).substitute(
        style=base_style() + _read("style.css"),
        plots=load_plots(),
        policy=report_policy(),
        script=_load_script(),
        bar=bar,
        data=embed_json(report.to_dict() | {"served": bool(bar)}),
    )


def report_policy() -> str:
    """Return the content security policy of a report's page.

    Raises:
        UsageError: the extra `report` is not installed.
    """
    return page_policy(load_plots(), _load_script())


def check_plots() -> None:
    """Refuse to go on without the library that the plots need.

    Raises:
        UsageError: the extra `report` is not installed.
    """
    if find_spec("vl_convert") is None:
        raise UsageError(MISSING)


@cache
def load_plots() -> str:
    """Return the code of Vega, Vega-Lite and Vega-Embed (BSD 3-Clause) as one script, 0.9 MB.

    Raises:
        UsageError: the extra `report` is not installed.
    """
    check_plots()
    import vl_convert  # here: it is an extra

    bundle = vl_convert.javascript_bundle(EXPORT).replace("</script", "<\\/script")
    return f"(() => {{{bundle}}})();"  # its other names stay its own


def _load_script() -> str:
    """Return the page's own code as one script."""
    return "".join(_read(name) for name in SCRIPTS)


def _read(name: str) -> str:
    return ASSETS.joinpath(name).read_text(encoding="utf-8")
