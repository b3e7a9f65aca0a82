"""Which requests are of the same page."""

import pytest
from scrapy import Request

from newsspider.crawl.scheduling.fingerprints import PageFingerprinter

URL = "https://herald.example/ferry?id=7"


@pytest.mark.parametrize(
    ("url", "same"),
    [
        ("https://HERALD.example:443/ferry?id=7&utm_source=x#top", True),
        ("https://herald.example/ferry?id=8", False),
        ("http://herald.example/ferry?id=7", False),
    ],
)
def test_tracking_makes_no_other_page_and_parameters_do(url: str, same: bool) -> None:
    prints = PageFingerprinter()
    assert (prints.fingerprint(Request(url)) == prints.fingerprint(Request(URL))) is same
    assert prints.fingerprint(Request(URL)) != prints.fingerprint(Request(URL, method="POST"))
