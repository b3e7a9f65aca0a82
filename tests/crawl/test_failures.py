"""Failures in words."""

import pytest
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)

from newsspider.crawl.failures import describe_failure


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (CannotResolveHostError("herald.example"), "no such host"),
        (DownloadConnectionRefusedError("111"), "connection refused"),
        (DownloadTimeoutError("30 s"), "no answer in time"),
        (ResponseDataLossError("12 bytes"), "answer broken off"),
        (DownloadFailedError("reset"), "connection failed"),
        (DownloadFailedError("VerificationError(errors=[])"), "certificate of another host"),
        (DownloadFailedError("certificate has expired"), "certificate expired"),
        (DownloadFailedError("certificate verify failed"), "certificate not trusted"),
        (LookupError("odd"), "LookupError"),
    ],
    ids=str,
)
def test_failure_begins_with_the_words_that_it_is_counted_by(error: Exception, words: str) -> None:
    assert describe_failure(error) == f"{words}: {error}"


def test_message_that_is_given_takes_the_place_of_the_errors_own() -> None:
    assert describe_failure(DownloadTimeoutError(), "30 s") == "no answer in time: 30 s"
