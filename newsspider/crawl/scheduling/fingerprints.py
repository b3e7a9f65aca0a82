"""Fingerprints of requests: URLs that differ in tracking parameters only are the same page."""

from weakref import WeakKeyDictionary

from scrapy import Request
from scrapy.utils.request import fingerprint

from newsspider.urls import normalise_url


class PageFingerprinter:
    """Scrapy request fingerprinter: Scrapy's own, applied to the normalised URL."""

    def __init__(self) -> None:
        """Remember fingerprints as long as their requests exist."""
        self._known: WeakKeyDictionary[Request, bytes] = WeakKeyDictionary()

    def fingerprint(self, request: Request) -> bytes:
        """Return the fingerprint of a request."""
        known = self._known.get(request)
        if known is None:
            known = self._known[request] = fingerprint(_normalised(request))
        return known


def _normalised(request: Request) -> Request:
    """Return the parts of a request that its fingerprint depends on, with the normalised URL."""
    url = normalise_url(request.url)
    if url == request.url:
        return request
    return Request(url, method=request.method, body=request.body, meta=request.meta)
