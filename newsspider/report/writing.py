"""Write a report as one page: its plots are drawn by Vega-Lite, whose code is in the page."""

import base64
import hashlib
import json
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from string import Template

from newsspider.errors import OutputError, UsageError
from newsspider.files import make_private, replace_file
from newsspider.report.collecting import Report

ASSETS = files("newsspider.report")
EXPORT = "window.vegaEmbed = vegaEmbed;"
MISSING = "reports need vl-convert: pip install 'newsspider[report]'"


def write_report(path: Path, report: Report) -> None:
    """Write a report as a page for a browser; it asks the network for nothing.

    Raises:
        UsageError: the extra `report` is not installed.
        OutputError: the file can't be written.
    """
    text = render_report(report)
    part = path.with_name(f".{path.name}.part")
    try:
        make_private(part)
        part.write_text(text, "utf-8")
        replace_file(part, path)  # whoever reads the earlier page meanwhile reads the whole of it
    except OSError as error:
        part.unlink(missing_ok=True)
        raise OutputError(f"{path}: {error.strerror}") from error


def render_report(report: Report) -> str:
    """Return a report's page.

    Raises:
        UsageError: the extra `report` is not installed.
    """
    plots, script = load_plots(), _read("script.js")
    # "<" must not end the script element, or begin a comment in it.
    data = json.dumps(report.to_dict(), ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return Template(_read("page.html")).substitute(
        style=_read("style.css"),
        plots=plots,
        plots_hash=_digest(plots),
        script=script,
        script_hash=_digest(script),
        data=data,
    )


def check_plots() -> None:
    """Refuse to go on without the library that the plots need.

    Raises:
        UsageError: the extra `report` is not installed.
    """
    if find_spec("vl_convert") is None:
        raise UsageError(MISSING)


def load_plots() -> str:
    """Return the code of Vega, Vega-Lite and Vega-Embed (BSD 3-Clause) as one script, 0.9 MB.

    Raises:
        UsageError: the extra `report` is not installed.
    """
    check_plots()
    import vl_convert  # here: it is an extra

    bundle = vl_convert.javascript_bundle(EXPORT).replace("</script", "<\\/script")
    return f"(() => {{{bundle}}})();"  # its other names stay its own


def _digest(script: str) -> str:
    """Return a script's hash for the content security policy."""
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def _read(name: str) -> str:
    return ASSETS.joinpath(name).read_text(encoding="utf-8")
