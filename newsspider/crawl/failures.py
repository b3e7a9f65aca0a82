"""Why a page could not be fetched, in words that help to fix it."""

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
# Marks in the error messages of OpenSSL and service-identity.
CERTIFICATE_WORDS = {
    "VerificationError": "certificate of another host",
    "certificate has expired": "certificate expired",
    "certificate verify failed": "certificate not trusted",
}


def describe_failure(error: BaseException, message: str | None = None) -> str:
    """Return why a page could not be fetched: a few words, by which failures are counted, then the error.

    >>> describe_failure(DownloadConnectionRefusedError("Connection was refused by other side: 111"))
    'connection refused: Connection was refused by other side: 111'
    """
    text = message or str(error)
    return f"{_words_of(error, text)}: {text}"


def _words_of(error: BaseException, text: str) -> str:
    """Return an error in a few words; the name of its class if it is not in the tables."""
    for mark, words in CERTIFICATE_WORDS.items():
        if mark in text:
            return words

    for kind, words in WORDS.items():
        if isinstance(error, kind):
            return words

    return type(error).__name__
