"""File systems behind URLs, by fsspec: s3://, gs://, abfs://, sftp:// and others."""

import re
from pathlib import Path
from typing import Any

from newsspider.errors import UsageError

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+(?:::[a-z0-9+.-]+)*://")
FILE_SCHEME = "file://"


def is_url(name: str) -> bool:
    """Whether a name of an input or output is a URL, not a path.

    >>> is_url("s3://news/x.warc.gz"), is_url("news/x.warc.gz"), is_url("C://x")
    (True, False, False)
    """
    return _SCHEME.match(name) is not None


def local_path(name: str) -> Path | None:
    """Return the path that a name or a file:// URL means, None for other URLs."""
    if name.startswith(FILE_SCHEME):
        return Path(name.removeprefix(FILE_SCHEME))
    return None if is_url(name) else Path(name)


def open_filesystem(url: str) -> tuple[Any, str]:
    """Return a URL's file system and the path in it.

    Raises:
        UsageError: there is no such file system, its package is not installed, or it can't be opened.
    """
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise UsageError(
            f"{url}: URLs need the extra: pip install 'newsspider[cluster]'"
        ) from error
    try:
        system, path = url_to_fs(url)
    except ImportError as error:  # "Install s3fs to access S3"
        raise UsageError(f"{url}: a package is missing: {_one_line(error)}") from error
    except Exception as error:  # the client library's own errors
        raise UsageError(f"{url}: {_one_line(error)}") from error
    return system, str(path)


def describe(error: Exception) -> str:
    """Return a file system's error in one line."""
    return f"{type(error).__name__}: {_one_line(error)}".rstrip(": ")


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())
