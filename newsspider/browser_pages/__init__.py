"""Self-contained pages for a browser: data and scripts inside them, and a file that is always whole."""

import base64
import hashlib
import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from newsspider.errors import OutputError
from newsspider.files import make_private, replace_file


@cache
def base_style() -> str:
    """Return the style sheet that all pages share: their colours, light and dark, and their text."""
    return files("newsspider.browser_pages").joinpath("base.css").read_text(encoding="utf-8")


def embed_json(data: Any) -> str:
    r"""Return data as JSON for a script element, which no text in it can end.

    >>> print(embed_json({"title": "</script>"}))
    {"title":"\u003c/script>"}
    """
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def script_hash(script: str) -> str:
    """Return the hash by which a content security policy allows a script."""
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def page_policy(*scripts: str, connects: bool = False) -> str:
    """Return a content security policy under which a page runs these scripts and asks the network for nothing.

    Args:
        scripts: the inline scripts that run.
        connects: whether they may talk to the server that the page is from.

    >>> page_policy("", connects=True).partition(";")[0]
    "default-src 'none'"
    """
    hashes = " ".join(f"'sha256-{script_hash(script)}'" for script in scripts)
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src {hashes}; img-src data:"
    return f"{policy}; connect-src 'self'" if connects else policy


def write_page(path: Path, text: str) -> None:
    """Write a page in the place of an earlier one; a new file is readable by its owner only.

    Raises:
        OutputError: it can't be written.
    """
    part = path.parent / f".{path.name}.part"
    try:
        if path.exists() and not path.is_file():  # a pipe or a device; a folder is an error
            path.write_text(text, "utf-8")
            return
        make_private(part)
        part.write_text(text, "utf-8")
        replace_file(part, path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise OutputError(f"{path}: {error.strerror}") from error
