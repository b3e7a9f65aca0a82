"""Self-contained pages for a browser: data and scripts inside them, and a file that is always whole."""

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

from newsspider.errors import OutputError
from newsspider.files import make_private, replace_file


def embed_json(data: Any) -> str:
    r"""Return data as JSON for a script element, which no text in it can end.

    >>> print(embed_json({"title": "</script>"}))
    {"title":"\u003c/script>"}
    """
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def script_hash(script: str) -> str:
    """Return the hash by which a content security policy allows a script."""
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


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
