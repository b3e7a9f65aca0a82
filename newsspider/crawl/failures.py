"""Why a page could not be fetched, in words: a reason is read by who wants to mend it."""

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)

WORDS: dict[type[BaseException], str] = {
    CannotResolveHostError: "no such host",
    DownloadConnectionRefusedError: "connection refused",
    DownloadTimeoutError: "no answer in time",
    ResponseDataLossError: "answer broken off",
    DownloadFailedError: "connection failed",
}
# What OpenSSL and service-identity call it, in their errors' texts.
CERTIFICATE_WORDS = {
    "VerificationError": "certificate of another host",
    "certificate has expired": "certificate expired",
    "certificate verify failed": "certificate not trusted",
}


def describe_failure(error: BaseException, message: str | None = None) -> str:
    """Return why a page could not be fetched: first in a few words that failures are counted by, then as it was said.

    >>> describe_failure(DownloadConnectionRefusedError("Connection was refused by other side: 111"))
    'connection refused: Connection was refused by other side: 111'
    """
    said = message or str(error)
    return f"{_words_of(error, said)}: {said}"


def _words_of(error: BaseException, said: str) -> str:
    """Return an error in a few words; one that nobody foresaw by its name."""
    for mark, words in CERTIFICATE_WORDS.items():
        if mark in said:
            return words
    return next(
        (words for kind, words in WORDS.items() if isinstance(error, kind)), type(error).__name__
    )
