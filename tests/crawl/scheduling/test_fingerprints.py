"""Which requests are of the same page."""

from typing import Any

import pytest
from scrapy import Request
from scrapy.utils.request import fingerprint

from newsspider.crawl.scheduling.fingerprints import PageFingerprinter
from newsspider.urls import normalise_url

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


@pytest.mark.parametrize("url", [URL, "https://HERALD.example:443/ferry?b=2&a=%c3%a9#top", "https://herald.example"])
@pytest.mark.parametrize("parts", [{}, {"method": "POST", "body": b"id=7"}, {"meta": {"verbatim_url": True}}])
def test_fingerprint_is_scrapys_for_the_normalised_address(url: str, parts: dict[str, Any]) -> None:
    request = Request(url, headers={"Cookie": "id=7"}, **parts)
    assert PageFingerprinter().fingerprint(request) == fingerprint(request.replace(url=normalise_url(url)))
